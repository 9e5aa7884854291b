"""Description: what is said of a unit or an item, by whom, and what follows where nothing is said.

Ids and elements in, descriptions out; each act is one step.  What a person types stands beside what the file states
and never over it: it is shown in its place, and cleared it leaves the stated value as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from archive_viewer import edtf_dates, settings
from archive_viewer.errors import BadDescription, UnknownId
from archive_viewer.library.core import Recorder, now
from archive_viewer.library.defaults import FROM_ARRANGEMENT, Defaults
from archive_viewer.model import (
    ELEMENT,
    ELEMENTS,
    ArrangementPlan,
    Described,
    Description,
    DescriptionPlan,
    Element,
    Fact,
    How,
    PlannedDescription,
    Source,
    Value,
)
from archive_viewer.storage import descriptions, units
from archive_viewer.text import one_line, shortened

_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
"""RFC 5646, section 2.1, as far as the shape goes."""

TITLE_SHOWN, NAMES_SHOWN = 32, 48
"""Characters of a title, and of the names of elements, that the name of a step has room for in a menu."""

ONE_LINE = ("title", "source")
"""Elements without lists that stand in one line; what can be several does so anyway."""


class Describing(Defaults):
    """The part of a library that describes what it holds."""

    def description(self, id: str) -> Description:
        """All elements of a unit or an item, each with what was typed, stated and inherited, and its default.

        :raises UnknownId: there is neither.
        """
        with self._database.reading() as connection:
            row = units.row_of(connection, id)
            typed = descriptions.get(connection, id)
            if row is not None:
                above, stated = row["parent_id"], dict[str, Any]()
                typed["title"] = Fact(row["title"], Source.TYPED, FROM_ARRANGEMENT)
                defaults = self._defaults_of_unit(connection, row)
            else:
                item = self.item(id)
                above, stated = item.unit_id, {**item.facts}
                defaults = self._defaults_of_item(connection, item)
            way = descriptions.way_up(connection, above)
        found: dict[str, Described] = {}
        for element in ELEMENTS:
            key = element.key
            if not (element.of_units if row is not None else element.of_items):
                continue
            origin = [(unit_id, said[key]) for unit_id, said in way if key in said] if element.is_inherited else []
            found[key] = Described(
                element,
                typed=typed.get(key),
                stated=_stated(element, stated.get(element.fact)) if element.fact else None,
                inherited=origin[0][1] if origin else None,
                inherited_from=origin[0][0] if origin else "",
                default=defaults.get(key),
            )
        return Description(id, row is not None, found)

    def describe(self, id: str, values: Mapping[str, Value | None]) -> Description:
        """Say elements of a unit or an item; None takes back what was typed of one.

        A date is EDTF (``edtf_dates``); an element that can be several takes a list, or a string for a single one.

        :raises UnknownId: there is neither.
        :raises BadDescription: there is no such element of it, or it cannot have this value; nothing was changed.
        """
        with self._recording(self.describing_act([id], list(values))) as act:
            is_unit = units.row_of(act.connection, id) is not None
            item_id = "" if is_unit else self.item(id).id
            wanted = {key: _value(key, value, is_unit) for key, value in values.items()}
            if is_unit and "title" in wanted:
                self._retitle(id, wanted.pop("title"))
            self._say(act, {id: (item_id, wanted)})
            return self.description(id)

    def describing_act(self, ids: Sequence[str], elements: Sequence[str]) -> str:
        """What the menu calls it when these elements are said of these units and items: “Describe “Talks”: Dates”."""
        said = ", ".join(ELEMENT[key].name for key in dict.fromkeys(elements) if key in ELEMENT)
        with self._database.reading() as connection:
            titles = [title for _, _, title, *_ in descriptions.shown_many(connection, ids[:1], "")]
        what = f"{len(ids):,}" if len(ids) != 1 else f"“{shortened(titles[0], TITLE_SHOWN)}”" if titles else ""
        return f"Describe {what}: {shortened(said, NAMES_SHOWN)}" if said else f"Describe {what}"

    def describe_many(self, ids: Sequence[str], element: str, value: Value = "", how: How = "set") -> DescriptionPlan:
        """What saying one element of many units and items would do; ``carry_out`` does it.

        ``set`` puts the value in the place of what there is, ``add`` adds it to what is shown (a name to the names, a
        paragraph to a text), ``clear`` takes back what was typed.

        :raises UnknownId: one of them does not exist.
        :raises BadDescription: the element cannot be said of one of them, or cannot have this value.
        """
        asked = list(dict.fromkeys(ids))
        known = _element(element)
        changes: list[PlannedDescription] = []
        with self._database.reading() as connection:
            found = descriptions.shown_many(connection, asked, known.fact)
        if len(found) != len(asked):
            known_ids = {id for id, *_ in found}
            raise UnknownId("page or unit", next(id for id in asked if id not in known_ids))
        for id, is_item, title, stated, said in found:
            given = None if how == "clear" else _value(element, value, not is_item)
            typed = descriptions.typed(said).get(element)
            own = typed.value if typed is not None else title if element == "title" and not is_item else None
            before = own if own is not None else _listed(known, stated)
            if how == "add" and before and given and before != given and _is_single(known):
                raise BadDescription(f"“{known.name}” has one value only.")
            after = _added(before, given) if how == "add" and before and given else given
            if after != own:
                changes.append(PlannedDescription(id, title, before, after))
        return DescriptionPlan(element, tuple(changes), len(asked) - len(changes))

    def carry_out(self, plan: ArrangementPlan | DescriptionPlan) -> int:
        """Do what a plan says, as one step; gives how many units and items were changed.

        :raises UnknownId: something of the plan is gone; nothing was changed.
        :raises BadArrangement: a level of the plan is gone; nothing was changed.
        """
        if isinstance(plan, ArrangementPlan):
            return super().carry_out(plan)
        ids = [change.id for change in plan.changes]
        with self._recording(self.describing_act(ids, [plan.element])) as act:
            pages = units.known_ids(act.connection, ids)
            for change in plan.changes:
                if change.id not in pages:
                    self._row(act.connection, change.id)
                    if plan.element == "title":
                        self._retitle(change.id, change.after)
            self._say(
                act,
                {
                    change.id: (change.id if change.id in pages else "", {plan.element: change.after})
                    for change in plan.changes
                    if change.id in pages or plan.element != "title"
                },
            )
        return len(ids)

    def _retitle(self, unit_id: str, title: Value | None) -> None:
        if title is None:
            raise BadDescription("A unit needs a title; change it, or remove the unit.")
        self.change_unit(unit_id, title=str(title))

    def _say(self, act: Recorder, said: Mapping[str, tuple[str, Mapping[str, Value | None]]]) -> None:
        """Of units and items by their ids: the item's id or none, and the values of elements."""
        at, by = now(), settings.account_name()
        present = descriptions.elements_of(act.connection, list(said))
        wanted = []
        for id, (item_id, values) in said.items():
            elements = dict(present.get(id, {}))
            for key, value in values.items():
                if value is None:
                    elements.pop(key, None)
                elif key not in elements or elements[key]["value"] != value:
                    elements[key] = {"value": value, "by": by, "at": at}
            if elements != present.get(id, {}):
                wanted.append(("description", id, descriptions.row_of(item_id, elements)))
        act.put_all(wanted)


def _element(key: str) -> Element:
    if key not in ELEMENT:
        raise BadDescription(f"There is no element “{key}”; there are {', '.join(ELEMENT)}.")
    return ELEMENT[key]


def _value(key: str, value: Value | None, is_unit: bool) -> Value | None:
    """A value as it is kept; of nothing but white space, None."""
    element = _element(key)
    what = "unit" if is_unit else "page"
    if not (element.of_units if is_unit else element.of_items):
        raise BadDescription(f"“{element.name}” is not said of a {what}.")
    if element.is_arranged:
        raise BadDescription(f"“{element.name}” follows from the arrangement; it is changed there.")
    if value is None:
        return None
    given = [value] if isinstance(value, str) else list(value)
    clean = [one_line(one) if element.is_several or key in ONE_LINE else one.strip() for one in given]
    kept = list(dict.fromkeys(one for one in clean if one))
    if key == "language" and not is_unit and (odd := [one for one in kept if not _LANGUAGE.fullmatch(one)]):
        raise BadDescription(f"“{odd[0]}” is no code of a language, such as en, de or pt-BR.")
    if element.is_several:
        return kept or None
    if len(kept) > 1:
        raise BadDescription(f"“{element.name}” has one value only.")
    if not kept:
        return None
    if element.is_date and not edtf_dates.is_understood(kept[0]):
        raise BadDescription(
            f"“{kept[0]}” is not understood as a date; write 2021-11-21, 2021-11 or 2021, 1984? where it is uncertain, "
            "1984~ where it is approximate, 198X for a decade, 1984/1986 for a span (EDTF)."
        )
    return kept[0]


def _stated(element: Element, fact: Fact[Any] | None) -> Fact[Value] | None:
    return replace(fact, value=_listed(element, fact.value)) if fact is not None else None


def _listed(element: Element, stated: Any) -> Any:
    """What a file states, in a list where there can be several of it: its text is one value, whatever is in it."""
    return [stated] if element.is_several and isinstance(stated, str) else stated


def _is_single(element: Element) -> bool:
    """Whether nothing can be added to a value: a date, or what stands in one line, takes no further paragraph."""
    return not element.is_several and (element.is_date or element.key in ONE_LINE)


def _added(before: Value, given: Value) -> Value:
    if isinstance(before, list) and isinstance(given, list):
        return list(dict.fromkeys([*before, *given]))
    parts = str(before).split("\n\n")
    return str(before) if str(given) in parts else "\n\n".join([*parts, str(given)])
