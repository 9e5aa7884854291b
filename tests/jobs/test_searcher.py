"""The searcher as a process: it answers, refuses with a sentence, and sees what came in since it started."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.processes import command
from archive_viewer.library import Library
from pages import PAGE, PARAGRAPHS


def ask(process: subprocess.Popen[str], **question: Any) -> dict[str, Any]:
    assert process.stdin is not None
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    answer = hear(process, question.get("kind", "search"))
    assert answer["id"] == question["id"]
    return answer


def hear(process: subprocess.Popen[str], kind: str) -> dict[str, Any]:
    """The next answer of a kind."""
    assert process.stdout is not None
    while True:
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        if answer["kind"] == kind:
            return answer


def test_a_concordance_is_gathered_shown_written_and_gives_way_to_a_query(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    body = "".join(f"<p>The ferry {number} leaves the harbour of the upper town at noon.</p>" for number in range(400))
    page.write_text(PAGE.format(title="Tïtle 😀", paragraphs=body), "utf-8")
    with Library.open(tmp_path / "Lïbrary", "owner") as library:
        accession = library.begin_accession([page])
        list(import_paths(library, accession.id, [page], Job()))
        update_index(library, Job())
        process = subprocess.Popen(
            command("searcher", library.folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with process:
            assert process.stdin is not None
            process.stdin.write(
                json.dumps({"id": 1, "kind": "concordance", "query": "harbour", "sort": "before"}) + "\n"
            )
            assert ask(process, id=2, query="ferry", passages=1)["hits"]
            done = hear(process, "concordance")
            while done["state"] != "done":
                done = hear(process, "concordance")
            assert (done["id"], done["count"], done["pages"], done["is_cut"]) == (1, 400, 1, False)
            version = done["version"]
            shown = ask(process, id=3, kind="concordance-lines", version=version, first=390, count=100)
            assert (len(shown["lines"]), shown["is_lost"]) == (10, False)
            assert shown["lines"][0][3] == "harbour"
            said = ask(process, id=4, kind="concordance-text", version=version, ranges=[[0, 2]])
            assert said["text"].count("[harbour]") == said["count"] == 2
            file = tmp_path / "table.csv"
            wish = {"kind": "concordance-save", "version": version, "path": str(file)}
            written = ask(process, id=5, ranges=[[0, 400]], **wish)
            while written["state"] != "done":
                written = hear(process, "concordance-save")
            assert len(file.read_text("utf-8-sig").splitlines()) == 401
            again = ask(process, id=6, kind="concordance", query="harbour", filter="ferry 17")
            assert again["count"] == len(library.concordance("harbour", filter="ferry 17")) < 400
            assert ask(process, id=7, kind="concordance-lines", version=version, first=0, count=9)["is_lost"]
            assert ask(process, id=8, ranges=[[0, 400]], **wish)["is_lost"]
            assert len(file.read_text("utf-8-sig").splitlines()) == 401
            assert "position" in ask(process, id=9, kind="concordance", query="published:banana")
            process.stdin.close()
            assert process.wait(timeout=20) == 0


def test_it_answers_and_keeps_up(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(title="Tïtle 😀", paragraphs=f"<p>{PARAGRAPHS[1]}</p>"), "utf-8")
    with Library.open(tmp_path / "Lïbrary", "owner") as library:
        process = subprocess.Popen(
            command("searcher", library.folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with process:
            assert ask(process, id=1, query="harbour")["hits"] == []
            accession = library.begin_accession([page])
            (line,) = import_paths(library, accession.id, [page], Job())
            update_index(library, Job())
            answer = ask(process, id=2, query="harbour")
            assert [hit["item"] for hit in answer["hits"]] == list(line.item_ids)
            assert answer["hits"][0]["passages"][0]["match"] == "harbour"
            assert "position" in ask(process, id=3, query="(" * 500)
            assert ask(process, id=4, query="title:tïtle")["hits"]
            answer = ask(process, id="quote-1", kind="quote", quote=PARAGRAPHS[1].replace("agree", "concur"))
            assert [source["item"] for source in answer["sources"]] == list(line.item_ids)
            assert ["changed", "concur"] in [[how, quoted] for how, _, _, quoted in answer["sources"][0]["stretches"]]
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(timeout=20) == 0


def test_it_counts_and_proposes(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(title="Tïtle 😀", paragraphs=f"<p>{PARAGRAPHS[1]}</p>"), "utf-8")
    with Library.open(tmp_path / "Lïbrary", "owner") as library:
        accession = library.begin_accession([page])
        list(import_paths(library, accession.id, [page], Job()))
        update_index(library, Job())
        process = subprocess.Popen(
            command("searcher", library.folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with process:
            counted = ask(process, id="f1", kind="facets", query="harbour", scope=["all", ""], unfolded=["site"])
            assert counted["kind"] == "facets"
            assert counted["facets"]["pages"] == 1
            assert ask(process, id="f2", kind="facets", query="")["facets"]["pages"] == 1
            assert "position" in ask(process, id="f3", kind="facets", query="title:")
            assert ask(process, id="s1", kind="suggestion", query="harbuor")["suggestion"] == "harbour"
            assert ask(process, id="s2", kind="suggestion", query="harbour")["suggestion"] is None
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(timeout=20) == 0
