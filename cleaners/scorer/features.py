"""What is known of a line in its place: its shape and words, the lines around it, and the whole text.

There are two sets of rows. The first looks at lines; the second, for a second pass, at what the first pass thought of
the lines around. Rows come in groups, each with the names of its rows; a column is a line. All rows are made for all
lines at once. What a page's markup adds is in `cleaners.scorer.markup`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.blocks import Label
from cleaners.scorer.lines import SCALE, VOCABULARY, WORD_NAMES, Reading, WordTables, long_lines, word_rows
from cleaners.scorer.neighbours import EVERYWHERE, distances, numbered, shifted, stacked, summed
from cleaners.scorer.shape import CLASSES, SHAPE_NAMES, Floats

Marks = NDArray[np.bool_]
#: A group of rows: their names, and an array with a row for each.
Group = tuple[Sequence[str], Floats]

ROW: Final = {name: row for row, name in enumerate(SHAPE_NAMES)}
_DASH, _SPACE, _BAR = (CLASSES.index(name) for name in ("dash", "space", "bar"))


def named(names: Iterable[str], places: Iterable[object]) -> tuple[str, ...]:
    """Return the names of rows that are the same ones seen from several places.

    >>> named(("words",), (-1, (1, 4)))
    ('words@-1', 'words@1..4')
    """
    told = [
        "..".join("" if abs(edge) == EVERYWHERE else str(edge) for edge in place)
        if isinstance(place, tuple)
        else str(place)
        for place in places
    ]
    names = tuple(names)
    return tuple(f"{name}@{place}" for place in told for name in names)


def joined(groups: Sequence[Group]) -> Floats:
    """Return the rows of all groups as one array."""
    return np.concatenate([rows for _, rows in groups], dtype=np.float32, casting="unsafe")


def names_of(groups: Sequence[Group]) -> list[str]:
    """Return the names of the rows that `joined` gives, in their order."""
    return [name for names, _ in groups for name in names]


# What rules claim. They know words of many languages that no training has seen often enough. What they say of a line
# settles that line alone; to its neighbours it is evidence.

#: Labels that say the same of a place: what follows articles, what stands anywhere beside them, menus, an article's
#: head, and photos. Of other labels, and where no rule speaks, nothing is claimed.
KINDS: Final = {
    "after": (Label.COMMENTS, Label.RELATED, Label.NEWSLETTER, Label.SHARING, Label.TAGS),
    "beside": (Label.NOTICE, Label.RIGHTS, Label.AD),
    "menu": (Label.NAVIGATION,),
    "head": (Label.BYLINE, Label.DATE, Label.READING_TIME, Label.TITLE, Label.DATELINE, Label.AGENCY),
    "photo": (Label.CAPTION, Label.CREDIT),
}
_KIND_OF: Final = {label: number for number, labels in enumerate(KINDS.values()) for label in labels}
#: What is never the article's, of the kinds.
_JUNK: Final = slice(0, 3)
_CLAIM_WINDOWS: Final = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-3, 0), (1, 4), (-10, 0), (1, 11))
_CLAIM_NAMES: Final = (
    *(f"claimed {kind}" for kind in KINDS),
    *named([*(f"claimed {kind}" for kind in KINDS), "claimed junk"], _CLAIM_WINDOWS),
    *named(
        [f"nearest claimed {kind}" for kind in ("after", "menu", "head", "photo", "junk")], ("back", "ahead")
    ),
)


def claim_rows(claims: Sequence[Label | None]) -> Group:
    """Return for each line which kind it is, how many lines of each stand around it, and how far the nearest are.

    >>> claim_rows([Label.AD, None, Label.BYLINE])[1][:5].astype(int).tolist()
    [[0, 0, 0], [1, 0, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0]]
    """
    kind = np.array([-1 if label is None else _KIND_OF.get(label, -1) for label in claims], np.int8)
    kinds = kind == np.arange(len(KINDS), dtype=np.int8)[:, None]
    junk = kinds[_JUNK].any(axis=0)
    own = kinds.astype(np.float32)
    sums = summed(np.concatenate([own, junk[None]]), _CLAIM_WINDOWS)
    after, _, menu, head, photo = kinds
    return _CLAIM_NAMES, np.concatenate([own, sums, distances(stacked([after, menu, head, photo, junk]))])


# Lines that come again, word for word or in their form, as they do in menus, lists of teasers and comments.

#: So often must a form be there to count as one that comes again.
_OFTEN: Final = (3, 5)
#: More is not counted: of the same line, of the same form.
_MOST_SAME, _MOST_FORMS = 9, 20
_REPEAT_WINDOWS: Final = ((-4, 5), (-12, 0), (1, 13), (-EVERYWHERE, 0), (1, EVERYWHERE))
_REPEAT_NAMES: Final = (
    "same", "same before", "same ahead", "same form",
    *named(("twice", "thrice", "three words twice", "form thrice", "form five times"), _REPEAT_WINDOWS),
    "nearest thrice@back", "nearest thrice@ahead",
)  # fmt: skip


def repeat_rows(reading: Reading) -> Group:
    """Return how often each line stands in the text and whether it stood there before or will again, how often its
    form does, and what share of the lines around come again.
    """
    n = len(reading)
    line = numbered(reading.whole)
    same = np.bincount(line)[line]
    before = np.zeros(n, np.bool_)
    before[1:] = line[1:] <= np.maximum.accumulate(line)[:-1]
    form = numbered(reading.forms)
    alike = np.where(reading.forms > 0, np.bincount(form)[form], 0)
    thrice = same >= 3
    several = reading.words.counts >= 3
    marks = stacked([same >= 2, thrice, (same >= 2) & several, *(alike >= often for often in _OFTEN)])
    counted = summed(np.concatenate([marks, np.ones((1, n))]).astype(np.float32), _REPEAT_WINDOWS)
    counted = counted.reshape(len(_REPEAT_WINDOWS), len(marks) + 1, n)
    shares = (counted[:, :-1] / np.maximum(counted[:, -1:], 1)).reshape(-1, n)
    own = stacked(
        [np.minimum(same, _MOST_SAME), before, (same > 1) & ~before, np.minimum(alike, _MOST_FORMS)]
    )
    return _REPEAT_NAMES, np.concatenate([own, shares, distances(thrice[None])])


#: The window that a marker is looked for in is made of three windows of four.
_RECENT: Final = 12
_MARKER_NAMES: Final = named(
    ("own", "strongest", "strongest of twelve", "sum"), ("after the article", "before the article")
)


def marker_rows(reading: Reading, tables: WordTables) -> Group:
    """Return what the lines say of the place: how far they mark the article's end or announce its beginning.

    The rows are: how strongly this line stands after articles; the strongest such line before it, and within
    twelve lines; the sum of what is strong; the same of lines that stand before articles, looked for after it.
    """
    n = len(reading)
    out = np.zeros((8, n), np.float32)
    found = reading.groups >= 0
    for row, table in ((0, tables.after), (4, tables.before)):
        own = np.where(found, table[reading.groups], -128).max(axis=0).astype(np.float32) / SCALE
        ahead = own[:: 1 if row == 0 else -1]
        recent = np.full(n + _RECENT, -8, np.float32)
        recent[_RECENT:] = ahead
        twice = np.maximum(recent[:-1], recent[1:])
        four = np.maximum(twice[:-2], twice[2:])
        window = np.maximum(np.maximum(four[:n], four[4 : n + 4]), four[8 : n + 8])
        total = np.cumsum(np.maximum(ahead - 1, 0), dtype=np.float32)
        rows = stacked([ahead, np.maximum.accumulate(ahead), window, total])
        out[row : row + 4] = rows if row == 0 else rows[:, ::-1]
    return _MARKER_NAMES, out


def _shared_words(reading: Reading, long: Marks) -> Floats:
    """Return the share of a line's telling words that other, long lines have."""
    n = len(reading)
    line, place = reading.topic_lines, reading.topic_words
    in_long = long[line]
    counts = np.bincount(place[in_long], minlength=VOCABULARY)
    known = np.bincount(line, weights=counts[place] > in_long, minlength=n)
    return (known / np.maximum(np.bincount(line, minlength=n), 1)).astype(np.float32)[None]


#: A line is the headline again if so much of its words is the title's and the other way round, or nearly all of so
#: many words.
_MOSTLY, _WHOLLY, _HEADLINE_WORDS = 0.6, 0.8, 4
_HEADLINE_NAMES: Final = (
    *named(("nearest headline", "nearest in the title"), ("back", "ahead")),
    "headlines so far",
)


def headline_rows(overlap: Floats, words: Floats) -> Group:
    """Return how far the nearest lines are that share most of their words with the title, as a headline does; the
    nearest that have hardly any others; and how many stand before. `overlap` is how lines and title overlap.

    The first line of a text, which may be the title itself, does not count.
    """
    within, covered = overlap
    both = (within > _MOSTLY) & (covered > _MOSTLY)
    inner = (within > _WHOLLY) & (words >= _HEADLINE_WORDS)
    both[:1] = inner[:1] = False
    return _HEADLINE_NAMES, np.concatenate(
        [distances(stacked([both, inner])), np.minimum(np.cumsum(both), 5)[None]]
    ).astype(np.float32)


SHIFTS: Final = (-3, -2, -1, 1, 2, 3)
WINDOWS: Final = ((-EVERYWHERE, 0), (1, EVERYWHERE), (-3, 0), (1, 4), (-8, 9), (-20, 0), (1, 21))
_SHARED_NAMES: Final = ("in long lines",)
_OVERLAP_NAMES: Final = ("within the title", "of the title")
_SEEN_NAMES: Final = (
    "log words", "ends_sentence", "capitalised", "commas", "together", "groups", "in long lines", "first", "same",
    "last",
)  # fmt: skip
_SUMMED_NAMES: Final = (
    "words", "long words", "long", "together of long", "together of short", "as_whole", "title words",
)  # fmt: skip
_TEXT_NAMES: Final = (
    "log lines", "log words of all", "long share", "long lines share", "place", "words before", "long words before",
    "dash items", "bar rows",
)  # fmt: skip
_NEAR_NAMES: Final = named(_SEEN_NAMES, SHIFTS)
_SUM_NAMES: Final = named(_SUMMED_NAMES, WINDOWS)
_LONG_NAMES: Final = ("nearest long@back", "nearest long@ahead")


def line_groups(reading: Reading, tables: WordTables, prose: Marks | None = None) -> list[Group]:
    """Return the rows of the first pass that need no more than the lines; `prose` are the paragraphs, where known."""
    n, shape = len(reading), reading.shape
    words = shape[ROW["words"]]
    long = long_lines(shape) if prose is None else prose
    odds = word_rows(reading, tables)
    shared, overlap = _shared_words(reading, long), reading.overlap
    repeats = repeat_rows(reading)
    seen = stacked([
        np.log1p(words), shape[ROW["ends_sentence"]], shape[ROW["capitalised"]], shape[ROW["commas"]], odds[0],
        odds[6] + odds[7] + odds[8], shared[0], shape[ROW["first"]], repeats[1][0], shape[ROW["last"]],
    ])  # fmt: skip
    long_words = words * long
    sums = summed(
        stacked([words, long_words, long, odds[0] * long, odds[0] * ~long, odds[8], overlap[0] * words]),
        WINDOWS,
    )
    total, total_long = max(float(words.sum()), 1.0), float(long_words.sum())
    whole = np.empty((len(_TEXT_NAMES), n), np.float32)
    whole[:4] = np.array([np.log1p(n), np.log1p(total), total_long / total, long.mean()])[:, None]
    whole[4] = np.arange(n) / n
    whole[5] = sums[0] / total
    whole[6] = sums[1] / max(total_long, 1.0)
    # What some tools leave of lists and tables: each item behind a dash, each row between bars.
    whole[7] = ((shape[ROW["first"]] == _DASH) & (shape[ROW["second"]] == _SPACE)).mean()
    whole[8] = (shape[ROW["first"]] == _BAR).mean()
    return [
        (SHAPE_NAMES, shape),
        (WORD_NAMES, odds),
        (_SHARED_NAMES, shared),
        (_OVERLAP_NAMES, overlap),
        repeats,
        marker_rows(reading, tables),
        (_NEAR_NAMES, shifted(seen, SHIFTS)),
        (_SUM_NAMES, sums),
        (_LONG_NAMES, distances(long[None])),
        (_TEXT_NAMES, whole),
        headline_rows(overlap, words),
    ]
