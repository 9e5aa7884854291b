"""Decoded text → lxml tree, whatever the text is.

Nothing is resolved, fetched or executed.  Separate because libxml2 must be kept from its own limits: it stops
reading at 2,048 open elements and takes quadratic time for the attributes of one tag.
Source: HTML Living Standard, section 13.2 (parsing).
"""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from archive_viewer import limits, tags
from archive_viewer.cleaning import elements

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>")
_ANY_TAG = re.compile(r"<[^>]*>")
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "title", "noscript", "noframes", "style", "script", "template"}
)

_SHADOW_MODES = frozenset({"shadowmode", "shadowroot", "data-savepage-shadowroot"})
_SHADOW = "data-scrapbook-shadowdom"
_NOT_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MISREAD = re.compile(r"<(?:/(?:body|html)\s*|(source|track|wbr)\b[^<>]*)>", re.IGNORECASE)
"""What libxml2 takes for what it is not: the end of a page, after which it may go on, in its body still (section
13.2.6.4.19), is where libxml2 stops; elements without content that it does not know as such would get what follows."""
_BOXES = frozenset({"div", "span", "font", "section", "center", "b", "i", "em", "strong", "small", "big"})
_DEEPEST_BOX = limits.NESTING - 100
"""How deep elements go that say nothing of what they hold: the last hundred levels are for those that do."""
_SELF_CLOSED = re.compile(r"<([a-zA-Z][\w:-]*)((?:\s[^<>]*?)?)/>")


def parse(text: str, *, is_xhtml: bool = False) -> _Element:
    """The root element of a page; an empty page has an empty body.

    ``is_xhtml`` reads ``<div/>`` as XML does, an element without content.
    """
    text = _MISREAD.sub(_mend, text.replace("\x00", ""))
    if is_xhtml:
        text = _SELF_CLOSED.sub(_open_and_close, text)
    text = tags.bounded(text)
    root, is_whole = _parse(text)
    if not is_whole:
        root, is_whole = _parse(_flatten(text))
    if not is_whole:  # nested in a way that only the parser understands: the words at least
        root, _ = _parse(_ANY_TAG.sub("\n", text))
    _end_head(root)
    _open_frames(root)
    _open_shadows(root, are_in_attributes=_SHADOW in text)
    return root


def _end_head(root: _Element) -> None:
    """Put into the body what stands in the head but does not belong there (section 13.2.6.4.4).

    libxml2 does so for the elements of HTML 4 only: a page that leaves out ``<body>`` and begins with ``<article>``
    would be all head.
    """
    head = root.find("head")
    strays = [] if head is None else [child for child in head if child.tag not in _OF_HEAD]
    if strays:
        body = root.find("body")
        if body is None:
            body = etree.SubElement(root, "body")
        before, body.text = body.text, None
        body[:0] = strays
        if before:
            strays[-1].tail = _settable((strays[-1].tail or "") + before)


def _settable(text: str) -> str:
    """``text`` as lxml lets it be set: the parser reads characters that no XML may have, a form feed for one."""
    return _NOT_OF_XML.sub(" ", text)


def _parse(text: str) -> tuple[_Element, bool]:
    """The tree, and whether it is all of the page."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace") or b" ", parser)
    last = parser.error_log.last_error
    is_whole = last is None or last.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT
    if root is None:
        root = etree.Element("html")
        etree.SubElement(root, "body")
    return root, is_whole


def _open_and_close(tag: re.Match[str]) -> str:
    name = tag[1]
    return tag[0] if name.lower() in elements.VOID else f"<{name}{tag[2]}></{name}>"


def _mend(tag: re.Match[str]) -> str:
    return "" if tag[1] is None or tag[1].lower() == "wbr" else f"{tag[0]}</{tag[1]}>"


def _flatten(text: str) -> str:
    """The page without the tags that lie deeper than ``limits.NESTING``: their content becomes that depth's own."""
    parts: list[str] = []
    open_names: list[tuple[str, bool]] = []
    kept_depth = 0
    counts: dict[str, int] = {}
    position = 0
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        is_kept = True
        if name in elements.VOID or tag[3].endswith("/"):
            pass
        elif not tag[1]:
            is_kept = kept_depth < _DEEPEST_BOX if name in _BOXES else kept_depth < limits.NESTING
            open_names.append((name, is_kept))
            kept_depth += is_kept
            counts[name] = counts.get(name, 0) + 1
        elif counts.get(name):
            closed, is_kept = "", False
            while closed != name:
                closed, is_kept = open_names.pop()
                kept_depth -= is_kept
                counts[closed] -= 1
        parts.append(text[position : tag.start() if not is_kept else tag.end()])
        position = tag.end()
    parts.append(text[position:])
    return "".join(parts)


def _open_frames(root: _Element) -> None:
    """Put the text of frames that the page carries in itself where the frame stands."""
    frames = [frame for frame in root.iter("iframe") if frame.get("srcdoc")]
    room = limits.TAGS - sum(1 for _ in root.iter()) if frames else 0
    for frame in frames[: limits.FRAMES_WRITTEN_IN]:
        text = frame.get("srcdoc", "").replace("\x00", "")
        room -= text.count("<")
        if room < 0:
            break
        inner, _ = _parse(tags.bounded(text))
        body = next(inner.iter("body"), None)
        if body is not None:
            frame.tag = "div"
            frame.text = _settable(body.text or "")
            frame[:] = list(body)
            frame.attrib.pop("srcdoc", None)


def _open_shadows(root: _Element, *, are_in_attributes: bool) -> None:
    """Put what stood in shadow trees, however a saver kept it, into templates as HTML declares them.

    HTML, section 4.12.3, ``shadowrootmode``; Chromium writes ``shadowmode`` into MHTML (frame_serializer.cc), Save Page
    WE its own attribute, and WebScrapBook the markup itself, in an attribute of the host (``are_in_attributes``).
    """
    for template in root.iter("template"):
        if not template.get("shadowrootmode") and not _SHADOW_MODES.isdisjoint(template.attrib):
            template.set("shadowrootmode", "open")
    hosts = root.iter(etree.Element) if are_in_attributes else ()
    waiting = [(host, 0) for host in hosts if _SHADOW in host.attrib]
    for host, depth in islice(waiting, limits.FRAMES_WRITTEN_IN):
        text = tags.bounded(host.attrib.pop(_SHADOW, "").replace("\x00", ""))
        body = next(_parse(text)[0].iter("body"), None)
        if body is None:
            continue
        body.tag = "template"
        body.set("shadowrootmode", "open")
        body.tail, host.text = host.text, None
        host.insert(0, body)
        if depth < limits.FRAME_NESTING:
            waiting.extend((inner, depth + 1) for inner in body.iter(etree.Element) if _SHADOW in inner.attrib)
