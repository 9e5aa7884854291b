"""Dates as pages write them: in ISO 8601 for machines, in words of many languages for readers.

Text in, a day and what is doubtful about it out.  Separate because pages and plain text saves date alike.  The day is
the one that the page states; a time of day and its zone are not carried over, since they would move it.
Sources: ISO 8601-1, RFC 3339, RFC 5322 section 3.3.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from archive_viewer.cleaning import calendars
from archive_viewer.cleaning.calendars import MONTH_NAMES, MONTHS, WEEKDAY_NAMES, WEEKDAYS, lookup_form

_EARLIEST, _LATEST = 1600, 2100
_LONGEST = 10_000
"""Characters of a text that are looked into for a date."""

_MONTH = "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)).replace("i", "[iıİ]")
_FORMS = (
    # 2021-11-21, 2021/11/21, 2021.11.21, with or without a time
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)"),
    # 2021年11月21日, 2021년 11월 21일
    re.compile(r"(?<!\d)(?P<y>\d{4})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号]"),
    # 21 November 2021, 21. November 2021, 21st of November, 2021, 21 de noviembre de 2021
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?[\s-]*(?:of\s|de\s|d['’])?\s*(?P<name>{_MONTH})(?!\w)\.?[,\s-]*"
        r"(?:del?\s+|năm\s+|พ\.ศ\.\s*)?(?P<y>\d{4})(?!\d)",
        re.IGNORECASE,
    ),
    # November 21, 2021; November 21st 2021; Nov. 21,2021
    re.compile(
        rf"(?<!\w)(?P<name>{_MONTH})(?!\w)\.?\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s*[,.]?\s*(?P<y>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
    # 21.11.2021
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?!\.?\d)"),
    # 2021. november 21.
    re.compile(rf"(?<!\d)(?P<y>\d{{4}})\.?,?\s+(?P<name>{_MONTH})(?!\w)\.?\s+(?P<d>\d{{1,2}})(?!\d)", re.IGNORECASE),
)
_OF_ERA = re.compile(
    rf"(?P<era>{'|'.join(calendars.ERAS)})\s*(?P<y>\d{{1,3}}|元)年\s*(?P<m>\d{{1,2}})月\s*(?P<d>\d{{1,2}})日"
)
_OTHER_MONTHS = "|".join(
    sorted(map(re.escape, [*calendars.SOLAR_MONTHS, *calendars.LUNAR_MONTHS]), key=len, reverse=True)
).replace("\\ ", r"\s+")
_OF_OTHER_YEAR = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s+(?P<name>{_OTHER_MONTHS})(?!\w)[،,\s]*(?P<y>1[2-5]\d\d|[۱١][۲-۵٢-٥]\d\d)(?!\d)"
)
"""30 آبان 1400 in Iran's calendar, 16 ربيع الآخر 1443 in the Islamic one."""
_MAY_DATE = re.compile(r"\d{4}|年")
_EITHER_WAY = re.compile(r"(?<![\d/-])(?P<a>\d{1,2})(?P<s>[/-])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4})(?!\d)")
_DAY = "|".join(sorted(map(re.escape, WEEKDAYS), key=len, reverse=True)).replace("i", "[iıİ]")
_WEEKDAY = re.compile(rf"(?<!\w)(?:{_DAY})(?!\w)", re.IGNORECASE)
_NEAR = 30
"""Characters on either side of a date in which its weekday stands."""

_CHANGE = re.compile(
    r"(?:\b(?:(?:last\s+)?(?:updated|modified|edited|revised|reviewed|changed)|aktualisiert|geändert|mis(?:e)?\s+à\s+jour|modifié|actualizado|"
    r"actualizada|atualizado|aggiornat[oa]|bijgewerkt|uppdatera[dt]|opdateret|oppdatert|päivitetty|zaktualizowano|aktualizováno|"
    r"güncelle(?:me|ndi)\w*|güncellenme|обновлен\w*|изменен\w*|оновлен\w*|cập\s+nhật|diperbarui|ενημερώθηκε)\b|अपडेट|अद्यतन|تحديث|"
    r"به‌روزرسانی|עודכן|更新|업데이트|수정|แก้ไข|อัปเดต)[^.!?]{0,25}$",
    re.IGNORECASE,
)
"""Words that say, before a date, that something was changed then."""
_PUBLICATION = re.compile(
    r"(?:\b(?:published|posted|publication\s+date|veröffentlicht|erschienen|publié|publicado|publicada|pubblicato|"
    r"gepubliceerd|publicera[dt]|publisert|udgivet|julkaistu|opublikowano|publikováno|megjelent|yayınlan\w*|опубликован\w*|"
    r"дата\s+публикации|ngày\s+đăng|diterbitkan|δημοσιεύθηκε)\b|प्रकाशित|प्रकाशन|نُ?شر|انتشار|פורסם|发布|發布|发表|發佈|公開|掲載|投稿|입력|등록|게시|เผยแพร่)"
    r"[^.!?]{0,25}$",
    re.IGNORECASE,
)
_OF_MEMBER = re.compile(
    r"\b(?:joined|registered|member\s+since|join\s+date|beigetreten|registriert|dabei\s+seit|inscrit|registrado|iscritto|geregistreerd|"
    r"регистрация)\b[^.!?]{0,15}$",
    re.IGNORECASE,
)
"""Words that say, before a date, since when somebody is a member of a forum."""

_MACHINE = re.compile(r"\s*(?P<y>\d{4})(?:-?(?P<m>\d\d)(?:-?(?P<d>\d\d))?)?(?!\d)", re.ASCII)
_UNIVERSAL = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d):\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]00:?00|UTC|GMT)$", re.ASCII)
_WESTERNMOST, _EASTERNMOST = 12, 14
"""Hours that local time may lie behind Greenwich, and ahead of it."""
_PART = re.compile(r"\s*(?P<y>\d{4})-(?P<m>\d{1,2})\s*$", re.ASCII)


@dataclass(frozen=True)
class Dated:
    """A day as ISO 8601 (or a month, or a year), where it stands in its text, and what is doubtful about it."""

    value: str
    start: int
    end: int
    doubt: str = ""


def find(text: str, *, is_month_first: bool = False) -> Dated | None:
    """The first whole date in a text for readers.

    ``is_month_first`` reads 3/4/2021 as an American does; either way, such a date is doubtful.
    """
    return next(find_all(text, is_month_first=is_month_first), None)


def find_all(text: str, *, is_month_first: bool = False) -> Iterator[Dated]:
    """Every whole date in a text for readers, in text order."""
    text = text[:_LONGEST]
    if not _MAY_DATE.search(text):
        return
    found = [dated for form in _FORMS for match in form.finditer(text) if (dated := _dated(match, text))]
    found += [dated for match in _OF_ERA.finditer(text) if (dated := _of_era(match, text))]
    found += [dated for match in _OF_OTHER_YEAR.finditer(text) if (dated := _of_other_year(match))]
    found += [dated for match in _EITHER_WAY.finditer(text) if (dated := _either_way(match, text, is_month_first))]
    end = 0
    for dated in sorted(found, key=lambda dated: (dated.start, -dated.end)):
        if dated.start >= end:
            yield dated
            end = dated.end


def of_machine(text: str) -> str:
    """The day (or month, or year) of a date for machines; empty when it is none.

    Pages put any date into their metadata, so one for readers is understood too.
    """
    text = text.strip()[:200]
    match = _MACHINE.match(text)
    if match:
        year, month, day = match["y"], match["m"], match["d"]
        if day:
            return _iso(int(year), int(month), int(day))
        if len(text) == match.end() - match.start():
            return (f"{year}-{month}" if 1 <= int(month) <= 12 else "") if month else _year(year)
    if part := _PART.match(text):
        return f"{part['y']}-{int(part['m']):02}" if 1 <= int(part["m"]) <= 12 else ""
    dated = find(text)
    return dated.value if dated and not dated.doubt else ""


def _dated(match: re.Match[str], text: str) -> Dated | None:
    groups = match.groupdict()
    month = MONTHS[lookup_form(groups["name"])] if groups.get("name") else int(groups["m"])
    value = _iso(int(groups["y"]), month, int(groups["d"]))
    return Dated(value, match.start(), match.end(), _doubt_of_weekday(value, match, text)) if value else None


def _of_era(match: re.Match[str], text: str) -> Dated | None:
    year = calendars.ERAS[match["era"]] + (1 if match["y"] == "元" else int(match["y"]))
    value = _iso(year, int(match["m"]), int(match["d"]))
    return Dated(value, match.start(), match.end(), _doubt_of_weekday(value, match, text)) if value else None


def _of_other_year(match: re.Match[str]) -> Dated | None:
    name = " ".join(match["name"].split())
    year, day = int(match["y"]), int(match["d"])
    try:
        if name in calendars.SOLAR_MONTHS:
            return Dated(
                calendars.of_solar(year, calendars.SOLAR_MONTHS[name], day).isoformat(), match.start(), match.end()
            )
        value = calendars.of_lunar(year, calendars.LUNAR_MONTHS[name], day).isoformat()
    except ValueError:
        return None
    doubt = f"The page writes {match[0]}; a day of the Islamic calendar may be a day off in ours."
    return Dated(value, match.start(), match.end(), doubt)


def _either_way(match: re.Match[str], text: str, is_month_first: bool) -> Dated | None:
    year, first, second = int(match["y"]), int(match["a"]), int(match["b"])
    month, day = (first, second) if second > 12 or (is_month_first and first <= 12) else (second, first)
    value = _iso(year, month, day)
    if not value:
        return None
    doubt = _doubt_of_weekday(value, match, text)
    if not doubt and first <= 12 and second <= 12 and first != second:
        doubt = f"The page writes {match[0]}; the day and the month could be the other way round."
    return Dated(value, match.start(), match.end(), doubt)


def _doubt_of_weekday(value: str, match: re.Match[str], text: str) -> str:
    """A sentence when a weekday stands beside the date and does not fit it."""
    before = list(_WEEKDAY.finditer(text, max(0, match.start() - _NEAR), match.start()))
    stated = before[-1] if before else _WEEKDAY.search(text, match.end(), match.end() + _NEAR)
    if stated is None:
        return ""
    day = datetime.date.fromisoformat(value)
    if WEEKDAYS[lookup_form(stated[0])] == day.weekday():
        return ""
    written = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return f"The page says {stated[0]}, but {written} was a {WEEKDAY_NAMES[day.weekday()]}."


def _iso(year: int, month: int, day: int) -> str:
    if year in calendars.BUDDHIST_YEARS:
        year -= calendars.BUDDHIST
    if not _EARLIEST <= year <= _LATEST:
        return ""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _year(year: str) -> str:
    return year if _EARLIEST <= int(year) <= _LATEST else ""


def is_of_change(text: str, dated: Dated) -> bool:
    """Whether the words before a date say that it is the day of a change, not of publication."""
    return _CHANGE.search(text, max(0, dated.start - _NEAR), dated.start) is not None


def is_of_publication(text: str, dated: Dated) -> bool:
    """Whether the words before a date say that it is the day of publication."""
    return _PUBLICATION.search(text, max(0, dated.start - _NEAR), dated.start) is not None


def is_of_member(text: str, dated: Dated) -> bool:
    """Whether the words before a date say that somebody joined a forum then."""
    return _OF_MEMBER.search(text, max(0, dated.start - _NEAR), dated.start) is not None


def is_shifted(stamp: str, day: str) -> bool:
    """Whether a moment stated in Greenwich's time may fall on ``day`` where the page was written.

    ``stamp`` is a machine's, ``2021-11-22T03:30:00Z``; ``day`` is the day before in America, the day after in Asia.
    """
    match = _UNIVERSAL.match(stamp.strip()[:40])
    if match is None or len(day) < 10:
        return False
    try:
        first, second = datetime.date.fromisoformat(match[1]), datetime.date.fromisoformat(day[:10])
    except ValueError:
        return False
    hour, days = int(match[2]), (second - first).days
    return (days == -1 and hour < _WESTERNMOST) or (days == 1 and hour >= 24 - _EASTERNMOST)


def days_apart(first: str, second: str) -> int:
    """Days between two dates; 0 when either is not a whole day."""
    if len(first) < 10 or len(second) < 10:
        return 0
    return abs((datetime.date.fromisoformat(first[:10]) - datetime.date.fromisoformat(second[:10])).days)
