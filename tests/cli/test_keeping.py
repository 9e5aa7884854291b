"""``accession``, ``events``, ``fixity``, ``deaccession`` and ``delete --for-good``, as scripts use them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import command_processes
from archive_viewer import settings
from archive_viewer.library import Library
from pages import PAGE, PARAGRAPHS
from premis_rules import require_valid

Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(answer: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Lïbrary"


@pytest.fixture
def run(folder: Path) -> Run:
    def run(*arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
        return command_processes.run(*arguments, "--library", folder, code=code)

    return run


@pytest.fixture
def items(run: Run, tmp_path: Path) -> list[dict[str, Any]]:
    """Two pages, in an accession each."""
    made = []
    for n in range(2):
        file = tmp_path / "in" / f"{n} Tïtle 😀.html"
        file.parent.mkdir(exist_ok=True)
        body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        file.write_text(PAGE.format(title=f"Tïtle {n} 😀", paragraphs=body), "utf-8")
        (line,) = lines(run("import", file, "--json"))
        made += line["items"]
    return made


def stored(folder: Path, item: dict[str, Any]) -> Path:
    with Library.open(folder, "reader") as library:
        return library.original_path(item["sha256"])


def test_an_accession_is_described_and_joined(run: Run, items: list[dict[str, Any]]) -> None:
    first, second = (item["accession"] for item in items)
    (said,) = lines(
        run("accession", first, "--acquired-from", "Anubha 😀", "--custodial-history", "Her laptop.", "--json")
    )
    assert (said["number"], said["acquired_from"], said["custodial_history"]) == (first, "Anubha 😀", "Her laptop.")
    (said,) = lines(run("accession", second, "--accrues-to", first, "--note", "More.", "--json"))
    assert (said["accrues_to"], said["note"]) == (first, "More.")
    (said,) = lines(run("accession", first, "--json"))
    assert said["accruals"] == [second]
    assert "acquired from: Anubha 😀" in run("accession", first).stdout
    assert "joins an earlier" in run("accession", first, "--accrues-to", second, code=2).stderr
    assert lines(run("undo", "--json")) == [{"act": "Change Accession"}]
    assert lines(run("accession", first, "--json"))[0]["accruals"] == []
    assert "no accession" in run("accession", "1999-001", code=2).stderr


def test_events_are_listed_chosen_and_handed_over(run: Run, items: list[dict[str, Any]], tmp_path: Path) -> None:
    everything = lines(run("events", "--json"))
    assert set(everything[0]) == {"id", "type", "at", "agent", "person", "outcome", "detail", "object"}
    mine = lines(run("events", "--item", items[0]["id"], "--json"))
    assert {event["object"] for event in mine} == {items[0]["id"], items[0]["sha256"]}
    assert lines(run("events", "--limit", "2", "--json")) == everything[-2:]
    assert {event["type"] for event in lines(run("events", "--type", "ingestion", "--json"))} == {"ingestion"}
    assert lines(run("events", "--until", "1999", "--json")) == []
    assert lines(run("events", "--outcome", "failure", "--json")) == []
    assert "no day" in run("events", "--since", "soon", code=2).stderr
    assert "no page" in run("events", "--item", "nobody", code=2).stderr
    shown = run("events").stdout
    assert f"  ingestion  by {settings.account_name()}  {items[0]['id']} “{items[0]['title']}”  " in shown
    # A stored file goes by its name.
    assert f"  {items[0]['sha256']}  " not in shown
    assert f".html ({items[0]['sha256'][:12]}…)  " in shown
    out = tmp_path / "lög.xml"
    assert lines(run("events", "--premis", out, "--json")) == [{"path": str(out), "events": len(everything)}]
    require_valid(out.read_bytes())
    assert f"{len(mine)} events" in run("events", "--item", items[0]["id"], "--premis", out).stderr
    require_valid(out.read_bytes())


def test_damage_is_found_and_put_right(run: Run, folder: Path, items: list[dict[str, Any]], tmp_path: Path) -> None:
    assert [line["result"] for line in lines(run("fixity", "--json"))] == ["ok", "ok"]
    file = stored(folder, items[0])
    shutil.copyfile(file, tmp_path / "cöpy.html")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    found = {line["sha256"]: line for line in lines(run("fixity", "--json", code=3))}
    assert found[items[0]["sha256"]]["result"] == "altered"
    assert found[items[1]["sha256"]]["result"] == "ok"
    assert len(found[items[0]["sha256"]]["detail"]) == 64
    assert "1 failed" in run("fixity", "--item", items[0]["id"], code=3).stderr
    assert "0 failed" in run("fixity", "--item", items[1]["id"]).stderr
    assert "1 still failing" in run("fixity", "--repair", stored(folder, items[1]), code=3).stderr
    (put_back,) = lines(run("fixity", "--repair", tmp_path, "--json"))
    assert (put_back["sha256"], put_back["result"]) == (items[0]["sha256"], "ok")
    assert "2 stored files checked, 0 failed." in run("fixity", "--sha512").stderr
    assert lines(run("fixity", "--sha512", "--json")) == []
    assert lines(run("fixity", "--due", "--json")) == []
    assert lines(run("fixity", "--every", "7", "--json"))[0]["days"] == 7
    assert "never (0)" in run("fixity", "--every", "-1", code=2).stderr
    assert "no such file" in run("fixity", "--repair", tmp_path / "nowhere", code=3).stderr


def test_an_export_of_what_is_damaged_says_so(
    run: Run, folder: Path, items: list[dict[str, Any]], tmp_path: Path
) -> None:
    run("annotate", items[0]["id"], "--quote", "harbour master")
    stored(folder, items[0]).unlink()
    answer = run("export", tmp_path / "öut.md", "--format", "md", code=3)
    assert "is missing: what is quoted from it cannot be proved." in answer.stderr
    assert (tmp_path / "öut.md").is_file()


def test_pages_are_given_up_and_deleted_for_good(run: Run, folder: Path, items: list[dict[str, Any]]) -> None:
    first, second = items
    file = stored(folder, second)
    assert "reason" in run("deaccession", first["id"], code=2).stderr
    (record,) = lines(run("deaccession", first["id"], "--reason", "Not ours 😀", "--by", "The keeper", "--json"))
    assert (record["item"], record["reason"], record["by"]) == (first["id"], "Not ours 😀", "The keeper")
    assert record["files"][0]["sha256"] == first["sha256"]
    assert lines(run("deaccession", "--json")) == [record]
    assert "Not ours 😀" in run("deaccession").stdout
    told = lines(run("events", "--item", first["id"], "--json"))
    assert [event["type"] for event in told][-2:] == ["deaccession", "deletion"]
    assert "not in the bin" in run("delete", second["id"], "--for-good", code=2).stderr
    run("delete", second["id"])
    assert "deleted for good" in run("delete", second["id"], "--for-good").stdout
    assert not file.exists()
    assert lines(run("items", "--json")) == []
    assert lines(run("search", "harbour", "--json")) == []
    run("restore", second["id"], code=2)
    assert "which pages" in run("deaccession", "--reason", "x", code=2).stderr
