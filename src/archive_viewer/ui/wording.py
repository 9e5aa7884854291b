"""Tokens, dates and sizes in the archivist's words.

In: the tokens of ``model``, ISO 8601 dates, counts.  Out: translated text.  Separate because the same word must stand
in the list, the margin, the report and the dialogs.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale

from archive_viewer.model import STRIPPED_WORDS, AnchorState, Annotation, Colour, Format, Reason, Source
from archive_viewer.ui import date_wording
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "Wording"

WORDS = {
    Source.STATED: QT_TRANSLATE_NOOP("Wording", "stated by the file"),
    Source.SYSTEM: QT_TRANSLATE_NOOP("Wording", "told by the computer"),
    Source.INFERRED: QT_TRANSLATE_NOOP("Wording", "inferred"),
    Source.TYPED: QT_TRANSLATE_NOOP("Wording", "typed by a person"),
    Format.HTML: QT_TRANSLATE_NOOP("Wording", "HTML page"),
    Format.HTML_FOLDER: QT_TRANSLATE_NOOP("Wording", "Web page, complete"),
    Format.SINGLEFILE: QT_TRANSLATE_NOOP("Wording", "SingleFile page"),
    Format.MHTML: QT_TRANSLATE_NOOP("Wording", "MHTML web archive"),
    Format.WEBARCHIVE: QT_TRANSLATE_NOOP("Wording", "Safari web archive"),
    Format.MAFF: QT_TRANSLATE_NOOP("Wording", "MAFF archive"),
    Format.HTZ: QT_TRANSLATE_NOOP("Wording", "HTZ archive"),
    Format.WEBSCRAPBOOK: QT_TRANSLATE_NOOP("Wording", "WebScrapBook page"),
    Format.SCRAPBOOK: QT_TRANSLATE_NOOP("Wording", "ScrapBook page"),
    Format.WARC: QT_TRANSLATE_NOOP("Wording", "WARC archive"),
    Format.ARC: QT_TRANSLATE_NOOP("Wording", "ARC archive"),
    Format.WACZ: QT_TRANSLATE_NOOP("Wording", "WACZ archive"),
    Format.TEXT: QT_TRANSLATE_NOOP("Wording", "Plain text"),
    Reason.NAVIGATION: QT_TRANSLATE_NOOP("Wording", "Navigation"),
    Reason.HEADER: QT_TRANSLATE_NOOP("Wording", "Page header"),
    Reason.FOOTER: QT_TRANSLATE_NOOP("Wording", "Page footer"),
    Reason.RELATED: QT_TRANSLATE_NOOP("Wording", "Related pages"),
    Reason.SHARE: QT_TRANSLATE_NOOP("Wording", "Share buttons"),
    Reason.COMMENTS: QT_TRANSLATE_NOOP("Wording", "Comments"),
    Reason.CONSENT: QT_TRANSLATE_NOOP("Wording", "Consent notice"),
    Reason.ADVERT: QT_TRANSLATE_NOOP("Wording", "Advertisement"),
    Reason.SUBSCRIPTION: QT_TRANSLATE_NOOP("Wording", "Subscription offer"),
    Reason.AUTHOR_BOX: QT_TRANSLATE_NOOP("Wording", "Author box"),
    Reason.PAGINATION: QT_TRANSLATE_NOOP("Wording", "Page numbers"),
    Reason.REPEATED: QT_TRANSLATE_NOOP("Wording", "Repeated text"),
    Reason.HIDDEN: QT_TRANSLATE_NOOP("Wording", "Hidden text"),
    Reason.ARCHIVE_FURNITURE: QT_TRANSLATE_NOOP("Wording", "Added by a web archive"),
    Reason.OTHER: QT_TRANSLATE_NOOP("Wording", "Other"),
    AnchorState.PLACED: QT_TRANSLATE_NOOP("Wording", "In its place"),
    AnchorState.MOVED: QT_TRANSLATE_NOOP("Wording", "Found in another place"),
    AnchorState.APPROXIMATE: QT_TRANSLATE_NOOP("Wording", "Placed by likeness"),
    AnchorState.UNPLACED: QT_TRANSLATE_NOOP("Wording", "Its words are not in the text"),
    Colour.YELLOW: QT_TRANSLATE_NOOP("Wording", "Yellow"),
    Colour.RED: QT_TRANSLATE_NOOP("Wording", "Red"),
    Colour.GREEN: QT_TRANSLATE_NOOP("Wording", "Green"),
    Colour.BLUE: QT_TRANSLATE_NOOP("Wording", "Blue"),
    Colour.PURPLE: QT_TRANSLATE_NOOP("Wording", "Purple"),
    Colour.GREY: QT_TRANSLATE_NOOP("Wording", "Grey"),
    "highlight": QT_TRANSLATE_NOOP("Wording", "highlight"),
    "note": QT_TRANSLATE_NOOP("Wording", "note"),
    "note on the page as a whole": QT_TRANSLATE_NOOP("Wording", "note on the page as a whole"),
    "line marker": QT_TRANSLATE_NOOP("Wording", "line marker"),
    "inline annotation": QT_TRANSLATE_NOOP("Wording", "inline annotation"),
    "inline annotation beside this paragraph": QT_TRANSLATE_NOOP("Wording", "annotation in this paragraph"),
    "sticky note beside this paragraph": QT_TRANSLATE_NOOP("Wording", "sticky note beside this paragraph"),
    "sticky note on the page as a whole": QT_TRANSLATE_NOOP("Wording", "sticky note on the page as a whole"),
    "comment beside this paragraph": QT_TRANSLATE_NOOP("Wording", "comment beside this paragraph"),
    "imported": QT_TRANSLATE_NOOP("Wording", "Imported"),
    "duplicate": QT_TRANSLATE_NOOP("Wording", "Already there"),
    "refused": QT_TRANSLATE_NOOP("Wording", "Refused"),
    "skipped": QT_TRANSLATE_NOOP("Wording", "Skipped"),
    "changed": QT_TRANSLATE_NOOP("Wording", "Changed"),
    "unchanged": QT_TRANSLATE_NOOP("Wording", "Unchanged"),
    "new": QT_TRANSLATE_NOOP("Wording", "New"),
    "twin": QT_TRANSLATE_NOOP("Wording", "Same file twice"),
    "near": QT_TRANSLATE_NOOP("Wording", "Looks alike"),
    "exact": QT_TRANSLATE_NOOP("Wording", "Exact"),
    "typographic": QT_TRANSLATE_NOOP("Wording", "Typographic difference"),
    "differs": QT_TRANSLATE_NOOP("Wording", "Differs"),
    "missing": QT_TRANSLATE_NOOP("Wording", "Original missing"),
    "altered": QT_TRANSLATE_NOOP("Wording", "Original altered"),
}

FACTS = {
    "title": QT_TRANSLATE_NOOP("Wording", "Title"),
    "author": QT_TRANSLATE_NOOP("Wording", "Author"),
    "published": QT_TRANSLATE_NOOP("Wording", "Publication date"),
    "modified": QT_TRANSLATE_NOOP("Wording", "Date of the last change"),
    "captured_at": QT_TRANSLATE_NOOP("Wording", "Capture date"),
    "retrieved_at": QT_TRANSLATE_NOOP("Wording", "Retrieved from the archive"),
    "url": QT_TRANSLATE_NOOP("Wording", "Address"),
    "canonical_url": QT_TRANSLATE_NOOP("Wording", "Address that the page calls its own"),
    "site": QT_TRANSLATE_NOOP("Wording", "Site"),
    "language": QT_TRANSLATE_NOOP("Wording", "Language"),
    "charset": QT_TRANSLATE_NOOP("Wording", "Character set"),
    "format": QT_TRANSLATE_NOOP("Wording", "Form"),
    "fixity": QT_TRANSLATE_NOOP("Wording", "Fixity"),
    "saved_with": QT_TRANSLATE_NOOP("Wording", "Saved with"),
    "marks": QT_TRANSLATE_NOOP("Wording", "Marks that came along"),
    "comment": QT_TRANSLATE_NOOP("Wording", "Comment of whoever saved it"),
}
FACETS = {
    "site": QT_TRANSLATE_NOOP("Wording", "Site"),
    "author": QT_TRANSLATE_NOOP("Wording", "Author"),
    "published": QT_TRANSLATE_NOOP("Wording", "Published in"),
    "captured": QT_TRANSLATE_NOOP("Wording", "Captured in"),
    "language": QT_TRANSLATE_NOOP("Wording", "Language"),
    "format": QT_TRANSLATE_NOOP("Wording", "Form"),
    "tag": QT_TRANSLATE_NOOP("Wording", "Tag"),
    "series": QT_TRANSLATE_NOOP("Wording", "Series"),
}
"""Fields of a query by which an answer is narrowed."""

EVENTS = {
    "ingestion": QT_TRANSLATE_NOOP("Wording", "Taken into the library"),
    "message digest calculation": QT_TRANSLATE_NOOP("Wording", "Checksum made"),
    "fixity check": QT_TRANSLATE_NOOP("Wording", "Checksum compared"),
    "format identification": QT_TRANSLATE_NOOP("Wording", "Form recognised"),
    "metadata extraction": QT_TRANSLATE_NOOP("Wording", "Facts read from the file"),
    "validation": QT_TRANSLATE_NOOP("Wording", "Looked through for damage"),
    "unpacking": QT_TRANSLATE_NOOP("Wording", "Taken apart into pages"),
    "packing": QT_TRANSLATE_NOOP("Wording", "Packed"),
    "replication": QT_TRANSLATE_NOOP("Wording", "Stored again or copied"),
    "metadata modification": QT_TRANSLATE_NOOP("Wording", "Description changed"),
    "deletion": QT_TRANSLATE_NOOP("Wording", "Put into the bin, or deleted"),
    "deaccession": QT_TRANSLATE_NOOP("Wording", "Given up, with a record"),
    "dissemination": QT_TRANSLATE_NOOP("Wording", "Given out"),
    "success": "",
    "failure": QT_TRANSLATE_NOOP("Wording", "It failed"),
}
STATES = {
    "waiting": QT_TRANSLATE_NOOP("Wording", "Waiting"),
    "running": QT_TRANSLATE_NOOP("Wording", "Coming in"),
    "done": QT_TRANSLATE_NOOP("Wording", "Complete"),
    "cancelled": QT_TRANSLATE_NOOP("Wording", "Stopped before its end"),
}
STORED = {
    "ok": QT_TRANSLATE_NOOP("Wording", "as it came"),
    "missing": QT_TRANSLATE_NOOP("Wording", "it is missing"),
    "altered": QT_TRANSLATE_NOOP("Wording", "its checksum differs"),
    "unreadable": QT_TRANSLATE_NOOP("Wording", "it cannot be read"),
}
MOMENTS = {"captured_at", "retrieved_at", "modified"}
"""Facts that are moments; of the others some only look like one."""

RELATIONS = {
    "supports": (QT_TRANSLATE_NOOP("Wording", "supports"), QT_TRANSLATE_NOOP("Wording", "is supported by")),
    "contradicts": (QT_TRANSLATE_NOOP("Wording", "contradicts"), QT_TRANSLATE_NOOP("Wording", "is contradicted by")),
    "cites": (QT_TRANSLATE_NOOP("Wording", "cites"), QT_TRANSLATE_NOOP("Wording", "is cited by")),
    "copies": (QT_TRANSLATE_NOOP("Wording", "copies"), QT_TRANSLATE_NOOP("Wording", "is copied by")),
    "corrects": (QT_TRANSLATE_NOOP("Wording", "corrects"), QT_TRANSLATE_NOOP("Wording", "is corrected by")),
    "continues": (QT_TRANSLATE_NOOP("Wording", "continues"), QT_TRANSLATE_NOOP("Wording", "is continued by")),
    "same-event": (
        QT_TRANSLATE_NOOP("Wording", "tells of the same event as"),
        QT_TRANSLATE_NOOP("Wording", "tells of the same event as"),
    ),
}

SEPARATOR = " · "


def word(token: str) -> str:
    """What a token of the model is called; an unknown one is its own name."""
    return QCoreApplication.translate(CONTEXT, WORDS.get(token, token))


def fact(name: str) -> str:
    """What a fact is called; one without a name of ours is read from its token."""
    return QCoreApplication.translate(CONTEXT, FACTS[name]) if name in FACTS else name.replace("_", " ").capitalize()


def facet(field: str) -> str:
    """What a field is called by which an answer is narrowed."""
    return QCoreApplication.translate(CONTEXT, FACETS.get(field, field))


def fact_value(name: str, value: str) -> str:
    """What a fact says, moments as the locale writes them."""
    is_moment = name in MOMENTS or name.endswith("_at")
    return (moment(value) if "T" in value else date(value)) if is_moment else value


def relation(token: str, *, is_outgoing: bool = True) -> str:
    """A link's relation as read from this end; the archivist's own relation reads the same from both."""
    there, back = RELATIONS.get(token, (token, token))
    return QCoreApplication.translate(CONTEXT, there if is_outgoing else back)


def date(iso: str) -> str:
    """A date as it is read: a day, month or year as the locale writes it, any other in words."""
    return date_wording.date(iso)


def moment(iso: str) -> str:
    """A UTC time as local date and time, with the minute."""
    try:
        local = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    return f"{date(local.date().isoformat())}, {local:%H:%M}"


def published(iso: str) -> str:
    return QCoreApplication.translate(CONTEXT, "Published {date}").format(date=date(iso)) if iso else ""


def captured(iso: str) -> str:
    return QCoreApplication.translate(CONTEXT, "Captured {date}").format(date=date(iso)) if iso else ""


def likeness(title: str, captured_at: str, is_same_text: bool, path: str = "") -> str:
    """That a page looks like another, which lies in the file ``path`` or else in the library already."""
    page = f"“{title}”"
    if captured_at:
        page = QCoreApplication.translate(CONTEXT, "{page}, captured {date}").format(page=page, date=date(captured_at))
    if path:
        name = path.replace("\\", "/").rsplit("/", 1)[-1]
        same = QCoreApplication.translate(CONTEXT, "The same text as {page}, in {name}.")
        like = QCoreApplication.translate(CONTEXT, "Looks like {page}, in {name}.")
        return (same if is_same_text else like).format(page=page, name=name)
    same = QCoreApplication.translate(CONTEXT, "The same text as {page}, which the library holds already.")
    like = QCoreApplication.translate(CONTEXT, "Looks like {page}, which the library holds already.")
    return (same if is_same_text else like).format(page=page)


def standing(mark: Annotation) -> str:
    """How certain a mark's place is."""
    return QCoreApplication.translate(CONTEXT, STRIPPED_WORDS) if mark.is_on_stripped_words else word(mark.state)


def event(type: str) -> str:
    """What a kind of event of PREMIS is called; the kinds themselves stand in the library and in JSON."""
    return QCoreApplication.translate(CONTEXT, EVENTS.get(type, type))


def state(token: str) -> str:
    """How far an accession is."""
    return QCoreApplication.translate(CONTEXT, STATES.get(token, token))


def stored(result: str) -> str:
    """What a stored file was found to be."""
    return QCoreApplication.translate(CONTEXT, STORED.get(result, result))


def joined(*parts: str) -> str:
    """The parts that are not empty, with a middle dot between them."""
    return SEPARATOR.join(part for part in parts if part)


def number(count: int) -> str:
    return QLocale().toString(count)


def counted(count: int, one: str, many: str) -> str:
    """``1 page``, ``3,000 pages``; the two forms are given translated."""
    return f"{number(count)} {one if count == 1 else many}"


def size(bytes: int) -> str:
    return QLocale().formattedDataSize(bytes, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def time_left(seconds: float) -> str:
    """Rounded as one would say it: nobody wants to read 2 min 37 s."""
    if seconds < 8:
        return QCoreApplication.translate(CONTEXT, "a few seconds left")
    if seconds < 55:
        return QCoreApplication.translate(CONTEXT, "{count} seconds left").format(count=int((seconds + 4) // 5 * 5))
    if seconds < 3_300:
        return QCoreApplication.translate(CONTEXT, "{count} min left").format(count=max(1, round(seconds / 60)))
    return QCoreApplication.translate(CONTEXT, "{count} h left").format(count=round(seconds / 3_600, 1))


def language(tag: str) -> str:
    """``hi-IN`` → ``Hindi (hi-IN)``, by Qt's own names; an unknown tag is its own name."""
    found = QLocale(tag.replace("-", "_"))
    if not tag or found.language() in (QLocale.Language.C, QLocale.Language.AnyLanguage):
        return tag
    return f"{QLocale.languageToString(found.language())} ({tag})"
