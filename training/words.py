"""What words say, learned from samples: word tables, by counting and by logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, diags

from cleaners.scorer.lines import BUCKETS, PROSE, SCALE, WordTables
from training.samples import FOLDS, Sample

#: What is counted: word groups in lines of the article and in others; before the article, in its span, and after.
_KINDS: Final = ("article", "furniture", "before", "inside", "after")
#: So often everything counts as seen that was not.
_PRIOR: Final = 3.0
#: The inverse of the penalty on word weights.
_LOOSENESS: Final = 1.5
_STEPS: Final = 30
Counts = dict[str, NDArray[np.float32]]


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

        start = np.zeros(x.shape[1])
        return _small(minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x)


class WordTeacher:
    """Makes word tables from samples, as often as they are wanted without one fold."""

    def __init__(self, samples: Sequence[Sample]) -> None:
        self._counts = _count_groups(samples)
        self._short, self._long = _matrix(samples, long=False), _matrix(samples, long=True)

    def make_tables(self, without: int | None = None) -> WordTables:
        """Return the word tables of all folds but one."""
        told = [counts for fold, counts in enumerate(self._counts) if fold != without]
        article, furniture, before, inside, after = (
            np.sum([c[kind] for c in told], axis=0) for kind in _KINDS
        )
        words, groups = np.split(self._short.learn(without), 2)
        return WordTables(
            words,
            groups,
            self._long.learn(without),
            _odds(article, furniture),
            _odds(after, before + inside),
            _odds(before, inside + after),
        )


def _count_groups(samples: Sequence[Sample]) -> list[Counts]:
    """Count for each fold in how many samples each word group was seen, by kind of line."""
    counts = [{kind: np.zeros(BUCKETS, np.float32) for kind in _KINDS} for _ in range(FOLDS)]
    for sample in samples:
        if not sample.counted:
            continue
        article = sample.article
        at = np.arange(len(article))
        span = np.flatnonzero(article)
        first, last = (span[0], span[-1]) if len(span) else (0, -1)
        places = (article, ~article, at < first, (at >= first) & (at <= last), at > last)
        for kind, wanted in zip(_KINDS, places, strict=True):
            groups = sample.view.reading.groups[:, wanted]
            counts[sample.fold][kind][np.unique(groups[groups >= 0])] += 1
    return counts


def _matrix(samples: Sequence[Sample], *, long: bool) -> WordMatrix:
    """Lay out the short or the long lines of the samples; short ones with their word groups."""
    lines, columns, article, weights, folds = [], [], [], [], []
    count = 0
    for sample in samples:
        if not sample.worded:
            continue
        reading = sample.view.reading
        chosen = (np.diff(reading.words.first) >= PROSE) == long
        index = np.cumsum(chosen) - 1 + count
        of_word = chosen[reading.words.line]
        lines.append(index[reading.words.line[of_word]])
        columns.append(reading.buckets[of_word])
        if not long:
            for group in reading.groups:
                there = np.flatnonzero(chosen & (group >= 0))
                lines.append(index[there])
                columns.append(group[there] + BUCKETS)
        good, words = sample.article, sample.words.astype(np.float64)
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


def _odds(yes: NDArray[np.float32], no: NDArray[np.float32]) -> NDArray[np.int8]:
    return _small(np.log((yes + _PRIOR) / (no + _PRIOR)))


def _small(odds: NDArray[np.floating]) -> NDArray[np.int8]:
    """Keep logarithms of odds as small whole numbers."""
    kept: NDArray[np.int8] = np.clip(np.rint(odds * SCALE), -127, 127).astype(np.int8)
    return kept
