"""How likely each line of a text, or each block of a page, is the article's: two looks by a forest each.

The scorer gives chances and decides nothing: see `cleaners.scorer.cut`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cleaners.blocks import Label
from cleaners.scorer.features import Group, claim_rows, joined, line_groups
from cleaners.scorer.forest import probability
from cleaners.scorer.lines import Reading, WordTables, read
from cleaners.scorer.second_look import second_groups
from cleaners.scorer.shape import Floats, Ints
from cleaners.scorer.weights import Kind, Weights, load_weights

if TYPE_CHECKING:
    from cleaners.read.names import Names
    from cleaners.read.walk import Walk

#: What the first pass gives less than this chance is not looked at again.
_HOPELESS: Final = 0.005
#: Lines that are looked at again together: of the largest pages all would be copied three times.
_SECOND_AT_ONCE: Final = 1_000


class View(NamedTuple):
    """Lines as the scorer sees them: how they read, the rows that the first pass looks at, given the word tables, and
    those that the second adds, given the margins and chances of the first.

    `chosen` are the numbers of the lines among all that were given.
    """

    reading: Reading
    first: Callable[[WordTables], list[Group]]
    second: Callable[[Floats, Floats], list[Group]]
    chosen: Ints


def view_text(lines: Sequence[str], claims: Sequence[Label | None]) -> View:
    """Return how the scorer sees the lines of a text; its first line may be its title."""
    reading = read(lines)
    return View(
        reading,
        lambda tables: [*line_groups(reading, tables), claim_rows(claims)],
        lambda margin, chance: second_groups(reading, margin, chance),
        np.arange(len(lines)),
    )


def view_page(walk: Walk, names: Names, title: str | None, article_body: str | None) -> View:
    """Return how the scorer sees the blocks of a page, without those that are not worth a look."""
    # Texts need nothing of this.
    from cleaners.scorer.markup import find_places, is_prose, markup_groups, second_markup_groups

    places = find_places(walk, names)
    reading = read(places.texts, title or "")
    return View(
        reading,
        lambda tables: [
            *line_groups(reading, tables, is_prose(reading, places)),
            *markup_groups(walk, names, reading, places, article_body),
        ],
        lambda margin, chance: [
            *second_groups(reading, margin, chance),
            *second_markup_groups(reading, places, chance),
        ],
        places.chosen,
    )


def score(view: View, weights: Weights) -> Floats:
    """Return the chance of each line seen; what the first pass finds hopeless is not looked at again."""
    if not len(view.reading):
        return np.zeros(0, np.float32)
    first = joined(view.first(weights.tables))
    margin = weights.first.margin(first)
    chance = probability(margin)
    again = np.flatnonzero(chance >= _HOPELESS)
    if len(again):
        second = joined(view.second(margin, chance))
        for start in range(0, len(again), _SECOND_AT_ONCE):
            part = again[start : start + _SECOND_AT_ONCE]
            rows = np.concatenate([first[:, part], second[:, part]])
            chance[part] = probability(weights.second.margin(rows))
    return chance


#: Lines of a text that are weighed together, since each takes 5 kB while it is: no page prints so many. Of a text that
#: has more (a day's stories in one file) so many after the other are weighed, as if each part were a text.
_AT_ONCE: Final = 4_000


def text_chances(lines: Sequence[str], claims: Sequence[Label | None]) -> Floats:
    """Return for each line of a text the chance that it is the article's; `claims` are the labels that rules give.

    >>> text_chances(["Home", "Sport"], [Label.NAVIGATION, None]).round().tolist()
    [0.0, 0.0]
    """
    weights = load_weights("text")
    starts = range(0, max(len(lines), 1), _AT_ONCE)
    parts = (slice(start, start + _AT_ONCE) for start in starts)
    chances = [score(view_text(lines[part], claims[part]), weights) for part in parts]
    return chances[0] if len(chances) == 1 else np.concatenate(chances)


def page_chances(walk: Walk, names: Names, title: str | None, article_body: str | None) -> Floats:
    """Return for each block of a page the chance that it is the article's; 0 for what was not worth a look.

    `names` are the elements'; `title` and `article_body` are what the page says of itself.
    """
    view = view_page(walk, names, title, article_body)
    chance = np.zeros(len(walk.texts), np.float32)
    chance[view.chosen] = score(view, load_weights("page"))
    return chance


def confidences(kind: Kind, chance: Floats) -> Floats:
    """Return how often lines of such chances proved to be the article's, on sites that the scorer had not seen."""
    weights = load_weights(kind)
    return np.interp(chance, weights.told, weights.proved).astype(np.float32)
