"""Rules for sites: a person's decision about a block, carried to its like on every page of the site.

Articles and rules in, rules and articles out.  Separate from mending, which finds one block of one page again: a rule
never knows its page, and what a person says of one page goes before what they said of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive_viewer.errors import BadPassage, UnknownParagraph
from archive_viewer.model import PICTURE, Article, Block, Decider, Fate, Likeness, Reason, SiteRule
from archive_viewer.text import digest, one_line

SAMPLE_CHARACTERS = 120


def keys_of(article: Article, ns: Sequence[int], likeness: Likeness) -> tuple[str, ...]:
    """By what the blocks with these paragraph numbers are known on other pages.

    :raises UnknownId: the article has no such block.
    :raises BadPassage: there is nothing by which they could be known: no place in a template, or no words.
    """
    if not all(1 <= n <= len(article.blocks) for n in ns):
        raise UnknownParagraph(*ns)
    blocks = [article.blocks[n - 1] for n in ns]
    keys = tuple(dict.fromkeys(filter(None, (_key(block, likeness) for block in blocks))))
    if not keys:
        raise BadPassage(
            "This paragraph has no words by which it would be known on other pages."
            if likeness is Likeness.WORDS
            else "A page that is plain text has no places by which a paragraph would be known on other pages."
        )
    return keys


def sample_of(article: Article, ns: Sequence[int]) -> str:
    """The first words of these blocks, to show which were meant."""
    words = one_line(" / ".join(article.blocks[n - 1].text.replace(PICTURE, "") for n in ns))
    return words if len(words) <= SAMPLE_CHARACTERS else words[: SAMPLE_CHARACTERS - 1] + "…"


def apply(article: Article, rules: Iterable[SiteRule]) -> Article:
    """The article with the rules laid over what the cleaner chose; the later of two for one block holds."""
    fates: dict[Likeness, dict[str, Fate]] = {likeness: {} for likeness in Likeness}
    order: dict[tuple[Likeness, str], int] = {}
    for number, rule in enumerate(rules):
        for key in rule.keys if rule.is_on else ():
            fates[rule.likeness][key] = rule.fate
            order[rule.likeness, key] = number
    if not order:
        return article
    places, words = fates[Likeness.PLACE], fates[Likeness.WORDS]

    def ruled(block: Block) -> Block:
        found = []
        if block.signature in places:
            found.append((order[Likeness.PLACE, block.signature], places[block.signature]))
        if words and (key := digest(block.text)) in words:
            found.append((order[Likeness.WORDS, key], words[key]))
        return _decided(block, max(found)[1]) if found else block

    return replace(article, blocks=tuple(ruled(block) for block in article.blocks))


def _key(block: Block, likeness: Likeness) -> str:
    if likeness is Likeness.PLACE:
        return block.signature
    return digest(block.text) if block.text.strip() else ""


def _decided(block: Block, fate: Fate) -> Block:
    reason = None if fate is Fate.KEPT else block.reason or Reason.OTHER
    return replace(block, fate=fate, reason=reason, confidence=1.0, decided_by=Decider.RULE)
