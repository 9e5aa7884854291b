"""What the things of a library are called when they are counted or compared, and what their fields say.

In: the nouns and rows of the journal.  Out: translated text.  Separate from the other words because only merging and
going back show rows as they are stored.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QCoreApplication

from archive_viewer.library import Conflict
from archive_viewer.model import ELEMENTS
from archive_viewer.ui import wording
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "Things"

NOUNS: Mapping[str, tuple[str, str]] = {
    "item": (QT_TRANSLATE_NOOP("Things", "page"), QT_TRANSLATE_NOOP("Things", "pages")),
    "annotation": (QT_TRANSLATE_NOOP("Things", "mark"), QT_TRANSLATE_NOOP("Things", "marks")),
    "note": (QT_TRANSLATE_NOOP("Things", "note"), QT_TRANSLATE_NOOP("Things", "notes")),
    "link": (QT_TRANSLATE_NOOP("Things", "link"), QT_TRANSLATE_NOOP("Things", "links")),
    "override": (QT_TRANSLATE_NOOP("Things", "mend"), QT_TRANSLATE_NOOP("Things", "mends")),
    "pair": (
        QT_TRANSLATE_NOOP("Things", "pair of pages that both are right"),
        QT_TRANSLATE_NOOP("Things", "pairs of pages that both are right"),
    ),
    "charset": (QT_TRANSLATE_NOOP("Things", "character set"), QT_TRANSLATE_NOOP("Things", "character sets")),
    "rule": (QT_TRANSLATE_NOOP("Things", "rule for a site"), QT_TRANSLATE_NOOP("Things", "rules for sites")),
    "search": (QT_TRANSLATE_NOOP("Things", "saved search"), QT_TRANSLATE_NOOP("Things", "saved searches")),
    "unit": (QT_TRANSLATE_NOOP("Things", "unit of the arrangement"), QT_TRANSLATE_NOOP("Things", "units")),
    "description": (QT_TRANSLATE_NOOP("Things", "description"), QT_TRANSLATE_NOOP("Things", "descriptions")),
    "setting": (QT_TRANSLATE_NOOP("Things", "setting"), QT_TRANSLATE_NOOP("Things", "settings")),
    "accession": (QT_TRANSLATE_NOOP("Things", "accession"), QT_TRANSLATE_NOOP("Things", "accessions")),
    "level": (QT_TRANSLATE_NOOP("Things", "name of a level"), QT_TRANSLATE_NOOP("Things", "names of levels")),
    "code": (
        QT_TRANSLATE_NOOP("Things", "reference code borne twice"),
        QT_TRANSLATE_NOOP("Things", "reference codes borne twice"),
    ),
}

FIELDS: Mapping[str, str] = {
    "tags": QT_TRANSLATE_NOOP("Things", "Tags"),
    "note": QT_TRANSLATE_NOOP("Things", "Note"),
    "colour": QT_TRANSLATE_NOOP("Things", "Colour"),
    "target": QT_TRANSLATE_NOOP("Things", "Passage"),
    "name": QT_TRANSLATE_NOOP("Things", "Name"),
    "query": QT_TRANSLATE_NOOP("Things", "Query"),
    "relation": QT_TRANSLATE_NOOP("Things", "Relation"),
    "fate": QT_TRANSLATE_NOOP("Things", "Paragraph"),
    "charset": QT_TRANSLATE_NOOP("Things", "Character set"),
    "deleted_at": QT_TRANSLATE_NOOP("Things", "In the bin since"),
    "unit_id": QT_TRANSLATE_NOOP("Things", "Place in the arrangement"),
    "unit_position": QT_TRANSLATE_NOOP("Things", "Order"),
    "parent_id": QT_TRANSLATE_NOOP("Things", "Within"),
    "position": QT_TRANSLATE_NOOP("Things", "Order"),
    "reference_code": QT_TRANSLATE_NOOP("Things", "Reference code"),
    "title": QT_TRANSLATE_NOOP("Things", "Title"),
    "level": QT_TRANSLATE_NOOP("Things", "Level"),
    "code": QT_TRANSLATE_NOOP("Things", "Code"),
    "is_on": QT_TRANSLATE_NOOP("Things", "Switched on"),
    "acquired_from": QT_TRANSLATE_NOOP("Things", "Acquired from"),
    "custodial_history": QT_TRANSLATE_NOOP("Things", "Custodial history"),
    "created_at": QT_TRANSLATE_NOOP("Things", "Made"),
    "modified_at": QT_TRANSLATE_NOOP("Things", "Changed"),
    "value": QT_TRANSLATE_NOOP("Things", "Value"),
    "text_sha256": QT_TRANSLATE_NOOP("Things", "Text of the one page"),
    "other_sha256": QT_TRANSLATE_NOOP("Things", "Text of the other page"),
}

QUIET = ("position", "unit_position", "created_at")
"""Fields that say nothing to a person where anything else differs, too."""

ELEMENT_NAMES = {element.key: element.name for element in ELEMENTS}


def noun(token: str) -> str:
    """What one of them is called."""
    return QCoreApplication.translate(CONTEXT, NOUNS[token][0]) if token in NOUNS else token


def counted(token: str, count: int) -> str:
    """``1 mark``, ``3,000 pages``."""
    one, many = NOUNS.get(token, (token, f"{token}s"))
    return wording.counted(count, QCoreApplication.translate(CONTEXT, one), QCoreApplication.translate(CONTEXT, many))


def differences(conflict: Conflict, places: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Field, value here, value there, of all that differs; ``places``: titles of units by their ids."""
    found: list[tuple[str, str, str]] = []
    names = [name for name in conflict.there if name not in QUIET] or list(conflict.there)
    for name in names:
        here, there = conflict.here.get(name), conflict.there[name]
        if name == "elements":
            found += _elements(here, there)
        else:
            called = QCoreApplication.translate(CONTEXT, FIELDS[name]) if name in FIELDS else wording.fact(name)
            found.append((called, _said(name, here, places), _said(name, there, places)))
    return found


def _elements(here: object, there: object) -> list[tuple[str, str, str]]:
    """The elements of two descriptions that are not the same."""
    ours, theirs = _parsed(here, {}), _parsed(there, {})
    keys = [key for key in dict.fromkeys([*ours, *theirs]) if ours.get(key) != theirs.get(key)]
    return [(ELEMENT_NAMES.get(key, key), _element(ours.get(key)), _element(theirs.get(key))) for key in keys]


def _element(said: Any) -> str:
    value = said.get("value", "") if isinstance(said, dict) else said
    return _listed(value) or _nothing()


def _said(name: str, value: object, places: Mapping[str, str]) -> str:
    if value is None or value == "":
        return _nothing()
    if name in ("colour", "fate"):
        return wording.word(str(value))
    if name == "relation":
        return wording.relation(str(value))
    if name.endswith("_at"):
        return wording.moment(str(value))
    if name in ("unit_id", "parent_id"):
        return places.get(str(value), QCoreApplication.translate(CONTEXT, "a unit that comes from there"))
    if name == "is_on":
        yes, no = QCoreApplication.translate(CONTEXT, "yes"), QCoreApplication.translate(CONTEXT, "no")
        return yes if value else no
    if name == "target":
        return f"“{_parsed(value, {}).get('exact', '')}”"
    parsed = _parsed(value, value)
    if isinstance(parsed, dict):
        return ", ".join(f"{key}: {_listed(said)}" for key, said in parsed.items() if said) or _nothing()
    return _listed(parsed) or _nothing()


def _nothing() -> str:
    return QCoreApplication.translate(CONTEXT, "nothing")


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _parsed(value: object, otherwise: Any) -> Any:
    """A value that is stored as JSON; others are what they are."""
    if isinstance(value, str) and value[:1] in ("[", "{", '"'):
        with suppress(ValueError):
            return json.loads(value)
    return otherwise
