"""A query as it is typed while names are sought in any spelling → the query that is meant, and back.

The switch is a part of the query, not a state beside it: so what is saved, remembered and sent to other processes says
all by itself, and means the same tomorrow.
"""

from __future__ import annotations

import re

from archive_viewer.search.query_tree import SOUNDS

_WHOLE = re.compile(rf"{SOUNDS}:\((.*)\)", re.S)


def in_any_spelling(typed: str) -> str:
    """The query in which all plain words of ``typed`` are names."""
    return f"{SOUNDS}:({typed})" if typed else ""


def taken_apart(query: str) -> tuple[str, bool]:
    """What is typed for a query, and whether all its plain words are names."""
    whole = _WHOLE.fullmatch(query.strip())
    if whole is None or not is_balanced(whole[1]):
        return query, False
    return whole[1], True


def is_balanced(text: str) -> bool:
    """Whether every bracket that is closed was opened: ``sounds:(a) OR (b)`` is not one pair of brackets."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0
