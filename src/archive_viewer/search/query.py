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
    sounds:name          a name in any spelling and script, of one word or, in quotes, of several; ``sounds:( … )``: all
                         plain words of the brackets, each a name or, with its neighbour, a part of one
    title:word           in one field, see ``query_tree.WORD_FIELDS``
    in:title,note( … )   those words of the brackets that name no field in one of these fields, see ``within.PLACES``
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
from archive_viewer.search.query_leaves import Leaves
from archive_viewer.search.query_tree import (
    ANYWHERE,
    DATE_FIELDS,
    FIELDS,
    SOUNDS,
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
    Sounds,
    Term,
)
from archive_viewer.search.within import PLACES, within

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
_IN = re.compile(r"in:(?=[A-Za-z])", re.IGNORECASE)
_NAMES = re.compile(r"[A-Za-z]+(?:,[A-Za-z]+)*")
_KEYWORD = re.compile(r"(AND|OR|NOT|NEAR(?:/([^\s()\",;|]*))?)(?=[\s()\",;|]|$)")
_QUOTE = regex.compile(r'(?<!\p{Hebr})"|"(?!\p{Hebr})')
"""A quotation mark between two Hebrew letters is a gershayim: it belongs to the word (צה"ל)."""
_CHUNK = regex.compile(r'(?:[^\s()",;|]|(?<=\p{Hebr})"(?=\p{Hebr})|(?<=\p{Nd}),(?=\p{Nd}))+')
"""What belongs together: no blank, bracket or quotation mark in it, and no comma but in a number."""

_MINUS = re.compile(r"-(?=[^\s-])")
_SPACE = re.compile(r"\s*")


class _Parser(Leaves):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text.translate(_ALIKE)
        self.at = self.nears = 0
        self.is_of_names = False

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
        return self._neighbours(parts) if self.is_of_names else _joined(And, parts)

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
        if _IN.match(self.text, self.at):
            return self._in(field, depth)
        fields: list[str] = []
        while (named := _FIELD.match(self.text, self.at)) is not None and (name := self._field(named)) is not None:
            if fields and (SOUNDS in fields) == (name == SOUNDS):
                break
            self.at = named.end()
            self._skip_space()
            if self._is_over(depth):
                self._refuse(f"There is nothing after “{named[0]}”.", named.start())
            fields.append(name)
        field = next((name for name in fields if name != SOUNDS), field)
        position = self.at
        if self.text[position] == "(" and field not in DATE_FIELDS:
            outside, self.is_of_names = self.is_of_names, self.is_of_names or SOUNDS in fields
            self.at += 1
            inner = self._either(field, self._deeper(depth))
            self.at += 1
            self.is_of_names = outside
            return inner
        value, is_quoted = self._value()
        if field in DATE_FIELDS:
            self._count(position)
            return self._time(field, value, position, is_quoted)
        if field in VALUE_FIELDS:
            self._count(position)
            return self._stated(field, value, position, is_quoted)
        found = self._words(value, field, position + is_quoted, is_quoted)
        is_name = SOUNDS in fields or (self.is_of_names and not is_quoted)
        return self._name(found, value, field, position, is_quoted) if is_name and found is not None else found

    def _in(self, field: str, depth: int) -> Query | None:
        """What stands in brackets behind the names of some fields."""
        position = self.at
        names = _NAMES.match(self.text, position + len("in:"))
        places = names[0].lower().split(",") if names else []
        self.at = names.end() if names else position
        unknown = next((place for place in places if place not in PLACES), None)
        if unknown is not None:
            self._refuse(f"“in:” does not take “{unknown}”; it takes {', '.join(PLACES)}.", position + len("in:"))
        if not self.text.startswith("(", self.at):
            self._refuse("Behind “in:” stand fields, and words in brackets: in:title,note(ferry).", position)
        self.at += 1
        inner = self._either(field, self._deeper(depth))
        self.at += 1
        return within(inner, places) if inner is not None else None

    def _neighbours(self, parts: list[Query]) -> Query | None:
        """All of ``parts``; two names that follow each other may be one: *Khalil Zad* is *Khalilzad*."""
        choices = [parts]
        for start in range(len(parts)):
            for end in range(start + 2, min(start + limits.NAME_WORDS, len(parts)) + 1):
                names = [part for part in parts[start:end] if isinstance(part, Sounds)]
                words = tuple(word for name in names for word in name.words)
                if (
                    len(names) < end - start
                    or len({name.field for name in names}) > 1
                    or len(words) > limits.NAME_WORDS
                ):
                    break
                typed = " ".join(name.typed for name in names)
                plain = self._words(typed, names[0].field, self.at, True)
                if plain is not None:
                    choices.append([*parts[:start], Sounds(words, plain, names[0].field, f'"{typed}"'), *parts[end:]])
        return _joined(Or, [query for choice in choices if (query := _joined(And, choice)) is not None])

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

    # -- signs and fields

    def _field(self, named: re.Match[str]) -> str | None:
        """The field that is named here; None where the name and its colon are part of what is sought."""
        name = named[1].lower()
        if name in (*FIELDS, SOUNDS):
            return name
        following = self.text[named.end() : named.end() + 1]
        is_plain = len(name) == 1 or not following or following.isspace() or following in "),;|"
        return None if is_plain or _ADDRESS.match(self.text, named.start()) else self._refuse_field(named)

    def _refuse_field(self, named: re.Match[str]) -> NoReturn:
        name = named[1].lower()
        close = get_close_matches(name, (*FIELDS, SOUNDS), 1, 0.6)
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


def _joined(kind: type[And] | type[Or], parts: list[Query]) -> Query | None:
    """One node of what may be none, one or several; nodes of the same kind inside are opened."""
    flat: list[Query] = []
    for part in parts:
        is_same = isinstance(part, kind) and not (isinstance(part, Or) and part.typed)
        flat += part.parts if is_same else (part,)  # type: ignore[union-attr]
    if len(flat) < 2:
        return flat[0] if flat else None
    return kind(tuple(flat))


def _places(query: Query) -> Iterator[str | None]:
    """The field of every word that may stand beside NEAR; None for what may not."""
    match query:
        case Term() | Prefix() | Pattern() | Fuzzy() | Phrase() | Sounds():
            yield query.field
        case Or(parts):
            for part in parts:
                yield from _places(part)
        case _:
            yield None
