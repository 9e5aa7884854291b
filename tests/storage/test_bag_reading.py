"""Bags are proved before they are used: what is wrong with one is told, what leads out of one is not followed."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from archive_viewer import limits
from archive_viewer.errors import BagRefused
from archive_viewer.storage.bag_reading import Bag, prove, said
from bags import PAYLOAD, make_bag, write_manifest


def proved(folder: Path) -> Bag:
    return prove(folder, lambda done, total, what, size: None)


def refused(folder: Path) -> str:
    """What is said of a bag that is refused."""
    with pytest.raises(BagRefused) as refusal:
        proved(folder)
    return "\n".join(refusal.value.troubles)


def add_line(folder: Path, line: str, manifest: str = "manifest-sha256.txt") -> None:
    with (folder / manifest).open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")


def test_a_whole_bag_says_what_it_holds(tmp_path: Path) -> None:
    bag = proved(make_bag(tmp_path / "bag"))
    assert bag.payload == {name: len(data) for name, data in PAYLOAD.items()}
    assert said(bag.info, "contact-name") == "Ada Lind"
    assert said(bag.info, "source-organization") == "Tïtle Archive 😀"
    assert all(bag.path(name).read_bytes() == data for name, data in PAYLOAD.items())


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize("version", ["0.96", "0.97", "1.0"])
def test_older_bags_and_other_checksums_are_read(tmp_path: Path, algorithm: str, version: str) -> None:
    assert len(proved(make_bag(tmp_path / "bag", algorithm=algorithm, version=version)).payload) == len(PAYLOAD)


def test_a_bag_that_bagit_made_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    for name, data in PAYLOAD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    bagit.make_bag(str(folder), {"Contact-Name": "Ada"}, checksums=["sha1", "sha512"])
    assert dict(proved(folder).payload) == {name: len(data) for name, data in PAYLOAD.items()}
    (folder / "bag-info.txt").write_text("Contact-Name: Eve\n", "utf-8")
    assert "“bag-info.txt” is not as it was packed" in refused(folder)


@pytest.mark.parametrize("name", ["100% sure.txt", "a%25b.txt", "line\nend.txt", "caf\u0065\u0301.txt"])
def test_names_that_a_list_cannot_hold_as_they_are(tmp_path: Path, name: str) -> None:
    folder = make_bag(tmp_path / "bag", {name: b"x"})
    digest = (folder / "manifest-sha256.txt").read_text("utf-8").partition(" ")[0]
    spelled = unicodedata.normalize("NFC", name).replace("%", "%25").replace("\n", "%0a")
    (folder / "manifest-sha256.txt").write_text(f"{digest}  data/{spelled}\n", "utf-8")
    assert list(proved(folder).payload) == [name]


def _flip(folder: Path) -> None:
    file = folder / "data" / "notes.txt"
    file.write_bytes(b"a" + file.read_bytes()[1:])


def _cut(folder: Path) -> None:
    (folder / "bag-info.txt").unlink()
    (folder / "data" / "notes.txt").write_bytes(b"A n")


def _lose(folder: Path) -> None:
    (folder / "data" / "notes.txt").unlink()


def _link_inside(folder: Path) -> None:
    (folder / "data" / "notes.txt").unlink()
    (folder / "data" / "notes.txt").symlink_to(folder / "bagit.txt")


def _link_to_folder(folder: Path) -> None:
    (folder / "data" / "more").symlink_to(folder.parent, target_is_directory=True)


def _fetch(folder: Path) -> None:
    add_line(folder, f"{'0' * 64}  data/far.bin")
    (folder / "fetch.txt").write_text("http://example.com/far.bin - data/far.bin\n", "utf-8")


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "a byte": (_flip, "“data/notes.txt” is not as it was packed"),
    "cut off": (_cut, "“data/notes.txt” is not as it was packed"),
    "missing": (
        lambda folder: (folder / "data" / "notes.txt").unlink(),
        "It says that its files have 39 bytes in 2 files; those",
    ),
    "extra": (lambda folder: (folder / "data" / "more.txt").write_bytes(b""), "“data/more.txt” lies in it and is not"),
    "listed": (lambda folder: add_line(folder, f"{'0' * 64}  data/none.txt"), "“data/none.txt” is on its list"),
    "twice": (lambda folder: add_line(folder, f"{'0' * 64}  data/notes.txt"), "two checksums for “data/notes.txt”"),
    "up": (lambda folder: add_line(folder, f"{'0' * 64}  data/../../secret"), "“data/../../secret”, which is no place"),
    "up, spelled": (lambda folder: add_line(folder, f"{'0' * 64}  ../bagit.txt"), "“../bagit.txt”, which is no place"),
    "absolute": (lambda folder: add_line(folder, f"{'0' * 64}  /etc/passwd"), "“/etc/passwd”, which is no place"),
    "home": (lambda folder: add_line(folder, f"{'0' * 64}  ~/.profile"), "“~/.profile”, which is no place"),
    "tag, up": (lambda folder: _tag_list(folder, "../x"), "“../x”, which is no place"),
    "link": (_link_inside, "“data/notes.txt” is no file but a link"),
    "link to a folder": (_link_to_folder, "“data/more” is no file but a link"),
    "fetch": (_fetch, "1 of its files must be fetched over the network"),
    "no list": (lambda folder: (folder / "manifest-sha256.txt").unlink(), "no list of its files"),
    "no line": (lambda folder: add_line(folder, "hello"), "is no checksum with a name: “hello”"),
    "nul": (lambda folder: add_line(folder, f"{'0' * 64}  data/\0x"), "which is no place"),
    "long line": (lambda folder: add_line(folder, "0" * 100_000), "longer than any name"),
    "no bag": (lambda folder: (folder / "bagit.txt").unlink(), "It has no file “bagit.txt”"),
    "2.0": (lambda folder: _declare(folder, "2.0", "UTF-8"), "It is of BagIt 2.0, which is not read"),
    "what set": (lambda folder: _declare(folder, "1.0", "KLINGON-8"), "“KLINGON-8”, which is not read"),
    "no set": (lambda folder: _declare(folder, "1.0", "zlib"), "“zlib”, which is no character set"),
    "other set": (lambda folder: _declare(folder, "1.0", "UTF-32"), "is not in the character set"),
    "oxum": (lambda folder: _say(folder, "Payload-Oxum: x" * 500), "It says that its files have “x"),
}


def _tag_list(folder: Path, name: str) -> None:
    (folder / "tagmanifest-sha256.txt").write_text(f"{'0' * 64}  {name}\n", "utf-8")


def _declare(folder: Path, version: str, charset: str) -> None:
    text = f"BagIt-Version: {version}\nTag-File-Character-Encoding: {charset}\n"
    (folder / "bagit.txt").write_text(text, "utf-8")


def _say(folder: Path, line: str) -> None:
    (folder / "bag-info.txt").write_text(f"{line}\n", "utf-8")


@pytest.mark.parametrize("how", BROKEN)
def test_what_is_wrong_is_told(tmp_path: Path, how: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", "utf-8")
    folder = make_bag(tmp_path / "bag")
    break_it, sentence = BROKEN[how]
    break_it(folder)
    assert sentence in refused(folder)
    assert secret.read_text("utf-8") == "secret"


def test_files_that_need_not_be_fetched_any_more_do_no_harm(tmp_path: Path) -> None:
    folder = make_bag(tmp_path / "bag")
    (folder / "fetch.txt").write_text("http://example.com/notes.txt 8 data/notes.txt\n", "utf-8")
    assert len(proved(folder).payload) == len(PAYLOAD)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    folder = make_bag(tmp_path / "bag")
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    os.mkfifo(folder / "data" / "pipe")
    assert "“data/pipe” is no file" in refused(folder)
    (folder / "data" / "pipe").unlink()
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        kept = (folder / name).read_bytes()
        (folder / name).unlink()
        os.mkfifo(folder / name)
        assert f"“{name}” is no file" in refused(folder)
        (folder / name).unlink()
        (folder / name).symlink_to("/dev/zero")
        assert f"“{name}” is no file" in refused(folder)
        (folder / name).unlink()
        (folder / name).write_bytes(kept)
    proved(folder)


def test_a_list_of_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    folder = make_bag(tmp_path / "bag")
    with (folder / "manifest-sha256.txt").open("r+b") as stream:
        stream.truncate(1024**3)
    assert f"more than {limits.BAG_MANIFEST_BYTES:,} bytes" in refused(folder)


def test_a_list_of_another_bag_is_told_in_a_few_lines(tmp_path: Path) -> None:
    folder = make_bag(tmp_path / "bag")
    for number in range(1_000):
        add_line(folder, f"{'0' * 64}  data/{number}.txt")
    assert len(refused(folder).splitlines()) == limits.BAG_TROUBLES


def test_each_list_must_name_each_file_since_version_1(tmp_path: Path) -> None:
    folder = make_bag(tmp_path / "bag", version="0.97")
    manifest = write_manifest(folder, "md5")
    manifest.write_text("".join(manifest.read_text("utf-8").splitlines(keepends=True)[:1]), "utf-8")
    assert len(proved(folder).payload) == len(PAYLOAD)
    _declare(folder, "1.0", "UTF-8")
    assert "“data/notes.txt” lies in it and is not on its list" in refused(folder)


def test_a_file_is_no_bag(tmp_path: Path) -> None:
    (tmp_path / "bag.zip").write_bytes(b"PK")
    assert "must be unpacked first" in refused(tmp_path / "bag.zip")
