"""How the window's children are started: the worker, the searcher, the scout, the rereader.

A name and a folder in, a command line out.  They speak JSON lines on standard input and output; a child ends when
its input closes, so that it never outlives its window.
"""

from __future__ import annotations

import faulthandler
import json
import sys
from pathlib import Path
from typing import Any, Literal, TextIO, TypeAlias

from archive_viewer import limits

Role: TypeAlias = Literal["worker", "searcher", "scout", "rereader"]

NICENESS = 10
"""While pages were indexed the window's clock was at worst 7.6 ms late beside a worker of the same priority, 6.3 ms
beside one that gives way."""


def command(child: Role, folder: Path) -> list[str]:
    """The command that starts a child for the library in ``folder``, frozen or not."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "archive_viewer"]
    return [*program, f"--{child}", str(folder)]


def say(stream: TextIO, message: dict[str, Any]) -> None:
    """Write one message; ASCII only, so that no line separator of Unicode can cut it."""
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def heard(line: str) -> dict[str, Any]:
    """One message read; what is not a JSON object is an empty one."""
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def watch(size: int) -> None:
    """End this process if the page at hand takes too long for ``size`` bytes, even in C code that no signal interrupts.

    The window starts another, which finds the file that it was at; after some such ends the file is refused.
    """
    faulthandler.dump_traceback_later(limits.SECONDS_PER_FILE + size / limits.BYTES_A_SECOND, exit=True)
