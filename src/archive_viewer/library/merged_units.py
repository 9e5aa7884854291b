"""Units of two libraries in one tree: what a merging would write comes in, a refusal where a unit would hold itself.

Separate from ``merging``, which goes over every kind of thing: only units stand in one another.
"""

from __future__ import annotations

from collections.abc import Iterable

from archive_viewer.errors import BadArrangement
from archive_viewer.history import Row
from archive_viewer.storage import units
from archive_viewer.storage.database import Connection


def require_tree(here: Connection, wanted: Iterable[tuple[str, str, Row | None]]) -> None:
    """See to it that no unit comes to stand in itself: each library may have moved one of two into the other.

    :raises BadArrangement: one would.
    """
    above = units.parents(here)
    coming = {id: row for noun, id, row in wanted if noun == "unit" and row is not None}
    above.update((id, row["parent_id"]) for id, row in coming.items())
    well = {""}
    for id in above:
        way: dict[str, None] = {}
        while id not in well:
            if id in way:
                title = (
                    coming[id]["title"] if id in coming else next(coming[one]["title"] for one in way if one in coming)
                )
                raise BadArrangement(
                    f"The unit “{title}” would come to stand in itself, because both libraries moved units.  Let the "
                    "units that differ be as they are in one and the same library."
                )
            way[id] = None
            id = above.get(id, "")
        well.update(way)
