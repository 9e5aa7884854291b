"""``mend``, ``rules`` and ``clean-again`` as a script meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from archive_viewer import limits
from archive_viewer.cli import program
from archive_viewer.library import Library
from command_line import Line
from older_cleaning import made_by_older_cleaner, with_more

PAGE = """<!-- saved from url=(0027)https://gazette.test/{number}.html -->
<html><head><title>Tïtle {number} 😀</title></head>
<body><nav class="menu"><a href="/">Home</a> <a href="/a">Imprïnt</a></nav>
<article class="story"><h1>Tïtle {number} 😀</h1>
<p>The envoys of both river towns met on Tuesday to speak about ferry {number}, the tolls and the winter road.</p>
<p class="plea">Dear reader, the Gazette lives on what its readers give, so give what you can, and give it today.</p>
</article></body></html>"""


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "Lïbrary 😀", capsys)


@pytest.fixture
def ids(line: Line, tmp_path: Path) -> list[str]:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.html").write_text(PAGE.format(number=number), "utf-8")
    return [found["items"][0]["id"] for found in line("import", folder)]


def test_a_section_is_mended_and_undone(line: Line, ids: list[str]) -> None:
    before = line.blocks(ids[0])
    n = next(block["n"] for block in before if "Imprïnt" in block["text"])
    (told,) = line("mend", ids[0], "--block", str(n), "--fate", "kept", "--section")
    assert told == {"item": ids[0], "block": n, "fate": "kept", "changed": n}
    after = line.blocks(ids[0])
    assert {(block["fate"], block["by"]) for block in after[:n]} == {("kept", "person")}
    assert [hit["id"] for hit in line("search", "imprïnt")] == [ids[0]]
    line("undo")
    assert line.blocks(ids[0]) == before
    assert line("mend", ids[0], "--block", "99", "--fate", "kept", "--section", code=2) == []
    assert "no paragraph 99" in line.said


def test_a_mend_says_what_it_did(line: Line, ids: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for said in ("1 block taken out.\n", "0 blocks taken out.\n"):
        program.run(["mend", ids[0], "--block", "3", "--fate", "stripped", "--library", str(line.folder)])
        assert capsys.readouterr().err == said


def test_a_rule_is_made_listed_switched_and_deleted(line: Line, ids: list[str]) -> None:
    n = next(block["n"] for block in line.blocks(ids[0]) if block["text"].startswith("Dear"))
    (rule,) = line("mend", ids[0], "--block", str(n), "--fate", "stripped", "--always", "place")
    assert (rule["site"], rule["fate"], rule["like"], rule["on"]) == ("gazette.test", "stripped", "place", True)
    assert line.said == "3 of 3 pages changed: 3 blocks taken out.\n"
    assert line("rules") == [rule]
    for id in ids:
        assert [(block["fate"], block["by"]) for block in line.blocks(id) if block["n"] == n] == [("stripped", "rule")]
    assert line("search", '"gazette lives"') == []
    assert line("rules", "--off", rule["id"]) == [{**rule, "on": False}]
    assert len(line("search", '"gazette lives"')) == 3
    assert line("rules", "--on", rule["id"]) == [rule]
    assert line("rules", "--delete", rule["id"]) == []
    assert line("undo") == [{"act": "Delete Rule"}]
    assert line("rules", "--delete", "nobody", code=2) == []


def test_a_rule_for_many_pages_is_carried_out_even_without_an_index(
    line: Line, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TEXTS_AT_ONCE", 1)
    (mark,) = line("annotate", ids[2], "--quote", "Dear reader")
    shutil.rmtree(line.folder / "index")
    n = next(block["n"] for block in line.blocks(ids[0]) if block["text"].startswith("Dear"))
    line("mend", ids[0], "--block", str(n), "--fate", "stripped", "--always", "words")
    assert [found["state"] for found in line("annotations")] == ["unplaced"]
    line("undo")
    assert line("annotations") == [mark]


def test_pages_are_cleaned_again_and_say_what_moved(line: Line, ids: list[str]) -> None:
    for id in ids[:2]:
        made_by_older_cleaner(line.folder, id, with_more("Sponsored 😀 words of forty characters"))
    line("rebuild-index")
    (lost,) = line("annotate", ids[0], "--quote", "forty characters")
    (kept,) = line("annotate", ids[1], "--quote", "winter road")
    first, second = line("clean-again", "--all")
    assert (first["id"], first["outcome"], first["put_back"], first["taken_out"]) == (ids[0], "changed", 0, 1)
    assert first["marks"] == {"carried": 0, "moved": [], "unplaced": [lost["id"]]}
    assert (second["id"], second["marks"]) == (ids[1], {"carried": 1, "moved": [], "unplaced": []})
    assert line.said.startswith("2 pages cleaned again, 2 changed.")
    states = {mark["id"]: mark["state"] for mark in line("annotations")}
    assert states == {lost["id"]: "unplaced", kept["id"]: "placed"}
    assert line("clean-again", "--all") == []
    assert line("undo") == [{"act": "Clean Again"}]
    assert line("annotations", "--item", ids[0]) == [lost]


def test_named_pages_and_a_lost_file(line: Line, ids: list[str]) -> None:
    assert line("clean-again", code=2) == []
    assert line("clean-again", ids[0], "--all", code=2) == []
    assert line("clean-again", "nobody", code=2) == []
    (told,) = line("clean-again", ids[0])
    assert told["outcome"] == "unchanged"
    made_by_older_cleaner(line.folder, ids[1])
    with Library.open(line.folder, "reader") as library:
        stored = library.original_path(library.item(ids[1]).sha256)
    stored.chmod(0o600)
    stored.write_bytes(b"another page")
    (told,) = line("clean-again", ids[1], code=3)
    assert (told["outcome"], bool(told["reason"])) == ("refused", True)
