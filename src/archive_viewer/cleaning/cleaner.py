"""The way from a capture to an article: decode, parse, read the blocks, choose, read the facts.

Captures or bytes in, an ``Article`` out.  Separate so that the steps know nothing of each other.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml.etree import _Element

from archive_viewer import charset
from archive_viewer.cleaning import (
    blocks,
    foreign_marks,
    front_matter,
    markers,
    metadata,
    noscripts,
    plain_text,
    signatures,
    structured,
    tree,
)
from archive_viewer.cleaning.drafts import Draft, Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.naming import Clues
from archive_viewer.cleaning.rulings import Ruling, Verdict
from archive_viewer.cleaning.sight import Sight
from archive_viewer.cleaning.structured import Statements
from archive_viewer.cleaning.version import CLEANER_VERSION
from archive_viewer.model import Article, Block, Capture, Format, Kind

_BODIES = ("articleBody", "text", "reviewBody")
"""What schema.org calls the text of an article that is stated for machines."""


class Look(NamedTuple):
    """A page's tree, what it states about itself, and what is known of its blocks."""

    root: _Element
    statements: Statements
    sight: Sight


def prepare() -> None:
    """Load what the choice of blocks needs, some tenths of a second, so that it is not counted to the first page."""
    from archive_viewer.cleaning import classifier

    classifier.shipped()


def clean(capture: Capture) -> Article:
    """The article of a saved page or text file."""
    text = charset.decode_as(capture.data, capture.charset.value)
    url = capture.url.value if capture.url else ""
    if capture.format is Format.TEXT or capture.media_type == "text/plain":
        return plain_text.clean_text(text)
    return _clean_page(text, url, is_xhtml="xhtml" in capture.media_type)


def clean_html(data: bytes, url: str | None = None) -> Article:
    """The article of a page given as bytes; ``url`` is where it was found, for its relative links."""
    text, _ = charset.decode(data)
    return _clean_page(text, url or "")


def look_at(text: str, url: str, *, is_xhtml: bool = False) -> Look:
    """All that is known of a page before its blocks are chosen."""
    root = tree.parse(text, is_xhtml=is_xhtml)
    with_marks = markers.may_hold(text)
    page = blocks.read(root, url, with_marks=with_marks)
    if noscripts.hold_the_page(root, page):
        page = blocks.read(root, url, with_noscript=True, with_marks=with_marks)
    statements = structured.read(root)
    is_american = (root.get("lang") or "").lower().replace("_", "-") == "en-us"
    titles, sites = metadata.titles_of(root, statements), metadata.sites_of(root, statements, url)
    front = front_matter.find(page, titles, sites, is_month_first=is_american)
    clues = Clues(
        url,
        statements.types,
        kind=" ".join(statements.meta.get("og:type", ())).lower(),
        titles=tuple(titles),
        description=max(statements.of("description", "og:description"), key=len, default=""),
        body=" ".join(structured.text_of(statements.article.get(name)) for name in _BODIES),
    )
    return Look(root, statements, Sight(page, front, clues, Ruling(page, front, clues)))


def _clean_page(text: str, url: str, *, is_xhtml: bool = False) -> Article:
    # Here, because a window that only opens a library need not wait for the numbers that this loads.
    from archive_viewer.cleaning import choice

    root, statements, sight = look_at(text, url, is_xhtml=is_xhtml)
    page, front = sight.page, sight.front
    verdicts = choice.choose(sight)
    numbered = enumerate(zip(page.drafts, verdicts, strict=True), 1)
    signed = signatures.signatures(page.nodes)
    made = tuple(
        _block(n, page, draft, verdict, _kind(n - 1, draft, front), signed[draft.node])
        for n, (draft, verdict) in numbered
    )
    kept_text = " ".join(block.text for block in made if block.is_kept)
    facts = metadata.read(root, page, front, statements, url, kept_text)
    marks, warnings = foreign_marks.gather(page, made)
    return Article(
        made,
        CLEANER_VERSION,
        title=facts.title,
        authors=facts.authors,
        site_name=facts.site_name,
        published=facts.published,
        modified=facts.modified,
        language=facts.language,
        canonical_url=facts.canonical_url,
        marks=marks,
        warnings=warnings,
    )


def _kind(index: int, draft: Draft, front: FrontMatter) -> Kind:
    if index == front.title:
        return Kind.TITLE
    return Kind.BYLINE if index == front.byline and draft.cell is None else draft.kind


def _block(n: int, page: Page, draft: Draft, verdict: Verdict, kind: Kind, signature: str) -> Block:
    return Block(
        n=n,
        kind=kind,
        text=draft.text,
        level=1 if kind is Kind.TITLE else 0 if kind is Kind.BYLINE else draft.level,
        fate=verdict.fate,
        reason=verdict.reason,
        confidence=verdict.confidence,
        spans=draft.spans,
        pictures=draft.pictures,
        cell=draft.cell,
        number=draft.number if kind is draft.kind else None,
        quote_depth=draft.quote_depth,
        direction=draft.direction,
        path=page.nodes[draft.node].path,
        anchor=draft.anchor,
        signature=signature,
    )
