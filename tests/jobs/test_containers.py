"""Files that hold many pages: taken in some dozens at a time, stopped in between, and completed later."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_viewer.errors import Cancelled
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library, Order
from pages import PAGE, PARAGRAPHS

PAGES = 70


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "Ärchive 😀", "owner") as library:
        yield library


@pytest.fixture
def container(tmp_path: Path) -> Path:
    file = tmp_path / "pages.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(PAGES):
            body = "".join(f"<p>{paragraph} {number}</p>" for paragraph in PARAGRAPHS)
            archive.writestr(f"{number:02}.html", PAGE.format(title=f"Tïtle {number}", paragraphs=body))
    return file


def take_in(library: Library, container: Path, stop_after: int = 10_000) -> tuple[str, ...]:
    """Import, and stop once so many reports have come; the ids of the container's line."""
    reports = 0

    def count(size: int) -> None:
        nonlocal reports
        reports += 1
        if reports > stop_after:
            raise Cancelled

    accession = library.begin_accession([container])
    (line,) = import_paths(library, accession.id, [container], Job(at_each_report=count))
    assert line.outcome == "imported"
    return line.item_ids


def test_pages_stand_in_the_order_of_their_container(library: Library, container: Path) -> None:
    ids = list(take_in(library, container))
    assert [item.title for item in library.items(ids)] == [f"Tïtle {number}" for number in range(PAGES)]
    assert library.item_ids(order=Order("original", is_descending=False)) == ids
    assert library.item_ids(order=Order("original", is_descending=True)) == ids[::-1]


def test_every_page_is_an_item_of_one_original(library: Library, container: Path) -> None:
    ids = take_in(library, container)
    items = library.items(ids)
    assert len({item.locator for item in items}) == len({item.title for item in items}) == PAGES
    assert {item.sha256 for item in items} == {library.digest_of(container)}
    assert library.undo().startswith("Import")
    assert library.item_ids() == []


def test_a_stopped_container_is_completed_by_the_next_import(library: Library, container: Path) -> None:
    with pytest.raises(Cancelled):
        take_in(library, container, stop_after=60)
    kept = library.item_ids()
    assert 0 < len(kept) < PAGES
    library.delete_items(kept[:3])
    ids = take_in(library, container)
    assert len(set(ids)) == PAGES
    assert set(kept) <= set(ids)
    assert set(library.item_ids()) == set(ids)
    accession = library.begin_accession([container])
    (line,) = import_paths(library, accession.id, [container], Job())
    assert (line.outcome, set(line.item_ids)) == ("duplicate", set(ids))
