"""Which index may be opened: a small file in its folder says which engine of which version made it, for which library.

Separate because it is looked at before any engine is: whatever it does not vouch for is not opened at all.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from uuid import uuid4

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search.schema import NAME as PAGES
from archive_viewer.search.schema import SCHEMA_VERSION
from archive_viewer.search.tokenizer import ANALYSER_VERSION

NAME = "fingerprint.json"

WHOOSH, TANTIVY = "whoosh", "tantivy"
"""The engines, by the names of their libraries."""

_OURS = re.compile(rf"_?{PAGES}_|{NAME}")


def clear(folder: Path) -> None:
    """Take away the index of whichever engine, and nothing else; the fingerprint first."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name != NAME):
        if path.name == TANTIVY and path.is_dir() and not path.is_symlink():
            # Windows keeps what a reader has open.
            rmtree(path, ignore_errors=True)
        elif _OURS.match(path.name) and path.is_file() and not path.name.endswith("LOCK"):
            with suppress(PermissionError):
                path.unlink()


def write(folder: Path, library: str, engine: str = WHOOSH) -> None:
    found = {**_expected(library, engine), "made": uuid4().hex}
    draft = folder / f"{NAME}.new"
    draft.write_text(json.dumps(found, indent=1), "utf-8")
    draft.replace(folder / NAME)


def engine(folder: Path) -> str:
    """Which engine made the index, as it says itself.

    :raises IndexUnavailable: there is none, or its fingerprint is damaged.
    """
    # Before there were several it did not say so; ``read`` then refuses it.
    return str(_found(folder / NAME)[1].get("engine", WHOOSH))


def read(folder: Path, library: str, engine: str = WHOOSH) -> bytes:
    """The fingerprint's bytes, which differ for every index ever made.

    :raises IndexUnavailable: this version must not open the index, or not with this engine.
    """
    data, found = _found(folder / NAME)
    if {**found, "made": ""} != {**_expected(library, engine), "made": ""}:
        raise IndexUnavailable("The search index was made by another version of this program, or for another library.")
    return data


def _found(file: Path) -> tuple[bytes, dict[str, object]]:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise IndexUnavailable("There is no search index yet.") from None
    try:
        found = json.loads(data)
    except ValueError:
        raise IndexUnavailable("The search index is damaged: its fingerprint cannot be read.") from None
    return data, found if isinstance(found, dict) else {}


def _expected(library: str, engine: str) -> dict[str, object]:
    return {
        "engine": engine,
        "schema": SCHEMA_VERSION,
        "analyser": ANALYSER_VERSION,
        "byte order": sys.byteorder,
        "library": library,
    }
