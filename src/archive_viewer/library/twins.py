"""A page that both libraries hold under ids of their own: what was made of it there goes to the page here.

The rows of the page here and there in, the row as it would be out.  Pure, and separate from the merging because here
two things become one: nothing that was said of either may be lost on the way.
"""

from __future__ import annotations

import json

from archive_viewer.history import Row


def joined(ours: Row, theirs: Row) -> Row:
    """The page as it would be if the other library's word held: where that has none, ours does; tags are joined."""
    placed = theirs if theirs["unit_id"] else ours
    is_alike = bool(ours["deleted_at"]) == bool(theirs["deleted_at"])
    return {
        "tags": tags(ours["tags"], theirs["tags"]),
        "deleted_at": (ours if is_alike else theirs)["deleted_at"],
        "unit_id": placed["unit_id"],
        "unit_position": (ours if placed["unit_id"] == ours["unit_id"] else placed)["unit_position"],
        "reference_code": theirs["reference_code"] or ours["reference_code"],
    }


def is_for_a_person(ours: Row, joined: Row) -> bool:
    """Whether the two say different things: another place or reference code, or only one lies in the bin."""
    told = ("unit_id", "reference_code")
    return ours["deleted_at"] != joined["deleted_at"] or any(ours[name] and ours[name] != joined[name] for name in told)


def carried(ours: Row, theirs: Row) -> Row:
    """What goes to the page here in any case: the tags, and a place and a reference code where it has none."""
    wanted = joined(ours, theirs)
    row = {**ours, "tags": wanted["tags"], "reference_code": ours["reference_code"] or wanted["reference_code"]}
    if not ours["unit_id"] and not is_for_a_person(ours, wanted):
        row.update(unit_id=wanted["unit_id"], unit_position=wanted["unit_position"])
    return row


def tags(ours: str, theirs: str) -> str:
    """The tags of both, ours first; each a list in JSON."""
    return json.dumps(list(dict.fromkeys([*json.loads(ours), *json.loads(theirs)])), ensure_ascii=False)
