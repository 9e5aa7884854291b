"""Excerpts as W3C Web Annotations in JSON-LD: for other programs, and for long keeping.

Excerpts in; one ``AnnotationCollection`` with one embedded page out (Web Annotation Data Model, W3C Recommendation of
23 February 2017, section 5), each mark an annotation with quote and position selectors and a ``TimeState``, each link
an annotation with the motivation *linking*, from the target to the body.  Positions count code points (section 4.2.5).
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import Any, BinaryIO

from archive_viewer.errors import NotAnExport
from archive_viewer.exporting import citation
from archive_viewer.exporting.excerpts import HEADING, PROGRAM, far_end, web_address
from archive_viewer.model import Annotation, Claim, Colour, Excerpt, Item, LinkEnd
from archive_viewer.text import one_line

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
HASH = "urn:sha256:"
"""Before the checksum of the stored original, where the standard wants an IRI."""

TINTS = {
    Colour.YELLOW: "#ffe58f",
    Colour.RED: "#ffc2bd",
    Colour.GREEN: "#bfe8c1",
    Colour.BLUE: "#bfdcff",
    Colour.PURPLE: "#e0cbff",
    Colour.GREY: "#dcdcdc",
}
"""What a mark's colour is called in the style sheet that its annotation carries."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def write(excerpts: Sequence[Excerpt], stream: BinaryIO) -> None:
    """Write ``excerpts`` in their order, each followed by the links that have not been written before."""
    text = TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
    ids = [excerpt.annotation.id for excerpt in excerpts]
    name = uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(ids)).urn
    links = {end.link.id for excerpt in excerpts for end in excerpt.links}
    head = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": HEADING,
        "generator": {"type": "Software", "name": PROGRAM},
        "total": len(ids) + len(links),
    }
    text.write(json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}"))
    text.write(f',\n "first": {{"id": "{name}#page", "type": "AnnotationPage", "startIndex": 0, "items": [')
    for number, annotation in enumerate(_annotations(excerpts)):
        text.write(",\n" if number else "\n")
        text.write(json.dumps(annotation, ensure_ascii=False, indent=1))
    text.write("\n ]}\n}\n")
    text.detach()


def read_claims(text: str) -> list[Claim]:
    """The claims of every annotation with a quote, in a collection, a page, a list, or alone.

    :raises NotAnExport: this is not JSON, or it was cut short.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAnExport("The file is damaged or cut short: it is not whole JSON.") from error
    return [claim for annotation in _listed(found) if (claim := _claim(annotation)) is not None]


# -- writing ----------------------------------------------------------------------------------------------------


def _annotations(excerpts: Sequence[Excerpt]) -> Iterator[dict[str, Any]]:
    written: set[str] = set()
    for excerpt in excerpts:
        yield _mark(excerpt)
        for end in excerpt.links:
            if end.link.id not in written:
                written.add(end.link.id)
                yield _link(excerpt, end)


def _mark(excerpt: Excerpt) -> dict[str, Any]:
    mark = excerpt.annotation
    notes = [_text(mark.note, "commenting")] if mark.note else []
    tags = [_text(tag, "tagging") for tag in mark.tags]
    motivations = ["highlighting", *(["commenting"] if notes else []), *(["tagging"] if tags else [])]
    return {
        "id": _urn(mark.id),
        "type": "Annotation",
        "motivation": motivations,
        **_dates(mark.created_at, mark.modified_at),
        **_creator(mark),
        **({"body": notes + tags} if notes or tags else {}),
        "stylesheet": {
            "type": "CssStylesheet",
            "value": f".{mark.colour.value} {{ background: {TINTS[mark.colour]} }}",
        },
        "target": {
            "type": "SpecificResource",
            "source": _source(excerpt.item),
            "styleClass": mark.colour.value,
            "selector": _selectors(excerpt),
            "state": _state(excerpt.item),
            "dcterms:bibliographicCitation": citation.cite_excerpt(excerpt),
        },
    }


def _creator(mark: Annotation) -> dict[str, Any]:
    """Who made a mark that came along in a page (section 3.3.1); a mark made here names nobody."""
    if not mark.creator:
        return {}
    return {"creator": {"type": "Software", "name": mark.creator}, "dcterms:provenance": mark.origin}


def _selectors(excerpt: Excerpt) -> list[dict[str, Any]]:
    mark = excerpt.annotation
    quote = {
        "type": "TextQuoteSelector",
        "exact": excerpt.quote,
        "prefix": mark.target.quote.prefix,
        "suffix": mark.target.quote.suffix,
    }
    if mark.start is None or mark.end is None:
        return [quote]
    return [quote, {"type": "TextPositionSelector", "start": mark.start, "end": mark.end}]


def _source(item: Item) -> dict[str, Any]:
    facts = {
        "format": item.media_type,
        "language": item.language,
        "dcterms:title": one_line(item.title),
        "dcterms:creator": list(item.authors),
        "dcterms:publisher": one_line(item.site),
        "dcterms:issued": item.published,
    }
    return {
        "id": web_address(item.url) or _urn(item.id),
        "type": "Text",
        "dcterms:identifier": _urn(item.id),
        **{name: value for name, value in facts.items() if value},
    }


def _state(item: Item) -> dict[str, Any]:
    date = {"sourceDate": item.captured_at} if _MOMENT.fullmatch(item.captured_at) else {}
    return {"type": "TimeState", **date, "cached": HASH + item.sha256}


def _link(excerpt: Excerpt, end: LinkEnd) -> dict[str, Any]:
    here = {"id": _urn(end.link.from_id if end.is_outgoing else end.link.to_id), "type": "Text"}
    facts = {
        "dcterms:title": one_line(end.title),
        "dcterms:description": end.quote,
        "dcterms:source": web_address(end.url),
    }
    there = {"id": _urn(far_end(end)), "type": "Text", **{name: value for name, value in facts.items() if value}}
    start, finish = (here, there) if end.is_outgoing else (there, here)
    notes = [_text(end.link.note, "commenting")] if end.link.note else []
    return {
        "id": _urn(end.link.id),
        "type": "Annotation",
        "motivation": "linking",
        **_dates(end.link.created_at, end.link.modified_at),
        "body": [
            {"type": "SpecificResource", "purpose": "linking", "source": finish},
            _text(end.link.relation, "classifying"),
            *notes,
        ],
        "target": start,
    }


def _text(words: str, purpose: str) -> dict[str, Any]:
    return {"type": "TextualBody", "value": words, "format": "text/plain", "purpose": purpose}


def _dates(created: str, modified: str) -> dict[str, str]:
    dates = {"created": created, "modified": modified}
    return {name: date for name, date in dates.items() if _MOMENT.fullmatch(date)}


def _urn(id: str) -> str:
    return f"urn:uuid:{id}"


# -- reading ----------------------------------------------------------------------------------------------------


def _listed(found: Any) -> Iterator[dict[str, Any]]:
    """The annotations of a collection's first page, of a page, of a list, or the one annotation."""
    if isinstance(found, dict) and isinstance(found.get("first"), dict):
        found = found["first"]
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        found = found["items"]
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, dict):
            yield one


def _claim(annotation: dict[str, Any]) -> Claim | None:
    target = annotation.get("target")
    if not isinstance(target, dict):
        return None
    quote, position = _selector(target, "TextQuoteSelector"), _selector(target, "TextPositionSelector")
    if not isinstance(quote.get("exact"), str):
        return None
    source, state = target.get("source"), target.get("state")
    identifier = source.get("dcterms:identifier") if isinstance(source, dict) else None
    cached = state.get("cached") if isinstance(state, dict) else None
    start, end = position.get("start"), position.get("end")
    is_placed = type(start) is int and type(end) is int
    return Claim(
        quote=quote["exact"],
        item_id=identifier.removeprefix("urn:uuid:") if isinstance(identifier, str) else "",
        sha256=cached.removeprefix(HASH) if isinstance(cached, str) else "",
        start=start if is_placed else None,
        end=end if is_placed else None,
    )


def _selector(target: dict[str, Any], type: str) -> dict[str, Any]:
    selectors = target.get("selector")
    for one in selectors if isinstance(selectors, list) else [selectors]:
        if isinstance(one, dict) and one.get("type") == type:
            return one
    return {}
