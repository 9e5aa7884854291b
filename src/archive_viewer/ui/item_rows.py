"""The rows of the middle pane as they are set: an item, one of its passages, what else of it answers a query.

Values of the model in, ``Row`` values out.  Separate from the model, which knows which rows there are and in which
order.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from archive_viewer.model import LINE_BREAK, PICTURE, Aside, Item, Passage
from archive_viewer.ui import wording
from archive_viewer.ui.rows import Line, Row, Style
from archive_viewer.ui.translatable import QT_TRANSLATE_NOOP

WORDS_BEFORE = 70
"""Characters of context before a match, so that the match stands in the first of the row's lines."""

WORDS_BEFORE_ASIDE = 12
"""The same where there is but one line, and words before it that say what it is."""

LONGEST_CUT_WORD = 20
"""Characters within which a blank is looked for, so that no half word begins a passage."""

IN_ITS_ROW = ("title", "author", "site")
"""Fields that stand in the row of an item: a match is set off there, and has no row of its own."""

CONTEXT = "ItemRows"
ICONS = {"note": "note", "tag": "tag", "link": "link", "mark": "mark", "stripped": "stripped", "url": "site"}
KINDS = {
    "note": QT_TRANSLATE_NOOP("ItemRows", "In a note:"),
    "tag": QT_TRANSLATE_NOOP("ItemRows", "Tag:"),
    "link": QT_TRANSLATE_NOOP("ItemRows", "In a link:"),
    "mark": QT_TRANSLATE_NOOP("ItemRows", "Marked:"),
    "stripped": QT_TRANSLATE_NOOP("ItemRows", "Stripped:"),
    "url": QT_TRANSLATE_NOOP("ItemRows", "In the address:"),
    "series": QT_TRANSLATE_NOOP("ItemRows", "Series:"),
    "accession": QT_TRANSLATE_NOOP("ItemRows", "Accession:"),
}


def item_row(
    item: Item, *, title_lines: int = 1, has_rule: bool = True, is_older: bool = False, asides: Iterable[Aside] = ()
) -> Row:
    """Title, then site and authors, then publication and capture date.

    ``is_older``: it stands under another capture of its address, so that its date is what tells it apart; ``asides``:
    the words in it that answer a query are set off.
    """
    pads = (12, 12) if has_rule else (12, 4)
    title, captured = item.title or item.file_name, wording.captured(item.captured_at)
    who = wording.joined(item.site, ", ".join(item.authors)) or item.file_name
    found = list(asides)
    strong_title = _set_off(title, (one for one in found if one.kind == "title"))
    strong_who = _set_off(who, (one for one in found if one.kind in ("author", "site")))
    if is_older and captured:
        dates = Line(wording.published(item.published) or who, Style.SMALL)
        lines = (Line(captured, Style.STRONG), Line(title, Style.SMALL, strong=strong_title), dates)
        return Row(lines, has_rule=has_rule, pads=pads)
    when = wording.joined(wording.published(item.published), captured)
    # The capture date stands last, and its year at the very end, where a narrow list would cut it off.
    years = wording.joined(wording.published(year_of(item.published)), wording.captured(year_of(item.captured_at)))
    dates = Line(when or " ", Style.SMALL, shorter=years)
    lines = (
        Line(title, Style.TITLE, title_lines, strong_title),
        Line(who, Style.SMALL, strong=strong_who),
        dates,
    )
    return Row(lines, has_rule=has_rule, pads=pads)


def _set_off(text: str, asides: Iterable[Aside]) -> tuple[tuple[int, int], ...]:
    """Where the matches stand in a line, if they do: an item may have been described anew since it was searched."""
    places = {(text.find(one.before[-WORDS_BEFORE:] + one.match), one) for one in asides}
    starts = ((at + len(one.before[-WORDS_BEFORE:]), len(one.match)) for at, one in places if at >= 0)
    return tuple(sorted((start, start + length) for start, length in starts))


def year_of(date: str) -> str:
    """The year of a date (ISO 8601, EDTF); one that does not begin with a year as it is."""
    return date[:4] if date[:4].isdigit() else date


def passage_row(passage: Passage, depth: int = 1) -> Row:
    """The words around a match, the match set apart."""
    before, match, after = _cut(shown(passage.before), WORDS_BEFORE), shown(passage.match), shown(passage.after)
    place = (len(before), len(before) + len(match))
    return Row((Line(before + match + after, Style.TEXT, 3, (place,)),), depth=depth, pads=(8, 8))


def aside_row(aside: Aside, depth: int = 1) -> Row:
    """One small line: what it is that answers, and its words with the match set apart."""
    kind = QCoreApplication.translate(CONTEXT, KINDS[aside.kind])
    before = f"{kind} {_cut(shown(aside.before), WORDS_BEFORE_ASIDE)}"
    match = shown(aside.match)
    line = Line(before + match + shown(aside.after), Style.SMALL, 1, ((len(before), len(before) + len(match)),))
    return Row((line,), icon=ICONS.get(aside.kind, ""), depth=depth, pads=(6, 6))


def _cut(before: str, most: int) -> str:
    """Words before a match, the last of them; it begins with no half word."""
    if len(before) <= most:
        return before
    last = before[-most:]
    blank = last.find(" ", 0, LONGEST_CUT_WORD)
    return "…" + last[blank + 1 :]


def shown(text: str) -> str:
    """Text of a page for a row: line ends and line breaks as blanks, pictures left out."""
    return text.replace(PICTURE, "").replace("\n", " ").replace(LINE_BREAK, " ")
