"""How fast stored files are checked, beside ``sha256sum`` over the same files.

Usage: PYTHONPATH=src:tests python tests/benchmarks/fixity_speed.py [--files 2000] [--kilobytes 200] [--rounds 3]

Makes a library with so many stored files of random bytes, and has them read again and again, in turn: by a check of
all, by one that adds a SHA-512, and by ``sha256sum`` (and ``sha512sum`` for the second ratio) with as many names at a
time as the system takes.  The best round of each counts, so that all find the files in memory.  The ratio is the
seconds of ours over those of the rival: below 1 is faster.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from archive_viewer.library import Library
from archive_viewer.model import Original
from archive_viewer.storage import stored_files
from archive_viewer.storage.originals import Originals


def fill(folder: Path, files: int, size: int) -> None:
    """A library of so many stored files; no page has them, for only the bytes matter here."""
    chance, moment = random.Random(7), "2026-01-01T00:00:00Z"
    Library.open(folder).close()
    originals, candidate = Originals(folder / "originals"), folder / "candidate"
    with closing(sqlite3.connect(folder / "library.db")) as connection, connection:
        for number in range(files):
            candidate.write_bytes(chance.randbytes(size))
            sha256, stored = originals.store(candidate)
            stored_files.add_original(connection, Original(sha256, stored, "text/html", f"{number}.html", moment))
    candidate.unlink()


def checked(library: Library) -> int:
    return sum(result.result == "ok" for result in library.verify_originals())


def given_sha512(library: Library) -> int:
    with closing(sqlite3.connect(library.folder / "library.db")) as connection, connection:
        connection.execute("UPDATE original SET sha512 = ''")
    return sum(result.result == "ok" for result in library.add_sha512())


def summed(library: Library, program: str) -> int:
    """Lines that a program of the system says of all the files."""
    command = f"find originals -type f -print0 | xargs -0 {program} | wc -l"
    answer = subprocess.run(command, shell=True, cwd=library.folder, capture_output=True, text=True, check=True)
    return int(answer.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--kilobytes", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    contenders: dict[str, Callable[[Library], int]] = {
        "check": checked,
        "sha256sum": lambda library: summed(library, "sha256sum"),
        "check with SHA-512": given_sha512,
        "sha256sum and sha512sum": lambda library: summed(library, "sha256sum") + summed(library, "sha512sum"),
    }
    best = dict.fromkeys(contenders, float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), options.files, options.kilobytes * 1024)
        with Library.open(Path(folder)) as library:
            for _ in range(options.rounds):
                for name, contender in contenders.items():
                    begun = time.perf_counter()
                    count = contender(library)
                    best[name] = min(best[name], time.perf_counter() - begun)
                    assert count == options.files * (2 if " and " in name else 1), f"{name} read {count} files"
    megabytes = options.files * options.kilobytes / 1024
    for name, seconds in best.items():
        print(f"{name:24} {seconds:7.2f} s  {megabytes / seconds:7.0f} MB/s  {options.files / seconds:8.0f} files/s")
    print(f"ratio to sha256sum                {best['check'] / best['sha256sum']:.2f}")
    print(f"ratio to sha256sum and sha512sum  {best['check with SHA-512'] / best['sha256sum and sha512sum']:.2f}")
    print(f"peak memory                       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
