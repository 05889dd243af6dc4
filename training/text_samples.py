"""Texts to learn from: the pages of the corpora as dumps of several kinds, each line with how much of it is article.

A corpora folder holds a folder per corpus with `gold.jsonl` (id, url, body …) and, for each kind of dump,
`KIND/ID.txt.gz`. The dumps are used as they are and in forms of our own: hard-wrapped, with several paragraphs
on one line, and the body alone, so that a scorer does not learn one tool's line breaks.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import textwrap
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np

from cleaners.blocks import Block, Label
from cleaners.rules import judge
from cleaners.scorer.chances import view_text
from training.samples import Sample, fold_of

DUMPS: Final = ("tagstrip", "layout", "trafilatura")
VARIANTS: Final = ("merged", "gold", "broken")
#: How much a kind of dump counts.
KIND_WEIGHT: Final = {
    "tagstrip": 1.0,
    "layout": 1.0,
    "trafilatura": 1.5,
    "merged": 0.4,
    "broken": 0.3,
    "gold": 1.0,
}
#: What words say is learned from dumps of these kinds.
_WORDED: Final = ("tagstrip", "trafilatura")
#: A corpus of so many pages has many: fewer lines of each are learned from.
_MANY: Final = 300
_MOST_LINES, _MOST_OF_MANY = 80, 50
#: Lines so near to the article, or of so many words, are learned from more often than others.
_NEAR: Final = 12
_SOME_WORDS: Final = 8
_TOKEN: Final = re.compile(r"\w+")
_SHINGLE: Final = 4


def align(lines: Sequence[str], body: str) -> list[float]:
    """Say of each line what share of its words is in the body, in the body's order.

    Runs of four words are matched first, longest runs first; then single words in the gaps between them, so that
    a short line between two paragraphs of the article counts while the same words in a menu do not.

    >>> align(["Home", "Troops left the city at dawn.", "Home", "They went home at noon."],
    ...       "Troops left the city at dawn.\\nHome\\nThey went home at noon.")
    [0.0, 1.0, 1.0, 1.0]
    """
    tokens: list[str] = []
    owner: list[int] = []
    for number, text in enumerate(lines):
        found = _TOKEN.findall(text.lower())
        tokens += found
        owner += [number] * len(found)
    gold = _TOKEN.findall(body.lower())
    hit = bytearray(len(tokens))
    runs = [tuple(tokens[i : i + _SHINGLE]) for i in range(len(tokens) - _SHINGLE + 1)]
    gold_runs = [tuple(gold[i : i + _SHINGLE]) for i in range(len(gold) - _SHINGLE + 1)]
    blocks = SequenceMatcher(None, gold_runs, runs, autojunk=False).get_matching_blocks()
    spans = [(b.a, b.b, b.size + _SHINGLE - 1) for b in blocks if b.size]
    for _, b, size in spans:
        hit[b : b + size] = b"\1" * size
    edges = [(0, 0, 0), *spans, (len(gold), len(tokens), 0)]
    for (a, b, size), (a2, b2, _) in pairwise(edges):
        lo_a, lo_b = a + size, b + size
        if 0 < a2 - lo_a <= 400 and 0 < b2 - lo_b <= 400:
            gap = SequenceMatcher(None, gold[lo_a:a2], tokens[lo_b:b2], autojunk=False)
            for block in gap.get_matching_blocks():
                hit[lo_b + block.b : lo_b + block.b + block.size] = b"\1" * block.size
    total, good = [0] * len(lines), [0] * len(lines)
    for number, flag in zip(owner, hit, strict=True):
        total[number] += 1
        good[number] += flag
    shares = [g / t if t else -1.0 for g, t in zip(good, total, strict=True)]
    for i, share in enumerate(shares):  # a line without words goes with the lines around it
        if share < 0:
            after = next((s for s in shares[i + 1 :] if s >= 0), 0.0)
            shares[i] = min(max(shares[i - 1], 0.0) if i else 0.0, after)
    return shares


def _merge(lines: list[str], shares: list[float], chance: random.Random) -> tuple[list[str], list[float]]:
    """Put runs of neighbouring lines of one kind on one line each."""
    out: list[str] = []
    marks: list[float] = []
    for text, share in zip(lines, shares, strict=True):
        joins = out and (marks[-1] >= 0.5) == (share >= 0.5) and chance.random() < 0.4 and len(out[-1]) < 1500
        if joins:
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
            marks.append(share)
    return out, marks


def _break(lines: list[str], shares: list[float], chance: random.Random) -> tuple[list[str], list[float]]:
    """Break long lines at a random width, as a mail program does."""
    width = chance.choice((60, 66, 72, 76, 80, 90, 100))
    out: list[str] = []
    marks: list[float] = []
    for text, share in zip(lines, shares, strict=True):
        parts = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [text]
        out += parts
        marks += [share] * len(parts)
    return out, marks


def split_lines(text: str) -> list[str]:
    """Return the lines of a dump without the empty ones and without space at their ends."""
    return [line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line]


def read_texts(root: Path, kinds: Sequence[str] = DUMPS + VARIANTS) -> Iterator[Sample]:
    """Yield the texts of all corpora under `root`, in a fixed order; needs nothing but its files.

    Of a corpus of many pages, our own forms are made of every fourth page only (the body alone of every second).
    """
    for gold in sorted(root.glob("*/gold.jsonl")):
        rows = gold.read_bytes().splitlines()
        for raw in rows:
            row = json.loads(raw)
            number = crc32(row["id"].encode())
            dumps = _make_dumps(gold.parent, row)
            for kind in kinds:
                every = 1 if kind in DUMPS or len(rows) < _MANY else 2 if kind == "gold" else 4
                if number % every == 0 and dumps[kind][0]:
                    yield make_text(row, kind, *dumps[kind], pages=len(rows))


def _make_dumps(corpus: Path, row: dict[str, str]) -> dict[str, tuple[list[str], list[float]]]:
    """Return a page's lines as dumps of all kinds, and how much of each is the article's."""
    chance = random.Random(crc32(row["id"].encode()))
    dumps: dict[str, tuple[list[str], list[float]]] = {}
    for kind in DUMPS:
        text = gzip.decompress((corpus / kind / f"{row['id']}.txt.gz").read_bytes()).decode()
        lines = split_lines(text)
        dumps[kind] = (lines, align(lines, row["body"]))
    body = split_lines(row["body"])
    dumps["gold"] = (body, [1.0] * len(body))
    dumps["merged"] = _merge(*dumps[chance.choice(DUMPS)], chance)
    dumps["broken"] = _break(*dumps[chance.choice(DUMPS[:2])], chance)
    return dumps


def make_text(
    row: dict[str, str], kind: str, lines: Sequence[str], shares: Sequence[float], pages: int
) -> Sample:
    """Return what is learned from a text, of a corpus of so many pages.

    A line weighs its share of its page's words, a corpus the root of its number of pages.
    """
    words = np.array([len(_TOKEN.findall(line)) for line in lines], np.float32)
    told = np.array(shares, np.float32)
    article = told >= 0.5
    near = np.convolve(article, np.ones(2 * _NEAR + 1))[_NEAR : _NEAR + len(lines)] > 0
    wish = np.where(near | (words >= _SOME_WORDS), 1.0, 0.2)
    most = _MOST_LINES if pages < _MANY else _MOST_OF_MANY
    page = KIND_WEIGHT[kind] / pages**0.5
    return Sample(
        page=row["id"],
        corpus=row["corpus"],
        kind=kind,
        fold=fold_of(row),
        source="\n".join(lines),
        body=row["body"],
        view=view_text(lines, claims_of(lines)),
        shares=told,
        words=words,
        weights=np.minimum((words + 1) / (float(words[article].sum()) + 30), 0.3) * page,
        odds=np.minimum(wish * min(1.0, most / float(wish.sum())), 1.0),
        counted=kind in DUMPS,
        worded=kind in _WORDED,
    )


def claims_of(lines: Sequence[str]) -> list[Label | None]:
    """Return the labels that rules give to the lines of a text."""
    blocks = [Block(line, number) for number, line in enumerate(lines, 1)]
    heard = (claim.verdict.label if claim and not claim.spared else None for claim in judge(blocks))
    return list(heard)
