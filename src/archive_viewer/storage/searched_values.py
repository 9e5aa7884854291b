"""What the items outside the bin have in the fields that queries name, each with the number of items.

A field's name in, values and counts out, the most frequent first.
"""

from __future__ import annotations

import sqlite3

from archive_viewer.storage import items

HERE = items.HERE
VALUES: dict[str, str] = {
    "author": f"SELECT author.value AS value FROM item, json_each(item.authors) AS author WHERE {HERE}",
    "site": f"SELECT site AS value FROM item WHERE {HERE}",
    "language": f"SELECT language AS value FROM item WHERE {HERE}",
    "format": f"SELECT format AS value FROM item WHERE {HERE}",
    "series": f"SELECT unit.series AS value FROM item JOIN unit ON unit.id = item.unit_id WHERE {HERE}",
    "accession": "SELECT accession.number AS value FROM item JOIN accession ON accession.id = item.accession_id "
    f"WHERE {HERE}",
    # Search knows no years but those of four digits.
    "published": f"SELECT substr(published_key, 1, 4) AS value FROM item WHERE {HERE} "
    "AND published_key GLOB '[0-9][0-9][0-9][0-9]*'",
    "captured": f"SELECT substr(captured_at, 1, 4) AS value FROM item WHERE {HERE}",
    "link": "SELECT relation AS value FROM link",
}


def counted(connection: sqlite3.Connection, field: str) -> list[tuple[str, int]]:
    """The values of a field; none for a field that is only of words."""
    if field == "tag":
        return sorted(items.tags(connection), key=lambda tag: -tag[1])
    if field not in VALUES:
        return []
    rows = connection.execute(
        f"SELECT value, count(*) AS found FROM ({VALUES[field]}) WHERE value != '' GROUP BY value "
        "ORDER BY found DESC, value"
    )
    return [(row["value"], row["found"]) for row in rows]
