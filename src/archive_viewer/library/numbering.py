"""Reference codes below one unit: which are in use, and which come next.

A unit's reference code in, codes of what stands in it out.  A code that something holds that has moved away since is
in use still.
"""

from __future__ import annotations

from collections.abc import Set

from archive_viewer.errors import BadArrangement
from archive_viewer.storage import units
from archive_viewer.storage.database import Connection

DIGITS = 3
"""The least length of an item's number, so that lists in other programs sort as they should."""


class Codes:
    """The codes directly below a unit with the reference code ``above`` (``""``: at the top).

    Numbers go on behind the highest in use.  Where ``given_up`` names reference codes that are to be given anew, they
    begin at 1 and pass over those that others hold.
    """

    def __init__(self, connection: Connection, above: str, given_up: Set[str] | None = None) -> None:
        self._above = above
        used = units.codes_below(connection, above) if above else units.all_codes(connection)
        begin = len(self.whole(""))
        self._used = {code[begin:] for code in used - (given_up or set()) if "/" not in code[begin:]}
        self._numbers = {int(code) for code in self._used if is_number(code)}
        self._last = max(self._numbers, default=0) if given_up is None else 0

    def whole(self, code: str) -> str:
        """The reference code that a code gives here."""
        return f"{self._above}/{code}" if self._above else code

    def is_free(self, code: str) -> bool:
        return code not in self._used

    def claim(self, code: str) -> str:
        """Take a code that a person, or the unit until now, gives.

        :raises BadArrangement: it is empty or in use.
        """
        if not code:
            raise BadArrangement("The code of a unit cannot be empty.")
        if not self.is_free(code):
            raise BadArrangement(f"The reference code “{self.whole(code)}” is in use.")
        self._used.add(code)
        if is_number(code):
            self._numbers.add(int(code))
        return code

    def next_of_unit(self) -> str:
        """The next number that neither a unit nor an item has."""
        self._last += 1
        while self._last in self._numbers:
            self._last += 1
        return self.claim(str(self._last))

    def next_of_item(self) -> str:
        """The same for an item, in as many digits as all items have (``001``)."""
        return f"{self.next_of_unit():0>{DIGITS}}"


def is_number(code: str) -> bool:
    """Whether a code is a number, as the program gives it."""
    return code.isascii() and code.isdigit()
