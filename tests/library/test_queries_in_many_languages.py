"""Saved pages in many languages and scripts, and for each query in ``queries.toml`` what is found and shown, and that
nothing else is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library

TABLE = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{name} 😀</title></head>'
    "<body><article><p>{text}</p></article></body></html>"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("languages")
    files = []
    for name, text in TABLE["pages"].items():
        files.append(folder / f"{name}.html")
        files[-1].write_text(PAGE.format(language=name.partition("-")[0], name=name, text=text), "utf-8")
    with Library.open(folder / "Ärchive 😀") as library:
        accession = library.begin_accession(files)
        list(import_paths(library, accession.id, files, Job()))
        update_index(library, Job())
        yield library


def name_of(library: Library, item_id: str) -> str:
    return library.item(item_id).title.split()[0]


def test_pages_are_in_the_language_that_they_state(library: Library) -> None:
    found = library.items(library.item_ids())
    assert {item.title.split()[0]: item.language for item in found} == {
        name: name.partition("-")[0] for name in TABLE["pages"]
    }


def test_the_table_is_as_wide_as_it_is_meant() -> None:
    asked_for = {name.partition("-")[0] for query in TABLE["queries"] for name in query["finds"]}
    assert len(asked_for) >= 12
    assert len(TABLE["queries"]) >= 60


@pytest.mark.parametrize("query", TABLE["queries"], ids=lambda query: query["ask"])
def test_found_and_shown(library: Library, query: dict[str, Any]) -> None:
    hits = library.search(query["ask"])
    shown = {
        name_of(library, hit.item.id): list(dict.fromkeys(passage.match for passage in hit.passages)) for hit in hits
    }
    assert shown == query["finds"]
    if query.get("ranked"):
        assert list(shown) == list(query["finds"])
    for hit in hits:
        assert library.passages(query["ask"], hit.item.id) == hit.passages
