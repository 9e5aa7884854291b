"""WACZ packages: their lists of pages, their volumes however packed, and the digests of their files."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

import pytest

import crawls
from archive_viewer import readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import Capture, Format
from crawls import MOMENT, SITE, answer, page, record, wacz
from saved_files import Save, zipped

FERRY = record(f"{SITE}/ferry", answer(page("Ferry")), WARC_Payload_Digest="sha1:ABC")
ADVERT = record("https://adverts.test/frame", answer(page("Advert")))
BRIDGE = record(f"{SITE}/bridge", answer(page("Bridge")))
INFO = record("", b"software: Recorder 1\r\n", "warcinfo")
LISTED = [{"url": f"{SITE}/ferry", "ts": MOMENT, "title": "Tïtle 😀", "text": "x" * 1000}]

Read = Callable[[bytes], list[Capture]]


@pytest.fixture
def read(save_as: Save) -> Read:
    """Write a package and read it; every page must be found again at its locator."""

    def read(data: bytes) -> list[Capture]:
        saved = save_as("crawl.wacz", data)
        captures = list(readers.read(saved))
        for capture in captures:
            found = readers.find_capture(saved, capture.locator)
            assert (found.data, found.url, found.title) == (capture.data, capture.url, capture.title)
        return captures

    return read


def addresses(captures: list[Capture]) -> list[str]:
    return [capture.url.value for capture in captures if capture.url]


@pytest.mark.parametrize("is_deflated", [False, True])
@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc.gz", crawls.packed),
        ("ä b=c:d.warc.gz", crawls.packed),
        ("a.warc", b"".join),
        ("A.WARC.GZ", lambda records: gzip.compress(b"".join(records))),
        ("a.warc.gz", b"".join),
    ],
)
def test_the_pages_that_are_listed(
    name: str, pack: Callable[[list[bytes]], bytes], is_deflated: bool, read: Read
) -> None:
    (capture,) = read(wacz({name: pack([INFO, ADVERT, FERRY, BRIDGE])}, LISTED, is_deflated=is_deflated))
    assert (capture.format, capture.data) == (Format.WACZ, page("Ferry"))
    assert addresses([capture]) == [f"{SITE}/ferry"]
    assert capture.title is not None
    assert (capture.title.value, capture.title.origin) == ("Tïtle 😀", "the list of pages")
    assert capture.captured_at is not None
    assert capture.captured_at.value == MOMENT
    assert capture.facts["saved_with"].value == "Recorder 1"
    assert not capture.warnings


@pytest.mark.parametrize(
    "pages",
    [[], [{"url": "https://elsewhere.test/"}], [{"title": "x"}], [{"url": 5, "title": []}], [{"url": ""}]],
)
def test_without_a_list_all_pages_are_read(pages: list[dict[str, object]], read: Read) -> None:
    captures = read(wacz({"a.warc.gz": crawls.packed([FERRY, BRIDGE])}, pages))
    assert addresses(captures) == [f"{SITE}/ferry", f"{SITE}/bridge"]
    assert [capture.title for capture in captures] == [None, None]


def test_a_title_that_is_the_address_is_none(read: Read) -> None:
    (capture,) = read(wacz({"a.warc": FERRY}, [{"url": f"{SITE}/ferry", "title": f"{SITE}/ferry"}]))
    assert capture.title is None


def test_several_volumes_in_their_order_and_a_revisit_of_another(read: Read) -> None:
    again = record(f"{SITE}/again", b"", "revisit", WARC_Payload_Digest="sha1:ABC")
    captures = read(wacz({"a.warc.gz": crawls.packed([INFO, FERRY]), "b.warc": BRIDGE + again}))
    assert addresses(captures) == [f"{SITE}/{name}" for name in ("ferry", "bridge", "again")]
    assert captures[2].data == captures[0].data


def test_an_old_collection_without_lists(read: Read) -> None:
    members = {"warcs/a.warc.gz": crawls.packed([FERRY]), "metadata.yaml": b"title: x", "indexes/x.cdxj": b"x"}
    assert addresses(read(zipped(members))) == [f"{SITE}/ferry"]


def test_a_package_without_volumes_is_refused(read: Read) -> None:
    with pytest.raises(FileRefused, match=r"^This WACZ file holds no web archive \(WARC\)\.$"):
        read(wacz({}))


PACKAGE = wacz({"a.warc": FERRY})


def manifest(**values: object) -> bytes:
    return json.dumps({"profile": "multi-wacz-package", **values}).encode()


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        (
            {"datapackage.json": manifest(), "Tïtle 😀.wacz": PACKAGE, "b/c.wacz": PACKAGE},
            "This is a package of WACZ files; please unpack it and import these: Tïtle 😀.wacz, b/c.wacz.",
        ),
        (
            {"datapackage.json": manifest(resources=[{"path": "https://x.test/a.wacz"}, {"url": "b.wacz"}, 5, {}])},
            "This is a list of WACZ files, which are not in it: https://x.test/a.wacz, b.wacz.",
        ),
        ({"datapackage.json": manifest(resources=[])}, "This is a list of WACZ files, and it is empty."),
        ({"datapackage.json": b"{}", "pages/pages.jsonl": b""}, "This WACZ file holds no web archive (WARC)."),
    ],
)
def test_packages_of_packages_are_refused_by_name(members: dict[str, bytes], sentence: str, read: Read) -> None:
    with pytest.raises(FileRefused) as refused:
        read(zipped(members))
    assert str(refused.value) == sentence


def test_volumes_of_every_packing(read: Read) -> None:
    names = ("a", "b", "c", "d")
    records = [record(f"{SITE}/{name}", answer(page(name))) for name in names]
    volumes = {
        "a.warc": records[0],
        "b.warc.gz": crawls.packed(records[1:2]),
        "c.warc.zst": crawls.packed_with_zstandard(records[2:3], dictionary=records[0]),
        "d.warc.gz": gzip.compress(records[3]),
    }
    assert addresses(read(wacz(volumes))) == [f"{SITE}/{name}" for name in names]


def test_lists_of_further_pages(read: Read) -> None:
    more = b'{"format": "json-pages-1.0"}\n' + json.dumps({"url": f"{SITE}/bridge", "title": "Brücke"}).encode()
    captures = read(wacz({"a.warc": FERRY + ADVERT + BRIDGE}, LISTED, change={"pages/extraPages.jsonl": more}))
    assert [capture.title and capture.title.value for capture in captures] == ["Tïtle 😀", "Brücke"]


# -- digests -------------------------------------------------------------------------------------------------------


def test_digests_that_agree_are_said(read: Read) -> None:
    first, second = read(wacz({"a.warc": FERRY + BRIDGE}, has_digests=True))
    assert first.facts["fixity"].value == "2 files have the digests that are stated"
    assert second.facts["fixity"] == first.facts["fixity"]
    assert not first.file_warnings


def test_digests_that_do_not_agree_are_said(read: Read) -> None:
    first, second = read(wacz({"a.warc": FERRY}, has_digests=True, change={"archive/a.warc": FERRY + BRIDGE}))
    remark = "Files of this archive have been altered or damaged since it was made: archive/a.warc."
    assert first.file_warnings == second.file_warnings == (remark,)
    assert "fixity" not in first.facts


@pytest.mark.parametrize(
    ("manifest", "warning"),
    [
        (b"{", ""),
        (b"[" * 100_000, ""),
        (b'{"resources": 5, "software": ["x"]}', ""),
        (b'{"resources": [5, {"path": "x"}, {"hash": "sha256:x", "path": "x"}]}', ""),
        (
            b'{"resources": [{"path": "gone", "hash": "md5:%b"}]}' % (b"0" * 32),
            "Files that this archive lists are missing from it: gone.",
        ),
    ],
)
def test_hostile_manifests(manifest: bytes, warning: str, read: Read) -> None:
    (capture,) = read(wacz({"a.warc": FERRY}, change={"datapackage.json": manifest}))
    assert capture.file_warnings == ((warning,) if warning else ())


def test_the_digest_of_the_manifest(read: Read) -> None:
    wrong = b'{"path": "datapackage.json", "hash": "sha256:%b"}' % (b"0" * 64)
    (capture,) = read(wacz({"a.warc": FERRY}, has_digests=True, change={"datapackage-digest.json": wrong}))
    assert capture.file_warnings[0].endswith("since it was made: datapackage.json.")


@pytest.mark.parametrize(
    "line", [b"\xff" * 1000, b"[" * 100_000 + b"\n", b"{}\n" * 100_000, b"null\n5\n", b"x" * 10**6]
)
def test_hostile_lists(line: bytes, read: Read) -> None:
    assert len(read(wacz({"a.warc": FERRY}, change={"pages/pages.jsonl": line}))) == 1
