"""Crossheads without markup: only the kind that agencies print between dashes is sure."""

from __future__ import annotations

from cleaners.blocks import Label
from cleaners.rules.registry import rule

_MARKS = frozenset("-–—―*=")
_LONGEST = 100
_MOST_WORDS = 14


def crosshead_text(text: str) -> str | None:
    """Return the text of a crosshead without the dashes around it, or None when the line is no dashed crosshead.

    AFP prints "– text –", others "--- text ---", "*** text ***" or "* text *".

    >>> crosshead_text("– “Not with folded arms” –"), crosshead_text("--- Reactions ---")
    ('“Not with folded arms”', 'Reactions')
    >>> crosshead_text("- a point of a list"), crosshead_text("– He said – and left – in haste –")
    (None, None)
    >>> crosshead_text("* 450 g of water, lukewarm*"), crosshead_text("*NEW*")
    (None, None)
    """
    if not 5 <= len(text) <= _LONGEST or text[0] not in _MARKS or text[-1] != text[0]:
        return None
    mark = "-–—―" if text[0] in "-–—―" else text[0]
    inner = text.strip(mark)
    if inner == text or text[-1] not in mark:
        return None
    stripped = inner.strip()
    if not stripped or not any(c.isalpha() for c in stripped) or stripped.count(" ") >= _MOST_WORDS:
        return None
    if inner[0].isspace() != inner[-1].isspace():
        return None  # an item of a list that ends in the sign of a note
    spaced = inner[0].isspace()
    runs = text[1] in mark and text[-2] in mark
    if not (spaced or runs) or any(dash in stripped for dash in (" - ", " – ", " — ", "* ", " *")):
        return None
    return (
        None
        if stripped[-1] in ".;," and not stripped.endswith(("...", "…")) and stripped.count(" ") > 4
        else stripped
    )


def heading_text(text: str) -> str:
    """Return a crosshead's text without what agencies print around it; any other line as it is.

    >>> heading_text("– Unanimous vote in Moscow –"), heading_text("Twenty-first"), heading_text("---")
    ('Unanimous vote in Moscow', 'Twenty-first', '---')
    """
    while (bare := crosshead_text(text)) is not None:
        text = bare
    return text


@rule({"headings.dashed-crosshead": Label.HEADING}, first="".join(_MARKS), longest=_LONGEST)
def dashed_crosshead(text: str) -> bool:
    """A short line between dashes.

    >>> dashed_crosshead.says("--- Reactions ---")
    'headings.dashed-crosshead'
    """
    return crosshead_text(text) is not None
