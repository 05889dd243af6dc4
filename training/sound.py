"""What lines sound like, learned by softmax regression: `python -m training.sound CORPORA`.

It is learned from the lines in `training/lines`, which were written for it, and from those of the corpora's bodies.
A folder for each language has `ads.txt`, `furniture.txt` and `news.txt`, a line for each; what is news there is mostly
what could be taken for the others. The corpora have sentences of sites that were seen, which are news too. All kinds of
a language weigh the same, however many lines there are of each.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from cleaners.rules.offers import kinds_of
from cleaners.rules.sounds import kinds_of_line
from cleaners.scorer.sound import (
    BUCKETS,
    FILE,
    FORMS,
    HEAD,
    KIND,
    SCALE,
    SHAPE,
    STEMS,
    bucket,
    forms_of,
    pairs_of,
    shape_of,
    stem_bucket,
    stems_of,
    words_of,
)
from training.samples import FOLDS, fold_of

LINES: Final = Path(__file__).with_name("lines")
#: The kinds of lines, in the order of the classes.
CLASSES: Final = ("news", "ads", "furniture")
#: Of the body of a corpus' page so many lines are learned from, none longer; of a corpus with many pages fewer.
_MOST, _MOST_OF_MANY, _MANY, _LONGEST = 40, 12, 300, 400
#: How much a line of a body weighs, beside one in `training/lines`.
_BODY_WEIGHT: Final = 0.2
#: English has most of the bodies' lines: its ads and furniture weigh so much more.
_ENGLISH: Final = 3.0
#: What so many lines of a language have, and such a share of them, is common.
_COMMON, _COMMON_SHARE = 4, 0.005
#: Kinds of words for what is given and what is sold.
_TRADED: Final = frozenset(("gain", "goods"))
#: The inverse of the penalty on weights, and how long is looked for the best.
_LOOSENESS, _STEPS = 0.5, 80
#: What fewer lines have says nothing of others.
_FEWEST: Final = 2
_MOST_WEIGHT: Final = 127

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its kind, a place in `CLASSES`; the group of those that weigh alike; and the part that it is in.

    Parts are for measuring on what was not learned from: of lines of corpora they are by site.
    """

    text: str
    kind: int
    group: str
    fold: int


def read_lines(folder: Path = LINES) -> list[Line]:
    """Return the lines that were written to be learned from."""
    found = []
    for path in sorted(folder.glob("*/*.txt")):
        kind = CLASSES.index(path.stem)
        for text in path.read_text(encoding="utf-8").rstrip("\n").split("\n"):
            found.append(Line(text, kind, path.parent.name, crc32(text.encode()) % FOLDS))
    return found


def read_bodies(corpora: Path) -> list[Line]:
    """Return lines of the bodies of the corpora's pages."""
    found = []
    dice = random.Random(7)
    for gold in sorted(corpora.glob("*/gold.jsonl")):
        with gold.open(encoding="utf-8") as file:
            rows = [json.loads(row) for row in file]
        most = _MOST if len(rows) < _MANY else _MOST_OF_MANY
        for row in rows:
            texts = [text for part in row["body"].split("\n") if (text := part.strip())]
            texts = [text for text in dict.fromkeys(texts) if len(text) <= _LONGEST]
            for text in dice.sample(texts, min(most, len(texts))):
                found.append(Line(text, 0, f"body of {row['corpus']}", fold_of(row)))
    return found


def weigh_lines(lines: Sequence[Line]) -> Floats:
    """Return how much each line weighs: a kind of a language as the root of how many it has; bodies a little."""
    counted = Counter((line.group, line.kind) for line in lines)
    written = np.array([counted[line.group, line.kind] ** -0.5 for line in lines])
    body = np.array([line.group.startswith("body") for line in lines])
    english = np.array([line.group == "en" and line.kind > 0 for line in lines])
    mean = written[~body].mean() if not body.all() else 1.0
    return np.where(body, _BODY_WEIGHT, np.where(english, _ENGLISH, 1.0) * written / mean)


def matrix_of(texts: Sequence[str]) -> csr_matrix:
    """Return texts as rows of what `cleaners.scorer.sound` reads of them."""
    ends, columns, values = [0], [], []
    for text in texts:
        words = words_of(text)
        forms = [form for word in words for form in forms_of(word)] + pairs_of(words)
        shape, known = [f"shape {mark}" for mark in shape_of(text)], kinds_of_line(text)
        columns += [bucket(form) for form in (*forms, *shape, *known)]
        values += [FORMS / len(forms) ** 0.5] * len(forms) + [SHAPE] * len(shape) + [KIND] * len(known)
        ends.append(len(columns))
    made = csr_matrix((np.array(values), np.array(columns), np.array(ends)), shape=(len(texts), BUCKETS))
    made.sum_duplicates()
    return made


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned: how much each bucket says for ads and for furniture, against news; and the bias of both."""

    weights: NDArray[np.int8]
    bias: Floats

    def margins(self, rows: csr_matrix) -> Floats:
        """Return how much each row sounds like an ad and like furniture, as `cleaners.scorer.sound` finds it."""
        told: Floats = rows @ (self.weights.T / SCALE) + self.bias
        return told


def learn(rows: csr_matrix, kinds: NDArray[np.int64], weights: Floats) -> Taught:
    """Learn from rows of these kinds, which weigh so much."""
    seen = np.bincount(rows.indices, minlength=BUCKETS)
    columns = np.flatnonzero(seen >= _FEWEST)
    x = rows[:, columns]
    turned = x.T.tocsr()
    size, count = len(columns), len(CLASSES)
    wanted = np.eye(count)[kinds]
    weights = (weights / weights.mean())[:, None]

    def loss(at: Floats) -> tuple[float, Floats]:
        told, bias = at[:-count].reshape(size, count), at[-count:]
        margin = x @ told + bias
        margin -= margin.max(axis=1, keepdims=True)
        margin -= np.log(np.exp(margin).sum(axis=1, keepdims=True))
        missed = (np.exp(margin) - wanted) * weights
        slope = turned @ missed + told / _LOOSENESS
        missing = -float((weights * wanted * margin).sum()) + 0.5 / _LOOSENESS * float((told * told).sum())
        return missing, np.concatenate([slope.ravel(), missed.sum(axis=0)])

    start = np.zeros((size + 1) * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    told, bias = found[:-count].reshape(size, count), found[-count:]
    small = np.zeros((count - 1, BUCKETS), np.int8)
    against = (told[:, 1:] - told[:, :1]).T * SCALE
    small[:, columns] = np.clip(np.rint(against), -_MOST_WEIGHT, _MOST_WEIGHT)
    return Taught(small, bias[1:] - bias[0])


def common_stems(lines: Sequence[Line]) -> bytes:
    """Return a bit for each bucket of stems: whether one of its stems is common in news of some language.

    Words for what is given or sold never are: a story about casinos is told by its word for them.
    """
    news = [line for line in lines if line.kind == 0]
    sizes = Counter(line.group for line in news)
    counted = Counter((line.group, stem) for line in news for stem in stems_of(line.text))
    words = {word for line in news for word in words_of(line.text)}
    traded = {stem for word in words if _TRADED & {*kinds_of(word).values()} for stem in stems_of(word)}
    common = np.zeros(STEMS, np.bool_)
    for (group, stem), count in counted.items():
        if count >= max(_COMMON, _COMMON_SHARE * sizes[group]) and stem not in traded:
            common[stem_bucket(stem)] = True
    return np.packbits(common, bitorder="little").tobytes()


def pack(taught: Taught, common: bytes) -> bytes:
    """Return what was learned as the bytes that `cleaners.scorer.sound` reads."""
    return HEAD.pack(*taught.bias) + taught.weights.tobytes() + common


#: Of look-alikes that were kept from the training so many may sound like junk where the shares of junk are told.
_TOLD_AT: Final = (0.002, 0.01)


def measure(lines: Sequence[Line], rows: csr_matrix) -> dict[str, Any]:
    """Return which share of ads and furniture sounds like junk, where so few of the news do that were kept apart.

    A part of the lines is kept from the training; of those of corpora they are whole sites.
    """
    kinds, folds = np.array([line.kind for line in lines]), np.array([line.fold for line in lines])
    body = np.array([line.group.startswith("body") for line in lines])
    told = learn(rows[folds != 0], kinds[folds != 0], weigh_lines(lines)[folds != 0]).margins(rows)
    junk = np.logaddexp(told[:, 0], told[:, 1])
    held = (folds == 0) & ~body
    news = np.sort(junk[held & (kinds == 0)])[::-1]
    shares = {}
    for false in _TOLD_AT if len(news) else ():
        least = float(news[int(false * len(news))])
        found = {name: junk[held & (kinds == kind)] > least for kind, name in enumerate(CLASSES) if kind}
        shares[f"{false:.1%} of news"] = {
            "from": round(least, 2),
            **{name: round(float(heard.mean()), 3) for name, heard in found.items() if len(heard)},
            "bodies": round(float((junk[(folds == 0) & body] > least).mean()), 4) if body.any() else None,
        }
    return shares


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--lines", type=Path, default=LINES, help="the folder of the lines")
    parser.add_argument("--out", type=Path, default=Path(FILE).parent, help="the folder for the weights")
    options = parser.parse_args(arguments)
    written = read_lines(options.lines)
    if not written:
        parser.error(f"no lines below {options.lines}")
    lines = [*written, *read_bodies(options.corpora)]
    rows = matrix_of([line.text for line in lines])
    taught = learn(rows, np.array([line.kind for line in lines]), weigh_lines(lines))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / Path(FILE).name).write_bytes(pack(taught, common_stems(written)))
    counted = Counter(CLASSES[line.kind] for line in written)
    manifest = {
        "kind": "sound",
        "date": date.today().isoformat(),
        "languages": len({line.group for line in written}),
        "lines": {name: counted[name] for name in CLASSES},
        "lines of bodies": len(lines) - len(written),
        "kept apart": measure(lines, rows),
    }
    (options.out / "sound.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
