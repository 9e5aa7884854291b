"""What happens to words on their way from a page into somebody's quotation: a passage in, the passage as quoted out."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Change = Callable[[str, random.Random], str]

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OTHER_WORDS = "perhaps indeed several often however rather almost nearly always never".split()


def _each(share: float, change: Callable[[str, random.Random], str]) -> Change:
    """Change about this share of the words, at least one of a passage; the first and last word stay."""

    def apply(passage: str, chance: random.Random) -> str:
        words = passage.split(" ")
        inner = range(1, len(words) - 1)
        for n in chance.sample(inner, min(len(inner), max(1, round(share * len(words))))):
            words[n] = change(words[n], chance)
        return " ".join(filter(None, words))

    return apply


def _misspelt(word: str, chance: random.Random) -> str:
    if len(word) < 5:
        return word
    n = chance.randrange(1, len(word) - 1)
    return chance.choice([word[:n] + word[n + 1 :], word[:n] + chance.choice(LETTERS) + word[n:]])


def _divided(word: str, chance: random.Random) -> str:
    if len(word) < 6 or not word.isalpha():
        return word
    n = chance.randrange(2, len(word) - 2)
    return f"{word[:n]}-\n{word[n:]}"


def _softened(word: str, chance: random.Random) -> str:
    return "\u00ad".join([word[:2], word[2:]]) if len(word) > 4 else word


def _cut(passage: str, chance: random.Random) -> str:
    """A stretch of words is left out for an ellipsis."""
    words = passage.split(" ")
    length = max(1, len(words) // 4)
    n = chance.randrange(len(words) // 4 + 1, len(words) // 2 + 1)
    return " ".join([*words[:n], chance.choice(["…", "...", "[...]", "(…)", "[…]", ". . ."]), *words[n + length :]])


def _bracketed(passage: str, chance: random.Random) -> str:
    words = passage.split(" ")
    n = chance.randrange(1, len(words) - 1)
    words[n] = chance.choice(["[the Taliban]", f"{words[n]} [sic]", f"{words[n]} [emphasis added]"])
    first = words[0]
    words[0] = f"[{first[0]}]{first[1:]}" if len(first) > 1 and first[0].isalpha() else first
    return " ".join(words)


def _lines(passage: str, chance: random.Random) -> str:
    return "\n".join(re.findall(r".{1,40}(?:\s|$)", passage)) if chance.random() < 1 else passage


def _straight(passage: str, chance: random.Random) -> str:
    plain = passage.translate(str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}))
    return plain if plain != passage else passage.replace("'", "’").replace('"', "”")


def _ligatures(passage: str, chance: random.Random) -> str:
    return passage.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ")


def _bare(passage: str, chance: random.Random) -> str:
    return "".join(" " if unicodedata.category(c)[0] == "P" and c not in "'’-" else c for c in passage)


CHANGES: dict[str, Change] = {
    "as it stands": lambda passage, chance: passage,
    "quotation marks around": lambda passage, chance: f"“{passage}”, he wrote.",
    "case": lambda passage, chance: passage.upper(),
    "straight for curly": _straight,
    "no punctuation": _bare,
    "lines broken": _lines,
    "divided at line ends": _each(0.15, _divided),
    "ligatures": _ligatures,
    "soft hyphens": _each(0.4, _softened),
    "spelling": _each(0.12, _misspelt),
    "words changed": _each(0.1, lambda word, chance: chance.choice(OTHER_WORDS)),
    "words left out": _each(0.1, lambda word, chance: ""),
    "words added": _each(0.1, lambda word, chance: f"{word} {chance.choice(OTHER_WORDS)}"),
    "ellipsis": _cut,
    "brackets": _bracketed,
}


def all_at_once(passage: str, chance: random.Random) -> str:
    """Some of everything."""
    for name in ("spelling", "words changed", "divided at line ends", "straight for curly", "brackets", "ellipsis"):
        passage = CHANGES[name](passage, chance)
    return passage
