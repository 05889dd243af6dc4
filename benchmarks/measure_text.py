"""How well texts are cleaned: Zyte's score (4-word shingles), by mode, kind of dump and corpus."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import Final
from unittest.mock import patch

from benchmarks.text_lines import DUMPS, Sample
from cleaners import clean_text
from cleaners.options import Mode
from cleaners.scorer.text import Model

MODES: Final = (Mode.BALANCED, Mode.CAREFUL, Mode.AGGRESSIVE)
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


def report(samples: Sequence[Sample], models: Sequence[Model], modes: Sequence[Mode] = MODES) -> None:
    """Print how clean_text does on each dump with a model that has not seen the page's site, beside the dump itself.

    The last column: of the bodies alone, how many lose anything; of the dumps, what was given.
    """
    for mode in modes:
        rows: dict[tuple[str, str], list[tuple[float, float]]] = {}
        given: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for sample in samples:
            if sample.kind not in (*DUMPS, "gold"):
                continue
            text, gold = "\n".join(sample.lines), shingles(sample.body)
            with patch("cleaners.scorer.text.load_model", partial(_same, models[sample.fold])):
                told = clean_text(text, mode=mode).text
            rows.setdefault((sample.kind, sample.corpus), []).append(score(told, gold))
            given.setdefault((sample.kind, sample.corpus), []).append(score(text, gold))
        for (kind, corpus), scores in sorted(rows.items()):
            f1, precision, recall = mean_f1(scores)
            if kind == "gold":
                touched = sum(r < 1 for _, r in scores) / len(scores)
                last = f"lost {1 - recall:.3%}  touched {touched:.2%}"
            else:
                last = "as given {:.4f} {:.4f} {:.4f}".format(*mean_f1(given[kind, corpus]))
            print(
                f"{mode:10s} {kind:11s} {corpus:11s} F1 {f1:.4f}  P {precision:.4f}  R {recall:.4f}  {last}",
                flush=True,
            )


def _same(model: Model) -> Model:
    return model
