"""What the index keeps of a page: a ``Document`` in, the fields of a Whoosh row out.

No text is stored, only words with their places, a few values and numbers; whatever is shown comes from the library.

======================  ==============================================================================================
``text``                the article's words
``about``               all that is said of the article, weighted and in one field: title, authors, tags, site, notes,
                        notes of links, address.  A word that names no field is sought in ``text`` and ``about``: two
                        lists to read instead of eight, and what stands in the title outweighs what stands in an address
``title`` … ``link``    the same words once more, for queries that name a field
``mark``, ``series``, ``accession``, ``stripped``  words that only a query which names them finds
``language``, ``format``, ``has``, ``is``  values as they are (``en-us``, and ``en`` for it)
``stemmed``             which of Snowball's algorithms applies to the words of the page; no query names it
``published``, ``captured``, ``text_length``, ``about_length``  numbers by page, not searchable: ``numbers``
======================  ==============================================================================================

The tokens of a page are gathered here once, and handed to Whoosh ready to be written; its own analysers, which pass
each word through a chain of Python generators, take three times as long.
"""

from __future__ import annotations

import sys
from array import array
from collections import defaultdict
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub
from typing import Any
from urllib.parse import unquote, urlsplit

from whoosh import columns, fields, formats
from whoosh.filedb.structfile import StructFile

from archive_viewer import limits
from archive_viewer.search.dates import day_number
from archive_viewer.search.folding import fold
from archive_viewer.search.languages import algorithm
from archive_viewer.search.query_tree import VALUE_FIELDS, WORD_FIELDS
from archive_viewer.search.token import WIDTH_BITS
from archive_viewer.search.tokenizer import places

NAME = "pages"
"""What Whoosh calls the index; its files' names begin so."""

SCHEMA_VERSION = 3
"""To be raised with every change of this module: the index is then built anew."""

TITLE_WEIGHT, AUTHOR_WEIGHT, TAG_WEIGHT, SITE_WEIGHT, NOTE_WEIGHT, URL_WEIGHT = 8.0, 4.0, 4.0, 2.0, 2.0, 1.0
"""How many times a word of the text one of these words counts, before the length of ``about`` is considered."""


@dataclass(frozen=True)
class Document:
    """A page as the index takes it in; ``published`` and ``captured_at`` as the library writes them, or ``""``.

    ``marks`` are the words that marks hold, ``links`` the notes of links from and to it, ``relations`` what
    those are called, ``stripped`` the text of its stripped blocks; ``has`` and ``states`` are of ``query_tree.HAS`` and
    ``IS``.
    """

    id: str
    title: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    url: str = ""
    text: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    series: str = ""
    accession: str = ""
    stripped: str = ""
    has: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    language: str = ""
    format: str = ""
    published: str = ""
    captured_at: str = ""


# -- fields as Whoosh knows them --------------------------------------------------------------------------------


class Places(formats.Format):
    """The places of a word in a page, as differences in two bytes each; four bytes, and one before, if they must.

    A place is packed as ``tokenizer.places`` does it.
    """

    def encode(self, found: Sequence[int]) -> bytes:
        try:
            if len(found) == 1:
                return found[0].to_bytes(2, sys.byteorder)
            return array("H", [found[0], *map(sub, found[1:], found)]).tobytes()
        except OverflowError:
            return b"\0" + array("I", [found[0], *map(sub, found[1:], found)]).tobytes()

    def decode_places(self, value: bytes) -> list[int]:
        steps = array("I", value[1:]) if len(value) & 1 else array("H", value)
        return list(accumulate(steps))

    def decode_positions(self, value: bytes) -> list[int]:
        return [place >> WIDTH_BITS for place in self.decode_places(value)]

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // (4 if len(value) & 1 else 2)


_PLACES = Places()


@dataclass(frozen=True)
class Gathered:
    """The words of one field of one page, ready to be written: (term, count, weight, places) each, and their number."""

    postings: list[tuple[bytes, int, float, bytes]]
    length: int


class WordField(fields.FieldType):
    """A field whose value is ``Gathered``."""

    def __init__(self) -> None:
        super().__init__(format=Places(), analyzer=None)  # type: ignore[arg-type]

    def index(self, value: Gathered, **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        yield from value.postings


class ValueField(fields.FieldType):
    """A field whose value is a sequence of strings, each found only whole."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)  # type: ignore[arg-type]

    def index(self, value: Iterable[str], **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        for one in dict.fromkeys(value):
            yield one.encode("utf-8"), 1, 1.0, b""


class NumberColumn(columns.NumericColumn):
    """A number for every page, 0 where there is none; its reader can ``load`` all at once."""

    def __init__(self) -> None:
        super().__init__("I")  # type: ignore[no-untyped-call]

    def reader(self, dbfile: StructFile, basepos: int, length: int, doccount: int) -> NumberReader:
        return NumberReader(dbfile, basepos, length, doccount)


class NumberReader(columns.NumericColumn.Reader):
    def __init__(self, file: StructFile, start: int, length: int, count: int) -> None:
        super().__init__(file, start, length, count, "I", 0)  # type: ignore[no-untyped-call]
        self.file, self.start, self.stored, self.count = file, start, length // 4, count

    def load(self) -> list[int]:
        """The numbers in the order of the pages."""
        return [*self.file.get_array(self.start, "I", self.stored), *[0] * (self.count - self.stored)]


def schema() -> fields.Schema:
    words = ("text", "about", *(name for name in WORD_FIELDS if name != "text"))
    numbers = ("published", "captured", "text_length", "about_length")
    return fields.Schema(
        id=fields.ID(sortable=True),
        **{name: ValueField() for name in (*VALUE_FIELDS, "stemmed")},
        **{name: WordField() for name in words},
        **{name: fields.COLUMN(NumberColumn()) for name in numbers},
    )


# -- a page as a row --------------------------------------------------------------------------------------------


def row(document: Document, seen: set[str] | None = None) -> dict[str, Any]:
    """The fields of ``document``, as ``IndexWriter.add_document`` takes them.

    ``seen`` takes up the words and compounds of its language, as they are written.
    """
    found = {name: _gathered(parts, seen if name in OF_LANGUAGE else None) for name, parts in words(document).items()}
    return {
        **found,
        **values(document),
        "id": document.id,
        "published": day_number(document.published),
        "captured": day_number(document.captured_at),
        "text_length": found["text"].length,
        "about_length": found["about"].length,
    }


OF_LANGUAGE = ("text", "title", "note", "link", "stripped")
"""Fields whose words are words of the language of the page, and have other forms."""


def values(document: Document) -> dict[str, tuple[str, ...]]:
    """The fields of ``document`` whose values are found only whole."""
    language = fold(document.language)
    return {
        "has": document.has,
        "is": document.states,
        "language": (language, language.partition("-")[0]) if language else (),
        "stemmed": tuple(filter(None, [algorithm(document.language)])),
        "format": (fold(document.format),) if document.format else (),
    }


def words(document: Document) -> dict[str, Sequence[tuple[str, float]]]:
    """The fields of ``document`` that are words: texts, and what a word of each weighs."""
    address = unquote(document.url)
    found: dict[str, Iterable[str]] = {
        "text": (document.text,),
        "title": (document.title,),
        "author": document.authors,
        "site": (document.site, _host(document.url)),
        "url": (address,),
        "tag": document.tags,
        "note": document.notes,
        "mark": document.marks,
        "link": (*document.links, *document.relations),
        "series": (document.series,),
        "accession": (document.accession,),
        "stripped": (document.stripped,),
    }
    about = (
        (document.title, TITLE_WEIGHT),
        *((author, AUTHOR_WEIGHT) for author in document.authors),
        *((tag, TAG_WEIGHT) for tag in document.tags),
        (document.site, SITE_WEIGHT),
        *((note, NOTE_WEIGHT) for note in (*document.notes, *document.links)),
        (address, URL_WEIGHT),
    )
    return {"about": about, **{name: [(text, 1.0) for text in texts] for name, texts in found.items()}}


def _host(url: str) -> str:
    """The site as its address names it, for those who know it by that."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _gathered(parts: Iterable[tuple[str, float]], seen: set[str] | None = None) -> Gathered:
    """The words of several texts in one field: they stand so far apart that nothing in two of them is near."""
    found: dict[str, list[int]] = {}
    weights: defaultdict[str, float] = defaultdict(float)
    length = start = 0
    for text, weight in parts:
        terms, count = places(text, seen)
        for term, own in terms.items():
            weights[term] += weight * len(own)
            if start:
                found.setdefault(term, []).extend(place + (start << WIDTH_BITS) for place in own)
        found = found if start else terms
        length += count
        start += count + limits.QUERY_NEAR
    encode = _PLACES.encode
    postings = [(term.encode("utf-8"), len(own), weights[term], encode(own)) for term, own in found.items()]
    return Gathered(postings, length)
