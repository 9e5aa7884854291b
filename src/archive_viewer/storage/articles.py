"""Articles: the cleaner's blocks as compressed JSON, and the text that results.

Articles in, articles out.  Blocks are kept as the cleaner left them; a person's overrides are rows of their own and
are laid over them by the library, so that a mend can always be taken back.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from dataclasses import fields
from typing import Any

from archive_viewer.model import Article, Block, Cell, Fact, Fate, Kind, Override, Picture, Reason, Source, Span, Style

FACTS = ("title", "authors", "site_name", "published", "modified", "language", "canonical_url")
BLOCK_DEFAULTS = {field.name: field.default for field in fields(Block)}


def put(connection: sqlite3.Connection, item_id: str, cleaned: Article) -> None:
    """Keep what the cleaner made; the text is set by ``set_text`` once overrides are laid over it."""
    connection.execute(
        "INSERT OR REPLACE INTO article (item_id, text, text_sha256, cleaner_version, blocks) VALUES (?, '', '', ?, ?)",
        (item_id, cleaned.cleaner_version, packed(cleaned)),
    )


def packed(cleaned: Article) -> bytes:
    """The facts and blocks of an article as they are kept."""
    facts = {name: packed_fact(fact) for name in FACTS if (fact := getattr(cleaned, name)) is not None}
    document = {"facts": facts, "blocks": [_packed_block(block) for block in cleaned.blocks]}
    return zlib.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 6)


def set_text(connection: sqlite3.Connection, item_id: str, text: str, text_sha256: str) -> None:
    connection.execute("UPDATE article SET text = ?, text_sha256 = ? WHERE item_id = ?", (text, text_sha256, item_id))


def get(connection: sqlite3.Connection, item_id: str) -> Article | None:
    """The article as the cleaner left it."""
    row = connection.execute("SELECT cleaner_version, blocks FROM article WHERE item_id = ?", (item_id,)).fetchone()
    if row is None:
        return None
    document = json.loads(zlib.decompress(row["blocks"]))
    facts: dict[str, Any] = {name: unpacked_fact(fact) for name, fact in document["facts"].items()}
    blocks = tuple(_unpacked_block(block) for block in document["blocks"])
    return Article(blocks=blocks, cleaner_version=row["cleaner_version"], **facts)


def text(connection: sqlite3.Connection, item_id: str) -> str:
    row = connection.execute("SELECT text FROM article WHERE item_id = ?", (item_id,)).fetchone()
    return str(row["text"]) if row is not None else ""


def text_sha256(connection: sqlite3.Connection, item_id: str) -> str:
    row = connection.execute("SELECT text_sha256 FROM article WHERE item_id = ?", (item_id,)).fetchone()
    return str(row["text_sha256"]) if row is not None else ""


def overrides(connection: sqlite3.Connection, item_id: str) -> dict[str, Override]:
    """Override id → override, in the order in which they were made."""
    rows = connection.execute("SELECT * FROM override WHERE item_id = ? ORDER BY rowid", (item_id,))
    return {
        row["id"]: Override(row["digest"], row["ordinal"], row["before"], row["after"], Fate(row["fate"]))
        for row in rows
    }


def override_row(item_id: str, override: Override) -> dict[str, Any]:
    """The row of an override, as the journal keeps it."""
    return {
        "item_id": item_id,
        "digest": override.digest,
        "ordinal": override.ordinal,
        "before": override.before,
        "after": override.after,
        "fate": override.fate.value,
    }


def packed_fact(fact: Fact[Any]) -> list[Any]:
    return [fact.value, fact.source.value, fact.origin, fact.doubt]


def unpacked_fact(packed: list[Any]) -> Fact[Any]:
    value, source, origin, doubt = packed
    return Fact(value, Source(source), origin, doubt)


def _packed_block(block: Block) -> dict[str, Any]:
    """A block without its default values: three quarters of a page's fields are such."""
    packed: dict[str, Any] = {"n": block.n, "kind": block.kind.value, "text": block.text}
    for name in ("level", "confidence", "number", "quote_depth", "direction", "path", "anchor", "signature"):
        value = getattr(block, name)
        if value != BLOCK_DEFAULTS[name]:
            packed[name] = value
    if block.fate is not Fate.KEPT:
        packed["fate"] = block.fate.value
    if block.reason is not None:
        packed["reason"] = block.reason.value
    if block.spans:
        packed["spans"] = [[span.start, span.end, span.style.value, span.target] for span in block.spans]
    if block.pictures:
        packed["pictures"] = [[p.offset, p.source, p.alt, p.width, p.height] for p in block.pictures]
    if block.cell is not None:
        packed["cell"] = [getattr(block.cell, field.name) for field in fields(Cell)]
    return packed


def _unpacked_block(packed: dict[str, Any]) -> Block:
    values = dict(packed)
    values["kind"] = Kind(values["kind"])
    if "fate" in values:
        values["fate"] = Fate(values["fate"])
    if "reason" in values:
        values["reason"] = Reason(values["reason"])
    if "spans" in values:
        values["spans"] = tuple(Span(start, end, Style(style), to) for start, end, style, to in values["spans"])
    if "pictures" in values:
        values["pictures"] = tuple(Picture(*picture) for picture in values["pictures"])
    if "cell" in values:
        values["cell"] = Cell(*values["cell"])
    return Block(**values)
