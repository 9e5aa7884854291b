"""Files beside a page: which belong to it, and that no page reaches out of its folder."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits, readers, serving
from archive_viewer.model import Format, SavedFile
from archive_viewer.readers import FolderCompanions
from archive_viewer.readers.companions import is_safe, relative_name
from pages import PIXEL
from saved_files import Save, zipped

FOLDERS = [
    "Tïtle 😀_files",
    "Tïtle 😀-Dateien",
    "Tïtle 😀_fichiers",
    "Tïtle 😀.files",
    "Tïtle 😀_archivos",
    "Tïtle 😀_ファイル",
    "renamed_bestanden",
]


def put(saved_in: Path, *names: str) -> None:
    for name in names:
        (saved_in / name).parent.mkdir(parents=True, exist_ok=True)
        (saved_in / name).write_bytes(PIXEL)


def page(*loads: str, tail: str = "") -> bytes:
    return ("<!DOCTYPE html><meta charset=utf-8>" + "".join(f'<img src="{load}">' for load in loads) + tail).encode()


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_pages_own_folder_belongs_to_it_whole(folder: str, save_as: Save) -> None:
    saved = save_as("Tïtle 😀.html", page(f"./{folder}/a.png"))
    put(
        saved.path.parent,
        f"{folder}/a.png",
        f"{folder}/style.css",
        f"{folder}/deep/er.png",
        "other_files/b.png",
        "c.png",
    )
    (capture,) = readers.read(saved)
    assert capture.format is Format.HTML_FOLDER
    assert capture.companions == (f"{folder}/a.png", f"{folder}/deep/er.png", f"{folder}/style.css")
    assert readers.companion_names(saved) == capture.companions


def test_names_may_be_escaped_and_with_queries(save_as: Save) -> None:
    saved = save_as("a.html", page("a_files/bild%20%C3%A4.png?v=1#x", r"a_files\b.png"))
    put(saved.path.parent, "a_files/bild ä.png", "a_files/b.png")
    assert readers.companion_names(saved) == ("a_files/b.png", "a_files/bild ä.png")


def test_names_that_a_disk_took_apart_are_found(save_as: Save) -> None:
    composed, apart = unicodedata.normalize("NFC", "Fähre"), unicodedata.normalize("NFD", "Fähre")
    saved = save_as(f"{composed}.html", page(f"{composed}_files/a.png", f"{composed}.png"))
    put(saved.path.parent, f"{apart}_files/a.png", f"{apart}.png")
    assert readers.companion_names(saved) == (f"{apart}.png", f"{apart}_files/a.png")


def test_a_missing_folder_is_a_warning(save_as: Save) -> None:
    (capture,) = readers.read(save_as("a.html", page("./a_files/a.png")))
    assert capture.format is Format.HTML_FOLDER
    assert capture.companions == ()
    assert capture.warnings == (
        "The folder “a_files”, saved with this page, is missing: its pictures cannot be shown.",
    )


def test_a_page_that_names_no_file_has_none(save_as: Save) -> None:
    saved = save_as(
        "a.html", page("https://gazette.test/b.png", "data:image/png;base64,AA==", "//cdn.test/c.png", "#x", "")
    )
    put(saved.path.parent, "b.png", "b_files/c.png")
    (capture,) = readers.read(saved)
    assert (capture.format, capture.companions, capture.warnings) == (Format.HTML, (), ())


def test_files_beside_the_page_belong_to_it_when_it_loads_them(save_as: Save) -> None:
    tail = '<link rel="stylesheet" href="s.css"><iframe src="frame.html"></iframe><a href="next.html">next</a>'
    saved = save_as("a.html", page("a.png", tail=tail))
    put(saved.path.parent, "a.png", "b.png", "s.css", "frame.html", "next.html")
    assert readers.companion_names(saved) == ("a.png", "frame.html", "s.css")


@pytest.mark.parametrize(
    "markup",
    [
        '<link rel="icon" href="{}">',
        '<script src="{}"></script>',
        '<img srcset="{} 2x, x.png 3x">',
        '<img data-src="{}">',
        '<body background="{}">',
        '<video poster="{}"></video>',
        '<object data="{}"></object>',
        "<p style=\"background: url('{}')\">",
        '<svg><image xlink:href="{}"/></svg>',
    ],
)
def test_ways_to_load_a_file(markup: str, save_as: Save) -> None:
    saved = save_as("a.html", page(tail=markup.format("img/a.png")))
    put(saved.path.parent, "img/a.png")
    assert readers.companion_names(saved) == ("img/a.png",)


@pytest.mark.parametrize("markup", ['<a href="{}">x</a>', '<link rel="next" href="{}">', "<p>{}</p>", "<!-- {} -->"])
def test_what_loads_nothing(markup: str, save_as: Save) -> None:
    saved = save_as("a.html", page(tail=markup.format("img/a.png")))
    put(saved.path.parent, "img/a.png")
    assert readers.companion_names(saved) == ()


def test_a_folder_of_pages_is_not_swallowed(save_as: Save) -> None:
    saved = save_as("index.html", page("articles/logo.png", tail='<a href="articles/one.html">one</a>'))
    put(saved.path.parent, "articles/logo.png", "articles/one.html", "articles/two.html")
    assert readers.companion_names(saved) == ("articles/logo.png",)


def test_a_shared_folder_counts_whole_while_it_is_small(save_as: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    saved = save_as("a.html", page("img/1.png"))
    put(saved.path.parent, "img/1.png", "img/2.png", "img/deep/3.png")
    assert readers.companion_names(saved) == ("img/1.png", "img/2.png")
    monkeypatch.setattr(limits, "SHARED_FOLDER", 1)
    assert readers.companion_names(saved) == ("img/1.png",)


def test_more_files_than_the_limit_are_left_and_said(save_as: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COMPANIONS", 2)
    saved = save_as("a.html", page("a_files/1.png"))
    put(saved.path.parent, *(f"a_files/{n}.png" for n in range(5)))
    (capture,) = readers.read(saved)
    assert capture.companions == ("a_files/0.png", "a_files/1.png")
    assert "More than 2 files" in capture.warnings[0]


def test_from_the_store_it_is_the_same_as_from_the_disk(save_as: Save, tmp_path: Path) -> None:
    saved = save_as("a.html", page("./a_files/1.png", "b.png", "img/c.png"))
    put(saved.path.parent, "a_files/1.png", "a_files/x/2.png", "b.png", "img/c.png", "img/d.png", "img/x/e.png")
    names = readers.companion_names(saved)
    assert names == ("a_files/1.png", "a_files/x/2.png", "b.png", "img/c.png", "img/d.png")
    stored = tmp_path / "2c8f"
    stored.write_bytes(saved.path.read_bytes())
    kept = {name: saved.companions[name] for name in names}
    assert readers.companion_names(SavedFile(stored, "a.html", "", kept)) == names


def test_a_webscrapbook_folder_belongs_to_its_index(save_as: Save) -> None:
    data = b'<!DOCTYPE html><html data-scrapbook-source="https://gazette.test/"><a href="linked.html">x</a>'
    saved = save_as("index.html", data)
    put(saved.path.parent, "linked.html", "frame.html", "a.bmp")
    assert readers.companion_names(saved) == ("a.bmp", "frame.html", "linked.html")


# -- nothing outside -----------------------------------------------------------------------------------------------

OUTSIDE = [
    "../secret.png",
    "a_files/../../secret.png",
    "..%2Fsecret.png",
    "%2e%2e/secret.png",
    r"..\secret.png",
    r"a_files\..\..\secret.png",
    "..%5Csecret.png",
    "/etc/passwd",
    "//etc/passwd",
    "%2Fetc%2Fpasswd",
    "file:///etc/passwd",
    "C:/secret.png",
    r"C:\secret.png",
    "a_files/C:/secret.png",
    "secret.png\0",
    "..",
    ".",
    "",
    ".. /secret.png",
    ".../secret.png",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_leads_out_of_the_folder(name: str, save_as: Save, tmp_path: Path) -> None:
    saved = save_as("a.html", page(name))
    put(tmp_path, "secret.png")
    assert readers.companion_names(saved) == ()
    assert name not in saved.companions
    assert relative_name(name) not in saved.companions


@given(st.text(max_size=40) | st.from_regex(r"[.%/\\a-c25eEfF:]{1,20}", fullmatch=True))
def test_no_reference_at_all_leads_out(reference: str) -> None:
    name = relative_name(reference)
    assert not name or is_safe(name)
    base = Path("/a/b/c")
    assert not name or Path(os.path.normpath(base / name)).is_relative_to(base)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(save_as: Save, tmp_path: Path) -> None:
    put(tmp_path, "secret.png", "folder/secret.png")
    saved = save_as("a.html", page("a_files/link.png", "a_files/linked/secret.png", "linked/secret.png", "inside.png"))
    put(saved.path.parent, "a_files/real.png")
    (saved.path.parent / "a_files" / "link.png").symlink_to(tmp_path / "secret.png")
    (saved.path.parent / "a_files" / "linked").symlink_to(tmp_path / "folder")
    (saved.path.parent / "linked").symlink_to(tmp_path / "folder")
    (saved.path.parent / "inside.png").symlink_to(saved.path.parent / "a_files" / "real.png")
    (saved.path.parent / "a_files" / "round").symlink_to(saved.path.parent)
    assert readers.companion_names(saved) == ("a_files/real.png",)
    assert list(saved.companions) == ["a_files/real.png"]
    with pytest.raises(KeyError):
        saved.companions["linked/secret.png"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes there")
def test_a_pipe_is_no_companion(save_as: Save) -> None:
    saved = save_as("a.html", page("pipe.png"))
    os.mkfifo(saved.path.parent / "pipe.png")
    assert readers.companion_names(saved) == ()


def test_the_view_of_a_folder(save_as: Save) -> None:
    saved = save_as("b.html", page())
    put(saved.path.parent, "c.png", "a/2.png", "a/1.png", "d/e/f.png")
    companions = saved.companions
    assert list(companions) == ["c.png", "a/1.png", "a/2.png", "d/e/f.png"]
    assert len(companions) == 4
    assert "b.html" not in companions
    assert "a" not in companions
    assert companions["d/e/f.png"].read_bytes() == PIXEL


def test_folders_deeper_than_the_limit_are_not_entered(save_as: Save) -> None:
    deep = "/".join(["d"] * (limits.COMPANION_DEPTH + 5))
    saved = save_as("a.html", page("d/x.png"))
    put(saved.path.parent, f"{deep}/x.png", "d/x.png")
    assert list(saved.companions) == ["d/x.png"]


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    assert list(FolderCompanions(tmp_path / "nowhere" / "a.html")) == []


# -- names that were written otherwise ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("PAGE_FILES/Pixel.PNG", "Page_files/pixel.png"),
        ("Page_files/100%25.png", "Page_files/100%.png"),
        ("Page_files/100%25.png", "Page_files/100%25.png"),
        ("Page_files/pixel.php?id=1&n=2", "Page_files/pixel.php?id=1&n=2"),
        ("Page_files/pixel.php%3Fid=1", "Page_files/pixel.php?id=1"),
        ("Page_files/R&D%20map.png", "Page_files/R&D map.png"),
        ("Page_files\\pixel.png", "Page_files/pixel.png"),
    ],
)
def test_a_name_that_the_page_writes_otherwise(source: str, name: str, save_as: Save) -> None:
    save_as(name, PIXEL)
    saved = save_as("Page.html", page(source))
    (capture,) = readers.read(saved)
    assert capture.companions == (name,)
    assert not capture.warnings
    resource = serving.resource_of(capture, saved, source)
    assert resource is not None
    assert resource.data == PIXEL
    stored = SavedFile(saved.path, saved.name, companions={name: saved.companions[name]})
    (again,) = readers.read(stored)
    assert again.companions == (name,)


def test_a_folder_renamed_with_its_page(save_as: Save) -> None:
    save_as("Ferry_files/pixel.png", PIXEL)
    saved = save_as("Ferry.html", page("Page_files/pixel.png", "gone_files/other.png", "other/pixel.png"))
    (capture,) = readers.read(saved)
    assert capture.companions == ("Ferry_files/pixel.png",)
    assert capture.warnings == (
        "The folder “Page_files” of this page is called “Ferry_files” now; its files were found there.",
        "The folder “gone_files”, saved with this page, is missing: its pictures cannot be shown.",
    )
    resource = serving.resource_of(capture, saved, "Page_files/pixel.png")
    assert resource is not None
    assert resource.data == PIXEL
    # A file of the same name in a folder of another kind may be another picture.
    assert serving.resource_of(capture, saved, "other/pixel.png") is None
    assert serving.resource_of(capture, saved, "../pixel.png") is None


@pytest.mark.parametrize("folder", ["Page_files", "Page-Dateien", "Page.files", "page_FICHIERS"])
def test_a_folder_named_like_the_page_is_its_own_though_it_loads_nothing(folder: str, save_as: Save) -> None:
    save_as(f"{folder}/saved_resource.html", b"<p>An advertisement in a frame.")
    (capture,) = readers.read(save_as("Page.html", page()))
    assert capture.format is Format.HTML_FOLDER
    assert capture.companions == (f"{folder}/saved_resource.html",)


def test_what_word_lists_beside_a_page_is_its_own(save_as: Save) -> None:
    save_as("old_files/filelist.xml", b"<xml/>")
    save_as("old_files/themedata.thmx", b"PK")
    head = b"<html xmlns:o='urn:schemas-microsoft-com:office:office'><link rel=File-List href='old_files/filelist.xml'>"
    (capture,) = readers.read(save_as("new.htm", head + b"<p>The ferry."))
    assert capture.companions == ("old_files/filelist.xml", "old_files/themedata.thmx")


def test_a_page_in_an_archive_claims_its_frames_in_other_letters(save_as: Save) -> None:
    members = {"Page.html": page("PAGE_files/a.png"), "Page_files/a.png": PIXEL, "Page_files/frame.html": b"<p>A"}
    assert [capture.locator for capture in readers.read(save_as("a.zip", zipped(members)))] == ["Page.html"]


def test_pictures_of_a_copied_site_that_lie_above_the_page_are_counted(save_as: Save) -> None:
    save_as("img/a.png", PIXEL)
    save_as("img/b c.png", PIXEL)
    saved = save_as("news/one.html", page("../img/a.png", "../img/b%20c.png?x", "../img/gone.png", "../../etc/passwd"))
    (capture,) = readers.read(saved)
    assert capture.companions == ()
    assert capture.warnings == ("Files that this page loads lie outside of its folder, and are not shown with it: 2.",)


def test_in_a_large_folder_names_are_found_as_they_are_written(save_as: Save, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SPELLINGS", 2)
    for name in ("a.png", "b.png", "Page_files/c.png", "d.png"):
        save_as(name, PIXEL)
    (capture,) = readers.read(save_as("Page.html", page("A.png", "b.png")))
    assert capture.companions == ("Page_files/c.png", "b.png")
