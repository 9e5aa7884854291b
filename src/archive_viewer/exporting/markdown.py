"""Excerpts as Markdown: for notes, for a text editor, for pandoc.

Excerpts in, UTF-8 with LF line ends out; and the claims of such a file read back.  Each excerpt is a block quotation
followed by its note, tags, links, source, and a *Proof* line that names the item, the place and the checksum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import BinaryIO, TextIO

from archive_viewer.exporting import citation
from archive_viewer.exporting.excerpts import (
    HEADING,
    PROGRAM,
    STATES,
    Sheet,
    arrow,
    extent,
    far_end,
    far_words,
    mark_name,
    sheets,
    web_address,
)
from archive_viewer.exporting.markdown_text import escape, paragraphs, read_paragraphs
from archive_viewer.model import Claim, Excerpt, LinkEnd
from archive_viewer.text import one_line

_PROOF = re.compile(
    r"\*\*Proof:\*\* item `(?P<item>[^`]*)`"
    r"(?:, characters (?P<start>\d{1,9})–(?P<end>\d{1,9}))?, SHA-256 `(?P<sha256>[^`]*)`\s*"
)
_QUOTED = re.compile(r" {0,3}> ?(.*)", re.DOTALL)


def write(excerpts: Sequence[Excerpt], stream: BinaryIO) -> None:
    """Write ``excerpts``, page by page."""
    text = TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
    pages = sheets(excerpts)
    names = {excerpt.annotation.id for excerpt in excerpts}
    _write_head(pages, text)
    for page in pages:
        _write_page(page, names, text)
    text.detach()


def is_ours(text: str) -> bool:
    return any(_PROOF.fullmatch(line) for line in text.split("\n"))


def read_claims(text: str) -> Iterator[Claim]:
    """What each block quotation, up to its proof, says now; one without a proof claims no item."""
    quote: list[str] = []
    for line in text.split("\n"):
        quoted, proof = _QUOTED.fullmatch(line), _PROOF.fullmatch(line)
        if quoted:
            quote.append(quoted.group(1))
        elif proof:
            start, end = proof.group("start", "end")
            yield Claim(
                quote=read_paragraphs(quote),
                item_id=proof["item"],
                sha256=proof["sha256"],
                start=None if start is None else int(start),
                end=None if end is None else int(end),
            )
            quote = []
        elif quote and line.startswith("#"):
            yield Claim(read_paragraphs(quote), "", "")
            quote = []
        elif quote:
            quote.append("")
    if quote:
        yield Claim(read_paragraphs(quote), "", "")


def _write_head(pages: Sequence[Sheet], text: TextIO) -> None:
    text.write(f"---\ntitle: {HEADING}\nextent: {extent(pages)}\ngenerator: {PROGRAM}\n---\n\n# {HEADING}\n\n")
    text.write(f"{extent(pages)[:1].upper()}{extent(pages)[1:]}.\n")
    for page in pages:
        gap = "\n" if page.number == 1 else ""
        text.write(f"{gap}- [{escape(citation.title(page.item))}](#page-{page.number})\n")


def _write_page(page: Sheet, names: set[str], text: TextIO) -> None:
    item = page.item
    dates = f"published {citation.publication_date(item)}", f"captured {citation.capture_date(item)}"
    facts = [words for words in (citation.cite_authors(item), one_line(item.site), *dates) if words]
    text.write(f'\n<a id="page-{page.number}"></a>\n\n## {escape(citation.title(item))}\n\n')
    text.write(f"{escape(' · '.join(facts))}\n")
    if item.url:
        text.write(f"\n{_address(item.url)}\n")
    for excerpt in page.excerpts:
        text.writelines(f"\n{part}\n" for part in _parts(excerpt, names))


def _parts(excerpt: Excerpt, names: set[str]) -> Iterator[str]:
    """The paragraphs of one excerpt, as Markdown."""
    mark = excerpt.annotation
    numbers = citation.cite_paragraphs(excerpt.paragraphs)
    yield f'<a id="{mark_name(mark.id)}"></a>'
    yield f"### {numbers[:1].upper()}{numbers[1:]} · {mark.colour.value}"
    yield paragraphs(excerpt.quote, "> ")
    if STATES[mark.state]:
        yield f"**Place:** {STATES[mark.state]}"
    if mark.note:
        yield f"**Note:** {paragraphs(mark.note)}"
    if mark.tags:
        yield f"**Tags:** {escape(', '.join(map(one_line, mark.tags)))}"
    if excerpt.links:
        yield "**Links:**"
        yield "\n".join(_link(end, names) for end in excerpt.links)
    yield f"**Source:** {escape(citation.cite_excerpt(excerpt))}"
    place = "" if mark.start is None or mark.end is None else f", characters {mark.start}–{mark.end}"
    yield f"**Proof:** item `{_code(excerpt.item.id)}`{place}, SHA-256 `{_code(excerpt.item.sha256)}`"


def _link(end: LinkEnd, names: set[str]) -> str:
    words = f"“{escape(far_words(end))}”"
    if far_end(end) in names:
        words = f"[{words}](#{mark_name(far_end(end))})"
    source = [escape(one_line(end.title))] if end.quote and one_line(end.title) else []
    if end.url:
        source.append(_address(end.url))
    note = f". {escape(one_line(end.link.note))}" if one_line(end.link.note) else ""
    return f"- {', '.join([f'{escape(arrow(end))} {words}', *source])}{note}"


def _address(url: str) -> str:
    return f"<{url}>" if web_address(url) else escape(one_line(url))


def _code(id: str) -> str:
    return one_line(id).replace("`", "")
