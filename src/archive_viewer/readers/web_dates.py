"""Capture dates as web archives write them: in every shape that is seen, and in some that no calendar knows.

A record's date in, a Fact out.  Separate from the dates of single saved pages because here the zone is known: WARC
(ISO 28500, section 5.4, a profile of ISO 8601) and ARC both mean UTC, and WARC 1.1 allows to leave off the end.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from archive_viewer.model import Fact, SavedFile, Source
from archive_viewer.readers import provenance
from archive_viewer.readers.dates import read_moment

_SHAPE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:[T ](?P<hour>\d\d)"
    r"(?::(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,12})?)?)?)?)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?",
    re.I,
)
_NO_DATE = "The archive gives no date."
_DIGITS = re.compile(r"\d{4}(?:\d\d){0,5}\d*")


def captured_at(text: str, answered: str, is_arc: bool, saved: SavedFile) -> Fact[str] | None:
    """When a record was made; where its date means nothing, when the server says that it answered.

    ``answered`` is the ``Date`` of the HTTP response; the last resort is the file's time.
    """
    origin = "the ARC record's date" if is_arc else "WARC-Date"
    full, is_short = _in_full(text.strip())
    if full and (fact := provenance.capture_date(full, origin, saved)) and fact.source is Source.STATED:
        doubt = f"The archive gives only “{text.strip()}”; the rest is its beginning." if is_short else fact.doubt
        return replace(fact, doubt=doubt)
    moment = read_moment(answered) if answered else None
    if moment:
        given = text.strip()[:80]
        doubt = f"The archive gives “{given}” as its date, which is not understood." if given else _NO_DATE
        return Fact(moment.at, Source.INFERRED, "Date of the HTTP response", doubt)
    return provenance.capture_date(text, origin, saved)


def seconds(text: str) -> float:
    """A number by which the dates of records are compared; 0 for one that means nothing."""
    full, _ = _in_full(text.strip())
    moment = read_moment(full) if full else None
    return datetime.fromisoformat(moment.at).timestamp() if moment else 0.0


def _in_full(text: str) -> tuple[str, bool]:
    """A date with all its parts, in ISO 8601 with its zone, and whether parts down to the minute had to be added."""
    if _DIGITS.fullmatch(text):
        digits = text[:14]
        is_short = len(digits) < 12
        text = "-".join(filter(None, (digits[:4], digits[4:6], digits[6:8]))) + (
            "T" + ":".join(filter(None, (digits[8:10], digits[10:12], digits[12:14]))) if len(digits) > 9 else ""
        )
    else:
        is_short = False
    found = _SHAPE.fullmatch(text)
    if not found:
        return "", False
    parts = found.groupdict()
    date = f"{parts['year']}-{parts['month'] or '01'}-{parts['day'] or '01'}"
    clock = f"{parts['hour'] or '00'}:{parts['minute'] or '00'}:{parts['second'] or '00'}"
    return f"{date}T{clock}{parts['zone'] or 'Z'}", is_short or parts["minute"] is None
