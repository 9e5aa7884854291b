"""Two distributions of Whoosh in one folder are refused; beside each other in two they do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search import distribution


def install(folder: Path, name: str, version: str) -> None:
    place = folder / f"{name.replace('-', '_')}-{version}.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")


@pytest.mark.parametrize("other", ["Whoosh", "Whoosh-Reloaded"])
def test_two_in_one_folder_are_refused(tmp_path: Path, other: str) -> None:
    install(tmp_path, "whoosh3", "3.54.0")
    distribution.check([str(tmp_path)])
    install(tmp_path, other, "2.7.4")
    with pytest.raises(IndexUnavailable, match=f"whoosh3 and {other} are installed together"):
        distribution.check([str(tmp_path)])


def test_one_in_a_folder_before_another_hides_it(tmp_path: Path) -> None:
    install(tmp_path / "a", "Whoosh", "2.7.4")
    install(tmp_path / "b", "whoosh3", "3.54.0")
    distribution.check([str(tmp_path / "a"), str(tmp_path / "b")])
    distribution.check([])


def test_here_there_is_one() -> None:
    distribution.check()
