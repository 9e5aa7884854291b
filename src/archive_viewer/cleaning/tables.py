"""Tables: which ones hold data, and where each of their cells stands.

A ``<table>`` in, a grid out: cell element → ``Cell``.  Tables that only lay out a page have no grid.  Separate
because spans need the whole table before its first cell.  Source: HTML Living Standard, section 4.9.12 (forming a
table).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning.asides import is_hidden
from archive_viewer.cleaning.elements import HEADINGS, UNSEEN
from archive_viewer.cleaning.lists import integer
from archive_viewer.model import Cell

_LAYOUT_ROLES = frozenset({"presentation", "none"})
_DATA_ROLES = frozenset({"table", "grid", "treegrid"})
_SECTION_MARKS = frozenset(
    {"article", "aside", "form", "footer", "header", "iframe", "main", "nav", "section", *HEADINGS}
)
"""Elements that a cell of data does not hold, and a cell that lays out a page does."""
_DATA_CELL_CHARACTERS = 1_000
"""A table without head or border whose longest cell is longer lays out the page (old news sites, mails)."""

_Row = list[_Element]


def grid_of(table: _Element, number: int) -> Mapping[_Element, Cell] | None:
    """Where each cell stands, if the table holds data; ``number`` is the table's own in the page, from 1."""
    if table.get("role", "").lower() in _LAYOUT_ROLES or next(table.iterdescendants("table"), None) is not None:
        return None
    groups = list(_row_groups(table))
    rows = [row for group in groups for row in group]
    if len(rows) < 2 or max((len(row) for row in rows), default=0) < 2 or not _holds_data(table, rows):
        return None
    return _place(groups, len(rows), number)


def _row_groups(table: _Element) -> Iterator[list[_Row]]:
    """The cells of each row of each row group; rows in a row that stand in no group make up one."""
    loose: list[_Row] = []
    for child in _rows_and_groups(table):
        if child.tag == "tr":
            loose.append(list(_cells(child)))
            continue
        if loose:
            yield loose
            loose = []
        yield [list(_cells(row)) for row in child.iterchildren("tr")]
    if loose:
        yield loose


def _rows_and_groups(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag in ("tr", "thead", "tbody", "tfoot"):
            yield child
        elif child.tag == "form":  # pages of the nineties put a form around the rows
            yield from child.iterchildren("tr")


def _cells(row: _Element) -> Iterator[_Element]:
    return (cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell.attrib))


def _holds_data(table: _Element, rows: list[_Row]) -> bool:
    if table.get("role", "").lower() in _DATA_ROLES or table.get("summary"):
        return True
    if any(child.tag in ("caption", "thead") for child in table) or any(c.tag == "th" for row in rows for c in row):
        return True
    if next(table.iterdescendants(*_SECTION_MARKS), None) is not None:
        return False
    if table.get("border", "0").strip() not in ("", "0"):
        return True
    return max(_length(cell) for row in rows for cell in row) <= _DATA_CELL_CHARACTERS


def _length(cell: _Element) -> int:
    return sum(
        len(element.text or "") * (element.tag not in UNSEEN) + len(element.tail or "") * (element is not cell)
        for element in cell.iter()
    )


def _place(groups: list[list[_Row]], row_count: int, number: int) -> Mapping[_Element, Cell] | None:
    """Give each cell its row and column; None when the table is too large to be laid out as one."""
    places: dict[_Element, tuple[int, int, int, int]] = {}
    width = used = row_number = 0
    for group in groups:
        free_from: list[int] = []  # by column: the first row of this group that no cell from above reaches into
        for index, row in enumerate(group):
            column = 0
            for cell in row:
                while column < len(free_from) and free_from[column] > index:
                    column += 1
                columns = min(max(integer(cell.get("colspan")) or 1, 1), limits.TABLE_COLUMNS)
                taken = (c for c in range(column, min(column + columns, len(free_from))) if free_from[c] > index)
                columns = next(taken, column + columns) - column  # cells never lie over one another
                stated = integer(cell.get("rowspan"))
                left = len(group) - index
                rows = left if stated == 0 else min(max(stated or 1, 1), left)
                end = column + columns
                used += columns
                if end > limits.TABLE_COLUMNS or used > limits.TABLE_PLACES:
                    return None
                free_from.extend([0] * (end - len(free_from)))
                free_from[column:end] = [index + rows] * columns
                places[cell] = (row_number + index, column, rows, columns)
                column = end
            width = max(width, len(free_from))
        row_number += len(group)
    if row_count * width > limits.TABLE_PLACES:
        return None
    return {
        cell: Cell(number, row, column, rows, columns, row_count, width, cell.tag == "th" or _is_in_head(cell))
        for cell, (row, column, rows, columns) in places.items()
    }


def _is_in_head(cell: _Element) -> bool:
    row = cell.getparent()
    group = row.getparent() if row is not None else None
    return group is not None and group.tag == "thead"
