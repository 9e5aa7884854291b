"""The engines there are, and how one is come by: a name or an index on disk in, an ``Engine`` out."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search import fingerprint
from archive_viewer.search.engine import Engine
from archive_viewer.search.fingerprint import TANTIVY, WHOOSH

NAMES = (WHOOSH, TANTIVY)
"""The first is always there."""


def is_installed(name: str) -> bool:
    """Whether the engine can be used here."""
    return name == WHOOSH or (name in NAMES and find_spec(name) is not None)


def kind(name: str) -> type[Engine]:
    """The engine of this name.

    :raises IndexUnavailable: it is not installed.
    """
    # An engine is loaded where it is used: another one's library costs time and memory.
    if name == WHOOSH:
        from archive_viewer.search.index import Index

        return Index
    if not is_installed(name):
        raise IndexUnavailable(f"The search index was made by “{name}”, which is not installed here.")
    from archive_viewer.search.tantivy_engine import TantivyEngine

    return TantivyEngine


def open_any(folder: Path, writable: bool = False, library: str = "") -> Engine:
    """The index in ``folder``, opened by the engine that made it.

    :raises IndexUnavailable: as ``Engine.open``; or that engine is not installed.
    """
    return kind(fingerprint.engine(folder)).open(folder, writable, library)
