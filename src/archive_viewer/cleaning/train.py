"""Training: pages with their reference texts in, the weights of the classifier out.

    python -m archive_viewer.cleaning.train --data DIR [--out FILE] [--folds N]

``DIR`` holds pages as WCXB does, ``html/ID.html.gz`` and ``ground-truth/ID.json`` (WCXB: Murrough Foley, 2026,
CC-BY-4.0).  The figures that are printed and kept with the weights are out of fold: every page is judged by a
classifier that has seen no page of its domain.  The rules among the features were written beside WCXB's pages, which
flatters its figures a little.  Needs the extra ``train``; the same pages and the same versions give
the same weights.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from lxml import etree

from archive_viewer import charset
from archive_viewer.cleaning import choice, classifier, cleaner, features, name_scores, truth
from archive_viewer.cleaning.classifier import Classifier
from archive_viewer.cleaning.features import Columns
from archive_viewer.cleaning.name_scores import NameTable, tag_path
from archive_viewer.cleaning.sight import Sight
from archive_viewer.cleaning.skeleton import Numbers, Skeleton
from archive_viewer.cleaning.version import CLEANER_VERSION

DATA = "WCXB, the Web Content eXtraction Benchmark, by Murrough Foley (2026), CC-BY-4.0"
SEED = 3
_TREES = 150
_SETTINGS: dict[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.07,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 127,
    "seed": SEED,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbose": -1,
}
_LEAST_DOMAINS, _PRIOR, _PRIOR_WEIGHT = 4, 0.45, 6
"""A name counts when so many domains use it; the share that a name nobody knows has, and what that weighs."""
_LONGEST, _SHORTEST_TRUTH, _LONGEST_TRUTH = 400, 30, 3_000
_DIGITS = 6


@dataclass
class Example:
    """A page to learn from; ``columns`` but for those of the names, which depend on the table."""

    domain: str
    type: str
    sight: Sight
    skeleton: Skeleton | None
    columns: Columns
    words: list[list[str]]
    reference: Counter[str]
    labels: list[bool]

    @property
    def lengths(self) -> Numbers:
        return np.array([len(words) for words in self.words], dtype=np.float64)

    @property
    def weights(self) -> Numbers:
        """A block weighs its share of the truth: a page counts the same however long it is."""
        truth_words = min(max(self.reference.total(), _SHORTEST_TRUTH), _LONGEST_TRUTH)
        return np.minimum(self.lengths, _LONGEST) / truth_words


def read(folder: Path) -> Iterator[Example]:
    """The pages of a collection, by name."""
    for path in sorted((folder / "html").glob("*.html.gz")):
        stated = json.loads((folder / "ground-truth" / f"{path.name.split('.')[0]}.json").read_text("utf-8"))
        text, _ = charset.decode(gzip.decompress(path.read_bytes()))
        sight = cleaner.look_at(text, stated["url"]).sight
        reference = stated["ground_truth"].get("main_content") or ""
        words = [truth.words_of(draft.text) for draft in sight.page.drafts]
        yield Example(
            ".".join((urlsplit(stated["url"]).hostname or "").split(".")[-2:]),
            stated["_internal"]["page_type"]["primary"],
            _without_elements(sight),
            Skeleton(sight.page) if words else None,
            features.measure(sight, NameTable()) if words else Columns(),
            words,
            Counter(truth.words_of(reference)),
            truth.labels(words, reference),
        )


def _without_elements(sight: Sight) -> Sight:
    """The same without the trees: those of a whole collection do not fit into memory."""
    nothing = etree.Element("nothing")
    sight.page.nodes[:] = [replace(node, element=nothing) for node in sight.page.nodes]
    return sight


# -- names ------------------------------------------------------------------------------------------------------

Key = tuple[str, int]


def count_names(examples: Sequence[Example]) -> dict[Key, tuple[float, int]]:
    """For each name and level the sum of its shares of article text by domain, and how many domains use it."""
    by_domain: dict[tuple[str, Key], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for example in examples:
        nodes = example.sight.page.nodes
        names = example.sight.ruling.names
        right: dict[int, float] = defaultdict(float)
        all_of: dict[int, float] = defaultdict(float)
        for draft, words, label in zip(example.sight.page.drafts, example.words, example.labels, strict=True):
            all_of[draft.node] += math.sqrt(len(words))
            right[draft.node] += math.sqrt(len(words)) * label
        for own in all_of:
            keys: set[Key] = {(tag_path(example.sight.page, own), name_scores.LEVELS)}
            node, level = own, 0
            while node >= 0:
                keys.update((word, min(level, name_scores.LEVELS - 1)) for word in names[node])
                node, level = nodes[node].parent, level + 1
            for key in keys:
                entry = by_domain[example.domain, key]
                entry[0] += right[own]
                entry[1] += all_of[own]
    counts: dict[Key, tuple[float, int]] = {}
    for (_, key), (found, total) in by_domain.items():
        if total:
            share, domains = counts.get(key, (0.0, 0))
            counts[key] = share + found / total, domains + 1
    return counts


def table_of(counts: Sequence[dict[Key, tuple[float, int]]]) -> NameTable:
    """The table of names from counts of different domains."""
    sums: dict[Key, tuple[float, int]] = {}
    for part in counts:
        for key, (share, domains) in part.items():
            known = sums.get(key, (0.0, 0))
            sums[key] = known[0] + share, known[1] + domains
    words: dict[str, list[float | None]] = {}
    tags: dict[str, float] = {}
    for (word, level), (share, domains) in sorted(sums.items()):
        if domains < _LEAST_DOMAINS:
            continue
        mean = (share + _PRIOR * _PRIOR_WEIGHT) / (domains + _PRIOR_WEIGHT)
        score = round(math.log(mean / (1 - mean)) - math.log(_PRIOR / (1 - _PRIOR)), 3)
        if level == name_scores.LEVELS:
            tags[word] = score
        else:
            words.setdefault(word, [None] * name_scores.LEVELS)[level] = score
    return NameTable({word: tuple(scores) for word, scores in words.items()}, tags)


# -- trees ------------------------------------------------------------------------------------------------------


def fit(examples: Sequence[Example], tables: Sequence[NameTable], table: NameTable) -> Classifier:
    """A classifier that reads ``table``, learned from pages each with the table that has not seen its domain."""
    rows, labels, weights = [], [], []
    names: list[str] = []
    for example, own_table in zip(examples, tables, strict=True):
        if example.words:
            columns = _with_names(example, own_table)
            names = columns.names
            rows.append(columns.matrix().astype(np.float32))
            labels.append(np.array(example.labels, dtype=np.float64))
            weights.append(example.weights)
    matrix, label, weight = np.vstack(rows), np.concatenate(labels), np.concatenate(weights)
    counts = weight > 0
    data = lightgbm.Dataset(matrix[counts], label[counts], weight=weight[counts])
    booster = lightgbm.train(_SETTINGS, data, _TREES)
    trees = [_flat(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    return classifier.load({"words": table.words, "tags": table.tags, "columns": names, "trees": trees})


def _with_names(example: Example, table: NameTable) -> Columns:
    assert example.skeleton is not None
    figures = name_scores.measure(example.sight.page, example.skeleton, example.sight.ruling.names, table)
    known = {name: figures[:, number] for number, name in enumerate(name_scores.COLUMNS)}
    names = example.columns.names
    own = example.columns.figures
    return Columns(names, [known.get(name, figure) for name, figure in zip(names, own, strict=True)])


def _flat(root: dict[str, Any]) -> dict[str, list[float]]:
    """A tree of LightGBM as rows of numbers; see ``classifier.Forest``."""
    tree: dict[str, list[float]] = {"feature": [], "border": [], "child": [], "value": []}
    nodes = [root]
    for number, node in enumerate(nodes):
        is_leaf = "leaf_value" in node
        tree["feature"].append(0 if is_leaf else node["split_feature"])
        tree["border"].append(0.0 if is_leaf else float(np.float32(node["threshold"])))
        tree["child"].append(number if is_leaf else len(nodes))
        tree["value"].append(round(node["leaf_value"], _DIGITS) if is_leaf else 0.0)
        if not is_leaf:
            nodes += (node["left_child"], node["right_child"])
    return tree


# -- judging ----------------------------------------------------------------------------------------------------


def judge(example: Example, by: Classifier) -> tuple[float, float, float]:
    """F1, precision and recall of the words that would be kept of a page."""
    answer: Counter[str] = Counter()
    if example.words:
        columns = _with_names(example, by.names)
        for i in choice.pick(example.sight, choice.tempered(example.sight, by.probabilities(columns))):
            answer.update(example.words[i])
    return truth.overlap(answer, example.reference)


def folds_of(examples: Sequence[Example], count: int) -> list[int]:
    """A fold for each page; pages of one domain are in the same."""
    domains = sorted({example.domain for example in examples})
    random.Random(SEED).shuffle(domains)
    fold = {domain: number % count for number, domain in enumerate(domains)}
    return [fold[example.domain] for example in examples]


def summary(examples: Sequence[Example], scores: Sequence[tuple[float, float, float]]) -> dict[str, list[float]]:
    """Pages, and the means of F1, precision and recall, of all pages and of each type."""
    groups: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for example, score in zip(examples, scores, strict=True):
        groups["all"].append(score)
        groups[example.type].append(score)
    return {
        name: [len(group), *(round(float(mean), 4) for mean in np.mean(group, axis=0))]
        for name, group in sorted(groups.items())
    }


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m archive_viewer.cleaning.train", description=__doc__)
    options.add_argument("--data", type=Path, required=True, help="the folder with html/ and ground-truth/")
    options.add_argument("--out", type=Path, default=Path("resources") / classifier.WEIGHTS, help="where to write")
    options.add_argument("--folds", type=int, default=5, help="parts for the judgement out of fold; 0: none")
    chosen = options.parse_args()
    examples = list(read(chosen.data))
    if not examples:
        sys.exit(f"There are no pages in {chosen.data}.")
    print(f"{len(examples)} pages, {sum(len(example.words) for example in examples)} blocks", flush=True)
    fold_of = folds_of(examples, max(2, chosen.folds))
    numbers = sorted(set(fold_of))
    counts = [count_names([e for e, fold in zip(examples, fold_of, strict=True) if fold == n]) for n in numbers]
    tables = [table_of([part for n, part in zip(numbers, counts, strict=True) if n != fold]) for fold in numbers]
    own_tables = [tables[fold] for fold in fold_of]
    scores: dict[str, list[float]] = {}
    if chosen.folds:
        judged: dict[int, tuple[float, float, float]] = {}
        for fold in numbers:
            others = [i for i, other in enumerate(fold_of) if other != fold]
            # A page to learn from has its names from the pages of neither its own fold nor the one that is judged.
            without = {
                other: table_of([part for n, part in zip(numbers, counts, strict=True) if n not in (fold, other)])
                for other in numbers
            }
            by = fit([examples[i] for i in others], [without[fold_of[i]] for i in others], tables[fold])
            for i, other in enumerate(fold_of):
                if other == fold:
                    judged[i] = judge(examples[i], by)
            print(f"fold {fold + 1} of {len(numbers)}", flush=True)
        scores = summary(examples, [judged[i] for i in range(len(examples))])
        for name, figures in scores.items():
            print(f"  {name:14}{figures[0]:6}" + "".join(f"{figure:9.4f}" for figure in figures[1:]))
    _write(chosen.out, fit(examples, own_tables, table_of(counts)), scores, len(examples))


def _write(path: Path, made: Classifier, scores: dict[str, list[float]], pages: int) -> None:
    forest = made.forest
    ends = [*forest.roots[1:].tolist(), len(forest.feature)]
    trees = [
        {
            "feature": forest.feature[start:end].tolist(),
            "border": [
                0.0 if is_leaf else float(f"{border:.9g}")
                for border, is_leaf in zip(
                    forest.border[start:end].tolist(), forest.is_leaf[start:end].tolist(), strict=True
                )
            ],
            "child": (forest.child[start:end] - start).tolist(),
            "value": forest.value[start:end].tolist(),
        }
        for start, end in zip(forest.roots.tolist(), ends, strict=True)
    ]
    weights = {
        "made": {
            "by": "python -m archive_viewer.cleaning.train",
            "from": DATA,
            "pages": pages,
            "seed": SEED,
            "cleaner": CLEANER_VERSION,
            "lightgbm": lightgbm.__version__,
            "out of fold by domain: pages, F1, precision, recall": scores,
        },
        "codes": {name: list(words) for name, words in features.CODES.items()},
        "columns": list(made.columns),
        "words": {word: list(scores) for word, scores in sorted(made.names.words.items())},
        "tags": dict(sorted(made.names.tags.items())),
        "trees": trees,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_lines(weights), encoding="utf-8")
    print(f"written: {path}")


def _lines(weights: dict[str, Any]) -> str:
    """JSON with a line for each entry, so that versions can be compared."""
    parts = []
    for name, value in weights.items():
        if name == "made":
            inner = json.dumps(value, ensure_ascii=False, indent=1)
        elif isinstance(value, dict):
            entries = (f"{json.dumps(key)}:{json.dumps(one, separators=(',', ':'))}" for key, one in value.items())
            inner = "{\n" + ",\n".join(entries) + "\n}"
        else:
            inner = "[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in value) + "\n]"
        parts.append(f"{json.dumps(name)}: {inner}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
