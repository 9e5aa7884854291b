"""Reading a page again in a chosen character set: what changes with it, what is kept, and the way back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_viewer.errors import CharsetRefused, OriginalAltered, OriginalMissing, UnknownId
from archive_viewer.jobs.indexing import update_index
from archive_viewer.jobs.job import Job
from archive_viewer.library import Library
from archive_viewer.model import AnchorState, Fate, Item, Source
from archive_viewer.storage import readings
from crawls import SITE, answer, record, wacz
from crawls import page as crawled
from pages import TakeIn
from stored_rows import rows_of

RUSSIAN = (
    "Министерство иностранных дел сообщило вчера, что переговоры «продолжатся» на следующей неделе в столице.",
    "Никто не ожидал, что начальник порта согласится; но он сказал, что старый договор всё ещё остаётся в силе.",
    "The ferry sails at noon. Вторая встреча намечена на будущий месяц, когда растает снег на перевале.",
)
JAPANESE = (
    "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。港の長が同意するとは誰も予想していなかった。",
    "しかし彼は、古い条約は今も有効であり、春には船が再び出ると述べた。「冬の道」はそれまで閉ざされる。",
    "The ferry sails at noon. 次の会合は来月、峠の雪が溶け、橋が開いたときに予定されている。",
)
PAGE = """<!DOCTYPE html><html><head><meta charset="{declared}"><title>{title}</title>
<meta name="author" content="{author}"><meta property="article:published_time" content="2003-04-05"></head><body>
<div class="nav"><a href="/">{home}</a> <a href="/a">About</a> <a href="/b">Contact</a></div>
<article><h1>{title}</h1>{paragraphs}</article>
<footer>© {home}. All rights reserved.</footer></body></html>"""

MakeItem = Callable[..., Item]


def write(
    file: Path,
    codec: str,
    declared: str,
    paragraphs: tuple[str, ...] = RUSSIAN,
    title: str = "Переговоры о пароме",
    author: str = "Анна Ильина",
) -> Path:
    file.parent.mkdir(exist_ok=True)
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = PAGE.format(declared=declared, title=title, author=author, home=title.split()[0], paragraphs=body)
    file.write_bytes(page.encode(codec, "xmlcharrefreplace"))
    return file


@pytest.fixture
def russian(tmp_path: Path, take_in: TakeIn, library: Library) -> Item:
    """A page in windows-1251 that says it is in KOI8-R."""
    (line,) = take_in(write(tmp_path / "saved" / "Tïtle 😀.html", "cp1251", "koi8-r"))
    return library.item(line.item_ids[0])


@pytest.fixture
def japanese(tmp_path: Path, take_in: TakeIn, library: Library) -> Item:
    """A page in Shift_JIS that says it is in windows-1252."""
    file = write(tmp_path / "saved" / "日本.html", "cp932", "windows-1251", JAPANESE, "渡し船の協議", "伊藤花子")
    (line,) = take_in(file)
    return library.item(line.item_ids[0])


def open_again(library: Library) -> Library:
    library.close()
    return Library.open(library.folder)


def test_the_page_is_read_anew_with_all_its_facts(library: Library, russian: Item) -> None:
    assert (russian.charset, russian.facts["charset"].source) == ("koi8-r", Source.STATED)
    assert RUSSIAN[0] not in library.article(russian.id).text
    item = library.reread(russian.id, "cp1251")
    assert item == library.item(russian.id)
    assert item.charset == "windows-1251"
    assert (item.facts["charset"].value, item.facts["charset"].source) == ("windows-1251", Source.TYPED)
    assert (item.title, item.authors, item.published) == ("Переговоры о пароме", ("Анна Ильина",), "2003-04-05")
    article = library.article(russian.id)
    assert all(paragraph in article.text for paragraph in RUSSIAN)
    assert article.title is not None
    assert article.title.value == item.title
    assert library.charset_chosen(russian.id) == "windows-1251"
    kept = (item.id, item.sha256, item.payload_sha256, item.accession, item.original_order, item.file_name, item.url)
    assert kept == (
        russian.id,
        russian.sha256,
        russian.payload_sha256,
        russian.accession,
        russian.original_order,
        russian.file_name,
        russian.url,
    )
    assert library.undo_label == "Read Again as windows-1251"
    assert library.item_ids() == [russian.id]


def test_what_only_the_place_knew_from_which_a_page_came_stays(
    library: Library, tmp_path: Path, take_in: TakeIn
) -> None:
    file = write(tmp_path / "saved" / "a.html", "cp1251", "koi8-r")
    Path(f"{file}:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3\nHostUrl=https://gazette.test/ferry\n")
    listed = write(tmp_path / "1" / "index.html", "cp1251", "koi8-r", title="Зимняя дорога")
    tree = tmp_path / ".wsb" / "tree" / "meta.js"
    tree.parent.mkdir(parents=True)
    entry = (
        '{"index": "1/index.html", "title": "x", "source": "https://gazette.test/list", "create": "20200421101254231"}'
    )
    tree.write_text(f'scrapbook.meta({{"1": {entry}}})')
    for path, url in ((file, "https://gazette.test/ferry"), (listed, "https://gazette.test/list")):
        (line,) = take_in(path)
        before = library.item(line.item_ids[0])
        after = library.reread(before.id, "windows-1251")
        assert before.url == after.url == url
        assert (after.captured_at, after.site) == (before.captured_at, "gazette.test")
        lost = before.facts.keys() - after.facts.keys()
        assert not lost - {"author", "published", "language"}


def test_search_and_lists_follow(library: Library, russian: Item) -> None:
    update_index(library, Job())
    assert not library.search("переговоры")
    library.reread(russian.id, "windows-1251")
    update_index(library, Job())
    (hit,) = library.search("переговоры договор author:ильина")
    assert hit.item.id == russian.id
    library.undo()
    update_index(library, Job())
    assert not library.search("переговоры")


def test_undo_and_redo_bring_all_of_it_back_even_after_a_restart(library: Library, russian: Item) -> None:
    text = library.article(russian.id).text
    at = text.index("The ferry sails")
    library.annotate(russian.id, at, at + 15, note="nöte 😀")
    start = text.index(",") - 6
    library.annotate(russian.id, start, start + 30)
    stripped = next(block for block in library.article(russian.id).blocks if "reserved" in block.text)
    library.mend(russian.id, stripped.n, Fate.KEPT)
    before = rows_of(library)
    library.reread(russian.id, "windows-1251")
    after = rows_of(library)
    library = open_again(library)
    try:
        assert library.undo() == "Read Again as windows-1251"
        assert rows_of(library) == before
        assert library.redo_label == "Read Again as windows-1251"
        library = open_again(library)
        assert library.redo() == "Read Again as windows-1251"
        assert rows_of(library) == after
        assert library.undo() == "Read Again as windows-1251"
        assert rows_of(library) == before
    finally:
        library.close()


@pytest.mark.parametrize("name", ["russian", "japanese"])
def test_marks_go_with_their_bytes(name: str, library: Library, request: pytest.FixtureRequest) -> None:
    item: Item = request.getfixturevalue(name)
    right, words = ("windows-1251", RUSSIAN) if name == "russian" else ("shift_jis", JAPANESE)
    library.reread(item.id, right)
    text = library.article(item.id).text
    wanted = {}
    for number, paragraph in enumerate(words):
        start = text.index(paragraph) + number
        wanted[library.annotate(item.id, start, start + 20, note=f"nöte {number}").id] = text[start : start + 20]
    library.reread(item.id, "")
    garbled = library.article(item.id).text
    found = library.annotations(item.id)
    assert [mark.state for mark in found] == [AnchorState.PLACED] * len(words)
    assert all(mark.quote == garbled[mark.start : mark.end] for mark in found)
    assert wanted.keys() == {mark.id for mark in found}
    assert {mark.quote for mark in found} & set(wanted.values()) == {"e ferry sails at noo"}
    library.reread(item.id, right)
    again = library.annotations(item.id)
    assert {mark.id: mark.quote for mark in again} == wanted
    assert [mark.state for mark in again] == [AnchorState.PLACED] * len(words)
    assert {mark.note for mark in again} == {f"nöte {number}" for number in range(len(words))}


def test_a_mark_that_has_no_place_any_more_goes_to_the_tray_and_comes_back(library: Library, japanese: Item) -> None:
    library.reread(japanese.id, "shift_jis")
    text = library.article(japanese.id).text
    start = text.index(JAPANESE[0])
    mark = library.annotate(japanese.id, start, start + 30)
    # What is no letter in this set is lost, so that nothing tells where the mark's bytes are.
    library.reread(japanese.id, "utf-8")
    assert library.annotation(mark.id).state is AnchorState.UNPLACED
    assert library.annotation(mark.id).target == mark.target
    library.undo()
    assert library.annotation(mark.id) == mark


def test_mends_go_with_their_blocks(library: Library, russian: Item) -> None:
    blocks = library.article(russian.id).blocks
    stripped = next(block for block in blocks if "reserved" in block.text)
    kept = next(block for block in blocks if "ferry" in block.text)
    library.mend(russian.id, stripped.n, Fate.KEPT)
    library.mend(russian.id, kept.n, Fate.STRIPPED)
    for charset in ("windows-1251", "ibm866", ""):
        library.reread(russian.id, charset)
        fates = {block.n: block.fate for block in library.article(russian.id).blocks}
        assert (fates[stripped.n], fates[kept.n]) == (Fate.KEPT, Fate.STRIPPED)
    assert len(library.reading(russian.id).overrides) == 2


def test_the_choice_outlives_every_other_reading_of_the_file(library: Library, russian: Item, tmp_path: Path) -> None:
    library.reread(russian.id, "windows-1251")
    assert library.capture(russian.id).charset.value == "windows-1251"
    text = library.article(russian.id).text
    start = text.index("переговоры")
    library.annotate(russian.id, start, start + 10)
    out = tmp_path / "out.md"
    library.export(out, "md", library.excerpts([russian.id]))
    assert [verdict.result for verdict in library.verify_export(out)] == ["exact"]
    library = open_again(library)
    try:
        assert library.capture(russian.id).charset.source is Source.TYPED
    finally:
        library.close()


def test_as_the_program_finds_it_again(library: Library, russian: Item) -> None:
    before = rows_of(library)
    library.reread(russian.id, "windows-1251")
    item = library.reread(russian.id, "")
    assert item == russian
    assert library.undo_label == "Read Again as Found"
    assert rows_of(library) == before
    assert library.charset_chosen(russian.id) == ""


def test_the_same_choice_again_is_no_act(library: Library, russian: Item) -> None:
    label = library.undo_label
    assert library.reread(russian.id, " ") == russian
    assert library.undo_label == label
    library.reread(russian.id, "cp1251")
    events = library.events(russian.id)
    library.reread(russian.id, "WINDOWS-1251")
    assert library.events(russian.id) == events


def test_an_event_says_what_was_done(library: Library, russian: Item) -> None:
    library.reread(russian.id, "windows-1251")
    event = library.events(russian.id)[-1]
    assert event.type == "metadata modification"
    assert event.detail == "read again as windows-1251, chosen by a person; it was read as KOI8-R"


def test_bytes_that_do_not_fit_are_read_with_a_doubt(library: Library, russian: Item) -> None:
    item = library.reread(russian.id, "windows-1253")
    assert item.facts["charset"].doubt.endswith("the bytes are not windows-1253; a � stands there.")
    assert [one.item_id for one in library.attention() if one.kind == "doubt"] == [russian.id]


@pytest.mark.parametrize(
    ("charset", "sentence"),
    [
        ("klingon", "not the name of a character set"),
        ("EUC-TW", "EUC-TW is not read"),
        ("viscii", "VISCII is not read"),
        ("utf-16", "no text in UTF-16LE"),
        ("iso-2022-jp", "no text in ISO-2022-JP"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    charset: str, sentence: str, library: Library, russian: Item
) -> None:
    before, label, events = rows_of(library), library.undo_label, library.events()
    for act in (library.reread, library.glimpse):
        with pytest.raises(CharsetRefused, match=sentence):
            act(russian.id, charset)
    assert (rows_of(library), library.undo_label, library.events()) == (before, label, events)


def test_an_unknown_page(library: Library) -> None:
    for act in (library.reread, library.glimpse, library.charset_chosen):
        with pytest.raises(UnknownId):
            act("nobody")


def lose(library: Library, item: Item, data: bytes | None) -> None:
    path = library.original_path(item.sha256)
    path.chmod(0o644)
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)


def test_without_the_stored_file_nothing_is_read_and_nothing_changes(library: Library, russian: Item) -> None:
    before, label = rows_of(library), library.undo_label
    lose(library, russian, b"<p>something else")
    with pytest.raises(OriginalAltered, match="checksum differs"):
        library.reread(russian.id, "windows-1251")
    lose(library, russian, None)
    with pytest.raises(OriginalMissing):
        library.reread(russian.id, "windows-1251")
    assert (rows_of(library), library.undo_label) == (before, label)


def test_undo_needs_no_stored_file(library: Library, russian: Item) -> None:
    before = rows_of(library)
    library.reread(russian.id, "windows-1251")
    after = rows_of(library)
    lose(library, russian, None)
    library.undo()
    assert rows_of(library) == before
    library.redo()
    assert rows_of(library) == after


def test_undo_far_back_reads_the_file_and_is_refused_without_it(library: Library, russian: Item) -> None:
    states = [rows_of(library)]
    for charset in ("windows-1251", "ibm866", "macintosh", "iso-8859-5", "gbk", "x-mac-cyrillic")[: readings.KEPT + 2]:
        library.reread(russian.id, charset)
        states.append(rows_of(library))
    while len(states) > 1:
        assert rows_of(library) == states.pop()
        library.undo()
    assert rows_of(library) == states[0]
    while library.redo_label:
        library.redo()
    lose(library, russian, None)
    for _ in range(readings.KEPT):
        library.undo()
    last = rows_of(library)
    with pytest.raises(OriginalMissing):
        library.undo()
    assert rows_of(library) == last
    assert library.undo_label.startswith("Read Again as")


def test_a_glimpse_shows_the_beginning_and_changes_nothing(library: Library, russian: Item) -> None:
    before = rows_of(library)
    seen = library.glimpse(russian.id, "windows-1251")
    assert seen.title == "Переговоры о пароме"
    assert RUSSIAN[0] in seen.lines
    assert seen.charset.source is Source.TYPED
    found = library.glimpse(russian.id)
    assert (found.charset, found.title) == (russian.facts["charset"], russian.title)
    assert rows_of(library) == before


def test_of_a_long_page_only_the_beginning_is_looked_at(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    (line,) = take_in(write(tmp_path / "saved" / "long.html", "cp1251", "koi8-r", RUSSIAN * 9_000))
    seen = library.glimpse(line.item_ids[0], "windows-1251")
    assert seen.lines[1] == RUSSIAN[0]
    assert not seen.charset.doubt


CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["choose", "choose", "mark", "mend", "undo", "redo"]),
        st.sampled_from(["", "windows-1251", "koi8-r", "ibm866", "shift_jis", "gb18030", "windows-1252"]),
        st.integers(0, 400),
    ),
    max_size=10,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=CHOICES)
def test_any_choices_between_other_acts_are_undone_wholly(
    library: Library, russian: Item, acts: list[tuple[str, str, int]]
) -> None:
    before = rows_of(library)
    for verb, charset, number in acts:
        text = library.article(russian.id).text
        if verb == "choose":
            library.reread(russian.id, charset)
        elif verb == "mark":
            library.annotate(russian.id, min(number, len(text) - 9), min(number, len(text) - 9) + 8)
        elif verb == "mend":
            blocks = library.article(russian.id).blocks
            library.mend(russian.id, number % len(blocks) + 1, Fate.KEPT if number % 2 else Fate.STRIPPED)
        elif verb == "undo" and not library.undo_label.startswith("Import"):
            library.undo()
        elif verb == "redo" and library.redo_label:
            library.redo()
    after = rows_of(library)
    steps = 0
    while not library.undo_label.startswith("Import"):
        library.undo()
        steps += 1
    assert rows_of(library) == before
    for _ in range(steps):
        library.redo()
    assert rows_of(library) == after
    for _ in range(steps):
        library.undo()


def test_another_choice_while_the_page_is_read_is_what_marks_are_carried_from(library: Library, russian: Item) -> None:
    start = library.article(russian.id).text.index("ferry")
    mark = library.annotate(russian.id, start + 20, start + 40)

    def choose_too() -> None:
        with Library.open(library.folder, "worker") as other:
            other.reread(russian.id, "windows-1251")

    chooser = threading.Thread(target=choose_too)
    with library.step("Choose"):
        # The other has read the page, and waits, by the time that this choice is stored.
        chooser.start()
        time.sleep(2)
        library.reread(russian.id, "ibm866")
    chooser.join()
    after = library.annotation(mark.id)
    text = library.article(russian.id).text
    assert (after.state, after.quote) == (AnchorState.PLACED, text[start + 20 : start + 40])
    assert library.undo() == "Read Again as windows-1251"
    assert library.charset_chosen(russian.id) == "ibm866"


def test_what_only_the_whole_archive_told_stays(library: Library, tmp_path: Path, take_in: TakeIn) -> None:
    crawl = b"".join(
        (
            record(f"{SITE}/old", answer(b"", status="301 Moved", location=f"{SITE}/new")),
            record(f"{SITE}/new", answer(crawled("Tïtle 😀"), "text/html")),
        )
    )
    (tmp_path / "ä.wacz").write_bytes(wacz({"a.warc": crawl}, has_digests=True))
    (line,) = take_in(tmp_path / "ä.wacz")
    before = library.item(line.item_ids[0])
    assert {"requested_url", "fixity"} <= before.facts.keys()
    now = library.reread(before.id, "windows-1252")
    for name in ("requested_url", "fixity"):
        assert now.facts[name] == before.facts[name]
