"""``arrange`` and ``describe`` as a script meets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.cli import program
from archive_viewer.library import Library
from command_line import Line

PAGE = """<!-- saved from url=(0026)https://{site}/{n}.html -->
<html lang="en"><head><title>Tïtle {n} 😀</title><meta name="author" content="Ada Quill"></head><body><article>
<h1>Tïtle {n} 😀</h1><p>The envoys of both river towns met on Tuesday to speak about ferry {n} and the winter road.</p>
</article></body></html>"""


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(tmp_path / "Lïbrary 😀", capsys)


@pytest.fixture
def ids(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Three pages, two of them of one site, imported by a path that is not absolute."""
    folder = tmp_path / "in" / "cüttings"
    folder.mkdir(parents=True)
    for n, site in enumerate(("b.test", "a.test", "b.test")):
        (folder / f"{n}.html").write_text(PAGE.format(n=n, site=site), "utf-8")
    monkeypatch.chdir(tmp_path)
    return [found["items"][0]["id"] for found in line("import", "in")]


def test_a_tree_is_made_shown_and_changed(line: Line, ids: list[str]) -> None:
    assert line("arrange") == []
    assert line.said == "3 pages stand in no unit.\n"
    (fonds,) = line("arrange", "--add", "Papers 😀", "--code", "G")
    assert (fonds["level"], fonds["reference_code"], fonds["parent"]) == ("fonds", "G", None)
    (series,) = line("arrange", "--add", "Cuttings", "--level", "series", "--in", "G")
    assert line("arrange", "--move", ids[2], ids[0], "--to", "G/1") == [
        {"to": series["id"], "units": [], "items": [ids[2], ids[0]]}
    ]
    assert line.said == "2 pages moved to G/1 “Cuttings”.\n"
    assert [(unit["title"], unit["items"], unit["items_with_below"]) for unit in line("arrange")] == [
        ("Papers 😀", 0, 2),
        ("Cuttings", 2, 2),
    ]
    (shown,) = line("show", ids[0])
    assert (shown["series"], shown["reference_code"]) == ("Cuttings", "G/1/002")
    (renamed,) = line("arrange", "--rename", "G/1", "Tolls", "--code", "T")
    assert (renamed["title"], renamed["reference_code"]) == ("Tolls", "G/T")
    assert line("arrange", "--renumber") == [{"changed": 2}]
    line("arrange", "--move", ids[1], "--to", "G/T", "--before", ids[0])
    with Library.open(line.folder, "reader") as library:
        assert [library.item(id).reference_code for id in ids] == ["G/T/002", "G/T/003", "G/T/001"]
    (below,) = line("arrange", "--add", "Low", "--in", "G/T")
    assert below["level"] == "subseries"
    assert line("arrange", "--move", below["id"], ids[1]) == [{"to": None, "units": [below["id"]], "items": [ids[1]]}]
    assert line.said == "1 unit moved to the top of the arrangement.\n1 page moved out of the arrangement.\n"
    assert line("undo") == [{"act": "Move Unit and Page"}]
    assert line("arrange", "--remove", "G/T")[0]["id"] == series["id"]
    assert [unit["title"] for unit in line("arrange")] == ["Papers 😀", "Low"]
    assert line("items")[0]["series"] == "Papers 😀"


def test_pages_are_arranged_by_rules(line: Line, ids: list[str]) -> None:
    planned = line("arrange", "--by", "site", "--dry-run")
    assert [(one["titles"], one["unit"], one["ids"]) for one in planned] == [
        (["a.test"], None, ids[1:2]),
        (["b.test"], None, [ids[0], ids[2]]),
    ]
    assert line.said == "3 pages in 2 units, of which 2 would be made.\n"
    assert line("arrange") == []
    assert line("arrange", "--by", "site") == planned
    assert [unit["title"] for unit in line("arrange")] == ["a.test", "b.test"]
    assert line("undo") == [{"act": "Arrange by Site"}]
    line("arrange", "--by", "folder")
    assert [(unit["title"], unit["level"], unit["items"]) for unit in line("arrange")] == [
        ("in", "fonds", 0),
        ("cüttings", "series", 3),
    ]


def test_a_level_is_named_as_it_is_shown_in_whatever_case(line: Line) -> None:
    with Library.open(line.folder) as library:
        library.rename_level("series", "Reihe Ä")
    for written in ("series", "SERIES", "reihe ä", "Reihe Ä"):
        assert line("arrange", "--add", "Talks", "--level", written)[0]["level"] == "series"
    (renamed,) = line("arrange", "--rename", "1", "Talks", "--level", "Fonds")
    assert renamed["level"] == "fonds"
    assert line("arrange", "--add", "Talks", "--level", "shelf", code=2) == []
    assert "no level “shelf”" in line.said


def test_creators_are_several(line: Line, ids: list[str]) -> None:
    line("arrange", "--add", "Papers", "--code", "G")
    (said,) = line("describe", "G", "--set", "creator=Roth, Hanna", "--set", "creator=Roth, Peter")
    assert said["elements"]["creator"]["value"] == ["Roth, Hanna", "Roth, Peter"]
    assert line("undo") == [{"act": "Describe “Papers”: Creator"}]


def test_what_cannot_be_is_a_sentence(line: Line, ids: list[str]) -> None:
    line("arrange", "--add", "Papers", "--code", "G")
    for arguments in (
        ("arrange", "--add", "More", "--code", "G"),
        ("arrange", "--add", "More", "--level", "nobody"),
        ("arrange", "--move", ids[0], "--to", "nobody"),
        ("arrange", "--move", "nobody", "--to", "G"),
        ("arrange", "--move", "G", "--to", "G"),
        ("arrange", "--remove", "nobody"),
        ("arrange", "--add", "More", "--dry-run"),
        ("describe", "nobody"),
        ("describe", ids[0], "--set", "published=soon"),
        ("describe", ids[0], "--set", "nobody=x"),
        ("describe", ids[0], "--clear", "title", "--set", "title=x"),
        ("describe", ids[0], "nobody", "--set", "note=x", "--set", "title=x"),
    ):
        assert line(*arguments, code=2) == []
        assert line.said.strip()
    assert line("undo") == [{"act": "New Unit"}]
    with pytest.raises(SystemExit) as end:
        line("describe", ids[0], "--set", "title")
    assert end.value.code == 2
    with Library.open(line.folder, "owner"):
        assert line("arrange", "--add", "More", code=4) == []
        assert line("describe", ids[0], "--set", "note=x", code=4) == []
        assert line("arrange") == []


def test_pages_and_units_are_described(line: Line, ids: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    line("arrange", "--add", "Papers", "--code", "G")
    line("arrange", "--move", *ids, "--to", "G")
    (said,) = line("describe", "G", "--set", "access=Closed until 2040", "--set", "dates=1984/1986")
    assert (said["kind"], said["elements"]["dates"]["value"]) == ("unit", "1984/1986")
    (said,) = line("describe", ids[0], "--set", "author=Bo Ink", "--set", "author=Cy", "--set", "published=1984?")
    author = said["elements"]["author"]
    assert (author["value"], author["standing"]) == (["Bo Ink", "Cy"], "typed")
    assert author["stated"]["value"] == ["Ada Quill"]
    access = said["elements"]["access"]
    assert (access["value"], access["standing"]) == ("Closed until 2040", "inherited")
    (shown,) = line("show", ids[0])
    assert (shown["author"], shown["published"], shown["facts"]["author"]["value"]) == (
        ["Bo Ink", "Cy"],
        "1984?",
        ["Ada Quill"],
    )
    assert shown["description"]["access"] == access
    assert "note" not in shown["description"]
    assert [hit["id"] for hit in line("search", "author:ink")] == [ids[0]]
    looked = line("describe", *ids, "--add", "author=Cy", "--dry-run")
    assert [(one["id"], one["after"]) for one in looked] == [(id, ["Ada Quill", "Cy"]) for id in ids[1:]]
    assert len(line("describe", *ids, "--add", "author=Cy", "--set", "note=nöte")) == 3
    assert line("undo") == [{"act": "Describe 3: Note, Author"}]
    (said,) = line("describe", ids[0], "--clear", "author", "--clear", "published")
    assert said["elements"]["author"]["standing"] == "stated"
    assert program.run(["describe", ids[0], "--library", str(line.folder)]) == 0
    assert "  access: Closed until 2040  (inherited" in capsys.readouterr().out
    assert program.run(["arrange", "--library", str(line.folder)]) == 0
    assert capsys.readouterr().out.startswith("G  Papers  (Fonds, 3 pages)  ")


def test_a_date_that_was_only_inferred_is_not_called_stated(
    line: Line, ids: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (said,) = line("describe", ids[0])
    dates = said["elements"]["dates"]
    assert (dates["stated"]["source"], dates["stated"]["from"]) == ("inferred", "file time")
    assert said["elements"]["author"]["stated"]["source"] == "stated"
    assert program.run(["describe", ids[0], "--library", str(line.folder)]) == 0
    shown = capsys.readouterr().out
    assert "(inferred, file time)" in shown
    assert "author: Ada Quill  (stated, " in shown


def test_a_unit_of_a_level_that_came_with_another_library_can_have_units(line: Line, tmp_path: Path) -> None:
    with Library.open(tmp_path / "other") as other:
        unit = other.add_unit("", other.add_level("Box"), "Box 1")
    with Library.open(line.folder) as library:
        library.add_level("Case")
        library.merge(tmp_path / "other", choice="ours")
    (made,) = line("arrange", "--add", "Within", "--in", unit.id)
    assert (made["parent"], made["level"]) == (unit.id, "case")
