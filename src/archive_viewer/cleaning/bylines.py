"""Bylines: the names of authors out of what stands around them, in many languages.

Text in, names out: no "by", no role, no date, no site.  Separate because names come from bylines, from JSON-LD and
from meta elements, and all of these put the same things around a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive_viewer.cleaning import dates
from archive_viewer.cleaning.calendars import MONTHS, WEEKDAYS, lookup_form
from archive_viewer.model import PICTURE
from archive_viewer.text import fold, one_line

_LONGEST_BYLINE = 300
_LONGEST_NAME = 60
_MOST_WORDS = 6
_MOST_AUTHORS = 30

_LEADING_WORDS = (
    # English
    r"(?:originally\s+)?(?:written|story|words|report(?:ed)?|posted|published|article|review(?:ed)?|analysis|text|"
    r"photographs?\s+and\s+text|compiled|edited|created|submitted|contributed|authored|blog|post|guest\s+post)\s+by",
    r"by",
    # German, French, Spanish, Portuguese, Italian, Dutch
    r"(?:ein\s+\w+\s+)?(?:geschrieben\s+)?von",
    r"(?:écrit\s+|publié\s+|propos\s+recueillis\s+)?par",
    r"(?:escrito\s+|publicado\s+|publicada\s+|redactado\s+)?por",
    r"(?:scritto\s+|pubblicato\s+)?da",
    r"(?:di|a\s+cura\s+di)",
    r"(?:geschreven\s+)?door",
    # Scandinavian, Indonesian, Hindi, Arabic
    r"(?:skriven\s+|skrevet\s+|publicerad\s+)?(?:av|af)",
    r"oleh",
    r"(?:लेखक|लेखिका|द्वारा)",
    r"(?:بقلم|كتبت?|تأليف|نوشته(?:‌?ی)?|تحریر)",
    r"(?:автор|авторы)",
    r"(?:本报记者|本報記者|记者|記者)",
    # Finnish, Turkish, Vietnamese, Czech and Slovak, Hungarian, Hebrew, Greek; Thai is written without blanks
    r"kirjoittan(?:ut|eet)",
    r"yazan",
    r"(?:được\s+(?:viết|đăng)\s+)?bởi",
    r"napsala?",
    r"írta",
    r"מאת",
    r"글",
    r"(?:γράφει|γράφουν)(?:\s+(?:ο|η|οι))?",
)
_LEADING_LABELS = (
    r"(?:author|by|writer|reporter|contributor|words|text|story)s?",
    r"(?:autore|auteur|autor|autora|autorin|autoren|autores|texte|texto|testo|tekst|von)",
    r"(?:opracował|opracowała|napisał|napisała|yazan|yazar|haber|penulis|penerbit|tác\s+giả|writer)",
    r"(?:текст|автор|авторы|автори|подготовил|подготовила)",
    r"(?:लेखक|लेखिका|रिपोर्ट|लिखित|प्रस्तुति|লেখক|লিখেছেন)",
    r"(?:بقلم|إعداد|الكاتب|كتب|نویسنده|تحریر)",
    r"(?:文|作者|记者|記者|撰文|编辑|編輯|本报记者|执笔|執筆|取材・文|文・写真|著者|글|기자|글쓴이|작성자)",
    r"(?:skribent|journalist|tekijä|teksti|kirjoittaja|författare|forfatter|szerző|szöveg|napsala?|írta|autorka|autoři|texty?)",
    r"(?:ผู้เขียน|โดย|เรื่อง|người\s+viết|bài(?:\s+và\s+ảnh)?|theo)",
    r"(?:מאת|כתב|συντάκτης|κείμενο|எழுதியவர்|రచయిత|लेखन|લેખક|ਲੇਖਕ)",
)
_UNSPACED_LEAD = r"โดย"
"""Words that stand before a name without a blank."""

_LEAD = re.compile(
    rf"^\W*(?:(?:{'|'.join(_LEADING_LABELS)})\s*[:：/／丨|]|(?:{'|'.join(_LEADING_WORDS)})(?!\w)|{_UNSPACED_LEAD})\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:{'|'.join(_LEADING_WORDS + _LEADING_LABELS)}|{_UNSPACED_LEAD}|"
    r"(?:verfasst|geschrieben|veröffentlicht)\s+von|écrit\s+par|escrito\s+por|scritto\s+da|geschreven\s+door|napisane\s+przez|"
    r"написано(?:\s+автором)?|ditulis\s+oleh|yazan|作者|執筆者|投稿者|글쓴이|کتبه|كُتب\s+بواسطة|كتب\s+بواسطة|के\s+द्वारा\s+लिखित)",
    re.IGNORECASE,
)
_LEAD_AFTER_DATE = re.compile(
    rf"(?<![^\s|·•,，])(?:(?:{'|'.join(_LEADING_LABELS)})\s*[:：／]|(?:by|von|par|por|oleh|bởi|av|af|door|بقلم|本报记者|记者|記者)(?!\w)|{_UNSPACED_LEAD})\s*",
    re.IGNORECASE,
)
"""A date first, then the name: "Posted on 3 May 2021 by Jane Doe", "2021-12-02 08:15 来源：某报 作者：某人"."""
_DATE_BEGINS_WITHIN = 20
_LEAD_FOLLOWS_WITHIN = 40
_RUNNING_WORD = re.compile(r"[a-zß-ÿ]{3,}")
_TRAILING_LEAD = re.compile(r"\s*(?:द्वारा|기자|記者|记者)\s*$")
"""Words that stand after the name: "अनुभा जैन द्वारा", "홍길동 기자"."""

_END = re.compile(
    r"\s*(?:[|•·∙⋅▪◦●►»丨]|\s[-–—/]\s|\s[-–—]|[-–—]\s|\(|\[|\s\d|\d{4}|https?:|www\.|@|\n|\u2028|\s{3,}"
    r"|\s\w{1,12}[:：]"
    r"|\b(?:published|updated|posted|last|modified|on|in|at|for|from|about|min|mins|minutes?|views?|comments?|read|"
    r"under|filed|follow|share|photo|photos|photography|image|images|illustrations?|editor|editing|is\s+an?|has|was|who|view|see|"
    r"more|edited|reviewed|fact|medically|via|aktualisiert|veröffentlicht|publié|mis|actualizado|publicado|"
    r"aggiornato|pubblicato|обновлено|опубликовано|पर|को)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
"""Where the names end: a date, a bar, the words of what follows."""

_SEPARATOR = re.compile(
    r"\s*(?:[,;，、；]|&|\+|\s/\s|\band\b|\bund\b|\bet\b|\sy\s|\se\s|\ben\b|\boch\b|\bog\b|\si\s|\sи\s|\sта\s|\sve\s|\sdan\s|"
    r"\sऔर\s|\sतथा\s|\sو(?=\w)|\swith\s)\s*",
    re.IGNORECASE,
)

_ROLES = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|journalists?|columnists?|contributors?|contributing|staff|"
    r"senior|junior|chief|deputy|managing|executive|associate|assistant|freelance|producers?|director|manager|"
    r"president|officer|founder|co-founder|ceo|cto|cfo|analyst|specialist|strategist|consultant|engineer|developer|"
    r"professor|lecturer|researcher|scientist|fellow|student|author|blogger|photographer|critic|anchor|bureau|desk|"
    r"team|editorial|guidelines|standards|policy|process|redaktion|redakteur(?:in)?|redakteure|journalistin?|autorin|autor|korrespondent(?:in)?|journaliste|"
    r"rédact\w+|correspondante?|redactora?|periodista|corresponsal|jornalista|redação|giornalista|redazione|"
    r"verslaggever|redactie|journalista?|dziennikarz\w*|muhabir|gazeteci|редактор|журналист\w*|корреспондент\w*|"
    r"обозреватель|ph\.?\s?d|m\.?d|r\.?n|mba|jd|esq)\b\.?"
    r"|लेखक|लेखिका|पत्रकार|संवाददाता|संपादक|रिपोर्टर|সাংবাদিক|প্রতিবেদক|مراسل|صحفي|كاتب|محرر|صحافي|记者|記者|编辑|編輯|主编|기자|특파원",
    re.IGNORECASE,
)
_ROLE_BEGINS = re.compile(
    r"(?<=\w)\s+(?:senior|junior|staff|chief|deputy|managing|executive|associate|assistant|contributing|freelance|"
    r"political|business|sports?|science|health|technology|tech|news|editor|reporter|correspondent|writer|journalist|"
    r"columnist|contributor|guest)\b.*$",
    re.IGNORECASE,
)

_HOUSE = re.compile(
    r"\w\s+(?:news|newswire|wire|press|agency|times|herald|gazette|tribune|chronicle|journal|magazine|radio|television)$",
    re.IGNORECASE,
)
"""What an agency or a paper is called, when it stands after the name: "By Jane Doe, Harbour Press"."""

_HOUSEHOLD = re.compile(
    r"^(?:the\s+)?\w.*\s(?:team|staff|editors?|desk|newsroom|contributors?|redaktion|redactie|redacción|redação|redazione|rédaction|"
    r"editorial|clinician)$",
    re.IGNORECASE,
)
"""What the people of a house are called together, and sign with: "The Harbour Team"."""
_ONE_WORD = re.compile(r"[\w.@+'’-]+")
_NO_ACCOUNT = re.compile(r"://|^www\.|^@?$|[<>{}\[\]]|\.(?:com|org|net|html?|php)\b", re.IGNORECASE)

_NOBODY = frozenset(
    {
        *("admin", "administrator", "administrador", "author", "autor", "user", "guest", "anonymous", "unknown"),
        *("none", "null", "webmaster", "root", "test", "superuser", "moderator", "editorial", "redaktion", "redaction"),
        *("redazione", "newsroom", "by", "view", "share", "home", "subscribe", "login", "menu", "search", "more"),
        *("posts", "comments", "facebook", "twitter", "instagram", "linkedin", "pinterest", "youtube", "whatsapp"),
        *(
            "email",
            "website",
            "the way",
            "hand",
            "default",
            "me",
            "us",
            "name",
            "undefined",
            "full name",
            "sign up",
            "blue sky",
        ),
    }
)
_PARTICLES = frozenset({"van", "von", "de", "da", "di", "du", "la", "le", "el", "al", "bin", "ten", "ter", "zu", "dos"})
_PHRASES = re.compile(
    r"\b(?:view|see|read|show)\s+(?:all|more|full|profile)\b.*$|\ball\s+posts\b.*$|\bmore\s+(?:posts|articles|stories)\b.*$",
    re.IGNORECASE,
)
_PREPOSITIONS = re.compile(
    r"(?:\s+(?:on|am|le|el|il|em|op|den|den\s+\d+|at|in|of|в|को|پر|في)|[\s,;:|/\-–—·•]+)+$", re.IGNORECASE
)


@dataclass(frozen=True)
class Byline:
    """What a byline says: the names, and the date if it has one."""

    names: tuple[str, ...]
    dated: dates.Dated | None


def read(text: str, *, is_month_first: bool = False) -> Byline | None:
    """What ``text`` says as a byline; None when it does not begin as one, or names nobody."""
    text = text[:_LONGEST_BYLINE]
    lead = _LEAD.match(text) or _lead_after_date(text)
    trailing = None if lead else _TRAILING_LEAD.search(text)
    if lead is None and trailing is None:
        return None
    rest = text[lead.end() :] if lead else text[: trailing.start() if trailing else None]
    names = names_of([_before_date(rest)])
    return Byline(names, dates.find(text, is_month_first=is_month_first)) if names else None


def names_of(statements: Iterable[str]) -> tuple[str, ...]:
    """The names in statements such as "By Jane Doe, Staff Writer" or "Jane Doe & Tïm O’Neill", each once."""
    names: dict[str, str] = {}
    for statement in statements:
        statement = one_line(statement.replace(PICTURE, " "))[:_LONGEST_BYLINE]
        statement = _PHRASES.sub("", _LEAD.sub("", statement))
        statement = _END.sub("", statement)
        for number, part in enumerate(_SEPARATOR.split(_before_date(statement))):
            name = _name(part, is_first=not number)
            if name and not (number and _HOUSE.search(name)):
                names.setdefault(fold(name), name)
    return tuple(names.values())[:_MOST_AUTHORS]


def stated_names(statements: Iterable[str]) -> tuple[str, ...]:
    """The names in statements that a page makes for machines: there an account's or a house's name is one, too."""
    names: dict[str, str] = {}
    for statement in statements:
        statement = one_line(statement.replace(PICTURE, " "))
        statement = _LEAD.sub("", _PHRASES.sub("", statement[:_LONGEST_BYLINE]))
        for name in () if _ONE_WORD.fullmatch(statement) else names_of([statement]):
            names.setdefault(fold(name), name)
        if not names and _is_account(statement):
            names[fold(statement)] = statement
    return tuple(names.values())[:_MOST_AUTHORS]


def is_lead(label: str) -> bool:
    """Whether words are only what stands before an author's name: "Written by", "Verfasst von"."""
    return bool(label) and len(label) <= _LONGEST_NAME and (_LABEL.fullmatch(label.strip(" :")) is not None)


def _is_account(statement: str) -> bool:
    """Whether a statement of one part may be the name under which somebody writes: "aawoods", "The Harbour Team"."""
    words = statement.split()
    if not words or len(statement) > _LONGEST_NAME or len(words) > _MOST_WORDS or len(statement) < 2:
        return False
    if _NO_ACCOUNT.search(statement) or statement.casefold() in _NOBODY or not any(map(str.isalnum, statement)):
        return False
    return not all(_ROLES.fullmatch(word) for word in words)


def _lead_after_date(text: str) -> re.Match[str] | None:
    dated = dates.find(text)
    if dated is None or dated.start > _DATE_BEGINS_WITHIN:
        return None
    lead = _LEAD_AFTER_DATE.search(text, dated.end, dated.end + _LEAD_FOLLOWS_WITHIN)
    return None if lead is None or _RUNNING_WORD.search(text, dated.end, lead.start()) else lead


def _before_date(text: str) -> str:
    dated = dates.find(text)
    text = text[: dated.start] if dated else text
    words = text.split()
    for number, word in enumerate(words):
        if number and lookup_form(word.strip(",.;:()")) in WEEKDAYS and len(word) > 3:
            text = " ".join(words[:number])
            break
    return _PREPOSITIONS.sub("", text)


def _name(part: str, *, is_first: bool = False) -> str:
    """The name in one part of a byline; empty when it is a role, a place or a phrase."""
    part = _LEAD.sub("", part.strip(" \t\u2028.,:;|/\\-–—*\"'“”()[]·•∙⋅●"))
    part = _TRAILING_LEAD.sub("", part)
    words = part.split()
    if is_first and len(words) <= _MOST_WORDS and _HOUSEHOLD.match(part) and not _ROLES.match(part):
        return part
    if len(words) > 2:
        shorter = _ROLE_BEGINS.sub("", part)
        if len(shorter.split()) >= 2:
            part = shorter
            words = part.split()
    if not part or len(part) > _LONGEST_NAME or len(words) > _MOST_WORDS:
        return ""
    if any(character.isdigit() for character in part) or "://" in part or _ROLES.search(part):
        return ""
    if not any(character.isalpha() for character in part) or len(part) < 2 or part.lower() in _NOBODY:
        return ""
    if part[0].islower() and words[0] not in _PARTICLES:
        return ""
    if lookup_form(part) in MONTHS or lookup_form(part) in WEEKDAYS or (part.isascii() and len(part) < 3):
        return ""
    return part.title() if part.isupper() and len(words) > 1 else part
