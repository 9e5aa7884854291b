"""Who did it: the agents that an event names, in the words of PREMIS 3 (section 3: Agents).

An event without them in, one with them out.  Separate because all parts of a library tell of their
acts, and name the same agents.
"""

from __future__ import annotations

from archive_viewer import __version__, settings
from archive_viewer.model import Event

AGENT = f"Archive Viewer {__version__}"
"""The program that did it."""

OF_PERSONS = ("ingestion", "metadata modification", "packing", "dissemination", "deaccession", "deletion")
"""Kinds of events that happen only because somebody wants them; the others the program makes by itself, or may."""


def event(id: str, type: str, at: str, object_id: str, outcome: str, detail: str) -> Event:
    """Something that this program did just now, for the person whom the operating system knows, or by itself."""
    person = settings.account_name() if type in OF_PERSONS else ""
    return Event(id, type, at, object_id, AGENT, outcome, detail, person)
