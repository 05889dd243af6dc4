"""A verdict for each block of a page: the scorer says which are the article's, the rules what the others are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cleaners.blocks import FIELD_LABELS, PHOTO_LABELS, TEXT_LABELS, Block, Document, Label, Verdict
from cleaners.page.furniture import markup_verdict
from cleaners.page.second_opinion import ask_trafilatura
from cleaners.rules import judge_at

if TYPE_CHECKING:
    from cleaners.read_html import Page

#: How the modes move the cut, as a factor on the odds a block needs.
_MODES: Final = {"careful": 0.35, "balanced": 1.0, "aggressive": 2.5}
#: Blocks before and after the article that the rules are asked about: there its byline, date and rights stand.
_AROUND: Final = 12
#: Below this expected F1 the scorer asks for a second opinion (about one page in fifty; see docs/benchmarks.md).
_UNSURE: Final = 0.82
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OPEN_CAPTION: Final = PHOTO_LABELS


def label_page(document: Document, mode: str = "balanced") -> list[Verdict]:
    """Return one verdict for each block of a page."""
    page: Page = document.page
    blocks = document.blocks
    if not blocks:
        return []
    from cleaners.scorer.page import score_page  # numpy, and the weights

    scores = score_page(page.walk, page.metadata.title, page.metadata.article_body)
    odds = scores.cut / max(1 - scores.cut, 1e-6) * _MODES[mode]
    kept = scores.chance >= min(odds / (1 + odds), 0.97)
    chance = scores.chance.tolist()
    rule = "scorer.page"
    if scores.sure < _UNSURE:
        told = ask_trafilatura(page.source, [block.text for block in blocks])
        if told is not None:
            kept, rule = np.array(told), "scorer.second-opinion"
    places = np.flatnonzero(kept).tolist()
    tags = [page.walk.tags[owner] for owner in page.walk.owners]
    verdicts: list[Verdict | None] = [None] * len(blocks)
    _judge_kept(blocks, places, tags, verdicts)
    for i in places:
        if verdicts[i] is None:
            label = Label.HEADING if tags[i] in _HEADINGS else Label.BODY
            verdicts[i] = Verdict(label, rule, round(chance[i], 3))
    _judge_around(blocks, places, verdicts)
    return [
        verdict or markup_verdict(page.walk, i) or Verdict(Label.BOILERPLATE, rule, round(1 - chance[i], 3))
        for i, verdict in enumerate(verdicts)
    ]


def _judge_kept(
    blocks: list[Block], places: list[int], tags: list[str], verdicts: list[Verdict | None]
) -> None:
    """Ask the rules about what the scorer keeps, as if it were a text: only what they are sure of goes."""
    story = [blocks[i] for i in places]
    for i, verdict in zip(places, judge_at(story, range(len(story))), strict=True):
        if verdict is not None and verdict.label not in TEXT_LABELS:
            verdicts[i] = verdict


def _judge_around(blocks: list[Block], places: list[int], verdicts: list[Verdict | None]) -> None:
    """Ask the rules about the blocks between and near those kept: there the article's fields stand."""
    if not places:
        return
    near = [
        i
        for i in range(max(places[0] - _AROUND, 0), min(places[-1] + _AROUND, len(blocks)))
        if verdicts[i] is None
    ]
    for i, verdict in zip(near, judge_at(blocks, near), strict=True):
        if (
            verdict is not None
            and verdict.label not in TEXT_LABELS
            and (verdict.label in FIELD_LABELS or verdict.label not in PHOTO_LABELS)
        ):
            verdicts[i] = verdict
