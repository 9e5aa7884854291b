"""What it takes to import a web archive of any size: time, memory, room, and what a kill in the middle costs.

Usage: PYTHONPATH=src:tests python tests/benchmarks/warc_import.py [--megabytes 2048]
           [--packing members|one-member|plain] [--keep FILE] [--kill PAGES] [--folder FOLDER]

Writes the archive of ``warc_speed.py`` and imports it by the command line into a library that is thrown away, the
index included; with ``--kill`` the process is killed (SIGKILL) as soon as so many pages are kept, and started again.
Then looks at one page from the middle of the archive: it must be found without reading what is before it.  Ends with
an error when a page is missing or there twice.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import warc_speed

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library

LOOK_EVERY = 0.5
"""Seconds between two looks at the library of a process that is to be killed."""


def run(library: Path, *arguments: str, kill_at: int = 0) -> tuple[float, float, bytes]:
    """Seconds, the most memory in MB, and standard output of a command; ``kill_at`` pages it is killed."""
    command = [sys.executable, "-m", "archive_viewer", *arguments, "--library", str(library), "--json"]
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output)
        while kill_at and process.poll() is None and count_pages(library) < kill_at:
            time.sleep(LOOK_EVERY)
        if kill_at:
            process.send_signal(signal.SIGKILL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode and not kill_at:
            raise SystemExit(f"{arguments[0]} ended with {process.returncode}")
        seconds = time.perf_counter() - start
        output.seek(0)
        return seconds, usage.ru_maxrss / 1024, output.read()


def count_pages(library: Path) -> int:
    """How many pages are kept by now, as another process sees it; 0 while there is no library yet."""
    try:
        with Library.open(library, "reader") as opened:
            return len(opened.item_ids())
    except ArchiveViewerError:
        return 0


def require_each_page_once(library: Path, pages: int) -> None:
    """End with a sentence unless there is an item for each page, and only one."""
    with Library.open(library, "reader") as opened:
        urls = Counter(item.url for item in opened.items(opened.item_ids()))
    expected = {f"https://gazette.test/{number}" for number in range(pages)}
    twice = sum(count > 1 for count in urls.values())
    if expected != set(urls) or twice:
        raise SystemExit(f"{len(expected - set(urls))} pages are missing, {twice} are there more than once")


def size_of(folder: Path) -> float:
    """MB of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1024**2


def look_at_one(library: Path) -> None:
    """Print the processor's time that a page of the middle takes to come out of its archive, and two pictures of it."""
    with Library.open(library, "reader") as opened:
        ids = opened.item_ids()
        item = opened.item(ids[len(ids) // 2])
        times = [time.process_time()]
        opened.capture(item.id)
        times.append(time.process_time())
        find = opened.resources(item.id)
        found = []
        for picture in (1, 2):
            found.append(find(f"{item.url}/{picture}.png"))
            times.append(time.process_time())
    page, first, second = ((after - before) * 1000 for before, after in pairwise(times))
    print(f"a page of the middle: {page:,.0f} ms; its first picture {first:,.0f} ms, the next {second:,.0f} ms of work")
    if None in found:
        raise SystemExit("a picture was not found")


def measure(archive: Path, folder: Path, kill_at: int) -> None:
    library = folder / "Tïtle 😀"
    print(f"{archive.name}: {archive.stat().st_size / 1024**2:,.0f} MB")
    if kill_at:
        seconds, peak, _ = run(library, "import", str(archive), kill_at=kill_at)
        print(f"killed after {seconds:,.0f} s with {count_pages(library):,} pages kept, {peak:,.0f} MB at the most")
    seconds, peak, output = run(library, "import", str(archive))
    lines = [json.loads(line) for line in output.splitlines()]
    pages = sum(len(line["items"]) for line in lines)
    print(
        f"{pages:,} pages in {seconds:,.0f} s, {pages / seconds:.0f} a second; {peak:,.0f} MB of memory at the most; "
        f"the library takes {size_of(library):,.0f} MB"
    )
    for line in lines:
        print("".join(f"{line['outcome']}: {warning}\n" for warning in line["warnings"]), end="")
    require_each_page_once(library, pages)
    look_at_one(library)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=2048)
    parser.add_argument("--packing", choices=("members", "one-member", "plain"), default="members")
    parser.add_argument("--keep", type=Path, help="write the archive there, or use the one that is there")
    parser.add_argument("--kill", type=int, default=0, metavar="PAGES", help="kill the import at so many pages")
    parser.add_argument("--folder", type=Path, help="where the library is made; on a disk with room for it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as room:
        suffix = "" if options.packing == "plain" else ".gz"
        archive = options.keep or Path(room) / f"{options.packing}.warc{suffix}"
        if not archive.exists():
            warc_speed.write(archive, options.megabytes, options.packing)
        measure(archive, Path(room), options.kill)
