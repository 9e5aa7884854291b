"""Which index may be opened: a small file in its folder says what made it, and for which library.

Separate because it is looked at before Whoosh is: whatever it does not vouch for is not opened at all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from uuid import uuid4

from archive_viewer.errors import IndexUnavailable
from archive_viewer.search.schema import SCHEMA_VERSION
from archive_viewer.search.tokenizer import ANALYSER_VERSION

NAME = "fingerprint.json"


def write(folder: Path, library: str) -> None:
    found = {**_expected(library), "made": uuid4().hex}
    draft = folder / f"{NAME}.new"
    draft.write_text(json.dumps(found, indent=1), "utf-8")
    draft.replace(folder / NAME)


def read(folder: Path, library: str) -> bytes:
    """The fingerprint's bytes, which differ for every index ever made.

    :raises IndexUnavailable: this version must not open the index.
    """
    try:
        data = (folder / NAME).read_bytes()
    except FileNotFoundError:
        raise IndexUnavailable("There is no search index yet.") from None
    try:
        found = json.loads(data)
    except ValueError:
        raise IndexUnavailable("The search index is damaged: its fingerprint cannot be read.") from None
    if not isinstance(found, dict) or {**found, "made": ""} != {**_expected(library), "made": ""}:
        raise IndexUnavailable("The search index was made by another version of this program, or for another library.")
    return data


def _expected(library: str) -> dict[str, str | int]:
    return {"schema": SCHEMA_VERSION, "analyser": ANALYSER_VERSION, "byte order": sys.byteorder, "library": library}
