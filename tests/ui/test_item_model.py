"""The rows of the middle pane: asked for in pages, folded where there are many passages, grouped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from archive_viewer.library import Library
from archive_viewer.model import Item, Passage
from archive_viewer.ui import wording
from archive_viewer.ui.item_model import PAGE, PASSAGES_SHOWN, ItemModel, passage_row
from archive_viewer.ui.list_source import Hit, Listing, grouped, hit_of
from archive_viewer.ui.rows import ROW, Fold


def passages(count: int) -> tuple[Passage, ...]:
    return tuple(Passage(number * 10, number * 10 + 5, "before ", "match", " after") for number in range(count))


def entries(model: ItemModel) -> list[tuple[str, bool, int, str]]:
    rows = (model.entry(model.index(row)) for row in range(model.rowCount()))
    return [(entry.item_id, entry.passage is not None, entry.more, entry.section) for entry in rows]


def test_a_hundred_thousand_ids_ask_for_one_page(qtbot: QtBot) -> None:
    model = ItemModel()
    asked: list[list[str]] = []
    model.wanted.connect(asked.append)
    model.show_items(Listing([str(number) for number in range(100_000)]))
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
    model.show_hits([first, second], Listing(["a", "b"]))
    assert model.rowCount() == 1 + PASSAGES_SHOWN + 1 + 1 + 2
    assert model.passage_count == len(many) + 2
    model.unfold("a", many)
    assert model.rowCount() == 1 + len(many) + 1 + 2
    assert model.entry(model.row_of("a", many[-1].start)).passage == many[-1]
    model.unfold("b", few)
    # Shown again, it stays as it was unfolded; gone and come back, it is folded anew.
    model.show_hits([first], Listing(["a"]))
    assert model.rowCount() == 1 + len(many)
    model.show_hits([second], Listing(["b"]))
    model.show_hits([first], Listing(["a"]))
    assert model.rowCount() == 1 + PASSAGES_SHOWN + 1


def test_sections_stand_before_their_items(qtbot: QtBot) -> None:
    model = ItemModel()
    model.show_items(Listing(["a", "b"], {0: "First", 1: "Second"}))
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
        assert grouped(ids, "accession", library) == Listing(ids, {0: f"{found[0].accession}  2"})
        assert grouped([], "site", library) == Listing([])
        assert grouped(ids, "", library) == Listing(ids)
        # Neither of the pages has an address: each stands for itself.
        assert grouped(ids, "address", library) == Listing(ids)


def test_a_hit_is_read_from_a_message() -> None:
    passage = {"start": 1, "end": 3, "before": "", "match": "😀a", "after": " b"}
    assert hit_of({"item": "x", "passages": [passage], "count": 9}) == Hit("x", (Passage(1, 3, "", "😀a", " b"),), 9)


def test_a_changed_item_is_asked_for_again(qtbot: QtBot, filled_folder: Path) -> None:
    with Library.open(filled_folder) as library:
        item = library.items(library.item_ids())[0]
    model = ItemModel()
    model.show_items(Listing([item.id]))
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


def group_of_three() -> Listing:
    return Listing(["new", "mid", "old", "alone"], {}, {"new": ("mid", "old")}, 2)


def test_older_captures_stand_behind_the_newest(qtbot: QtBot) -> None:
    model = ItemModel()
    model.show_items(group_of_three())
    assert model.item_ids == ["new", "alone"]
    assert [model.fold_of(item_id) for item_id in ("new", "mid", "alone")] == [Fold.FOLDED, Fold.NONE, Fold.NONE]
    with qtbot.waitSignal(model.rowsInserted, check_params_cb=lambda _, first, last: (first, last) == (1, 2)):
        model.fold("new", is_folded=False)
    assert model.item_ids == ["new", "mid", "old", "alone"]
    assert model.fold_of("new") is Fold.UNFOLDED
    assert [model.newest_of(item_id) for item_id in model.item_ids] == ["new", "new", "new", "alone"]
    # Another capture has come in and is the newest: the group stays unfolded, and none is counted twice.
    model.show_items(Listing(["newer", "new", "old"], {}, {"newer": ("new", "old")}, 1))
    assert model.item_ids == ["newer", "new", "old"]
    model.fold("newer", is_folded=True)
    assert model.item_ids == ["newer"]
    model.reveal("old")
    assert model.row_of("old").row() == 2
    model.fold("old", is_folded=True)
    assert model.rowCount() == 3


def test_older_captures_of_a_search_come_with_their_passages(qtbot: QtBot) -> None:
    model = ItemModel()
    hits = [Hit(item_id, passages(2), 2) for item_id in ("new", "mid")]
    hits += [Hit("old", passages(9), 9), Hit("alone", passages(1), 1)]
    model.show_hits(hits, group_of_three())
    folded = entries(model)
    assert [item_id for item_id, *_ in folded] == ["new"] * 3 + ["alone"] * 2
    assert model.passage_count == 14
    model.fold("new", is_folded=False)
    assert [item_id for item_id, *_ in entries(model)] == ["new"] * 3 + ["mid"] * 3 + ["old"] * 5 + ["alone"] * 2
    model.unfold("old", passages(9))
    model.fold("new", is_folded=True)
    assert entries(model) == folded
    model.fold("new", is_folded=False)
    assert model.rowCount() == 3 + 3 + 10 + 2


def test_a_badge_counts_the_captures(qtbot: QtBot, filled_folder: Path) -> None:
    with Library.open(filled_folder) as library:
        item = replace(library.items(library.item_ids())[0], captured_at="2014-05-02T00:00:00Z")
    members = [replace(item, id=name) for name in ("new", "mid", "old", "alone")]
    model = ItemModel()
    model.show_items(group_of_three())
    model.fold("new", is_folded=False)
    model.provide(members, {"alone": 2, "new": 7, "mid": 7, "old": 7})
    new, mid, _old, alone = (model.index(row).data(ROW) for row in range(4))
    assert (new.badge, new.fold, new.depth) == ("3 captures", Fold.UNFOLDED, 0)
    assert (mid.badge, mid.fold, mid.depth) == ("", Fold.NONE, 1)
    assert mid.lines[0].text == wording.captured("2014-05-02")
    assert (alone.badge, alone.fold) == ("2 captures", Fold.NONE)
    assert alone.text.endswith("2 captures")
    model.provide([members[3]], {})
    assert model.index(3).data(ROW).badge == ""
