"""How like two words sound: pairs of words as ``sounds`` writes them in, numbers from 0 to 1 out.

An edit distance (Wagner and Fischer, “The string-to-string correction problem”, 1974) in which an exchange costs what
the two sounds differ, and a vowel less than a consonant: *Gaddafi* and *Kadhafi* are nearer than *Putin* and *Patin*.
Where one of the two was written without vowels (Arabic, Hebrew, the *a* of Indic scripts), those of the other are
nearly free.  The numbers were chosen on half of the names of ``tests/benchmarks/names.toml``.

Hundreds of pairs at once, cell by cell of the table for all of them, in NumPy: one by one they take five times as long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from archive_viewer.search.sounds import SOUNDS, VOWELS

LONGEST = 32
"""Sounds of a word that are looked at."""

_EXCHANGES = """
kq5 kQ5 qQ10 kg30 qg20 Qg30 kX30 qX40 QX35 Gg10 Gk35 Gq30 GX30 Gh50 gh45 hX15 Xg40 CX30 CQ15 CS20 Cs35 CE20 CZ35 QE20
Qs20 Qz35 QS30 Ss25 Sz35 SZ25 SE35 Zz25 Zj10 ZJ15 Zs40 jJ0 jz35 jy15 ji15 Jg20 Jy40 Jz30 JC30 JS40 JZ15 Jk40 JG40 JE40
Es15 Ez15 sz20 sT20 zD10 zT30 Dd10 DT10 Tt10 Td30 Dt30 dt30 zd50 jd60 bp30 bv25 bw35 vw5 vf15 wf30 vp40 bf55 pf30 wu10
wo15 yi5 ye15 yE90 Ii5 Iy5 Ij10 IJ15 Ie15 hC35 xS30 xs60 xk60 xX60 nN0 mN15 mn60 lr70
ae12 ao20 ai45 au40 ei15 eo35 eu40 io50 iu45 ou8
"""
"""Pairs of sounds and how many hundredths their exchange costs; any other costs 100, of a vowel and a consonant 120."""

_DROPPED = {**dict.fromkeys(VOWELS, 0.30), "h": 0.15, "w": 0.3, "y": 0.2, "I": 0.2, "N": 0.8, "G": 0.7, "X": 0.8, "v": 0.8}
_UNWRITTEN = {**dict.fromkeys("ae", 0.05), **dict.fromkeys("iou", 0.1), "y": 0.12, "w": 0.15}
_DOUBLED = 0.04

_CODES = {sound: n for n, sound in enumerate(SOUNDS, 1)}
_CODE = np.zeros(128, np.uint8)
_CODE[[ord(sound) for sound in SOUNDS]] = range(1, len(SOUNDS) + 1)


def _exchanges() -> NDArray[np.float32]:
    size = len(SOUNDS) + 1
    costs = np.ones((size, size), np.float32)
    vowels = [_CODES[vowel] for vowel in VOWELS]
    costs[vowels, :] = costs[:, vowels] = 1.2
    for pair in _EXCHANGES.split():
        one, other = _CODES[pair[0]], _CODES[pair[1]]
        costs[one, other] = costs[other, one] = int(pair[2:]) / 100
    np.fill_diagonal(costs, 0)
    return costs


def _gaps(unwritten: dict[str, float]) -> NDArray[np.float32]:
    return np.array([0, *({**_DROPPED, **unwritten}.get(sound, 1.0) for sound in SOUNDS)], np.float32)


_EXCHANGE = _exchanges()
_GAP = np.stack([_gaps({}), _gaps({"a": 0.06}), _gaps(_UNWRITTEN), _gaps(dict.fromkeys("aeiouwy", 0.25))])
_WEIGHT = np.array([0, *(0.4 if sound in VOWELS else 0.6 if sound in "hwyI" else 1.0 for sound in SOUNDS)], np.float32)

WRITTEN, INHERENT, UNWRITTEN, _BOTH_UNWRITTEN = range(4)
"""How a script writes vowels: all, all but *a*, hardly any."""


def script(word: str) -> int:
    """How the script of a word writes vowels."""
    letter = word[:1]
    if "\u0590" <= letter < "\u0900" or "\u0e00" <= letter < "\u0f00":
        return UNWRITTEN
    return INHERENT if "\u0900" <= letter < "\u0e00" else WRITTEN


def likenesses(pairs: Sequence[tuple[str, str]], scripts: Sequence[tuple[int, int]]) -> list[float]:
    """How like the two of each pair sound, and in what ``scripts`` they were written."""
    if not pairs:
        return []
    left, right = (_coded([pair[side] for pair in pairs]) for side in (0, 1))
    rows = np.arange(len(pairs))
    sparest = [_BOTH_UNWRITTEN if own == (UNWRITTEN, UNWRITTEN) else max(own) for own in scripts]
    gap = _GAP[np.array(sparest)]
    gap_left, gap_right = (_gap_costs(codes, gap, rows) for codes in (left, right))
    row = [np.zeros(len(pairs), np.float32)]
    for m in range(right.shape[1]):
        row.append(row[-1] + gap_right[:, m])
    table = [row]
    for n in range(left.shape[1]):
        above, row = row, [row[0] + gap_left[:, n]]
        costs = _EXCHANGE[left[:, n, None], right]
        for m in range(right.shape[1]):
            best = np.minimum(above[m + 1] + gap_left[:, n], row[-1] + gap_right[:, m])
            row.append(np.minimum(best, above[m] + costs[:, m]))
        table.append(row)
    lengths = [np.count_nonzero(codes, axis=1) for codes in (left, right)]
    distance = np.array([np.stack(row) for row in table])[lengths[0], lengths[1], rows]
    weight = np.maximum(*(_WEIGHT[codes].sum(axis=1) for codes in (left, right)))
    found: list[float] = np.maximum(0.0, 1 - distance / np.maximum(weight, 1)).tolist()
    return found


def _coded(words: Sequence[str]) -> NDArray[np.uint8]:
    width = min(LONGEST, max(map(len, words)))
    written = "".join([word[:width].ljust(width, "\0") for word in words]).encode("ascii")
    return _CODE[np.frombuffer(written, np.uint8).reshape(len(words), width)]


def _gap_costs(codes: NDArray[np.uint8], gap: NDArray[np.float32], rows: NDArray[np.intp]) -> NDArray[np.float32]:
    costs: NDArray[np.float32] = gap[rows[:, None], codes]
    doubled = (codes[:, 1:] == codes[:, :-1]) & (codes[:, 1:] > 0)
    costs[:, 1:][doubled] = np.minimum(costs[:, 1:][doubled], _DOUBLED)
    return costs
