"""Pages with marks as other programs write them into a page: their markup is read in those programs' sources."""

from __future__ import annotations

from collections.abc import Callable

FIRST = (
    "The envoys of both river towns met on Tuesday to speak about the ferry, the tolls and the winter road, and the "
    "talks lasted until the lamps were lit."
)
SECOND = (
    "Nobody had expected the 😀 harbour master to agree, but he said that the “old treaty” still held and that the "
    "boats would sail again in spring."
)
THIRD = "A second meeting is planned for the coming month, when the snow on the pass has melted and the bridge is open."

Wrap = Callable[[str], str]


def page(*paragraphs: str, attributes: str = "", after: str = "", title: str = "Tïtle 😀 of the ferry") -> str:
    """A page of these paragraphs, each with what stands around it in HTML."""
    body = "\n".join(text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"{attributes}><head><meta charset="utf-8"><title>{title}</title></head><body>\n'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About the ferry</a></li></ul></nav>\n'
        f"<article><h1>{title}</h1>\n{body}\n</article>\n"
        f'<footer>© The Gazette. <a href="/privacy">Privacy</a></footer></body>{after}</html>\n'
    )


def marked(text: str, words: str, *wraps: Wrap) -> str:
    """``text`` with ``words`` in it wrapped; several wraps share them out, as they must where tags stand between."""
    start = text.index(words)
    size = len(words) // len(wraps)
    cuts = [*(size * i for i in range(len(wraps))), len(words)]
    parts = [wrap(words[begin:end]) for wrap, begin, end in zip(wraps, cuts[:-1], cuts[1:], strict=True)]
    return text[:start] + "".join(parts) + text[start + len(words) :]


def singlefile(id: int, colour: str = "yellow") -> Wrap:
    """``highlightTextNode`` of SingleFile's ``content-ui-editor-web.js``."""
    opening = f'<span class="single-file-highlight single-file-highlight-{colour}" data-singlefile-highlight-id="{id}">'
    return lambda words: f"{opening}{words}</span>"


def singlefile_note(id: int, words: str, colour: str = "yellow") -> str:
    """``addNote`` of the same file, its shadow root written out as ``serializeShadowRoots`` does."""
    return (
        f'<single-file-note data-note-id="{id}"><template shadowrootmode="open"><style>.note{{left:0}}</style>'
        f'<div class="note note-anchored note-{colour}" data-color="note-{colour}" style="left:19px;top:19px">'
        '<header><img class="note-anchor" src="data:,"><img class="note-remove" src="data:,"></header>'
        f'<blockquote cite="https://www.w3.org/TR/annotation"><textarea dir="auto">{words}</textarea></blockquote>'
        '<div class="note-resize"></div></div></template></single-file-note>'
    )


def line_marker(id: str, style: str, note: str = "", place: str = "") -> Wrap:
    """``editor.lineMarker`` of WebScrapBook's ``editor/content.js``."""
    title = f' title="{note}"' if note else ""
    places = f' class="{place}"' if place else ""
    opening = f'<scrapbook-linemarker data-scrapbook-id="{id}" data-scrapbook-elem="linemarker" style="{style}"'
    return lambda words: f"{opening}{places}{title}>{words}</scrapbook-linemarker>"


def sticky(words: str, classes: str = "styled plaintext relative", id: str = "20200102030405678") -> str:
    """``createSticky`` of the same program."""
    return (
        f'<scrapbook-sticky data-scrapbook-id="{id}" data-scrapbook-elem="sticky" dir="ltr" class="{classes}" '
        f'style="left: 376px; top: 107px; width: 240px; height: 79px;">{words}</scrapbook-sticky>'
    )


def legacy_marker(style: str = "background-color: #FFFF00; color: #000000;", attributes: str = "") -> Wrap:
    """``lmSetMarker`` of ScrapBook."""
    return lambda words: f'<span class="linemarker-marked-line" style="{style}"{attributes}>{words}</span>'


def legacy_inline(note: str) -> Wrap:
    """ScrapBook's inline annotation."""
    style = "border-bottom: 2px dotted #FF3333; cursor: help;"
    return lambda words: f'<span style="{style}" class="scrapbook-inline" title="{note}">{words}</span>'


def bold(wrap: Wrap) -> Wrap:
    return lambda words: f"<b>{wrap(words)}</b>"
