"""What the markup of a page adds to what is known of its lines: where they stand, in elements of what kind and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleaners.read.names import BITS, Names, groups, over_ancestors
from cleaners.read.walk import Walk
from cleaners.scorer.features import ROW, SHIFTS, WINDOWS, Group, Marks, named
from cleaners.scorer.lines import Reading, long_lines
from cleaners.scorer.neighbours import numbered, shifted, stacked, summed
from cleaners.scorer.shape import Floats, Ints
from cleaners.words.letters import letters_of

#: Elements that say something of what stands in them; each is a bit of an element's tag mask.
TAGS: Final = (
    "p div li h1 h2 h3 h4 h5 h6 td th blockquote figcaption dt dd pre section article main header footer nav aside"
    " figure form ul ol table button details dialog address"
).split()
_TAG_BIT: Final = {tag: 1 << number for number, tag in enumerate(TAGS)}
_H1: Final = TAGS.index("h1")
#: Elements in which articles do not stand.
_ASIDE: Final = frozenset(("nav", "footer", "aside", "form", "dialog", "menu"))
#: But one that has a line of so many characters, and so few of them in links, is looked into.
_PROSE_CHARS, _PROSE_LINKS = 80, 0.3
_LEVELS: Final = 5  # elements around a block that are measured
_STEPS: Final = 9  # and so many in which the headline is looked for
_SAID: Final = 200  # characters from which an articleBody is more than a summary
_TOLD: Final = 12  # characters from which a block can be told in it


@dataclass(frozen=True, slots=True)
class Places:
    """The blocks of a page that may be the article's, and where they stand.

    `chosen` are their numbers among all blocks; `texts` and `marks` (shares of characters in links and in bold type,
    links, whether a line break comes before) are theirs alone. `above`, `start` and `end` have a row for each element
    from the block's own outwards and a column for each block: the elements' numbers, and the blocks that they span;
    `starts` and `ends` are those of all elements. `kinds` numbers the blocks' elements by tag, class and depth,
    `in_parent` by tag, class and parent. `tag_bits` are all elements' tags.
    """

    chosen: Ints
    texts: Sequence[str]
    marks: Floats
    above: Ints
    start: Ints
    end: Ints
    starts: Ints
    ends: Ints
    kinds: Ints
    in_parent: Ints
    tag_bits: NDArray[np.uint64]


def find_places(walk: Walk, names: Names) -> Places:
    """Return the blocks of a page that are worth a look, and where they stand."""
    owners = np.array(walk.owners, np.int64)
    parent = names.above[0]
    tags = list(dict.fromkeys(walk.tags))
    number_of = {name: number for number, name in enumerate(tags)}
    tag = np.array([number_of[name] for name in walk.tags], np.int64)
    closed = np.array([name in _ASIDE for name in tags], np.int64)[tag]
    tag_bits = np.array([_TAG_BIT.get(name, 0) for name in tags], np.uint64)[tag]
    starts, ends = np.array(walk.starts, np.int64), np.array(walk.ends, np.int64)
    marks = np.array([walk.link_chars, walk.bold_chars, walk.link_counts, walk.breaks], np.float32)
    chars = np.fromiter(map(len, walk.texts), np.float32, len(walk.texts))
    marks[:2] = np.minimum(marks[:2] / np.maximum(chars, 1), 1)
    texts: Sequence[str] = walk.texts
    prose = (chars >= _PROSE_CHARS) & (marks[0] < _PROSE_LINKS)
    open_to_all = _worth_a_look(names, closed, prose, owners, starts, ends)
    chosen = np.flatnonzero(open_to_all)
    if len(chosen) < len(texts):
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(open_to_all)])
        starts, ends, owners, marks = before[starts], before[ends], owners[chosen], marks[:, chosen]
        texts = [texts[i] for i in chosen.tolist()]
    above = np.empty((_STEPS, len(owners)), np.int64)
    above[0] = owners
    for step in range(1, _STEPS):
        above[step] = parent[above[step - 1]]
    depth = np.array(walk.depths, np.int64)
    kind = ((names.classes * len(tags) + tag) * (int(depth.max()) + 1) + depth)[owners]
    kinds = numbered(kind)
    in_parent = numbered(kinds * len(starts) + above[1])
    start, end = starts[above], ends[above]
    return Places(chosen, texts, marks, above, start, end, starts, ends, kinds, in_parent, tag_bits)


def _worth_a_look(names: Names, closed: Ints, prose: Marks, owners: Ints, starts: Ints, ends: Ints) -> Marks:
    """Say which blocks are worth a look: those in menus, footers, asides, forms and dialogs are not, but where these
    have a paragraph or nothing else on the page has.
    """
    paragraphs = np.concatenate([np.zeros(1, np.int64), np.cumsum(prose)])
    closed &= paragraphs[ends] == paragraphs[starts]
    if not closed.any():
        return np.ones(len(owners), np.bool_)
    chosen: Marks = over_ancestors(closed, names.above, np.maximum)[owners] == 0
    return chosen if prose[chosen].any() else np.ones(len(owners), np.bool_)


def read_bits(masks: NDArray[np.uint64], owner: Ints, bits: int) -> Floats:
    """Return a row for each of the first bits of the elements' masks, a column for each block."""
    rows = np.unpackbits(masks[owner].view(np.uint8).reshape(-1, 8), axis=1, count=bits, bitorder="little")
    return rows.T.astype(np.float32)


def running_sums(rows: Floats) -> NDArray[np.float64]:
    """Return for each row the sums of what stands before each block, and the sum of all."""
    out = np.zeros((len(rows), rows.shape[1] + 1))
    np.cumsum(rows, axis=1, out=out[:, 1:])
    return out


def is_prose(reading: Reading, places: Places) -> Marks:
    """Say which blocks are paragraphs that are not mostly links."""
    prose: Marks = long_lines(reading.shape) & (places.marks[0] < 0.5)
    return prose


_MARK_NAMES: Final = ("link share", "bold share", "links", "after break")
_NAME_BITS: Final = (*groups(), "not shown")
_NEAR_NAMES: Final = tuple(f"named {name}" for name in _NAME_BITS)
_ABOVE_NAMES: Final = tuple(f"in named {name}" for name in _NAME_BITS)
_TAG_NAMES: Final = tuple(f"<{tag}>" for tag in TAGS)
_IN_TAG_NAMES: Final = tuple(f"in <{tag}>" for tag in TAGS)
_SHIFTED_NAMES: Final = named(("link share", "bold share", "<p>"), SHIFTS)
_SUM_NAMES: Final = named(("prose chars", "link chars", "<p> chars"), WINDOWS)
_AROUND_NAMES: Final = named(
    (
        "log chars", "chars of all", "link share", "<p> share", "prose of all", "prose share", "blocks", "prose blocks",
        "chars a block", "place",
    ),
    [f"element {number}" for number in range(_LEVELS)],
)  # fmt: skip
_PEER_NAMES: Final = named(
    ("alike", "chars of alike", "prose of alike", "prose share of alike", "link share of alike"),
    ("page", "parent"),
)
_PAGE_NAMES: Final = (
    "log prose of all",
    "prose share of all",
    "prose before",
    "depth",
    "parent goes on",
    "parent went on",
)


def markup_groups(
    walk: Walk, names: Names, reading: Reading, places: Places, article_body: str | None
) -> list[Group]:
    """Return the rows that the markup of a page adds to those of the first pass."""
    n = len(reading)
    owner, marks = places.above[0], places.marks
    own = names.bits
    parent, tag_bits = names.above[0], places.tag_bits
    near = own | own[parent] | own[parent[parent]]
    own_tag = read_bits(tag_bits, owner, len(TAGS))
    chars = reading.shape[ROW["chars"]]
    prose = is_prose(reading, places).astype(np.float32)
    measured = stacked([chars, chars * marks[0], own_tag[0] * chars, prose * chars, prose])
    sums = running_sums(measured)
    totals = np.maximum(sums[:, -1], 1.0)
    whole = np.zeros((len(_PAGE_NAMES), n), np.float32)
    whole[0], whole[1] = np.log1p(totals[3]), totals[3] / totals[0]
    whole[2] = sums[3, :-1] / totals[3]
    whole[3] = np.array(walk.depths, np.float32)[owner]
    whole[4, 1:] = whole[5, :-1] = places.above[1, 1:] == places.above[1, :-1]
    return [
        (_MARK_NAMES, marks),
        (_NEAR_NAMES, _names(near, owner)),
        (_ABOVE_NAMES, _names(over_ancestors(own, names.above, np.bitwise_or), owner)),
        (_TAG_NAMES, own_tag),
        (_IN_TAG_NAMES, read_bits(over_ancestors(tag_bits, names.above, np.bitwise_or), owner, len(TAGS))),
        (_SHIFTED_NAMES, shifted(stacked([marks[0], marks[1], own_tag[0]]), SHIFTS)),
        (_SUM_NAMES, summed(measured[[3, 1, 2]], WINDOWS)),
        (_AROUND_NAMES, _elements_around(sums, totals, places)),
        (_PEER_NAMES, _peers(places, measured, totals)),
        (_PAGE_NAMES, whole),
        (_ARTICLE_NAMES, _articles(names, places, sums[3], totals[3])),
        (_HEADLINE_NAMES, _from_headline(reading, places, own_tag[_H1])),
        (_SAID_NAMES, _said(places.texts, article_body)),
    ]


def _names(masks: NDArray[np.uint64], owner: Ints) -> Floats:
    """Return the rows of _NAME_BITS: the groups of class words, and whether an element is not shown."""
    return read_bits(masks, owner, BITS)[[*range(len(_NAME_BITS) - 1), BITS - 1]]


def _elements_around(sums: NDArray[np.float64], totals: NDArray[np.float64], places: Places) -> Floats:
    """Return what the nearest elements around each block hold."""
    start, end = places.start[:_LEVELS], places.end[:_LEVELS]
    inside = sums[:, end] - sums[:, start]
    size, count = np.maximum(inside[0], 1), np.maximum(end - start, 1)
    rows = np.stack([
        np.log1p(inside[0]), inside[0] / totals[0], inside[1] / size, inside[2] / size, inside[3] / totals[3],
        inside[3] / size, count, inside[4], inside[0] / count, (np.arange(start.shape[1]) - start) / count,
    ], axis=1)  # fmt: skip
    return rows.reshape(-1, start.shape[1]).astype(np.float32)


def _peers(places: Places, measured: Floats, totals: NDArray[np.float64]) -> Floats:
    """Return what the blocks that are made alike hold together: on the page, and in the same parent."""
    rows = []
    for group in (places.kinds, places.in_parent):
        count = np.bincount(group)
        size = np.maximum(np.bincount(group, measured[0]), 1)
        prose, links = np.bincount(group, measured[3]), np.bincount(group, measured[1])
        told = stacked([count, size / np.maximum(count, 1), prose / totals[3], prose / size, links / size])
        rows.append(told[:, group])
    return np.concatenate(rows).astype(np.float32)


_ARTICLE_NAMES: Final = ("articles", "number of article", "prose in article")


def _articles(names: Names, places: Places, prose: NDArray[np.float64], total: float) -> Floats:
    """Return how many <article>s the page has, the number of the one that a block stands in (-1 for none, counted
    from 0), and that one's share of the page's prose.
    """
    out = np.zeros((3, len(places.texts)), np.float32)
    out[1] = -1
    articles = places.tag_bits == _TAG_BIT["article"]
    if not articles.any():
        return out
    nearest = over_ancestors(
        np.where(articles, np.arange(len(articles)), np.int64(-1)), names.above, np.maximum
    )
    element = nearest[places.above[0]]
    number = np.where(element >= 0, np.cumsum(articles)[element] - 1, -1)
    share = (prose[places.ends[element]] - prose[places.starts[element]]) / total
    out[0], out[1], out[2] = articles.sum(), number, np.where(number >= 0, share, 0)
    return out


_HEADLINE_NAMES: Final = ("behind headline", "steps to headline", "steps from headline", "has headline")
#: A block is the headline if so much of its words is the title's, and so much of the title's is there.
_WITHIN, _COVERED = 0.7, 0.5


def _from_headline(reading: Reading, places: Places, h1: Floats) -> Floats:
    """Return how far behind the headline a block stands, and how near to it in the tree."""
    n = len(reading)
    out = np.zeros((4, n), np.float32)
    out[0], out[1], out[2] = -99, -1, -1
    within, covered = reading.overlap
    alike = (within > _WITHIN) & (covered > _COVERED)
    marked = next((mark for mark in (alike & (h1 > 0), alike, h1 > 0) if mark.any()), None)
    if marked is None:
        return out
    headline = int(marked.argmax())
    at = np.arange(n)
    out[0] = at - headline
    shared = (places.start <= headline) & (headline < places.end)
    out[1] = np.where(shared.any(axis=0), shared.argmax(axis=0), -1)
    start, end = places.start[:, headline, None], places.end[:, headline, None]
    around = (start <= at) & (at < end)
    out[2] = np.where(around.any(axis=0), around.argmax(axis=0), -1)
    out[3] = 1
    return out


_SAID_NAMES: Final = ("said", "body said")


def _said(texts: Sequence[str], article_body: str | None) -> Floats:
    """Say which blocks stand in the body that the page gives of itself, in its JSON-LD."""
    out = np.zeros((2, len(texts)), np.float32)
    if not article_body or len(article_body) < _SAID:
        return out
    out[1] = 1
    body = letters_of(article_body).lower()
    out[0] = [len(text) >= _TOLD and letters_of(text[:80]).lower()[:40] in body for text in texts]
    return out


_LIKELY_NAMES: Final = (
    *named(("chance around", "expected around"), (f"element {number}" for number in range(_LEVELS + 1))),
    *named(("chance of alike",), ("page", "parent")),
)


def second_markup_groups(reading: Reading, places: Places, chance: Floats) -> list[Group]:
    """Return what the first pass thought of the elements around each block, and of those that are made alike."""
    chars = reading.shape[ROW["chars"]]
    weight = chance * chars
    sums = running_sums(stacked([weight, chars]))
    inside = sums[:, places.end[: _LEVELS + 1]] - sums[:, places.start[: _LEVELS + 1]]
    around = np.stack(
        [(inside[0] - weight) / (inside[1] - chars + 1), inside[0] / (float(weight.sum()) + 1)], axis=1
    )
    peers = []
    for group in (places.kinds, places.in_parent):
        of, size = np.bincount(group, weight), np.bincount(group, chars)
        peers.append((of[group] - weight) / (size[group] - chars + 1))
    rows = np.concatenate([around.reshape(-1, len(chars)), stacked(peers)]).astype(np.float32)
    return [(_LIKELY_NAMES, rows)]
