"""A bag as it is written: payload first, each file with its digests, then the lists that prove it (RFC 8493).

An empty folder and files in, a whole bag of BagIt 1.0 out.  SHA-256 is what the library knows its files by, SHA-512
what the standard asks for; both are taken while a file is copied, so that each is read once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive_viewer.storage import bag_tags, drafts
from archive_viewer.storage.drafts import Copied, Pause


class BagWriter:
    """The bag that is being written in a folder of its own.

    What goes wrong with the folder is raised as it is (``OSError``: a full disk).
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._payload: dict[str, Copied] = {}
        (folder / "data").mkdir()

    def path(self, name: str) -> Path:
        """Where a payload file lies."""
        return self._folder / "data" / name

    def copy(self, source: Path, name: str, pause: Pause) -> Copied:
        """Copy a file into the payload.

        :raises FileRefused: it cannot be read; nothing of it is in the bag.
        """
        target = self.path(name)
        try:
            copied = drafts.copy(source, target, pause)
        except BaseException:
            target.unlink(missing_ok=True)
            raise
        self._payload[name] = copied
        return copied

    def drop(self, name: str) -> None:
        """Take a file out of the payload again."""
        del self._payload[name]
        self.path(name).unlink()

    @contextmanager
    def filling(self, name: str) -> Iterator[BinaryIO]:
        """A payload file to be written by somebody else, who calls ``note`` with its name afterwards."""
        with self.path(name).open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())

    def note(self, name: str, pause: Pause) -> None:
        """Take up a file that was written into the payload by other means."""
        self._payload[name] = drafts.digests(self.path(name), pause)

    @property
    def oxum(self) -> str:
        """Bytes and number of the payload's files (section 2.2.2)."""
        return f"{sum(one.size for one in self._payload.values())}.{len(self._payload)}"

    def finish(self, info: bag_tags.Info, readme: str) -> None:
        """Write the tag files; with them the bag is whole."""
        tags = {
            "bagit.txt": bag_tags.DECLARATION,
            "bag-info.txt": bag_tags.info([*info, ("Payload-Oxum", self.oxum)]),
            "README.txt": readme.encode("utf-8", "replace"),
        }
        for algorithm in ("sha256", "sha512"):
            entries = [(getattr(one, algorithm), f"data/{name}") for name, one in sorted(self._payload.items())]
            tags[f"manifest-{algorithm}.txt"] = bag_tags.manifest(entries)
        for name, data in tags.items():
            drafts.write(self._folder / name, data)
        written = {name: drafts.digests(self._folder / name, lambda: None) for name in tags}
        for algorithm in ("sha256", "sha512"):
            entries = [(getattr(one, algorithm), name) for name, one in sorted(written.items())]
            drafts.write(self._folder / f"tagmanifest-{algorithm}.txt", bag_tags.manifest(entries))
