"""``arrange`` and ``describe``: the tree that an archivist makes, and what is said of units and pages."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands
from archive_viewer.cli.printing import counted
from archive_viewer.errors import BadDescription, UnknownId
from archive_viewer.library import Library
from archive_viewer.model import ArrangementPlan, How, Unit, Value
from archive_viewer.text import fold

DONE, WRONG = 0, 2
RULES = ("site", "year", "folder")

GOES_WITH = {
    "within": ("--in", ("add", "by")),
    "to": ("--to", ("move",)),
    "before": ("--before", ("add", "move")),
    "level": ("--level", ("add", "rename")),
    "code": ("--code", ("add", "rename")),
    "dry_run": ("--dry-run", ("by",)),
}
"""Options that say something of an act only: as they are written, and of which acts."""


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    arrange = commands.add_parser(
        "arrange",
        parents=[common],
        help="show the arrangement, or change it",
        epilog="UNIT is the id of a unit, or its reference code.",
    )
    act = arrange.add_mutually_exclusive_group()
    act.add_argument("--add", metavar="TITLE", help="make a unit")
    act.add_argument("--move", nargs="+", metavar="ID", help="bring pages or units elsewhere (--to)")
    act.add_argument("--by", choices=RULES, help="arrange pages by a rule (--dry-run: only say how)")
    act.add_argument("--rename", nargs=2, metavar=("UNIT", "TITLE"), help="give a unit another title")
    act.add_argument("--renumber", nargs="?", const="", metavar="UNIT", help="build the reference codes anew")
    act.add_argument("--remove", metavar="UNIT", help="take a unit away; what is in it goes to its parent")
    arrange.add_argument("--in", dest="within", default="", metavar="UNIT", help="for --add and --by: below this unit")
    arrange.add_argument("--to", default="", metavar="UNIT", help="for --move; without it: to the top, or out of any")
    arrange.add_argument("--before", default="", metavar="ID", help="for --add and --move: before this neighbour")
    arrange.add_argument("--level", metavar="LEVEL", help="for --add and --rename: its level (series)")
    arrange.add_argument("--code", metavar="CODE", help="for --add and --rename: its own part of the reference code")
    arrange.add_argument("--dry-run", action="store_true", help="for --by: say what would be done, and do nothing")
    arrange.set_defaults(run=_arrange)

    describe = commands.add_parser(
        "describe",
        parents=[common],
        help="show what is said of a unit or page, or say it",
        epilog="Elements: see “describe ID”.  A date is written 2021-11-21, 1984?, 1984~, 198X or 1984/1986 (EDTF).",
    )
    describe.add_argument("ids", nargs="+", metavar="ID", help="of a page, or of a unit (its reference code will do)")
    for name, what in (
        ("--set", "say this; given twice, an element such as author has two values"),
        ("--add", "add this to what is said"),
    ):
        describe.add_argument(name, action="append", default=[], type=_said, metavar="ELEMENT=VALUE", help=what)
    describe.add_argument("--clear", action="append", default=[], metavar="ELEMENT", help="take back what was typed")
    describe.add_argument("--dry-run", action="store_true", help="say what would change, and do nothing")
    describe.set_defaults(run=_describe)


def _said(text: str) -> tuple[str, str]:
    element, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"“{text}” is not ELEMENT=VALUE")
    return element.strip(), value


# -- arrange ------------------------------------------------------------------------------------------------------


def _arrange(options: argparse.Namespace) -> int:
    acts = ("add", "move", "by", "rename", "renumber", "remove")
    is_change = any(getattr(options, act) is not None for act in acts) and not options.dry_run
    for option, (name, owners) in GOES_WITH.items():
        if getattr(options, option) not in (None, "", False) and not any(
            getattr(options, act) is not None for act in owners
        ):
            printing.say(f"{name} goes with {' or '.join(f'--{act}' for act in owners)}; nothing was changed.")
            return WRONG
    with opening.to_write(options) if is_change else opening.to_read(options) as library:
        if options.by is not None:
            return _by_rule(options, library)
        if options.add is not None:
            within, before = _unit_id(library, options.within), _unit_id(library, options.before)
            level = _level(library, options.level) if options.level else _level_below(library, within)
            _print_unit(options, library.add_unit(within, level, options.add, options.code or "", before))
        elif options.move is not None:
            _move(options, library)
        elif options.rename is not None:
            name, title = options.rename
            id = _unit_id(library, name)
            wanted = _level(library, options.level) if options.level is not None else None
            _print_unit(options, library.change_unit(id, title=title, level=wanted, code=options.code))
        elif options.renumber is not None:
            count = library.renumber(_unit_id(library, options.renumber))
            if options.json:
                printing.json_line({"changed": count})
            printing.say(f"{counted(count, 'reference code')} {'is another' if count == 1 else 'are others'} now.")
        elif options.remove is not None:
            unit = library.unit(_unit_id(library, options.remove))
            library.remove_unit(unit.id)
            _print_unit(options, unit)
        else:
            _print_tree(options, library)
        if is_change:
            opening.keep_index(library)
    return DONE


def _move(options: argparse.Namespace, library: Library) -> None:
    """Units and pages in one step: whatever is the id or code of a unit is one."""
    known = {name: unit.id for unit in library.units() for name in (unit.reference_code, unit.id)}
    units = list(dict.fromkeys(known[id] for id in options.move if id in known))
    pages = [id for id in dict.fromkeys(options.move) if id not in known]
    target = _unit_id(library, options.to)
    before = known.get(options.before, options.before)
    several = {"Unit": len(units), "Page": len(pages)}
    moved = " and ".join(noun if count == 1 else f"{count:,} {noun}s" for noun, count in several.items() if count)
    is_out = not target and not units
    with library.step(f"Take {moved} out of the Arrangement" if is_out else f"Move {moved}"):
        if units:
            library.move_units(units, target, before if before in known.values() else "")
        if pages:
            library.move_items(pages, target, "" if before in known.values() else before)
    if options.json:
        printing.json_line({"to": target or None, "units": units, "items": pages})
    titled = library.unit(target).title if target else ""
    for noun, count in several.items():
        away = "to the top of the arrangement" if noun == "Unit" else "out of the arrangement"
        if count:
            where = f"to {library.reference_code(target)} “{titled}”" if target else away
            printing.say(f"{counted(count, noun.lower())} moved {where}.")


def _by_rule(options: argparse.Namespace, library: Library) -> int:
    plan = library.arrange_by(options.by, _unit_id(library, options.within))
    for values in printing.plan_values(plan):
        if options.json:
            printing.json_line(values)
        else:
            new = "" if values["unit"] else "  (new)"
            printing.line(f"{values['items']:7,}  {' / '.join(values['titles'])}{new}")
    if not options.dry_run:
        library.carry_out(plan)
        opening.keep_index(library)
    printing.say(_account(plan, options.dry_run))
    return DONE


def _account(plan: ArrangementPlan, is_look: bool) -> str:
    many = len(plan.left_out)
    left = f"  {many:,} {'stays' if many == 1 else 'stay'}: the {plan.rule} is not known." if many else ""
    made = "would be" if is_look else "was" if plan.new_unit_count == 1 else "were"
    units = counted(len(plan.units), "unit")
    return f"{counted(plan.item_count, 'page')} in {units}, of which {plan.new_unit_count:,} {made} made.{left}"


def _unit_id(library: Library, name: str) -> str:
    """The id of a unit that is named by it or by its reference code; of no name, none.

    :raises UnknownId: there is no such unit.
    """
    if not name:
        return ""
    found = next((unit.id for unit in library.units() if name in (unit.id, unit.reference_code)), None)
    if found is None:
        raise UnknownId("unit", name)
    return found


def _level(library: Library, name: str) -> str:
    """The key of a level that is named by it or as it is shown, in whatever case; else the name, to be refused."""
    levels = library.levels()
    return next((key for key, shown in levels.items() if fold(name) in (fold(key), fold(shown))), name)


def _level_below(library: Library, unit_id: str) -> str:
    """The level next below that of a unit; at the top the widest."""
    levels = list(library.levels())
    if not unit_id:
        return levels[0]
    above = library.unit(unit_id).level
    if above not in levels:
        # It came with another library, whose levels were not taken.
        return levels[-1]
    return levels[min(levels.index(above) + 1, len(levels) - 1)]


def _print_tree(options: argparse.Namespace, library: Library) -> None:
    levels = library.levels()
    for unit in library.units():
        if options.json:
            printing.json_line(printing.unit_values(unit))
        else:
            printing.line(
                f"{'  ' * unit.depth}{unit.reference_code}  {unit.title}  ({levels.get(unit.level, unit.level)}, "
                f"{counted(unit.total_count, 'page')})  {unit.id}"
            )
    if loose := library.count_unarranged():
        printing.say(f"{counted(loose, 'page')} {'stands' if loose == 1 else 'stand'} in no unit.")


def _print_unit(options: argparse.Namespace, unit: Unit) -> None:
    if options.json:
        printing.json_line(printing.unit_values(unit))
    else:
        printing.line(f"{unit.reference_code}  {unit.title}  {unit.id}")


# -- describe -----------------------------------------------------------------------------------------------------


def _describe(options: argparse.Namespace) -> int:
    wanted = _wanted(options)
    is_change = bool(wanted) and not options.dry_run
    with opening.to_write(options) if is_change else opening.to_read(options) as library:
        known = {name: unit.id for unit in library.units() for name in (unit.reference_code, unit.id)}
        ids = [known.get(id, id) for id in dict.fromkeys(options.ids)]
        if options.dry_run:
            for element, value, how in wanted:
                plan = library.describe_many(ids, element, value, how)
                for change in plan.changes:
                    _print_change(options, element, change.id, change.title, change.before, change.after)
            printing.say("Nothing was changed.")
            return DONE
        if is_change:
            with library.step(library.describing_act(ids, [element for element, *_ in wanted])):
                for element, value, how in wanted:
                    library.carry_out(library.describe_many(ids, element, value, how))
            opening.keep_index(library)
        for id in ids:
            _print_description(options, library, id, with_all=not wanted)
    return DONE


def _wanted(options: argparse.Namespace) -> list[tuple[str, Value, How]]:
    """Element, value and how, in the order given; an element that is set twice has both values."""
    values: dict[str, list[str]] = {}
    for element, value in options.set:
        values.setdefault(element, []).append(value)
    if both := set(values) & set(options.clear):
        raise BadDescription(f"“{min(both)}” cannot be both set and cleared.")
    wanted: list[tuple[str, Value, How]] = [(element, "", "clear") for element in options.clear]
    wanted += [(element, given[0] if len(given) == 1 else given, "set") for element, given in values.items()]
    wanted += [(element, value, "add") for element, value in options.add]
    return wanted


def _print_change(
    options: argparse.Namespace, element: str, id: str, title: str, before: Value | None, after: Value | None
) -> None:
    if options.json:
        printing.json_line({"id": id, "title": title, "element": element, "before": before, "after": after})
    else:
        printing.line(f"{id}  {title}: {element} {_shown(before)} → {_shown(after)}")


def _shown(value: Value | None) -> str:
    return "–" if value is None else f"“{value if isinstance(value, str) else '; '.join(value)}”"


def _print_description(options: argparse.Namespace, library: Library, id: str, *, with_all: bool) -> None:
    description = library.description(id)
    if options.json:
        printing.json_line(printing.description_values(description, with_all=True))
        return
    lines: Sequence[str] = printing.description_lines(description, with_all)
    for line in lines:
        printing.line(line)
