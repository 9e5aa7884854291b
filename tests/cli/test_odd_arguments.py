"""The archive's commands and arguments that nobody should give: each is answered by a sentence, and nothing is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive_viewer.cli import program
from archive_viewer.library import Library
from bags import tree
from command_line import Line
from pages import PAGE, PARAGRAPHS


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """A library with one page, in a folder with a file, a bag and a link that leads round in a circle."""
    monkeypatch.chdir(tmp_path)
    line = Line(tmp_path / "Lïbrary 😀", capsys)
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    (tmp_path / "Tïtle.html").write_text(PAGE.format(title="Tïtle 😀", paragraphs=body), "utf-8")
    line("import", "Tïtle.html")
    (tmp_path / "file").write_text("a file", "utf-8")
    (tmp_path / "round").symlink_to("round")
    line("bag", "bag")
    return line


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("events --limit -1", "1 or more"),
        ("events --limit 0", "1 or more"),
        ("events --limit ٣", "1 or more"),
        ("events --since 2026-13", "no day or moment"),
        ("events --until 2026-02-30", "no day or moment"),
        ("events --until 2026-11-30T25:00", "no day or moment"),
        ("events --type ingest", "“ingestion”"),
        ("events --type Fixity", "there is “fixity check”"),
        ("events --type 😀", "“deaccession”"),
        ("events --premis out.xml --limit 1", "goes with no --limit"),
        ("events --premis <empty>", "is empty"),
        ("arrange --to 1", "--to goes with --move"),
        ("arrange --before 1 --rename 1 X", "--before goes with --add or --move"),
        ("arrange --in 1", "--in goes with --add or --by"),
        ("arrange --level series", "--level goes with"),
        ("arrange --code 1 --move ID", "--code goes with"),
        ("arrange --move ID --dry-run", "--dry-run goes with --by"),
        ("fixity --every 30 --item ID", "goes with no --item"),
        ("fixity --repair <empty>", "is empty"),
        ("deaccession --by me", "Say which pages"),
        ("merge LIBRARY", "is this very library"),
        ("merge file", "no library"),
        ("bag <empty>", "is empty"),
        ("copy-library <empty>", "is empty"),
        ("restore-backup <empty>", "is empty"),
        ("unbag <empty>", "is empty"),
        ("give-back ID --to <empty>", "is empty"),
        ("import <empty>", "is empty"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_done(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: str, sentence: str
) -> None:
    require_refused(line, tmp_path, capsys, arguments, sentence, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("events --premis file/out.xml", "could not be written"),
        ("events --premis /", "no name for a file"),
        ("bag LIBRARY/bag", "folder of the library itself"),
        ("copy-library LIBRARY", "folder of the library itself"),
        ("bag .", "The library itself lies in"),
        ("bag round/bag", "no place where anything"),
        ("copy-library round", "no place where anything"),
        ("bag file/bag", "could not be written"),
        ("give-back ID --to round", "no place where anything"),
        ("give-back ID --to file", "could not be written"),
        ("give-back ID --to LIBRARY", "folder of the library itself"),
        ("unbag bag --library bag/new", "lies in the bag itself"),
        ("unbag bag --library round", "round"),
        ("unbag file", "no folder"),
    ],
)
def test_what_cannot_be_written_or_read_is_told(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: str, sentence: str
) -> None:
    require_refused(line, tmp_path, capsys, arguments, sentence, 3)


def require_refused(
    line: Line, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: str, sentence: str, code: int
) -> None:
    with Library.open(line.folder, "reader") as library:
        names = {"LIBRARY": str(line.folder), "ID": library.item_ids()[0], "<empty>": ""}
        events = library.count_events()
    wanted = [
        f"{line.folder}/{word.partition('/')[2]}" if word.startswith("LIBRARY/") else names.get(word, word)
        for word in arguments.split(" ")
    ]
    if "--library" not in wanted:
        wanted += ["--library", str(line.folder)]
    before = {name for name in tree(tmp_path) if not name.endswith(("-wal", "-shm"))}
    try:
        ended = program.run([*wanted, "--json"])
    except SystemExit as usage:
        ended = int(str(usage.code))
    out, said = capsys.readouterr()
    assert (ended, "Traceback" in said) == (code, False)
    assert sentence in said
    assert all(one.startswith("{") for one in out.splitlines())
    assert {name for name in tree(tmp_path) if not name.endswith(("-wal", "-shm"))} == before
    with Library.open(line.folder, "reader") as library:
        assert library.count_events() == events


def test_one_is_one_and_two_are_two(line: Line, capsys: pytest.CaptureFixture[str]) -> None:
    line("arrange", "--by", "year", "--dry-run")
    assert line.said == "1 page in 1 unit, of which 1 would be made.\n"
    line("arrange", "--by", "year")
    assert line.said == "1 page in 1 unit, of which 1 was made.\n"
    line("fixity")
    assert "1 stored file checked, 0 failed." in line.said
    line("rebuild-index")
    assert line.said == "1 page is in the index.\n"
    assert program.run(["arrange", "--library", str(line.folder)]) == 0
    assert "1 page)" in capsys.readouterr().out
    assert program.run(["accessions", "--library", str(line.folder)]) == 0
    assert "1 page, 0 files refused" in capsys.readouterr().out


def test_a_page_that_is_named_twice_is_moved_once(line: Line) -> None:
    (item,) = line("items")
    (unit,) = line("arrange", "--add", "Fonds")
    (moved,) = line("arrange", "--move", item["id"], item["id"], "--to", unit["reference_code"])
    assert moved["items"] == [item["id"]]
