"""What a query can ask of a page beside its words, through the door."""

from __future__ import annotations

import pytest

from archive_viewer import limits
from archive_viewer.errors import BadQuery
from archive_viewer.jobs.indexing import rebuild_index, update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import Fate, Item
from pages import MakePage, TakeIn


def found(library: Library, query: str) -> set[str]:
    """Ids of the answers, the index being up to date."""
    update_index(library, Job())
    hits = {hit.item.id for hit in library.search(query)}
    assert library.answering_ids(query) == hits
    return hits


@pytest.fixture
def other(item: Item, library: Library, make_page: MakePage, take_in: TakeIn) -> Item:
    """A second page, of another accession."""
    rows = "".join(f"<tr><td>Quay {n}</td><td>{n} boats at anchor</td></tr>" for n in range(3))
    table = (
        f"The tolls of the winter are these, as the harbour master gave them.</p><table>{rows}</table><p>So he said."
    )
    (line,) = take_in(make_page("two.html", "Tolls of the winter", (table, "No envoy came to the ferry that year.")))
    return library.item(line.item_ids[0])


def test_words_near_each_other_are_one_passage(library: Library, item: Item) -> None:
    (hit,) = library.search("(bridge NEAR/8 snow*) OR boats NEAR/5 spring")
    assert [passage.match for passage in hit.passages] == [
        "boats would sail again in spring",
        "snow on the pass has melted and the bridge",
    ]
    assert library.search("bridge NEAR/7 snow") == library.search("envoys NEAR bridge") == []


def test_every_form_of_a_word_is_shown(library: Library, item: Item) -> None:
    for query, words in (
        ("h?rb*r", ["harbour"]),
        ("w?nter", ["winter"]),
        ("harbuor~", ["harbour"]),
        ("trety~", ["treaty"]),
        ("=ferry", ["ferry", "ferry"]),
        ("text:(river NEAR/1 t*ns)", ["river towns"]),
    ):
        (hit,) = library.search(query)
        assert [passage.match for passage in hit.passages] == words, query


def test_marks_notes_and_links(library: Library, item: Item, other: Item) -> None:
    mark = library.annotate_quote(item.id, "winter road", tags=["weather"])
    assert found(library, 'mark:"winter road"') == found(library, "has:mark has:tag -has:note") == {item.id}
    assert found(library, "has:link") == set()
    link = library.link(mark.id, other.id, "same-event", "Seen from the quayside")
    assert found(library, "link:quayside") == found(library, "link:same-event") == {item.id, other.id}
    assert found(library, "quayside") == found(library, "has:link") == {item.id, other.id}
    library.change_link(link.id, note="Seen from afar")
    assert found(library, "quayside") == set()
    assert found(library, "link:afar") == {item.id, other.id}
    library.delete_annotation(mark.id)
    assert found(library, "has:link OR link:afar OR has:mark") == set()
    library.undo()
    assert found(library, "link:afar") == {item.id, other.id}


def test_a_mark_that_lost_its_place(library: Library, item: Item) -> None:
    library.annotate_quote(item.id, "old treaty")
    assert found(library, "is:unplaced") == set()
    n = next(block.n for block in library.article(item.id).blocks if "treaty" in block.text)
    library.mend(item.id, n, Fate.STRIPPED)
    assert found(library, "is:unplaced") == found(library, "is:mended") == {item.id}
    assert found(library, "treaty -stripped:treaty") == set()
    assert found(library, 'stripped:"old treaty"') == {item.id}
    library.undo()
    assert found(library, "is:unplaced OR is:mended OR stripped:treaty") == set()


def test_series_and_accession(library: Library, item: Item, other: Item) -> None:
    assert found(library, "is:unarranged") == {item.id, other.id}
    fonds = library.add_unit("", "fonds", "Papers of the ferry")
    series = library.add_unit(fonds.id, "series", "Cuttings 😀 on tolls")
    library.move_items([item.id], series.id)
    assert found(library, 'series:"cuttings on tolls"') == found(library, "has:series") == {item.id}
    assert found(library, "is:unarranged") == {other.id}
    assert found(library, "cuttings") == set()
    library.change_unit(series.id, title="Clippings")
    assert found(library, "series:clippings") == {item.id}
    assert found(library, "series:cuttings") == set()
    library.undo()
    assert found(library, "series:cuttings") == {item.id}
    assert found(library, f"accession:{other.accession}") == {other.id}
    assert found(library, f"accession:{other.accession[:4]}") == {item.id, other.id}


def test_what_a_page_has(library: Library, item: Item, other: Item) -> None:
    assert found(library, "has:table") == {other.id}
    assert found(library, "-has:table") == {item.id}
    assert found(library, "has:picture OR has:author OR has:date OR is:damaged") == set()


def test_the_bin_is_searched_only_when_asked(library: Library, item: Item, other: Item) -> None:
    library.delete_items([item.id])
    assert found(library, "ferry") == found(library, "-is:binned") == {other.id}
    assert found(library, "is:binned") == found(library, "is:binned harbour") == {item.id}
    assert found(library, "ferry (is:binned OR has:table)") == {item.id, other.id}
    assert rebuild_index(library, Job()) == 2
    assert found(library, "is:binned ferry") == {item.id}
    library.restore_items([item.id])
    assert found(library, "is:binned") == set()


def test_an_unknown_field_is_told(library: Library, item: Item) -> None:
    with pytest.raises(BadQuery, match="did you mean “author:”") as refused:
        library.search("ferry autor:quill")
    assert refused.value.position == 6


def test_completion_of_fields_and_values(library: Library, item: Item, other: Item) -> None:
    library.tag_items([item.id, other.id], ["river"])
    library.tag_items([item.id], ["winter road", "Route rivière"])

    def offered(text: str) -> list[str]:
        """The queries that completing at ``|`` makes."""
        cursor = text.index("|")
        typed = text.replace("|", "")
        return [typed[: one.start] + one.text + typed[one.end :] for one in library.completions(typed, cursor)]

    assert offered("ferry ti|") == ["ferry title:"]
    assert offered("ferry -a|") == ["ferry -author:", "ferry -accession:"]
    assert offered("ferry tag:ri| x") == ["ferry tag:river x", 'ferry tag:"Route rivière" x']
    assert offered("tag:|")[0] == "tag:river"
    assert offered('tag:"winter r|"') == ['tag:"winter road"']
    assert offered('tag:"winter r|') == ['tag:"winter road"']
    assert offered("(tag:(wi| OR b)") == ['(tag:("winter road" OR b)']
    assert offered("is:un|") == ["is:unplaced", "is:unarranged"]
    assert offered("has:m|ark") == ["has:mark"]
    assert offered("format:|") == ["format:html"]
    assert offered("accession:20|") == [f"accession:{item.accession}", f"accession:{other.accession}"]
    assert offered("text:fe|") == []
    assert offered("tag:river |")[:2] == ["tag:river title:", "tag:river author:"]
    first, *_ = library.completions("tag:", 4)
    assert (first.name, first.count) == ("river", 2)


def test_completion_of_anything(library: Library, item: Item) -> None:
    for text in ("", "(" * 50, '"' * 7, "tag:" * 9, "-(-(tag:(", "tag:\0", "“", "x" * 2 * limits.QUERY_CHARACTERS):
        for cursor in (-1, 0, len(text) // 2, len(text), len(text) + 9):
            for one in library.completions(text, cursor):
                assert 0 <= one.start <= one.end <= len(text)
