"""Reading a file in a process of its own, to see what it takes: seconds of the processor, and memory."""

from __future__ import annotations

import json
import os
import resource
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from archive_viewer import cleaning, limits, readers
from archive_viewer.errors import FileRefused
from archive_viewer.model import SavedFile
from archive_viewer.readers import FolderCompanions

LOOKED_AT = 3


@dataclass(frozen=True)
class Measured:
    """What came of a file: a sentence where it was refused, warnings where it was read, and what that took.

    ``megabytes`` are those beyond what the process had before.
    """

    refusal: str
    pages: int
    warnings: tuple[str, ...]
    text: str
    seconds: float
    megabytes: int


def measured(path: Path) -> Measured:
    """Read and clean the file in a copy of this process, which is thrown away."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        try:
            with os.fdopen(theirs, "w") as answer:
                json.dump(_read(path), answer)
        finally:
            os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    assert said, "the process that read this file died"
    return Measured(**json.loads(said))


def _read(path: Path) -> dict[str, Any]:
    seconds, megabytes = time.process_time(), _peak()
    saved = SavedFile(path, path.name, "2020-02-29T12:00:00Z", FolderCompanions(path))
    refusal, pages, text = "", 0, ""
    warnings: list[str] = []
    try:
        readers.companion_names(saved)
        captures = readers.read(saved)
        for capture in islice(captures, LOOKED_AT):
            pages += 1
            warnings += [*capture.file_warnings, *capture.warnings]
            text += cleaning.clean(capture).text[:1000]
        for capture in captures:
            pages += 1
            warnings += capture.file_warnings
    except FileRefused as sentence:
        refusal = str(sentence)
    return {
        "refusal": refusal,
        "pages": pages,
        "warnings": tuple(dict.fromkeys(warnings)),
        "text": text,
        "seconds": time.process_time() - seconds,
        "megabytes": _peak() - megabytes,
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (limits.MIB // 1024)
