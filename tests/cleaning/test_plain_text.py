"""Plain text saves: paragraphs, items and menus of files as browsers and text browsers write them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archive_viewer import cleaning
from archive_viewer.cleaning.bylines import read as read_byline
from archive_viewer.model import Article, Block, Capture, Fact, Format, Kind, Reason, Source

SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "000_b7300726cc44b514.txt"

OUR_PAGE = """• Home
  • |
  • About Us
  • |
  • Contact Us
  • |
  • Login
  • Subscribe

Marvia -Tolgan first talks after the Tolgan Guard withdrew from Marvia in August 2021

  • Written By निशा वर्मा, लेखिका पत्रकार on Tuesday, November 21,2021
Photo Credit Goes to https://www.example.org/army

The talks began in Ras Lumen on October 9th, 2021. Envoys discussed their countries’ relations and other issues.

The envoy Zorin Kahlmann said that Marvia seeks “normal relations” with Tolgan, and that it will wait.

The talks focused on the harbour.

Over 100 people were hurt in the blast at the Old Bazaar mosque, in the deadliest attack by the MS-K since August."""


def read(text: str, charset: str = "utf-8") -> Article:
    return cleaning.clean(Capture(Format.TEXT, text.encode(charset), "text/plain", Fact(charset, Source.INFERRED, "x")))


def shown(article: Article) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in article.kept]


def stripped(article: Article) -> list[tuple[str, Reason | None]]:
    return [(block.text, block.reason) for block in article.blocks if not block.is_kept]


class TestTheSeedsTraps:
    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_a_page_with_the_same_traps(self, newline: str) -> None:
        article = read("\ufeff" + OUR_PAGE.replace("\n", newline))
        assert stripped(article) == [
            (text, Reason.NAVIGATION)
            for text in ("Home", "|", "About Us", "|", "Contact Us", "|", "Login", "Subscribe")
        ]
        title = "Marvia -Tolgan first talks after the Tolgan Guard withdrew from Marvia in August 2021"
        assert [(block.kind, block.text) for block in article.kept[:3]] == [
            (Kind.TITLE, title),
            (Kind.BYLINE, "Written By निशा वर्मा, लेखिका पत्रकार on Tuesday, November 21,2021"),
            (Kind.PARAGRAPH, "Photo Credit Goes to https://www.example.org/army"),
        ]
        assert len(article.kept) == 7
        assert article.title == Fact(title, Source.INFERRED, "first line of the text")
        assert article.authors == Fact(["निशा वर्मा"], Source.STATED, "byline in the text")
        assert article.published == Fact(
            "2021-11-21",
            Source.STATED,
            "byline in the text",
            "The page says Tuesday, but 21 November 2021 was a Sunday.",
        )
        assert article.language == Fact("en", Source.INFERRED, "the words of the text")
        assert "countries’ relations" in article.text
        for word in ("Subscribe", "Contact Us"):
            assert word not in article.text

    @pytest.mark.skipif(not SEED.exists(), reason="the seed page is not here")
    def test_the_seed_page(self) -> None:
        article = read(SEED.read_text("utf-8"))
        assert article.title
        assert article.title.value.startswith("US -Taliban initial talks after US Forces withdrew")
        assert article.authors
        assert article.authors.value == ["अनुभा जैन"]
        assert article.published
        assert (article.published.value, bool(article.published.doubt)) == ("2021-11-21", True)
        assert {reason for _, reason in stripped(article)} == {Reason.NAVIGATION}
        assert [text for text, _ in stripped(article) if text != "|"] == [
            *("Home", "About Us", "Contact Us", "Login", "Subscribe")
        ]
        kept = article.text
        for words in (
            "Photo Credit Goes to https://www.army.mil",
            "Khalilzad",
            "“normal relations”",
            "Said Abad mosque",
        ):
            assert words in kept
        assert kept.endswith("the IS-K.")


class TestLines:
    def test_each_long_line_is_a_paragraph(self) -> None:
        one, two = "Ä first sentence that goes on. " * 8, "Another one. " * 20
        assert shown(read(f"{one}\n{two}"))[-2:] == [(Kind.PARAGRAPH, one.strip()), (Kind.PARAGRAPH, two.strip())]

    def test_wrapped_lines_are_joined_and_short_ones_end_a_paragraph(self) -> None:
        text = (
            "Talks at the harbour\n\n"
            "The delegations met for the third time this week and discussed the ports\n"
            "and the tolls, on which no agreement had been found in all of the earlier\n"
            "rounds.\n"
            "A second paragraph starts on the next line and is wrapped at the same width\n"
            "as the first.\n\n"
            "   * an item that is long enough to be wrapped by the program that wrote it\n"
            "     out, and goes on under its own text\n"
            "   * another\n"
        )
        assert [text for _, text in shown(read(text))] == [
            "Talks at the harbour",
            "The delegations met for the third time this week and discussed the ports and the tolls, on which no "
            "agreement had been found in all of the earlier rounds.",
            "A second paragraph starts on the next line and is wrapped at the same width as the first.",
            "an item that is long enough to be wrapped by the program that wrote it out, and goes on under its own "
            "text",
            "another",
        ]

    def test_wrapped_chinese_is_joined_without_blanks(self) -> None:
        line = "谈判代表团本周在港口城市举行了第三次会晤讨论了港口和通行费问题但没有达成任何协议双方同意下周继续谈判"
        article = read(f"{line}\n{line}\n{line[:9]}。")
        assert article.text == f"{line}{line}{line[:9]}。"

    def test_items_have_depth_and_numbers(self) -> None:
        text = "Steps\n\n1. one\n2. two\n  - in\n    o deeper\n3. three\n15. August 1947 was the day\n"
        items = [(b.text, b.level, b.number) for b in read(text).blocks if b.kind is Kind.ITEM]
        assert items == [("one", 1, 1), ("two", 1, 2), ("in", 2, None), ("deeper", 3, None), ("three", 1, 3)]
        assert "15. August 1947 was the day" in read(text).text

    def test_quoted_lines_have_depth(self) -> None:
        found = [(b.kind, b.text, b.quote_depth) for b in read("Reply\n\n> > one\n> two\nthree").blocks]
        assert found[1:] == [(Kind.QUOTE, "one", 2), (Kind.QUOTE, "two", 1), (Kind.PARAGRAPH, "three", 0)]

    def test_an_underlined_line_is_a_heading(self) -> None:
        prose = "A sentence long enough to be taken for the text of the page, and a little longer than that still. Yes."
        article = read(f"Tïtle\n=====\n\n{prose}\n\nPart\n----\n{prose}")
        assert [block.kind for block in article.blocks] == [Kind.TITLE, Kind.PARAGRAPH, Kind.HEADING, Kind.PARAGRAPH]


class TestFurniture:
    PROSE = "The council met on Monday evening and decided to rebuild the old harbour wall before winter comes. " * 2

    def test_bars_and_share_lines_are_stripped(self) -> None:
        article = read(
            "Skip to content\nNews | Sport | Opinion | Weather\nShare on Facebook\n\nHarbour wall to be rebuilt\n"
            f"By Ünal Öz | 3 May 2021\n\n{self.PROSE}\n\nShare this:\nTweet\n\nRelated articles\n* Bridge closed\n"
            "* School opened\n\n© 2021 The Courier. All rights reserved."
        )
        assert [text for _, text in shown(article)] == [
            "Harbour wall to be rebuilt",
            "By Ünal Öz | 3 May 2021",
            self.PROSE.strip(),
        ]
        assert [reason for _, reason in stripped(article)] == [
            *(Reason.NAVIGATION, Reason.NAVIGATION, Reason.SHARE, Reason.SHARE, Reason.SHARE),
            *(Reason.RELATED, Reason.RELATED, Reason.RELATED, Reason.FOOTER),
        ]
        assert article.published
        assert article.published.value == "2021-05-03"

    def test_lists_inside_the_article_stay(self) -> None:
        article = read(f"Fish soup\n\n{self.PROSE}\n\n* cod\n* salt\n* dill\n\n{self.PROSE}")
        assert [text for kind, text in shown(article) if kind is Kind.ITEM] == ["cod", "salt", "dill"]

    def test_a_list_alone_is_kept(self) -> None:
        assert read("* bread\n* milk\n* eggs").text == "bread\nmilk\neggs"

    def test_a_text_that_begins_with_a_paragraph_has_no_title(self) -> None:
        assert read(self.PROSE).title is None

    def test_subtitles_are_read_whole(self) -> None:
        article = read("1\n00:00:06,500 --> 00:00:09,000\nAbout 2 months ago\n\n2\n00:00:11,000 --> 00:00:17,000\nAnd")
        assert " ".join(article.text.split()).startswith("1 00:00:06,500 --> 00:00:09,000 About 2 months ago 2")
        assert article.title is None


@pytest.mark.parametrize("unit", ["x", "word ", "\n", "* a\n", "e\u0301 ", ">", "\t", "नमस्ते "])
def test_a_huge_file_takes_bounded_time(unit: str) -> None:
    text = unit * (4_000_000 // len(unit))
    started = time.process_time()
    article = read(text)
    assert time.process_time() - started < 20
    assert all(len(block.text) <= 1_000_000 for block in article.blocks)
    assert sum(len(block.text.replace(" ", "")) for block in article.blocks) <= len(text)


def test_nothing_is_lost_but_bullets_and_blanks() -> None:
    blocks: tuple[Block, ...] = read(OUR_PAGE).blocks
    assert "".join("".join(b.text for b in blocks).split()) == "".join(OUR_PAGE.replace("•", "").split())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Written By अनुभा जैन, लेखिका पत्रकार on Tuesday, November 21,2021", ["अनुभा जैन"]),
        ("BY JANE DOE AND TÏM O'NEILL | Staff Writers", ["Jane Doe", "Tïm O'Neill"]),
        ("By Keith Barry Senior Autos Reporter", ["Keith Barry"]),
        ("By Sarah Johnson, M.D., Ph.D.", ["Sarah Johnson"]),
        ("Von Hans Müller und Karla Groß, Redakteure", ["Hans Müller", "Karla Groß"]),
        ("Par Émile Zola, envoyé spécial à Ras Lumen", ["Émile Zola"]),
        ("Por Juan Pérez y María López - 12 de mayo de 2020", ["Juan Pérez", "María López"]),
        ("Di Mario Rossi", ["Mario Rossi"]),
        ("Geschreven door Jan de Vries op 3 mei 2020", ["Jan de Vries"]),
        ("Автор: Иван Петров, корреспондент", ["Иван Петров"]),
        ("अनुभा जैन द्वारा", ["अनुभा जैन"]),
        ("بقلم: أحمد علي", ["أحمد علي"]),
        ("文/李明", ["李明"]),
        ("本报记者 王芳", ["王芳"]),
        ("取材・文／山田太郎", ["山田太郎"]),
        ("홍길동 기자", ["홍길동"]),
        ("By the way, this is a sentence", []),
        ("By Staff", []),
        ("Posted by admin on May 3, 2020", []),
        ("A sentence by nobody", []),
    ],
)
def test_bylines(line: str, names: list[str]) -> None:
    found = read_byline(line)
    assert (list(found.names) if found else []) == names


PROSE = (
    "The ferry between the two towns stopped on Tuesday, said [5]the harbour master, and the lamps on the quay\n"
    "were put out at nine o'clock in the evening.\n\nA second paragraph tells how the people walked home over the\n"
    "ice, which was thick that year, as everybody who was there remembers.\n"
)
REFERENCES = f"\nReferences\n\n   Visible links\n   1. https://gazette.test/rss\n   2. https://{'gazette.' * 30}test/\n"


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("   #[1]Gazette RSS [2]Home\n\n   [3]Home | [4]News | [5]Sport\n", REFERENCES),  # lynx -dump
        ("   #[1]Gazette RSS\n\n   [2]Home [3]News [4]Sport\n", REFERENCES),
        ("[Home] [News] [Sport]\n", ""),  # w3m -dump
    ],
    ids=["lynx", "lynx without bars", "w3m"],
)
def test_layouts_of_text_browsers(head: str, tail: str) -> None:
    article = read(f"{head}\n                    The ferry stops\n\n   By Ann Example\n\n{PROSE}{tail}")
    assert article.title is not None
    assert article.title.value == "The ferry stops"
    kept = [block.text for block in article.kept]
    assert kept[:2] == ["The ferry stops", "By Ann Example"]
    assert kept[-1].endswith("remembers.")
    assert {block.reason for block in article.blocks if not block.is_kept} == {Reason.NAVIGATION}
