"""The searcher: the window's child that answers queries from a warm index, and may be replaced at any moment.

A library's folder, and questions on standard input in; answers on standard output.  Of several questions of one kind
that wait only the newest is answered: nobody wants the results of a word that is half typed.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from archive_viewer.errors import ArchiveViewerError, BadQuery
from archive_viewer.jobs import answers_quote
from archive_viewer.jobs.processes import heard, say
from archive_viewer.library import Library

DEFAULT_LIMIT = 200
KINDS = {"quote": answers_quote.sources}
"""What answers each kind of question, beside queries."""


def run(folder: Path, messages: TextIO, answers: TextIO) -> None:
    """Answer until standard input closes."""
    questions: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def listen() -> None:
        for line in messages:
            questions.put(heard(line))
        questions.put(None)

    threading.Thread(target=listen, daemon=True).start()
    with Library.open(folder, "reader") as library:
        while (question := questions.get()) is not None:
            waiting = {question.get("kind", "search"): question}
            while not questions.empty():
                newer = questions.get()
                if newer is None:
                    return
                waiting[newer.get("kind", "search")] = newer
            for kind, asked in waiting.items():
                if kind == "search" and "query" in asked:
                    say(answers, {"id": asked.get("id"), **_answer(library, asked)})
                elif kind in KINDS and "id" in asked:
                    say(answers, {"id": asked["id"], "kind": kind, **_told(KINDS[kind](library, asked))})


def _told(answer: Iterator[dict[str, Any] | None]) -> dict[str, Any]:
    try:
        return next(answer) or {}
    except ArchiveViewerError as error:
        return {"error": str(error)}


def _answer(library: Library, question: dict[str, Any]) -> dict[str, Any]:
    began = time.monotonic()
    try:
        hits = library.search(str(question["query"]), int(question.get("limit", DEFAULT_LIMIT)))
    except BadQuery as error:
        return {"error": str(error), "position": error.position}
    except ArchiveViewerError as error:
        return {"error": str(error), "position": 0}
    most = question.get("passages")
    found = [
        {
            "item": hit.item.id,
            "score": hit.score,
            "passages": [asdict(passage) for passage in hit.passages[:most]],
            "count": len(hit.passages),
        }
        for hit in hits
    ]
    note = "  ".join(filter(None, [library.index_state().sentence, *library.remarks(str(question["query"]))]))
    return {"hits": found, "seconds": time.monotonic() - began, "note": note}
