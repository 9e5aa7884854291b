"""How far long work is, on a line of standard error that is written over where a person is looking."""

from __future__ import annotations

import sys

from archive_viewer.jobs.job import Job, Progress


def show(progress: Progress) -> None:
    if sys.stderr.isatty():
        left = f", about {progress.seconds_left:.0f} s left" if progress.seconds_left is not None else ""
        text = f"{progress.done:,} of {progress.total:,}{left}  {progress.what}"
        sys.stderr.write(f"\r\x1b[K{text[:100]}")
        sys.stderr.flush()


def end() -> None:
    """The line goes: something else is to be said."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")


class Shown:
    """Long work that is shown for as long as it goes on."""

    def __enter__(self) -> Job:
        return Job(show)

    def __exit__(self, *_: object) -> None:
        end()
