"""A library as a whole on the command line: its words, its JSON and its exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest

import command_processes
from bags import make_bag
from pages import PAGE, PARAGRAPHS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str | Path, library: str = "Lïbrary", code: int = 0) -> subprocess.CompletedProcess[str]:
        return command_processes.run(*arguments, "--library", tmp_path / library, code=code)

    return run


def lines(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.stdout.splitlines()]


def write_page(folder: Path, title: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{title}.html"
    body = "".join(f"<p>{paragraph} {title}.</p>" for paragraph in PARAGRAPHS)
    file.write_text(PAGE.format(title=title, paragraphs=body), "utf-8")
    return file


@pytest.fixture
def item_id(run: Run, tmp_path: Path) -> str:
    return str(lines(run("import", write_page(tmp_path / "in", "Tïtle 😀"), "--json"))[0]["items"][0]["id"])


def test_a_bag_out_and_in(run: Run, item_id: str, tmp_path: Path) -> None:
    run("annotate", item_id, "--quote", "winter road")
    marks = run("annotations", "--json").stdout
    (bag,) = lines(run("bag", tmp_path / "bäg", "--organization", "Tïtle", "--json"))
    assert bag == {"path": str(tmp_path / "bäg"), "files": 1, "bytes": bag["bytes"], "damaged": []}
    bagit.Bag(str(tmp_path / "bäg")).validate()
    (looked,) = lines(run("unbag", tmp_path / "bäg", "--dry-run", "--json", library="again"))
    assert (looked["outcome"], looked["library"], looked["files"]) == ("whole", True, 3)
    assert not (tmp_path / "again").exists()
    assert lines(run("unbag", tmp_path / "bäg", "--json", library="again"))[0]["files"] == 1
    assert run("annotations", "--json", library="again").stdout == marks
    run("rebuild-index", library="again")
    assert [hit["id"] for hit in lines(run("search", "harbour", "--json", library="again"))] == [item_id]
    assert "There is already a library" in run("unbag", tmp_path / "bäg", library="again", code=2).stderr
    assert "nothing was replaced" in run("bag", tmp_path / "bäg", code=3).stderr


def test_a_bag_that_is_not_whole_is_refused_with_every_reason(run: Run, tmp_path: Path) -> None:
    bag = make_bag(tmp_path / "bag")
    (bag / "data" / "notes.txt").unlink()
    (bag / "data" / "extra.txt").write_bytes(b"A note.\n")
    answer = run("unbag", bag, "--json", code=3)
    reasons = [line["reason"] for line in lines(answer)]
    assert reasons == [
        "“data/notes.txt” is on its list “manifest-sha256.txt” and is not there.",
        "“data/extra.txt” lies in it and is not on its list.",
    ]
    assert "This bag was refused, and nothing of it was taken." in answer.stderr
    assert not (tmp_path / "Lïbrary").exists()


def test_a_bag_of_others_comes_in_as_files(run: Run, tmp_path: Path) -> None:
    bag = make_bag(tmp_path / "bag")
    (looked,) = lines(run("unbag", bag, "--dry-run", "--json"))
    assert looked["library"] is False
    assert ["Contact-Name", "Ada Lind"] in looked["info"]
    answers = lines(run("unbag", bag, "--json"))
    assert {line["outcome"] for line in answers} == {"imported"}
    assert len(lines(run("items", "--json"))) == 2


def test_pages_that_are_here_already_are_told_by_their_titles(run: Run, item_id: str, tmp_path: Path) -> None:
    (again,) = lines(run("import", tmp_path / "in", "--json", library="öther"))
    there = again["items"][0]
    looked = run("merge", tmp_path / "öther", "--dry-run").stdout
    assert f"here already: “{there['title']}”, there {there['id']}, here {item_id}" in looked


def test_a_choice_of_what_is_no_conflict_is_refused(run: Run, item_id: str, tmp_path: Path) -> None:
    run("copy-library", tmp_path / "cöpy")
    run("import", write_page(tmp_path / "more", "More"), library="cöpy")
    for look in (("--dry-run",), ()):
        answer = run("merge", tmp_path / "cöpy", *look, "--choose", f"item:{item_id}=theirs", code=2)
        assert f"There is no conflict “item:{item_id}”" in answer.stderr
        assert answer.stdout == ""
    assert len(lines(run("items", "--json"))) == 1


def test_a_copy_that_can_be_opened(run: Run, item_id: str, tmp_path: Path) -> None:
    assert "1 stored file written" in run("copy-library", tmp_path / "cöpy").stderr
    assert [item["id"] for item in lines(run("items", "--json", library="cöpy"))] == [item_id]
    assert "There is no library" in run("copy-library", tmp_path / "x", library="nowhere", code=2).stderr


def test_two_libraries_become_one(run: Run, item_id: str, tmp_path: Path) -> None:
    run("copy-library", tmp_path / "cöpy")
    run("import", write_page(tmp_path / "more", "More"), library="cöpy")
    (mark,) = lines(run("annotate", item_id, "--quote", "winter road", "--json", library="cöpy"))
    (looked,) = lines(run("merge", tmp_path / "cöpy", "--dry-run", "--json"))
    assert looked["new"] == {"item": 1, "annotation": 1, "accession": 1}
    assert len(lines(run("items", "--json"))) == 1
    assert "1 page" in run("merge", tmp_path / "cöpy").stderr
    assert [found["id"] for found in lines(run("annotations", "--json"))] == [mark["id"]]
    assert len(lines(run("search", "harbour", "--json"))) == 2
    assert "Nothing new" in run("merge", tmp_path / "cöpy").stderr
    looked_again = run("merge", tmp_path / "cöpy", "--dry-run").stderr
    assert "Nothing new is in that library." in looked_again
    assert looked_again.count("merged") == 0
    assert lines(run("undo", "--json"))[0]["act"] == "Merge Library"
    assert len(lines(run("items", "--json"))) == 1


def test_a_code_that_two_units_would_bear_is_told_and_chosen(run: Run, item_id: str, tmp_path: Path) -> None:
    run("import", write_page(tmp_path / "more", "More"), library="öther")
    run("arrange", "--add", "Ours", "--code", "F")
    (theirs,) = lines(run("arrange", "--add", "Theirs", "--code", "F", "--json", library="öther"))
    looked = lines(run("merge", tmp_path / "öther", "--dry-run", "--json"))[0]
    (conflict,) = looked["conflicts"]
    assert (conflict["noun"], conflict["id"], conflict["title"]) == ("code", theirs["id"], "F")
    assert (conflict["default"], looked["doubled"]) == ("both", [])
    assert "both, unless" in run("merge", tmp_path / "öther", "--dry-run").stdout
    answer = run("merge", tmp_path / "öther", "--json")
    assert lines(answer)[0]["doubled"] == ["F"]
    assert "More than one unit bears “F”" in answer.stderr
    run("undo")
    # The page that the undoing put into the bin is another difference.
    answer = run(
        "merge", tmp_path / "öther", "--conflicts", "theirs", "--choose", f"code:{theirs['id']}=ours", "--json"
    )
    assert lines(answer)[0]["doubled"] == []


def test_what_differs_is_listed_and_chosen(run: Run, item_id: str, tmp_path: Path) -> None:
    (mark,) = lines(run("annotate", item_id, "--quote", "winter road", "--note", "ours", "--json"))
    run("copy-library", tmp_path / "cöpy")
    run("undo", library="cöpy")
    run("annotate", item_id, "--quote", "winter road", "--note", "theirs", library="cöpy")
    assert lines(run("merge", tmp_path / "cöpy", "--dry-run", "--json"))[0]["new"] == {"annotation": 1}
    run("redo", code=2)
    run("delete", item_id)
    answer = run("merge", tmp_path / "cöpy", "--json", code=3)
    assert [one["noun"] for one in lines(answer)[0]["conflicts"]] == ["item"]
    assert "say which is to hold" in answer.stderr
    assert f"item:{item_id}" in run("merge", tmp_path / "cöpy", code=3).stdout
    assert "NOUN:ID" in run("merge", tmp_path / "cöpy", "--choose", "item", code=2).stderr
    run("merge", tmp_path / "cöpy", "--choose", f"item:{item_id}=theirs")
    assert [item["id"] for item in lines(run("items", "--json"))] == [item_id]
    assert {found["note"] for found in lines(run("annotations", "--json"))} == {"ours", "theirs"}
    assert mark["id"] in run("annotations", "--json").stdout
    assert "There is no library" in run("merge", tmp_path / "nowhere", code=2).stderr


def test_files_are_given_back(run: Run, item_id: str, tmp_path: Path) -> None:
    (answer,) = lines(run("give-back", item_id, "--to", tmp_path / "out", "--json"))
    (path,) = answer["paths"]
    assert Path(path).read_bytes() == (tmp_path / "in" / "Tïtle 😀.html").read_bytes()
    assert "nothing was replaced" in run("give-back", item_id, "--to", tmp_path / "out", code=3).stderr
    run("give-back", "nobody", "--to", tmp_path / "out", code=2)


def test_a_look_back(run: Run, item_id: str) -> None:
    copy = lines(run("backup", "--json"))[0]
    assert "would change nothing" in run("restore-backup", copy["path"], "--dry-run").stderr
    run("annotate", item_id, "--quote", "winter road", "--note", "new")
    answers = lines(run("restore-backup", copy["path"], "--dry-run", "--json"))
    assert {line["kind"]: line["lost"] for line in answers} == {"annotation": 1, "note": 1}
    assert "1 mark would go" in run("restore-backup", copy["path"], "--dry-run").stdout
    assert len(lines(run("annotations", "--json"))) == 1


def test_going_back_says_where_the_replaced_database_lies(run: Run, item_id: str, tmp_path: Path) -> None:
    copy = lines(run("backup", "--json"))[0]
    (told,) = lines(run("restore-backup", copy["path"], "--json"))
    assert (told["path"], told["backup"]) == (str(tmp_path / "Lïbrary"), copy["path"])
    assert Path(told["replaced"]).is_file()
    own = tmp_path / "Lïbrary" / "library.db"
    for look in (("--dry-run",), ()):
        assert "choose a copy of it" in run("restore-backup", own, *look, code=2).stderr
    assert len(lines(run("items", "--json"))) == 1


def test_a_bag_of_some_pages(run: Run, item_id: str, tmp_path: Path) -> None:
    run("import", write_page(tmp_path / "more", "More"))
    number = lines(run("items", "--json"))[-1]["accession"]
    assert lines(run("bag", tmp_path / "one", "--item", item_id, "--json"))[0]["files"] == 1
    assert lines(run("bag", tmp_path / "two", "--accession", number, "--json"))[0]["files"] == 1
    assert "nothing was written" in run("bag", tmp_path / "none", "--tag", "nobody", code=2).stderr
    run("bag", tmp_path / "none", "--item", "nobody", code=2)
    assert not (tmp_path / "none").exists()
