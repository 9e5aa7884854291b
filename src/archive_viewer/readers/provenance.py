"""Where a saved page comes from and when it was saved: what its file states, and who states it.

A page's outline or a container's header in, Facts out.  Separate because every reader needs the same grades: the
program that saved the page is believed (stated), the page's own idea of its address is a weak witness (inferred:
syndicated pages name another site), and the file system's time comes last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from archive_viewer import limits
from archive_viewer.model import Fact, SavedFile, Source
from archive_viewer.readers.dates import read_moment
from archive_viewer.readers.markup import Outline

_WEB = re.compile(r"(?:https?|ftp)://[^\s/]", re.I)
_FILE = re.compile(r"file:/", re.I)
_NO_PAGE = {"about:internet", "http://internet.e-mail"}
"""What Internet Explorer's mark of the web says of a file whose address it does not know."""

_LOCAL = "This is a place on a computer, not an address on the web."


Witness = Callable[[Outline], "Statement | None"]
"""Looks for one saving program's mark in a page."""


@dataclass(frozen=True)
class Provenance:
    """Address, capture date and saving program of a page, as far as somebody says."""

    url: Fact[str] | None = None
    captured_at: Fact[str] | None = None
    saved_with: Fact[str] | None = None
    title: Fact[str] | None = None
    others: Mapping[str, Fact[str]] = field(default_factory=dict)

    @property
    def facts(self) -> dict[str, Fact[str]]:
        """What else is known, by the names under which a capture keeps it."""
        return {**({"saved_with": self.saved_with} if self.saved_with else {}), **self.others}


@dataclass(frozen=True)
class Statement:
    """What a saving program wrote into the page: ``origin`` names the place, the rest is empty where it is silent."""

    origin: str
    url: str = ""
    date: str = ""
    program: str = ""
    title: str = ""
    doubt: str = ""


def of_page(page: Outline, saved: SavedFile) -> Provenance:
    """The provenance of an HTML page; the first saving program that left its mark is the one that is believed."""
    statements = [statement for witness in _WITNESSES if (statement := witness(page))] or [Statement("")]
    statement = statements[0]
    addresses = list(filter(None, (address(each.url, each.origin, each.doubt) for each in statements)))
    # A page that was saved, opened from the disk and saved again has its address by the first program's word.
    stated = next((fact for fact in addresses if not _FILE.match(fact.value)), next(iter(addresses), None))
    own = _own_address(page)
    return Provenance(
        url=stated if stated and not _FILE.match(stated.value) else own or stated,
        captured_at=capture_date(statement.date, statement.origin, saved),
        saved_with=Fact(statement.program, Source.STATED, statement.origin) if statement.program else None,
        title=Fact(statement.title, Source.STATED, statement.origin) if statement.title else None,
        others=_comment_on(page),
    )


def address(text: str, origin: str, doubt: str = "") -> Fact[str] | None:
    """A stated address as a Fact, or None where it is none: empty, relative, too long, or of no page."""
    found = re.sub(r"[\x00-\x20\x7f]+", "", text[: limits.ATTRIBUTE_CHARACTERS + 1])
    if len(found) > limits.ATTRIBUTE_CHARACTERS or found.lower() in _NO_PAGE:
        return None
    if _WEB.match(found):
        return Fact(found, Source.STATED, origin, doubt)
    return Fact(found, Source.STATED, origin, doubt or _LOCAL) if _FILE.match(found) else None


def capture_date(text: str, origin: str, saved: SavedFile) -> Fact[str] | None:
    """A stated date as a Fact; the file's time, inferred, where there is none or it is not understood."""
    moment = read_moment(text) if text else None
    if moment:
        return Fact(moment.at, Source.STATED, origin, moment.doubt)
    if not saved.modified_at:
        return None
    doubt = f"The file gives “{text.strip()[:80]}” as its date, which is not understood." if text.strip() else ""
    return Fact(saved.modified_at, Source.INFERRED, "file time", doubt)


def _comment_on(page: Outline) -> dict[str, Fact[str]]:
    """What the person who saved a page with WebScrapBook wrote about it."""
    words = page.root.get("data-scrapbook-comment", "")[: limits.ATTRIBUTE_CHARACTERS].strip()
    return {"comment": Fact(words, Source.STATED, "data-scrapbook attributes")} if words else {}


def _own_address(page: Outline) -> Fact[str] | None:
    """What the page calls its own address: a weak witness."""
    canonical = address(page.canonical, "link rel=canonical")
    shared = address(page.metas.get("og:url", ""), "og:url")
    best = next((fact for fact in (canonical, shared) if fact and _WEB.match(fact.value)), None)
    if best is None:
        return None
    others = {fact.value.rstrip("/") for fact in (canonical, shared) if fact} - {best.value.rstrip("/")}
    doubt = f"The page also calls itself {others.pop()}." if others else ""
    return Fact(best.value, Source.INFERRED, best.origin, doubt)


# -- the marks of saving programs ----------------------------------------------------------------------------------

_SINGLEFILE = re.compile(r"(?:saved with|processed by) SingleFile", re.I)
_SINGLEFILE_URL = re.compile(r"^[ \t]*url:[ \t]*(\S+)", re.M)
_SINGLEFILE_DATE = re.compile(r"^[ \t]*saved date:(.*)", re.M)
_MONOLITH = re.compile(r"\s*Saved from (\S+|local source) at (\S+) using (monolith(?: v\S+)?)")
_MAOXIAN = re.compile(r"\s*OriginalSrc:\s*(\S+)")
_HTTRACK = re.compile(r"\s*Mirrored from (\S+) by (HTTrack Website Copier/\S+)(?:\s\[[^\]]*\])?,(.*)")
_MARK_OF_THE_WEB = re.compile(r"\s*saved from url=\((\d{1,9})\)\s*(\S[^\r\n]{0,20000})")


def is_singlefile_comment(comment: str) -> bool:
    """Whether a comment is the one that SingleFile puts into ``<html>``, old wording or new."""
    return _SINGLEFILE.search(comment) is not None


def _singlefile(page: Outline) -> Statement | None:
    comment = next(filter(is_singlefile_comment, page.comments), None)
    if comment is None:
        return None
    url, date = _SINGLEFILE_URL.search(comment), _SINGLEFILE_DATE.search(comment)
    return Statement("SingleFile comment", url[1] if url else "", date[1] if date else "", "SingleFile")


def _webscrapbook(page: Outline) -> Statement | None:
    if not page.root.keys() & {"data-scrapbook-source", "data-scrapbook-create"}:
        return None
    url, date = page.root.get("data-scrapbook-source", ""), page.root.get("data-scrapbook-create", "")
    return Statement("data-scrapbook attributes", url, date, "WebScrapBook")


def _save_page_we(page: Outline) -> Statement | None:
    if "savepage-url" not in page.metas:
        return None
    url, date, title = (page.metas.get(f"savepage-{name}", "") for name in ("url", "date", "title"))
    return Statement("savepage meta", url, date, "Save Page WE", " ".join(title.split()))


def _comment(
    pattern: re.Pattern[str], state: Callable[[re.Match[str]], Statement], *, is_at_end: bool = False
) -> Witness:
    def witness(page: Outline) -> Statement | None:
        comments = [*page.comments, *page.last_comments] if is_at_end else page.comments
        found = next(filter(None, map(pattern.match, comments)), None)
        return state(found) if found else None

    return witness


def _mark_of_the_web(found: re.Match[str]) -> Statement:
    length, url = int(found[1]), found[2].rstrip()
    differs = f"The file says that this address has {length} characters, but it has {len(url)}."
    # A comment must not hold "--", so Chromium writes the second hyphen as an escape.
    # A place on a computer may have blanks in it.
    address = url.replace("-%2D", "--").replace(" ", "%20")
    return Statement("saved from url", address, doubt="" if length == len(url) else differs)


_WITNESSES: list[Witness] = [
    _singlefile,
    _webscrapbook,
    _save_page_we,
    _comment(_MONOLITH, lambda found: Statement("monolith comment", found[1], found[2], found[3])),
    _comment(_MAOXIAN, lambda found: Statement("MaoXian comment", found[1], program="MaoXian")),
    _comment(_MARK_OF_THE_WEB, _mark_of_the_web),
    # HTTrack's footer stands at the end too, and only there in a page that has no <html>.
    _comment(
        _HTTRACK,
        lambda found: Statement("HTTrack comment", f"http://{found[1]}", found[3], found[2]),
        is_at_end=True,
    ),
]
