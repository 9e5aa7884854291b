"""Bytes become text: which character set a page or a text file is in, and who says so.

Bytes in, with what a container states about them or a person has chosen; text and a ``Fact`` out.  Separate because
readers need it to recognise, the cleaner to read and the original view to serve, and all three must see the same
characters.  The names are those of ``labels``.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import chardet
import regex

from archive_viewer.errors import CharsetRefused
from archive_viewer.labels import is_unreadable, label, plain, spelled
from archive_viewer.limits import CHARSET_SAMPLE, HEAD_BYTES
from archive_viewer.model import Fact, Source

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
    if name and (plain(stated) not in _SAYS_LITTLE or data.isascii()):
        text = decode_as(data, name)
        if mark in ("", name) and _is_sound(text, data):
            return text, Fact(name, Source.STATED, stated_by)
        doubt = f"{stated_by or 'The container'} says {stated}, but the bytes do not agree."
    if mark:
        return decode_as(data, mark), Fact(mark, Source.STATED, "byte order mark", doubt)
    if wide := utf16_without_mark(data):
        return decode_as(data, wide), Fact(wide, Source.INFERRED, "the zero bytes between the letters", doubt)

    declared, origin, written = ("", "", "") if media_type == "text/plain" else _declared(data)
    if (text_as_utf8 := _as_utf8(data)) is not None:
        if declared == "utf-8":
            return text_as_utf8, Fact("utf-8", Source.STATED, origin, doubt)
        if declared:
            doubt = doubt or f"The page says {_said(written, declared)}, but its bytes are UTF-8."
        return text_as_utf8, Fact("utf-8", Source.INFERRED, "the bytes are UTF-8", doubt)
    if declared:
        text = decode_as(data, declared)
        if _is_sound(text, data):
            return text, Fact(declared, Source.STATED, origin, doubt)
        doubt = doubt or f"The page says {_said(written, declared)}, but its bytes do not agree."
    guess = _guess(data)
    return decode_as(data, guess.value), replace(guess, doubt=doubt or guess.doubt)


def encode_as(text: str, charset: str) -> bytes:
    """``text`` in ``charset`` (a name), as HTML: what the set does not have becomes a character reference."""
    return text.encode(_CODECS.get(charset, (charset,))[0], "xmlcharrefreplace")


def unreadable(data: bytes, stated: str = "") -> str:
    """The name of the character set of ``data`` when it is one that nothing here reads, else ``""``.

    A statement alone does not tell: what is ASCII or UTF-8, or has a byte order mark, is read as that.
    """
    name = plain(stated) if is_unreadable(stated) else "" if label(stated) else _declared_unreadable(data)
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
            if is_unreadable(name):
                return plain(name)
            if label(name):
                return ""
    return ""


# -- what a person chooses -----------------------------------------------------------------------------------------

_MOST_FLAWS = 1 / 3
"""Share of characters that no text has, above which a chosen set is refused.  Japanese read as windows-1252 has a
tenth, and may be looked at; a page of ASCII letters has nothing but such when it is read as UTF-32."""


def require_known(charset: str) -> str:
    """The name of a character set that a person may choose, from any of its labels.

    :raises CharsetRefused: there is none of that name, or it is one that nothing here reads.
    """
    if is_unreadable(charset):
        raise CharsetRefused(f"The character set {plain(charset).upper()} is not read.")
    if not (name := label(charset)):
        raise CharsetRefused(f"“{charset.strip()[:60]}” is not the name of a character set.")
    return name


def decode_chosen(data: bytes, charset: str) -> tuple[str, Fact[str]]:
    """The text of ``data`` in a character set that a person chose, with a doubt where the bytes are of another.

    :raises CharsetRefused: the set is not known or not read, or what would be read is no text at all.
    """
    name = require_known(charset)
    text = decode_as(data, name)
    sample = text[:HEAD_BYTES]
    flaws = sum(not _is_of_text(character) for character in sample)
    # ASCII letters read as UTF-16 are Chinese to a counter of flaws; but any page in UTF-16 has zero bytes.
    is_wide = name.startswith("utf-16") and data and 0 not in data[:HEAD_BYTES]
    if is_wide or flaws > max(1, len(sample)) * _MOST_FLAWS:
        raise CharsetRefused(f"The bytes of this page are no text in {spelled(name)}.")
    wrong = text.count("\ufffd") - data.count("\ufffd".encode())
    places = "one place" if wrong == 1 else f"{wrong:,} places"
    doubt = f"In {places} the bytes are not {spelled(name)}; a � stands there." if wrong > 0 else ""
    return text, Fact(name, Source.TYPED, "chosen by a person", doubt)


# -- what the page declares ----------------------------------------------------------------------------------------

_TOKEN = re.compile(r"<(?:(?P<comment>!--)|(?P<tag>[a-z][^\s/>]*)|(?P<other>[!?/]))", re.I)
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_IN_CONTENT = re.compile(r"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.I)
_XML_ENCODING = re.compile(r"""<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""", re.I)
_RAW = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"}


def _said(written: str, name: str) -> str:
    """A label as a page writes it, and what it stands for where that has another name."""
    return written if plain(written) == name else f"{written}, which is read as {spelled(name)}"


def _declared(data: bytes) -> tuple[str, str, str]:
    """What a page says of itself, where, and as it writes it: ``("gbk", "meta charset", "GB2312")``; three empty
    strings when it says nothing.

    HTML, "prescan a byte stream to determine its encoding", carried on past its 1024 bytes because real pages
    declare late, and passing over scripts, styles and titles, in which real pages hold declarations of others.
    """
    head = data[:HEAD_BYTES].decode("latin-1")
    for attributes in _metas(head):
        content = attributes.get("content", "")
        if "charset" in attributes:
            written, origin = attributes["charset"], "meta charset"
        elif attributes.get("http-equiv", "").strip().lower() == "content-type":
            found = _IN_CONTENT.search(content)
            written, origin = "".join(filter(None, found.groups())) if found else "", "meta http-equiv"
        else:
            continue
        if name := label(written):
            return _not_utf16(name), origin, written.strip()
    declaration = _XML_ENCODING.match(head.lstrip())
    if declaration and (name := label(declaration[1])):
        return _not_utf16(name), "XML declaration", declaration[1]
    return "", "", ""


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
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
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
    sample = _telling_part(data)
    if _share_of_utf8(sample) > 0.5:
        doubt = "Most of this page is in UTF-8, but not all of it; a � stands where it is not."
        return Fact("utf-8", Source.INFERRED, "most of the bytes are UTF-8", doubt)
    guess = chardet.detect(sample, include_encodings=_GUESSES, compat_names=False)
    name = label(guess["encoding"] or "windows-1252")
    doubt = ""
    if guess["confidence"] <= chardet.MINIMUM_THRESHOLD:
        doubt = "Few letters speak for this character set."
    elif _has_broken_words(decode_as(sample, name)):
        doubt = "Letters stand together that do not belong together: some of this page may be in another character set."
    return Fact(name, Source.INFERRED, "statistics of the letters", doubt)


_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_UTF8_RUN = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2})+")


def _share_of_utf8(data: bytes) -> float:
    """The share of the bytes beyond ASCII that stand in runs of whole UTF-8: hardly any in text in another set."""
    runs = _BEYOND_ASCII.findall(data)
    return sum(len(run) for run in runs if _UTF8_RUN.fullmatch(run)) / max(1, sum(map(len, runs)))


_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
_BROKEN = regex.compile(
    r"(?![\x00-\x7f])\p{Ll}\p{Lu}|\p{Ll}(?![\x00-\x7f])\p{Lu}|\p{Cyrillic}\p{Latin}|\p{Latin}\p{Cyrillic}|\p{Greek}\p{Latin}|\p{Latin}\p{Greek}"
    r"|\p{L}(?![\x00-\x7f])[\p{S}\p{Cc}‰†‡¶§¿¡•]+\p{L}|([\u2500-\u259f])(?!\1)([\u2500-\u259f])(?!\2)[\u2500-\u259f]"
)
_MOST_BROKEN = 0.04
"""Broken words among those beyond ASCII; real text has them, too: names of firms, a list that lost its blanks."""


def _has_broken_words(text: str) -> bool:
    words = sum(not word[0].isascii() for word in _WORD.finditer(text))
    broken = sum(1 for _ in _BROKEN.finditer(text))
    return broken > 2 and broken > words * _MOST_BROKEN


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
