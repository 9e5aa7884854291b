"""A table as a CSV file that a spreadsheet opens by a double click, and that runs nothing there.

Rows of text in, one file out.  RFC 4180: commas, quotation marks doubled, lines that end in CR LF.  UTF-8 with a byte
order mark, without which Excel takes it for the system's own character set.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

BYTE_ORDER_MARK = b"\xef\xbb\xbf"

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is reckoned out by a spreadsheet, and may start a program (OWASP, *CSV Injection*); the wide
forms are taken for the narrow ones by East Asian editions.  A page's title comes from a stranger."""


def write(header: Sequence[str], rows: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    """Write a table.  A cell that would be a formula gets an apostrophe before it, by which it is text.

    The stream stays open; what it raises is its own (``OSError``: a full disk).
    """
    for _ in written(header, rows, stream):
        pass


def written(header: Sequence[str], rows: Iterable[Sequence[str]], stream: BinaryIO) -> Iterator[int]:
    """Write a table row by row; after each, how many there are by then."""
    stream.write(BYTE_ORDER_MARK)
    stream.write(_lines([header]))
    for number, row in enumerate(rows, 1):
        stream.write(_lines([row]))
        yield number


def _lines(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
