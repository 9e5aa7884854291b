"""Originals: whole or not at all, read-only, once, and checked by reading."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from archive_viewer.errors import FileRefused
from archive_viewer.storage.originals import Originals


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals(tmp_path / "örig")


def test_stored_once_under_its_digest_and_never_writable(originals: Originals, tmp_path: Path) -> None:
    file = tmp_path / "Tïtle 😀.html"
    file.write_bytes(b"\0\xff" * 2_000_000)
    sha256, size = originals.store(file)
    assert sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert size == 4_000_000
    stored = originals.path(sha256)
    inode = stored.stat().st_ino
    assert originals.store(file) == (sha256, size)
    assert stored.stat().st_ino == inode
    assert stored.stat().st_mode & 0o222 == 0
    assert [path.name for path in originals.folder.rglob("*") if path.is_file()] == [sha256]


def test_what_cannot_be_read_leaves_nothing(originals: Originals, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(FileRefused):
            originals.store(path)
    assert list(originals.folder.rglob("*")) == []


def test_checks_and_leftovers(originals: Originals, tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    sha256, _ = originals.store(file)
    assert originals.check(sha256) == "ok"
    stored = originals.path(sha256)
    stored.chmod(0o644)
    stored.write_bytes(b"abd")
    assert originals.check(sha256) == "altered"
    stored.unlink()
    assert originals.check(sha256) == "missing"
    draft = originals.folder / ".dead.part"
    draft.write_bytes(b"half")
    draft.chmod(0o444)  # as the crash between this and the renaming leaves it
    originals.sweep()
    assert not list(originals.folder.glob(".*"))
