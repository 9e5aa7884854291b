"""Search through the door, with an index that is there, missing, damaged or behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive_viewer import limits
from archive_viewer.errors import IndexUnavailable
from archive_viewer.jobs.indexing import rebuild_index, update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.library.engine_choice import EngineState
from archive_viewer.model import Fate, Item
from archive_viewer.search import engines
from pages import MakePage, TakeIn


def test_every_passage_with_its_words_around_it(library: Library, item: Item) -> None:
    (hit,) = library.search("harbour OR bridge")
    text = library.article(item.id).text
    assert [passage.match for passage in hit.passages] == ["harbour", "bridge"]
    for passage in hit.passages:
        assert text[passage.start : passage.end] == passage.match
        assert passage.before.strip()


def test_stripped_text_is_not_found_until_it_is_put_back(library: Library, item: Item) -> None:
    assert library.search('"All rights reserved"') == []
    n = next(block.n for block in library.article(item.id).blocks if "rights reserved" in block.text)
    library.mend(item.id, n, Fate.KEPT)
    update_index(library, Job())
    assert [hit.item.id for hit in library.search('"All rights reserved"')] == [item.id]


def test_tags_and_notes_of_marks_are_found(library: Library, item: Item) -> None:
    library.annotate_quote(item.id, "winter road", note="Compare the almanac", tags=["weather"])
    update_index(library, Job())
    assert len(library.search("tag:weather")) == 1
    assert len(library.search("note:almanac")) == 1
    library.undo()
    update_index(library, Job())
    assert library.search("tag:weather") == []


def test_the_bin_is_not_searched(library: Library, item: Item) -> None:
    library.delete_items([item.id])
    assert library.search("harbour") == []
    update_index(library, Job())
    assert library.search("harbour") == []
    library.restore_items([item.id])
    update_index(library, Job())
    assert len(library.search("harbour")) == 1


def test_without_an_index_titles_answer_and_it_is_said(library: Library, item: Item) -> None:
    library.close()
    shutil.rmtree(library.folder / "index")
    with Library.open(library.folder) as again:
        state = again.index_state()
        assert not state.is_ready
        assert "titles" in state.sentence
        assert [hit.item.id for hit in again.search("title ferry")] == [item.id]
        assert again.search("harbour") == []
        assert update_index(again, Job()) == 1 or rebuild_index(again, Job()) == 1
        assert [hit.item.id for hit in again.search("harbour")] == [item.id]
        assert again.index_state().is_ready


def test_a_rebuilt_index_finds_the_same(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> None:
    take_in(make_page("two.html", "Second of the ferry"))
    before = [(hit.item.id, hit.passages) for hit in library.search("ferry")]
    assert rebuild_index(library, Job()) == 2
    assert [(hit.item.id, hit.passages) for hit in library.search("ferry")] == before
    assert len(before) == 2


@pytest.mark.skipif(not engines.is_installed("tantivy"), reason="Tantivy is not installed")
def test_another_engine_is_used_from_the_next_building_on(
    library: Library, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hits() -> list[str]:
        return [hit.item.id for hit in library.search('"winter road"')]

    assert library.engine_state().used == "whoosh"
    assert "from 50,000 pages on; this library has 1" in library.engine_state().others["tantivy"]
    monkeypatch.setattr(limits, "LARGE_LIBRARY", 1)
    assert library.engine_state() == EngineState("whoosh", {"tantivy": ""})
    before = hits()
    assert before == [item.id]
    library.choose_engine("tantivy")
    # The old index answers until the new one is begun.
    assert hits() == before
    assert rebuild_index(library, Job()) == 1
    assert hits() == before
    assert library.index_state().is_ready
    assert (library.folder / "index" / "tantivy").is_dir()
    library.tag_items([item.id], add=["Zwölf Boote"])
    assert update_index(library, Job()) == 1
    assert [hit.item.id for hit in library.search("tag:zwolf")] == [item.id]
    assert library.engine_state() == EngineState("tantivy", {"whoosh": ""})

    # Where Tantivy is not installed, Whoosh makes an index of its own.
    monkeypatch.setattr(engines, "is_installed", lambda name: name == "whoosh")
    with pytest.raises(IndexUnavailable, match="Tantivy is not installed"):
        library.choose_engine("tantivy")
    library.close()
    with Library.open(library.folder) as elsewhere:
        assert not elsewhere.index_state().is_ready
        assert [hit.item.id for hit in elsewhere.search("title ferry")] == [item.id]
        assert update_index(elsewhere, Job()) == 1
        assert [hit.item.id for hit in elsewhere.search("tag:zwolf")] == [item.id]
        assert elsewhere.engine_state().used == "whoosh"


def test_an_index_from_another_machine_is_never_opened(
    library: Library, item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert library.index_state().is_ready
    library.close()
    monkeypatch.setattr("archive_viewer.settings.machine_id", lambda: "another machine")
    with Library.open(library.folder) as copied:
        assert not copied.index_state().is_ready
        assert update_index(copied, Job()) == 1
        assert [hit.item.id for hit in copied.search("harbour")] == [item.id]


def test_an_empty_library_says_nothing_of_its_index(tmp_path: Path) -> None:
    with Library.open(tmp_path / "Empty 😀") as empty:
        assert empty.index_state().sentence == ""
