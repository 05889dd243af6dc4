"""Train the page scorer: `python -m benchmarks.train_page CORPORA` writes its weights; `--cv` only measures it.

The same corpora give the same file, bit for bit. As for text (train_text), two forests are learned with CatBoost,
the second on what a first forest that has not seen the page's site thought of the blocks around.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool
from numpy.typing import NDArray

from benchmarks.forests import mean_forest, to_forest
from benchmarks.measure_page import report
from benchmarks.page_blocks import PageSample, read_pages
from benchmarks.text_lines import FOLDS
from cleaners.read.names import read_names
from cleaners.scorer.block_words import BUCKETS, SCALE, Reading, WordTables, read_blocks
from cleaners.scorer.forest import Forest, pack, probability
from cleaners.scorer.page_features import find_places, first_page_features, second_page_features

Floats = NDArray[np.float32]
Counts = NDArray[np.float32]

#: How much a page of a corpus counts: the small corpora are news by hand, the large one has many kinds of pages.
CORPUS_WEIGHT = {"wcxb": 1.0}
_SMALL_CORPUS_WEIGHT = 2.0
#: Two forests that differ by chance, averaged, are right a little more often than one (docs/benchmarks.md).
_SEEDS = (1, 2)
_PRIOR = 3.0
#: Of the blocks that are not the article's, so many are learned from, each weighing the more.
_SHARE_OF_OTHERS = 0.35
_FIRST = {"iterations": 240, "learning_rate": 0.14, "rsm": 0.25, "l2_leaf_reg": 10.0}
_SECOND = {"iterations": 150, "learning_rate": 0.08, "rsm": 0.3, "l2_leaf_reg": 30.0}


def fit(features: Floats, target: NDArray[np.bool_], weights: Floats, options: dict[str, float]) -> Forest:
    """Learn a forest from features, a row per feature and a column per block: several, in truth, whose mean it is."""
    forests = []
    for seed in _SEEDS:
        model = CatBoostClassifier(
            depth=6, random_seed=seed, thread_count=1, border_count=32, bootstrap_type="Bernoulli", subsample=0.7,
            allow_writing_files=False, verbose=0, **options,
        )  # fmt: skip
        model.fit(Pool(np.ascontiguousarray(features.T), target.astype(int), weight=weights))
        forests.append(to_forest(model))
    return mean_forest(forests)


def weigh_blocks(samples: Sequence[PageSample]) -> Floats:
    """Weigh each block by its share of its article's words, since that is what a mistake costs."""
    parts = []
    for sample in samples:
        total = max(30.0, float(sample.words[sample.article].sum()))
        page = CORPUS_WEIGHT.get(sample.corpus, _SMALL_CORPUS_WEIGHT)
        parts.append((np.minimum(sample.words / total, 0.3) * 10 + 0.03) * page)
    return np.concatenate(parts).astype(np.float32)


def count_words(samples: Sequence[PageSample], readings: Sequence[Reading]) -> Counts:
    """Count on how many pages of each fold a bucket was seen in the article's blocks, and in others.

    The array's axes are: fold, words or groups, others or article, bucket.
    """
    counts = np.zeros((FOLDS, 2, 2, BUCKETS), np.float32)
    for sample, reading in zip(samples, readings, strict=True):
        lengths = np.diff(np.append(reading.starts, len(reading.buckets)))
        of_word = np.repeat(sample.article[reading.filled], lengths)
        for own in (0, 1):
            counts[sample.fold, 0, own, np.unique(reading.buckets[of_word == own])] += 1
            groups = reading.groups[:, sample.article == own]
            counts[sample.fold, 1, own, np.unique(groups[groups >= 0])] += 1
    return counts


def make_tables(counts: Counts) -> WordTables:
    """Turn counts (words or groups, others or article, bucket) into logarithms of odds, small where little was seen."""
    odds = np.log((counts[:, 1] + _PRIOR) / (counts[:, 0] + _PRIOR))
    tables = np.clip(np.rint(odds * SCALE), -127, 127).astype(np.int8)
    return WordTables(tables[0], tables[1])


@dataclass(slots=True)
class Trained:
    """What training gives: tables and forests for use, and each block's chance from models blind to its site."""

    tables: WordTables
    first: Forest
    second: Forest
    chance: Floats


def train(samples: Sequence[PageSample], *, cv: bool, final: bool) -> Trained:
    """Learn the two passes; with `cv` the second is also learned without each fold, to be measured."""
    readings = [read_blocks(sample.walk.texts, sample.title) for sample in samples]
    names = [read_names(sample.walk) for sample in samples]
    places = [find_places(sample.walk, name) for sample, name in zip(samples, names, strict=True)]
    counts = count_words(samples, readings)
    without = [make_tables(counts.sum(axis=0) - counts[fold]) for fold in range(FOLDS)]
    features = np.concatenate(
        [
            first_page_features(s.walk, reading, place, without[s.fold], name, s.article_body)
            for s, reading, place, name in zip(samples, readings, places, names, strict=True)
        ],
        axis=1,
    )
    folds = np.concatenate([np.full(len(sample.article), sample.fold) for sample in samples])
    target = np.concatenate([sample.article for sample in samples])
    taken = target | (np.random.default_rng(_SEEDS[0]).random(len(target)) < _SHARE_OF_OTHERS)
    weights = weigh_blocks(samples) / np.where(target, np.float32(1), np.float32(_SHARE_OF_OTHERS))

    def learn(rows: Floats, chosen: NDArray[np.bool_], options: dict[str, float]) -> Forest:
        at = np.flatnonzero(chosen & taken)
        return fit(rows[:, at], target[at], weights[at].astype(np.float32), options)

    def blind(rows: Floats, options: dict[str, float]) -> Floats:
        margin = np.zeros(len(target), np.float32)
        for fold in range(FOLDS):
            margin[folds == fold] = learn(rows, folds != fold, options).margin(rows[:, folds == fold])
        return margin

    margin = blind(features, _FIRST)
    ends = np.cumsum([len(sample.article) for sample in samples])
    more = np.concatenate(
        [
            second_page_features(reading, place, features[:, a:b], margin[a:b])
            for reading, place, a, b in zip(readings, places, np.r_[0, ends[:-1]], ends, strict=True)
        ],
        axis=1,
    )
    chance = probability((margin + blind(more, _SECOND)) * np.float32(0.5)) if cv else np.zeros(0, np.float32)
    nothing = Forest(np.zeros((1, 0), np.intp), np.zeros((1, 0), np.float32), np.zeros((0, 2), np.float32))
    everywhere = np.ones(len(target), np.bool_)
    first = learn(features, everywhere, _FIRST) if final else nothing
    second = learn(more, everywhere, _SECOND) if final else nothing
    return Trained(make_tables(counts.sum(axis=0)), first, second, chance)


def save(trained: Trained, path: Path) -> None:
    """Write the weights into one compressed file."""
    arrays = {
        "words": trained.tables.words,
        "groups": trained.tables.groups,
        **pack(trained.first, "first_"),
        **pack(trained.second, "second_"),
    }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=Path("cleaners/scorer/page.npz"))
    parser.add_argument("--cv", action="store_true", help="measure on sites kept apart, write nothing")
    args = parser.parse_args()
    samples = list(read_pages(args.corpora))
    trained = train(samples, cv=args.cv, final=not args.cv)
    if args.cv:
        ends = np.cumsum([len(sample.article) for sample in samples])[:-1]
        report(samples, np.split(trained.chance, ends))
    else:
        save(trained, args.out)


if __name__ == "__main__":
    main()
