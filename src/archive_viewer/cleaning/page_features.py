"""Page features: what a page as a whole says of its nature, the same for all of its blocks.

A page with its address and its own statements in, named numbers out.  Separate from the features of single blocks.
The patterns of addresses name what sites call their parts, in the English that addresses are mostly written in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.naming import Clues
from archive_viewer.model import Kind

_ADDRESSES: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("forum", r"forum|community|thread|topic|discuss|/t/|/questions?/|/answers|viewtopic|showthread|/comments/"),
        ("product", r"/products?/|/p/|/dp/|/item|/shop/|/buy"),
        ("collection", r"/collections?/|/categor|/c/|/shop/?$|/store|/browse|/brands?/"),
        (
            "manual",
            r"docs?\.|/docs?/|documentation|/api|/reference|/manual|/wiki|/guide|/tutorial|developer|readthedocs|/help",
        ),
        ("service", r"/services?|/solutions?|/features?|/pricing|/platform|/product$|/software"),
        ("news", r"/blog|/news|/article|/post|/20\d\d/|/stor(?:y|ies)|/magazine|/insights"),
    )
}
_TYPES: Mapping[str, frozenset[str]] = {
    "article": frozenset({"article", "newsarticle", "blogposting"}),
    "product": frozenset({"product"}),
    "forum": frozenset({"discussionforumposting", "qapage", "question"}),
    "collection": frozenset({"collectionpage", "itemlist", "productcollection"}),
}
_OF_POSTS = frozenset("comment comments post posts reply message answer topic thread".split())
_OF_PRODUCTS = frozenset("product products price cart sku".split())
_COUNTED = ("article", "main", "form", "pre", "table", "section")
_BY_BLOCK = ("li", "p")


def measure(page: Page, front: FrontMatter, clues: Clues, names: Sequence[frozenset[str]]) -> dict[str, float]:
    """The numbers of a page with at least one block."""
    tags = Counter(node.tag for node in page.nodes)
    ranks = Counter(draft.level for draft in page.drafts if draft.kind is Kind.HEADING)
    path = _path(clues.url)
    return {
        **{f"{tag} elements": tags[tag] for tag in _COUNTED},
        **{f"{tag} elements by block": tags[tag] / len(page.drafts) for tag in _BY_BLOCK},
        **{f"headings of rank {rank}": ranks[rank] for rank in (1, 2, 3)},
        "names of posts": sum(bool(words & _OF_POSTS) for words in names) / len(names),
        "names of products": sum(bool(words & _OF_PRODUCTS) for words in names) / len(names),
        **{f"stated {name}": bool(clues.types & types) for name, types in _TYPES.items()},
        "og:type article": clues.kind == "article",
        "og:type product": "product" in clues.kind,
        "address folders": path.count("/"),
        "address length": len(path),
        "address of a folder": path.endswith("/"),
        "address digits": sum(map(str.isdigit, path)),
        "address hyphens": path.count("-"),
        **{f"address of {name}": pattern.search(clues.url) is not None for name, pattern in _ADDRESSES.items()},
        "has title": front.title is not None,
        "has byline": front.byline is not None,
    }


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
