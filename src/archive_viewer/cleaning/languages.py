"""Languages: what language a text is in, by its script and its commonest words.

Text in, a BCP 47 primary subtag out.  Separate because pages state none, or state their template's.  A library would
tell more languages apart, at 50 MB of models; what is needed is to know a Hindi page from an English template.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

_SAMPLE = 8_000
"""Characters looked at."""
_FEWEST_LETTERS = 40
_LEAST_SHARE = 0.5
_LEAST_STOP_WORDS = 0.08
"""Share of a text's words that are among its language's commonest: 0.2 to 0.4 in prose, under 0.03 elsewhere."""

_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("Latn", r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    ("ru", r"[\u0400-\u04ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("he", r"[\u0590-\u05ff]"),
    ("ar", r"[\u0600-\u06ff\u0750-\u077f]"),
    ("hi", r"[\u0900-\u097f]"),
    ("bn", r"[\u0980-\u09ff]"),
    ("pa", r"[\u0a00-\u0a7f]"),
    ("gu", r"[\u0a80-\u0aff]"),
    ("or", r"[\u0b00-\u0b7f]"),
    ("ta", r"[\u0b80-\u0bff]"),
    ("te", r"[\u0c00-\u0c7f]"),
    ("kn", r"[\u0c80-\u0cff]"),
    ("ml", r"[\u0d00-\u0d7f]"),
    ("si", r"[\u0d80-\u0dff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("lo", r"[\u0e80-\u0eff]"),
    ("bo", r"[\u0f00-\u0fff]"),
    ("my", r"[\u1000-\u109f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("hy", r"[\u0530-\u058f]"),
    ("am", r"[\u1200-\u137f]"),
    ("km", r"[\u1780-\u17ff]"),
    ("ko", r"[\u1100-\u11ff\uac00-\ud7af]"),
    ("ja", r"[\u3040-\u30ff]"),
    ("zh", r"[\u3400-\u9fff]"),
)
_LETTERS = tuple((name, re.compile(pattern)) for name, pattern in _SCRIPTS)

_TELLING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ru": (("uk", "[іїєґ]"), ("be", "[ўі]"), ("sr", "[ђћџљњј]"), ("bg", r"\b(?:на|се|от|за|са|че)\b")),
    "ar": (("ur", "[ٹڈڑےں]"), ("ps", "[ښځڅېۍ]"), ("fa", "[پچژگی]")),
    # A vowel sign is no letter to ``\w``: it would cut words in two, and the pieces of Hindi are words of Nepali.
    "hi": (
        ("mr", r"(?<![\u0900-\u097f])(?:आहे|आणि|होते|नाही)(?![\u0900-\u097f])"),
        ("ne", r"(?<![\u0900-\u097f])(?:छ|गर्न|हुन्छ|पनि|र)(?![\u0900-\u097f])"),
    ),
}
"""Within a script: the languages that are told by letters or words of their own, and where those begin to count."""
_TELLING_SHARE = {
    "uk": 0.02,
    "be": 0.04,
    "sr": 0.03,
    "bg": 0.03,
    "ur": 0.02,
    "ps": 0.01,
    "fa": 0.01,
    "mr": 0.004,
    "ne": 0.004,
}

_STOP_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(word for word in words.split() if len(word) > 1)  # a lone letter may be an initial
    for language, words in {
        "en": "the of and to in is that it for on as with was be by are this have from at he his but not they which",
        "de": "der die und das den von zu mit ist im des ein eine nicht sich auf für dem auch als es an werden aus",
        "fr": "le la les de des et en un une du est que qui dans pour pas sur au par plus avec sont ce il cette",
        "es": "el la los las de que y en un una por con para es se del al lo su como más pero sus le",
        "pt": "o a os as de que e em um uma por com para é se do da no na mais não dos ao como foi",
        "it": "il la di che e un una per con è si del della non in le dei nel sono da i gli alla anche",
        "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als bij door naar maar",
        "sv": "och att det som en på är av för med den till inte har de om ett men var sig från",
        "da": "og at det som en på er af for med den til ikke har de om et men var sig fra der",
        "no": "og at det som en på er av for med den til ikke har de om et men var seg fra",
        "pl": "i w na z do że się nie to jest o od za po dla jak przez ale być są oraz jego",
        "cs": "a v na se je že s z do o to i pro ve za by jako ale po jsou které podle není",
        "tr": "ve bir bu da de için ile çok olan olarak daha gibi sonra kadar en ne ama olduğu her göre ise veya oldu",
        "id": "yang dan di dari untuk dengan pada ini itu dalam tidak akan ke oleh juga adalah sebagai",
        "vi": "và của là có trong được cho các một những không với người này đã để khi năm",
        "fi": "ja on ei se että oli joka hän ovat mutta kun myös sen tai niin kuin mukaan vuoden",
        "hu": "a az és hogy nem is egy van ez meg volt de csak már mint szerint vagy azt",
        "ro": "și de în la cu a din pe nu care este un o să mai pentru că sunt ce fi",
    }.items()
}
_WORD = re.compile(r"[^\W\d_]+")


_NAMES: Mapping[str, str] = dict(
    entry.split(" ", 1)
    for entry in (
        "af Afrikaans, am Amharic, ar Arabic, az Azerbaijani, be Belarusian, bg Bulgarian, bn Bengali, "
        "bo Tibetan, bs Bosnian, ca Catalan, cs Czech, cy Welsh, da Danish, de German, el Greek, en English, "
        "eo Esperanto, es Spanish, et Estonian, eu Basque, fa Persian, fi Finnish, fil Filipino, fr French, "
        "fy Frisian, ga Irish, gl Galician, gu Gujarati, ha Hausa, he Hebrew, hi Hindi, hr Croatian, "
        "hu Hungarian, hy Armenian, id Indonesian, is Icelandic, it Italian, ja Japanese, jv Javanese, "
        "ka Georgian, kk Kazakh, km Khmer, kn Kannada, ko Korean, ku Kurdish, ky Kyrgyz, la Latin, "
        "lb Luxembourgish, lo Lao, lt Lithuanian, lv Latvian, mk Macedonian, ml Malayalam, mn Mongolian, "
        "mr Marathi, ms Malay, mt Maltese, my Burmese, nb Norwegian, ne Nepali, nl Dutch, nn Norwegian Nynorsk, "
        "no Norwegian, or Odia, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, ro Romanian, ru Russian, "
        "sd Sindhi, si Sinhala, sk Slovak, sl Slovenian, so Somali, sq Albanian, sr Serbian, sv Swedish, "
        "sw Swahili, ta Tamil, te Telugu, tg Tajik, th Thai, ti Tigrinya, tk Turkmen, tr Turkish, tt Tatar, "
        "ug Uyghur, uk Ukrainian, ur Urdu, uz Uzbek, vi Vietnamese, xh Xhosa, yi Yiddish, yo Yoruba, zh Chinese, "
        "zu Zulu"
    ).split(", ")
)
"""What the languages that pages state are called.  ISO 639-1; three letters where it has none."""

_ALSO_WRITTEN = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "tl": "fil"}
"""Tags for what is written so nearly alike that nothing here tells them apart, and tags that are no longer in use."""


def name_of(tag: str) -> str:
    """What the language of a BCP 47 tag is called, in English; the tag itself where that is not known."""
    language = tag.split("-")[0].lower()
    return _NAMES.get(language) or _NAMES.get(_ALSO_WRITTEN.get(language, "")) or f"“{tag}”"


def is_same(tag: str, other: str) -> bool:
    """Whether two tags are of one language, whatever their scripts and regions."""
    one, another = (part.split("-")[0].lower() for part in (tag, other))
    return _ALSO_WRITTEN.get(one, one) == _ALSO_WRITTEN.get(another, another)


def infer(text: str) -> str:
    """The language of ``text``, or nothing when it is too short or like none that is known."""
    sample = text[:_SAMPLE].lower()
    counts = _letters_by_script(sample)
    letters = sum(counts.values())
    if letters < _FEWEST_LETTERS:
        return ""
    if counts["ja"] > letters * 0.05:
        return "ja"  # kana among Han is Japanese
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < letters * _LEAST_SHARE:
        return ""
    if script == "Latn":
        return _by_stop_words(sample)
    for language, pattern in _TELLING.get(script, ()):
        if len(re.findall(pattern, sample)) > counts[script] * _TELLING_SHARE[language]:
            return language
    return script


def _letters_by_script(sample: str) -> dict[str, int]:
    """How many letters of each script a text has; its characters are few, and each is looked up once."""
    counts = dict.fromkeys((name for name, _ in _SCRIPTS), 0)
    for character, count in Counter(sample).items():
        if character.isspace() or (character.isascii() and not character.isalpha()):
            continue
        script = next((name for name, pattern in _LETTERS if pattern.match(character)), "")
        if script:
            counts[script] += count
    return counts


def _by_stop_words(sample: str) -> str:
    words = Counter(_WORD.findall(sample))
    total = sum(words.values())
    hits = {language: sum(words[word] for word in stops) for language, stops in _STOP_WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    return best if hits[best] >= max(3, total * _LEAST_STOP_WORDS) else ""
