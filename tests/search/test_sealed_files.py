"""No byte of a sealed file is read that is not what was written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search.sealed_files import PAGE, SealedStorage

SIZES = [0, 1, 7, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE, 3 * PAGE + 5]


def write(storage: SealedStorage, data: bytes, pieces: int = 1) -> None:
    file = storage.create_file("file")
    step = max(1, -(-len(data) // pieces))
    for at in range(0, len(data), step):
        file.write(data[at : at + step])
    file.close()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_is_read(tmp_path: Path, size: int) -> None:
    storage = SealedStorage(tmp_path)
    data = random.Random(size).randbytes(size)
    write(storage, data, pieces=7)
    assert storage.file_length("file") == size
    file = storage.open_file("file")
    assert file.read() == data
    file.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(SIZES), st.lists(st.tuples(st.integers(0, 4 * PAGE), st.integers(0, 3 * PAGE)), max_size=8))
def test_reading_anywhere_gives_what_stands_there(tmp_path: Path, size: int, reads: list[tuple[int, int]]) -> None:
    storage = SealedStorage(tmp_path)
    data = random.Random(size).randbytes(size)
    write(storage, data, pieces=3)
    file = storage.open_file("file")
    for place, length in reads:
        assert file.get(place, length) == data[place : place + length]
        file.seek(-min(size, place), 2)
        assert file.tell() == size - min(size, place)
        assert file.read(length) == data[file.tell() - len(data[size - min(size, place) :][:length]) :][:length]
    file.close()


def read_all(storage: SealedStorage) -> bytes | None:
    """What the file says it holds, read piece by piece; None: it says that it is damaged."""
    try:
        file = storage.open_file("file")
        data = b""
        while piece := file.read(1000):
            data += piece
    except IndexUnavailable:
        return None
    finally:
        storage.close_files()
    return data


@pytest.mark.parametrize("size", SIZES)
def test_a_change_anywhere_is_noticed(tmp_path: Path, size: int) -> None:
    chance = random.Random(size)
    storage = SealedStorage(tmp_path)
    write(storage, chance.randbytes(size))
    whole = (tmp_path / "file").read_bytes()
    places = {0, size // 2, size, len(whole) - 1, len(whole) - 8, len(whole) - 12, len(whole) - 20}
    for place in [*(place for place in places if 0 <= place < len(whole)), *chance.choices(range(len(whole)), k=40)]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        (tmp_path / "file").write_bytes(flipped)
        assert read_all(storage) is None, place
        (tmp_path / "file").write_bytes(whole[:place])
        assert read_all(storage) is None, place
        (tmp_path / "file").write_bytes(whole[:place] + b"\0" * (len(whole) - place))
        assert read_all(storage) is None or whole[place:].strip(b"\0") == b"", place
    (tmp_path / "file").write_bytes(whole + b"\0")
    assert read_all(storage) is None


def test_a_page_is_checked_when_it_is_read_and_not_before(tmp_path: Path) -> None:
    storage = SealedStorage(tmp_path)
    data = bytes(range(256)) * 64
    write(storage, data)
    with (tmp_path / "file").open("r+b") as raw:
        raw.seek(3 * PAGE + 10)
        raw.write(b"!")
    file = storage.open_file("file")
    assert file.get(0, 2 * PAGE) == data[: 2 * PAGE]
    with pytest.raises(IndexUnavailable, match="“file” is not what was written"):
        file.get(3 * PAGE - 1, 2)
    storage.close_files()


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        SealedStorage(tmp_path).open_file("file")
