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
    assert process.stdout is not None
    process.stdin.write(json.dumps(question) + "\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    assert answer["id"] == question["id"]
    return answer


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
