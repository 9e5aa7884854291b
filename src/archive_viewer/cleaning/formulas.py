"""Formulas: MathML as one line of text, as it would be typed.

A ``math`` element in, its words out: ``(a+b)/2``, ``x^2``, ``√(x+1)``, ``[a, b; c, d]``.  Separate because what stands
between two parts of a formula is said by the element around them, not by themselves.
Source: MathML Core, section 3; MathML 3, section 3.3.8 (``mfenced``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from lxml.etree import _Element

_NESTING = 60
"""Elements within elements of a formula; what lies deeper is its words alone.  Real ones have twenty."""
_LEFT_OUT = frozenset({"annotation", "annotation-xml", "mphantom"})
_UNDERSTOOD = str.maketrans({"\u2061": " ", "\u2062": None, "\u2063": None, "\u2064": None})
"""Function application, and operators that are understood and not seen."""
_WHITE = re.compile(r"[ \t\n\r\f]+")
_SINGLE = re.compile(r"\w*[′″]?|[^\w\s]|\([^()]*\)|\[[^\[\]]*\]|\|[^|]*\|")
"""What needs no brackets to be one part of a formula."""


def linear(formula: _Element) -> str:
    """The formula as one line; one that shows nothing is what its ``alttext`` says."""
    text = _WHITE.sub(" ", _text(formula, _NESTING)).strip()
    return text or _WHITE.sub(" ", formula.get("alttext", "")).strip()


def _text(element: _Element, room: int) -> str:
    """An element as a line; it may have ``room`` more elements within elements."""
    if room == 0:
        return "".join(element.itertext()).translate(_UNDERSTOOD)
    children = [child for child in element if child.tag not in _LEFT_OUT]
    parts = [_text(child, room - 1) for child in children]
    words, tails = _words(element.text), [_words(child.tail) for child in children]
    if not words and not any(tails):
        count, form = _FORMS.get(str(element.tag), (None, None))
        if form is not None and len(parts) == (len(parts) if count is None else count):
            return form(element, parts)
    if element.tag == "mtext" and words:
        words = f" {words} "  # prose: no sign parts it from the letters around it
    return words + "".join(part + tail for part, tail in zip(parts, tails, strict=True))


def _words(text: str | None) -> str:
    """Words between two elements: the source's line ends are nothing in a formula."""
    return text.strip(" \t\n\r\f").translate(_UNDERSTOOD) if text else ""


def _part(text: str) -> str:
    text = text.strip()
    return text if _SINGLE.fullmatch(text) else f"({text})"


def _fraction(element: _Element, parts: Sequence[str]) -> str:
    if element.get("linethickness", "1").strip().startswith("0"):  # a binomial coefficient
        return f"({parts[0].strip()}¦{parts[1].strip()})"
    return f"{_part(parts[0])}/{_part(parts[1])}"


def _raised(base: str, above: str) -> str:
    above = above.strip()
    if not above or not any(map(str.isalnum, above)):  # primes, arrows and bars
        return f"{base}{above}"
    return f"{base}^{_part(above)}"


def _lowered(base: str, below: str) -> str:
    return f"{base}_{_part(below)}" if below.strip() else base


def _fenced(element: _Element, parts: Sequence[str]) -> str:
    separators = "".join(element.get("separators", ",").split())
    opening, closing = element.get("open", "("), element.get("close", ")")
    line = "".join(
        part.strip() + (f"{separators[min(i, len(separators) - 1)]} " if separators and i < len(parts) - 1 else "")
        for i, part in enumerate(parts)
    )
    return f"{opening}{line}{closing}"


def _scripts(element: _Element, parts: Sequence[str]) -> str:
    """A base with scripts on all sides: those before it stand behind ``mprescripts``."""
    tags = [child.tag for child in element if child.tag not in _LEFT_OUT]
    border = tags.index("mprescripts") if "mprescripts" in tags else len(tags)
    return _all_scripts("", parts[border + 1 :]) + _all_scripts("".join(parts[:1]), parts[1:border])


def _all_scripts(base: str, scripts: Sequence[str]) -> str:
    for i, script in enumerate(scripts):
        base = _raised(base, script) if i % 2 else _lowered(base, script)
    return base


_Form = Callable[[_Element, Sequence[str]], str]
_FORMS: Mapping[str, tuple[int | None, _Form]] = {
    "mfrac": (2, _fraction),
    "msup": (2, lambda _, parts: _raised(_part(parts[0]), parts[1])),
    "mover": (2, lambda _, parts: _raised(_part(parts[0]), parts[1])),
    "msub": (2, lambda _, parts: _lowered(_part(parts[0]), parts[1])),
    "munder": (2, lambda _, parts: f"{_lowered(_part(parts[0]), parts[1])} "),
    "msubsup": (3, lambda _, parts: _raised(_lowered(_part(parts[0]), parts[1]), parts[2])),
    "munderover": (3, lambda _, parts: f"{_raised(_lowered(_part(parts[0]), parts[1]), parts[2])} "),
    "mmultiscripts": (None, _scripts),
    "msqrt": (None, lambda _, parts: f"√{_part(''.join(parts))}"),
    "mroot": (2, lambda _, parts: f"√[{parts[1].strip()}]{_part(parts[0])}"),
    "mfenced": (None, _fenced),
    "mtable": (None, lambda _, parts: f"[{'; '.join(part.strip() for part in parts)}]"),
    "mtr": (None, lambda _, parts: ", ".join(part.strip() for part in parts)),
    "mlabeledtr": (None, lambda _, parts: ", ".join(part.strip() for part in parts)),
    "mspace": (0, lambda *_: " "),
}
"""Tag → how many parts it has (None: any number), and how they are written; one that is not so is its words."""
