"""The sentences that tell of lost or changed bytes, and how one is told from the other warnings.

A warning in, yes or no out.  Separate because readers write these sentences, and library, window and command line must
know them again wherever they are kept or sent: a warning is a plain sentence everywhere, also for whoever reads JSON.
"""

from __future__ import annotations

PAGE_ALTERED = "The bytes of this page are not those that its archive states a digest of: they were altered or damaged."
RECORD_CUT_OFF = "The record of this page is damaged or cut off; it was read as far as it goes."
FILE_CUT_OFF = "This file is damaged or cut off; it was read as far as that is possible."
WITHOUT_END = "This file has no end: it may have been cut off.  It was read as far as it goes."
MEMBERS_ALTERED = "Files of this archive have been altered or damaged since it was made"
MEMBERS_MISSING = "Files that this archive lists are missing from it"
MEMBER_DAMAGED = "in this archive is damaged"
PARTLY_READ = "Only a part of this file could be read."

PICTURES_MISSING = "is missing: its pictures cannot be shown"
"""No damage to the page's own bytes, but to what belongs to it."""

_TELLING = (
    PAGE_ALTERED,
    RECORD_CUT_OFF,
    FILE_CUT_OFF,
    WITHOUT_END,
    MEMBERS_ALTERED,
    MEMBERS_MISSING,
    MEMBER_DAMAGED,
    PARTLY_READ,
)


def is_told_by(warning: str) -> bool:
    """Whether a warning says that bytes are lost or changed.  It may have words before it: of which member it is."""
    return any(telling in warning for telling in _TELLING)


def is_of_pictures(warning: str) -> bool:
    """Whether a warning says that what a page shows was not saved with it."""
    return PICTURES_MISSING in warning
