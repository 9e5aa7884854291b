"""Saving files for readers to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer import readers
from archive_viewer.model import Capture
from saved_files import ReadOne, Save, save


@pytest.fixture
def save_as(tmp_path: Path) -> Save:
    """Write a file into a folder with an awkward name."""
    return lambda name, data: save(tmp_path / "Gespeïchert 😀", name, data)


@pytest.fixture
def read_one(save_as: Save) -> ReadOne:
    """Write a file and read the one capture that it holds."""

    def read(name: str, data: bytes) -> Capture:
        (capture,) = readers.read(save_as(name, data))
        return capture

    return read
