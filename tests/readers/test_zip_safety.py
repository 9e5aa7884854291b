"""ZIP archives from strangers: names as they were meant, nothing outside the archive, nothing without a bound."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.readers.zip_safety import Archive, is_archive, open_archive


def written(folder: Path, data: bytes) -> Path:
    path = folder / "Gespeïchert 😀.zip"
    path.write_bytes(data)
    return path


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def with_raw_names(*names: bytes) -> bytes:
    """An archive whose names have these bytes and no flag that says in what character set."""
    members = {"x" * len(name): b"" for name in names}
    stand_ins = {f"{number:02}".ljust(len(name), "x"): name for number, name in enumerate(names)}
    assert len(members) <= len(stand_ins)
    data = zipped(dict.fromkeys(stand_ins, b"page"))
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in.encode(), name)
    return data


def names(archive: Archive) -> list[str]:
    return [member.name for member in archive.members]


def test_members_come_in_their_order_and_give_their_bytes(tmp_path: Path) -> None:
    archive = open_archive(written(tmp_path, zipped({"b/ä 😀.html": b"one", "a.html": b"two" * 1000})))
    assert names(archive) == ["b/ä 😀.html", "a.html"]
    assert archive.read(archive.by_name["b/ä 😀.html"], 100) == (b"one", False)
    assert archive.read(archive.by_name["a.html"], 5) == (b"twotw", True)
    assert archive.warnings == ()


@pytest.mark.parametrize(
    "name",
    [
        "../page.html",
        "a/../../page.html",
        "..\\page.html",
        "/page.html",
        "\\page.html",
        "C:/page.html",
        "C:page.html",
        "a/.. /b.html",
        "//server/share/page.html",
        "\\\\server\\share\\page.html",
        "/".join(["a"] * 40) + "/page.html",
    ],
)
def test_a_name_that_leads_out_is_left_out(name: str, tmp_path: Path) -> None:
    archive = open_archive(written(tmp_path, zipped({name: b"evil", "good.html": b"good"})))
    assert names(archive) == ["good.html"]
    assert archive.warnings == ("Files of this archive whose names lead out of it were left out: 1.",)


def test_a_name_with_a_zero_byte_is_left_out(tmp_path: Path) -> None:
    archive = open_archive(written(tmp_path, with_raw_names(b"page.html\0/../../b.html", b"good.html")))
    assert names(archive) == ["good.html"]


def test_a_name_that_is_shown_from_its_end_is_what_its_bytes_are(tmp_path: Path) -> None:
    archive = open_archive(written(tmp_path, zipped({"exe.\u202elmth": b"page"})))
    assert archive.read(archive.by_name["exe.\u202elmth"], 10) == (b"page", False)


def test_a_link_is_left_out(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writing:
        link = zipfile.ZipInfo("page.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        writing.writestr(link, "/etc/passwd")
    archive = open_archive(written(tmp_path, target.getvalue()))
    assert archive.members == ()
    assert archive.warnings == ("Links of this archive to other files were left out: 1.",)


def test_what_systems_leave_in_archives_is_no_member(tmp_path: Path) -> None:
    data = zipped({"__MACOSX/._page.html": b"", ".DS_Store": b"", "a/Thumbs.db": b"", "a/": b"", "./page.html": b"x"})
    assert names(open_archive(written(tmp_path, data))) == ["page.html"]


def test_separators_of_windows(tmp_path: Path) -> None:
    assert names(open_archive(written(tmp_path, with_raw_names(b"a\\b.html")))) == ["a/b.html"]


@pytest.mark.parametrize(
    ("charset", "stem"),
    [
        ("cp437", "Übergänge für Fußgänger"),
        ("cp437", "Château d'été"),
        ("cp437", "Canción de otoño"),
        ("cp850", "São João não está"),
        ("gbk", "粮道开通一月四百辆卡车翻越"),
        ("gbk", "第四点里没有的那个字"),
        ("cp932", "第四の点にない文字について"),
        ("cp932", "ソフトウェアの表示"),
        ("cp866", "Вода сначала, деньги потом"),
        ("cp1251", "Вода сначала, деньги потом"),
        ("cp949", "뉴스 기사 모음"),
        ("big5", "糧道開通一月四百輛卡車翻越"),
        ("utf-8", "Übergänge"),
    ],
)
def test_names_in_the_character_sets_of_their_time(charset: str, stem: str, tmp_path: Path) -> None:
    expected = [f"{stem}.html", f"{stem}_files/style.css"]
    data = with_raw_names(*(name.encode(charset) for name in expected))
    assert names(open_archive(written(tmp_path, data))) == expected


def test_a_name_given_twice_over_in_utf_8(tmp_path: Path) -> None:
    raw, meant = b"caf_.html", "café 😀.html"
    extra = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + meant.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writing:
        info = zipfile.ZipInfo(raw.decode())
        info.extra = struct.pack("<HH", 0x7075, len(extra)) + extra
        writing.writestr(info, b"page")
    assert names(open_archive(written(tmp_path, target.getvalue()))) == [meant]


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({f"{n}.html": bytes(16 * limits.MIB) for n in range(8)}))
    with pytest.raises(FileRefused, match=r"would grow from .* to 134,217,728 bytes"):
        open_archive(path)


def test_what_grows_as_pages_do_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, zipped({"a.html": bytes(16 * limits.MIB)}))
    assert names(open_archive(path)) == ["a.html"]


def test_members_within_one_another_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": b"x" * 100, "b.html": b"y" * 100}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)  # The directory sends the second member to the first one's place.
    with pytest.raises(FileRefused, match="lie within one another"):
        open_archive(written(tmp_path, bytes(data)))


def test_more_than_is_stated_is_never_given(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": bytes(limits.MIB)}))
    struct.pack_into("<L", data, data.rindex(b"PK\x01\x02") + 24, 10)
    archive = open_archive(written(tmp_path, bytes(data)))
    with pytest.raises(FileRefused, match="damaged"):
        archive.read(archive.members[0], limits.MIB)


def test_a_locked_member_is_refused_by_name(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.html": b"secret"}))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    archive = open_archive(written(tmp_path, bytes(data)))
    assert archive.members[0].is_encrypted
    with pytest.raises(FileRefused, match=r"^“a\.html” in this archive is locked by a password\.$"):
        archive.read(archive.members[0], 100)


def test_a_packing_without_a_bound_is_refused(tmp_path: Path) -> None:
    archive = open_archive(written(tmp_path, zipped({"a.html": b"x"}, zipfile.ZIP_BZIP2)))
    with pytest.raises(FileRefused, match="packed in a way that is not read"):
        archive.read(archive.members[0], 100)


def test_too_many_members_and_too_long_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, zipped({f"{n}.html": b"" for n in range(50)}))
    monkeypatch.setattr(limits, "ZIP_MEMBERS", 49)
    with pytest.raises(FileRefused, match="more than 49 files"):
        open_archive(path)
    monkeypatch.setattr(limits, "ZIP_DIRECTORY_BYTES", 2000)
    with pytest.raises(FileRefused, match="list of files"):
        open_archive(path)


def attempt(path: Path) -> None:
    """Read whatever there is; that nothing else than a sentence comes out is what is tested."""
    try:
        archive = open_archive(path)
        for member in archive.members:
            archive.read(member, 1000)
    except FileRefused:
        pass


def test_cut_off_or_damaged_anywhere_it_is_read_or_refused(tmp_path: Path) -> None:
    data = zipped({"a ä.html": b"page " * 20, "b.html": b"x"})
    for length in range(len(data)):
        attempt(written(tmp_path, data[:length]))
        for change in (0x01, 0x80, 0xFF):
            flipped = bytearray(data)
            flipped[length] ^= change
            attempt(written(tmp_path, bytes(flipped)))


def test_an_archive_behind_something_else(tmp_path: Path) -> None:
    path = written(tmp_path, b"<html data-sfz>" * 100 + zipped({"index.html": b"page"}))
    assert is_archive(path)
    assert names(open_archive(path)) == ["index.html"]
    assert not is_archive(written(tmp_path, b"<html data-sfz>" * 100))
