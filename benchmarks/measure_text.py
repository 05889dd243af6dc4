"""How well lines are told apart: Zyte's score (4-word shingles), by kind of dump and corpus, for each mode."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.text_lines import Sample

_TOKEN = re.compile(r"\w+")
Shingles = Counter[tuple[str, ...]]


def shingles(text: str, size: int = 4) -> Shingles:
    """Count the runs of four words in a text; a shorter text is one run.

    >>> shingles("It rained") == Counter({("it", "rained"): 1})
    True
    """
    tokens = _TOKEN.findall(text.lower())
    if len(tokens) < size:
        return Counter([tuple(tokens)]) if tokens else Counter()
    return Counter(tuple(tokens[i : i + size]) for i in range(len(tokens) - size + 1))


def score(told: str, gold: Shingles) -> tuple[float, float]:
    """Return precision and recall of a text against the shingles of the body."""
    found = shingles(told)
    hits = sum((gold & found).values())
    extra, missed = sum(found.values()) - hits, sum(gold.values()) - hits
    if extra == missed == 0:
        return 1.0, 1.0
    return (hits / (hits + extra), hits / (hits + missed)) if hits else (0.0, 0.0)


def mean_f1(rows: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the F1 of the mean precision and mean recall, and these two."""
    precision, recall = (sum(column) / len(rows) for column in zip(*rows, strict=True))
    return 2 * precision * recall / (precision + recall), precision, recall


Decide = Callable[[Sample, NDArray[np.float32]], NDArray[np.bool_]]


def measure(samples: Sequence[Sample], chance: NDArray[np.float32], decide: Decide) -> dict[tuple[str, str], str]:
    """Return a line of scores for each kind of dump and corpus."""
    rows: dict[tuple[str, str], list[tuple[float, float]]] = {}
    at = 0
    for sample in samples:
        keep = decide(sample, chance[at : at + len(sample.lines)])
        at += len(sample.lines)
        told = "\n".join(line for line, kept in zip(sample.lines, keep, strict=True) if kept)
        rows.setdefault((sample.kind, sample.corpus), []).append(score(told, shingles(sample.body)))
    lines = {}
    for key, scores in sorted(rows.items()):
        f1, precision, recall = mean_f1(scores)
        touched = sum(r < 1 for _, r in scores) / len(scores)
        lines[key] = f"F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}" + (
            f"  touched {touched:.2%}" if key[0] == "gold" else ""
        )
    return lines
