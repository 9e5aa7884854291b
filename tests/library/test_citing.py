"""Excerpts out in every form, and each proved against the original that it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive_viewer.errors import ExportFailed, NotAnExport
from archive_viewer.exporting import EXPORTERS
from archive_viewer.library import Library
from archive_viewer.model import Fate, Item, Kind

FORMS = [exporter.format for exporter in EXPORTERS]


@pytest.fixture
def marked(library: Library, item: Item) -> Item:
    one = library.annotate_quote(item.id, "😀 harbour master", note="Who? *He*", tags=["people"])
    text = library.article(item.id).text
    start = text.index("until the lamps")
    two = library.annotate(item.id, start, text.index("expected the") + 12)
    library.link(one.id, two.id, "contradicts")
    return item


@pytest.mark.parametrize("form", FORMS)
def test_what_is_exported_is_proved(library: Library, marked: Item, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"out.{form}"
    library.export(out, form, library.excerpts())
    verdicts = library.verify_export(out)
    assert [verdict.result for verdict in verdicts] == ["exact", "exact"]
    assert [verdict.quote for verdict in verdicts] == [mark.quote for mark in library.annotations(marked.id)][::1]


@pytest.mark.parametrize("form", FORMS)
def test_a_forged_quote_and_a_swapped_checksum_are_caught(
    library: Library, marked: Item, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    library.export(out, form, library.excerpts(query="harbour"))
    whole = out.read_text("utf-8")
    out.write_text(whole.replace("harbour master", "harbour thief"), "utf-8")
    assert "differs" in [verdict.result for verdict in library.verify_export(out)]
    out.write_text(whole.replace(marked.sha256, "0" * 64), "utf-8")
    assert {verdict.result for verdict in library.verify_export(out)} == {"altered"}
    out.write_text(whole.replace(marked.id, "00000000-0000-4000-8000-000000000000"), "utf-8")
    assert {verdict.result for verdict in library.verify_export(out)} == {"missing"}


def test_a_quote_is_proved_whatever_was_mended_since(library: Library, marked: Item, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    library.export(out, "md", library.excerpts())
    for block in library.article(marked.id).kept:
        library.mend(marked.id, block.n, Fate.STRIPPED)
    assert {verdict.result for verdict in library.verify_export(out)} == {"exact"}


def test_a_quote_across_a_block_that_was_put_back_is_proved(library: Library, item: Item, tmp_path: Path) -> None:
    first, middle, last = [block for block in library.article(item.id).kept if block.kind is Kind.PARAGRAPH][:3]
    library.mend(item.id, middle.n, Fate.STRIPPED)
    article = library.article(item.id)
    library.annotate(item.id, article.starts[first.n] + 4, article.starts[last.n] + 16)
    out = tmp_path / "out.md"
    library.export(out, "md", library.excerpts())
    assert [verdict.result for verdict in library.verify_export(out)] == ["exact"]
    library.mend(item.id, middle.n, Fate.KEPT)
    assert [verdict.result for verdict in library.verify_export(out)] == ["exact"]
    out.write_text(out.read_text("utf-8").replace("A second meeting", "A third meeting"), "utf-8")
    assert [verdict.result for verdict in library.verify_export(out)] == ["differs"]


def test_an_altered_or_missing_original_is_reported(library: Library, marked: Item, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    library.export(out, "md", library.excerpts())
    stored = library.original_path(marked.sha256)
    whole = stored.read_bytes()
    stored.chmod(0o644)
    stored.write_bytes(whole[:-1] + b"!")
    assert {verdict.result for verdict in library.verify_export(out)} == {"altered"}
    assert [result.result for result in library.verify_originals()] == ["altered"]
    assert [need.kind for need in library.attention()] == ["fixity"]
    stored.unlink()
    assert {verdict.result for verdict in library.verify_export(out)} == {"missing"}
    assert [result.result for result in library.verify_originals()] == ["missing"]
    stored.write_bytes(whole)
    assert [result.result for result in library.verify_originals()] == ["ok"]
    assert library.attention() == []


def test_excerpts_can_be_chosen(library: Library, marked: Item) -> None:
    assert len(library.excerpts()) == 2
    assert [excerpt.annotation.tags for excerpt in library.excerpts(tag="people")] == [("people",)]
    assert library.excerpts(query="nonexistent") == []
    assert len(library.excerpts(item_ids=[marked.id], query="ferry")) == 2
    ends = library.excerpts(tag="people")[0].links
    assert [(end.link.relation, end.is_outgoing) for end in ends] == [("contradicts", True)]


def test_a_failed_export_leaves_the_older_file(library: Library, marked: Item, tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    target = folder / "out.md"
    target.mkdir()
    with pytest.raises(ExportFailed):
        library.export(target, "md", library.excerpts())
    assert [path.name for path in folder.iterdir()] == ["out.md"]


def test_what_is_no_export_is_said_to_be_none(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"hello": "world"}), "utf-8")
    with pytest.raises(NotAnExport):
        library.verify_export(other)
