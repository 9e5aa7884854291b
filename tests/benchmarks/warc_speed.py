"""How fast the pages of a web archive are read, and in how much memory, beside libraries that read its records alone.

Usage: PYTHONPATH=src:tests python tests/benchmarks/warc_speed.py [--megabytes 200]
           [--packing members|one-member|plain] [--keep FILE]

Writes a synthetic WARC: pages of 19 kB, each with a request and three pictures that do not compress.  Then, each in a
process of its own: the pages as an import gets them, the records alone, and the records as warcio and FastWARC read
them where these are installed (``pip install warcio fastwarc``; the program does not need them).  The counts of
records must agree, but for the requests and pictures that are no pages.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import crawls

CONTENDERS = ("pages", "records", "warcio", "fastwarc")
WORDS = 3_000


def write(path: Path, megabytes: int, packing: str) -> None:
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(WORDS)]
    with path.open("wb") as plain:
        target = gzip.GzipFile(fileobj=plain, mode="wb", compresslevel=1) if packing == "one-member" else plain
        number = 0
        while plain.tell() < megabytes * 1024 * 1024:
            for record in _page_with_all_it_loads(chance, words, number):
                target.write(gzip.compress(record, 1) if packing == "members" else record)
            number += 1
        target.close()


def _page_with_all_it_loads(chance: random.Random, words: list[str], number: int) -> list[bytes]:
    url = f"https://gazette.test/{number}"
    body = "".join(f"<p>{' '.join(chance.choices(words, k=80))}</p>" for _ in range(40))
    records = [crawls.record(url, crawls.answer(crawls.page(f"Page {number}", body))), crawls.request(url)]
    for picture in range(3):
        block = crawls.answer(chance.randbytes(15_000), "image/png")
        records.append(crawls.record(f"{url}/{picture}.png", block))
    return records


def counter_of(contender: str) -> Callable[[Path], int]:
    """What reads every byte that a contender gives, and says how many pages or records it found."""
    if contender == "pages":
        from archive_viewer import readers
        from archive_viewer.model import SavedFile

        return lambda path: sum(len(capture.data) > 0 for capture in readers.read(SavedFile(path, path.name)))
    if contender == "records":
        from archive_viewer.readers.tape import Tape
        from archive_viewer.readers.warc_records import Records

        def count(path: Path) -> int:
            with path.open("rb") as stream:
                records = Records(Tape(stream, path.stat().st_size))
                return sum(len(records.read_block(1 << 30).data) > 0 for _ in records)

        return count
    if contender == "warcio":
        from warcio.archiveiterator import ArchiveIterator

        def count_with_warcio(path: Path) -> int:
            with path.open("rb") as stream:
                return sum(len(record.raw_stream.read()) >= 0 for record in ArchiveIterator(stream))

        return count_with_warcio
    from fastwarc.warc import ArchiveIterator as FastIterator

    def count_with_fastwarc(path: Path) -> int:
        with path.open("rb") as stream:
            return sum(len(record.reader.read()) >= 0 for record in FastIterator(stream, parse_http=False))

    return count_with_fastwarc


def measure(contender: str, path: Path) -> None:
    """Print processor seconds, count and the most memory in MB that this process took.

    The processor's time, because others may be at work on the machine; the file is in memory when it was just written.
    """
    import resource

    count = counter_of(contender)
    start = time.process_time()
    found = count(path)
    seconds = time.process_time() - start
    print(seconds, found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def compare(path: Path) -> None:
    megabytes = path.stat().st_size / 1024**2
    print(f"{path.name}: {megabytes:,.0f} MB\n{'':10}{'found':>10}{'MB/s':>8}{'of warcio':>11}{'peak MB':>9}")
    rates: dict[str, tuple[float, str, float]] = {}
    for contender in CONTENDERS:
        if contender in ("warcio", "fastwarc") and importlib.util.find_spec(contender) is None:
            continue
        child = subprocess.run(
            [sys.executable, __file__, "--measure", contender, str(path)], capture_output=True, text=True, check=False
        )
        if child.returncode:
            print(f"{contender:10}{'cannot read it':>10}")
            continue
        seconds, found, peak = child.stdout.split()
        rates[contender] = megabytes / float(seconds), found, float(peak)
    measure_of_all = rates.get("warcio", (0.0, "", 0.0))[0]
    for contender, (rate, found, peak) in rates.items():
        ratio = f"{rate / measure_of_all:.2f}" if measure_of_all else "–"
        print(f"{contender:10}{int(found):>10,}{rate:>8.0f}{ratio:>11}{peak:>9.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--packing", choices=("members", "one-member", "plain"), default="members")
    parser.add_argument("--keep", type=Path, help="write the archive there, or use the one that is there")
    parser.add_argument("--measure", nargs=2, metavar=("CONTENDER", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure(options.measure[0], Path(options.measure[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            archive = (
                options.keep or Path(folder) / f"{options.packing}.warc{'' if options.packing == 'plain' else '.gz'}"
            )
            if not archive.exists():
                write(archive, options.megabytes, options.packing)
            compare(archive)
