"""``find-source``: the passages of the library that hold what a text says.  Nothing here writes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive_viewer import limits
from archive_viewer.charset import decode
from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands, place, positive
from archive_viewer.errors import FileRefused
from archive_viewer.model import Agreement, QuoteSource
from archive_viewer.text import one_line

DONE, NOT_FOUND = 0, 2
DEFAULT_LIMIT = 10
MOST_BYTES = 4 * limits.QUOTE_CHARACTERS


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    finding = commands.add_parser(
        "find-source", parents=[common], help="find the passages that a quote, or most of it, was taken from"
    )
    which = finding.add_mutually_exclusive_group(required=True)
    which.add_argument("text", nargs="?", metavar="TEXT", help="the quote; - reads it from standard input")
    which.add_argument("--file", type=place, metavar="FILE", help="a text file that holds the quote")
    finding.add_argument("--limit", type=positive, default=DEFAULT_LIMIT, metavar="N")
    finding.set_defaults(run=_find)


def _find(options: argparse.Namespace) -> int:
    text = _quote(options)
    with opening.to_read(options) as library:
        found = library.find_source(text, options.limit)
        state = library.index_state()
    if state.sentence:
        printing.say(state.sentence)
    if len(text) > limits.QUOTE_CHARACTERS:
        printing.say(f"Only the first {limits.QUOTE_CHARACTERS:,} characters were looked for.")
    if not any(source.is_held for source in found):
        printing.say("No page of the library holds this quote." + ("  These come nearest." if found else ""))
    for source in found:
        if options.json:
            printing.json_line(_values(source))
            continue
        printing.line(f"{source.item.id}  {printing.summary(source.item)}")
        passage = source.passage
        printing.line(f"    {source.share:.0%} of the quote, characters {passage.start}–{passage.end}")
        printing.line(f"    … {one_line(f'{passage.before}[{passage.match}]{passage.after}')} …")
        for said in _differences(source):
            printing.line(f"      {said}")
    return DONE if any(source.is_held for source in found) else NOT_FOUND


def _quote(options: argparse.Namespace) -> str:
    if options.file is None and options.text != "-":
        return str(options.text)
    if options.file is None:
        return sys.stdin.read(limits.QUOTE_CHARACTERS + 1)
    return _read(options.file)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(MOST_BYTES)
    except OSError as error:
        raise FileRefused.unreadable(error) from error
    text, _ = decode(content, media_type="text/plain")
    return text


def _values(source: QuoteSource) -> dict[str, Any]:
    passage = source.passage
    return {
        "id": source.item.id,
        "title": source.item.title,
        "url": source.item.url or None,
        "published": source.item.published or None,
        "captured_at": source.item.captured_at or None,
        "held": source.is_held,
        "share": round(source.share, 4),
        "start": passage.start,
        "end": passage.end,
        "before": passage.before,
        "match": passage.match,
        "after": passage.after,
        "stretches": [
            {"agreement": one.agreement.value, "start": one.start, "end": one.end, "quoted": one.quoted}
            for one in source.stretches
        ],
    }


def _differences(source: QuoteSource) -> Iterator[str]:
    """What differs, one sentence each."""
    text, start = source.passage.match, source.passage.start
    for one in source.stretches:
        ours, quoted = one_line(text[one.start - start : one.end - start]), one_line(one.quoted)
        match one.agreement:
            case Agreement.CHANGED | Agreement.SPELLED | Agreement.ASIDE if ours:
                yield f"“{ours}” where the quote has “{quoted}”"
            case Agreement.MISSING:
                yield f"not in the source: “{quoted}”"
            case Agreement.ADDED:
                yield f"only in the source: “{ours}”"
