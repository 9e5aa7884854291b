"""Plain text ↔ Markdown (CommonMark 0.31), exactly.

Any text in, Markdown that shows it out; and the way back.  It is separate because the two directions must agree to
the character: what is verified is the text that the Markdown shows.

Blocks of a text (divided by ``\\n``) are paragraphs, line separators (U+2028) are hard line breaks, and an empty block
or line is a zero-width space written as an entity.  Every character that CommonMark, GitHub or pandoc could take for
markup is escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from archive_viewer.model import LINE_BREAK

NOTHING = "&#8203;"
"""Stands for an empty block or line; a zero-width space of the text itself is written as it is."""

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$^@]")
_OPENING = re.compile(r"[#+\-=:%]|\d{1,9}(?=[.)])")
_EDGES = re.compile(r"^\s+|\s+$")
_UNSEEN = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\x85\u2029\ufeff]")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def escape(text: str) -> str:
    """One line of text as Markdown that shows it, wherever in a line it stands."""
    if not text:
        return NOTHING
    escaped = _MARKUP.sub(r"\\\g<0>", text)
    if opening := _OPENING.match(escaped):
        end = opening.end()
        escaped = escaped[:end] + "\\" + escaped[end:] if opening.group().isdigit() else "\\" + escaped
    escaped = _EDGES.sub(lambda run: "".join(map(_entity, run.group())), escaped)
    return _UNSEEN.sub(lambda character: _entity(character.group()), escaped)


def unescape(markdown: str) -> str:
    """The text that one line of Markdown shows, emphasis and links apart."""
    return "" if markdown == NOTHING else _ESCAPED.sub(_meant, markdown)


def paragraphs(text: str, prefix: str = "") -> str:
    """Text as Markdown paragraphs, every line of them after ``prefix`` (``"> "``: a block quotation)."""
    return f"\n{prefix.rstrip()}\n".join(
        "\\\n".join(prefix + escape(line) for line in block.split(LINE_BREAK)) for block in text.split("\n")
    )


def read_paragraphs(lines: Iterable[str]) -> str:
    """The text that Markdown paragraphs show: what ``paragraphs`` was given, or what somebody made of it."""
    return "\n".join(_blocks(lines))


def _blocks(lines: Iterable[str]) -> Iterator[str]:
    block, joint = None, ""
    for line in lines:
        words = line.strip(" \t\r")
        if not words:
            if block is not None:
                yield block + ("\\" if joint == LINE_BREAK else "")
            block, joint = None, ""
            continue
        is_broken = (len(words) - len(words.rstrip("\\"))) % 2 == 1
        shown = unescape(words[:-1] if is_broken else words)
        block = shown if block is None else block + joint + shown
        joint = LINE_BREAK if is_broken or line.rstrip("\r").endswith("  ") else " "
    if block is not None:
        yield block + ("\\" if joint == LINE_BREAK else "")


def _entity(character: str) -> str:
    return f"&#{ord(character)};"


def _meant(match: re.Match[str]) -> str:
    punctuation, entity = match.groups()
    if punctuation:
        return str(punctuation)
    if not entity.startswith("#"):
        return html.unescape(match.group())
    number = int(entity[2:], 16) if entity[1] in "xX" else int(entity[1:])
    is_character = number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_character else "\ufffd"
