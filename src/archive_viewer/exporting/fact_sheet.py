"""A sheet of facts that opens anywhere and prints well: the provenance of a page, the finding aid of a unit.

Headings, named values with their sources, and lists of what is in something come in; a web page of its own (no script,
nothing loaded, forbidden by its own policy) or plain text goes out.  Separate from the excerpts, because a sheet is
read and never read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape as escape_markup

from archive_viewer.exporting.excerpts import PROGRAM
from archive_viewer.exporting.html import POLICY
from archive_viewer.exporting.html_style import STYLE

HEADINGS = 6
INDENT = "    "

SHEET_STYLE = """\
h2, h3, h4, h5, h6 { margin: 2rem 0 .5rem; border: 0; padding: 0; }
h3 { font-size: 1.15rem; } h4, h5, h6 { font-size: 1rem; }
dt { margin-top: .6rem; color: var(--faint); font-size: .9rem; }
dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.doubt { font-style: italic; }
.code { font: .85em/1.4 ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace; }
ul.held { list-style: none; padding: 0; }
ul.held li { margin: .35rem 0; overflow-wrap: anywhere; }
"""


@dataclass(frozen=True)
class Entry:
    """A named value; ``source`` and ``doubt`` are sentences or empty.  ``is_code``: a checksum or the like."""

    name: str
    value: str
    source: str = ""
    doubt: str = ""
    is_code: bool = False


@dataclass(frozen=True)
class Held:
    """Something that is in what a part describes: its reference ``code``, title and what else is told of it.

    ``target`` is where a link leads: the ``anchor`` of another part with ``#`` in front, or whatever the reader of the
    sheet makes of it; empty for no link.
    """

    code: str
    title: str
    told: str = ""
    target: str = ""


@dataclass(frozen=True)
class Part:
    """A heading with what stands below it; without a title it belongs to the whole sheet.

    ``depth`` 0 is the widest; ``note`` is a sentence at the end.
    """

    title: str
    entries: tuple[Entry, ...] = ()
    held: tuple[Held, ...] = ()
    depth: int = 0
    anchor: str = ""
    note: str = ""


@dataclass(frozen=True)
class FactSheet:
    """A whole sheet; ``subtitle`` says what kind it is."""

    title: str
    subtitle: str
    parts: tuple[Part, ...]


def page(sheet: FactSheet, language: str = "en") -> str:
    """A whole web page; links that lead out of it are left out."""
    return (
        f'<!DOCTYPE html>\n<html lang="{_safe(language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{_safe(sheet.title)}</title>\n"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n'
        f'<meta name="generator" content="{PROGRAM}">\n<style>\n{STYLE}{SHEET_STYLE}</style>\n</head>\n<body>\n<main>\n'
        f"{body(sheet, has_links_out=False)}</main>\n</body>\n</html>\n"
    )


def body(sheet: FactSheet, *, has_links_out: bool = True) -> str:
    """The elements of a sheet without the page around them; ``has_links_out``: links lead out of it as well."""
    return "".join(_body(sheet, has_links_out))


def text(sheet: FactSheet) -> str:
    """The sheet as plain text, line by line."""
    lines = [sheet.title, "=" * len(sheet.title), *([sheet.subtitle] if sheet.subtitle else [])]
    for part in sheet.parts:
        lines += ["", part.title, "-" * len(part.title)] if part.title else [""]
        for entry in part.entries:
            first, *more = entry.value.splitlines() or [""]
            lines += [f"{entry.name}: {first}", *(INDENT + line for line in more)]
            lines += [f"{INDENT}({said})" for said in (entry.source, entry.doubt) if said]
        lines += ["  ".join(filter(None, (one.code, one.title, one.told))) for one in part.held]
        lines += [part.note] if part.note else []
    return "\n".join(lines) + "\n"


def _body(sheet: FactSheet, has_links_out: bool) -> Iterator[str]:
    yield f'<h1 dir="auto">{_safe(sheet.title)}</h1>\n'
    if sheet.subtitle:
        yield f'<p class="extent">{_safe(sheet.subtitle)}</p>\n'
    for part in sheet.parts:
        rank = min(part.depth + 2, HEADINGS)
        anchor = f' id="{_safe(part.anchor)}"' if part.anchor else ""
        if part.title:
            yield f'<h{rank}{anchor} dir="auto">{_safe(part.title)}</h{rank}>\n'
        if part.entries:
            yield "<dl>\n"
            for entry in part.entries:
                look = ' class="code"' if entry.is_code else ""
                yield f'<dt>{_safe(entry.name)}</dt>\n<dd{look} dir="auto">{_lines(entry.value)}</dd>\n'
                yield f'<dd class="source">{_safe(entry.source)}</dd>\n' if entry.source else ""
                yield f'<dd class="doubt">{_safe(entry.doubt)}</dd>\n' if entry.doubt else ""
            yield "</dl>\n"
        if part.held:
            yield '<ul class="held">\n'
            for one in part.held:
                code = f'<span class="label">{_safe(one.code)}</span> ' if one.code else ""
                told = f' <span class="facts">{_safe(one.told)}</span>' if one.told else ""
                is_link = one.target.startswith("#") or (one.target and has_links_out)
                title = f"<bdi>{_safe(one.title)}</bdi>"
                title = f'<a href="{_safe(one.target)}">{title}</a>' if is_link else title
                yield f"<li>{code}{title}{told}</li>\n"
            yield "</ul>\n"
        if part.note:
            yield f'<p class="facts">{_safe(part.note)}</p>\n'


def _lines(value: str) -> str:
    return "<br>".join(_safe(line) for line in value.splitlines())


def _safe(words: str) -> str:
    """Text for an element or an attribute; a null would be read as the file's end."""
    return escape_markup(words.replace("\0", "\ufffd")).replace("\r", "&#13;")
