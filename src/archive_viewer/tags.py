"""Tags before they are parsed: what no parser is asked to read.

The text of a page in, a text that libxml2 reads in bounded time and memory out.  Separate from the parsing because
pages are parsed by readers, by the cleaner and for the original view, and each must be kept from the same traps: an
element takes a hundred bytes whatever it holds, and attributes of one tag take quadratic time.
"""

from __future__ import annotations

import re
from itertools import islice

from archive_viewer import limits

_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{limits.TAG_CHARACTERS},}}>")
_ATTRIBUTE = re.compile(r"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*))?""")


def bounded(text: str) -> str:
    """``text`` up to the tag behind ``limits.TAGS`` others, its long tags with their first attributes only."""
    if text.count("<") > limits.TAGS:
        text = text[: next(islice(re.finditer("<", text), limits.TAGS, None)).start()]
    return _LONG_TAG.sub(lambda tag: _thin(tag[0]), text) if _may_hold_long_tag(text) else text


def _may_hold_long_tag(text: str) -> bool:
    """Whether half the length of a long tag lies somewhere without a bracket; the pattern would look into every tag."""
    half = limits.TAG_CHARACTERS // 2
    return any(
        text.find("<", start, start + half) < 0 and text.find(">", start, start + half) < 0
        for start in range(0, len(text) - half, half)
    )


def _thin(tag: str) -> str:
    """A tag with its first attributes only."""
    name = tag[1:].split(None, 1)[0]
    kept = (attribute[0] for attribute in islice(_ATTRIBUTE.finditer(tag, len(name) + 1), limits.TAG_ATTRIBUTES))
    return f"<{name} {' '.join(kept)}>"
