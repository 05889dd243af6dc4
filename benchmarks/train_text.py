"""Train the text scorer: `python -m benchmarks.train_text CORPORA` writes its weights; `--cv` only measures it.

The same corpora give the same file, bit for bit. Two forests of symmetric trees are learned with CatBoost: the
first looks at lines, the second also at what the first thought of the lines around, where that is taken from a
first forest that has not seen the page's site. What `--cv` prints is measured in the same way: no part of what
judges a page has seen a page of its site.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool
from numpy.typing import NDArray

from benchmarks.text_lines import DUMPS, FOLDS, Sample, read_samples
from cleaners.scorer.forest import Forest, pack, probability
from cleaners.scorer.text_features import BUCKETS, Reading, WordTables, first_features, read, second_features

Floats = NDArray[np.float32]

#: How much a kind of dump counts, and a page of a corpus (about one over the root of the corpus's size).
KIND_WEIGHT = {"tagstrip": 1.0, "layout": 1.0, "trafilatura": 1.5, "merged": 0.4, "broken": 0.3, "gold": 0.5}
_TREES = (200, 250)
_SCALE = 16
_SEED = 24


@dataclass(slots=True)
class Counts:
    """On how many dumps a bucket was seen in lines of the article, and in lines that are not."""

    words: NDArray[np.float32]
    phrases: NDArray[np.float32]


def count_words(samples: Sequence[Sample], readings: Sequence[Reading]) -> list[Counts]:
    """Count, for each fold, the words and word groups of article lines (row 0) and of others (row 1)."""
    counts = [Counts(np.zeros((2, BUCKETS), np.float32), np.zeros((2, BUCKETS), np.float32)) for _ in range(FOLDS)]
    for sample, reading in zip(samples, readings, strict=True):
        if sample.kind not in DUMPS:
            continue
        article = np.array(sample.shares) >= 0.5
        of_word = article[reading.words.line]
        for row, wanted in enumerate((True, False)):
            words = np.unique(reading.buckets[of_word == wanted])
            counts[sample.fold].words[row, words] += 1
            groups = reading.groups[:, article == wanted]
            counts[sample.fold].phrases[row, np.unique(groups[groups >= 0])] += 1
    return counts


def make_tables(counts: Iterable[Counts], prior: float = 3.0) -> WordTables:
    """Turn counts into logarithms of odds, drawn towards zero where little was seen."""
    words, phrases = np.zeros((2, BUCKETS)), np.zeros((2, BUCKETS))
    for part in counts:
        words += part.words
        phrases += part.phrases

    def odds(seen: NDArray[np.float64]) -> NDArray[np.int8]:
        raw = np.log((seen[0] + prior) / (seen[1] + prior))
        return np.clip(np.rint(raw * _SCALE), -127, 127).astype(np.int8)

    return WordTables(odds(words), odds(phrases))


def line_weights(samples: Sequence[Sample]) -> Floats:
    """Weigh each line by its share of its page's words, each corpus by the root of its number of pages."""
    pages: dict[str, set[str]] = {}
    for sample in samples:
        pages.setdefault(sample.corpus, set()).add(sample.page)
    parts = []
    for sample in samples:
        words = np.array(sample.words, np.float32)
        gold = float(words[np.array(sample.shares) >= 0.5].sum())
        page = KIND_WEIGHT[sample.kind] / len(pages[sample.corpus]) ** 0.5
        parts.append(np.minimum((words + 1) / (gold + 30), 0.3) * page)
    weights = np.concatenate(parts)
    return (weights / weights.mean()).astype(np.float32)


def thin(samples: Sequence[Sample], weights: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Choose lines to learn from: all near the article and all long ones, every fourth of the others, four times."""
    keep, factor = [], []
    for sample in samples:
        article = np.array(sample.shares) >= 0.5
        near = np.convolve(article, np.ones(25), "same")[: len(article)] > 0 if len(article) else article
        if len(article) < 25:
            near = np.ones(len(article), bool)
        wanted = near | (np.array(sample.words) >= 8)
        fourth = np.arange(len(article)) % 4 == 0
        keep.append(wanted | fourth)
        factor.append(np.where(wanted, 1, 4))
    rows = np.flatnonzero(np.concatenate(keep))
    return rows, (weights * np.concatenate(factor))[rows].astype(np.float32)


def fit(features: Floats, target: Floats, weights: Floats, trees: int, threads: int) -> Forest:
    """Learn a forest from features (a row per feature, a column per line) and soft targets."""
    model = CatBoostClassifier(
        iterations=trees, depth=6, learning_rate=0.12, l2_leaf_reg=6.0, loss_function="CrossEntropy",
        random_seed=_SEED, thread_count=threads, border_count=64, bootstrap_type="Bernoulli", subsample=0.7,
        rsm=0.4, allow_writing_files=False, verbose=0,
    )  # fmt: skip
    model.fit(Pool(np.ascontiguousarray(features.T), target, weight=weights))
    return to_forest(model)


def to_forest(model: CatBoostClassifier) -> Forest:
    """Take the arrays out of a CatBoost model of symmetric trees."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        told = json.loads(path.read_text())
    trees = told["oblivious_trees"]
    depth = max(len(tree["splits"]) for tree in trees)
    features = np.zeros((depth, len(trees)), np.int64)
    borders = np.full((depth, len(trees)), np.inf, np.float32)
    leaves = np.zeros((len(trees), 1 << depth), np.float32)
    for number, tree in enumerate(trees):
        for place, split in enumerate(tree["splits"]):
            features[place, number] = split["float_feature_index"]
            borders[place, number] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, bias = told["scale_and_bias"]
    return Forest(features, borders, leaves * np.float32(scale), float(bias[0]))


@dataclass(slots=True)
class Trained:
    """What training gives: the tables and forests for use, and each line's chance from models blind to its site."""

    tables: WordTables
    first: Forest
    second: Forest
    chance: Floats


def train(samples: Sequence[Sample], threads: int, cv: bool, final: bool) -> Trained:
    """Learn the two passes; with `cv` the second pass is also learned without each fold, to be measured."""
    readings = [read(sample.lines) for sample in samples]
    counts = count_words(samples, readings)
    folds = np.concatenate([np.full(len(s.lines), s.fold) for s in samples])
    target = np.clip(np.concatenate([np.array(s.shares, np.float32) for s in samples]), 0, 1)
    rows, weights = thin(samples, line_weights(samples))
    ends = np.cumsum([len(s.lines) for s in samples])

    without = [make_tables(c for k, c in enumerate(counts) if k != fold) for fold in range(FOLDS)]
    features = np.concatenate(
        [first_features(reading, without[s.fold]) for s, reading in zip(samples, readings, strict=True)], axis=1
    )
    margin = np.zeros(len(folds), np.float32)
    for fold in range(FOLDS):
        own = folds[rows] != fold
        forest = fit(features[:, rows[own]], target[rows[own]], weights[own], _TREES[0], threads)
        margin[folds == fold] = forest.margin(features[:, folds == fold])
    chance = probability(margin)
    spans = list(zip(np.r_[0, ends[:-1]], ends, strict=True))
    more = np.concatenate([second_features(features[:, a:b], chance[a:b]) for a, b in spans], axis=1)
    result = np.zeros(len(folds), np.float32)
    for fold in range(FOLDS) if cv else ():
        own = folds[rows] != fold
        forest = fit(more[:, rows[own]], target[rows[own]], weights[own], _TREES[1], threads)
        result[folds == fold] = forest.margin(more[:, folds == fold])
    nothing = Forest(np.zeros((1, 0), np.intp), np.zeros((1, 0), np.float32), np.zeros((0, 2), np.float32))
    first = fit(features[:, rows], target[rows], weights, _TREES[0], threads) if final else nothing
    second = fit(more[:, rows], target[rows], weights, _TREES[1], threads) if final else nothing
    return Trained(make_tables(counts), first, second, probability(result))


def save(trained: Trained, path: Path) -> None:
    """Write the weights into one compressed file."""
    arrays = {
        "words": trained.tables.words,
        "phrases": trained.tables.phrases,
        **pack(trained.first, "first_"),
        **pack(trained.second, "second_"),
    }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=Path("cleaners/scorer/text.npz"))
    parser.add_argument("--cv", action="store_true", help="measure on sites kept apart, write nothing")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    samples = list(read_samples(args.corpora))
    trained = train(samples, args.threads, cv=args.cv, final=not args.cv)
    if args.cv:
        from benchmarks.measure_text import report

        report(samples, trained.chance)
    else:
        save(trained, args.out)


if __name__ == "__main__":
    main()
