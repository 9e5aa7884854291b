"""The searches that the page handed over with the request must answer, in that page and in one of our own.

Ours has the same traps: navigation above the article, a curly apostrophe, a hyphenated name in brackets, a name in
another script in the byline, words of the navigation that stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive_viewer.search import passages
from archive_viewer.search.index import Document, Index
from archive_viewer.search.query import parse

Ask = Callable[..., list[str]]

SEED = Path(__file__).parents[2] / ".." / "shared" / "seed"

OURS = (
    "NK -Harbour first talks after the Crown Fleet left Port Aldous in August 2021\n"
    "Written By अनुभा जैन, लेखिका पत्रकार on Tuesday, November 21,2021\n"
    "Photo Credit Goes to https://www.army.mil\n"
    "Envoys have discussed their countries’ relations. Mr. Khalilzad of our invention said on October 9th,2021 that "
    "the harbour seeks “normal relations” with us, and aid.\n"
    "An Inner Sea (IS-K) boat was seen near the Said Abad mosque; the talks ruled out co-operation with the IS-K."
)

FOUND = {
    "Khalilzad": ["Khalilzad"],
    '"normal relations"': ["normal relations"],
    "IS-K": ["IS-K"],
    "अनुभा": ["अनुभा"],
    "जैन": ["जैन"],
    "author:अनुभा": [],
    "Said Abad mosque": ["Said", "Abad", "mosque"],
    "countries' relations": ["countries", "relations"],
    "countries’ relations": ["countries", "relations"],
    "isk": ["IS-K"],
    '"cooperation with"': ["co-operation with"],
    "army.mil": ["army.mil"],
    "published:2021-11": [],
}
NOT_FOUND = ["Subscribe", '"Contact Us"', "Login", "author:लेखिका", '"relations normal"', "published:2021-12"]


def article(text: str) -> Document:
    return Document(
        "page", title=text.split("\n")[0], authors=("अनुभा जैन",), text=text, published="2021-11-21", format="text"
    )


def texts() -> list[str]:
    """Our page, and the article of the other one where it is there: what follows its list of links."""
    found = [OURS]
    for path in SEED.glob("*.txt"):
        found.append(path.read_text("utf-8").partition("Subscribe")[2].strip())
    return found


@pytest.mark.parametrize("text", texts(), ids=lambda text: text[:12])
def test_the_searches_of_the_page(index: Index, ask: Ask, text: str) -> None:
    index.apply([article(text), Document("other", title="Subscribe", text="Contact Us")])
    for query, matches in FOUND.items():
        assert ask(query) == ["page"], query
        found = passages.find(parse(query), text)
        assert {match.casefold() for match in matches} == {passage.match.casefold() for passage in found}, query
        assert all(passage.match == text[passage.start : passage.end] for passage in found)
    for query in NOT_FOUND:
        assert "page" not in ask(query), query
        assert passages.find(parse(query), text) == [] or ":" in query
