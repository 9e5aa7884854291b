"""The guide says what the program does: its keys, its query card, its words are read and tried."""

from __future__ import annotations

import re

import pytest

from archive_viewer import settings
from archive_viewer.exporting import EXPORTERS
from archive_viewer.model import RELATIONS, AnchorState, Colour
from archive_viewer.search import query
from archive_viewer.ui.actions import ACTIONS, Action

PAGES = sorted(settings.resource("help").glob("*.md"))
GUIDE = {page.stem: page.read_text("utf-8") for page in PAGES}


def code_words(page: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", GUIDE[page]))


def test_every_page_has_one_title() -> None:
    assert len(PAGES) == 9
    for name, text in GUIDE.items():
        assert re.findall(r"^# .+", text, re.MULTILINE) == [text.splitlines()[0]], name


MENU_ENTRY = r"\*(?:File|Edit|View|Page|Arrange|Mark|Library|Help)\s>\s([^*]+)\*"
WITH_KEYS = [one for one in ACTIONS if one.keys or one.reader_key or one.tree_key or one.list_key]


@pytest.mark.parametrize("action", WITH_KEYS, ids=lambda action: action.id)
def test_the_keyboard_page_names_every_key(action: Action) -> None:
    keys = {
        key
        for key in (*action.keys, action.reader_key, action.tree_key, action.list_key)
        if isinstance(key, str) and key
    }
    named = code_words("keyboard") | {str(number + 1) for number in range(len(Colour))}
    assert f"`1` to `{len(Colour)}`" in GUIDE["keyboard"]
    assert keys - {"Ctrl+="} <= named


@pytest.mark.parametrize("typed", re.findall(r"^\| `(.+?)`(?: or `(.+?)`)? \|", GUIDE["searching"], re.MULTILINE))
def test_the_query_card_is_understood(typed: tuple[str, str]) -> None:
    parsed = [query.parse(text) for text in typed if text]
    assert all(one == parsed[0] for one in parsed)


def test_the_words_of_marks_and_links_are_those_of_the_program() -> None:
    text = GUIDE["marking-and-linking"]
    assert all(relation.replace("-", " ") in text for relation in RELATIONS)
    assert all(f"**{state.value}**" in text for state in AnchorState)


def test_the_forms_of_export_are_those_that_there_are() -> None:
    forms = set(re.findall(r"\(`(\w+)`\)", GUIDE["exporting-and-verifying"]))
    assert forms == {exporter.format for exporter in EXPORTERS}


def test_every_menu_entry_that_the_guide_names_is_there() -> None:
    entries = {re.sub(r"[&…]", "", action.text) for action in ACTIONS}
    named = {entry for text in GUIDE.values() for entry in re.findall(MENU_ENTRY, text.replace("\n", " "))}
    assert len(named) > 12
    assert named <= entries
