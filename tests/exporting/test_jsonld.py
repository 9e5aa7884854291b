"""The rules of the Web Annotation Data Model (W3C Recommendation, 23 February 2017), one by one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from archive_viewer.exporting import Exporter, exporter_of
from archive_viewer.model import Excerpt

Write = Callable[[Exporter, Sequence[Excerpt]], str]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
MOTIVATIONS = {"highlighting", "commenting", "tagging", "linking", "classifying"}


@pytest.fixture
def collection(three: list[Excerpt], written: Write) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(written(exporter_of("jsonld"), three))
    return found


@pytest.fixture
def annotations(collection: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = collection["first"]["items"]
    return items


def everything(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from everything(part)
    elif isinstance(value, list):
        for part in value:
            yield from everything(part)


def test_section_5_a_collection_with_its_first_page(collection: dict[str, Any]) -> None:
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert IRI.fullmatch(collection["id"])
    page = collection["first"]
    assert (page["type"], page["startIndex"]) == ("AnnotationPage", 0)
    assert IRI.fullmatch(page["id"])
    assert collection["total"] == len(page["items"]) == 5


def test_section_3_1_each_annotation_has_one_iri_a_type_and_a_target(annotations: list[dict[str, Any]]) -> None:
    assert len({one["id"] for one in annotations}) == len(annotations)
    for one in annotations:
        assert one["type"] == "Annotation"
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one["id"])
        assert one["target"]
        assert "body" not in one or one["body"]


def test_section_3_3_dates_are_utc_and_motivations_of_the_standard(annotations: list[dict[str, Any]]) -> None:
    for one in annotations:
        assert all(MOMENT.fullmatch(one[name]) for name in ("created", "modified") if name in one)
        motivations = one["motivation"] if isinstance(one["motivation"], list) else [one["motivation"]]
        assert set(motivations) <= MOTIVATIONS


def test_section_3_2_4_textual_bodies_have_a_value_and_a_purpose(annotations: list[dict[str, Any]]) -> None:
    bodies = [part for part in everything(annotations) if part.get("type") == "TextualBody"]
    assert {body["purpose"] for body in bodies} == {"commenting", "tagging", "classifying"}
    assert all(isinstance(body["value"], str) and body["format"] == "text/plain" for body in bodies)


def test_section_4_specific_resources_have_one_source_and_selectors_of_known_types(
    annotations: list[dict[str, Any]], three: list[Excerpt]
) -> None:
    marks = [one for one in annotations if "highlighting" in one["motivation"]]
    for one, excerpt in zip(marks, three, strict=True):
        target = one["target"]
        assert target["type"] == "SpecificResource"
        assert IRI.fullmatch(target["source"]["id"])
        quote, *position = target["selector"]
        assert quote["type"] == "TextQuoteSelector"
        assert (quote["exact"], quote["prefix"], quote["suffix"]) == (excerpt.quote, "before ", " after")
        for selector in position:
            assert selector["type"] == "TextPositionSelector"
            assert 0 <= selector["start"] <= selector["end"]
            assert selector["end"] - selector["start"] == len(excerpt.quote)
        assert bool(position) is (excerpt.annotation.start is not None)


def test_section_4_3_1_the_state_is_the_capture(annotations: list[dict[str, Any]], three: list[Excerpt]) -> None:
    states = [part for part in everything(annotations) if part.get("type") == "TimeState"]
    assert [(state["sourceDate"], state["cached"]) for state in states] == [
        (excerpt.item.captured_at, f"urn:sha256:{excerpt.item.sha256}") for excerpt in three
    ]


def test_section_4_4_the_style_class_is_in_the_style_sheet(annotations: list[dict[str, Any]]) -> None:
    for one in annotations:
        if "stylesheet" in one:
            assert one["stylesheet"]["type"] == "CssStylesheet"
            assert f".{one['target']['styleClass']} " in one["stylesheet"]["value"]


def test_a_link_runs_from_its_target_to_its_body_whichever_end_is_exported(
    annotations: list[dict[str, Any]], three: list[Excerpt]
) -> None:
    links = {one["id"].removeprefix("urn:uuid:"): one for one in annotations if one["motivation"] == "linking"}
    ends = {end.link.id: end.link for excerpt in three for end in excerpt.links}
    assert links.keys() == ends.keys()
    for id, link in ends.items():
        body, relation, *notes = links[id]["body"]
        assert links[id]["target"]["id"] == f"urn:uuid:{link.from_id}"
        assert (body["purpose"], body["source"]["id"]) == ("linking", f"urn:uuid:{link.to_id}")
        assert (relation["purpose"], relation["value"]) == ("classifying", link.relation)
        assert [note["value"] for note in notes] == ([link.note] if link.note else [])


def test_an_address_that_is_none_gives_way_to_the_items_own_name(three: list[Excerpt], written: Write) -> None:
    for url in ("javascript:alert(1)", "a b", "", "https://a b/"):
        item = replace(three[0].item, url=url, captured_at="2021")
        found = json.loads(written(exporter_of("jsonld"), [replace(three[0], item=item)]))
        target = found["first"]["items"][0]["target"]
        assert target["source"]["id"] == f"urn:uuid:{item.id}"
        assert "sourceDate" not in target["state"]
