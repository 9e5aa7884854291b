"""Preferences: kept whole, whatever a folder is called and whatever stands in the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive_viewer import settings


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "preferences_file", lambda: tmp_path / "cönfig" / "preferences.json")


def test_recent_libraries_newest_first_whatever_their_names() -> None:
    folders = [Path("/a/Ärchive 😀"), Path(os.fsdecode(b"/a/\xe4")), Path("/a/Ärchive 😀")]
    for folder in folders:
        settings.remember_library(folder)
    assert settings.recent_libraries() == [folders[0], folders[1]]


@pytest.mark.parametrize("text", ["", "[]", '{"recent": null}', '{"recent": "abc"}', '{"recent": [1, {}]}'])
def test_a_file_that_says_nonsense_counts_as_none(text: str) -> None:
    settings.preferences_file().parent.mkdir()
    settings.preferences_file().write_text(text, "utf-8")
    assert settings.recent_libraries() == []
    settings.remember_library(Path("/a"))
    assert settings.recent_libraries() == [Path("/a")]
