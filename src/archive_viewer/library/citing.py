"""Excerpts out, and proof: marked passages gathered, written in a form, read back and held against the originals.

Ids or a query in, excerpts, files and verdicts out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from archive_viewer import anchoring, cleaning, exporting, readers
from archive_viewer.errors import ExportFailed, FileRefused, UnknownId
from archive_viewer.library.fixity import Fixity
from archive_viewer.library.values import FixityResult, Verdict, VerdictOutcome
from archive_viewer.model import Annotation, Article, Claim, Excerpt, Item, LinkEnd


class Citing(Fixity):
    """The part of a library that hands things over."""

    # -- excerpts -----------------------------------------------------------------------------------------------

    def excerpts(
        self,
        item_ids: Sequence[str] | None = None,
        tag: str | None = None,
        query: str | None = None,
        annotation_ids: Sequence[str] | None = None,
    ) -> list[Excerpt]:
        """Marked passages, page by page; every condition that is given must hold.  Unplaced marks keep their quote.

        :raises UnknownId: one of the named items does not exist.
        :raises BadQuery: the query cannot be understood.
        """
        if item_ids is not None:
            self._known(item_ids)
        wanted = None if item_ids is None else set(item_ids)
        if query is not None:
            answering = self.answering_ids(query)
            wanted = answering if wanted is None else wanted & answering
        named = None if annotation_ids is None else set(annotation_ids)
        marks = [
            mark
            for mark in self.annotations()
            if (wanted is None or mark.item_id in wanted) and (named is None or mark.id in named)
        ]
        gathered: list[Excerpt] = []
        item: Item | None = None
        for mark in marks:
            if item is None or item.id != mark.item_id:
                item, article, ends = self.item(mark.item_id), self.article(mark.item_id), self.link_ends(mark.item_id)
            if tag is not None and tag not in mark.tags and tag not in item.tags:
                continue
            quote, numbers = mark.quote, (mark.target.first.n, mark.target.last.n)
            if mark.start is not None and mark.end is not None:
                quote, numbers = article.text[mark.start : mark.end], article.paragraphs(mark.start, mark.end)
            gathered.append(Excerpt(mark, item, quote, numbers, _of_mark(mark, ends)))
        return gathered

    def export(self, path: Path, format: str, excerpts: Sequence[Excerpt]) -> list[FixityResult]:
        """Write excerpts in a form; an older file of that name stays as it is until the new one is whole.

        The stored files behind them are checked first; gives those that failed, whose excerpts cannot be proved.

        :raises ExportFailed: the file cannot be written.
        """
        exporter = exporting.exporter_of(format)
        item_ids = list(dict.fromkeys(excerpt.item.id for excerpt in excerpts))
        failed = [result for result in self.verify_originals(item_ids) if result.result != "ok"]
        with whole_file(path) as stream:
            exporter.write(excerpts, stream)
        if self.is_writable:
            with self._database.writing() as connection:
                for item_id in item_ids:
                    self._happened(connection, "dissemination", item_id, detail=f"excerpts as {format}: {path.name}")
        return failed

    # -- proof --------------------------------------------------------------------------------------------------

    def verify_export(self, path: Path) -> list[Verdict]:
        """Hold each excerpt of an exported file against the bytes of its original, read and cleaned anew.

        Fates do not matter: a quote may stand in stripped text, too, and one that was taken across a block while that
        was stripped is good after it was put back.

        :raises NotAnExport: the file holds no excerpt of ours.
        """
        read: dict[str, Article] = {}
        return [
            Verdict(claim.quote, claim.item_id, self._verdict(claim, read)) for claim in exporting.read_claims(path)
        ]

    def _verdict(self, claim: Claim, read: dict[str, Article]) -> VerdictOutcome:
        try:
            item = self.item(claim.item_id)
        except UnknownId:
            return "missing"
        if claim.sha256 != item.sha256:
            return "altered"
        state = self._originals.check(item.sha256)
        if state != "ok":
            return "altered" if state == "altered" else "missing"
        if item.id not in read:
            try:
                read[item.id] = cleaning.clean(readers.find_capture(self.saved_file(item.id), item.locator))
            except FileRefused:
                return "missing"
        best: VerdictOutcome = "differs"
        for text in _texts_with(claim.quote, read[item.id]):
            for start, end in anchoring.find_quote(text, claim.quote)[:1]:
                if anchoring.compare(claim.quote, text[start:end]) == "exact":
                    return "exact"
                best = "typographic"
        return best


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to be written; an older one of that name stays as it is until the new one is whole.

    :raises ExportFailed: the file cannot be written.
    """
    if not path.name:
        raise ExportFailed(f"{path} is no name for a file; nothing was written.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise ExportFailed(f"The file {path} could not be written: {error.strerror or error}.") from error
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _texts_with(quote: str, article: Article) -> Iterator[str]:
    """The texts that a quote may have been taken from: as cleaned, with all blocks, and with those it names only."""
    yield article.text
    yield "\n".join(block.text for block in article.blocks)
    first, *middle = quote.split("\n")
    if not middle:
        return
    last = middle.pop()
    blocks = iter(article.blocks)
    begun = next((block.text for block in blocks if _ends(block.text, first)), "")
    passed = [next((block.text for block in blocks if anchoring.compare(line, block.text)), "") for line in middle]
    ended = next((block.text for block in blocks if _begins(block.text, last)), "")
    yield "\n".join([begun, *passed, ended])


def _begins(text: str, words: str) -> bool:
    return any(start == 0 for start, _ in anchoring.find_quote(text, words))


def _ends(text: str, words: str) -> bool:
    return any(end == len(text) for _, end in anchoring.find_quote(text, words))


def _of_mark(mark: Annotation, ends: Sequence[LinkEnd]) -> tuple[LinkEnd, ...]:
    return tuple(end for end in ends if mark.id == (end.link.from_id if end.is_outgoing else end.link.to_id))
