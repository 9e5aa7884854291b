"""What was typed → a query: a small tree of our own that any engine, and the concordance, can walk.

The text of a user is read here and nowhere else, by a parser that goes through it once, from left to right: the
parsers of search libraries take seconds, or recurse without end, on strings that people do paste.

    words                all of them must be there (``AND`` may stand between)
    a OR b               one of them; binds less than AND
    -word, NOT word      not this; a query may consist of nothing else
    ( … )                brackets
    "normal relations"   these words in this order; a quote that is not closed ends with the query
    pref*                words that begin so
    title:word           in one field: title author site url text tag note language format
    published:2021-10..2021-11   captured:>2019   a time, see ``dates.period``

Words may hold any punctuation: what the tokenizer makes several words of (``Al-Jazeera``, ``army.mil``, ``2021年``)
is looked for as a phrase, or joined.  A colon after something that is no field is punctuation (``http://…``), unless it
looks like a slip of the pen for one.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import NoReturn

import regex

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.search.dates import period
from archive_viewer.search.folding import fold
from archive_viewer.search.query_tree import (
    ANYWHERE,
    DATE_FIELDS,
    FIELDS,
    VALUE_FIELDS,
    And,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Term,
    Words,
)
from archive_viewer.search.token import Token
from archive_viewer.search.tokenizer import is_solid, tokens

__all__ = ["Query", "parse"]


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
_KEYWORD = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)")
_QUOTE = regex.compile(r'(?<!\p{Hebr})"|"(?!\p{Hebr})')
"""A quotation mark between two Hebrew letters is a gershayim: it belongs to the word (צה"ל)."""
_CHUNK = regex.compile(r'(?:[^\s()",;|]|(?<=\p{Hebr})"(?=\p{Hebr})|(?<=\p{Nd}),(?=\p{Nd}))+')
"""What belongs together: no blank, bracket or quotation mark in it, and no comma but in a number."""

_MINUS = re.compile(r"-(?=[^\s-])")
_SPACE = re.compile(r"\s*")
_SYLLABIC = regex.compile(r"\p{Hang}")


class _Parser:
    def __init__(self, text: str) -> None:
        self.typed = text
        self.text = text.translate(_ALIKE)
        self.at = 0
        self.clauses = self.prefixes = 0

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
            part = self._one(field, depth)
            if part is not None:
                parts.append(part)
            elif position is not None:
                self._refuse("There is nothing after “AND”; to look for the word itself, put it in quotes.", position)
        return _joined(And, parts)

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
        if self._is_over(depth) or self._sees("OR") or self._sees("AND"):
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
            return self._time(field, value, position)
        if field in VALUE_FIELDS:
            self._count(position)
            return Term(fold(value.strip()), field)
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
        bare = value.rstrip()
        is_prefix = bare.endswith("*")
        if is_prefix:
            bare = bare[:-1]
        if "*" in bare and not is_quoted:
            self._refuse("A * may stand only at the end of a word.", position + bare.index("*"))
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
        return _joined(Or, [_sequence(reading, field, is_open) for reading in dict.fromkeys(readings)])

    def _time(self, field: str, value: str, position: int) -> Range:
        found = period(value)
        if found is None:
            forms = "a date such as 2021, 2021-11 or 2021-11-21, a range such as 2020..2021-03, or >2019"
            self._refuse(f"“{field}:” takes {forms}.", position)
        if found[0] > found[1]:
            self._refuse("This range ends before it begins.", position)
        return Range(field, *found)

    # -- signs, bounds and refusals

    def _field(self, named: re.Match[str]) -> str | None:
        name = named[1].lower()
        if name in FIELDS:
            return name
        is_followed = named.end() < len(self.text) and not self.text[named.end()].isspace()
        if is_followed and (close := get_close_matches(name, FIELDS, 1, 0.8)):
            known = ", ".join(FIELDS)
            self._refuse(
                f"There is no field “{named[1]}”; did you mean “{close[0]}:”?  The fields are {known}.", named.start()
            )
        return None

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
        return found is not None and found[1] == keyword

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
        self.prefixes += is_open
        if self.clauses > limits.QUERY_CLAUSES:
            self._refuse(f"A query may have {limits.QUERY_CLAUSES} words or phrases.", position)
        if words > limits.QUERY_PHRASE:
            self._refuse(f"A phrase may have {limits.QUERY_PHRASE} words.", position)
        if self.prefixes > limits.QUERY_PREFIXES:
            self._refuse(f"A query may have {limits.QUERY_PREFIXES} words that end in *.", position)

    def _refuse(self, sentence: str, position: int) -> NoReturn:
        raise BadQuery(sentence, min(max(position, 0), len(self.typed)))


def _joined(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    """One node of what may be none, one or several; nodes of the same kind inside are opened."""
    flat: list[Query] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else (part,)
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


def _sequence(terms: tuple[str, ...], field: str, is_open: bool) -> Words:
    if len(terms) > 1:
        return Phrase(terms, field, is_open)
    return Prefix(terms[0], field) if is_open else Term(terms[0], field)


def _is_enough(stem: str) -> bool:
    """Whether a stem is long enough to be expanded: one letter stands for a tenth of the dictionary."""
    return len(stem) > 1 or is_solid(stem) or _SYLLABIC.match(stem) is not None
