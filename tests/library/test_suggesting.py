"""“Did you mean”: what is proposed, and where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.errors import BadQuery
from archive_viewer.library import Library
from archive_viewer.model import Item
from archive_viewer.search import suggesting
from pages import MakePage, TakeIn

PAGES = (
    "The negotiations about the ferry began when Khalilzad came to the harbour on a cold winter morning",
    "Negotiations went on in Doha, said Khalilzad, while the government of the river towns kept its silence",
    "The Al-Jazeera reporter spoke of negotiations with the government of the upper town, and of the old treaty",
    "अनुभा जैन की रिपोर्ट में कहा गया कि सरकार ने इस समझौते पर हस्ताक्षर किए हैं और यह बहुत महत्वपूर्ण है",
)


@pytest.fixture
def pages(library: Library, make_page: MakePage, take_in: TakeIn) -> Library:
    for n, text in enumerate(PAGES):
        take_in(make_page(f"{n}.html", f"Page {n}", (f"{text}.", f"{text}, as was said before, and more than once.")))
    return library


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("negotitions", "negotiations"),
        ("Negotiatoins", "Negotiations"),
        ("NEGOTIATIONNS", "NEGOTIATIONS"),
        ("negotitaions goverment", "negotiations government"),
        ("ferry negotitions -tolls published:>1990", None),
        ("ferry negotitions -tolls", "ferry negotiations -tolls"),
        ("text:negotitions", "text:negotiations"),
        ("(harbor OR negotitions) ferry", "(harbour OR negotiations) ferry"),
        ("khalil zad", "khalilzad"),
        ("upertown", None),
        ("uppertown", "upper town"),
        ("al-jazera", "al-jazeera"),
        ('"negotiations about the fery"', '"negotiations about the ferry"'),
        ("=negotitions", "=negotiations"),
        ("समझौत", "समझौते"),
    ],
)
def test_what_is_meant(pages: Library, typed: str, meant: str | None) -> None:
    assert pages.suggestion(typed) == meant
    if meant is not None:
        assert len(pages.search(meant)) > len(pages.search(typed))


@pytest.mark.parametrize(
    "typed",
    [
        "negotiations",
        "negotiation",
        "ferry doha",
        "xyzzyx",
        "negot*",
        "negotitions~",
        "title:negotitions",
        "-negotitions",
        "site:negotitions",
        "2021 19",
        "язык",
        "谈判",
        "has:mark",
    ],
)
def test_nothing_is_meant(pages: Library, typed: str) -> None:
    assert pages.suggestion(typed) is None


def test_a_rare_word_is_doubted_only_where_another_is_in_many_pages(
    library: Library, make_page: MakePage, take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(
        make_page("rare.html", "Rare", ("The commitee of the river towns met on a cold day, and nobody spoke of it.",)),
        *(
            make_page(f"{n}.html", f"Page {n}", (f"The committee met for the {n}th time to speak about the ferry.",))
            for n in range(8)
        ),
    )
    assert library.suggestion("commitee") is None
    monkeypatch.setattr(suggesting, "MANY_TIMES", 8)
    assert library.suggestion("commitee") == "committee"
    assert library.suggestion("commitee river") is None


def test_without_an_index_and_without_sense(library: Library, item: Item, tmp_path: Path) -> None:
    assert library.suggestion("harbuor") == "harbour"
    with pytest.raises(BadQuery):
        library.suggestion("title:")
    with Library.open(tmp_path / "other") as other:
        assert other.suggestion("harbuor") is None
