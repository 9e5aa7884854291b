"""Long work asked for: rows of a table from which the worker takes them, so that a kill at any moment loses nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from archive_viewer.library import places
from archive_viewer.library.accounts import Choice
from archive_viewer.library.core import new_id, now
from archive_viewer.library.returning import Returning
from archive_viewer.library.values import Changes, Task
from archive_viewer.storage import drafts, tasks
from archive_viewer.storage.bag_reading import Bag
from archive_viewer.text import printable

FINISHED = ("done", "cancelled", "failed")


class Tasks(Returning):
    """The part of a library that remembers what is still to be done."""

    def request_import(self, paths: Sequence[Path], left_out: Collection[str] = ()) -> Task:
        """Ask for files and folders to be taken in, as one accession, but for those files that are left out."""
        absolute = [path.absolute() for path in paths]
        accession = self.begin_accession(absolute)
        names = ", ".join(printable(path.name or str(path)) for path in absolute[:3])
        more = f" and {len(absolute) - 3} more" if len(absolute) > 3 else ""
        arguments = {"paths": [str(path) for path in absolute], "left_out": sorted(left_out)}
        return self._request("import", f"Import {names}{more}", arguments, accession.id)

    def request_rebuild(self) -> Task:
        """Ask for a new index."""
        return self._request("rebuild", "Build the index again")

    def request_fixity(self, item_ids: Sequence[str] | None = None, *, with_sha512: bool = False) -> Task:
        """Ask for the checksums of stored files to be compared, of all or of some pages.

        ``with_sha512``: of those that have no SHA-512 yet, which get one.
        """
        whose = "every stored file"
        if item_ids is not None:
            pages = "1 page" if len(item_ids) == 1 else f"{len(item_ids):,} pages"
            whose = f"the stored files of {pages}"
        arguments: dict[str, Any] = {"with_sha512": with_sha512}
        if item_ids is not None:
            arguments["items"] = list(item_ids)
        act = "Add SHA-512 to" if with_sha512 else "Check"
        return self._request("fixity", f"{act} {whose}", arguments)

    def request_repair(self, place: Path) -> Task:
        """Ask for lost and altered stored files to be put back from a file, or whatever lies in a folder."""
        return self._request(
            "repair", f"Put stored files back from {printable(place.name)}", {"place": str(place.absolute())}
        )

    def request_retry(self, path: str, accession_id: str) -> Task:
        """Ask for a file that an accession could not take, or not whole, to be tried again."""
        name = printable(path.replace("\\", "/").rsplit("/", 1)[-1])
        return self._request("retry", f"Try {name} again", {"path": path, "accession": accession_id})

    def request_events(self, path: Path, **wanted: Any) -> Task:
        """Ask for events to be written as PREMIS XML; which ones is said as to ``export_events``."""
        return self._request("events", f"Events to {printable(path.name)}", {"path": str(path.absolute()), **wanted})

    def request_clean_again(self, item_ids: Sequence[str] | None = None) -> Task:
        """Ask for pages to be cleaned again; None: all that another cleaner has cleaned."""
        count = len(item_ids) if item_ids is not None else self.count_older()
        pages = "1 page" if count == 1 else f"{count:,} pages"
        arguments = {"items": list(item_ids)} if item_ids is not None else {}
        return self._request("clean-again", f"Clean {pages} again", arguments)

    def request_bag(
        self,
        folder: Path,
        *,
        item_ids: Sequence[str] | None = None,
        organization: str = "",
        leave_out_damaged: bool = False,
    ) -> Task:
        """Ask for the whole library, or these items of it, to be written as a bag.

        :raises ExportFailed: there is something at ``folder`` already, or it is the library's own.
        """
        places.require_apart(self.folder, folder)
        drafts.require_free(folder)
        arguments = {
            "folder": str(folder.absolute()),
            "items": list(item_ids) if item_ids is not None else None,
            "organization": organization,
            "leave_out_damaged": leave_out_damaged,
        }
        return self._request("bag", f"Bag to {printable(folder.name)}", arguments)

    def request_bag_import(self, bag: Bag) -> Task:
        """Ask for the files of a proved bag that is none of ours to be taken in, as one accession with its history."""
        accession = self.begin_bag(bag)
        arguments = {"paths": [str(bag.folder.absolute() / "data")], "left_out": []}
        return self._request("import", f"Import {printable(bag.folder.name)}", arguments, accession.id)

    def request_copy(self, folder: Path) -> Task:
        """Ask for the library to be copied into a new folder.

        :raises ExportFailed: there is something at ``folder`` already, or it is the library's own.
        """
        places.require_apart(self.folder, folder)
        drafts.require_free(folder)
        return self._request("copy", f"Copy to {printable(folder.name)}", {"folder": str(folder.absolute())})

    def request_merge(
        self,
        other: Path,
        *,
        choice: Choice | None = None,
        choices: Mapping[tuple[str, str], Choice] | None = None,
        with_duplicates: bool = False,
    ) -> Task:
        """Ask for another library to be taken in; what is chosen is as for ``merge``."""
        arguments = {
            "folder": str(other.absolute()),
            "choice": choice,
            "choices": [[noun, id, chosen] for (noun, id), chosen in (choices or {}).items()],
            "with_duplicates": with_duplicates,
        }
        return self._request("merge", f"Merge {printable(other.name)}", arguments)

    def _request(self, kind: str, label: str, arguments: dict[str, Any] | None = None, accession_id: str = "") -> Task:
        id = new_id()
        with self._database.writing() as connection:
            tasks.add(connection, id, kind, label, arguments or {}, accession_id, now())
        self._tell(Changes(accessions=bool(accession_id), history=False))
        return self.task(id)

    def tasks(self, unfinished: bool = True) -> list[Task]:
        """Long work in the order in which it was asked for; all that ever was, or what is not finished."""
        with self._database.reading() as connection:
            return [_task(row) for row in tasks.listed(connection, unfinished)]

    def task(self, id: str) -> Task:
        return next(task for task in self.tasks(unfinished=False) if task.id == id)

    def set_task_state(self, id: str, state: str, message: str = "") -> None:
        """What the worker says of a task; the accession of an import goes along."""
        task = self.task(id)
        with self._database.writing() as connection:
            tasks.set_state(connection, id, state, message, now() if state in FINISHED else "")
            if task.accession_id:
                self.set_accession_state(task.accession_id, "cancelled" if state == "failed" else state)
        self._tell(Changes(accessions=bool(task.accession_id), history=False))

    def cancel_task(self, id: str) -> None:
        """Stop a task, whether it waits or runs; what it did until now is kept."""
        if self.task(id).state not in FINISHED:
            self.set_task_state(id, "cancelled", "Stopped.  What was done until then is kept.")


def _task(row: Mapping[str, Any]) -> Task:
    return Task(
        row["id"],
        row["kind"],
        row["label"],
        row["state"],
        row["accession_id"],
        row["message"],
        row["created_at"],
        row["finished_at"],
        json.loads(row["arguments"]),
    )
