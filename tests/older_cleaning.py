"""Pages as an older cleaner left them: what is stored is changed behind the library's back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from archive_viewer.model import Article, Block, Fate, Kind, Reason
from archive_viewer.storage import articles, outdated, stale

OLDER = "0"


def made_by_older_cleaner(
    folder: Path, item_id: str, change: Callable[[Article], Article] = lambda article: article
) -> None:
    """Let an item's article be what ``change`` makes of it, by a cleaner of another version."""
    with closing(sqlite3.connect(folder / "library.db")) as connection:
        connection.row_factory = sqlite3.Row
        present = articles.get(connection, item_id)
        assert present is not None
        older = replace(change(present), cleaner_version=OLDER)
        articles.put(connection, item_id, older)
        outdated.add(connection, [item_id])
        stale.add(connection, [item_id])
        connection.commit()


def without(words: str) -> Callable[[Article], Article]:
    """A cleaner that strips the blocks with these words."""

    def strip(block: Block) -> Block:
        is_meant = words in block.text
        return replace(block, fate=Fate.STRIPPED, reason=Reason.OTHER) if is_meant else block

    return lambda article: replace(article, blocks=tuple(map(strip, article.blocks)))


def with_more(*texts: str) -> Callable[[Article], Article]:
    """A cleaner that reads more blocks at the head of a page: every number is another, and so is every place."""

    def change(article: Article) -> Article:
        more = [Block(0, Kind.PARAGRAPH, text, path="body/div:9/p") for text in texts]
        numbered = enumerate([*more, *article.blocks], start=1)
        return replace(article, blocks=tuple(replace(block, n=n) for n, block in numbered))

    return change
