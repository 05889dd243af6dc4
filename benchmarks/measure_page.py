"""How well pages are cleaned whose site the scorer has not seen: by the scorer alone, and by all of `clean_html`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

import cleaners.scorer.page as scorer
from benchmarks.measure_text import mean_f1, score, shingles
from benchmarks.page_blocks import PageSample
from cleaners import clean_html

Chances = Sequence[NDArray[np.float32]]


def report(samples: Sequence[PageSample], chances: Chances) -> None:
    """Print the scores of each corpus; `chances` are each page's, from a scorer that has not seen its site."""
    _print("scorer alone", samples, [_kept(s, c) for s, c in zip(samples, chances, strict=True)])
    _print("clean_html", samples, [_cleaned(s, c) for s, c in zip(samples, chances, strict=True)])


def _kept(sample: PageSample, chance: NDArray[np.float32]) -> str:
    cut, _ = scorer.best_cut(chance, sample.words)
    return "\n".join(text for text, one in zip(sample.walk.texts, chance, strict=True) if one >= cut)


def _cleaned(sample: PageSample, chance: NDArray[np.float32]) -> str:
    scores = scorer.Scores(chance, sample.words, *scorer.best_cut(chance, sample.words))
    with _scored(lambda *_: scores):
        return clean_html(sample.source).text


@contextmanager
def _scored(instead: Callable[..., scorer.Scores]) -> Iterator[None]:
    """Let `clean_html` have these scores instead of those of the weights that are shipped."""
    shipped = scorer.score_page
    scorer.score_page = instead
    try:
        yield
    finally:
        scorer.score_page = shipped


def _print(what: str, samples: Sequence[PageSample], texts: Sequence[str]) -> None:
    rows: dict[str, list[tuple[float, float]]] = {}
    for sample, text in zip(samples, texts, strict=True):
        rows.setdefault(sample.corpus, []).append(score(text, shingles(sample.body)))
    for corpus, scored in sorted(rows.items()):
        f1, precision, recall = mean_f1(scored)
        print(f"{what:13s} {corpus:12s} n={len(scored):4d}  F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}")
