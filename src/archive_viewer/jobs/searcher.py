"""The searcher: the window's child that answers queries from a warm index, and may be replaced at any moment.

A library's folder, and questions on standard input in; answers on standard output.  Of several questions of one kind
only the newest is answered: nobody wants the results of a word that is half typed.  A long answer is given a little at
a time, and what is more urgent comes between.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from archive_viewer.errors import ArchiveViewerError, BadQuery
from archive_viewer.jobs import answers_counts, answers_facets, answers_quote, answers_search, answers_suggestion
from archive_viewer.jobs.answers_concordance import ConcordanceAnswers
from archive_viewer.jobs.processes import heard, say
from archive_viewer.library import Library

Message = dict[str, Any]
Answering = Callable[[Library, Message], Iterator[Message | None]]

SEARCH = "search"
"""The kind of a question that names none."""


def kinds() -> dict[str, Answering]:
    """What answers each kind of question, the most urgent first."""
    concordance = ConcordanceAnswers()
    return {
        SEARCH: answers_search.hits,
        "suggestion": answers_suggestion.suggestion,
        "facets": answers_facets.facets,
        "quote": answers_quote.sources,
        "concordance-lines": concordance.lines,
        "concordance-text": concordance.text,
        "concordance-save": concordance.save,
        "counts": answers_counts.counts,
        "concordance": concordance.gather,
    }


def run(folder: Path, messages: TextIO, answers: TextIO) -> None:
    """Answer until standard input closes."""
    questions: queue.Queue[Message | None] = queue.Queue()

    def listen() -> None:
        for line in messages:
            questions.put(heard(line))
        questions.put(None)

    threading.Thread(target=listen, daemon=True).start()
    known = kinds()
    going: dict[str, tuple[Message, Iterator[Message | None]]] = {}
    with Library.open(folder, "reader") as library:
        while True:
            while not going or not questions.empty():
                if (question := questions.get()) is None:
                    return
                kind = question.get("kind", SEARCH)
                if kind in known and "id" in question:
                    going[kind] = ({"id": question["id"], "kind": kind}, known[kind](library, question))
            kind = next(kind for kind in known if kind in going)
            about, answer = going[kind]
            try:
                message = next(answer)
            except StopIteration:
                del going[kind]
            except BadQuery as error:
                del going[kind]
                say(answers, {**about, "error": str(error), "position": error.position})
            except ArchiveViewerError as error:
                del going[kind]
                say(answers, {**about, "error": str(error), "position": 0})
            else:
                if message is not None:
                    say(answers, {**about, **message})
