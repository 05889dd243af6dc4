"""Train the text scorer: `python -m benchmarks.train_text CORPORA` writes its weights; `--cv` only measures it.

The same corpora give the same file, bit for bit. Two forests of symmetric trees are learned with CatBoost: the
first looks at lines, the second also at what the first thought of the lines around, where that is taken from a
first forest that has not seen the page's site. What `--cv` prints is measured in the same way: no part of what
judges a page has seen a page of its site.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from catboost import CatBoostClassifier, Pool
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from benchmarks.forests import mean_forest, to_forest
from benchmarks.text_lines import DUMPS, FOLDS, Sample, read_samples
from cleaners.blocks import Block, Verdict
from cleaners.rules import judge
from cleaners.scorer.claims import claims_of
from cleaners.scorer.forest import Forest, pack, probability
from cleaners.scorer.text import Model
from cleaners.scorer.text_features import (
    BUCKETS,
    PROSE,
    Reading,
    WordTables,
    first_features,
    read,
    second_features,
)

Floats = NDArray[np.float32]

#: How much a kind of dump counts, and a page of a corpus (about one over the root of the corpus's size).
KIND_WEIGHT = {"tagstrip": 1.0, "layout": 1.0, "trafilatura": 1.5, "merged": 0.4, "broken": 0.3, "gold": 1.0}
#: Lines of a dump that are learned from: fewer of a corpus of many pages.
_MOST_LINES = {"wcxb": 90}
#: The passes' forests.
_FIRST = {"iterations": 180, "learning_rate": 0.12, "l2_leaf_reg": 6.0, "rsm": 0.4}
_SECOND = {"iterations": 200, "learning_rate": 0.1, "l2_leaf_reg": 10.0, "rsm": 0.4}
_SCALE = 16
_SEEDS = (24, 25)
_LOOSENESS = 1.5  # the inverse of the penalty on word weights
_WORD_KINDS = ("tagstrip", "trafilatura")


#: What is counted: word groups in lines of the article and in others; before the article, in its span, and after.
_KINDS = ("article", "furniture", "before", "inside", "after")
Counts = dict[str, NDArray[np.float32]]


def count_words(samples: Sequence[Sample], readings: Sequence[Reading]) -> list[Counts]:
    """Count for each fold on how many dumps each bucket was seen, by kind of line."""
    counts = [{kind: np.zeros(BUCKETS, np.float32) for kind in _KINDS} for _ in range(FOLDS)]
    for sample, reading in zip(samples, readings, strict=True):
        if sample.kind not in DUMPS:
            continue
        article = np.array(sample.shares) >= 0.5
        own = counts[sample.fold]
        at = np.arange(len(article))
        span = np.flatnonzero(article)
        first, last = (span[0], span[-1]) if len(span) else (0, -1)
        for kind, wanted in (("article", article), ("furniture", ~article), ("before", at < first),
                             ("inside", (at >= first) & (at <= last)), ("after", at > last)):  # fmt: skip
            groups = reading.groups[:, wanted]
            own[kind][np.unique(groups[groups >= 0])] += 1
    return counts


@dataclass(slots=True)
class WordMatrix:
    """Lines as rows and their buckets as columns, to learn what words say; with target, weight and fold of each."""

    rows: csr_matrix
    article: NDArray[np.bool_]
    weights: NDArray[np.float64]
    folds: NDArray[np.int64]

    def learn(self, without: int | None) -> NDArray[np.int8]:
        """Return the columns' weights by logistic regression on the lines of all folds but one."""
        chosen = self.folds != (-1 if without is None else without)
        x, y = self.rows[chosen], self.article[chosen]
        weights = self.weights[chosen] / self.weights[chosen].mean()
        turned = x.T.tocsr()

        def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            margin = x @ at
            missed = np.logaddexp(0, np.where(y, -margin, margin))
            slope = turned @ (weights * (1 / (1 + np.exp(-margin)) - y))
            return float(weights @ missed + 0.5 / _LOOSENESS * (at @ at)), slope + at / _LOOSENESS

        found = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 30})
        return _small(found.x)


def word_matrix(samples: Sequence[Sample], readings: Sequence[Reading], long: bool) -> WordMatrix:
    """Lay out the short or the long lines of the dumps; short ones with their word groups."""
    lines, columns, article, weights, folds = [], [], [], [], []
    count = 0
    for sample, reading in zip(samples, readings, strict=True):
        if sample.kind not in _WORD_KINDS:
            continue
        number = np.diff(reading.words.first)
        chosen = (number >= PROSE) == long
        index = np.cumsum(chosen) - 1 + count
        of_word = chosen[reading.words.line]
        lines.append(index[reading.words.line[of_word]])
        columns.append(reading.buckets[of_word])
        if not long:
            for group in reading.groups:
                there = np.flatnonzero(chosen & (group >= 0))
                lines.append(index[there])
                columns.append(group[there] + BUCKETS)
        good = np.array(sample.shares) >= 0.5
        words = np.array(sample.words, np.float64)
        article.append(good[chosen])
        weights.append(np.minimum((words + 0.5) / max(words[good].sum(), 50), 0.3)[chosen])
        folds.append(np.full(int(chosen.sum()), sample.fold))
        count += int(chosen.sum())
    at = np.concatenate(lines)
    shape = (count, BUCKETS * (1 if long else 2))
    rows = csr_matrix((np.ones(len(at)), (at, np.concatenate(columns))), shape=shape)
    size = np.sqrt(np.maximum(np.bincount(at, minlength=count), 1))
    return WordMatrix(
        diags(1 / size) @ rows, np.concatenate(article), np.concatenate(weights), np.concatenate(folds)
    )


def make_tables(
    counts: Iterable[Counts], short: WordMatrix, long: WordMatrix, without: int | None, prior: float = 3.0
) -> WordTables:
    """Learn the word tables from all folds but one; `counts` are of these folds."""
    total = {kind: np.zeros(BUCKETS) for kind in _KINDS}
    for part in counts:
        for kind in _KINDS:
            total[kind] += part[kind]

    def odds(yes: NDArray[np.float64], no: NDArray[np.float64]) -> NDArray[np.int8]:
        return _small(np.log((yes + prior) / (no + prior)))

    words, groups = np.split(short.learn(without), 2)
    return WordTables(
        words,
        groups,
        long.learn(without),
        odds(total["article"], total["furniture"]),
        odds(total["after"], total["before"] + total["inside"]),
        odds(total["before"], total["inside"] + total["after"]),
    )


def _small(odds: NDArray[np.float64]) -> NDArray[np.int8]:
    """Keep logarithms of odds as whole numbers of sixteenths."""
    kept: NDArray[np.int8] = np.clip(np.rint(odds * _SCALE), -127, 127).astype(np.int8)
    return kept


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
    mean_one: Floats = (weights / weights.mean()).astype(np.float32)
    return mean_one


def thin(samples: Sequence[Sample], weights: Floats, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Choose lines to learn from: at most so many of a dump, those near the article or long more often than others."""
    chance = np.random.default_rng(seed)
    rows, factors, at = [], [], 0
    for sample in samples:
        article = np.array(sample.shares) >= 0.5
        n = len(article)
        near = np.convolve(article, np.ones(25))[12 : 12 + n] > 0
        wish = np.where(near | (np.array(sample.words) >= 8), 1.0, 0.2)
        most = _MOST_LINES.get(sample.corpus, 160)
        odds = np.minimum(wish * min(1.0, most / wish.sum()), 1.0)
        taken = np.flatnonzero(chance.random(n) < odds)
        rows.append(taken + at)
        factors.append(1 / odds[taken])
        at += n
    chosen = np.concatenate(rows)
    return chosen, (weights[chosen] * np.concatenate(factors)).astype(np.float32)


@dataclass(slots=True)
class Lesson:
    """What is learned from: the lines that each seed chose of all, and what they weigh."""

    target: Floats
    folds: NDArray[np.int64]
    chosen: list[tuple[NDArray[np.int64], Floats]]

    def fit(
        self, features: Floats, options: dict[str, float], threads: int, without: int | None = None
    ) -> Forest:
        """Learn a forest from features (a row per feature, a column per line), from all folds but one.

        Forests that differ by chance, averaged, are right a little more often than one (docs/benchmarks.md).
        """
        forests = []
        for seed, (rows, weights) in zip(_SEEDS, self.chosen, strict=True):
            own = self.folds[rows] != (-1 if without is None else without)
            model = CatBoostClassifier(
                depth=6, loss_function="CrossEntropy", random_seed=seed, thread_count=threads, border_count=64,
                bootstrap_type="Bernoulli", subsample=0.7, allow_writing_files=False, verbose=0, **options,
            )  # fmt: skip
            at = rows[own]
            model.fit(Pool(np.ascontiguousarray(features[:, at].T), self.target[at], weight=weights[own]))
            forests.append(to_forest(model))
        return mean_forest(forests)


def first_verdicts(lines: Sequence[str]) -> list[Verdict | None]:
    """Return what the rules say of the lines of a text before any of them goes."""
    blocks = [Block(line, number) for number, line in enumerate(lines, 1)]
    return [claim.verdict if claim and not claim.spared else None for claim in judge(blocks)]


def train(samples: Sequence[Sample], threads: int, *, cv: bool) -> list[Model]:
    """Learn a model from all samples, or with `cv` one for each fold that has not seen it."""
    readings = [read(sample.lines) for sample in samples]
    counts = count_words(samples, readings)
    folds = np.concatenate([np.full(len(s.lines), s.fold) for s in samples])
    target = np.clip(np.concatenate([np.array(s.shares, np.float32) for s in samples]), 0, 1)
    weights = line_weights(samples)
    lesson = Lesson(target, folds, [thin(samples, weights, seed) for seed in _SEEDS])
    ends = np.cumsum([len(s.lines) for s in samples])

    short, long = word_matrix(samples, readings, long=False), word_matrix(samples, readings, long=True)
    without = [
        make_tables((c for k, c in enumerate(counts) if k != fold), short, long, fold)
        for fold in range(FOLDS)
    ]
    features = np.concatenate(
        [
            first_features(reading, without[s.fold], claims_of(first_verdicts(s.lines)))
            for s, reading in zip(samples, readings, strict=True)
        ],
        axis=1,
    )
    margin = np.zeros(len(folds), np.float32)
    firsts = []
    for fold in range(FOLDS):
        forest = lesson.fit(features, _FIRST, threads, without=fold)
        margin[folds == fold] = forest.margin(features[:, folds == fold])
        firsts.append(forest)
    chance = probability(margin)
    spans = zip(readings, np.r_[0, ends[:-1]], ends, strict=True)
    more = np.concatenate(
        [second_features(reading, features[:, a:b], chance[a:b]) for reading, a, b in spans], axis=1
    )
    if cv:
        seconds = [lesson.fit(more, _SECOND, threads, without=fold) for fold in range(FOLDS)]
        return [Model(*parts) for parts in zip(without, firsts, seconds, strict=True)]
    first, second = (
        lesson.fit(rows, options, threads) for rows, options in ((features, _FIRST), (more, _SECOND))
    )
    return [Model(make_tables(counts, short, long, None), first, second)]


def save(trained: Model, path: Path) -> None:
    """Write the weights into one compressed file."""
    arrays = {
        **{name: getattr(trained.tables, name) for name in WordTables.__slots__},
        **pack(trained.first, "first_"),
        **pack(trained.second, "second_"),
    }
    np.savez_compressed(path, **arrays)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=Path("cleaners/scorer/text.npz"))
    parser.add_argument("--cv", action="store_true", help="measure on sites kept apart, write nothing")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    samples = list(read_samples(args.corpora))
    if args.cv:
        from benchmarks.measure_text import report

        report(samples, train(samples, args.threads, cv=True))
    else:
        save(train(samples, args.threads, cv=False)[0], args.out)


if __name__ == "__main__":
    main()
