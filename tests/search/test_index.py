"""The engine's door, with Whoosh behind it: what goes in is found, what goes out is not, and who may open it."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh.filedb.structfile import StructFile

from archive_viewer import limits
from archive_viewer.errors import ArchiveViewerError, IndexUnavailable
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

Ask = Callable[..., list[str]]
SRC = Path(__file__).parents[2] / "src"
FOUND = [
    "ferry", "FERRY", "harbour", "title", "tïtle", "zoe", "O'Brien", "OBrien", "brien", "gazette", "almanac",
    "cafe", "café", "जैन", "доха", "example", '"winter road"', '"ferry left the harbour"',
    '"cooperation with AlJazeera"', "co-operation", '"noon nobody"', "title:ferry", "author:जैन",
    "author:zoë", "site:gazette", "site:example.org", "site:news.example.org", "url:cafe", "url:2021/11",
    "text:noon", "tag:road", 'tag:"winter road"', "note:almanac", "language:en", "language:en-us",
    "format:html-folder", "published:2021", "published:2021-11", "published:2021-11-21",
    "published:2021-10..2021-12", "published:>2020", "captured:2022-03", "captured:<2023", "fer*", "url:caf*",
    "title:fer*", "ferry gazette almanac", "nothing OR ferry", "ferry -nothing", "-nothing",
    "NOT (nothing OR nobodys)", "ferry published:2021 language:en", '"ferry lef*"', "(harbour nobody) -whale",
]  # fmt: skip
NOT_FOUND = [
    "whale", "ferr", "title:harbour", "author:ferry", "text:gazette", "text:title", "site:harbours",
    "tag:ferry", "note:ferry", '"harbour left"', '"Jain Zoë"', '"जैन Zoë"', '"ferry अनुभा"',
    'tag:"road Доха"', "format:html", "language:us", "language:e", "published:2022", "published:2021-10",
    "published:>2021", "captured:<2022-03", "ferry -harbour", "-ferry", "ferry whale", "harbou*  whale",
    "NOT (nothing OR noon)", "whal*", '"the the"', "url:cafés", "site:html",
]  # fmt: skip


@pytest.mark.parametrize("query", FOUND)
def test_found(index: Index, ask: Ask, ferry: Document, query: str) -> None:
    index.apply([ferry, Document("other", text="Another page")])
    assert "ferry" in ask(query)


@pytest.mark.parametrize("query", NOT_FOUND)
def test_not_found(index: Index, ask: Ask, ferry: Document, query: str) -> None:
    index.apply([ferry, Document("other", text="Another page")])
    assert "ferry" not in ask(query)


def test_a_page_without_anything_is_a_page(index: Index, ask: Ask) -> None:
    index.apply([Document("bare")])
    assert ask("-word") == ["bare"]
    assert ask("published:..2999") == []
    assert index.count == 1


def test_a_page_taken_in_again_replaces_itself(index: Index, ask: Ask) -> None:
    index.apply([Document("1", text="old"), Document("2", text="old")])
    index.apply([Document("1", text="new")])
    assert (ask("old"), ask("new"), index.count) == (["2"], ["1"], 2)
    index.apply([Document("1", text="newer")], ["1", "2", "unknown"])
    assert (ask("old"), ask("new"), ask("newer"), index.count) == ([], [], ["1"], 1)
    index.apply([], ["1"])
    assert (ask("newer"), ask("-word"), index.count) == ([], [], 0)


def test_nothing_to_do_is_no_commit(index: Index, ask: Ask) -> None:
    index.apply([Document("1", text="word")])
    before = index.stats()
    index.apply([], [])
    index.apply(iter(()), iter(()), merge=True)
    index.optimise()
    assert index.stats() == before
    index.apply(iter(()), iter(["unknown"]))
    assert ask("word") == ["1"]


def test_ids_may_be_any_text(index: Index, ask: Ask) -> None:
    ids = ["a b", "Ünï 😀", "x" * 500, "京", "2021-11", "pages_1"]
    index.apply([Document(id, text="word") for id in ids])
    assert sorted(ask("word")) == sorted(ids)
    index.apply([], ids[:5])
    assert ask("word") == ids[5:]


def test_one_id_twice_in_one_batch_is_refused_whole(index: Index, ask: Ask) -> None:
    index.apply([Document("0", text="word")])
    with pytest.raises(ValueError, match="given twice"):
        index.apply([Document("1", text="word"), Document("1", text="word")], ["0"])
    assert ask("word") == ["0"]


def test_an_error_of_the_source_leaves_everything_as_it_was(index: Index, ask: Ask) -> None:
    def failing() -> Iterator[Document]:
        yield Document("1", text="word")
        raise ArchiveViewerError("The library is damaged.")

    index.apply([Document("0", text="word")])
    with pytest.raises(ArchiveViewerError, match="library is damaged"):
        index.apply(failing(), ["0"])
    assert ask("word") == ["0"]
    index.apply([Document("1", text="word")])
    assert sorted(ask("word")) == ["0", "1"]


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


def test_a_reader_stands_still_until_it_is_refreshed(index: Index, folder: Path) -> None:
    index.apply([Document("1", text="word")])
    with Index.open(folder) as reader:
        for n in range(2, 12):
            index.apply([Document(str(n), text="word")], ["1"])
        index.optimise()
        assert [match.id for match in reader.search(parse("word"), 10)] == ["1"]
        assert reader.refresh()
        assert not reader.refresh()
        assert len(reader.search(parse("word"), 100)) == 10


def test_a_reader_notices_an_index_made_anew(index: Index, folder: Path) -> None:
    index.apply([Document("1", text="word")])
    with Index.open(folder) as reader:
        index.close()
        with Index.create(folder) as anew:
            anew.apply([Document("2", text="word")])
            assert reader.refresh()
            assert [match.id for match in reader.search(parse("word"), 10)] == ["2"]


def test_another_process_reads_what_is_written(index: Index, folder: Path) -> None:
    program = f"""if True:
        import sys
        from pathlib import Path
        from archive_viewer.search.index import Index
        from archive_viewer.search.query import parse
        with Index.open(Path({str(folder)!r})) as index:
            for line in sys.stdin:
                index.refresh()
                print(*sorted(match.id for match in index.search(parse(line), 10)), flush=True)
        """
    environment = {"PYTHONPATH": str(SRC), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for n in range(6):
            index.apply([Document(str(n), text="word")], [str(n - 3)], merge=n == 4)
            child.stdin.write("word\n")
            child.stdin.flush()
            assert child.stdout.readline().split() == [str(m) for m in range(max(0, n - 2), n + 1)]
        child.stdin.close()
        assert child.wait() == 0


def test_threads_take_turns(index: Index, ask: Ask) -> None:
    index.apply([Document(str(n), text="word " * (n + 1)) for n in range(50)])
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(ask("word OR wor*"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    index.apply([Document(str(n), text="word") for n in range(50, 60)])
    for thread in threads:
        thread.join()
    assert {len(answer) for answer in answers} <= {50, 60}


def test_the_best_are_given_and_no_more(index: Index) -> None:
    index.apply([Document(str(n), text="word " + "other " * n) for n in range(30)])
    found = index.search(parse("word"), 10)
    assert [match.id for match in found] == [str(n) for n in range(10)]
    assert found == sorted(found, key=lambda match: -match.score)
    assert all(match.score > 0 for match in found)
    assert index.search(parse("word"), 0) == []


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


def test_many_stems_one_after_the_other(index: Index, ask: Ask) -> None:
    index.apply([Document(str(n), text=f"a{n:03}x") for n in range(150)])
    for _ in range(2):
        for n in range(150):
            assert ask(f"a{n:03}*") == [str(n)]
    assert len(ask("a0*", 1000)) == 100


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


# -- who may open it --------------------------------------------------------------------------------------------


def test_there_is_none(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(IndexUnavailable, match="no search index yet"):
            Index.open(folder)


@pytest.mark.parametrize(
    "change",
    [{"schema": 0}, {"analyser": 0}, {"byte order": "?"}, {"library": "other"}, {"new": 1}, "cut", "list", "binary"],
)
def test_what_this_version_did_not_make_is_not_opened(
    index: Index, folder: Path, change: dict[str, object] | str
) -> None:
    index.close()
    file = folder / "fingerprint.json"
    data = json.loads(file.read_bytes())
    match change:
        case "cut":
            file.write_bytes(file.read_bytes()[:-5])
        case "list":
            file.write_text("[1]", "utf-8")
        case "binary":
            file.write_bytes(b"\xff\xfe\x00")
        case dict():
            file.write_text(json.dumps({**data, **change}), "utf-8")
    with pytest.raises(IndexUnavailable):
        Index.open(folder)
    with Index.create(folder) as anew:
        assert anew.count == 0


def test_an_index_belongs_to_one_library(folder: Path) -> None:
    Index.create(folder, library="a").close()
    Index.open(folder, library="a").close()
    with pytest.raises(IndexUnavailable, match="another library"):
        Index.open(folder, library="b")


def test_making_it_anew_drops_the_index_and_nothing_else(index: Index, folder: Path) -> None:
    index.apply([Document("1", text="word")])
    index.close()
    (folder / "README.txt").write_text("Not ours.", "utf-8")
    with Index.create(folder) as anew:
        assert anew.count == 0
    names = {path.name for path in folder.iterdir()}
    assert {"README.txt", "fingerprint.json", "_pages_0.toc"} <= names
    assert not any(name.endswith(".words") for name in names)


def test_only_one_process_writes(index: Index, folder: Path, ferry: Document) -> None:
    def meanwhile() -> Iterator[Document]:
        yield ferry
        with pytest.raises(IndexUnavailable, match="written by another"):
            Index.create(folder)

    index.apply(meanwhile())
    assert index.count == 1


def test_a_reader_does_not_write_and_a_closed_index_does_nothing(index: Index, folder: Path, ferry: Document) -> None:
    with Index.open(folder) as reader, pytest.raises(ValueError, match="opened for reading"):
        reader.apply([ferry])
    index.close()
    index.close()
    with pytest.raises(IndexUnavailable, match="closed"):
        index.search(parse("ferry"), 1)
    with pytest.raises(IndexUnavailable, match="closed"):
        index.apply([ferry])
