"""Articles for the tests of what is read: one with everything in it, and a strategy for any other."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from archive_viewer.model import (
    AnchorState,
    Annotation,
    Article,
    Block,
    BlockPoint,
    Cell,
    Colour,
    Fate,
    Kind,
    Picture,
    Reason,
    Span,
    Style,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)

PLAIN_KINDS = tuple(kind for kind in Kind if kind is not Kind.CELL)
LETTERS = "a b\u00a0c\u00adé́ß\u2028\u200d\u200fतक्षि्यسلامאב日本𠮷😀👩‍👩‍👧"


def article_of(*blocks: Block) -> Article:
    """An article of these blocks, numbered from 1."""
    numbered = [
        Block(**{**{name: getattr(block, name) for name in block.__dataclass_fields__}, "n": n})
        for n, block in enumerate(blocks, start=1)
    ]
    return Article(tuple(numbered), "test")


def paragraphs(*texts: str) -> Article:
    return article_of(*(Block(0, Kind.PARAGRAPH, text) for text in texts))


def table(rows: Sequence[Sequence[str]], number: int = 1) -> list[Block]:
    columns = max(len(row) for row in rows)
    return [
        Block(0, Kind.CELL, text, cell=Cell(number, r, c, 1, 1, len(rows), columns, is_header=r == 0))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]


def kitchen_sink() -> Article:
    """Every kind of block, several scripts, and characters that two ways of counting count differently."""
    return article_of(
        Block(0, Kind.ITEM, "Home", fate=Fate.STRIPPED, reason=Reason.NAVIGATION),
        Block(0, Kind.TITLE, "Tïtle 😀 of the talks"),
        Block(0, Kind.BYLINE, "By अनुभा जैन"),
        Block(
            0,
            Kind.PARAGRAPH,
            "Both 𠮷 sides spoke of “normal relations”.[1] See the report.",
            spans=(
                Span(5, 6, Style.BOLD),
                Span(5, 12, Style.ITALIC),
                Span(41, 44, Style.LINK, "#fn1"),
                Span(41, 44, Style.SUPERSCRIPT),
                Span(53, 59, Style.LINK, "https://example.org/report?a=1&b=2"),
            ),
        ),
        Block(0, Kind.HEADING, "What was on the table", level=2),
        Block(0, Kind.ITEM, "Recognition 😀", level=1),
        Block(0, Kind.ITEM, "Assets", level=2),
        Block(0, Kind.ITEM, "first", level=1, number=9),
        Block(0, Kind.ITEM, "second", level=1, number=10),
        Block(0, Kind.QUOTE, "A river has two banks.", quote_depth=1),
        *table([["Country", "Aid"], ["日本", ""], ["Total", "430"]]),
        Block(0, Kind.CAPTION, "Table 1"),
        Block(0, Kind.CODE, "def f():"),
        Block(0, Kind.CODE, ""),
        Block(0, Kind.CODE, "    return '😀'"),
        Block(0, Kind.FIGURE, "\ufffc", pictures=(Picture(0, "img/a.png", "A mosque", 640, 480),)),
        Block(
            0,
            Kind.PARAGRAPH,
            "text \ufffc and \ufffc more",
            pictures=(Picture(5, "b.png", "Map <b>"), Picture(11, "c.png")),
        ),
        Block(0, Kind.TERM, "Jirga"),
        Block(0, Kind.DEFINITION, "An assembly.\u2028It decides."),
        Block(0, Kind.PARAGRAPH, "قال الوزير: السلام ممكن (BBC News)", direction="rtl"),
        Block(0, Kind.ITEM, "الاعتراف", level=1),
        Block(0, Kind.FOOTNOTE, "1. See the communiqué.", anchor="fn1"),
        Block(0, Kind.PARAGRAPH, "© All rights reserved", fate=Fate.STRIPPED, reason=Reason.FOOTER, confidence=0.6),
    )


def mark_on(
    article: Article,
    words: str,
    colour: Colour = Colour.YELLOW,
    *,
    id: str = "m1",
    note: str = "",
    tags: tuple[str, ...] = (),
    state: AnchorState = AnchorState.PLACED,
) -> Annotation:
    """A mark on the first place of these words."""
    start = article.text.index(words)
    end = start + len(words)
    target = Target(
        TextQuoteSelector(words, "", ""), TextPositionSelector(start, end), BlockPoint(1, 0), BlockPoint(1, 1), ""
    )
    return Annotation(id, "item", target, colour, note, tags, "", "", state, start, end)


# -- any article ------------------------------------------------------------------------------------------------

words = st.text(st.sampled_from(LETTERS), max_size=40)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    text = draw(words)
    places = draw(st.lists(st.integers(0, len(text)), max_size=3, unique=True))
    pictures = []
    for place in sorted(places, reverse=True):
        text = f"{text[:place]}\ufffc{text[place:]}"
    for offset, letter in enumerate(text):
        if letter == "\ufffc" and draw(st.booleans()):
            pictures.append(Picture(offset, f"{offset}.png", draw(words), draw(st.none() | st.integers(-5, 9_000)), 50))
    ranges = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=4))
    spans = [
        Span(
            min(span), max(span), draw(st.sampled_from(Style)), draw(st.sampled_from(("", "#x", "https://a.example/")))
        )
        for span in ranges
    ]
    return Block(
        0,
        draw(st.sampled_from(PLAIN_KINDS)),
        text,
        level=draw(st.integers(0, 7)),
        fate=draw(st.sampled_from((Fate.KEPT, Fate.KEPT, Fate.KEPT, Fate.STRIPPED))),
        spans=tuple(spans),
        pictures=tuple(pictures),
        number=draw(st.none() | st.integers(-2, 2_000)),
        quote_depth=draw(st.integers(0, 3)),
        direction=draw(st.sampled_from(("", "ltr", "rtl"))),
    )


@st.composite
def tables(draw: st.DrawFn) -> list[Block]:
    """A table: sound, or with spans and places that no table can have."""
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 4))
    number = draw(st.integers(1, 2))
    cells = []
    for row in range(rows):
        for column in range(columns):
            if draw(st.integers(0, 9)) == 0:
                continue
            spans = (1, 1) if draw(st.integers(0, 3)) else (draw(st.integers(0, 3)), draw(st.integers(0, 3)))
            for _ in range(draw(st.integers(1, 2))):
                fate = Fate.STRIPPED if draw(st.integers(0, 9)) == 0 else Fate.KEPT
                place = Cell(number, row, column, *spans, rows, columns, row == 0)
                cells.append(Block(0, Kind.CELL, draw(words), fate=fate, cell=place))
    return cells


@st.composite
def articles(draw: st.DrawFn) -> Article:
    parts = draw(st.lists(blocks().map(lambda block: [block]) | tables(), max_size=7))
    return article_of(*(block for part in parts for block in part))
