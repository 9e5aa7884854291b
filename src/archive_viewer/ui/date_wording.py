"""Dates in words, also such as are uncertain, a span or one of several (EDTF).

In: a date as it is stored.  Out: translated text.  Separate from the other words because a date can be built of many
parts, each of which is said in its own way.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from archive_viewer import edtf_dates, edtf_parts
from archive_viewer.edtf_parts import DAY, MONTH, OPEN, UNKNOWN, YEAR, Several, Single, Span
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

CONTEXT = "Dates"

SEASONS = {
    "21": QT_TRANSLATE_NOOP("Dates", "spring {year}"),
    "22": QT_TRANSLATE_NOOP("Dates", "summer {year}"),
    "23": QT_TRANSLATE_NOOP("Dates", "autumn {year}"),
    "24": QT_TRANSLATE_NOOP("Dates", "winter {year}"),
    "25": QT_TRANSLATE_NOOP("Dates", "spring {year} (northern hemisphere)"),
    "26": QT_TRANSLATE_NOOP("Dates", "summer {year} (northern hemisphere)"),
    "27": QT_TRANSLATE_NOOP("Dates", "autumn {year} (northern hemisphere)"),
    "28": QT_TRANSLATE_NOOP("Dates", "winter {year} (northern hemisphere)"),
    "29": QT_TRANSLATE_NOOP("Dates", "spring {year} (southern hemisphere)"),
    "30": QT_TRANSLATE_NOOP("Dates", "summer {year} (southern hemisphere)"),
    "31": QT_TRANSLATE_NOOP("Dates", "autumn {year} (southern hemisphere)"),
    "32": QT_TRANSLATE_NOOP("Dates", "winter {year} (southern hemisphere)"),
    "33": QT_TRANSLATE_NOOP("Dates", "first quarter of {year}"),
    "34": QT_TRANSLATE_NOOP("Dates", "second quarter of {year}"),
    "35": QT_TRANSLATE_NOOP("Dates", "third quarter of {year}"),
    "36": QT_TRANSLATE_NOOP("Dates", "fourth quarter of {year}"),
    "37": QT_TRANSLATE_NOOP("Dates", "first four months of {year}"),
    "38": QT_TRANSLATE_NOOP("Dates", "middle four months of {year}"),
    "39": QT_TRANSLATE_NOOP("Dates", "last four months of {year}"),
    "40": QT_TRANSLATE_NOOP("Dates", "first half of {year}"),
    "41": QT_TRANSLATE_NOOP("Dates", "second half of {year}"),
}
"""EDTF, level 2: sub-year groupings."""

PARTS = {
    YEAR: QT_TRANSLATE_NOOP("Dates", "year"),
    MONTH: QT_TRANSLATE_NOOP("Dates", "month"),
    DAY: QT_TRANSLATE_NOOP("Dates", "day"),
}
UNCLEAR = "X"
GAP = "_"
"""What stands for a digit that is not known, where the others of its number are."""


def date(stored: str) -> str:
    """A day, month or year as the locale writes it, any other date of EDTF in words; what is no date as it is.

    ``2021-11-21T10:00:00Z`` → 21 Nov 2021 · ``1984~/2021`` → about 1984 to 2021 · ``198X`` → 1980s ·
    ``-0043-03-15`` → 15 Mar 44 BCE · ``2004-06-~11`` → 11 Jun 2004 (day approximate)
    """
    locale = QLocale()
    day = QDate.fromString(stored[:10], Qt.DateFormat.ISODate)
    if day.isValid() and stored[10:11] in ("", "T"):
        return locale.toString(day, "d MMM yyyy") if _is_english() else short(day)
    month = QDate.fromString(stored[:7] + "-01", Qt.DateFormat.ISODate)
    if len(stored) == len("2021-11") and month.isValid():
        return locale.toString(month, "MMM yyyy")
    if not stored or (len(stored) == len("2021") and stored.isdecimal() and stored != "0000"):
        return stored
    known = edtf_parts.taken_apart(stored) if edtf_dates.is_understood(stored) else None
    return _said(known) if known is not None else stored


def with_writing(stored: str) -> str:
    """A date in words, and behind it as it is written where the words are others than a day's, a month's, a year's."""
    said = date(stored)
    is_plain = said == stored or (stored[:4].isdecimal() and len(stored) <= len("2021-11-21") and _is_plain(stored))
    return said if is_plain or "T" in stored else f"{said} ({stored})"


def short(day: QDate) -> str:
    return QLocale().toString(day, QLocale.FormatType.ShortFormat)


def _is_plain(stored: str) -> bool:
    """Whether this is a day or a month and nothing more."""
    return stored.replace("-", "").isdecimal() and QDate.fromString((stored + "-01")[:10], "yyyy-MM-dd").isValid()


def _is_english() -> bool:
    # The program speaks English where nobody has said what is spoken.
    return QLocale().language() in (QLocale.Language.English, QLocale.Language.C)


def _tr(text: str) -> str:
    return QCoreApplication.translate(CONTEXT, text)


def _said(known: Single | Span | Several) -> str:
    tr = QCoreApplication.translate
    if isinstance(known, Single):
        return _single(known)
    if isinstance(known, Span):
        return _span(known)
    members = "; ".join(_said(one) for one in known.members)
    return (tr("Dates", "all of: {dates}") if known.is_all else tr("Dates", "one of: {dates}")).format(dates=members)


def _span(span: Span) -> str:
    tr = QCoreApplication.translate
    begin = _single(span.begin) if isinstance(span.begin, Single) else span.begin
    end = _single(span.end) if isinstance(span.end, Single) else span.end
    if begin == OPEN:
        return tr("Dates", "until {end}").format(end=end) if end not in (OPEN, UNKNOWN) else _ends(begin, end)
    if end == OPEN:
        return tr("Dates", "from {begin} on").format(begin=begin) if begin != UNKNOWN else _ends(begin, end)
    return _ends(begin, end)


def _ends(begin: str, end: str) -> str:
    """Both ends of a span by what is known of each."""
    tr = QCoreApplication.translate
    begin = {OPEN: tr("Dates", "no beginning"), UNKNOWN: tr("Dates", "an unknown beginning")}.get(begin, begin)
    end = {OPEN: tr("Dates", "no end"), UNKNOWN: tr("Dates", "an unknown end")}.get(end, end)
    return tr("Dates", "{begin} to {end}").format(begin=begin, end=end)


def _single(one: Single) -> str:
    """A date with what is said of its certainty: of the whole of it before, of a part of it behind."""
    tr = QCoreApplication.translate
    said, notes = _bare(one), []
    if one.sure:
        notes.append(tr("Dates", "{count} digits of the year are sure").format(count=one.sure))
    if one.guesses == one.parts:
        said = tr("Dates", "about {date}").format(date=said)
    elif one.guesses:
        notes.append(tr("Dates", "{parts} approximate").format(parts=_listed(one.guesses)))
    if one.doubts == one.parts:
        said = tr("Dates", "probably {date}").format(date=said)
    elif one.doubts:
        notes.append(tr("Dates", "{parts} uncertain").format(parts=_listed(one.doubts)))
    return f"{said} ({'; '.join(notes)})" if notes else said


def _listed(parts: tuple[str, ...]) -> str:
    return ", ".join(_tr(PARTS[part]) for part in parts)


def _bare(one: Single) -> str:
    """A date without what is said of its certainty."""
    tr = QCoreApplication.translate
    year = _year(one)
    if one.month in SEASONS:
        return _tr(SEASONS[one.month]).format(year=year)
    if not one.month:
        return year
    is_month_known = UNCLEAR not in one.month
    said = [_month(one, year)] if is_month_known else [year, tr("Dates", "month unknown")]
    if not is_month_known and one.day and UNCLEAR not in one.day:
        said.append(tr("Dates", "day {day}").format(day=int(one.day)))
    elif UNCLEAR in one.day:
        said.append(tr("Dates", "day unknown"))
    return ", ".join(said)


def _month(one: Single, year: str) -> str:
    """A month that is known, with its day where that is known, too."""
    tr = QCoreApplication.translate
    month = QLocale().standaloneMonthName(int(one.month), QLocale.FormatType.ShortFormat)
    if one.day and UNCLEAR not in one.day:
        if one.pattern:
            return tr("Dates", "{day} {month}, {year}").format(day=int(one.day), month=month, year=year)
        return tr("Dates", "{day} {month} {year}").format(day=int(one.day), month=month, year=year)
    if one.pattern:
        return tr("Dates", "{month}, {year}").format(month=month, year=year)
    return tr("Dates", "{month} {year}").format(month=month, year=year)


def _year(one: Single) -> str:
    tr = QCoreApplication.translate
    if one.first == one.last:
        return _numbered(one.first)
    if not one.pattern.strip(f"-{UNCLEAR}"):
        bce = tr("Dates", "an unknown year BCE")
        return bce if one.first < 0 else tr("Dates", "an unknown year")
    if UNCLEAR in one.pattern.rstrip(UNCLEAR):
        return tr("Dates", "a year written {digits}").format(digits=one.pattern.replace(UNCLEAR, GAP))
    if one.last - one.first == 9 and one.first >= 0:
        return tr("Dates", "{year}s").format(year=one.first)
    return tr("Dates", "between {first} and {last}").format(first=_numbered(one.first), last=_numbered(one.last))


def _numbered(year: int) -> str:
    """A year by its number; the year 0 of ISO 8601 is the first before the common era."""
    if year > 0:
        return str(year)
    return QCoreApplication.translate("Dates", "{year} BCE").format(year=1 - year)
