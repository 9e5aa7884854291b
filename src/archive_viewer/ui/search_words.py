"""The language of queries in words: what each field means, and for each thing that can be asked an example.

In: nothing.  Out: names and sentences to be translated.  Separate because the popup that completes a query and the card
that explains it must say the same.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "SearchWords"

FIELDS: Mapping[str, str] = {
    "title": QT_TRANSLATE_NOOP("SearchWords", "in the title"),
    "author": QT_TRANSLATE_NOOP("SearchWords", "by an author"),
    "site": QT_TRANSLATE_NOOP("SearchWords", "from a site"),
    "url": QT_TRANSLATE_NOOP("SearchWords", "in the address"),
    "text": QT_TRANSLATE_NOOP("SearchWords", "in the text only"),
    "note": QT_TRANSLATE_NOOP("SearchWords", "in a note"),
    "tag": QT_TRANSLATE_NOOP("SearchWords", "with a tag"),
    "mark": QT_TRANSLATE_NOOP("SearchWords", "in a marked passage"),
    "link": QT_TRANSLATE_NOOP("SearchWords", "in a link’s note or kind"),
    "series": QT_TRANSLATE_NOOP("SearchWords", "in a series"),
    "accession": QT_TRANSLATE_NOOP("SearchWords", "of an accession"),
    "stripped": QT_TRANSLATE_NOOP("SearchWords", "in what was stripped"),
    "language": QT_TRANSLATE_NOOP("SearchWords", "in a language"),
    "format": QT_TRANSLATE_NOOP("SearchWords", "saved in a form"),
    "has": QT_TRANSLATE_NOOP("SearchWords", "that has a mark, note …"),
    "is": QT_TRANSLATE_NOOP("SearchWords", "mended, damaged …"),
    "published": QT_TRANSLATE_NOOP("SearchWords", "published then"),
    "captured": QT_TRANSLATE_NOOP("SearchWords", "captured then"),
    "sounds": QT_TRANSLATE_NOOP("SearchWords", "a name in any spelling"),
}

CARD: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("SearchWords", "Words"),
        (
            ("harbour ferry", QT_TRANSLATE_NOOP("SearchWords", "both words, in any form")),
            ("harbour OR ferry", QT_TRANSLATE_NOOP("SearchWords", "one of them")),
            ("ferry -toll", QT_TRANSLATE_NOOP("SearchWords", "the first without the second")),
            ("(ferry OR boat) toll", QT_TRANSLATE_NOOP("SearchWords", "brackets keep together")),
            ('"old treaty"', QT_TRANSLATE_NOOP("SearchWords", "these words, in this form and order")),
            ("=ferry", QT_TRANSLATE_NOOP("SearchWords", "a word in this very form")),
            ("treaty NEAR/5 signed", QT_TRANSLATE_NOOP("SearchWords", "at most five words apart")),
            ("negotiat*", QT_TRANSLATE_NOOP("SearchWords", "words that begin so")),
            ("organi?ation", QT_TRANSLATE_NOOP("SearchWords", "? is any one character, * any or none")),
            ("harbor~", QT_TRANSLATE_NOOP("SearchWords", "one letter may be another")),
            ("sounds:Muttaqi", QT_TRANSLATE_NOOP("SearchWords", "a name in any spelling and script")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("SearchWords", "Where"),
        (
            ("title:ferry", FIELDS["title"]),
            ("text:ferry", FIELDS["text"]),
            ("author:Sharma", FIELDS["author"]),
            ("site:example.org", FIELDS["site"]),
            ("url:news", FIELDS["url"]),
            ("note:treaty", FIELDS["note"]),
            ("mark:treaty", FIELDS["mark"]),
            ("tag:talks", FIELDS["tag"]),
            ("link:contradicts", FIELDS["link"]),
            ("series:letters", FIELDS["series"]),
            ("accession:2021-003", FIELDS["accession"]),
            ("stripped:subscribe", FIELDS["stripped"]),
            (
                "in:title,note(ferry toll)",
                QT_TRANSLATE_NOOP("SearchWords", "all words in brackets, in these fields"),
            ),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("SearchWords", "What and when"),
        (
            ("language:hi", FIELDS["language"]),
            ("format:mhtml", FIELDS["format"]),
            (
                "has:note",
                QT_TRANSLATE_NOOP("SearchWords", "also mark, tag, link, picture, table, author, date …"),
            ),
            (
                "is:unplaced",
                QT_TRANSLATE_NOOP("SearchWords", "also moved, doubtful, unarranged, mended, binned …"),
            ),
            ("published:2021", QT_TRANSLATE_NOOP("SearchWords", "in a year, a month or on a day")),
            ("published:2021-10..2021-11", QT_TRANSLATE_NOOP("SearchWords", "from one to another")),
            ("captured:>2019", QT_TRANSLATE_NOOP("SearchWords", "after, or with < before")),
        ),
    ),
)
"""Titles, each with examples and what they find."""


def tr(sentence: str) -> str:
    """A sentence of this table in the language of the window."""
    return QCoreApplication.translate(CONTEXT, sentence)


def meaning(field: str) -> str:
    """What is sought by a field."""
    return tr(FIELDS[field])
