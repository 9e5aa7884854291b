"""The tag files of a bag: declaration, manifests, and what is said of it as a whole, as RFC 8493 writes them.

Values in, bytes out, and the other way.  Separate from the reading and the writing of bags, so that both agree on how a
name or a value is spelled.
"""

from __future__ import annotations

import codecs
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from archive_viewer import limits
from archive_viewer.errors import BagRefused, FileRefused

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9-]+)\.txt")

Info = Sequence[tuple[str, str]]
"""Labels and values in order; a label may be there more than once (section 2.2.2)."""


def manifest(entries: Iterable[tuple[str, str]]) -> bytes:
    """A manifest: digests in hexadecimal and names with slashes (section 2.1.3)."""
    return "".join(f"{digest}  {_encoded(name)}\n" for digest, name in entries).encode("utf-8", "surrogateescape")


def _encoded(name: str) -> str:
    """Only what would end a line, and the sign itself, is escaped."""
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decoded(name: str) -> str:
    """A name as a manifest of version 1.0 means it."""
    escapes = {"0d": "\r", "0a": "\n", "25": "%"}
    return re.sub(r"%(0[dDaA]|25)", lambda found: escapes[found[1].lower()], name)


def info(entries: Info) -> bytes:
    """What is said of the bag; a line end in a value becomes a blank, so that no value can pass for a label."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in entries).encode("utf-8", "replace")


def read_declaration(folder: Path) -> tuple[tuple[int, int], str]:
    """The version and the character set that a bag declares (section 2.1.1).

    :raises BagRefused: this is no bag, or it is of a version or in a character set that is not read.
    """
    values = dict(read_info(folder / "bagit.txt", "utf-8"))
    version = re.fullmatch(r"([0-9]{1,3})\.([0-9]{1,3})", values.get("BagIt-Version", ""))
    if version is None:
        raise BagRefused(["Its file “bagit.txt” does not say of which version of BagIt it is."])
    number = (int(version[1]), int(version[2]))
    if not (0, 93) <= number <= (1, 0):
        raise BagRefused([f"It is of BagIt {version[0]}, which is not read; 0.93 to 1.0 are."])
    charset = values.get("Tag-File-Character-Encoding", "")
    try:
        known = codecs.lookup(charset)
    except (LookupError, ValueError):
        raise BagRefused([f"Its tag files are in the character set “{charset[:40]}”, which is not read."]) from None
    if not known._is_text_encoding:
        raise BagRefused([f"Its tag files are in “{charset[:40]}”, which is no character set."])
    return number, known.name


def read_info(file: Path, charset: str) -> list[tuple[str, str]]:
    """The labels and values of a tag file; lines that begin with a blank go on with the value before them.

    :raises BagRefused: it cannot be read.
    """
    entries: list[tuple[str, str]] = []
    for line in lines(file, charset, limits.BAG_INFO_BYTES):
        if line[:1] in (" ", "\t") and entries:
            label, value = entries[-1]
            entries[-1] = (label, f"{value} {line.strip()}")
        elif ":" in line:
            label, _, value = line.partition(":")
            entries.append((label.strip(), value.strip()))
        elif line.strip():
            raise BagRefused([f"A line of its file “{file.name}” has no label: “{line.strip()[:60]}”."])
    return entries


def read_manifest(file: Path, charset: str) -> Iterator[tuple[str, str]]:
    """The digests and the names of a manifest, as they are written, line by line.

    :raises BagRefused: it cannot be read, is larger than any is, or a line is none of a manifest.
    """
    for line in lines(file, charset, limits.BAG_MANIFEST_BYTES):
        if not line.strip():
            continue
        found = re.fullmatch(r"([0-9a-fA-F]+)[ \t]+\*?(.+)", line)
        if found is None:
            raise BagRefused([f"A line of its file “{file.name}” is no checksum with a name: “{line[:60]}”."])
        yield found[1].lower(), found[2].removeprefix("./")


def lines(file: Path, charset: str, most: int) -> Iterator[str]:
    """The lines of a tag file, which is read no further than a limit.

    :raises BagRefused: it is not there, cannot be read, is too large, or is not in its character set.
    """
    try:
        status = file.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            raise BagRefused([f"“{file.name}” is no file but a link, a device or a pipe."])
        if status.st_size > most:
            raise BagRefused([f"Its file “{file.name}” has more than {most:,} bytes, which no bag needs."])
        with file.open("r", encoding=charset, errors="surrogateescape" if charset == "utf-8" else "strict") as stream:
            first = True
            while line := stream.readline(limits.BAG_LINE):
                if len(line) == limits.BAG_LINE:
                    raise BagRefused([f"A line of its file “{file.name}” is longer than any name can be."])
                yield (line.removeprefix("\ufeff") if first else line).removesuffix("\n")
                first = False
    except FileNotFoundError:
        raise BagRefused([f"It has no file “{file.name}”."]) from None
    except OSError as error:
        raise BagRefused([f"Its file “{file.name}”: {FileRefused.unreadable(error)}"]) from error
    except (UnicodeError, ValueError) as error:
        raise BagRefused([f"Its file “{file.name}” is not in the character set that it is said to be in."]) from error
