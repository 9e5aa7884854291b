"""Which words of a segment are forms of one word: words and their language in, stem → terms on disk out, read again.

The postings know words as they are written, so that a word in its very form costs nothing more to find.  Beside them
lies, for each language, a list of stems with the terms that have it in pages of that language (``boat``: *boat*,
*boats*).  A query looks its word up in it (``forms``).  Stems are Snowball's, which must see accents, so they are
worked out of words before they are folded, and then folded themselves, so that *ecoles* has that of *école*; what is
written with accents stands under the stem of its folded form too.

An entry may be out of date, its page deleted: then it stands for a term that is found nowhere.

The file, ``.stems``: for each algorithm two strings as Whoosh writes them (length, then bytes): its name, and a line
for each stem, in ascending order: a line end, the stem, a tab, the terms with blanks between.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from operator import itemgetter

import regex
from Stemmer import Stemmer
from whoosh.filedb.structfile import StructFile

from archive_viewer.search.chunks import APOSTROPHES, HYPHENS, INVISIBLE, NUMBER_MARKS
from archive_viewer.search.compounds import MEMO
from archive_viewer.search.folding import fold

EXTENSION = ".stems"

Line = tuple[bytes, Iterable[bytes]]
"""A stem and its terms."""

_INVISIBLE = regex.compile(f"{INVISIBLE}+", regex.VERSION1)
_NO_HYPHENS = str.maketrans("", "", HYPHENS)
_KEPT_APART = frozenset(APOSTROPHES + NUMBER_MARKS)
_DOTLESS = str.maketrans({"I": "ı", "İ": "i"})


class Stems:
    """Stems of words by one of Snowball's algorithms, see ``languages``."""

    def __init__(self, algorithm: str) -> None:
        # What Snowball is asked is asked once, so a cache would only take time.
        self._stem = Stemmer(algorithm, 0)
        self._is_turkish = algorithm == "turkish"

    def of(self, word: str, term: str) -> set[str]:
        """The stems under which other forms of a word are kept; ``term`` is its folded form."""
        return {fold(stem) for stem in self._stem.stemWords([self._plain(word), term])} - {""}

    def classes(self, chunks: Iterable[str]) -> dict[str, set[str]]:
        """Stem → the terms that have it, of all the words in ``chunks`` (see the module of that name)."""
        words: list[str] = []
        terms: list[str] = []
        for chunk in chunks:
            for word, term in _words(chunk):
                plain = self._plain(word)
                words.append(plain)
                terms.append(term)
                if plain != term:
                    words.append(term)
                    terms.append(term)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for stem, term in zip(self._stem.stemWords(words), terms, strict=True):
            found[stem if stem.isascii() else fold(stem)].add(term)
        return found

    def _plain(self, word: str) -> str:
        """As Snowball takes it: composed, in small letters, without what cannot be seen."""
        if self._is_turkish:
            word = word.translate(_DOTLESS)
        if word.isascii():
            return word.lower()
        return _INVISIBLE.sub("", unicodedata.normalize("NFC", word).lower())


def _words(chunk: str) -> Iterator[tuple[str, str]]:
    """The words of a chunk as they are written, each with its term; numbers have no forms."""
    known = MEMO[chunk]
    if isinstance(known, str):
        if not known[0].isdecimal():
            yield chunk, known
        return
    for token in known:
        if token.term[0].isdecimal():
            continue
        word = chunk[token.start : token.end]
        if token.width == 1:
            yield word, token.term
        elif _KEPT_APART.isdisjoint(word):
            # What an apostrophe joins are two words in every language but on paper.
            yield word.translate(_NO_HYPHENS), token.term


class Record:
    """The stems of a segment that is being written."""

    def __init__(self) -> None:
        self._chunks: defaultdict[str, set[str]] = defaultdict(set)
        self._joined: list[StemFile] = []

    def chunks(self, algorithm: str) -> set[str]:
        """Takes up the chunks of pages to whose words the algorithm applies."""
        return self._chunks[algorithm]

    def join(self, other: StemFile) -> None:
        """Keep what is in another segment, too."""
        self._joined.append(other)

    def write(self, file: StructFile) -> None:
        """Write and close the file."""
        for algorithm in sorted({*self._chunks, *(name for other in self._joined for name in other.algorithms())}):
            classes = Stems(algorithm).classes(self._chunks.get(algorithm, ()))
            own = [(stem.encode("utf-8"), [term.encode("utf-8") for term in classes[stem]]) for stem in sorted(classes)]
            lines: Iterable[Line] = merge(own, *(other.lines(algorithm) for other in self._joined), key=itemgetter(0))
            file.write_string(algorithm.encode("ascii"))
            file.write_string(
                b"".join(
                    b"\n%b\t%b" % (stem, b" ".join(sorted({term for _, terms in same for term in terms})))
                    for stem, same in groupby(lines, itemgetter(0))
                )
            )
        file.close()


class StemFile:
    """Reads the file; the list of an algorithm is read when it is first asked for, and kept.

    :raises IndexUnavailable: from every method: the file is damaged.
    """

    def __init__(self, file: StructFile, length: int) -> None:
        self._file, self._length = file, length
        self._places: dict[str, int] | None = None
        self._lists: dict[str, bytes] = {}

    def algorithms(self) -> list[str]:
        """Those to whose words there are stems."""
        if self._places is None:
            places: dict[str, int] = {}
            self._file.seek(0)
            while self._file.tell() < self._length:
                name = self._file.read_string().decode("ascii")
                places[name] = self._file.tell()
                self._file.skip_string()
            self._places = places
        return list(self._places)

    def terms(self, algorithm: str, stem: str) -> list[str]:
        """The terms that have a stem."""
        listed = self._list(algorithm)
        sought = stem.encode("utf-8", "surrogatepass")
        low, high = 0, len(listed)
        while low < high:
            middle = max(low, listed.rfind(b"\n", low, (low + high) // 2 + 1))
            end = listed.find(b"\n", middle + 1)
            end = len(listed) if end < 0 else end
            found, _, terms = listed[middle + 1 : end].partition(b"\t")
            if found == sought:
                return terms.decode("utf-8").split(" ")
            low, high = (end, high) if found < sought else (low, middle)
        return []

    def lines(self, algorithm: str) -> Iterator[Line]:
        """Every stem in order, with its terms."""
        for line in self._list(algorithm).split(b"\n")[1:]:
            stem, _, terms = line.partition(b"\t")
            yield stem, terms.split(b" ")

    def _list(self, algorithm: str) -> bytes:
        if algorithm not in self._lists:
            listed = b""
            if algorithm in self.algorithms() and self._places is not None:
                self._file.seek(self._places[algorithm])
                listed = self._file.read_string()
            self._lists[algorithm] = listed
        return self._lists[algorithm]
