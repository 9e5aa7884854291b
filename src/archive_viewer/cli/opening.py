"""How a command opens its library: to look, to change, or to make one.  Options in, an open library out."""

from __future__ import annotations

import argparse

from archive_viewer.errors import LibraryMissing
from archive_viewer.jobs.indexing import renew_texts, update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Access, Library, is_library


def to_read(options: argparse.Namespace) -> Library:
    """:raises LibraryMissing: there is no such library."""
    return Library.open(options.library, "reader")


def to_write(options: argparse.Namespace, access: Access = "owner") -> Library:
    """:raises LibraryMissing: there is no such library; only an import makes one.

    :raises LibraryBusy: another program owns it.
    """
    if not is_library(options.library):
        raise LibraryMissing(options.library)
    return Library.open(options.library, access)


def keep_index(library: Library) -> None:
    """Let texts and search be at once what a command made them; an index that is missing is not made for so little."""
    renew_texts(library, Job())
    if library.index_state().is_ready:
        update_index(library, Job(), is_idle=False)
