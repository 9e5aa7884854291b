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

Line = tuple[bytes, list[bytes]]
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

    def classes(self, chunks: Iterable[str]) -> dict[str, list[str]]:
        """Stem → the terms that have it, of all the words in ``chunks`` (see the module of that name)."""
        terms: set[str] = set()
        accented: dict[str, str] = {}
        for chunk in chunks:
            known = MEMO[chunk]
            if isinstance(known, str) and chunk.isascii() and not self._is_turkish:
                terms.add(known)
                continue
            for word, term in _words(chunk):
                terms.add(term)
                if (plain := self._plain(word)) != term:
                    accented[plain] = term
        found: dict[str, list[str]] = {}
        every = [term for term in terms if not term[0].isdecimal()]
        for stem, term in zip(self._stem.stemWords(every), every, strict=True):
            found.setdefault(stem if stem.isascii() else fold(stem), []).append(term)
        for stem, term in zip(self._stem.stemWords(list(accented)), accented.values(), strict=True):
            if term not in (held := found.setdefault(fold(stem), [])):
                held.append(term)
        return found

    def _plain(self, word: str) -> str:
        """As Snowball takes it: composed, in small letters, without what cannot be seen."""
        if self._is_turkish:
            word = word.translate(_DOTLESS)
        if word.isascii():
            return word.lower()
        return _INVISIBLE.sub("", unicodedata.normalize("NFC", word).lower())


def _words(chunk: str) -> Iterator[tuple[str, str]]:
    """The words of a chunk as they are written, each with its term."""
    known = MEMO[chunk]
    if isinstance(known, str):
        yield chunk, known
        return
    for token in known:
        word = chunk[token.start : token.end]
        if token.width == 1:
            yield word, token.term
        elif _KEPT_APART.isdisjoint(word):
            # Words that an apostrophe joins have forms each by itself (*l'école*: *écoles*).
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
            lines = [f"{stem}\t{' '.join(terms)}".encode() for stem, terms in sorted(classes.items())]
            if self._joined:
                lines = list(_merged([map(_parted, lines), *(other.lines(algorithm) for other in self._joined)]))
            file.write_string(algorithm.encode("ascii"))
            file.write_string(b"".join(b"\n" + line for line in lines))
        file.close()


def _parted(line: bytes) -> Line:
    stem, _, terms = line.partition(b"\t")
    return stem, terms.split(b" ")


def _merged(lists: Iterable[Iterable[Line]]) -> Iterator[bytes]:
    """The lines of several lists in one."""
    for stem, same in groupby(merge(*lists, key=itemgetter(0)), itemgetter(0)):
        yield stem + b"\t" + b" ".join(sorted({term for _, terms in same for term in terms}))


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
        return map(_parted, self._list(algorithm).split(b"\n")[1:])

    def _list(self, algorithm: str) -> bytes:
        if algorithm not in self._lists:
            listed = b""
            if algorithm in self.algorithms() and self._places is not None:
                self._file.seek(self._places[algorithm])
                listed = self._file.read_string()
            self._lists[algorithm] = listed
        return self._lists[algorithm]
