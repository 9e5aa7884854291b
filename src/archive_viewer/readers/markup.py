"""What a page's markup says before anybody reads the page: is it HTML, what does its head state, what does it load.

Text in, answers out.  Separate from the cleaner, which builds a tree of the whole page: here the page streams past
once, and only comments, declarations and addresses are kept.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import cast

from lxml import etree

from archive_viewer import limits, tags

_STRUCTURE = set(
    "html head title base meta link style script noscript template body frameset frame iframe article section nav "
    "aside header footer main address hgroup h1 h2 h3 h4 h5 h6 div p hr pre blockquote ol ul dl center table caption "
    "thead tbody tfoot tr td th form fieldset figure font img".split()
)
"""Elements that a text is not likely to begin with unless it is HTML.  MIME Sniffing Standard, section 7.1, has the
shorter list; it is meant for servers' mistakes, this one for pieces of pages."""

_HEAD = set("html head title base meta link style script noscript template".split())
_LOADING_LINKS = {"stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"} | {
    # What Word and Excel put into a page's folder.
    *("file-list", "edit-time-data", "ole-object-data", "themedata", "colorschememapping"),
}
_LOADING = {"src", "poster", "background", "lowsrc", "dynsrc", "data-src", "data-original", "data-lazy-src"}
_ABSOLUTE = re.compile(r"\s*(?:$|[#?]|//|[a-z][a-z0-9+.-]*:)", re.I)
_LAST_COMMENTS = 5
_TEXT_SUFFIXES = {".txt", ".text", ".md", ".rst", ".log", ".csv", ".tex"}
_HTML_SUFFIXES = {".html", ".htm", ".xhtml", ".xht", ".shtml", ".php", ".asp", ".aspx", ".jsp"}


def is_html(text: str, suffix: str = "") -> bool:
    """Whether ``text`` is HTML or XHTML, whole or a piece, and not a text that mentions tags.

    What it begins with decides; where that is text, or a tag that a writer might use, it is HTML when it is laid out
    with tags, and the name's ``suffix`` moves the measure.
    """
    tag = _first_tag(text)
    if tag in _STRUCTURE:
        return True
    if "\0" in text or text.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return False
    closings = sum(name.lower() in _STRUCTURE for name in re.findall(r"</([a-zA-Z][a-zA-Z0-9]*)\s*>", text))
    if suffix in _HTML_SUFFIXES:
        return closings > 0
    tags = sum(map(len, re.findall(r"</?[a-zA-Z][^<>]*>", text)))
    return closings > 2 and tags > (0.2 if suffix in _TEXT_SUFFIXES else 0.1) * len(text)


def _first_tag(text: str) -> str:
    """The name of the tag that ``text`` begins with after comments and declarations, lower case, without prefix."""
    position = 0
    while True:
        position = re.compile(r"[\s\ufeff]*").match(text, position).end()  # type: ignore[union-attr]
        if text.startswith("<!--", position):
            end = "-->"
        elif re.match(r"<!doctype\s+html\b", text[position : position + 40], re.I):
            return "html"
        elif text.startswith(("<!", "<?"), position):
            end = ">"
        else:
            tag = re.compile(r"<(?:\w+:)?([a-zA-Z][\w.-]*)(?=[\s/>])").match(text, position)
            return tag[1].lower() if tag else ""
        closing = text.find(end, position + 2)
        if closing < 0:
            return ""
        position = closing + len(end)


@dataclass
class Outline:
    """What a page states and loads, in page order.

    ``comments`` are those before its content, ``last_comments`` the last of the others; ``root`` the attributes of
    ``<html>``; ``metas`` the first content of each ``name`` or ``property``, lower case.  ``links`` (where its
    hyperlinks lead) and ``loads`` (its pictures, styles, scripts, frames and media) are the relative addresses alone,
    as written.
    """

    comments: list[str] = field(default_factory=list)
    last_comments: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST_COMMENTS))
    root: dict[str, str] = field(default_factory=dict)
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)


def outline(text: str) -> Outline:
    """Read the outline of a whole page; broken markup is read as browsers read it."""
    target = _Target()
    # huge_tree: an attribute may hold a picture of 20 MB.
    parser = etree.HTMLParser(target=cast("etree.ParserTarget[None]", target), huge_tree=True)
    parser.feed(tags.bounded(text))
    parser.close()
    return target.outline


class _Target:
    """What lxml calls for each tag and comment."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._is_before_content = True

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        known = self.outline
        if tag == "html":
            known.root = {**attributes, **known.root}
        elif tag == "meta":
            name = attributes.get("property") or attributes.get("name")
            if name and len(known.metas) < limits.METAS:
                known.metas.setdefault(name.lower(), attributes.get("content", ""))
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            known.canonical = known.canonical or attributes.get("href", "")
        elif tag not in _HEAD and tag != "body":
            self._is_before_content = False
        if tag in ("a", "area"):
            _take(known.links, [attributes.get("href", "")])
        if attributes:
            _take(known.loads, _loaded(tag, attributes))

    def comment(self, text: str) -> None:
        if not self._is_before_content:
            self.outline.last_comments.append(text[: limits.ATTRIBUTE_CHARACTERS])
        elif len(self.outline.comments) < limits.COMMENTS:
            self.outline.comments.append(text[: limits.ATTRIBUTE_CHARACTERS])

    def close(self) -> None:
        pass


def _loaded(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    for name, value in attributes.items():
        if name in _LOADING:
            yield value
        elif name in ("srcset", "data-srcset"):
            candidates = value[: limits.ATTRIBUTE_CHARACTERS].split(",")
            yield from (candidate.split()[0] for candidate in candidates if candidate.strip())
        elif name == "style" and "url(" in value:
            yield from re.findall(r"""url\(\s*["']?([^"')]+)""", value[: limits.ATTRIBUTE_CHARACTERS])
    if tag == "link":
        if _LOADING_LINKS & set(attributes.get("rel", "").lower().split()):
            yield attributes.get("href", "")
    elif tag == "object":
        yield attributes.get("data", "")
    elif tag in ("image", "use"):
        yield attributes.get("xlink:href") or attributes.get("href", "")


def _take(known: list[str], addresses: Iterable[str]) -> None:
    """Add those of the addresses that are relative, as long as there is room."""
    known.extend(islice(filter(_is_relative, addresses), limits.ADDRESSES - len(known)))


def _is_relative(address: str) -> bool:
    if len(address) > limits.COMPANION_NAME:
        return False
    return _ABSOLUTE.match(address) is None
