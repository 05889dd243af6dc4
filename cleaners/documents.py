"""Document to article, and why: every block is labelled once, and the article is what the labels assemble."""

from __future__ import annotations

from cleaners.article import Article, Reason
from cleaners.assemble import Place, assemble
from cleaners.blocks import Document, Verdict
from cleaners.label import label
from cleaners.memory import forget
from cleaners.options import DEFAULT, Options


def clean_document(document: Document, options: Options = DEFAULT) -> Article:
    """Return the article in the document; `document.language` is told from the text where it is None.

    >>> from cleaners.read.text import read_text
    >>> clean_document(read_text("It rained in Kyiv on Thursday.")).text
    'It rained in Kyiv on Thursday.'
    """
    return _clean(document, options)[0]


def explain_document(document: Document, options: Options = DEFAULT) -> tuple[Article, tuple[Reason, ...]]:
    """Return the article in the document, and the reason for each of its blocks, in their order.

    After ftfy's `fix_and_explain`, which returns the text and what was done to it.

    >>> from cleaners.read.text import read_text
    >>> explain_document(read_text("It rained in Kyiv on Thursday."))[1][0].rule
    'body.default'
    """
    places: list[Place] = []
    article, verdicts = _clean(document, options, places)
    return article, tuple(
        Reason(
            block.text,
            block.line,
            verdict.label.value,
            verdict.rule,
            verdict.confidence,
            *place,
            path=block.markup.path if block.markup else "",
        )
        for block, verdict, place in zip(document.blocks, verdicts, places, strict=True)
    )


def _clean(
    document: Document, options: Options, places: list[Place] | None = None
) -> tuple[Article, list[Verdict]]:
    """Return the article and the verdicts; tell the places of the blocks, if they are asked for."""
    if options.rules is not None:
        from cleaners.own.decide import own_of  # for who has rules of his own
        from cleaners.wire.agencies import OWN_NAMES  # likewise

        names = own_of(options.rules, options.url or document.url).names
        if names is not OWN_NAMES.get():
            before = OWN_NAMES.set(names)
            try:
                return _clean(document, options, places)
            finally:
                OWN_NAMES.reset(before)
    try:
        verdicts = label(document, options)
        return assemble(document, verdicts, options, places), verdicts
    finally:
        forget()
