"""Texts that stand in tables and are translated later, when they are shown.

Separate, and named as Qt names it: the translators' tool looks for this very word in the source, and Qt's own function
does not say that it gives back a string.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """``text`` as it is; ``context`` is where its translation will be looked for."""
    return text
