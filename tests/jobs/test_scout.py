"""The scout as a process: it tells of each file, stores nothing, and ends with its window."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.jobs.processes import command
from archive_viewer.library import Library
from pages import PAGE, PARAGRAPHS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    page = PAGE.format(title="Tïtle 😀", paragraphs="".join(f"<p>{text}</p>" for text in PARAGRAPHS))
    for name in ("a.html", "b.html"):
        (folder / name).write_text(page.replace("<body>", f"<body><!-- {name} -->"), "utf-8")
    (folder / "c.html").write_bytes(b"")
    return folder


def ask(library: Path, **question: Any) -> list[dict[str, Any]]:
    """Everything that a scout says until it has finished."""
    with subprocess.Popen(
        command("scout", library), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(question) + "\n")
        process.stdin.flush()
        heard = []
        for line in process.stdout:
            heard.append(json.loads(line))
            if heard[-1]["event"] in ("finished", "failed"):
                break
        process.stdin.close()
        assert process.wait(timeout=20) == 0
    return heard


def test_it_tells_of_each_file_and_stores_nothing(tmp_path: Path, folder: Path) -> None:
    with Library.open(tmp_path / "Ärchive 😀") as library:
        heard = ask(library.folder, look=[str(folder)])
        one, two, three = (message for message in heard if message["event"] == "file")
        assert [message["event"] for message in heard][-1] == "finished"
        assert one["file"] == str(folder / "a.html")
        assert one["pages"][0]["title"] == "Tïtle 😀"
        assert two["near"] == [
            {
                "title": "Tïtle 😀",
                "captured_at": one["pages"][0]["captured_at"],
                "is_same_text": True,
                "path": one["path"],
            }
        ]
        assert (three["outcome"], three["pages"], three["page_count"]) == ("refused", [], 0)
        assert library.item_ids() == []
        assert library.accessions() == []


def test_one_that_follows_another_tells_only_of_the_rest(tmp_path: Path, folder: Path) -> None:
    with Library.open(tmp_path / "Ärchive 😀") as library:
        heard = ask(library.folder, look=[str(folder)], known=1, troublesome=[1])
    files = [message for message in heard if message["event"] == "file"]
    assert [(Path(message["file"]).name, message["outcome"]) for message in files] == [
        ("b.html", "refused"),
        ("c.html", "refused"),
    ]
    assert "ended while it looked" in files[0]["reason"]
