"""Addresses of archived copies: which page each is a copy of, and of what moment.

An address in, the page's own address and the moment of the copy out.  On the ground floor because readers give such a
page its true address back, and the cleaner its links.  The forms: web.archive.org/web/<digits><flag>_/<address> of the
Wayback Machine and of Archive-It, archive.today/<date>/<address> and its other hosts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_WAYBACK = re.compile(
    r"(?:https?:)?//(?:(?:(?:web|web-beta|wayback|www)\.)?archive\.org(?::\d+)?/web|wayback\.archive-it\.org/(?:\d+|all))"
    r"/(?P<digits>\d{4,14})\*?(?:[a-z]{2}_)?/(?P<page>.+)",
    re.I | re.S,
)
_TODAY = re.compile(
    r"(?:https?:)?//archive\.(?:today|is|ph|li|vn|fo|md)/"
    r"(?P<digits>\d{14}|\d{4}\.\d\d\.\d\d-\d{6})/(?P<page>.+)",
    re.I | re.S,
)
_PORT = re.compile(r"(http://[^/]*):80(?=/|$)|(https://[^/]*):443(?=/|$)", re.I)
_SCHEME = re.compile(r"(https?|ftp):/{1,2}(?=[^/])", re.I)
_MOST_WRAPPINGS = 3


@dataclass(frozen=True)
class Memento:
    """An archived copy: the page's own address, the moment (ISO 8601 UTC, or ``""``) and who keeps the copy."""

    url: str
    at: str
    archive: str


def read_memento(address: str) -> Memento | None:
    """What an address says, when it is one of an archived copy, else None; a copy of a copy is followed inwards."""
    memento: Memento | None = None
    for _ in range(_MOST_WRAPPINGS):
        wayback, today = _WAYBACK.fullmatch(address), _TODAY.fullmatch(address)
        found = wayback or today
        if not found:
            break
        address = plain(found["page"])
        memento = Memento(address, read_digits(found["digits"]), "Wayback Machine" if wayback else "archive.today")
    return memento


def plain(address: str) -> str:
    """An address as an archive passes it on, made whole: with a scheme, without the port that nobody writes."""
    scheme = _SCHEME.match(address)
    whole = f"{scheme[1].lower()}://{address[scheme.end() :]}" if scheme else f"http://{address}"
    return _PORT.sub(lambda found: found[1] or found[2], whole)


def read_digits(digits: str) -> str:
    """``20190212060332`` or ``2019.02.12-060332`` as a moment; ``""`` where it is short or there is no such day."""
    try:
        moment = datetime.strptime(re.sub(r"[.-]", "", digits), "%Y%m%d%H%M%S")
    except ValueError:
        return ""
    return f"{moment.isoformat()}Z"
