"""Accessions described, and accruals."""

from __future__ import annotations

import pytest

from archive_viewer import settings
from archive_viewer.errors import BadAccount, UnknownId
from archive_viewer.library import Changes, Library
from archive_viewer.model import Item
from pages import MakePage, TakeIn


def test_what_is_said_of_an_accession_is_a_step(library: Library, item: Item) -> None:
    heard: list[Changes] = []
    library.listen(heard.append)
    changed = library.change_accession(
        item.accession, acquired_from=" Anubha Jaın 😀 ", custodial_history="Kept on her laptop.", note="Two disks."
    )
    assert changed == library.accession(item.accession_id)
    assert (changed.acquired_from, changed.custodial_history, changed.note) == (
        *("Anubha Jaın 😀", "Kept on her laptop."),
        "Two disks.",
    )
    assert (heard[-1].accessions, heard[-1].items) == (True, frozenset())
    (event,) = library.events(item.accession_id)
    assert event.type == "metadata modification"
    assert event.detail == (
        "accession described: acquired from – → “Anubha Jaın 😀”, custodial history – → “Kept on her laptop.”, "
        "note – → “Two disks.”"
    )
    assert event.person == settings.account_name() != ""
    assert library.undo() == "Change Accession"
    assert library.accession(item.accession_id).acquired_from == ""
    library.redo()
    assert library.accession(item.accession_id) == changed


def test_the_same_said_again_is_no_act(library: Library, item: Item) -> None:
    library.change_accession(item.accession, note="Two disks.")
    label, count = library.undo_label, library.count_events()
    library.change_accession(item.accession, note="Two disks. ")
    assert (library.undo_label, library.count_events()) == (label, count)
    assert library.undo() == "Change Accession"
    assert library.undo_label == f"Import {item.accession}"


def test_an_accrual_joins_an_earlier_accession(
    library: Library, item: Item, make_page: MakePage, take_in: TakeIn
) -> None:
    (line,) = take_in(make_page("later.html", title="Later"))
    later = library.item(line.item_ids[0]).accession
    joined = library.change_accession(later, accrues_to=item.accession)
    assert joined.accrues_to == item.accession_id
    assert [one.number for one in library.accruals(item.accession)] == [later]
    for name, other in ((item.accession, later), (later, later)):
        with pytest.raises(BadAccount, match="joins an earlier"):
            library.change_accession(name, accrues_to=other)
    with pytest.raises(UnknownId):
        library.change_accession(later, accrues_to="1999-001")
    assert library.change_accession(later, accrues_to="").accrues_to == ""
    assert library.accruals(item.accession) == []


def test_the_order_of_the_folder_stays_whatever_is_said(library: Library, item: Item) -> None:
    before = library.item(item.id).original_order
    library.change_accession(item.accession, note="Put in order.")
    assert library.item(item.id).original_order == before
