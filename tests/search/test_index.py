"""What Whoosh's index does beside what every engine promises."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.filedb.structfile import StructFile

from archive_viewer import limits
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

Ask = Callable[..., list[str]]


def test_answers_survive_merging(index: Index, ask: Ask) -> None:
    for n in range(20):
        index.apply(
            [Document(str(n), title=f"Page {n}", text=f"word w{n % 3}", published=f"20{n:02}")],
            [str(n - 1)] if n % 5 == 4 else [],
        )
    expected = [n for n in range(20) if n % 5 != 3]
    before = {query: sorted(ask(query)) for query in ("word", "w1", "title:page", "published:2010..2015", '"page 7"')}
    assert before["word"] == sorted(map(str, expected))
    assert index.stats().segments > limits.INDEX_SEGMENTS
    index.apply([], merge=True)
    assert 1 <= index.stats().segments <= limits.INDEX_SEGMENTS // 2
    assert {query: sorted(ask(query)) for query in before} == before
    index.optimise()
    assert (index.stats().segments, index.stats().pages) == (1, len(expected))
    assert {query: sorted(ask(query)) for query in before} == before
    index.apply([], map(str, range(20)))
    index.optimise()
    assert (index.stats().segments, ask("word")) == (0, [])


def test_segments_do_not_pile_up_without_leisure(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "INDEX_SEGMENTS_AT_MOST", 6)
    for n in range(30):
        index.apply([Document(str(n), text="word")])
        assert index.stats().segments <= 7
    assert index.count == 30


def test_a_prefix_of_too_many_words_is_answered_by_the_most_frequent_and_said(
    index: Index, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "QUERY_EXPANSION", 50)
    monkeypatch.setattr(limits, "QUERY_EXPANSION_IN_ALL", 80)
    rare = [Document(f"rare{n}", text=f"wx{n:03}") for n in range(50)]
    index.apply([*rare, *(Document(f"frequent{n}", text="wy common wx") for n in range(3))])
    found = ask("wx*", 1000)
    assert len(found) == 49 + 3
    assert {"frequent0", "frequent1", "frequent2"} <= set(found)
    assert index.remarks(parse("wx*")) == ["51 words begin with “wx”; the 50 that stand in most pages were looked for."]
    assert index.remarks(parse('"common wx*"')) == index.remarks(parse("wx*")) == index.remarks(parse("-wx*"))
    assert index.remarks(parse("wx* wy*")) == [
        "51 words begin with “wx”; the 40 that stand in most pages were looked for."
    ]
    assert index.remarks(parse("wy* wx")) == []


def test_hostile_queries_are_answered_or_refused_and_read_little(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [a + b for a in "abcd" for b in "efgh"]
    index.apply(
        [Document("1", text=" ".join(f"{pair}{n}" for pair in pairs for n in range(2_000)), title="the " * 500)]
    )
    read = 0
    reads = []
    get = StructFile.get

    def counted(self: StructFile, position: int, length: int) -> bytes:
        nonlocal read
        read += 1
        return get(self, position, length)

    monkeypatch.setattr(StructFile, "get", counted)
    for text in [
        " OR ".join(f"{pair}*" for pair in pairs),
        " ".join(f"-{pair}*" for pair in pairs),
        " OR ".join(f'"ae1 {pair}*"' for pair in pairs),
        '"' + "the " * 200 + '"',
        " OR ".join(['"the the"'] * 60),
        " OR ".join(f"title:{pair}{n}" for pair in pairs for n in range(3)),
        "(" * 20 + "the" + ")" * 20,
    ]:
        read = 0
        index.search(parse(text), 10)
        reads.append(read)
    assert limits.QUERY_EXPANSION_IN_ALL // 2 < max(reads) <= 5 * limits.QUERY_EXPANSION_IN_ALL


def test_making_it_anew_drops_the_index_and_nothing_else(index: Index, folder: Path) -> None:
    index.apply([Document("1", text="word")])
    index.close()
    (folder / "README.txt").write_text("Not ours.", "utf-8")
    with Index.create(folder) as anew:
        assert anew.count == 0
    names = {path.name for path in folder.iterdir()}
    assert {"README.txt", "fingerprint.json", "_pages_0.toc"} <= names
    assert not any(name.endswith(".words") for name in names)
