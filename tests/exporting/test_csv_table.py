"""Tables that spreadsheets open: read back as they were, and never reckoned out."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.exporting import csv_table

CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def written(*rows: tuple[str, ...]) -> bytes:
    stream = io.BytesIO()
    csv_table.write(("Tïtle 😀", "Two"), rows, stream)
    return stream.getvalue()


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_form_is_that_of_rfc_4180_with_a_byte_order_mark() -> None:
    data = written(('say "so"', "a,b"), ("two\nlines", ""))
    assert data == b"\xef\xbb\xbf" + 'Tïtle 😀,Two\r\n"say ""so""","a,b"\r\n"two\nlines",\r\n'.encode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "  =cmd|' /C calc'!A0", "＝1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert read(written((cell, "x")))[1] == [f"'{cell}", "x"]


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_was_written_is_read_back(rows: list[tuple[str, str]]) -> None:
    found = read(written(*rows))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


def test_half_a_surrogate_pair_does_not_stop_it() -> None:
    assert read(written(("a\ud83db", "")))[1] == ["a?b", ""]
