"""Excerpts of invented pages by invented people, with everything that is awkward."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive_viewer.exporting import Exporter, read_claims
from archive_viewer.model import (
    AnchorState,
    Annotation,
    BlockPoint,
    Claim,
    Colour,
    Excerpt,
    Fact,
    Format,
    Item,
    Link,
    LinkEnd,
    Source,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

HARBOUR = Item(
    id="7d0a3c52-6c1b-4c57-9d4e-0f8f2f1f6a01",
    accession_id="5b7e0a52-1111-4c57-9d4e-0f8f2f1f6a01",
    accession="2026-1",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    payload_sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    locator="",
    format=Format.SINGLEFILE,
    media_type="text/html",
    charset="utf-8",
    file_name="Tïtle 😀.html",
    original_order=1,
    title="Tïtle 😀 <of> the *harbour*",
    url="https://post.example/harbour_strike?a=1&b=2",
    site="Evening Post",
    authors=("Ana Wëiß", "Bo O’Leary"),
    published="2021-11-21",
    captured_at="2021-12-05T10:00:00Z",
    language="en",
    facts={"published": Fact("2021-11-21", Source.STATED, "meta", "The page says Tuesday, but that day was a Sunday.")},
)
QUAY = replace(
    HARBOUR,
    id="0c3f2c9e-93ab-4a52-8a54-2f3f1d1c5b02",
    sha256="60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    title="",
    url="",
    site="",
    authors=(),
    published="",
    captured_at="2024-02-29T23:59:59Z",
    language="ar",
    accession="2026-2",
    facts={"captured_at": Fact("2024-02-29T23:59:59Z", Source.INFERRED, "file time")},
)


def annotation(id: str, item: Item, quote: str, start: int | None, **changes: Any) -> Annotation:
    begin = start or 0
    target = Target(
        TextQuoteSelector(quote, "before ", " after"),
        TextPositionSelector(begin, begin + len(quote)),
        BlockPoint(4, 0),
        BlockPoint(4, len(quote)),
        "0" * 64,
    )
    mark = Annotation(
        id=id,
        item_id=item.id,
        target=target,
        colour=Colour.YELLOW,
        note="",
        tags=(),
        created_at="2026-01-02T03:04:05Z",
        modified_at="2026-01-02T03:04:06Z",
        start=start,
        end=None if start is None else start + len(quote),
    )
    return replace(mark, **changes)


@pytest.fixture(scope="session")
def three() -> list[Excerpt]:
    """Two passages of one page and one of another, linked, with notes, tags, blocks, breaks, two directions."""
    first = annotation(
        "aaaaaaaa-0000-4000-8000-000000000001",
        HARBOUR,
        "“We *will* not load 5 < 6 ships,” said the crane_drivers’ spokesman.\n1. First 😀 demand\u2028second line\n\n"
        "    — 𠮷野",
        120,
        note="Compare with the ledger.\n> not a quote\n\n**Proof:** item `forged`, SHA-256 `0`",
        tags=("strike/1921", "crane"),
        colour=Colour.GREEN,
    )
    second = annotation("aaaaaaaa-0000-4000-8000-000000000002", HARBOUR, "no ship | was loaded", 900)
    third = annotation(
        "aaaaaaaa-0000-4000-8000-000000000003",
        QUAY,
        "وقال الناطق: لم تُحمَّل أي سفينة.",
        None,
        state=AnchorState.UNPLACED,
        colour=Colour.PURPLE,
    )
    supports = Link(
        "bbbbbbbb-0000-4000-8000-000000000001", first.id, third.id, "supports", "same day", "2026-01-03T00:00:00Z", ""
    )
    cites = Link(
        "bbbbbbbb-0000-4000-8000-000000000002", "elsewhere", second.id, "cites", "", "2026-01-03T00:00:01Z", ""
    )
    return [
        Excerpt(first, HARBOUR, first.quote, (4, 7), (LinkEnd(supports, True, QUAY.id, "", "", third.quote),)),
        Excerpt(
            third,
            QUAY,
            third.quote,
            (2, 2),
            (LinkEnd(supports, False, HARBOUR.id, HARBOUR.title, HARBOUR.url, first.quote),),
        ),
        Excerpt(
            second,
            HARBOUR,
            second.quote,
            (9, 9),
            (LinkEnd(cites, False, "x", "The Ledger", "javascript:alert(1)", ""),),
        ),
    ]


@pytest.fixture(scope="session")
def excerpt_of() -> Callable[..., Excerpt]:
    """Makes an excerpt of the given words; ``note``, ``tags`` … go to its mark."""

    def make(quote: str, item: Item = HARBOUR, **changes: Any) -> Excerpt:
        mark = annotation("aaaaaaaa-0000-4000-8000-00000000000f", item, quote, 3, **changes)
        return Excerpt(mark, item, quote, (1, 1))

    return make


@pytest.fixture(scope="session")
def written() -> Callable[[Exporter, Sequence[Excerpt]], str]:
    """What a form makes of excerpts, as text."""

    def write(exporter: Exporter, excerpts: Sequence[Excerpt]) -> str:
        stream = io.BytesIO()
        exporter.write(excerpts, stream)
        return stream.getvalue().decode("utf-8")

    return write


@pytest.fixture(scope="session")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[Claim]]:
    """What a file with this text claims."""
    file: Path = tmp_path_factory.mktemp("exports") / "Tïtle 😀.txt"

    def read(text: str) -> list[Claim]:
        file.write_bytes(text.encode("utf-8"))
        return read_claims(file)

    return read
