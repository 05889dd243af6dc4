"""A verdict for each block of a page: the scorer says which are the article's, the rules what the others are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from cleaners.blocks import FIELD_LABELS, TEXT_LABELS, Block, Document, Label, Verdict
from cleaners.page.furniture import furniture_verdicts
from cleaners.page.second_opinion import ask_trafilatura
from cleaners.read.names import read_names
from cleaners.read.titles import squeezed
from cleaners.rules import judge
from cleaners.scorer.cut import best_cut, page_words

#: How the modes move the cut, as a factor on the odds a block needs.
_MODES: Final = {"careful": 0.35, "balanced": 1.0, "aggressive": 2.5}
#: Blocks before and after the article that the rules are asked about: there its byline, date and rights stand.
_BEFORE: Final = 8
_AFTER: Final = 4
_FIELD_LENGTH: Final = 200
#: The rules are asked about short paragraphs, among which ads are put, and about anything that is not long where the
#: scorer is not quite sure. Of other blocks they claimed next to none in the corpora, and asking costs more than all
#: else.
_SHORT: Final = 120
_MIDDLING: Final = 300
_QUITE_SURE: Final = 0.95
_PARAGRAPHS: Final = frozenset(("p", "div", "section", "article", "main", "body", "center"))
#: Below this expected F1 the scorer asks for a second opinion (about one page in thirty; see docs/benchmarks.md).
_UNSURE: Final = 0.85
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def label_page(document: Document, mode: str = "balanced") -> list[Verdict]:
    """Return one verdict for each block of a page."""
    page, blocks = document.page, document.blocks
    if page is None or not blocks:
        return []
    from cleaners.scorer.chances import confidences, page_chances  # numpy, and the weights

    names = read_names(page.walk)
    chances = page_chances(page.walk, names, page.metadata.title, page.metadata.article_body)
    cut, sure = best_cut(chances, page_words(page.walk.texts))
    odds = cut / max(1 - cut, 1e-6) * _MODES[mode]
    kept = chances >= min(odds / (1 + odds), 0.97)
    chance, sure_of = chances.tolist(), confidences("page", chances).tolist()
    rule = "scorer.page"
    if sure < _UNSURE:
        told = ask_trafilatura(page.source.decode(), [block.text for block in blocks])
        if told is not None:
            kept, rule = np.array(told), "scorer.second-opinion"
    places = np.flatnonzero(kept).tolist()
    owners = page.walk.owners
    tags = [page.walk.tags[owner] for owner in owners]
    verdicts: list[Verdict | None] = [None] * len(blocks)
    _judge_kept(blocks, tags, places, chance, verdicts)
    for i in places:
        if verdicts[i] is None:
            label = Label.HEADING if tags[i] in _HEADINGS else Label.BODY
            verdicts[i] = Verdict(label, rule, round(sure_of[i], 3))
    _judge_around(blocks, places, verdicts)
    _find_headline(blocks, page.metadata.title, places, verdicts)
    others = [i for i, verdict in enumerate(verdicts) if verdict is None]
    for i, verdict in zip(others, furniture_verdicts(page.walk, names, others), strict=True):
        verdicts[i] = verdict or Verdict(Label.BOILERPLATE, rule, round(1 - sure_of[i], 3))
    return [verdict for verdict in verdicts if verdict is not None]


def _judge_kept(
    blocks: Sequence[Block],
    tags: Sequence[str],
    places: Sequence[int],
    chance: Sequence[float],
    verdicts: list[Verdict | None],
) -> None:
    """Ask the rules about what the scorer keeps, as if it were a text: only what they are sure of goes."""
    story = [blocks[i] for i in places]
    doubtful = [
        at
        for at, i in enumerate(places)
        if (size := len(blocks[i].text)) <= _MIDDLING
        and (chance[i] < _QUITE_SURE or (size <= _SHORT and tags[i] in _PARAGRAPHS))
    ]
    for at, claim in zip(doubtful, judge(story, doubtful), strict=True):
        if claim is not None and not claim.spared and claim.verdict.label not in TEXT_LABELS:
            verdicts[places[at]] = claim.verdict


def _find_headline(
    blocks: Sequence[Block], title: str | None, places: Sequence[int], verdicts: list[Verdict | None]
) -> None:
    """Mark the block nearest above the article, or else below, that prints the page's title."""
    wanted = squeezed(title or "")
    if not wanted or not places:
        return
    longest = 2 * len(title or "") + 20
    above = range(places[0], -1, -1)
    below = range(places[0] + 1, len(blocks))
    for i in (*above, *below):
        if verdicts[i] is None and len(blocks[i].text) <= longest and squeezed(blocks[i].text) == wanted:
            verdicts[i] = Verdict(Label.TITLE, "titles.page-title", 0.95)
            return


def _judge_around(blocks: Sequence[Block], places: Sequence[int], verdicts: list[Verdict | None]) -> None:
    """Ask the rules about the blocks right before and after the article: there its fields stand."""
    if not places:
        return
    first, last = places[0], places[-1]
    near = [
        i
        for i in (
            *range(max(first - _BEFORE, 0), first),
            *range(last + 1, min(last + 1 + _AFTER, len(blocks))),
        )
        if verdicts[i] is None and len(blocks[i].text) <= _FIELD_LENGTH
    ]
    foot = [  # who holds the rights may stand at the page's very end, after lists of other stories
        i
        for i in range(last + 1 + _AFTER, len(blocks))
        if "©" in blocks[i].text and len(blocks[i].text) <= _FIELD_LENGTH
    ]
    for i, claim in zip(near + foot, judge(blocks, near + foot), strict=True):
        if claim is None or claim.spared:
            continue
        label = claim.verdict.label
        if label is Label.RIGHTS if i > last + _AFTER else label in FIELD_LABELS:
            verdicts[i] = claim.verdict
