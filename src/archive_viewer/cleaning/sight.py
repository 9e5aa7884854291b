"""What is known of a page when its blocks are to be chosen.

Values only; separate so that they can be gathered without the libraries that the choice needs.
"""

from __future__ import annotations

from dataclasses import dataclass

from archive_viewer.cleaning.drafts import Page
from archive_viewer.cleaning.front_matter import FrontMatter
from archive_viewer.cleaning.naming import Clues
from archive_viewer.cleaning.rulings import Ruling


@dataclass(frozen=True)
class Sight:
    """A page's blocks and elements, its title and byline, what it says of itself, and what the rules say of it."""

    page: Page
    front: FrontMatter
    clues: Clues
    ruling: Ruling
