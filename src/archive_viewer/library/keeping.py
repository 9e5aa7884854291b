"""Accessions described: who gave the material, who had it before, what is to be said of it, what it adds to.

An accession's id or number in, the accession out.  Separate from the intake, which makes accessions as files come in:
here a person says of them what no file states.
"""

from __future__ import annotations

from archive_viewer.errors import BadAccount
from archive_viewer.library.deaccessioning import Deaccessioning
from archive_viewer.model import Accession
from archive_viewer.storage import accessions, rows


class Keeping(Deaccessioning):
    """The part of a library that accounts for where its holdings come from."""

    def change_accession(
        self,
        name: str,
        *,
        acquired_from: str | None = None,
        custodial_history: str | None = None,
        note: str | None = None,
        accrues_to: str | None = None,
    ) -> Accession:
        """Say something of an accession, named by its id or number; None leaves a part as it is.

        ``accrues_to`` names the earlier accession that this one adds to; an empty one: none.

        :raises UnknownId: there is no such accession.
        :raises BadAccount: it would add to itself, or to a later one.
        """
        with self._recording("Change Accession") as act:
            accession = self.accession(name)
            wanted = {
                "acquired_from": acquired_from,
                "custodial_history": custodial_history,
                "note": note,
                "accrues_to": self._earlier(accession, accrues_to) if accrues_to is not None else None,
            }
            row = rows.get(act.connection, "accession", accession.id) or {}
            said = {column: value.strip() for column, value in wanted.items() if value is not None}
            act.put("accession", accession.id, {**row, **said})
            return accessions.get(act.connection, accession.id)

    def accruals(self, name: str) -> list[Accession]:
        """The later accessions that add to one, in the order in which they came.

        :raises UnknownId: there is no such accession.
        """
        id = self.accession(name).id
        return [one for one in reversed(self.accessions()) if one.accrues_to == id]

    def _earlier(self, accession: Accession, name: str) -> str:
        if not name:
            return ""
        all_of_them = [one.id for one in self.accessions()]
        other = self.accession(name)
        # The list has the newest first.
        if all_of_them.index(other.id) <= all_of_them.index(accession.id):
            raise BadAccount(
                f"Accession {accession.number} cannot add to {other.number}; an accrual joins an earlier accession."
            )
        return other.id
