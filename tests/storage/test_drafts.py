"""A folder that is written as a whole: bringing it to the disk says how far it is, and can be stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive_viewer.errors import Cancelled
from archive_viewer.storage import drafts

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere each file is brought to the disk by itself")


def fill(folder: Path) -> None:
    for name in ("a", "b", "c"):
        (folder / name).write_text(name)


def test_each_file_is_told_of(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    with drafts.whole_folder(tmp_path / "whole", lambda done, total, *_: told.append((done, total))) as draft:
        fill(draft)
    # The file of the lock is one of them.
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]
    assert sorted(path.name for path in (tmp_path / "whole").iterdir()) == ["a", "b", "c"]


def test_who_stops_it_then_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: int, *_: object) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled), drafts.whole_folder(tmp_path / "whole", stop) as draft:
        fill(draft)
    assert list(tmp_path.iterdir()) == []
