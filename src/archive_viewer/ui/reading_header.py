"""What stands over an article: whose page it is, who wrote it, when it was published and when it was captured.

Facts of the item in, lines for the document out.  Separate because these lines are ours, not the page's: they belong
to no offset, are never marked or searched, and repeat nothing that the article says itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from archive_viewer.model import Article, Kind
from archive_viewer.text import fold
from archive_viewer.ui import wording
from archive_viewer.ui.article_document import HeaderLine

LONGEST_ADDRESS = 90
OPENING = 800
"""Characters of the article in which its title and authors are looked for."""


@dataclass(frozen=True)
class ReadingHeader:
    """Facts over a text; empty where nothing is known.  ``published`` and ``captured`` are ISO 8601, ``doubt`` is a
    sentence about them, ``damage`` one about the bytes."""

    title: str = ""
    authors: tuple[str, ...] = ()
    site: str = ""
    published: str = ""
    captured: str = ""
    url: str = ""
    doubt: str = ""
    damage: str = ""


def lines(header: ReadingHeader, article: Article) -> list[HeaderLine]:
    """The lines to print, leaving out the title and the authors where the article begins with them."""
    opening = fold(article.text[:OPENING])
    dates = (wording.published(header.published), wording.captured(header.captured))
    # A date is not broken at the end of a line.
    made = [HeaderLine(wording.joined(header.site, *(date.replace(" ", "\N{NO-BREAK SPACE}") for date in dates)))]
    if header.url:
        made.append(HeaderLine(_shorten(header.url), tone="link", target=header.url))
    if header.doubt:
        said = QCoreApplication.translate("ReadingHeader", "In doubt: {reason}").format(reason=header.doubt)
        made.append(HeaderLine(said, tone="warning"))
    if header.damage:
        made.append(HeaderLine(header.damage, tone="warning"))
    if header.title and fold(header.title) not in opening:
        made.append(HeaderLine(header.title, Kind.TITLE, tone="ink"))
    authors = [name for name in header.authors if fold(name) not in opening]
    made.append(HeaderLine(", ".join(authors)))
    return [line for line in made if line.text]


def _shorten(url: str) -> str:
    bare = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return bare if len(bare) <= LONGEST_ADDRESS else bare[: LONGEST_ADDRESS - 1] + "…"
