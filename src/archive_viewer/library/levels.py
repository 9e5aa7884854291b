"""What is settled once for a whole library: the names of its levels of description, and the repository that holds it.

Keys and names in and out; each act is one step.
"""

from __future__ import annotations

from archive_viewer.errors import BadArrangement
from archive_viewer.library.concordance import Concording
from archive_viewer.model import Repository
from archive_viewer.storage import library_settings, units
from archive_viewer.storage.database import Connection
from archive_viewer.text import fold, one_line

ITEM_LEVEL = "item"
"""The level of the items themselves: no unit has it."""


class Levels(Concording):
    """The part of a library that knows its own words."""

    # -- levels -------------------------------------------------------------------------------------------------

    def levels(self) -> dict[str, str]:
        """The levels of description: key → name shown, the widest first."""
        with self._database.reading() as connection:
            return library_settings.levels(connection)

    def rename_level(self, key: str, name: str) -> None:
        """Show a level by another name.

        :raises BadArrangement: there is no such level, or the name is empty.
        """
        with self._recording("Rename Level") as act:
            self._require_level(act.connection, key)
            renamed = {**library_settings.levels(act.connection), key: _level_name(name)}
            act.put("setting", "levels", library_settings.row_of(list(renamed.items())))

    def add_level(self, name: str, after: str = "") -> str:
        """Add a level behind another (``""``: as the narrowest); gives its key.

        :raises BadArrangement: there is a level of that name, no such level to stand behind, or the name is empty.
        """
        with self._recording("Add Level") as act:
            present = library_settings.levels(act.connection)
            shown = _level_name(name)
            key = "-".join(fold(shown).split())
            if key in (*present, ITEM_LEVEL) or shown in present.values():
                raise BadArrangement(f"There is a level “{shown}” already.")
            if after:
                self._require_level(act.connection, after)
            ordered = list(present.items())
            place = list(present).index(after) + 1 if after else len(ordered)
            ordered.insert(place, (key, shown))
            act.put("setting", "levels", library_settings.row_of(ordered))
            return key

    def remove_level(self, key: str) -> None:
        """Take a level away that no unit has.

        :raises BadArrangement: there is no such level, or a unit has it.
        """
        with self._recording("Remove Level") as act:
            self._require_level(act.connection, key)
            present = library_settings.levels(act.connection)
            if units.level_counts(act.connection).get(key) or len(present) == 1:
                raise BadArrangement(f"The level “{present[key]}” is in use.")
            kept = [(other, name) for other, name in present.items() if other != key]
            act.put("setting", "levels", library_settings.row_of(kept))

    def _require_level(self, connection: Connection, key: str) -> None:
        known = library_settings.levels(connection)
        if key not in known:
            raise BadArrangement(f"There is no level “{key}”; there are {', '.join(known)}.")

    # -- the repository -----------------------------------------------------------------------------------------

    def repository(self) -> Repository:
        """The institution that holds the material, as far as it was said."""
        with self._database.reading() as connection:
            return library_settings.repository(connection)

    def set_repository(self, repository: Repository) -> None:
        """Say which institution holds the material; its country and code stand in front of every reference code.

        :raises BadArrangement: the country is not two letters (ISO 3166-1).
        """
        country = one_line(repository.country).upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise BadArrangement("A country is said by two letters, such as GB or DE.")
        said = {"country": country, "code": one_line(repository.code), "name": one_line(repository.name)}
        with self._recording("Change Repository") as act:
            act.put("setting", "repository", library_settings.row_of(said))


def _level_name(name: str) -> str:
    if not (given := one_line(name)):
        raise BadArrangement("A level needs a name.")
    return given
