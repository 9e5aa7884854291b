"""“Did you mean”: a query in, the same query with its words as the index spells them out, or nothing.

What is doubted is a word that no page has, or few pages while many have another that is spelled nearly so.  What is
proposed was tried: it finds more than what was typed.  The text of the query is changed where the word stands, and
nowhere else, so that brackets, fields and filters stay as they were written.

The words are those of the index, so a suggestion needs no dictionary and speaks every language that the archive does;
scripts without spaces are left alone, for there a word has no ends, and so are numbers, of which none is misspelt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product
from math import log

from archive_viewer.search.engine import Engine
from archive_viewer.search.query import parse
from archive_viewer.search.query_tree import ANYWHERE, Forms, Phrase, Query, Term, wanted
from archive_viewer.search.tokenizer import is_solid, tokens

FEW = 2
"""Pages that a word may be in and still be doubted."""

MANY_TIMES = 50
"""How many times more pages must have the other word, and must answer, where the one that was typed has some."""

SHORTEST, LONG, DISTINCT = 3, 6, 8
"""Letters of a word that is looked at; of one in which two may be wrong, for a shorter one is like every other; of one
that some pages have, and that is doubted for more than a doubled letter or two exchanged: *modem* is no *model*."""

MOST_DOUBTED, MOST_OPTIONS, MOST_TRIALS = 4, 4, 6
"""Words of a query that are looked at, spellings of each, and queries that are tried: each takes a few milliseconds."""

WORTH = 4.0
"""What a mistake weighs against the logarithm of how many pages have a word."""

BLANK, LIKELY, USUAL, UNLIKELY, TWO = 0.5, 0.8, 1.0, 1.6, 2.2
"""How unlikely a mistake is: a blank too many or too few, which gives a whole word by chance more seldom than any
other; a letter doubled or not, or two exchanged; any other; in the first letter; two of them."""

Answers = Callable[[str], int]
"""A function of a query: how many pages answer it."""


@dataclass(frozen=True)
class _Word:
    """A word of the query: where it stands in its text, and where it is sought."""

    start: int
    end: int
    term: str
    field: str
    is_quoted: bool


@dataclass(frozen=True)
class _Option:
    """Another spelling of what stands from ``start`` to ``end``, and how likely it is meant (a logarithm)."""

    start: int
    end: int
    spelling: str
    score: float


def suggestion(text: str, index: Engine, answers: Answers) -> str | None:
    """The query that may be meant; None where there is nothing to doubt, or nothing better.

    :raises BadQuery: the query cannot be understood.
    :raises IndexUnavailable: the index turned out to be damaged.
    """
    parsed = parse(text)
    words = list(_words(text, parsed))
    known = _known(index, words, index.widened(parsed))
    if not words:
        return None
    before: int | None = None
    for is_quoted in (False, True):
        looked_at = [word for word in words if is_quoted or not word.is_quoted]
        if not any(_is_doubted(word, known[word]) for word in looked_at) and len(looked_at) < 2:
            continue
        before = answers(text) if before is None else before
        if is_quoted and before:
            return None
        # Where a word that some pages have is given up for another, that must be worth it.
        enough = before * MANY_TIMES if any(0 < known[word] <= FEW for word in looked_at) else before + 1
        if found := _best(text, _choices(text, index, looked_at, known, not before), max(1, enough), answers):
            return found
    return None


def _best(text: str, choices: Sequence[list[_Option]], enough: int, answers: Answers) -> str | None:
    """The text with the likeliest changes by which so many pages answer."""
    combined = sorted(
        filter(_are_apart, product(*choices)), key=lambda options: -sum(one.score for one in set(options))
    )
    for options in islice(combined if choices else (), MOST_TRIALS):
        changed = _changed(text, options)
        if answers(changed) >= enough:
            return changed
    return None


def _are_apart(options: Iterable[_Option]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(sorted(set(options), key=lambda one: one.start)))


def _changed(text: str, options: Iterable[_Option]) -> str:
    for option in sorted(set(options), key=lambda one: -one.start):
        typed = text[option.start : option.end]
        text = text[: option.start] + _in_case_of(typed, option.spelling) + text[option.end :]
    return text


def _in_case_of(typed: str, spelling: str) -> str:
    """The index knows small letters only; what was typed in capitals stays so."""
    if len(typed) > 1 and typed.isupper():
        return spelling.upper()
    return spelling[:1].upper() + spelling[1:] if typed[:1].isupper() else spelling


# -- the words of a query ------------------------------------------------------------------------------------------


def _words(text: str, parsed: Query) -> Iterator[_Word]:
    """The words that are sought and could be misspelt, or one half of a word, where they stand."""
    sought: dict[str, tuple[str, bool]] = {}
    for leaf in wanted(parsed):
        if isinstance(leaf, Term):
            sought.setdefault(leaf.term, (leaf.field, leaf.is_exact))
        elif isinstance(leaf, Phrase) and not leaf.is_open:
            for term in leaf.terms:
                sought.setdefault(term, (leaf.field, leaf.typed[:1] in '"“”„«»'))
    for token in tokens(text):
        is_name = text[token.end : token.end + 1] in (":", "：")
        if token.term in sought and token.width == 1 and not is_name and _is_word(token.term):
            yield _Word(token.start, token.end, token.term, *sought[token.term])


def _is_word(term: str) -> bool:
    return not is_solid(term) and not any(map(str.isnumeric, term))


def _is_doubted(word: _Word, pages: int) -> bool:
    return pages <= FEW and len(word.term) >= SHORTEST


def _fields(field: str) -> tuple[str, ...]:
    return ("text", "about") if field == ANYWHERE else (field,)


def _known(index: Engine, words: Iterable[_Word], widened: Query) -> dict[_Word, int]:
    """In how many pages each word is, in any form that is looked for."""
    others = {
        leaf.term: [term for _, terms in leaf.others for term in terms]
        for leaf in wanted(widened)
        if isinstance(leaf, Forms)
    }
    return {word: sum(_pages(index, word.field, [word.term, *others.get(word.term, ())]).values()) for word in words}


def _pages(index: Engine, field: str, terms: Sequence[str]) -> dict[str, int]:
    counts = [index.frequencies(own, terms) for own in _fields(field)]
    return {term: max(count[term] for count in counts) for term in terms}


# -- how else they could be spelled ---------------------------------------------------------------------------------


def _choices(
    text: str, index: Engine, words: Sequence[_Word], known: Mapping[_Word, int], is_nothing: bool
) -> list[list[_Option]]:
    """For each doubted word how else it could stand; ``is_nothing``: nothing was found, so two words may be one."""
    joined = list(_joined(text, index, words, known)) if is_nothing else []
    found: dict[_Word, list[_Option]] = {}
    for word in words:
        own = [option for option in joined if option.start <= word.start and word.end <= option.end]
        if _is_doubted(word, known[word]) and len(found) < MOST_DOUBTED:
            own += _respelled(index, word, known[word])
            own += _split(index, word) if not known[word] else ()
            found[word] = sorted(own, key=lambda option: -option.score)[:MOST_OPTIONS]
    if not found and joined:
        return [joined[:MOST_OPTIONS]]
    return [options for options in found.values() if options]


def _respelled(index: Engine, word: _Word, pages: int) -> Iterator[_Option]:
    """Other words one mistake away; two, where there are none."""
    for distance in (1, 2) if len(word.term) >= LONG and not pages else (1,):
        terms = {
            term
            for field in _fields(word.field)
            for term in index.near(field, word.term, distance)
            if _is_word(term) and _is_of_script(term, word.term)
        }
        counts = _pages(index, word.field, sorted(terms))
        found = [
            _Option(word.start, word.end, term, _likely(index, count, cost))
            for term, count in counts.items()
            if count >= pages * MANY_TIMES
            and ((cost := _unlikely(word.term, term)) < USUAL or not pages or len(word.term) >= DISTINCT)
        ]
        if found:
            yield from found
            return


def _split(index: Engine, word: _Word) -> Iterator[_Option]:
    """The word as two that stand one behind the other somewhere."""
    term = word.term
    cuts = [(term[:at], term[at:]) for at in range(2, len(term) - 1)]
    counts = _pages(index, word.field, [part for cut in cuts for part in cut])
    likely = sorted(cuts, key=lambda cut: -min(counts[part] for part in cut))
    for cut in likely[:MOST_OPTIONS]:
        if min(counts[part] for part in cut):
            pages = len(index.search(Phrase(cut, word.field), 1_000))
            if pages:
                yield _Option(word.start, word.end, " ".join(cut), _likely(index, pages, BLANK))


def _joined(text: str, index: Engine, words: Sequence[_Word], known: Mapping[_Word, int]) -> Iterator[_Option]:
    """Two words that follow each other as one."""
    for one, other in pairwise(words):
        between = text[one.end : other.start]
        if one.field == other.field and between and not between.strip():
            term = one.term + other.term
            if pages := _pages(index, one.field, [term])[term]:
                # As one it stands for both: a word that would be left as it is would have to be likely, too.
                left = sum(_likely(index, known[word], 0) for word in (one, other) if known[word] > FEW)
                yield _Option(one.start, other.end, term, _likely(index, pages, BLANK) - left)


def _likely(index: Engine, pages: int, cost: float) -> float:
    return log((1 + pages) / (1 + index.count)) - WORTH * cost


def _is_of_script(term: str, typed: str) -> bool:
    """Whether all letters are of the script that is typed."""
    return {_script(letter) for letter in term} <= {_script(letter) for letter in typed}


def _script(letter: str) -> str:
    return "" if unicodedata.combining(letter) else unicodedata.name(letter, "").partition(" ")[0]


def _unlikely(typed: str, term: str) -> float:
    """How unlikely it is that one types ``typed`` for ``term``."""
    start, shorter = 0, min(len(typed), len(term))
    while start < shorter and typed[start] == term[start]:
        start += 1
    stop = 0
    while stop < shorter - start and typed[-1 - stop] == term[-1 - stop]:
        stop += 1
    left, right = typed[start : len(typed) - stop], term[start : len(term) - stop]
    is_swapped = len(left) == 2 and left == right[::-1]
    if len(left) > 1 or len(right) > 1:
        cost = LIKELY if is_swapped else TWO
    else:
        longer = typed if left else term
        is_doubled = not (left and right) and start > 0 and longer[start - 1] == longer[start]
        cost = LIKELY if is_doubled else USUAL
    return cost + (UNLIKELY - USUAL if start == 0 else 0.0)
