"""Text → the words by which it is found: a string in, terms with their places out.

The index, the query parser and the concordance all read text through this one module, so that what one finds the
other can show.  It is our own because the analysers of search libraries cut Indic words at their vowel signs, lose
``IS-K`` to a list of stop words, and take a Chinese sentence for one word (see ``folding`` for what counts as equal).

What is a token:

* a run of letters, marks and digits: ``Khalilzad``, ``अनुभा``, ``사용자``, ``9th``;
* a compound, whose parts meet at a hyphen or an apostrophe (``IS-K``, ``Al-Jazeera``, ``Taliban’s``, ``l'homme``),
  gives its parts *and* the joined form (``is``, ``isk``, ``k``);
* a number or date as written (``10,000``, ``2021-11-21``, ``9/11``) gives its parts and the whole;
* initials (``U.S.``, ``e.g.``) are one word, ``us``;
* scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) give overlapping pairs of grapheme
  clusters, and the last cluster of a run alone; so every cluster begins exactly one token, a phrase of pairs finds
  any string, and one character is found by prefix.

There is no list of stop words.  A word longer than ``LONGEST`` code points is cut into pieces, a compound of more
than ``PARTS`` parts into several, so time and memory grow with the text alone, whatever it holds.

Places.  ``position`` counts the words of a text: parts of a compound take one each; the joined form starts where its
first part does and is as ``width`` words wide as it has parts.  The word after a token is therefore at ``position +
width``, and “they cooperate with” is found in “they co-operate with”.  ``start`` and ``end`` count code points of
the text as it was given.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import accumulate, chain, groupby, pairwise
from typing import NamedTuple

import regex

from archive_viewer.search.folding import fold

ANALYSER_VERSION = 1
"""To be raised with every change by which some text gives other tokens: the index is then built anew."""

LONGEST = 100
"""Code points of a term.  Words are shorter in every language; what is longer is encoded data."""

PARTS = 8
"""Parts of one compound: the longest real ones are telephone numbers and addresses of machines."""

WIDTH_BITS = 3
"""The index keeps a place as one number, ``position << WIDTH_BITS | width - 1``; ``PARTS`` fits in these bits."""


class Token(NamedTuple):
    """A term and where it stands; see the module for ``position`` and ``width``."""

    term: str
    start: int
    end: int
    position: int
    width: int = 1


# -- what a word is ---------------------------------------------------------------------------------------------

_HYPHENS = "-\u2010\u2011\u058a\u05be\ufe63\uff0d_\u00b7\u2027"
_APOSTROPHES = "'\u2019\u2018\u201b`\u00b4\u2032\uff07\u02bc\u02bb\u02bd\u02be\u02bf\u02c8\ua78c\u05f3\u05f4"
_NUMBER_MARKS = ".,:/\u066b\u066c"
_JOINTS = re.escape(_HYPHENS + _APOSTROPHES + _NUMBER_MARKS)

_INVISIBLE = r"\p{Default_Ignorable_Code_Point}"
_SOLID = (
    r"[[\p{Han}\p{Hira}\p{Kana}\p{Bopo}\p{Thai}\p{Lao}\p{Khmr}\p{Mymr}\u30fc\uff70\uff9e\uff9f]&&[\p{L}\p{M}\p{Nl}]]"
)
_BARE_LETTER = rf"[[\p{{L}}\p{{Nd}}\p{{Nl}}\u2080-\u2089]--{_SOLID}--[\u02b9-\u02c1\u02c8]]"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{Nd}}\p{{Nl}}\u2080-\u2089{_INVISIBLE}]--{_SOLID}--[\u02b9-\u02c1\u02c8]]"
_PART = rf"{_BARE_LETTER}{_LETTER}{{0,{LONGEST - 1}}}+"
_JOINT = rf"(?:[{_JOINTS}]|(?<=\p{{Hebr}})\"(?=\p{{Hebr}}))"

_CAREFUL = regex.compile(
    rf"(?P<run>[{_SOLID}--\p{{M}}][{_SOLID}{_INVISIBLE}[\p{{Zinh}}&&\p{{M}}]]*+)"
    rf"|(?P<chunk>{_PART}(?:{_JOINT}{_PART}){{0,{PARTS - 1}}}+)",
    regex.VERSION1,
)
_PARTS = regex.compile(_PART, regex.VERSION1)
_TRAILING = regex.compile(rf"{_INVISIBLE}+\Z", regex.VERSION1)
_INITIALS = regex.compile(r"\p{L}\p{M}*+(?:\.\p{L}\p{M}*+)+", regex.VERSION1)
_CLUSTERS = regex.compile(r"\X", regex.VERSION1)
_SINGLES = regex.compile(r"[[\p{Han}\p{Hira}\p{Kana}\u30fc]--\p{M}--[\uff66-\uff9f]]*+", regex.VERSION1)

# The group is not possessive: before Python 3.11.5 ``re`` then swallows a joint after which no part follows
# (python/cpython issue 106052).  Nothing comes after it, so there is nothing to go back for.
_PLAIN = re.compile(rf"[^\W_]{{1,{LONGEST}}}+(?:[{_JOINTS}][^\W_]{{1,{LONGEST}}}+){{0,{PARTS - 1}}}")
_NOT_PLAIN = re.compile(
    "[^\x00-\xa9\xab\xac\xae-\xb1\xb4-\xb8\xba\xbb\xbf-\u02af\u0370-\u0481\u048a-\u0530\u2010-\u2029"
    "\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2500-\u2775\u2794-\u27bf\uac00-\ud7a3\ufffc\ufffd]"
)
"""A line without these (marks, scripts without spaces, invisible characters …) is cut by the standard library's
``re`` in a third of the time, and gives the same tokens: a test compares the two over every character left out."""


# -- reading a text ---------------------------------------------------------------------------------------------


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order of their places; a joined form follows its first part."""
    return _tokens(_chunks(text, 0, len(text)))


def tokens_from(text: str, start: int) -> Iterator[Token]:
    """The same from ``start`` on, which must be where a token begins; positions count from there.

    For looking at a few words: nothing is done for those that are not asked for.
    """
    return _tokens(
        (careful.start(), careful.group(), careful.lastgroup == "run") for careful in _CAREFUL.finditer(text, start)
    )


def _tokens(chunks: Iterable[tuple[int, str, bool]]) -> Iterator[Token]:
    position = 0
    for at, chunk, is_run in chunks:
        if is_run:
            for token in _pairs(chunk):
                yield Token(token.term, at + token.start, at + token.end, position)
                position += 1
            continue
        known = _MEMO[chunk]
        if isinstance(known, str):
            yield Token(known, at, at + len(chunk), position)
            position += 1
            continue
        for token in known:
            yield Token(token.term, at + token.start, at + token.end, position + token.position, token.width)
        position += _positions(known)


def terms(text: str) -> list[str]:
    """The terms of ``text``, in order."""
    return [token.term for token in tokens(text)]


def is_solid(text: str) -> bool:
    """Whether ``text`` begins with a script that is written without spaces."""
    found = _CAREFUL.match(text)
    return found is not None and found["run"] is not None


def begins(term: str, stem: str) -> bool:
    """Whether ``stem`` begins ``term``: where scripts have no spaces, with whole grapheme clusters."""
    if not term.startswith(stem):
        return False
    if term == stem or not is_solid(stem):
        return True
    return len(stem) in accumulate(map(len, _CLUSTERS.findall(term)))


def places(text: str) -> tuple[dict[str, list[int]], int]:
    """What the index keeps of ``text``: each term's places, packed and in order, and the count of positions."""
    gathered = _Gathered()
    for start, end, is_plain in _stretches(text, 0, len(text)):
        if is_plain:
            gathered.add_words(_PLAIN.findall(text, start, end))
            continue
        for run, chunk in _CAREFUL.findall(text, start, end):
            if run:
                gathered.add_run(run)
            else:
                gathered.add_words((chunk,))
    return gathered.places, gathered.position >> WIDTH_BITS


def sightings(text: str, terms: Collection[str], stems: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where words, compounds and runs begin and end that hold one of ``terms``, or a term that begins as a stem does.

    Much faster than looking at every token: each different word is looked at once, and a block of text without a
    sought one is not looked at again.
    """
    literals = (*terms, *stems)
    sought: set[str] = set()
    others: set[str] = set()
    for start, end in _blocks(text):
        for first, last, is_plain in _stretches(text, start, end):
            if is_plain:
                chunks = set(_PLAIN.findall(text, first, last))
                new = chunks - others - sought
                sought.update(chunk for chunk in new if _holds(chunk, terms, stems))
                others |= new - sought
                if not chunks.isdisjoint(sought):
                    found = _PLAIN.finditer(text, first, last)
                    yield from (chunk.span() for chunk in found if chunk.group() in sought)
                continue
            for careful in _CAREFUL.finditer(text, first, last):
                if careful.lastgroup == "run":
                    folded = fold(careful.group())
                    is_sought = any(literal in folded for literal in literals)
                else:
                    is_sought = _holds(careful.group(), terms, stems)
                if is_sought:
                    yield careful.span()
        if len(others) > _Memo.most:
            others.clear()


def _holds(chunk: str, terms: Collection[str], stems: tuple[str, ...]) -> bool:
    known = _MEMO[chunk]
    if isinstance(known, str):
        return known in terms or known.startswith(stems)
    return any(token.term in terms or token.term.startswith(stems) for token in known)


def _blocks(text: str, size: int = 1 << 16) -> Iterator[tuple[int, int]]:
    """The text in blocks of about ``size`` code points that end with a line, for no token goes over one."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + size)
        end = len(text) if end < 0 else end
        yield start, end
        start = end


class _Gathered:
    """Places gathered in text order; ``position`` is already shifted as places are packed."""

    def __init__(self) -> None:
        self.places: defaultdict[str, list[int]] = defaultdict(list)
        self.position = 0

    def add_words(self, chunks: Iterable[str]) -> None:
        memo, places, position = _MEMO, self.places, self.position
        for chunk in chunks:
            known = memo[chunk]
            if isinstance(known, str):
                places[known].append(position)
                position += 1 << WIDTH_BITS
                continue
            for token in known:
                places[token.term].append(position + (token.position << WIDTH_BITS) + token.width - 1)
            position += _positions(known) << WIDTH_BITS
        self.position = position

    def add_run(self, run: str) -> None:
        places, position = self.places, self.position
        for cluster, following in pairwise(chain(_folded_clusters(run), ("",))):
            places[cluster + following].append(position)
            position += 1 << WIDTH_BITS
        self.position = position


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The text cut at line ends into stretches that are plain or not: one emoji must not make a page slow."""
    while (special := _NOT_PLAIN.search(text, start, end)) is not None:
        line = max(start, text.rfind("\n", start, special.start()))
        line_end = text.find("\n", special.end(), end)
        line_end = end if line_end < 0 else line_end
        if line > start:
            yield start, line, True
        yield line, line_end, False
        start = line_end
    yield start, end, True


def _chunks(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """Offset and text of each word, compound or run, and whether it is a run of a script without spaces."""
    for first, last, is_plain in _stretches(text, start, end):
        if is_plain:
            for plain in _PLAIN.finditer(text, first, last):
                yield plain.start(), plain.group(), False
        else:
            for careful in _CAREFUL.finditer(text, first, last):
                yield careful.start(), careful.group(), careful.lastgroup == "run"


# -- scripts without spaces -------------------------------------------------------------------------------------


def _pairs(run: str) -> Iterator[Token]:
    """Overlapping pairs of grapheme clusters, then the last one alone; offsets from the start of the run."""
    before = ""
    start = end = at = 0
    for cluster in clusters(run):
        folded = fold(cluster)[:LONGEST]
        at += len(cluster)
        if not folded:
            continue
        if before:
            yield Token(before + folded, start, at, 0)
        before, start, end = folded, at - len(cluster), at
    if before:
        yield Token(before, start, end, 0)


def _folded_clusters(run: str) -> Iterator[str]:
    if _SINGLES.fullmatch(run) and len(folded := fold(run)) == len(run):
        return iter(folded)
    return (folded for cluster in clusters(run) if (folded := fold(cluster)[:LONGEST]))


def clusters(run: str, window: int = 4096) -> Iterator[str]:
    """The grapheme clusters of ``run``, looked at in windows so that an endless run takes no endless memory."""
    if _SINGLES.fullmatch(run):
        yield from run
        return
    rest = ""
    for at in range(0, len(run), window):
        *found, rest = _CLUSTERS.findall(rest + run[at : at + window])
        yield from found
        if len(rest) > LONGEST:
            yield rest
            rest = ""
    if rest:
        yield rest


# -- words and compounds ----------------------------------------------------------------------------------------


class _Memo(dict[str, str | tuple[Token, ...]]):
    """Chunk → its term, or its tokens counted from its start when they are several; worked out when first asked for.

    Texts repeat their words: nineteen of twenty are found here.  It is emptied when it is full, so that it stays
    small whatever it is fed.
    """

    most = 1 << 17

    def __missing__(self, chunk: str) -> str | tuple[Token, ...]:
        found = _analyse(chunk)
        is_simple = len(found) == 1 and found[0].end == len(chunk)
        if len(self) >= self.most:
            self.clear()
        self[chunk] = known = found[0].term if is_simple else found
        return known


_MEMO = _Memo()


def _positions(found: tuple[Token, ...]) -> int:
    return sum(token.width == 1 for token in found)


def _analyse(chunk: str) -> tuple[Token, ...]:
    """The tokens of a chunk, with offsets and positions counted from its start."""
    if chunk.isascii() and chunk.isalnum():
        return (Token(chunk.lower(), 0, len(chunk), 0),)
    if _INITIALS.fullmatch(chunk):
        return (Token(fold(chunk.replace(".", "")), 0, len(chunk), 0),)
    found: list[Token] = []
    compound: list[Token] = []
    joints: list[_Joint] = []
    before = ""
    position = 0
    for part in _PARTS.finditer(chunk):
        text = _TRAILING.sub("", part.group())
        term = fold(text)[:LONGEST]
        if not term:
            continue
        joint = _joint(before, chunk[part.start() - 1], text) if before else None
        if joint is None:
            found += _with_joined(compound, joints)
            compound, joints = [], []
        else:
            joints.append(joint)
        compound.append(Token(term, part.start(), part.start() + len(text), position))
        position += 1
        before = text
    return (*found, *_with_joined(compound, joints))


class _Joint(NamedTuple):
    """What joins two parts: a sign of which kind, and what is left of it in the joined form."""

    kind: str
    glue: str


def _joint(before: str, sign: str, after: str) -> _Joint | None:
    """How two parts are joined; None: they are words of their own."""
    between_digits = before[-1].isdecimal() and after[0].isdecimal()
    if sign in _NUMBER_MARKS:
        return _Joint("number", sign) if between_digits else None
    kind = "-" if sign in _HYPHENS else "'"
    return _Joint(kind, kind if between_digits else "")


def _with_joined(compound: list[Token], joints: list[_Joint]) -> list[Token]:
    """The parts, each followed by the joined forms that begin with it.

    In a compound of several kinds of joints what each kind joins is one, too: ``Al-Jazeera’s`` holds ``aljazeera``.
    """
    found = list(compound)
    at = 0
    for _, run in groupby(joints, key=lambda joint: joint.kind):
        length = len(list(run))
        found += _joined(compound[at : at + length + 1], joints[at : at + length])
        at += length
    if len({joint.kind for joint in joints}) > 1:
        found += _joined(compound, joints)
    return sorted(found, key=lambda token: token.position)


def _joined(parts: list[Token], joints: list[_Joint]) -> Iterator[Token]:
    term = parts[0].term + "".join(joint.glue + part.term for part, joint in zip(parts[1:], joints, strict=True))
    if len(term) <= LONGEST:
        yield Token(term, parts[0].start, parts[-1].end, parts[0].position, len(parts))
