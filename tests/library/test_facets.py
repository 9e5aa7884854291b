"""What an answer consists of, counted over all of its pages, and that each count is what its filter finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Facets, Library, Scope, facets
from archive_viewer.model import Item
from pages import MakePage, TakeIn

HEAD = (
    '<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    '<link rel="canonical" href="https://{site}/{title}"><meta name="author" content="{author}">'
    '<meta property="article:published_time" content="{published}"></head><body><article><h1>{title}</h1>'
    "<p>The envoys of both river towns met to speak about the ferry, the tolls and {word}.</p></article></body></html>"
)


@pytest.fixture
def pages(tmp_path: Path, library: Library, take_in: TakeIn) -> list[Item]:
    """Twelve pages of three sites, of two authors or none, of three years."""
    paths = []
    for n in range(12):
        path = tmp_path / f"page {n}.html"
        page = HEAD.format(
            language=("en-GB", "en", "hi")[n % 3],
            title=f"Page{n}",
            site=("gazette.example", "tïmes.example", "post.example")[n % 3 if n < 9 else 0],
            author=("Ann Ortega", "Bo “Quote” Díaz", "")[n % 3],
            published=f"{2019 + n % 3}-03-0{1 + n % 9}",
            word="bridges" if n % 2 else "boats",
        )
        path.write_text(page, "utf-8")
        paths.append(path)
    lines = take_in(*paths)
    return [library.item(id) for line in lines for id in line.item_ids]


def counts(found: Facets) -> dict[str, dict[str, int]]:
    return {facet.field: {value.value: value.count for value in facet.values} for facet in found.facets}


@pytest.mark.parametrize("few", [facets.FEW, 0])
def test_counts_are_of_the_whole_answer(
    library: Library, pages: list[Item], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Many pages are counted in another way than few; they must agree.
    monkeypatch.setattr(facets, "FEW", few)
    library.tag_items([pages[0].id], ["péace"])
    library.annotate_quote(pages[1].id, "river towns", tags=["péace", "tolls"])
    update_index(library, Job())
    everything = library.facets()
    assert everything.pages == 12
    assert counts(everything)["published"] == {"2021": 4, "2020": 4, "2019": 4}
    assert list(counts(everything)["published"]) == ["2021", "2020", "2019"]
    assert counts(everything)["language"] == {"en": 8, "hi": 4}
    assert counts(everything)["tag"] == {"péace": 2, "tolls": 1}
    assert counts(everything)["series"] == {}
    for query in ("", "ferry", "bridges -envoy5", "tag:péace", "nowhere"):
        found = library.facets(query)
        assert found.pages == len(library.search(query, 50) if query else pages)
        for facet in found.facets:
            for value in facet.values:
                narrowed = f"{query} {value.term}".strip()
                assert len(library.search(narrowed, 50)) == value.count, narrowed


def test_only_the_most_frequent_are_told_unless_all_are_wanted(library: Library, pages: list[Item]) -> None:
    (site, *_) = library.facets(most=2).facets
    assert len(site.values) == 2
    assert site.others == 1
    assert site.values[0].count >= site.values[1].count
    (site, *_) = library.facets(most=2, unfolded=["site"]).facets
    assert len(site.values) == 3
    assert site.others == 0


def test_a_part_of_the_holdings_and_the_bin(library: Library, pages: list[Item]) -> None:
    gone = [item.id for item in pages[:2]]
    library.delete_items(gone)
    assert library.facets().pages == library.facets("ferry").pages == 10
    assert library.facets("", Scope("bin")).pages == 2
    update_index(library, Job())
    assert library.facets("is:binned").pages == 2
    assert library.facets("ferry", Scope("accession", pages[0].accession_id)).pages == 10
    assert library.facets("ferry", Scope("unarranged")).pages == 10
    assert library.facets("ferry", Scope("tag", "none")).pages == 0


def test_what_was_kept_is_read_anew_after_a_write(
    library: Library, pages: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "FEW", 0)
    assert counts(library.facets("ferry"))["tag"] == {}
    assert library.facets("ferry") == library.facets("ferry")
    library.tag_items([pages[0].id], ["new"])
    assert counts(library.facets("ferry"))["tag"] == {"new": 1}


def test_it_is_read_in_portions(library: Library, pages: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = library.facets()
    monkeypatch.setattr(facets, "PORTION", 5)
    library.tag_items([pages[0].id], ["new"])
    library.undo()
    *before, found = library.facets_in_portions()
    assert found == whole
    assert before == [None] * (1 + 3 + len(whole.facets))


def test_a_library_without_pages(library: Library, make_page: MakePage) -> None:
    found = library.facets()
    assert found.pages == 0
    assert all(facet.values == () for facet in found.facets)
