"""What is known of one file that would come in, in words: the file, what it looks like, its pages.

In: a prospect.  Out: fields, as the margin has them for a page of the library.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from archive_viewer.ui import wording
from archive_viewer.ui.facts_pane import Field, warnings_of
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
    fields += warnings_of(one.warnings)
    for number, page in enumerate(one.pages[:PAGES_LISTED], start=1):
        if one.page_count > 1:
            fields.append(Field(tr("Prospects", "Page {number}").format(number=wording.number(number))))
        told = {
            "title": page.title,
            "url": page.url,
            "captured_at": wording.moment(page.captured_at),
            "published": wording.date(page.published),
            "charset": page.charset,
            "format": wording.word(page.format),
            "marks": page.marks,
        }
        told |= {name: tr("Prospects", "in doubt") for name in page.doubts if not told.get(name)}
        by_file = tr("Prospects", "not stated; the time of the file, when it was saved or copied")
        sources = {"captured_at": by_file} if page.is_capture_guessed else {}
        fields += [
            Field(wording.fact(name), value, sources.get(name, ""), page.doubts.get(name, ""))
            for name, value in told.items()
            if value
        ]
    if one.page_count > len(one.pages[:PAGES_LISTED]):
        more = wording.number(one.page_count - len(one.pages[:PAGES_LISTED]))
        fields.append(Field(tr("Prospects", "More pages"), tr("Prospects", "and {count} more").format(count=more)))
    return fields
