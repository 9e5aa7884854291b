"""The command line as a program: its words, its JSON and its exit codes are a contract with whoever scripts it."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import command_processes
from archive_viewer import damage
from archive_viewer.library import Library
from crawls import SITE, answer, record
from crawls import page as crawled
from marked_pages import FIRST, SECOND, THIRD, marked, singlefile
from marked_pages import page as marked_page
from pages import PAGE, PARAGRAPHS, PIXEL
from saved_files import HTML, zipped

ITEM = {
    "id", "title", "url", "captured_at", "published", "author", "site", "language", "format", "media_type", "charset",
    "sha256", "payload_sha256", "accession", "series", "tags", "warnings",
}  # fmt: skip

Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        library = ("--library", tmp_path / "Lïbrary")
        given = (*library, *arguments) if "--" in arguments else (*arguments, *library)
        return command_processes.run(*given, code=code)

    return run


@pytest.fixture
def page(tmp_path: Path) -> Path:
    file = tmp_path / "in" / "Tïtle 😀.html"
    file.parent.mkdir()
    body = "".join(
        f"<p>{paragraph}</p>" for paragraph in (*PARAGRAPHS, "A line\u2028that breaks, a cell\u0085and more.")
    )
    file.write_text(PAGE.format(title="Tïtle 😀", paragraphs=body), "utf-8")
    return file


@pytest.fixture
def item_id(run: Run, page: Path) -> str:
    return str(lines(run("import", page, "--json"))[0]["items"][0]["id"])


def test_import_says_a_line_for_each_file(run: Run, page: Path) -> None:
    (page.parent / "picture.png").write_bytes(PIXEL)
    (page.parent / "empty.html").write_bytes(b"")
    answers = {Path(line["path"]).name: line for line in lines(run("import", page.parent, "--json", code=3))}
    assert {name: line["outcome"] for name, line in answers.items()} == {
        page.name: "imported",
        "picture.png": "skipped",
        "empty.html": "refused",
    }
    assert set(answers[page.name]) == {"path", "outcome", "reason", "items", "warnings", "near"}
    assert set(answers[page.name]["items"][0]) == ITEM
    again = lines(run("import", page, "--json"))[0]
    assert (again["outcome"], again["items"]) == ("duplicate", answers[page.name]["items"])


def test_a_dry_run_makes_no_library(run: Run, page: Path, tmp_path: Path) -> None:
    (line,) = lines(run("import", page, "--dry-run", "--json"))
    assert line["outcome"] == "imported"
    assert line["items"][0]["id"] is None
    assert not (tmp_path / "Lïbrary").exists()


def test_marks_that_came_along_are_announced_and_name_their_program(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "märked.html"
    html = marked_page(FIRST, marked(SECOND, "old treaty", singlefile(1, "green")), THIRD)
    file.write_text(html, "utf-8")
    (ahead,) = lines(run("import", file, "--dry-run", "--json"))
    assert ahead["items"][0]["marks"] == "1 mark made with SingleFile"
    assert "1 mark made with SingleFile" in run("import", file, "--dry-run").stdout
    (line,) = lines(run("import", file, "--json"))
    (shown,) = lines(run("show", line["items"][0]["id"], "--json"))
    (mark,) = shown["annotations"]
    assert (mark["quote"], mark["colour"], mark["state"]) == ("old treaty", "green", "placed")
    assert (mark["creator"], mark["origin"]) == ("SingleFile", "highlight")
    assert shown["text"][mark["start"] : mark["end"]] == "old treaty"
    assert "(SingleFile, highlight)" in run("annotations").stdout


def test_items_and_show(run: Run, item_id: str) -> None:
    (plain,) = lines(run("items", "--json"))
    (full,) = lines(run("items", "--text", "--json"))
    assert set(plain) == ITEM
    assert set(full) == ITEM | {"text"}
    (shown,) = lines(run("show", item_id, "--json"))
    assert set(shown) >= ITEM | {"facts", "blocks", "annotations", "links", "events"}
    assert set(shown["facts"]["title"]) == {"value", "source", "from", "doubt"}
    assert {"n", "kind", "level", "text", "fate", "reason", "start"} == set(shown["blocks"][0])
    for block in shown["blocks"]:
        if block["fate"] == "kept":
            assert full["text"][block["start"] :].startswith(block["text"])
        else:
            assert block["start"] is None
            assert block["reason"]
    assert {event["type"] for event in shown["events"]} >= {"ingestion", "message digest calculation"}


def test_no_line_of_json_is_cut_by_a_separator(run: Run, item_id: str) -> None:
    answer = run("items", "--text", "--json")
    assert len(answer.stdout.splitlines()) == 1
    assert "\u2028" in lines(answer)[0]["text"] or "breaks" in lines(answer)[0]["text"]


def test_search(run: Run, item_id: str) -> None:
    (hit,) = lines(run("search", "harbour", "--json"))
    assert set(hit) == {"id", "title", "url", "score", "passages", "asides"}
    assert set(hit["passages"][0]) == {"start", "end", "before", "match", "after"}
    assert hit["id"] == item_id
    assert lines(run("search", "--json", "--limit", "1", "--", "-nonexistent harbour"))[0]["id"] == item_id
    assert lines(run("search", "nonexistent", "--json")) == []
    (titled,) = lines(run("search", "title:tïtle", "--json"))
    assert titled["passages"] == []
    assert [set(aside) for aside in titled["asides"]] == [{"field", "before", "match", "after", "annotation", "block"}]
    assert (titled["asides"][0]["field"], titled["asides"][0]["match"]) == ("title", "Tïtle")
    assert run("search", "published:yesterday-ish..", code=2).stderr.strip()


def test_facets_and_another_word(run: Run, item_id: str) -> None:
    hit, counted = lines(run("search", "harbour", "--facets", "--json"))
    assert hit["id"] == item_id
    assert (counted["pages"], counted["suggestion"]) == (1, None)
    assert counted["facets"]["format"] == {
        "values": [{"value": "html", "count": 1, "query": "format:html"}],
        "others": 0,
    }
    assert "       1  format:html" in run("search", "harbour", "--facets").stdout
    answer = run("search", "harbuor")
    assert answer.stdout == ""
    assert "Did you mean: harbour" in answer.stderr
    assert lines(run("search", "harbuor", "--facets", "--json"))[0]["suggestion"] == "harbour"


def test_search_within_fields(run: Run, item_id: str) -> None:
    assert lines(run("search", "harbour", "--in", "title,note", "--json")) == []
    assert lines(run("search", "tïtle", "--in", "title", "--json"))[0]["id"] == item_id
    assert "[Tïtle]" in run("search", "tïtle", "--in", "TITLE").stdout
    assert "no field “titel”" in run("search", "harbour", "--in", "titel", code=2).stderr


def test_searches_are_saved_listed_asked_renamed_and_deleted(run: Run, item_id: str) -> None:
    assert lines(run("searches", "--json")) == []
    (saved,) = lines(run("searches", "--save", "Häfen 😀", "in:text(harbour*)", "--json"))
    assert set(saved) == {"id", "name", "query", "created_at", "count"}
    assert (saved["name"], saved["query"], saved["count"]) == ("Häfen 😀", "in:text(harbour*)", 1)
    for called in ("hafen 😀", saved["id"]):
        assert lines(run("search", "--saved", called, "--json"))[0]["id"] == item_id
    assert "(1 page)" in run("searches", "--rename", "Häfen 😀", "Harbours").stdout
    assert "At character 1: title:" in run("searches", "--save", "Harbours", "title:", code=2).stderr
    assert [one["query"] for one in lines(run("searches", "--json"))] == ["in:text(harbour*)"]
    run("search", "--saved", "Häfen 😀", code=2)
    run("search", "harbour", "--saved", "Harbours", code=2)
    run("searches", "--rename", "Harbours", " ", code=2)
    assert lines(run("searches", "--delete", "harbours", "--json")) == []


def test_search_says_where_a_query_goes_wrong(run: Run, item_id: str) -> None:
    said = run("search", "harbour autor:quill ferry", code=2).stderr
    assert "did you mean “author:”" in said
    assert "At character 9: autor:quill ferry" in said
    assert "nothing before “NEAR”" in run("search", "NEAR/5 harbour", code=2).stderr
    (hit,) = lines(run("search", "h?rb* NEAR/3 master format:html is:unarranged -has:mark", "--json"))
    assert hit["id"] == item_id
    assert [passage["match"] for passage in hit["passages"]] == ["harbour master"]


def test_marks_links_and_undo(run: Run, item_id: str) -> None:
    (one,) = lines(run("annotate", item_id, "--quote", "harbour master", "--note", "n", "--tag", "t", "--json"))
    assert (one["item"], one["quote"], one["state"]) == (item_id, "harbour master", "placed")
    assert run("annotate", item_id, "--quote", "the", code=2).stdout == ""
    assert "not stand" in run("annotate", item_id, "--quote", "no such words", code=2).stderr
    (two,) = lines(run("annotate", item_id, "--quote", "the", "--occurrence", "2", "--json"))
    (link,) = lines(run("link", one["id"], two["id"], "--relation", "supports", "--json"))
    assert set(link) >= {"id", "from", "to", "relation"}
    assert lines(run("links", "--json")) == lines(run("links", "--item", item_id, "--json")) == [link]
    assert [mark["id"] for mark in lines(run("annotations", "--item", item_id, "--json"))] == [two["id"], one["id"]]
    assert lines(run("undo", "--json")) == [{"act": "Link Passages"}]
    assert lines(run("links", "--json")) == []
    assert lines(run("redo", "--json")) == [{"act": "Link Passages"}]
    run("link", one["id"], "nobody", "--relation", "cites", code=2)
    run("redo", code=2)


def test_mend_delete_restore(run: Run, item_id: str) -> None:
    shown = lines(run("show", item_id, "--json"))[0]
    stripped = next(block for block in shown["blocks"] if "rights reserved" in block["text"])
    assert lines(run("search", '"rights reserved"', "--json")) == []
    run("mend", item_id, "--block", str(stripped["n"]), "--fate", "kept")
    assert lines(run("search", '"rights reserved"', "--json"))[0]["id"] == item_id
    run("mend", item_id, "--block", "9999", "--fate", "kept", code=2)
    assert lines(run("delete", item_id, "--json"))[0]["id"] == item_id
    assert lines(run("items", "--json")) == lines(run("search", "harbour", "--json")) == []
    run("restore", item_id)
    assert lines(run("search", "harbour", "--json"))[0]["id"] == item_id


def test_reread(run: Run, tmp_path: Path) -> None:
    words = "Переговоры о пароме продолжатся на следующей неделе в столице."
    file = tmp_path / "in" / "wröng.html"
    file.parent.mkdir()
    page = f"<meta charset=koi8-r><title>Паром</title><article><h1>Паром</h1><p>{words}</p><p>{words}</p></article>"
    file.write_bytes(page.encode("cp1251"))
    (before,) = lines(run("import", file, "--json"))[0]["items"]
    assert before["charset"] == "koi8-r"
    (item,) = lines(run("reread", before["id"], "--charset", "CP1251", "--json"))
    assert set(item) == ITEM
    assert item == {**before, "charset": "windows-1251", "title": "Паром"}
    (shown,) = lines(run("show", item["id"], "--json"))
    fact = {"value": "windows-1251", "source": "typed", "from": "chosen by a person", "doubt": None}
    assert shown["facts"]["charset"] == fact
    assert lines(run("search", "столице", "--json"))[0]["id"] == item["id"]
    assert lines(run("undo", "--json")) == [{"act": "Read Again as windows-1251"}]
    assert lines(run("items", "--json")) == [before]
    assert lines(run("redo", "--json")) == [{"act": "Read Again as windows-1251"}]
    assert lines(run("reread", item["id"], "--charset", "", "--json")) == [before]
    assert "windows-1251 (typed, chosen by a person): Паром" in run("reread", item["id"], "--charset", "cp1251").stdout
    for charset, sentence in (
        ("klingon", "“klingon” is not the name of a character set."),
        ("euc-tw", "The character set EUC-TW is not read."),
        ("utf-16", "The bytes of this page are no text in UTF-16LE."),
    ):
        answer = run("reread", item["id"], "--charset", charset, code=2)
        assert (answer.stdout, answer.stderr.strip()) == ("", sentence)
    assert "no page with the id" in run("reread", "nobody", "--charset", "utf-8", code=2).stderr
    run("reread", item["id"], code=2)
    with Library.open(tmp_path / "Lïbrary", "owner"):
        assert "Another program" in run("reread", item["id"], "--charset", "koi8-r", code=4).stderr
    shutil.rmtree(tmp_path / "Lïbrary" / "originals")
    assert "missing" in run("reread", item["id"], "--charset", "ibm866", code=3).stderr


def test_export_and_verify(run: Run, item_id: str, tmp_path: Path) -> None:
    out = tmp_path / "out.md"
    run("export", out, "--format", "md", code=2)
    assert not out.exists()
    run("annotate", item_id, "--quote", "harbour master")
    run("export", out, "--format", "md")
    (verdict,) = lines(run("verify", out, "--json"))
    assert verdict == {"quote": "harbour master", "item": item_id, "result": "exact"}
    out.write_text(out.read_text("utf-8").replace("harbour master", "harbour thief"), "utf-8")
    assert "differs" in [line["result"] for line in lines(run("verify", out, "--json", code=3))]
    assert [line["result"] for line in lines(run("verify", "--json"))] == ["ok"]
    assert "md" in run("export", out, "--format", "papyrus", code=2).stderr


def test_clean_needs_no_library(run: Run, page: Path, tmp_path: Path) -> None:
    (cleaned,) = lines(run("clean", page, "--json"))
    assert cleaned["title"] == "Tïtle 😀"
    assert {block["fate"] for block in cleaned["blocks"]} == {"kept", "stripped"}
    assert "id" not in cleaned
    assert not (tmp_path / "Lïbrary").exists()
    (tmp_path / "empty.html").touch()
    assert run("clean", tmp_path / "empty.html", code=3).stderr.strip()


def test_a_held_library_refuses_writers_and_serves_readers(run: Run, item_id: str, tmp_path: Path) -> None:
    with Library.open(tmp_path / "Lïbrary", "owner"):
        for words in (
            ["import", tmp_path / "in"],
            ["annotate", item_id, "--quote", "harbour master"],
            ["delete", item_id],
            ["undo"],
            ["rebuild-index"],
        ):
            assert "Another program" in run(*words, code=4).stderr
        assert lines(run("search", "harbour", "--json"))[0]["id"] == item_id
        assert lines(run("items", "--json"))[0]["id"] == item_id


def test_wrong_usage(run: Run, item_id: str, tmp_path: Path) -> None:
    assert "no page with the id" in run("show", "nobody", code=2).stderr
    run("annotate", item_id, "--quote", "harbour", "--colour", "mauve", code=2)
    run("search", code=2)
    run("rebuild-index")
    run("rebuild-index", "--engine", "lucene", code=2)
    answer = subprocess.run(
        [sys.executable, "-m", "archive_viewer", "items", "--library", str(tmp_path / "none")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "no library" in answer.stderr


def test_a_mistyped_command_opens_no_window(run: Run) -> None:
    assert "no command and no file named “bogus”" in run("bogus", code=2).stderr


def test_version_and_library_before_the_command(tmp_path: Path, run: Run, item_id: str) -> None:
    version = subprocess.run(
        [sys.executable, "-m", "archive_viewer", "--version"], capture_output=True, text=True, check=True
    )
    assert version.stdout.startswith("Archive Viewer ")
    command = [sys.executable, "-m", "archive_viewer", "--library", str(tmp_path / "Lïbrary"), "items", "--json"]
    assert json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["id"] == item_id


def test_commands_start_without_qt(run: Run, item_id: str, tmp_path: Path) -> None:
    code = (
        "import sys; from archive_viewer.__main__ import main; "
        f"main(['items', '--library', {str(tmp_path / 'Lïbrary')!r}]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_an_import_goes_on_when_nobody_reads_along(run: Run, page: Path, tmp_path: Path) -> None:
    for number in range(60):
        (page.parent / f"{number}.html").write_bytes(page.read_bytes().replace(b"</h1>", b" %d</h1>" % number))
    (page.parent / "none.html").write_bytes(b"")
    command = [sys.executable, "-m", "archive_viewer", "import", str(page.parent), "--json", "--library"]
    importing = subprocess.Popen(
        [*command, str(tmp_path / "Lïbrary")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert importing.stdout is not None
    importing.stdout.close()
    _, said = importing.communicate(timeout=120)
    assert importing.returncode == 3, said
    assert said == "61 pages imported, 1 refused.\n"
    assert len(lines(run("items", "--json"))) == 61


def test_show_says_which_page_of_its_file_it_is_and_what_is_wrong_with_it(run: Run, tmp_path: Path) -> None:
    records = [record(f"{SITE}/{name}", answer(crawled(f"Tïtle 😀 {name}"))) for name in "ab"]
    crawl, packed = tmp_path / "ä.warc", tmp_path / "ä.zip"
    crawl.write_bytes(b"".join(records)[:-40])
    packed.write_bytes(zipped({"pages/ä b.html": HTML, "pages/other.html": HTML.replace(b"ferry", b"bridge")}))
    of_crawl, of_zip = lines(run("import", crawl, packed, "--json"))
    said = run("show", of_crawl["items"][1]["id"]).stdout.splitlines()
    assert f"  in the stored file: record at byte {len(records[0])}" in said
    assert f"  warning: {damage.RECORD_CUT_OFF}" in said
    said = run("show", of_zip["items"][0]["id"]).stdout.splitlines()
    assert "  in the stored file: “pages/ä b.html”" in said
    run("report", of_zip["items"][0]["accession"], "--csv", tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as table:
        places = [row["Place in the file"] for row in csv.DictReader(table)]
    assert places == ["record at byte 0", f"record at byte {len(records[0])}", "“pages/ä b.html”", "“pages/other.html”"]
