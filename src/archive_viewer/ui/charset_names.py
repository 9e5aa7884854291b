"""What character sets are called to a person: by the region or script that wrote in them.

Nothing in; groups of names out.  Separate because these are words to be translated, while ``labels`` knows what pages
call the same sets.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archive_viewer.labels import spelled
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "Charsets"


@dataclass(frozen=True)
class Group:
    """A region or script: its sets, each by its name and its title, and the languages that they are looked for by."""

    title: str
    languages: str
    sets: tuple[tuple[str, str], ...]


_GROUPS = (
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Any script"),
        "",
        (
            ("utf-8", QT_TRANSLATE_NOOP("Charsets", "Unicode")),
            ("utf-16le", QT_TRANSLATE_NOOP("Charsets", "Unicode in two bytes (Windows)")),
            ("utf-16be", QT_TRANSLATE_NOOP("Charsets", "Unicode in two bytes (Unix)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Western Europe"),
        QT_TRANSLATE_NOOP(
            "Charsets",
            "English French German Spanish Portuguese Italian Dutch Danish Norwegian Swedish Finnish Icelandic",
        ),
        (
            ("windows-1252", QT_TRANSLATE_NOOP("Charsets", "Western (Windows, Latin-1)")),
            ("iso-8859-15", QT_TRANSLATE_NOOP("Charsets", "Western with the euro (Latin-9)")),
            ("macintosh", QT_TRANSLATE_NOOP("Charsets", "Western (old Macintosh)")),
            ("iso-8859-14", QT_TRANSLATE_NOOP("Charsets", "Celtic (Latin-8)")),
            ("iso-8859-3", QT_TRANSLATE_NOOP("Charsets", "Maltese, Esperanto (Latin-3)")),
            ("iso-8859-10", QT_TRANSLATE_NOOP("Charsets", "Nordic, Sámi (Latin-6)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Central Europe and the Baltic"),
        QT_TRANSLATE_NOOP(
            "Charsets", "Polish Czech Slovak Hungarian Romanian Croatian Slovenian Albanian Estonian Latvian Lithuanian"
        ),
        (
            ("windows-1250", QT_TRANSLATE_NOOP("Charsets", "Central European (Windows)")),
            ("iso-8859-2", QT_TRANSLATE_NOOP("Charsets", "Central European (Latin-2)")),
            ("iso-8859-16", QT_TRANSLATE_NOOP("Charsets", "South-Eastern European (Latin-10)")),
            ("windows-1257", QT_TRANSLATE_NOOP("Charsets", "Baltic (Windows)")),
            ("iso-8859-13", QT_TRANSLATE_NOOP("Charsets", "Baltic (Latin-7)")),
            ("iso-8859-4", QT_TRANSLATE_NOOP("Charsets", "Baltic, older (Latin-4)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Cyrillic"),
        QT_TRANSLATE_NOOP("Charsets", "Russian Ukrainian Belarusian Bulgarian Serbian Macedonian"),
        (
            ("windows-1251", QT_TRANSLATE_NOOP("Charsets", "Cyrillic (Windows)")),
            ("koi8-r", QT_TRANSLATE_NOOP("Charsets", "Russian (KOI8-R)")),
            ("koi8-u", QT_TRANSLATE_NOOP("Charsets", "Ukrainian (KOI8-U)")),
            ("iso-8859-5", QT_TRANSLATE_NOOP("Charsets", "Cyrillic (ISO)")),
            ("ibm866", QT_TRANSLATE_NOOP("Charsets", "Russian (DOS)")),
            ("mac-cyrillic", QT_TRANSLATE_NOOP("Charsets", "Cyrillic (old Macintosh)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Greek and Turkish"),
        "",
        (
            ("windows-1253", QT_TRANSLATE_NOOP("Charsets", "Greek (Windows)")),
            ("iso-8859-7", QT_TRANSLATE_NOOP("Charsets", "Greek (ISO)")),
            ("windows-1254", QT_TRANSLATE_NOOP("Charsets", "Turkish (Windows, Latin-5)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Arabic and Hebrew"),
        QT_TRANSLATE_NOOP("Charsets", "Persian Urdu Yiddish"),
        (
            ("windows-1256", QT_TRANSLATE_NOOP("Charsets", "Arabic, Persian, Urdu (Windows)")),
            ("iso-8859-6", QT_TRANSLATE_NOOP("Charsets", "Arabic (ISO)")),
            ("windows-1255", QT_TRANSLATE_NOOP("Charsets", "Hebrew (Windows)")),
            ("iso-8859-8", QT_TRANSLATE_NOOP("Charsets", "Hebrew (ISO)")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Chinese"),
        QT_TRANSLATE_NOOP("Charsets", "Mandarin Cantonese"),
        (
            ("gbk", QT_TRANSLATE_NOOP("Charsets", "Simplified Chinese (GB2312, GBK)")),
            ("gb18030", QT_TRANSLATE_NOOP("Charsets", "Simplified Chinese, all characters")),
            ("big5", QT_TRANSLATE_NOOP("Charsets", "Traditional Chinese (Taiwan, Hong Kong)")),
            ("hz", QT_TRANSLATE_NOOP("Charsets", "Simplified Chinese in seven bits, for mail")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Japanese and Korean"),
        "",
        (
            ("shift_jis", QT_TRANSLATE_NOOP("Charsets", "Japanese (Windows, Macintosh)")),
            ("euc-jp", QT_TRANSLATE_NOOP("Charsets", "Japanese (Unix)")),
            ("iso-2022-jp", QT_TRANSLATE_NOOP("Charsets", "Japanese in seven bits, for mail")),
            ("euc-kr", QT_TRANSLATE_NOOP("Charsets", "Korean (Windows, Unix)")),
            ("iso-2022-kr", QT_TRANSLATE_NOOP("Charsets", "Korean in seven bits, for mail")),
        ),
    ),
    Group(
        QT_TRANSLATE_NOOP("Charsets", "Thai and Vietnamese"),
        "",
        (
            ("cp874", QT_TRANSLATE_NOOP("Charsets", "Thai (Windows, TIS-620)")),
            ("windows-1258", QT_TRANSLATE_NOOP("Charsets", "Vietnamese (Windows)")),
        ),
    ),
)


def groups() -> list[Group]:
    """The regions and scripts, translated, in the order in which they are shown."""
    return [
        Group(_translated(one.title), _translated(one.languages), tuple((n, _translated(t)) for n, t in one.sets))
        for one in _GROUPS
    ]


def called(name: str) -> str:
    """``Japanese (Unix) — EUC-JP``; a set that has no such title is called by its name alone."""
    title = next((title for one in _GROUPS for known, title in one.sets if known == name), "")
    return f"{_translated(title)} — {spelled(name)}" if title else spelled(name)


def _translated(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text) if text else ""
