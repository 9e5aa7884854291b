"""The order of a concordance: by the word nearest the match, in every script, and what is kept where there is much."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.model import ConcordancePage, Passage
from archive_viewer.search.concordance import SORTS, Concordance, Sort, date_key, sort_key, words


def page(name: str = "one", published: str = "", captured_at: str = "") -> ConcordancePage:
    return ConcordancePage(name, f"Title {name}", "", "gazette.test", published, captured_at)


def passage(before: str, match: str, after: str, start: int = 0) -> Passage:
    return Passage(start, start + len(match), before, match, after)


def arranged(concordance: Concordance, sort: Sort = "page", filter: str = "") -> list[tuple[str, str, str]]:
    for _ in concordance.arrange(sort, filter):
        pass
    return [(line.passage.before, line.passage.match, line.passage.after) for line in concordance]


def gathered(*lines: tuple[str, str, str]) -> Concordance:
    concordance = Concordance()
    concordance.add(page(), [passage(*line) for line in lines])
    return concordance


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The old, cold sea.", ["the", "old", "cold", "sea"]),
        ("Al-Jazeera’s U.S. office", ["aljazeeras", "us", "office"]),
        ("10,000 on 2021-11-21", ["10,000", "on", "2021-11-21"]),
        ("Müttaqī ÉTÉ", ["muttaqi", "ete"]),
        ("東京都の海", ["東", "京", "都", "の", "海"]),
        ("السَّلامُ عليكم", ["السلام", "عليكم"]),
        ("अनुभा जैन", ["अनुभा", "जैन"]),
        ("… — !", []),
    ],
)
def test_words_are_compared_as_they_are_searched(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


def test_the_word_nearest_the_match_counts_first_then_the_next() -> None:
    concordance = gathered(
        ("one zebra ", "x", " beta two"),
        ("two apple ", "x", " alpha two"),
        ("one apple ", "x", " Beta one"),
        ("", "x", ""),
        ("mid apples ", "x", " álpha one"),
    )
    befores = [before for before, _, _ in arranged(concordance, "before")]
    assert befores == ["", "one apple ", "two apple ", "mid apples ", "one zebra "]
    afters = [after for _, _, after in arranged(concordance, "after")]
    assert afters == ["", " álpha one", " alpha two", " Beta one", " beta two"]


def test_before_and_after_are_meant_as_it_is_read_also_from_right_to_left() -> None:
    concordance = gathered(("ثم زار ", "الرئيس", " كابل"), ("ثم استقبل ", "الرئيس", " وفدا"))
    assert [before for before, _, _ in arranged(concordance, "before")] == ["ثم استقبل ", "ثم زار "]
    assert [after for _, _, after in arranged(concordance, "after")] == [" كابل", " وفدا"]


def test_han_is_compared_character_by_character_away_from_the_match() -> None:
    concordance = gathered(("三乙", "海", "天"), ("九乙", "海", "地"), ("一甲", "海", "人"))
    keys = [sort_key(before, "海", "", "before") for before in ("三乙", "九乙", "一甲")]
    assert [key.replace("\x01", "") for key in keys] == ["乙三", "乙九", "甲一"]
    assert [before for before, _, _ in arranged(concordance, "before")] == ["三乙", "九乙", "一甲"]


def test_the_same_match_is_put_together_whatever_its_letters() -> None:
    concordance = gathered(("", "Sea", " b"), ("", "seal", " a"), ("", "SEA", " a"))
    assert [match for _, match, _ in arranged(concordance, "match")] == ["SEA", "Sea", "seal"]


def test_by_date_publication_counts_before_capture_and_the_undated_come_last() -> None:
    concordance = Concordance()
    dated = {
        "undated": page("undated"),
        "captured": page("captured", captured_at="2020-05-01T10:00:00Z"),
        "published": page("published", "2021-11", "2019-01-01T00:00:00Z"),
        "uncertain": page("uncertain", "1984~", "2024-01-01T00:00:00Z"),
    }
    for one in dated.values():
        concordance.add(one, [passage("a ", "x", " b"), passage("c ", "x", " d", 9)])
    for _ in concordance.arrange("date"):
        pass
    order = [(line.page.item_id, line.passage.start) for line in concordance]
    names = ("uncertain", "captured", "published", "undated")
    assert order == [(name, start) for name in names for start in (0, 9)]
    assert date_key(dated["uncertain"]).startswith("1984-01-01")


def test_the_filter_keeps_lines_with_each_word_also_of_title_and_site() -> None:
    concordance = gathered(("the Élan ", "x", " of spring"), ("no ", "x", " of spring"))
    assert len(arranged(concordance, filter="elan SPRING")) == 1
    assert len(arranged(concordance, filter="gazette title")) == 2
    assert arranged(concordance, filter="winter") == []
    assert len(arranged(concordance)) == 2


def test_there_is_room_for_so_many_and_it_is_known_that_there_are_more() -> None:
    concordance = Concordance(most=3)
    concordance.add(page("one"), [passage("", "x", "", place) for place in range(3)])
    assert (concordance.gathered, concordance.room, concordance.is_cut) == (3, 0, False)
    concordance.add(page("two"), [passage("", "x", "")])
    assert (concordance.gathered, concordance.pages, concordance.is_cut) == (3, 1, True)


def test_very_long_lines_fill_it_before_their_number_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive_viewer.limits.CONCORDANCE_CHARACTERS", 100)
    concordance = Concordance()
    concordance.add(page(), [passage("", "x" * 60, "", place) for place in range(9)])
    assert concordance.gathered == 2
    assert concordance.is_cut


def test_places_of_the_order_that_there_are_not_are_none() -> None:
    concordance = gathered(("a ", "x", ""), ("b ", "x", ""), ("c ", "x", ""))
    arranged(concordance, "before")
    lines = concordance.lines([(2, 9), (0, 1), (-4, 0), (7, 8)])
    for _ in concordance.arrange("before", "nothing of the kind"):
        pass
    assert [line.passage.before for line in lines] == ["c ", "a "]
    assert len(concordance) == 0


TEXT = st.text(st.sampled_from("abcÀéß אבגعلىकखिแกไ中文字 -’.,\u0301\u064e\u200d\u00ad😀"), max_size=30)
LINES = st.lists(st.tuples(TEXT, TEXT.filter(bool), TEXT), max_size=20)


@given(LINES, st.sampled_from(SORTS))
def test_every_order_holds_every_line_once_and_ordering_again_changes_nothing(
    lines: list[tuple[str, str, str]], sort: Sort
) -> None:
    concordance = gathered(*lines)
    first = arranged(concordance, sort)
    assert sorted(first) == sorted(lines)
    assert arranged(concordance, sort) == first


@given(LINES, st.sampled_from(("before", "match", "after")))
def test_lines_come_in_the_order_of_their_words_word_by_word(lines: list[tuple[str, str, str]], sort: Sort) -> None:
    def compared(line: tuple[str, str, str]) -> list[str]:
        before, match, after = (list(words(part)) for part in line)
        return {"before": before[::-1], "after": after, "match": [*match, "", *after]}[sort]

    assert arranged(gathered(*lines), sort) == sorted(lines, key=compared)


@given(TEXT, TEXT)
def test_case_and_composition_part_nothing(before: str, after: str) -> None:
    def capitals(text: str) -> str:
        # Not “SS” for “ß”: “a.ß.” are initials, “A.SS.” are not.
        return "".join(character.upper() if len(character.upper()) == 1 else character for character in text)

    for form in (capitals, lambda text: unicodedata.normalize("NFD", text)):
        for sort in ("before", "after"):
            assert sort_key(form(before), "x", form(after), sort) == sort_key(before, "x", after, sort)


@given(st.lists(st.sampled_from(("sea", "Wörter", "नदी", "بحر", "12")), min_size=1, max_size=6))
def test_what_stands_before_is_read_away_from_the_match(text: list[str]) -> None:
    line = " ".join(text)
    assert sort_key(line, "x", "", "before") == sort_key("", "x", " ".join(reversed(text)), "after")
