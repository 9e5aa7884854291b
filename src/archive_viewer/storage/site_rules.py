"""Rules for sites: what a person decided for every page of one.

Rules in and out.  They are rows of the journal; what they do to the pages is derived from them, and kept nowhere.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from archive_viewer.model import Fate, Likeness, SiteRule


def row_of(rule: SiteRule) -> dict[str, Any]:
    """The row of a rule, as the journal keeps it."""
    return {
        "site": rule.site,
        "fate": rule.fate.value,
        "likeness": rule.likeness.value,
        "keys": json.dumps(rule.keys, ensure_ascii=False),
        "sample": rule.sample,
        "is_on": int(rule.is_on),
        "created_at": rule.created_at,
    }


def get(connection: sqlite3.Connection, id: str) -> SiteRule | None:
    row = connection.execute("SELECT * FROM site_rule WHERE id = ?", (id,)).fetchone()
    return _rule(row) if row is not None else None


def of_site(connection: sqlite3.Connection, site: str) -> list[SiteRule]:
    """The rules of a site, those that are switched off too, the earliest first."""
    rows = connection.execute("SELECT * FROM site_rule WHERE site = ? ORDER BY created_at, rowid", (site,))
    return [_rule(row) for row in rows]


def of_library(connection: sqlite3.Connection) -> list[SiteRule]:
    """Every rule, site by site, the earliest first."""
    return [_rule(row) for row in connection.execute("SELECT * FROM site_rule ORDER BY site, created_at, rowid")]


def _rule(row: sqlite3.Row) -> SiteRule:
    return SiteRule(
        id=row["id"],
        site=row["site"],
        fate=Fate(row["fate"]),
        likeness=Likeness(row["likeness"]),
        keys=tuple(json.loads(row["keys"])),
        sample=row["sample"],
        is_on=bool(row["is_on"]),
        created_at=row["created_at"],
    )
