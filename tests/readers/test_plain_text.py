"""Plain text: saved pages that are nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer import charset, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Format
from saved_files import ReadOne, save

WORDS = "अनुभा जैन wrote – on Tuesday – “of the ferry” 😀\nand of the bridge.\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_every_width(codec: str, read_one: ReadOne) -> None:
    capture = read_one("a.txt", WORDS.encode(codec))
    assert (capture.format, capture.media_type) == (Format.TEXT, "text/plain")
    assert charset.decode_as(capture.data, capture.charset.value) == WORDS


@pytest.mark.parametrize("data", [b"plain\x0c\x1a", b"a\x1bb", "Größe".encode("cp1252"), b"one line"])
def test_text_with_what_old_programs_left_in_it(data: bytes, read_one: ReadOne) -> None:
    assert read_one("a.txt", data).format is Format.TEXT


@pytest.mark.parametrize("data", [b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe \0\n\0", "\u3000".encode()])
def test_white_space_alone_is_refused(data: bytes, read_one: ReadOne) -> None:
    with pytest.raises(FileRefused, match=r"^This file holds nothing but white space\.$"):
        read_one("a.txt", data)


def test_the_seed_page_is_text(tmp_path: Path) -> None:
    seed = Path(__file__).parents[2] / ".." / "shared" / "seed"
    files = sorted(seed.glob("*.txt"))
    if not files:
        pytest.skip("the page is not here")
    for file in files:
        for name in (file.name, "page.html"):
            (capture,) = readers.read(save(tmp_path, name, file.read_bytes()))
            assert capture.format is Format.TEXT
            assert capture.charset.value == "utf-8"
