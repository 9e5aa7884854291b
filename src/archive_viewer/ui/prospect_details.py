"""What is known of one file that would come in, in words: the file, what it looks like, its pages.

In: a prospect.  Out: fields, as the margin has them for a page of the library.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from archive_viewer.ui import wording
from archive_viewer.ui.facts_pane import Field
from archive_viewer.ui.prospects import Prospect

PAGES_LISTED = 60


def details_of(one: Prospect) -> list[Field]:
    """All that is known of a file and its pages."""
    tr = QCoreApplication.translate
    fields = [
        Field(one.name),
        Field(tr("Prospects", "File"), one.path),
        Field(tr("Prospects", "What it is"), wording.word(one.kind), one.reason),
    ]
    if one.near:
        said = [wording.likeness(near.title, near.captured_at, near.is_same_text, near.path) for near in one.near]
        fields.append(Field(tr("Prospects", "Looks like"), "\n".join(said)))
    fields += [Field(tr("Prospects", "Warning"), warning) for warning in one.warnings]
    for number, page in enumerate(one.pages[:PAGES_LISTED], start=1):
        if one.page_count > 1:
            fields.append(Field(tr("Prospects", "Page {number}").format(number=wording.number(number))))
        fields += [
            Field(name, value, "", doubt)
            for name, value, doubt in (
                (tr("Prospects", "Title"), page.title, "  ".join(page.doubts)),
                (tr("Prospects", "Address"), page.url, ""),
                (tr("Prospects", "Capture date"), wording.moment(page.captured_at), ""),
                (tr("Prospects", "Publication date"), wording.date(page.published), ""),
                (tr("Prospects", "Character set"), page.charset, ""),
                (tr("Prospects", "Form"), wording.word(page.format), ""),
                (tr("Prospects", "Marks"), page.marks, ""),
            )
            if value
        ]
    if one.page_count > len(one.pages[:PAGES_LISTED]):
        more = wording.number(one.page_count - len(one.pages[:PAGES_LISTED]))
        fields.append(Field(tr("Prospects", "More pages"), tr("Prospects", "and {count} more").format(count=more)))
    return fields
