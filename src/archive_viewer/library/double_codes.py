"""One reference code, two units: told before two libraries are merged, parted where that is wished, told afterwards.

The units of both libraries in, clashes and new codes out.  Separate from the merging, which goes row by row: here two
rows of different ids get in each other's way.  A code may have been cited, so both keep theirs unless it is said
which shall be numbered anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive_viewer.library.accounts import Choice, Conflict
from archive_viewer.library.core import Recorder
from archive_viewer.library.numbering import Codes
from archive_viewer.library.values import Attention
from archive_viewer.storage import double_codes, library_settings, rows, units
from archive_viewer.storage.database import Connection
from archive_viewer.storage.transfers import Seen

NOUN = "code"
"""What a clash of codes is called among the conflicts; its id is that of the unit of the other library."""


@dataclass(frozen=True)
class Clash:
    """A unit that comes, or comes otherwise, and the units here, by id with their titles, that bear its code."""

    code: str
    id: str
    title: str
    ours: Mapping[str, str]

    @property
    def conflict(self) -> Conflict:
        """Ours: the unit of the other library is numbered anew; theirs: those here; both, unless it is said: none."""
        here, there = {"title": "; ".join(self.ours.values())}, {"title": self.title}
        return Conflict(NOUN, self.id, self.code, here, there, default="both")


def clashes(here: Connection, found: Iterable[Seen]) -> list[Clash]:
    """The clashes of those units among these rows that are not the same here, the widest first."""
    known = double_codes.units_by_code(here)
    told = []
    for one in found:
        if one.noun == "unit" and (one.here or {}).get("reference_code") != (code := one.there["reference_code"]):
            ours = {id: title for id, title in known.get(code, {}).items() if id != one.id}
            if ours:
                told.append(Clash(code, one.id, one.there["title"], ours))
    return sorted(told, key=lambda clash: (clash.code.count("/"), clash.code))


def part(act: Recorder, found: Iterable[Clash], choices: Mapping[str, Choice]) -> None:
    """Number units anew, with all below whose codes begin as theirs, where that was chosen by the clash's id, and
    nothing that was numbered before has parted the two already."""
    for clash in found:
        choice = choices.get(clash.id, "both")
        given_up = {"ours": [clash.id], "theirs": list(clash.ours), "both": []}[choice]
        for id in given_up:
            row = rows.get(act.connection, "unit", id)
            if row is not None and len(double_codes.units_by_code(act.connection)[row["reference_code"]]) > 1:
                _number(act, id)


def _number(act: Recorder, id: str) -> None:
    connection = act.connection
    unit = units.row_of(connection, id) or {}
    parent = units.row_of(connection, unit["parent_id"]) or {"reference_code": ""}
    codes = Codes(connection, parent["reference_code"])
    code = codes.next_of_unit()
    while units.codes_below(connection, codes.whole(code)):
        # Something that stood there once, or stands in the bin, has kept its code.
        code = codes.next_of_unit()
    before, after = unit["reference_code"], codes.whole(code)
    tree = [row["id"] for row in units.rows_below(connection, unit["path"])]
    of_units = rows.get_many(connection, "unit", tree)
    of_units[id]["code"] = code
    of_items = rows.get_many(connection, "item", units.items_in(connection, tree))
    act.put_all(
        (noun, other, {**row, "reference_code": after + row["reference_code"][len(before) :]})
        for noun, some in (("unit", of_units), ("item", of_items))
        for other, row in some.items()
        if other == id or row["reference_code"].startswith(f"{before}/")
    )


def troubles(connection: Connection) -> list[Attention]:
    """What an archivist should look at: a line for each code of several units, and one for all pages."""
    prefix = library_settings.repository(connection).prefix
    found = [
        Attention(
            "double-code",
            f"{len(titles)} units bear the reference code “{prefix}{code}”: “{'”, “'.join(titles)}”.  "
            "Give one of them another code, or renumber what they stand in.",
        )
        for code, titles in double_codes.of_units(connection).items()
    ]
    if count := double_codes.count_items(connection):
        pages = "1 page bears" if count == 1 else f"{count:,} pages bear"
        found.append(
            Attention(
                "double-code",
                f"{pages} a reference code that something else bears too.  Renumber the unit that they stand in.",
            )
        )
    return found
