"""Passages found again: a mark's description, and its place in a text that may have changed.

``describe`` turns offsets into a ``Target``; ``resolve`` finds it again and says how sure that is; ``find_quote`` and
``compare`` judge words that somebody typed or exported.  Pure: articles and values in, values out.
"""

from archive_viewer.anchoring.description import describe, describe_blocks
from archive_viewer.anchoring.quote_match import compare, find_quote
from archive_viewer.anchoring.resolution import Candidate, Resolution, candidates, resolve, resolve_all

__all__ = [
    "Candidate",
    "Resolution",
    "candidates",
    "compare",
    "describe",
    "describe_blocks",
    "find_quote",
    "resolve",
    "resolve_all",
]
