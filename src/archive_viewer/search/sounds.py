"""How words sound, as far as their letters tell: words of any script in, sounds and keys out.

``sounds`` writes a word in the letters of one small alphabet, a letter to a sound: transliterated by the tables of
anyascii, save where those lose what tells names apart (the long vowels of Arabic, the doubtful letters of Hebrew), then
with each group of letters that is one sound (*sch*, *kh*, *tch*) as one.  ``keys`` leaves the consonants that survive
being written in another language, in eight classes: the spellings of a name have one key, or one of a few, which
``readings`` gives.  Many other words have it too; ``likeness`` tells those apart.

Keys made for English (Soundex, Metaphone) do not serve: they know one reading of *ch*, *j*, *w* and *x*, and keep a *w*
that is a vowel in Arabic.

Words are taken many at a time, as one string, for a word by itself takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from anyascii import anyascii

MOST_READINGS = 1024
"""Keys that are looked up for one name: those of six doubtful sounds with three readings each."""

VOWELS = "aeiou"
SOUNDS = "abdefghijklmnopqrstuvwxyzCDEGIJNQSTXZ"
"""All there are.  The capitals are what Latin writes with several letters, or not surely: C ch, D dh, E ts, G gh, I a
j that is likelier a y, J the j of *jam*, N any nasal, Q a c before a dark vowel, S sh, T th, X kh, Z zh."""

_GREEK = "ηυχθξψωφβ", ("i", "i", "X", "T", "x", "ps", "o", "f", "v")
_CYRILLIC = "хжчшщцъьґћђџјљњѓќієё", (*"XZCSSE", "", "", *"gCJJylngki", "ye", "yo")
_ARABIC = (
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچژگڤٹڈڑںےېۍښږځڅئؤء",
    (
        *"abtTJhXdDrzsSsDtz",
        "",
        *"GfqklmnhwypCZgvtdrnyyyXZzEyw",
        "",
    ),
)
_HEBREW = "אבגדהוזחטיכךלמםנןסעפףצץקרשת", (*"abgdhwzhtykklmmnns", "", *"ppEEqrSt")
"""Beth, kaph and pe have two sounds each, which are of one class."""

_OWN = {
    **{
        letter: sound
        for letters, own in (_GREEK, _CYRILLIC, _ARABIC, _HEBREW)
        for letter, sound in zip(letters, own, strict=True)
    },
    **dict.fromkeys("ँंঁংஂంം", "N"),
}
_INDIC = range(0x0900, 0x0E00)
_HANGUL = range(0xAC00, 0xD7A4)

_SPELLED = (
    *(("ου", "u"), ("αυ", "av"), ("ευ", "ev"), ("γγ", "ng"), ("τσ", "C"), ("τζ", "J")),
    *(("\nμπ", "\nb"), ("\nντ", "\nd"), ("\nγκ", "\ng"), ("μπ", "mb"), ("ντ", "nd"), ("γκ", "ng")),
)
"""Groups of Greek letters that are one sound."""

_GROUPS = (
    *(("dsch", "J"), ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dzh", "J"), ("sh", "S"), ("ch", "C"), ("kh", "X")),
    *(("gh", "G"), ("zh", "Z"), ("th", "T"), ("dh", "D"), ("ph", "f"), ("dj", "J"), ("cz", "C"), ("sz", "S")),
    *(("ck", "k"), ("qu", "k"), ("ts", "E"), ("tz", "E"), ("ks", "x"), ("tS", "C"), ("dZ", "J"), ("dJ", "J")),
    *(("SC", "S"), ("kS", "x"), ("ou", "u"), ("oo", "u"), ("ee", "i")),
)
_NASAL = re.compile("(?<=.)(?:μπ|ντ|γκ)")
_PARTICLES = tuple("은는이가을를의에와과도로")
_ROOT = 4

_DARK = re.compile(r"c(?![eiy])")
_GLIDE = re.compile(r"j(?![aeiouy])|(?<=[^\naeiouyj])j")

_CLASS = {
    **dict.fromkeys("bpfv", "P"),
    **dict.fromkeys("tdTD", "T"),
    **dict.fromkeys("kgqQGX", "K"),
    **dict.fromkeys("szSZCjJE", "S"),
    **dict.fromkeys("nN", "N"),
    "x": "KS",
    **{sound: sound.upper() for sound in "mlr"},
    **dict.fromkeys("aeiouhwyI", ""),
}
_CLASSES = str.maketrans(_CLASS)

_READINGS = {
    **{"v": ("P", ""), "w": ("", "P"), "f": ("P", ""), "h": ("", "K", "S"), "X": ("K", "", "S"), "G": ("K", "")},
    **{
        "D": ("T", "S"),
        "T": ("T", "S"),
        "z": ("S", "T"),
        "s": ("S", "T"),
        "g": ("K", "S"),
        "j": ("S", "", "K"),
        "d": ("T", "S"),
    },
    **{
        "J": ("S", "K", ""),
        "C": ("S", "K", ""),
        "I": ("", "S"),
        "Z": ("S", ""),
        "E": ("S", "K"),
        "x": ("KS", "S"),
        "Q": ("K", "S"),
        "N": ("N", "M"),
    },
}
"""Sounds that another spelling may give another class, or leave out."""


class _Table(dict[int, str]):
    """Code point → sounds, worked out when first asked for; ``str.translate`` reads it in C."""

    def __missing__(self, code: int) -> str:
        own = _OWN.get(chr(code))
        if own is None:
            own = re.sub(r"[^a-z]", "", anyascii(chr(code)).lower())
            if code in _INDIC:
                own = own.replace("ch", "c").replace("c", "C").replace("jh", "j").replace("j", "J")
            elif code in _HANGUL:
                own = own.replace("eo", "o").replace("eu", "u").replace("g", "q" if own[:1] == "g" else "g")
        self[code] = own
        return own


_TABLE = _Table({10: "\n", **{ord(letter): letter for letter in "abcdefghijklmnopqrstuvwxyz"}})


def sounds(words: Sequence[str]) -> list[str]:
    """How each of ``words`` sounds; they are as ``folding.fold`` leaves them, without line ends."""
    if not words:
        return []
    whole = "\n" + "\n".join(words)
    if not whole.isascii():
        for letters, sound in _SPELLED:
            whole = whole.replace(letters, sound)
    whole = whole.translate(_TABLE)
    for letters, sound in _GROUPS:
        whole = whole.replace(letters, sound)
    whole = _GLIDE.sub("I", _DARK.sub("Q", whole)).replace("c", "E")
    return whole[1:].split("\n")


def variants(word: str) -> list[str]:
    """Other words that may be meant by one: without the Arabic article or the Korean particle that are written as a
    part of it, with the Greek pairs of letters that may hold a nasal or not."""
    if word.startswith("ال") and len(word) > _ROOT:
        return [word[2:]]
    if word[-1:] in _PARTICLES and len(word) > 2:
        return [word[:-1]]
    bare = _NASAL.sub(lambda pair: {"μπ": "b", "ντ": "d", "γκ": "g"}[pair[0]], word)
    return [bare] if bare != word else []


def keys(heard: Sequence[str]) -> list[str]:
    """The key of each word that sounds so; empty for one without a consonant that tells."""
    if not heard:
        return []
    whole = "\n".join(heard).translate(_CLASSES)
    for one in "PTKSNMLR":
        for _ in range(3):
            whole = whole.replace(one + one, one)
    return whole.split("\n")


def readings(heard: str) -> frozenset[str]:
    """All keys that a word may have which is the same name as one that sounds so."""
    choices: list[tuple[str, ...]] = []
    count = 1
    for n, sound in enumerate(heard):
        own = _choices(heard[n - 1 : n], sound, heard[n + 1 : n + 2])
        if count * len(own) > MOST_READINGS:
            own = own[:1]
        count *= len(own)
        choices.append(own)
    return frozenset(keys(["".join(reading) for reading in set(product(*choices))])) - {""}


def _choices(before: str, sound: str, after: str) -> tuple[str, ...]:
    """The classes that a sound may have between two others, or none."""
    vowels = set(VOWELS)
    is_glide = sound in "iy" and after in vowels and (sound == "i" or before in {"", *vowels})
    if is_glide or (sound == "e" and not before):
        return "", "S"
    if sound == "u" and not vowels.isdisjoint((before, after)):
        return "", "P"
    if sound == "n" and after in {"b", "p", "m"}:
        return "N", "M"
    return _READINGS.get(sound, (_CLASS[sound],))
