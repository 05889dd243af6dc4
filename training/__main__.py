"""Make the weights: `python -m training text CORPORA`, `python -m training page CORPORA`; `--cv` only measures them.

A manifest goes with the weights: what they were made of (corpora and numbers of pages, no contents), with which seeds,
what they look at, when, and how well they do on sites that they have not seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from cleaners.options import Mode
from cleaners.scorer.weights import FOLDER, Kind
from training.measure import Scores, measure, print_reliability, print_scores, sum_up
from training.packing import pack_weights
from training.page_samples import AGED, read_pages
from training.samples import Sample
from training.text_samples import read_texts
from training.train import OPTIONS, SEEDS, Trained, train


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=("text", "page"))
    parser.add_argument("corpora", type=Path)
    parser.add_argument(
        "--out", type=Path, default=FOLDER, help="the folder for the weights and their manifest"
    )
    parser.add_argument("--cv", action="store_true", help="write nothing; measure in every mode")
    options = parser.parse_args(arguments)
    kind: Kind = options.kind
    read = read_pages if kind == "page" else read_texts
    samples = [sample for sample in read(options.corpora) if len(sample.shares)]
    if not samples:
        parser.error(f"no corpus below {options.corpora}")
    trained = train(samples, kind)
    scores = measure(samples, trained)
    if options.cv:
        print_scores("balanced", sum_up(scores))
        for mode in (Mode.CAREFUL, Mode.AGGRESSIVE) if kind == "text" else ():
            print_scores(mode, sum_up(measure(samples, trained, mode)))
        print_reliability(samples, trained)
    else:
        save(kind, samples, trained, scores, options.out)


def save(kind: Kind, samples: Sequence[Sample], trained: Trained, scores: Scores, folder: Path) -> None:
    """Write the weights into one compressed file, and their manifest beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = pack_weights(trained.weights)
    np.savez_compressed(folder / f"{kind}.npz", **arrays)
    manifest = make_manifest(kind, samples, trained, scores)
    (folder / f"{kind}.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def make_manifest(kind: Kind, samples: Sequence[Sample], trained: Trained, scores: Scores) -> dict[str, Any]:
    """Return what is to be known of weights: from what they were made, and how well they do."""
    pages: dict[str, set[str]] = {}
    for sample in samples:
        pages.setdefault(sample.corpus, set()).add(sample.page)
    weights = trained.weights
    return {
        "kind": kind,
        "date": date.today().isoformat(),
        "pages": {corpus: len(ids) for corpus, ids in sorted(pages.items())},
        "made older": sum(sample.kind == AGED for sample in samples),
        "seeds": SEEDS,
        "options": OPTIONS[kind],
        "trees": [len(weights.first.leaves), len(weights.second.leaves)],
        "cross-validated": sum_up(scores),
        "features": trained.names,
    }


if __name__ == "__main__":
    main()
