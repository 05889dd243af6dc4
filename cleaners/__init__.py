"""wireclean: the article out of a wire story's page or text, and a reason for every line that was taken away.

>>> from cleaners import clean_text
>>> article = clean_text("It rained in Kyiv on Thursday.\\n200% Deposit Bonus up to €3,000")
>>> article.text
'It rained in Kyiv on Thursday.'
>>> [(line.label, line.line) for line in article.removed]
[('ad', 2)]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from cleaners.pipeline import Mode, choose, clean_document
from cleaners.read_text import decode_text, read_text

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


def clean_text(
    text: str,
    *,
    url: str | None = None,
    language: str | None = None,
    keep: Iterable[str] = (),
    drop: Iterable[str] = (),
    mode: Mode = "balanced",
) -> Article:
    """Return the article in a text that has one paragraph on each line.

    `url` and `language` (a BCP 47 tag) are for what the caller knows; an unknown language is told from the text.
    Lines whose label is in `keep` stay in the body where they stand, lines whose label is in `drop` are taken away;
    `mode` says how hard to cut what no rule names. A text without an article gives an article without a body. Raises
    ValueError for a label or mode that does not exist.

    Pure and deterministic; `clean_text(a.text).text == a.text`; every line that is not blank is in exactly one of
    `body`, `photos`, `fields` and `removed`.

    >>> article = clean_text("Rain in Kyiv © AFP – Olena BIRD\\nIt rained in Kyiv on Thursday, residents said.")
    >>> article.photos[0].caption, article.photos[0].photographer, article.photos[0].agency
    ('Rain in Kyiv', 'Olena Bird', 'AFP')
    """
    return clean_document(read_text(text, url=url, language=language), choose(keep, drop, mode))


def clean_html(
    html: bytes | str,
    *,
    url: str | None = None,
    keep: Iterable[str] = (),
    drop: Iterable[str] = (),
    mode: Mode = "balanced",
    charset: str | None = None,
    repeated: Mapping[str, int] | None = None,
) -> Article:
    """Return the article in a page: what `clean_text` does, with the page's markup and metadata to go by.

    `html` is the page's bytes, or its text where the encoding is known; `charset` is what its HTTP header said of
    the bytes. `repeated` are the lines that the page's site prints on many pages, as
    `cleaners.repeated.normalise_line` spells them, with the number of articles. Raises what `clean_text` raises.

    >>> clean_html("<article><p>It rained in Kyiv on Thursday.</p></article>").text
    'It rained in Kyiv on Thursday.'
    """
    from cleaners.read_html import read_html  # the parser is for pages only

    document = read_html(html, url=url, charset=charset, repeated=repeated)
    return clean_document(document, choose(keep, drop, mode))
