"""The passages that hold a quote, as rows: page, how much of the quote, the words with what differs set off, and how.

In: what the searcher found.  Out: rows.  Separate from the dialog, because how a difference is said is a matter of
words, and a screen reader must hear what bold letters show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from archive_viewer.model import Agreement
from archive_viewer.text import one_line
from archive_viewer.ui.found_source import FoundSource
from archive_viewer.ui.rows import ROW, Line, Row, Style

LONGEST = 90
"""Characters of one stretch that are shown in a row; the page itself shows all."""

WORDS_LINES = 8
DIFFERENCES = 6
DIFFERENCE = 60

tr = QCoreApplication.translate


class SourceModel(QAbstractListModel):
    """One row a passage."""

    def __init__(self) -> None:
        super().__init__()
        self._sources: list[FoundSource] = []

    def show_sources(self, sources: Sequence[FoundSource]) -> None:
        self.beginResetModel()
        self._sources = list(sources)
        self.endResetModel()

    def source(self, index: QModelIndex | QPersistentModelIndex) -> FoundSource:
        return self._sources[index.row()]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._sources)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (
            ROW,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = row_of(self._sources[index.row()])
        return row if role == ROW else row.text


def row_of(source: FoundSource) -> Row:
    """How one passage is shown."""
    title = source.title or tr("SourceRows", "Untitled")
    about = " · ".join(filter(None, [source.site, source.published]))
    words, strong = _words(source)
    lines = [Line(title, Style.TITLE), Line(words, Style.TEXT, WORDS_LINES, strong)]
    if about:
        lines.insert(1, Line(about, Style.SMALL))
    if said := list(_differences(source)):
        more = len(said) - DIFFERENCES
        shown = said[:DIFFERENCES] + ([tr("SourceRows", "and {count} more").format(count=more)] if more > 0 else [])
        lines.append(Line("; ".join(shown), Style.SMALL, 3))
    return Row(tuple(lines), badge=share(source.share))


def share(part: float) -> str:
    """How much of the quote a passage holds; never all of it where something is missing."""
    percent = 100 if part == 1 else max(1, min(99, round(part * 100)))
    return tr("SourceRows", "{percent} %").format(percent=percent)


def _words(source: FoundSource) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The passage in one line, long stretches shortened in their middle, and the ranges that differ from the quote."""
    shown = ""
    strong = []
    at = source.start
    for one in source.stretches:
        if one.start == one.end:
            continue
        shown += _flat(source.words[at - source.start : one.start - source.start])
        words = _flat(source.words[one.start - source.start : one.end - source.start])
        is_same = one.agreement is Agreement.SAME
        words = _shortened(words, 4 * LONGEST if is_same else LONGEST)
        if not is_same and one.agreement is not Agreement.ELIDED:
            strong.append((len(shown), len(shown) + len(words)))
        shown += words
        at = one.end
    return shown, tuple(strong)


def _differences(source: FoundSource) -> Iterator[str]:
    for one in source.stretches:
        ours = _shortened(one_line(source.words[one.start - source.start : one.end - source.start]), DIFFERENCE)
        quoted = _shortened(one_line(one.quoted), DIFFERENCE)
        match one.agreement:
            case Agreement.CHANGED | Agreement.SPELLED | Agreement.ASIDE if ours:
                yield tr("SourceRows", "“{ours}” where the quote has “{quoted}”").format(ours=ours, quoted=quoted)
            case Agreement.MISSING:
                yield tr("SourceRows", "not here: “{quoted}”").format(quoted=quoted)
            case Agreement.ADDED:
                yield tr("SourceRows", "only here: “{ours}”").format(ours=ours)


def _flat(text: str) -> str:
    """White space as blanks, one for one: a blank at the end belongs to what follows."""
    return "".join(" " if character.isspace() else character for character in text)


def _shortened(text: str, most: int) -> str:
    half = (most - 3) // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"
