"""Why each line went where it went: one reason for each block, to stand beside the article.

After ftfy's `fix_and_explain`, which returns the text and what was done to it.
"""

from __future__ import annotations

from cleaners.article import Article, Reason
from cleaners.blocks import PHOTO_LABELS, Document, Label, Verdict
from cleaners.options import DEFAULT, Options
from cleaners.pipeline import judge_document

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


def explain_document(document: Document, options: Options = DEFAULT) -> tuple[Article, tuple[Reason, ...]]:
    """Return the article in the document, and the reason for each of its blocks, in their order.

    >>> from cleaners.read.text import read_text
    >>> explain_document(read_text("It rained in Kyiv on Thursday."))[1][0].rule
    'body.default'
    """
    article, verdicts = judge_document(document, options)
    return article, _reasons(document, verdicts, article, options.keep)


def _reasons(
    document: Document, verdicts: Sequence[Verdict], article: Article, keep: Collection[Label]
) -> tuple[Reason, ...]:
    told = {
        (line.text, line.line): (part, i)
        for part in ("fields", "removed")
        for i, line in enumerate(getattr(article, part))
    }
    unread = [list(photo.printed) for photo in article.photos]
    shown = 0
    reasons = []
    for block, verdict in zip(document.blocks, verdicts, strict=True):
        if (block.text, block.line) in told:
            part, index = told[block.text, block.line]
        elif verdict.label in PHOTO_LABELS and verdict.label not in keep:
            part, index = "photos", _photo_of(block.text, unread)
        else:
            part, index = "body", shown
            shown += 1
        path = block.markup.path if block.markup is not None else ""
        reasons.append(
            Reason(
                block.text,
                block.line,
                verdict.label.value,
                verdict.rule,
                verdict.confidence,
                part,
                index,
                path,
            )
        )
    return tuple(reasons)


def _photo_of(text: str, unread: list[list[str]]) -> int:
    """Return the number of the photo that the line became part of, and take it from those not yet read."""
    for i, lines in enumerate(unread):
        if text in lines:
            lines.remove(text)
            return i
    raise AssertionError(text)
