"""``items``, ``show``, ``search``, ``annotations``, ``links``: what the library holds.  Nothing here writes."""

from __future__ import annotations

import argparse

from archive_viewer.cli import concordance, facet_lines, opening, printing, search_answers
from archive_viewer.cli.options import Commands, positive
from archive_viewer.errors import BadQuery
from archive_viewer.library import Order
from archive_viewer.model import Annotation, Block, Decider, Link
from archive_viewer.search.asked import Asked
from archive_viewer.search.within import PLACES

DONE, WRONG = 0, 2
DEFAULT_LIMIT = 50
FEW_HITS = 10
"""With more, nobody asks whether another word was meant."""

ITEMS_AT_ONCE = 500
"""A hundred thousand items in memory together take 300 MB."""


def add_commands(commands: Commands, common: argparse.ArgumentParser) -> None:
    items = commands.add_parser("items", parents=[common], help="list the pages of the library")
    items.add_argument("--text", action="store_true", help="with the text of each")
    items.set_defaults(run=_items)

    show = commands.add_parser("show", parents=[common], help="show one page, with all that is known of it")
    show.add_argument("id", metavar="ID")
    show.set_defaults(run=_show)

    search = commands.add_parser("search", parents=[common], help="find pages, and every passage that answers")
    search.add_argument("query", metavar="QUERY", nargs="?")
    search.add_argument("--saved", metavar="SEARCH", help="ask a saved search, by its name or id")
    search.add_argument(
        "--in",
        dest="where",
        type=_places,
        default=(),
        metavar="FIELD,…",
        help=f"where words are sought that name no field: {', '.join(PLACES)}",
    )
    search.add_argument(
        "--limit", type=positive, metavar="N", help=f"at most so many pages ({DEFAULT_LIMIT} unless told), or passages"
    )
    concordance.add_options(search)
    search.add_argument(
        "--facets", action="store_true", help="and how many of all answers have which site, author, year"
    )
    search.set_defaults(run=_search)

    for name, run, what in (("annotations", _annotations, "marks"), ("links", _links, "links")):
        listing = commands.add_parser(name, parents=[common], help=f"list the {what}")
        listing.add_argument("--item", metavar="ID", help=f"only the {what} of this page")
        listing.set_defaults(run=run)


def _items(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        ids = library.item_ids(order=Order("original", False))
        for begin in range(0, len(ids), ITEMS_AT_ONCE):
            for item in library.items(ids[begin : begin + ITEMS_AT_ONCE]):
                text = library.article(item.id).text if options.text else None
                if options.json:
                    printing.json_line(printing.item_values(item, text))
                else:
                    printing.line(f"{item.id}  {printing.summary(item)}")
                    if text is not None:
                        printing.line(text.replace("\u2028", "\n") + "\n")
    return DONE


def _show(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        reading = library.reading(options.id)
        links, events = library.links(options.id), library.events(options.id, with_files=True)
        near = library.near_duplicates(options.id)
        description = library.description(options.id)
    item, article = reading.item, reading.article
    if options.json:
        printing.json_line(
            {
                **printing.item_values(item, article.text),
                "facts": printing.fact_values(item.facts),
                "blocks": printing.block_values(article),
                "decided": printing.decided_values(article),
                "annotations": [printing.annotation_values(mark) for mark in reading.annotations],
                "links": [printing.link_values(link) for link in links],
                "events": [printing.event_values(event) for event in events],
                "locator": item.locator or None,
                "reference_code": item.reference_code or None,
                "description": printing.description_values(description, with_all=False)["elements"],
                "near": [printing.near_values(one) for one in near],
            }
        )
        return DONE
    printing.line(printing.summary(item))
    for name, fact in item.facts.items():
        value = ", ".join(fact.value) if isinstance(fact.value, list) else fact.value
        printing.line(f"  {name}: {value}  ({fact.source.value}, {fact.origin})")
        if fact.doubt:
            printing.line(f"    {fact.doubt}")
    if item.reference_code:
        printing.line(f"  reference code: {item.reference_code}")
    for element, fact in item.typed.items():
        value = ", ".join(fact.value) if isinstance(fact.value, list) else fact.value
        printing.line(f"  {element}: {value}  ({fact.source.value}, {fact.origin})")
    if item.place:
        printing.line(f"  in the stored file: {item.place}")
    for warning in (*item.file_warnings, *item.warnings):
        printing.line(f"  warning: {warning}")
    for one in near:
        printing.line(f"  {printing.likeness(one)}")
    for block in article.blocks:
        printing.line(_block(block))
    for mark in reading.annotations:
        printing.line(_mark(mark))
    for link in links:
        printing.line(_link(link))
    return DONE


def _search(options: argparse.Namespace) -> int:
    if (options.query is None) == (options.saved is None):
        printing.say("Say what to search for: a query, or --saved and the name of a saved search.")
        return WRONG
    if (refusal := concordance.why_not(options)) is not None:
        printing.say(refusal)
        return BadQuery.exit_code
    limit = options.limit or DEFAULT_LIMIT
    with opening.to_read(options) as library:
        query = library.saved_search(options.saved).query if options.saved else options.query
        try:
            if options.concordance:
                query = options.query = Asked(query, options.where).query
                return concordance.show(library, options)
            hits = library.search(query, limit, options.where)
        except BadQuery as error:
            search_answers.say_fault(error, query)
            return error.exit_code
        state = library.index_state()
        remarks = library.remarks(query, options.where)
        facets = library.facets(query) if options.facets else None
        suggestion = library.suggestion(query) if len(hits) <= FEW_HITS else None
    for sentence in filter(None, [state.sentence, *remarks]):
        printing.say(sentence)
    if not hits:
        printing.say("No page answers this query.")
    if suggestion:
        printing.say(f"Did you mean: {suggestion}")
    if len(hits) == limit:
        printing.say(f"These are the best {limit}; there may be more (--limit).")
    for hit in hits:
        if options.json:
            asides = [search_answers.aside_values(aside) for aside in hit.asides]
            printing.json_line({**printing.hit_values(hit), "asides": asides})
            continue
        printing.line(f"{hit.item.id}  {printing.summary(hit.item)}")
        for aside in hit.asides:
            printing.line(f"    {search_answers.aside_line(aside)}")
        for passage in hit.passages:
            printing.line(f"    … {passage.before}[{passage.match}]{passage.after} …".replace("\u2028", " "))
    if facets is not None and options.json:
        printing.json_line(facet_lines.values(facets, suggestion))
    elif facets is not None:
        for line in facet_lines.lines(facets):
            printing.line(line)
    return DONE


def _places(typed: str) -> tuple[str, ...]:
    places = tuple(typed.lower().split(","))
    unknown = next((place for place in places if place not in PLACES), None)
    if unknown is not None:
        raise argparse.ArgumentTypeError(f"there is no field “{unknown}”; it takes {', '.join(PLACES)}")
    return places


def _annotations(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        for mark in library.annotations(options.item):
            if options.json:
                printing.json_line(printing.annotation_values(mark))
            else:
                printing.line(_mark(mark))
    return DONE


def _links(options: argparse.Namespace) -> int:
    with opening.to_read(options) as library:
        for link in library.links(options.item):
            if options.json:
                printing.json_line(printing.link_values(link))
            else:
                printing.line(_link(link))
    return DONE


def _block(block: Block) -> str:
    fate = "  " if block.is_kept else "− "
    reason = f" [{block.reason.value}]" if block.reason is not None else ""
    by = "" if block.decided_by is Decider.CLEANER else f" (by {block.decided_by.value})"
    return f"{block.n:5} {fate}{block.kind.value}{reason}{by}: {block.text}".replace("\u2028", " / ")


def _mark(mark: Annotation) -> str:
    note = f" — {mark.note}" if mark.note else ""
    tags = "".join(f" #{tag}" for tag in mark.tags)
    by = f" ({mark.creator}, {mark.origin})" if mark.creator else ""
    said = f"{mark.id}  {mark.colour.value}, {mark.state.value}: “{mark.quote}”{note}{tags}{by}"
    return said.replace("\u2028", " ")


def _link(link: Link) -> str:
    return f"{link.id}  {link.from_id} {link.relation} {link.to_id}{f' — {link.note}' if link.note else ''}"
