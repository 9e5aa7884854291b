"""The command line as a script meets it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.cli import program


class Line:
    """The command line on one library: arguments in, JSON lines out, the exit code looked at."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.said = ""
        self._capsys = capsys

    def __call__(self, *arguments: str | Path, code: int = 0) -> list[dict[str, Any]]:
        assert program.run([*map(str, arguments), "--json", "--library", str(self.folder)]) == code
        out, self.said = self._capsys.readouterr()
        return [json.loads(line) for line in out.splitlines()]

    def blocks(self, item_id: str) -> list[dict[str, Any]]:
        """The blocks of a page, each with who decided it."""
        (shown,) = self("show", item_id)
        by = {decided["n"]: decided["by"] for decided in shown["decided"]}
        return [{**block, "by": by.get(block["n"], "cleaner")} for block in shown["blocks"]]
