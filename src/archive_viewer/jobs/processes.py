"""How the window's children are started: the worker, which writes, and the searcher, which answers.

A name and a folder in, a command line out.  They speak JSON lines on standard input and output; a child ends when
its input closes, so that it never outlives its window.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Literal, TextIO


def command(child: Literal["worker", "searcher"], folder: Path) -> list[str]:
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
