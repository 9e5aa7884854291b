"""The plain citation: the one place where the source of an excerpt is put into words.

An item, and the paragraphs cited, in; a line of text out.  It is separate so that every form of export, the clipboard
and the window say the same.  What is not known is left out or said to be unknown ("n.d."); nothing is invented.
"""

from __future__ import annotations

import re

from archive_viewer.model import Excerpt, Item, Source
from archive_viewer.text import one_line

UNDATED = "n.d."
UNTITLED = "[no title]"

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?Z")


def cite(item: Item, paragraphs: tuple[int, int] | None = None) -> str:
    """Author, title, site, publication date, capture date and address, paragraph, reference code, checksum.

    ``Anna Weiß. “The Harbour.” Evening Post. Published 2021-11-21. Captured 2021-12-05 10:00:00 UTC from
    https://post.example/harbour (paragraph 12, accession 2026-1, SHA-256 9f86…).``
    """
    origin = f"Captured {capture_date(item)}" + (f" from {one_line(item.url)}" if item.url else "")
    place = [cite_paragraphs(paragraphs)] if paragraphs else []
    if reference := reference_code(item):
        place.append(reference)
    place.append(f"SHA-256 {item.sha256}")
    sentences = [
        _sentence(cite_authors(item)),
        f"“{_sentence(title(item))}”" if one_line(item.title) else f"{UNTITLED}.",
        _sentence(one_line(item.site)),
        _sentence(f"Published {publication_date(item)}"),
        f"{origin} ({', '.join(place)}).",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def cite_excerpt(excerpt: Excerpt) -> str:
    """The citation of an excerpt's page and paragraphs."""
    return cite(excerpt.item, excerpt.paragraphs)


def title(item: Item) -> str:
    return one_line(item.title) or UNTITLED


def cite_authors(item: Item) -> str:
    """The authors as the page gives them, in its order; empty where it names none."""
    return ", ".join(name for name in map(one_line, item.authors) if name)


def publication_date(item: Item) -> str:
    """As exact as it is known; “[?]” where it is in doubt, “n.d.” where it is not known."""
    return _dated(item, "published", item.published)


def capture_date(item: Item) -> str:
    """As exact as it is known; “[inferred]” where no file states it, “n.d.” where it is not known."""
    return _dated(item, "captured_at", item.captured_at)


def cite_paragraphs(paragraphs: tuple[int, int]) -> str:
    first, last = paragraphs
    return f"paragraph {first}" if first == last else f"paragraphs {first}–{last}"


def reference_code(item: Item) -> str:
    """What the archivist calls the item, or else the accession that it came with."""
    if one_line(item.reference_code):
        return one_line(item.reference_code)
    stated = item.facts.get("reference_code")
    if stated is not None and isinstance(stated.value, str) and one_line(stated.value):
        return one_line(stated.value)
    return f"accession {one_line(item.accession)}" if one_line(item.accession) else ""


def _dated(item: Item, name: str, date: str) -> str:
    if not one_line(date):
        return UNDATED
    fact = item.typed.get(name) or item.facts.get(name)
    doubt = "" if fact is None else " [?]" if fact.doubt else " [inferred]" if fact.source is Source.INFERRED else ""
    return _MOMENT.sub(r"\1 \2 UTC", one_line(date)) + doubt


def _sentence(words: str) -> str:
    return words if not words or words[-1] in ".!?…。！？।" else f"{words}."
