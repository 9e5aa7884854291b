"""A page as Tantivy keeps it: a ``Document`` in, one of Tantivy's out, and the fields that it has.

Separate from ``tantivy_engine``, which knows when something is written, not what.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from uuid import UUID

import tantivy

from archive_viewer.search.dates import day_number
from archive_viewer.search.languages import algorithm
from archive_viewer.search.page import placed
from archive_viewer.search.query_tree import DATE_FIELDS, VALUE_FIELDS, WORD_FIELDS
from archive_viewer.search.schema import OF_LANGUAGE, Document, values, words
from archive_viewer.search.stems import Stems
from archive_viewer.search.tantivy_queries import marked

HALF = 64
"""Bits of each of the numbers that ``halves`` gives."""


def schema() -> tantivy.Schema:
    """The fields of an index."""
    builder = tantivy.SchemaBuilder()
    for name in ("id", *VALUE_FIELDS, "stemmed", "stems"):
        builder.add_text_field(name, stored=name == "id", tokenizer_name="raw", index_option="basic")
    for name in ("about", *WORD_FIELDS):
        builder.add_text_field(name)
    for name in DATE_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    for name in ("id_high", "id_low"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("page", stored=True)
    return builder.build()


def row(document: Document) -> tantivy.Document:
    """The fields of ``document``, as an ``IndexWriter`` takes them."""
    found = tantivy.Document()
    found.add_text("id", document.id)
    for name, number in zip(("id_high", "id_low"), halves(document.id), strict=False):
        found.add_unsigned(name, number)
    for name, own in values(document).items():
        for value in dict.fromkeys(own):
            found.add_text(name, value)
    texts = words(document)
    for name, parts in texts.items():
        tokens = [
            tantivy.Token(written, position, 0, 0)
            for term, position, width in placed(parts)
            for written in ((term,) if width == 1 else (term, marked(term, width)))
        ]
        if tokens:
            found.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", tokens))
    if name := algorithm(document.language):
        stems = Stems(name)
        seen = {word for field in OF_LANGUAGE for text, _ in texts[field] for word in stems.words(text)}
        for line in dict.fromkeys(stems.lines(sorted(seen))):
            found.add_text("stems", f"{name}\t{line.decode('utf-8')}")
    found.add_unsigned("published", day_number(document.published))
    found.add_unsigned("captured", day_number(document.captured_at))
    found.add_bytes("page", packed(document))
    return found


def packed(document: Document) -> bytes:
    """What a page was made of, to be kept with it."""
    return json.dumps({name: value for name, value in asdict(document).items() if value}, ensure_ascii=False).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(data: bytes) -> Document:
    """What ``packed`` packed."""
    found: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    return Document(**fields)


def halves(id: str) -> tuple[int, ...]:
    """A UUID as two numbers, which are read many at a time; of another id nothing."""
    try:
        whole = UUID(id)
    except ValueError:
        return ()
    return divmod(whole.int, 1 << HALF) if str(whole) == id else ()
