"""How well texts and pages are cleaned whose site the scorer has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final
from unittest.mock import patch

import numpy as np

from benchmarks.shingles import mean_f1, score, shingles
from cleaners import clean_html, clean_text
from cleaners.options import Mode
from cleaners.scorer.weights import Kind, Weights
from training.calibrate import reliability
from training.samples import Sample
from training.text_samples import DUMPS
from training.train import Trained

#: The kinds of samples that are measured.
_MEASURED: Final = (*DUMPS, "gold", "page")
Scores = dict[str, list[tuple[float, float]]]


def measure(samples: Sequence[Sample], trained: Trained, mode: Mode = Mode.BALANCED) -> Scores:
    """Return precision and recall of each sample that is measured, by its kind and corpus."""
    scores: Scores = {}
    for sample in samples:
        if sample.kind in _MEASURED:
            with _weights(trained.blind[sample.fold]):
                told = _clean(sample, mode)
            scores.setdefault(f"{sample.kind} {sample.corpus}", []).append(score(told, shingles(sample.body)))
    return scores


def _clean(sample: Sample, mode: Mode) -> str:
    if isinstance(sample.source, bytes):
        return clean_html(sample.source, mode=mode).text
    return clean_text(sample.source, mode=mode).text


def sum_up(scores: Scores) -> dict[str, dict[str, float]]:
    """Return the scores as they are kept in a manifest: F1, precision and recall; of bodies alone, how many lost any.

    >>> sum_up({"page example": [(1.0, 0.5), (1.0, 0.5)]})
    {'page example': {'n': 2, 'f1': 0.6667, 'precision': 1.0, 'recall': 0.5}}
    """
    rows = {}
    for name, scored in sorted(scores.items()):
        told = zip(("f1", "precision", "recall"), mean_f1(scored), strict=True)
        rows[name] = {"n": len(scored), **{key: round(value, 4) for key, value in told}}
        if name.startswith("gold"):
            rows[name]["touched"] = round(sum(recall < 1 for _, recall in scored) / len(scored), 4)
    return rows


def print_scores(mode: str, rows: dict[str, dict[str, float]]) -> None:
    """Print what `sum_up` gives, a line for each kind and corpus."""
    for name, row in rows.items():
        told = "  ".join(
            f"{key} {value:.4f}" if value < 1.5 else f"{key} {value:4.0f}" for key, value in row.items()
        )
        print(f"{mode:10s} {name:24s} {told}", flush=True)


def print_reliability(samples: Sequence[Sample], trained: Trained) -> None:
    """Print how often the scorer is right, beside how sure it says to be: of lines kept and of lines taken away."""
    measured = [(s, c) for s, c in zip(samples, trained.chances, strict=True) if s.kind in _MEASURED]
    article = np.concatenate([sample.article for sample, _ in measured])
    chance = np.concatenate([chances for _, chances in measured])
    _, _, _, told, proved = trained.weights
    for name, one in (
        ("chances", chance),
        ("confidences", np.interp(chance, told, proved).astype(np.float32)),
    ):
        sure = np.maximum(one, 1 - one)
        for low, mean, right, count in reliability(sure, (one >= 0.5) == article):
            print(f"{name:12s} from {low:.2f}  sure {mean:.3f}  right {right:.3f}  of {count}", flush=True)


@contextmanager
def _weights(instead: Weights) -> Iterator[None]:
    """Let the scorer have these weights instead of those that are shipped."""

    def load(kind: Kind) -> Weights:
        return instead

    with patch("cleaners.scorer.chances.load_weights", load):
        yield
