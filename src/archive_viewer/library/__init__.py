"""The door to everything stored: ``Library``, the only one who knows that there are a database, an index and files.

``core`` holds the frame (steps, undo, news), and each other file a part: what is held, what a person does to it, how
pages come in, how they are found, arranged and described, how they are accounted for, how excerpts and whole holdings
go out, what is still to be done.
"""

from archive_viewer.library.accounts import (
    Choice,
    Conflict,
    Difference,
    GivenBack,
    MergePlan,
    Packed,
)
from archive_viewer.library.door import Library
from archive_viewer.library.places import is_library
from archive_viewer.library.values import (
    Access,
    Attention,
    CaptureDate,
    Changes,
    Completion,
    Facet,
    Facets,
    FacetValue,
    FixityResult,
    FixityState,
    Glimpse,
    Group,
    IndexState,
    Order,
    Overview,
    Reading,
    RuleEffect,
    Scope,
    Task,
    Verdict,
)
from archive_viewer.storage.bag_reading import Bag

__all__ = [
    "Access",
    "Attention",
    "Bag",
    "CaptureDate",
    "Changes",
    "Choice",
    "Completion",
    "Conflict",
    "Difference",
    "Facet",
    "FacetValue",
    "Facets",
    "FixityResult",
    "FixityState",
    "GivenBack",
    "Glimpse",
    "Group",
    "IndexState",
    "Library",
    "MergePlan",
    "Order",
    "Overview",
    "Packed",
    "Reading",
    "RuleEffect",
    "Scope",
    "Task",
    "Verdict",
    "is_library",
]
