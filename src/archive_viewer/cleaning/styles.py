"""Inline styles: the few properties of a ``style`` attribute that change how text is read.

Separate because word processors and mail programs set bold, italics and line ends by ``style`` alone.
"""

from __future__ import annotations

import re

from archive_viewer import limits
from archive_viewer.cleaning.inline import Look, Space
from archive_viewer.model import Style

_SET = (
    (Style.BOLD, re.compile(r"font-weight:(?:bold|[6-9]00)"), re.compile(r"font-weight:(?:normal|[1-5]00)")),
    (Style.ITALIC, re.compile(r"font-style:(?:italic|oblique)"), re.compile(r"font-style:normal")),
    (Style.STRIKE, re.compile(r"text-decoration[a-z-]*:[^;]*line-through"), None),
    (Style.UNDERLINE, re.compile(r"text-decoration[a-z-]*:[^;]*underline"), None),
)
_SPACES = {"pre": Space.EXACT, "pre-wrap": Space.EXACT, "break-spaces": Space.EXACT, "pre-line": Space.LINES}
_SPACE = re.compile(r"white-space:([a-z-]+)")


def declarations(style: str | None) -> str:
    """A ``style`` attribute, lower case and without blanks; empty when there is none worth reading."""
    if not style or len(style) > limits.ATTRIBUTE_CHARACTERS:
        return ""
    return style.replace(" ", "").lower()


def restyle(look: Look, declared: str) -> Look:
    """``look`` as the declarations change it; a link's own underline is no style."""
    if "font-" not in declared and "text-decoration" not in declared:
        return look
    styles = set(look.styles)
    for style, sets, unsets in _SET:
        if sets.search(declared):
            styles.add(style)
        elif unsets and unsets.search(declared):
            styles.discard(style)
    if look.target:
        styles.discard(Style.UNDERLINE)
    return look if styles == look.styles else Look(frozenset(styles), look.target, look.marks)


def space_of(declared: str) -> Space | None:
    """What the declarations say about white space; None when they say nothing."""
    match = _SPACE.search(declared) if "white-space" in declared else None
    return _SPACES.get(match[1], Space.COLLAPSED) if match else None
