"""The fixed words: kinds, fates, reasons, colours, states.  Their values are what JSON and the database hold."""

from __future__ import annotations

from enum import StrEnum

PICTURE = "\ufffc"
"""OBJECT REPLACEMENT CHARACTER: the one code point that stands for a picture in an article's text."""

LINE_BREAK = "\u2028"
"""LINE SEPARATOR: a ``<br>`` inside a block; ``\\n`` stands between blocks only."""


class Source(StrEnum):
    """Who says so: the four grades of provenance that every fact carries."""

    STATED = "stated"
    SYSTEM = "system"
    INFERRED = "inferred"
    TYPED = "typed"


class Format(StrEnum):
    """The forms of saved pages that are told apart."""

    HTML = "html"
    HTML_FOLDER = "html-folder"
    SINGLEFILE = "singlefile"
    MHTML = "mhtml"
    WEBARCHIVE = "webarchive"
    MAFF = "maff"
    HTZ = "htz"
    WEBSCRAPBOOK = "webscrapbook"
    SCRAPBOOK = "scrapbook"
    WARC = "warc"
    ARC = "arc"
    WACZ = "wacz"
    TEXT = "text"


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    CAPTION = "caption"
    FIGURE = "figure"
    FOOTNOTE = "footnote"
    TERM = "term"
    DEFINITION = "definition"


class Fate(StrEnum):
    """What the cleaner, or a person mending it, decided about a block."""

    KEPT = "kept"
    STRIPPED = "stripped"


class Reason(StrEnum):
    """Why a block was stripped."""

    NAVIGATION = "navigation"
    HEADER = "header"
    FOOTER = "footer"
    RELATED = "related"
    SHARE = "share"
    COMMENTS = "comments"
    CONSENT = "consent"
    ADVERT = "advert"
    SUBSCRIPTION = "subscription"
    AUTHOR_BOX = "author-box"
    PAGINATION = "pagination"
    REPEATED = "repeated"
    HIDDEN = "hidden"
    ARCHIVE_FURNITURE = "archive-furniture"
    OTHER = "other"


class Decider(StrEnum):
    """Who gave a block its fate; each outranks those before it."""

    CLEANER = "cleaner"
    RULE = "rule"
    PERSON = "person"


class Likeness(StrEnum):
    """By what a rule for a site knows its blocks: by their place in the page, or by their very words."""

    PLACE = "place"
    WORDS = "words"


class Style(StrEnum):
    """How a run of characters inside a block is set."""

    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    LINK = "link"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    HIGHLIGHT = "highlight"


class AnchorState(StrEnum):
    """Where a mark stands after its place was checked."""

    PLACED = "placed"
    MOVED = "moved"
    APPROXIMATE = "approximate"
    UNPLACED = "unplaced"


class Colour(StrEnum):
    """The colours that a mark may have."""

    YELLOW = "yellow"
    RED = "red"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    GREY = "grey"


RELATIONS = ("supports", "contradicts", "cites", "copies", "corrects", "continues", "same-event")
"""The relations that are offered for a link; an archivist may type another."""
