"""Tables: geometry, empty cells, nested tables, and tables that only lay out a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.cleaning import clean_html
from archive_viewer.model import Block, Cell, Kind


def blocks(html: str) -> list[Block]:
    return list(clean_html(f"<body>{html}".encode()).blocks)


def places(found: list[Block]) -> list[tuple[str, int, int, int, int]]:
    return [(b.text, c.row, c.column, c.row_span, c.column_span) for b in found if (c := b.cell)]


def test_spans_and_empty_cells() -> None:
    found = blocks(
        "<table><caption>Côté</caption><thead><tr><th colspan=2>H<th>I</thead>"
        "<tbody><tr><td rowspan=2>a<td>b<td><tr><td>c<td>😀</table>"
    )
    assert (found[0].kind, found[0].text, found[0].cell) == (Kind.CAPTION, "Côté", None)
    assert places(found) == [
        ("H", 0, 0, 1, 2),
        ("I", 0, 2, 1, 1),
        ("a", 1, 0, 2, 1),
        ("b", 1, 1, 1, 1),
        ("", 1, 2, 1, 1),
        ("c", 2, 1, 1, 1),
        ("😀", 2, 2, 1, 1),
    ]
    assert {(b.cell.rows, b.cell.columns, b.cell.table) for b in found if b.cell} == {(3, 3, 1)}
    assert [b.cell.is_header for b in found if b.cell] == [True, True, False, False, False, False, False]


def test_a_cell_may_hold_several_blocks() -> None:
    found = blocks("<table><tr><th>a<th>b<tr><td><p>c<p>d<ul><li>e</ul><td>f</table>")
    assert [(b.kind, b.text, (b.cell.row, b.cell.column)) for b in found if b.cell] == [
        (Kind.CELL, "a", (0, 0)),
        (Kind.CELL, "b", (0, 1)),
        (Kind.CELL, "c", (1, 0)),
        (Kind.CELL, "d", (1, 0)),
        (Kind.ITEM, "e", (1, 0)),
        (Kind.CELL, "f", (1, 1)),
    ]


def test_tables_are_numbered_and_those_that_lay_out_a_page_are_none() -> None:
    found = blocks(
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>"
        "<table><tr><td>one column<tr><td>two</table>"
        "<table><tr><td>outer<td><table><tr><th>x<th>y<tr><td>1<td>2</table></table>"
        "<table><tr><th>p<th>q<tr><td>3<td>4</table>"
    )
    assert [(b.text, b.cell.table if b.cell else 0) for b in found] == [
        *[(text, 0) for text in ("a", "b", "c", "d", "one column", "two", "outer")],
        *[(text, 1) for text in ("x", "y", "1", "2")],
        *[(text, 2) for text in ("p", "q", "3", "4")],
    ]


def test_a_table_of_articles_lays_out_a_page() -> None:
    found = blocks("<table><tr><td><h2>Talks</h2><p>begin<td>menu<tr><td>x<td>y</table>")
    assert [b.cell for b in found] == [None] * 5


def test_hidden_cells_take_no_place() -> None:
    found = blocks("<table><tr><th>a<th hidden>b<th>c<tr><td>d<td hidden>e<td>f</table>")
    assert places(found) == [("a", 0, 0, 1, 1), ("c", 0, 1, 1, 1), ("d", 1, 0, 1, 1), ("f", 1, 1, 1, 1)]


def test_spans_without_end_are_bounded() -> None:
    found = blocks("<table><tr><th colspan=99999999>a<th>b<tr><td rowspan=0>c<td rowspan=65534>d<tr><td>e</table>")
    assert all(b.cell is None or b.cell.columns <= limits.TABLE_COLUMNS for b in found)
    assert [b.text for b in found] == ["a", "b", "c", "d", "e"]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=4), min_size=2, max_size=6
    ).filter(lambda rows: max(map(len, rows)) > 1)
)
def test_cells_never_lie_over_one_another_nor_outside(rows: list[list[tuple[int, int]]]) -> None:
    html = "".join("<tr>" + "".join(f"<td rowspan={r} colspan={c}>x</td>" for r, c in row) + "</tr>" for row in rows)
    cells = [block.cell for block in blocks(f"<table border=1>{html}</table>")]
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        assert isinstance(cell, Cell)
        area = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        assert not area & taken
        taken |= area
        assert cell.row + cell.row_span <= cell.rows == len(rows)
        assert cell.column + cell.column_span <= cell.columns
