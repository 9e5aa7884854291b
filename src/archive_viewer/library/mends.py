"""Mends and rules: a person's word about what belongs to a page's text, for one page or for all of a site.

Paragraph numbers and fates in, changed texts out; each method is one step.  Separate from the marks, which stand on the
text, because here the text itself is decided; what follows for the marks is derived as it is after every change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from archive_viewer import limits
from archive_viewer.cleaning import mending, sections, site_rules
from archive_viewer.errors import BadPassage, UnknownId, UnknownParagraph
from archive_viewer.library.addresses import site_of_key
from archive_viewer.library.core import new_id, now
from archive_viewer.library.marks import Marks
from archive_viewer.library.values import RuleEffect
from archive_viewer.model import Article, Fate, Likeness, SiteRule
from archive_viewer.storage import articles, items, outdated, stale
from archive_viewer.storage import site_rules as stored_rules


class Mends(Marks):
    """The part of a library that decides, for a person, what the cleaner decided otherwise."""

    # -- one page -----------------------------------------------------------------------------------------------

    def mend(self, item_id: str, n: int, fate: Fate, *, whole_section: bool = False) -> int:
        """Put the block with paragraph number ``n``, or its whole section, back into the article, or take it out.

        Gives how many blocks have another fate now.

        :raises UnknownId: there is no such item or block.
        """
        article = self.article(item_id)
        if not 1 <= n <= len(article.blocks):
            raise UnknownParagraph(n)
        return self.mend_all(item_id, sections.section_of(article, n) if whole_section else [n], fate)

    def mend_all(self, item_id: str, ns: Sequence[int], fate: Fate) -> int:
        """The same for any blocks of one page, as one step.

        :raises UnknownId: there is no such item, or one of the blocks does not exist; nothing was changed.
        """
        what = "Block" if len(ns) == 1 else f"{len(ns)} Blocks"
        with self._recording(f"{'Keep' if fate is Fate.KEPT else 'Strip'} {what}") as act:
            article = self.article(item_id)
            missing = [n for n in ns if not 1 <= n <= len(article.blocks)]
            if missing:
                raise UnknownParagraph(missing[0])
            wanted = [n for n in ns if article.blocks[n - 1].fate is not fate]
            cleaned = articles.get(act.connection, item_id)
            if not wanted or cleaned is None:
                return 0
            unmended = self._ruled(act.connection, item_id, cleaned)
            earlier = articles.overrides(act.connection, item_id)
            about = zip(earlier, mending.find_all(article, earlier.values()), strict=True)
            described = zip(wanted, mending.describe_all(article, wanted, fate), strict=True)
            changed = set(wanted)
            act.put_all(
                [
                    *(("override", id, None) for id, n in about if n in changed),
                    *(
                        ("override", new_id(), articles.override_row(item_id, override))
                        for n, override in described
                        if unmended.blocks[n - 1].fate is not fate
                    ),
                ]
            )
            blocks = f"block {wanted[0]} is" if len(wanted) == 1 else f"{len(wanted)} blocks from {wanted[0]} on are"
            self._happened(act.connection, "metadata modification", item_id, detail=f"{blocks} now {fate.value}")
            return len(wanted)

    # -- a whole site -------------------------------------------------------------------------------------------

    def site_of(self, item_id: str) -> str:
        """The host of an item's address, for which a rule can be made; empty for a page without an address."""
        with self._database.reading() as connection:
            return site_of_key(items.url_key(connection, item_id))

    def rules(self) -> list[SiteRule]:
        """Every rule, site by site, those that are switched off too."""
        with self._database.reading() as connection:
            return stored_rules.of_library(connection)

    def draft_rule(self, item_id: str, ns: Sequence[int], fate: Fate, likeness: Likeness) -> SiteRule:
        """A rule by which blocks like these shall have ``fate`` on every page of the item's site; not yet kept.

        :raises UnknownId: there is no such item or block.
        :raises BadPassage: the page has no address, or the blocks have nothing by which others would be like them.
        """
        article, site = self.article(item_id), self.site_of(item_id)
        if not site:
            raise BadPassage("This page has no web address, so that there is no site to make a rule for.")
        keys = site_rules.keys_of(article, ns, likeness)
        return SiteRule(new_id(), site, fate, likeness, keys, site_rules.sample_of(article, ns), True, now())

    def rule_effect(self, rule: SiteRule, is_wanted: Callable[[], bool] = lambda: True) -> RuleEffect:
        """What a rule that is not kept would do to the pages of its site outside the bin; nothing is changed.

        ``is_wanted`` is asked before each page, so that a question that nobody waits for any more ends.
        """
        changed = put_back = taken_out = looked_at = 0
        with self._database.reading() as connection:
            ids = items.ids_of_site(connection, rule.site, with_bin=False)
            present = [*stored_rules.of_site(connection, rule.site), rule]
            for item_id in ids[: limits.RULE_PAGES]:
                cleaned = articles.get(connection, item_id)
                if not is_wanted():
                    break
                looked_at += 1
                if cleaned is None:
                    continue
                overrides = articles.overrides(connection, item_id).values()
                before, after = (
                    mending.apply(site_rules.apply(cleaned, rules), overrides) for rules in (present[:-1], present)
                )
                came, went = _difference(before, after)
                changed += bool(came or went)
                put_back, taken_out = put_back + came, taken_out + went
        return RuleEffect(len(ids), looked_at, changed, put_back, taken_out)

    def add_rule(self, rule: SiteRule) -> None:
        """Keep a rule: it holds from now on, for the pages that are here and for those that come in.

        Earlier rules about the very same blocks go.  The mends of a page outrank it.
        """
        with self._recording(f"Always {'Keep' if rule.fate is Fate.KEPT else 'Strip'} on {rule.site}") as act:
            same = [
                earlier
                for earlier in stored_rules.of_site(act.connection, rule.site)
                if (earlier.likeness, set(earlier.keys)) == (rule.likeness, set(rule.keys))
            ]
            act.put_all(
                [
                    *(("rule", earlier.id, None) for earlier in same),
                    ("rule", rule.id, stored_rules.row_of(rule)),
                ]
            )

    def switch_rule(self, id: str, is_on: bool) -> None:
        """Let a rule hold, or let it rest.

        :raises UnknownId: there is no such rule.
        """
        with self._recording(f"Switch Rule {'On' if is_on else 'Off'}") as act:
            act.put("rule", id, stored_rules.row_of(replace(self._rule(id), is_on=is_on)))

    def delete_rule(self, id: str) -> None:
        """:raises UnknownId: there is no such rule."""
        with self._recording("Delete Rule") as act:
            self._rule(id)
            act.put("rule", id, None)

    def _rule(self, id: str) -> SiteRule:
        with self._database.reading() as connection:
            found = stored_rules.get(connection, id)
        if found is None:
            raise UnknownId("rule", id)
        return found

    # -- what follows -------------------------------------------------------------------------------------------

    def count_outdated(self) -> int:
        """Pages whose text is still to be derived from what was decided."""
        with self._database.reading() as connection:
            return outdated.count(connection)

    def renew_texts(self, most: int = limits.TEXTS_AT_ONCE) -> int:
        """Derive the texts of some pages anew, which an act changed that was about too many; gives how many."""
        with self._database.writing() as connection:
            ids = outdated.first(connection, most)
            stale.add(connection, [item_id for item_id in ids if self._retext(connection, item_id)])
            outdated.settle(connection, ids)
            return len(ids)


def _difference(before: Article, after: Article) -> tuple[int, int]:
    """How many blocks came into the text, and how many went."""
    pairs = list(zip(before.blocks, after.blocks, strict=True))
    came = sum(new.is_kept and not old.is_kept for old, new in pairs)
    return came, sum(old.is_kept and not new.is_kept for old, new in pairs)
