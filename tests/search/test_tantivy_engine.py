"""Tantivy's index: it answers as Whoosh's does where it must ask twice, and never opens what was not finished."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search import engines
from archive_viewer.search.engine import Document, Engine
from archive_viewer.search.index import Index
from archive_viewer.search.query import parse

tantivy = pytest.importorskip("tantivy", reason="Tantivy is not installed")

from archive_viewer.search import tantivy_engine, tantivy_queries  # noqa: E402
from archive_viewer.search.tantivy_engine import TantivyEngine  # noqa: E402

WORDS = [
    "co-operate",
    "cooperate",
    "co",
    "operate",
    "IS-K",
    "ISK",
    "is",
    "k",
    "I-S-K",
    "e-mail",
    "email",
    "e",
    "mail",
    "emails",
    "operates",
]


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Engine, Engine]]:
    with Index.create(tmp_path / "whoosh") as whoosh, TantivyEngine.create(tmp_path / "tantivy") as other:
        yield whoosh, other


def found(engine: Engine, query: str) -> set[str]:
    return {match.id for match in engine.search(parse(query), 1000)}


def make_query(chance: random.Random) -> str:
    def words(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randrange(2, most)))

    near = [f"NEAR/{chance.randrange(1, 9)}" for _ in range(2)]
    one, other, third = chance.sample(WORDS, 3)
    match chance.randrange(6):
        case 0:
            return f'"{words(12)}"'
        case 1:
            return f'"{words(4)} em*"'
        case 2:
            return f"{one} {near[0]} {other}"
        case 3:
            return f'"{words(4)}" {near[0]} {one} {near[1]} ({other} OR {third})'
        case 4:
            return f'-"{words(4)}"'
        case _:
            return f"title:{one} OR (em* {near[0]} mail~)"


@pytest.mark.parametrize("is_hurried", [False, True])
def test_both_engines_find_the_same(
    both: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch, is_hurried: bool
) -> None:
    if is_hurried:
        monkeypatch.setattr(tantivy_queries, "MOST_READINGS", 1)
        monkeypatch.setattr(tantivy_queries, "MOST_PAIRS", 1)
        monkeypatch.setattr(tantivy_engine, "_FIRST_LOOK", 1)
    chance = random.Random(7)
    pages = [
        Document(
            str(n),
            title=chance.choice(WORDS),
            text=" ".join(chance.choices(WORDS, k=40)),
            language=chance.choice(["en", "de", ""]),
        )
        for n in range(60)
    ]
    for engine in both:
        engine.apply(pages)
    telling = 0
    for _ in range(100):
        query = make_query(chance)
        answers = [found(engine, query) for engine in both]
        assert answers[0] == answers[1], query
        telling += 0 < len(answers[0]) < len(pages)
    assert telling > 40


def test_both_engines_know_the_same_forms(both: tuple[Engine, Engine]) -> None:
    pages = [
        Document("en", text="Ferries, ferry's and co-operated boats; the ferrying", language="en"),
        Document("de", text="Schiffe und Häuser, das Haus", language="de"),
        Document("none", text="boating ferry"),
    ]
    for engine in both:
        engine.apply(pages)
    for query in ("ferry boat", "schiff haus", "text:cooperate OR houses", '"ferry"', "ferry NEAR/3 boat"):
        whoosh, other = (engine.widened(parse(query)) for engine in both)
        assert whoosh == other
        assert found(both[0], query) == found(both[1], query)


def test_the_best_are_given_where_each_must_be_looked_at(tmp_path: Path) -> None:
    with TantivyEngine.create(tmp_path) as engine:
        # Each has the words, every third in this order; none can be told by Tantivy alone, for ISK has two widths.
        engine.apply(
            Document(str(n), text=("ISK e mail" if n % 3 else "e mail IS-K ISK mail") + " far" * n) for n in range(300)
        )
        answers = [match.id for match in engine.search(parse('"ISK mail"'), 7)]
        assert answers == [str(n) for n in range(0, 21, 3)]
        assert len(engine.search(parse('"ISK mail"'), 1000)) == 100


def test_ids_of_libraries_come_back_as_they_were(tmp_path: Path) -> None:
    ids = [str(UUID(int=n)) for n in (0, 1, 2**64, 2**128 - 1)] + [str(UUID(int=7)).replace("-", ""), "{7}"]
    with TantivyEngine.create(tmp_path) as engine:
        engine.apply(Document(id, text="word") for id in ids)
        assert found(engine, "word") == set(ids)


def test_names_are_found_as_they_are_spelled_and_that_is_said(tmp_path: Path) -> None:
    with TantivyEngine.create(tmp_path) as engine:
        engine.apply([Document("1", text="Khalilzad"), Document("2", text="Khalil Zad")])
        assert not engine.FINDS_NAMES
        assert found(engine, "sounds:Khalilzad") == {"1"}
        assert "as they are spelled" in engine.remarks(parse("sounds:Khalilzad"))[0]
        assert engine.remarks(parse("Khalilzad")) == []


def test_a_commit_that_was_cut_off_before_its_end_is_not_opened(tmp_path: Path) -> None:
    with TantivyEngine.create(tmp_path) as engine, TantivyEngine.open(tmp_path) as reader:
        engine.apply([Document("1", text="word")])
        reader.refresh()
        files = tmp_path / "tantivy"
        writer = tantivy.Index.open(str(files)).writer(20_000_000, 1)
        writer.delete_documents_by_term("id", "1")
        writer.commit()
        writer.wait_merging_threads()
        assert not reader.refresh()
        assert found(reader, "word") == {"1"}
        with pytest.raises(IndexUnavailable, match="not what was written"):
            TantivyEngine.open(tmp_path)


@pytest.mark.parametrize(("before", "after"), [(Index, TantivyEngine), (TantivyEngine, Index)])
def test_another_engine_takes_the_place_of_one(tmp_path: Path, before: type[Engine], after: type[Engine]) -> None:
    (tmp_path / "README.txt").write_text("Not ours.", "utf-8")
    with before.create(tmp_path, "a") as old:
        old.apply([Document("1", text="word")])
        with after.create(tmp_path, "a") as new:
            new.apply([Document("2", text="word")])
            with pytest.raises(IndexUnavailable):
                old.refresh()
        with pytest.raises(IndexUnavailable):
            before.open(tmp_path, library="a")
        with engines.open_any(tmp_path, library="a") as opened:
            assert (opened.NAME, found(opened, "word")) == (after.NAME, {"2"})
    names = {path.name for path in tmp_path.iterdir()}
    assert "README.txt" in names
    assert any(name.endswith(".words") for name in names) == (after is Index)


def test_what_an_engine_does_not_do_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    TantivyEngine.create(tmp_path).close()
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    assert not engines.is_installed("tantivy")
    with pytest.raises(IndexUnavailable, match="“tantivy”, which is not installed"):
        engines.open_any(tmp_path)


def test_the_very_words_come_first(tmp_path: Path) -> None:
    with TantivyEngine.create(tmp_path) as engine:
        engine.apply(
            [
                Document("forms", title="Ferries", text="ferries " * 50, language="en"),
                Document("exact", text="far " * 500 + "ferry", language="en"),
            ]
        )
        assert [match.id for match in engine.search(parse("ferry"), 9)] == ["exact", "forms"]
