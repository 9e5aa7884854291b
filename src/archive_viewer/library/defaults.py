"""What a description says where nobody said anything: each value with why it is so.

A unit's row or an item in, facts by element out.  Separate from the acts, because these are computed whenever they are
shown and never stored: they follow what the library holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive_viewer.library.sorting import Sorting
from archive_viewer.model import Fact, Item, Source, Value
from archive_viewer.storage import accessions, articles, descriptions, library_settings, stored_files
from archive_viewer.storage.database import Connection

FROM_ARRANGEMENT = "the arrangement"


class Defaults(Sorting):
    """The part of a library that knows what is so unless it is said otherwise."""

    def _defaults_of_unit(self, connection: Connection, row: Mapping[str, Any]) -> dict[str, Fact[Value]]:
        prefix = library_settings.repository(connection).prefix
        levels = library_settings.levels(connection)
        pages, size, first, last, languages = descriptions.holdings_below(connection, row["id"])
        found = {
            "reference_code": _system(f"{prefix}{row['reference_code']}", FROM_ARRANGEMENT),
            "level": _system(levels.get(row["level"], row["level"]), FROM_ARRANGEMENT),
            "access": _system("Open", "nothing says otherwise"),
        }
        if pages:
            # Of a unit in which nothing stands yet, the extent is not known; it is not nothing.
            extent = f"{_counted(pages, 'page')}, {_counted(size, 'byte')}"
            found["extent"] = _system(extent, "counted over all that stands in it")
        if first:
            span, why = f"{first}/{last}", "the first and the last capture of what stands in it"
            if first == last:
                span, why = first, "the capture date of all that stands in it"
            found["dates"] = Fact(span, Source.INFERRED, why)
        if languages:
            found["language"] = Fact(languages, Source.INFERRED, "the languages of what stands in it")
        return found

    def _defaults_of_item(self, connection: Connection, item: Item) -> dict[str, Fact[Value]]:
        created_at, source = accessions.origin(connection, item.accession_id)
        size = sum(original.size for _, original in stored_files.files(connection, item.id))
        words = len(articles.text(connection, item.id).split())
        found = {
            "level": _system("Item", "a page is the smallest thing described"),
            "extent": _system(
                f"{_counted(size, 'byte')}, {_counted(words, 'word')}; {item.media_type}", "counted in its files"
            ),
            "acquisition": _system(
                f"Accession {item.accession}, {created_at[:10]}, from {', '.join(source)}", "the accession"
            ),
            "access": _system("Open", "nothing says otherwise"),
            "type": _system(["Text"], "a saved page"),
        }
        if item.reference_code:
            found["reference_code"] = _system(item.reference_code, FROM_ARRANGEMENT)
        if not item.authors and item.site:
            found["author"] = Fact([item.site], Source.INFERRED, "the site, because no author is named")
        return found


def _system(value: Value, why: str) -> Fact[Value]:
    return Fact(value, Source.SYSTEM, why)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
