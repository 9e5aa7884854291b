"""Addresses of archived copies: which page each is a copy of, and of what moment.

An address in, the page's own address and the moment of the copy out.  On the ground floor because readers give such a
page its true address back, and the cleaner its links.  The forms: web.archive.org/web/<digits><flag>_/<address> of the
Wayback Machine, the same behind other folders at the archives that run its software or pywb, and
archive.today/<date>/<address> with its other hosts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_TIMED = r"(?P<digits>\d{4,14})\*?(?:[a-z]{2}_)?/(?P<page>.+)"
_KEPT_BY = (
    # What an address begins with, and whose copy it then is.
    ("Wayback Machine", r"(?:(?:web|web-beta|wayback|www|classic-web)\.)?archive\.org(?::\d+)?/(?:web|wayback)"),
    ("Wayback Machine", r"replay\.(?:waybackmachine\.org|web\.archive\.org)"),
    ("Archive-It", r"(?:wayback\.)?archive-it\.org/(?:\d+|all)"),
    ("Library of Congress", r"webarchive\.loc\.gov/(?:all|\w+)"),
    ("UK Government Web Archive", r"webarchive\.nationalarchives\.gov\.uk(?:/ukgwa)?"),
    ("UK Parliament Web Archive", r"webarchive\.parliament\.uk"),
    ("UK Web Archive", r"(?:www\.)?webarchive\.org\.uk(?:/[\w-]+){1,3}"),
    ("Arquivo.pt", r"(?:www\.)?arquivo\.pt/(?:wayback|noFrame/replay)(?:/wayback)?"),
    ("Australian Web Archive", r"webarchive\.nla\.gov\.au/awa"),
    ("Vefsafn.is", r"(?:wayback\.)?vefsafn\.is(?:/wayback|/is)?"),
    ("Webarchiv", r"wayback\.webarchiv\.cz/wayback"),
    ("Library and Archives Canada", r"webarchive\.bac-lac\.gc\.ca(?::\d+)?/wayback"),
    ("Bibliotheca Alexandrina", r"web\.archive\.bibalex\.org(?::\d+)?/web"),
    ("Stanford Web Archive", r"swap\.stanford\.edu(?:/was|/wayback)?"),
    ("Perma.cc", r"perma-archives\.org/warc"),
    ("Wikiwix", r"archive\.wikiwix\.com/cache"),
    ("Conifer", r"(?:conifer\.rhizome\.org|webrecorder\.io)/[\w-]+/[\w-]+"),
)
_COPIES = tuple(
    (archive, re.compile(rf"(?:https?:)?//{beginning}/{_TIMED}", re.I | re.S)) for archive, beginning in _KEPT_BY
)
_TODAY = re.compile(
    r"(?:https?:)?//archive\.(?:today|is|ph|li|vn|fo|md)/(?P<digits>\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6})/(?P<page>.+)",
    re.I | re.S,
)
_MAY_BE_ONE = re.compile(r"(?:https?:)?//[^/?#]*(?:archiv|wayback|vefsafn|arquivo|swap\.|webrecorder|conifer)", re.I)
_PORT = re.compile(r"(http://[^/]*):80(?=/|$)|(https://[^/]*):443(?=/|$)", re.I)
_SCHEME = re.compile(r"(https?|ftp)(?::|%3a)(?:/|%2f){1,2}(?=[^/])", re.I)
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
        found = _read(address)
        if found is None:
            break
        memento, address = found, found.url
    return memento


def _read(address: str) -> Memento | None:
    if not _MAY_BE_ONE.match(address):
        return None
    for archive, form in (*_COPIES, ("archive.today", _TODAY)):
        if found := form.fullmatch(address):
            return Memento(plain(found["page"]), read_digits(found["digits"]), archive)
    return None


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
