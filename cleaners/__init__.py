"""wireclean: the article out of a wire story's page or text, and a reason for every line that was taken away.

>>> from cleaners import clean_text
>>> article = clean_text("It rained in Kyiv on Thursday.\\n200% Deposit Bonus up to €3,000")
>>> article.text
'It rained in Kyiv on Thursday.'
>>> [(line.label, line.line) for line in article.removed]
[('ad', 2)]
"""

from __future__ import annotations

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Reason, Removed, Rights
from cleaners.blocks import Label
from cleaners.documents import clean_document, explain_document
from cleaners.errors import (
    BadRules,
    CleaningFailed,
    EmptyInput,
    FetchFailed,
    InputIsDirectory,
    InputMissing,
    NoArticle,
    NotText,
    OutputFailed,
    TooLarge,
    UnreadableEncoding,
    WirecleanError,
    WrongUsage,
)
from cleaners.options import Mode, Options, Rules
from cleaners.read.decode import decode_text
from cleaners.read.text import read_text

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from os import PathLike
    from typing import Unpack

    from cleaners.options import Said

__version__ = "0.1.0"

__all__ = [
    "Article",
    "BadRules",
    "CleaningFailed",
    "EmptyInput",
    "FetchFailed",
    "FieldLine",
    "Heading",
    "InputIsDirectory",
    "InputMissing",
    "Label",
    "Mode",
    "NoArticle",
    "NotText",
    "Options",
    "OutputFailed",
    "Paragraph",
    "Photo",
    "Reason",
    "Removed",
    "Rights",
    "Rules",
    "TooLarge",
    "UnreadableEncoding",
    "WirecleanError",
    "WrongUsage",
    "clean_html",
    "clean_text",
    "decode_text",
    "explain_html",
    "explain_text",
    "load_rules",
]


def clean_text(text: str, options: Options | None = None, **said: Unpack[Said]) -> Article:
    """Return the article in a text that has one paragraph on each line.

    What the caller wants and knows is said in `options`, by its names (`keep`, `drop`, `mode`, `language`, `url`,
    `repeated`: see `Options`), or both ways: a name comes before the options. A text without an article gives an
    article without a body. Raises ValueError for a label or mode that does not exist, TypeError for what is no text,
    and TooLarge for a text that is larger than any article.

    Pure and deterministic; `clean_text(a.text).text == a.text`; every line that is not blank is in exactly one of
    `body`, `photos`, `fields` and `removed`.

    >>> article = clean_text("Rain in Kyiv © AFP – Olena BIRD\\nIt rained in Kyiv on Thursday, residents said.")
    >>> article.photos[0].caption, article.photos[0].photographer, article.photos[0].agency
    ('Rain in Kyiv', 'Olena Bird', 'AFP')
    """
    chosen = Options.of(options, said)
    return clean_document(read_text(text, chosen), chosen)


def clean_html(html: bytes | str, options: Options | None = None, **said: Unpack[Said]) -> Article:
    """Return the article in a page: what `clean_text` does, with the page's markup and metadata to go by.

    `html` is the page's bytes, or its text where the encoding is known; the option `charset` is what its HTTP header
    said of the bytes. Raises what `clean_text` raises, and NotText for bytes that are no page.

    >>> clean_html("<article><p>It rained in Kyiv on Thursday.</p></article>").text
    'It rained in Kyiv on Thursday.'
    """
    from cleaners.read.html import read_html  # the parser is for pages only

    chosen = Options.of(options, said)
    return clean_document(read_html(html, chosen), chosen)


def explain_text(
    text: str, options: Options | None = None, **said: Unpack[Said]
) -> tuple[Article, tuple[Reason, ...]]:
    """Return the article in a text and, for each of its lines, what became of it and why.

    Takes and raises what `clean_text` does, and returns the same article.

    >>> article, reasons = explain_text("It rained in Kyiv on Thursday.\\nPost navigation")
    >>> [(reason.line, reason.label, reason.rule) for reason in reasons]
    [(1, 'body', 'body.default'), (2, 'navigation', 'navigation.post-navigation')]
    >>> getattr(article, reasons[1].part)[reasons[1].index].text
    'Post navigation'
    """
    chosen = Options.of(options, said)
    return explain_document(read_text(text, chosen), chosen)


def explain_html(
    html: bytes | str, options: Options | None = None, **said: Unpack[Said]
) -> tuple[Article, tuple[Reason, ...]]:
    """Return the article in a page and, for each of its blocks of text, what became of it and why.

    Takes and raises what `clean_html` does, and returns the same article.

    >>> explain_html("<article><p>It rained in Kyiv on Thursday.</p></article>")[1][0].path
    'body/article/p'
    """
    from cleaners.read.html import read_html  # the parser is for pages only

    chosen = Options.of(options, said)
    return explain_document(read_html(html, chosen), chosen)


def load_rules(path: str | PathLike[str]) -> Rules:
    """Return the rules of one's own in a file, checked, for `clean_text(text, rules=…)` and all that takes `Options`.

    What may be in it is told in docs/own-rules.md. Raises BadRules, with the line of every mistake in it and what was
    probably meant, also for a file that is not there.

    >>> load_rules("nowhere.toml")
    Traceback (most recent call last):
    cleaners.errors.BadRules: nowhere.toml: no such file or directory
    """
    from cleaners.own.file import read_rules  # for who has rules of his own

    return read_rules(path)
