"""The headers of ARC, the form of web archives before WARC: one line for each record, fields parted by blanks.

A line in, its fields out.  The form: Burner and Kahle, “ARC File Format” (1996), versions 1 and 2.  Separate from
WARC because the two share nothing but the body.
"""

from __future__ import annotations

import re

RECORD_START = re.compile(
    rb"^(?:filedesc://|[a-zA-Z][a-zA-Z0-9+.-]{0,20}:)[^\r\n]{0,5000} (?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]{2,45}|-) "
    rb"\d{8,17} [^\r\n]{1,2000}$",
    re.M,
)
"""The line that a record begins with, its end left out: address, IP address, date, and what the version adds."""

_DATE = re.compile(r"\d{8,17}")


def parse_line(line: str) -> tuple[str, str, int] | None:
    """Address, date (digits) and length in bytes of a record; None when this is no such line.

    Read from its end, because blanks stand in addresses that were not escaped: version 1 has four fields after the
    address (IP address, date, type, length), version 2 nine, with the type third and the length last in both.
    """
    fields = line.strip().split(" ")
    for after in (4, 9):
        if len(fields) > after and _DATE.fullmatch(fields[1 - after]) and fields[-1].isdigit() and len(fields[-1]) < 16:
            return " ".join(fields[:-after]), fields[1 - after], int(fields[-1])
    return None
