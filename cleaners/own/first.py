"""Labelling with rules of one's own: what they keep or cut comes first, and the rest is judged without it.

A line to keep is kept by what it says, wherever it stands, and a line that is cut is gone. So cleaning a cleaned text
again finds the same lines to keep, and around them what the other rules left, of which they leave all: the law of
`cleaners.label` holds. What a rule that is switched off would claim by the line alone is kept in the same way; a rule
that looks around is not asked.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from cleaners.blocks import Block, Document, Label, Verdict
from cleaners.options import Options
from cleaners.own.decide import decide, own_of
from cleaners.rules import judge_alone

#: What a rule that is switched off would claim.
_OFF: Final = Verdict(Label.BODY, "own.off")


def label_first(
    document: Document, options: Options, label_rest: Callable[..., list[Verdict]]
) -> list[Verdict]:
    """Return one verdict for each block: what the caller's own rules say, and what `label_rest` says of the others."""
    assert options.rules is not None
    own = own_of(options.rules, options.url or document.url)
    given = document.blocks
    told = decide(given, own)
    if document.page is not None:  # its blocks are numbered as its elements are: none can be left out
        return label_rest(document, options, own.off, told)
    if own.off and given:
        claims = judge_alone([block.text for block in given])
        spared = {text for text, claim in claims.items() if claim.verdict.rule in own.off}
        told |= {i: _OFF for i, block in enumerate(given) if block.text in spared and i not in told}
    document.blocks = [block for i, block in enumerate(given) if i not in told]
    evident = any(verdict.label not in options.staying for verdict in told.values())
    return _put_back(document, given, told, label_rest(document, options, own.off, evident=evident))


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
