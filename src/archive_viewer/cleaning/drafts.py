"""Drafts: the blocks of a page before their fate is decided, and the elements that hold them.

Values only; separate so that the walk that makes them and the choice that judges them share nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml.etree import _Element

from archive_viewer.cleaning.markers import Marker
from archive_viewer.model import Cell, Kind, Picture, Reason, Span

Direction = Literal["", "ltr", "rtl"]


class Stretch(NamedTuple):
    """Characters ``[start, end)`` of a draft that are marked; ``mark`` is an index of ``Page.markers``."""

    start: int
    end: int
    mark: int


@dataclass(slots=True)
class Draft:
    """A block before its fate is decided; the fields are those of ``model.Block``.

    ``level`` is a heading's rank, else the depth of the list it stands in (0: in none), so that the second paragraph
    of an item is a PARAGRAPH with its item's level.  ``anchor`` holds the names by which links jump here, parted
    by blanks.  ``node`` is the index of the element it stands in; ``linked`` counts its characters inside links;
    ``reason`` is set where the page itself says that this is not its text (hidden, a control, a heading's own link);
    ``stretches`` are what other programs marked in it, by start.
    """

    kind: Kind
    text: str
    node: int
    level: int = 0
    spans: tuple[Span, ...] = ()
    pictures: tuple[Picture, ...] = ()
    cell: Cell | None = None
    number: int | None = None
    quote_depth: int = 0
    direction: Direction = ""
    anchor: str = ""
    linked: int = 0
    reason: Reason | None = None
    stretches: tuple[Stretch, ...] = ()


@dataclass(slots=True)
class Node:
    """An element that holds the drafts ``[first, last)``; ``parent`` is an index, -1 for the root.

    ``classes``, ``id`` and ``role`` are as the element states them.  ``reason`` is set where the element takes itself
    out of the page's text.
    """

    element: _Element
    tag: str
    parent: int
    path: str
    first: int
    last: int
    reason: Reason | None = None
    classes: str = ""
    id: str = ""
    role: str = ""


@dataclass
class Page:
    """What the walk found: the blocks in page order, and the elements that hold them, parents before children.

    ``markers`` are the marks that other programs made on the text, ``notes`` those on the page: each with the index of
    the draft that it stands beside, -1 for one on the page as a whole.  ``marks_left_out`` counts those beyond a limit.
    ``stating`` are the elements that say something of the page by their attributes, for ``attributes`` to read.
    """

    drafts: list[Draft] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    notes: list[tuple[Marker, int]] = field(default_factory=list)
    marks_left_out: int = 0
    stating: list[_Element] = field(default_factory=list)
