"""Colours: which of the colours of our marks is nearest to one that a page states.

A ``style`` attribute in, a colour out.  Separate because other programs let a person choose any colour, and say it in
any way that CSS Color 4 (sections 4 to 6) knows for a screen: a name, ``#rgb``, ``rgb()`` or ``hsl()``.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping

from archive_viewer.model import Colour

_PROPERTIES = ("background-color", "background", "border-bottom", "border", "text-decoration", "border-color", "color")
"""Where programs put a mark's colour, the likeliest first."""

_NAMES: Mapping[str, Colour] = {
    **dict.fromkeys(("yellow", "gold", "khaki", "lightyellow", "orange", "moccasin", "lemonchiffon"), Colour.YELLOW),
    **dict.fromkeys(("red", "pink", "lightpink", "hotpink", "tomato", "salmon", "crimson", "coral"), Colour.RED),
    **dict.fromkeys(("green", "lime", "lightgreen", "palegreen", "limegreen", "greenyellow", "olive"), Colour.GREEN),
    **dict.fromkeys(("blue", "lightblue", "skyblue", "aqua", "cyan", "lightcyan", "powderblue", "teal"), Colour.BLUE),
    **dict.fromkeys(("purple", "violet", "magenta", "fuchsia", "plum", "lavender", "orchid"), Colour.PURPLE),
    **dict.fromkeys(("gray", "grey", "silver", "lightgray", "lightgrey", "gainsboro"), Colour.GREY),
}
_COLOUR = re.compile(
    r"#(?P<hex>[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b"
    r"|rgba?\((?P<red>\d+(?:\.\d+)?)[\s,]+(?P<green>\d+(?:\.\d+)?)[\s,]+(?P<blue>\d+(?:\.\d+)?)"
    r"|hsla?\((?P<hue>\d+(?:\.\d+)?)(?:deg)?[\s,]+(?P<saturation>\d+(?:\.\d+)?)%"
    r"|(?P<name>[a-z]{3,20})",
    re.IGNORECASE,
)
_HUES = ((20, Colour.RED), (70, Colour.YELLOW), (165, Colour.GREEN), (255, Colour.BLUE), (330, Colour.PURPLE))
"""Degrees of the colour wheel up to which a hue goes by a name; from 330 on it is red again."""

_GREYISH = 0.1
"""Saturation below which a colour has no hue that one would name."""

_LONGEST = 2_000


def nearest(style: str | None) -> Colour:
    """The colour of ours that is nearest to the one that a mark's style states; yellow where it states none."""
    declared: dict[str, str] = {}
    for declaration in (style or "")[:_LONGEST].split(";"):
        name, _, value = declaration.partition(":")
        declared.setdefault(name.strip().lower(), value)
    values = (declared[name] for name in _PROPERTIES if name in declared)
    return next((colour for value in values if (colour := _first(value)) is not None), Colour.YELLOW)


def _first(value: str) -> Colour | None:
    for found in _COLOUR.finditer(value):
        if found["name"]:
            if found["name"].lower() in _NAMES:
                return _NAMES[found["name"].lower()]
        elif found["hue"]:
            return _by_hue(float(found["hue"]) % 360, float(found["saturation"]) / 100)
        else:
            red, green, blue = _channels(found)
            hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
            return _by_hue(hue * 360, saturation if max(red, green, blue) - min(red, green, blue) > 0.04 else 0)
    return None


def _channels(found: re.Match[str]) -> tuple[float, float, float]:
    """Red, green and blue, each from 0 to 1."""
    if found["hex"]:
        digits = found["hex"] if len(found["hex"]) >= 6 else "".join(digit * 2 for digit in found["hex"])
        red, green, blue = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    else:
        red, green, blue = (min(1.0, float(found[name]) / 255) for name in ("red", "green", "blue"))
    return red, green, blue


def _by_hue(degrees: float, saturation: float) -> Colour:
    if saturation < _GREYISH:
        return Colour.GREY
    return next((colour for border, colour in _HUES if degrees < border), Colour.RED)
