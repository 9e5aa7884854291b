"""The dialog that makes a rule for a site: which blocks are meant, what shall become of them, and what that would do.

In: a block of a page.  Out: a rule, once it is wanted.  Before that the pages of the site are gone through, and what
the rule would change is said; nothing is changed until then.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from archive_viewer.cleaning.sections import section_of
from archive_viewer.cleaning.site_rules import sample_of
from archive_viewer.errors import ArchiveViewerError
from archive_viewer.library import Library, RuleEffect
from archive_viewer.model import Article, Decider, Fate, Likeness, SiteRule
from archive_viewer.ui import theme, wording
from archive_viewer.ui.bridge import Bridge

FATES = (Fate.STRIPPED, Fate.KEPT)
LIKENESSES = (Likeness.PLACE, Likeness.WORDS)


class RuleDialog(QDialog):
    """``made``: the rule that is wanted (SiteRule)."""

    made = Signal(object)

    def __init__(
        self, bridge: Bridge, item_id: str, site: str, article: Article, n: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("A rule for {site}").format(site=site))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 420)
        self._bridge, self._item_id, self._article, self._n = bridge, item_id, article, n
        self._section = section_of(article, n)
        self._rule: SiteRule | None = None
        self._asked = 0
        self._site = site
        block = article.blocks[n - 1]
        head = QLabel(self.tr("Always, on every page of {site}").format(site=site))
        head.setObjectName("fieldSection")
        self.sample = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.sample.setObjectName("quiet")
        is_decided = block.decided_by is Decider.PERSON
        wanted = block.fate if is_decided else Fate.STRIPPED if block.is_kept else Fate.KEPT
        self.fates = self._choice(
            FATES.index(wanted), self.tr("&Take it out of the text"), self.tr("&Keep it in the text")
        )
        blocks = wording.counted(len(self._section), *_paragraphs())
        whole = self.tr("Its whole &section, {blocks}").format(blocks=blocks)
        self.extents = self._choice(0, self.tr("This &paragraph"), whole)
        self.likenesses = self._choice(
            0 if block.signature else 1,
            self.tr("Whatever stands in this p&lace of the page"),
            self.tr("These very &words, wherever they stand"),
        )
        for button in self.extents.buttons():
            button.setEnabled(len(self._section) > 1)
        self.effect = QLabel(wordWrap=True)
        self.effect.setAccessibleName(self.tr("What the rule would do"))
        self.effect.setMinimumHeight(3 * self.fontMetrics().height())
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.making = buttons.addButton(self.tr("&Make the Rule"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.making.clicked.connect(self._make)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.WIDE)
        layout.setSpacing(theme.SMALL)
        layout.addWidget(head)
        layout.addWidget(self.sample)
        for group in (self.fates, self.extents, self.likenesses):
            layout.addSpacing(theme.SMALL)
            for button in group.buttons():
                layout.addWidget(button)
        layout.addSpacing(theme.SMALL)
        layout.addWidget(self.effect)
        layout.addStretch(1)
        layout.addWidget(buttons)
        for group in (self.fates, self.extents, self.likenesses):
            group.buttonClicked.connect(self.ask)
        self.ask()

    def ask(self) -> None:
        """Ask what the rule would do; an older question is dropped where it is."""
        self._asked += 1
        number, self._rule = self._asked, None
        self.making.setEnabled(False)
        ns = self._section if self.extents.checkedId() else range(self._n, self._n + 1)
        self.sample.setText(f"“{sample_of(self._article, ns)}”")
        self.effect.setText(self.tr("Looking at the pages of {site}…").format(site=self._site))
        item_id = self._item_id
        fate, likeness = FATES[self.fates.checkedId()], LIKENESSES[self.likenesses.checkedId()]

        def work(library: Library) -> tuple[SiteRule, RuleEffect]:
            rule = library.draft_rule(item_id, ns, fate, likeness)
            return rule, library.rule_effect(rule, lambda: self._asked == number)

        self._bridge.ask(work, self._show, owner=self, newest=("rule effect", id(self)), failed=self._refuse)

    def done(self, result: int) -> None:
        # What is being counted is not waited for any more.
        self._asked += 1
        super().done(result)

    def _show(self, answer: tuple[SiteRule, RuleEffect]) -> None:
        self._rule, effect = answer
        self.effect.setText(effect_of(effect, self._site))
        self.making.setEnabled(True)

    def _refuse(self, error: ArchiveViewerError) -> None:
        self.effect.setText(str(error))

    def _make(self) -> None:
        if self._rule is not None:
            self.made.emit(self._rule)
            self.accept()

    def _choice(self, chosen: int, *texts: str) -> QButtonGroup:
        group = QButtonGroup(self)
        for number, text in enumerate(texts):
            button = QRadioButton(text)
            button.setChecked(number == chosen)
            group.addButton(button, number)
        return group


def _paragraphs() -> tuple[str, str]:
    tr = QCoreApplication.translate
    return tr("RuleDialog", "paragraph"), tr("RuleDialog", "paragraphs")


def effect_of(effect: RuleEffect, site: str) -> str:
    """What a rule would do, in a sentence or two."""
    tr = QCoreApplication.translate
    if not effect.changed:
        return tr(
            "RuleDialog", "This would change none of the pages of {site} that are here; it would hold for new ones."
        ).format(site=site)
    parts = (
        (effect.taken_out, tr("RuleDialog", "take out {blocks}")),
        (effect.put_back, tr("RuleDialog", "put back {blocks}")),
    )
    what = ", ".join(words.format(blocks=wording.counted(count, *_paragraphs())) for count, words in parts if count)
    said = tr("RuleDialog", "This would change {changed} of {pages} pages of {site}: {what}.")
    if effect.looked_at < effect.pages:
        said = tr(
            "RuleDialog", "This would change {changed} of the first {looked_at} of {pages} pages of {site}: {what}."
        )
    return said.format(
        changed=wording.number(effect.changed),
        looked_at=wording.number(effect.looked_at),
        pages=wording.number(effect.pages),
        site=site,
        what=what,
    )
