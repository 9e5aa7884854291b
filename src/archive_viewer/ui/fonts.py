"""The fonts of reading: two faces, and for each the families that carry every other script.

A face, a size and a language come in; a font and the width of a column go out.  Separate from the colours because
only what is read needs it: the furniture of the window keeps the system's own font.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontMetricsF

Face = Literal["serif", "sans"]

BODY_PIXELS = 18
"""Size of running text at 100 %: the size at which a serif face reads without effort at arm's length."""

SAMPLE = "The harbour was quiet that morning, and the first reports of the talks came late."
"""Running text by which the width of a column is measured: counting the widest letters would make it too wide."""

_LATIN: Mapping[Face, tuple[str, ...]] = {
    "serif": ("Source Serif 4", "Charter", "Iowan Old Style", "Georgia", "Noto Serif", "DejaVu Serif"),
    "sans": ("Inter", "Source Sans 3", "Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans"),
}
_SCRIPTS: Mapping[Face, tuple[str, ...]] = {
    "serif": (
        "Noto Naskh Arabic",
        "Geeza Pro",
        "Noto Serif Hebrew",
        "Noto Serif Devanagari",
        "Kohinoor Devanagari",
        "Nirmala UI",
        "Noto Serif Bengali",
        "Noto Serif Tamil",
        "Noto Serif Telugu",
        "Noto Serif Gujarati",
        "Noto Serif Gurmukhi",
        "Noto Serif Kannada",
        "Noto Serif Malayalam",
        "Noto Serif Sinhala",
        "Noto Serif Thai",
        "Noto Serif Khmer",
        "Noto Serif Myanmar",
        "Noto Serif Ethiopic",
    ),
    "sans": (
        "Noto Sans Arabic",
        "Geeza Pro",
        "Noto Sans Hebrew",
        "Noto Sans Devanagari",
        "Kohinoor Devanagari",
        "Nirmala UI",
        "Noto Sans Bengali",
        "Noto Sans Tamil",
        "Noto Sans Telugu",
        "Noto Sans Thai",
    ),
}
_HAN: Mapping[str, tuple[str, str, str, str]] = {
    "ja": ("JP", "Hiragino Mincho ProN", "Hiragino Sans", "Yu Gothic"),
    "ko": ("KR", "AppleMyungjo", "Apple SD Gothic Neo", "Malgun Gothic"),
    "zh-hant": ("TC", "Songti TC", "PingFang TC", "Microsoft JhengHei"),
    "zh": ("SC", "Songti SC", "PingFang SC", "Microsoft YaHei"),
}
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")
MONO: tuple[str, ...] = (
    "JetBrains Mono",
    "SF Mono",
    "Cascadia Mono",
    "Consolas",
    "Noto Sans Mono",
    "DejaVu Sans Mono",
    "monospace",
)


def families(face: Face, language: str = "") -> list[str]:
    """Font families for running text in order of preference, the fallbacks for other scripts included.

    ``language`` is a BCP 47 tag; one Han character is drawn differently in Chinese, Japanese and Korean, so it decides
    which of their fonts comes first.
    """
    tag = language.lower()
    tongue = "zh-hant" if tag.startswith(_TRADITIONAL) else tag.split("-")[0]
    first = tongue if tongue in _HAN else "zh"
    han: list[str] = []
    for key in (first, *(key for key in _HAN if key != first)):
        region, serif, sans, windows = _HAN[key]
        name = f"Noto Serif CJK {region}" if face == "serif" else f"Noto Sans CJK {region}"
        han += [name, serif if face == "serif" else sans, windows]
    return [*_LATIN[face], *_SCRIPTS[face], *han, "serif" if face == "serif" else "sans-serif"]


def reading_font(face: Face, pixels: int, language: str = "") -> QFont:
    """The font of running text.  Sizes are logical pixels, alike on every system."""
    font = QFont()
    font.setFamilies(families(face, language))
    font.setStyleHint(QFont.StyleHint.Serif if face == "serif" else QFont.StyleHint.SansSerif)
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def column_width(font: QFont, characters: int) -> int:
    """Pixels that a line of so many characters of ordinary text takes."""
    return round(QFontMetricsF(font).horizontalAdvance(SAMPLE) / len(SAMPLE) * characters)


def quiet_font_search() -> None:
    """Stop Qt from telling of each font that lacks a script while it goes on to one that has it.

    On Linux a single Hindi word gives a line for every family tried; to be called once, before anything is shown.
    """
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
