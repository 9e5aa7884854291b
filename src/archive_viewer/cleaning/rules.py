"""Rules: the words of classes, ids and roles by which pages name their own furniture.

Named tables, each one concept; nothing decides here.  A word counts when it is a whole part of a class or id
(``site-footer``, ``siteFooter`` and ``site_footer`` all hold "footer").
"""

from __future__ import annotations

import re

from lxml.etree import _Element

_LONGEST = 400
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

AUTHOR_WORDS = frozenset({"byline", "author", "authors", "writer", "autor", "auteur", "creator", "vcard"})


def words_of(element: _Element) -> frozenset[str]:
    """The words of an element's class, id and role."""
    named = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
    return frozenset(part.lower() for part in _PART.findall(named[:_LONGEST]))
