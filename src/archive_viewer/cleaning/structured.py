"""What a page states about itself for machines: JSON-LD, meta elements, microdata.

A tree in, named statements out.  Separate from ``metadata``, which weighs them against what readers see.
Sources: JSON-LD 1.1; schema.org (Article, Person); the Open Graph protocol; Dublin Core in HTML (DCMI, RFC 2731).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import _Element

from archive_viewer import limits
from archive_viewer.cleaning.characters import admit, composed
from archive_viewer.text import one_line

_COMMENTED = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)

_ARTICLES = frozenset(
    {
        *("article", "newsarticle", "blogposting", "report", "reportagenewsarticle", "analysisnewsarticle"),
        *("opinionnewsarticle", "backgroundnewsarticle", "reviewnewsarticle", "techarticle", "scholarlyarticle"),
        *("socialmediaposting", "discussionforumposting", "liveblogposting", "advertisercontentarticle", "recipe"),
        *("medicalwebpage", "howto", "review", "satiricalarticle", "question"),
    }
)
_ARCHIVE_TODAY = "@archiveis"
_OF_THE_COPY = frozenset(
    "twitter:site og:site_name og:url url twitter:description description article:published_time article:modified_time "
    "datecreated datemodified".split()
)
_PAGES = frozenset({"webpage", "itempage", "aboutpage", "faqpage", "qapage", "collectionpage", "profilepage"})


@dataclass(frozen=True)
class Statements:
    """``meta``: name in lower case → contents in page order; ``article`` and ``page``: the JSON-LD objects, if any."""

    meta: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    article: Mapping[str, Any] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    types: frozenset[str] = frozenset()

    def of(self, *names: str) -> list[str]:
        """All statements under these names."""
        return [content for name in names for content in self.meta.get(name, ())]

    def first(self, *names: str) -> tuple[str, str]:
        """The first statement under one of ``names``, with its name; both empty when there is none."""
        return next(((content, name) for name in names for content in self.meta.get(name, ())), ("", ""))


def read(root: _Element) -> Statements:
    """What the page states."""
    objects = list(_objects(root))
    names = {o["@id"]: o for o in objects if isinstance(o.get("@id"), str) and len(o) > 1}
    return Statements(
        _metas(root),
        next((o for o in objects if _types(o) & _ARTICLES), {}),
        next((o for o in objects if _types(o) & _PAGES), {}),
        names,
        frozenset(type for o in objects for type in _types(o)),
    )


def text_of(value: object) -> str:
    """A JSON-LD value as text: a string, or an object's value or name; markup and entities undone."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    if not isinstance(value, str):
        return ""
    return one_line(composed(admit(html.unescape(value[: limits.ATTRIBUTE_CHARACTERS]))))


def names_in(value: object, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The names of persons or organisations in a JSON-LD value; ``known`` are the page's objects by ``@id``."""
    values = value if isinstance(value, list) else [value]
    names = []
    for one in values[: limits.QUERY_EXPANSION]:
        if isinstance(one, dict) and "name" not in one and isinstance(one.get("@id"), str):
            one = known.get(one["@id"], {})
        name = text_of(one)
        if name:
            names.append(name)
    return names


def _metas(root: _Element) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        content = meta.get("content")
        if not content or len(content) > limits.ATTRIBUTE_CHARACTERS:
            continue
        content = one_line(composed(admit(content)))
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            for name in (meta.get(attribute) or "")[:200].lower().split():
                found.setdefault(name, []).append(content)
    if _ARCHIVE_TODAY in found.get("twitter:site", ()):
        # Its head speaks of the copy, in the page's place: the copy's address, and the moment it was made.
        found = {name: contents for name, contents in found.items() if name not in _OF_THE_COPY}
    return {name: tuple(contents) for name, contents in found.items()}


def _objects(root: _Element) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object that speaks for the page: top level, ``@graph``, ``mainEntity``.

    What is asked on a page of questions and answers about something is not what the page is called.
    """
    scripts = (s for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower())
    count = 0
    for _, script in zip(range(limits.STATEMENTS), scripts, strict=False):
        waiting = [_load(script.text or "")]
        while waiting and count < limits.STATED_OBJECTS:
            value = waiting.pop()
            if isinstance(value, list):
                waiting += reversed(value[: limits.STATED_OBJECTS])
            elif isinstance(value, dict):
                count += 1
                yield value
                keys = ("@graph",) if "faqpage" in _types(value) else ("mainEntity", "@graph")
                waiting += [value[key] for key in keys if key in value]


def _load(text: str) -> object:
    if len(text) > limits.STATEMENT_CHARACTERS:
        return None
    try:
        return json.loads(_COMMENTED.sub("", text).strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _types(value: Mapping[str, Any]) -> set[str]:
    stated = value.get("@type")
    stated = stated if isinstance(stated, list) else [stated]
    return {one.rsplit("/", 1)[-1].lower() for one in stated[:20] if isinstance(one, str)}
