"""Every line of the input with its label, the rule that gave it and how sure that rule is."""

from __future__ import annotations

from cleaners.blocks import FIELD_LABELS, JUNK_LABELS, PHOTO_LABELS, TEXT_LABELS
from cleaners.columns import align
from cleaners.formats import Cleaned, Format

_STEPS = 3
_PLAIN = "\x1b[0m"
_COLOURS = (
    (JUNK_LABELS, "\x1b[31m"),  # red
    (PHOTO_LABELS, "\x1b[34m"),  # blue
    (FIELD_LABELS, "\x1b[36m"),  # cyan
    (TEXT_LABELS - {"body"}, "\x1b[1m"),  # bold
)


def write_explanation(cleaned: Cleaned) -> str:
    """Return a line for each reason: line number, label, rule, confidence, tag path and text.

    Only a page's lines have a tag path. With colours the junk is red, as a terminal shows it.

    >>> from cleaners import explain_text
    >>> print(write_explanation(Cleaned(*explain_text("Post navigation"))), end="")
    1  navigation  navigation.post-navigation  0.99  Post navigation
    """
    rows = [
        (
            str(reason.line),
            reason.label,
            reason.rule,
            f"{reason.confidence:.2f}",
            *_path(reason.path),
            reason.text,
        )
        for reason in cleaned.reasons
    ]
    lines = align(rows, right=[0])
    if cleaned.colour:
        told = zip(lines, cleaned.reasons, strict=True)
        lines = [_coloured(line, reason.label) for line, reason in told]
    return "".join(line + "\n" for line in lines)


def _path(path: str) -> tuple[str, ...]:
    """Return the last steps of a tag path, if there is one: the outer ones are the same for all."""
    return ("/".join(path.split("/")[-_STEPS:]),) if path else ()


def _coloured(line: str, label: str) -> str:
    start = next((code for labels, code in _COLOURS if label in labels), None)
    return f"{start}{line}{_PLAIN}" if start else line


FORMAT = Format(write_explanation, headed=True, views=("explain",))
