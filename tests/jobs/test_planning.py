"""What an import meets in a folder: in which order, and what it passes over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive_viewer.jobs import files
from archive_viewer.jobs.planning import Claims, walk
from saved_files import HTML


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(HTML)


def walked(folder: Path, claims: Claims | None = None) -> list[str]:
    return [found.path.relative_to(folder).as_posix() for found in walk([folder], claims or Claims())]


def test_names_come_as_a_person_counts(tmp_path: Path) -> None:
    put(
        tmp_path,
        "page10.html",
        "Page2.html",
        "page3.html",
        "b/1.html",
        "Ähre.html",
        "01.html",
        "1a.html",
        "a10/x.html",
    )
    put(tmp_path, "a9/x.html", "index.html", f"{'9' * 25}.html")
    assert walked(tmp_path) == [
        "index.html",
        "01.html",
        "1a.html",
        f"{'9' * 25}.html",
        "Page2.html",
        "page3.html",
        "page10.html",
        "Ähre.html",
        "a9/x.html",
        "a10/x.html",
        "b/1.html",
    ]


def test_what_systems_leave_in_folders_is_not_there(tmp_path: Path) -> None:
    put(tmp_path, "a.html", ".DS_Store", "THUMBS.DB", "Desktop.ini", "__MACOSX/._a.html", "@eaDir/a.html@SynoEAStream")
    assert walked(tmp_path) == ["a.html"]


def test_what_savers_keep_for_themselves_is_passed_over_and_counted(tmp_path: Path) -> None:
    put(tmp_path, "a.html", ".wsb/tree/map.html", "site/hts-cache/new.txt", "site/index.html")
    assert {found.path.name: files.is_page_part(found) for found in walk([tmp_path], Claims())} == {
        "a.html": False,
        "map.html": True,
        "new.txt": True,
        "index.html": False,
    }


def test_a_claimed_file_is_passed_over_by_whatever_name_its_disk_gives_it(tmp_path: Path) -> None:
    put(tmp_path, "a.html", "A_files/Frame.html", "B_files/Frame.html")
    claims = Claims()
    claims.add(tmp_path / "a.html", ["A_files/frame.html"])
    assert walked(tmp_path, claims) == ["a.html", "A_files/Frame.html", "B_files/Frame.html"]
    try:
        os.link(tmp_path / "A_files/Frame.html", tmp_path / "A_files/frame.html")
    except OSError:
        pytest.skip("this disk takes both names for one")
    assert walked(tmp_path, claims) == ["a.html", "B_files/Frame.html"]
