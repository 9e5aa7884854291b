"""Saved files altered at random, with an eye for what they are made of.

Bytes in, other bytes out.  A ZIP archive is packed again with members renamed, nested, or lying about themselves; a
message gets other headers and boundaries; a property list other types; a web archive other lengths, packings and
bodies; a page other tags.  What is altered inside of a container is altered as what it is itself.
"""

from __future__ import annotations

import base64
import gzip
import io
import json
import plistlib
import quopri
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from lzma import LZMAError
from random import Random
from typing import Any
from xml.parsers.expat import ExpatError

import brotli
import zstandard

_NO_LONGER_OF_ITS_FORM = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RuntimeError, EOFError,
                         OSError, MemoryError, struct.error, zipfile.BadZipFile, zlib.error, ExpatError,
                         LZMAError)  # fmt: skip
"""What the libraries raise here over a file that an earlier change has damaged."""

_MOST = 3_000_000
"""Bytes of a case: a larger one says nothing new, and takes time from the others."""

TOKENS = [
    *(b"\0 \r\n \n\n \r\n\r\n < > </ <!-- --> <![CDATA[ ]]> & &#0; &#xD800; &#x110000; &lt; %00 %2e%2e%2f ../ ..\\ / \\"
      b" C: file:///etc/passwd \xe2\x80\xae \xef\xbb\xbf \xff\xfe \xfe\xff \xff\xff\xff\xff \x80 \xed\xa0\x80 \xc0\xaf"
      b" \xcc\x81 \xef\xbf\xbc \xf0\x9f\x98\x80 \x1b$B \x1f\x8b\x08 PK\x03\x04 PK\x01\x02 PK\x05\x06 bplist00"
      b" WARC/1.0 -1 0 1 65535 65536 2147483647 4294967295 4294967296 9223372036854775807 99999999999999999999 1e309"
      b" NaN null {} [] utf-8 utf-16 utf-7 x-user-defined idna punycode unicode_escape rot13 base64 zip undefined mbcs"
      b" Content-Length: Content-Type: Transfer-Encoding: boundary= multipart/related message/rfc822 charset= gzip br"
      b" zstd deflate chunked http:// http://[ https://[::1 http://x:99999/ data: cid: javascript: //x/y"
      ).split(b" "),
    b" ", b"\t", b" " * 300, b"A" * 5000, b"<div>" * 3000, b"&a;" * 50, b"[" * 3000, b"\xcc\x81" * 600, b"=\n" * 300,
]  # fmt: skip
"""What has upset readers of files before."""

NAMES = [
    "../up.html", "..\\up.html", "/etc/passwd", "C:/x.html", "C:x.html", "\\\\server\\share\\x.html", "a/../../b.html",
    "nul", "con.html", "a\0b.html", "a\u202elmth.exe", "./index.html", "index.html/", "index.html", "index.htm",
    "a/index.rdf", "index.rdf", "datapackage.json", "pages/pages.jsonl", "archive/a.warc.gz", "archive/a.warc", "",
    ".", "..", "a//b.html", "a/./b.html", "é.html", "e\u0301.html", "\udcff.html".encode("utf-8", "replace").decode(),
    "x" * 300 + ".html", "/".join("d" * 60) + "/x.html", "index.dat", "Thumbs.db", "__MACOSX/index.html", "a .html ",
    "a.html\n", "style.css", "INDEX.HTML", "index_files/f.html", "~", "x.zip", "x.mhtml", "x.webarchive", "x.txt",
]  # fmt: skip

TAGS = (
    "html head body title meta base link style script noscript template p div span a b i em table tr td th tbody thead "
    "tfoot caption colgroup col ul ol li dl dt dd pre code blockquote h1 h2 h3 h4 h5 h6 img br hr iframe frame "
    "frameset noframes object embed svg math text select option textarea button input form label details summary "
    "article section nav aside header footer main figure figcaption ruby rt rp q sup sub bdo bdi font center marquee "
    "plaintext xmp listing audio video source track wbr time address dialog picture portal slot foreignObject desc "
    "annotation-xml"
).split()

ATTRIBUTES = (
    "href src srcset style class id name content property http-equiv charset rel dir lang hidden role aria-hidden "
    "aria-level start value type colspan rowspan headers datetime itemprop itemscope itemtype data-src srcdoc "
    "data-scrapbook-source data-scrapbook-create xlink:href shadowrootmode width height alt title"
).split()


_CHARSETS = (
    "utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-7 cp1251 cp932 gb18030 big5 euc-kr euc-jp iso2022_jp hz cp037".split()
)


def mutate(random: Random, data: bytes, others: Sequence[bytes] = (), depth: int = 0) -> bytes:
    """``data`` altered once or a few times; ``others`` are files of which pieces may be taken."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        changes = _changes_for(data) if random.random() < 0.75 else []
        change = random.choice(changes) if changes else _alter_bytes
        try:
            data = change(random, data, others, depth)[:_MOST]
        except _NO_LONGER_OF_ITS_FORM:
            data = _alter_bytes(random, data, others, depth)[:_MOST]
    return data


_Change = Callable[[Random, bytes, Sequence[bytes], int], bytes]


def _changes_for(data: bytes) -> list[_Change]:
    head = data[:4096]
    if head.startswith(b"PK\x03\x04") or b"data-sfz" in head:
        return [_repack_zip, _repack_zip, _lie_in_zip]
    if head.startswith(b"\x1f\x8b\x08"):
        return [_repack_gzip]
    if head.startswith((b"WARC/", b"filedesc:")):
        return [_shuffle_records, _alter_lines, _pack_records, _code_body]
    if b"WebMainResource" in head or head.startswith(b"bplist00"):
        return [_alter_plist, _alter_plist, _alter_plist_table]
    if re.match(rb"\s*[A-Za-z-]{2,40}:", head) and b"\n" in head:
        return [_alter_lines, _alter_message, _alter_message, _alter_tags]
    if head.lstrip().startswith((b"{", b"[")):
        return [_alter_json, _alter_lines]
    if b"<" in head:
        return [_alter_tags, _alter_tags, _alter_tags, _declare_entities, _write_in_another_charset]
    return [_alter_lines, _write_in_another_charset]


# -- bytes ---------------------------------------------------------------------------------------------------------


def _alter_bytes(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del depth
    changed = bytearray(data or b"x")
    place = random.randrange(len(changed))
    length = min(len(changed) - place, 1 + int(random.expovariate(1 / random.choice((4, 64, 1024)))))
    piece = bytes(changed[place : place + length])
    kind = random.randrange(9)
    if kind == 0:
        changed[place] ^= 1 << random.randrange(8)
    elif kind == 1:
        changed[place] = random.choice((0, 1, 0x0A, 0x20, 0x7F, 0x80, 0xFF, random.randrange(256)))
    elif kind == 2:
        del changed[place : place + length]
    elif kind == 3:
        changed[place:place] = piece * random.choice((1, 1, 2, 50))
    elif kind == 4:
        changed[place:place] = random.choice(TOKENS)
    elif kind == 5:
        changed[place : place + length] = random.choice(TOKENS)
    elif kind == 6:
        del changed[place:]
    elif kind == 7 and others:
        other = random.choice(others)
        start = random.randrange(len(other) or 1)
        changed[place : place + length] = other[start : start + random.choice((16, 300, 5000))]
    else:
        changed[place : place + 4] = random.randbytes(4)
    return bytes(changed)


def _alter_lines(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del others, depth
    lines = data.split(b"\n")
    for _ in range(random.choice((1, 2, 5))):
        place = random.randrange(min(len(lines), random.choice((12, 12, len(lines)))))
        kind = random.randrange(7)
        if kind == 0:
            lines.insert(place, lines[random.randrange(len(lines))])
        elif kind == 1 and len(lines) > 1:
            del lines[place]
        elif kind == 2:
            name, _, _ = lines[place].partition(b":")
            lines[place] = name + b": " + random.choice(TOKENS)
        elif kind == 3:
            lines[place] = lines[place][: random.randrange(len(lines[place]) + 1)] + random.choice(TOKENS)
        elif kind == 4:
            lines[place] = b" " + lines[place]
        elif kind == 5:
            lines[place] = re.sub(
                rb"\d+", lambda _: str(random.choice((0, 1, 7, 10**6, 10**15))).encode(), lines[place]
            )
        else:
            lines[place:place] = [b""] * random.choice((1, 2, 30))
    return b"\n".join(lines)


# -- text and markup -----------------------------------------------------------------------------------------------


def _alter_tags(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del others, depth
    pieces = re.split(rb"(<[^<>]*>)", data)
    for _ in range(random.choice((1, 3, 10))):
        place = random.randrange(len(pieces))
        tag = random.choice(TAGS).encode()
        kind = random.randrange(10)
        if kind == 0:
            pieces.insert(place, _tag(random))
        elif kind == 1 and len(pieces) > 1:
            del pieces[place]
        elif kind == 2:
            pieces[place] += b"<" + tag + b">" + pieces[random.randrange(len(pieces))] + b"</" + tag + b">"
        elif kind == 3:
            pieces[place] = _tag(random)
        elif kind == 4:
            pieces.insert(place, b"</" + tag + b">")
        elif kind == 5:
            other = random.randrange(len(pieces))
            pieces[place], pieces[other] = pieces[other], pieces[place]
        elif kind == 6:
            pieces.insert(place, (b"<" + tag + b">") * random.choice((2, 20, 700)))
        elif kind == 7:
            pieces.insert(place, random.choice(TOKENS))
        elif kind == 8:
            end = min(len(pieces), place + random.randrange(1, 30))
            pieces[place:place] = pieces[place:end] * random.choice((1, 3))
        else:
            name = random.choice(ATTRIBUTES).encode()
            pieces[place] = re.sub(rb">\Z", b" " + name + b'="' + random.choice(TOKENS) + b'">', pieces[place])
    return b"".join(pieces)


def _tag(random: Random) -> bytes:
    attributes = b"".join(
        b" "
        + random.choice(ATTRIBUTES).encode()
        + b"="
        + random.choice((b'"%s"', b"'%s'", b"%s")) % random.choice(TOKENS)
        for _ in range(random.choice((0, 1, 1, 2, 5)))
    )
    return b"<" + random.choice(TAGS).encode() + attributes + random.choice((b">", b">", b"/>", b""))


def _declare_entities(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del others, depth
    name = random.choice((b"html", b"plist", b"RDF:RDF", b"x"))
    entities = random.choice(
        (
            b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">',
            b'<!ENTITY c SYSTEM "file:///etc/passwd">',
            b'<!ENTITY c PUBLIC "x" "http://127.0.0.1:9/x">',
            b'<!ENTITY % d SYSTEM "file:///etc/passwd">%d;<!ENTITY c "x">',
            b'<!ENTITY c "&c;">',
            b'<!ATTLIST x y CDATA "&c;"><!ENTITY c "x">',
        )
    )
    declared = b"<!DOCTYPE " + name + b" [" + entities + b"]>"
    start = data.find(b"?>") + 2 if data.lstrip().startswith(b"<?xml") else 0
    text = re.sub(rb">[^<>]{1,40}<", lambda found: b">&c;" + found[0][1:], data[start:], count=3)
    changed = data[:start] + declared + text
    if random.random() < 0.2:
        return changed.decode("utf-8", "replace").encode("utf-16")
    return changed


def _write_in_another_charset(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del others, depth
    charset = random.choice(_CHARSETS)
    coded = data.decode("utf-8", "replace").encode(charset, "replace")
    said = random.choice((charset, "utf-8", "windows-1252", "gb2312", "x-user-defined", "utf-16")).encode()
    return re.sub(rb"charset=[\w\"-]+", b"charset=" + said, coded) if random.random() < 0.7 else coded


# -- messages ------------------------------------------------------------------------------------------------------


def _alter_message(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    boundary = re.search(rb'boundary="?([^"\r\n;]+)', data)
    end = b"\r\n" if b"\r\n" in data[:2000] else b"\n"
    mark = boundary[1] if boundary else b"b"
    parts = data.split(b"--" + mark)
    place = random.randrange(len(parts))
    kind = random.randrange(9)
    if kind == 0:
        parts.insert(place, parts[random.randrange(len(parts))])
    elif kind == 1 and len(parts) > 1:
        del parts[place]
    elif kind == 2:
        random.shuffle(parts)
    elif kind == 3:
        inner = random.choice((b"inner", mark, mark + b"x", mark[:-1] or b"m"))
        head = b"Content-Type: multipart/mixed; boundary=" + inner + end + end
        parts[place] = end + head + b"--" + inner + parts[place] + b"--" + inner + b"--" + end
    elif kind == 4:
        parts[place] = end + b"Content-Type: message/rfc822" + end + end + (random.choice(others) if others else data)
    elif kind == 5:
        mark = random.choice((b"", b"-", b"a" * 300, b".*", b"(((", b"\xff", b"b " * 3))
    elif kind == 6:
        header, _, body = parts[place].partition(end * 2)
        body = mutate(random, body, others, depth + 1) if depth < 3 else body
        coding = random.choice((b"base64", b"quoted-printable", b"binary", b"8bit", b"uuencode", b"x-gzip", b""))
        if coding == b"base64" and random.random() < 0.7:
            body = base64.encodebytes(body)
        elif coding == b"quoted-printable" and random.random() < 0.7:
            body = quopri.encodestring(body)
        header = re.sub(rb"(?i)(content-transfer-encoding:)[^\r\n]*", rb"\1 " + coding, header)
        parts[place] = header + end * 2 + body
    elif kind == 7:
        return data.replace(b"\r\n", b"\n") if end == b"\r\n" else data.replace(b"\n", b"\r\n")
    else:
        word = b"=?" + random.choice((b"utf-8", b"gb2312", b"x", b"")) + b"?" + random.choice((b"Q", b"B", b"x")) + b"?"
        field = random.choice((b"Subject", b"Content-Location", b"Date", b"From", b"Content-ID", b"Content-Type"))
        parts[place] = end + field + b": " + word + random.choice(TOKENS) + b"?=" + parts[place]
    return (b"--" + mark).join(parts)


# -- property lists ------------------------------------------------------------------------------------------------


def _alter_plist(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    root = plistlib.loads(data)
    for _ in range(random.choice((1, 2, 4))):
        root = _alter_value(random, root, others, depth)
    form = random.choice((plistlib.FMT_BINARY, plistlib.FMT_BINARY, plistlib.FMT_XML))
    return plistlib.dumps(root, fmt=form, skipkeys=True)


def _alter_value(random: Random, value: Any, others: Sequence[bytes], depth: int) -> Any:
    if isinstance(value, dict) and value and random.random() < 0.85:
        key = random.choice(list(value))
        kind = random.randrange(5)
        if kind == 0:
            return {name: inner for name, inner in value.items() if name != key}
        if kind == 1:
            return {**value, random.choice(("WebSubresources", "WebSubframeArchives", "WebResourceData")): value}
        return {**value, key: _alter_value(random, value[key], others, depth)}
    if isinstance(value, list) and value and random.random() < 0.85:
        place = random.randrange(len(value))
        kind = random.randrange(4)
        if kind == 0:
            return value[:place] + value[place + 1 :]
        if kind == 1:
            return value + value[place : place + 1] * random.choice((1, 100))
        return [*value[:place], _alter_value(random, value[place], others, depth), *value[place + 1 :]]
    if isinstance(value, bytes) and random.random() < 0.7:
        return mutate(random, value, others, depth + 1) if depth < 3 else value
    token = random.choice(TOKENS)
    return random.choice(
        (token, token.decode("latin-1"), token.decode("utf-8", "replace"), [], {}, True, -1, 2**63, 1.5, [value],
         {"a": value}, "\ud7ff", "file:///etc/passwd", "https://gazette.test/"))  # fmt: skip


def _alter_plist_table(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    """Places of objects: cycles, places beyond the end, counts of millions."""
    if not data.startswith(b"bplist00"):
        return _alter_tags(random, data, others, depth)
    changed = bytearray(data)
    size, reference, count, top, table = struct.unpack(">6xBBQQQ", data[-32:])
    kind = random.randrange(5)
    if kind == 0:
        trailer = (
            random.choice((1, 2, 4, 8, 16, size)),
            random.choice((1, 2, 4, 8, reference)),
            random.choice((count, count + 1, 2**40, 2**63)),
            random.choice((top, count - 1, 2**63)),
            random.choice((table, 0, 8, len(data), 2**63)),
        )
        struct.pack_into(">6xBBQQQ", changed, len(changed) - 32, *trailer)
    elif kind == 1 and table + count * size <= len(changed):
        one, other = random.randrange(count), random.randrange(count)
        changed[table + one * size : table + (one + 1) * size] = data[table + other * size : table + (other + 1) * size]
    else:
        starts = [place for place in range(8, min(table, len(data))) if data[place] >> 4 in (0xA, 0xD, 0x5, 0x4, 0x6)]
        place = random.choice(starts or [8])
        tokens = (b"\xaf\x13\x7f\xff\xff\xff\xff\xff\xff\xff", b"\xdf\x12\x7f\xff\xff\xff", b"\x4f\x12\x7f\xff\xff\xff",
                  b"\x81\xff\xff", b"\xa1\x00", b"\xd1\x00\x00", b"\x33" + b"\xff" * 8, b"\x80\x01")  # fmt: skip
        token = random.choice(tokens)
        changed[place : place + len(token)] = token
    return bytes(changed)


# -- JSON ----------------------------------------------------------------------------------------------------------


def _alter_json(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    lines = data.splitlines() or [b"{}"]
    place = random.randrange(len(lines))
    if random.random() < 0.3:
        lines[place] = random.choice((b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000, b'"\\ud800"', b"NaN", b"",
                                      b'{"url": "http://[", "title": "\\udfff\\u0000"}'))  # fmt: skip
        return b"\n".join(lines)
    try:
        value = json.loads(lines[place])
    except ValueError:
        value, lines = json.loads(data), [b""]
        place = 0
    changed = _alter_value(random, value, others, depth)
    lines[place] = json.dumps(changed, default=str).encode()
    if random.random() < 0.3:
        lines[place] = lines[place].replace(b'": "', b'": "\\ud83d', 1)
    return b"\n".join(lines)


# -- web archives --------------------------------------------------------------------------------------------------


_FIELDS = (
    b"Content-Length WARC-Type WARC-Target-URI WARC-Date WARC-Refers-To WARC-Payload-Digest WARC-Truncated Location "
    b"Content-Type Content-Encoding"
).split()
_VALUES = [*TOKENS, *b"response revisit resource warcinfo request metadata text/html".split()]


def _records(data: bytes) -> list[bytes]:
    return [piece for piece in re.split(rb"(?m)^(?=WARC/\d|filedesc:|https?://\S+ [\d.]+ \d{14} )", data) if piece]


def _shuffle_records(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    records = _records(data)
    place = random.randrange(len(records))
    kind = random.randrange(6)
    if kind == 0:
        random.shuffle(records)
    elif kind == 1:
        records.insert(place, records[random.randrange(len(records))])
    elif kind == 2 and len(records) > 1:
        del records[place]
    elif kind == 3:
        name, value = random.choice(_FIELDS), random.choice(_VALUES)
        pattern = rb"(?im)^(" + name + rb":)[^\r\n]*"
        records[place] = re.sub(pattern, lambda found: found[1] + b" " + value, records[place])
    elif kind == 4:
        records[place] = mutate(random, records[place], others, depth + 1) if depth < 2 else records[place][:-5]
    else:
        records[place] += random.choice((b"\0" * 300, b"\n" * 70, b"WARC/1.0\r\n", b"filedesc://x 1 2"))
    return b"".join(records)


def _pack_records(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    del others, depth
    if random.random() < 0.5:
        return b"".join(map(gzip.compress, _records(data)[:300]))
    if random.random() < 0.5:
        return gzip.compress(data)
    place = random.randrange(len(data))
    return gzip.compress(data[:place]) + b"\0" * random.choice((0, 512)) + gzip.compress(data[place:])


def _code_body(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    """One answer's body coded, or said to be, with the lengths put right around it."""
    records = _records(data)
    place = random.randrange(len(records))
    header, _, block = records[place].partition(b"\r\n\r\n")
    message, _, body = block.rstrip(b"\r\n").partition(b"\r\n\r\n")
    body = mutate(random, body, others, depth + 1) if depth < 2 and random.random() < 0.3 else body
    codings: list[tuple[bytes, Callable[[bytes], bytes]]] = [
        (b"gzip", gzip.compress),
        (b"br", brotli.compress),
        (b"zstd", zstandard.ZstdCompressor().compress),
        (b"deflate", zlib.compress),
        (b"deflate", lambda raw: zlib.compress(raw)[2:-4]),
    ]
    for _ in range(random.choice((1, 1, 2, 6))):
        name, code = random.choice(codings)
        if random.random() < 0.9:
            body = code(body)
        message += b"\r\nContent-Encoding: " + name
    if random.random() < 0.4:
        size = random.choice((1, 7, 1000, len(body) or 1))
        chunks = [body[start : start + size] for start in range(0, len(body), size)][:5000]
        body = b"".join(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"
        message += b"\r\nTransfer-Encoding: chunked"
    if random.random() < 0.3:
        body = _alter_bytes(random, body, others, depth)
    block = message + b"\r\n\r\n" + body
    header = re.sub(rb"(?i)(content-length:) *\d+", lambda found: found[1] + b" %d" % len(block), header)
    records[place] = header + b"\r\n\r\n" + block + b"\r\n\r\n"
    return b"".join(records)


def _repack_gzip(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    if random.random() < 0.3:
        return _alter_bytes(random, data, others, depth)
    inflater = zlib.decompressobj(31)
    plain, rest = inflater.decompress(data, _MOST), inflater.unused_data
    while rest.startswith(b"\x1f\x8b") and len(plain) < _MOST:
        inflater = zlib.decompressobj(31)
        plain, rest = plain + inflater.decompress(rest, _MOST), inflater.unused_data
    changed = mutate(random, plain, others, depth + 1) if depth < 3 else plain
    if changed.startswith(b"\x1f\x8b"):
        return changed
    return changed if random.random() < 0.2 else _pack_records(random, changed or b"x", others, depth)


# -- ZIP -----------------------------------------------------------------------------------------------------------


_EXTRAS = (
    b"\x75\x70\x09\0\x01\0\0\0\0abcd",
    b"UT\x05\0\x01\xff\xff\xff\x7f",
    b"UT\x05\0\x01",
    b"\x01\0\x08\0" + b"\xff" * 8,
    b"\xff",
)
"""Extra fields: a name in Unicode, times, and half of them."""


def _repack_zip(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()[:300]]
    lead = data[: data.find(b"PK\x03\x04")]
    for _ in range(random.choice((1, 1, 2, 4))):
        place = random.randrange(len(members) or 1)
        name, content = members[place] if members else ("index.html", b"x")
        kind = random.randrange(8)
        if kind == 0:
            members[place : place + 1] = [(random.choice(NAMES), content)]
        elif kind == 1:
            members.insert(place, (random.choice(NAMES), random.choice(others) if others else content))
        elif kind == 2:
            del members[place : place + 1]
        elif kind == 3:
            members.insert(place, (name, data if random.random() < 0.5 else content[::-1]))
        elif kind in (4, 5, 6):
            members[place : place + 1] = [(name, mutate(random, content, others, depth + 1) if depth < 3 else content)]
        else:
            folder = random.choice(("a", "b/c", "..", "", "index_files"))
            members[place : place + 1] = [(f"{folder}/{name}", content)]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members:
            info = zipfile.ZipInfo("x", (random.choice((1980, 2021, 2107)), 1, random.randrange(1, 31), 12, 0, 0))
            info.filename = info.orig_filename = name
            info.compress_type = random.choice((0, 8, 8, 8, 12, 14) if random.random() < 0.1 else (0, 8, 8))
            info.create_system = random.choice((0, 3))
            info.external_attr = random.choice((0, 0o100644, 0o100644, 0o120777, 0o040755)) << 16
            if random.random() < 0.1:
                info.extra = random.choice(_EXTRAS)
            archive.writestr(info, content)
        archive.comment = random.choice((b"", b"", b"PK\x05\x06", b"c" * 60_000))
    return lead + target.getvalue()


def _lie_in_zip(random: Random, data: bytes, others: Sequence[bytes], depth: int) -> bytes:
    """Other numbers in the headers of members, in the directory or at its end."""
    changed = bytearray(data)
    fields = {b"PK\x03\x04": (4, 6, 8, 10, 14, 18, 22, 26, 28), b"PK\x05\x06": (4, 8, 10, 12, 16, 20),
              b"PK\x01\x02": (4, 6, 8, 10, 12, 16, 20, 24, 28, 30, 32, 38, 42)}  # fmt: skip
    mark = random.choice(list(fields))
    places = [found.start() for found in re.finditer(re.escape(mark), data)]
    if not places:
        return _alter_bytes(random, data, others, depth)
    place = random.choice(places) + random.choice(fields[mark])
    known = struct.unpack_from("<L", data.ljust(place + 4, b"\0"), place)[0]
    value = random.choice((0, 1, known ^ 1, known + 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0x800, len(data), 9, 99))
    width = random.choice((2, 4))
    changed[place : place + width] = (value & (256**width - 1)).to_bytes(width, "little")
    return bytes(changed)
