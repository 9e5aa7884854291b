"""Questions to the holdings that no other file asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from archive_viewer.library import Library
from pages import PAGE, TakeIn

Save = Callable[..., str]


@pytest.fixture
def save(tmp_path: Path, take_in: TakeIn) -> Save:
    """Save a page from an address at a moment and take it in; gives the item's id."""

    def save(url: str, day: date) -> str:
        file = tmp_path / f"Tïtle 😀 {day} {len(list(tmp_path.iterdir()))}.html"
        stamp = (
            f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {day:%a %b %d %Y} 10:00:00 GMT+0000\n-->"
        )
        page = PAGE.format(title=f"Tïtle 😀 {day}", paragraphs=f"<p>The ferry sailed at noon on {day}.</p>")
        file.write_text(page.replace('<html lang="en">', f'<html lang="en">{stamp}'), "utf-8")
        (line,) = take_in(file)
        return line.item_ids[0]

    return save


def test_pages_at_an_address_are_told_from_the_earliest(library: Library, save: Save) -> None:
    later = save("https://www.gazette.test/ferry?n=1#top", date(2021, 5, 3))
    earlier = save("http://gazette.test:80/ferry/?n=1", date(2019, 2, 1))
    other = save("https://gazette.test/ferry?n=2", date(2020, 1, 1))
    assert [item.id for item in library.items_at("https://gazette.test/ferry?n=1")] == [earlier, later]
    assert [item.id for item in library.items_at("https://gazette.test/ferry?n=2#the-end")] == [other]
    assert library.items_at("https://gazette.test/ferry") == []
    assert library.items_at("") == []
    assert library.items_at("http://[broken") == []


def test_a_page_in_the_bin_is_at_no_address(library: Library, save: Save) -> None:
    item_id = save("https://gazette.test/ferry", date(2021, 5, 3))
    library.delete_items([item_id])
    assert library.items_at("https://gazette.test/ferry") == []
    library.undo()
    assert [item.id for item in library.items_at("https://gazette.test/ferry")] == [item_id]
