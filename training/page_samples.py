"""Pages to learn from: the blocks of the corpora's pages, each with whether it is the article's.

A page's gold is a text; which blocks it came from is found by the words that they share with it, four at a time.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import numpy as np

from cleaners.read.html import Page, parse_page
from cleaners.read.names import read_names
from cleaners.read.walk import Walk
from cleaners.scorer.chances import view_page
from training.old_pages import age
from training.samples import Sample, fold_of

#: How much a page of a corpus counts: the small corpora are news by hand, the large one has many kinds of pages.
CORPUS_WEIGHT: Final = {"wcxb": 1.0}
_SMALL_CORPUS_WEIGHT: Final = 2.0
#: Of the blocks that are not the article's, so many are learned from.
_SHARE_OF_OTHERS: Final = 0.35
#: The kind of samples that are pages made to look old.
AGED: Final = "aged page"
#: How much a page counts that was made to look old, beside itself.
_AGED_WEIGHT: Final = 0.35
_TOKEN: Final = re.compile(r"\w+")
_SHINGLE: Final = 4
_SURE_WORDS: Final = 12
_REACH: Final = 6


def read_pages(root: Path) -> Iterator[Sample]:
    """Yield the pages below a corpora folder, in the order of their corpora and gold files."""
    for gold in sorted(root.glob("*/gold.jsonl")):
        for line in gold.open(encoding="utf-8"):
            row = json.loads(line) | {"corpus": gold.parent.name}
            html = gzip.decompress((gold.parent / "html" / (row["id"] + ".html.gz")).read_bytes())
            page = parse_page(html, url=row["url"] or None)
            yield make_page(row, page)
            if (aged := age(page.walk, row["id"])) is not None:
                yield make_page(row, page, aged)


def make_page(row: dict[str, str], page: Page, aged: Walk | None = None) -> Sample:
    """Return what is learned from a page. A block weighs its share of its article's words: what a mistake costs.

    Its older self, whose walk is `aged`, counts less, tells nothing of words, and is not measured.
    """
    walk, told = aged or page.walk, page.metadata
    walk.pictures.clear()
    view = view_page(walk, read_names(walk), told.title, None if aged else told.article_body)
    texts = walk.texts
    article = np.array(align_blocks(texts, row["body"]), np.float32)[view.chosen]
    words = np.array([max(len(_TOKEN.findall(text)), len(text) / 6) for text in texts], np.float32)[
        view.chosen
    ]
    total = max(30.0, float(words[article > 0].sum()))
    counts = CORPUS_WEIGHT.get(row["corpus"], _SMALL_CORPUS_WEIGHT) * (_AGED_WEIGHT if aged else 1.0)
    return Sample(
        page=row["id"],
        corpus=row["corpus"],
        kind=AGED if aged else "page",
        fold=fold_of(row),
        source=page.source,
        body=row["body"],
        view=view,
        shares=article,
        words=words,
        weights=(np.minimum(words / total, 0.3) * 10 + 0.03) * counts,
        odds=np.where(article > 0, 1.0, _SHARE_OF_OTHERS),
        counted=aged is None,
        worded=aged is None,
    )


def align_blocks(texts: Sequence[str], body: str) -> list[bool]:
    """Say of each block whether the body has it.

    A block of four words and more is in it if half of its shingles are; a shorter one if it stands in the body beside
    the blocks that it stands beside. Of blocks that say the same, as many as the body has, among others of it.

    >>> align_blocks(["Home", "It rained in Kyiv on Monday.", "Rain", "Nobody was hurt in the storm."],
    ...              "It rained in Kyiv on Monday.\\nRain\\nNobody was hurt in the storm.")
    [False, True, True, True]
    """
    gold = _tokens(body)
    shingles = set(_shingles(gold))
    flat = f" {' '.join(gold)} "
    lines = {" ".join(_tokens(line)) for line in body.split("\n")}
    told = [_tokens(text) for text in texts]
    found = [
        len(words) >= _SHINGLE
        and 2 * sum(s in shingles for s in _shingles(words)) >= len(words) - _SHINGLE + 1
        for words in told
    ]
    sure = [i for i, words in enumerate(told) if found[i] and len(words) >= _SURE_WORDS]
    long = list(found)
    for i, words in enumerate(told):
        if words and len(words) < _SHINGLE:
            found[i] = _stands_beside(told, long, i, flat) or (
                bool(sure) and sure[0] - 4 <= i <= sure[-1] + 4 and " ".join(words) in lines
            )
    _drop_repeats(told, found, flat, median(sure) if sure else len(told) / 2)
    return found


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.lower())


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _stands_beside(told: Sequence[Sequence[str]], long: Sequence[bool], i: int, flat: str) -> bool:
    words = " ".join(told[i])
    before = next((k for k in range(i - 1, max(i - _REACH, -1), -1) if long[k]), None)
    after = next((k for k in range(i + 1, min(i + _REACH, len(told))) if long[k]), None)
    return (before is not None and f" {' '.join(told[before][-3:])} {words} " in flat) or (
        after is not None and f" {words} {' '.join(told[after][:3])} " in flat
    )


def _drop_repeats(told: Sequence[Sequence[str]], found: list[bool], flat: str, middle: float) -> None:
    places: dict[str, list[int]] = {}
    for i, words in enumerate(told):
        if found[i]:
            places.setdefault(" ".join(words), []).append(i)
    neighbours = Counter(k for i, yes in enumerate(found) if yes for k in range(i - 3, i + 4) if k != i)
    for words, at in places.items():
        most = max(flat.count(f" {words} "), 1)
        for i in sorted(at, key=lambda i: (-neighbours[i], abs(i - middle)))[most:]:
            found[i] = False
