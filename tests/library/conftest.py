"""A small real library, and pages to put into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import ImportLine, Item
from pages import PAGE, PARAGRAPHS, MakePage, TakeIn


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Ärchive 😀") as library:
        yield library


@pytest.fixture
def make_page(tmp_path: Path) -> MakePage:
    """Write a saved page; gives its path."""

    def make(
        name: str = "Tïtle 😀.html", title: str = "Tïtle 😀 of the ferry", paragraphs: tuple[str, ...] = PARAGRAPHS
    ) -> Path:
        file = tmp_path / "saved" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        file.write_text(PAGE.format(title=title, paragraphs=body), "utf-8")
        return file

    return make


@pytest.fixture
def take_in(library: Library) -> TakeIn:
    """Import files, and index them; gives the lines of the report."""

    def take(*paths: Path) -> list[ImportLine]:
        accession = library.begin_accession(paths)
        lines = list(import_paths(library, accession.id, paths, Job()))
        update_index(library, Job())
        return lines

    return take


@pytest.fixture
def item(library: Library, make_page: MakePage, take_in: TakeIn) -> Item:
    """One page in the library."""
    (line,) = take_in(make_page())
    return library.item(line.item_ids[0])
