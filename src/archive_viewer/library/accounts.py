"""What packing, copying, merging and going back tell: how much went where, and what was not as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from archive_viewer.errors import BadAccount

Choice = Literal["ours", "theirs", "both"]
"""Which of two differing things holds; both: a mark, a link, a rule or a saved search is there twice, tags are joined,
a reference code is borne by two units."""


@dataclass(frozen=True)
class Packed:
    """A bag, a copy of a library, or a library made from a bag: how many stored files are in it, with how many bytes.

    ``damaged``: digest → name of the stored files that are lost or altered; a bag leaves them out.
    """

    folder: Path
    files: int
    size: int
    damaged: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GivenBack:
    """Items whose files were written out: those of one saved file, and where its files are now.

    ``damage``: why they were left out, in a sentence; then there are no paths.
    """

    item_ids: tuple[str, ...]
    paths: tuple[Path, ...]
    damage: str = ""


@dataclass(frozen=True)
class Difference:
    """What going back to a copy would do to the things of one kind.

    ``kind``: item, annotation, note, link, override, charset, rule …; ``lost``: those here now and not in the copy;
    ``regained``: those in the copy and not here; ``changed``: those that would be as they were.
    """

    kind: str
    lost: int
    regained: int
    changed: int


@dataclass(frozen=True)
class Conflict:
    """A thing that both libraries have under one id and that is not the same; ``here`` and ``there`` say what differs.

    ``noun``: item, annotation, link, override, charset, rule …; ``title``: the page's, or what the thing is called.
    ``level``: the name of one level.  ``code``: a reference code of a unit there, by whose id it goes, that
    another unit bears here: where ours holds, theirs is numbered anew, and the other way round.
    ``default``: what is done where nobody says anything; of all others it must be said.
    """

    noun: str
    id: str
    title: str
    here: Mapping[str, object]
    there: Mapping[str, object]
    default: Choice | None = None


@dataclass(frozen=True)
class MergePlan:
    """What merging another library would bring: ``new`` and ``same`` by noun, and what a person has to decide.

    ``duplicates``: pages of the other library, by id, whose very files are here as the page with the other id.
    ``renumbered``: numbers of accessions that are taken here, with those that they get.
    ``lost``: digest → name of stored files that the other library has lost, and that are not here either.
    ``size``: the bytes that come.  ``given_up``: id → title of pages that were deaccessioned here, and do not come.
    ``doubled``: after a merging, the reference codes that more than one unit bears.  ``titles``: those of duplicates.
    """

    folder: Path
    new: Mapping[str, int]
    same: Mapping[str, int]
    conflicts: tuple[Conflict, ...]
    duplicates: Mapping[str, str]
    renumbered: Mapping[str, str]
    lost: Mapping[str, str]
    size: int = 0
    given_up: Mapping[str, str] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def require_known(self, choices: Iterable[tuple[str, str]]) -> None:
        """See to it that what was chosen, by nouns and ids, is to be chosen.

        :raises BadAccount: there is no such conflict.
        """
        known = {(one.noun, one.id) for one in self.conflicts}
        for noun, id in choices:
            if (noun, id) not in known:
                raise BadAccount(f"There is no conflict “{noun}:{id}” between these libraries.  Nothing was merged.")
