"""The looks of the program: one palette and colour table for light, dark and sepia, and the spacing scale.

Nothing comes in but a theme's name; colours and sizes go out.  Separate so that no widget ever names a
colour of its own: whoever draws asks here, and a new theme is one more value.  Text colours keep a contrast of at
least 4.5 : 1 on every ground they are used on, lines of marks 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from archive_viewer.model import Colour

HAIR, TIGHT, SMALL, BASE, WIDE, LARGE, HUGE = 2, 4, 8, 12, 16, 24, 40
"""The spacing scale, in pixels: every margin, padding and gap is one of these."""


class Pattern(Enum):
    """The line under a mark: with it two colours are told apart by an eye, or a printer, that sees none."""

    SOLID = "solid"
    WAVE = "wave"
    DASH = "dash"
    DOUBLE = "double"
    DOT = "dot"
    DASH_DOT = "dash-dot"


PATTERNS: Mapping[Colour, Pattern] = MappingProxyType(dict(zip(Colour, Pattern, strict=True)))

SIGNS: Mapping[Colour, str] = MappingProxyType({colour: str(number) for number, colour in enumerate(Colour, start=1)})
"""The sign of each colour where there is no room for a line: the key that sets it."""


@dataclass(frozen=True)
class MarkLook:
    """How a mark of one colour is drawn: the ground behind its words and the line under them."""

    ground: str
    line: str


@dataclass(frozen=True)
class Theme:
    """A table of colours, ``#rrggbb`` each.

    ``paper`` and ``ink`` are the page, ``window`` and ``panel`` the furniture around it; ``muted`` is for captions,
    ``faint`` for paragraph numbers and the like; ``rule`` for hairlines; ``strong_rule`` where a line carries meaning;
    ``bar`` beside a quotation.
    """

    name: str
    is_dark: bool
    paper: str
    ink: str
    muted: str
    faint: str
    rule: str
    strong_rule: str
    bar: str
    link: str
    accent: str
    on_accent: str
    code_ground: str
    window: str
    panel: str
    hover: str
    selection: str
    hit_ground: str
    hit_line: str
    current_hit: str
    on_current_hit: str
    warning: str
    good: str
    page_highlight: str
    marks: Mapping[Colour, MarkLook]


def _marks(**looks: tuple[str, str]) -> Mapping[Colour, MarkLook]:
    return MappingProxyType({Colour(name): MarkLook(*look) for name, look in looks.items()})


LIGHT = Theme(
    name="light",
    is_dark=False,
    paper="#fdfdfb",
    ink="#24221f",
    muted="#66625c",
    faint="#6f6a63",
    rule="#e3e0d9",
    strong_rule="#8c877e",
    bar="#d3cec4",
    link="#1a5a96",
    accent="#2b5f8c",
    on_accent="#ffffff",
    code_ground="#f4f3ef",
    window="#f3f1ed",
    panel="#f9f8f5",
    hover="#e9e6df",
    selection="#bcd6f0",
    hit_ground="#ffe3b8",
    hit_line="#b4690e",
    current_hit="#b4590a",
    on_current_hit="#ffffff",
    warning="#a13a16",
    good="#2a7038",
    page_highlight="#fdf3c4",
    marks=_marks(
        yellow=("#fff0a3", "#a87f00"),
        red=("#ffd9d3", "#c4442f"),
        green=("#d6f0cf", "#358a3c"),
        blue=("#d3e7fb", "#2d70bd"),
        purple=("#ead9fa", "#7f4fbd"),
        grey=("#e4e3e0", "#6e6c68"),
    ),
)

DARK = Theme(
    name="dark",
    is_dark=True,
    paper="#1b1c1e",
    ink="#d9d6d0",
    muted="#a5a199",
    faint="#918d86",
    rule="#35363a",
    strong_rule="#77767a",
    bar="#4b4c51",
    link="#8ebbee",
    accent="#83b2e2",
    on_accent="#10202f",
    code_ground="#25262a",
    window="#222326",
    panel="#1f2023",
    hover="#303136",
    selection="#274362",
    hit_ground="#513d1a",
    hit_line="#e0a04a",
    current_hit="#e9a64b",
    on_current_hit="#1b1c1e",
    warning="#f0a184",
    good="#8ccf97",
    page_highlight="#3d3a20",
    marks=_marks(
        yellow=("#493f15", "#dcb945"),
        red=("#552c28", "#ee8b80"),
        green=("#26432a", "#7dc788"),
        blue=("#233e5a", "#82b4ea"),
        purple=("#403056", "#bb98e8"),
        grey=("#404145", "#b3b2b0"),
    ),
)

SEPIA = Theme(
    name="sepia",
    is_dark=False,
    paper="#f7efe0",
    ink="#3b3024",
    muted="#6b5c49",
    faint="#6e5e49",
    rule="#e2d5be",
    strong_rule="#94836a",
    bar="#d3c4a8",
    link="#285a8a",
    accent="#7a4f1f",
    on_accent="#fffaf0",
    code_ground="#efe5d1",
    window="#ece1cc",
    panel="#f2e9d8",
    hover="#e4d8c0",
    selection="#cfd8d6",
    hit_ground="#fbd9a0",
    hit_line="#a4600c",
    current_hit="#9c4f08",
    on_current_hit="#ffffff",
    warning="#993a14",
    good="#38682f",
    page_highlight="#f5e7b4",
    marks=_marks(
        yellow=("#fae493", "#977100"),
        red=("#f7cdbc", "#bb402a"),
        green=("#d5e3b5", "#43792f"),
        blue=("#cddde2", "#2d6aa3"),
        purple=("#e4d1df", "#7b4a9c"),
        grey=("#ddd5c5", "#6c6252"),
    ),
)

PRINT = replace(LIGHT, name="print", paper="#ffffff", ink="#000000", muted="#444444", faint="#595959")

THEMES: tuple[Theme, ...] = (LIGHT, DARK, SEPIA)


def theme_of_system(scheme: Qt.ColorScheme) -> Theme:
    """The theme that follows the system's own choice."""
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


def mark_colour(colour: Colour, theme: Theme = LIGHT) -> str:
    """The colour that stands for a mark's colour in a swatch or an icon, where there is no text to read over it."""
    return theme.marks[colour].line


def palette(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for the application and for every widget that draws on paper."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.ink),
        (roles.Base, theme.paper),
        (roles.AlternateBase, theme.panel),
        (roles.Text, theme.ink),
        (roles.PlaceholderText, theme.faint),
        (roles.Button, theme.panel),
        (roles.ButtonText, theme.ink),
        (roles.BrightText, theme.warning),
        (roles.ToolTipBase, theme.panel),
        (roles.ToolTipText, theme.ink),
        (roles.Highlight, theme.selection),
        (roles.HighlightedText, theme.ink),
        (roles.Link, theme.link),
        (roles.LinkVisited, theme.link),
        (roles.Accent, theme.accent),
        (roles.Light, theme.paper),
        (roles.Midlight, theme.panel),
        (roles.Mid, theme.rule),
        (roles.Dark, theme.strong_rule),
        (roles.Shadow, theme.rule),
    ):
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return made
