"""Dates that may be uncertain, approximate or a span: the Extended Date/Time Format (ISO 8601-2; Library of Congress).

A date as a person types it in, whether it can be understood and the day that it begins with out.  Separate so that
the library behind it, which takes half a second to load, is loaded only when such a date is met: ``2021-11-21``,
``2021-11`` and ``2021`` never need it.
"""

from __future__ import annotations

import math
import re
import warnings
from datetime import date, datetime
from typing import Any

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01])(T[\d:.]+Z?)?)?)?", re.ASCII)

_NO_NUMBER = re.compile(r"\d{16}|[Ee]\d{3}", re.ASCII)
"""No year has so many digits: Python refuses to read them (sys.set_int_max_str_digits), or counts for minutes."""

_MIRRORED = str.maketrans("0123456789", "9876543210")
"""The greater a number, the less its mirrored digits."""

FAULTS = (ValueError, TypeError, AttributeError, KeyError, IndexError)
"""What the library raises of dates whose grammar it knows and that it cannot hold or reckon with: 2004-1X, 2004-06-1X,
``../``."""

_OPEN_START = ("/", "..")


def is_understood(text: str) -> bool:
    """Whether this is a date in EDTF: ``2021-11``, ``1984?``, ``1984~``, ``198X``, ``1984/1986``, ``1985/..``."""
    if (plain := _PLAIN.fullmatch(text)) is not None:
        try:
            date(int(plain[1]) or 4, int(plain[2] or 1), int(plain[3] or 1))
            if plain[4]:
                datetime.fromisoformat(f"2000-01-01{plain[4]}")
        except ValueError:
            return False
        return True
    parsed = _parsed(text)
    try:
        return parsed is not None and not _value(parsed, "lower") > _value(parsed, "upper")
    except FAULTS:
        return False


def earliest_day(text: str) -> str:
    """The first day of a date, by which it is put in order (``1984-01-01``); a plain date stays as it is.

    Of a span without a beginning, the day it ends with; empty for what is not understood, or lies before the year 0 or
    behind 9999.
    """
    if not text or _PLAIN.fullmatch(text) is not None:
        return text
    bound = _bound(text)
    if bound is None or not 0 <= bound[0] <= 9999:
        return ""
    return "{:04}-{:02}-{:02}".format(*bound)


def sort_key(text: str) -> str:
    """What puts dates of all years in order as text: ``earliest_day``, and for years that have none a form of its own.

    A year before 0 comes before all others, the longer its number the earlier; one behind 9999 comes after them.
    Empty for what is not understood.
    """
    if (day := earliest_day(text)) or not text:
        return day
    bound = _bound(text)
    if bound is None:
        return ""
    digits = str(abs(int(bound[0])))
    number, rest = f"{len(digits):03}{digits}", "-{:02}-{:02}".format(*bound[1:])
    return f":{number}{rest}" if bound[0] > 0 else f"-{number.translate(_MIRRORED)}{rest}"


def year(text: str) -> str:
    """The year that a date begins with, as EDTF writes it: ``1984``, ``-0044``, ``Y-17000``.

    Of a span without a beginning, the year it ends with; empty for what is not understood, or has neither.
    """
    if not text or _PLAIN.fullmatch(text) is not None:
        return text[:4]
    bound = _bound(text)
    if bound is None:
        return ""
    number = int(bound[0])
    written = f"{'-' if number < 0 else ''}{abs(number):04}"
    return written if -9999 <= number <= 9999 else f"Y{written}"


def _bound(text: str) -> tuple[int, ...] | None:
    """Year, month and day by which a date is put in order."""
    parsed = _parsed(text)
    if parsed is None:
        return None
    try:
        bound = parsed.upper_strict() if text.startswith(_OPEN_START) else parsed.lower_strict()
    except FAULTS:
        return None
    return None if isinstance(bound, float) else tuple(bound[:3])


def _parsed(text: str) -> Any:
    """What the library makes of it; None where it is no such date."""
    if _NO_NUMBER.search(text):
        return None
    with warnings.catch_warnings():
        # Its grammar is written for an older version of the parser that it stands on, which says so.
        warnings.simplefilter("ignore")
        import edtf
        from edtf.parser import parser_classes

        # It tells its faults on standard output, which is the answer of a command.
        vars(parser_classes)["print"] = _say_nothing
        try:
            return edtf.parse_edtf(text)
        except (edtf.EDTFParseException, *FAULTS):
            return None


def _say_nothing(*_words: object) -> None:
    """What is printed in the place of a library's complaints."""


def _value(parsed: Any, end: str) -> tuple[float, ...]:
    bound = getattr(parsed, f"{end}_strict")()
    return (bound,) if isinstance(bound, float) and math.isinf(bound) else tuple(bound[:3])
