"""Which rules take a word of a language to its stem: a language tag in, the name of one of Snowball's algorithms out.

Separate because it is a decision about languages: which codes mean one, and which are near enough to share rules.
"""

from __future__ import annotations

_CODES = {
    "arabic": "ar ara arb",
    "armenian": "hy hye arm",
    "basque": "eu eus baq",
    "catalan": "ca cat",
    "czech": "cs ces cze",
    "danish": "da dan",
    "dutch": "nl nld dut",
    "english": "en eng",
    "esperanto": "eo epo",
    "estonian": "et est ekk",
    "finnish": "fi fin",
    "french": "fr fra fre",
    "german": "de deu ger",
    "greek": "el ell gre",
    "hindi": "hi hin",
    "hungarian": "hu hun",
    "indonesian": "id ind in",
    "irish": "ga gle",
    "italian": "it ita",
    "lithuanian": "lt lit",
    "nepali": "ne nep npi",
    "norwegian": "no nor nb nob nn nno",
    "persian": "fa fas per pes prs",
    "polish": "pl pol",
    "portuguese": "pt por",
    "romanian": "ro ron rum mo mol",
    "russian": "ru rus",
    "serbian": "sr srp scc hr hrv scr bs bos sh hbs cnr",
    "sesotho": "st sot",
    "spanish": "es spa",
    "swedish": "sv swe",
    "tamil": "ta tam",
    "turkish": "tr tur",
    "yiddish": "yi yid ji",
}
"""Snowball's algorithm → the primary subtags of ISO 639 (parts 1, 2 and 3, withdrawn ones too) that it is for.  The
Serbian one grew out of a Croatian one and knows both alphabets and both ways of writing."""

_ALGORITHMS = {code: name for name, codes in _CODES.items() for code in codes.split()}


def algorithm(language: str) -> str:
    """The algorithm for a language tag (BCP 47: ``pt-BR``), empty for a language that has none, and for none.

    Of several, with blanks between, the first is that of the text.
    """
    primary = language.strip().partition(" ")[0].replace("_", "-").partition("-")[0]
    return _ALGORITHMS.get(primary.lower(), "")
