"""The way from a capture to an article: decode, parse, read the blocks, choose, read the facts.

Captures or bytes in, an ``Article`` out.  Separate so that the steps know nothing of each other.
"""

from __future__ import annotations

from archive_viewer import charset
from archive_viewer.cleaning import blocks, choice, plain_text, tree
from archive_viewer.cleaning.characters import count_words
from archive_viewer.cleaning.choice import Verdict
from archive_viewer.cleaning.drafts import Draft, Page
from archive_viewer.model import Article, Block, Capture, Fact, Format, Source

CLEANER_VERSION = "1"
"""Written into each article; another number than the stored one means that cleaning again may choose differently."""

_EMPTY_WITHOUT_SCRIPTS = 60
_FULL_WITH_NOSCRIPT = 100
"""Words: a page that shows fewer than the first, and more than the second where no scripts run, is read as a browser
without scripts shows it (Discourse keeps its posts in ``noscript``)."""


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


def _clean_page(text: str, url: str, *, is_xhtml: bool = False) -> Article:
    root = tree.parse(text, is_xhtml=is_xhtml)
    page = blocks.read(root, url)
    if _words(page) < _EMPTY_WITHOUT_SCRIPTS:
        with_noscript = blocks.read(root, url, with_noscript=True)
        if _words(with_noscript) > _FULL_WITH_NOSCRIPT:
            page = with_noscript
    verdicts = choice.choose(page)
    numbered = zip(page.drafts, verdicts, strict=True)
    title = next((d.text for d in page.drafts if d.kind == "heading"), "") or root.findtext(".//title", "").strip()
    return Article(
        tuple(_block(n, page, draft, verdict) for n, (draft, verdict) in enumerate(numbered, 1)),
        CLEANER_VERSION,
        title=Fact(title, Source.STATED, "title") if title else None,
    )


def _words(page: Page) -> int:
    return sum(count_words(draft.text) for draft in page.drafts if draft.reason is None)


def _block(n: int, page: Page, draft: Draft, verdict: Verdict) -> Block:
    return Block(
        n=n,
        kind=draft.kind,
        text=draft.text,
        level=draft.level,
        fate=verdict.fate,
        reason=verdict.reason,
        confidence=verdict.confidence,
        spans=draft.spans,
        pictures=draft.pictures,
        cell=draft.cell,
        number=draft.number,
        quote_depth=draft.quote_depth,
        direction=draft.direction,
        path=page.nodes[draft.node].path,
        anchor=draft.anchor,
    )
