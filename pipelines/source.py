"""One page or text to its article, or to what went wrong: a row of a batch, an item of a crawl, a task of a worker."""

from __future__ import annotations

from dataclasses import dataclass

from cleaners import Article, EmptyInput, NoArticle, Options, WirecleanError
from cleaners.blocks import Document
from cleaners.documents import clean_document
from cleaners.inputs import read_document
from cleaners.read.decode import decode_text
from cleaners.read.html import read_html
from cleaners.read.text import read_text


@dataclass(frozen=True, slots=True)
class Source:
    """A page or text on its way, and where it came from.

    `name` is the file it stood in, `number` that file's place among the inputs, and `row` the page's number in it, from
    1 (0 for a file that is one page). A file without `content` is read when it is cleaned. `read` are the bytes of all
    inputs up to here. `error` says why there is nothing to clean. `date` and `digest` are those of an archive's record.
    """

    name: str
    row: int = 0
    content: bytes | str | None = None
    is_page: bool = True
    url: str | None = None
    charset: str | None = None
    date: str | None = None
    digest: str | None = None
    error: Exception | None = None
    read: int = 0
    number: int = 0


def open_source(source: Source, options: Options) -> Document:
    """Return the document in a source; raises what `cleaners.inputs.read_document` raises.

    >>> [block.text for block in open_source(Source("rain", 1, "It rained.", is_page=False), Options()).blocks]
    ['It rained.']
    """
    options = options._replace(url=source.url or options.url, charset=source.charset or options.charset)
    if source.content is None:
        return read_document(source.name, options)
    if not source.content:
        raise EmptyInput("no page" if source.is_page else "no text")
    if source.is_page:
        return read_html(source.content, options)
    text = source.content
    document = read_text(text if isinstance(text, str) else decode_text(text, options.charset), options)
    if not document.blocks:
        raise EmptyInput("empty")
    return document


def clean_source(
    content: bytes | str | None, options: Options, *, is_page: bool, url: str | None = None
) -> tuple[Article | None, str | None]:
    """Return the article in a page or text and None, or what is known and what went wrong. Raises nothing.

    >>> clean_source(b"", Options(), is_page=True)
    (None, 'empty-input: no page')
    """
    try:
        source = Source("", 1, content or b"", is_page, url)
        article = clean_document(open_source(source, options), options)
        return article, None if article.body else named(NoArticle("no article in it"))
    except Exception as error:  # one bad row is one row
        return None, named(error)


def article_in(source: Source, options: Options) -> Article:
    """Return the article in a source. Raises NoArticle for one without, and what `open_source` raises."""
    article = clean_document(open_source(source, options), options)
    if not article.body:
        raise NoArticle("no article in it")
    return article


def named(error: BaseException) -> str:
    """Return an error as its row says it: a word for its kind to count by, and what happened.

    >>> named(NoArticle("no article in it")), named(RecursionError("too deep"))
    ('no-article: no article in it', 'RecursionError: too deep')
    """
    kind = _kind(type(error).__name__) if isinstance(error, WirecleanError) else type(error).__name__
    return f"{kind}: {error}".rstrip(": ")


def _kind(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")
