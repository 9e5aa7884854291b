"""Labels of character sets: which set each of the hundreds of names means, and how the set itself is written.

A label in, a name out, or what is known of a set that nothing here reads.  Separate from the decoding because
dialogs, messages and the command line speak of character sets without any bytes.

Names are those of the WHATWG Encoding Standard (section 4.2, Names and labels) in lower case, so ``iso-8859-1`` is
``windows-1252`` and ``gb2312`` is ``gbk``; where Python does not know the standard's name, Python's own is used
(``cp874``, ``mac-cyrillic``), so that every name given here is one that ``codecs.lookup`` finds.
"""

from __future__ import annotations

import codecs
import re

_STANDARD: dict[str, str] = {
    "UTF-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "IBM866": "866 cp866 csibm866 ibm866",
    "ISO-8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "ISO-8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "ISO-8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "ISO-8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "ISO-8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
    "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "ISO-8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
    "iso_8859-7:1987 sun_eu_greek",
    # The standard parts ISO-8859-8-I from it, whose letters are the same and only their order on the screen is not.
    "ISO-8859-8": "csiso88598e csiso88598i csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 "
    "iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 logical visual",
    "ISO-8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "ISO-8859-13": "iso-8859-13 iso8859-13 iso885913",
    "ISO-8859-14": "iso-8859-14 iso8859-14 iso885914",
    "ISO-8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "ISO-8859-16": "iso-8859-16",
    "KOI8-R": "cskoi8r koi koi8 koi8-r koi8_r",
    "KOI8-U": "koi8-ru koi8-u",
    "macintosh": "csmacintosh mac macintosh x-mac-roman",
    "windows-874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "windows-1250": "cp1250 windows-1250 x-cp1250",
    "windows-1251": "cp1251 windows-1251 x-cp1251",
    # x-user-defined: HTML, "prescan a byte stream", takes a page that declares it for windows-1252.
    "windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
    "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "windows-1253": "cp1253 windows-1253 x-cp1253",
    "windows-1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
    "windows-1254 x-cp1254",
    "windows-1255": "cp1255 windows-1255 x-cp1255",
    "windows-1256": "cp1256 windows-1256 x-cp1256",
    "windows-1257": "cp1257 windows-1257 x-cp1257",
    "windows-1258": "cp1258 windows-1258 x-cp1258",
    "x-mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "GBK": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk",
    "gb18030": "gb18030",
    "Big5": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "EUC-JP": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "ISO-2022-JP": "csiso2022jp iso-2022-jp",
    "Shift_JIS": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "EUC-KR": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
    "windows-949",
    "UTF-16BE": "unicodefffe utf-16be",
    "UTF-16LE": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    # Browsers replace these wholly, because scripts were hidden in them; here no script runs, and pages are in them.
    "HZ": "hz hz-gb-2312",
    "ISO-2022-KR": "csiso2022kr iso-2022-kr",
}
"""The standard's name of each character set, and all of its labels."""

_OWN_NAMES = {"windows-874": "cp874", "x-mac-cyrillic": "mac-cyrillic"}
"""The standard's names that Python does not know."""

_LABELS = {
    known: _OWN_NAMES.get(title.lower(), title.lower())
    for title, known_as in _STANDARD.items()
    for known in known_as.split()
}
_SPELLINGS = {_OWN_NAMES.get(title.lower(), title.lower()): title for title in _STANDARD}

_CODECS = {
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
    "hz": "hz",
    "iso2022_jp": "iso-2022-jp",
    "iso2022_kr": "iso-2022-kr",
    "iso8859-16": "iso-8859-16",
    "mac-cyrillic": "mac-cyrillic",
    "mac-roman": "macintosh",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16le",
    "utf-16-be": "utf-16be",
    "utf-16-le": "utf-16le",
    "utf-32": "utf-32",
}
"""Python's codecs that have another name than the standard's, or none there."""

_UNREADABLE = frozenset(
    "armscii-7 armscii-8 armscii-8a bocu-1 cesu-8 cns11643 cp1125 csviscii euc-tw euctw geostd8 hp-roman8 ibm037 "
    "ibm1047 ibm424 ibm500 iso-2022-cn iso-2022-cn-ext iso-ir-111 johab ks_c_5601-1992-johab koi8-c koi8-t kz-1048 mik "
    "ptcp154 scsu tcvn tcvn-5712 tcvn3 tis-620-dec tscii utf-7 viqr viscii viscii1.1-1 vni vps x-euc-tw "
    "x-johab x-mac-arabic x-mac-centraleurroman x-mac-ce x-mac-croatian x-mac-farsi x-mac-greek x-mac-hebrew "
    "x-mac-icelandic x-mac-romanian x-mac-turkish x-viet-tcvn5712 x-viet-vni x-viet-vps x-x-armscii".split()
)
"""Sets that pages were written in but the standard leaves out: read as another they would be garbled in silence."""


def label(name: str) -> str:
    """The name under which the character set is known that ``name`` is a label of, or ``""``."""
    asked = plain(name)
    if asked in _LABELS:
        return _LABELS[asked]
    if not re.fullmatch(r"[a-z0-9_:.()+-]{2,40}", asked) or asked in _UNREADABLE:
        return ""
    try:
        codec = codecs.lookup(asked).name
    except LookupError:
        return ""
    return _CODECS.get(codec) or _LABELS.get(codec, "")


def plain(name: str) -> str:
    """A label without what stands around it in pages and headers, in lower case."""
    return name.strip(" \t\r\n\f\"';,").lower()


def is_unreadable(name: str) -> bool:
    """Whether ``name`` is a label of a character set that is known and that nothing here reads."""
    return plain(name) in _UNREADABLE


def spelled(name: str) -> str:
    """A name as the standard writes it: ``Shift_JIS``, ``windows-1251``, ``IBM866``."""
    return _SPELLINGS.get(name, name)


def known_as(name: str) -> tuple[str, ...]:
    """The standard's labels of the character set that is called ``name``."""
    return tuple(known for known, means in _LABELS.items() if means == name)


def names() -> tuple[str, ...]:
    """The character sets of the standard, by the names that ``label`` gives."""
    return tuple(_SPELLINGS)
