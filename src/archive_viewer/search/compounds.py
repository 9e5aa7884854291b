"""Words and compounds: a chunk in, the tokens it holds out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

import regex

from archive_viewer.search.chunks import HYPHENS, INVISIBLE, NUMBER_MARKS, PART
from archive_viewer.search.folding import fold
from archive_viewer.search.token import LONGEST, Token

_PARTS = regex.compile(PART, regex.VERSION1)
_TRAILING = regex.compile(rf"{INVISIBLE}+\Z", regex.VERSION1)
_INITIALS = regex.compile(r"\p{L}\p{M}*+(?:\.\p{L}\p{M}*+)+", regex.VERSION1)


class _Memo(dict[str, str | tuple[Token, ...]]):
    """Chunk → its term, or its tokens counted from its start when they are several; worked out when first asked for.

    Texts repeat their words: nineteen of twenty are found here.  It is emptied when it is full, so that it stays
    small whatever it is fed.
    """

    most = 1 << 17

    def __missing__(self, chunk: str) -> str | tuple[Token, ...]:
        found = _analyse(chunk)
        is_simple = len(found) == 1 and found[0].end == len(chunk)
        if len(self) >= self.most:
            self.clear()
        self[chunk] = known = found[0].term if is_simple else found
        return known


MEMO = _Memo()


def positions(found: tuple[Token, ...]) -> int:
    return sum(token.width == 1 for token in found)


def _analyse(chunk: str) -> tuple[Token, ...]:
    """The tokens of a chunk, with offsets and positions counted from its start."""
    if chunk.isascii() and chunk.isalnum():
        return (Token(chunk.lower(), 0, len(chunk), 0),)
    if _INITIALS.fullmatch(chunk):
        return (Token(fold(chunk.replace(".", "")), 0, len(chunk), 0),)
    found: list[Token] = []
    compound: list[Token] = []
    joints: list[_Joint] = []
    before = ""
    position = 0
    for part in _PARTS.finditer(chunk):
        text = _TRAILING.sub("", part.group())
        term = fold(text)[:LONGEST]
        if not term:
            continue
        joint = _joint(before, chunk[part.start() - 1], text) if before else None
        if joint is None:
            found += _with_joined(compound, joints)
            compound, joints = [], []
        else:
            joints.append(joint)
        compound.append(Token(term, part.start(), part.start() + len(text), position))
        position += 1
        before = text
    return (*found, *_with_joined(compound, joints))


class _Joint(NamedTuple):
    """What joins two parts: a sign of which kind, and what is left of it in the joined form."""

    kind: str
    glue: str


def _joint(before: str, sign: str, after: str) -> _Joint | None:
    """How two parts are joined; None: they are words of their own."""
    between_digits = before[-1].isdecimal() and after[0].isdecimal()
    if sign in NUMBER_MARKS:
        return _Joint("number", sign) if between_digits else None
    kind = "-" if sign in HYPHENS else "'"
    return _Joint(kind, kind if between_digits else "")


def _with_joined(compound: list[Token], joints: list[_Joint]) -> list[Token]:
    """The parts, each followed by the joined forms that begin with it.

    In a compound of several kinds of joints what each kind joins is one, too: ``Al-Jazeera’s`` holds ``aljazeera``.
    """
    found = list(compound)
    at = 0
    for _, run in groupby(joints, key=lambda joint: joint.kind):
        length = len(list(run))
        found += _joined(compound[at : at + length + 1], joints[at : at + length])
        at += length
    if len({joint.kind for joint in joints}) > 1:
        found += _joined(compound, joints)
    return sorted(found, key=lambda token: token.position)


def _joined(parts: list[Token], joints: list[_Joint]) -> Iterator[Token]:
    term = parts[0].term + "".join(joint.glue + part.term for part, joint in zip(parts[1:], joints, strict=True))
    if len(term) <= LONGEST:
        yield Token(term, parts[0].start, parts[-1].end, parts[0].position, len(parts))
