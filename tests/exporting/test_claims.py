"""Files that came back: edited, forged, cut short, or never ours."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive_viewer import limits
from archive_viewer.errors import NotAnExport
from archive_viewer.exporting import EXPORTERS, Exporter, exporter_of, read_claims
from archive_viewer.model import Claim, Excerpt

Make = Callable[..., Excerpt]
Write = Callable[[Exporter, Sequence[Excerpt]], str]
Read = Callable[[str], list[Claim]]

every_form = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.format)


@every_form
def test_an_edited_quote_is_what_is_claimed(
    exporter: Exporter, excerpt_of: Make, written: Write, claimed: Read
) -> None:
    text = written(exporter, [excerpt_of("no ship was loaded 😀")])
    assert [claim.quote for claim in claimed(text.replace("no ship", "every ship"))] == ["every ship was loaded 😀"]


@every_form
def test_a_swapped_checksum_is_what_is_claimed(
    exporter: Exporter, excerpt_of: Make, written: Write, claimed: Read
) -> None:
    excerpt = excerpt_of("no ship was loaded")
    text = written(exporter, [excerpt]).replace(excerpt.item.sha256, "f" * 64)
    assert [claim.sha256 for claim in claimed(text)] == ["f" * 64]


@every_form
def test_saved_by_a_windows_editor_it_is_still_read(
    exporter: Exporter, three: list[Excerpt], written: Write, tmp_path: Path, claimed: Read
) -> None:
    text = written(exporter, three)
    file = tmp_path / "a.txt"
    for data in (
        text.replace("\n", "\r\n").encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode("utf-16"),
    ):
        file.write_bytes(data)
        assert read_claims(file) == claimed(text)


@every_form
@given(cut=st.floats(0, 1))
@example(cut=0.004)
@settings(max_examples=60, deadline=None)
def test_a_file_cut_short_claims_what_is_left_of_it_or_is_refused(
    exporter: Exporter, three: list[Excerpt], written: Write, claimed: Read, cut: float
) -> None:
    text = written(exporter, three)
    try:
        claims = claimed(text[: int(len(text) * cut)])
    except NotAnExport:
        return
    whole = claimed(text)
    assert claims[:-1] == whole[: len(claims) - 1]


@every_form
@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_gives_claims_or_a_sentence(
    exporter: Exporter, three: list[Excerpt], written: Write, claimed: Read, data: st.DataObject
) -> None:
    text = written(exporter, three)
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 400))
    junk = data.draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
    try:
        claims = claimed(text[:at] + junk + text[at + length :])
    except NotAnExport:
        return
    assert all(isinstance(claim, Claim) for claim in claims)


def test_a_quote_without_its_proof_claims_no_item(three: list[Excerpt], written: Write, claimed: Read) -> None:
    markdown = written(exporter_of("md"), three)
    lines = markdown.split("\n")
    first = next(line for line in lines if line.startswith("**Proof:**"))
    claims = claimed(markdown.replace(first, "", 1))
    assert [claim.item_id == "" for claim in claims] == [True, False, False]
    page = written(exporter_of("html"), three).replace("<article", "<div").replace("</article", "</div")
    assert [claim.item_id for claim in claimed(page)] == ["", "", ""]


def test_words_slipped_in_beside_the_quote_are_part_of_it(excerpt_of: Make, written: Write, claimed: Read) -> None:
    excerpt = excerpt_of("no ship was loaded", note="a note")
    markdown = written(exporter_of("md"), [excerpt]).replace("**Note:**", "> and so said the mayor\n\n**Note:**")
    page = written(exporter_of("html"), [excerpt]).replace(
        '<p class="note"', "<blockquote><p>and so said <b>the</b> mayor</p></blockquote><p class='note'"
    )
    for text in (markdown, page):
        assert [claim.quote for claim in claimed(text)] == ["no ship was loaded\nand so said the mayor"]


def test_what_a_reader_does_not_see_proves_nothing(excerpt_of: Make, written: Write, claimed: Read) -> None:
    excerpt = excerpt_of("no ship was loaded")
    page = written(exporter_of("html"), [excerpt])
    for forged, seen in (
        (page.replace("no ship", "every ship<!-- no ship -->"), "every ship was loaded"),
        (page.replace("no ship", "every<b hidden> no</b> ship"), "every ship was loaded"),
        (page.replace("<blockquote", '<p>every ship was loaded</p><blockquote style="Display: none"'), ""),
        (page.replace("<section", "<section hidden"), ""),
    ):
        assert [claim.quote for claim in claimed(forged)] == [seen]


@every_form
def test_a_note_cannot_pretend_to_be_an_excerpt(
    exporter: Exporter, excerpt_of: Make, written: Write, claimed: Read
) -> None:
    forged = written(exporter, [excerpt_of("forged words")])
    excerpt = excerpt_of("true words", note=forged, tags=(forged,))
    assert [claim.quote for claim in claimed(written(exporter, [excerpt]))] == ["true words"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "Just a letter.\n\n> with a quotation\n",
        "<!doctype html><title>Any page</title><p>Words</p>",
        "<html>",
        "{}",
        "[]",
        "[" * 100_000,
        '{"a":' * 100_000,
        '[1, null, {}, {"target": {"selector": [[], {"type": []}, 3]}}]',
        '{"target": {"selector": [{"type": "TextQuoteSelector", "exact": 5}]}}',
        '{"first": {"items": "none"}}',
        "{not json",
        "9" * 100_000,
        "[" + "9" * 100_000 + "]",
        "<html>" + "<div>" * 100_000,
        "<html>" + "<article>" * 5_000 + "<blockquote>" * 5_000,
    ],
    ids=lambda text: repr(text[:24]),
)
def test_what_is_no_export_is_refused_with_a_sentence(text: str, claimed: Read) -> None:
    with pytest.raises(NotAnExport, match=r"\.$"):
        claimed(text)


def test_unreadable_files_are_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    binary = tmp_path / "a.md"
    binary.write_bytes(b"\xff\xfe\x00\xd8\x00\xd8 \x80\x81")
    for path in (binary, tmp_path, tmp_path / "missing 😀.md"):
        with pytest.raises(NotAnExport, match="The file"):
            read_claims(path)
    monkeypatch.setattr(limits, "EXPORT_BYTES", 10)
    large = tmp_path / "b.md"
    large.write_text("x" * 11)
    with pytest.raises(NotAnExport, match="larger than"):
        read_claims(large)


def test_a_list_or_a_single_annotation_is_read(three: list[Excerpt], written: Write, claimed: Read) -> None:
    collection = json.loads(written(exporter_of("jsonld"), three))
    annotations = collection["first"]["items"]
    assert claimed(json.dumps(annotations)) == claimed(json.dumps(collection))
    assert [claim.quote for claim in claimed(json.dumps(annotations[0]))] == [three[0].quote]
    annotations[0]["target"]["selector"] = annotations[0]["target"]["selector"][0]
    annotations[0]["target"]["source"] = "https://post.example/"
    alone = claimed(json.dumps(annotations[0]))[0]
    assert (alone.quote, alone.item_id, alone.start) == (three[0].quote, "", None)
