"""Reading a page again in the character set that a person chose, and all that hangs on a page's text with it.

An item's id and a label in, the item as it is read now out.  The journal holds the choice alone; what follows from it
(article, facts, the places of marks) is read from the stored file, or comes back from the readings that were kept.
Separate from the intake because nothing comes in: the same bytes are looked at with other eyes.
"""

from __future__ import annotations

from dataclasses import replace

from archive_viewer import anchoring, cleaning, limits, readers
from archive_viewer.charset import require_known
from archive_viewer.cleaning import CLEANER_VERSION, mending
from archive_viewer.errors import LibraryReadOnly, OriginalAltered, OriginalMissing, StepConflict
from archive_viewer.history import Row
from archive_viewer.labels import spelled
from archive_viewer.library import foreign_marks
from archive_viewer.library.addresses import address_key
from archive_viewer.library.byte_places import BytePlaces
from archive_viewer.library.intake import Intake, describe
from archive_viewer.library.values import Glimpse
from archive_viewer.model import AnchorState, Annotation, Article, Capture, Fact, Item, Source
from archive_viewer.storage import articles, marks, readings
from archive_viewer.storage.database import Connection
from archive_viewer.storage.readings import Version
from archive_viewer.text import one_line

GLIMPSED = 12
"""Lines of a text that are shown while a person chooses: what fills a small pane."""


TOLD_BY_THE_WHOLE_FILE = ("requested_url", "fixity")
"""Facts that a page alone, which is all that is read again, does not tell."""


class Rereading(Intake):
    """The part of a library that reads what it holds once more."""

    def charset_chosen(self, item_id: str) -> str:
        """The character set that a person chose for an item; ``""``: it is read as the program finds it.

        :raises UnknownId: there is no such item.
        """
        with self._database.reading() as connection:
            return readings.charset_chosen(connection, self.item(item_id).id)

    def reread(self, item_id: str, charset: str = "") -> Item:
        """Read an item again in a character set, given by any of its labels; ``""``: as the program finds it.

        Article and facts are made anew, mends and marks are carried over to where their words stand now.

        :raises UnknownId: there is no such item.
        :raises CharsetRefused: there is no such set, it is not read, or the bytes are no text in it.
        :raises OriginalMissing: the stored file is gone.
        :raises OriginalAltered: the stored file is not as it came in.
        :raises FileRefused: the stored file cannot be read any more.
        """
        name = require_known(charset) if charset.strip() else ""
        item = self.item(item_id)
        before = self.charset_chosen(item_id)
        if name == before:
            return item
        if not self.is_writable:
            raise LibraryReadOnly(self.folder, self.why_read_only)
        # Read before anything is locked: a page of fifty megabytes takes its time.
        fresh, article = self._read(item, name)
        reading = readings.pack(fresh, address_key(fresh.url), article)
        with self._recording(f"Read Again as {spelled(name)}" if name else "Read Again as Found") as act:
            readings.keep(act.connection, item_id, name, reading)
            # Another act may have come between, as an undo does while a long page is being read.
            present = self.item(item_id)
            choice = {"item_id": item_id, "charset": name} if name else None
            cleaned = {"cleaner_version": article.cleaner_version}
            rows = self._carried(act.connection, present, fresh, article)
            act.put_all([("charset", item_id, choice), ("cleaning", item_id, cleaned), *rows])
            how = f"read again as {spelled(name)}, chosen by a person" if name else "read again as the program finds it"
            detail = f"{how}; it was read as {spelled(present.charset)}"
            self._happened(act.connection, "metadata modification", item_id, detail=detail)
            return self.item(item_id)

    def glimpse(self, item_id: str, charset: str = "") -> Glimpse:
        """How an item would begin in a character set; nothing is changed, and no more than the beginning is read.

        :raises: as ``reread``, but that the stored file's checksum is not compared.
        """
        name = require_known(charset) if charset.strip() else ""
        item = self.item(item_id)
        saved = self.saved_file(item_id)
        if item.payload_sha256 == item.sha256:
            saved = readers.beginning_of(saved, limits.GLIMPSE_BYTES)
        capture = readers.find_capture(replace(saved, charset=name), item.locator)
        article = cleaning.clean(replace(capture, data=capture.data[: limits.GLIMPSE_BYTES]))
        lines = [line for block in article.kept if (line := one_line(block.text))]
        title = article.title.value if article.title is not None else ""
        return Glimpse(one_line(title), tuple(lines[:GLIMPSED]), capture.charset)

    def _read(self, item: Item, charset: str) -> tuple[Item, Article]:
        """The item as it would be in a character set, and its article, from the stored bytes."""
        state = self._originals.check(item.sha256)
        if state == "missing":
            raise OriginalMissing(item.sha256, item.file_name)
        if state != "ok":
            raise OriginalAltered(item.sha256, item.file_name)
        saved = replace(self.saved_file(item.id), charset=charset)
        capture = _with_what_lay_around(readers.find_capture(saved, item.locator), item)
        article = cleaning.clean(capture)
        described = describe(capture, article, saved, item.sha256, item.original_order)
        return replace(described, id=item.id, format=item.format), article

    def _switch_reading(self, connection: Connection, item_id: str, before: Version, after: Version) -> None:
        """Let another reading become what the item is; it is read anew where it was not kept.

        :raises StepConflict: it was not kept, and no program can make it any more.
        """
        if readings.take(connection, item_id, before, after):
            return
        if after.cleaner_version not in (None, CLEANER_VERSION):
            raise StepConflict(f"What cleaner {after.cleaner_version} made of this page is not kept any more.")
        charset = readings.charset_chosen(connection, item_id) if after.charset is None else after.charset
        item, article = self._read(self.item(item_id), charset)
        readings.keep(connection, item_id, charset, readings.pack(item, address_key(item.url), article))
        readings.take(connection, item_id, before, Version(charset, article.cleaner_version))

    # -- what hangs on the text -----------------------------------------------------------------------------------

    def _carried(
        self, connection: Connection, before: Item, now: Item, present: Article
    ) -> list[tuple[str, str, Row | None]]:
        """The rows of mends and marks, brought to the same bytes in the present text wherever that is certain.

        A mark that cannot be carried keeps its words, and is found by them or goes to the tray.
        """
        made, overrides = marks.of_item(connection, now.id), articles.overrides(connection, now.id)
        former = articles.get(connection, now.id) if made or overrides else None
        if former is None:
            return []
        places = BytePlaces(former, before.charset, present, now.charset)
        mends = dict(overrides)
        for id, override in overrides.items():
            n = mending.find(former, override)
            if n is not None and places.same_block(n) is not None:
                mends[id] = mending.describe(present, n, override.fate)
        read_before, read_now = (
            mending.apply(self._ruled(connection, now.id, article), laid_over.values())
            for article, laid_over in ((former, overrides), (present, mends))
        )
        found = anchoring.resolve_all([mark.target for mark in made], read_before)
        moved = [_moved(mark, one, places, read_before, read_now) for mark, one in zip(made, found, strict=True)]
        carried = {mark.id: mark for mark in moved}
        carried |= {mark.id: mark for mark in foreign_marks.read_anew(moved, now.id, read_now)}
        return [
            *(("override", id, articles.override_row(now.id, override)) for id, override in mends.items()),
            *(("annotation", mark.id, marks.row_of(mark)) for mark in carried.values()),
        ]


def _moved(
    mark: Annotation, found: anchoring.Resolution, places: BytePlaces, before: Article, now: Article
) -> Annotation:
    """A mark on the same bytes; one that was not in its place waits for a person, and does so still."""
    if found.state is not AnchorState.PLACED or found.start is None or found.end is None:
        return mark
    passage = places.passage(before, found.start, found.end, now)
    return replace(mark, target=anchoring.describe(now, *passage)) if passage is not None else mark


def _with_what_lay_around(capture: Capture, item: Item) -> Capture:
    """A page read from the store, with what only a reading of the whole file could tell, or the place from which it
    came: the redirect that led to it, its archive's digests; its library, the system's marks."""
    known = {
        name: Fact(fact.value, fact.source, fact.origin, fact.doubt)
        for name, fact in item.facts.items()
        if isinstance(fact.value, str)
        and name not in ("format", "title")
        and (fact.source is Source.SYSTEM or fact.origin in readers.LIBRARY_LISTS or name in TOLD_BY_THE_WHOLE_FILE)
    }
    url, captured_at = known.pop("url", None), known.pop("captured_at", None)
    return replace(
        capture,
        url=url if url and (capture.url is None or capture.url.source is Source.INFERRED) else capture.url,
        captured_at=captured_at or capture.captured_at,
        facts={**known, **capture.facts},
    )
