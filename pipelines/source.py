"""One page or text to its article, or to what went wrong: a row of a batch, an item of a crawl, a task of a worker."""

from __future__ import annotations

from cleaners import (
    Article,
    EmptyInput,
    NoArticle,
    Options,
    WirecleanError,
    clean_html,
    clean_text,
    decode_text,
)


def clean_source(
    source: bytes | str | None, options: Options, *, is_page: bool, url: str | None = None
) -> tuple[Article | None, str | None]:
    """Return the article in a page or text and None, or what is known and what went wrong. Raises nothing.

    >>> clean_source(b"", Options(), is_page=True)
    (None, 'empty-input: no page')
    """
    try:
        if not source:
            raise EmptyInput("no page" if is_page else "no text")
        if url:
            options = options._replace(url=url)
        if is_page:
            article = clean_html(source, options)
        else:
            article = clean_text(
                decode_text(source, options.charset) if isinstance(source, bytes) else source, options
            )
        return article, None if article.body else named(NoArticle("no article in it"))
    except Exception as error:  # one bad row is one row
        return None, named(error)


def named(error: BaseException) -> str:
    """Return an error as its row says it: a word for its kind to count by, and what happened.

    >>> named(NoArticle("no article in it")), named(RecursionError("too deep"))
    ('no-article: no article in it', 'RecursionError: too deep')
    """
    kind = _kind(type(error).__name__) if isinstance(error, WirecleanError) else type(error).__name__
    return f"{kind}: {error}".rstrip(": ")


def _kind(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")
