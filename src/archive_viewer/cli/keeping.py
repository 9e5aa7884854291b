"""``accession``, ``events``, ``fixity``, ``deaccession``: what came from whom, what happened, whether it is whole.

Options in, an answer and an exit code out; the acts are the library's own.
"""

from __future__ import annotations

import argparse

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands, place, positive
from archive_viewer.cli.printing import counted
from archive_viewer.errors import BadAccount
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.upkeep import check_fixity
from archive_viewer.library import FixityResult, Library

DONE, FAILED_CHECK = 0, 3
SHA256_DIGITS, SHA256_SHOWN = 64, 12


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    accession = commands.add_parser("accession", parents=[common], help="say where an import comes from")
    accession.add_argument("accession", metavar="ACCESSION", help="its number (2026-001) or its id; see “accessions”")
    accession.add_argument("--acquired-from", metavar="T", help="who gave it")
    accession.add_argument("--custodial-history", metavar="T", help="who had it before")
    accession.add_argument("--note", metavar="T")
    accession.add_argument("--accrues-to", metavar="ACCESSION", help="the earlier one that it adds to; empty: none")
    accession.set_defaults(run=_accession)

    events = commands.add_parser("events", parents=[common], help="list what happened, oldest first")
    events.add_argument("--item", metavar="ID", help="only to this page and its stored files")
    events.add_argument("--type", default="", metavar="T", help="such as “fixity check” or “ingestion”")
    events.add_argument("--since", default="", metavar="D", help="a day or moment, such as 2026-11 or 2026-11-30")
    events.add_argument("--until", default="", metavar="D", help="the same; that day is still in")
    events.add_argument("--outcome", default="", choices=("success", "failure"))
    events.add_argument("--limit", type=positive, metavar="N", help="only the last N")
    events.add_argument("--premis", type=place, metavar="FILE", help="write them as PREMIS 3 XML instead")
    events.set_defaults(run=_events)

    fixity = commands.add_parser("fixity", parents=[common], help="check stored files, or put damaged ones back")
    fixity.add_argument("--item", action="append", metavar="ID", help="only of this page; may be given often")
    what = fixity.add_mutually_exclusive_group()
    what.add_argument("--due", action="store_true", help="only those that nobody has read for the days set")
    what.add_argument("--sha512", action="store_true", help="give a SHA-512 to those that have none")
    what.add_argument(
        "--repair", type=place, metavar="PLACE", help="put back what fails from this file, or from a folder of copies"
    )
    what.add_argument("--every", type=int, metavar="DAYS", help="check by itself after so many days; 0: never")
    fixity.set_defaults(run=_fixity)

    deaccession = commands.add_parser(
        "deaccession", parents=[common], help="give pages up, for good, with a record; without an ID: list the records"
    )
    deaccession.add_argument("ids", nargs="*", metavar="ID")
    deaccession.add_argument("--reason", default="", metavar="T", help="why")
    deaccession.add_argument("--by", default="", metavar="NAME", help="who decides (default: you)")
    deaccession.set_defaults(run=_deaccession)


def _accession(options: argparse.Namespace) -> int:
    said = {
        "acquired_from": options.acquired_from,
        "custodial_history": options.custodial_history,
        "note": options.note,
        "accrues_to": options.accrues_to,
    }
    is_changing = any(value is not None for value in said.values())
    with opening.to_write(options) if is_changing else opening.to_read(options) as library:
        if is_changing:
            library.change_accession(options.accession, **said)
        accession, accruals = library.accession(options.accession), library.accruals(options.accession)
        earlier = library.accession(accession.accrues_to).number if accession.accrues_to else ""
    if options.json:
        values = printing.accession_values(accession)
        printing.json_line({**values, "accrues_to": earlier or None, "accruals": [one.number for one in accruals]})
        return DONE
    printing.line(f"{accession.number}  {accession.created_at}  {accession.state}  {', '.join(accession.source)}")
    for name, value in (
        ("acquired from", accession.acquired_from),
        ("custodial history", accession.custodial_history),
        ("note", accession.note),
        ("adds to", earlier),
        ("added to by", ", ".join(one.number for one in accruals)),
    ):
        if value:
            printing.line(f"  {name}: {value}")
    return DONE


def _events(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        object_id = library.item(options.item).id if options.item is not None and _is_held(library, options) else None
        chosen = {
            "type": options.type,
            "since": options.since,
            "until": options.until,
            "outcome": options.outcome,
            "with_files": object_id is not None,
        }
        object_id = object_id or options.item
        if options.premis is not None:
            if options.limit is not None:
                raise BadAccount("--premis writes all events that are asked for, and goes with no --limit.")
            count = library.export_events(options.premis, object_id, **chosen)
            if options.json:
                printing.json_line({"path": str(options.premis), "events": count})
            else:
                printing.say(f"{counted(count, 'event')} written to {options.premis}.")
            return DONE
        found = library.events(object_id, limit=options.limit, newest_first=True, **chosen)
        names = library.object_names(list(dict.fromkeys(event.object_id for event in found)))
    for event in reversed(found):
        if options.json:
            printing.json_line({**printing.event_values(event), "object": event.object_id})
        else:
            failed = "" if event.outcome == "success" else f"  {event.outcome}"
            by = f"  by {event.person}" if event.person else ""
            about = _about(event.object_id, names.get(event.object_id, ""))
            printing.line(f"{event.at}  {event.type}{failed}{by}  {about}  {event.detail}")
    return DONE


def _about(object_id: str, name: str) -> str:
    """What an event is about: a stored file by its name, of which there may be several, with the checksum's beginning;
    all else by its id, which other commands take, and its name."""
    if not name:
        return object_id
    is_file = len(object_id) == SHA256_DIGITS
    return f"{name} ({object_id[:SHA256_SHOWN]}…)" if is_file else f"{object_id} “{name}”"


def _fixity(options: argparse.Namespace) -> int:
    if options.every is not None:
        if options.item is not None:
            raise BadAccount("--every is about all stored files, and goes with no --item.  Nothing was changed.")
        with opening.to_write(options) as library:
            library.set_fixity_days(options.every)
            state = library.fixity_state()
        if options.json:
            printing.json_line(vars(state))
        else:
            printing.say(f"{counted(state.files, 'stored file')}, {state.due:,} due.")
        return DONE
    return _repair(options) if options.repair is not None else _check(options)


def _check(options: argparse.Namespace) -> int:
    failed = total = 0
    with opening.to_write(options, "owner-if-free") as library:
        ids = [library.item(id).id for id in options.item] if options.item is not None else None
        for result in check_fixity(library, Job(), ids, only_due=options.due, with_sha512=options.sha512):
            total += 1
            failed += result.result != "ok"
            _print(options, result, is_worth_a_line=result.result != "ok")
    printing.say(f"{counted(total, 'stored file')} checked, {failed:,} failed.")
    return FAILED_CHECK if failed else DONE


def _repair(options: argparse.Namespace) -> int:
    with opening.to_write(options) as library:
        ids = [library.item(id).id for id in options.item] if options.item is not None else None
        # What is damaged and was not checked since is found first.
        for _ in check_fixity(library, Job(), ids):
            pass
        count = 0
        for result in library.repair_from(options.repair):
            count += 1
            _print(options, result, is_worth_a_line=True)
        left = library.failed_originals()
        for result in left:
            _print(options, result, is_worth_a_line=True)
    printing.say(f"{counted(count, 'stored file')} put back, {len(left):,} still failing.")
    return FAILED_CHECK if left else DONE


def _print(options: argparse.Namespace, result: FixityResult, *, is_worth_a_line: bool) -> None:
    if options.json:
        printing.json_line(printing.fixity_values(result))
    elif is_worth_a_line:
        printing.line(f"{result.result}: {result.file_name} ({result.sha256})")


def _deaccession(options: argparse.Namespace) -> int:
    if not options.ids and (options.reason or options.by):
        raise BadAccount("Say which pages are given up, by their ids.")
    if options.ids:
        with opening.to_write(options) as library:
            records = library.deaccession(options.ids, options.reason, options.by)
            opening.keep_index(library)
    else:
        with opening.to_read(options) as library:
            records = library.deaccessions()
    for record in records:
        if options.json:
            printing.json_line(printing.deaccession_values(record))
        else:
            printing.line(f"{record.at}  {record.title}  {record.url}  {record.by}: {record.reason}")
    return DONE


def _is_held(library: Library, options: argparse.Namespace) -> bool:
    """Whether there is such a page; one that was given up has its events still."""
    return bool(library.items([options.item])) or not library.count_events(options.item)
