"""The forms of export, a plain list: a new form is one file beside this one and one line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from archive_viewer.errors import UnknownForm
from archive_viewer.exporting import html, jsonld, markdown
from archive_viewer.model import Excerpt


@dataclass(frozen=True)
class Exporter:
    """A form of export: its token, what it is called, its files' suffix (with the dot), and what writes it.

    ``write`` leaves the stream open; what it raises is the stream's own (``OSError``: a full disk).
    """

    format: str
    label: str
    suffix: str
    write: Callable[[Sequence[Excerpt], BinaryIO], None]


EXPORTERS: list[Exporter] = [
    Exporter("md", "Markdown", ".md", markdown.write),
    Exporter("html", "Web page (one file)", ".html", html.write),
    Exporter("jsonld", "Web Annotations (JSON-LD)", ".jsonld", jsonld.write),
]


def exporter_of(format: str) -> Exporter:
    """The exporter whose token is ``format``.

    :raises UnknownForm: there is none; the sentence names those that there are.
    """
    for exporter in EXPORTERS:
        if exporter.format == format:
            return exporter
    raise UnknownForm(format, [exporter.format for exporter in EXPORTERS])
