"""Excerpts as one web page that opens anywhere, offline, and prints well.

Excerpts in, a self-contained HTML file out (no script, nothing loaded, forbidden by its own policy); and the claims of
such a file read back from what a reader sees: the words of the block quotations and of the proof lines, never from
attributes or comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape as escape_markup
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from lxml import etree
from lxml.etree import _Element

from archive_viewer.errors import NotAnExport
from archive_viewer.exporting import citation
from archive_viewer.exporting.excerpts import (
    HEADING,
    PROGRAM,
    STATES,
    Sheet,
    arrow,
    count,
    direction,
    extent,
    far_end,
    far_words,
    mark_name,
    sheets,
    web_address,
)
from archive_viewer.exporting.html_style import STYLE
from archive_viewer.model import LINE_BREAK, Claim, Excerpt, Item, LinkEnd
from archive_viewer.text import one_line

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
SNIFFED = 4_096
NOT_WHOLE = "The file is empty or damaged: it is not whole HTML."

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|(font-size|opacity)\s*:\s*0", re.IGNORECASE)


def write(excerpts: Sequence[Excerpt], stream: BinaryIO) -> None:
    """Write ``excerpts``, page by page, after a table of contents."""
    text = TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
    pages = sheets(excerpts)
    names = {excerpt.annotation.id for excerpt in excerpts}
    _write_head(pages, text)
    for page in pages:
        _write_page(page, names, text)
    text.write("</main>\n</body>\n</html>\n")
    text.detach()


def is_ours(text: str) -> bool:
    # Excerpts about HTML name it in every form; only HTML itself begins with a tag or a comment.
    head = text.lstrip()[:SNIFFED].lower()
    return head.startswith("<") and ("<html" in head or "<!doctype html" in head)


def read_claims(text: str) -> list[Claim]:
    """What each excerpt's block quotations and proof say now; a quotation outside of any excerpt claims no item.

    :raises NotAnExport: this is not HTML.
    """
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise NotAnExport(NOT_WHOLE) from error
    if page is None:  # Cut off within its first lines, it has no element at all.
        raise NotAnExport(NOT_WHOLE)
    claims: list[Claim] = []
    for article in page.iter("article", "blockquote"):
        if article.tag == "article":
            quotes = list(article.iter("blockquote"))
            if quotes:
                claims.append(_claim(article, "\n".join(map(_quote, quotes))))
        elif next(article.iterancestors("article", "blockquote"), None) is None:
            claims.append(Claim(_quote(article), "", ""))
    return claims


# -- writing ----------------------------------------------------------------------------------------------------


def _write_head(pages: Sequence[Sheet], text: TextIO) -> None:
    text.write(
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{HEADING}: {extent(pages)}</title>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="{PROGRAM}">\n<meta name="dcterms.title" content="{HEADING}">\n'
        f'<meta name="dcterms.extent" content="{extent(pages)}">\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n'
        f'<h1>{HEADING}</h1>\n<p class="extent">{extent(pages)}</p>\n<nav aria-label="Pages">\n<ol>\n'
    )
    for page in pages:
        passages = count(len(page.excerpts), "passage")
        text.write(f'<li><a href="#page-{page.number}" dir="auto">{_title(page.item)}</a> ({passages})</li>\n')
    text.write("</ol>\n</nav>\n")


def _write_page(page: Sheet, names: set[str], text: TextIO) -> None:
    item = page.item
    dates = f"published {citation.publication_date(item)}", f"captured {citation.capture_date(item)}"
    facts = [f"<bdi>{_safe(words)}</bdi>" for words in (citation.cite_authors(item), one_line(item.site)) if words]
    text.write(
        f'<section id="page-{page.number}">\n<h2 lang="{_safe(item.language)}" dir="auto">{_title(item)}</h2>\n'
        f'<p class="facts">{" · ".join([*facts, *map(_safe, dates)])}</p>\n'
    )
    if item.url:
        text.write(f'<p class="facts">{_address(item.url, item)}</p>\n')
    for excerpt in page.excerpts:
        text.writelines(_parts(excerpt, names))
    text.write("</section>\n")


def _parts(excerpt: Excerpt, names: set[str]) -> Iterator[str]:
    """The elements of one excerpt."""
    mark, item = excerpt.annotation, excerpt.item
    numbers = citation.cite_paragraphs(excerpt.paragraphs)
    colour = mark.colour.value
    yield f'<article class="excerpt {colour}" id="{mark_name(mark.id)}">\n'
    yield f"<h3>{numbers[:1].upper()}{numbers[1:]} · "
    yield f'<span class="swatch" aria-hidden="true"></span> {colour}</h3>\n'
    yield f'<blockquote lang="{_safe(item.language)}" dir="{direction(excerpt.quote)}">\n'
    for block in excerpt.quote.split("\n"):
        yield f"<p>{'<br>'.join(map(_safe, block.split(LINE_BREAK)))}</p>\n"
    yield "</blockquote>\n"
    if STATES[mark.state]:
        yield f'<p class="place"><span class="label">Place:</span> {STATES[mark.state]}</p>\n'
    if mark.note:
        yield f'<p class="note" dir="auto"><span class="label">Note:</span> {_safe(mark.note)}</p>\n'
    if mark.tags:
        yield '<ul class="tags" aria-label="Tags">\n'
        yield from (f'<li dir="auto">{_safe(one_line(tag))}</li>\n' for tag in mark.tags)
        yield "</ul>\n"
    if excerpt.links:
        yield '<ul class="links" aria-label="Links">\n'
        yield from (f"<li>{_link(end, names)}</li>\n" for end in excerpt.links)
        yield "</ul>\n"
    yield f'<p class="source"><span class="label">Source:</span> {_safe(citation.cite_excerpt(excerpt))}</p>\n'
    yield f'<p class="proof"><span class="label">Proof:</span> item <code class="item">{_safe(item.id)}</code>'
    if mark.start is not None and mark.end is not None:
        yield f', characters <span class="start">{mark.start}</span>–<span class="end">{mark.end}</span>'
    yield f', SHA-256 <code class="sha256">{_safe(item.sha256)}</code></p>\n</article>\n'


def _link(end: LinkEnd, names: set[str]) -> str:
    words = f"“<bdi>{_safe(far_words(end))}</bdi>”"
    if far_end(end) in names:
        words = f'<a href="#{mark_name(far_end(end))}">{words}</a>'
    title = f", <bdi>{_safe(one_line(end.title))}</bdi>" if end.quote and one_line(end.title) else ""
    address = f", {_address(end.url)}" if end.url else ""
    note = f". <bdi>{_safe(one_line(end.link.note))}</bdi>" if one_line(end.link.note) else ""
    return f"{_safe(arrow(end))} {words}{title}{address}{note}"


def _address(url: str, item: Item | None = None) -> str:
    """A link to the living page; with ``item``, in the form of Robust Links 1.0, which says the day of the capture."""
    shown = _safe(one_line(url))
    if not web_address(url):
        return f"<bdi>{shown}</bdi>"
    day = item.captured_at[:10] if item else ""
    robust = f' data-originalurl="{shown}" data-versiondate="{_safe(day)}"' if day else ""
    return f'<a href="{shown}" rel="noreferrer" dir="ltr"{robust}>{shown}</a>'


def _title(item: Item) -> str:
    return _safe(citation.title(item))


def _safe(text: str) -> str:
    """Text for an element or an attribute; a carriage return would be read as a line end, a null as the file's end."""
    return escape_markup(text.replace("\0", "\ufffd")).replace("\r", "&#13;")


# -- reading ----------------------------------------------------------------------------------------------------


def _claim(article: _Element, quote: str) -> Claim:
    start, end = _said(article, "start"), _said(article, "end")
    is_placed = all(number.isdecimal() and len(number) < 10 for number in (start, end))
    return Claim(
        quote=quote,
        item_id=_said(article, "item"),
        sha256=_said(article, "sha256"),
        start=int(start) if is_placed else None,
        end=int(end) if is_placed else None,
    )


def _said(article: _Element, name: str) -> str:
    for proof in article.iter("p"):
        if proof.get("class") == "proof":
            return "".join(
                one_line(part.text or "") for part in proof.iter("code", "span") if part.get("class") == name
            )
    return ""


def _quote(quotation: _Element) -> str:
    if any(map(_is_hidden, (quotation, *quotation.iterancestors()))):
        return ""
    paragraphs = list(quotation.iter("p"))
    return "\n".join(map(_words, paragraphs or [quotation]))


def _words(element: _Element) -> str:
    """The words that an element shows, a ``<br>`` as a line separator; line ends of the file itself are blanks."""
    if _is_hidden(element):
        return ""
    pieces = [(element.text or "").replace("\n", " ")]
    for part in element:
        pieces += LINE_BREAK if part.tag == "br" else _words(part), (part.tail or "").replace("\n", " ")
    return "".join(pieces)


def _is_hidden(element: _Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDING.search(element.get("style", "")))
