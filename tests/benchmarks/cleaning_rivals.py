"""The programs that clean pages, ours and the known ones, each behind the same two questions.

A page as bytes in, its text out; and, of those that state them, its title, authors and day.  Separate from the
measuring so that a program is added or set otherwise in one place.  All rivals have licences that let anybody run
them: trafilatura, readability-lxml and Resiliparse Apache-2.0, jusText BSD-2-Clause.

Each has the settings that serve it best on every fifth page of WCXB (dev), which is more than a user would know:
trafilatura and Resiliparse are told which pages are forums, where comments are the content (elsewhere they are left
out: trafilatura .812 of F1 against .806 with them); trafilatura keeps its default otherwise, because ``favor_recall``
(.789) and ``favor_precision`` (.753) lower it; Resiliparse leaves out the alternative texts of pictures (.798 against
.786); jusText gets the stop words of the language that the page states, English otherwise.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from lxml import etree
from lxml.html import fromstring

from archive_viewer import __version__
from archive_viewer.cleaning import clean_html
from archive_viewer.cleaning.cleaner import prepare
from archive_viewer.model import PICTURE

OURS = "Archive Viewer"
TRAFILATURA = "trafilatura"
"""The one whose time the others are measured by."""
Extract = Callable[[bytes, str, str], str]
"""Page, its address and its type in, its text out."""
METADATA = ("title", "author", "date")


@dataclass(frozen=True)
class Stated:
    """What a program says of a page: empty where it says nothing; the day as ISO 8601."""

    title: str = ""
    authors: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True)
class Cleaner:
    """A program with its version; ``states`` are the metadata that ``read`` gives."""

    name: str
    version: str
    extract: Extract
    read: Callable[[bytes, str], Stated] | None = None
    states: tuple[str, ...] = ()


def ours() -> Cleaner:
    prepare()

    def extract(data: bytes, url: str, page_type: str) -> str:
        return clean_html(data, url).text.replace(PICTURE, " ")

    def read(data: bytes, url: str) -> Stated:
        article = clean_html(data, url)
        return Stated(
            article.title.value if article.title else "",
            tuple(article.authors.value) if article.authors else (),
            article.published.value[:10] if article.published else "",
        )

    return Cleaner(OURS, __version__, extract, read, METADATA)


def rivals() -> Iterator[Cleaner]:
    """The rivals that are installed; a line is printed for each that is not."""
    for name, make in (
        (TRAFILATURA, _trafilatura),
        ("readability-lxml", _readability),
        ("resiliparse", _resiliparse),
        ("jusText", _justext),
    ):
        try:
            yield make(name)
        except ImportError as error:
            print(f"{name} is left out: {error}.")


def _trafilatura(name: str) -> Cleaner:
    trafilatura = importlib.import_module("trafilatura")

    def extract(data: bytes, url: str, page_type: str) -> str:
        return trafilatura.extract(data, url=url, include_comments=page_type == "forum") or ""

    def read(data: bytes, url: str) -> Stated:
        found = trafilatura.extract_metadata(data, default_url=url)
        return Stated(found.title or "", (found.author or "",), (found.date or "")[:10])

    return Cleaner(name, version(name), extract, read, METADATA)


def _readability(name: str) -> Cleaner:
    readability = importlib.import_module("readability")

    def extract(data: bytes, url: str, page_type: str) -> str:
        return text_of(fromstring(readability.Document(_decoded(data)).summary()))

    def read(data: bytes, url: str) -> Stated:
        return Stated(readability.Document(_decoded(data)).short_title() or "")

    return Cleaner(name, version(name), extract, read, ("title",))


def _resiliparse(name: str) -> Cleaner:
    extraction = importlib.import_module("resiliparse.extract.html2text")
    trees = importlib.import_module("resiliparse.parse.html")

    def extract(data: bytes, url: str, page_type: str) -> str:
        text: str = extraction.extract_plain_text(
            _decoded(data), main_content=True, alt_texts=False, comments=page_type == "forum"
        )
        return text

    def read(data: bytes, url: str) -> Stated:
        return Stated(trees.HTMLTree.parse(_decoded(data)).title or "")

    return Cleaner(name, version(name), extract, read, ("title",))


def _justext(name: str) -> Cleaner:
    justext = importlib.import_module("justext")
    stop_words = {language: justext.get_stoplist(language) for language in set(_STOP_WORDS.values())}

    def extract(data: bytes, url: str, page_type: str) -> str:
        words = stop_words[_STOP_WORDS.get(_language_of(data), "English")]
        paragraphs = justext.justext(data, words, encoding="utf-8")
        return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)

    return Cleaner(name, version(name), extract)


_STOP_WORDS = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gu": "Gujarati",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mr": "Marathi",
    "ms": "Malay",
    "nb": "Norwegian_Bokmal",
    "ne": "Nepali",
    "nl": "Dutch",
    "nn": "Norwegian_Nynorsk",
    "no": "Norwegian_Bokmal",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "te": "Telugu",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
}
"""What jusText calls the languages; it has no list for Chinese, Japanese and Thai."""
_LANGUAGE = re.compile(rb"""<html\b[^>]*?\blang\s*=\s*["']?([a-zA-Z]{2})\b""", re.IGNORECASE)
_FIRST_BYTES = 10_000


def _language_of(data: bytes) -> str:
    found = _LANGUAGE.search(data[:_FIRST_BYTES])
    return found[1].decode("ascii").lower() if found else ""


def _decoded(data: bytes) -> str:
    """The page as text for those that guess at bytes or refuse them: all pages are UTF-8, whatever they declare."""
    return data.decode("utf-8", "replace")


_WITHIN_WORDS = frozenset(
    "a abbr b bdi bdo cite code em font i ins kbd mark q s small span strong sub sup u wbr".split()
)


def text_of(root: Any) -> str:
    """The text below an element of lxml, with a blank where no inline element keeps words together."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        apart = "" if element.tag in _WITHIN_WORDS else " "
        if event == "start":
            parts += (apart, element.text or "" if isinstance(element.tag, str) else "")
        else:
            parts += (apart, element.tail or "" if element is not root else "")
    return "".join(parts)
