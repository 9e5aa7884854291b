"""Which year a page is arranged by: that of its publication, or of its capture, and how sure that one is.

In: a plan that arranges by year.  Out: how many pages of each unit have their year from where.  Separate from the plan,
which only says where each page would go: a capture that is known by the time of a file may be that of a copying.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archive_viewer import edtf_dates
from archive_viewer.library import Library
from archive_viewer.model import ArrangementPlan, Item, Source
from archive_viewer.ui import wording

PORTION = 1_000
"""Pages that are read at once: of a hundred thousand, all their facts together would fill the memory."""


@dataclass(frozen=True)
class Grounds:
    """``captured``: pages whose year is that of their capture; ``by_file``: those of them of which only the time of
    the saved file tells when that was."""

    captured: int = 0
    by_file: int = 0

    def __add__(self, other: Grounds) -> Grounds:
        return Grounds(self.captured + other.captured, self.by_file + other.by_file)

    @property
    def words(self) -> tuple[str, ...]:
        """How many by their capture date, how many by the time of the file; nothing where all were published then."""
        tr = QCoreApplication.translate
        stated = self.captured - self.by_file
        by_capture = tr("YearGrounds", "{count} by capture date").format(count=wording.number(stated))
        by_file = tr("YearGrounds", "{count} only by the time of the file").format(count=wording.number(self.by_file))
        return (*([by_capture] if stated else []), *([by_file] if self.by_file else []))


def grounds_of(library: Library, plan: ArrangementPlan) -> list[Grounds]:
    """The grounds of each unit of a plan, in its order; of a plan by another rule there are none."""
    if plan.rule != "year":
        return [Grounds()] * len(plan.units)
    return [sum((_grounds(library, ids) for ids in _portions(unit.item_ids)), Grounds()) for unit in plan.units]


def _grounds(library: Library, ids: Sequence[str]) -> Grounds:
    captured = [item for item in library.items(ids) if not edtf_dates.year(item.published)]
    return Grounds(len(captured), sum(map(_is_by_file, captured)))


def _is_by_file(item: Item) -> bool:
    known = item.facts.get("captured_at")
    return known is not None and known.source is Source.INFERRED


def _portions(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + PORTION] for start in range(0, len(ids), PORTION)]
