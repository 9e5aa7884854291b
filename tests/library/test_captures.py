"""The same address at several dates: several items, told apart by their dates and shown together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from archive_viewer.library import Group, Library, Order
from pages import PAGE, TakeIn

FERRY = "https://gazette.test/ferry"
Save = Callable[..., str]

PARAGRAPHS = [
    f"In the {n}th year the envoys of both towns met at the ferry 😀 and spoke of toll number {n} until it was dark."
    for n in range(30)
]


@pytest.fixture
def save(tmp_path: Path, take_in: TakeIn) -> Save:
    """Save a page from an address on a day and take it in; gives the item's id."""

    def save(url: str, day: date, paragraphs: list[str] = PARAGRAPHS[:3]) -> str:
        file = tmp_path / f"Tïtle 😀 {day} {len(list(tmp_path.iterdir()))}.html"
        stamp = f"<!--\n Page saved with SingleFile \n url: {url} \n saved date: {day:%a %b %d %Y} 10:00:00 GMT\n-->"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in [*paragraphs, f"This was said on {day}."])
        page = PAGE.format(title=f"Tïtle 😀 {day}", paragraphs=body)
        file.write_text(page.replace('<html lang="en">', f'<html lang="en">{stamp if url else ""}'), "utf-8")
        (line,) = take_in(file)
        return line.item_ids[0]

    return save


@pytest.fixture
def ferry(save: Save) -> list[str]:
    """Three captures of one address, the earliest first; they came in another order, under other writings."""
    second = save(f"{FERRY}?utm_source=x", date(2015, 5, 3))
    third = save("http://www.gazette.test/ferry/", date(2021, 5, 3))
    return [save(FERRY, date(2014, 5, 2)), second, third]


def test_captures_of_an_address_stand_in_the_order_of_their_dates(library: Library, ferry: list[str]) -> None:
    for id in ferry:
        captures = library.captures(id)
        assert [capture.item_id for capture in captures] == ferry
        assert [capture.captured_at[:10] for capture in captures] == ["2014-05-02", "2015-05-03", "2021-05-03"]
    assert captures[0].title == "Tïtle 😀 2014-05-02"


def test_a_page_without_an_address_is_alone(library: Library, save: Save) -> None:
    one, other = save("", date(2020, 1, 1)), save("", date(2020, 1, 2))
    assert library.captures(one) == []
    assert library.capture_counts([one, other]) == {}
    assert library.groups([one, other], "address") == [Group("", (one,)), Group("", (other,))]


def test_what_lies_in_the_bin_is_no_capture_of_the_others(library: Library, ferry: list[str]) -> None:
    library.delete_items([ferry[1]])
    assert [capture.item_id for capture in library.captures(ferry[0])] == [ferry[0], ferry[2]]
    assert [capture.item_id for capture in library.captures(ferry[1])] == ferry
    assert library.capture_counts(ferry) == dict.fromkeys(ferry, 2)
    library.undo()
    assert library.capture_counts(ferry) == dict.fromkeys(ferry, 3)


def test_groups_keep_the_order_of_the_list(library: Library, ferry: list[str], save: Save) -> None:
    bridge = save("https://gazette.test/bridge", date(2019, 1, 1))
    ids = library.item_ids(order=Order("captured", is_descending=False))
    assert ids == [ferry[0], ferry[1], bridge, ferry[2]]
    assert [group.ids for group in library.groups(ids, "address")] == [tuple(ferry[::-1]), (bridge,)]
    newest = library.item_ids(order=Order("captured"))
    assert [group.ids for group in library.groups(newest[1:], "address")] == [(bridge,), (ferry[1], ferry[0])]
    assert library.groups(ids, "site") == [Group("gazette.test", tuple(ids))]
    assert [len(group.ids) for group in library.groups(ids, "accession")] == [1, 1, 1, 1]
    assert library.groups([], "address") == []


def test_a_passage_is_found_in_another_capture(library: Library, save: Save) -> None:
    old = save(FERRY, date(2014, 5, 2), PARAGRAPHS[:20])
    new = save(FERRY, date(2021, 5, 3), [*PARAGRAPHS[25:], *PARAGRAPHS[:9], *PARAGRAPHS[11:20]])
    other = save(FERRY, date(2022, 5, 3), ["Nothing of this page has ever been said anywhere before, it seems."] * 3)
    before, after = library.article(old).text, library.article(new).text
    for n in (0, 5, 15):
        place = library.passage_in(old, before.index(PARAGRAPHS[n]) + 7, new)
        assert place == after.index(PARAGRAPHS[n])
    # A paragraph that the later capture has lost: the one that followed it.
    assert library.passage_in(old, before.index(PARAGRAPHS[9]), new) == after.index(PARAGRAPHS[11])
    assert library.passage_in(old, before.index(PARAGRAPHS[10]), other) is None


def test_a_long_list_is_grouped_whole(library: Library, ferry: list[str]) -> None:
    with library._database.writing() as connection:
        row = dict(connection.execute("SELECT * FROM item WHERE id = ?", (ferry[0],)).fetchone())
        names = ", ".join(row)
        made = ({**row, "id": f"{n:032}", "url_key": f"gazette.test/{n // 3}"} for n in range(9_000))
        marks = ", ".join("?" * len(row))
        connection.executemany(
            f"INSERT INTO item ({names}) VALUES ({marks})", (tuple(values.values()) for values in made)
        )
    ids = library.item_ids()
    groups = library.groups(ids, "address")
    assert len(groups) == 3_001
    assert sorted(id for group in groups for id in group.ids) == sorted(ids)
    assert library.capture_counts(ids) == dict.fromkeys(ids, 3)
