"""From another thread to the main one, by a signal of an object that may have gone meanwhile.

In: an object, one of its signals, the values.  Out: the signal, unless nobody is left to hear it.  Separate because
every thread of the window ends with such a signal, and the window may be closed while it works.
"""

from __future__ import annotations

from contextlib import suppress

import shiboken6
from PySide6.QtCore import QObject, SignalInstance


def tell(owner: QObject, signal: SignalInstance, *values: object) -> None:
    """Emit ``signal`` of ``owner``, unless that was deleted."""
    if shiboken6.isValid(owner):
        # It may be deleted between the question and the signal.
        with suppress(RuntimeError):
            signal.emit(*values)
