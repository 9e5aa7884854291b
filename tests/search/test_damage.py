"""A damaged index answers rightly or says that it is damaged; it never answers wrongly and never breaks."""

from __future__ import annotations

import errno
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive_viewer.errors import DiskFull, IndexUnavailable
from archive_viewer.search import engines, sealed_files
from archive_viewer.search.engine import Engine
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

QUERIES = ["word", "w7", "title:page", '"word w7"', "w1*", "published:2010..2015", "-word", "language:en", '"word wo*"']


UNREAD = re.compile(r"LOCK$|\.lock$|^\.managed\.json$")
"""Files that a reader can do without."""


def pages() -> list[Document]:
    return [
        Document(
            str(n),
            title=f"Tïtle 😀 page {n}",
            text=f"word w{n} " * (1 + n % 40) + "अनुभा",
            published=f"20{n % 30:02}-11",
            language="en",
            tags=("tag",),
        )
        for n in range(300)
    ]


def answers(folder: Path) -> list[list[str]] | None:
    """The answers to all queries; None where the index says that it cannot answer."""
    try:
        with engines.open_any(folder) as index:
            return [sorted(match.id for match in index.search(parse(query), 1000)) for query in QUERIES]
    except IndexUnavailable:
        return None


def made(kind: type[Engine], folder: Path) -> Path:
    with kind.create(folder) as index:
        documents = pages()
        index.apply(documents[:200])
        index.apply(documents[200:], ["5", "6"])
    return folder


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(Index, tmp_path_factory.mktemp("sound") / "index")


@pytest.fixture
def every_sound(kind: type[Engine], tmp_path: Path) -> Path:
    """One of each engine."""
    return made(kind, tmp_path / "sound")


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def blank(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + b"\0" * (len(data) - place)


def garble(data: bytes, chance: random.Random) -> bytes:
    return chance.randbytes(len(data))


@pytest.mark.parametrize("damage", [cut, flip, blank, garble])
def test_each_file_damaged(every_sound: Path, tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]) -> None:
    right = answers(every_sound)
    assert right is not None
    assert [len(answer) for answer in right[:3]] == [298, 1, 298]
    chance = random.Random(11)
    folder = tmp_path / "index"
    shutil.copytree(every_sound, folder)
    noticed = 0
    for path in files(folder):
        data = path.read_bytes()
        for _ in range(5 if data else 0):
            path.write_bytes(damage(data, chance))
            found = answers(folder)
            noticed += found is None
            assert found in (right, None), path.name
        path.write_bytes(data)
    assert noticed > 30
    assert answers(folder) == right


def test_each_file_missing(every_sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(every_sound, folder)
    right = answers(every_sound)
    for path in files(folder):
        data = path.read_bytes()
        path.unlink()
        assert answers(folder) in ([right, None] if UNREAD.search(path.name) else [None]), path.name
        path.write_bytes(data)


def test_a_writer_meets_damage_and_making_it_anew_helps(sound: Path, tmp_path: Path) -> None:
    chance = random.Random(13)
    for name in sorted(
        path.name for path in sound.iterdir() if path.suffix in (".pst", ".words", ".col", ".toc", ".stems")
    ):
        folder = tmp_path / name
        shutil.copytree(sound, folder)
        (folder / name).write_bytes(garble((folder / name).read_bytes(), chance))
        with pytest.raises(IndexUnavailable), Index.open(folder, writable=True) as index:
            index.optimise()
        with Index.create(folder) as index:
            index.apply(pages()[:3])
            index.optimise()
            assert index.count == 3


def test_what_a_killed_writer_left_behind_is_ignored(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)
    (folder / "pages_0123456789abcdef.words").write_bytes(b"half")
    (folder / "_pages_3.toc.1700000000.5").write_bytes(b"half")
    (folder / "pages.tmp").mkdir()
    (folder / "pages.tmp" / "x.ctmp").write_bytes(b"half")
    assert answers(folder) == answers(sound)
    with Index.open(folder, writable=True) as index:
        index.apply([Document("new", text="word")])
        index.optimise()
        assert index.count == 299
    assert not (folder / "pages_0123456789abcdef.words").exists()


def test_a_full_disk_is_said_and_leaves_the_index(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "index"
    shutil.copytree(sound, folder)

    def full(self: object, data: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with Index.open(folder, writable=True) as index:
        monkeypatch.setattr(sealed_files._SealingFile, "write", full)
        with pytest.raises(DiskFull):
            index.apply(pages()[:50])
        monkeypatch.undo()
        index.apply([Document("new", text="word")])
        assert index.count == 299
