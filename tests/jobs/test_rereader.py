"""The rereader as a process: it shows a page in a character set, reads it again in one, and refuses with a sentence."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.processes import command
from archive_viewer.library import Library

WORDS = "Переговоры о пароме 😀 продолжатся на следующей неделе в столице соседней страны."


def ask(process: subprocess.Popen[str], *questions: dict[str, Any]) -> dict[str, Any]:
    """Ask all of these at once, and wait for the answer to the last."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(json.dumps(question) + "\n" for question in questions))
    process.stdin.flush()
    while True:
        answer: dict[str, Any] = json.loads(process.stdout.readline())
        if answer["id"] == questions[-1]["id"]:
            return answer


def test_it_looks_reads_and_refuses(tmp_path: Path) -> None:
    page = tmp_path / "wröng.html"
    text = f"<meta charset=koi8-r><article><h1>Паром</h1><p>{WORDS}</p><p>{WORDS}</p></article>"
    page.write_bytes(text.encode("cp1251", "xmlcharrefreplace"))
    with Library.open(tmp_path / "Lïbrary", "owner") as library:
        accession = library.begin_accession([page])
        (line,) = import_paths(library, accession.id, [page], Job())
        (item_id,) = line.item_ids
        process = subprocess.Popen(
            command("rereader", library.folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        with process:
            wish = {"item": item_id, "do": "glimpse"}
            many = [{**wish, "id": number, "charset": "ibm866"} for number in range(50)]
            seen = ask(process, *many, {**wish, "id": 99, "charset": "cp1251"})
            assert (seen["title"], seen["lines"][1]) == ("Паром", WORDS)
            assert (seen["charset"], seen["source"], seen["doubt"]) == ("windows-1251", "typed", "")
            assert ask(process, {**wish, "id": 100, "charset": ""})["charset"] == "koi8-r"
            assert "EUC-TW" in ask(process, {**wish, "id": 101, "charset": "euc-tw"})["refused"]
            assert "no page" in ask(process, {**wish, "id": 102, "item": "nobody"})["refused"]
            assert library.item(item_id).charset == "koi8-r"
            read = ask(process, {"id": 103, "do": "reread", "item": item_id, "charset": "CP1251"})
            assert read == {"id": 103, "do": "reread", "charset": "windows-1251"}
            assert WORDS in library.article(item_id).text
            assert library.undo() == "Read Again as windows-1251"
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(timeout=20) == 0


def test_it_writes_nothing_long_after_its_window_has_gone(tmp_path: Path) -> None:
    page = tmp_path / "wröng.html"
    page.write_bytes(f"<meta charset=koi8-r><article><p>{WORDS}</p></article>".encode("cp1251", "xmlcharrefreplace"))
    with Library.open(tmp_path / "Lïbrary", "owner") as library:
        accession = library.begin_accession([page])
        (line,) = import_paths(library, accession.id, [page], Job())
        (item_id,) = line.item_ids
        wish = json.dumps({"id": 1, "item": item_id, "do": "reread", "charset": "cp1251"})
        process = subprocess.Popen(command("rereader", library.folder), stdin=subprocess.PIPE, text=True)
        # While somebody else writes it can do nothing but wait, and a wait is given up after twenty seconds only.
        with library.step("Something Else"), process:
            process.communicate(f"{wish}\n", timeout=15)
        assert library.charset_chosen(item_id) == ""
