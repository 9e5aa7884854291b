"""The nouns: what passes between the rooms, as frozen values.

Nothing here reads, writes or decides; the module is separate so that every room can speak of an article, a mark
or a link without knowing any other room.  Offsets count Unicode code points of ``Article.text`` unless a field
says otherwise; times are UTC in ISO 8601 (``2021-11-21T10:00:00Z``), a publication date may be shorter
(``2021-11-21``, ``2021-11``, ``2021``).
"""

from archive_viewer.model.answers import Claim, Excerpt, Hit, LinkEnd, NearDuplicate, Passage, ReportEntry
from archive_viewer.model.articles import Article, Block, Cell, Override, Picture, SiteRule, Span
from archive_viewer.model.captures import Capture, Download, Fact, Resource, SavedFile
from archive_viewer.model.holdings import (
    EVENT_TYPES,
    Accession,
    Deaccession,
    Event,
    ImportLine,
    Item,
    Original,
    Recleaning,
)
from archive_viewer.model.marks import (
    STRIPPED_WORDS,
    STRIPPED_WORDS_OF_SEVERAL,
    Annotation,
    BlockPoint,
    ForeignMark,
    Link,
    Target,
    TextPositionSelector,
    TextQuoteSelector,
)
from archive_viewer.model.terms import (
    LINE_BREAK,
    PICTURE,
    RELATIONS,
    AnchorState,
    Colour,
    Decider,
    Fate,
    Format,
    Kind,
    Likeness,
    Reason,
    Source,
    Style,
)

__all__ = [
    "EVENT_TYPES",
    "LINE_BREAK",
    "PICTURE",
    "RELATIONS",
    "STRIPPED_WORDS",
    "STRIPPED_WORDS_OF_SEVERAL",
    "Accession",
    "AnchorState",
    "Annotation",
    "Article",
    "Block",
    "BlockPoint",
    "Capture",
    "Cell",
    "Claim",
    "Colour",
    "Deaccession",
    "Decider",
    "Download",
    "Event",
    "Excerpt",
    "Fact",
    "Fate",
    "ForeignMark",
    "Format",
    "Hit",
    "ImportLine",
    "Item",
    "Kind",
    "Likeness",
    "Link",
    "LinkEnd",
    "NearDuplicate",
    "Original",
    "Override",
    "Passage",
    "Picture",
    "Reason",
    "Recleaning",
    "ReportEntry",
    "Resource",
    "SavedFile",
    "SiteRule",
    "Source",
    "Span",
    "Style",
    "Target",
    "TextPositionSelector",
    "TextQuoteSelector",
]
