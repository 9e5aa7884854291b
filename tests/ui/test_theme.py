"""Colours that can be read, and colours that need not be seen."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from archive_viewer.model import Colour
from archive_viewer.ui.fonts import families
from archive_viewer.ui.theme import DARK, LIGHT, PATTERNS, PRINT, SIGNS, THEMES, Theme, palette, theme_of_system


def luminance(name: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(name).getRgbF()[:3]
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


every_theme = pytest.mark.parametrize("theme", [*THEMES, PRINT], ids=lambda theme: theme.name)


@every_theme
def test_words_can_be_read_on_every_ground(theme: Theme) -> None:
    for ground in (theme.paper, theme.panel, theme.window, theme.code_ground):
        for ink in (theme.ink, theme.muted, theme.faint, theme.link, theme.warning, theme.good, theme.accent):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ground in (theme.selection, theme.hit_ground, theme.page_highlight, theme.hover):
        assert contrast(theme.ink, ground) >= 7, ground
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.on_current_hit, theme.current_hit) >= 4.5


@every_theme
@pytest.mark.parametrize("colour", list(Colour))
def test_marked_words_can_be_read_and_their_lines_seen(theme: Theme, colour: Colour) -> None:
    look = theme.marks[colour]
    assert contrast(theme.ink, look.ground) >= 7
    assert contrast(theme.link, look.ground) >= 3.8
    assert contrast(look.line, theme.paper) >= 3
    assert contrast(theme.hit_line, theme.paper) >= 3


def test_no_two_colours_share_a_line_or_a_sign() -> None:
    for one, two in combinations(Colour, 2):
        assert PATTERNS[one] is not PATTERNS[two]
        assert SIGNS[one] != SIGNS[two]


def test_the_palette_is_the_theme(qtbot: QtBot) -> None:
    made = palette(DARK)
    assert made.color(QPalette.ColorRole.Base).name() == DARK.paper
    assert made.color(QPalette.ColorRole.Text).name() == DARK.ink


@pytest.mark.parametrize(
    ("scheme", "theme"),
    [(Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Unknown, LIGHT)],
)
def test_the_system_decides_between_light_and_dark(scheme: Qt.ColorScheme, theme: Theme) -> None:
    assert theme_of_system(scheme) is theme


@pytest.mark.parametrize(
    ("language", "region"),
    [("ja", "JP"), ("zh-Hans", "SC"), ("zh-TW", "TC"), ("ko-KR", "KR"), ("en", "SC"), ("", "SC")],
)
def test_han_characters_are_drawn_as_the_language_draws_them(language: str, region: str) -> None:
    found = [name for name in families("serif", language) if "CJK" in name]
    assert found[0] == f"Noto Serif CJK {region}"
    assert len(found) == 4
