"""What answers a query beside the text: where it stands, and where words are sought that name no field."""

from __future__ import annotations

import pytest

from archive_viewer.errors import BadQuery
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Aside, Item
from pages import MakePage, TakeIn


@pytest.fixture
def annotated(library: Library, item: Item, make_page: MakePage, take_in: TakeIn) -> Item:
    """A page with a mark that has a note and a tag, a tag, and a link with a note to another page."""
    (line,) = take_in(make_page("two.html", "The quiet quay", ("Nothing happens on this quay in winter.",)))
    mark = library.annotate_quote(item.id, "harbour master", note="Compare the Zürich 😀 papers.", tags=["witness"])
    library.tag_items([item.id], ["Zürich talks"])
    library.link(mark.id, line.item_ids[0], "supports", "as the zurich delegate said")
    update_index(library, Job())
    return library.item(item.id)


def asides(library: Library, query: str, *where: str) -> dict[str, tuple[Aside, ...]]:
    return {hit.item.id: hit.asides for hit in library.search(query, where=where)}


def test_each_thing_that_answers_says_so(library: Library, annotated: Item) -> None:
    (mark,) = library.annotations(annotated.id)
    (other,) = set(library.item_ids()) - {annotated.id}
    found = asides(library, "zurich")
    assert found == {
        annotated.id: (
            Aside("note", "Compare the ", "Zürich", " 😀 papers.", mark.id),
            Aside("tag", "", "Zürich", " talks"),
            Aside("link", "as the ", "zurich", " delegate said", mark.id),
        ),
        other: (Aside("link", "as the ", "zurich", " delegate said"),),
    }
    assert library.search("zurich")[0].passages == ()


@pytest.mark.parametrize(
    ("query", "kind", "match"),
    [
        ("title:ferry", "title", "ferry"),
        ("ferries", "title", "ferry"),
        ("tag:witness", "tag", "witness"),
        ("mark:master", "mark", "master"),
        ('note:"zurich paper"', "", ""),
        ('note:"the zürich"', "note", "the Zürich"),
        ("note:comp*", "note", "Compare"),
        ("note:zurich NEAR/3 note:papers", "note", "Zürich 😀 papers"),
        ("link:supports", "link", "supports"),
        ("stripped:privacy", "stripped", "Privacy"),
        ("text:ferry", "", ""),
        ("sounds:tsurich", "note", "Zürich"),
    ],
)
def test_a_match_is_that_of_the_field(library: Library, annotated: Item, query: str, kind: str, match: str) -> None:
    found = asides(library, query).get(annotated.id, ())
    assert [(one.kind, one.match) for one in found][:1] == ([(kind, match)] if kind else [])


def test_a_stripped_match_names_its_block(library: Library, annotated: Item) -> None:
    (one,) = asides(library, "stripped:privacy")[annotated.id]
    block = library.article(annotated.id).blocks[one.block - 1]
    assert not block.is_kept
    assert "Privacy" in block.text


def test_only_so_many_are_told_of_a_page(library: Library, annotated: Item) -> None:
    library.tag_items([annotated.id], [f"zürich {n}" for n in range(40)])
    update_index(library, Job())
    assert len(asides(library, "zurich")[annotated.id]) == 6


def test_words_are_sought_where_it_is_said(library: Library, annotated: Item) -> None:
    (other,) = set(library.item_ids()) - {annotated.id}
    assert set(asides(library, "zurich", "note")) == {annotated.id}
    assert set(asides(library, "zurich", "note", "link")) == {annotated.id, other}
    assert set(asides(library, "quay", "title", "note")) == {other}
    assert library.search("quay", where=["title"])[0].passages == ()
    assert asides(library, "privacy") == {}
    assert set(asides(library, "privacy", "any", "stripped")) == {annotated.id, other}
    assert asides(library, "zurich title:ferry", "tag").keys() == {annotated.id}
    assert asides(library, "zurich quay", "note", "title") == {}
    scores = [[hit.score for hit in library.search("zurich quay", where=where)] for where in ((), ("any",))]
    assert scores[0] == scores[1]
    with pytest.raises(BadQuery):
        library.search("(", where=["title"])
