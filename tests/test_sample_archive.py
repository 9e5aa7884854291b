"""The sample archive, taken in by the public door: what a person sees on the first start, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive_viewer import settings
from archive_viewer.jobs.importing import import_paths
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import STRIPPED_WORDS, ImportLine, Item, Kind, Source

SAYS_SO = "Sample page written for Archive Viewer; the people and places are invented."

LIDKA, OSRIC, PETRA, ILSE = "Lidka Marovenne", "Osric Hallenbeth", "Petra Ostwyn", "Ilse Quorrinde"
MRINALINI, RIYAM, HEQING = "मृणालिनी झिमाल", "ريام السهواني", "厍禾青"


@dataclass(frozen=True)
class Page:
    """What must be found in one page: ``kept`` stands in its text, ``stripped`` does not but is not lost.

    ``file`` is its name from the folder of the samples.
    """

    file: str
    format: str
    title: str
    authors: tuple[str, ...]
    published: str
    url: str
    captured_at: str
    language: str
    charset: str
    kept: tuple[str, ...]
    stripped: tuple[str, ...]


GAZETTE = "https://www.passgazette.example/"
FIVE_POINTS = f"{GAZETTE}2021/10/17/five-points-no-signatures"
BICYCLE = "http://www.passgazette.example/archive/2005/bicycle.htm"
GAUGE_HOUSE = "http://www.passgazette.example/archive/2008/gaugehouse.htm"
RIDER = "https://envoysnotebook.example/the-rider/"
SILT = "https://tidegatewire.example/story/selm-silt-20221004"
TELEGRAM = "Harbour of Ras Miqlad turns its last telegram round - Tidegate Wire"

PAGES = (
    Page(
        "A page and a half - The Pass Gazette.html",
        "html-folder",
        "A page and a half",
        (LIDKA,),
        "2022-03-20",
        f"{GAZETTE}2022/03/20/a-page-and-a-half",
        "",
        "en",
        "utf-8",
        (
            "The river does not read the text",
            "The two texts beside each other",
            "Shall be read, on the 1st and the 15th",
        ),
        (
            "Snow report: the pass is open",
            "He says that it sounded fine to him",
            "Corrections policy",
            "We use cookies",
        ),
    ),
    Page(
        "A school in two shifts - The Pass Gazette.html",
        "html-folder",
        "A school in two shifts",
        (LIDKA,),
        "2023-02-11",
        f"{GAZETTE}2023/02/11/a-school-in-two-shifts",
        "",
        "en",
        "utf-8",
        ("under its roof of bus-station iron", "Monthly pay now, through the clearing house: 410 marks."),
        ("It is my mother who compares the handwriting", "Type your address and it will find you", "Sign up"),
    ),
    Page(
        "At least 31 killed in blast at Dirvasht bus station (10_15_2021 9_06_48 PM).html",
        "singlefile",
        "At least 31 killed in blast at Dirvasht bus station",
        (PETRA,),
        "2021-10-15",
        "https://tidegatewire.example/story/dirvasht-blast-20211015",
        "2021-10-15T18:06:48Z",
        "en",
        "utf-8",
        ("There was a queue, lying down.", "twice, the gauge house on the Selm"),
        ("Freight rates steady before the talks", "our 214 partners", "Get the morning tide in your inbox"),
    ),
    Page(
        "Dirvasht toll corrected.txt",
        "text",
        "CORRECTED: Dirvasht bus station toll is 46, hospital list shows",
        (PETRA,),
        "2021-10-20",
        "",
        "",
        "en",
        "utf-16le",
        ("In nine lines the last column is empty.",),
        (),
    ),
    Page(
        "Five points, no signatures - The Pass Gazette (10_18_2021 8_12_31 AM).html",
        "singlefile",
        "Five points, no signatures",
        (LIDKA,),
        "2021-10-17",
        FIVE_POINTS,
        "2021-10-18T05:12:31Z",
        "en",
        "utf-8",
        ("agrees to release the part", "Seats at the table, 16 and 17 October 2021", "Map: The Pass Gazette"),
        (
            "Nobody at the head of the table means nobody pays for the tea.",
            "Skip to the story",
            "The carpenter of Customs",
        ),
    ),
    Page(
        "Five points, no signatures - The Pass Gazette.mhtml",
        "mhtml",
        "Five points, no signatures",
        (LIDKA,),
        "2021-10-17",
        FIVE_POINTS,
        "2021-10-20T14:31:07Z",
        "en",
        "utf-8",
        ("agrees to study how the part", "Correction, 19 October 2021:"),
        ("I had told my wife that it sounded too good", "Share: Mail", "About the author"),
    ),
    Page(
        "Kunjavat Upland Front initial talks.txt",
        "text",
        "Kunjavat -Upland Front initial talks after the fall of Selmirat in June 2021",
        (MRINALINI,),
        "2021-10-24",
        "",
        "",
        "en",
        "utf-8",
        ("their countries’ rivers", "The Night Vigil–Kessaby (NV-K) has claimed it."),
        ("About Darpan", "Contact Us", "Subscribe"),
    ),
    Page(
        "The water treaty that nobody reads.mht",
        "mhtml",
        "The water treaty that nobody reads",
        (OSRIC,),
        "2019-04-17",
        "http://ledger.tarnhelde.example/features/2019/04/17/water-treaty.html",
        "2019-05-02T07:14:25Z",
        "en",
        "windows-1252",
        ("The key, Mr Pellowane would like it to be known, still turns.", "I met him in a café", "what is left"),
        ("Chess: a queen too many", "Boots for all rivers", "Terms of use"),
    ),
    Page(
        "Three years after Ras Miqlad - The Tarnhelde Ledger (10_21_2024 7_45_02 PM).html",
        "singlefile",
        "Three years after Ras Miqlad: what eleven pages were worth",
        (OSRIC,),
        "2024-10-19",
        "https://ledger.tarnhelde.example/long-reads/2024/10/19/three-years-after-ras-miqlad",
        "2024-10-21T17:45:02Z",
        "en-GB",
        "utf-8",
        ("and they had been screwed to the floor", "There are sixty readings.", "Readings exchanged, and the share"),
        ("one of your three free long reads", "Mine wobbles", "Loading your reading list", "Cookie settings"),
    ),
    Page(
        "Upland Voice - Statement of the delegation.mhtml",
        "mhtml",
        "Statement of the delegation on the meeting at Ras Miqlad",
        (),
        "",
        "https://voice.upland.example/en/statements/ras-miqlad",
        "2021-10-18T19:02:44Z",
        "en",
        "utf-8",
        ("nine in number", "two billion three hundred million marks", "shall be read by Ormazhan"),
        ("Bread is three marks in Selmirat", "On the hours of the radio", "Copying is permitted"),
    ),
    Page(
        "We listened - The Tarnhelde Ledger.html",
        "html-folder",
        "“We listened”: what Tarnhelde did and did not say about the reserve",
        (OSRIC,),
        "2021-10-19",
        "https://ledger.tarnhelde.example/politics/2021/10/19/sallowby-we-listened",
        "",
        "en",
        "windows-1252",
        ("“a triumph of hope over grammar”", "Can be paid out in a month?", "Voilà"),
        ("Committee asks for the folder", "Boots for all rivers", "Previous: Pears late again", "Share by mail"),
    ),
    Page(
        "how-many-trucks.html",
        "html",
        "How many lorries crossed the Tolvessek Pass?",
        ("Nadim Okarelle",),
        "2021-12-14",
        "https://secondreading.example/checks/how-many-trucks",
        "",
        "en",
        "utf-8",
        ("Counted twice.", "I should have counted the lorries.", "and once, on the 17th, for turning round;"),
        ("give us the price of a loaf", "Does bread cost three marks", "nine people and one dog"),
    ),
    Page(
        "the-verb-in-point-four.htm",
        "html",
        "The verb in point four",
        (ILSE,),
        "2022-04-27",
        "https://envoysnotebook.example/the-verb-in-point-four/",
        "",
        "en-US",
        "utf-8",
        ("The passive voice is the diplomat’s overcoat.", "يُقرأ المقياس", "水尺由各方指定人员读取", "मापी पढ़ी जाएगी"),
        ("The river laughed.", "Your email address will not be published", "A comma in the preamble", "Share this:"),
    ),
    Page(
        "المترجمة التي وقفت عند الفعل.html",
        "html-folder",
        "المترجمة التي وقفت عند الفعل",
        (RIYAM,),
        "2022-04-06",
        "https://www.almiqlad.example/features/2022/04/06/al-mutarjima",
        "",
        "ar",
        "windows-1256",
        ("هذا فعل لا يحتاج إلى وزير", "كبائن الترجمة في مبنى الجمارك"),
        ("سأتعلم لغة خامسة", "مواضيع ذات صلة", "اتصل بنا", "جميع الحقوق محفوظة"),
    ),
    Page(
        "خمس نقاط بلا تواقيع - المقلاد (18_10_2021 22_40_15).html",
        "singlefile",
        "خمس نقاط بلا تواقيع: ماذا قيل في رأس مقلاد؟",
        (RIYAM,),
        "2021-10-18",
        "https://www.almiqlad.example/news/2021/10/18/khams-niqat",
        "2021-10-18T19:40:15Z",
        "ar",
        "utf-8",
        ("بل دعت الجميع إلى طاولة", "يُقرأ المقياس في تولفيسيك", "جبهة المرتفعات"),
        ("نستخدم ملفات تعريف الارتباط", "أسعار السمك", "سياسة الخصوصية", "نشرة المقلاد"),
    ),
    Page(
        "रास मिक़लाद में पानी पहले, पैसा बाद में.html",
        "html-folder",
        "रास मिक़लाद में पानी पहले, पैसा बाद में",
        (MRINALINI,),
        "2021-10-18",
        "https://darpan.kunjavat.example/desh/2021/10/18/ras-miqlad-pani",
        "",
        "hi",
        "utf-8",
        ("हम यह पूछने आए थे कि नदी कितनी ऊँची है", "पानी उन्नीस के निशान पर है", "कुंजावत: 6"),
        ("खाद के दाम फिर बढ़े", "जूते वाली बात ठीक कही", "सर्वाधिकार सुरक्षित", "शेयर करें"),
    ),
    Page(
        "第四点里没有的那个字.mhtml",
        "mhtml",
        "第四点里没有的那个字",
        (HEQING,),
        "2022-03-25",
        "https://www.yanpuwanbao.example/gj/20220325/dsd.html",
        "2022-03-26T01:20:33Z",
        "zh-CN",
        "utf-8",
        ("没有“应”，也没有“可”。", "字可以不写，水不能不量。", "水位十九"),
        ("扫码下载客户端", "推荐阅读", "版权所有"),
    ),
    Page(
        "粮道开通一月 四百辆卡车翻越托尔维塞克.htm",
        "html",
        "粮道开通一月 四百辆卡车翻越托尔维塞克",
        (HEQING,),
        "2021-12-02",
        "",
        "",
        "zh",
        "gbk",
        ("九吨就是九吨", "雪，封路两天", "每车一证，证随车走，不随人走。"),
        ("我表哥就在那条路上开车", "未经授权不得转载", "责任编辑", "托尔维塞克山口今起放行粮车"),
    ),
    Page(
        "20080614093000/index.html",
        "scrapbook",
        "A day at the gauge house",
        (LIDKA,),
        "2008-06-13",
        GAUGE_HOUSE,
        "2008-06-14T09:30:00Z",
        "en",
        "utf-8",
        ("two keepers, who have not spoken", "The board at Tolvessek on the morning of 13 June"),
        ("Market days", "Sign our guest book"),
    ),
    Page(
        "20220805101500000.htz",
        "htz",
        "Was the bridge at kilometre 41 rebuilt?",
        ("Nadim Okarelle",),
        "2022-08-03",
        "https://secondreading.example/checks/kilometre-41",
        "2022-08-05T10:15:00Z",
        "en",
        "utf-8",
        ("a bridge is a bridge when one can cross it", "with planks"),
        ("Ask us to check", "paid for by its readers"),
    ),
    Page(
        "Levels of the Selm 2011 - Wayback Machine.html",
        "html",
        "Levels of the Selm at Tolvessek, first quarter of 2011",
        (),
        "2011-04-02",
        "http://wateroffice.ormazhan.example/tables/2011.html",
        "2013-05-20T08:15:42Z",
        "en",
        "utf-8",
        ("in strokes above the foot of the board", "to expect nineteen strokes or more"),
        ("7 captures", "Dykes and bridges", "Telephone 41"),
    ),
    Page(
        "Meltwater on the pass road - The Pass Gazette.webarchive",
        "webarchive",
        "Meltwater on the pass road",
        (LIDKA,),
        "2022-05-08",
        f"{GAZETTE}2022/05/08/meltwater-on-the-pass-road",
        "",
        "en",
        "utf-8",
        ("keeps two books now", "without a stamp", "The doorpost of the western post"),
        ("Letters to the editor", "Corrections are printed on Mondays"),
    ),
    Page(
        "Selm silt closes second berth (10_4_2022 6_22_10 PM).html",
        "singlefile",
        "Selm silt closes second berth at Ras Miqlad",
        (PETRA,),
        "2022-10-04",
        SILT,
        "2022-10-04T15:22:10Z",
        "en",
        "utf-8",
        ("hangs in a frame in the office", "with a delay of one tide"),
        ("Weather at sea", "accepts no liability for tides"),
    ),
    Page(
        "Tarnhelde Ledger, September.zip",
        "html-folder",
        "The green ledger comes to Tarnhelde",
        (OSRIC,),
        "2022-09-21",
        "https://ledger.tarnhelde.example/politics/2022/09/21/the-green-ledger",
        "",
        "en",
        "utf-8",
        ("carried in by an usher", "and that two hundred were right"),
        ("Long reads", "printed on the day before its date"),
    ),
    Page(
        "What a gauge is for.maff",
        "maff",
        "What a gauge is for",
        (ILSE,),
        "2022-06-12",
        "https://envoysnotebook.example/what-a-gauge-is-for/",
        "2022-06-19T19:04:00Z",
        "en",
        "utf-8",
        ("It only has to be there", "nothing to do with the river"),
        ("Earlier entries", "Powered by patience"),
    ),
    Page(
        "archive.ph - Notice on the price of bread.html",
        "html",
        "Notice on the price of bread",
        (),
        "2022-05-06",
        "https://voice.upland.example/en/notices/bread",
        "2022-05-07T06:51:20Z",
        "en",
        "utf-8",
        ("has listened to a rumour", "a queue is seen from the air"),
        ("webpage capture", "The hours of the radio", "to those who read aloud"),
    ),
    Page(
        "passgazette-20221107.warc.gz",
        "warc",
        "The second book is opened",
        (LIDKA,),
        "2022-11-06",
        f"{GAZETTE}2022/11/06/the-second-book-is-opened",
        "2022-11-07T05:40:12Z",
        "en",
        "utf-8",
        ("because of the rain", "two fingers, and clear"),
        ("Letters to the editor", "Corrections are printed on Mondays"),
    ),
    Page(
        "Notice on listening to the radio.wacz",
        "wacz",
        "Notice on listening to the radio",
        (),
        "2022-11-21",
        "https://voice.upland.example/en/notices/on-listening",
        "2022-11-22T16:05:31Z",
        "en",
        "utf-8",
        ("The two are one programme", "Rain is not a matter of opinion."),
        ("Hymns", "belongs to those who read it aloud"),
    ),
    Page(
        "PASSES-20050420061500-00000-crawler.arc.gz",
        "arc",
        "A bicycle for the gauge house",
        ("Tomal Serrevane",),
        "2005-04-19",
        BICYCLE,
        "2005-04-20T06:15:00Z",
        "en",
        "windows-1252",
        ("eleven kilometres each day", "At the Café Mirelle"),
        ("Market days", "Best viewed in 800 by 600"),
    ),
    Page(
        "20230304181733402/index.html",
        "webscrapbook",
        "The rider",
        (ILSE,),
        "2023-02-26",
        RIDER,
        "2023-03-04T18:17:33Z",
        "en",
        "utf-8",
        ("its page had been left white", "with its face to the room"),
        ("Earlier entries", "Powered by patience"),
    ),
    Page(
        f"{TELEGRAM}.html",
        "webscrapbook",
        "Harbour of Ras Miqlad turns its last telegram round",
        (PETRA,),
        "2023-03-14",
        "https://tidegatewire.example/story/last-telegram-20230314",
        "2023-03-15T07:04:11Z",
        "en",
        "utf-8",
        ("A line in pencil reads", "has asked for a second frame"),
        ("Weather at sea", "accepts no liability for tides"),
    ),
)

BLAST = "At least 31 killed in blast at Dirvasht bus station (10_15_2021 9_06_48 PM).html"
THREE_YEARS = "Three years after Ras Miqlad - The Tarnhelde Ledger (10_21_2024 7_45_02 PM).html"
LISTENED = "We listened - The Tarnhelde Ledger.html"
ARABIC = tuple(page.file for page in PAGES if page.language == "ar")
COPIES = ("Levels of the Selm 2011 - Wayback Machine.html", "archive.ph - Notice on the price of bread.html")
WITHOUT_PICTURES = {BLAST, LISTENED, "how-many-trucks.html", "the-verb-in-point-four.htm", *COPIES}

EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file[:30])


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, list[ImportLine]]]:
    samples = settings.resource("sample_archive")
    with Library.open(tmp_path_factory.mktemp("library"), "owner") as library:
        accession = library.begin_accession([samples])
        lines = list(import_paths(library, accession.id, [samples], Job()))
        update_index(library, Job())
        yield library, lines


@pytest.fixture(scope="module")
def library(imported: tuple[Library, list[ImportLine]]) -> Library:
    return imported[0]


@pytest.fixture(scope="module")
def items(imported: tuple[Library, list[ImportLine]]) -> dict[str, Item]:
    library, lines = imported
    return {file_of(line): library.item(id) for line in lines for id in line.item_ids}


def file_of(line: ImportLine) -> str:
    return Path(line.path).relative_to(settings.resource("sample_archive")).as_posix()


def stripped_text(library: Library, item: Item) -> str:
    return "\n".join(block.text for block in library.article(item.id).blocks if not block.is_kept)


# -- as a whole -------------------------------------------------------------------------------------------------


def test_every_file_comes_in_and_nothing_else_does(imported: tuple[Library, list[ImportLine]]) -> None:
    _, lines = imported
    assert sorted(file_of(line) for line in lines if line.outcome == "imported") == sorted(page.file for page in PAGES)
    assert [line for line in lines if line.outcome != "imported"] == []


def test_every_file_of_the_folder_is_kept(library: Library, items: dict[str, Item]) -> None:
    samples = settings.resource("sample_archive")
    # A page's files are named from its folder.
    kept = {Path(file).parent / name for file, item in items.items() for name, _ in library.files(item.id)}
    assert kept == {path.relative_to(samples) for path in samples.rglob("*") if path.is_file()}


def test_it_is_small() -> None:
    samples = settings.resource("sample_archive")
    assert sum(path.stat().st_size for path in samples.rglob("*")) < 1_500_000


# -- page by page -----------------------------------------------------------------------------------------------


@EVERY_PAGE
def test_the_facts_of_the_page(items: dict[str, Item], page: Page) -> None:
    item = items[page.file]
    assert item.format == page.format
    assert item.title == page.title
    assert item.authors == page.authors
    assert item.published[:10] == page.published
    assert item.url == page.url
    assert item.language == page.language or not item.language
    assert item.charset == page.charset


@EVERY_PAGE
def test_the_capture_date_is_stated_or_said_to_be_inferred(items: dict[str, Item], page: Page) -> None:
    item = items[page.file]
    captured = item.facts["captured_at"]
    assert captured.source is (Source.STATED if page.captured_at else Source.INFERRED)
    if page.captured_at:
        assert item.captured_at == page.captured_at


@EVERY_PAGE
def test_the_page_says_that_it_is_a_sample(library: Library, items: dict[str, Item], page: Page) -> None:
    # Kept or not: what a page says of itself at its very end may well be no part of its article.
    assert any(SAYS_SO in block.text for block in library.article(items[page.file].id).blocks)


@EVERY_PAGE
def test_the_story_is_kept(library: Library, items: dict[str, Item], page: Page) -> None:
    text = library.article(items[page.file].id).text
    assert [words for words in page.kept if words not in text] == []


@EVERY_PAGE
def test_the_furniture_is_stripped_and_not_lost(library: Library, items: dict[str, Item], page: Page) -> None:
    item = items[page.file]
    text, stripped = library.article(item.id).text, stripped_text(library, item)
    assert [words for words in page.stripped if words in text] == []
    assert [words for words in page.stripped if words not in stripped] == []


@EVERY_PAGE
def test_pictures_are_where_the_page_says(library: Library, items: dict[str, Item], page: Page) -> None:
    item = items[page.file]
    article = library.article(item.id)
    pictures = [picture for block in article.kept for picture in block.pictures]
    found = [library.resource(item.id, picture.source) for picture in pictures]
    if page.file.startswith("粮道"):
        assert found == [None]  # saved as HTML alone, with its picture left behind
    else:
        assert all(resource is not None and resource.media_type.startswith("image/") for resource in found)
        assert bool(pictures) == (page.format != "text" and page.file not in WITHOUT_PICTURES)


# -- what makes them worth linking ------------------------------------------------------------------------------


def test_one_address_was_captured_twice_and_changed(library: Library, items: dict[str, Item]) -> None:
    first, second = sorted((i for i in items.values() if i.url == FIVE_POINTS), key=lambda item: item.captured_at)
    before, after = (library.article(item.id).text.split("\n") for item in (first, second))
    assert len([block for block in before if block not in after]) == 1
    assert len([block for block in after if block not in before]) == 2


def test_one_paragraph_was_copied_word_for_word(library: Library, items: dict[str, Item]) -> None:
    copied = "The Night Vigil–Kessaby, known as NV-K, broke with the Front in 2018"
    holders = {name for name, item in items.items() if copied in library.article(item.id).text}
    assert holders == {BLAST, LISTENED}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_from_an_archive_says_when_it_was_fetched_there(items: dict[str, Item], name: str) -> None:
    retrieved, captured = items[name].facts["retrieved_at"], items[name].facts["captured_at"]
    assert isinstance(retrieved.value, str)
    assert isinstance(captured.value, str)
    assert retrieved.value > captured.value


def test_nothing_is_odd_about_a_page_but_what_was_made_odd(imported: tuple[Library, list[ImportLine]]) -> None:
    _, lines = imported
    warned = {file_of(line): line.warnings for line in lines if line.warnings}
    assert warned == {THREE_YEARS: (f"1 mark came along on stripped words.  {STRIPPED_WORDS}",)}


@pytest.mark.parametrize(
    ("name", "addresses"),
    [("20230304181733402/index.html", {BICYCLE, GAUGE_HOUSE}), (f"{TELEGRAM}.html", {RIDER, SILT})],
)
def test_a_page_leads_to_the_pages_that_it_names(
    library: Library, items: dict[str, Item], name: str, addresses: set[str]
) -> None:
    led_to = {span.target for block in library.article(items[name].id).kept for span in block.spans} - {""}
    assert led_to == addresses
    assert addresses <= {item.url for item in items.values()}


def test_a_weekday_that_does_not_fit_is_doubted(items: dict[str, Item]) -> None:
    published = items["Kunjavat Upland Front initial talks.txt"].facts["published"]
    assert published.value == "2021-10-24"
    assert "Sunday" in published.doubt


def test_tables_keep_their_shape(library: Library, items: dict[str, Item]) -> None:
    cells = [block.cell for block in library.article(items["how-many-trucks.html"].id).kept if block.cell]
    assert {(cell.rows, cell.columns) for cell in cells} == {(7, 4)}
    assert any(cell.row_span == 2 for cell in cells)
    assert any(cell.column_span == 2 for cell in cells)


def test_lists_keep_their_depth(library: Library, items: dict[str, Item]) -> None:
    listed = [b for b in library.article(items["how-many-trucks.html"].id).kept if b.kind is Kind.ITEM]
    assert {block.level for block in listed} >= {1, 2}


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_runs_from_right_to_left(library: Library, items: dict[str, Item], name: str) -> None:
    paragraphs = [block for block in library.article(items[name].id).kept if block.kind is Kind.PARAGRAPH]
    assert {block.direction for block in paragraphs} == {"rtl"}


MARKED = {
    "20220805101500000.htz": [
        ("Our finding: half of it.", "The plate says 14 June", "WebScrapBook", "sticky note beside this paragraph"),
        ("a bridge is a bridge when one can cross it", "Told by whom?", "WebScrapBook", "line marker"),
    ],
    THREE_YEARS: [
        ("four hundred, or a hundred and sixty-three", "", "SingleFile", "highlight"),
        ("The reserve.", "Who decides when the next part is paid?", "SingleFile", "note"),
        ("None of the eleven pages was believed", "", "SingleFile", "highlight"),
        ("Pears: a governor’s orchard", "", "SingleFile", "highlight"),
    ],
}


@pytest.mark.parametrize("name", MARKED)
def test_marks_that_somebody_made_in_the_page_came_along(library: Library, items: dict[str, Item], name: str) -> None:
    found = library.annotations(items[name].id)
    for mark, (quote, note, creator, origin) in zip(found, MARKED[name], strict=True):
        assert mark.quote.startswith(quote)
        assert mark.note.startswith(note)
        assert (mark.creator, mark.origin) == (creator, origin)


def test_of_all_marks_only_the_one_in_a_list_of_other_articles_has_no_place(library: Library) -> None:
    assert [mark.quote for mark in library.annotations() if mark.start is None] == ["Pears: a governor’s orchard"]


# -- searching it -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("Dalmuq", 3),
        ('"NV-K"', 7),
        ("author:मृणालिनी", 2),
        ("झिमाल", 2),
        ("=countries' =rivers", 1),
        ("countries' rivers", 2),
        ("水尺", 2),
        ("المقياس", 3),
        ("Subscribe", 0),
        ('"Contact Us"', 0),
        ("format:singlefile", 5),
        ("format:maff", 1),
        ("format:warc OR format:wacz", 2),
        ("format:arc", 1),
        ("format:webscrapbook", 2),
        ("captured:2019", 1),
        ("published:2021-12..2022-03", 4),
    ],
)
def test_searches(library: Library, query: str, count: int) -> None:
    assert len(library.search(query)) == count
