"""The dictionary of a segment as Whoosh reads it: our list of words (``vocabulary``) behind Whoosh's methods.

Our own searching reads the list itself; this is for Whoosh, whose readers and queries work on the index as on any.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.codec import base
from whoosh.codec.base import Segment
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.fields import FieldType
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile
from whoosh.reading import TermNotFound

from archive_viewer.search import vocabulary
from archive_viewer.search.list_reader import ListReader
from archive_viewer.search.vocabulary import Vocabulary


def opened(storage: Storage, segment: Segment) -> tuple[Vocabulary, StructFile]:
    """The words of a segment, and the file of their postings."""
    name = segment.make_filename(vocabulary.EXTENSION)
    words = Vocabulary(storage.open_file(name), storage.file_length(name))
    return words, storage.open_file(segment.make_filename(W3Codec.POSTS_EXT))


class TermsReader(base.TermsReader):
    """The dictionary of a segment as Whoosh reads it; nothing is opened before it is asked."""

    def __init__(self, storage: Storage, segment: Segment) -> None:
        self._storage, self._segment = storage, segment
        self._opened: tuple[Vocabulary, StructFile] | None = None

    def _files(self) -> tuple[Vocabulary, StructFile]:
        if self._opened is None:
            self._opened = opened(self._storage, self._segment)
        return self._opened

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._files()[0].find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        return self._files()[0].fields()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            for word in self._files()[0].all(field).words:
                yield field, word

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], W3TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], W3TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> W3TermInfo:
        found = self.matcher(fieldname, text, None)
        pages, weights = found.pages, found.weights
        return W3TermInfo(
            weight=float(weights.sum()),
            df=found.count,
            maxweight=float(weights.max()),
            minid=int(pages[0]),
            maxid=int(pages[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        found = self._files()[0].find(fieldname, text)
        return found.pages if found else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListReader:
        words, file = self._files()
        found = words.find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return ListReader(file, found.start, format_, (fieldname, text))

    def cursor(self, fieldname: str, fieldobj: FieldType) -> Cursor:
        return Cursor(self, fieldname, fieldobj, self._files()[0].all(fieldname).words)

    def close(self) -> None:
        if self._opened is not None:
            self._opened[0].close()
            self._opened[1].close()


class Cursor(base.FieldCursor):
    """Goes through the words of a field."""

    def __init__(self, terms: TermsReader, name: str, field: FieldType, words: Sequence[bytes]) -> None:
        self._terms, self._name, self._field, self._words = terms, name, field, words
        self._at = 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: Any) -> Any:
        sought = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._at = bisect_left(self._words, sought)
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        return self._field.from_bytes(self._words[self._at]) if self.is_valid() else None

    def term_info(self) -> W3TermInfo | None:
        return self._terms.term_info(self._name, self._words[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._words)
