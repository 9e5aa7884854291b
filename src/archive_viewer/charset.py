"""Bytes become text: which character set a page or a text file is in, and who says so.

Bytes in, with what a container states about them; text and a ``Fact`` out.  Separate because readers need it to
recognise, the cleaner to read and the original view to serve, and all three must see the same characters.

Names and labels are those of the WHATWG Encoding Standard (section 4.2), in lower case, so ``iso-8859-1`` is
``windows-1252`` and ``gb2312`` is ``gbk``; where Python does not know the standard's name, Python's own is used
(``cp874``, ``mac-cyrillic``), so that every name given here is one that ``codecs.lookup`` finds.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import chardet

from archive_viewer.limits import CHARSET_SAMPLE, HEAD_BYTES
from archive_viewer.model import Fact, Source

_NAMES = {
    "ascii": "windows-1252",
    "big5": "big5",
    "big5hkscs": "big5",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp437": "cp437",
    "cp850": "cp850",
    "cp852": "cp852",
    "cp866": "ibm866",
    "cp874": "cp874",
    "cp932": "shift_jis",
    "cp949": "euc-kr",
    "cp950": "big5",
    "euc_jis_2004": "euc-jp",
    "euc_jp": "euc-jp",
    "euc_kr": "euc-kr",
    "gb18030": "gb18030",
    "gb2312": "gbk",
    "gbk": "gbk",
    "hz": "hz",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_kr": "iso-2022-kr",
    "iso8859-1": "windows-1252",
    "iso8859-2": "iso-8859-2",
    "iso8859-3": "iso-8859-3",
    "iso8859-4": "iso-8859-4",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-8": "iso-8859-8",
    "iso8859-9": "windows-1254",
    "iso8859-10": "iso-8859-10",
    "iso8859-11": "cp874",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-cyrillic": "mac-cyrillic",
    "mac-roman": "macintosh",
    "shift_jis": "shift_jis",
    "tis-620": "cp874",
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-16-le": "utf-16le",
    "utf-32": "utf-32",
}
"""Python's codec names → the standard's."""

_LABELS = {
    "chinese": "gbk",
    "cn-big5": "big5",
    "csgb2312": "gbk",
    "dos-874": "cp874",
    "gb_2312": "gbk",
    "gb_2312-80": "gbk",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-8-i": "iso-8859-8",
    "koi": "koi8-r",
    "koi8": "koi8-r",
    "koi8-ru": "koi8-u",
    "logical": "iso-8859-8",
    "unicode": "utf-16le",
    "unicode-1-1-utf-8": "utf-8",
    "unicodefffe": "utf-16be",
    "visual": "iso-8859-8",
    "windows-31j": "shift_jis",
    "windows-874": "cp874",
    "windows-949": "euc-kr",
    "x-euc-jp": "euc-jp",
    "x-gbk": "gbk",
    "x-mac-cyrillic": "mac-cyrillic",
    "x-mac-roman": "macintosh",
    "x-mac-ukrainian": "mac-cyrillic",
    "x-sjis": "shift_jis",
    "x-user-defined": "windows-1252",
    "x-x-big5": "big5",
    "x-cp1250": "windows-1250",
    "x-cp1251": "windows-1251",
    "x-cp1252": "windows-1252",
    "x-cp1253": "windows-1253",
    "x-cp1254": "windows-1254",
    "x-cp1255": "windows-1255",
    "x-cp1256": "windows-1256",
    "x-cp1257": "windows-1257",
    "x-cp1258": "windows-1258",
}
"""Labels of the standard that Python does not know."""

_CODECS = {
    "big5": ("big5hkscs",),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "euc-kr": ("cp949",),
    "gbk": ("gb18030",),
    "shift_jis": ("cp932",),
}
"""The standard's East Asian sets are wider than Python's of that name; the codec with the fewest errors is used."""

_SAYS_LITTLE = {"ascii", "us-ascii", "x-user-defined"}
"""A container that states one of these for bytes beyond ASCII knows nothing of them."""

_UNREADABLE = frozenset(
    "armscii-7 armscii-8 armscii-8a bocu-1 cesu-8 cns11643 cp1125 csviscii euc-tw euctw geostd8 hp-roman8 ibm037 "
    "ibm1047 ibm424 ibm500 iso-2022-cn iso-2022-cn-ext iso-ir-111 johab ks_c_5601-1992-johab koi8-c koi8-t kz-1048 mik "
    "ptcp154 scsu tcvn tcvn-5712 tcvn3 tis-620-dec tscii utf-7 viqr viscii viscii1.1-1 vni vps x-euc-tw "
    "x-johab x-mac-arabic x-mac-centraleurroman x-mac-ce x-mac-croatian x-mac-farsi x-mac-greek x-mac-hebrew "
    "x-mac-icelandic x-mac-romanian x-mac-turkish x-viet-tcvn5712 x-viet-vni x-viet-vps x-x-armscii".split()
)
"""Sets that pages were written in but the standard leaves out: read as another they would be garbled in silence."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_GUESSES = [
    "big5hkscs",
    "cp1250",
    "cp1251",
    "cp1252",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp866",
    "cp874",
    "cp932",
    "cp949",
    "euc_jis_2004",
    "gb18030",
    "iso8859-2",
    "iso8859-5",
    "iso8859-7",
    "koi8-r",
    "koi8-u",
    "mac-roman",
]
"""What is guessed among: the sets that the web was written in.  Among all that Python knows more guesses fail."""


def label(name: str) -> str:
    """The name under which this module knows the character set that ``name`` is a label of, or ``""``."""
    asked = _plain(name)
    if asked in _LABELS:
        return _LABELS[asked]
    if not re.fullmatch(r"[a-z0-9_:.()+-]{2,40}", asked):
        return ""
    try:
        return _NAMES.get(codecs.lookup(asked).name, "")
    except LookupError:
        return ""


def _plain(name: str) -> str:
    return name.strip(" \t\r\n\f\"';,").lower()


def decode_as(data: bytes, charset: str) -> str:
    """``data`` in ``charset`` (any label), U+FFFD for what does not fit, without a byte order mark.

    :raises LookupError: no such character set is known.
    """
    name = label(charset)
    if not name:
        raise LookupError(f"unknown character set: {charset}")
    attempts = []
    for codec in _CODECS.get(name, (name,)):
        text = data.decode(codec, "replace")
        wrong = text.count("\ufffd")
        if not wrong:
            attempts = [(0, text)]
            break
        attempts.append((wrong, text))
    return min(attempts, key=lambda attempt: attempt[0])[1].removeprefix("\ufeff")


def decode(data: bytes, stated: str = "", stated_by: str = "", media_type: str = "text/html") -> tuple[str, Fact[str]]:
    """The text of ``data`` and its character set.

    ``stated`` is what a container (a MIME part, an HTTP header) says, ``stated_by`` where it says so.  The order:
    that statement if the bytes agree, a byte order mark, valid UTF-8 beyond ASCII, what the page declares if the
    bytes agree, a guess by statistics, windows-1252.  UTF-8 goes before the page's own word because pages saved
    again as UTF-8 keep their old ``meta``.  ``media_type`` ``text/plain`` has no declarations.
    """
    mark = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    name = label(stated)
    doubt = ""
    if name and (_plain(stated) not in _SAYS_LITTLE or data.isascii()):
        text = decode_as(data, name)
        if mark in ("", name) and _is_sound(text, data):
            return text, Fact(name, Source.STATED, stated_by)
        doubt = f"{stated_by or 'The container'} says {stated}, but the bytes do not agree."
    if mark:
        return decode_as(data, mark), Fact(mark, Source.STATED, "byte order mark", doubt)
    if wide := utf16_without_mark(data):
        return decode_as(data, wide), Fact(wide, Source.INFERRED, "the zero bytes between the letters", doubt)

    declared, origin = ("", "") if media_type == "text/plain" else _declared(data)
    if (text_as_utf8 := _as_utf8(data)) is not None:
        if declared == "utf-8":
            return text_as_utf8, Fact("utf-8", Source.STATED, origin, doubt)
        if declared:
            doubt = doubt or f"The page says {declared}, but its bytes are UTF-8."
        return text_as_utf8, Fact("utf-8", Source.INFERRED, "the bytes are UTF-8", doubt)
    if declared:
        text = decode_as(data, declared)
        if _is_sound(text, data):
            return text, Fact(declared, Source.STATED, origin, doubt)
        doubt = doubt or f"The page says {declared}, but its bytes do not agree."
    guess = _guess(data)
    return decode_as(data, guess.value), replace(guess, doubt=doubt or guess.doubt)


def unreadable(data: bytes, stated: str = "") -> str:
    """The name of the character set of ``data`` when it is one that nothing here reads, else ``""``.

    A statement alone does not tell: what is ASCII or UTF-8, or has a byte order mark, is read as that.
    """
    name = _plain(stated) if _plain(stated) in _UNREADABLE else "" if label(stated) else _declared_unreadable(data)
    if not name or any(data.startswith(mark) for mark, _ in _MARKS):
        return ""
    is_seven_bits = name.startswith(("utf-7", "iso-2022", "viqr"))
    return name if _as_utf8(data) is None and (is_seven_bits or not data.isascii()) else ""


def _declared_unreadable(data: bytes) -> str:
    head = data[:HEAD_BYTES].decode("latin-1")
    for attributes in _metas(head):
        found = _IN_CONTENT.search(attributes.get("content", ""))
        is_type = attributes.get("http-equiv", "").strip().lower() == "content-type"
        for name in (attributes.get("charset", ""), "".join(filter(None, found.groups())) if found and is_type else ""):
            if _plain(name) in _UNREADABLE:
                return _plain(name)
            if label(name):
                return ""
    return ""


# -- what the page declares ----------------------------------------------------------------------------------------

_TOKEN = re.compile(r"<(?:(?P<comment>!--)|(?P<tag>[a-z][^\s/>]*)|(?P<other>[!?/]))", re.I)
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_IN_CONTENT = re.compile(r"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.I)
_XML_ENCODING = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""", re.I)
_RAW = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"}


def _declared(data: bytes) -> tuple[str, str]:
    """What a page says of itself, and where: ``("gbk", "meta charset")``; two empty strings when it says nothing.

    HTML, "prescan a byte stream to determine its encoding", carried on past its 1024 bytes because real pages
    declare late, and passing over scripts, styles and titles, in which real pages hold declarations of others.
    """
    head = data[:HEAD_BYTES].decode("latin-1")
    for attributes in _metas(head):
        content = attributes.get("content", "")
        if "charset" in attributes:
            name, origin = label(attributes["charset"]), "meta charset"
        elif attributes.get("http-equiv", "").strip().lower() == "content-type":
            found = _IN_CONTENT.search(content)
            name, origin = label("".join(filter(None, found.groups()))) if found else "", "meta http-equiv"
        else:
            continue
        if name:
            return _not_utf16(name), origin
    declaration = _XML_ENCODING.match(head.lstrip())
    if declaration and (name := label(declaration[1])):
        return _not_utf16(name), "XML declaration"
    return "", ""


def _not_utf16(name: str) -> str:
    """A declaration that could be read byte by byte is not in UTF-16, whatever it says."""
    return "utf-8" if name.startswith("utf-") else name


def _metas(head: str) -> Iterator[dict[str, str]]:
    position = 0
    while token := _TOKEN.search(head, position):
        position = token.end()
        if token["comment"]:
            # "<!-->" is a whole comment, so the end is sought from inside the opening.
            position = _after(head, "-->", token.end() - 2)
        elif token["other"]:
            position = _after(head, ">", position)
        else:
            attributes, position = _attributes(head, position)
            name = token["tag"].lower()
            if name == "meta":
                yield attributes
            elif name in _RAW:
                end = re.compile(rf"</{name}[\s/>]", re.I).search(head, position)
                position = end.end() if end else len(head)


def _attributes(head: str, position: int) -> tuple[dict[str, str], int]:
    attributes: dict[str, str] = {}
    while found := _ATTRIBUTE.match(head, position):
        name, *values = found.groups()
        attributes.setdefault(name.lower(), next((value for value in values if value is not None), ""))
        position = found.end()
    return attributes, position


def _after(head: str, end: str, position: int) -> int:
    found = head.find(end, position)
    return len(head) if found < 0 else found + len(end)


# -- what the bytes say --------------------------------------------------------------------------------------------


def utf16_without_mark(data: bytes) -> str:
    """``utf-16le`` or ``utf-16be`` when ``data`` is text in it without a byte order mark, else ``""``.

    Even a Chinese text has line ends, digits or blanks, and each brings a zero byte.  Zero bytes in other data give
    characters that no text has, or stand among ASCII letters, whose blanks then vanish inside of other characters.
    """
    sample = data[: HEAD_BYTES // 4 * 2]
    if 0 not in sample:
        return ""
    if sample.isascii() and len(sample.translate(None, bytes(range(32)))) * 4 > len(sample) * 3:
        return ""
    best, fewest = "", 0.01
    for name in ("utf-16le", "utf-16be"):
        text = sample[: len(sample) // 2 * 2].decode(name, "replace")
        flaws = sum(not _is_of_text(character) for character in text) / max(1, len(text))
        if flaws < fewest and (text.count(" ") + text.count("\n")) * 5 >= sample.count(b" "):
            best, fewest = name, flaws
    return best


def _is_of_text(character: str) -> bool:
    category = unicodedata.category(character)
    return character in "\t\n\r\f" or (category not in {"Cc", "Cn", "Co", "Cs"} and character != "\ufffd")


def _is_sound(text: str, data: bytes) -> bool:
    """Whether a decoding fits: pages cut off in a character or damaged in a few places are still in their set."""
    return text.count("\ufffd") - data.count("\ufffd".encode()) <= 1 + len(text) // 500


def _as_utf8(data: bytes) -> str | None:
    """The text, when ``data`` is UTF-8 beyond ASCII but for a hundredth of its characters, else None."""
    if data.isascii():
        return None
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    is_cut_off = wrong == 1 and text.endswith("\ufffd")
    return text if wrong * 100 <= beyond_ascii or (is_cut_off and beyond_ascii > 1) else None


def _guess(data: bytes) -> Fact[str]:
    if data.isascii():
        if b"\x1b$" in data and _is_sound(decode_as(data, "iso-2022-jp"), data):
            return Fact("iso-2022-jp", Source.INFERRED, "its escape sequences")
        return Fact("utf-8", Source.INFERRED, "only ASCII characters")
    guess = chardet.detect(_telling_part(data), include_encodings=_GUESSES, compat_names=False)
    doubt = "" if guess["confidence"] > chardet.MINIMUM_THRESHOLD else "Few letters speak for this character set."
    return Fact(label(guess["encoding"] or "windows-1252"), Source.INFERRED, "statistics of the letters", doubt)


def _telling_part(data: bytes) -> bytes:
    """A bounded sample of the words beyond ASCII, tags left out, never beginning within a character."""
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() if first else 0
    third = (len(data) - start) // 3
    windows = [data[start : start + CHARSET_SAMPLE]]
    if third > CHARSET_SAMPLE:
        for place in (start + third, start + 2 * third):
            window = data[place : place + CHARSET_SAMPLE]
            # No byte below 0x30 is part of a longer character in any of the sets guessed among.
            aligned = re.search(rb"[\t\n\r ,.]", window)
            windows.append(window[aligned.end() :] if aligned else b"")
    return re.sub(rb"<[a-zA-Z/!][^<>]*>", b" ", b"\n".join(windows))
