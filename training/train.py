"""Two forests for texts or for pages, learned from samples; the same samples give the same weights, bit for bit.

The first forest looks at lines, the second also at what a first forest that has not seen the page's site thought of
the lines around. What is measured is measured in the same way: no part of what judges a page has seen its site.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from catboost import CatBoostClassifier, Pool
from numpy.typing import NDArray

from cleaners.scorer.chances import score
from cleaners.scorer.features import joined, names_of
from cleaners.scorer.forest import Forest, probability
from cleaners.scorer.weights import Kind, Weights
from training.calibrate import fit_line
from training.forests import DEPTH, mean_forest, to_forest
from training.samples import FOLDS, Floats, Sample
from training.words import WordTeacher

#: Two forests that differ by chance, averaged, are right a little more often than one (docs/benchmarks.md).
SEEDS: Final = (24, 25)
#: So many of them are grown where one part of the sites is left out: they only measure, and tell the second pass what
#: a first one thinks that has not seen a page.
BLIND: Final[dict[Kind, int]] = {"text": 1, "page": 2}
#: What CatBoost is told for the two passes.
OPTIONS: Final[dict[Kind, tuple[dict[str, float], dict[str, float]]]] = {
    "text": (
        {"iterations": 180, "learning_rate": 0.12, "l2_leaf_reg": 6.0, "rsm": 0.4, "border_count": 64},
        {"iterations": 200, "learning_rate": 0.1, "l2_leaf_reg": 10.0, "rsm": 0.4, "border_count": 64},
    ),
    "page": (
        {"iterations": 240, "learning_rate": 0.14, "l2_leaf_reg": 10.0, "rsm": 0.25, "border_count": 32},
        {"iterations": 150, "learning_rate": 0.08, "l2_leaf_reg": 30.0, "rsm": 0.3, "border_count": 32},
    ),
}


@dataclass(frozen=True, slots=True)
class Trained:
    """What training gives: the weights and the names of what they look at; weights blind to each fold, and from them
    each sample's chances.
    """

    weights: Weights
    names: list[str]
    blind: list[Weights]
    chances: list[Floats]


@dataclass(slots=True)
class Lesson:
    """What is learned from: the lines that each seed chose of all, and what they weigh."""

    target: Floats
    folds: NDArray[np.int64]
    blind: int
    chosen: list[tuple[NDArray[np.int64], Floats]]

    def fit(self, features: Floats, options: dict[str, float], without: int | None = None) -> Forest:
        """Learn a forest from features (a row per feature, a column per line), from all folds but one."""
        forests = []
        grown = len(SEEDS) if without is None else self.blind
        for seed, (rows, weights) in zip(SEEDS[:grown], self.chosen[:grown], strict=True):
            own = self.folds[rows] != (-1 if without is None else without)
            # One thread: with several, sums are added in another order each time.
            model = CatBoostClassifier(
                depth=DEPTH, loss_function="CrossEntropy", random_seed=seed, thread_count=1,
                bootstrap_type="Bernoulli", subsample=0.7, allow_writing_files=False, verbose=0, **options,
            )  # fmt: skip
            at = rows[own]
            model.fit(Pool(np.ascontiguousarray(features[:, at].T), self.target[at], weight=weights[own]))
            forests.append(to_forest(model))
        return mean_forest(forests)


def make_lesson(samples: Sequence[Sample], kind: Kind) -> Lesson:
    """Choose for each seed the lines that are learned from; those that are left weigh for those that are not."""
    target = np.clip(np.concatenate([sample.shares for sample in samples]), 0, 1)
    folds = np.concatenate([np.full(len(sample.shares), sample.fold) for sample in samples])
    weights = np.concatenate([sample.weights for sample in samples])
    odds = np.concatenate([sample.odds for sample in samples])
    chosen = []
    for seed in SEEDS:
        rows = np.flatnonzero(np.random.default_rng(seed).random(len(odds)) < odds)
        chosen.append((rows, (weights[rows] / weights.mean() / odds[rows]).astype(np.float32)))
    return Lesson(target, folds, BLIND[kind], chosen)


def train(samples: Sequence[Sample], kind: Kind) -> Trained:
    """Learn weights from all samples, and measure what weights say of sites that they have not seen."""
    lesson = make_lesson(samples, kind)
    options = OPTIONS[kind]
    teacher = WordTeacher(samples)
    blind = [teacher.make_tables(fold) for fold in range(FOLDS)]
    groups = [sample.view.first(blind[sample.fold]) for sample in samples]
    names = names_of(groups[0])
    features = np.concatenate([joined(each) for each in groups], axis=1)
    del groups
    firsts, margin = _fit_blind(lesson, features, options[0])
    ends = np.cumsum([len(sample.shares) for sample in samples])[:-1]
    margins = np.split(margin, ends)
    added = [s.view.second(one, probability(one)) for s, one in zip(samples, margins, strict=True)]
    names_added = names_of(added[0])
    more = np.concatenate([features, np.concatenate([joined(each) for each in added], axis=1)])
    del added
    seconds, _ = _fit_blind(lesson, more, options[1])
    models = [Weights(*parts, *NO_LINE) for parts in zip(blind, firsts, seconds, strict=True)]
    chances = [score(sample.view, models[sample.fold]) for sample in samples]
    line = fit_line(np.concatenate(chances), lesson.target)
    first, second = lesson.fit(features, options[0]), lesson.fit(more, options[1])
    return Trained(Weights(teacher.make_tables(), first, second, *line), names + names_added, models, chances)


#: Chances as they are.
NO_LINE: Final = (np.array([0, 1], np.float32), np.array([0, 1], np.float32))


def _fit_blind(lesson: Lesson, features: Floats, options: dict[str, float]) -> tuple[list[Forest], Floats]:
    """Learn a forest without each fold; return them, and each line's margin from the one that has not seen its fold."""
    margin = np.zeros(len(lesson.folds), np.float32)
    forests = []
    for fold in range(FOLDS):
        forests.append(lesson.fit(features, options, without=fold))
        margin[lesson.folds == fold] = forests[fold].margin(features[:, lesson.folds == fold])
    return forests, margin
