"""Labelling with rules of one's own: what they keep or cut comes first, and the rest is judged without it.

A line to keep is kept by what it says, wherever it stands, and a line that is cut is gone. So cleaning a cleaned text
again finds the same lines to keep, and around them what the other rules left, of which they leave all: the law of
`cleaners.label` holds. What a rule that is switched off would claim by the line alone is kept in the same way; a rule
that looks around is not asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from cleaners.blocks import Block, Document, Label, Verdict
from cleaners.options import Options
from cleaners.own.decide import Own, decide, own_of
from cleaners.read.text import LEAST_LINES, has_wide_line
from cleaners.rules import judge_alone

#: What a rule that is switched off would claim.
_OFF: Final = Verdict(Label.BODY, "own.off")


def label_first(
    document: Document, options: Options, label_rest: Callable[..., list[Verdict]]
) -> list[Verdict]:
    """Return one verdict for each block: what the caller's own rules say, and what `label_rest` says of the others."""
    assert options.rules is not None
    own = own_of(options.rules, options.url or document.url)
    if document.page is not None:  # its blocks are numbered as its elements are: none can be left out
        return label_rest(document, options, own.off, decide(document.blocks, own))
    language = document.language
    whole = True
    while True:
        given = document.blocks
        told = _told(given, own)
        evident = any(verdict.label not in options.staying for verdict in told.values())
        apart = {i: told[i] for i in _whole_lines(given, own, told)} if whole else told
        rest = document.blocks = [block for i, block in enumerate(given) if i not in apart]
        verdicts = label_rest(document, options, own.off, evident=evident)
        mended = len(document.blocks) < len(rest)
        verdicts = _put_back(document, given, apart, verdicts)
        if not mended and len(apart) == len(told):
            return verdicts
        # A rule is asked of whole paragraphs: a wrapped line that it would cut or keep may be a piece of one.
        whole, document.language = mended and whole, language


def _told(blocks: Sequence[Block], own: Own) -> dict[int, Verdict]:
    """Return what the caller's own rules say of lines, and that those stay which a rule that is off would claim."""
    told = decide(blocks, own)
    if own.off and blocks:
        claims = judge_alone([block.text for block in blocks])
        spared = {text for text, claim in claims.items() if claim.verdict.rule in own.off}
        told |= {i: _OFF for i, block in enumerate(blocks) if block.text in spared and i not in told}
    return told


def _whole_lines(blocks: Sequence[Block], own: Own, told: Mapping[int, Verdict]) -> Iterable[int]:
    """Return the places of what was told that can be no piece of a wrapped paragraph.

    It is a phrase from end to end, or too wide; in a text of few lines none is wrapped.
    """
    if len(blocks) <= LEAST_LINES:
        return told
    phrases = decide(blocks, own.whole_lines())
    return [i for i in told if i in phrases or told[i] is _OFF or has_wide_line(blocks[i : i + 1])]


def _put_back(
    document: Document, given: Sequence[Block], told: Mapping[int, Verdict], verdicts: Sequence[Verdict]
) -> list[Verdict]:
    """Put the blocks that were told back into the document, among the others; return the verdicts of all."""
    places = {id(block): place for place, block in enumerate(given)}
    lines = [block.line for block in given]
    # A block that was made of several stands where the first of these stood.
    rest = [
        (places.get(id(block), bisect_left(lines, block.line)), block, verdict)
        for block, verdict in zip(document.blocks, verdicts, strict=True)
    ]
    whole = sorted([*rest, *((i, given[i], verdict) for i, verdict in told.items())], key=itemgetter(0))
    document.blocks = [block for _, block, _ in whole]
    return [verdict for _, _, verdict in whole]
