"""The start: the command line, the window, or one of the window's children.

Arguments in, an exit code out.  A child is told by ``--`` and its role (``--worker``) as the first argument; a command
by its name; anything else opens the window, and only then is Qt imported.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from archive_viewer import settings

LOG_BYTES = 1024 * 1024


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; ``arguments`` are those of the command line without the program's name."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _open_streams()
    if given[:1] in (["--worker"], ["--searcher"], ["--scout"], ["--rereader"]) and len(given) == 2:
        return _run_child(given[0], Path(given[1]))
    from archive_viewer.cli import program

    _keep_log()
    if program.is_command(given):
        return program.run(given)
    from archive_viewer.ui import application

    options = program.window_arguments(given)
    return application.run(options.library, options.paths)


def _run_child(name: str, folder: Path) -> int:
    _keep_log()
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    if name == "--worker":
        from archive_viewer.jobs.worker import Worker

        Worker(folder, sys.stdin, sys.stdout).run()
    elif name == "--scout":
        from archive_viewer.jobs import scout

        scout.run(folder, sys.stdin, sys.stdout)
    elif name == "--rereader":
        from archive_viewer.jobs import rereader

        rereader.run(folder, sys.stdin, sys.stdout)
    else:
        from archive_viewer.jobs import searcher

        searcher.run(folder, sys.stdin, sys.stdout)
    return 0


def _open_streams() -> None:
    """A program that Windows starts without a console has no standard streams; what would be said there is lost."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  open to the end


def _keep_log() -> None:
    """Write what goes wrong to a file that keeps its size; where that cannot be, to standard error."""
    handler: logging.Handler
    try:
        settings.log_file().parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(settings.log_file(), maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])


if __name__ == "__main__":
    sys.exit(main())
