"""Contexts: what an element hands down to the text in it, and how each element changes what it was handed.

The context and look around an element in, those inside it out.  Separate from the walk, which only goes from element
to element, so that what an element means stands in one place: by its name, then by its attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml.etree import _Element

from archive_viewer.cleaning import elements
from archive_viewer.cleaning.addresses import Base
from archive_viewer.cleaning.asides import Attributes
from archive_viewer.cleaning.drafts import Direction
from archive_viewer.cleaning.elements import Trait
from archive_viewer.cleaning.footnotes import holds_notes, is_note
from archive_viewer.cleaning.inline import Look, Space
from archive_viewer.cleaning.lists import Marker, Numbering, integer
from archive_viewer.cleaning.markers import is_wrapper
from archive_viewer.cleaning.marking import Marking
from archive_viewer.cleaning.styles import declarations, restyle, space_of
from archive_viewer.cleaning.tables import grid_of
from archive_viewer.model import Cell, Kind, Reason, Style


class Context(NamedTuple):
    """What an element hands down to what stands in it; how its characters look goes beside it, as a ``Look``."""

    kind: Kind = Kind.PARAGRAPH
    rank: int = 0
    depth: int = 0
    quote_depth: int = 0
    numbering: Numbering | None = None
    marker: Marker | None = None
    cell: Cell | None = None
    grid: Mapping[_Element, Cell] | None = None
    direction: Direction = ""
    space: Space = Space.COLLAPSED
    is_code: bool = False
    holds_notes: bool = False
    reason: Reason | None = None

    def aside(self, reason: Reason, *, is_inline: bool) -> Context:
        """The context of what is no part of the text around it; a few words within a line are plain words."""
        if not is_inline:
            return self._replace(reason=reason)
        return self._replace(reason=reason, kind=Kind.PARAGRAPH, marker=None, is_code=False, space=Space.COLLAPSED)


class Contexts:
    """Gives the context inside each element of one page, in page order: its tables are counted on the way."""

    def __init__(self, base: Base, marking: Marking | None) -> None:
        self._base = base
        self._marking = marking
        self._tables = 0

    def inside(
        self, element: _Element, tag: str, trait: Trait, attributes: Attributes, context: Context, look: Look
    ) -> tuple[Context, Look]:
        """The context and the look in an element that stands in ``context`` and has its look from there."""
        if trait.styles:
            look = Look(look.styles | trait.styles, look.target, look.marks)
        if self._marking is not None and (marks := self._marking.marks_of(element, tag, look.marks)):
            look = Look(look.styles, look.target, marks)
        if attributes and not (self._marking is not None and is_wrapper(element, tag)):
            context, look = self._by_attributes(tag, attributes, context, look)
        if trait.is_structure:
            context = self._by_name(element, tag, context)
        if attributes and not context.holds_notes and holds_notes(tag, attributes):
            context = context._replace(holds_notes=True)
        if (attributes or context.holds_notes) and is_note(tag, attributes, context.holds_notes):
            context = context._replace(kind=Kind.FOOTNOTE)
        return context, look

    def _by_attributes(self, tag: str, attributes: Attributes, context: Context, look: Look) -> tuple[Context, Look]:
        if tag == "a" and (href := attributes.get("href")):
            target = self._base.link(href)
            styles = look.styles | {Style.LINK} if target else look.styles - {Style.LINK}
            look = Look(styles, target, look.marks)
        if declared := declarations(attributes.get("style")):
            look, space = restyle(look, declared), space_of(declared)
            if space is not None and not context.is_code:
                context = context._replace(space=space)
        if stated := attributes.get("dir"):
            context = context._replace(direction=direction(stated, context.direction))
        if attributes.get("role") == "heading" and tag in elements.BLOCKS:
            rank = integer(attributes.get("aria-level")) or 2
            context = context._replace(kind=Kind.HEADING, rank=min(max(rank, 1), 6))
        return context, look

    def _by_name(self, element: _Element, tag: str, context: Context) -> Context:
        if tag == "li":
            number = context.numbering.number(element) if context.numbering else None
            return context._replace(kind=Kind.PARAGRAPH, depth=max(1, context.depth), marker=Marker(number))
        if tag in elements.LISTS:
            return context._replace(numbering=Numbering(element), depth=context.depth + 1)
        if tag in elements.HEADINGS:
            return context._replace(kind=Kind.HEADING, rank=elements.HEADINGS[tag])
        if tag in ("td", "th"):
            cell = context.grid.get(element) if context.grid else None
            if context.cell is not None or cell is None:
                return context
            return context._replace(cell=cell, kind=Kind.PARAGRAPH, depth=0, marker=None)
        if tag == "table":
            return context if context.cell is not None else context._replace(grid=self._grid(element))
        if tag == "blockquote":
            return context._replace(kind=Kind.QUOTE, quote_depth=context.quote_depth + 1)
        if tag in elements.PREFORMATTED:
            return context._replace(kind=Kind.CODE, space=Space.EXACT, is_code=True)
        if tag == "textarea":
            return context._replace(space=Space.LINES)
        return context._replace(kind=elements.KINDS[tag], marker=None)

    def _grid(self, table: _Element) -> Mapping[_Element, Cell] | None:
        grid = grid_of(table, self._tables + 1)
        self._tables += grid is not None
        return grid


def direction(stated: str, inherited: Direction) -> Direction:
    """The direction of writing that a ``dir`` attribute states."""
    stated = stated.strip().lower()
    if stated == "rtl":
        return "rtl"
    if stated == "ltr":
        return "ltr"
    return "" if stated == "auto" else inherited
