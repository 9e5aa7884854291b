"""``annotate``, ``link``, ``reread``, ``undo``, ``redo``, ``delete``, ``restore``: each act one step."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands
from archive_viewer.library import Library
from archive_viewer.model import RELATIONS, Colour

DONE = 0


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    annotate = commands.add_parser("annotate", parents=[common], help="mark the words of a page")
    annotate.add_argument("id", metavar="ID")
    annotate.add_argument("--quote", required=True, metavar="T", help="the words to mark")
    annotate.add_argument("--occurrence", type=int, metavar="N", help="which of them, from 1, where there are several")
    annotate.add_argument("--note", default="", metavar="T")
    annotate.add_argument("--tag", action="append", default=[], metavar="T")
    colours = [colour.value for colour in Colour]
    annotate.add_argument("--colour", choices=colours, default=Colour.YELLOW.value)
    annotate.set_defaults(run=_annotate)

    link = commands.add_parser("link", parents=[common], help="tie a mark or page to another")
    link.add_argument("from_id", metavar="A")
    link.add_argument("to_id", metavar="B")
    link.add_argument("--relation", required=True, metavar="R", help=f"{', '.join(RELATIONS)}, or your own")
    link.add_argument("--note", default="", metavar="T")
    link.set_defaults(run=_link)

    reread = commands.add_parser("reread", parents=[common], help="read a page again in another character set")
    reread.add_argument("id", metavar="ID")
    reread.add_argument(
        "--charset", required=True, metavar="LABEL", help="such as Shift_JIS; an empty one: as the program finds it"
    )
    reread.set_defaults(run=_reread)

    for name, what in (("undo", "take back the last act"), ("redo", "do again what was undone last")):
        turning = commands.add_parser(name, parents=[common], help=what)
        turning.set_defaults(run=_undo if name == "undo" else _redo)

    for name, what in (("delete", "put pages into the bin"), ("restore", "take pages out of the bin")):
        moving = commands.add_parser(name, parents=[common], help=what)
        moving.add_argument("ids", nargs="+", metavar="ID")
        moving.set_defaults(run=_delete if name == "delete" else _restore)
        if name == "delete":
            moving.add_argument(
                "--for-good", action="store_true", help="delete pages that are in the bin; cannot be undone"
            )


def _annotate(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        colour = Colour(options.colour)
        mark = library.annotate_quote(options.id, options.quote, options.occurrence, colour, options.note, options.tag)
        opening.keep_index(library)
    if options.json:
        printing.json_line(printing.annotation_values(mark))
    else:
        printing.line(mark.id)
    return DONE


def _link(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        link = library.link(options.from_id, options.to_id, options.relation, options.note)
    if options.json:
        printing.json_line(printing.link_values(link))
    else:
        printing.line(link.id)
    return DONE


def _reread(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        item = library.reread(options.id, options.charset)
        opening.keep_index(library)
    if options.json:
        printing.json_line(printing.item_values(item))
    else:
        fact = item.facts["charset"]
        printing.line(f"{item.charset} ({fact.source}, {fact.origin}): {printing.summary(item)}")
        if fact.doubt:
            printing.say(fact.doubt)
    return DONE


def _undo(options: argparse.Namespace) -> int:
    return _turn(options, Library.undo)


def _redo(options: argparse.Namespace) -> int:
    return _turn(options, Library.redo)


def _turn(options: argparse.Namespace, turn: Callable[[Library], str]) -> int:
    with opening.to_write(options) as library:
        act = turn(library)
        opening.keep_index(library)
    if options.json:
        printing.json_line({"act": act})
    else:
        printing.line(act)
    return DONE


def _delete(options: argparse.Namespace) -> int:
    if options.for_good:
        return _delete_for_good(options)
    return _move(options, Library.delete_items)


def _restore(options: argparse.Namespace) -> int:
    return _move(options, Library.restore_items)


def _delete_for_good(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        ids = list(dict.fromkeys(options.ids))
        items = library.items(ids)
        library.delete_for_good(ids)
        opening.keep_index(library)
    for item in items:
        if options.json:
            printing.json_line({**printing.item_values(item), "deleted": "for good"})
        else:
            printing.line(f"deleted for good: {printing.summary(item)}")
    return DONE


def _move(options: argparse.Namespace, move: Callable[[Library, list[str]], None]) -> int:
    with opening.to_write(options) as library:
        ids = list(dict.fromkeys(options.ids))
        move(library, ids)
        opening.keep_index(library)
        items = library.items(ids)
    for item in items:
        if options.json:
            printing.json_line(printing.item_values(item))
        else:
            printing.line(f"{'in the bin' if item.deleted_at else 'restored'}: {printing.summary(item)}")
    return DONE
