"""What must hold of any file at all: the child process of ``fuzz_readers``, which reads one case after another.

Cases on standard input (a line of JSON each: the folder and name of a file, the words that must come out of it), an
answer on standard output (a line each): a signature of what happened, or what must not have.  A process of its own,
because a case may crash it in C, hang it, or take all memory; it may open nothing but what lies in the case's folder,
and neither socket nor process.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import resource
import sys
import time
import traceback
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from archive_viewer import cleaning, limits, readers, serving
from archive_viewer.errors import FileRefused
from archive_viewer.model import Article, Capture, SavedFile
from archive_viewer.readers import FolderCompanions

CANARY = "Kanarienvogel 4711"
"""The text of a file outside of every case; a page that shows it has read what it must not."""

MODIFIED = "2020-02-29T12:00:00Z"
MEMORY = 3 * 1024 * limits.MIB
LOOKED_AT = 20
"""Captures of one case that are cleaned: some archives come out with thousands."""

_FORBIDDEN = re.compile("[\x00\r\n\u2029\ufeff\ufffe\ufdd0\ufdd1\ud800-\udfff]")
_IS_OUR_OWN = tuple({sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path)})
_NEVER = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "os.remove", "os.rename",
          "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate", "shutil.", "urllib.", "ftplib.",
          "http.", "webbrowser.", "ctypes.dlopen", "sqlite3.", "tempfile.", "pty.", "syslog.")  # fmt: skip


class Watch:
    """An audit hook: notes what was opened beyond the case's own folder, and all else that a reader never does."""

    def __init__(self) -> None:
        self.folder: Path | None = None
        self.seen: list[str] = []

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None:
            return
        if event.startswith(_NEVER):
            self.seen.append(f"{event} {arguments!r:.300}")
        elif event in ("open", "os.listdir", "os.scandir"):
            path = str(arguments[0])
            is_written = event == "open" and (set(arguments[1] or "r") & set("wax+") or (arguments[2] or 0) & 3)
            is_inside = Path(path).absolute().is_relative_to(self.folder)
            if is_written or not (is_inside or path.startswith(_IS_OUR_OWN)):
                self.seen.append(f"{event} {arguments!r:.300}")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    watch = Watch()
    sys.addaudithook(watch)
    for line in sys.stdin:
        case = json.loads(line)
        began, before = time.process_time(), _peak()
        watch.folder, watch.seen = Path(case["folder"]), []
        try:
            answer = judge(Path(case["folder"]) / case["name"], case["words"])
        except Exception:  # noqa: BLE001  what is looked for
            answer = {"fault": traceback.format_exc(limit=-12)}
        except RecursionError:
            answer = {"fault": traceback.format_exc(limit=-6)}
        watch.folder = None
        if watch.seen:
            answer["fault"] = "It did what no reader may: " + "; ".join(watch.seen[:5])
        answer |= {"seconds": time.process_time() - began, "grown": _peak() - before}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def judge(path: Path, words: list[str]) -> dict[str, Any]:
    """A signature of the case (what kind of thing came out), and a digest of all that came out.

    :raises AssertionError: what came out is not as it must be.
    """
    saved = SavedFile(path, path.name, MODIFIED, FolderCompanions(path))
    said: list[object] = []
    kinds: list[object] = []
    reader = ""
    try:
        reader = getattr(readers.reader_of(saved), "__name__", "").rpartition(".")[2]
        names = readers.companion_names(saved)
        captures = list(islice(readers.read(saved), 2_000))
    except FileRefused as refusal:
        sentence = str(refusal)
        assert sentence.endswith("."), sentence
        assert _is_writable(sentence), ascii(sentence)
        return {"reader": reader, "kind": [reader, _shape(sentence)], "digest": _digest([sentence])}
    assert len({capture.locator for capture in captures}) == len(captures), "two captures with one locator"
    for capture in captures[:LOOKED_AT]:
        _require_sound(capture, saved)
        _require_found_again(capture, saved)
        article = cleaning.clean(capture)
        _require_text(article)
        if words:
            _require_words(article, words)
        _look_at_parts(capture, article, saved)
        said += [dataclasses.replace(capture, inside={}), article]
        kinds.append((capture.format, capture.charset.value, capture.url is not None, len(article.blocks).bit_length()))
        kinds += sorted({block.kind for block in article.blocks} | {block.reason or "" for block in article.blocks})
        kinds += map(_shape, capture.warnings)
    kind = [reader, len(captures).bit_length(), bool(names), *kinds]
    return {"reader": reader, "kind": kind, "digest": _digest(said)}


def _require_sound(capture: Capture, saved: SavedFile) -> None:
    assert all(warning.endswith(".") for warning in (*capture.warnings, *capture.file_warnings))
    assert set(capture.companions) <= set(saved.companions), capture.companions
    assert len(capture.data) <= limits.CONTAINER_BYTES
    for text in _texts((capture, dict(capture.facts))):
        assert _is_writable(text), ascii(text[:200])
        assert CANARY not in text, text[:300]


def _require_found_again(capture: Capture, saved: SavedFile) -> None:
    """Remarks about a container as a whole are said with one of its pages only."""
    again = readers.find_capture(saved, capture.locator)
    assert set(again.warnings) <= set(capture.warnings), (again.warnings, capture.warnings)
    of_the_file = {"warnings": (), "file_warnings": (), "facts": {}}
    assert dataclasses.replace(again, **of_the_file) == dataclasses.replace(capture, **of_the_file), (
        f"found again another: {_differences(again, capture)}"
    )


def _differences(one: Capture, other: Capture) -> str:
    names = [field.name for field in dataclasses.fields(one) if field.compare]
    differing = [name for name in names if getattr(one, name) != getattr(other, name)]
    return "; ".join(f"{name} {getattr(one, name)!r:.200} {getattr(other, name)!r:.200}" for name in differing)


def _require_text(article: Article) -> None:
    assert [block.n for block in article.blocks] == list(range(1, len(article.blocks) + 1))
    assert article.text == "\n".join(block.text for block in article.blocks if block.is_kept)
    assert CANARY not in article.text
    for block in article.blocks:
        text = block.text
        assert not _FORBIDDEN.search(text), ascii(text[:200])
        assert unicodedata.is_normalized("NFC", text), ascii(text[:200])
        assert len(text) <= limits.BLOCK_CHARACTERS or block is article.blocks[-1], len(text)
        assert text.count("\ufffc") == len(block.pictures), ascii(text[:200])
        assert all(text[picture.offset] == "\ufffc" for picture in block.pictures), block.pictures
        assert all(0 <= span.start < span.end <= len(text) for span in block.spans), block.spans
        assert block.is_kept == (block.reason is None), block
    for fact in _texts(article):
        assert _is_writable(fact), ascii(fact[:200])


def _require_words(article: Article, words: list[str]) -> None:
    whole = "\n".join(block.text for block in article.blocks)
    for word in words:
        assert whole.count(word) == 1, f"{word} stands {whole.count(word)} times in the blocks"


def _look_at_parts(capture: Capture, article: Article, saved: SavedFile) -> None:
    """What the page loads comes from its own file; whatever the addresses say."""
    resources = serving.Resources(capture, saved)
    addresses = [picture.source for block in article.blocks for picture in block.pictures][:5]
    for address in (*addresses, "pixel.png", "../../../../etc/passwd", "file:///etc/passwd", "data:,%ff", "//x/y"):
        found = resources.find(address)
        assert found is None or b"root:" not in found.data[:200], address


def _texts(value: object) -> Iterator[str]:
    """Every text in a value of the model."""
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            if field.name not in ("inside", "find_resource", "facts"):
                yield from _texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key in value:
            yield from _texts((key, value[key]))
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from _texts(inner)


def _is_writable(text: str) -> bool:
    """Whether a database, and JSON for another program, can hold it."""
    return not any("\ud800" <= character <= "\udfff" for character in text) if not text.isascii() else True


def _shape(sentence: str) -> str:
    return re.sub(r"“[^”]*”|[\d.,]+|\bof the type .*", "#", sentence)[:160]


def _digest(said: list[object]) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
