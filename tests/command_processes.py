"""Commands as processes of their own: arguments in, exit code and what was printed out.

A test of the command line starts dozens of them, and most of a short command's time is the reading of the program.  So
one process reads it once and forks for each command: streams, exit code and end are those of a real process.  Where a
system cannot fork, each command is started anew.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SECONDS = 60

FORKING = """
import gc, json, os, signal, sys

from archive_viewer.__main__ import main
from archive_viewer.cli import program

gc.freeze()
for line in sys.stdin:
    order = json.loads(line)
    child = os.fork()
    if not child:
        signal.alarm(order["seconds"])
        for stream, name in enumerate(order["streams"]):
            os.dup2(os.open(name, os.O_RDONLY if stream == 0 else os.O_WRONLY), stream)
        os.chdir(order["at"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv[1:] = order["arguments"]
        sys.stdin = open(0, encoding="utf-8")
        sys.stdout = open(1, "w", encoding="utf-8")
        sys.stderr = open(2, "w", 1, "utf-8", "backslashreplace")
        code = 1
        try:
            code = main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code or 0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def run(*arguments: str | Path, said: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
    """The program with ``arguments``, with ``said`` as its standard input, ends with ``code`` and no traceback."""
    given = list(map(str, arguments))
    answer = _forked(given, said) if hasattr(os, "fork") else _started(given, said)
    assert answer.returncode == code, answer.stderr
    assert "Traceback" not in answer.stderr
    return answer


def _started(arguments: list[str], said: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "archive_viewer", *arguments]
    return subprocess.run(
        command, input=said, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
    )


def _forked(arguments: list[str], said: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("in", "out", "err")]
        streams[0].write_text(said, encoding="utf-8")
        for stream in streams[1:]:
            stream.touch()
        order = {
            "arguments": arguments,
            "at": str(Path.cwd()),
            "environment": dict(os.environ),
            "streams": list(map(str, streams)),
            "seconds": SECONDS,
        }
        forking = _forking()
        assert forking.stdin is not None
        assert forking.stdout is not None
        forking.stdin.write(json.dumps(order) + "\n")
        forking.stdin.flush()
        code = int(forking.stdout.readline())
        out, error = (stream.read_bytes().decode("utf-8") for stream in streams[1:])
    return subprocess.CompletedProcess(arguments, code, out, error)


@cache
def _forking() -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", FORKING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    atexit.register(process.communicate)
    return process
