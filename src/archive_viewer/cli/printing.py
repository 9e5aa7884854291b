"""What the command line prints: JSON lines for programs, short lines for people.

Nouns in, text out.  The names of the JSON fields are a contract; standard output carries nothing but them when
``--json`` is given, and messages go to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from archive_viewer.library import FixityResult, RuleEffect, Verdict
from archive_viewer.model import (
    Accession,
    Annotation,
    ArrangementPlan,
    Article,
    Deaccession,
    Decider,
    Described,
    Description,
    Event,
    Fact,
    Hit,
    ImportLine,
    Item,
    Likeness,
    Link,
    NearDuplicate,
    Recleaning,
    SiteRule,
    Unit,
)

ESCAPED = {ord("\u0085"): "\\u0085", ord("\u2028"): "\\u2028", ord("\u2029"): "\\u2029"}
"""Line ends to many programs, though not to JSON (RFC 8259, section 7 allows either writing)."""


def speak_to_nobody() -> None:
    """Nobody reads the answer any more: let the rest of it go nowhere, and Python not complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(sentence: str) -> None:
    """A message for the person, on standard error."""
    print(sentence, file=sys.stderr)


def line(text: str = "") -> None:
    """A line of the answer, for people."""
    print(text)


def json_line(value: Mapping[str, Any]) -> None:
    """A line of the answer, for programs."""
    print(json.dumps(value, ensure_ascii=False).translate(ESCAPED))


def item_values(item: Item, text: str | None = None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": item.id,
        "title": item.title,
        "url": item.url or None,
        "captured_at": item.captured_at or None,
        "published": item.published or None,
        "author": list(item.authors),
        "site": item.site or None,
        "language": item.language or None,
        "format": item.format.value,
        "media_type": item.media_type,
        "charset": item.charset,
        "sha256": item.sha256,
        "payload_sha256": item.payload_sha256,
        "accession": item.accession or None,
        "series": item.series or None,
        "tags": list(item.tags),
        "warnings": [*item.file_warnings, *item.warnings],
    }
    return values if text is None else {**values, "text": text}


def fact_values(facts: Mapping[str, Fact[Any]]) -> dict[str, Any]:
    return {
        name: {"value": fact.value, "source": fact.source.value, "from": fact.origin, "doubt": fact.doubt or None}
        for name, fact in facts.items()
    }


def block_values(article: Article) -> list[dict[str, Any]]:
    return [
        {
            "n": block.n,
            "kind": block.kind.value,
            "level": block.level,
            "text": block.text,
            "fate": block.fate.value,
            "reason": block.reason.value if block.reason is not None else None,
            "start": article.starts.get(block.n),
        }
        for block in article.blocks
    ]


def decided_values(article: Article) -> list[dict[str, Any]]:
    """The blocks whose fate a person gave, on this page or by a rule for its site."""
    decided = (block for block in article.blocks if block.decided_by is not Decider.CLEANER)
    return [{"n": block.n, "by": block.decided_by.value} for block in decided]


def annotation_values(mark: Annotation) -> dict[str, Any]:
    return {
        "id": mark.id,
        "item": mark.item_id,
        "start": mark.start,
        "end": mark.end,
        "quote": mark.quote,
        "state": mark.state.value,
        "colour": mark.colour.value,
        "note": mark.note,
        "tags": list(mark.tags),
        "created_at": mark.created_at,
        "modified_at": mark.modified_at,
        "creator": mark.creator or None,
        "origin": mark.origin or None,
    }


def link_values(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "from": link.from_id,
        "to": link.to_id,
        "relation": link.relation,
        "note": link.note,
        "created_at": link.created_at,
    }


def rule_values(rule: SiteRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "site": rule.site,
        "fate": rule.fate.value,
        "like": rule.likeness.value,
        "keys": list(rule.keys),
        "sample": rule.sample,
        "on": rule.is_on,
        "created_at": rule.created_at,
    }


def rule_line(rule: SiteRule) -> str:
    """A rule in one line for people."""
    like = "blocks in the place of" if rule.likeness is Likeness.PLACE else "the words"
    return f"{rule.id}  {rule.site}: always {rule.fate.value}, {like} “{rule.sample}”{'' if rule.is_on else '  (off)'}"


def counted(count: int, noun: str) -> str:
    """“1 block”, “3,000 blocks”."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def effect_of(effect: RuleEffect) -> str:
    """What a rule did to the pages of its site, as a sentence."""
    looked_at = f" of the {effect.looked_at:,} looked at" if effect.looked_at < effect.pages else ""
    blocks = [
        f"{counted(count, 'block')} {what}"
        for count, what in ((effect.put_back, "put back"), (effect.taken_out, "taken out"))
        if count
    ]
    done = f": {', '.join(blocks)}" if blocks else ""
    return f"{effect.changed:,} of {counted(effect.pages, 'page')}{looked_at} changed{done}."


def recleaning_values(line: Recleaning) -> dict[str, Any]:
    return {
        "id": line.item_id,
        "outcome": line.outcome,
        "reason": line.reason or None,
        "put_back": line.put_back,
        "taken_out": line.taken_out,
        "marks": {"carried": line.carried, "moved": list(line.moved), "unplaced": list(line.unplaced)},
    }


def event_values(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type,
        "at": event.at,
        "agent": event.agent,
        "person": event.person or None,
        "outcome": event.outcome,
        "detail": event.detail,
    }


def fixity_values(result: FixityResult) -> dict[str, Any]:
    return {
        "sha256": result.sha256,
        "file": result.file_name,
        "result": result.result,
        "detail": result.detail or None,
    }


def deaccession_values(record: Deaccession) -> dict[str, Any]:
    return {
        "id": record.id,
        "item": record.item_id,
        "title": record.title,
        "url": record.url or None,
        "captured_at": record.captured_at or None,
        "accession": record.accession,
        "files": [
            {"name": name, "size": size, "sha256": sha256, "sha512": sha512 or None}
            for name, size, sha256, sha512 in record.files
        ],
        "reason": record.reason,
        "at": record.at,
        "by": record.by or None,
    }


def hit_values(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.item.id,
        "title": hit.item.title,
        "url": hit.item.url or None,
        "score": hit.score,
        "passages": [
            {"start": p.start, "end": p.end, "before": p.before, "match": p.match, "after": p.after}
            for p in hit.passages
        ],
    }


def import_values(import_line: ImportLine, items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "path": import_line.path,
        "outcome": import_line.outcome,
        "reason": import_line.reason or None,
        "items": items,
        "warnings": list(import_line.warnings),
    }


def near_values(near: NearDuplicate) -> dict[str, Any]:
    """A page that another looks like; one that is in a file of the same import has a path, and in a dry run no id."""
    return {
        "id": near.item.id if near.item.accession_id else None,
        "title": near.item.title,
        "url": near.item.url or None,
        "captured_at": near.item.captured_at or None,
        "path": near.path or None,
        "resemblance": round(near.resemblance, 2),
        "same_text": near.is_same_text,
    }


def accession_values(accession: Accession) -> dict[str, Any]:
    return {
        "id": accession.id,
        "number": accession.number,
        "source": list(accession.source),
        "state": accession.state,
        "created_at": accession.created_at,
        "finished_at": accession.finished_at or None,
        "items": accession.item_count,
        "refused": accession.refused_count,
        "acquired_from": accession.acquired_from or None,
        "custodial_history": accession.custodial_history or None,
        "note": accession.note or None,
        "accrues_to": accession.accrues_to or None,
    }


def unit_values(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "parent": unit.parent_id or None,
        "level": unit.level,
        "code": unit.code,
        "reference_code": unit.reference_code,
        "title": unit.title,
        "items": unit.item_count,
        "items_with_below": unit.total_count,
    }


def plan_values(plan: ArrangementPlan) -> list[dict[str, Any]]:
    """A unit of a plan each; one that would be made has no id."""
    return [
        {
            "titles": list(unit.titles),
            "level": unit.levels[-1],
            "unit": unit.unit_id or None,
            "items": len(unit.item_ids),
            "ids": list(unit.item_ids),
        }
        for unit in plan.units
    ]


def described_values(described: Described) -> dict[str, Any]:
    """An element: the value that holds, which of the others it is, and all that are known."""
    values: dict[str, Any] = {
        "value": described.shown.value if described.shown is not None else None,
        "standing": described.standing or None,
    }
    for name in ("typed", "stated", "inherited", "default"):
        fact: Fact[Any] | None = getattr(described, name)
        values[name] = {"value": fact.value, "from": fact.origin} if fact is not None else None
    if described.stated is not None:
        # What the page brings along may be stated by its file, told by the system, or only inferred.
        values["stated"]["source"] = described.stated.source
        values["stated"]["doubt"] = described.stated.doubt or None
    if described.inherited is not None:
        values["inherited"]["unit"] = described.inherited_from
    return values


def description_values(description: Description, *, with_all: bool) -> dict[str, Any]:
    """The elements of a description: all, or those of which something is known."""
    return {
        "id": description.id,
        "kind": "unit" if description.is_of_unit else "item",
        "elements": {
            key: described_values(described)
            for key, described in description.elements.items()
            if with_all or described.standing
        },
    }


def description_lines(description: Description, with_all: bool) -> list[str]:
    """The same for people: a line an element, with where its value comes from."""
    lines = []
    for key, described in description.elements.items():
        if described.shown is None:
            if with_all:
                lines.append(f"  {key}:")
            continue
        said = described.text.replace("\n", "\n    ")
        why = f", {described.shown.origin}" if described.shown.origin else ""
        standing = described.shown.source if described.shown is described.stated else described.standing
        lines.append(f"  {key}: {said}  ({standing}{why})")
        if described.typed is not None and described.stated is not None:
            stated = described.stated.value
            lines.append(f"    {described.stated.source}: {stated if isinstance(stated, str) else '; '.join(stated)}")
    return lines


def verdict_values(verdict: Verdict) -> dict[str, Any]:
    return {"quote": verdict.quote, "item": verdict.item_id or None, "result": verdict.result}


def import_lines(import_line: ImportLine, items: Iterable[Item], near: Iterable[NearDuplicate] = ()) -> None:
    """A line of a report for people, with its pages, what they look like, and the warnings."""
    line(f"{import_line.outcome:10} {import_line.path}{f': {import_line.reason}' if import_line.reason else ''}")
    for item in items:
        line(f"           {summary(item)}")
        if item.marks_brought:
            line(f"           {item.marks_brought}")
    for one in near:
        line(f"           {likeness(one)}")
    for warning in import_line.warnings:
        line(f"           {warning}")


def likeness(near: NearDuplicate) -> str:
    """What a page looks like, as a sentence."""
    how = "The same text as" if near.is_same_text else "This looks like"
    captured = f", captured {near.item.captured_at[:10]}" if near.item.captured_at else ""
    where = f"in {near.path}" if near.path else "which the library holds already"
    return f"{how} “{near.item.title}”{captured}, {where}."


def summary(item: Item) -> str:
    """An item in one line for people."""
    parts = [item.title, ", ".join(item.authors), item.site, item.published, f"captured {item.captured_at[:10]}"]
    return " · ".join(part for part in parts if part and part != "captured ")
