"""The elements of description in the archivist's words: their names, their areas, and how the value of each is typed.

In: elements and facts of ``model``.  Out: translated text, and values as ``Library.describe`` takes them.  Separate
because the same names stand in the margin, the dialog, the provenance sheet and the finding aid.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from archive_viewer.model import ELEMENT, ELEMENTS, PARTED, Described, Element, Fact, Value, in_form
from archive_viewer.ui import date_wording, wording
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "Elements"

NAMES = (
    QT_TRANSLATE_NOOP("Elements", "Reference code"),
    QT_TRANSLATE_NOOP("Elements", "Title"),
    QT_TRANSLATE_NOOP("Elements", "Dates"),
    QT_TRANSLATE_NOOP("Elements", "Publication date"),
    QT_TRANSLATE_NOOP("Elements", "Level of description"),
    QT_TRANSLATE_NOOP("Elements", "Extent and medium"),
    QT_TRANSLATE_NOOP("Elements", "Creator"),
    QT_TRANSLATE_NOOP("Elements", "Author"),
    QT_TRANSLATE_NOOP("Elements", "Administrative or biographical history"),
    QT_TRANSLATE_NOOP("Elements", "Custodial history"),
    QT_TRANSLATE_NOOP("Elements", "Immediate source of acquisition"),
    QT_TRANSLATE_NOOP("Elements", "Scope and content"),
    QT_TRANSLATE_NOOP("Elements", "Appraisal, destruction and scheduling"),
    QT_TRANSLATE_NOOP("Elements", "Accruals"),
    QT_TRANSLATE_NOOP("Elements", "System of arrangement"),
    QT_TRANSLATE_NOOP("Elements", "Conditions of access"),
    QT_TRANSLATE_NOOP("Elements", "Conditions of reproduction"),
    QT_TRANSLATE_NOOP("Elements", "Language"),
    QT_TRANSLATE_NOOP("Elements", "Technical requirements"),
    QT_TRANSLATE_NOOP("Elements", "Finding aids"),
    QT_TRANSLATE_NOOP("Elements", "Location of originals"),
    QT_TRANSLATE_NOOP("Elements", "Location of copies"),
    QT_TRANSLATE_NOOP("Elements", "Related material"),
    QT_TRANSLATE_NOOP("Elements", "Publication note"),
    QT_TRANSLATE_NOOP("Elements", "Note"),
    QT_TRANSLATE_NOOP("Elements", "Archivist"),
    QT_TRANSLATE_NOOP("Elements", "Rules or conventions"),
    QT_TRANSLATE_NOOP("Elements", "Date of description"),
    QT_TRANSLATE_NOOP("Elements", "Subject"),
    QT_TRANSLATE_NOOP("Elements", "Publisher"),
    QT_TRANSLATE_NOOP("Elements", "Contributor"),
    QT_TRANSLATE_NOOP("Elements", "Type"),
    QT_TRANSLATE_NOOP("Elements", "Address"),
    QT_TRANSLATE_NOOP("Elements", "Coverage"),
)
"""The names of the model's elements, for the translators."""

AREAS = {
    "3.1": QT_TRANSLATE_NOOP("Elements", "Identity"),
    "3.2": QT_TRANSLATE_NOOP("Elements", "Context"),
    "3.3": QT_TRANSLATE_NOOP("Elements", "Content and structure"),
    "3.4": QT_TRANSLATE_NOOP("Elements", "Access and use"),
    "3.5": QT_TRANSLATE_NOOP("Elements", "Allied materials"),
    "3.6": QT_TRANSLATE_NOOP("Elements", "Notes"),
    "3.7": QT_TRANSLATE_NOOP("Elements", "Control"),
    "": QT_TRANSLATE_NOOP("Elements", "Also said of a page"),
}
"""The areas of ISAD(G), part 3; what only Dublin Core has comes last."""

ONE_LINE = {"title", "extent", "source"} | {
    *(element.key for element in ELEMENTS if element.is_several),
    *(element.key for element in ELEMENTS if element.is_date),
}
"""Elements that are a name, a date or a word; the others are prose."""


def say(text: str) -> str:
    """A name of an element or of a heading, translated."""
    return QCoreApplication.translate(CONTEXT, text)


def name(key: str) -> str:
    """What an element is called; a key that is none of ours is its own name."""
    return say(ELEMENT[key].name) if key in ELEMENT else key


def area(element: Element) -> str:
    """The area that an element belongs to, by its first numbers."""
    return "3.1" if element.key == "published" else element.isad[:3]


def typed_text(value: Value | None) -> str:
    """A value as it stands in its field."""
    if value is None:
        return ""
    return value if isinstance(value, str) else f"{PARTED} ".join(value)


def value_of(element: Element, text: str) -> Value | None:
    """What was typed into a field, as the library takes it; None for nothing."""
    if not text.strip():
        return None
    if element.is_several:
        return in_form(element, text) or None
    return text.strip()


def shown(element: Element, value: Value) -> str:
    """A value as it is read: days, moments and languages by their names."""
    text = typed_text(value)
    if element.is_date:
        return wording.moment(text) if "T" in text else wording.date(text)
    return languages(text) if element.key == "language" else text


def languages(text: str) -> str:
    """``ar, de, de-DE`` → ``Arabic (ar), German (de, de-DE)``: each by its name, with all tags that mean it."""
    tags: dict[str, list[str]] = {}
    for tag in (part.strip() for part in re.split("[,;]", text)):
        name = wording.language(tag).removesuffix(f" ({tag})")
        if tag:
            tags.setdefault(name, []).append(tag)
    return ", ".join(name if known == [name] else f"{name} ({', '.join(known)})" for name, known in tags.items())


def shown_with_writing(element: Element, value: Value) -> str:
    """The same, and a date that is more than a day, a month or a year also as it is written."""
    text = typed_text(value)
    return date_wording.with_writing(text) if element.is_date and "T" not in text else shown(element, value)


def in_words(element: Element, value: Value | None) -> str:
    """What a typed date says in words; empty where that is what was typed."""
    text = typed_text(value)
    return shown(element, text) if element.is_date and date_wording.with_writing(text) != shown(element, text) else ""


def who_typed(fact: Fact) -> str:
    """“typed by a person: Ada, 30 Nov 2026, 10:00”."""
    who, _, at = fact.origin.rpartition(", ")
    if not who or "T" not in at:
        who, at = fact.origin, ""
    said = ", ".join(part for part in (who, wording.moment(at) if at else "") if part)
    word = wording.word(fact.source)
    return f"{word}: {said}" if said else word


def is_wanting(described: Described) -> bool:
    """Whether the element must be said and nothing is known of it."""
    return described.element.is_required and described.shown is None


def example(element: Element) -> str:
    """What may be typed there, by example; empty where nothing needs one."""
    tr = QCoreApplication.translate
    if element.is_date:
        return tr("Elements", "such as 2021-11-21, 2021-11, 1984?, 1984/1986")
    if element.key == "language":
        return tr("Elements", "such as en, de or pt-BR; several with “;” between them")
    return tr("Elements", "several with “;” between them") if element.is_several else ""
