"""Which records of a web archive are pages, and what a page's record says.

The records of all volumes in, a list of pages out: places, no bytes.  Separate because a crawl keeps a hundred
responses for each page, many of them HTML that nobody ever read as a page: frames, advertisements, answers to scripts,
the error page in place of robots.txt.  What is known of that stands before and behind the page's own record, so all
are looked through before the first page is read.

A page answered 200 and is HTML by its type, or states no type.  Where the archive holds a list of its pages (a WACZ
file's, the ``urn:pageinfo:`` records of browser crawls, the one of old Webrecorder), those are its pages.  Else a page
is what was not loaded by another: no ``iframe`` names it, the browser did not ask for it as a frame, a picture or from
a script (``Sec-Fetch-Dest``, ``Accept``, ``X-Requested-With``), the crawler did not note it as embedded (Heritrix's
``hopsFromSeed``), and there is something in it to read.  The frames of a frameset are pages of their own as well as
parts of it: a site within a frameset was read by going from one to the next.  A page that is there only as text, which
a program took out of it (``conversion``, as in Common Crawl's WET files), is a page of plain text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag, urljoin, urlsplit

from archive_viewer import limits
from archive_viewer.readers import digests
from archive_viewer.readers.http_message import HttpMessage, parse_fields, read_message
from archive_viewer.readers.tape import Place
from archive_viewer.readers.warc_records import Record, Records
from archive_viewer.readers.web_by_products import is_by_product, is_part

HTML_TYPES = ("text/html", "application/xhtml+xml")
_WEB = re.compile(r"(?:https?|ftp|file)://", re.I)
_IFRAME = re.compile(
    rb"""<(?:iframe|embed|object)\b[^<>]{0,2000}?\b(?:src|data)\s{0,9}=\s{0,9}\\?"""
    rb"""(?:"([^"<>\\]{1,4096})|'([^'<>\\]{1,4096})|([^\s"'<>\\]{1,4096}))""",
    re.I,
)
"""Also one that a script of the page writes, with a backslash before its quotation marks."""

_PURPOSES_OF_PARTS = set("iframe frame embed object empty script image style font audio video".split())
_PAGE_INFO = "urn:pageinfo:"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record is: in which volume, and where there."""

    volume: int
    place: Place


@dataclass(frozen=True, slots=True)
class Page:
    """A record that is a page.  ``body`` is where its body is, where that is in another record.

    ``address``, ``id`` and ``moment`` are digests of its address, its record's id, and its address with its date;
    ``asked`` is the address that was asked for, where a redirect led from there to the page.
    """

    at: Spot
    body: Spot | None
    address: int
    id: int
    moment: int
    asked: str = ""


@dataclass(frozen=True, slots=True)
class _Revisit:
    """A page that was archived again unchanged: its place among the others, and digests by which its body is known."""

    number: int
    keys: tuple[int, ...]
    is_html: bool


@dataclass
class PageList:
    """The pages that an archive says it has, as digests of their addresses."""

    addresses: set[int] = field(default_factory=set)

    def add(self, url: str) -> None:
        if len(self.addresses) < limits.WARC_PAGES:
            self.addresses.add(address_digest(url))


@dataclass
class Survey:
    """What the records of an archive say of one another, gathered volume by volume with ``look_through``."""

    listed: PageList = field(default_factory=PageList)
    missing: int = 0
    """Revisits whose body is nowhere in the archive."""
    left_out: int = 0
    """Pages beyond the limit."""
    converted: int = 0
    """Pages of which there is only the text, taken out of them by a program."""

    _found: list[Page] = field(default_factory=list)
    _bodies: dict[int, Spot] = field(default_factory=dict)
    _framed: set[int] = field(default_factory=set)
    _by_products: set[Spot] = field(default_factory=set)
    _embedded: set[int] = field(default_factory=set)
    _documents: set[int] = field(default_factory=set)
    _redirects: dict[int, int] = field(default_factory=dict)
    _asked: dict[int, str] = field(default_factory=dict)
    _revisits: list[_Revisit] = field(default_factory=list)
    _texts: list[Page] = field(default_factory=list)

    def look_through(self, records: Records, volume: int) -> None:
        """Take note of every record of a volume."""
        for record in records:
            spot = Spot(volume, record.place)
            if record.kind in ("response", "resource") and _WEB.match(record.url):
                self._note_answer(record, records, spot)
            elif record.kind == "revisit" and _WEB.match(record.url):
                self._note_revisit(record, records, spot)
            elif record.kind == "resource" and record.url.startswith(_PAGE_INFO):
                self.listed.add(record.url.removeprefix(_PAGE_INFO))
            elif record.kind == "request":
                self._note_request(record, records)
            elif record.kind == "metadata":
                self._note_metadata(record, records)
            elif record.kind == "conversion" and _WEB.match(record.url):
                self._note_text(record, spot)
            elif record.kind == "warcinfo":
                for url in _listed_by_webrecorder(records.read_block(limits.WARC_ABOUT_BYTES).data):
                    self.listed.add(url)

    def pages(self) -> list[Page]:
        """The pages, in the archive's order: those that are listed, or those that nothing says are parts of others.

        Behind them those of which there is only the text.
        """
        found = self._with_bodies()
        listed = self._with_redirects(self.listed.addresses)
        named = [page for page in found if page.address in listed]
        chosen = named or [page for page in found if self._is_for_itself(page)] or found
        kept = {page.address for page in found}
        texts = [text for text in self._texts if text.address not in kept]
        self.converted = len(texts)
        return [replace(page, asked=asked) if (asked := self._asked_for(page)) else page for page in chosen] + texts

    def _with_bodies(self) -> list[Page]:
        """All pages; those that were archived again unchanged with the place of their body, which may come later."""
        found: list[Page | None] = list(self._found)
        for revisit in self._revisits:
            body = next((self._bodies[key] for key in revisit.keys if key in self._bodies), None)
            page = found[revisit.number]
            found[revisit.number] = replace(page, body=body) if page and body else None
            if body is None and revisit.is_html:
                self.missing += 1
            elif page and body:
                self._bodies.setdefault(page.id, body)
        return [page for page in found if page is not None]

    def _asked_for(self, page: Page) -> str:
        """The address that was asked for, where redirects led from there to the page."""
        asked, address = "", page.address
        for _ in range(limits.REDIRECTS):
            before = self._asked.get(address)
            if before is None or (address := address_digest(before)) == page.address:
                break
            asked = before
        return asked

    def _with_redirects(self, addresses: set[int]) -> set[int]:
        """Lists name the address that was asked for, which may have led to another one."""
        reached = set(addresses)
        for address in addresses:
            for _ in range(limits.REDIRECTS):
                if (target := self._redirects.get(address)) is None:
                    break
                reached.add(target)
                address = target
        return reached

    def _is_for_itself(self, page: Page) -> bool:
        names = {page.id, page.moment}
        if (page.body or page.at) in self._by_products:
            return False
        if not self._documents.isdisjoint(names):
            return True
        return page.address not in self._framed and self._embedded.isdisjoint(names)

    # -- records ---------------------------------------------------------------------------------------------------

    def _note_answer(self, record: Record, records: Records, spot: Spot) -> None:
        head = records.read_block(limits.WARC_HEADER_BYTES)
        message = read_answer(record, head.data)
        if 300 <= message.status < 400 and len(self._redirects) < limits.WARC_PAGES:
            target = join(record.url, message.fields.get("location", ""))
            self._redirects[address_digest(record.url)] = address_digest(target)
            self._asked.setdefault(address_digest(target), record.url[: limits.ATTRIBUTE_CHARACTERS])
        if not is_page(record, message):
            return
        self._remember_body(record, spot)
        self._add(_page(record, spot, None))
        rest = records.read_block(limits.PAGE_BYTES).data if head.is_long else b""
        whole = replace(message, raw_body=message.raw_body + rest)
        body = whole.body(limits.PAGE_BYTES)[0]
        records.count(max(0, len(body) - len(whole.raw_body)))
        is_first_of_several = bool(record.field("warc-segment-number"))
        if not is_first_of_several and is_by_product(body) and len(self._by_products) < limits.WARC_PAGES:
            self._by_products.add(spot)
        for url in _framed_by(body, record.url):
            if len(self._framed) < limits.WARC_PAGES:
                self._framed.add(url)

    def _remember_body(self, record: Record, spot: Spot) -> None:
        if len(self._found) < limits.WARC_PAGES:
            for key in _keys_of_body(record.field("warc-record-id"), record.url, record.date):
                self._bodies.setdefault(key, spot)
            if digest := record.field("warc-payload-digest"):
                self._bodies.setdefault(payload_digest(digest), spot)

    def _note_revisit(self, record: Record, records: Records, spot: Spot) -> None:
        message = read_message(records.read_block(limits.WARC_HEADER_BYTES).data)
        if message.media_type not in (*HTML_TYPES, "") or message.status not in (0, 200, 304) or is_part(record.url):
            return
        keys = _keys_of_body(
            record.field("warc-refers-to"),
            record.field("warc-refers-to-target-uri").strip("<>") or record.url,
            record.field("warc-refers-to-date"),
        )
        if digest := record.field("warc-payload-digest"):
            keys.append(payload_digest(digest))
        if len(self._found) < limits.WARC_PAGES:
            self._revisits.append(_Revisit(len(self._found), tuple(keys), message.media_type in HTML_TYPES))
        self._add(_page(record, spot, None))

    def _note_text(self, record: Record, spot: Spot) -> None:
        if record.field("content-type").partition(";")[0].strip().lower() != "text/plain":
            return
        if len(self._texts) < limits.WARC_PAGES:
            self._texts.append(_page(record, spot, None))
        else:
            self.left_out += 1

    def _note_request(self, record: Record, records: Records) -> None:
        fields = parse_fields(records.read_block(limits.WARC_HEADER_BYTES).data)
        purpose = fields.get("sec-fetch-dest", "").lower()
        is_from_script = fields.get("x-requested-with", "").lower() == "xmlhttprequest"
        is_dressing = fields.get("accept", "").lower().startswith(("image/", "text/css", "font/", "video/", "audio/"))
        if purpose == "document":
            self._note(self._documents, record)
        elif is_from_script or is_dressing or purpose in _PURPOSES_OF_PARTS:
            self._note(self._embedded, record)

    def _note_metadata(self, record: Record, records: Records) -> None:
        hops = parse_fields(records.read_block(limits.WARC_HEADER_BYTES).data).get("hopsfromseed", "")
        # Heritrix: E an embed, X one guessed from a script, P what was needed first.
        if hops.endswith(("E", "X", "P")):
            self._note(self._embedded, record)

    def _note(self, notes: set[int], record: Record) -> None:
        """Take note of the answer that a request or metadata record belongs to."""
        if len(notes) < 2 * limits.WARC_PAGES:
            concurrent = record.field("warc-concurrent-to") or record.field("warc-refers-to")
            notes.add(hash(concurrent) if concurrent else _moment_digest(record.url, record.date))

    def _add(self, page: Page) -> None:
        if len(self._found) < limits.WARC_PAGES:
            self._found.append(page)
        else:
            self.left_out += 1


def read_answer(record: Record, block: bytes) -> HttpMessage:
    """The answer in a record's block; of records without an HTTP header (``resource``, ``conversion``) from WARC's."""
    if record.kind in ("resource", "conversion"):
        return HttpMessage(200, {"content-type": record.field("content-type")}, block)
    message = read_message(block)
    # FTP and the oldest crawlers have no header to keep.
    return message if message.status else HttpMessage(200, {}, block)


def is_page(record: Record, message: HttpMessage) -> bool:
    """Whether an answer may be a page, by what it states; its bytes have the last word."""
    media_type = message.media_type
    return message.status == 200 and media_type in (*HTML_TYPES, "") and not is_part(record.url)


def join(base: str, address: str) -> str:
    """An absolute address; ``address`` itself where the two do not make one."""
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" is no address.
        return address


def address_digest(url: str) -> int:
    """A number for an address, the same for its spellings; good for this process only."""
    return hash(plain_address(url))


def payload_digest(stated: str) -> int:
    """A number for a stated digest, the same for its writings; good for this process only."""
    return hash(digests.parse(stated) or stated.lower())


def plain_address(url: str) -> str:
    """An address without its fragment, its host in lower case, its default port left out, its path never empty."""
    try:
        parts = urlsplit(urldefrag(url.strip())[0])
        host = parts.netloc.lower()
    except ValueError:
        return url.strip()
    scheme = parts.scheme.lower()
    host = host.removesuffix({"http": ":80", "https": ":443"}.get(scheme, "\0"))
    return parts._replace(scheme=scheme, netloc=host, path=parts.path or "/").geturl()


def _moment_digest(url: str, date: str) -> int:
    return hash((plain_address(url), date))


def _page(record: Record, spot: Spot, body: Spot | None) -> Page:
    id = record.field("warc-record-id")
    moment = _moment_digest(record.url, record.date)
    return Page(spot, body, address_digest(record.url), hash(id) if id else moment, moment)


def _keys_of_body(id: str, url: str, date: str) -> list[int]:
    return [*([hash(id)] if id else []), *([_moment_digest(url, date)] if date else [])]


def _framed_by(body: bytes, url: str) -> Iterator[int]:
    own = address_digest(url)
    for count, found in enumerate(_IFRAME.finditer(body)):
        if count == limits.FRAMES_OF_A_PAGE:
            return
        source = next(filter(None, found.groups())).decode("utf-8", "replace")
        address = address_digest(join(url, html.unescape(source).strip()))
        if address != own:
            yield address


def _listed_by_webrecorder(block: bytes) -> Iterable[str]:
    """The pages that the first record of a recording by Webrecorder lists."""
    try:
        about = json.loads(parse_fields(block).get("json-metadata", "null"))
    except (ValueError, RecursionError):
        return []
    pages = about.get("pages") if isinstance(about, dict) else None
    urls = [page.get("url") for page in pages if isinstance(page, dict)] if isinstance(pages, list) else []
    return [url for url in urls if isinstance(url, str)]
