"""A bag that somebody hands over, proved before anything of it is used.

A folder in; what the bag says and holds out, or the troubles by which it was refused (RFC 8493, sections 3 and 5).
Whoever made it may mean harm: nothing is followed that leads out, nothing is fetched, no list is read beyond a bound.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from archive_viewer import limits
from archive_viewer.errors import BagRefused, FileRefused
from archive_viewer.storage import bag_tags, drafts
from archive_viewer.storage.drafts import Report
from archive_viewer.text import printable

ALGORITHMS = ("sha512", "sha384", "sha256", "sha224", "sha1", "md5", "sha3-512", "sha3-384", "sha3-256", "sha3-224")


@dataclass(frozen=True)
class Bag:
    """A bag that was found whole: what it says of itself, and its payload by names below ``data/``, with sizes."""

    folder: Path
    info: tuple[tuple[str, str], ...]
    payload: Mapping[str, int]

    @property
    def size(self) -> int:
        """The bytes of its payload."""
        return sum(self.payload.values())

    def path(self, name: str) -> Path:
        return self.folder / "data" / name


@dataclass
class _Files:
    """The files that lie in a bag, by names with slashes, and what is found wrong with them."""

    sizes: dict[str, int]
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # A disk may spell a name's letters in another way than the manifest does (section 6.1.2).
        self._by_spelling = {_normal(name): name for name in self.sizes}

    def find(self, *names: str) -> str | None:
        """The file that is meant by one of these spellings."""
        for name in names:
            if name in self.sizes:
                return name
        return next((found for name in names if (found := self._by_spelling.get(_normal(name)))), None)

    def trouble(self, sentence: str) -> None:
        """:raises BagRefused: it is one more than are told."""
        self.troubles.append(sentence)
        if len(self.troubles) >= limits.BAG_TROUBLES:
            raise BagRefused(self.troubles)


def prove(folder: Path, report: Report) -> Bag:
    """See to it that a bag is whole and that every checksum agrees.

    :raises BagRefused: it is not; the sentences say what is wrong.
    """
    if not folder.is_dir():
        raise BagRefused([f"{folder} is no folder.  A bag that is packed into one file must be unpacked first."])
    version, charset = bag_tags.read_declaration(folder)
    files = _Files(dict(_walk(folder)))
    payload = {name.removeprefix("data/"): size for name, size in files.sizes.items() if name.startswith("data/")}
    if not (folder / "data").is_dir():
        raise BagRefused(["It has no folder “data”, in which the files of a bag are."])
    info = bag_tags.read_info(folder / "bag-info.txt", charset) if "bag-info.txt" in files.sizes else []
    _compare_oxum(info, payload, files)
    _refuse_fetching(folder, charset, files)
    wanted = _listed(folder, charset, version, files)
    if files.troubles:
        raise BagRefused(files.troubles)
    for done, (name, expected) in enumerate(wanted.items()):
        tell = partial(report, done, len(wanted), printable(name), files.sizes[name])
        tell()
        _compare(folder / name, name, expected, files, tell)
    report(len(wanted), len(wanted), "", 0)
    if files.troubles:
        raise BagRefused(files.troubles)
    return Bag(folder, tuple(info), payload)


def _walk(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file of the bag with its size.

    :raises BagRefused: there is a link, a device, something that cannot be read, or more than any bag holds.
    """
    waiting, files, folders = [""], 0, 0
    while waiting:
        inside = waiting.pop()
        folders += 1
        try:
            with os.scandir(folder / inside) as entries:
                for entry in entries:
                    name = f"{inside}{entry.name}"
                    status = entry.stat(follow_symlinks=False)
                    # A junction of Windows is a folder by its mode, and a reparse point by its tag.
                    is_place = stat.S_ISDIR(status.st_mode) and not getattr(status, "st_reparse_tag", 0)
                    if is_place:
                        waiting.append(f"{name}/")
                    elif stat.S_ISREG(status.st_mode):
                        files += 1
                        yield name, status.st_size
                    else:
                        raise BagRefused([f"“{printable(name)}” is no file but a link, a device or a pipe."])
                    if files > limits.BAG_FILES or folders + len(waiting) > limits.BAG_FOLDERS:
                        raise BagRefused(["It holds more files or folders than are read."])
        except OSError as error:
            where = printable(inside) or folder.name
            raise BagRefused([f"“{where}” cannot be read: {error.strerror or error}."]) from error


def _compare_oxum(info: bag_tags.Info, payload: Mapping[str, int], files: _Files) -> None:
    """Bytes and number of the payload's files, where the bag says them (section 2.2.2): told in no time."""
    stated = [value for label, value in info if label.casefold() == "payload-oxum"]
    there = f"{sum(payload.values())}.{len(payload)}"
    for value in stated:
        if value.strip() != there:
            files.trouble(
                f"It says that its files have {_in_words(value)}; those that are there have {_in_words(there)}."
            )


def _in_words(oxum: str) -> str:
    size, _, count = oxum.strip().partition(".")
    if not (size.isdecimal() and count.isdecimal() and len(oxum) < 40):
        return f"“{oxum.strip()[:40]}”"
    return f"{int(size):,} bytes in {int(count):,} file{'' if int(count) == 1 else 's'}"


def _refuse_fetching(folder: Path, charset: str, files: _Files) -> None:
    """Files that are to be fetched from elsewhere are not: the bag is whole without them, or it is refused."""
    if "fetch.txt" not in files.sizes:
        return
    absent = 0
    for line in bag_tags.lines(folder / "fetch.txt", charset, limits.BAG_MANIFEST_BYTES):
        if not line.strip():
            continue
        name = [*line.split(maxsplit=2), "", "", ""][2]
        absent += files.find(name, bag_tags.decoded(name)) is None
    if absent:
        count = "1 of its files" if absent == 1 else f"{absent:,} of its files"
        files.trouble(f"It says that {count} must be fetched over the network, and this program fetches nothing.")


def _listed(folder: Path, charset: str, version: tuple[int, int], files: _Files) -> dict[str, dict[str, str]]:
    """Every file that is listed, with the digest that it must have by each algorithm.

    :raises BagRefused: no manifest is of an algorithm that is known, or one is hostile.
    """
    wanted: dict[str, dict[str, str]] = {}
    of_payload = []
    for name in sorted(files.sizes):
        found = bag_tags.MANIFEST.fullmatch(name)
        if found is None or found[2] not in ALGORITHMS:
            continue
        listed = set()
        for digest, spelled in bag_tags.read_manifest(folder / name, charset):
            if (file := _named(spelled, name, bool(found[1]), version, files)) is None:
                continue
            listed.add(file)
            known = wanted.setdefault(file, {}).setdefault(found[2], digest)
            if known != digest:
                files.trouble(f"“{name}” gives two checksums for “{printable(file)}”.")
        if not found[1]:
            of_payload.append((name, listed))
    if not of_payload:
        raise BagRefused(["It has no list of its files whose checksums are known here, such as “manifest-sha256.txt”."])
    everywhere = set.intersection(*(listed for _, listed in of_payload))
    anywhere = set.union(*(listed for _, listed in of_payload))
    # Before 1.0 it was enough that one list named a file (section 2.1.3).
    complete = everywhere if version >= (1, 0) else anywhere
    for name in sorted(files.sizes):
        if name.startswith("data/") and name not in complete:
            files.trouble(f"“{printable(name)}” lies in it and is not on its list.")
    return wanted


def _named(spelled: str, manifest: str, is_of_tags: bool, version: tuple[int, int], files: _Files) -> str | None:
    """The file that a line of a manifest means; None where there is none, which is a trouble."""
    spellings = (spelled, bag_tags.decoded(spelled)) if version < (1, 0) else (bag_tags.decoded(spelled), spelled)
    shown = printable(spelled)[:200]
    if not all(_is_inside(name, is_of_tags) for name in spellings):
        files.trouble(f"“{manifest}” names “{shown}”, which is no place within the bag.")
        return None
    found = files.find(*spellings)
    if found is None:
        files.trouble(f"“{shown}” is on its list “{manifest}” and is not there.")
    return found


def _is_inside(name: str, is_of_tags: bool) -> bool:
    """Whether a name is that of a payload file, or of a tag file: nothing that leads out, on any system."""
    parts = name.replace("\\", "/").split("/") if os.name == "nt" else name.split("/")
    is_plain = all(part not in ("", ".", "..") and "\0" not in part for part in parts)
    has_drive = os.name == "nt" and ":" in name
    return is_plain and not has_drive and (is_of_tags or (parts[0] == "data" and len(parts) > 1))


def _compare(file: Path, name: str, expected: Mapping[str, str], files: _Files, pause: drafts.Pause) -> None:
    hashes: dict[str, Any] = {
        algorithm: hashlib.new(algorithm.replace("-", "_"), usedforsecurity=False) for algorithm in expected
    }
    try:
        with drafts.opened(file) as stream:
            for piece in drafts.pieces(stream, pause):
                for one in hashes.values():
                    one.update(piece)
    except FileRefused as refusal:
        files.trouble(f"“{printable(name)}”: {refusal}")
        return
    if any(hashes[algorithm].hexdigest() != digest for algorithm, digest in expected.items()):
        files.trouble(f"“{printable(name)}” is not as it was packed: its checksum differs.")


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def said(info: Sequence[tuple[str, str]], label: str) -> str:
    """What a bag says under a label; empty where it says nothing."""
    return next((value for known, value in info if known.casefold() == label.casefold()), "")
