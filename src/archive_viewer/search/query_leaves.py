"""One leaf of a query: the signs of it as they were typed in, a word, phrase, pattern, value or time out.

Between ``query``, which knows what stands between leaves, and the tokenizer, which knows what is a word.  What breaks a
rule is refused here, and what there is too much of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise
from typing import NoReturn

import regex

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.model import Format
from archive_viewer.search.dates import period
from archive_viewer.search.folding import fold
from archive_viewer.search.query_tree import (
    HAS,
    IS,
    Fuzzy,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Sounds,
    Term,
    Value,
    Words,
)
from archive_viewer.search.token import Token
from archive_viewer.search.tokenizer import is_solid, tokens

_WILD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Join_C}'’*?-]+")
"""Words with signs for characters in them.  What holds other signs is an address or the like (``/c?id=3``)."""

_INNER = regex.compile(r"[*?]+(?=[\p{L}\p{M}\p{N}])")
_UNCERTAIN = regex.compile(r"(?<=[\p{L}\p{M}\p{N}*?])~([0-9]*)$")

_FAR_YEAR = regex.compile(r"(?:^|[<>=.])(?:-\d{4}|Y-?\d|\d{5})")
"""A year before 0 or behind 9999, as EDTF writes it."""

_VALUES = {"has": HAS, "is": IS, "format": tuple(form.value for form in Format)}
"""The fields whose values are known."""

_SYLLABIC = regex.compile(r"\p{Hang}")


class Leaves:
    """Reads the leaves of one query, and counts them; ``typed`` is the whole of it, for the places of faults."""

    def __init__(self, typed: str) -> None:
        self.typed = typed
        self.clauses = self.open_words = self.fuzzies = self.names = 0

    def _words(self, value: str, field: str, position: int, is_quoted: bool) -> Query | None:
        typed = f'"{value}"' if is_quoted else value
        is_exact = is_quoted or value.startswith("=")
        if is_exact and not is_quoted:
            value, position = value[1:], position + 1
        bare = value.rstrip()
        if not is_quoted:
            if uncertain := _UNCERTAIN.search(bare):
                return self._fuzzy(bare[: uncertain.start()], uncertain[1], field, position, typed)
            if _INNER.search(bare) and (_WILD.fullmatch(bare) or "*" in bare[:-1]):
                return self._pattern(bare, field, position, typed)
        is_prefix = bare.endswith("*")
        if is_prefix:
            bare = bare[:-1]
        if "*" in bare and not is_quoted:
            self._refuse("A * may stand only in a word or at its end.", position + bare.index("*"))
        found = list(tokens(bare))
        if is_prefix and (not found or found[-1].end < len(bare) or not _is_enough(found[-1].term)):
            self._refuse("Write at least two letters before the *.", position + len(bare))
        if not found:
            return None
        parts = [token for token in found if token.width == 1]
        wide = _widest(found)
        is_run = len(parts) > 1 and parts[-1].start < parts[-2].end
        if is_run:
            # The last character of a run alone would ask for the run to end there.
            del parts[-1], wide[-1]
        is_open = not is_run and (is_prefix or is_solid(parts[-1].term))
        readings = [tuple(token.term for token in reading) for reading in (parts, wide)]
        self._count(position, len(readings[0]), is_open)
        made: list[Words] = []
        for reading in dict.fromkeys(readings):
            made.append(_sequence(reading, field, is_open, is_exact, typed))
        return Or(tuple(made), typed) if len(made) > 1 else made[0]

    def _pattern(self, bare: str, field: str, position: int, typed: str) -> Pattern:
        pieces = re.split(r"([*?])", bare)
        if not pieces[0]:
            self._refuse(f"A word may not begin with {pieces[1]}: write at least its first letter.", position)
        if not _WILD.fullmatch(bare):
            self._refuse("A * may stand only in a word or at its end.", position + bare.index("*"))
        pattern = re.sub(r"\*+", "*", "".join(piece if piece in "*?" else fold(piece) for piece in pieces))
        letters = re.sub(r"[*?]", "", pattern)
        if is_solid(letters) or len(letters) < 2 or pattern[0] in "*?":
            self._refuse("Write at least two letters beside * and ?, one of them first.", position)
        if pattern.count("*") > limits.QUERY_STARS:
            self._refuse(f"A word may have {limits.QUERY_STARS} times *.", position)
        self._count(position, 1, True)
        return Pattern(pattern, field, typed)

    def _fuzzy(self, bare: str, number: str, field: str, position: int, typed: str) -> Query | None:
        found = list(tokens(bare))
        if not found:
            return None
        at = position + len(bare)
        whole = _widest(found)
        if len(whole) != 1 or whole[0].end < len(bare) or is_solid(whole[0].term) or re.search(r"[*?]", bare):
            self._refuse("A ~ stands behind one word, and that word has neither * nor ?.", at)
        term = whole[0].term
        long = limits.FUZZY_LETTERS[1]
        if len(term) < limits.FUZZY_LETTERS[0]:
            self._refuse(f"A word before ~ must have at least {limits.FUZZY_LETTERS[0]} letters.", at)
        if number not in ("", "1", "2") or (number == "2" and len(term) < long):
            self._refuse(f"Behind ~ may stand 1 or, in words of at least {long} letters, 2.", at + 1)
        self._count(position, 1, True)
        self.fuzzies += 1
        if self.fuzzies > limits.QUERY_FUZZIES:
            self._refuse(f"A query may have {limits.QUERY_FUZZIES} words with ~.", at)
        return Fuzzy(term, int(number) if number else 1 + (len(term) >= long), field, typed)

    def _name(self, plain: Query, value: str, field: str, position: int, is_quoted: bool) -> Query:
        """What was typed as a name, where it can be one; ``plain``: as the words that are typed."""
        is_plain = isinstance(plain, Phrase) or (isinstance(plain, Term) and (is_quoted or not plain.is_exact))
        is_plain |= (isinstance(plain, Or) and plain.typed != "") or is_solid(value)
        words = tuple(_words_of(value))
        if not is_plain or not any(any(map(str.isalpha, word)) for word in words):
            return plain
        self.names += 1
        if self.names > limits.QUERY_NAMES:
            self._refuse(f"A query may have {limits.QUERY_NAMES} names that are sought in any spelling.", position)
        return Sounds(words, plain, field, f'"{value}"' if is_quoted else value)

    def _stated(self, field: str, value: str, position: int, is_quoted: bool) -> Value:
        stated = fold(value.strip())
        if not stated:
            self._refuse(f"There is nothing after “{field}:”.", position)
        known = _VALUES.get(field)
        if known is not None and stated not in known:
            close = get_close_matches(stated, known, 1, 0.6)
            guess = f"; did you mean “{field}:{close[0]}”?  It" if close else "; it"
            self._refuse(f"“{field}:” does not take “{value.strip()}”{guess} takes {', '.join(known)}.", position)
        return Value(stated, field, f'"{value}"' if is_quoted else value)

    def _time(self, field: str, value: str, position: int, is_quoted: bool) -> Range:
        found = period(value)
        if found is None:
            if _FAR_YEAR.search(value):
                self._refuse(
                    f"“{field}:” knows the years from 0 to 9999.  Sort the list by publication date to find pages of "
                    "other years: they stand at its ends.",
                    position,
                )
            forms = "a date such as 2021, 2021-11 or 2021-11-21, a range such as 2020..2021-03, or >2019"
            self._refuse(f"“{field}:” takes {forms}.", position)
        if found[0] > found[1]:
            self._refuse("This range ends before it begins.", position)
        return Range(field, *found, typed=f'"{value}"' if is_quoted else value)

    # -- bounds and refusals

    def _count(self, position: int, words: int = 1, is_open: bool = False) -> None:
        self.clauses += 1
        self.open_words += is_open
        if self.clauses > limits.QUERY_CLAUSES:
            self._refuse(f"A query may have {limits.QUERY_CLAUSES} words or phrases.", position)
        if words > limits.QUERY_PHRASE:
            self._refuse(f"A phrase may have {limits.QUERY_PHRASE} words.", position)
        if self.open_words > limits.QUERY_OPEN_WORDS:
            self._refuse(f"A query may have {limits.QUERY_OPEN_WORDS} words with *, ? or ~.", position)

    def _refuse(self, sentence: str, position: int) -> NoReturn:
        raise BadQuery(sentence, min(max(position, 0), len(self.typed)))


def _words_of(value: str) -> Iterator[str]:
    """The words of a name, parts of compounds apart; what is written without spaces is one."""
    parts = [token for token in tokens(value) if token.width == 1]
    start = end = 0
    for token, following in pairwise([*parts, None]):
        if token is None:
            break
        if token.start >= end:
            start = token.start
        end = token.end
        if following is None or following.start >= end:
            yield fold(value[start:end])


def _widest(found: list[Token]) -> list[Token]:
    """The tokens one after the other, of those that begin at one place the widest: compounds in their joined form."""
    widest: dict[int, Token] = {}
    for token in found:
        if token.position not in widest or token.width > widest[token.position].width:
            widest[token.position] = token
    chosen: list[Token] = []
    position = 0
    while position in widest:
        chosen.append(widest[position])
        position += widest[position].width
    return chosen


def _sequence(terms: tuple[str, ...], field: str, is_open: bool, is_exact: bool, typed: str) -> Words:
    if len(terms) > 1:
        return Phrase(terms, field, is_open, typed)
    return Prefix(terms[0], field, typed) if is_open else Term(terms[0], field, is_exact, typed)


def _is_enough(stem: str) -> bool:
    """Whether a stem is long enough to be expanded: one letter stands for a tenth of the dictionary."""
    return len(stem) > 1 or is_solid(stem) or _SYLLABIC.match(stem) is not None
