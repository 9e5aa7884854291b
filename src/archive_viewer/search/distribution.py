"""Which distribution of Whoosh is installed: several bear the same package, and overwrite each other's files.

Separate because it is asked before an index is opened: of a mixture nobody can say what it does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import Distribution
from pathlib import Path

from archive_viewer.errors import IndexUnavailable

DISTRIBUTIONS = ("whoosh3", "Whoosh", "Whoosh-Reloaded")
"""Those that install the package ``whoosh``; the first is the one that is required."""


def check(path: Sequence[str] | None = None) -> None:
    """``path``: where to look for installed distributions; ``sys.path``.

    :raises IndexUnavailable: two of them lie in one folder.
    """
    found: dict[Path, list[str]] = {}
    places = list(sys.path if path is None else path)
    for name in DISTRIBUTIONS:
        for one in Distribution.discover(name=name, path=places):
            names = found.setdefault(Path(str(one.locate_file("whoosh"))), [])
            if name not in names:
                names.append(name)
    for place, names in found.items():
        if len(names) > 1:
            raise IndexUnavailable(
                f"Search cannot work while {' and '.join(names)} are installed together in “{place.parent}”: each "
                f"overwrites files of the other.  Uninstall both, then install {DISTRIBUTIONS[0]} again."
            )
