"""Which words of a segment are forms of one word: words and their language in, stem → terms on disk out, read again.

The postings know words as they are written, so that a word in its very form costs nothing more to find.  Beside them
lies, for each language, a list of stems with the terms that have it in pages of that language (``boat``: *boat*,
*boats*).  A query looks its word up in it (``forms``).  Stems are Snowball's, which must see accents, so they are
worked out of words before they are folded, and then folded themselves, so that *ecoles* has that of *école*; what is
written with accents stands under the stem of its folded form too.

An entry may be out of date, its page deleted: then it stands for a term that is found nowhere.

The file, ``.stems``: for each algorithm two strings as Whoosh writes them (length, then bytes): its name, and a line
for each stem and term, in ascending order: a line end, the stem, a tab, the term.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import regex
from Stemmer import Stemmer
from whoosh.codec.base import Segment
from whoosh.filedb.filestore import Storage
from whoosh.filedb.structfile import StructFile

from archive_viewer.search.chunks import APOSTROPHES, HYPHENS, INVISIBLE, NUMBER_MARKS, chunks
from archive_viewer.search.compounds import MEMO
from archive_viewer.search.folding import fold
from archive_viewer.search.token import LONGEST

EXTENSION = ".stems"

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

    def words(self, text: str) -> Iterator[str]:
        """What of ``text`` may have a stem: terms; and words with accents, or what else folding takes away, each with a
        tab and its term behind it."""
        if text.isascii() and text.isalpha() and len(text) <= LONGEST and not self._is_turkish:
            yield text.lower()
            return
        for _, chunk, is_run in chunks(text, 0, len(text)):
            if is_run:
                continue
            for word, term in _words(chunk):
                yield term
                if (self._is_turkish or not word.isascii()) and (plain := self._plain(word)) != term:
                    yield f"{plain}\t{term}"

    def lines(self, words: Sequence[str]) -> list[bytes]:
        """The line of the file that each of ``words`` makes."""
        plain = [word.partition("\t")[0] for word in words]
        stems = self._stem.stemWords(plain)
        return [
            b"%s\t%s" % ((stem if stem.isascii() else fold(stem)).encode(), word[word.find("\t") + 1 :].encode())
            for stem, word in zip(stems, words, strict=True)
        ]

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
        if not known[:1].isdecimal():
            yield chunk, known
        return
    for token in known:
        word = chunk[token.start : token.end]
        if token.term[0].isdecimal():
            continue
        if token.width == 1:
            yield word, token.term
        elif _KEPT_APART.isdisjoint(word):
            # Words that an apostrophe joins have forms each by itself (*l'école*: *écoles*).
            yield word.translate(_NO_HYPHENS), token.term


class Record:
    """The stems of a segment that is being written."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, set[bytes]] = defaultdict(set)

    def add(self, algorithm: str, lines: Iterable[bytes]) -> None:
        self._lines[algorithm].update(lines)

    def join(self, other: StemFile) -> None:
        """Keep what is in another segment, too."""
        for algorithm in other.algorithms():
            self.add(algorithm, other.lines(algorithm))

    def write(self, file: StructFile) -> None:
        for algorithm, lines in sorted(self._lines.items()):
            file.write_string(algorithm.encode("ascii"))
            file.write_string(b"\n".join([b"", *sorted(lines)]))


def opened(storage: Storage, segment: Segment) -> StemFile:
    """The stems of a segment."""
    name = segment.make_filename(EXTENSION)
    return StemFile(storage.open_file(name), storage.file_length(name))


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
        sought = f"\n{stem}\t".encode("utf-8", "surrogatepass")
        # Both are where a line begins.
        low, high = 0, len(listed)
        while low < high:
            middle = listed.rfind(b"\n", low, (low + high) // 2 + 1)
            end = _line_end(listed, middle)
            low, high = (end, high) if listed[middle:end] < sought else (low, middle)
        found = []
        while listed.startswith(sought, low):
            end = _line_end(listed, low)
            found.append(listed[low + len(sought) : end].decode("utf-8"))
            low = end
        return found

    def lines(self, algorithm: str) -> list[bytes]:
        """Every line, in order."""
        return self._list(algorithm).split(b"\n")[1:]

    def _list(self, algorithm: str) -> bytes:
        if algorithm not in self._lists:
            listed = b""
            if algorithm in self.algorithms() and self._places is not None:
                self._file.seek(self._places[algorithm])
                listed = self._file.read_string()
            self._lists[algorithm] = listed
        return self._lists[algorithm]


def _line_end(listed: bytes, start: int) -> int:
    end = listed.find(b"\n", start + 1)
    return len(listed) if end < 0 else end
