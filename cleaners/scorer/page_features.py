"""What is known of a page's blocks: what is known of any line of text, and what the markup adds.

As for text there are two sets, each with a row per feature and a column per block: the first looks at blocks; the
second, for a second pass, at what the first pass thought of the blocks around, in the page and in the same elements.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.read.names import BITS, Names, over_ancestors
from cleaners.read.walk import Walk
from cleaners.scorer.block_words import Reading, WordTables, long_blocks, word_rows
from cleaners.scorer.forest import probability
from cleaners.scorer.neighbours import distances, shifted, summed
from cleaners.scorer.shape import SHAPE_NAMES, Floats, Ints

#: Elements that say something of what stands in them; each is a bit of an element's tag mask.
TAGS = (
    "p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption dt dd pre section article main header footer nav aside"
    " figure form ul ol table button details dialog address"
).split()
_TAG_BIT = {tag: 1 << number for number, tag in enumerate(TAGS)}
_H1 = TAGS.index("h1")
_LEVELS = 5  # elements around a block that are measured
_STEPS = 9  # and so many in which the headline is looked for
_ROW = {name: row for row, name in enumerate(SHAPE_NAMES)}
_LONG_WORDS = 12
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_SECOND_SHIFTS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_ALL = 1 << 40
_WINDOWS = ((-_ALL, 0), (1, _ALL), (-3, 0), (1, 4), (-8, 9), (-20, 0), (1, 21))
_SECOND_WINDOWS = ((-_ALL, 0), (1, _ALL), (-2, 3), (-5, 6), (-12, 0), (1, 13), (-30, 31))
_NOT_WORD = re.compile(r"[\W_]+")
_SAID = 200  # characters from which an articleBody is more than a summary
_TOLD = 12  # characters from which a block can be told in it


def _unpack(masks: NDArray[np.uint64], owner: Ints, bits: int) -> Floats:
    """Return a row for each bit, a column for each block."""
    rows = np.unpackbits(masks[owner].view(np.uint8).reshape(-1, 8), axis=1, count=bits, bitorder="little")
    return rows.T.astype(np.float32)


def _sums(rows: Floats) -> NDArray[np.float64]:
    out = np.zeros((len(rows), rows.shape[1] + 1))
    np.cumsum(rows, axis=1, out=out[:, 1:])
    return out


@dataclass(frozen=True, slots=True)
class Places:
    """Where the blocks stand: the elements above each, from its own outwards, and the blocks that these span.

    `above`, `start` and `end` have a row for each step outwards and a column for each block; `kinds` numbers the
    blocks' elements by tag, class and depth, `in_parent` by tag, class and parent.
    """

    above: Ints
    start: Ints
    end: Ints
    kinds: Ints
    in_parent: Ints
    starts: Ints
    ends: Ints


def find_places(walk: Walk, names: Names) -> Places:
    """Return where the blocks of a page stand."""
    parent = np.maximum(np.array(walk.parents, np.int64), 0)
    starts, ends = np.array(walk.starts, np.int64), np.array(walk.ends, np.int64)
    above = np.empty((_STEPS, len(walk.owners)), np.int64)
    above[0] = walk.owners
    for step in range(1, _STEPS):
        above[step] = parent[above[step - 1]]
    tags: dict[str, int] = {}
    tag = np.array([tags.setdefault(name, len(tags)) for name in walk.tags], np.int64)
    depth = np.array(walk.depths, np.int64)
    kind = ((names.classes * len(tags) + tag) * (int(depth.max()) + 1) + depth)[above[0]]
    _, of_kind = np.unique(kind, return_inverse=True)
    _, in_parent = np.unique(of_kind * len(starts) + above[1], return_inverse=True)
    return Places(above, starts[above], ends[above], of_kind, in_parent, starts, ends)


def first_page_features(
    walk: Walk,
    reading: Reading,
    places: Places,
    tables: WordTables,
    names: Names,
    article_body: str | None,
) -> Floats:
    """Return the features of the first pass for each block; `names` are the elements'."""
    n, shape = len(reading), reading.shape
    chars, words = shape[_ROW["chars"]], shape[_ROW["words"]]
    safe = np.maximum(chars, 1)
    marks = np.array([walk.link_chars, walk.bold_chars, walk.link_counts, walk.breaks], np.float32)
    marks[:2] = np.minimum(marks[:2] / safe, 1)
    link_share, bold_share = marks[0], marks[1]
    owner = places.above[0]
    own = names.bits
    parent = np.array(walk.parents, np.int64)
    parent = np.where(parent < 0, np.arange(len(parent)), parent)
    near = own | own[parent] | own[parent[parent]]
    names_above = over_ancestors(own, walk.parents, np.bitwise_or)
    tag_bits = np.array([_TAG_BIT.get(tag, 0) for tag in walk.tags], np.uint64)
    tags_above = over_ancestors(tag_bits, walk.parents, np.bitwise_or)
    own_tag = _unpack(tag_bits, owner, len(TAGS))
    long = long_blocks(shape)
    prose = (long & (link_share < 0.5)).astype(np.float32)
    odds = word_rows(reading, tables)
    seen = np.stack([
        np.log1p(chars), link_share, bold_share, own_tag[0], shape[_ROW["ends_sentence"]], shape[_ROW["capitalised"]],
        shape[_ROW["commas"]], shape[_ROW["last"]], odds[0], odds[5] + odds[6] + odds[7],
    ]).astype(np.float32)  # fmt: skip
    measured = np.stack(
        [chars, chars * link_share, own_tag[0] * chars, prose * chars, prose, words, odds[3], odds[7]]
    )
    sums = _sums(measured)
    totals = np.maximum(sums[:, -1], 1.0)
    windows = summed(measured[[3, 4, 5, 6, 7]], _WINDOWS)
    whole = np.empty((8, n), np.float32)
    whole[0], whole[1], whole[2], whole[3] = (
        n,
        np.log1p(totals[0]),
        np.log1p(totals[3]),
        totals[3] / totals[0],
    )
    whole[4] = np.arange(n) / n
    whole[5:7] = sums[[3, 0], :-1] / totals[[3, 0], None]
    whole[7] = np.array(walk.depths, np.float32)[owner]
    same_parent = np.zeros((2, n), np.float32)
    same_parent[0, 1:] = same_parent[1, :-1] = places.above[1, 1:] == places.above[1, :-1]
    return np.concatenate([
        shape, odds, _repeats(reading), marks, _unpack(near, owner, BITS),
        _unpack(names_above, owner, BITS), _unpack(tags_above, owner, len(TAGS)), own_tag,
        _elements_around(sums, totals, places), shifted(seen, _SHIFTS), windows, distances(long), whole, same_parent,
        _peers(places, measured, totals), _articles(walk, places, sums[3], totals[3]),
        _title_rows(reading, places, own_tag[_H1]), _said_rows(walk.texts, article_body),
    ]).astype(np.float32, copy=False)  # fmt: skip


def _repeats(reading: Reading) -> Floats:
    """Return how often each block's text stands on the page."""
    _, inverse, counts = np.unique(reading.whole, return_inverse=True, return_counts=True)
    return np.minimum(counts[inverse], 9).astype(np.float32)[None]


def _elements_around(sums: NDArray[np.float64], totals: NDArray[np.float64], places: Places) -> Floats:
    """Return what the five nearest elements of each block hold."""
    start, end = places.start[:_LEVELS], places.end[:_LEVELS]
    inside = sums[:5, end] - sums[:5, start]
    size, count = np.maximum(inside[0], 1), np.maximum(end - start, 1)
    rows = np.stack([
        np.log1p(inside[0]), inside[0] / totals[0], inside[1] / size, inside[2] / size, inside[3] / totals[3],
        inside[3] / size, count, inside[4], inside[0] / count, (np.arange(start.shape[1]) - start) / count,
    ])  # fmt: skip
    return rows.reshape(-1, start.shape[1]).astype(np.float32)


def _peers(places: Places, measured: Floats, totals: NDArray[np.float64]) -> Floats:
    """Return what the blocks that are made alike hold together: on the page, and in the same parent."""
    rows = []
    for group in (places.kinds, places.in_parent):
        count = np.bincount(group)
        size = np.maximum(np.bincount(group, measured[0]), 1)
        prose, links = np.bincount(group, measured[3]), np.bincount(group, measured[1])
        rows.append(
            np.stack([count, size / np.maximum(count, 1), prose / totals[3], prose / size, links / size])[
                :, group
            ]
        )
    return np.concatenate(rows).astype(np.float32)


def _articles(walk: Walk, places: Places, prose: NDArray[np.float64], total: float) -> Floats:
    """Return how many <article>s the page has, in the how-manieth a block stands (-1: none), and its share of prose."""
    n = len(walk.owners)
    out = np.zeros((3, n), np.float32)
    out[1] = -1
    articles = np.array([tag == "article" for tag in walk.tags], np.bool_)
    if not articles.any():
        return out
    nearest = over_ancestors(
        np.where(articles, np.arange(len(articles)), np.int64(-1)), walk.parents, np.maximum
    )
    element = nearest[places.above[0]]
    number = np.where(element >= 0, np.cumsum(articles)[element] - 1, -1)
    share = (prose[places.ends[element]] - prose[places.starts[element]]) / total
    out[0], out[1], out[2] = articles.sum(), number, np.where(number >= 0, share, 0)
    return out


def _title_rows(reading: Reading, places: Places, h1: Floats) -> Floats:
    """Return how a block is like the title, how far behind the headline it stands, and how near to it in the tree."""
    n, firsts = len(reading), reading.firsts
    out = np.zeros((6, n), np.float32)
    headline = -1
    wanted = reading.title
    filled = reading.filled
    if len(wanted) and len(filled):
        hits = np.add.reduceat(np.isin(reading.hashes, wanted).astype(np.float32), firsts[filled])
        out[0, filled] = hits / np.diff(firsts)[filled]
        out[1, filled] = np.minimum(hits / len(wanted), 2)
        alike = (out[0] > 0.7) & (out[1] > 0.5)
        titled = alike & (h1 > 0)
        if titled.any():
            headline = int(titled.argmax())
        elif alike.any():
            headline = int(alike.argmax())
    if headline < 0 and h1.any():
        headline = int(h1.argmax())
    out[2], out[3], out[4] = -99, -1, -1
    if headline >= 0:
        at = np.arange(n)
        out[2] = at - headline
        shared = (places.start <= headline) & (headline < places.end)
        out[3] = np.where(shared.any(axis=0), shared.argmax(axis=0), -1)
        start, end = places.start[:, headline, None], places.end[:, headline, None]
        around = (start <= at) & (at < end)
        out[4] = np.where(around.any(axis=0), around.argmax(axis=0), -1)
        out[5] = 1
    return out


def _said_rows(texts: Sequence[str], article_body: str | None) -> Floats:
    """Say which blocks stand in the body that the page gives of itself, in its JSON-LD."""
    out = np.zeros((2, len(texts)), np.float32)
    if not article_body or len(article_body) < _SAID:
        return out
    out[1] = 1
    body = _NOT_WORD.sub("", article_body).lower()
    for i, text in enumerate(texts):
        if len(text) >= _TOLD:
            out[0, i] = _NOT_WORD.sub("", text[:80]).lower()[:40] in body
    return out


def second_page_features(reading: Reading, places: Places, first: Floats, margin: Floats) -> Floats:
    """Return the features of the second pass: what the first, whose `margin` is given, thinks of all that is around."""
    chance = probability(margin)
    n, shape = len(reading), reading.shape
    chars, words = shape[_ROW["chars"]], shape[_ROW["words"]]
    weight = chance * chars
    sure = chance > 0.75
    windows = summed(
        np.stack([chance * words, chance > 0.5, (chance < 0.5) * words]).astype(np.float32), _SECOND_WINDOWS
    )
    edges = [distances(mark) for mark in (sure, chance < 0.25, sure & (words >= _LONG_WORDS))]
    sums = _sums(np.stack([weight, chars]))
    inside = sums[:, places.end[: _LEVELS + 1]] - sums[:, places.start[: _LEVELS + 1]]
    expected = float(weight.sum()) + 1
    around = np.concatenate([(inside[0] - weight) / (inside[1] - chars + 1), inside[0] / expected])
    peers = []
    for group in (places.kinds, places.in_parent):
        of, size = np.bincount(group, weight), np.bincount(group, chars)
        peers.append((of[group] - weight) / (size[group] - chars + 1))
    whole = np.empty((5, n), np.float32)
    whole[0] = expected / max(float(chars.sum()), 1.0)
    whole[1:3] = windows[:2] / max(float((chance * words).sum()), 1.0)
    whole[3] = chance.mean()
    whole[4] = ((chance > 0.15) & (chance < 0.85)).mean()
    return np.concatenate([
        margin[None], shifted(margin[None], _SECOND_SHIFTS, -6.0), windows, *edges, around, np.stack(peers), whole,
        first,
    ]).astype(np.float32, copy=False)  # fmt: skip
