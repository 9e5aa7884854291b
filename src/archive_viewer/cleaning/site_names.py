"""Site names: what a site calls itself, and how that is taken off a page's title.

Titles and addresses in, titles and names out.  Separate because the search for the title heading and the metadata
must both know a site's name when they see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive_viewer.text import fold

DIVIDER = re.compile(r"\s+[-–—|•·:»«/~]+\s+|\s*[|｜»]\s*|\s*::\s*|\s*_\s*(?=[^_]*$)")
"""What stands between a page's title and its site's name."""

_TELLING = 4
"""Letters: a shorter name is found inside others by chance."""
_MOST_WORDS = 4


def of_host(url: str) -> list[str]:
    """The names that an address gives its site: the host, and each of its labels but the last."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return []
    labels = host.split(".")
    return [host, *(labels[:-1] if len(labels) > 1 else labels)]


def is_one_of(text: str, names: list[str]) -> bool:
    """Whether ``text`` is one of ``names``, but for case, accents and punctuation."""
    return _key(text) in _keys(names)


def those_not_of(texts: Iterable[tuple[int, str]], names: list[str]) -> Iterator[int]:
    """The numbers of those texts that are none of ``names``."""
    known = _keys(names)
    return (number for number, text in texts if _key(text) not in known)


def without(title: str, names: list[str]) -> str:
    """A title without the name of its site before or behind it."""
    known = _keys(names)
    dividers = list(DIVIDER.finditer(title))
    for divider in reversed(dividers):
        if _is_site(title[divider.end() :], known) and title[: divider.start()].strip():
            return title[: divider.start()].strip()
    for divider in dividers:
        if _key(title[: divider.start()]) in known and title[divider.end() :].strip():
            return title[divider.end() :].strip()
    return title


def _is_site(part: str, known: set[str]) -> bool:
    """Whether a part of a title is the site's name, or has it inside: "Doom9's Forum" of doom9.org."""
    key = _key(part)
    if key in known:
        return True
    return len(part.split()) <= _MOST_WORDS and any(len(name) >= _TELLING and name in key for name in known)


def _keys(names: list[str]) -> set[str]:
    return {key for name in names if (key := _key(name))}


def _key(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum()).removeprefix("the")
