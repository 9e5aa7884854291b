"""Bytes to text: statements, marks, declarations and guesses, in the order in which they are believed."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_viewer.charset import decode, decode_as, decode_chosen, encode_as, unreadable
from archive_viewer.errors import CharsetRefused
from archive_viewer.labels import label, names
from archive_viewer.model import Source

SECONDS = 3
"""No page of a few kB may take longer to be decoded, on a slow and busy machine."""

GREEK = "Το υπουργείο Εξωτερικών ανακοίνωσε χθες ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα."


@pytest.mark.parametrize(
    ("given_label", "name"),
    [
        (" UTF-8 ", "utf-8"),
        ('"utf8"', "utf-8"),
        ("ISO-8859-1", "windows-1252"),
        ("us-ascii", "windows-1252"),
        ("latin1", "windows-1252"),
        ("l5", "windows-1254"),
        ("ISO-8859-8-I", "iso-8859-8"),
        ("GB2312", "gbk"),
        ("x-gbk", "gbk"),
        ("x-sjis", "shift_jis"),
        ("windows-31j", "shift_jis"),
        ("ks_c_5601-1987", "euc-kr"),
        ("Big5-HKSCS", "big5"),
        ("x-mac-roman", "macintosh"),
        ("cp866", "ibm866"),
        ("TIS-620", "cp874"),
        ("x-user-defined", "windows-1252"),
        ("", ""),
        ("rot13", ""),
        ("zip", ""),
        ("idna", ""),
        ("unicode_escape", ""),
        ("../../etc/passwd", ""),
        ("nonsense\0", ""),
        ("ü", ""),
    ],
)
def test_labels_are_those_of_the_encoding_standard(given_label: str, name: str) -> None:
    assert label(given_label) == name
    if name:
        codecs.lookup(name)


def test_an_unknown_character_set_is_an_error() -> None:
    with pytest.raises(LookupError):
        decode_as(b"x", "klingon")


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("gb2312", b"\xe9F\x81\x30\x81\x30", "镕\x80"),
        ("shift_jis", b"\x87\x40", "①"),
        ("euc-jp", b"\xad\xa1\xb4\xc1", "①漢"),
        ("euc-kr", b"\x8c\x63", "똠"),
        ("big5", b"\xf9\xd6", "碁"),
        ("iso-8859-1", b"\x93\x80\x94", "“€”"),
        ("utf-8", b"\xef\xbb\xbfx", "x"),
        ("windows-1252", b"a\x81b", "a\ufffdb"),
    ],
)
def test_sets_are_as_wide_as_browsers_read_them(charset: str, data: bytes, text: str) -> None:
    assert decode_as(data, charset) == text


# -- who is believed -----------------------------------------------------------------------------------------------


def test_a_container_is_believed_when_the_bytes_agree() -> None:
    data = b'<meta charset="utf-8">' + GREEK.encode("iso-8859-7")
    text, fact = decode(data, "ISO-8859-7", "Content-Type")
    assert text.endswith(GREEK)
    assert (fact.value, fact.source, fact.origin, fact.doubt) == ("iso-8859-7", Source.STATED, "Content-Type", "")


def test_a_container_that_the_bytes_contradict_is_not() -> None:
    text, fact = decode(GREEK.encode("iso-8859-7") * 3, "utf-8", "Content-Type")
    assert text == GREEK * 3
    assert fact.source is Source.INFERRED
    assert fact.doubt == "Content-Type says utf-8, but the bytes do not agree."


def test_a_container_goes_before_valid_utf8() -> None:
    assert decode("Ã¤".encode("cp1252") + b" x", "windows-1252", "Content-Type")[0] == "Ã¤ x"


@pytest.mark.parametrize("stated", ["x-user-defined", "us-ascii", "no-such-set"])
def test_a_container_that_knows_nothing_is_passed_over(stated: str) -> None:
    text, fact = decode("Größe".encode(), stated, "Content-Type")
    assert (text, fact.value, fact.doubt) == ("Größe", "utf-8", "")


@pytest.mark.parametrize(
    ("mark", "codec", "name"),
    [
        (codecs.BOM_UTF8, "utf-8", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    ],
)
def test_a_byte_order_mark_goes_before_meta_and_container(mark: bytes, codec: str, name: str) -> None:
    data = mark + '<meta charset="windows-1252">Größe 😀'.encode(codec)
    for stated in ("", "windows-1252"):
        text, fact = decode(data, stated, "Content-Type")
        assert text == '<meta charset="windows-1252">Größe 😀'
        assert (fact.value, fact.source, fact.origin) == (name, Source.STATED, "byte order mark")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    ["Größe\nist 😀", "Переговоры продолжатся\nзавтра", "谈判“将于”下周\n在邻国首都继续进行", "हिन्दी में एक\nपंक्ति"],
)
def test_utf16_without_a_mark(codec: str, text: str) -> None:
    found, fact = decode(text.encode(codec), media_type="text/plain")
    assert (found, fact.value, fact.source) == (text, codec.replace("16-", "16"), Source.INFERRED)


@pytest.mark.parametrize("data", [b"hello wor\0ld and so on", b"abc\0def", b"\0\0\0\0", "Größe\0 von allem".encode()])
def test_a_zero_byte_makes_no_utf16(data: bytes) -> None:
    assert not decode(data)[1].value.startswith("utf-16")


def test_valid_utf8_goes_before_meta() -> None:
    text, fact = decode('<meta charset="gb2312"><p>Größe – “ja”'.encode())
    assert text.endswith("Größe – “ja”")
    assert (fact.value, fact.source) == ("utf-8", Source.INFERRED)
    assert fact.doubt == "The page says gb2312, which is read as GBK, but its bytes are UTF-8."


def test_utf8_that_says_so_is_stated() -> None:
    assert decode('<meta charset="utf-8">Größe'.encode())[1].source is Source.STATED


def test_utf8_cut_off_or_damaged_is_still_utf8() -> None:
    data = ("Größe ünd Länge " * 100).encode()
    assert decode(data + b"\xe2\x80")[1].value == "utf-8"
    assert decode(data + b"\xff" + data)[1].value == "utf-8"


def test_meta_that_the_bytes_contradict_is_a_guess_with_a_doubt() -> None:
    arabic = "أعلنت وزارة الخارجية أمس أن المحادثات ستستمر الأسبوع المقبل في عاصمة الدولة المجاورة."
    text, fact = decode(b"<meta charset=utf-8><p>" + arabic.encode("cp1256") * 3)
    assert arabic in text
    assert (fact.value, fact.source) == ("windows-1256", Source.INFERRED)
    assert fact.doubt == "The page says utf-8, but its bytes do not agree."


# -- what a page declares ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<meta charset=koi8-r>", "koi8-r"),
        ("<META CHARSET='KOI8-R' />", "koi8-r"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ("<meta content='text/html;charset = \"koi8-r\"' http-equiv=content-type>", "koi8-r"),
        ("<title>late</title>" + "<link href=x>" * 500 + "<meta charset=koi8-r>", "koi8-r"),
        ('<script src=x charset="utf-8"></script><meta charset=koi8-r>', "koi8-r"),
        ("<script>document.write('<meta charset=utf-8>')</script><meta charset=koi8-r>", "koi8-r"),
        ("<style>/*<meta charset=utf-8>*/</style><meta charset=koi8-r>", "koi8-r"),
        ("<title>How to write <meta charset=utf-8></title><meta charset=koi8-r>", "koi8-r"),
        ("<!-- <meta charset=utf-8> --><meta charset=koi8-r>", "koi8-r"),
        ("<!--><meta charset=koi8-r>", "koi8-r"),
        ('<div title="<meta charset=utf-8>"></div><meta charset=koi8-r>', "koi8-r"),
        ("<meta charset=no-such-set><meta charset=koi8-r>", "koi8-r"),
        ("<meta name=description content='text/html; charset=utf-8'><meta charset=koi8-r>", "koi8-r"),
        ('<?xml version="1.0" encoding="koi8-r"?><html>', "koi8-r"),
        ('<?xml version="1.0" encoding="utf-8"?><meta charset=koi8-r>', "koi8-r"),
        ("<meta charset=x-user-defined>", "windows-1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<p>charset=koi8-r", "utf-8"),
    ],
)
def test_meta_is_parsed_as_a_browser_parses_it(head: str, name: str) -> None:
    assert decode(head.encode())[1].value == name


def test_a_text_file_declares_nothing() -> None:
    assert decode(b"<meta charset=koi8-r>", media_type="text/plain")[1].value == "utf-8"


# -- guesses -------------------------------------------------------------------------------------------------------

SENTENCES = {
    "cp1251": "Министерство иностранных дел сообщило вчера, что переговоры продолжатся на следующей неделе.",
    "koi8_r": "Министерство иностранных дел сообщило вчера, что переговоры продолжатся на следующей неделе.",
    "iso8859_7": GREEK,
    "cp1255": "משרד החוץ הודיע אתמול כי השיחות יימשכו בשבוע הבא בבירת המדינה השכנה.",
    "cp1254": "Dışişleri Bakanlığı dün görüşmelerin önümüzdeki hafta komşu ülkenin başkentinde süreceğini bildirdi.",
    "iso8859_2": "Ministerstvo zahraničních věcí včera oznámilo, že rozhovory budou pokračovat příští týden.",
    "cp1252": "Le ministère des Affaires étrangères déclarait hier que les négociations se poursuivraient.",
    "cp932": "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。",
    "euc_jp": "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。",
    "gbk": "外交部昨天宣布，谈判将于下周在邻国首都继续进行。部长在记者会上说。",
    "big5": "外交部昨天宣布，談判將於下週在鄰國首都繼續進行。部長在記者會上說。",
    "cp949": "외교부는 어제 회담이 다음 주 이웃 나라의 수도에서 계속될 것이라고 발표했다.",
    "cp874": "กระทรวงการต่างประเทศแถลงเมื่อวานนี้ว่าการเจรจาจะดำเนินต่อไปในสัปดาห์หน้า",
    "iso2022_jp": "外務省は昨日、協議が来週も隣国の首都で続けられると発表した。",
}


@pytest.mark.parametrize("codec", SENTENCES)
def test_undeclared_sets_are_guessed(codec: str) -> None:
    sentence = SENTENCES[codec]
    page = "<html><body><div class='x'>" + f"<p>{sentence}</p>\n" * 4 + "</div></body></html>"
    text, fact = decode(page.encode(codec))
    assert text == page
    assert fact.source is Source.INFERRED


def test_a_guess_from_few_letters_is_doubted() -> None:
    text, fact = decode("Café".encode("cp1252"))
    assert text == "Café"
    assert fact.doubt


def test_fifty_megabytes_are_sampled() -> None:
    line = (SENTENCES["cp1251"] + " ").encode("cp1251")
    data = b"x" * 1_000_000 + line * (50_000_000 // len(line))
    text, fact = decode(data, media_type="text/plain")
    assert fact.value == "windows-1251"
    assert text.endswith(SENTENCES["cp1251"] + " ")


RUSSIAN = f"<p>{SENTENCES['cp1251']}</p>\n"
GERMAN = "<p>Größe und Länge, fünf Brücken über die Elbe, schöne Grüße aus Köln und Düsseldorf.</p>\n"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (RUSSIAN.encode() * 9 + RUSSIAN.encode("cp1251"), "utf-8"),
        (GERMAN.encode() * 9 + GERMAN.encode("cp1252") * 2, "utf-8"),
        (SENTENCES["cp932"].encode() * 3 + b"\n" + SENTENCES["cp932"].encode("cp932"), "utf-8"),
        (RUSSIAN.encode("cp866") * 9 + RUSSIAN.encode("cp1251") * 2, "ibm866"),
        (RUSSIAN.encode("cp866") * 9 + RUSSIAN.encode("koi8-r") * 5, "ibm866"),
        (RUSSIAN.encode("cp866") * 9 + RUSSIAN.encode() * 2, "ibm866"),
        (RUSSIAN.encode("cp1251") * 9 + RUSSIAN.encode() * 2, "windows-1251"),
    ],
)
def test_a_page_of_mixed_bytes_is_doubted(data: bytes, name: str) -> None:
    _, fact = decode(b"<html><body>" + data)
    assert fact.value == name
    assert "UTF-8, but not all" in fact.doubt if name == "utf-8" else fact.doubt


@pytest.mark.parametrize("codec", [codec for codec in SENTENCES if codec not in ("cp1252", "iso2022_jp")])
def test_a_page_of_one_set_is_not_taken_for_mixed(codec: str) -> None:
    _, fact = decode(f"<html><body><p>{SENTENCES[codec]} McDonald kWh © EnBW</p>\n".encode(codec, "ignore") * 20)
    assert "UTF-8" not in fact.doubt
    assert "Letters stand together" not in fact.doubt


# -- what a person chooses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", SENTENCES)
def test_a_chosen_set_goes_before_every_other_witness(codec: str) -> None:
    page = f"<meta charset=utf-8><p>{SENTENCES[codec]}</p>"
    text, fact = decode_chosen(page.encode(codec), codec.replace("_", "-"))
    assert text == page
    assert (fact.source, fact.origin, fact.doubt) == (Source.TYPED, "chosen by a person", "")


def test_bytes_that_are_not_in_the_chosen_set_are_counted() -> None:
    text, fact = decode_chosen(b"<p>Gr\xf6\xdfe und " + "Länge".encode(), "utf-8")
    assert text == "<p>Gr\ufffd\ufffde und Länge"
    assert fact.doubt == "In 2 places the bytes are not UTF-8; a � stands there."
    assert decode_chosen(b"<p>Gr\xf6sse", "utf-8")[1].doubt.startswith("In one place ")


@pytest.mark.parametrize(
    ("data", "chosen", "sentence"),
    [
        (b"<p>x", "EUC-TW", "The character set EUC-TW is not read."),
        (b"<p>x", "VISCII", "The character set VISCII is not read."),
        (b"<p>x", "klingon", "“klingon” is not the name of a character set."),
        (b"<p>Only letters of ASCII here.</p>", "utf-16", "The bytes of this page are no text in UTF-16LE."),
        (b"<p>Only letters of ASCII here.</p>", "utf-32", "The bytes of this page are no text in utf-32."),
        ("<p>Größe</p>".encode("utf-16-le"), "windows-1251", "The bytes of this page are no text in windows-1251."),
        (RUSSIAN.encode("cp1251"), "iso-2022-jp", "The bytes of this page are no text in ISO-2022-JP."),
    ],
)
def test_nonsense_is_refused_with_a_sentence(data: bytes, chosen: str, sentence: str) -> None:
    with pytest.raises(CharsetRefused) as refused:
        decode_chosen(data, chosen)
    assert str(refused.value) == sentence


@given(st.binary(max_size=400), st.sampled_from(names()))
def test_any_bytes_are_read_as_chosen_or_refused(data: bytes, name: str) -> None:
    try:
        text, fact = decode_chosen(data, name)
    except CharsetRefused:
        return
    assert (text, fact.value) == (decode_as(data, name), name)
    text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), max_size=60), st.sampled_from(names()))
def test_what_a_set_does_not_have_is_written_as_a_reference(text: str, name: str) -> None:
    again = decode_as(encode_as(text, name), name)
    if name.startswith("utf-"):
        assert again == text.removeprefix("\ufeff")
    assert "\ufffd" not in again or "\ufffd" in text


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gb2312", "x", "utf-16"]))
def test_any_bytes_decode(data: bytes, stated: str) -> None:
    text, fact = decode(data, stated, "somebody")
    assert decode_as(data, fact.value) == text
    text.encode("utf-8")


@given(st.text(max_size=200))
def test_utf8_is_never_mistaken(text: str) -> None:
    if "\0" not in text:
        assert decode(text.encode("utf-8", "ignore"))[0] == text.encode("utf-8", "ignore").decode().removeprefix(
            "\ufeff"
        )


@pytest.mark.parametrize("name", ["EUC-TW", "viscii", "ARMSCII-8", "x-mac-greek", "johab"])
def test_what_nothing_here_reads_is_named(name: str) -> None:
    page = f"<html><head><meta charset='{name}'><title>".encode() + b"\x8e\xa2\xa1\xa1 \xc4\xe3\xa4"
    assert unreadable(page) == name.lower()
    by_type = page.replace(
        f"charset='{name}'".encode(), f"http-equiv=content-type content='text/html; charset={name}'".encode()
    )
    assert unreadable(by_type) == name.lower()
    assert unreadable(b"<p>\x8e\xa2\xa1", name) == name.lower()


def test_what_is_read_whatever_it_says() -> None:
    assert unreadable(b"<meta charset=viscii><p>Only ASCII.") == ""
    assert unreadable("<meta charset=viscii><p>Tiếng Việt".encode()) == ""
    assert unreadable(b"\xff\xfe<\0m\0e\0t\0a\0 \0c\0h\0a\0r\0s\0e\0t\0=\0v\0i\0s\0c\0i\0i\0>\0") == ""
    assert unreadable("<meta charset=windows-1252><p>Grüße".encode("cp1252")) == ""
    assert unreadable("<meta charset=nonsense><p>Grüße".encode("cp1252")) == ""
    assert unreadable("<meta charset=viscii><p>Grüße".encode("cp1252"), "windows-1252") == ""
    assert unreadable("<p>Grüße".encode("cp1252")) == ""
    assert unreadable(b"<meta charset=utf-7><p>+AOQ-") == "utf-7"


def test_letters_without_end_take_no_time_without_end() -> None:
    words = "Вода сначала, деньги потом, и никто не знает, когда откроют перевал. ".encode("cp1251") * 200
    began = time.process_time()
    assert decode(words + b"a" * 15_000)[1].value == "windows-1251"
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ISO-8859-1", "ISO-8859-1, which is read as windows-1252"),
        ("Windows-1252", "Windows-1252"),
        ("gb2312", "gb2312, which is read as GBK"),
    ],
)
def test_a_doubt_names_the_set_as_the_page_writes_it(written: str, said: str) -> None:
    page = f'<meta charset="{written}"><title>Tïtle 😀</title>'.encode()
    _, fact = decode(page)
    assert (fact.value, fact.doubt) == ("utf-8", f"The page says {said}, but its bytes are UTF-8.")
