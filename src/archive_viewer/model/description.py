"""Description: the elements that an archivist may say of a unit or an item, and where the value of each comes from.

Values only.  The elements are those of ISAD(G), second edition (International Council on Archives, 2000; part 3), with
those of Dublin Core (ISO 15836-1) that an item has besides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from archive_viewer.model.captures import Fact

Value = str | list[str]
"""What an element says: text, or a list where it can be several."""

Standing = Literal["", "typed", "stated", "inherited", "default"]

How = Literal["set", "add", "clear"]


@dataclass(frozen=True)
class Element:
    """One element of description.

    ``isad`` is its number in ISAD(G), ``dublin_core`` the term of Dublin Core that it answers to, each empty where
    there is none.  ``of_units`` and ``of_items``: what it can be said of.  ``is_inherited``: said of a unit, it holds
    for all below that says nothing else.  ``is_several``: its value is a list.  ``is_date``: its value is EDTF.
    ``is_arranged``: it follows from the arrangement and is not typed.  ``fact`` names the fact of an item that states
    it.
    """

    key: str
    name: str
    isad: str = ""
    dublin_core: str = ""
    of_units: bool = True
    of_items: bool = True
    is_required: bool = False
    is_inherited: bool = False
    is_several: bool = False
    is_date: bool = False
    is_arranged: bool = False
    fact: str = ""


ELEMENTS: tuple[Element, ...] = (
    Element("reference_code", "Reference code", "3.1.1", "identifier", is_required=True, is_arranged=True),
    Element("title", "Title", "3.1.2", "title", is_required=True, fact="title"),
    Element("dates", "Dates", "3.1.3", "date", is_required=True, is_date=True, fact="captured_at"),
    Element("published", "Publication date", "", "date", of_units=False, is_date=True, fact="published"),
    Element("level", "Level of description", "3.1.4", is_required=True, is_arranged=True),
    Element("extent", "Extent and medium", "3.1.5", "format", is_required=True),
    Element(
        *("creator", "Creator", "3.2.1", "creator"),
        of_items=False,
        is_required=True,
        is_inherited=True,
        is_several=True,
    ),
    Element("author", "Author", "3.2.1", "creator", of_units=False, is_required=True, is_several=True, fact="author"),
    Element("history", "Administrative or biographical history", "3.2.2", of_items=False, is_inherited=True),
    Element("custodial_history", "Custodial history", "3.2.3", is_inherited=True),
    Element("acquisition", "Immediate source of acquisition", "3.2.4", is_inherited=True),
    Element("scope", "Scope and content", "3.3.1", "description"),
    Element("appraisal", "Appraisal, destruction and scheduling", "3.3.2", is_inherited=True),
    Element("accruals", "Accruals", "3.3.3", of_items=False, is_inherited=True),
    Element("arrangement", "System of arrangement", "3.3.4", of_items=False),
    Element("access", "Conditions of access", "3.4.1", "rights", is_inherited=True),
    Element("reproduction", "Conditions of reproduction", "3.4.2", "rights", is_inherited=True),
    Element("language", "Language", "3.4.3", "language", is_inherited=True, is_several=True, fact="language"),
    Element("technical", "Technical requirements", "3.4.4", is_inherited=True),
    Element("finding_aids", "Finding aids", "3.4.5", is_inherited=True),
    Element("originals", "Location of originals", "3.5.1", is_inherited=True),
    Element("copies", "Location of copies", "3.5.2", is_inherited=True),
    Element("related", "Related material", "3.5.3", "relation"),
    Element("publication", "Publication note", "3.5.4"),
    Element("note", "Note", "3.6.1"),
    Element("archivist", "Archivist", "3.7.1", is_inherited=True, is_several=True),
    Element("rules", "Rules or conventions", "3.7.2", is_inherited=True),
    Element("described_at", "Date of description", "3.7.3", is_date=True),
    Element("subject", "Subject", "", "subject", of_units=False, is_several=True),
    Element("publisher", "Publisher", "", "publisher", of_units=False, is_several=True, fact="site"),
    Element("contributor", "Contributor", "", "contributor", of_units=False, is_several=True),
    Element("type", "Type", "", "type", of_units=False, is_several=True),
    Element("source", "Address", "", "source", of_units=False, fact="url"),
    Element("coverage", "Coverage", "", "coverage", of_units=False, is_several=True),
)

ELEMENT: Mapping[str, Element] = {element.key: element for element in ELEMENTS}

PARTED = ";"
"""Between several values in one string: names have commas in them."""


def in_form(element: Element, value: Value) -> Value:
    """A value in the form that its element has: a list where it can be several, whatever it was kept as."""
    if element.is_several and isinstance(value, str):
        return [part.strip() for part in value.split(PARTED) if part.strip()]
    return value


@dataclass(frozen=True)
class Described:
    """An element with all that is known of it: ``typed`` by a person here, ``stated`` by the page's file, ``inherited``
    from the unit ``inherited_from``, and what it is by ``default``, the origin of which says why."""

    element: Element
    typed: Fact[Value] | None = None
    stated: Fact[Value] | None = None
    inherited: Fact[Value] | None = None
    inherited_from: str = ""
    default: Fact[Value] | None = None

    @property
    def standing(self) -> Standing:
        """Which of the four is shown; empty where nothing is known."""
        known: tuple[Standing, ...] = ("typed", "stated", "inherited", "default")
        return next((name for name in known if getattr(self, name) is not None), "")

    @property
    def shown(self) -> Fact[Value] | None:
        """The value that holds: what was typed goes before what is stated, that before what is inherited."""
        return self.typed or self.stated or self.inherited or self.default

    @property
    def text(self) -> str:
        """The value that holds in one string; several are parted by “; ”."""
        if self.shown is None:
            return ""
        value = self.shown.value
        return value if isinstance(value, str) else "; ".join(value)


@dataclass(frozen=True)
class Description:
    """What is said of a unit or an item, element by element in the order of ``ELEMENTS``."""

    id: str
    is_of_unit: bool
    elements: Mapping[str, Described]

    def __getitem__(self, key: str) -> Described:
        return self.elements[key]


@dataclass(frozen=True)
class PlannedDescription:
    """What one unit or item says before and after; None: nothing of its own that would be another."""

    id: str
    title: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True)
class DescriptionPlan:
    """What saying one element of many would do; nothing is changed until it is carried out.

    ``unchanged`` counts those that say so already.
    """

    element: str
    changes: tuple[PlannedDescription, ...]
    unchanged: int
