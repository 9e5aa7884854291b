"""The margin's last page: what is known of a page and who says so, where its bytes are and what happened to them.

In: an item, its files and events.  Out: a table of names and values, each with its source.  Separate because
provenance is stated per fact here, in words, and nowhere else in the window.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from archive_viewer import damage
from archive_viewer.model import ELEMENT, ELEMENTS, Accession, Event, Fact, Item, NearDuplicate, Original
from archive_viewer.ui import elements, theme, wording

MOST_FILES = 40
"""Stored files that are named in the margin: a page may have come with a thousand pictures."""

TYPED_AS = {
    element.fact: element.key for element in ELEMENTS if element.fact in ("title", "author", "published", "language")
}
"""Facts that show what a person typed, where it was: fact → element."""

CAPTURED, DATES = "captured_at", "dates"
"""The fact that tells when a page was saved, and the element for which it stands unless a person says otherwise."""


@dataclass(frozen=True)
class Field:
    """A named value; ``source`` and ``doubt`` are sentences or empty; without a value the name is a section's title.

    ``is_grave``: the value tells of damage.  ``item_id``: the page of the library that the value names, and leads to;
    ``act``: the id of the action that the value offers.
    """

    name: str
    value: str = ""
    source: str = ""
    doubt: str = ""
    is_code: bool = False
    is_grave: bool = False
    item_id: str = ""
    act: str = ""


class FieldsPane(QScrollArea):
    """Fields one under another, every value selectable with mouse and keyboard.  ``followed``: an item's id;
    ``acted``: an action's."""

    followed = Signal(str)
    acted = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields: tuple[Field, ...] = ()
        self._page = QWidget()
        self.setWidget(self._page)

    def show_fields(self, fields: Sequence[Field]) -> None:
        if tuple(fields) == self.fields:
            return
        place = self.verticalScrollBar().value()
        self.fields = tuple(fields)
        page = QWidget()
        page.setObjectName("fields")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(theme.BASE, theme.BASE, theme.BASE, theme.LARGE)
        layout.setSpacing(theme.HAIR)
        for field in fields:
            if not field.value:
                layout.addSpacing(theme.BASE if layout.count() else 0)
                layout.addWidget(label(field.name, "fieldSection"))
                continue
            layout.addSpacing(theme.SMALL)
            layout.addWidget(label(field.name, "fieldName"))
            layout.addWidget(self._value(field))
            if field.source:
                layout.addWidget(label(field.source, "fieldSource"))
            if field.doubt:
                layout.addWidget(label(field.doubt, "fieldDoubt"))
        layout.addStretch(1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)

    def _value(self, field: Field) -> QLabel:
        value = label(field.value, "fieldGrave" if field.is_grave else "fieldCode" if field.is_code else "fieldValue")
        value.setAccessibleName(f"{field.name}: {field.value}")
        if field.item_id or field.act:
            value.setTextFormat(Qt.TextFormat.RichText)
            value.setText(f'<a href="{html.escape(field.item_id or field.act)}">{html.escape(field.value)}</a>')
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            )
            value.linkActivated.connect(self.followed if field.item_id else self.acted)
        else:
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        return value


def description_of(item: Item, marks: int, characters: int) -> list[Field]:
    """What is known of the page, each fact with its source; what a person typed stands before what the file states."""
    tr = QCoreApplication.translate
    known = {
        "title": item.title,
        "author": ", ".join(item.authors),
        "published": wording.date(item.published),
        "captured_at": wording.moment(item.captured_at),
        "url": item.url,
        "site": item.site,
        "language": wording.language(item.language),
        "charset": item.charset,
    }
    facts = dict(item.facts)
    fields = [Field(tr("Facts", "Description"))]
    stated_too = []
    for name, value in known.items():
        fact = facts.pop(name, None)
        key = TYPED_AS.get(name, "")
        if key in item.typed:
            fields.append(_typed(wording.fact(name), key, item.typed[key]))
            if fact is not None:
                said = wording.language(shown(fact.value)) if name == "language" else shown(fact.value)
                stated_too.append(_field(wording.fact(name), wording.date(said) if name == "published" else said, fact))
        elif value:
            fields.append(_field(wording.fact(name), value, fact))
        if name == CAPTURED and DATES in item.typed:
            # Beside the capture date, which stays what the file tells: it is not corrected by what is described.
            fields.append(_typed(tr("Facts", "Dates of the description"), DATES, item.typed[DATES]))
    told = [DATES, *(TYPED_AS.get(name, "") for name in known)]
    more = [
        _typed(elements.name(key), key, item.typed[key]) for key in ELEMENT if key in item.typed and key not in told
    ]
    fields.append(_field(wording.fact("format"), wording.word(item.format), facts.pop("format", None)))
    if item.tags:
        fields.append(Field(tr("Facts", "Tags"), "  ".join(f"#{tag}" for tag in item.tags)))
    length = tr("Facts", "{characters} characters, {marks} marks").format(
        characters=wording.number(characters), marks=wording.number(marks)
    )
    fields.append(Field(tr("Facts", "Extent"), length))
    if facts.get("canonical_url") and shown(facts["canonical_url"].value) == item.url:
        del facts["canonical_url"]
    if more:
        fields += [Field(tr("Facts", "Also typed")), *more]
    others = stated_too + [
        _field(wording.fact(name), wording.fact_value(name, shown(fact.value)), fact) for name, fact in facts.items()
    ]
    if others := [field for field in others if field.value]:
        fields += [Field(tr("Facts", "Also stated")), *others]
    if item.warnings:
        fields.append(Field(tr("Facts", "Warnings at import")))
        fields += warnings_of(item.warnings)
    if item.file_warnings:
        fields.append(Field(tr("Facts", "Warnings about the whole file")))
        fields += warnings_of(item.file_warnings)
    return fields


def likenesses_of(near: Sequence[NearDuplicate]) -> list[Field]:
    """The pages that this one looks like, each to be gone to."""
    tr = QCoreApplication.translate
    fields = [Field(tr("Facts", "Looks like other pages  {count}").format(count=wording.number(len(near))))]
    for one in near:
        name = wording.captured(one.item.captured_at) or tr("Facts", "Page")
        how = tr("Facts", "the same text") if one.is_same_text else tr("Facts", "nearly the same text")
        fields.append(
            Field(
                name,
                one.item.title or one.item.url or one.item.id,
                wording.joined(how, one.item.site),
                item_id=one.item.id,
            )
        )
    return fields if near else []


def provenance_of(
    item: Item,
    files: Sequence[tuple[str, Original]],
    events: Sequence[Event],
    accession: Accession | None = None,
    most_files: int | None = MOST_FILES,
) -> list[Field]:
    """The accession, the stored files with their checksums, and every event, newest last.

    ``most_files``: how many files are named; None: all.
    """
    tr = QCoreApplication.translate
    fields = [Field(tr("Facts", "Provenance")), Field(tr("Facts", "Accession"), item.accession)]
    if accession is not None:
        told = (
            (tr("Facts", "Came in"), wording.moment(accession.created_at)),
            (tr("Facts", "From where"), "\n".join(accession.source)),
            (elements.name("acquisition"), accession.acquired_from),
            (elements.name("custodial_history"), accession.custodial_history),
            (tr("Facts", "Note of the accession"), accession.note),
        )
        fields += [Field(name, value) for name, value in told if value]
    if item.reference_code:
        fields.append(Field(elements.name("reference_code"), item.reference_code))
    if item.member:
        fields.append(Field(tr("Facts", "File within the stored file"), item.member))
    if item.record:
        fields.append(Field(tr("Facts", "Record"), tr("Facts", "at byte {place}").format(place=item.record)))
    if item.sha256 != item.payload_sha256:
        fields.append(Field(tr("Facts", "SHA-256 of the page itself"), item.payload_sha256, is_code=True))
    fields.append(Field(tr("Facts", "Stored files  {count}").format(count=wording.number(len(files)))))
    named = files if most_files is None else files[:most_files]
    for name, original in named:
        verified = original.verified_at
        checked = tr("Facts", "not checked since it came in")
        if verified:
            checked = tr("Facts", "checked {when}").format(when=wording.moment(verified))
        size = wording.joined(wording.size(original.size), original.media_type, checked)
        fields.append(Field(name, original.sha256, size, is_code=True))
        if original.sha512:
            fields.append(Field(tr("Facts", "SHA-512"), original.sha512, is_code=True))
    if len(files) > len(named):
        more = tr("Facts", "and {count} more").format(count=wording.number(len(files) - len(named)))
        fields.append(Field(tr("Facts", "More files"), more))
    fields.append(Field(tr("Facts", "Events  {count}").format(count=wording.number(len(events)))))
    fields.append(
        Field(tr("Facts", "The log"), tr("Facts", "All events, to be filtered and exported"), act="events-of-page")
    )
    for event in events:
        agent = wording.joined(wording.event(event.outcome), event.person, event.agent)
        said = wording.joined(wording.event(event.type), event.detail)
        fields.append(Field(wording.moment(event.at), said, agent))
    return fields


def warnings_of(warnings: Iterable[str]) -> list[Field]:
    """Warnings as fields; such as tell of damage are named, and set, as what they are."""
    tr = QCoreApplication.translate
    grave, other = tr("Facts", "Damaged or altered"), tr("Facts", "Remark")
    return [
        Field(grave if is_grave else other, text, is_grave=is_grave)
        for text in warnings
        for is_grave in (damage.is_told_by(text),)
    ]


def shown(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _typed(name: str, key: str, fact: Fact) -> Field:
    return Field(name, elements.shown_with_writing(ELEMENT[key], fact.value), elements.who_typed(fact))


def _field(name: str, value: str, fact: Fact | None) -> Field:
    if fact is None:
        return Field(name, value)
    source = wording.word(fact.source)
    return Field(name, value, f"{source}: {fact.origin}" if fact.origin else source, fact.doubt)


def label(text: str, look: str) -> QLabel:
    """Words that wrap; ``look`` is their name in the style sheet."""
    made = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    made.setObjectName(look)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    return made
