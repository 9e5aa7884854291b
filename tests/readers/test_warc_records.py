"""Records of WARC and ARC files, packed and damaged in every way that is seen, and where they are."""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import tracemalloc
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

import crawls
from archive_viewer import limits
from archive_viewer.errors import FileRefused
from archive_viewer.readers.tape import Place, Tape
from archive_viewer.readers.warc_records import Block, Record, Records

Read = tuple[Record, Block]

BLOCKS = [crawls.answer(crawls.page(f"Tïtle {number}", "wörd " * 300 * number)) for number in range(5)]
RECORDS = [crawls.record(f"{crawls.SITE}/{number}", block) for number, block in enumerate(BLOCKS)]
WHOLE = b"".join(RECORDS)


def read_all(data: bytes, most: int = limits.MIB) -> list[Read]:
    records = Records(Tape(io.BytesIO(data), len(data)))
    return [(record, records.read_block(most)) for record in records]


def names(data: bytes) -> list[str]:
    """The ends of the addresses, when nothing is read of the blocks."""
    return [record.url.rpartition("/")[2] for record in Records(Tape(io.BytesIO(data), len(data)))]


def spread_over_members(record: bytes, pieces: int) -> bytes:
    size = len(record) // pieces + 1
    return b"".join(gzip.compress(record[start : start + size]) for start in range(0, len(record), size))


def with_name(record: bytes) -> bytes:
    target = io.BytesIO()
    with gzip.GzipFile("Tïtle.warc", "wb", fileobj=target) as stream:
        stream.write(record)
    return target.getvalue()


DICTIONARY = zstandard.train_dictionary(20_000, [*RECORDS, *(RECORDS[1][at:] for at in range(0, 900, 7))]).as_bytes()


def without_size(record: bytes) -> bytes:
    """A frame as a program writes it that does not know how long its record will be."""
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(record) + packer.flush()


PACKINGS: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": b"".join,
    "a member for each": crawls.packed,
    "one member": lambda records: gzip.compress(b"".join(records)),
    "two members for each": lambda records: b"".join(spread_over_members(record, 2) for record in records),
    "many members for each": lambda records: b"".join(spread_over_members(record, 9) for record in records),
    "members with names": lambda records: b"".join(map(with_name, records)),
    "zeros between": lambda records: b"\0".join(map(gzip.compress, records)),
    "many zeros between": lambda records: bytes(4096).join(map(gzip.compress, records)),
    "zeros behind": lambda records: crawls.packed(records) + bytes(700_000),
    "Zstandard": crawls.packed_with_zstandard,
    "Zstandard with a dictionary": lambda records: crawls.packed_with_zstandard(records, dictionary=DICTIONARY),
    "Zstandard with a packed dictionary": lambda records: crawls.packed_with_zstandard(
        records, dictionary=DICTIONARY, is_dictionary_packed=True
    ),
    "Zstandard in one frame": lambda records: zstandard.ZstdCompressor().compress(b"".join(records)),
    "Zstandard without sizes": lambda records: b"".join(map(without_size, records)),
    "Zstandard with other frames": lambda records: b"".join(
        crawls.skippable(RECORDS[0]) + crawls.packed_with_zstandard([record]) for record in records
    ),
    "Zstandard, two frames for each": lambda records: b"".join(
        crawls.packed_with_zstandard([record[:90], record[90:]]) for record in records
    ),
    "zeros between frames": lambda records: bytes(90_000).join(map(without_size, records)),
    "gzip of several kinds": lambda records: (
        gzip.compress(b"".join(records[:2]))
        + crawls.packed(records[2:4])
        + b"".join(spread_over_members(record, 3) for record in records[4:])
    ),
    "zeros between, plain": bytes(100).join,
    "blank lines between": b"\r\n\r\n".join,
    "no line ends between": lambda records: b"".join(record.removesuffix(b"\r\n\r\n") for record in records),
}


@pytest.fixture(params=PACKINGS)
def pack(request: pytest.FixtureRequest) -> Callable[[list[bytes]], bytes]:
    return PACKINGS[request.param]


def test_every_record_however_packed(pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack(RECORDS)
    assert names(data) == list("01234")
    assert [block.data for _, block in read_all(data)] == BLOCKS
    assert not any(block.is_cut or block.is_long for _, block in read_all(data))


def test_every_record_is_found_at_its_place(pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack(RECORDS)
    places = [record.place for record, _ in read_all(data)]
    tape = Tape(io.BytesIO(data), len(data))
    for number in (*random.Random(5).sample(range(5), 5), 4, 0, 0, 4):
        tape.seek(places[number])
        records = Records(tape)
        assert next(iter(records)).place == places[number]
        assert records.read_block(limits.MIB).data == BLOCKS[number]
        assert Place.parse(str(places[number])) == places[number]


def test_a_place_that_is_none() -> None:
    data = crawls.packed(RECORDS)
    tape = Tape(io.BytesIO(data), len(data))
    for place in (Place(3), Place(10**17), Place(0, 10**17), Place(len(data))):
        tape.seek(place)
        tape.peek(10)
    assert [Place.parse(text) for text in ("", "x", "-1", "1+", "1+-1", "9" * 30, "1 ")] == [None] * 7


def test_a_block_in_pieces(pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack(RECORDS)
    records = Records(Tape(io.BytesIO(data), len(data)))
    for number, _ in enumerate(records):
        pieces = [records.read_block(100)]
        while pieces[-1].is_long:
            pieces.append(records.read_block(333))
        assert b"".join(piece.data for piece in pieces) == BLOCKS[number]


def test_a_record_passed_over_or_read_in_part_does_not_hide_the_next(pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack(RECORDS)
    records = Records(Tape(io.BytesIO(data), len(data)))
    found = []
    for number, record in enumerate(records):
        found.append(record.url[-1])
        if number % 2:
            records.read_block(7)
    assert found == list("01234")


# -- lengths that are wrong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("packing", ["plain", "a member for each", "one member"])
@pytest.mark.parametrize("length", [0, 1, 50, 1400, 2100, 3000, 100_000, 10**12])
def test_a_wrong_length_costs_no_other_record(packing: str, length: int) -> None:
    wrong = crawls.record(f"{crawls.SITE}/1", BLOCKS[1], length=length)
    data = PACKINGS[packing]([RECORDS[0], wrong, *RECORDS[2:]])
    assert names(data) == list("01234")
    blocks = [block.data.rstrip() for _, block in read_all(data)]
    assert blocks == BLOCKS


@pytest.mark.parametrize("length", ["", "-5", "1e3", "9" * 5000, "٣"])
def test_a_length_that_is_none(length: str) -> None:
    stated = f"Content-Length: {len(BLOCKS[1])}".encode()
    wrong = RECORDS[1].replace(stated, f"Content-Length: {length}".encode())
    assert [block.data for _, block in read_all(RECORDS[0] + wrong + RECORDS[2])] == BLOCKS[:3]


def test_a_page_about_web_archives_is_not_taken_apart() -> None:
    block = crawls.answer(crawls.page("How a WARC looks", f"\r\n\r\n{RECORDS[0].decode()}\r\n"))
    for data in (crawls.record(crawls.SITE, block) + RECORDS[2], crawls.packed([crawls.record(crawls.SITE, block)])):
        assert read_all(data)[0][1].data == block


@pytest.mark.parametrize("between", [b"garbage", b"garbage\r\n" * 5000, b"WARC/1.0 is a form\r\n", b"\x1f\x8b\x08"])
def test_what_is_no_record_is_passed_over(between: bytes) -> None:
    assert names(between.join(RECORDS[:2]) + between + RECORDS[2]) == list("012")
    assert names(between.join(map(gzip.compress, RECORDS))) == list("01234")


# -- damage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "packing",
    ["plain", "a member for each", "one member", "many members for each", "Zstandard", "Zstandard in one frame"],
)
def test_cut_off_anywhere_what_is_whole_comes_out(packing: str) -> None:
    data = PACKINGS[packing](RECORDS)
    for length in range(0, len(data), 37):
        found = read_all(data[:length])
        whole = [block.data for _, block in found if not block.is_cut]
        # Of a last record cut off in its header or behind its block nobody can tell.
        assert whole[: len(found) - 1] == BLOCKS[: max(0, len(found) - 1)]
        assert len(found) <= 5


def test_cut_off_at_the_end_of_each_record() -> None:
    ends = [sum(map(len, RECORDS[: number + 1])) for number in range(5)]
    for number, end in enumerate(ends):
        for cut in (end, end - 2, end - 4):
            assert [block for _, block in read_all(WHOLE[:cut])] == [Block(data) for data in BLOCKS[: number + 1]]
        assert read_all(WHOLE[: end - 5])[-1][1] == Block(BLOCKS[number][:-1], is_cut=True)


def test_a_damaged_member_costs_one_record() -> None:
    members = list(map(gzip.compress, RECORDS))
    for place in range(12, len(members[2])):
        damaged = bytearray(members[2])
        damaged[place] ^= 0xFF
        found = names(b"".join([*members[:2], bytes(damaged), *members[3:]]))
        assert [name for name in found if name in list("0134")] == list("0134")


def test_a_damaged_frame_costs_one_record() -> None:
    frames = [crawls.packed_with_zstandard([record]) for record in RECORDS]
    for place in range(6, len(frames[2])):
        damaged = bytearray(frames[2])
        damaged[place] ^= 0xFF
        found = names(b"".join([*frames[:2], bytes(damaged), *frames[3:]]))
        assert [name for name in found if name in list("0134")] == list("0134")


@pytest.mark.parametrize(
    "dictionary",
    [
        zstandard.ZstdCompressor().compress(DICTIONARY)[:-50],
        b"\x28\xb5\x2f\xfd",
        DICTIONARY[:60],
        DICTIONARY[:8] + bytes(500),
    ],
)
def test_a_damaged_dictionary_is_said(dictionary: bytes) -> None:
    frames = crawls.packed_with_zstandard(RECORDS, dictionary=DICTIONARY)[len(crawls.skippable(DICTIONARY)) :]
    data = crawls.skippable(dictionary, 0x5D) + frames
    with pytest.raises(FileRefused, match=r"^The dictionary with which this web archive was packed is damaged\.$"):
        Tape(io.BytesIO(data), len(data))


def test_a_dictionary_too_large_to_use_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ZSTD_DICTIONARY", limits.MIB)
    with pytest.raises(FileRefused, match=r"has more than 1 MB\.$"):
        read_all(crawls.skippable(bytes(2 * limits.MIB), 0x5D) + crawls.packed_with_zstandard(RECORDS))


def test_a_bomb_of_a_dictionary_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ZSTD_DICTIONARY", limits.MIB)
    bomb = zstandard.ZstdCompressor().compress(bytes(50 * limits.MIB))
    tracemalloc.start()
    with pytest.raises(FileRefused):
        read_all(crawls.skippable(bomb, 0x5D) + crawls.packed_with_zstandard(RECORDS))
    assert tracemalloc.get_traced_memory()[1] < 20 * limits.MIB
    tracemalloc.stop()


def test_a_wrong_checksum_costs_nothing() -> None:
    members = list(map(gzip.compress, RECORDS))
    members[2] = members[2][:-8] + b"\0\0\0\0" + members[2][-4:]
    found = read_all(b"".join(members))
    assert [block.data for _, block in found] == BLOCKS
    assert [block.is_cut for _, block in found] == [False, False, True, False, False]


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_damaged_anywhere_it_comes_to_an_end(data: st.DataObject) -> None:
    damaged = bytearray(data.draw(st.sampled_from([pack(RECORDS[:3]) for pack in PACKINGS.values()]))[:20_000])
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FileRefused):  # A damaged dictionary.
        assert len(read_all(bytes(damaged))) < 100


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
def test_a_bomb_is_refused(pack: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_EXPANSION_FREE", limits.MIB)
    bomb = pack(RECORDS[0] + bytes(40 * limits.MIB))
    with pytest.raises(FileRefused, match="times its size"):
        read_all(bomb)


def test_wrong_lengths_in_one_member_do_not_take_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WARC_BYTES_TWICE", limits.MIB)
    record = crawls.record(crawls.SITE, b"x" * 500, length=10**9)
    noise = random.Random(1).randbytes(100_000)
    assert 0 < len(names(gzip.compress(record * 2000 + noise))) <= 2000


# -- headers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_versions_and_line_ends(version: str, end: str) -> None:
    data = b"".join(
        crawls.record(f"{crawls.SITE}/{number}", block, version=version, end=end) for number, block in enumerate(BLOCKS)
    )
    for packed in (data, gzip.compress(data)):
        assert [block.data for _, block in read_all(packed)] == BLOCKS


def test_fields_are_read_as_they_are_written() -> None:
    data = (
        b"WARC/1.0\r\nwarc-type:Response\r\nWARC-Target-URI: <http://x.test/>\r\nX: a\r\n  b\r\nX: c\r\nno field\r\n"
        b"WARC-Date: 2014-01\r\nY: Gr\xfc\xdfe\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"
    )
    ((record, block),) = read_all(data)
    assert (record.kind, record.url, record.date) == ("response", "http://x.test/", "2014-01")
    assert (record.field("x"), record.field("y"), record.field("z"), block.data) == ("a b", "Grüße", "", b"x")


def test_a_header_without_end() -> None:
    assert len(read_all(b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X: y\r\n" * 100_000 + RECORDS[0])) >= 1


# -- ARC -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("packing", ["plain", "a member for each", "one member", "two members for each"])
def test_arc(version: int, packing: str) -> None:
    urls = [f"{crawls.SITE}/0", "http://x.test/a b 1 c", f"{crawls.SITE}/ünï", "http://x.test:80/?q=1 2"]
    lines = [crawls.arc_record(url, block, version) for url, block in zip(urls, BLOCKS, strict=False)]
    found = read_all(PACKINGS[packing]([crawls.arc_version(version), *lines]))
    assert [record.kind for record, _ in found] == ["warcinfo", *["response"] * 4]
    assert [record.url for record, _ in found][1:] == urls
    assert [block.data for _, block in found][1:] == BLOCKS[:4]
    assert {record.date for record, _ in found} == {crawls.DIGITS}


@pytest.mark.parametrize("length", [3, 100_000])
def test_an_arc_with_a_wrong_length(length: int) -> None:
    lines = [crawls.arc_record(f"{crawls.SITE}/{number}", block) for number, block in enumerate(BLOCKS)]
    lines[1] = lines[1].replace(f" {len(BLOCKS[1])}\n".encode(), f" {length}\n".encode(), 1)
    assert names(crawls.arc_version() + b"".join(lines))[1:] == list("01234")
