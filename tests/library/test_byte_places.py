"""Places by bytes: a passage of one reading stands where the same bytes are in another, however many are asked for."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive_viewer.cleaning import clean_html
from archive_viewer.library.byte_places import BytePlaces
from archive_viewer.model import Article

LETTERS = st.text(st.sampled_from("abc .абвгдъё«»—我們外務省"), min_size=1, max_size=40)


def page_of(text: str) -> Article:
    """A page of one paragraph."""
    return clean_html(f"<meta charset=utf-8><article><p>{text}</p></article>".encode())


@given(LETTERS, st.data())
def test_a_passage_has_the_bytes_that_it_had(words: str, data: st.DataObject) -> None:
    written = f"x{' '.join(words.split())}x".encode("gb18030")
    former_text, present_text = written.decode("gb18030"), written.decode("koi8-r")
    former, present = page_of(former_text), page_of(present_text)
    assume((former.text, present.text) == (former_text, present_text))
    places = BytePlaces(former, "gbk", present, "koi8-r")
    start = data.draw(st.integers(0, len(former_text) - 1))
    end = data.draw(st.integers(start + 1, len(former_text)))
    found = places.passage(former, start, end, present)
    assert found is not None
    assert present_text[slice(*found)].encode("koi8-r") == former_text[start:end].encode("gb18030")


@pytest.mark.parametrize("charset", ["koi8-r", "ibm866"])
def test_thousands_of_passages_of_one_endless_paragraph(charset: str) -> None:
    words = " ".join(f"слово{number}" for number in range(10_000))
    former, present = page_of(words), page_of(words.encode("cp1251").decode(charset))
    places = BytePlaces(former, "windows-1251", present, charset)
    for start in range(1, 40_000, 10):
        assert places.passage(former, start, start + 5, present) == (start, start + 5)


def test_letters_that_were_written_as_references_are_the_same_in_every_set() -> None:
    words = "Паром — и «договор»".encode("cp1251")
    former, present = (page_of(f"{words.decode(name)}\u00a0€ 😀 é") for name in ("cp1251", "koi8-r"))
    places = BytePlaces(former, "windows-1251", present, "koi8-r")
    end = len(former.text)
    assert places.passage(former, 0, end, present) == (0, end)
    assert places.passage(former, end - 3, end, present) == (end - 3, end)


def test_other_bytes_are_another_block() -> None:
    former, present = page_of("Паром и лодка"), page_of("Паром и санки".encode("cp1251").decode("koi8-r"))
    places = BytePlaces(former, "windows-1251", present, "koi8-r")
    assert places.same_block(1) is None
    assert places.passage(former, 0, 5, present) is None
