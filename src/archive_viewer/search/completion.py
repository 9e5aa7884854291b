"""What may be completed in a query that is being typed: its text and the cursor in, the part at the cursor out.

A query half typed is no query, so this is no part of the parser: it only goes over the signs, as the parser does.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from archive_viewer import limits
from archive_viewer.search.query_tree import FIELDS

_PART = regex.compile(
    r"(?P<bracket>[()])|-?(?:(?P<field>[A-Za-z]+)[:：]\s*)?(?P<value>[\"“”„«»][^\"“”„«»]*[\"“”„«»]?|[^\s()\",;|]*)"
)
_QUOTES = '"“”„«»'
_PLAIN = regex.compile(r"[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}.-]*")


@dataclass(frozen=True)
class Part:
    """What stands at the cursor.  ``[start, end)`` is what a completion takes the place of, in code points; ``typed``
    is it as far as the cursor, without quotation marks; ``field`` is that which it is sought in, empty for none."""

    start: int
    end: int
    typed: str
    field: str = ""


def part_at(text: str, cursor: int) -> Part:
    """The part of a query at the cursor (code points before it)."""
    text = text[: limits.QUERY_CHARACTERS]
    cursor = min(max(cursor, 0), len(text))
    brackets: list[str] = []
    at = 0
    while at < cursor:
        found = _PART.match(text, at)
        if found is None or found.end() == at:
            at += 1
            continue
        within = brackets[-1] if brackets else ""
        named = (found["field"] or "").lower()
        field = named if named in FIELDS else within
        start, end = found.span("value")
        is_named = named in FIELDS
        if found["bracket"] == "(":
            brackets.append(within)
        elif found["bracket"]:
            brackets[-1:] = []
        elif found["field"] and cursor <= found.end("field"):
            start = found.start("field")
            return Part(start, found.end("field") + 1, text[start:cursor], within)
        elif cursor <= end and cursor >= (start if is_named else at):
            if not is_named:
                start = found.start() + text.startswith("-", at)
            return Part(min(start, cursor), end, text[start:cursor].strip(_QUOTES), field)
        elif is_named and start == end and text.startswith("(", end):
            brackets.append(field)
            end += 1
        at = max(found.end(), end)
    return Part(cursor, cursor, "", brackets[-1] if brackets else "")


def quoted(value: str) -> str:
    """A value as it stands behind a field: in quotation marks, unless it is one plain word."""
    return value if _PLAIN.fullmatch(value) else '"' + value.replace('"', " ").strip() + '"'
