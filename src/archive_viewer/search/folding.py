"""Letters that count as the same when words are compared: a word in, the form under which it is searched out.

Separate from the tokenizer because it is a decision about languages, not about where words begin and end:

* case is folded (Unicode default case folding: ``ß`` is ``ss``, ``ς`` is ``σ``), compatibility forms are joined
  (full-width letters, ligatures, Arabic presentation forms) and digits of every script are written 0-9;
* accents go (``é`` is ``e``, ``ł`` is ``l``, ``ё`` is ``е``), but letters of their own stay: ``й``, ``ї``, ``ў`` are
  not ``и``, ``і``, ``у``, and a voiced kana is not a plain one;
* vowel signs and other marks of Indic and South-East Asian scripts stay, for there they are half of the word; the
  nukta of Devanagari goes, because it is often not written;
* Arabic harakat, tatweel and the forms of alef, yeh, kaf and teh marbuta that differ between countries and
  keyboards are joined, Hebrew points go;
* soft hyphens, joiners, direction marks and variation selectors go.

Folding works character by character on the composed form (NFC), so a word can be folded without its neighbours, and
folding what is folded changes nothing.
"""

from __future__ import annotations

import unicodedata

import regex

_STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_ARABIC = str.maketrans({"ـ": "", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ۃ": "ه", "ھ": "ه"})
_CYRILLIC = {"ё": "е", "ѐ": "е", "ѝ": "и"}

_NOT_KEPT = regex.compile(
    r"[^\p{L}\p{M}\p{N}]"
    r"|[\p{M}&&[\p{Zinh}\p{Latn}\p{Grek}\p{Copt}\p{Cyrl}\p{Armn}\p{Hebr}\p{Arab}\p{Syrc}]--[\u3099\u309A]]"
    r"|[\u093C\p{Default_Ignorable_Code_Point}]"
    r"|[\u02B9-\u02C1\u02C8]",
    regex.VERSION1,
)
"""What leaves no trace in a folded word: marks of scripts that can be read without them, the invisible, and the
modifier letters that stand for an apostrophe (ʼ ʻ ʿ)."""


class _Table(dict[int, str]):
    """Code point → folded text, worked out when first asked for; ``str.translate`` reads it in C."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    lower = character.casefold()
    if "\u0400" <= lower <= "\u052f":
        return _NOT_KEPT.sub("", _CYRILLIC.get(lower, lower))
    # A Thai or Lao letter with its vowel stays one character: taken apart it would no longer be one cluster.
    is_whole = "\u0e00" <= lower <= "\u0eff"
    decomposed = lower if is_whole else unicodedata.normalize("NFKD", lower).casefold()
    bare = _NOT_KEPT.sub("", decomposed).translate(_STROKES).translate(_ARABIC)
    digits = "".join(str(unicodedata.decimal(c, c)) for c in bare)
    return unicodedata.normalize("NFC", digits)


_TABLE = _Table()


def fold(word: str) -> str:
    """The form under which ``word`` is searched; empty when nothing of it can be searched."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFC", word).translate(_TABLE)
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)
