"""The shape of lines: lengths, kinds of characters, first and last ones, words; for many lines at once, with numpy.

Nothing here knows a language: a line is looked at as a row of character classes. The classes cover the scripts
that news is written in, so that a Chinese full stop or a Hindi danda ends a sentence as a full stop does, and a
Thai or Japanese line, which has no spaces, still has a length in words. There is no Python work per line except
for the joining of the lines into one array of code points.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

#: The character classes, in the order of their numbers.
CLASSES = (
    "newline", "space", "lower", "upper", "caseless", "dense", "digit", "mark", "end", "comma", "colon", "quote",
    "open", "close", "dash", "bar", "bullet", "arrow", "currency", "at", "slash", "symbol",
)  # fmt: skip
_CLASS = {name: number for number, name in enumerate(CLASSES)}
_LETTERS = tuple(_CLASS[name] for name in ("lower", "upper", "caseless", "dense"))

# Signs by what they do in a line; everything else is told by its Unicode category.
_SIGNS = {
    "end": ".!?…。．！？｡।॥۔؟։።။។፧፨‽⁇⁈⁉‼",
    "comma": ",;、，；،؛፣、､·・",
    "colon": ":：︰",
    "quote": "\"'“”„‟‘’‚‛«»‹›「」『』〝〞״׳`´＂＇",
    "open": "([{（［｛【〔〈《<",
    "close": ")]}）］｝】〕〉》>",
    "dash": "-–—―‒‐‑−－〜~",
    "bar": "|¦｜│┃_=",
    "bullet": "•‣◦⁃∙●○■□▪▫★☆✓✔❤♥*+※◆◇▲▼▶◀►◄#",
    "arrow": "→←↑↓⇒⇐⟶➔➜➤↗↵",
    "at": "@©®™",
    "slash": "/\\&",
}
_TABLE_SIZE = 0x10000
_MAX_WORD = 24  # letters of a word that its hash looks at
_SPACE, _DENSE, _DIGIT, _NEWLINE = _CLASS["space"], _CLASS["dense"], _CLASS["digit"], _CLASS["newline"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines as one array of characters.

    `codes` and `classes` have a row per character, a line feed after each line; line i is
    `codes[starts[i]:ends[i]]`, its line feed at `ends[i]`; `line` is each character's line.
    """

    codes: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    starts: Ints
    ends: Ints
    line: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.starts)


@cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """Return for each code of the first plane its class, and its lower case (digits all become "0")."""
    table = np.full(_TABLE_SIZE, _CLASS["caseless"], np.uint8)
    lower = np.arange(_TABLE_SIZE, dtype=np.uint16)
    by_category = {"Lu": "upper", "Lt": "upper", "Ll": "lower", "Nd": "digit", "Nl": "digit", "No": "digit",
                   "Mn": "mark", "Mc": "mark", "Me": "mark", "Zs": "space", "Cc": "space", "Zl": "space",
                   "Cf": "mark", "Sc": "currency", "Pd": "dash", "Ps": "open", "Pe": "close"}  # fmt: skip
    # Beyond U+3040 only blocks of one kind follow, but for the full-width forms: no need to ask for each code.
    for code in (*range(0x3040), *range(0xFE10, 0xFE70), *range(0xFF00, 0x10000)):
        char = chr(code)
        category = unicodedata.category(char)
        name = by_category.get(category) or ("caseless" if category[0] == "L" else "symbol")
        table[code] = _CLASS[name]
        small = char.lower()
        if len(small) == 1:
            lower[code] = ord("0") if name == "digit" else ord(small)
    for first, last in ((0x0E00, 0x0E4F), (0x0E80, 0x0EDF), (0x1000, 0x109F), (0x1780, 0x17D3), (0x3040, 0x312F),
                        (0x31A0, 0x31BF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF),
                        (0xFF66, 0xFF9F)):  # fmt: skip
        table[first : last + 1] = _DENSE
    table[0x3005] = table[0x3006] = table[0x3007] = _DENSE
    table[0xD800:0xF900] = _CLASS["symbol"]
    for name, signs in _SIGNS.items():
        for sign in signs:
            table[ord(sign)] = _CLASS[name]
    table[0x0A] = _NEWLINE
    return table, lower


def read_lines(lines: Sequence[str]) -> Lines:
    r"""Lay lines out as arrays of characters and their classes.

    Line feeds within a line count as spaces. Works for no lines at all, and for empty ones.

    >>> laid = read_lines(["Kyiv, 24", ""])
    >>> [CLASSES[number] for number in laid.classes[:6]]
    ['upper', 'lower', 'lower', 'lower', 'comma', 'space']
    >>> laid.ends.tolist()
    [8, 9]
    """
    text = "\n".join(lines) + "\n" if lines else ""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    ends = np.cumsum(lengths + 1) - 1
    starts = ends - lengths
    classes = _tables()[0].take(codes, mode="clip")
    high = codes >= _TABLE_SIZE
    if high.any():
        classes[high] = np.where((codes[high] >= 0x20000) & (codes[high] < 0x40000), _DENSE, _CLASS["symbol"])
    if text.count("\n") != len(lines):
        classes[classes == _NEWLINE] = _SPACE
        classes[ends] = _NEWLINE
    line = np.repeat(np.arange(len(lines), dtype=np.int32), lengths + 1)
    return Lines(codes, classes, starts, ends, line)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of lines: `line` of each, its `start` and `length` in characters, and a `hash` of its lower case.

    A word is a run of letters, digits and marks; in scripts without spaces each character is a word, hashed
    together with the one that follows. `first[i]` is the number of words before line i (n + 1 entries).
    """

    line: NDArray[np.int32]
    start: Ints
    length: Ints
    hash: NDArray[np.uint32]
    first: Ints

    @property
    def counts(self) -> Ints:
        """How many words each line has."""
        counts: Ints = self.first[1:] - self.first[:-1]
        return counts


_IN_WORD = np.zeros(256, np.bool_)
_IN_WORD[[*_LETTERS, _DIGIT, _CLASS["mark"]]] = True
_POWERS = (np.uint64(0x9E3779B97F4A7C15) ** np.arange(1, _MAX_WORD + 2, dtype=np.uint64)).astype(np.uint64)


def find_words(laid: Lines) -> Words:
    """Find the words of laid-out lines.

    >>> words = find_words(read_lines(["The Pope, the pope", "14 March 15 March", "日本語"]))
    >>> words.first.tolist()
    [0, 4, 8, 11]
    >>> bool(words.hash[0] == words.hash[2]), bool(words.hash[4] == words.hash[6])
    (True, True)
    """
    inside = _IN_WORD.take(laid.classes)
    # Each line ends with a line feed, so that a word ends where the next character is outside a word.
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    if len(inside) and inside[0]:
        edges = np.concatenate([np.zeros(1, np.int64), edges])
    start, end = edges[::2], edges[1::2]
    n = len(laid)
    if not len(start):
        empty = np.zeros(0, np.int64)
        return Words(empty.astype(np.int32), empty, empty, empty.astype(np.uint32), np.zeros(n + 1, np.int64))
    took = None
    dense = laid.classes == _DENSE
    if dense.any():
        start, end, took = _part_dense(inside, dense)
    length = end - start
    # Characters of words only, each times a power that depends on its place in the word.
    if took is None:
        took = np.minimum(length, _MAX_WORD)
    offsets = np.cumsum(took) - took
    place = np.arange(int(took.sum())) - np.repeat(offsets, took)
    at = np.repeat(start, took) + place
    letters = _tables()[1].take(laid.codes[at], mode="clip").astype(np.uint64)
    letters *= _POWERS[place]
    sums = np.add.reduceat(letters, offsets)
    sums ^= sums >> np.uint64(29)
    line = laid.line[start]
    first = np.searchsorted(line, np.arange(n + 1))
    return Words(line, start, length, (sums >> np.uint64(7)).astype(np.uint32), first)


def _part_dense(inside: NDArray[np.bool_], dense: NDArray[np.bool_]) -> tuple[Ints, Ints, Ints]:
    """Return where words start and end, and how many characters of each count, where some scripts have no spaces."""
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | dense[1:] | dense[:-1]
    start = np.flatnonzero(begins)
    # A word ends where the next begins or, if that is earlier, at the first character outside a word.
    gaps = np.flatnonzero(~inside)
    end = gaps[np.searchsorted(gaps, start)]
    end[:-1] = np.minimum(end[:-1], start[1:])
    two = dense[start] & inside[np.minimum(end, len(inside) - 1)]
    return start, end, np.where(two, 2, np.minimum(end - start, _MAX_WORD))


#: The names of the rows that `measure` gives, in their order.
SHAPE_NAMES = (
    "chars", "words", "word_length", "longest_word", "letters", "upper", "digits", "dense", "ends", "commas",
    "colons", "quotes", "brackets", "dashes", "bars", "bullets", "arrows", "ats", "slashes", "symbols",
    "capitalised", "end_density", "comma_density", "first", "second", "last", "last_but_one", "ends_sentence",
)  # fmt: skip
_DENSE_WORD = 2.0  # characters of a script without spaces that make up about one word


def measure(laid: Lines, words: Words) -> Floats:
    """Return the shape of each line: an array with a row for each of SHAPE_NAMES and a column for each line.

    Lengths are in characters and words (about two characters of a script without spaces to a word); `letters`
    to `dense` are shares of the characters, `ends` to `symbols` are counts; `first` to `last_but_one` are class
    numbers (0 where there is no such character); `ends_sentence` is 1 if the line ends in a sentence end,
    within quotes and brackets or not.

    >>> shape = measure(*(lambda laid: (laid, find_words(laid)))(read_lines(["Troops left Kyiv.", "Home"])))
    >>> shape[SHAPE_NAMES.index("words")].tolist(), shape[SHAPE_NAMES.index("ends_sentence")].tolist()
    ([3.0, 1.0], [1.0, 0.0])
    """
    n, kinds = len(laid), len(CLASSES)
    out = np.zeros((len(SHAPE_NAMES), n), np.float32)
    if not n:
        return out
    counts = np.bincount(laid.line * np.int32(kinds) + laid.classes, minlength=n * kinds).reshape(n, kinds).T
    chars = (laid.ends - laid.starts).astype(np.float32)
    safe = np.maximum(chars, 1)
    whole = words.counts.astype(np.float32)
    dense = counts[_DENSE].astype(np.float32)
    number = whole - dense + dense / _DENSE_WORD
    out[0], out[1] = chars, number
    letters = counts[list(_LETTERS)].sum(axis=0)
    out[2] = letters / np.maximum(number, 1)
    filled = np.flatnonzero(whole)
    if len(filled):
        out[3, filled] = np.maximum.reduceat(words.length, words.first[filled])
        capital = (laid.classes[words.start] == _CLASS["upper"]).astype(np.int32)
        out[20, filled] = np.add.reduceat(capital, words.first[filled]) / whole[filled]
    out[4] = letters / safe
    out[5] = counts[_CLASS["upper"]] / np.maximum(letters, 1)
    out[6] = counts[_DIGIT] / safe
    out[7] = dense / safe
    for row, name in enumerate(("end", "comma", "colon", "quote", "open", "dash", "bar", "bullet", "arrow", "at",
                                "slash", "symbol"), start=8):  # fmt: skip
        out[row] = counts[_CLASS[name]]
    out[21] = out[8] / np.maximum(number, 1)
    out[22] = out[9] / np.maximum(number, 1)
    last = np.maximum(laid.ends - 1, 0)
    out[23] = laid.classes[laid.starts]
    out[24] = np.where(chars > 1, laid.classes[np.minimum(laid.starts + 1, laid.ends)], 0)
    out[25] = np.where(chars > 0, laid.classes[last], 0)
    out[26] = np.where(chars > 1, laid.classes[np.maximum(laid.ends - 2, 0)], 0)
    closes = (out[25] == _CLASS["quote"]) | (out[25] == _CLASS["close"])
    out[27] = (out[25] == _CLASS["end"]) | (closes & (out[26] == _CLASS["end"]))
    return out
