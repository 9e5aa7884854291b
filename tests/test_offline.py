"""Nothing is fetched, ever: whatever a page names, no socket is made for it and no file outside of its own is read.

All samples, and pages that name addresses and files in every way that their forms know, are imported by a process that
the kernel kills when it makes a socket for the internet, in Python or in C (seccomp); an audit hook stops it where that
is not to be had.  The addresses lead to a listener on this machine, which must hear nothing; the files are one whose
words must show nowhere, and a pipe at which a reader would wait for ever.
"""

from __future__ import annotations

import json
import os
import platform
import plistlib
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import crawls
import saved_files

ROOT = Path(__file__).parents[1]
PLACES = [place for place in (ROOT / ".." / "shared" / "samples", ROOT / "sample_archive") if place.is_dir()]
CANARY = "Kanarienvogel 4711"
HAS_SECCOMP = sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64")

CHILD = """
import ctypes, json, platform, struct, sys

def close_the_kernel():
    number = {"x86_64": 41, "aarch64": 198}[platform.machine()]  # socket(2)
    load, is_equal, end = 0x20, 0x15, 0x06
    program = b"".join(
        struct.pack("HBBI", *step)
        for step in (
            (load, 0, 0, 0),  # the number of the call
            (is_equal, 0, 4, number),
            (load, 0, 0, 16),  # its first argument: the family
            (is_equal, 1, 0, 2),  # AF_INET
            (is_equal, 0, 1, 10),  # AF_INET6
            (end, 0, 0, 0x80000000),  # the process is killed
            (end, 0, 0, 0x7FFF0000),  # the call is allowed
        )
    )
    steps = ctypes.create_string_buffer(program)
    whole = ctypes.create_string_buffer(struct.pack("HxxxxxxP", 7, ctypes.addressof(steps)))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0, "no new privileges"
    assert libc.prctl(22, 2, whole, 0, 0) == 0, "no filter"

def forbid(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "subprocess.", "os.exec", "os.posix_spawn")):
        raise AssertionError(f"{event} {arguments}")

from archive_viewer.__main__ import main
from archive_viewer.library import Library

if sys.argv[1] == "seccomp":
    close_the_kernel()
sys.addaudithook(forbid)
if sys.argv[2] == "python":
    import socket
    socket.socket()
if sys.argv[2] == "c":
    ctypes.CDLL(None).socket(2, 1, 0)
library, *paths = sys.argv[3:]
code = main(["import", *paths, "--json", "--library", library])
assert code in (0, 3), code
with Library.open(library, "reader") as opened:
    for item_id in opened.item_ids():
        find = opened.resources(item_id)
        article = opened.article(item_id)
        sources = [picture.source for block in article.blocks for picture in block.pictures]
        found = [find(source) for source in sources]
        parts = [resource.data.decode("utf-8", "replace") for resource in found if resource]
        texts = [article.text, *(block.text for block in article.blocks), *parts, repr(opened.item(item_id))]
        print(json.dumps({"texts": texts}))
"""


def start(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    way = "seccomp" if HAS_SECCOMP else "hook"
    return subprocess.run(
        [sys.executable, "-c", CHILD, way, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def hostile(address: str, canary: Path, pipe: Path) -> Mapping[str, bytes]:
    """Files by name, which name an address, a file and a pipe wherever their form lets them."""
    entities = "".join(
        f'<!ENTITY {name} SYSTEM "{target}"><!ENTITY % p{name} SYSTEM "{target}">%p{name};'
        for name, target in (("file", canary.as_uri()), ("pipe", pipe.as_uri()), ("web", f"{address}/entity"))
    )
    used = "&file;&pipe;&web;"

    def doctype(root: str) -> str:
        return f'<?xml version="1.0"?><!DOCTYPE {root} PUBLIC "x" "{address}/dtd" [{entities}]>'

    body = (
        f"<p>The words of the page. {used}</p>"
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary.as_uri()}" parse="text"/>'
        + "".join(
            f'<img src="{target}"/><iframe src="{target}"></iframe><object data="{target}"></object>'
            f'<embed src="{target}"/><video src="{target}" poster="{target}"></video><script src="{target}"></script>'
            f'<link rel="stylesheet" href="{target}"/><p style="background: url({target})">styled</p>'
            for target in (
                f"{address}/a.png",
                canary.as_uri(),
                str(canary),
                "../canary.txt",
                "..%2fcanary.txt",
                "up/canary.txt",
            )
        )
    )
    page = f'<html><head><base href="{address}/"/><title>T</title></head><body>{body}</body></html>'
    refresh = f'<html><meta http-equiv="refresh" content="0; url={address}/next"><p>wait'
    frames = "".join(
        f'<frame src="{target}">'
        for target in (canary.as_uri(), "../canary.txt", "..%5ccanary.txt", "up/canary.txt", f"{address}/frame")
    )
    frameset = f"<html><frameset>{frames}<frame src='own.html'></frameset></html>".encode()
    rdf = doctype("RDF:RDF") + saved_files.RDF.decode().split("?>", 1)[1].replace(saved_files.TITLE, used)
    archive = saved_files.webarchive(page.encode(), [(canary.as_uri(), "text/plain", b"x")], url=canary.as_uri())
    plist = plistlib.dumps(archive).decode()
    redirect = crawls.answer(b"", "text/html", "301 Moved", location=canary.as_uri())
    answer = crawls.record(f"{address}/page", crawls.answer(page.encode()))
    package = {"resources": [{"path": "../canary.txt", "hash": f"sha256:{'0' * 64}"}]}
    part = f"Content-Type: text/html\nContent-Location: {address}/page"
    named = f"Content-Type: text/html\nContent-Location: {canary.as_uri()}"
    return {
        "entities.html": page.encode(),
        "doctype.xhtml": (
            doctype("html") + page.replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
        ).encode(),
        "wide.xhtml": (doctype("html") + page).encode("utf-16"),
        "frames.html": frameset,
        "own.html": b"<p>A frame of its own.",
        "page.mhtml": saved_files.mhtml([(part, "8bit", page.encode()), (named, "8bit", b"<p>a part")]),
        "frames.mhtml": saved_files.mhtml([(part, "8bit", frameset)]),
        "page.webarchive": plistlib.dumps(archive, fmt=plistlib.FMT_BINARY),
        "xml.webarchive": plist.replace("http://www.apple.com", address).encode(),
        "doctype.webarchive": (doctype("plist") + plist[plist.index("<plist") :].replace("UTF-8", used)).encode(),
        "tab.maff": saved_files.zipped({"1/index.rdf": rdf.encode(), "1/index.html": page.encode()}),
        "out.maff": saved_files.zipped(
            {"1/index.rdf": saved_files.RDF.replace(b"index.html", b"../../canary.txt"), "1/index.html": page.encode()}
        ),
        "next.htz": saved_files.zipped({"index.html": refresh.encode(), "../canary.txt": b"x"}),
        "page.zip": saved_files.zipped({"a/frames.html": frameset, "a/own.html": page.encode()}),
        "page.sfz.html": saved_files.self_extracting(page.encode()),
        "page.warc": answer + crawls.record(f"{address}/a.png", redirect),
        "page.wacz": crawls.wacz({"a.warc": answer}, change={"datapackage.json": json.dumps(package).encode()}),
        "scrapbook.rdf": (doctype("RDF:RDF") + "<RDF:RDF/>").encode(),
    }


def test_a_socket_made_in_python_is_seen() -> None:
    ended = start("python", "nowhere")
    assert ended.returncode == 1
    assert "AssertionError: socket." in ended.stderr


@pytest.mark.skipif(not HAS_SECCOMP, reason="the kernel has no such filter, or none that is written here")
def test_a_socket_made_in_c_is_the_end() -> None:
    assert start("c", "nowhere").returncode == -signal.SIGSYS


def test_nothing_is_fetched(listener: socket.socket, tmp_path: Path) -> None:
    canary, pipe, folder = tmp_path / "canary.txt", tmp_path / "pipe", tmp_path / "in"
    canary.write_text(CANARY, "utf-8")
    if hasattr(os, "mkfifo"):
        os.mkfifo(pipe)
    folder.mkdir()
    for name, data in hostile(f"http://127.0.0.1:{listener.getsockname()[1]}", canary, pipe).items():
        (folder / name).write_bytes(data)
    (folder / "up").symlink_to("..", target_is_directory=True)
    ended = start("", tmp_path / "Lïbrary", folder, *PLACES)
    assert ended.returncode == 0, ended.stderr
    answers: list[dict[str, Any]] = [json.loads(line) for line in ended.stdout.splitlines()]
    lines = [answer for answer in answers if "outcome" in answer]
    pages = [answer for answer in answers if "texts" in answer]
    outcomes = {Path(line["path"]).name: line["outcome"] for line in lines if Path(line["path"]).parent == folder}
    refused = {name for name, outcome in outcomes.items() if outcome != "imported"}
    assert refused == {"doctype.webarchive", "scrapbook.rdf"}
    assert len(pages) > 15
    assert not [text for page in pages for text in page["texts"] if CANARY in text]
    with pytest.raises(BlockingIOError):
        listener.accept()
