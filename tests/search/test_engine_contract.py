"""What every engine promises: what goes in is found, what goes out is not, and who may open it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_viewer.errors import ArchiveViewerError, IndexUnavailable
from archive_viewer.search.engine import Document, Engine
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import Not, Range, Value

Ask = Callable[..., list[str]]
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
def test_found(engine: Engine, asked: Ask, ferry: Document, query: str) -> None:
    engine.apply([ferry, Document("other", text="Another page")])
    assert "ferry" in asked(query)


@pytest.mark.parametrize("query", NOT_FOUND)
def test_not_found(engine: Engine, asked: Ask, ferry: Document, query: str) -> None:
    engine.apply([ferry, Document("other", text="Another page")])
    assert "ferry" not in asked(query)


def test_a_page_without_anything_is_a_page(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("bare")])
    assert asked("-word") == ["bare"]
    assert asked("published:..2999") == []
    assert engine.count == 1


def test_a_page_taken_in_again_replaces_itself(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("1", text="old"), Document("2", text="old")])
    engine.apply([Document("1", text="new")])
    assert (asked("old"), asked("new"), engine.count) == (["2"], ["1"], 2)
    engine.apply([Document("1", text="newer")], ["1", "2", "unknown"])
    assert (asked("old"), asked("new"), asked("newer"), engine.count) == ([], [], ["1"], 1)
    engine.apply([], ["1"])
    assert (asked("newer"), asked("-word"), engine.count) == ([], [], 0)


def test_nothing_to_do_is_no_commit(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("1", text="word")])
    before = engine.stats()
    engine.apply([], [])
    engine.apply(iter(()), iter(()), merge=True)
    assert engine.stats() == before
    engine.apply(iter(()), iter(["unknown"]))
    assert asked("word") == ["1"]


def test_each_commit_is_another_generation(engine: Engine) -> None:
    first = engine.apply([Document("1", text="word")])
    assert first == engine.stats().generation
    assert engine.apply([]) == first
    assert engine.apply([Document("2", text="word")]) == engine.stats().generation > first
    assert engine.stats().pages == 2


def test_filters_decide_and_do_not_score(engine: Engine) -> None:
    engine.apply(
        [
            Document("1", text="Ferries", language="en", published="2021", states=("binned",)),
            Document("2", text="Ferries", language="en", published="2021"),
            Document("3", text="ferry", language="de", published="2020"),
            Document("4", text="Fähre", language="de", published="2021"),
        ]
    )
    query = parse("ferry")
    assert {match.id for match in engine.search(query, 9)} == {"1", "2", "3"}
    assert [match.id for match in engine.search(query, 9, (Not(Value("binned", "is")),))] == ["3", "2"]
    of_2021 = Range("published", 20210000, 20219999)
    assert [match.id for match in engine.search(query, 9, (of_2021, Not(Value("binned", "is"))))] == ["2"]
    assert [match.id for match in engine.search(query, 9, (Value("de", "language"),))] == ["3"]
    assert engine.search(query, 9, (of_2021,)) == engine.search(query, 9, (of_2021, of_2021))


def test_how_frequent_words_are(engine: Engine) -> None:
    engine.apply([Document(str(n), text="word " * 3 + f"w{n % 2}", title="Page") for n in range(5)])
    assert engine.frequencies("text", ["word", "w0", "w1", "page", "अनुभा"]) == {
        "word": 5,
        "w0": 3,
        "w1": 2,
        "page": 0,
        "अनुभा": 0,
    }


def test_words_that_are_spelled_nearly_so(engine: Engine) -> None:
    engine.apply([Document("1", text="ferry fery ferries co-operate", title="Ferrys"), Document("2", text="berry")])
    assert engine.near("text", "ferry", 1) == {"fery", "berry"}
    assert engine.near("title", "ferry", 1) == {"ferrys"}
    assert engine.near("text", "cooperat", 1) == {"cooperate"}
    assert engine.near("text", "efrry", 1) == {"ferry"}
    engine.apply([Document("3", text="ferryx")])
    assert engine.near("text", "ferry", 1) == {"fery", "berry", "ferryx"}


def test_a_page_in_several_languages(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("1", text="running", language="en fr"), Document("2", text="running", language="fr en-GB")])
    for query in ("language:fr", "language:en"):
        assert sorted(asked(query)) == ["1", "2"]
    assert asked("language:en-GB") == ["2"]
    # The text is in the first.
    assert asked("run") == ["1"]


def test_other_forms_of_what_is_marked(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("1", marks=("many boats",), language="en")])
    assert asked("mark:boat") == ["1"]


def test_ids_may_be_any_text(engine: Engine, asked: Ask) -> None:
    ids = ["a b", "Ünï 😀", "x" * 500, "京", "2021-11", "pages_1"]
    engine.apply([Document(id, text="word") for id in ids])
    assert sorted(asked("word")) == sorted(ids)
    engine.apply([], ids[:5])
    assert asked("word") == ids[5:]


def test_one_id_twice_in_one_batch_is_refused_whole(engine: Engine, asked: Ask) -> None:
    engine.apply([Document("0", text="word")])
    with pytest.raises(ValueError, match="given twice"):
        engine.apply([Document("1", text="word"), Document("1", text="word")], ["0"])
    assert asked("word") == ["0"]


def test_an_error_of_the_source_leaves_everything_as_it_was(engine: Engine, asked: Ask) -> None:
    def failing() -> Iterator[Document]:
        yield Document("1", text="word")
        raise ArchiveViewerError("The library is damaged.")

    engine.apply([Document("0", text="word")])
    with pytest.raises(ArchiveViewerError, match="library is damaged"):
        engine.apply(failing(), ["0"])
    assert asked("word") == ["0"]
    engine.apply([Document("1", text="word")])
    assert sorted(asked("word")) == ["0", "1"]


def test_a_reader_stands_still_until_it_is_refreshed(kind: type[Engine], engine: Engine, folder: Path) -> None:
    engine.apply([Document("1", text="word")])
    with kind.open(folder) as reader:
        for n in range(2, 12):
            engine.apply([Document(str(n), text="word")], ["1"])
            assert [match.id for match in reader.search(parse("word"), 10)] == ["1"]
        assert reader.refresh()
        assert not reader.refresh()
        assert len(reader.search(parse("word"), 100)) == 10


def test_a_reader_notices_an_index_made_anew(kind: type[Engine], engine: Engine, folder: Path) -> None:
    engine.apply([Document("1", text="word")])
    with kind.open(folder) as reader:
        engine.close()
        with kind.create(folder) as anew:
            anew.apply([Document("2", text="word")])
            assert reader.refresh()
            assert [match.id for match in reader.search(parse("word"), 10)] == ["2"]


def test_another_process_reads_what_is_written(kind: type[Engine], engine: Engine, folder: Path) -> None:
    program = f"""if True:
        import sys
        from pathlib import Path
        from archive_viewer.search import engines
        from archive_viewer.search.query import parse
        with engines.open_any(Path({str(folder)!r})) as index:
            for line in sys.stdin:
                index.refresh()
                print(*sorted(match.id for match in index.search(parse(line), 10)), flush=True)
        """
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for n in range(6):
            engine.apply([Document(str(n), text="word")], [str(n - 3)], merge=n == 4)
            child.stdin.write("word\n")
            child.stdin.flush()
            assert child.stdout.readline().split() == [str(m) for m in range(max(0, n - 2), n + 1)]
        child.stdin.close()
        assert child.wait() == 0


def test_threads_take_turns(engine: Engine, asked: Ask) -> None:
    engine.apply([Document(str(n), text="word " * (n + 1)) for n in range(50)])
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(asked("word OR wor*"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    engine.apply([Document(str(n), text="word") for n in range(50, 60)])
    for thread in threads:
        thread.join()
    assert {len(answer) for answer in answers} <= {50, 60}


def test_the_best_are_given_and_no_more(engine: Engine) -> None:
    engine.apply([Document(str(n), text="word " + "other " * n) for n in range(30)])
    found = engine.search(parse("word"), 10)
    assert [match.id for match in found] == [str(n) for n in range(10)]
    assert found == sorted(found, key=lambda match: -match.score)
    assert all(match.score > 0 for match in found)
    assert engine.search(parse("word"), 0) == []


def test_many_stems_one_after_the_other(engine: Engine, asked: Ask) -> None:
    engine.apply([Document(str(n), text=f"a{n:03}x") for n in range(150)])
    for _ in range(2):
        for n in range(150):
            assert asked(f"a{n:03}*") == [str(n)]
    assert len(asked("a0*", 1000)) == 100


# -- who may open it --------------------------------------------------------------------------------------------


def test_there_is_none(kind: type[Engine], tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(IndexUnavailable, match="no search index yet"):
            kind.open(folder)


@pytest.mark.parametrize(
    "change",
    [{"schema": 0}, {"analyser": 0}, {"byte order": "?"}, {"library": "other"}, {"new": 1}, "cut", "list", "binary"],
)
def test_what_this_version_did_not_make_is_not_opened(
    kind: type[Engine], engine: Engine, folder: Path, change: dict[str, object] | str
) -> None:
    engine.close()
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
        kind.open(folder)
    with kind.create(folder) as anew:
        assert anew.count == 0


def test_an_index_belongs_to_one_library(kind: type[Engine], folder: Path) -> None:
    kind.create(folder, library="a").close()
    kind.open(folder, library="a").close()
    with pytest.raises(IndexUnavailable, match="another library"):
        kind.open(folder, library="b")


def test_only_one_process_writes(kind: type[Engine], engine: Engine, folder: Path, ferry: Document) -> None:
    def meanwhile() -> Iterator[Document]:
        yield ferry
        with pytest.raises(IndexUnavailable, match="written by another"):
            kind.create(folder)

    engine.apply(meanwhile())
    assert engine.count == 1


def test_a_reader_does_not_write_and_a_closed_index_does_nothing(
    kind: type[Engine], engine: Engine, folder: Path, ferry: Document
) -> None:
    with kind.open(folder) as reader, pytest.raises(ValueError, match="opened for reading"):
        reader.apply([ferry])
    engine.close()
    engine.close()
    with pytest.raises(IndexUnavailable, match="closed"):
        engine.search(parse("ferry"), 1)
    with pytest.raises(IndexUnavailable, match="closed"):
        engine.apply([ferry])
