"""A passage as the clipboard gets it: plain text and HTML, made from the article and never from the document.

An article and a range in, text and HTML out; no Qt.  Separate because what Qt would copy holds the document's own
names of links and pictures and the breaks that were made for presentation.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import pairwise

from archive_viewer.model import LINE_BREAK, PICTURE, Article, Block, Kind, Style

_CLOSE = (Kind.ITEM, Kind.CODE, Kind.CELL, Kind.TERM)
"""Kinds that follow one another line by line in plain text; an empty line stands around the others."""

_TAGS = {
    Style.BOLD: "b",
    Style.ITALIC: "i",
    Style.CODE: "code",
    Style.UNDERLINE: "u",
    Style.STRIKE: "s",
    Style.SUPERSCRIPT: "sup",
    Style.SUBSCRIPT: "sub",
    Style.HIGHLIGHT: "mark",
}


def plain(article: Article, start: int, end: int) -> str:
    """The words of a passage; a picture is its alt text in square brackets, cells of a row are parted by tabs."""
    made: list[str] = []
    before: Block | None = None
    for block, left, right in _cut(article, start, end):
        if before is not None:
            made.append(_between(before, block))
        made.append(_words(block, left, right))
        before = block
    return "".join(made)


def as_html(article: Article, start: int, end: int) -> str:
    """The passage with its headings, lists, tables, quotations, links and emphasis."""
    made: list[str] = []
    open_tags: list[str] = []
    before: Block | None = None
    for block, left, right in _cut(article, start, end):
        _close(made, open_tags, before, block)
        _open(made, open_tags, before, block)
        made.append(_inner(block, left, right))
        before = block
    _close(made, open_tags, before, None)
    return "".join(made)


def _cut(article: Article, start: int, end: int) -> Iterator[tuple[Block, int, int]]:
    for block in article.kept:
        offset = article.starts[block.n]
        if offset >= end:
            return
        left, right = max(0, start - offset), min(len(block.text), end - offset)
        # An empty cell or line of code holds its place in the copy too.
        if left < right or (not block.text and offset >= start):
            yield block, left, right


def _between(before: Block, block: Block) -> str:
    if before.cell and block.cell and before.cell.table == block.cell.table and before.cell.row == block.cell.row:
        return "\t" if before.cell.column != block.cell.column else "\n"
    return "\n" if before.kind is block.kind and block.kind in _CLOSE else "\n\n"


def _words(block: Block, left: int, right: int) -> str:
    words = block.text[left:right].replace(LINE_BREAK, "\n")
    if PICTURE not in words:
        return words
    alts = {picture.offset: picture.alt for picture in block.pictures}
    return "".join(
        (f"[{alts[left + place]}]" if alts.get(left + place) else "") if character == PICTURE else character
        for place, character in enumerate(words)
    )


def _inner(block: Block, left: int, right: int) -> str:
    edges = {left, right}
    edges.update(edge for span in block.spans for edge in (span.start, span.end) if left < edge < right)
    made = []
    for first, last in pairwise(sorted(edges)):
        words = html.escape(_words(block, first, last), quote=False).replace("\n", "<br>")
        for span in block.spans:
            if span.start <= first and span.end >= last:
                if span.style is Style.LINK and span.target:
                    words = f'<a href="{html.escape(span.target)}">{words}</a>'
                elif span.style in _TAGS:
                    words = f"<{_TAGS[span.style]}>{words}</{_TAGS[span.style]}>"
        made.append(words)
    return "".join(made)


def _frames(block: Block | None) -> list[str]:
    """The elements around a block's own, outermost first, that neighbours may share."""
    if block is None:
        return []
    if block.cell:
        return [f"table {block.cell.table}", f"tr {block.cell.row}"]
    frames = ["blockquote"] * (block.quote_depth or int(block.kind is Kind.QUOTE))
    if block.kind is Kind.ITEM:
        frames += ["ul" if block.number is None else "ol"] * max(1, block.level)
    elif block.kind is Kind.CODE:
        frames.append("pre")
    elif block.kind in (Kind.TERM, Kind.DEFINITION):
        frames.append("dl")
    return frames


def _close(made: list[str], open_tags: list[str], before: Block | None, block: Block | None) -> None:
    if before is not None:
        is_line = before.kind is Kind.CODE
        made.append("\n" if is_line else f"</{_tag(before)}>")
    wanted = _frames(block)
    while open_tags != wanted[: len(open_tags)]:
        made.append(f"</{open_tags.pop().split()[0]}>")


def _open(made: list[str], open_tags: list[str], before: Block | None, block: Block) -> None:
    for frame in _frames(block)[len(open_tags) :]:
        attributes = f' start="{block.number}"' if frame == "ol" and block.number not in (None, 1) else ""
        made.append(f"<{frame.split()[0]}{attributes}>")
        open_tags.append(frame)
    if block.kind is Kind.CODE:
        return
    attributes = f' dir="{block.direction}"' if block.direction else ""
    if block.cell:
        for name, span in (("rowspan", block.cell.row_span), ("colspan", block.cell.column_span)):
            attributes += f' {name}="{span}"' if span > 1 else ""
    made.append(f"<{_tag(block)}{attributes}>")


def _tag(block: Block) -> str:
    if block.cell:
        return "th" if block.cell.is_header else "td"
    if block.kind is Kind.HEADING:
        return f"h{min(max(block.level or 2, 1), 6)}"
    return {Kind.TITLE: "h1", Kind.ITEM: "li", Kind.TERM: "dt", Kind.DEFINITION: "dd"}.get(block.kind, "p")
