"""Captures of one address, and other groups of a list: computed from what the items say, never stored as a thing.

Ids in, groups and dates out.  Separate from the rest of reading because a list of a hundred thousand asks here, and
each question is one query whatever the length of the list.
"""

from __future__ import annotations

from collections.abc import Sequence

from archive_viewer.library.addresses import address_key
from archive_viewer.library.core import Core
from archive_viewer.library.values import CaptureDate, Group
from archive_viewer.model import Item
from archive_viewer.storage import items


class Captures(Core):
    """The part of a library that knows what belongs together."""

    def items_at(self, url: str) -> list[Item]:
        """The pages saved from a web address, the earliest capture first; what lies in the bin is left out.

        Two addresses are the same where ``addresses.address_key`` says so.
        """
        key = address_key(url)
        with self._database.reading() as connection:
            return items.get_many(connection, items.at_address(connection, key)) if key else []

    def captures(self, item_id: str) -> list[CaptureDate]:
        """All captures of an item's address, the earliest first, the item among them; none for a page without address.

        What lies in the bin is left out, unless it is the item itself.
        """
        with self._database.reading() as connection:
            return [CaptureDate(*row) for row in items.captures_of(connection, item_id)]

    def capture_counts(self, ids: Sequence[str]) -> dict[str, int]:
        """How many captures the addresses of these items have; items that are alone at theirs are left out."""
        with self._database.reading() as connection:
            return items.capture_counts(connection, ids)

    def groups(self, ids: Sequence[str], by: str) -> list[Group]:
        """These items put together by ``site``, ``accession`` or ``address``, groups in the order of their first item.

        Within a group the order stays, but captures of one address stand from the newest to the oldest, those without a
        date last; pages without an address are groups of one.
        """
        with self._database.reading() as connection:
            known = items.group_keys(connection, ids, by)
        members: dict[str, list[str]] = {}
        for id in ids:
            name = known[id][0] if id in known else ""
            members.setdefault(name or (f"\0{id}" if by == "address" else ""), []).append(id)
        if by == "address":
            for captures in members.values():
                captures.sort(key=lambda id: known[id][1] if id in known else "", reverse=True)
        return [Group("" if name.startswith("\0") else name, tuple(found)) for name, found in members.items()]
