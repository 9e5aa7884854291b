"""The floor plan as a test: imports go only downwards, and each foreign library lives in its own rooms."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "archive_viewer"
FLOORS: list[set[str]] = [
    {"model", "errors", "text", "charset", "labels", "mementos", "damage", "limits", "settings", "tags"}
    | {"edtf_dates", "edtf_parts"},
    {"readers", "cleaning", "storage", "search", "anchoring", "exporting", "serving", "history", "resemblance"},
    {"library"},
    {"jobs"},
    {"ui", "cli"},
]
FLOOR = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
ONLY_IN = {
    "PySide6": {"ui"},
    "sqlite3": {"storage"},
    "whoosh": {"search"},
    "tantivy": {"search"},
    "Stemmer": {"search"},
    "numpy": {"cleaning", "search"},
    "lightgbm": {"cleaning"},
    "edtf": {"edtf_dates"},
    "lxml": {"cleaning", "readers", "serving", "exporting"},
}
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem in FLOOR)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} uses a relative import"
            module = node.module or ""
            names.update(f"{module}.{alias.name}" for alias in node.names) if module == "archive_viewer" else names.add(
                module
            )
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_downwards(path: Path) -> None:
    here = room_of(path)
    for name in imported_names(path):
        package, *rest = name.split(".")
        if package == "archive_viewer":
            there = rest[0] if rest else ""
            if there in {"", "__version__"}:
                continue
            same_floor_is_ground = FLOOR[here] == FLOOR[there] == 0
            assert there == here or FLOOR[there] < FLOOR[here] or same_floor_is_ground, f"{here} imports {there}"
        elif package in ONLY_IN:
            assert here in ONLY_IN[package], f"{here} imports {package}"
