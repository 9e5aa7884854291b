"""Plain text saves: the article of a text file, its menus and share bars stripped.

Text in, an ``Article`` out.  Separate from pages: a text file has no elements, so lists of short lines before the
first headline, and after the last paragraph, are all that tells its furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from archive_viewer import limits
from archive_viewer.cleaning import bylines, dates, languages, wording
from archive_viewer.cleaning.characters import admit, composed
from archive_viewer.cleaning.lines import Paragraph, paragraphs
from archive_viewer.cleaning.version import CLEANER_VERSION
from archive_viewer.model import Article, Block, Fact, Fate, Kind, Reason, Source
from archive_viewer.text import one_line

_LONG = 100
"""Characters: a paragraph this long, or a sentence of half of it, is the article's own."""
_LONGEST_ENTRY = 40
"""Characters of a menu's entry."""
_FEWEST_ENTRIES = 3
_LONGEST_TITLE = 250
_FRONT_MATTER = 8
"""Paragraphs after the title in which the byline stands."""
_WHITE = re.compile(r"[ \t\f\v]{2,}|[\t\f\v]")
_LONGEST_BAR = 400
_BAR = re.compile(r"\s+[|•·»›/]\s+|\s*[|｜»›]\s*")
_GAP = re.compile(r"(?<=\S)(?: {2,}|\t+)(?=\S)")
"""What parts the entries of a bar that was saved as it stood on the screen."""
_LINK_NUMBER = re.compile(r"\[\d{1,4}\](?=\w)")
"""How text browsers number the links of a page."""
_HASHES = re.compile(r"(#{1,6})[ \t]+(?=\S)")
"""How Markdown begins a heading."""
_MAIL_FIELD = re.compile(
    r"(?P<name>from|to|cc|subject|date|sent|reply-to|message-id|newsgroups|organization):[ \t]*(?P<said>\S.*)",
    re.IGNORECASE,
)
_FEWEST_FIELDS = 3
_MAIL_ADDRESS = re.compile(r"\s*[<(\[]?[\w.+-]+@[\w.-]+[>)\]]?\s*")
_ADDRESS = re.compile(r"(?:\w{2,12}://|mailto:|javascript:)\S*(?: \S+){0,3}")
_LINKS_OF_HEAD = re.compile(r"#\[\d{1,4}\]")
"""How lynx begins a page whose head has links to feeds and neighbours."""

_BAR_IN_BRACKETS = re.compile(r"(?:\[[^\[\]]{1,40}\]\s*){3,}|(?:\[\d{1,4}\][^\[\]]{1,40}){3,}")
"""A bar of links as w3m writes it, and as lynx does."""

_SENTENCE_END = (".", "!", "?", "…", "।", "۔", "؟", "。", "！", "？")
_QUOTE_END = ("”", '"', "»", "」")
_INNER_END = re.compile(r"[.!?।۔؟][\])\d\[]*\s+\S|[。！？]")
_SURE, _LIKELY = 0.9, 0.7


class _Line(NamedTuple):
    """A block, with what its paragraph showed and its text does not: the empty line above it, the entries of a row."""

    block: Block
    follows_blank: bool
    row: tuple[str, ...] = ()


def clean_text(text: str) -> Article:
    """The article of a text file."""
    lines = list(_lines(text))
    blocks = [line.block for line in lines]
    fields = _mail_fields(blocks)
    reasons = _reasons(lines, len(fields))
    title = fields["subject"] if "subject" in fields else _title_of(blocks, reasons)
    if title is not None:
        blocks[title] = replace(blocks[title], kind=Kind.TITLE, level=1)
    byline = None if fields else _mark_byline(blocks, reasons, title)
    judged = tuple(
        replace(
            block,
            n=n,
            fate=Fate.STRIPPED if reason else Fate.KEPT,
            reason=reason,
            confidence=_LIKELY if reason else _SURE,
        )
        for n, (block, reason) in enumerate(zip(blocks, reasons, strict=True), 1)
    )
    language = languages.infer(
        " ".join(block.text for block, reason in zip(blocks, reasons, strict=True) if not reason)
    )
    return Article(
        judged,
        CLEANER_VERSION,
        title=_title_fact(blocks, title, fields),
        authors=_senders(blocks, fields) if fields else _authors(byline),
        published=_published(blocks, reasons, title, byline),
        language=Fact(language, Source.INFERRED, "the words of the text") if language else None,
    )


def _lines(text: str) -> Iterator[_Line]:
    """A block for each paragraph; the last ones of an endless file share one."""
    text = admit(text.replace("\r\n", "\n").replace("\r", "\n"))
    indents: list[int] = []
    for paragraph in paragraphs(text, limits.BLOCKS):
        row = tuple(_GAP.split(paragraph.text)) if len(paragraph.text) <= _LONGEST_BAR else ()
        for block in _cut(_block(paragraph, _level(paragraph, indents))):
            yield _Line(block, paragraph.follows_blank, row)


def _level(paragraph: Paragraph, indents: list[int]) -> int:
    """How deep an item lies, by the indents of the items above it."""
    if not paragraph.bullet:
        if paragraph.follows_blank and not paragraph.indent:
            indents.clear()
        return 0
    while indents and indents[-1] > paragraph.indent:
        indents.pop()
    if not indents or indents[-1] < paragraph.indent:
        indents.append(paragraph.indent)
    return len(indents)


def _block(paragraph: Paragraph, level: int) -> Block:
    kind = Kind.PARAGRAPH
    if paragraph.bullet:
        kind = Kind.ITEM
    elif paragraph.quote_depth:
        kind = Kind.QUOTE
    elif paragraph.is_underlined:
        kind, level = Kind.HEADING, 2
    text = composed(_spaced(paragraph.text))
    hashes = _HASHES.match(text) if kind is Kind.PARAGRAPH and len(text) <= _LONGEST_TITLE else None
    if hashes:
        kind, level, text = Kind.HEADING, len(hashes[1]), text[hashes.end() :]
    return Block(0, kind, text, level, number=paragraph.number, quote_depth=paragraph.quote_depth)


def _spaced(text: str) -> str:
    return _WHITE.sub(" ", text).strip(" ") if _WHITE.search(text) else text.strip(" ")


def _cut(block: Block) -> Iterator[Block]:
    size = limits.BLOCK_CHARACTERS
    if len(block.text) <= size:
        yield block
        return
    for start in range(0, len(block.text), size):
        yield replace(block, text=block.text[start : start + size])


# -- what is furniture ------------------------------------------------------------------------------------------


def _reasons(lines: Sequence[_Line], first_free: int) -> list[Reason | None]:
    """Why each line is furniture; those before ``first_free`` are the head of a mail."""
    blocks = [line.block for line in lines]
    reasons: list[Reason | None] = [None] * len(blocks)
    prose = [i for i, block in enumerate(blocks) if _is_prose(block)]
    if not prose:
        return reasons  # a shopping list, a poem: nothing tells a menu from it
    first, last = prose[0], prose[-1]
    for start, end in _runs(blocks[:first]):
        if _is_menu(blocks[start:end]):
            reasons[start:end] = [Reason.NAVIGATION] * (end - start)
    end_reason: Reason | None = None
    for i in range(last + 1, len(blocks)):
        end_reason = wording.section_reason(blocks[i].text) or end_reason
        reasons[i] = wording.line_reason(blocks[i].text) or end_reason
    for start, end in _runs(blocks[last + 1 :]):
        start, end = start + last + 1, end + last + 1
        # Text browsers list a page's links behind its text, under a heading of their own.
        is_under_heading = reasons[start - 1] is Reason.NAVIGATION
        if _is_menu(blocks[start:end]) or (is_under_heading and all(map(_is_address, blocks[start:end]))):
            reasons[start:end] = [reason or Reason.NAVIGATION for reason in reasons[start:end]]
    for i in range(first_free, first):
        reasons[i] = reasons[i] or wording.line_reason(blocks[i].text) or _bar_reason(lines[i])
    for i in range(last + 1, len(blocks)):
        reasons[i] = reasons[i] or (_bar_reason(lines[i]) if _is_known_bar(lines[i]) else None)
    _strip_bare_menus(lines, reasons, first_free, first, last)
    return reasons


def _strip_bare_menus(
    lines: Sequence[_Line], reasons: list[Reason | None], first_free: int, first: int, last: int
) -> None:
    """Strip lines that stand together without bullets, when one of them is a menu's entry by its words; and those
    behind the text that stood in a menu before it."""
    start = first_free
    while start < first:
        end = start + 1
        while end < first and not lines[end].follows_blank:
            end += 1
        run = [line.block for line in lines[start:end]]
        is_known = any(reason for reason in reasons[start:end])
        if is_known and len(run) > _FEWEST_ENTRIES and all(_is_bare_entry(block) for block in run):
            reasons[start:end] = [reason or Reason.NAVIGATION for reason in reasons[start:end]]
        start = end
    entries = {lines[i].block.text for i in range(first) if reasons[i] is Reason.NAVIGATION}
    for i in range(last + 1, len(lines)):
        if lines[i].block.text in entries:
            reasons[i] = reasons[i] or Reason.NAVIGATION


def _is_bare_entry(block: Block) -> bool:
    text = block.text
    if len(text) > _LONGEST_ENTRY or text.endswith(_SENTENCE_END):
        return False
    return not bylines.read(text) and dates.find(text) is None


def _is_address(block: Block) -> bool:
    return _ADDRESS.fullmatch(block.text) is not None


def _is_prose(block: Block) -> bool:
    if _is_address(block):
        return False
    if block.kind is Kind.ITEM and len(block.text) < 2 * _LONG:
        return False
    if len(block.text) <= _LONGEST_BAR and len(_BAR.split(block.text)) > _FEWEST_ENTRIES:
        return False
    return len(block.text) >= _LONG or (
        len(block.text) >= _LONG // 2 and block.text.endswith(_SENTENCE_END + _QUOTE_END)
    )


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Ranges of items that stand together."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].kind is Kind.ITEM:
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _is_menu(items: Sequence[Block]) -> bool:
    if len(items) < _FEWEST_ENTRIES:
        return False
    entries = [item.text for item in items]
    return all(len(entry) <= _LONGEST_ENTRY and not entry.endswith(_SENTENCE_END) for entry in entries)


def _bar_reason(line: _Line) -> Reason | None:
    text = line.block.text
    if len(text) > _LONGEST_BAR or line.block.kind is Kind.HEADING:
        return None
    words = text.split()
    if len(words) >= _FEWEST_ENTRIES and all(wording.line_reason(word) is Reason.SHARE for word in words):
        return Reason.SHARE
    if _LINKS_OF_HEAD.match(text) or _BAR_IN_BRACKETS.fullmatch(text):
        return Reason.NAVIGATION
    if _is_bar(line.row) and _is_known_bar(line):  # a table has rows, too
        return Reason.NAVIGATION
    return Reason.NAVIGATION if _is_bar(_BAR.split(text)) else None


def _is_known_bar(line: _Line) -> bool:
    """Whether an entry of a bar is furniture by its words."""
    entries = [*line.row, *_BAR.split(line.block.text)] if len(line.block.text) <= _LONGEST_BAR else []
    return any(wording.line_reason(entry.strip()) for entry in [*entries, *line.block.text[:_LONGEST_BAR].split()])


def _is_bar(parts: Sequence[str]) -> bool:
    entries = [part for part in parts if part.strip()]
    if len(entries) < _FEWEST_ENTRIES or any(len(entry) > _LONGEST_ENTRY for entry in entries):
        return False
    return not any(entry.endswith(_SENTENCE_END) or dates.find(entry) for entry in entries)


# -- title, byline, date ----------------------------------------------------------------------------------------


def _mail_fields(blocks: Sequence[Block]) -> Mapping[str, int]:
    """Which block has which field of a mail's head (RFC 5322, section 3.6); empty where the file begins as no mail."""
    fields: dict[str, int] = {}
    for i, block in enumerate(blocks):
        field = _MAIL_FIELD.fullmatch(block.text) if block.kind is Kind.PARAGRAPH else None
        if field is None:
            break
        fields.setdefault(field["name"].lower(), i)
    return fields if len(fields) >= _FEWEST_FIELDS and "from" in fields else {}


def _said(block: Block) -> str:
    field = _MAIL_FIELD.fullmatch(block.text)
    return field["said"] if field else ""


def _senders(blocks: Sequence[Block], fields: Mapping[str, int]) -> Fact[list[str]] | None:
    said = _said(blocks[fields["from"]])
    names = bylines.stated_names([_MAIL_ADDRESS.sub(" ", said).strip(' "()')])
    return Fact(list(names), Source.STATED, "From, in the mail's head") if names else None


def _title_fact(blocks: Sequence[Block], title: int | None, fields: Mapping[str, int]) -> Fact[str] | None:
    if title is None:
        return None
    if "subject" in fields:
        return Fact(one_line(_said(blocks[title])), Source.STATED, "Subject, in the mail's head")
    return Fact(one_line(_LINK_NUMBER.sub("", blocks[title].text)), Source.INFERRED, "first line of the text")


def _authors(byline: bylines.Byline | None) -> Fact[list[str]] | None:
    return Fact(list(byline.names), Source.STATED, "byline in the text") if byline and byline.names else None


def _title_of(blocks: Sequence[Block], reasons: Sequence[Reason | None]) -> int | None:
    """The first line that is no furniture, if it reads like a headline."""
    for i, block in enumerate(blocks):
        if reasons[i] or not any(character.isalnum() for character in block.text):
            continue
        if block.kind is Kind.ITEM or bylines.read(block.text) or dates.find(block.text[:40]):
            continue
        return i if _is_headline(block.text) and any(not reason for reason in reasons[i + 1 :]) else None
    return None


def _is_headline(text: str) -> bool:
    letters = sum(character.isalpha() for character in text[:_LONGEST_TITLE])
    if letters < 2 or len(text) > _LONGEST_TITLE:
        return False
    return len(text) <= _LONG or not (_INNER_END.search(text) or text.endswith(_SENTENCE_END))


def _mark_byline(blocks: list[Block], reasons: Sequence[Reason | None], title: int | None) -> bylines.Byline | None:
    for i in _front_matter(blocks, reasons, title):
        found = bylines.read(_LINK_NUMBER.sub("", blocks[i].text))
        if found:
            blocks[i] = replace(blocks[i], kind=Kind.BYLINE, level=0)
            return found
    return None


def _front_matter(blocks: Sequence[Block], reasons: Sequence[Reason | None], title: int | None) -> Iterator[int]:
    start = 0 if title is None else title + 1
    for i in range(start, min(start + _FRONT_MATTER, len(blocks))):
        if reasons[i] is None:
            if _is_prose(blocks[i]) and len(blocks[i].text) > 2 * _LONG:
                return
            yield i


def _published(
    blocks: Sequence[Block], reasons: Sequence[Reason | None], title: int | None, byline: bylines.Byline | None
) -> Fact[str] | None:
    """The date of the byline, or of a line in the front matter that is little else than a date."""
    if byline and byline.dated:
        return Fact(byline.dated.value, Source.STATED, "byline in the text", byline.dated.doubt)
    for i in _front_matter(blocks, reasons, title):
        dated = dates.find(blocks[i].text)
        if dated and len(blocks[i].text) <= 2 * (dated.end - dated.start) + 20:
            return Fact(dated.value, Source.STATED, "date line in the text", dated.doubt)
    return None
