"""What is known of a line of text in its place: shape, words, neighbours, and the text around it.

Two sets of features, each with a row per feature and a column per line. The first looks at lines; the second,
for a second pass, at what the first pass thought of the lines around. All rows are made for all lines at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.claims import Claims, claim_rows
from cleaners.scorer.neighbours import EVERYWHERE, distances, shifted, summed
from cleaners.scorer.repeats import form_hashes, line_hashes, repeat_rows
from cleaners.scorer.shape import CLASSES, SHAPE_NAMES, Floats, Ints, Words, find_words, measure, read_lines

BUCKETS = 1 << 16
_SCALE = 16  # the tables keep a logarithm of odds as a small whole number of sixteenths
_VOCABULARY = 1 << 13
_ROW = {name: row for row, name in enumerate(SHAPE_NAMES)}
#: A line of this many words, or of fewer if it ends as a sentence does, reads like a paragraph.
_LONG, _LONG_SENTENCE = 25, 12
#: Lines of this many words use the table for prose.
PROSE = 12
_REACH = 3
_RECENT = 12  # the window in `marker_rows` is made of three windows of four
_WHOLE_LINE = 9  # words of a line that is also known as a whole
_SHIFTS = tuple(k for k in range(-_REACH, _REACH + 1) if k)


@dataclass(frozen=True, slots=True)
class WordTables:
    """For each bucket of hashes, how much it says.

    For the article: `words` and `groups` in short lines, together; `prose`, the words of long ones; `phrases`, word
    groups by themselves. Of the place: `after` and `before` are of groups that stand after the article and before it.
    """

    words: NDArray[np.int8]
    groups: NDArray[np.int8]
    prose: NDArray[np.int8]
    phrases: NDArray[np.int8]
    after: NDArray[np.int8]
    before: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of lines, their shape, and the buckets of their words and word groups.

    `groups` has a row each for a line's first two words, last two words, and the whole of a short line; -1
    where there is none. `whole` and `forms` are hashes of the lines and of their forms.
    """

    words: Words
    shape: Floats
    buckets: Ints
    groups: Ints
    whole: NDArray[np.uint64]
    forms: NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.whole)

    def only(self, places: Ints) -> Reading:
        """Return the reading of some of the lines, in their order: what `read` would give for them alone."""
        words = self.words
        chosen = np.zeros(len(self), np.bool_)
        chosen[places] = True
        within = chosen[words.line]
        number = (np.cumsum(chosen) - 1).astype(np.int32)
        first = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(words.first)[places])])
        line = number[words.line[within]]
        kept = Words(line, words.start[within], words.length[within], words.hash[within], first)
        shape, groups = self.shape.take(places, axis=1), self.groups.take(places, axis=1)
        return Reading(kept, shape, self.buckets[within], groups, self.whole[places], self.forms[places])


def read(lines: Sequence[str]) -> Reading:
    """Lay out lines, find their words and measure their shape."""
    laid = read_lines(lines)
    words = find_words(laid)
    shape = measure(laid, words)
    n = len(laid)
    number = np.diff(words.first)
    hashes = words.hash.astype(np.uint64)
    whole = line_hashes(words)
    groups = np.full((3, n), -1, np.int64)
    if len(hashes):
        pairs = hashes[:-1] * np.uint64(31) + hashes[1:] * np.uint64(0xC2B2AE3D27D4EB4F)
        two = np.flatnonzero(number >= 2)
        first, last = words.first[two], words.first[two + 1] - 2
        groups[0, two] = _bucket(pairs[first] + np.uint64(11))
        groups[1, two] = _bucket(pairs[last] + np.uint64(77))
        short = np.flatnonzero((number > 0) & (number <= _WHOLE_LINE))
        groups[2, short] = _bucket(whole[short] + number[short].astype(np.uint64))
    buckets = (words.hash >> np.uint32(9)).astype(np.int64) & (BUCKETS - 1)
    return Reading(words, shape, buckets, groups, whole, form_hashes(laid, words))


def _bucket(hashes: NDArray[np.uint64]) -> Ints:
    mixed = hashes * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(48)).astype(np.int64) & (BUCKETS - 1)


def long_lines(shape: Floats) -> NDArray[np.bool_]:
    """Say which lines read like paragraphs."""
    words = shape[_ROW["words"]]
    ends = shape[_ROW["ends_sentence"]] > 0
    long: NDArray[np.bool_] = (words >= _LONG) | (ends & (words >= _LONG_SENTENCE))
    return long


def word_rows(reading: Reading, tables: WordTables) -> Floats:
    """Return what a line's words say together, the least and greatest of them, the first, the last, and its groups."""
    out = np.zeros((9, len(reading)), np.float32)
    groups = reading.groups
    found = groups >= 0
    out[6:9] = np.where(found, tables.phrases[groups], 0) / np.float32(_SCALE)
    words = reading.words
    filled = np.flatnonzero(np.diff(words.first))
    if len(filled):
        number = np.diff(words.first)
        long = number >= PROSE
        prose = long[words.line]
        odds = np.where(prose, tables.prose[reading.buckets], tables.words[reading.buckets])
        odds = odds.astype(np.float32) / _SCALE
        first, last = words.first[filled], words.first[filled + 1] - 1
        sums = np.zeros(len(reading), np.float32)
        sums[filled] = np.add.reduceat(odds, first)
        out[3] = sums / np.maximum(number, 1)
        size = np.where(long, number, number + found.sum(axis=0))
        sums += np.where(long, 0, np.where(found, tables.groups[groups], 0).sum(axis=0) / np.float32(_SCALE))
        out[0] = sums / np.sqrt(np.maximum(size, 1))
        out[1, filled] = np.minimum.reduceat(odds, first)
        out[2, filled] = np.maximum.reduceat(odds, first)
        out[4, filled] = odds[first]
        out[5, filled] = odds[last]
    return out


def marker_rows(reading: Reading, tables: WordTables) -> Floats:
    """Return what the lines say of the place: how far they mark the article's end or announce its beginning.

    The rows are: how strongly this line stands after articles; the strongest such line before it, and within
    twelve lines; the same of lines that stand before articles, looked for after it.
    """
    groups = reading.groups
    found = groups >= 0
    n = len(reading)
    out = np.zeros((8, n), np.float32)
    for row, table in ((0, tables.after), (4, tables.before)):
        own = np.where(found, table[groups], -128).max(axis=0).astype(np.float32) / _SCALE if n else out[0]
        ahead = own if row == 0 else own[::-1]
        gathered = np.maximum.accumulate(ahead) if n else ahead
        recent = np.full(n + _RECENT, -8, np.float32)
        recent[_RECENT:] = ahead
        twice = np.maximum(recent[:-1], recent[1:])
        four = np.maximum(twice[:-2], twice[2:])
        window = np.maximum(np.maximum(four[:n], four[4 : n + 4]), four[8 : n + 8])
        total = np.cumsum(np.maximum(ahead - 1, 0), dtype=np.float32)
        rows = np.stack([ahead, gathered, window, total])
        out[row : row + 4] = rows if row == 0 else rows[:, ::-1]
    return out


def _shared_words(reading: Reading, long: NDArray[np.bool_]) -> Floats:
    """Return the share of a line's longer words that other, long lines have, and how it and the first line overlap."""
    words, n = reading.words, len(reading)
    out = np.zeros((3, n), np.float32)
    telling = (words.length >= 4) | (reading.shape[_ROW["dense"]][words.line] > 0.3)
    line = words.line[telling]
    place = reading.buckets[telling] & (_VOCABULARY - 1)
    if not len(line):
        return out
    total = np.maximum(np.bincount(line, minlength=n), 1)
    in_long = long[line]
    counts = np.bincount(place[in_long], minlength=_VOCABULARY)
    known = counts[place] > in_long
    out[0] = np.bincount(line, weights=known, minlength=n) / total
    heads = place[line == line[0]]
    head = np.zeros(_VOCABULARY, np.bool_)
    head[heads] = True
    hits = np.bincount(line, weights=head[place], minlength=n)
    out[1] = hits / total
    out[2] = np.minimum(hits / len(heads), 1)
    return out


#: A line is the headline again if so much of its words is the first line's and the other way round, or nearly all of
#: so many words.
_MOSTLY, _WHOLLY, _HEADLINE_WORDS = 0.6, 0.8, 4
_DASH, _SPACE, _BAR = (CLASSES.index(name) for name in ("dash", "space", "bar"))
_WINDOWS = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-3, 0), (1, 4), (-8, 9), (-20, 0), (1, 21))


def head_rows(shared: Floats, words: Floats) -> Floats:
    """Return how far the nearest lines are that share most of their words with the first line, as a headline does
    with the page's title; the nearest that have hardly any others; and how many stand before.

    `shared` are the rows of `_shared_words`.
    """
    within, covered = shared[1], shared[2]
    both = (within > _MOSTLY) & (covered > _MOSTLY)
    inner = (within > _WHOLLY) & (words >= _HEADLINE_WORDS)
    both[:1] = inner[:1] = False
    return np.concatenate([distances(both), distances(inner), np.minimum(np.cumsum(both), 5)[None]]).astype(
        np.float32
    )


def first_features(reading: Reading, tables: WordTables, claims: Claims) -> Floats:
    """Return the features of the first pass for each line; `claims` are what the rules say of the lines."""
    n, shape = len(reading), reading.shape
    words = shape[_ROW["words"]]
    log_words = np.log1p(words)
    long = long_lines(shape)
    odds = word_rows(reading, tables)
    shared = _shared_words(reading, long)
    repeats = repeat_rows(reading.whole, reading.forms, np.diff(reading.words.first))
    seen = np.stack(
        [log_words, shape[_ROW["ends_sentence"]], shape[_ROW["capitalised"]], shape[_ROW["commas"]],
         odds[0], odds[6] + odds[7] + odds[8], shared[0], shape[_ROW["first"]], repeats[0], shape[_ROW["last"]]]
    )  # fmt: skip
    near = shifted(seen, _SHIFTS)
    long_words = words * long
    markers = marker_rows(reading, tables)
    sums = summed(
        np.stack(
            [words, long_words, long, odds[0] * long, odds[0] * ~long, odds[8], shared[1] * words]
        ).astype(np.float32),
        _WINDOWS,
    )
    total, total_long = max(float(words.sum()), 1.0), float(long_words.sum())
    at = np.arange(n, dtype=np.float32)
    whole = np.empty((9, n), np.float32)
    whole[0], whole[1], whole[2], whole[3] = (
        np.log1p(n),
        np.log1p(total),
        total_long / total,
        long.mean() if n else 0,
    )
    whole[4] = at / max(n, 1)
    whole[5] = sums[0] / total  # the share of the text's words that stand before
    whole[6] = sums[1] / max(total_long, 1.0)
    # What some tools leave of lists and tables: each item behind a dash, each row between bars.
    whole[7] = ((shape[_ROW["first"]] == _DASH) & (shape[_ROW["second"]] == _SPACE)).mean() if n else 0
    whole[8] = (shape[_ROW["first"]] == _BAR).mean() if n else 0
    return np.concatenate(
        [
            shape,
            odds,
            shared,
            repeats,
            markers,
            near,
            sums,
            distances(long),
            whole,
            claim_rows(claims),
            head_rows(shared, words),
        ]
    )


_GAP = 8


def cluster_rows(likely: NDArray[np.bool_], words: Floats) -> Floats:
    """Return how each line stands to the clusters of likely lines; gaps of eight lines and more part clusters.

    The rows are: the words of the cluster before, relative to the largest; the same of the cluster after; whether the
    line is within one; its place before (negative), in or after the largest, in lines; words in likely lines before
    that cluster began, relative to the largest.

    >>> cluster_rows(np.array([True, False, True]), np.array([9, 1, 9], np.float32))[:4].tolist()
    [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    """
    n = len(words)
    out = np.zeros((5, n), np.float32)
    at = np.flatnonzero(likely)
    if not len(at):
        return out
    number = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.diff(at) > _GAP)])
    sizes = np.bincount(number, weights=words[at])
    largest = int(sizes.argmax())
    most = max(float(sizes[largest]), 1.0)
    share = np.concatenate([sizes / most, [0.0]])
    earlier = np.concatenate([[0.0], np.cumsum(sizes) / most])
    before = np.searchsorted(at, np.arange(n), side="right") - 1
    after = np.minimum(np.searchsorted(at, np.arange(n)), len(at))
    none = len(sizes)
    cluster_before = np.where(before >= 0, number[np.maximum(before, 0)], none)
    cluster_after = np.where(after < len(at), number[np.minimum(after, len(at) - 1)], none)
    out[0], out[1] = share[cluster_before], share[cluster_after]
    out[2] = cluster_before == cluster_after
    first, last = at[np.searchsorted(number, largest)], at[np.searchsorted(number, largest, side="right") - 1]
    place = np.arange(n)
    out[3] = np.clip(np.minimum(place - first, 0) + np.maximum(place - last, 0), -99, 99)
    out[4] = np.minimum(earlier[np.where(cluster_before < none, cluster_before, 0)], 9)
    return out


_PASS_SHIFTS = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
_PASS_WINDOWS = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-2, 3), (-5, 6), (-12, 0), (1, 13), (-30, 31))


def topic_rows(reading: Reading, likely: NDArray[np.bool_]) -> Floats:
    """Return the share of each line's longer words that other, `likely` lines have; and the same around it."""
    words, n = reading.words, len(reading)
    telling = words.length >= 4
    if not telling.all():
        telling |= reading.shape[_ROW["dense"]][words.line] > 0.3
    line = words.line[telling]
    place = reading.buckets[telling] & (_VOCABULARY - 1)
    total = np.bincount(line, minlength=n)
    sure = likely[line]
    own = line.astype(np.int64) * _VOCABULARY + place
    # How many likely lines have the word: each line counts once.
    once = np.unique(own[sure])
    counts = np.bincount(once & (_VOCABULARY - 1), minlength=_VOCABULARY)
    known = counts[place] > sure
    hits = np.bincount(line, weights=known, minlength=n)
    rows = np.stack([hits, total]).astype(np.float32)
    around = summed(rows, ((-4, 5), (1, 15), (-14, 0)))
    return np.stack(
        [hits / np.maximum(total, 1), *(around[k] / np.maximum(around[k + 1], 1) for k in (0, 2, 4))]
    ).astype(np.float32)


def second_features(reading: Reading, first: Floats, chance: Floats) -> Floats:
    """Return the features of the second pass: those of the first, and what it thought (`chance`) around each line."""
    words = first[_ROW["words"]]
    n = len(words)
    near = shifted(chance[None], _PASS_SHIFTS)
    sure, never = chance > 0.75, chance < 0.25
    sums = summed(
        np.stack([chance * words, chance > 0.5, (chance < 0.5) * words]).astype(np.float32), _PASS_WINDOWS
    )
    edges = np.concatenate([distances(sure), distances(never), distances(sure & (words >= _LONG_SENTENCE))])
    total = max(float(words.sum()), 1.0)
    whole = np.empty((5, n), np.float32)
    expected = float((chance * words).sum())
    whole[0] = expected / total
    whole[1] = sums[0] / max(expected, 1.0)
    whole[2] = sums[1] / max(expected, 1.0)
    whole[3] = chance.mean() if n else 0
    whole[4] = float(((chance > 0.15) & (chance < 0.85)).mean()) if n else 0
    return np.concatenate(
        [
            first,
            chance[None],
            near,
            sums,
            edges,
            cluster_rows(chance > 0.5, words),
            topic_rows(reading, sure),
            whole,
        ]
    )
