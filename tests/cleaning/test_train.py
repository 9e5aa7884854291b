"""Training, on a small collection of made-up sites; needs the extra ``train``."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive_viewer.cleaning import classifier

pytest.importorskip("lightgbm", reason="the extra “train” is not installed")

SITES, PAGES = 8, 2


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages on which what is classed ``storytext`` is the article, and what is classed ``sidestuff`` is not."""
    folder = tmp_path_factory.mktemp("collection")
    (folder / "html").mkdir()
    (folder / "ground-truth").mkdir()
    for number in range(SITES * PAGES):
        story = [f"Tïtle 😀 {number} of the day, and what came of it, told line by line {line}." for line in range(30)]
        other = [f"Something else of site {number} that has nothing to do with it, item {line}" for line in range(30)]
        page = "<html><body><div class=sidestuff>{}</div><div class=storytext>{}</div></body></html>".format(
            "".join(f"<p>{line}</p>" for line in other), "".join(f"<p>{line}</p>" for line in story)
        )
        truth = {
            "url": f"https://site{number % SITES}.example/{number}",
            "ground_truth": {"main_content": "\n".join(story)},
            "_internal": {"page_type": {"primary": "article"}},
        }
        (folder / "html" / f"{number:04}.html.gz").write_bytes(gzip.compress(page.encode()))
        (folder / "ground-truth" / f"{number:04}.json").write_text(json.dumps(truth), "utf-8")
    return folder


def train(collection: Path, out: Path) -> str:
    command = [sys.executable, "-m", "archive_viewer.cleaning.train"]
    options = ["--data", str(collection), "--out", str(out), "--folds", "2"]
    return subprocess.run([*command, *options], check=True, capture_output=True, text=True).stdout


def test_what_was_learned_is_written_and_read_again(collection: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.json"
    said = train(collection, out)
    assert f"{SITES * PAGES} pages" in said
    weights = json.loads(out.read_text("utf-8"))
    learned = classifier.load(weights)
    assert len(learned.forest.roots) == len(weights["trees"])
    words = learned.names.words
    assert max(score for score in words["storytext"] if score) > 0 > min(s for s in words["sidestuff"] if s)
    assert weights["made"]["out of fold by domain: pages, F1, precision, recall"]["all"][0] == SITES * PAGES


def test_the_same_pages_give_the_same_weights(collection: Path, tmp_path: Path) -> None:
    train(collection, tmp_path / "one.json")
    train(collection, tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    command = [sys.executable, "-m", "archive_viewer.cleaning.train", "--data", str(tmp_path)]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "There are no pages" in ended.stderr
