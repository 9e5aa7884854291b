"""What was typed → a query: a small tree of our own that any engine, and the concordance, can walk.

The text of a user is read here and nowhere else, by a parser that goes through it once, from left to right: the
parsers of search libraries take seconds, or recurse without end, on strings that people do paste.

    words                all of them must be there (``AND`` may stand between)
    a OR b               one of them; binds less than AND
    -word, NOT word      not this; a query may consist of nothing else
    ( … )                brackets
    "normal relations"   these words in this order; a quote that is not closed ends with the query
    a NEAR/5 b           at most five words apart, in either order (neighbours are 1 apart); binds more than AND
    pref*                words that begin so
    w?ld*, organi?ation  words of this form: ``?`` is one character, ``*`` any or none
    fuzz~, fuzz~2        words that differ in a character; in two, from eight characters on
    =word, "word"        in this very form
    title:word           in one field, see ``query_tree.WORD_FIELDS``
    language:hi, has:mark, is:unplaced  a value, see ``query_tree.VALUE_FIELDS``
    published:2021-10..2021-11   captured:>2019   a time, see ``dates.period``

Words may hold any punctuation: what the tokenizer makes several words of (``Al-Jazeera``, ``army.mil``, ``2021年``)
is looked for as a phrase, or joined.  A ``?`` at the end of a word is punctuation.  A name with a colon that is no
field is refused, but for addresses (``http://…``) and where a blank follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import NoReturn

import regex

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.model import Format
from archive_viewer.search.dates import period
from archive_viewer.search.folding import fold
from archive_viewer.search.query_tree import (
    ANYWHERE,
    DATE_FIELDS,
    FIELDS,
    HAS,
    IS,
    VALUE_FIELDS,
    And,
    Fuzzy,
    Near,
    Not,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Value,
    Words,
)
from archive_viewer.search.token import Token
from archive_viewer.search.tokenizer import is_solid, tokens

__all__ = ["Query", "parse"]

NEAR = 10
"""Words that a NEAR without a number allows."""


def parse(text: str) -> Query:
    """The query that ``text`` means.

    :raises BadQuery: there is no word in it, it is too large, or it breaks a rule; ``position`` is where, in code
        points of ``text``.
    """
    if len(text) > limits.QUERY_CHARACTERS:
        raise BadQuery(
            f"A query may have {limits.QUERY_CHARACTERS:,} characters; this one has {len(text):,}.",
            limits.QUERY_CHARACTERS,
        )
    return _Parser(text).parse()


# -- reading ----------------------------------------------------------------------------------------------------

_ALIKE = str.maketrans("“”„‟«»＂（）：＊－＞＜＝\u3000", '"""""""():*-><= ')
"""Typographic and full-width signs that mean the plain ones; one for one, so that positions hold."""

_FIELD = re.compile(r"([A-Za-z]+):")
_ADDRESS = re.compile(r"[A-Za-z]+://")
_KEYWORD = re.compile(r"(AND|OR|NOT|NEAR(?:/([^\s()\",;|]*))?)(?=[\s()\",;|]|$)")
_QUOTE = regex.compile(r'(?<!\p{Hebr})"|"(?!\p{Hebr})')
"""A quotation mark between two Hebrew letters is a gershayim: it belongs to the word (צה"ל)."""
_CHUNK = regex.compile(r'(?:[^\s()",;|]|(?<=\p{Hebr})"(?=\p{Hebr})|(?<=\p{Nd}),(?=\p{Nd}))+')
"""What belongs together: no blank, bracket or quotation mark in it, and no comma but in a number."""

_WILD = regex.compile(r"[\p{L}\p{M}\p{N}\p{Join_C}'’*?-]+")
"""Words with signs for characters in them.  What holds other signs is an address or the like (``/c?id=3``)."""

_INNER = regex.compile(r"[*?]+(?=[\p{L}\p{M}\p{N}])")
_UNCERTAIN = regex.compile(r"(?<=[\p{L}\p{M}\p{N}*?])~([0-9]*)$")

_VALUES = {"has": HAS, "is": IS, "format": tuple(form.value for form in Format)}
"""The fields whose values are known."""

_MINUS = re.compile(r"-(?=[^\s-])")
_SPACE = re.compile(r"\s*")
_SYLLABIC = regex.compile(r"\p{Hang}")


class _Parser:
    def __init__(self, text: str) -> None:
        self.typed = text
        self.text = text.translate(_ALIKE)
        self.at = 0
        self.clauses = self.open_words = self.nears = self.fuzzies = 0

    def parse(self) -> Query:
        query = self._either(ANYWHERE, 0)
        if query is None:
            self._refuse("There is no word in this query.", 0)
        return query

    # -- the grammar, from what binds least to what binds most

    def _either(self, field: str, depth: int) -> Query | None:
        choices = [self._all(field, depth)]
        while (position := self._take("OR")) is not None:
            if choices[-1] is None:
                self._refuse("There is nothing before “OR”; to look for the word itself, put it in quotes.", position)
            choices.append(self._all(field, depth))
            if choices[-1] is None:
                self._refuse("There is nothing after “OR”; to look for the word itself, put it in quotes.", position)
        return _joined(Or, [choice for choice in choices if choice is not None])

    def _all(self, field: str, depth: int) -> Query | None:
        parts: list[Query] = []
        while not self._is_over(depth) and not self._sees("OR"):
            position = self._take("AND")
            if position is not None and not parts:
                self._refuse("There is nothing before “AND”; to look for the word itself, put it in quotes.", position)
            part = self._close(field, depth)
            if part is not None:
                parts.append(part)
            elif position is not None:
                self._refuse("There is nothing after “AND”; to look for the word itself, put it in quotes.", position)
        return _joined(And, parts)

    def _close(self, field: str, depth: int) -> Query | None:
        """One part, or several with NEAR between."""
        first = self._one(field, depth)
        parts: list[Query] = []
        distances: list[int] = []
        part = first
        while not self._is_over(depth) and self._sees("NEAR"):
            position, distance = self._near()
            if part is None:
                self._refuse("There is nothing before “NEAR”; to look for the word itself, put it in quotes.", position)
            if not parts:
                parts.append(part)
            part = None if self._is_over(depth) else self._one(field, depth)
            if part is None:
                self._refuse("There is nothing after “NEAR”; to look for the word itself, put it in quotes.", position)
            parts.append(part)
            distances.append(distance)
            fields = {place for part in parts for place in _places(part)}
            if None in fields:
                self._refuse("Beside “NEAR” stand words, phrases, or brackets with OR between such.", position)
            if len(fields) > 1:
                self._refuse("Both sides of “NEAR” must be sought in the same field.", position)
        return Near(tuple(parts), tuple(distances)) if parts else first

    def _near(self) -> tuple[int, int]:
        """Go past a NEAR; where it stood, and how far apart it allows."""
        found = _KEYWORD.match(self.text, self.at)
        position, number = self.at, found[2] if found else None
        self.at = found.end() if found else self.at
        most = limits.QUERY_NEAR
        if number is None:
            distance = NEAR
        elif number.isascii() and number.isdecimal() and len(number) < 5 and 1 <= int(number) <= most:
            distance = int(number)
        else:
            self._refuse(f"“NEAR/” takes a number of words from 1 to {most}, such as NEAR/5.", position + len("NEAR/"))
        self.nears += 1
        if self.nears > limits.QUERY_NEARS:
            self._refuse(f"A query may have {limits.QUERY_NEARS} times “NEAR”.", position)
        return position, distance

    def _one(self, field: str, depth: int) -> Query | None:
        self._skip_space()
        position = self.at
        if self._take("NOT") is not None:
            sign = "“NOT”"
        elif _MINUS.match(self.text, position):
            self.at += 1
            sign = "“-”"
        else:
            return self._plain(field, depth)
        part = None if self._is_over(depth) else self._one(field, self._deeper(depth))
        if part is None:
            if sign == "“-”":
                return None
            self._refuse(f"There is nothing after {sign}; to look for the word itself, put it in quotes.", position)
        return Not(part)

    def _plain(self, field: str, depth: int) -> Query | None:
        self._skip_space()
        if self._is_over(depth) or any(map(self._sees, ("OR", "AND", "NEAR"))):
            return None
        named = _FIELD.match(self.text, self.at)
        if named is not None and (name := self._field(named)) is not None:
            self.at = named.end()
            self._skip_space()
            if self._is_over(depth):
                self._refuse(f"There is nothing after “{named[0]}”.", named.start())
            field = name
        position = self.at
        if self.text[position] == "(" and field not in DATE_FIELDS:
            self.at += 1
            inner = self._either(field, self._deeper(depth))
            self.at += 1
            return inner
        value, is_quoted = self._value()
        if field in DATE_FIELDS:
            self._count(position)
            return self._time(field, value, position, is_quoted)
        if field in VALUE_FIELDS:
            self._count(position)
            return self._stated(field, value, position, is_quoted)
        return self._words(value, field, position + is_quoted, is_quoted)

    # -- the leaves

    def _value(self) -> tuple[str, bool]:
        """What stands here: a quotation without its marks, or the signs up to a blank, bracket or comma."""
        if self.text[self.at] == '"':
            start = self.at + 1
            end = _QUOTE.search(self.text, start)
            self.at = end.end() if end else len(self.text)
            return self.text[start : end.start() if end else None], True
        chunk = _CHUNK.match(self.text, self.at)
        if chunk is None:
            self.at += 1
            return "", False
        self.at = chunk.end()
        return chunk.group(), False

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
            forms = "a date such as 2021, 2021-11 or 2021-11-21, a range such as 2020..2021-03, or >2019"
            self._refuse(f"“{field}:” takes {forms}.", position)
        if found[0] > found[1]:
            self._refuse("This range ends before it begins.", position)
        return Range(field, *found, typed=f'"{value}"' if is_quoted else value)

    # -- signs, bounds and refusals

    def _field(self, named: re.Match[str]) -> str | None:
        """The field that is named here; None where the name and its colon are part of what is sought."""
        name = named[1].lower()
        if name in FIELDS:
            return name
        following = self.text[named.end() : named.end() + 1]
        is_plain = len(name) == 1 or not following or following.isspace() or following in "),;|"
        return None if is_plain or _ADDRESS.match(self.text, named.start()) else self._refuse_field(named)

    def _refuse_field(self, named: re.Match[str]) -> NoReturn:
        name = named[1].lower()
        close = get_close_matches(name, FIELDS, 1, 0.6)
        guess = f"; did you mean “{close[0]}:”?" if close else "."
        self._refuse(
            f"There is no field “{named[1]}”{guess}  The fields are {', '.join(FIELDS)}; to look for the words "
            "themselves, put them in quotes.",
            named.start(),
        )

    def _is_over(self, depth: int) -> bool:
        """Whether nothing is left here: the query, or the open bracket, ends.  A bracket too many is skipped."""
        self._skip_space()
        while depth == 0 and self.text.startswith(")", self.at):
            self.at += 1
            self._skip_space()
        return self.at >= len(self.text) or self.text[self.at] == ")"

    def _sees(self, keyword: str) -> bool:
        self._skip_space()
        found = _KEYWORD.match(self.text, self.at)
        return found is not None and found[1].partition("/")[0] == keyword

    def _take(self, keyword: str) -> int | None:
        """Go past ``keyword`` if it stands here, and say where it stood."""
        if not self._sees(keyword):
            return None
        position = self.at
        self.at += len(keyword)
        return position

    def _skip_space(self) -> None:
        self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]

    def _deeper(self, depth: int) -> int:
        if depth >= limits.QUERY_DEPTH:
            self._refuse(f"Brackets may be nested {limits.QUERY_DEPTH} deep.", self.at - 1)
        return depth + 1

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


def _joined(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    """One node of what may be none, one or several; nodes of the same kind inside are opened."""
    flat: list[Query] = []
    for part in parts:
        is_same = isinstance(part, kind) and not (isinstance(part, Or) and part.typed)
        flat += part.parts if is_same else (part,)  # type: ignore[union-attr]
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


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


def _places(query: Query) -> Iterator[str | None]:
    """The field of every word that may stand beside NEAR; None for what may not."""
    match query:
        case Term() | Prefix() | Pattern() | Fuzzy() | Phrase():
            yield query.field
        case Or(parts):
            for part in parts:
                yield from _places(part)
        case _:
            yield None


def _is_enough(stem: str) -> bool:
    """Whether a stem is long enough to be expanded: one letter stands for a tenth of the dictionary."""
    return len(stem) > 1 or is_solid(stem) or _SYLLABIC.match(stem) is not None
