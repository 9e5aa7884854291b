"""A mark is placed where it is, asked about where it may be, and never put elsewhere in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_viewer.anchoring import candidates, compare, describe, resolve, resolve_all
from archive_viewer.model import AnchorState, Article, Block, Fate, Kind, Reason, TextQuoteSelector

PLACED, MOVED, APPROXIMATE, UNPLACED = AnchorState

PARAGRAPHS = [
    "Tïtle 😀 of the harbour at Ras Miqlad",
    "The 𠮷野 delegation reached the harbour at dawn, and no ship was loaded that day.",
    "“We won’t sign — not now, not ever,” said the crane drivers’ spokesman to the Evening Post.",
    "अनुभा जैन ने लिखा कि बंदरगाह बंद रहेगा। وقال الناطق: لم تُحمَّل أي سفينة.",
    "Yes.",
    "On the second day the owners offered an advance of five shillings, which the meeting refused by a large majority.",
    "Yes.",
    "The strike ended in the spring, when the ice on the river broke and the mail steamer came in.",
]


def article_of(paragraphs: list[str], stripped: frozenset[int] = frozenset()) -> Article:
    return Article(
        tuple(
            Block(n, Kind.PARAGRAPH, text, fate=Fate.STRIPPED, reason=Reason.OTHER)
            if n in stripped
            else Block(n, Kind.PARAGRAPH, text)
            for n, text in enumerate(paragraphs, 1)
        ),
        "test",
    )


OLD = article_of(PARAGRAPHS)


def place_of(words: str, article: Article = OLD) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)


# -- an edited page: a sentence for each case ---------------------------------------------------------------------

DAWN = "no ship was loaded that day"
REFUSED = "an advance of five shillings, which the meeting refused"
EDITS = {
    "nothing changed": (DAWN, {}, PLACED, DAWN),
    "changed far behind the mark": (DAWN, {"mail steamer": "mail boat"}, PLACED, DAWN),
    "changed far behind a short mark": ("dawn", {"mail steamer": "mail boat"}, PLACED, "dawn"),
    "the text before has grown": (DAWN, {"Tïtle": "A longer tïtle"}, MOVED, DAWN),
    "the text before has shrunk, and the mark is short": ("dawn", {"Tïtle 😀 of the": "The"}, MOVED, "dawn"),
    "the words right behind the mark are new": (DAWN, {"that day.": "that day, or the next."}, MOVED, DAWN),
    "typography changed": ("We won’t sign — not now", {"’": "'", "—": "-", "“": '"'}, MOVED, "We won't sign - not now"),
    "a short mark with other typography": ("won’t", {"’": "'"}, MOVED, "won't"),
    "soft hyphens were put in": ("crane drivers’", {"drivers": "dri\u00advers"}, MOVED, "crane dri\u00advers’"),
    "a block was divided": ("at dawn, and no ship", {"dawn, and": "dawn,\nand"}, MOVED, "at dawn,\nand no ship"),
    "a word of the mark changed": (
        REFUSED,
        {"five shillings": "six shillings"},
        APPROXIMATE,
        "an advance of six shillings, which the meeting refused",
    ),
    "the first word of the mark changed": (
        REFUSED,
        {"an advance of": "one advance of"},
        APPROXIMATE,
        "one advance of five shillings, which the meeting refused",
    ),
    "a clause was put into the mark": (
        REFUSED,
        {"shillings, which": "shillings, after long talks, which"},
        APPROXIMATE,
        "an advance of five shillings, after long talks, which the meeting refused",
    ),
    "the mark is gone": (DAWN, {PARAGRAPHS[1]: "Nothing happened."}, UNPLACED, ""),
    "a short mark is changed": ("dawn", {"at dawn": "at noon"}, UNPLACED, ""),
    "a short mark is gone, and its words stand elsewhere": ("Yes.", {"Yes.\nOn": "No.\nOn"}, UNPLACED, ""),
    "a short mark beyond letters": ("لم تُحمَّل", {"Tïtle": "A"}, MOVED, "لم تُحمَّل"),
}


@pytest.mark.parametrize("case", EDITS)
def test_an_edited_page(case: str) -> None:
    words, changes, state, expected = EDITS[case]
    text = OLD.text
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    current = article_of(text.split("\n"))
    found = resolve(describe(OLD, *place_of(words)), current)
    assert found.state is state
    assert 0 <= found.score <= 1
    if expected:
        assert (found.start, found.end) == place_of(expected, current)
    else:
        assert found.start is found.end is None


def test_of_two_equal_words_the_context_decides() -> None:
    first, second = OLD.text.index("Yes."), OLD.text.rindex("Yes.")
    current = article_of(["A new beginning.", *PARAGRAPHS])
    shift = len("A new beginning.\n")
    for start in (first, second):
        found = resolve(describe(OLD, start, start + 4), current)
        assert (found.state, found.start) == (MOVED, start + shift)


def test_a_short_mark_is_asked_about_when_anything_near_it_has_changed() -> None:
    old = article_of(["The mayor said on Monday that the harbour would open again.", *PARAGRAPHS])
    current = article_of(["The mayor said on Sunday that the harbour would open again.", *PARAGRAPHS])
    assert resolve(describe(old, 0, 3), current).state is MOVED
    assert resolve(describe(old, *place_of("harbour would open again", old)), current).state is PLACED


def test_words_that_stand_twice_with_all_their_context_are_not_guessed() -> None:
    target = describe(OLD, *place_of("the mail steamer came in"))
    twice = article_of(["Read on.", *PARAGRAPHS, *PARAGRAPHS])
    found = resolve(target, twice)
    assert (found.state, found.start, found.end) == (UNPLACED, None, None)
    offered = candidates(target, twice)
    assert [twice.text[one.start : one.end] for one in offered] == ["the mail steamer came in"] * 2


def test_words_that_stand_twice_are_asked_about_where_they_stood() -> None:
    target = describe(OLD, *place_of(REFUSED))
    found = resolve(target, article_of([*PARAGRAPHS, "Again:", *PARAGRAPHS]))
    assert (found.state, found.start) == (MOVED, target.position.start)


def test_entangled_repeats_are_two_places() -> None:
    old = article_of(["x" + "ha" * 100 + "y"])
    found = resolve(describe(old, 101, 141), article_of(["xx" + "ha" * 100 + "y"]))
    assert found.state is UNPLACED


def test_candidates_come_best_first_and_are_no_more_than_asked_for() -> None:
    target = describe(OLD, *place_of("Yes."))
    current = article_of([*PARAGRAPHS[:4], "No.", *PARAGRAPHS[5:], *["Yes."] * 10])
    offered = candidates(target, current, most=3)
    assert len(offered) == 3
    assert [one.score for one in offered] == sorted((one.score for one in offered), reverse=True)
    assert {current.text[one.start : one.end] for one in offered} == {"Yes."}
    assert len(candidates(target, current)) == 5
    assert candidates(target, Article((), "test")) == []


def test_a_target_that_lies_is_not_believed() -> None:
    target = describe(OLD, *place_of(DAWN))
    lying = replace(target, quote=TextQuoteSelector("words that never stood here at all", "", ""))
    assert resolve(replace(lying, blocks_sha256=""), OLD).state is UNPLACED
    moved = replace(target, position=describe(OLD, 0, 27).position, blocks_sha256="")
    assert resolve(moved, OLD).start == target.position.start


# -- mending ------------------------------------------------------------------------------------------------------


def test_a_stripped_middle_leaves_the_mark_placed_and_a_stripped_end_does_not() -> None:
    start, _ = place_of("no ship was")
    _, end = place_of("On the second day")
    target = describe(OLD, start, end)
    first, last = target.first.n, target.last.n
    assert last - first > 2
    middle = article_of(PARAGRAPHS, frozenset({first + 1}))
    found = resolve(target, middle)
    assert found.state is PLACED
    assert found.start is not None
    assert middle.text[found.start : found.end].startswith("no ship was")
    assert middle.text[found.start : found.end].endswith("On the second day")
    for gone in (first, last):
        lost = resolve(target, article_of(PARAGRAPHS, frozenset({gone})))
        assert (lost.state, lost.start, lost.end) == (UNPLACED, None, None)
    assert resolve(target, OLD).start == start


def test_an_equal_block_put_back_in_place_of_the_marked_one_is_not_it() -> None:
    """The text is the same to the letter, and yet the marked block has gone."""
    one = article_of(["Yes.", "Yes."], frozenset({2}))
    other = article_of(["Yes.", "Yes."], frozenset({1}))
    assert one.text == other.text
    assert resolve(describe(one, 0, 4), other).state is UNPLACED


def test_mending_moves_one_of_many_equal_rows_exactly() -> None:
    rows = ["Total 100"] * 40
    table = article_of(rows)
    target = describe(table, 20 * 10, 20 * 10 + 9)
    found = resolve(target, article_of(rows, frozenset({3, 5, 30})))
    assert (found.state, found.start, found.end) == (PLACED, 18 * 10, 18 * 10 + 9)


@given(data=st.data())
def test_mending_is_followed_exactly(data: st.DataObject) -> None:
    numbers = st.frozensets(st.integers(1, len(PARAGRAPHS)), max_size=len(PARAGRAPHS) - 1)
    old = article_of(PARAGRAPHS, data.draw(numbers))
    start = data.draw(st.integers(0, len(old.text) - 1))
    end = data.draw(st.integers(start + 1, len(old.text)))
    target = describe(old, start, end)
    current = article_of(PARAGRAPHS, data.draw(numbers))
    found = resolve(target, current)
    kept = {block.n for block in current.kept}
    if {target.first.n, target.last.n} <= kept and found.state is PLACED:
        assert found.start == current.starts[target.first.n] + target.first.offset
        assert found.end == min(current.starts[target.last.n] + target.last.offset, len(current.text))
    else:
        # A mark on nothing but the newline after the last block has lost even that.
        assert found.state is UNPLACED or target.quote.exact == "\n"


# -- random pages and random edits --------------------------------------------------------------------------------

letters = st.sampled_from([*"abcdeiou", "é", "ß", "e\u0301", "日", "本", "𠮷", "😀", "👩\u200d🚀", "א", "ب", "क", "’"])


@st.composite
def pages(draw: st.DrawFn) -> list[list[str]]:
    """Paragraphs of words, none of which stands twice on the page: places are never in doubt."""
    count = draw(st.integers(3, 8))
    number = 0
    page = []
    for _ in range(count):
        words = []
        for _ in range(draw(st.integers(1, 14))):
            number += 1
            words.append("".join(draw(st.lists(letters, min_size=1, max_size=6))) + str(number))
        page.append(words)
    return page


def text_of(page: list[list[str]]) -> str:
    return "\n".join(" ".join(words) for words in page)


@st.composite
def edited(draw: st.DrawFn, page: list[list[str]]) -> list[list[str]]:
    """The page with words, paragraphs and chrome put in, taken out, and put elsewhere."""
    current = [list(words) for words in page]
    for turn in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(current) - 1))
        words = current[at]
        where = draw(st.integers(0, len(words)))
        match draw(st.sampled_from(["word in", "word out", "paragraph in", "paragraph out", "move", "copy"])):
            case "word in":
                words.insert(where, f"NEW{turn}")
            case "word out":
                del words[where : where + draw(st.integers(1, 3))]
            case "paragraph in":
                current.insert(at, [f"NEW{turn}", "Home", "About", "us"])
            case "paragraph out" if len(current) > 1:
                del current[at]
            case "move":
                current.insert(draw(st.integers(0, len(current) - 1)), current.pop(at))
            case "copy":
                current.append(list(words))
    return [words for words in current if words] or [["NEW"]]


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_mark_is_put_elsewhere_in_silence(data: st.DataObject) -> None:
    page = data.draw(pages())
    old = article_of(text_of(page).split("\n"))
    start = data.draw(st.integers(0, len(old.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(old.text), start + 200)))
    target = describe(old, start, end)
    assert resolve(target, old).start == start
    current = article_of(text_of(data.draw(edited(page))).split("\n"))
    found = resolve(target, current)
    if found.state is UNPLACED:
        assert found.start is found.end is None
        return
    assert found.start is not None
    assert found.end is not None
    assert 0 <= found.start < found.end <= len(current.text)
    if found.state is PLACED:
        assert (found.start, found.end) == (start, end)
        assert current.text[start:end] == old.text[start:end]
        assert current.text[max(0, start - 8) : start] == old.text[max(0, start - 8) : start]
    if found.state is MOVED:
        assert compare(target.quote.exact, current.text[found.start : found.end])


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_page_that_has_only_grown_before_and_behind_gives_every_place_back(data: st.DataObject) -> None:
    page = data.draw(pages())
    old = article_of(text_of(page).split("\n"))
    start = data.draw(st.integers(0, len(old.text) - 1))
    end = data.draw(st.integers(start + 1, len(old.text)))
    before = data.draw(st.lists(st.sampled_from(["Home | About", "Menu 😀", "𠮷 news"]), max_size=3))
    after = data.draw(st.lists(st.sampled_from(["Share this", "Comments 😀"]), max_size=3))
    current = article_of([*before, *old.text.split("\n"), *after])
    shift = sum(len(line) + 1 for line in before)
    target = describe(old, start, end)
    found = resolve(target, current)
    evidence = len(target.quote.prefix) + len(target.quote.exact) + len(target.quote.suffix)
    if found.state is not UNPLACED:
        assert (found.start, found.end) == (start + shift, end + shift)
        assert found.state is MOVED or (found.state is PLACED and not shift)
    else:
        assert evidence < 120


@given(data=st.data())
@settings(deadline=None)
def test_many_at_once_are_the_same_as_one_by_one(data: st.DataObject) -> None:
    page = data.draw(pages())
    old = article_of(text_of(page).split("\n"))
    starts = data.draw(st.lists(st.integers(0, len(old.text) - 1), max_size=5))
    targets = [describe(old, start, min(len(old.text), start + 30)) for start in starts]
    current = article_of(text_of(data.draw(edited(page))).split("\n"))
    assert resolve_all(targets, current) == [resolve(target, current) for target in targets]


# -- bounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("a" * 100_000, "a" * 300_000),
        ("ab" * 50_000 + "c", "ab" * 150_000),
        ("e", "e " * 150_000),
        ("the same words " * 40, "the same words again " * 20_000),
        ("\u00ad" * 50, "\u00ad" * 100_000),
    ],
    ids=["one letter", "two letters", "a common letter", "common words", "soft hyphens"],
)
def test_hostile_repetition_ends_in_an_answer(quote: str, text: str) -> None:
    target = describe(article_of([quote + " "]), 0, len(quote))
    found = resolve(target, article_of([text]))
    assert found.state is not PLACED


def test_an_overlong_quote_is_found_by_its_ends() -> None:
    words = [f"word{number}" for number in range(15_000)]
    old = article_of([" ".join(words)])
    start, end = place_of("word100 ", old)[0], place_of(" word14900", old)[1]
    for number in range(500, 14_000, 700):
        words[number] = "other"
    current = article_of(["New.", " ".join(words)])
    found = resolve(describe(old, start, end), current)
    assert found.state is APPROXIMATE
    assert found.start == place_of("word100 ", current)[0]
    assert found.end == place_of(" word14900", current)[1]
