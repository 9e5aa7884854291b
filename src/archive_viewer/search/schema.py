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

Words are not given to Whoosh's own analysers, which pass each through a chain of Python generators, but gathered for
many pages at once (``gathering``) and handed to its writer ready to be written.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub
from typing import Any
from urllib.parse import unquote, urlsplit

from whoosh import columns, fields, formats
from whoosh.filedb.structfile import StructFile

from archive_viewer.search.dates import day_number
from archive_viewer.search.folding import fold
from archive_viewer.search.languages import algorithm
from archive_viewer.search.query_tree import VALUE_FIELDS, WORD_FIELDS
from archive_viewer.search.token import WIDTH_BITS

NAME = "pages"
"""What Whoosh calls the index; its files' names begin so."""

SCHEMA_VERSION = 4
"""To be raised with every change of this module: the index is then built anew."""

TITLE_WEIGHT, AUTHOR_WEIGHT, TAG_WEIGHT, SITE_WEIGHT, NOTE_WEIGHT, URL_WEIGHT = 8.0, 4.0, 4.0, 2.0, 2.0, 1.0
"""How many times a word of the text one of these words counts, before the length of ``about`` is considered."""


@dataclass(frozen=True)
class Document:
    """A page as the index takes it in; ``published`` and ``captured_at`` as the library writes them, or ``""``.

    ``marks`` are the words that marks hold, ``links`` the notes of links from and to it, ``relations`` what
    those are called, ``stripped`` the text of its stripped blocks; ``has`` and ``states`` are of ``query_tree.HAS`` and
    ``IS``.  ``language``: tags of RFC 5646, with spaces between them.
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

    A place is packed as ``token.WIDTH_BITS`` says.
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


class WordField(fields.FieldType):
    """A field of words with their places; what is written of it is gathered by ``gathering``, not by Whoosh."""

    def __init__(self) -> None:
        super().__init__(format=Places(), analyzer=None)  # type: ignore[arg-type]


class ValueField(fields.FieldType):
    """A field whose value is a sequence of strings, each found only whole."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)  # type: ignore[arg-type]

    def index(self, value: Iterable[str], **kwargs: Any) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        for one in dict.fromkeys(value):
            yield one.encode("utf-8"), 1, 1.0, b""


class NumberColumn(columns.NumericColumn):
    """A number for every page, 0 where there is none; its reader gives all ``numbers`` at once."""

    def __init__(self) -> None:
        super().__init__("I")  # type: ignore[no-untyped-call]

    def reader(self, dbfile: StructFile, basepos: int, length: int, doccount: int) -> NumberReader:
        return NumberReader(dbfile, basepos, length, doccount)


class NumberReader(columns.NumericColumn.Reader):
    def __init__(self, file: StructFile, start: int, length: int, count: int) -> None:
        super().__init__(file, start, length, count, "I", 0)  # type: ignore[no-untyped-call]
        self.file, self.start, self.stored, self.count = file, start, length // 4, count

    def numbers(self) -> array[int]:
        """The numbers in the order of the pages."""
        found: array[int] = self.file.get_array(self.start, "I", self.stored)
        return found + array("I", [0]) * (self.count - self.stored)


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


def row(document: Document) -> dict[str, Any]:
    """The fields of ``document`` that are not words, as ``IndexWriter.add_document`` takes them."""
    return {
        **values(document),
        "id": document.id,
        "published": day_number(document.published),
        "captured": day_number(document.captured_at),
    }


OF_LANGUAGE = ("text", "title", "note", "mark", "link", "stripped")
"""Fields whose words are words of the language of the page, and have other forms."""


def values(document: Document) -> dict[str, tuple[str, ...]]:
    """The fields of ``document`` whose values are found only whole."""
    languages = fold(document.language).split()
    return {
        "has": document.has,
        "is": document.states,
        "language": tuple(dict.fromkeys(one for tag in languages for one in (tag, tag.partition("-")[0]))),
        # Its text is in the first of them.
        "stemmed": tuple(filter(None, map(algorithm, languages[:1]))),
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
