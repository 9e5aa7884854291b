"""``mend``, ``rules``, ``clean-again``: what belongs to the text of a page, of a site, of the library."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from archive_viewer.cleaning import sections
from archive_viewer.cli import opening, printing
from archive_viewer.cli.options import Commands
from archive_viewer.errors import ArchiveViewerError, UnknownParagraph
from archive_viewer.jobs.job import Job
from archive_viewer.jobs.recleaning import clean_again, summary
from archive_viewer.library import Library
from archive_viewer.model import Fate, Likeness, Recleaning

DONE, WRONG, REFUSED = 0, 2, 3


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    mend = commands.add_parser("mend", parents=[common], help="put a block back into an article, or take it out")
    mend.add_argument("id", metavar="ID")
    mend.add_argument("--block", type=int, required=True, metavar="N", help="its paragraph number, as show prints it")
    mend.add_argument("--fate", choices=[fate.value for fate in Fate], required=True)
    mend.add_argument("--section", action="store_true", help="its whole section with it")
    mend.add_argument(
        "--always",
        choices=[likeness.value for likeness in Likeness],
        help="on every page of its site, by a rule: for blocks in the same place, or with the same words",
    )
    mend.set_defaults(run=_mend)

    rules = commands.add_parser("rules", parents=[common], help="list the rules for sites, or change one")
    change = rules.add_mutually_exclusive_group()
    change.add_argument("--on", metavar="RULE", help="let a rule hold")
    change.add_argument("--off", metavar="RULE", help="let a rule rest")
    change.add_argument("--delete", metavar="RULE", help="take a rule away")
    rules.set_defaults(run=_rules)

    again = commands.add_parser(
        "clean-again", parents=[common], help="clean pages again that another version of the program cleaned"
    )
    again.add_argument("ids", nargs="*", metavar="ID")
    again.add_argument("--all", action="store_true", help="all such pages")
    again.set_defaults(run=_clean_again)


def _mend(options: argparse.Namespace) -> int:
    fate = Fate(options.fate)
    with opening.to_write(options) as library:
        ns = _blocks(library, options.id, options.block, options.section)
        if options.always is None:
            changed = library.mend_all(options.id, ns, fate)
        else:
            rule = library.draft_rule(options.id, ns, fate, Likeness(options.always))
            effect = library.rule_effect(rule)
            library.add_rule(rule)
        opening.keep_index(library)
    if options.always is not None:
        if options.json:
            printing.json_line(printing.rule_values(rule))
        else:
            printing.line(printing.rule_line(rule))
        printing.say(printing.effect_of(effect))
    elif options.json:
        printing.json_line({"item": options.id, "block": options.block, "fate": options.fate, "changed": changed})
    else:
        printing.say(f"{printing.counted(changed, 'block')} {'put back' if fate is Fate.KEPT else 'taken out'}.")
    return DONE


def _blocks(library: Library, item_id: str, n: int, whole_section: bool) -> Sequence[int]:
    article = library.article(item_id)
    if not 1 <= n <= len(article.blocks):
        raise UnknownParagraph(n)
    return sections.section_of(article, n) if whole_section else [n]


def _rules(options: argparse.Namespace) -> int:
    changing = options.on or options.off or options.delete
    with opening.to_write(options) if changing else opening.to_read(options) as library:
        if options.delete:
            library.delete_rule(options.delete)
        elif changing:
            library.switch_rule(changing, bool(options.on))
        if changing:
            opening.keep_index(library)
        rules = library.rules()
    for rule in rules:
        if options.json:
            printing.json_line(printing.rule_values(rule))
        else:
            printing.line(printing.rule_line(rule))
    return DONE


def _clean_again(options: argparse.Namespace) -> int:
    if bool(options.ids) == options.all:
        printing.say("Say which pages by their ids, or --all for every page that another version cleaned.")
        return WRONG
    lines = []
    with opening.to_write(options) as library:
        ids = None if options.all else [library.item(id).id for id in dict.fromkeys(options.ids)]
        task = library.request_clean_again(ids)
        state, message = "failed", ""
        try:
            for line in clean_again(library, task, Job()):
                lines.append(line)
                _show(library, line, options.json)
            state, message = "done", summary(lines)
        except ArchiveViewerError as error:
            message = str(error)
            raise
        except KeyboardInterrupt:
            state = "cancelled"
            raise
        finally:
            library.set_task_state(task.id, state, message)
            opening.keep_index(library)
    printing.say(summary(lines))
    return REFUSED if any(line.outcome == "refused" for line in lines) else DONE


def _show(library: Library, line: Recleaning, as_json: bool) -> None:
    if as_json:
        printing.json_line(printing.recleaning_values(line))
        return
    became = line.reason or f"{printing.counted(line.put_back, 'paragraph')} put back, {line.taken_out} taken out"
    printing.line(f"{line.outcome:10} {line.item_id}  {library.item(line.item_id).title}: {became}")
    for what, ids in (("moved", line.moved), ("unplaced", line.unplaced)):
        for id in ids:
            printing.line(f"           {what}: “{library.annotation(id).quote}”")
