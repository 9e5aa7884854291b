"""The scout: the window's child that looks at files before they are imported, and stores nothing.

A library's folder, and one message that says where to look on standard input in; a message a file out.  A process of
its own beside the worker, because a person wants to see what would come in while the worker is still at other work, and
because a file that brings it down must not take the window along: the window starts another, and tells it which files
to pass over.
"""

from __future__ import annotations

import faulthandler
import os
import threading
from pathlib import Path
from typing import Any, TextIO

from archive_viewer import limits
from archive_viewer.errors import ArchiveViewerError
from archive_viewer.jobs.job import Job, Progress
from archive_viewer.jobs.previewing import Prospect, look_at_paths
from archive_viewer.jobs.processes import NICENESS, heard, say, watch
from archive_viewer.library import Library
from archive_viewer.model import Item, NearDuplicate, Source


def run(folder: Path, messages: TextIO, answers: TextIO) -> None:
    """Look once, at ``look`` (paths), then wait for standard input to close.

    ``known``: how many files were told of by a scout before this one, and are not told of again; ``troublesome``: the
    numbers of those at which one ended.
    """
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    question = heard(messages.readline())
    end = threading.Thread(target=_end_with, args=(messages,), daemon=True)
    end.start()
    try:
        with Library.open(folder, "reader") as library:
            _look(library, question, answers)
        faulthandler.cancel_dump_traceback_later()
        say(answers, {"event": "finished"})
    except ArchiveViewerError as error:
        faulthandler.cancel_dump_traceback_later()
        say(answers, {"event": "failed", "message": str(error)})
    end.join()


def _end_with(messages: TextIO) -> None:
    """Nobody wants to know any more: there is nothing to be finished first."""
    for _line in messages:
        pass
    os._exit(0)


def _look(library: Library, question: dict[str, Any], answers: TextIO) -> None:
    def show(progress: Progress) -> None:
        counts = {"done": progress.done, "total": progress.total, "seconds_left": progress.seconds_left}
        say(answers, {"event": "progress", "what": progress.what, **counts})

    paths = [Path(name) for name in question.get("look", ())]
    known = int(question.get("known", 0))
    troublesome = frozenset(question.get("troublesome", ()))
    for number, prospect in enumerate(look_at_paths(library, paths, Job(show, watch), troublesome)):
        if number >= known:
            say(answers, {"event": "file", **prospect_values(prospect)})


def prospect_values(prospect: Prospect) -> dict[str, Any]:
    """A prospect as the window is told of it; of a container of thousands only the first pages."""
    line = prospect.line
    return {
        "file": prospect.file,
        "path": line.path,
        "outcome": line.outcome,
        "reason": line.reason,
        "warnings": line.warnings,
        "page_count": len(prospect.items),
        "pages": [_page_values(item) for item in prospect.items[: limits.PAGES_TOLD]],
        "near": [_near_values(near) for near in prospect.near],
    }


def _page_values(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "url": item.url,
        "captured_at": item.captured_at,
        "is_capture_guessed": _is_guessed(item),
        "published": item.published,
        "charset": item.charset,
        "format": item.format.value,
        "marks": item.marks_brought,
        "doubts": {name: fact.doubt for name, fact in item.facts.items() if fact.doubt},
    }


def _is_guessed(item: Item) -> bool:
    """Whether nothing but the time of the file tells when the page was captured."""
    captured = item.facts.get("captured_at")
    return captured is not None and captured.source is Source.INFERRED


def _near_values(near: NearDuplicate) -> dict[str, Any]:
    return {
        "title": near.item.title,
        "captured_at": near.item.captured_at,
        "is_same_text": near.is_same_text,
        "path": near.path,
    }
