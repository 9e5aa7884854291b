"""Plain text saves: paragraphs, items and menus of files as browsers and text browsers write them."""

from __future__ import annotations

import textwrap
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
        ("글 홍길동 기자", ["홍길동"]),
        ("글: 홍길동", ["홍길동"]),
        ("Kirjoittanut Matti Meikäläinen", ["Matti Meikäläinen"]),
        ("Teksti: Matti Meikäläinen", ["Matti Meikäläinen"]),
        ("Yazan: Ayşe Öztürk", ["Ayşe Öztürk"]),
        ("Av Kari Nordmann", ["Kari Nordmann"]),
        ("Af Søren Ågård, 3. maj 2021", ["Søren Ågård"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Текст: Олена Шевченко", ["Олена Шевченко"]),
        ("Autor: Jan Kowalski", ["Jan Kowalski"]),
        ("Napsal Jan Novák", ["Jan Novák"]),
        ("Írta: Kovács Béla", ["Kovács Béla"]),
        ("作者：李明", ["李明"]),
        ("記者 陳大文", ["陳大文"]),
        ("โดย สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("Bởi Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("מאת דנה כהן", ["דנה כהן"]),
        ("نوشته: علی رضایی", ["علی رضایی"]),
        ("লিখেছেন: রহিম উদ্দিন", ["রহিম উদ্দিন"]),
        ("Oleh Budi Santoso", ["Budi Santoso"]),
        ("By the Harbour Team", ["the Harbour Team"]),
        ("By \ufffc Jäne Doe", ["Jäne Doe"]),
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


COUNCIL = (
    "The council met on Monday evening and decided to rebuild the old harbour wall before the winter storms come. "
)
LONG = f"{COUNCIL}{COUNCIL}\n\n{COUNCIL}\n"
HINDI = (
    "परिषद ने सोमवार शाम को बैठक की और सर्दियों के तूफानों से पहले बंदरगाह की "
    "पुरानी दीवार को फिर से बनाने का निर्णय लिया, जिसके लिए धन भी दिया गया।"
)
ARABIC = (
    "اجتمع المجلس مساء يوم الاثنين وقرر إعادة بناء جدار الميناء "
    "القديم قبل عواصف الشتاء القادمة ووافق على تخصيص المال اللازم."
)
CHINESE = "市议会周一晚间召开会议，决定在冬季风暴到来之前重建旧港口的防波堤，并批准了所需的资金。" * 3
JAPANESE = (
    "市議会は月曜日の夜に会議を開き、冬の嵐が来る前に古い港の防波堤を再建することを決定し、必要な予算を承認した。" * 2
)
RUSSIAN = "Совет собрался в понедельник вечером и решил восстановить старую портовую стену до зимних штормов. "
GERMAN = "Der Rat beschloss am Montagabend, die alte Hafenmauer noch vor den Winterstürmen wieder aufzubauen. "
THAI = "สภาเมืองประชุมกันในเย็นวันจันทร์และตัดสินใจสร้างกำแพงท่าเรือเก่าขึ้นใหม่ก่อนพายุฤดูหนาวจะมาถึงอีกครั้งหนึ่งพร้อมอนุมัติงบประมาณที่จำเป็น"
VARIANTS = {
    "menu at the end": (
        f"Harbour wall to be rebuilt\nBy Ünal Öz\n3 May 2021\n\n{LONG}\n  * Home\n  * News\n  * Contact\n\n"
        f"© The Courier\n",
        "Harbour wall to be rebuilt",
        ["Ünal Öz"],
        ["Home", "News", "Contact", "© The Courier"],
    ),
    "no title": (f"• Home\n• News\n• Sport\n\n{LONG}", "", [], ["Home", "News", "Sport"]),
    "capitals": (
        f"HOME | NEWS | SPORT | CONTACT\n\nHARBOUR WALL\n\nBY ÜNAL ÖZ\n\nMAY 3, 2021\n\n{LONG}",
        "HARBOUR WALL",
        ["Ünal Öz"],
        ["HOME | NEWS | SPORT | CONTACT"],
    ),
    "wrapped at 72": (
        f"Harbour wall to be rebuilt\n\nBy Ünal Öz\n3 May 2021\n\n{textwrap.fill(COUNCIL * 3, 72)}\n\n"
        f"{textwrap.fill(COUNCIL * 2, 72)}\n"
        "\nShare on Facebook\nShare on Twitter\nRelated stories\n- Bridge closed\n- School opened\n",
        "Harbour wall to be rebuilt",
        ["Ünal Öz"],
        ["Share on Facebook", "Share on Twitter", "Related stories", "Bridge closed", "School opened"],
    ),
    "menu without bullets": (
        f"Home\nNews\nSport\nContact Us\nSubscribe\n\nHarbour wall\n\nBy Ünal Öz\n3 May 2021\n\n{LONG}\nHome\n"
        f"News\nSport\n",
        "Harbour wall",
        ["Ünal Öz"],
        ["Home", "News", "Sport", "Contact Us", "Subscribe", "Home", "News", "Sport"],
    ),
    "bar of gaps": (
        f"We use cookies to improve your stay.\nHome   News   Sport\n\nHarbour wall\n\nBy Ünal Öz\n3 May 2021\n"
        f"\n{LONG}",
        "Harbour wall",
        ["Ünal Öz"],
        ["We use cookies to improve your stay.", "Home News Sport"],
    ),
    "bar of slashes, words to share": (
        f"Home / News / Sport / Contact\n\nHarbour wall\n3 May 2021 by Ünal Öz\n\n{LONG}\nTweet Share Email Print\n",
        "Harbour wall",
        ["Ünal Öz"],
        ["Home / News / Sport / Contact", "Tweet Share Email Print"],
    ),
    "numbered links": (
        f"   [1]Home [2]News [3]Sport\n\n          Harbour wall\n\n   By [4]Ünal Öz, 3 May 2021\n\n{LONG}"
        "\nReferences\n\n   1. http://courier.test/\n   2. http://courier.test/news\n",
        "Harbour wall",
        ["Ünal Öz"],
        ["[1]Home [2]News [3]Sport", "References", "http://courier.test/", "http://courier.test/news"],
    ),
    "Markdown": (f"# Harbour wall\n\nBy Ünal Öz\n\n3 May 2021\n\n{LONG}\n", "Harbour wall", ["Ünal Öz"], []),
    "mail": (
        "From: Jäne Doe <jane@example.test>\nTo: list@example.test\nSubject: Re: Harbour wall\n"
        f"Date: Mon, 3 May 2021 10:00:00 +0200\n\n{LONG}",
        "Re: Harbour wall",
        ["Jäne Doe"],
        [],
    ),
    "German": (
        f"Zum Inhalt springen\nStartseite › Politik › Hafen\n\nHafenmauer kommt\n\nVon Jürgen Groß, Redakteur\n"
        f"3. Mai 2021, 10:15 Uhr\n\n"
        f"{GERMAN * 2}\n\n{GERMAN}\n\nMehr zum Thema\n- Brücke gesperrt\n",
        "Hafenmauer kommt",
        ["Jürgen Groß"],
        ["Zum Inhalt springen", "Startseite › Politik › Hafen", "Mehr zum Thema", "Brücke gesperrt"],
    ),
    "Hindi": (
        f"मुख्य पृष्ठ | समाचार | खेल\n\nबंदरगाह की दीवार\n\nनिशा वर्मा द्वारा\n३ मई २०२१\n\n{HINDI}\n\n{HINDI}\n\nशेयर करें\n",
        "बंदरगाह की दीवार",
        ["निशा वर्मा"],
        ["मुख्य पृष्ठ | समाचार | खेल", "शेयर करें"],
    ),
    "Arabic, right to left": (
        f"الرئيسية | أخبار | رياضة\n\nجدار الميناء\n\nبقلم: أحمد علي\n٣ مايو ٢٠٢١\n\n{ARABIC}\n\n{ARABIC}\n\n"
        f"مقالات ذات صلة\n• إغلاق الجسر\n",
        "جدار الميناء",
        ["أحمد علي"],
        ["الرئيسية | أخبار | رياضة", "مقالات ذات صلة", "إغلاق الجسر"],
    ),
    "Chinese": (
        f"首页 | 新闻 | 体育\n\n旧港口重建\n\n2021年5月3日 来源：某报 作者：李明\n\n"
        f"{CHINESE}\n\n{CHINESE}\n\n相关阅读\n• 大桥关闭\n",
        "旧港口重建",
        ["李明"],
        ["首页 | 新闻 | 体育", "相关阅读", "大桥关闭"],
    ),
    "Japanese": (
        f"ホーム｜ニュース｜スポーツ\n\n港の防波堤\n\n令和3年5月3日 取材・文／山田太郎\n\n"
        f"{JAPANESE}\n\n関連記事\n・橋が閉鎖\n・学校が開校\n",
        "港の防波堤",
        ["山田太郎"],
        ["ホーム｜ニュース｜スポーツ", "関連記事", "橋が閉鎖", "学校が開校"],
    ),
    "Russian": (
        f"* Главная\n* Новости\n* Спорт\n\nПортовая стена\n\nАвтор: Иван Петров\n3 мая 2021\n\n{RUSSIAN * 2}\n\n"
        f"{RUSSIAN}\n\nЧитайте также\n* Мост закрыт\n",
        "Портовая стена",
        ["Иван Петров"],
        ["Главная", "Новости", "Спорт", "Читайте также", "Мост закрыт"],
    ),
    "Thai": (
        f"หน้าแรก | ข่าว | กีฬา\n\nกำแพงท่าเรือ\n\nโดยสมชาย ใจดี\n3 พฤษภาคม 2564\n\n{THAI}\n\n{THAI}\n",
        "กำแพงท่าเรือ",
        ["สมชาย ใจดี"],
        ["หน้าแรก | ข่าว | กีฬา"],
    ),
}


@pytest.mark.parametrize(("text", "title", "names", "furniture"), VARIANTS.values(), ids=VARIANTS)
def test_other_saves(text: str, title: str, names: list[str], furniture: list[str]) -> None:
    article = read(text)
    assert (article.title.value if article.title else "") == title
    assert (article.authors.value if article.authors else []) == names
    assert [block for block, _ in stripped(article)] == furniture
    assert (article.published.value if article.published else "") == ("2021-05-03" if names else "")


@pytest.mark.parametrize(
    "table", ["Name\tAge\tTown\nJäne\t42\tRas Lumen\n", "Name | Age | Town\n", "Rose\nViolet\nLily\nTulip\nFern\n"]
)
def test_rows_and_verses_behind_the_text_are_no_menus(table: str) -> None:
    assert stripped(read(f"Harbour wall\n\n{LONG}\n{table}")) == []
