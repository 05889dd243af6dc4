"""Every line of the input with its label, the rule that gave it and how sure that rule is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleaners.blocks import FIELD_LABELS, JUNK_LABELS, PHOTO_LABELS, Block, Label, Verdict
from cleaners.formats.columns import align

_STEPS: Final = 3
_PLAIN: Final = "\x1b[0m"
_COLOURS: Final = (
    (JUNK_LABELS, "\x1b[31m"),  # red
    (PHOTO_LABELS, "\x1b[34m"),  # blue
    (FIELD_LABELS, "\x1b[36m"),  # cyan
    (frozenset({Label.HEADING}), "\x1b[1m"),  # bold
)


def write_explanation(blocks: Sequence[Block], verdicts: Sequence[Verdict], *, colour: bool = False) -> str:
    """Return a line for each block: line number, label, rule, confidence, tag path and text.

    Only a page's blocks have a tag path. With `colour` the junk is red, as a terminal shows it.

    >>> print(write_explanation([Block("Bonus", 3)], [Verdict(Label.AD, "ads.bonus-offer", 0.9)]), end="")
    3  ad  ads.bonus-offer  0.90  Bonus
    """
    rows = [
        (
            str(block.line),
            verdict.label.value,
            verdict.rule,
            f"{verdict.confidence:.2f}",
            *_path(block),
            block.text,
        )
        for block, verdict in zip(blocks, verdicts, strict=True)
    ]
    lines = align(rows, right=[0])
    if colour:
        lines = [_coloured(line, verdict.label) for line, verdict in zip(lines, verdicts, strict=True)]
    return "".join(line + "\n" for line in lines)


def _path(block: Block) -> tuple[str, ...]:
    """Return the last steps of the block's tag path, if it has one: the outer ones are the same for all."""
    return ("/".join(block.markup.path.split("/")[-_STEPS:]),) if block.markup else ()


def _coloured(line: str, label: Label) -> str:
    start = next((code for labels, code in _COLOURS if label in labels), None)
    return f"{start}{line}{_PLAIN}" if start else line
