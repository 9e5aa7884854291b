"""Pages for the tests to save and import; names and titles are awkward on purpose."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from archive_viewer.model import ImportLine

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415478da63386164040002f2012d9297f447"
    "0000000049454e44ae426082"
)
"""A PNG picture of one brick-red pixel that any decoder takes: each chunk with its own checksum."""

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a> <a href="/contact">Contact</a></nav>
<article><h1>{title}</h1>
{paragraphs}
</article>
<footer>© The Gazette. All rights reserved. <a href="/privacy">Privacy</a></footer></body></html>
"""
PARAGRAPHS = (
    "The envoys of both river towns met on Tuesday to speak about the ferry, the tolls and the winter road, and the "
    "talks lasted until the lamps were lit.",
    "Nobody had expected the 😀 harbour master to agree, but he said that the “old treaty” still held and that the "
    "boats would sail again in spring.",
    "A second meeting is planned for the coming month, when the snow on the pass has melted and the bridge is open.",
)

MakePage = Callable[..., Path]
TakeIn = Callable[..., list[ImportLine]]

_SYLLABLES = "ka ri to men sul ver da on pel ist qua fe".split()


def text_of(seed: int, words: int = 400) -> str:
    """Words of a language that nobody speaks, so that two seeds share none of their runs."""
    chance = random.Random(seed)
    return " ".join("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(words))


def web_page_complete(folder: Path, picture: bytes = PIXEL) -> Path:
    """A “web page, complete”."""
    files = folder / "Ferry_files"
    files.mkdir(parents=True)
    (files / "bild ä.png").write_bytes(picture)
    (files / "style.css").write_text("p { color: red }", "utf-8")
    (files / "saved_resource.html").write_text("<p>An advert in a frame.</p>", "utf-8")
    page = folder / "Ferry.html"
    text = "<p>The ferry sails at noon, and the picture shows it as it leaves the quay with all its flags.</p>" * 3
    page.write_text(
        "<!DOCTYPE html>\n<!-- saved from url=(0026)https://gazette.test/ferry -->\n<html><head>"
        '<title>Ferry</title><link rel="stylesheet" href="./Ferry_files/style.css"></head><body><article><h1>Ferry</h1>'
        f'<figure><img src="./Ferry_files/bild%20%C3%A4.png" alt="The ferry"></figure>{text}'
        '<iframe src="./Ferry_files/saved_resource.html"></iframe></article></body></html>',
        "utf-8",
    )
    return page
