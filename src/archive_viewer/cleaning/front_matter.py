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
_LONGEST_LATE_BYLINE = 80
_LONGEST_DATE_HEADING = 40
_PROSE = 160
"""Characters, mostly outside links: a paragraph this long ends the front matter."""
_LIKE_ENOUGH = 0.75
_LIKE = {1: 0.5}
"""How like a stated title a heading must be, by its rank, to be the title."""
_LIKE_ALONE, _LIKE_BESIDE = 0.4, 0.98
"""The same for the only heading of the first rank, and for the lower ones beside it."""
_SHARED_ALONE = 0.5
"""Share of the words of the only first-rank heading that a stated title must have, when nothing is like one."""
_FEW = 20
_FEW_DRAFTS = 4
_FEW_CHARACTERS = 15
_SENTENCE_END = (".", "!", "?", "…", "।", "۔", "؟", "。", "！", "？")
_BEHIND_LEAD = 6
"""Blocks behind a lead, which stands within as many below the title, in which the byline may stand still."""
_MOST_HEADINGS = 300
_RANK_BONUS = {1: 0.3, 2: 0.1}
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+")


@dataclass(frozen=True)
class FrontMatter:
    """Indices of drafts (None: the page has no such block) and what the byline says.

    ``updated`` is the day of a change, where the words before it say so; ``is_month_first``: 3/4/2021 is in March.
    """

    title: int | None = None
    byline: int | None = None
    names: tuple[str, ...] = ()
    dated: dates.Dated | None = None
    updated: dates.Dated | None = None
    is_month_first: bool = False


def find(page: Page, stated_titles: Iterable[str], sites: list[str], *, is_month_first: bool = False) -> FrontMatter:
    """The front matter of a page whose metadata calls it by ``stated_titles``, the surest first.

    ``sites`` are names of its site: a heading that says no more is no title.
    """
    title = _title(page.drafts, [one_line(stated) for stated in stated_titles if stated], sites)
    byline: int | None = None
    names: tuple[str, ...] = ()
    dated: dates.Dated | None = None
    updated: dates.Dated | None = None
    for i in _near(page.drafts, title):
        draft = page.drafts[i]
        text = one_line(draft.text.replace(PICTURE, " "))
        if not text or len(text) > _LONGEST_BYLINE or draft.reason:
            continue
        if draft.kind is Kind.HEADING:  # forums head each post with its day
            dated = dated or (_date_line(text, is_month_first) if len(text) < _LONGEST_DATE_HEADING else None)
            continue
        found = bylines.read(text, is_month_first=is_month_first)
        if not found and not names:
            said = bylines.names_of(_author_texts(page, draft, text))
            found = bylines.Byline(said, dates.find(text, is_month_first=is_month_first)) if said else None
        if found and not names:
            byline, names = i, found.names
        day = (found.dated if found else None) or _date_line(text, is_month_first) or _time_in(page, draft)
        if day is None:
            continue
        if dates.is_of_change(text, day):
            updated = updated or day
        else:
            dated = dated or day
    return FrontMatter(title, byline, names, dated, updated, is_month_first)


def _likeness(one: frozenset[str], two: frozenset[str]) -> float:
    """How alike two titles are, from 0 to 1, by the words they share; a part of a title is like the whole."""
    if not one or not two:
        return 0.0
    shared = len(one & two)
    return 0.5 * shared / len(one | two) + 0.5 * shared / min(len(one), len(two)) if shared > 1 or one == two else 0.0


def _words(title: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(fold(title)))


def _title(drafts: list[Draft], stated: list[str], sites: list[str]) -> int | None:
    headings = _headings(drafts, stated, sites)
    firsts = {fold(drafts[i].text): i for i in reversed(headings) if drafts[i].level == 1 and not drafts[i].reason}
    alone = next(iter(firsts.values())) if len(firsts) == 1 else None
    weighed = [(_words(title), weight) for title, weight in _weighed(stated)]
    best, best_score = None, 0.0
    for i in headings:
        level, words = drafts[i].level, _words(drafts[i].text)
        like = max((_likeness(words, title) * weight for title, weight in weighed), default=0.0)
        if level == 1 and not like and len(words) == 1:  # "Headlamps", which the shop calls "Headlamps for hiking"
            like = max((weight / 2 for title, weight in weighed if words <= title), default=0.0)
        enough = _LIKE.get(level, _LIKE_ENOUGH)
        if alone is not None:
            enough = _LIKE_ALONE if i == alone else _LIKE_BESIDE if level > 1 else enough
        score = like + _RANK_BONUS.get(level, 0.0) - (0.2 if drafts[i].reason else 0.0)
        if like >= enough and score > best_score + 1e-9:
            best, best_score = i, score
    if best is None:
        best = _plain_title(drafts, stated)
    if best is None and alone is not None:
        words = _words(drafts[alone].text)
        shared = (len(words & title) / (min(len(words), len(title)) or 1) for title, _ in weighed)
        best = alone if not stated or max(shared, default=0.0) >= _SHARED_ALONE else None
    return best


def _headings(drafts: list[Draft], stated: list[str], sites: list[str]) -> list[int]:
    """The headings that may be the title: not those that only name the site, or what the page is a part of."""
    parts = [[fold(part) for part in site_names.DIVIDER.split(title)] for title in stated]
    of_site = {word for site in sites for word in _TOKEN.findall(fold(site))}
    # "Upland Voice – Statement" of voice.upland.example names the site first: what follows is the page.
    wholes = {part for first, *more in parts if not set(_TOKEN.findall(first)) <= of_site for part in more}
    wholes -= {first for first, *_ in parts}
    found = (
        (i, draft.text)
        for i, draft in enumerate(drafts)
        if draft.kind is Kind.HEADING
        and draft.level <= 3
        and draft.reason in (None, Reason.HIDDEN)
        and 1 < len(draft.text) <= _LONGEST_TITLE
        and not (stated and fold(draft.text) in wholes)
    )
    return list(site_names.those_not_of(islice(found, _MOST_HEADINGS), sites if stated else []))


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
    """Blocks after the title up to the first paragraph of prose but one, then those just before it."""
    start = 0 if title is None else title + 1
    end = min(len(drafts), start + _AFTER * (3 if title is None else 1))
    has_lead = title is None
    own = None if title is None else drafts[title].text
    for i in range(start, end):
        draft = drafts[i]
        if i >= end:
            break
        if draft.kind is Kind.HEADING and 2 * draft.linked > len(draft.text) and draft.text != own:
            break  # a heading that leads elsewhere begins a teaser, with a byline of its own
        if draft.kind is not Kind.HEADING and len(draft.text) - draft.linked > _PROSE:
            if has_lead or i - start > _BEHIND_LEAD:
                break
            has_lead, end = True, min(end, i + 1 + _BEHIND_LEAD)
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
        if node < 0 or page.nodes[node].last - page.nodes[node].first > _FEW_DRAFTS:
            break
        if words_of(page.nodes[node].element) & AUTHOR_WORDS:
            return [text]
        node = page.nodes[node].parent
    return []


def _date_line(text: str, is_month_first: bool) -> dates.Dated | None:
    """The date of a line that is little else, begins with it, or calls it the day of publication."""
    dated = dates.find(text, is_month_first=is_month_first)
    if dated is None or dates.is_of_member(text, dated):
        return None
    rest = len(text) - (dated.end - dated.start)
    if text.endswith(_SENTENCE_END) and rest > _FEW_CHARACTERS:
        return None
    is_date_line = rest <= 2 * (dated.end - dated.start) + 30 or dated.start == 0
    return dated if is_date_line or dates.is_of_publication(text, dated) else None


def _time_in(page: Page, draft: Draft) -> dates.Dated | None:
    """The day of a ``<time>`` that readers are shown as "two days ago"."""
    node = page.nodes[draft.node]
    if node.last - node.first > _FEW_DRAFTS:
        return None
    stamps = (time.get("datetime", "") for time in islice(node.element.iter("time"), _FEW))
    value = next((value for stamp in stamps if (value := dates.of_machine(stamp))), "")
    return dates.Dated(value, 0, 0) if value else None


def names_anywhere(page: Page) -> Iterator[str]:
    """The names in all short lines that begin as a byline does, wherever they stand."""
    for draft in page.drafts:
        if len(draft.text) <= _LONGEST_LATE_BYLINE and not draft.reason and draft.kind is not Kind.CELL:
            found = bylines.read(one_line(draft.text))
            yield from found.names if found else ()


def only_date(page: Page, *, is_month_first: bool, is_labelled: bool) -> dates.Dated | None:
    """The date of the only date line of a page; None when there is none, or another.

    ``is_labelled``: of those lines only that call it the day of publication.
    """
    found: dict[str, dates.Dated] = {}
    for draft in page.drafts:
        if draft.reason or len(draft.text) > _LONGEST_BYLINE:
            continue
        text = one_line(draft.text)
        dated = _date_line(text, is_month_first)
        if dated and not dates.is_of_change(text, dated) and (not is_labelled or dates.is_of_publication(text, dated)):
            found.setdefault(dated.value, dated)
            if len(found) > 1:
                return None
    return next(iter(found.values()), None)
