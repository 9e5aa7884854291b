"""Blocks of a page as rows of a list: which of them are shown, and what each says of itself.

Blocks come in; rows go out, with their words, their state and what a screen reader says.  Separate from the drawing, so
that what a row says can be read, and tested, without a painter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from archive_viewer.model import PICTURE, Block, Decider, Reason
from archive_viewer.text import one_line
from archive_viewer.ui import wording
from archive_viewer.ui.directions import directions_of

Index = QModelIndex | QPersistentModelIndex

BLOCK = Qt.ItemDataRole.UserRole
RIGHT_TO_LEFT = Qt.ItemDataRole.UserRole + 1

SHOWN_CHARACTERS = 700
"""More than four lines hold: longer paragraphs are cut before they are laid out."""

SURE, LIKELY = 0.9, 0.7
"""From these confidences on the cleaner's decision is called sure, or likely."""


class Shown(Enum):
    """Which blocks the list holds."""

    ALL = 0
    STRIPPED = 1
    KEPT = 2


class BlockModel(QAbstractListModel):
    """Blocks in page order.  ``BLOCK`` gives the Block, ``RIGHT_TO_LEFT`` whether it is read so."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self._rows: dict[int, int] = {}
        self._directions: dict[int, bool] = {}
        self._site = ""

    def set_site(self, site: str) -> None:
        """The site whose rules may have decided here."""
        self._site = site

    def show_blocks(self, blocks: Sequence[Block], shown: Shown, reason: Reason | None = None) -> None:
        """Hold those blocks that are kept or stripped, and of the stripped those with a reason (None: any)."""
        self._hold(blocks, {block.n for block in blocks if _is_shown(block, shown, reason)})

    def change_blocks(self, blocks: Sequence[Block], shown: Shown, reason: Reason | None = None) -> None:
        """Hold the same blocks with the fates that they have now.

        A row stays although its block would not be shown any more: a list that closes up under a person's hands makes
        them lose their place.  What is to be shown now and was not comes in.
        """
        wanted = {block.n for block in blocks if _is_shown(block, shown, reason)}
        if wanted - self._rows.keys():
            self._hold(blocks, wanted | self._rows.keys())
            return
        changed = [n for n, row in self._rows.items() if self._blocks[row] != blocks[n - 1]]
        for n in changed:
            self._blocks[self._rows[n]] = blocks[n - 1]
        if changed:
            first, last = (self.index(self._rows[n]) for n in (min(changed), max(changed)))
            self.dataChanged.emit(first, last)

    def _hold(self, blocks: Sequence[Block], numbers: set[int]) -> None:
        self.beginResetModel()
        self._directions = dict(zip((block.n for block in blocks), directions_of(blocks), strict=True))
        self._blocks = [block for block in blocks if block.n in numbers]
        self._rows = {block.n: row for row, block in enumerate(self._blocks)}
        self.endResetModel()

    def index_of(self, n: int) -> QModelIndex:
        """The row of a paragraph; invalid where it is not shown."""
        return self.index(self._rows[n]) if n in self._rows else QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._blocks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        block = self._blocks[index.row()]
        if role == BLOCK:
            return block
        if role == RIGHT_TO_LEFT:
            return self._directions[block.n]
        if role == Qt.ItemDataRole.DisplayRole:
            return words_of(block)
        if role == Qt.ItemDataRole.ToolTipRole:
            return account_of(block, self._site)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.tr("Paragraph {n}, {state}: {text}")
            return said.format(n=block.n, state=account_of(block, self._site), text=words_of(block))
        return None


def _is_shown(block: Block, shown: Shown, reason: Reason | None) -> bool:
    if shown is not Shown.ALL and block.is_kept != (shown is Shown.KEPT):
        return False
    return reason is None or (not block.is_kept and block.reason is reason)


def reasons_in(blocks: Sequence[Block]) -> list[tuple[Reason, int]]:
    """Why blocks were stripped, and how many for each reason, in the order of the page."""
    counts = Counter(block.reason or Reason.OTHER for block in blocks if not block.is_kept)
    return list(counts.items())


def words_of(block: Block) -> str:
    """The block's text on one line; a picture is named by its alt text."""
    alts = {picture.offset: picture.alt for picture in block.pictures}
    text = block.text[:SHOWN_CHARACTERS]
    if PICTURE in text:
        text = "".join(
            f"[{alts.get(place) or '▢'}]" if letter == PICTURE else letter for place, letter in enumerate(text)
        )
    return one_line(text)


def state_of(block: Block) -> str:
    """Kept, or the reason for which it was stripped; and how sure that is, or who decided it."""
    tr = QCoreApplication.translate
    if block.decided_by is Decider.PERSON:
        return wording.joined(_fate_of(block), tr("BlockRows", "by you"))
    if block.decided_by is Decider.RULE:
        return wording.joined(_fate_of(block), tr("BlockRows", "by your rule"))
    return wording.joined(_fate_of(block), "" if block.is_kept and block.confidence >= SURE else _sureness_of(block))


def account_of(block: Block, site: str) -> str:
    """The same at length, for one block: “Navigation, by your rule for example.com”."""
    tr = QCoreApplication.translate
    if block.decided_by is Decider.PERSON:
        said = tr("BlockRows", "{state}, by you")
    elif block.decided_by is Decider.RULE:
        said = tr("BlockRows", "{state}, by your rule for {site}")
    else:
        said = tr("BlockRows", "{state}, {sureness}")
    return said.format(state=_fate_of(block), site=site, sureness=_sureness_of(block))


def _fate_of(block: Block) -> str:
    if block.is_kept:
        return QCoreApplication.translate("BlockRows", "Kept")
    if block.reason in (None, Reason.OTHER) and block.decided_by is not Decider.CLEANER:
        # What it is, nobody said; what was done with it, a person did.
        return QCoreApplication.translate("BlockRows", "Stripped")
    return wording.word(block.reason or Reason.OTHER)


def _sureness_of(block: Block) -> str:
    tr = QCoreApplication.translate
    if block.confidence >= SURE:
        return tr("BlockRows", "sure")
    return tr("BlockRows", "likely") if block.confidence >= LIKELY else tr("BlockRows", "unsure")
