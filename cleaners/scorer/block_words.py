"""What a block's words say: how often such words were seen in articles, and how often in what surrounds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.shape import (
    SHAPE_NAMES,
    Floats,
    Ints,
    Words,
    code_classes,
    ends_sentence,
    find_words,
    measure,
    read_lines,
)

BUCKETS = 1 << 15
#: The tables keep a logarithm of odds as a small whole number of sixteenths.
SCALE = 16
_MOST = 24  # words of a block that are looked up
_WHOLE = 6  # words of a block that is also known as a whole
#: Characters of a block that are looked at one by one.
_HEAD = 120
_CHARS, _WORDS, _LAST, _LAST_BUT_ONE, _SENTENCE = map(
    SHAPE_NAMES.index, ("chars", "words", "last", "last_but_one", "ends_sentence")
)
_MIX = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Reading:
    """Blocks measured, and their words: the buckets of the first words of each, of its opening, end and whole.

    `starts` are the places in `buckets` where a block's words begin (blocks without words left out: `filled` names
    the others); `groups` has a row each for the first two words, the last two, and a short block's all; -1 where
    there is none. `hashes` and `firsts` are all words, and where each block's begin; `title` those of the title.
    """

    shape: Floats
    buckets: Ints
    starts: Ints
    filled: Ints
    groups: Ints
    hashes: NDArray[np.uint32]
    firsts: Ints
    whole: NDArray[np.uint64]
    title: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.whole)


@dataclass(frozen=True, slots=True)
class WordTables:
    """How much each bucket speaks for the article: of single words, and of groups."""

    words: NDArray[np.int8]
    groups: NDArray[np.int8]


def read_blocks(texts: Sequence[str], title: str | None = None) -> Reading:
    """Measure blocks and look their words up; of long ones the beginning, and how they end.

    >>> reading = read_blocks(["It rained.", "", "Share"], "Rain")
    >>> reading.filled.tolist(), reading.starts.tolist(), (reading.groups >= 0).tolist()[2]
    ([0, 2], [0, 2], [True, False, True])
    """
    n = len(texts)
    heads = [text[:_HEAD] for text in texts]
    heads.append((title or "")[:_HEAD])
    laid = read_lines(heads)
    words = find_words(laid)
    shape = measure(laid, words)[:, :n]
    wanted = words.hash[words.first[n] :]
    m = int(words.first[n])
    words = Words(words.line[:m], words.start[:m], words.length[:m], words.hash[:m], words.first[: n + 1])
    _measure_whole(shape, texts)
    firsts = words.first
    number = np.diff(firsts)
    filled = np.flatnonzero(number)
    hashes = words.hash.astype(np.uint64)
    place = np.arange(len(hashes)) - firsts[words.line]
    buckets = ((words.hash >> np.uint32(9)) & np.uint32(BUCKETS - 1)).astype(np.int64)
    near = place < _MOST
    counts = np.minimum(number[filled], _MOST)
    starts = np.cumsum(counts) - counts
    sums = np.zeros(len(hashes) + 1, np.uint64)
    np.cumsum(hashes * (2 * (place & 0xFF).astype(np.uint64) + _MIX), dtype=np.uint64, out=sums[1:])
    whole = sums[firsts[1:]] - sums[firsts[:-1]]
    groups = np.full((3, n), -1, np.int64)
    two = np.flatnonzero(number >= 2)
    if len(two):
        pairs = hashes[:-1] * np.uint64(31) + hashes[1:] * np.uint64(0xC2B2AE3D27D4EB4F)
        groups[0, two] = _bucket(pairs[firsts[two]] + np.uint64(11))
        groups[1, two] = _bucket(pairs[firsts[two + 1] - 2] + np.uint64(77))
    short = np.flatnonzero((number > 0) & (number <= _WHOLE))
    groups[2, short] = _bucket(whole[short] + number[short].astype(np.uint64))
    return Reading(shape, buckets[near], starts, filled, groups, words.hash, firsts, whole, wanted)


def _measure_whole(shape: Floats, texts: Sequence[str]) -> None:
    """Put right, for blocks that go on behind the beginning that was measured, their length and their end."""
    chars = np.fromiter(map(len, texts), np.float32, len(texts))
    long = np.flatnonzero(chars > _HEAD)
    if not len(long):
        return
    ends = [texts[i][-2:] for i in long.tolist()]
    size = chars[long]
    shape[_CHARS, long] = size
    shape[_WORDS, long] *= size / _HEAD
    last = code_classes([end[1] for end in ends])
    last_but_one = code_classes([end[0] for end in ends])
    shape[_LAST, long], shape[_LAST_BUT_ONE, long] = last, last_but_one
    shape[_SENTENCE, long] = ends_sentence(last, last_but_one)


def _bucket(hashes: NDArray[np.uint64]) -> Ints:
    return ((hashes * _MIX) >> np.uint64(49)).astype(np.int64) & (BUCKETS - 1)


WORD_NAMES = ("mean", "least", "greatest", "sum", "first_word", "opening", "ending", "as_whole")


def word_rows(reading: Reading, tables: WordTables) -> Floats:
    """Return what the words say of each block: a row for each of WORD_NAMES."""
    out = np.zeros((len(WORD_NAMES), len(reading)), np.float32)
    filled, starts = reading.filled, reading.starts
    if len(filled):
        odds = tables.words[reading.buckets].astype(np.float32) / SCALE
        sums = np.add.reduceat(odds, starts)
        out[0, filled] = sums / np.diff(np.append(starts, len(odds)))
        out[1, filled] = np.minimum.reduceat(odds, starts)
        out[2, filled] = np.maximum.reduceat(odds, starts)
        out[3, filled] = sums
        out[4, filled] = odds[starts]
    out[5:] = np.where(reading.groups >= 0, tables.groups[reading.groups], 0) / np.float32(SCALE)
    return out


_LONG, _LONG_SENTENCE = 25, 12


def long_blocks(shape: Floats) -> NDArray[np.bool_]:
    """Say which blocks read like paragraphs: long, or of some length and ending as a sentence does."""
    words = shape[_WORDS]
    long: NDArray[np.bool_] = (words >= _LONG) | ((shape[_SENTENCE] > 0) & (words >= _LONG_SENTENCE))
    return long
