"""How much of a body was found: Zyte's score, precision and recall over runs of four words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

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
