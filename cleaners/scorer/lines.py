"""Lines as the scorer reads them: their shape, the words that they begin and end with, and what these say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.scorer.neighbours import stacked
from cleaners.scorer.shape import SHAPE_NAMES, Floats, Ints, Lines, Words, find_words, measure, read_lines

Hashes = NDArray[np.uint64]

#: Words and groups of words are looked up by hash, in tables of this size.
BUCKETS: Final = 1 << 16
#: The tables keep a logarithm of odds as a small whole number of sixteenths.
SCALE: Final = 16
#: Of a longer block of a page so many characters are read, its beginning and its end: markup tells more than the rest.
_HEAD, _TAIL = 112, 24
#: Lines of this many words use the table for prose.
PROSE: Final = 12
#: Lines of at most so many words are known as a whole; of at most so many, by their form.
_WHOLE, _FORM = 9, 8
#: A line of this many words, or of fewer if it ends as a sentence does, reads like a paragraph.
_LONG, _LONG_SENTENCE = 25, 12
#: Words of fewer letters say nothing of what a text is about, but in scripts that write words together.
_TELLING, _DENSE_SHARE = 4, 0.3
#: Words that lines share are counted by the last bits of their buckets.
VOCABULARY: Final = 1 << 13
_CHARS, _WORDS, _DENSE, _ENDS_SENTENCE = map(SHAPE_NAMES.index, ("chars", "words", "dense", "ends_sentence"))
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class WordTables:
    """How much each bucket says.

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
    """The shape of lines, their words, and the buckets of their words and word groups.

    `groups` has a row each for a line's first two words, its last two, and the whole of a short line; -1 where there
    is none. `whole` and `forms` are hashes of the lines and of their forms. `topic_words` are those that say
    what a text is about, as places in a vocabulary, `topic_lines` the line of each. `overlap` has the share of each
    line's words that the title has, and the share of the title's that the line has.
    """

    shape: Floats
    words: Words
    buckets: Ints
    groups: Ints
    whole: Hashes
    forms: Hashes
    topic_lines: Ints
    topic_words: Ints
    overlap: Floats

    def __len__(self) -> int:
        return len(self.whole)


def read(lines: Sequence[str], title: str | None = None) -> Reading:
    """Read the lines of a text or, with the `title` of their page, its blocks: of long ones the beginning and the end.

    A text's first line may be its title: its telling words stand for one.

    >>> reading = read(["It rained.", "", "Share"], "Rain")
    >>> reading.words.first.tolist(), (reading.groups >= 0).tolist()[2], reading.overlap[0].tolist()
    ([0, 2, 2, 3], [True, False, True], [0.0, 0.0, 0.0])
    """
    texts = [*lines, title or ""]
    most = _HEAD + _TAIL
    laid = read_lines(
        texts if title is None else [t if len(t) <= most else f"{t[:_HEAD]} {t[-_TAIL:]}" for t in texts]
    )
    words = find_words(laid)
    shape = measure(laid, words)
    chars = np.fromiter(map(len, texts), np.float32, len(texts))
    shape[_WORDS] *= chars / np.maximum(shape[_CHARS], 1)
    shape[_CHARS] = chars
    number = words.counts
    hashes = words.hash.astype(np.uint64)
    place = np.arange(len(hashes)) - words.first[words.line]
    which = 2 * (place & 0xFF).astype(np.uint64) + _MIX
    in_order = _in_order(words, hashes * which)
    groups = np.full((3, len(texts)), -1, np.int64)
    two = np.flatnonzero(number >= 2)
    if len(two):
        pairs = hashes[:-1] * np.uint64(31) + hashes[1:] * np.uint64(0xC2B2AE3D27D4EB4F)
        groups[0, two] = _bucket(pairs[words.first[two]] + np.uint64(11))
        groups[1, two] = _bucket(pairs[words.first[two + 1] - 2] + np.uint64(77))
    short = np.flatnonzero((number > 0) & (number <= _WHOLE))
    groups[2, short] = _bucket(in_order[short] + number[short].astype(np.uint64))
    buckets = (words.hash >> np.uint32(9)).astype(np.int64) & (BUCKETS - 1)
    forms = _form_hashes(laid, words, which, number)
    n, own = len(lines), int(words.first[len(lines)])
    told = Words(
        words.line[:own], words.start[:own], words.length[:own], words.hash[:own], words.first[: n + 1]
    )
    telling = told.length >= _TELLING
    if not telling.all():
        telling |= shape[_DENSE][told.line] > _DENSE_SHARE
    topic_lines = told.line[telling].astype(np.int64)
    topic_words = buckets[:own][telling] & (VOCABULARY - 1)
    if title is None:
        overlap = _title_overlap(topic_lines, topic_words, topic_words[topic_lines == topic_lines[:1]], n)
    else:
        overlap = _title_overlap(told.line, buckets[:own], buckets[own:], n)
    return Reading(
        shape[:, :n],
        told,
        buckets[:own],
        groups[:, :n],
        in_order[:n],
        forms[:n],
        topic_lines,
        topic_words,
        overlap,
    )


def _title_overlap(lines: NDArray[np.integer], words: Ints, title: Ints, n: int) -> Floats:
    in_title = np.zeros(BUCKETS, np.bool_)
    in_title[title] = True
    hits = np.bincount(lines, weights=in_title[words], minlength=n)
    size = max(int(np.count_nonzero(in_title)), 1)
    number = np.maximum(np.bincount(lines, minlength=n), 1)
    return stacked([hits / number, np.minimum(hits / size, 1)]).astype(np.float32)


def _bucket(hashes: Hashes) -> Ints:
    return ((hashes * _MIX) >> np.uint64(48)).astype(np.int64) & (BUCKETS - 1)


def _form_hashes(laid: Lines, words: Words, which: Hashes, number: Ints) -> Hashes:
    """Return a hash of each short line's form: whether each word begins with a small letter, a capital or a digit,
    how many there are, and the last character's kind. 0 for longer lines and those without words.
    """
    kind = laid.classes[words.start].astype(np.uint64) + np.uint64(1)
    last = laid.classes[np.maximum(laid.ends - 1, 0)].astype(np.uint64)
    form = _in_order(words, kind * which) * np.uint64(31) + last + np.uint64(7) * number.astype(np.uint64)
    return np.where((number > 0) & (number <= _FORM), form | np.uint64(1), np.uint64(0))


def _in_order(words: Words, hashes: Hashes) -> Hashes:
    """Add up the hashes of each line's words, which tell already where in the line each stands."""
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(hashes, dtype=np.uint64)])
    total: Hashes = sums[words.first[1:]] - sums[words.first[:-1]]
    return total


def long_lines(shape: Floats) -> NDArray[np.bool_]:
    """Say which lines read like paragraphs: long, or of some length and ending as a sentence does."""
    words = shape[_WORDS]
    long: NDArray[np.bool_] = (words >= _LONG) | ((shape[_ENDS_SENTENCE] > 0) & (words >= _LONG_SENTENCE))
    return long


WORD_NAMES: Final = (
    "together", "least", "greatest", "mean", "first_word", "last_word", "opening", "ending", "as_whole",
)  # fmt: skip


def word_rows(reading: Reading, tables: WordTables) -> Floats:
    """Return what the words of each line say: a row for each of WORD_NAMES."""
    out = np.zeros((len(WORD_NAMES), len(reading)), np.float32)
    groups, words = reading.groups, reading.words
    found = groups >= 0
    out[6:9] = np.where(found, tables.phrases[groups], 0) / np.float32(SCALE)
    number = words.counts
    filled = np.flatnonzero(number)
    if not len(filled):
        return out
    long = number >= PROSE
    odds = np.where(long[words.line], tables.prose[reading.buckets], tables.words[reading.buckets])
    odds = odds.astype(np.float32) / SCALE
    first, last = words.first[filled], words.first[filled + 1] - 1
    sums = np.zeros(len(reading), np.float32)
    sums[filled] = np.add.reduceat(odds, first)
    out[3] = sums / np.maximum(number, 1)
    size = np.where(long, number, number + found.sum(axis=0))
    sums += np.where(long, 0, np.where(found, tables.groups[groups], 0).sum(axis=0) / np.float32(SCALE))
    out[0] = sums / np.sqrt(np.maximum(size, 1))
    out[1, filled] = np.minimum.reduceat(odds, first)
    out[2, filled] = np.maximum.reduceat(odds, first)
    out[4, filled] = odds[first]
    out[5, filled] = odds[last]
    return out
