"""Web addresses compared: what makes two of them the same page, and the site that one belongs to.

An address in, the key by which captures of one address are put together out.  Separate because every rule here is a
judgement: two pages must never pass for one, while two that stay apart can still be found, so that a rule is taken in
only where nobody has seen it tell pages apart.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from archive_viewer.mementos import read_memento
from archive_viewer.text import one_line

DEFAULT_PORTS = {"http": 80, "https": 443, "ftp": 21}

NOWHERE = ("about", "blob", "cid", "data", "javascript")
"""Schemes of what has no place of its own: two such pages have nothing in common but the word."""

TRACKING = re.compile(
    r"utm_[a-z_]+|mtm_[a-z_]+|pk_(?:campaign|kwd|source|medium|content)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid"
    r"|yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|vero_id|oly_anon_id|oly_enc_id|_hsenc|_hsmi"
    r"|__hssc|__hstc|__hsfp|_ga|_gl|phpsessid"
)
"""Parameters that tell who came and whence, or whose visit it was, and never which page was sent."""

SESSION_IN_PATH = re.compile(r";jsessionid=[\w.!-]+", re.I)
"""What Java servers put behind a path for browsers without cookies (Servlet specification 3.1, section 7.1.3)."""

DIRECTORY_INDEX = "/index.html"
"""The one name that all servers send for a folder.  ``index.php`` and ``default.asp`` stay: beside an ``index.html``
they are another page, as on sites with an entrance."""

KEPT = "!$&'()*+,;=:@/"
KEPT_IN_QUERY = KEPT + "?"
_AMP_CACHE = re.compile(r"https?://(?:[\w-]+\.cdn\.ampproject\.org|cdn\.ampproject\.org)/[civw]/(s/)?(.+)", re.I | re.S)
_AMP_VIEWER = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/amp/(s/)?(.+)", re.I | re.S)
_ESCAPE = re.compile(r"(?:%[0-9a-fA-F]{2})+")


def address_key(url: str) -> str:
    """What addresses of one page have in common; empty for an address that leads nowhere (``about:blank``).

    Beyond RFC 3986, section 6.2.2 and 6.2.3 (letters of the host, escapes, dot segments, default port), the scheme of
    the web and ``www.`` are dropped, because sites changed both while their pages stayed what they were; so are one
    slash at the end, a folder's ``index.html``, the fragment, the parameters of ``TRACKING``, and what an archive or
    an AMP cache puts before the address of the page that it copied.  Kept are the order of the parameters, a fragment
    that names a page (``#!…``, ``#/…``), ``m.`` and ``/amp``: pages of their own, with another text.
    """
    address = unwrapped(re.sub(r"[\t\r\n]", "", url.strip()))
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # "http://[" is no address.
        return address
    scheme = parts.scheme.lower()
    if scheme in NOWHERE:
        return ""
    if scheme not in DEFAULT_PORTS or not host:
        return address.partition("#")[0]
    place = host_key(host) if port in (None, DEFAULT_PORTS[scheme]) else f"{host_key(host)}:{port}"
    path = _path(parts.path)
    query = "&".join(part for part in parts.query.split("&") if not _is_tracking(part))
    fragment = f"#{_escaped(parts.fragment, KEPT_IN_QUERY)}" if parts.fragment.startswith(("!", "/")) else ""
    way = f"{scheme}://" if scheme == "ftp" else ""
    return f"{way}{place}{path}{f'?{_escaped(query, KEPT_IN_QUERY)}' if query else ''}{fragment}"


def site_of_key(key: str) -> str:
    """The host, and the port where it is an unusual one, of an address that ``address_key`` gave; empty for none."""
    return "" if "://" in key else re.split(r"[/?#]", key, maxsplit=1)[0]


def unwrapped(url: str) -> str:
    """The address of the page itself, where an archive or an AMP cache hands it out under one of its own."""
    memento = read_memento(url)
    if memento is not None:
        return memento.url
    cached = _AMP_CACHE.fullmatch(url) or _AMP_VIEWER.fullmatch(url)
    return f"{'https' if cached[1] else 'http'}://{cached[2]}" if cached else url


def host_key(host: str) -> str:
    """A host in the form in which it is read: small letters, its own script, without ``www.`` and a dot at its end."""
    labels = unicodedata.normalize("NFKC", host).lower().rstrip(".").split(".")
    return ".".join(map(_label, labels)).removeprefix("www.")


def site_of(url: str) -> str:
    """The host of a web address without ``www.``; empty for a file's address or none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def last_part(url: str) -> str:
    """What an address ends with, its escapes undone: the name of a picture or document; empty for a whole host."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return ""
    return one_line(unquote(path.rstrip("/").rpartition("/")[2]))


def _label(label: str) -> str:
    """A label of an international name in its own letters (RFC 5891, section 4.4); as it is where it is none."""
    if not label.startswith("xn--"):
        return label
    try:
        return unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode"))
    except (UnicodeError, ValueError, OverflowError):
        return label


def _path(path: str) -> str:
    """A path without what servers do not look at; nothing for that of a whole host."""
    whole = _escaped(SESSION_IN_PATH.sub("", _without_dots(path)), KEPT)
    folder = whole.removesuffix(DIRECTORY_INDEX[1:]) if whole.endswith(DIRECTORY_INDEX) else whole
    return folder.removesuffix("/")


def _without_dots(path: str) -> str:
    """RFC 3986, section 5.2.4."""
    segments = path.split("/")
    if not {".", ".."} & set(segments):
        return path
    kept: list[str] = []
    for number, segment in enumerate(segments):
        is_last = number == len(segments) - 1
        if segment == ".." and len(kept) > 1:
            kept.pop()
        if segment not in (".", ".."):
            kept.append(segment)
        elif is_last:
            kept.append("")
    return "/".join(kept)


def _escaped(text: str, kept: str) -> str:
    """Each character escaped if it must be, in one writing: ``%7e`` is ``~``, ``ä`` is ``%C3%A4``."""
    return quote(_ESCAPE.sub(_unescape, text), safe=kept + "%", errors="replace")


def _unescape(found: re.Match[str]) -> str:
    """Escapes in one writing; those of characters that mean something else unescaped stay."""
    return quote(unquote_to_bytes(found[0]), safe="")


def _is_tracking(parameter: str) -> bool:
    return not parameter or TRACKING.fullmatch(parameter.partition("=")[0].lower()) is not None
