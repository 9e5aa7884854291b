"""The rereader: the window's child that reads one page in other character sets, to show it or to change it.

A library's folder, and on standard input messages (``glimpse``, ``reread``) in; what was read, or a sentence, out.  A
child of its own because nobody who waits for one page should wait for an import, and because cleaning a page of fifty
megabytes takes half a minute in which a thread of the window would not let it breathe.
"""

from __future__ import annotations

import faulthandler
import os
import queue
import threading
import time
from pathlib import Path
from typing import Any, TextIO

from archive_viewer.errors import ArchiveViewerError
from archive_viewer.jobs.processes import heard, say, watch
from archive_viewer.library import Library

GRACE_SECONDS = 3.0
"""How long a page may still be read when the window has gone: what a person asked for a moment before is stored, but
nothing is written into a library that may be another window's by then."""


def run(folder: Path, messages: TextIO, answers: TextIO) -> None:
    """Answer until standard input closes; of several glimpses that wait only the newest is taken."""
    wishes: queue.Queue[dict[str, Any] | None] = queue.Queue()

    def listen() -> None:
        for line in messages:
            wishes.put(heard(line))
        wishes.put(None)
        time.sleep(GRACE_SECONDS)
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    with Library.open(folder, "worker") as library:
        while (wish := wishes.get()) is not None:
            while wish.get("do") == "glimpse" and not wishes.empty():
                newer = wishes.get()
                if newer is None:
                    return
                wish = newer
            if "item" in wish:
                say(answers, {"id": wish.get("id"), "do": wish.get("do"), **_answer(library, wish)})


def _answer(library: Library, wish: dict[str, Any]) -> dict[str, Any]:
    item_id, charset = str(wish["item"]), str(wish.get("charset") or "")
    try:
        watch(library.files(library.item(item_id).id)[0][1].size)
        if wish.get("do") == "reread":
            return {"charset": library.reread(item_id, charset).charset}
        seen = library.glimpse(item_id, charset)
    except ArchiveViewerError as error:
        return {"refused": str(error)}
    finally:
        faulthandler.cancel_dump_traceback_later()
    found = seen.charset
    return {
        "title": seen.title,
        "lines": seen.lines,
        "charset": found.value,
        "source": found.source.value,
        "origin": found.origin,
        "doubt": found.doubt,
    }
