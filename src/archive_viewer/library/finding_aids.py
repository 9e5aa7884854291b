"""The finding aid of a unit: its description, that of all below it, and the list of what is in each.

A library and a unit's id in, a sheet of facts out.  Separate from the acts, because nothing is stored: the sheet is
made anew from what the library holds whenever it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from archive_viewer.exporting.fact_sheet import Entry, FactSheet, Held, Part
from archive_viewer.library.chronicle import Chronicle
from archive_viewer.library.values import Order, Scope
from archive_viewer.model import ELEMENT, Description, Element, Item, Repository, Source, Unit, Value

ARRANGED = Order("arranged", is_descending=False)
PORTION = 500
"""Pages that are looked up at a time."""

SHOWN_ABOVE = ("title",)
"""Elements that the heading says already."""

WORDS = (
    *("Finding aid", "Repository", "What is in it", "Pages", "page", "pages", "inherited from", "as of"),
    *("published", "captured"),
    "and {count} more pages; a saved finding aid names them all",
)
"""What a finding aid says of its own, for those who translate it."""


def finding_aid(
    library: Chronicle,
    unit_id: str,
    *,
    today: date | None = None,
    most_pages: int | None = None,
    say: Callable[[str], str] = str,
    show: Callable[[Element, Value], str] | None = None,
) -> FactSheet:
    """The sheet of a unit, the units below it in their order, and the pages of each in theirs.

    ``most_pages`` bounds how many pages are named in all; what is left out is counted.  ``say`` translates names of
    elements and ``WORDS``, ``show`` a value.  A page's link leads to its id.

    :raises UnknownId: there is no such unit.
    """
    tree = library.units()
    unit = library.unit(unit_id)
    below = _below(tree, unit_id)
    titles, levels = {one.id: one.title for one in tree}, library.levels()
    shown = show or (lambda _element, value: value if isinstance(value, str) else "; ".join(value))
    ids = library.item_ids(Scope("unit", unit_id), ARRANGED)[:most_pages]
    pages: dict[str, list[Item]] = {}
    for begin in range(0, len(ids), PORTION):
        for item in library.items(ids[begin : begin + PORTION]):
            pages.setdefault(item.unit_id, []).append(item)
    children: dict[str, list[Unit]] = {}
    for one in below:
        children.setdefault(one.parent_id, []).append(one)
    parts: list[Part] = []
    for one in (unit, *below):
        description = library.description(one.id)
        entries = _entries(description, titles, one.id == unit_id, say, shown)
        held = [_held_unit(child, levels, say) for child in children.get(one.id, ())]
        named = pages.get(one.id, [])
        held += [_held_item(item, shown, say) for item in named]
        left = max(0, one.item_count - len(named))
        note = (
            say("and {count} more pages; a saved finding aid names them all").format(count=f"{left:,}") if left else ""
        )
        parts.append(
            Part(
                _heading(one, levels) if one.id != unit_id else "",
                entries,
                tuple(held),
                one.depth - unit.depth,
                f"unit-{one.id}",
                note,
            )
        )
    kind = say("Finding aid")
    if today is not None:
        kind = f"{kind}, {say('as of')} {shown(ELEMENT['dates'], today.isoformat())}"
    return FactSheet(
        _heading(unit, levels), " · ".join(filter(None, (kind, _named(library.repository())))), tuple(parts)
    )


def _heading(unit: Unit, levels: dict[str, str]) -> str:
    return f"{levels.get(unit.level, unit.level)}: {unit.title}"


def _below(tree: Sequence[Unit], unit_id: str) -> list[Unit]:
    """All below a unit, parents before children: the tree is in this order already."""
    inside, found = {unit_id}, []
    for one in tree:
        if one.parent_id in inside:
            inside.add(one.id)
            found.append(one)
    return found


def _entries(
    description: Description,
    titles: dict[str, str],
    is_first: bool,
    say: Callable[[str], str],
    shown: Callable[[Element, Value], str],
) -> tuple[Entry, ...]:
    """Each element of which something is known; what is inherited is told once, by the first unit of the sheet."""
    found = []
    for key, known in description.elements.items():
        fact = known.shown
        if fact is None or key in SHOWN_ABOVE or (known.standing == "inherited" and not is_first):
            continue
        source = ""
        if known.standing == "inherited":
            source = f"{say('inherited from')} {titles.get(known.inherited_from, '')}"
        elif fact.source is Source.INFERRED:
            source = fact.origin
        found.append(Entry(say(known.element.name), shown(known.element, fact.value), source, fact.doubt))
    return tuple(found)


def _held_unit(unit: Unit, levels: dict[str, str], say: Callable[[str], str]) -> Held:
    count = f"{unit.total_count:,} {say('page') if unit.total_count == 1 else say('pages')}"
    return Held(unit.reference_code, _heading(unit, levels), count, f"#unit-{unit.id}")


def _held_item(item: Item, shown: Callable[[Element, Value], str], say: Callable[[str], str]) -> Held:
    dates = [f"{say('published')} {shown(ELEMENT['published'], item.published)}"] if item.published else []
    typed = item.typed.get("dates")
    captured = typed.value if typed is not None else item.captured_at[:10]
    dates += [f"{say('captured')} {shown(ELEMENT['dates'], captured)}"] if captured else []
    told = " · ".join(filter(None, (", ".join(item.authors), item.site, ", ".join(dates))))
    return Held(item.reference_code, item.title or item.file_name, told, item.id)


def _named(repository: Repository) -> str:
    code = " ".join(filter(None, (repository.country, repository.code)))
    return f"{repository.name} ({code})" if repository.name and code else repository.name or code
