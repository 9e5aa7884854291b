"""The small parts of the window: words, preferences, tags, the first place on a screen, pictures."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from archive_viewer import settings
from archive_viewer.model import (
    ELEMENT,
    RELATIONS,
    AnchorState,
    Colour,
    Event,
    Fact,
    Format,
    Item,
    Reason,
    Resource,
    Source,
)
from archive_viewer.ui import elements, wording
from archive_viewer.ui.banner import Banner
from archive_viewer.ui.chrome import dress
from archive_viewer.ui.facts_pane import description_of, provenance_of
from archive_viewer.ui.folder_choice import writing_folder
from archive_viewer.ui.page_pictures import decoded
from archive_viewer.ui.preferences import Preferences
from archive_viewer.ui.session import arrangement_of, first_place, first_sizes
from archive_viewer.ui.tag_editor import TagLine
from archive_viewer.ui.theme import THEMES


@pytest.fixture
def english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2004-06-11~", "about 11 Jun 2004"),
        ("2004-06-01/2006", "1 Jun 2004 to 2006"),
        ("2021-11-21T10:00:00Z", "21 Nov 2021"),
        ("2021-11-21", "21 Nov 2021"),
        ("2021-11", "Nov 2021"),
        ("2021", "2021"),
        ("", ""),
        ("around 1900", "around 1900"),
        ("2021-13-45", "2021-13-45"),
    ],
)
def test_dates_as_one_says_them(english: None, iso: str, said: str) -> None:
    assert wording.date(iso) == said


def test_every_token_has_a_word() -> None:
    for token in (*Source, *Format, *Reason, *AnchorState, *Colour):
        assert token in wording.WORDS
        assert wording.word(token)
    assert wording.word("no such token") == "no such token"
    for relation in RELATIONS:
        assert wording.relation(relation)
    assert wording.relation("answers") == wording.relation("answers", is_outgoing=False) == "answers"


def test_time_left_is_rounded() -> None:
    assert wording.time_left(3) == "a few seconds left"
    assert wording.time_left(41) == "45 seconds left"
    assert wording.time_left(157) == "3 min left"
    assert wording.time_left(9_000) == "2.5 h left"


def test_languages_have_names() -> None:
    assert wording.language("hi-IN") == "Hindi (hi-IN)"
    assert wording.language("xx-nonsense") == "xx-nonsense"
    assert wording.language("") == ""


def test_preferences_are_kept_and_bad_ones_are_not_believed(home: Path, qtbot: QtBot) -> None:
    preferences = Preferences()
    preferences.set("zoom", 1.25)
    preferences.remember_library(Path("/a"))
    preferences.remember_library(Path("/b"))
    preferences.remember_library(Path("/a"))
    preferences.close()
    assert json.loads(settings.preferences_file().read_text("utf-8")) == {"zoom": 1.25, "recent": ["/a", "/b"]}
    settings.save_preferences({"zoom": "large", "panes": 3})
    again = Preferences()
    assert again.get("zoom", 1.0) == 1.0
    assert again.get("panes", []) == []
    again.close()
    settings.preferences_file().write_text("{", "utf-8")
    assert Preferences().get("zoom", 1.0) == 1.0


def test_two_windows_do_not_lose_each_others_preferences(home: Path, qtbot: QtBot) -> None:
    first, second = Preferences(), Preferences()
    first.set("theme", "dark")
    first.close()
    second.set("zoom", 2.0)
    second.close()
    assert settings.load_preferences() == {"theme": "dark", "zoom": 2.0}


def test_an_arrangement_that_does_not_fit_is_as_usual() -> None:
    saved = {"field": "title", "is_descending": "yes", "group": 3, "colour": "red"}
    found = arrangement_of(saved)
    assert (found.field, found.is_descending, found.group) == ("title", True, "")


@pytest.mark.parametrize("screen", [QRect(0, 0, 1280, 720), QRect(100, 50, 2560, 1440), QRect(0, 0, 1024, 600)])
def test_the_first_window_fits_the_screen(screen: QRect) -> None:
    place = first_place(screen)
    assert screen.contains(place)
    sizes = first_sizes(place.width())
    assert sizes[2] >= 320
    assert sizes[2] == max(sizes)


def test_tags_are_typed_with_commas(qtbot: QtBot) -> None:
    line = TagLine(["talks"], [])
    qtbot.addWidget(line)
    line.show()
    line.setCursorPosition(len(line.text()))
    qtbot.keyClicks(line, "#tide,  two   words ,, talks")
    assert line.tags == ("talks", "tide", "two words")
    line.setText("tre")
    line._complete("treaty 😀")
    assert line.tags == ("treaty 😀",)


def test_pictures_are_made_to_fit(qtbot: QtBot, tmp_path: Path) -> None:
    image = QImage(800, 200, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    file = tmp_path / "wide.png"
    assert image.save(str(file))
    wide = Resource("a", "image/png", file.read_bytes())
    made = decoded(wide, 400)
    assert made is not None
    assert made.size() == QSize(400, 100)
    assert decoded(wide, 2_000).size() == QSize(800, 200)
    assert decoded(Resource("b", "image/png", b"not a picture"), 400) is None
    assert decoded(None, 400) is None


def test_facts_are_named_and_their_moments_are_read(english: None) -> None:
    at = "2014-05-02T10:00:00Z"
    facts = {
        "published": Fact("2021-11-21", Source.STATED, "the page", "The page says “Tuesday”."),
        "retrieved_at": Fact(at, Source.STATED, "archive.today"),
        "modified": Fact("2021-11-22", Source.STATED, "meta"),
        "own_thing": Fact("Tïtle 😀 2014-05-02", Source.STATED, "meta"),
    }
    item = Item(
        **dict.fromkeys(("id", "accession_id", "accession", "sha256", "payload_sha256", "locator"), ""),
        **dict.fromkeys(("media_type", "charset", "file_name", "url", "site", "captured_at", "language"), ""),
        format=Format.HTML,
        original_order=0,
        title="Tïtle 😀",
        authors=(),
        published="2021-11-21",
        facts=facts,
        warnings=("Of the page.",),
        file_warnings=("Of the file.",),
    )
    found = {field.name: field for field in description_of(item, 0, 0)}
    assert found["Publication date"].doubt == "The page says “Tuesday”."
    assert found["Retrieved from the archive"].value == wording.moment(at) != at
    assert found["Date of the last change"].value == "22 Nov 2021"
    assert found["Own thing"].value == "Tïtle 😀 2014-05-02"
    names = [field.name for field in description_of(item, 0, 0)]
    assert names.index("Warnings at import") < names.index("Warnings about the whole file")
    event = Event("1", "message digest calculation", at, "id", "Archive Viewer", "success", "SHA-256 abc")
    failed = replace(event, type="ingestion", outcome="failure")
    told = provenance_of(replace(item, format=Format.WARC, locator="a%20b.warc:10+5"), (), (event, failed))
    assert [(field.value, field.source) for field in told[-2:]] == [
        ("Checksum made · SHA-256 abc", "Archive Viewer"),
        ("Taken into the library · SHA-256 abc", "It failed · Archive Viewer"),
    ]
    told_by_name = {field.name: field.value for field in told}
    assert (told_by_name["File within the stored file"], told_by_name["Record"]) == ("a b.warc", "at byte 10+5")


def test_languages_of_a_unit_are_named_once_each(english: None) -> None:
    language = ELEMENT["language"]
    assert elements.shown(language, "ar, de, de-DE, el") == "Arabic (ar), German (de, de-DE), Greek (el)"
    assert elements.shown(language, "de; xx-nobody") == "German (de), xx-nobody"
    assert elements.shown(language, "de") == "German (de)"


def test_a_file_is_offered_to_be_written_where_a_folder_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert writing_folder() == tmp_path, "there is no folder for documents"
    (tmp_path / "Documents").mkdir()
    assert writing_folder() == tmp_path / "Documents"
    assert writing_folder(str(tmp_path / "gone")) == tmp_path / "Documents"
    assert writing_folder(str(tmp_path)) == tmp_path


def test_no_button_of_a_dialog_bears_a_picture(qapp: QApplication, qtbot: QtBot) -> None:
    for theme in THEMES:
        dress(qapp, theme)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(box)
        box.show()
        assert all(button.icon().isNull() for button in box.buttons())
    qapp.setStyleSheet("/* none */")


def test_what_went_well_is_no_warning_and_leaves(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive_viewer.ui.banner.GOOD_MS", 30)
    window = QWidget()
    qtbot.addWidget(window)
    elsewhere = QLineEdit(window)
    banner = Banner("banner", window)
    # Not under the mouse, which rests in the corner.
    window.resize(300, 300)
    banner.move(0, 200)
    window.show()
    elsewhere.setFocus()
    banner.tell("40 stored files written.")
    assert banner.property("isGood") is True
    banner.say("No room on the disk.", "attention", banner.put_away)
    assert banner.property("isGood") is False
    qtbot.wait(80)
    assert banner.sentence == "No room on the disk.", "a trouble stays"
    banner.tell("40 stored files written.")
    qtbot.waitUntil(lambda: banner.sentence == "", timeout=5_000)
