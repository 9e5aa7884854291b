"""Every form: its golden file, its round trip, its manners."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import UnknownForm
from archive_viewer.exporting import EXPORTERS, Exporter, exporter_of
from archive_viewer.model import Claim, Excerpt

GOLDEN = Path(__file__).parent / "golden"
Make = Callable[..., Excerpt]
Write = Callable[[Exporter, Sequence[Excerpt]], str]
Read = Callable[[str], list[Claim]]

every_form = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.format)

awkward = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from(
            "\n\u2028 \t*_`#>|[]<>&\\~-+=.:%$^@!1)😀𠮷\u0301\u05d0\u0627\u00ad\u200b\u202e\u00a0\ufeff\r\x85"
        ),
    ),
    max_size=60,
)
"""Any text that an article may hold, most of it made of what some form takes for markup."""


@every_form
def test_is_what_it_was(exporter: Exporter, three: list[Excerpt], written: Write) -> None:
    golden = GOLDEN / f"three{exporter.suffix}"
    assert written(exporter, three) == golden.read_text("utf-8")


@every_form
def test_claims_of_a_file_are_its_excerpts(
    exporter: Exporter, three: list[Excerpt], written: Write, claimed: Read
) -> None:
    claims = {claim.quote: claim for claim in claimed(written(exporter, three))}
    for excerpt in three:
        mark = excerpt.annotation
        assert claims[excerpt.quote] == Claim(excerpt.quote, excerpt.item.id, excerpt.item.sha256, mark.start, mark.end)
    assert len(claims) == len(three)


@every_form
@given(quote=awkward, note=awkward)
@example(quote="<html>", note="<!DOCTYPE html>")
@settings(max_examples=150, deadline=None)
def test_any_text_is_given_back_to_the_character(
    exporter: Exporter, excerpt_of: Make, written: Write, claimed: Read, quote: str, note: str
) -> None:
    quote = quote or "x"
    excerpt = excerpt_of(quote, note=note, tags=(note,))
    assert [claim.quote for claim in claimed(written(exporter, [excerpt, excerpt]))] == [quote, quote]


@every_form
def test_shows_all_that_an_excerpt_must_say(exporter: Exporter, three: list[Excerpt], written: Write) -> None:
    shown = written(exporter, three).replace("\\", "")
    for words in (
        *("Tïtle 😀", "Ana Wëiß, Bo O’Leary", "Evening Post", "post.example/harbour_strike", "Captured 2021-12-05"),
        *("Published 2021-11-21 [?]", "Captured 2024-02-29 23:59:59 UTC [inferred]", "Published n.d.", "[no title]"),
        *("paragraphs 4–7", "accession 2026-1", three[0].item.sha256, "Compare with the ledger.", "strike/1921"),
        *("green", "supports", "same day", "The Ledger"),
    ):
        assert words in shown, words


@every_form
def test_keeps_the_marks_of_a_page_together_in_the_given_order(
    exporter: Exporter, three: list[Excerpt], written: Write, claimed: Read
) -> None:
    if exporter.format == "jsonld":
        expected = [excerpt.quote for excerpt in three]
    else:
        expected = [three[0].quote, three[2].quote, three[1].quote]
    assert [claim.quote for claim in claimed(written(exporter, three))] == expected


@every_form
def test_leaves_the_stream_open_for_the_caller_to_sync(exporter: Exporter, three: list[Excerpt]) -> None:
    stream = io.BytesIO()
    exporter.write(three, stream)
    assert not stream.closed


@every_form
def test_says_the_error_of_a_full_disk(exporter: Exporter, three: list[Excerpt]) -> None:
    class Full(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        exporter.write(three, io.BufferedWriter(Full(), 16))


@every_form
def test_many_marks_are_streamed(exporter: Exporter, excerpt_of: Make) -> None:
    one = excerpt_of("words " * 50, note="a note " * 10, tags=("tag",))
    many = [
        replace(
            one,
            annotation=replace(one.annotation, id=str(UUID(int=number))),
            item=replace(one.item, id=str(number // 20)),
        )
        for number in range(2_000)
    ]

    class Counter(io.RawIOBase):
        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.size += len(data)
            return len(data)

    counter = Counter()
    tracemalloc.start()
    try:
        exporter.write(many, counter)  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert counter.size > 2_000 * len(one.quote)
    assert peak < counter.size / 4


def test_forms_are_found_by_their_token() -> None:
    assert [exporter_of(exporter.format) for exporter in EXPORTERS] == EXPORTERS
    with pytest.raises(UnknownForm, match="“docy” is no form of export; there are md, html, jsonld"):
        exporter_of("docy")
