"""Document to article: a verdict for each block, and what the verdicts make of the blocks."""

from __future__ import annotations

from cleaners.article import Article
from cleaners.assemble import assemble
from cleaners.blocks import PHOTO_LABELS, Document, Verdict
from cleaners.label import label
from cleaners.memory import forget
from cleaners.options import DEFAULT, Options
from cleaners.photos.lines import settle_photo_lines


def clean_document(document: Document, options: Options = DEFAULT) -> Article:
    """Return the article in the document; `document.language` is told from the text where it is None.

    >>> from cleaners.read.text import read_text
    >>> clean_document(read_text("It rained in Kyiv on Thursday.")).text
    'It rained in Kyiv on Thursday.'
    """
    return judge_document(document, options)[0]


def judge_document(document: Document, options: Options = DEFAULT) -> tuple[Article, list[Verdict]]:
    """Return the article in the document and why: the verdict on each of its blocks."""
    try:
        return _explain(document, options)
    finally:
        forget()


def _explain(document: Document, options: Options) -> tuple[Article, list[Verdict]]:
    verdicts = label(document, options)
    if document.page is None:
        if PHOTO_LABELS.isdisjoint(options.keep):
            verdicts = list(settle_photo_lines(document, verdicts))
        return assemble(document, verdicts, options.keep, options.drop), verdicts
    from cleaners.photos.figures import claim_blocks, find_figures  # the parser is for pages only

    figures = find_figures(document, verdicts)
    verdicts = claim_blocks(verdicts, figures)
    return assemble(document, verdicts, options.keep, options.drop, figures), verdicts
