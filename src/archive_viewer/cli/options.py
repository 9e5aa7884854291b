"""What the groups of commands share: the type of the place where they are added, and what an option may be."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def positive(text: str) -> int:
    """A number that is 1 or more.

    :raises argparse.ArgumentTypeError: it is none.
    """
    # ASCII, and no longer than a number that anybody counts to: Python reads far more.
    if not (text.isascii() and text.isdecimal() and len(text) < 19 and int(text)):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number of 1 or more")
    return int(text)


def place(text: str) -> Path:
    """A file or folder; an empty name, as of a variable that is not set in a script, is not the folder one is in.

    :raises argparse.ArgumentTypeError: there is no name.
    """
    if not text:
        raise argparse.ArgumentTypeError("the name of a file or folder is empty")
    return Path(text)
