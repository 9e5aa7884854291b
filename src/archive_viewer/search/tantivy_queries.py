"""A query as Tantivy asks it: a tree and a searcher in, a query of Tantivy's out, and whether that says all.

Tantivy knows the places of words, not their widths: a joined form (*cooperate* in *co-operate*) stands where its first
part does, and the word after it two places on.  So such a word is written a second time with its width before it
(``marked``), and a phrase is asked for in each width that its words have.  Where that becomes too much, or Tantivy has
no such query, what comes out finds more pages than answer, never fewer; ``page`` then decides.

Words of the index that a prefix or a pattern stands for are looked up here, and as many are left out as Whoosh would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as Asked

from archive_viewer.search import spelling
from archive_viewer.search.expansion import Expansion, fields_of, words_of_each
from archive_viewer.search.forms import has_forms, in_language
from archive_viewer.search.query_tree import (
    And,
    Forms,
    Fuzzy,
    Near,
    Not,
    Open,
    Or,
    Pattern,
    Phrase,
    Prefix,
    Query,
    Range,
    Sounds,
    Term,
    Value,
    wanted,
)
from archive_viewer.search.token import PARTS
from archive_viewer.search.tokenizer import begins

MOST_READINGS = 32
"""Widths of a phrase's words that are tried together, and words that its last one may be."""

MOST_PAIRS = 512
"""Pairs of words that are tried for two parts that are to be near each other."""

FIELD_WEIGHTS = {"text": 1.0, "about": 0.6}
"""What a word in each counts: what is said of a page is short, and short fields count much by themselves."""

OTHER_FORM = 0.1
"""What another form of a word counts beside the one that was asked for, as with Whoosh."""

_MARK = "\x1f"

EXACT = 1_000.0
"""More than any score: what has the very words of the query comes first."""


class Ask(NamedTuple):
    """A query of Tantivy's; ``is_all``: it finds just the pages that answer."""

    query: Asked
    is_all: bool = True


class Figure(NamedTuple):
    """Words at fixed places; ``is_all``: whatever has them there answers."""

    words: tuple[tuple[int, str], ...]
    is_all: bool = True


class Anchors(NamedTuple):
    """The words with which something begins, and how many words wide it is at most."""

    terms: frozenset[str]
    span: int


def marked(term: str, width: int) -> str:
    """How a term that is several words wide is written the second time; no term of a text begins so."""
    return f"{_MARK}{width}{term}"


def is_marked(term: str) -> bool:
    """Whether ``marked`` made it."""
    return term.startswith(_MARK)


class Asking:
    """Asks one searcher."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self._schema, self._searcher = schema, searcher
        self._most = 0
        self._widths: dict[tuple[str, str], list[int]] = {}
        self._expansions: dict[tuple[str, Open], Expansion] = {}

    def asked(self, query: Query, filters: Sequence[Query]) -> Ask:
        """``query``: as ``Engine.widened`` gives it; what has its very words scores above the rest."""
        self._most = words_of_each(And((query, *filters)))
        whole = self._of(And((query, *filters)))
        if not has_forms(query):
            return whole
        very = Asked.const_score_query(self._of(in_language(query, "")).query, EXACT)
        return Ask(
            Asked.boolean_query([(Occur.Must, whole.query), (Occur.Should, very)]),
            whole.is_all,
        )

    def expansion(self, field: str, words: Prefix | Pattern | Fuzzy) -> Expansion:
        """The words of ``field`` that ``words`` stands for; of an uncertain spelling it is not known how many."""
        key = (field, words)
        if key not in self._expansions:
            if isinstance(words, Fuzzy):
                return Expansion((), 0)
            lead = words.stem if isinstance(words, Prefix) else spelling.lead(words)
            is_meant: Callable[[str], bool] = (
                (lambda term: begins(term, words.stem)) if isinstance(words, Prefix) else spelling.test(words)
            )
            known = [pair for pair in self._searcher.terms_with_prefix(field, lead) if is_meant(pair[0])]
            known.sort(key=lambda pair: (-pair[1], pair[0]))
            self._expansions[key] = Expansion(tuple(term for term, _ in known), len(known))
        return self._expansions[key]

    # -- the tree

    def _of(self, query: Query) -> Ask:
        match query:
            case And(parts):
                return _every([self._of(part) for part in parts])
            case Or(parts):
                return _any([self._of(part) for part in parts])
            case Not(part):
                own = self._of(part)
                every = _unscored(Asked.all_query())
                if not own.is_all:
                    return Ask(every, False)
                return Ask(Asked.boolean_query([(Occur.Must, every), (Occur.MustNot, own.query)]))
            case Value(value, field):
                return Ask(_unscored(self._word(field, value)))
            case Range(field, first, last):
                if last < first:
                    return Ask(Asked.empty_query())
                return Ask(_unscored(Asked.range_query(self._schema, field, FieldType.Unsigned, max(0, first), last)))
            case Near():
                return _any([self._near(query, field) for field in fields_of(query.field)])
            case Sounds(plain=plain):
                return self._of(plain)
        return _any([self._weighed(self._words(query, field), field) for field in fields_of(query.field)])

    def _weighed(self, own: Ask, field: str) -> Ask:
        weight = FIELD_WEIGHTS.get(field, 1.0)
        return own if weight == 1.0 else Ask(Asked.boost_query(own.query, weight), own.is_all)

    def _word(self, field: str, term: str) -> Asked:
        return Asked.term_query(self._schema, field, term)

    def _any_word(self, field: str, terms: Iterable[str]) -> Asked:
        return Asked.term_set_query(self._schema, field, list(terms))

    def _words(self, words: Query, field: str) -> Ask:
        match words:
            case Term(term):
                return Ask(self._word(field, term))
            case Forms(term, others):
                found = [Ask(self._word(field, term))]
                for algorithm, terms in others:
                    there = Asked.boost_query(self._any_word(field, terms), OTHER_FORM)
                    found.append(_every([Ask(there), Ask(_unscored(self._word("stemmed", algorithm)))]))
                return _any(found)
            case Prefix() | Pattern():
                return Ask(self._any_word(field, self.expansion(field, words).terms[: self._most]))
            case Fuzzy(term, distance):
                # An exchange of two neighbours counts one where one change is allowed, and two where two are.
                like = Asked.fuzzy_term_query(self._schema, field, term, distance, distance == 1)
                return _any([Ask(like), Ask(self._word(field, term))])
            case Phrase():
                return self._phrase(words, field)
            case Or(parts):
                return _any([self._words(part, field) for part in parts])
            case Sounds(plain=plain):
                return self._words(plain, field)
            case Near():
                return self._near(words, field)
        raise ValueError(f"{type(words).__name__} is not sought in one field.")

    # -- words in their places

    def _phrase(self, phrase: Phrase, field: str) -> Ask:
        figures = self._figures(phrase, field)
        if figures is not None:
            return _any([self._at(field, figure) for figure in figures])
        readings = self._readings(phrase, field)
        if readings is None:
            *terms, stem = phrase.terms
            ending = self._words(Prefix(stem, phrase.field), field)
            return Ask(_every([*(Ask(self._word(field, term)) for term in terms), ending]).query, False)
        # Each word before the next: all pages that answer have that, and few others.
        pairs = [
            _any(
                [
                    self._at(field, Figure(((0, _written(one, width)), (width, other))))
                    for one in first
                    for width in self._widths_of(field, one)
                    for other in second
                ]
            )
            for first, second in pairwise(readings)
        ]
        return Ask(_every(pairs).query, False)

    def _near(self, query: Near, field: str) -> Ask:
        """Forms of words are words like others in each language by itself."""
        found = [self._near_in("", query, field)]
        for algorithm in sorted({name for part in query.parts for name in _algorithms(part)}):
            there = Ask(_unscored(self._word("stemmed", algorithm)))
            found.append(_every([self._near_in(algorithm, query, field), there]))
        return _any(found)

    def _near_in(self, algorithm: str, query: Near, field: str) -> Ask:
        """Each part near the one before it: all pages that answer have that."""
        parts = [_spoken(part, algorithm) for part in query.parts]
        anchors = [self._anchors(part, field) for part in parts]
        found: list[Ask] = []
        for first, second, distance in zip(anchors, anchors[1:], query.distances, strict=False):
            if first is not None and second is not None and len(first.terms) * len(second.terms) <= MOST_PAIRS:
                found.append(self._beside(first, second, distance, field))
        if len(found) == 1 and len(parts) == 2:
            return found[0]
        return Ask(_every([*found, *(self._words(part, field) for part in parts)]).query, False)

    def _beside(self, first: Anchors, second: Anchors, distance: int, field: str) -> Ask:
        """One of the first near one of the second.

        A phrase of two words with a slop of n finds the second up to n + 1 places behind the first, and n - 1 before.
        """
        is_all = first.span == second.span == 1 and first.terms.isdisjoint(second.terms)
        orders = ((first, second), (second, first)) if is_all else ((first, second),)
        slop = distance - 1 if is_all else distance + first.span + second.span
        return Ask(
            _any(
                [
                    Ask(Asked.phrase_query(self._schema, field, [(0, one), (1, other)], slop))
                    for left, right in orders
                    for one in sorted(left.terms)
                    for other in sorted(right.terms)
                ]
            ).query,
            is_all,
        )

    def _anchors(self, words: Query, field: str) -> Anchors | None:
        """With what a word or phrase begins; None if that is unknown or too much."""
        if isinstance(words, Or):
            found = [self._anchors(part, field) for part in words.parts]
            known = [one for one in found if one is not None]
            if len(known) < len(found):
                return None
            return Anchors(frozenset().union(*(one.terms for one in known)), max(one.span for one in known))
        if isinstance(words, Sounds):
            return self._anchors(words.plain, field)
        readings = self._readings(words, field)
        if readings is None:
            return None
        span = sum(max((self._widths_of(field, term)[-1] for term in terms), default=1) for terms in readings)
        return Anchors(frozenset(readings[0]), span)

    def _at(self, field: str, figure: Figure) -> Ask:
        if len(figure.words) == 1:
            return Ask(self._word(field, figure.words[0][1]), figure.is_all)
        return Ask(Asked.phrase_query(self._schema, field, list(figure.words)), figure.is_all)

    def _figures(self, phrase: Phrase, field: str) -> list[Figure] | None:
        """All that a phrase may look like; None if that is too much.  It makes no odds how wide its last word is."""
        readings = self._readings(phrase, field)
        if readings is None:
            return None
        *before, last = readings
        choices = [[(term, width) for term in terms for width in self._widths_of(field, term)] for terms in before]
        choices.append([(term, 1) for term in last])
        if prod(map(len, choices)) > MOST_READINGS:
            return None
        return [self._figure(field, chosen) for chosen in product(*choices)]

    def _figure(self, field: str, chosen: Sequence[tuple[str, int]]) -> Figure:
        at, words = 0, []
        for term, width in chosen:
            words.append((at, _written(term, width)))
            at += width
        # A word that is one wide stands unmarked, as the wider ones do, too.
        is_all = all(width > 1 or len(self._widths_of(field, term)) == 1 for term, width in chosen[:-1])
        return Figure(tuple(words), is_all)

    def _readings(self, words: Query, field: str) -> list[tuple[str, ...]] | None:
        """For each word the terms that it may be; None where Tantivy cannot be asked for them, or they are too many."""
        match words:
            case Term(term):
                return [(term,)]
            case Prefix() | Pattern():
                terms = self.expansion(field, words).terms[: self._most]
                return [terms] if len(terms) <= MOST_READINGS else None
            case Phrase(terms, own, is_open):
                readings: list[tuple[str, ...]] = [(term,) for term in terms]
                if is_open:
                    ending = self._readings(Prefix(terms[-1], own), field)
                    if ending is None:
                        return None
                    readings[-1:] = ending
                return readings
        return None

    def _widths_of(self, field: str, term: str) -> list[int]:
        """How wide a term is, anywhere in the field: one word, and what else it is."""
        key = (field, term)
        if key not in self._widths:
            wider = [n for n in range(2, PARTS + 1) if self._searcher.doc_freq(field, marked(term, n))]
            self._widths[key] = [1, *wider]
        return self._widths[key]


def _spoken(words: Query, algorithm: str) -> Query:
    """A word or phrase as it is meant in pages to which one of Snowball's algorithms applies, or none."""
    match words:
        case Forms(term, others, field):
            own = tuple(Term(one, field) for one in (term, *dict(others).get(algorithm, ())))
            return Or(own) if len(own) > 1 else own[0]
        case Or(parts):
            return Or(tuple(_spoken(part, algorithm) for part in parts))
    return words


def _algorithms(query: Query) -> set[str]:
    """Those by which there are other forms of the words of ``query``."""
    return {name for words in wanted(query) if isinstance(words, Forms) for name, _ in words.others}


def _written(term: str, width: int) -> str:
    return term if width == 1 else marked(term, width)


def _unscored(query: Asked) -> Asked:
    return Asked.const_score_query(query, 0.0)


def _every(parts: Sequence[Ask]) -> Ask:
    if len(parts) == 1:
        return parts[0]
    return Ask(Asked.boolean_query([(Occur.Must, part.query) for part in parts]), all(part.is_all for part in parts))


def _any(parts: Sequence[Ask]) -> Ask:
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return Ask(Asked.empty_query())
    return Ask(Asked.boolean_query([(Occur.Should, part.query) for part in parts]), all(part.is_all for part in parts))
