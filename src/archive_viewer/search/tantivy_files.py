"""The files of a Tantivy index under seal: they are read only where they are what was written.

Disks and sync programs lose and change bytes, and a changed byte of an index is a wrong answer.  After each commit the
length and CRC-32 of every file of the index is written down in ``SEAL``; a reader compares them once for each file,
at a gigabyte a second, before Tantivy opens it.  Files never change once they are written, but for the list of them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from archive_viewer.errors import IndexUnavailable

SEAL = "seal.json"
CONTENTS = "meta.json"
"""Tantivy's list of its segments; it is replaced whole."""

_BLOCK = 1 << 20

Sums = dict[str, tuple[int, int]]
"""File → its length and CRC-32."""


@dataclass(frozen=True)
class Seal:
    generation: int
    files: Sums
    data: bytes


def seal(folder: Path, generation: int, before: Sums) -> None:
    """Write down the files of the index as they are; ``before``: those that were sealed already."""
    contents = (folder / CONTENTS).read_bytes()
    files: Sums = {CONTENTS: (len(contents), crc32(contents))}
    segments = {segment["segment_id"].replace("-", "") for segment in json.loads(contents)["segments"]}
    for path in sorted(folder.iterdir()):
        if path.name.partition(".")[0] in segments:
            files[path.name] = before.get(path.name) or _sum(path)
    whole = json.dumps({"generation": generation, "files": files})
    draft = folder / f"{SEAL}.new"
    draft.write_text(f"{crc32(whole.encode()):08x}\n{whole}", "utf-8")
    draft.replace(folder / SEAL)


def sealed(folder: Path) -> Seal:
    """What was written down last.

    :raises IndexUnavailable: nothing, or it is damaged.
    :raises OSError: it cannot be read.
    """
    data = (folder / SEAL).read_bytes()
    checksum, _, whole = data.partition(b"\n")
    if checksum != f"{crc32(whole):08x}".encode():
        raise damaged(SEAL)
    found = json.loads(whole)
    return Seal(found["generation"], {name: (size, sum) for name, (size, sum) in found["files"].items()}, data)


def is_whole(folder: Path, found: Seal) -> bool:
    """Whether nothing was committed since it was sealed."""
    contents = (folder / CONTENTS).read_bytes()
    return found.files[CONTENTS] == (len(contents), crc32(contents))


def check(folder: Path, found: Seal, known: Sums) -> None:
    """Compare all files but those ``known`` to be what they should, and make them known.

    :raises IndexUnavailable: one is damaged.
    :raises FileNotFoundError: one has gone.
    """
    for name, sums in found.files.items():
        if name != CONTENTS and known.get(name) != sums:
            if _sum(folder / name) != sums:
                raise damaged(name)
            known[name] = sums
    for name in known.keys() - found.files.keys():
        del known[name]


def damaged(name: str) -> IndexUnavailable:
    return IndexUnavailable(f"The search index is damaged: “{name}” is not what was written.")


def _sum(path: Path) -> tuple[int, int]:
    length = sum = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            length += len(block)
            sum = crc32(block, sum)
    return length, sum
