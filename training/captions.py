"""Learn which lines of a dump are captions: `python -m training.captions CORPORA`; `--cv` only measures.

What a page's markup calls a caption (and, in `fundus`, what a person found) vouches for the lines of its dump that
say the same. Sites are left out in parts, as everywhere here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleaners import clean_html
from cleaners.scorer.captions import FEATURES, caption_rows, may_be_captions
from cleaners.scorer.chances import text_chances
from cleaners.scorer.cut import choose, is_dump
from cleaners.scorer.weights import FOLDER
from training.samples import FOLDS, fold_of
from training.text_samples import claims_of, split_lines

Rows = NDArray[np.float64]

#: Dumps in which captions are left, and how much of a line must be a caption's and of a caption the line's.
_KINDS: Final = ("tagstrip", "layout")
_ALIKE: Final = 0.7
_TOKEN: Final = re.compile(r"\w+")
#: The penalty on weights, and steps of Newton's method.
_PENALTY: Final = 3.0
_STEPS: Final = 30
#: What a page without a person's captions weighs beside one with them.
_VOUCHED: Final = 0.5


def read_rows(root: Path) -> Iterator[tuple[int, bool, float, Rows, NDArray[np.bool_]]]:
    """Yield of each dump its part, whether a person read it, its weight, its lines' features, and its captions."""
    for gold in sorted(root.glob("*/gold.jsonl")):
        for raw in gold.read_bytes().splitlines():
            row = json.loads(raw)
            captions, vouch = _captions(gold.parent, row)
            for kind in _KINDS if captions or row.get("photos") else ():
                text = gzip.decompress((gold.parent / kind / f"{row['id']}.txt.gz").read_bytes()).decode()
                lines = split_lines(text)
                labels = claims_of(lines)
                left = [i for i, label in enumerate(labels) if label is None]
                chance = text_chances(lines, labels) if left else np.zeros(0, np.float32)
                if not left or not is_dump(chance[left]):
                    continue
                keep = choose([lines[i] for i in left], chance[left], dump=True)
                kept = [i for i, stays in zip(left, keep, strict=True) if stays]
                places = may_be_captions(lines, left, kept)
                if not places:
                    continue
                rows = caption_rows(lines, labels, chance, kept, places).astype(np.float64)
                told = np.array([is_caption(lines[i], captions) for i in places], bool)
                yield fold_of(row), vouch, 1.0 if vouch else _VOUCHED, rows, told


def _captions(corpus: Path, row: dict[str, Any]) -> tuple[list[set[str]], bool]:
    """Return the words of a page's captions, and whether a person found them."""
    if row.get("photos"):
        printed = [photo["caption"] for photo in row["photos"] if photo["caption"]]
    else:
        page = gzip.decompress((corpus / "html" / f"{row['id']}.html.gz").read_bytes())
        photos = clean_html(page, url=row["url"] or None).photos
        printed = [photo.caption for photo in photos if photo.caption and photo.printed]
    return [words_of(caption) for caption in printed], bool(row.get("photos"))


def words_of(text: str) -> set[str]:
    """Return the words of a text, in small letters."""
    return set(_TOKEN.findall(text.casefold()))


def is_caption(line: str, captions: Sequence[set[str]]) -> bool:
    """Tell whether a line says what one of the captions says."""
    found = words_of(line)
    return any(
        len(found & caption) >= _ALIKE * max(len(found), len(caption)) for caption in captions if caption
    )


def learn(rows: Rows, told: NDArray[np.bool_], weight: Rows) -> Rows:
    """Return the weights of a logistic regression."""
    found = np.zeros(rows.shape[1])
    penalty = np.full(rows.shape[1], _PENALTY)
    penalty[0] = 1e-3
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weight * (chance - told)) + penalty * found
        bend = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        found -= np.linalg.solve(bend, slope)
    return found


def measure(samples: Sequence[Any], threshold: float) -> dict[str, float]:
    """Return precision, recall and F1 of the lines that a person found, on sites that were left out."""
    hits = taken = gold = 0
    for fold in range(FOLDS):
        seen = [sample for sample in samples if sample[0] != fold]
        weights = learn(*_joined(seen))
        for part, vouch, _, rows, told in samples:
            if part == fold and vouch:
                chosen = 1 / (1 + np.exp(-(rows @ weights))) >= threshold
                hits, taken, gold = (
                    hits + int((chosen & told).sum()),
                    taken + int(chosen.sum()),
                    gold + int(told.sum()),
                )
    precision, recall = hits / max(1, taken), hits / max(1, gold)
    return {
        "lines": gold,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
    }


def _joined(samples: Sequence[Any]) -> tuple[Rows, NDArray[np.bool_], Rows]:
    rows = np.concatenate([sample[3] for sample in samples])
    told = np.concatenate([sample[4] for sample in samples])
    return rows, told, np.concatenate([np.full(len(sample[4]), sample[2]) for sample in samples])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER, help="the folder for the weights")
    parser.add_argument("--threshold", type=float, default=0.3, help="from which chance a line is a caption")
    parser.add_argument("--cv", action="store_true", help="write nothing; measure at several thresholds")
    options = parser.parse_args(arguments)
    samples = list(read_rows(options.corpora))
    if options.cv:
        for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
            print(threshold, measure(samples, threshold))
        return
    weights = learn(*_joined(samples))
    manifest = {
        "kind": "caption",
        "date": date.today().isoformat(),
        "dumps": {
            "read by a person": sum(sample[1] for sample in samples),
            "vouched for by markup": sum(not sample[1] for sample in samples),
        },
        "cross-validated": measure(samples, options.threshold),
        "threshold": options.threshold,
        "weights": dict(zip(FEATURES, (round(float(weight), 4) for weight in weights), strict=True)),
    }
    (options.out / "caption.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
