"""The rows of the middle pane: asked for in pages, folded where there are many passages, grouped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.model import Item, Passage
from archive_viewer.ui.item_model import PAGE, PASSAGES_SHOWN, ItemModel, passage_row
from archive_viewer.ui.list_source import Hit, grouped, hit_of
from archive_viewer.ui.rows import ROW


def passages(count: int) -> tuple[Passage, ...]:
    return tuple(Passage(number * 10, number * 10 + 5, "before ", "match", " after") for number in range(count))


def entries(model: ItemModel) -> list[tuple[str, bool, int, str]]:
    rows = (model.entry(model.index(row)) for row in range(model.rowCount()))
    return [(entry.item_id, entry.passage is not None, entry.more, entry.section) for entry in rows]


def test_a_hundred_thousand_ids_ask_for_one_page(qtbot: QtBot) -> None:
    model = ItemModel()
    asked: list[list[str]] = []
    model.wanted.connect(asked.append)
    model.show_items([str(number) for number in range(100_000)])
    for row in range(500, 512):
        assert model.index(row).data(ROW).is_dim
    qtbot.waitUntil(lambda: bool(asked))
    qtbot.wait(20)
    assert len(asked) == 1
    assert "505" in asked[0]
    assert len(asked[0]) <= PAGE + 12


def test_many_passages_wait_behind_one_row(qtbot: QtBot) -> None:
    model = ItemModel()
    many, few = passages(PASSAGES_SHOWN + 3), passages(2)
    # Of the first hit only some passages were sent; there are more.
    first, second = Hit("a", many[:-1], len(many)), Hit("b", few, 2)
    model.show_hits([first, second])
    assert model.rowCount() == 1 + PASSAGES_SHOWN + 1 + 1 + 2
    assert model.passage_count == len(many) + 2
    model.unfold("a", many)
    assert model.rowCount() == 1 + len(many) + 1 + 2
    assert model.entry(model.row_of("a", many[-1].start)).passage == many[-1]
    model.unfold("b", few)
    # Shown again, it stays as it was unfolded; gone and come back, it is folded anew.
    model.show_hits([first])
    assert model.rowCount() == 1 + len(many)
    model.show_hits([second])
    model.show_hits([first])
    assert model.rowCount() == 1 + PASSAGES_SHOWN + 1


def test_sections_stand_before_their_items(qtbot: QtBot) -> None:
    model = ItemModel()
    model.show_items(["a", "b"], {0: "First", 1: "Second"})
    assert entries(model) == [
        ("", False, 0, "First"),
        ("a", False, 0, ""),
        ("", False, 0, "Second"),
        ("b", False, 0, ""),
    ]
    assert not model.flags(model.index(0))


def test_the_match_is_set_apart_where_it_stands() -> None:
    row = passage_row(Passage(0, 3, "😀 a\ufffc long way before it " * 9, "ma\u2028ch", " and\nafter"))
    (line,) = row.lines
    ((start, end),) = line.strong
    assert line.text[start:end] == "ma ch"
    assert line.text.startswith("…")
    assert "\ufffc" not in line.text
    assert "\n" not in line.text


def test_groups_keep_the_order_of_their_first(filled_folder: Path) -> None:
    with Library.open(filled_folder) as library:
        ids = library.item_ids()
        found: list[Item] = library.items(ids)
        assert grouped(ids, "accession", library) == (ids, {0: f"{found[0].accession}  2"})
        assert grouped([], "site", library) == ([], {})
        assert grouped(ids, "", library) == (ids, {})


def test_a_hit_is_read_from_a_message() -> None:
    passage = {"start": 1, "end": 3, "before": "", "match": "😀a", "after": " b"}
    assert hit_of({"item": "x", "passages": [passage], "count": 9}) == Hit("x", (Passage(1, 3, "", "😀a", " b"),), 9)


def test_a_changed_item_is_asked_for_again(qtbot: QtBot, filled_folder: Path) -> None:
    with Library.open(filled_folder) as library:
        item = library.items(library.item_ids())[0]
    model = ItemModel()
    model.show_items([item.id])
    model.provide([item])
    assert model.index(0).data(ROW).lines[0].text == item.title
    model.forget([item.id])
    asked: list[list[str]] = []
    model.wanted.connect(asked.append)
    # Until it is there anew it is shown as it was: a mark must not make the list flicker.
    assert model.index(0).data(ROW).lines[0].text == item.title
    qtbot.waitUntil(lambda: asked == [[item.id]])
    model.provide([replace(item, title="Anöther")])
    assert model.index(0).data(ROW).lines[0].text == "Anöther"
