"""Saved files written at random from the rules of their forms, with words that must come out again.

Randomness in, a ``Case`` out: a file, what lies beside it, and the words.  A word stands once, where a browser shows
it; a cleaner may strip it, but not lose it or say it twice.  Apart from ``mutants``, which start from files that are.
"""

from __future__ import annotations

import gzip
import io
import plistlib
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from mutants import ATTRIBUTES, NAMES, TOKENS

import crawls
import saved_files

_FLOW = ("div p section article main header footer nav aside blockquote center form fieldset details figure ul ol dl "
         "table pre h1 h2 h3 h4 h5 h6 address hgroup menu dir listing").split()  # fmt: skip
_PHRASING = "span b i em strong a u s code kbd sub sup small big mark q cite font tt label time abbr bdi nobr".split()
_SCRIPTS = [
    "wörd",
    "слово",
    "كلمة",
    "词",
    "שם",
    "शब्द",
    "말",
    "e\u0301",
    "😀",
    "𠮷",
    "a\u00adb",
    "\u200b",
    "\u202e",
    "ﬁ",
]


_ENDS = ("", " ", ". ", "\n", " and more words that make it a sentence.")
_PICTURES = (b"Page_files/0.png", b"..%2f..%2fcanary.txt", b"link.png", b"up/canary.txt")


@dataclass(frozen=True)
class Case:
    """A file, the files beside it by their names, links beside it by their names, and the words of its text."""

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    words: tuple[str, ...] = ()


class _Page:
    """A page that grows; ``words`` are those that must come out."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.words: list[str] = []
        self._room = random.choice((5, 30, 150))

    def write(self) -> str:
        head = self._random.choice(("", "<!DOCTYPE html>", "<?xml version='1.0'?>", "<!-- c -->", "<html>"))
        title = f"<title>{self._text(is_told=False)}</title>" if self._random.random() < 0.7 else ""
        style = self._random.choice(("", "<style>p{}</style>", "<script>var x='<p>';</script>", "<meta charset=utf-8>"))
        body = "".join(self._flow(0) for _ in range(self._random.randrange(1, 6)))
        return f"{head}{title}{style}<body>{body}" + self._random.choice(("", "</body>", "</body></html>"))

    def _flow(self, depth: int) -> str:
        random = self._random
        self._room -= 1
        if depth > 12 or self._room < 0 or random.random() < 0.25:
            return self._phrase(depth)
        tag = random.choice(_FLOW)
        inside = {"ul": self._items, "ol": self._items, "menu": self._items, "dir": self._items, "dl": self._terms,
                  "table": self._rows}.get(tag, self._flows if tag[0] not in "hp" else self._phrases)  # fmt: skip
        end = "" if tag == "p" and random.random() < 0.5 else f"</{tag}>"
        return f"<{tag}{self._attributes()}>{inside(depth + 1)}{end}" + random.choice(("", "\n", "<br>", "<hr>"))

    def _flows(self, depth: int) -> str:
        return "".join(self._flow(depth) for _ in range(self._random.randrange(4)))

    def _phrases(self, depth: int) -> str:
        return "".join(self._phrase(depth) for _ in range(self._random.randrange(1, 4)))

    def _items(self, depth: int) -> str:
        return "".join(f"<li>{self._flows(depth)}" for _ in range(self._random.randrange(1, 5)))

    def _terms(self, depth: int) -> str:
        return "".join(f"<dt>{self._phrase(depth)}<dd>{self._flow(depth)}" for _ in range(self._random.randrange(1, 4)))

    def _rows(self, depth: int) -> str:
        random = self._random
        rows = f"<caption>{self._phrase(depth)}</caption>" if random.random() < 0.3 else ""
        for _ in range(random.randrange(1, 4)):
            spans = random.choice(("", "", " colspan=2", " rowspan=3", " colspan=0", " rowspan=70000"))
            rows += "<tr>" + "".join(f"<td{spans}>{self._flows(depth)}</td>" for _ in range(random.randrange(1, 4)))
        return rows

    def _phrase(self, depth: int) -> str:
        random = self._random
        tag = random.choice(_PHRASING)
        inner = self._text() if depth > 14 or random.random() < 0.7 else self._phrase(depth + 1)
        between = random.choice(("", " ", "<br>", "<img src=pixel.png alt=x>", "<wbr>", "<!-- c -->", "&nbsp;", "\t"))
        return f"<{tag}{self._attributes()}>{inner}</{tag}>{between}" if random.random() < 0.6 else inner + between

    def _attributes(self) -> str:
        random = self._random
        if random.random() < 0.6:
            return ""
        values = ("x", "rtl", "display:none", "comment share nav", "https://gazette.test/a", "#n", "3", "-1", "author",
                  "white-space:pre", "note", "../../x.png", "99999999999", "\ufffc", "é" * 300)  # fmt: skip
        return f' {random.choice(ATTRIBUTES[:30])}="{random.choice(values)}"'

    def _text(self, *, is_told: bool = True) -> str:
        random = self._random
        word = f"wq{random.randrange(10**9):09}z"
        if is_told:
            self.words.append(word)
        around = [random.choice(_SCRIPTS) for _ in range(random.randrange(3))]
        return " ".join((*around, word)) + random.choice(
            ("", " ", ". ", "\n", " and more words that make it a sentence.")
        )


def _page(random: Random) -> tuple[bytes, tuple[str, ...]]:
    page = _Page(random)
    text = page.write()
    words = page.words
    if "frame" in text or "noscript" in text:
        words = []
    return text.encode(), tuple(words)


def _html_page(random: Random) -> Case:
    data, words = _page(random)
    beside = {f"Page_files/{n}{suffix}": random.choice(TOKENS) for n, suffix in enumerate((".png", ".css", ".html"))}
    data = data.replace(b"pixel.png", random.choice(_PICTURES))
    frames = b"<frameset><frame src=Page_files/2.html><frame src=../canary.txt><frame src=link.png></frameset>"
    if random.random() < 0.15:
        data, words = data.replace(b"<body>", frames), ()
    links = {"link.png": "../canary.txt", "up": "..", "Page_files/self": "."}
    return Case("Page.html", data, beside, links, words)


def _singlefile(random: Random) -> Case:
    data, words = _page(random)
    lines = [b"Page saved with SingleFile", b"url: " + random.choice((b"https://gazette.test/a", *TOKENS)),
             b"saved date: " + random.choice((b"Tue Nov 24 2026 10:00:00 GMT+0100 (x)", *TOKENS))]  # fmt: skip
    lines = [line.replace(b"-->", b"").replace(b"<", b"").replace(b"\0", b"") for line in lines]
    if any(b"\xff" in line or b"\xfe" in line or b"\x80" in line for line in lines):
        words = ()
    return Case("Page.html", b"<!DOCTYPE html><html><!--\n " + b"\n ".join(lines) + b"\n-->" + data, words=words)


def _plain_text(random: Random) -> Case:
    words: list[str] = []
    lines = []
    for _ in range(random.choice((1, 5, 60))):
        word = f"wq{random.randrange(10**9):09}z"
        words.append(word)
        lead = random.choice(("", "", "  * ", "1. ", "> ", ">> ", "\t", "    ", "| ", "o ", "   [1] ", "=== "))
        lines.append(lead + " ".join([*random.choices(_SCRIPTS, k=random.randrange(12)), word]))
        lines += random.choice(([], [], [""], ["", ""], ["-----"], ["Home | About | Contact"], ["\f"], ["* "]))
    text = random.choice(("\n", "\n", "\r\n", "\r")).join(lines)
    charset = random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"))
    return Case("notes.txt", text.encode(charset), words=tuple(words))


def _mhtml(random: Random) -> Case:
    data, words = _page(random)
    coding = random.choice(("quoted-printable", "base64", "binary", "8bit"))
    page = (f"Content-Type: text/html{random.choice(('', '; charset=utf-8'))}\nContent-Location: {saved_files.ADDRESS}",
            coding, data)  # fmt: skip
    other = ("Content-Type: text/plain\nContent-ID: <x>", "base64", random.choice(TOKENS))
    parts = [page, *[other] * random.choice((0, 1, 30))]
    message = saved_files.mhtml(parts, end=random.choice(("\n", "\r\n")) if coding != "binary" else "\n")
    return Case("page.mhtml", message, words=words)


def _webarchive(random: Random) -> Case:
    data, words = _page(random)
    frame = saved_files.webarchive(random.choice(TOKENS), url="https://gazette.test/frame")
    archive = saved_files.webarchive(data, [saved_files.PICTURE] * random.choice((0, 1, 9)), [frame])
    form = random.choice((plistlib.FMT_BINARY, plistlib.FMT_XML))
    return Case("page.webarchive", plistlib.dumps(archive, fmt=form), words=words)


def _zipped(random: Random) -> Case:
    data, words = _page(random)
    target = io.BytesIO()
    names = random.sample(NAMES, random.randrange(6))
    is_maff = random.random() < 0.5
    with zipfile.ZipFile(target, "w", random.choice((0, 8))) as archive:
        if is_maff:
            archive.writestr(
                "1/index.rdf", saved_files.RDF.replace(b"index.html", random.choice((b"index.html", *TOKENS)))
            )
        archive.writestr("1/index.html" if is_maff else "a/page.html", data)
        for name in names:
            info = zipfile.ZipInfo("x")
            info.filename = name or "x"
            info.create_system, info.external_attr = 3, random.choice((0o100644, 0o120777)) << 16
            archive.writestr(info, random.choice((data, *TOKENS)))
    return Case(random.choice(("page.zip", "page.maff", "page.htz")), target.getvalue(), words=() if names else words)


def _self_extracting(random: Random) -> Case:
    data, words = _page(random)
    others = {name: random.choice(TOKENS) for name in random.sample(NAMES[2:], 2) if name}
    return Case("page.html", saved_files.self_extracting(data, others=others), words=words if not others else ())


def _warc(random: Random) -> Case:
    data, words = _page(random)
    records = [crawls.record(saved_files.ADDRESS, crawls.answer(data))]
    for number in range(random.choice((0, 2, 12))):
        url = f"https://gazette.test/{random.choice(('a', 'b', number))}"
        kind = random.choice(("response", "revisit", "resource", "metadata", "request", "warcinfo", "conversion"))
        status = random.choice(("200 OK", "301 Moved", "404 Not Found", "204", "999"))
        block = crawls.answer(random.choice(TOKENS), random.choice(("text/html", "image/png", "")), status,
                              location=random.choice(("/a", "/b", "//[", "https://gazette.test/a")))  # fmt: skip
        length = random.choice((None, None, 0, 1, len(block) + 9, 10**9))
        records.insert(random.randrange(len(records) + 1), crawls.record(url, block, kind, length=length))
    data = b"".join(map(gzip.compress, records) if random.random() < 0.5 else records)
    return Case("crawl.warc.gz", data, words=words if len(records) == 1 else ())


def _wacz(random: Random) -> Case:
    volume = _warc(random)
    url = random.choice((saved_files.ADDRESS, "http://[", "x", ""))
    pages = [{"url": url, "title": random.choice(_SCRIPTS) * random.choice((1, 900))}] * random.choice((0, 1, 40))
    data = crawls.wacz({"a.warc.gz": volume.data}, pages, has_digests=random.random() < 0.5)
    return Case("page.wacz", data, words=volume.words if url == saved_files.ADDRESS or not pages else ())


GRAMMARS: Mapping[str, Callable[[Random], Case]] = {
    "warc": _warc,
    "wacz": _wacz,
    "webarchive": _webarchive,
    "zipped": _zipped,
    "mhtml": _mhtml,
    "self_extracting": _self_extracting,
    "singlefile": _singlefile,
    "html_page": _html_page,
    "plain_text": _plain_text,
}
"""By the reader that is meant to read what comes out."""
