"""The command line as a whole: which commands there are, how a library is opened for them, how a run ends.

Arguments in, an exit code out: 0 done, 1 a bug of ours, 2 wrong usage or nothing found, 3 done but something was
refused or failed its check, 4 another program holds the library.  PySide6 is not imported by anything here.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from archive_viewer import __version__, settings
from archive_viewer.cli import (
    accounts,
    arranging,
    handing_over,
    intake,
    keeping,
    marking,
    mending,
    packing,
    printing,
    reading,
    searches,
    sources,
)
from archive_viewer.cli.options import place
from archive_viewer.errors import ArchiveViewerError

LOG = logging.getLogger(__name__)

GROUPS = (
    intake,
    accounts,
    keeping,
    reading,
    searches,
    sources,
    arranging,
    marking,
    mending,
    handing_over,
    packing,
)

DONE, INTERRUPTED = 0, 130


def is_command(arguments: Sequence[str]) -> bool:
    """Whether these arguments name a command, or ask about the program; otherwise they open the window."""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--library":
            del rest[:1]
        elif word in ("--version", "--help", "-h"):
            return True
        elif not word.startswith("--library="):
            return word in _commands()
    return False


def window_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """What the window is asked to show: ``library`` (None: the one shown last) and ``paths``."""
    parser = argparse.ArgumentParser("archive-viewer", parents=[_common(with_json=False)])
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH")
    options = parser.parse_args(arguments)
    for path in options.paths:
        if not os.path.exists(path):  # noqa: PTH110 - Path.exists raises where a name is too long
            parser.error(f"there is no command and no file named “{path}”")
    return options


def run(arguments: Sequence[str]) -> int:
    """Carry out one command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(_library_last(arguments))
    if options.library is None:
        options.library = settings.default_library()
    code: int = DONE
    try:
        code = options.run(options)
        sys.stdout.flush()
    except ArchiveViewerError as error:
        printing.say(str(error))
        return error.exit_code
    except BrokenPipeError:
        # Whoever read the answer has read enough (``| head``).
        printing.speak_to_nobody()
    except KeyboardInterrupt:
        printing.say("Stopped.  What was done until then is kept.")
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "archive-viewer",
        description="Saved web pages: imported, read, searched, marked, linked and cited, all offline.",
        epilog="Without a command the window opens; files named are imported and shown.",
    )
    parser.add_argument("--version", action="version", version=f"Archive Viewer {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in GROUPS:
        group.add_commands(commands, _common())
    return parser


def _common(with_json: bool = True) -> argparse.ArgumentParser:
    """The options that every command takes."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--library", type=place, metavar="DIR", help="the library's folder (default: your own library)")
    if with_json:
        common.add_argument("--json", action="store_true", help="one JSON object a line on standard output")
    return common


def _commands() -> set[str]:
    actions = [action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction)]
    return {name for action in actions for name in action.choices}


def _library_last(arguments: Sequence[str]) -> list[str]:
    """Let ``--library`` stand before the command as well: argparse gives it to the command only."""
    given = list(arguments)
    if given[:1] == ["--library"] and len(given) > 2:
        return [given[2], *given[:2], *given[3:]]
    if given and given[0].startswith("--library=") and len(given) > 1:
        return [given[1], given[0], *given[2:]]
    return given
