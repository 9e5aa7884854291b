"""Whether a page stands in ``noscript``."""

from __future__ import annotations

from archive_viewer.cleaning import blocks, noscripts, tree


def hold_the_page(body: str) -> bool:
    root = tree.parse(f"<html><body>{body}</body></html>")
    return noscripts.hold_the_page(root, blocks.read(root))


def test_twice_as_much_as_is_shown_is_needed() -> None:
    assert hold_the_page(f"<p>{'x' * 300}</p><noscript><p>{'y' * 601}</p></noscript>")
    assert not hold_the_page(f"<p>{'x' * 301}</p><noscript><p>{'y' * 601}</p></noscript>")


def test_what_stands_in_two_of_them_counts_once() -> None:
    assert not hold_the_page(f"<p>{'x' * 300}</p><noscript><noscript><p>{'y' * 501}</p></noscript></noscript>")


def test_a_thousand_within_each_other_are_no_trouble() -> None:
    assert hold_the_page("<noscript>" * 1_000 + "<b>word</b>" * 100_000)
