"""What the changes of a step say of the archival record: for each object, an event's type and its words.

Changes in, sayings out; nothing is read or written here.  Separate from the acts, so that doing, undoing and doing
again are told by one rule: the log of events is never taken back, and what an act has made so and an undo has made
otherwise must both stand in it.  Marks, notes, links and tags are a reader's and no part of the archival record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from archive_viewer.history import Change, Row
from archive_viewer.model import ELEMENT, Value
from archive_viewer.text import shortened

MERGING = "Merge Library"
"""The act whose event is about the whole library."""

LIBRARY = ""
"""Stands for the id of the library, which no change names."""

MODIFICATION, DELETION, INGESTION = "metadata modification", "deletion", "ingestion"

ACCOUNTED_BY_ACTS = ("override", "charset", "cleaning")
"""Nouns whose acts say more of themselves, as they are done, than their rows do."""

UNIT_PARTS = {"level": "level {}", "reference_code": "reference code {}"}
MOST_SHOWN = 60
"""Characters of a value that an event tells: who wrote three paragraphs finds them in the description."""

ORDER = "the order within it changed"


@dataclass(frozen=True)
class Saying:
    """An event without its moment: of which type, about which object (``LIBRARY``: the library itself), and what."""

    type: str
    object_id: str
    detail: str


def unit_ids(changes: Iterable[Change]) -> set[str]:
    """The units that are named where these changes are told."""
    rows = [(one.noun, row) for one in changes for row in (one.before, one.after) if row]
    places = {"item": "unit_id", "unit": "parent_id"}
    return {row[places[noun]] for noun, row in rows if noun in places} - {""}


def of_act(label: str, changes: Sequence[Change], units: Mapping[str, Row]) -> list[Saying]:
    """What is said as an act is done; ``units`` are the rows of the units that the changes name.

    What a merging makes otherwise is told as such; of mends and of the reading of a page, their own acts tell.
    """
    is_merging = label == MERGING
    told = [one for one in changes if is_merging or one.noun not in ACCOUNTED_BY_ACTS]
    return _sayings(told, units, f"“{label}”: " if is_merging else "")


def of_undoing(label: str, changes: Sequence[Change], units: Mapping[str, Row], *, is_redone: bool) -> list[Saying]:
    """What is said as a step is taken back, or done again; the changes are those that were made just now."""
    how = f"{'Done again' if is_redone else 'Undone'}: “{label}”: "
    said = _sayings(changes, units, how)
    if label == MERGING:
        counts: dict[str, int] = {}
        for one in _net(changes):
            counts[one.noun] = counts.get(one.noun, 0) + 1
        detail = ", ".join(f"{count:,} {noun}" for noun, count in counts.items())
        said.append(Saying(INGESTION if is_redone else MODIFICATION, LIBRARY, how + detail))
    return said


def _net(changes: Iterable[Change]) -> list[Change]:
    """Each row once, from its first form to its last, where the two differ."""
    found: dict[tuple[str, str], Change] = {}
    for one in changes:
        first = found.get((one.noun, one.id), one)
        found[one.noun, one.id] = Change(one.noun, one.id, first.before, one.after)
    return [one for one in found.values() if one.before != one.after]


def _sayings(changes: Iterable[Change], units: Mapping[str, Row], how: str) -> list[Saying]:
    parts: dict[str, dict[str, None]] = {}
    binned: set[str] = set()
    net = _net(changes)
    gone = {one.id for one in net if one.noun == "unit" and one.after is None}
    for one in net:
        for object_id, part in _parts(one, units):
            # Of a unit that is gone nothing is said but that.
            if object_id not in gone or (one.noun, one.id) == ("unit", object_id):
                parts.setdefault(object_id, {})[part] = None
        if one.noun == "item" and _is_binned(one.after) and not _is_binned(one.before):
            binned.add(one.id)
    return [
        Saying(DELETION if object_id in binned else MODIFICATION, object_id, how + "; ".join(said))
        for object_id, said in parts.items()
    ]


def _parts(change: Change, units: Mapping[str, Row]) -> list[tuple[str, str]]:
    """The objects that a change is about, each with what is so now."""
    before, after = change.before or {}, change.after or {}
    differing = {name for name in {**before, **after} if before.get(name) != after.get(name)}
    match change.noun:
        case "item":
            return _of_item(change.id, after, differing, units)
        case "unit":
            return _of_unit(change.id, before, after, differing, units)
        case "description":
            return [(change.id, f"described: {said}")] if (said := _elements(before, after)) else []
        case "accession":
            said = ", ".join(
                f"{name.replace('_', ' ')} {_change(before.get(name), after[name])}"
                for name in after
                if name in differing
            )
            return [(change.id, f"accession described: {said}")]
        case "setting":
            what = "levels of description" if change.id == "levels" else change.id
            return [(LIBRARY, f"{what} {'changed' if after else 'as at first'}")]
        case "rule":
            row = after or before
            state = "taken away" if not after else "switched off" if not after["is_on"] else row["fate"]
            return [(LIBRARY, f"rule for {row['site']}: {state}")]
        case "override":
            row = after or before
            return [(row["item_id"], f"a block is now {after['fate']}" if after else "a block is as it was found")]
        case "charset":
            row = after or before
            charset = f"as {after['charset']}, chosen by a person" if after else "as the program finds it"
            return [(row["item_id"], f"read {charset}")]
        case "cleaning":
            return [(change.id, f"cleaned as by cleaner {after['cleaner_version']}")]
        case _:
            return []


def _of_item(id: str, after: Row, differing: set[str], units: Mapping[str, Row]) -> list[tuple[str, str]]:
    said = []
    if "unit_id" in differing:
        place = _place(after["unit_id"], units)
        said.append((id, f"arranged in {place}" if place else "taken out of the arrangement"))
    elif "unit_position" in differing:
        said.append((after["unit_id"], ORDER))
    if "reference_code" in differing:
        said.append(
            (id, f"reference code {after['reference_code']}" if after["reference_code"] else "no reference code")
        )
    if "deleted_at" in differing:
        said.append((id, "moved to the bin" if after["deleted_at"] else "taken out of the bin"))
    return said


def _of_unit(id: str, before: Row, after: Row, differing: set[str], units: Mapping[str, Row]) -> list[tuple[str, str]]:
    if not after:
        return [(id, f"unit taken away: {_called(before)}")]
    place = _place(after["parent_id"], units) or "the arrangement, at the top"
    if not before:
        return [(id, f"unit made: {_called(after)}, in {place}")]
    said = [(id, f"title {_change(before['title'], after['title'])}")] if "title" in differing else []
    said += [(id, words.format(after[name])) for name, words in UNIT_PARTS.items() if name in differing]
    if "parent_id" in differing:
        said.append((id, f"moved into {place}"))
    elif "position" in differing:
        said.append((after["parent_id"], ORDER))
    return said


def _called(unit: Row) -> str:
    return f"{unit['level']} {unit['reference_code']} “{unit['title']}”"


def _place(unit_id: str, units: Mapping[str, Row]) -> str:
    if not unit_id:
        return ""
    return _called(units[unit_id]) if unit_id in units else "a unit that is gone"


def _elements(before: Row, after: Row) -> str:
    """The elements that say something else, each with what was typed of it before and after."""
    was, is_now = (
        {key: said["value"] for key, said in json.loads(row["elements"]).items()} if row else {}
        for row in (before, after)
    )
    return ", ".join(
        f"{one.name.lower()} {_change(was.get(key), is_now.get(key))}"
        for key, one in ELEMENT.items()
        if was.get(key) != is_now.get(key)
    )


def _change(before: Value | None, after: Value | None) -> str:
    """``“1984” → “1984/1986”``; of nothing said a dash."""
    texts = [one if isinstance(one, str) else "; ".join(one or ()) for one in (before, after)]
    return " → ".join(f"“{shortened(text, MOST_SHOWN)}”" if text else "–" for text in texts)


def _is_binned(row: Row | None) -> bool:
    return bool((row or {}).get("deleted_at"))
