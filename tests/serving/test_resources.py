"""The bytes behind a page's addresses, however the page spells them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer import limits, readers
from archive_viewer.model import Capture, Fact, Format, Resource, SavedFile, Source
from archive_viewer.serving import Resources, resource_of
from archive_viewer.text import digest
from pages import PIXEL
from saved_files import HTML, mhtml, save

Find = Callable[[str], Resource | None]


@pytest.fixture
def serve(tmp_path: Path) -> Callable[[str, bytes], Find]:
    """Save a page; gives what finds its resources."""

    def serve(name: str, data: bytes) -> Find:
        saved = save(tmp_path / "Gespeïchert 😀", name, data)
        (capture,) = readers.read(saved)
        return lambda source: resource_of(capture, saved, source)

    return serve


Serve = Callable[[str, bytes], Find]


def data_of(resource: Resource | None) -> bytes | None:
    return None if resource is None else resource.data


# -- parts of a container ------------------------------------------------------------------------------------------

PART = "Content-Type: image/png\nContent-Location: https://gazette.test/bilder/f%C3%A4hre%201.png?v=1&w=2"


@pytest.mark.parametrize(
    "source",
    [
        "https://gazette.test/bilder/f%C3%A4hre%201.png?v=1&w=2",
        "https://gazette.test/bilder/fähre 1.png?v=1&w=2",
        " https://gazette.test/bilder/f%C3%A4hre%201.png?v=1&w=2\n",
        "/bilder/f%C3%A4hre%201.png?v=1&w=2",
        "bilder/f%C3%A4hre%201.png?v=1&w=2",
        "//gazette.test/bilder/f%C3%A4hre%201.png?v=1&w=2",
        "https://gazette.test/bilder/f%C3%A4hre%201.png?v=1&w=2#top",
    ],
)
def test_a_part_by_its_location(source: str, serve: Serve) -> None:
    find = serve(
        "a.mhtml",
        mhtml(
            [
                ("Content-Type: text/html\nContent-Location: https://gazette.test/a", "8bit", HTML),
                (PART, "base64", PIXEL),
            ]
        ),
    )
    found = find(source)
    assert found is not None
    assert (found.media_type, found.data) == ("image/png", PIXEL)


def test_a_part_by_the_pages_own_base(serve: Serve) -> None:
    header = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="----MultipartBoundary--x----"\n'
    head = "Content-Type: text/html\nContent-Location: https://gazette.test/deep/er/a.html"
    part = ("Content-Type: image/png\nContent-Location: https://gazette.test/bilder/p.png", "base64", PIXEL)
    page = b'<base href="/bilder/"><img src="p.png">'
    assert data_of(serve("a.mhtml", mhtml([(head, "8bit", page), part], header))("p.png")) == PIXEL
    page = b'<img src="p.png">'
    assert data_of(serve("b.mhtml", mhtml([(head, "8bit", page), part], header))("p.png")) is None


def test_a_part_by_its_id(serve: Serve) -> None:
    part = ("Content-Type: text/html\nContent-ID: <frame-7@mhtml.blink>", "8bit", b"<p>frame</p>")
    find = serve("a.mhtml", mhtml([("Content-Type: text/html", "8bit", HTML), part]))
    assert data_of(find("cid:frame-7@mhtml.blink")) == b"<p>frame</p>"
    assert find("cid:frame-8@mhtml.blink") is None


# -- files beside the page -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "./a_files/bild ä.png",
        "a_files/bild%20%C3%A4.png",
        "a_files/bild%20a%CC%88.png",
        r"a_files\bild ä.png",
        "a_files/x/../bild ä.png",
        "a_files/bild%20%C3%A4.png?v=2#x",
    ],
)
def test_a_file_beside_the_page(source: str, serve: Serve, tmp_path: Path) -> None:
    files = tmp_path / "Gespeïchert 😀" / "a_files"
    files.mkdir(parents=True)
    (files / "bild ä.png").write_bytes(PIXEL)
    found = serve("a.html", b'<img src="./a_files/bild%20%C3%A4.png">')(source)
    assert found is not None
    assert (found.url, found.media_type, found.data) == (source, "image/png", PIXEL)


@pytest.mark.parametrize(
    "source",
    [
        "../secret.png",
        "/etc/passwd",
        "file:///etc/passwd",
        "..%2Fsecret.png",
        r"..\secret.png",
        "a.html",
        "diary.png",
        "",
        ".",
        "#x",
    ],
)
def test_what_does_not_belong_to_the_page_is_not_served(source: str, serve: Serve, tmp_path: Path) -> None:
    find = serve("a.html", b'<!DOCTYPE html><img src="../secret.png">')
    (tmp_path / "secret.png").write_bytes(PIXEL)
    (tmp_path / "Gespeïchert 😀" / "diary.png").write_bytes(PIXEL)
    assert find(source) is None


def test_a_file_that_is_gone_or_too_large_is_none(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = tmp_path / "Gespeïchert 😀" / "p.png"
    picture.parent.mkdir()
    picture.write_bytes(PIXEL)
    find = serve("a.html", b'<!DOCTYPE html><img src="p.png">')
    assert data_of(find("p.png")) == PIXEL
    monkeypatch.setattr(limits, "RESOURCE_BYTES", 10)
    assert find("p.png") is None
    picture.unlink()
    assert find("p.png") is None


# -- pictures written into the page --------------------------------------------------------------------------------

BASE64 = "data:image/png;base64," + base64.b64encode(PIXEL).decode()
SVG = "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'><text>a &amp; b</text></svg>"


@pytest.mark.parametrize(
    "markup",
    ['<img src="{}">', "<img src='  {}\n'>", "<img src={}>", '<img data-src="{}">', '<img srcset="{} 2x, b.png 3x">'],
)
def test_a_picture_by_the_digest_that_a_block_keeps(markup: str, serve: Serve) -> None:
    find = serve("a.html", b"<!DOCTYPE html>" + markup.format(BASE64).encode())
    source = f"data:sha256/{digest(BASE64)}"
    found = find(source)
    assert found is not None
    assert (found.url, found.media_type, found.data) == (source, "image/png", PIXEL)
    assert find(f"data:sha256/{digest('data:,other')}") is None


def test_a_picture_written_in_markup(serve: Serve) -> None:
    find = serve("a.html", f'<!DOCTYPE html><img src="{SVG}">'.encode())
    address = SVG.replace("&amp;", "&")
    found = find(f"data:sha256/{digest(address)}")
    assert found is not None
    assert found.media_type == "image/svg+xml"
    assert found.data.endswith(b"<text>a & b</text></svg>")


@pytest.mark.parametrize(
    ("address", "media_type", "data"),
    [
        ("data:,hello%20there", "text/plain", b"hello there"),
        ("DATA:Image/PNG;charset=x;BASE64,QQ==", "image/png", b"A"),
        ("data:;base64,Q Q\n%3D%3D", "text/plain", b"A"),
        ("data:;base64,QQ", "text/plain", b"A"),
        ("data:;base64,Q", "text/plain", b""),
    ],
)
def test_a_data_address_itself(address: str, media_type: str, data: bytes, serve: Serve) -> None:
    found = serve("a.html", HTML)(address)
    assert found is not None
    assert (found.media_type, found.data) == (media_type, data)


@pytest.mark.parametrize("address", ["data:", "data:image/png", "data:sha256/abc"])
def test_what_is_no_data_address(address: str, serve: Serve) -> None:
    assert serve("a.html", HTML)(address) is None


def test_many_of_one_page_read_it_once(serve: Serve, tmp_path: Path) -> None:
    addresses = [f"data:text/plain,{n}" for n in range(50)]
    page = "<!DOCTYPE html>" + "".join(f'<img src="{address}">' for address in addresses)
    saved = save(tmp_path, "a.html", page.encode())
    (capture,) = readers.read(saved)
    resources = Resources(capture, saved)
    for n, address in enumerate(addresses):
        assert data_of(resources.find(f"data:sha256/{digest(address)}")) == str(n).encode()


@given(st.text(max_size=60))
def test_any_address_is_found_or_not(source: str) -> None:
    url = Fact("https://gazette.test/a", Source.STATED, "")
    resources = (Resource("https://gazette.test/p.png", "image/png", PIXEL),)
    capture = Capture(Format.MHTML, HTML, "text/html", Fact("utf-8", Source.STATED, ""), url=url, resources=resources)
    saved = SavedFile(Path("nowhere"), "a.mhtml")
    resource_of(capture, saved, source)
    resource_of(capture, saved, "data:" + source)
    assert resource_of(capture, saved, "p.png#" + quote(source)) is not None
