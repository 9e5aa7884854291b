"""Which records of packed, mis-sized and damaged web archives come out, beside libraries that read records alone.

Usage: PYTHONPATH=src:tests:tests/readers python tests/benchmarks/warc_damage.py

The files are those of ``tests/readers/test_warc_records.py``: five records, numbered from 0, in each.  Printed are the
numbers of those that each contender gives, or that it ends with an error.  warcio and FastWARC are asked where they
are installed (``pip install '.[benchmarks]'``; the program does not need them).
"""

from __future__ import annotations

import contextlib
import gzip
import importlib.util
import io
from collections.abc import Callable

import test_warc_records as made

import crawls


def files() -> dict[str, bytes]:
    """By what is the matter with them."""
    numbered = [f"{crawls.SITE}/{number}" for number in range(5)]
    found = {name: pack(made.RECORDS) for name, pack in made.PACKINGS.items()}
    lines = [crawls.record(url, block, end="\n") for url, block in zip(numbered, made.BLOCKS, strict=True)]
    found["lines ended by LF"] = b"".join(lines)
    for length in (0, 50, 1400, 3000):
        wrong = crawls.record(numbered[1], made.BLOCKS[1], length=length)
        name = f"{len(made.BLOCKS[1]):,} bytes stated as {length:,}"
        found[name] = b"".join([made.RECORDS[0], wrong, *made.RECORDS[2:]])
    members = [bytearray(gzip.compress(record)) for record in made.RECORDS]
    members[2][60] ^= 0xFF
    found["a damaged member"] = b"".join(members)
    found["garbage between"] = (b"garbage\r\n" * 50).join(made.RECORDS)
    return found


def read_by_us(data: bytes) -> list[str]:
    return [record.url for record, _ in made.read_all(data)]


def read_by_warcio(data: bytes) -> list[str]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        return [record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(io.BytesIO(data))]
    except ArchiveLoadFailed as error:
        raise OSError from error


def read_by_fastwarc(data: bytes) -> list[str]:
    from fastwarc.warc import ArchiveIterator

    return [record.headers["WARC-Target-URI"] for record in ArchiveIterator(io.BytesIO(data), parse_http=False)]


CONTENDERS: dict[str, Callable[[bytes], list[str]]] = {
    "records": read_by_us,
    "warcio": read_by_warcio,
    "fastwarc": read_by_fastwarc,
}


def attempt(read: Callable[[bytes], list[str]], data: bytes) -> str:
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            return "".join(url[-1] for url in read(data))
    except (OSError, KeyError, AttributeError):
        return "ends with an error"


if __name__ == "__main__":
    present = [name for name in CONTENDERS if name == "records" or importlib.util.find_spec(name)]
    print(f"{'':36}", *(f"{name:20}" for name in present))
    for name, data in files().items():
        print(f"{name:36}", *(f"{attempt(CONTENDERS[contender], data):20}" for contender in present))
