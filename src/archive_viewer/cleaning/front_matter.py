"""Front matter: the heading that is the article's title, the byline and the date line that stand by it.

Drafts and what the page states in; places and readings out.  Separate because the choice keeps these blocks and the
metadata reads them, and both must mean the same ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from archive_viewer.cleaning import bylines, dates, site_names
from archive_viewer.cleaning.drafts import Draft, Page
from archive_viewer.cleaning.rules import AUTHOR_ADDRESS, AUTHOR_WORDS, words_of
from archive_viewer.model import PICTURE, Kind, Reason, Style
from archive_viewer.text import fold, one_line

_LONGEST_TITLE = 300
_LONGEST_BYLINE = 200
_BEFORE, _AFTER = 8, 16
"""Blocks before and after the title among which the byline is sought."""
_PROSE = 160
"""Characters, mostly outside links: a paragraph this long ends the front matter."""
_LIKE_ENOUGH = 0.75
_LIKE = {1: 0.5}
"""How like a stated title a heading must be, by its rank, to be the title."""
_FEW = 20
_MOST_HEADINGS = 300
_RANK_BONUS = {1: 0.3, 2: 0.1}
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


@dataclass(frozen=True)
class FrontMatter:
    """Indices of drafts (None: the page has no such block) and what the byline says."""

    title: int | None = None
    byline: int | None = None
    names: tuple[str, ...] = ()
    dated: dates.Dated | None = None


def find(page: Page, stated_titles: Iterable[str], sites: list[str], *, is_month_first: bool = False) -> FrontMatter:
    """The front matter of a page whose metadata calls it by ``stated_titles``, the surest first.

    ``sites`` are names of its site: a heading that says no more is no title.
    """
    title = _title(page.drafts, [one_line(stated) for stated in stated_titles if stated], sites)
    byline: int | None = None
    names: tuple[str, ...] = ()
    dated: dates.Dated | None = None
    for i in _near(page.drafts, title):
        draft = page.drafts[i]
        text = one_line(draft.text.replace(PICTURE, " "))
        if not text or len(text) > _LONGEST_BYLINE or draft.kind is Kind.HEADING or draft.reason:
            continue
        found = bylines.read(text, is_month_first=is_month_first)
        if not found and not names:
            said = bylines.names_of(_author_texts(page, draft, text))
            found = bylines.Byline(said, dates.find(text, is_month_first=is_month_first)) if said else None
        if found and not names:
            byline, names = i, found.names
        dated = dated or (found.dated if found else _date_line(text, is_month_first))
    return FrontMatter(title, byline, names, dated)


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """How alike two titles are, from 0 to 1, by the words they share; a part of a title is like the whole."""
    if not one or not two:
        return 0.0
    shared = len(one & two)
    return 0.5 * shared / len(one | two) + 0.5 * shared / min(len(one), len(two)) if shared > 1 or one == two else 0.0


def _words(title: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(fold(title)))


def _title(drafts: list[Draft], stated: list[str], sites: list[str]) -> int | None:
    best, best_score = None, 0.0
    headings = [
        i
        for i, draft in enumerate(drafts)
        if draft.kind is Kind.HEADING
        and draft.level <= 3
        and draft.reason in (None, Reason.HIDDEN)
        and 1 < len(draft.text) <= _LONGEST_TITLE
        and not (stated and site_names.is_one_of(draft.text, sites))
    ][:_MOST_HEADINGS]
    weighed = [(_words(title), weight) for title, weight in _weighed(stated)]
    for i in headings:
        words = _words(drafts[i].text)
        like = max((_likeness(words, title) * weight for title, weight in weighed), default=0.0)
        score = like + _RANK_BONUS.get(drafts[i].level, 0.0) - (0.2 if drafts[i].reason else 0.0)
        if like >= _LIKE.get(drafts[i].level, _LIKE_ENOUGH) and score > best_score + 1e-9:
            best, best_score = i, score
    if best is not None:
        return best
    plain = _plain_title(drafts, stated)
    if plain is not None or stated:
        return plain
    tops = [i for i in headings if drafts[i].level == 1 and drafts[i].reason is None]
    return tops[0] if len(tops) == 1 else None


def _plain_title(drafts: list[Draft], stated: list[str]) -> int | None:
    """A paragraph that is the stated title word for word: pages of tables have no headings."""
    wanted = {fold(title) for title in stated if len(title) > 8}
    return next(
        (
            i
            for i, draft in enumerate(drafts)
            if draft.kind in (Kind.PARAGRAPH, Kind.HEADING) and not draft.reason and fold(draft.text) in wanted
        ),
        None,
    )


def _weighed(stated: list[str]) -> Iterator[tuple[str, float]]:
    """The stated titles, and of a title with its site's name the part that stands first."""
    for number, title in enumerate(stated):
        yield title, 1.0 if number == 0 else 0.9
        first = site_names.DIVIDER.split(title, maxsplit=1)[0]
        if first != title:
            yield first, 0.8


def _near(drafts: list[Draft], title: int | None) -> Iterator[int]:
    """Blocks after the title up to the first paragraph of prose, then those just before it."""
    start = 0 if title is None else title + 1
    for i in range(start, min(len(drafts), start + _AFTER * (3 if title is None else 1))):
        draft = drafts[i]
        if draft.kind is not Kind.HEADING and len(draft.text) - draft.linked > _PROSE:
            break
        yield i
    if title is not None:
        yield from range(title - 1, max(-1, title - 1 - _BEFORE), -1)


def _author_texts(page: Page, draft: Draft, text: str) -> list[str]:
    """What a block that does not begin as a byline says of authors: by its links, by its classes."""
    linked = [
        draft.text[span.start : span.end]
        for span in draft.spans
        if span.style is Style.LINK and AUTHOR_ADDRESS.search(span.target)
    ]
    if linked:
        return linked
    for element in islice(page.nodes[draft.node].element.iter("span", "a", "cite"), _FEW):
        if words_of(element) & AUTHOR_WORDS and (said := "".join(element.itertext()).strip()):
            return [said]
    node = draft.node
    for _ in range(3):
        if node < 0 or page.nodes[node].last - page.nodes[node].first > 4:
            break
        if words_of(page.nodes[node].element) & AUTHOR_WORDS:
            return [text]
        node = page.nodes[node].parent
    return []


def _date_line(text: str, is_month_first: bool) -> dates.Dated | None:
    """The date of a line that is little else."""
    dated = dates.find(text, is_month_first=is_month_first)
    return dated if dated and len(text) <= 3 * (dated.end - dated.start) + 30 else None
