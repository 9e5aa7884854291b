"""The filters in a query's text: seen, added and taken away without touching the rest."""

from __future__ import annotations

import pytest

from archive_viewer.search.narrowing import Filter, filters, with_filter, without_filter


def test_filters_are_seen() -> None:
    assert filters('talks tag:"two words" -format:mhtml note: x (site:hidden)') == [
        Filter("tag", "two words", False),
        Filter("format", "mhtml", True),
    ]
    assert Filter("author", "José Ortega", False).is_about("author", "JOSE ORTEGA")
    assert not Filter("author", "José", False).is_about("tag", "José")


@pytest.mark.parametrize(
    ("text", "narrowed"),
    [
        ("", "site:bbc.co.uk"),
        ("  talks ", "talks site:bbc.co.uk"),
        ("talks -ferry", "talks -ferry site:bbc.co.uk"),
        ("ferry OR boat", "(ferry OR boat) site:bbc.co.uk"),
        ('"the winter road', '"the winter road" site:bbc.co.uk'),
        ("(ferry OR boat", "(ferry OR boat) site:bbc.co.uk"),
        ('ferry OR "the boat', '(ferry OR "the boat") site:bbc.co.uk'),
        ("note:", "note: site:bbc.co.uk"),
    ],
)
def test_a_filter_means_the_same_whatever_is_typed(text: str, narrowed: str) -> None:
    assert with_filter(text, "site:bbc.co.uk") == narrowed


def test_a_filter_goes_and_the_rest_stays() -> None:
    text = 'ferry  -tag:"two words" site:bbc.co.uk OR boat tag:two'
    assert without_filter(text, "tag", "Two Words") == "ferry site:bbc.co.uk OR boat tag:two"
    assert without_filter(text, "site", "bbc") == text
    assert without_filter("site:bbc.co.uk -site:bbc.co.uk", "site", "bbc.co.uk") == ""
