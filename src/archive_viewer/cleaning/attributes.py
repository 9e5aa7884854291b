"""Attributes: what elements say of the page by ``itemprop``, ``rel``, ``class`` and ``datetime``.

A tree in, names and times in page order out.  Separate from ``structured``, which reads what no reader sees: these
elements are seen, and stand beside posts and teasers that say the same of something else.
Sources: HTML Living Standard, sections 4.5.14 (time), 4.6.6.2 (rel=author) and 5 (microdata); microformats2 (h-card).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain, islice

from lxml.etree import _Element

from archive_viewer.cleaning.characters import admit
from archive_viewer.cleaning.rules import AUTHOR_ADDRESS
from archive_viewer.text import one_line

STATING = frozenset({"itemprop", "rel", "pubdate"})
"""Attributes of elements that say something of the page; ``<time>`` does so by itself."""
_MOST = 5_000
_LONGEST_NAME, _LONGEST_TIME = 100, 100
_TEXTS = 50
"""Runs of text of an element that are looked at."""

_SIGNED = re.compile(
    r"(?:^|[\s_-])(?:(?:post|entry|the|meta|article|blog|item)[_-]?)?(?:author|byline|writer)(?:[_-]+(?:full-?)?name|[_-]?link|"
    r"[_-]?title|name)?(?:__\w+)?(?=\s|$)|author[_-]*(?:box|block|info|details|meta|item)?[_-]*name|\bp-author\b",
    re.IGNORECASE,
)
"""Classes of an element that holds an author's name and nothing else."""
_MEMBER = re.compile(
    r"(?:^|[\s_-])(?:(?:big|ips)?user-?names?|poster|post(?:user|er)?-?name|u-author|creator|person-listing|user__name|author)"
    r"(?=[\s_-]|$)",
    re.IGNORECASE,
)
_MEMBER_ADDRESS = re.compile(
    r"/(?:users?|members?|profiles?|u|people)/[^/?#]|(?:memberlist|member|profile)\.php\?|[?&]action=profile",
    re.IGNORECASE,
)
"""Classes and addresses of the name of who wrote a post."""
_FURNITURE = ("nav", "footer", "aside")


@dataclass(frozen=True)
class Attributes:
    """What the page's elements say: authors by microdata and by ``rel``; the values of its times, those of the
    publication and of a change first; all in page order."""

    authors: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    times: tuple[str, ...] = ()


def read(root: _Element, stating: Sequence[_Element], not_of_page: Set[_Element] = frozenset()) -> Attributes:
    """What the page says in its head and by the elements ``stating``; ``not_of_page`` hold what an archive says."""
    authors: list[str] = []
    linked: list[str] = []
    published: list[str] = []
    modified: list[str] = []
    times: list[str] = []
    head = root.find("head")
    for element in islice(chain(() if head is None else head.iter("meta", "link"), stating), _MOST):
        if element.get("property") or (not_of_page and not not_of_page.isdisjoint(element.iterancestors())):
            continue  # Open Graph, which ``structured`` reads; or said by an archive
        properties = (element.get("itemprop") or "").split()
        if "author" in properties or "creator" in properties:
            authors += _name_in(element)
        elif "author" in (element.get("rel") or "").lower().split():
            linked += _short_text(element, _LONGEST_NAME)
        if "datePublished" in properties or "dateCreated" in properties or element.get("pubdate") is not None:
            published += _time_in(element)
        elif "dateModified" in properties:
            modified += _time_in(element)
        elif element.tag == "time":
            times += _time_in(element)
    return Attributes(tuple(authors), tuple(linked), tuple(published), tuple(modified), tuple(times))


def signed(root: _Element) -> list[str]:
    """The texts of elements that are classed as an author's name, or link to a page about an author; each once."""
    found = (text for element in _signed_elements(root) for text in _short_text(element, _LONGEST_NAME))
    return list(dict.fromkeys(found))


def first_member(root: _Element, after: _Element | None) -> str:
    """Who wrote the first post that stands ``after`` an element: the topic's heading."""
    is_after = after is None
    for element in root.iter():
        is_after = is_after or element is after
        if not is_after or not element.attrib:
            continue
        by_address = element.tag == "a" and _MEMBER_ADDRESS.search(element.get("href", "")[:500])
        if by_address or _MEMBER.search(element.get("class", "")[:300]):
            name = next(iter(_short_text(element, _LONGEST_NAME)), "")
            if len(name) > 1:
                return name
    return ""


def _signed_elements(root: _Element) -> Iterator[_Element]:
    known: dict[str, bool] = {"": False}
    for element in root.iter("a", "span", "div", "p", "strong", "b", "h3", "h4", "h5", "li", "cite", "address", "td"):
        classes = element.get("class", "")
        is_signed = known.get(classes)
        if is_signed is None:
            is_signed = known[classes] = _SIGNED.search(classes[:300]) is not None
        if not is_signed and element.tag == "a":
            is_signed = AUTHOR_ADDRESS.search(element.get("href", "")[:500]) is not None
        if is_signed and next(element.iterancestors(*_FURNITURE), None) is None:
            yield element


def _name_in(element: _Element) -> list[str]:
    """The name of the person that an element with ``itemprop=author`` describes."""
    content = element.get("content")
    if content:
        return [one_line(admit(content[:_LONGEST_NAME]))] if "://" not in content else []
    for inner in islice(element.iter(), 30):
        if inner is not element and "name" in (inner.get("itemprop") or "").split():
            content = inner.get("content")
            return [one_line(admit(content[:_LONGEST_NAME]))] if content else _short_text(inner, _LONGEST_NAME)
    link = next(element.iter("a"), None)
    texts = _short_text(element, _LONGEST_NAME)
    return (_short_text(link, _LONGEST_NAME) if link is not None else []) or texts


def _time_in(element: _Element) -> list[str]:
    value = (element.get("datetime") or element.get("content") or "").strip()
    if value:
        return [value[:_LONGEST_TIME]]
    title = (element.get("title") or "").strip()
    return _short_text(element, _LONGEST_TIME) or ([title[:_LONGEST_TIME]] if title else [])


def _short_text(element: _Element, most: int) -> list[str]:
    """The text of an element, if it has one and no longer one than ``most``."""
    text = one_line(admit(" ".join(islice(element.itertext("*"), _TEXTS))))
    return [text] if 0 < len(text) <= most else []
