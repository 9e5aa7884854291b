"""Dates of EDTF taken apart, so that they can be said in words of any language.

A date as ``edtf_dates`` understands it in, its parts out: a single date, a span, or a set of both.  Separate from the
words, which are a matter of language, and from the order of dates, for which a single day is enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

OPEN, UNKNOWN = "..", ""
"""Ends of a span: it goes on, or nobody knows where it ends."""

YEAR, MONTH, DAY = "year", "month", "day"

_SINGLE = re.compile(
    r"(?P<year_is>[?~%])?(?P<year>Y-?\d+(?:E\d+)?|-?[\dX]{4})(?:S(?P<sure>\d+))?(?P<year_and>[?~%])?"
    r"(?:-(?P<month_is>[?~%])?(?P<month>[\dX]{2})(?P<month_and>[?~%])?"
    r"(?:-(?P<day_is>[?~%])?(?P<day>[\dX]{2})(?P<day_and>[?~%])?)?)?",
    re.ASCII,
)
"""A qualifier before a part is about that part alone, one behind it about all until there (EDTF, level 2)."""

_GREATEST_POWER = 12
"""Years beyond a thousand million are written as they came."""


@dataclass(frozen=True)
class Single:
    """One date.  ``first`` and ``last`` are the years that it may be, counted as astronomers do (0 is 1 BCE).

    ``pattern`` is the year as it is written where some of its digits are not known.  ``month`` and ``day`` are two
    digits each, or ``XX``; a month from 21 on is a season, or another part of a year.  ``doubts``:
    which parts are uncertain, and ``guesses``: which are approximate.  ``sure``: how many digits of the year are
    significant, 0 for all.
    """

    first: int
    last: int
    pattern: str = ""
    month: str = ""
    day: str = ""
    doubts: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    sure: int = 0

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that the date has, the widest first."""
        return (YEAR, *((MONTH,) if self.month else ()), *((DAY,) if self.day else ()))


@dataclass(frozen=True)
class Span:
    """From one date to another; each end may be ``OPEN`` or ``UNKNOWN`` instead."""

    begin: Single | Literal["..", ""]
    end: Single | Literal["..", ""]


@dataclass(frozen=True)
class Several:
    """One of these dates and spans, or (``is_all``) all of them."""

    members: tuple[Single | Span, ...]
    is_all: bool


def taken_apart(text: str) -> Single | Span | Several | None:
    """The parts of a date; None for what is no date, or a moment, or written in a way that is not known here."""
    if text[:1] + text[-1:] in ("[]", "{}"):
        members = tuple(_member(one.strip()) for one in text[1:-1].split(","))
        known = tuple(one for one in members if one is not None)
        return Several(known, text[0] == "{") if len(known) == len(members) else None
    begin, slash, end = text.partition("/")
    return _span(begin, end) if slash else _single(text)


def _member(text: str) -> Single | Span | None:
    begin, dots, end = text.partition("..")
    return _span(begin or OPEN, end or OPEN) if dots else _single(text)


def _span(begin: str, end: str) -> Span | None:
    ends: list[Single | Literal["..", ""]] = []
    for one in (begin, end):
        if one == OPEN:
            ends.append("..")
        elif one == UNKNOWN:
            ends.append("")
        elif (known := _single(one)) is not None:
            ends.append(known)
    return Span(*ends) if len(ends) == 2 else None


def _single(text: str) -> Single | None:
    found = _SINGLE.fullmatch(text)
    if found is None or (years := _years(found["year"])) is None:
        return None
    said: dict[str, str] = {}
    parts = (YEAR, MONTH, DAY)
    for place, part in enumerate(parts):
        said[part] = said.get(part, "") + (found[f"{part}_is"] or "")
        for before in parts[: place + 1]:
            said[before] = said.get(before, "") + (found[f"{part}_and"] or "")
    return Single(
        *years,
        pattern=found["year"] if "X" in found["year"] else "",
        month=found["month"] or "",
        day=found["day"] or "",
        doubts=tuple(part for part in parts if {"?", "%"} & {*said[part]}),
        guesses=tuple(part for part in parts if {"~", "%"} & {*said[part]}),
        sure=int(found["sure"] or 0),
    )


def _years(text: str) -> tuple[int, int] | None:
    """The first and the last year that is meant."""
    base, _, power = text.removeprefix("Y").partition("E")
    if power and int(power) > _GREATEST_POWER:
        return None
    if "X" in base:
        low, high = int(base.replace("X", "0")), int(base.replace("X", "9"))
        return min(low, high), max(low, high)
    year = int(base) * 10 ** int(power or 0)
    return year, year
