"""Lists and counts of items: what a hundred thousand of them make slow is answered from indexes alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from archive_viewer.storage import accessions, items, marks, recleanings
from archive_viewer.storage.migrations import FIRST


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    made = sqlite3.connect(":memory:", isolation_level=None)
    made.row_factory = sqlite3.Row
    for statement in FIRST:
        made.execute(statement)
    yield made
    made.close()


QUESTIONS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "everything, newest first": lambda connection: items.ids_in(connection, "all", "", "added", True),
    "everything, as it came": lambda connection: items.ids_in(connection, "all", "", "original", False),
    "a unit, newest first": lambda connection: items.ids_in(connection, "unit", "x", "added", True),
    "a unit, arranged": lambda connection: items.ids_in(connection, "unit", "x", "arranged", False),
    "an accession": lambda connection: items.ids_in(connection, "accession", "x", "added", True),
    "sites": items.sites,
    "accessions": accessions.all_accessions,
    "pages in the bin": lambda connection: items.count_in(connection, "bin"),
    "marks": marks.counts,
    "older cleanings": lambda connection: recleanings.count_older(connection, "3"),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_no_row_of_an_item_or_article_is_looked_at(
    question: Callable[[sqlite3.Connection], object], connection: sqlite3.Connection
) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    question(connection)
    connection.set_trace_callback(None)
    assert asked
    for sql in asked:
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        steps = [step for step in plan if step.split()[:2] in (["SCAN", "item"], ["SEARCH", "item"])]
        steps += [step for step in plan if step.split()[1:2] == ["article"]]
        assert all("COVERING INDEX" in step for step in steps), plan


@pytest.mark.parametrize(
    ("question", "index"),
    [
        (items.tags, "item_tagged"),
        (items.count_doubts, "item_doubtful"),
        (accessions.count_refused, "import_line_refused"),
        (lambda connection: items.ids_in(connection, "tag", "x", "added", True), "item_tagged"),
        (lambda connection: items.ids_in(connection, "attention", "", "added", True), "item_doubtful"),
    ],
    ids=["tags", "doubts", "refused files", "pages of a tag", "pages in doubt"],
)
def test_few_among_many_are_found_by_an_index_of_the_few(
    question: Callable[[sqlite3.Connection], object], index: str, connection: sqlite3.Connection
) -> None:
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    question(connection)
    connection.set_trace_callback(None)
    plan = [row["detail"] for sql in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert any(index in step for step in plan), plan
