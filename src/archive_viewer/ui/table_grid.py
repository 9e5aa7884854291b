"""The shape of a table before it is drawn: which cell stands where, and where a long table may be parted.

A table's blocks in, grids out; no Qt.  Separate because a page's spans cannot be trusted: a table whose cells overlap
or leave its bounds would break the document, and is told here to be read as paragraphs instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive_viewer.limits import TABLE_COLUMNS_DRAWN, TABLE_ROWS_AT_ONCE
from archive_viewer.model import Block

WIDEST = 48
"""Characters of a cell that count towards its column's width: one long paragraph must not starve the others."""

SPARSE, SPARE = 4, 10_000
"""A table may have so many places for each cell that it has, and so many more: spans cost a page nothing, us a lot."""


@dataclass
class Place:
    """A cell of a grid and the blocks that stand in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    is_header: bool
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Grid:
    """Rows that are drawn as one table; ``shares`` are the columns' parts of the width, and add up to 100."""

    rows: int
    columns: int
    places: list[Place]
    shares: list[float]
    is_first: bool = True
    is_last: bool = True


def grids(blocks: Sequence[Block]) -> list[Grid]:
    """The grids of one table, whose columns agree; none when its cells do not fit together.

    Rows of which every cell was stripped are left out.  A table is parted only between rows that no cell spans.
    """
    places = _places(blocks)
    if not places or not _fit(places):
        return []
    used = sorted({row for place in places for row in range(place.row, place.row + place.row_span)})
    rank = {row: number for number, row in enumerate(used)}
    columns = max(place.column + place.column_span for place in places)
    for place in places:
        place.row = rank[place.row]
    shares = _shares(places, columns)
    parts = _parts(places, len(used))
    return [
        Grid(
            rows=end - start,
            columns=columns,
            places=[_moved(place, start) for place in places if start <= place.row < end],
            shares=shares if len(parts) > 1 else [],
            is_first=start == 0,
            is_last=end == len(used),
        )
        for start, end in parts
    ]


def _places(blocks: Sequence[Block]) -> list[Place]:
    """A place for each run of blocks that stand in one cell."""
    found: list[Place] = []
    for block in blocks:
        cell = block.cell
        assert cell is not None
        if not found or (found[-1].row, found[-1].column) != (cell.row, cell.column):
            found.append(Place(cell.row, cell.column, cell.row_span, cell.column_span, cell.is_header))
        found[-1].blocks.append(block)
    return found


def _fit(places: Sequence[Place]) -> bool:
    """Do the cells stand in reading order, without overlapping, and is the table of a size that can be drawn?"""
    order = [(place.row, place.column) for place in places]
    if order != sorted(order):
        return False
    if any(min(place.row, place.column, place.row_span - 1, place.column_span - 1) < 0 for place in places):
        return False
    columns = max(place.column + place.column_span for place in places)
    if columns > TABLE_COLUMNS_DRAWN:
        return False
    rows = {row for place in places for row in (place.row, place.row + place.row_span - 1)}
    covered = sum(place.row_span * place.column_span for place in places)
    if max(covered, columns * len(rows)) > SPARSE * len(places) + SPARE:
        return False
    taken: set[tuple[int, int]] = set()
    for place in places:
        area = {
            (row, column)
            for row in range(place.row, place.row + place.row_span)
            for column in range(place.column, place.column + place.column_span)
        }
        if area & taken:
            return False
        taken |= area
    return True


def _shares(places: Sequence[Place], columns: int) -> list[float]:
    longest = [1] * columns
    for place in places:
        if place.column_span == 1:
            length = max(len(block.text) for block in place.blocks)
            longest[place.column] = max(longest[place.column], min(length, WIDEST))
    total = sum(length + 4 for length in longest)
    return [100 * (length + 4) / total for length in longest]


def _parts(places: Sequence[Place], rows: int) -> list[tuple[int, int]]:
    spanned = {row for place in places for row in range(place.row + 1, place.row + place.row_span)}
    cuts = [0]
    for row in range(1, rows):
        if row - cuts[-1] >= TABLE_ROWS_AT_ONCE and row not in spanned:
            cuts.append(row)
    return list(zip(cuts, [*cuts[1:], rows], strict=True))


def _moved(place: Place, start: int) -> Place:
    return Place(place.row - start, place.column, place.row_span, place.column_span, place.is_header, place.blocks)
