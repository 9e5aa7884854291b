"""An index of a few pages, made anew for each test that asks; of every engine where a test asks for ``engine``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive_viewer.search import engines
from archive_viewer.search.engine import Engine
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Tïtle 😀 index"


@pytest.fixture(
    params=[
        name if engines.is_installed(name) else pytest.param(name, marks=pytest.mark.skip(f"{name} is not installed"))
        for name in engines.NAMES
    ]
)
def kind(request: pytest.FixtureRequest) -> type[Engine]:
    """Each engine that is there."""
    return engines.kind(request.param)


@pytest.fixture
def engine(kind: type[Engine], folder: Path) -> Iterator[Engine]:
    with kind.create(folder) as engine:
        yield engine


@pytest.fixture
def asked(engine: Engine) -> Callable[..., list[str]]:
    """Ids of the answers of the engine, best first."""

    def ask(query: str, limit: int = 100) -> list[str]:
        return [match.id for match in engine.search(parse(query), limit)]

    return ask


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    with Index.create(folder) as index:
        yield index


@pytest.fixture
def ask(index: Index) -> Callable[..., list[str]]:
    """Ids of the answers, best first."""

    def ask(query: str, limit: int = 100) -> list[str]:
        return [match.id for match in index.search(parse(query), limit)]

    return ask


@pytest.fixture
def ferry() -> Document:
    return Document(
        id="ferry",
        title="Tïtle 😀 of the Ferry",
        authors=("अनुभा जैन", "Zoë O’Brien"),
        site="Harbour Gazette",
        url="https://news.example.org/2021/11/caf%C3%A9-ferry.html",
        text="The ferry left the harbour at noon.\nNobody saw it again; co-operation with Al-Jazeera’s crew ended.",
        tags=("winter road", "Доха"),
        notes=("Compare the almanac.",),
        language="en-US",
        format="html-folder",
        published="2021-11-21",
        captured_at="2022-03-04T05:06:07Z",
    )
