"""wireclean: the article out of a wire story's page or text, and a reason for every line that was taken away.

>>> from cleaners import clean_text
>>> article = clean_text("It rained in Kyiv on Thursday.\\n200% Deposit Bonus up to €3,000")
>>> article.text
'It rained in Kyiv on Thursday.'
>>> [(line.label, line.line) for line in article.removed]
[('ad', 2)]
"""

from __future__ import annotations

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights
from cleaners.blocks import Label
from cleaners.errors import (
    EmptyInput,
    FetchFailed,
    InputIsDirectory,
    InputMissing,
    NoArticle,
    NotText,
    OutputFailed,
    UnreadableEncoding,
    WirecleanError,
)
from cleaners.options import Mode, Options
from cleaners.pipeline import clean_document
from cleaners.read_text import decode_text, read_text

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is for type checkers: 5 ms of a start-up
    from typing import Unpack

    from cleaners.options import Said

__version__ = "0.1.0"

__all__ = [
    "Article",
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
    "Removed",
    "Rights",
    "UnreadableEncoding",
    "WirecleanError",
    "clean_html",
    "clean_text",
    "decode_text",
]


def clean_text(text: str, options: Options | None = None, **said: Unpack[Said]) -> Article:
    """Return the article in a text that has one paragraph on each line.

    What the caller wants and knows is said in `options`, by its names (`keep`, `drop`, `mode`, `language`, `url`,
    `repeated`: see `Options`), or both ways: a name comes before the options. A text without an article gives an
    article without a body. Raises ValueError for a label or mode that does not exist.

    Pure and deterministic; `clean_text(a.text).text == a.text`; every line that is not blank is in exactly one of
    `body`, `photos`, `fields` and `removed`.

    >>> article = clean_text("Rain in Kyiv © AFP – Olena BIRD\\nIt rained in Kyiv on Thursday, residents said.")
    >>> article.photos[0].caption, article.photos[0].photographer, article.photos[0].agency
    ('Rain in Kyiv', 'Olena Bird', 'AFP')
    """
    options = Options.of(options, said)
    document = read_text(text, url=options.url, language=options.language)
    document.repeated = options.repeated
    return clean_document(document, options)


def clean_html(html: bytes | str, options: Options | None = None, **said: Unpack[Said]) -> Article:
    """Return the article in a page: what `clean_text` does, with the page's markup and metadata to go by.

    `html` is the page's bytes, or its text where the encoding is known; the option `charset` is what its HTTP header
    said of the bytes. Raises what `clean_text` raises, and NotText for bytes that are no page.

    >>> clean_html("<article><p>It rained in Kyiv on Thursday.</p></article>").text
    'It rained in Kyiv on Thursday.'
    """
    from cleaners.read_html import read_html  # the parser is for pages only

    options = Options.of(options, said)
    document = read_html(html, url=options.url, charset=options.charset, repeated=options.repeated)
    document.language = options.language or document.language
    return clean_document(document, options)
