"""Where a mark stands in an article now, and how sure that is.

A target and an article in, a ``Resolution`` out; from cheap to dear, and nothing is believed that the quote does not
prove.  *Placed* is said only of what cannot be another place; what is found is *moved* or *approximate*, for a person
to confirm; what could be two places is *unplaced*, with candidates to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive_viewer import limits
from archive_viewer.anchoring.sightings import Ground, Sighting, sight
from archive_viewer.model import AnchorState, Article, Target

SIMILAR = 0.8
"""Likeness from which on words count as the quote: one edit in five characters."""

MARGIN = 0.1
"""How much better than the next a place must be: two that are closer than this are two possible places."""

PLACED_CONTEXT = 0.6
"""Context that leaves a place undoubted where quote, position and the nearest characters are the same; a short quote
needs all of it (“The” still stood at the head of a page whose first sentence had gone)."""

SHORT_QUOTE_CONTEXT = 0.75
"""Context that a quote under ``limits.SHORTEST_GUESS`` needs: such words stand everywhere."""

SIMILAR_CONTEXT = 0.5
"""Context that merely similar words need."""


@dataclass(frozen=True)
class Resolution:
    """A mark's place as offsets of ``Article.text`` (None: unplaced); ``score`` from 0 to 1 is the evidence for it."""

    state: AnchorState
    start: int | None
    end: int | None
    score: float


@dataclass(frozen=True)
class Candidate:
    """A place where an unplaced mark may belong, as offsets of ``Article.text``."""

    start: int
    end: int
    score: float


NOWHERE = Resolution(AnchorState.UNPLACED, None, None, 0.0)


def resolve(target: Target, article: Article) -> Resolution:
    """Where ``target`` stands in ``article``.

    *Placed*: all blocks are those that were marked, whatever their fates are now (a mark keeps its place while both its
    end blocks are kept); or the text is the same; or the quote stands where it stood, undisturbed, and nowhere else as
    well.  *Moved*: the quote stands elsewhere.  *Approximate*: words within 20 % edits of it do.
    """
    return resolve_all([target], article)[0]


def resolve_all(targets: Iterable[Target], article: Article) -> list[Resolution]:
    """Where each of ``targets`` stands; cheaper than one by one for a text that has changed."""
    ground = Ground(article)
    return [
        _by_blocks(target, article) or _by_text(target, article) or _by_search(target, ground) for target in targets
    ]


def candidates(target: Target, article: Article, most: int = 5) -> list[Candidate]:
    """The places where ``target`` may belong, best first, for a person to choose from."""
    found = sight(target, Ground(article))[:most]
    return [Candidate(sighting.start, sighting.end, sighting.score) for sighting in found]


def _by_blocks(target: Target, article: Article) -> Resolution | None:
    """The blocks are the same, and at most their fates are not: mending moves a mark by a known amount.

    This is asked before the text: one of two equal blocks may have taken the other's place in the same text.
    """
    if target.blocks_sha256 != article.blocks_sha256:
        return None
    first, last = article.starts.get(target.first.n), article.starts.get(target.last.n)
    if first is None or last is None:
        return NOWHERE
    # A mark that ends with the newline after its last block may have lost it.
    start, end = first + target.first.offset, min(last + target.last.offset, len(article.text))
    return Resolution(AnchorState.PLACED, start, end, 1.0) if start < end else None


def _by_text(target: Target, article: Article) -> Resolution | None:
    start, end = target.position.start, target.position.end
    if target.text_sha256 == article.text_sha256 and article.text[start:end] == target.quote.exact:
        return Resolution(AnchorState.PLACED, start, end, 1.0)
    return None


def _by_search(target: Target, ground: Ground) -> Resolution:
    found = sight(target, ground)
    if not found:
        return NOWHERE
    best, *others = found
    rivals = [other for other in others if other.score > best.score - MARGIN]
    if rivals:
        # The place where it stood is worth a question; any other would be a guess.
        best = next((one for one in (best, *rivals) if _stands_still(one, target)), best)
        state = AnchorState.MOVED if _stands_still(best, target) and _is_credible(best, target) else None
    elif not _is_credible(best, target):
        state = None
    elif best.likeness < 1:
        state = AnchorState.APPROXIMATE
    elif _stands_still(best, target) and best.is_undisturbed and best.context >= _context_to_be_placed(target):
        state = AnchorState.PLACED
    else:
        state = AnchorState.MOVED
    if state is None:
        return Resolution(AnchorState.UNPLACED, None, None, best.score)
    return Resolution(state, best.start, best.end, best.score)


def _stands_still(sighting: Sighting, target: Target) -> bool:
    return sighting.is_verbatim and sighting.start == target.position.start


def _context_to_be_placed(target: Target) -> float:
    return PLACED_CONTEXT if len(target.quote.exact) >= limits.SHORTEST_GUESS else 1.0


def _is_credible(sighting: Sighting, target: Target) -> bool:
    """The words and what is around them are evidence enough for a person to be shown this place as the mark's."""
    if len(target.quote.exact) < limits.SHORTEST_GUESS:
        return sighting.likeness == 1 and sighting.context >= SHORT_QUOTE_CONTEXT
    return sighting.likeness == 1 or (sighting.likeness >= SIMILAR and sighting.context >= SIMILAR_CONTEXT)
