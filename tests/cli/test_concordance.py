"""``search --concordance`` as a script meets it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from command_line import Line
from pages import PAGE

SAILS = ("The cold harbour slept, and nobody sailed.", "A Black harbour lay in the rain.", "The big harbour was open.")


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Line:
    made = Line(tmp_path / "Lïbrary", capsys)
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(title="Tïtle 😀", paragraphs="".join(f"<p>{said}</p>" for said in SAILS * 3)), "utf-8")
    made("import", page)
    return made


def test_each_passage_is_a_line_in_the_wished_order(line: Line) -> None:
    found = line("search", "harbour", "--concordance", "--sort", "before")
    assert [passage["before"].split()[-1] for passage in found] == ["big"] * 3 + ["Black"] * 3 + ["cold"] * 3
    assert set(found[0]) == {
        *("id", "title", "url", "site", "published", "captured_at", "start", "end", "before", "match", "after"),
    }
    assert "9 passages from 1 of 1 answering pages." in line.said
    assert len(line("search", "harbour", "--concordance", "--limit", "4")) == 4
    assert "first 4 passages" in line.said


def test_it_is_written_into_a_file(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    (said,) = line("search", "harbour", "--concordance", "--csv", file)
    assert said == {"path": str(file), "lines": 9, "is_cut": False}
    assert [row[1] for row in csv.reader(file.read_text("utf-8-sig").splitlines())] == ["Match", *["harbour"] * 9]
    assert line("search", "harbour", "--concordance", "--csv", tmp_path / "no" / "such.csv", code=3) == []


def test_its_options_go_with_it_alone(line: Line) -> None:
    assert line("search", "harbour", "--sort", "before", code=2) == []
    assert "--concordance" in line.said
    assert line("search", "published:banana", "--concordance", code=2) == []
