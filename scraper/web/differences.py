"""What one edition of an article has that another has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cleaners.article import Article

#: Words of a paragraph beyond which it is shown whole: comparing takes the square of their number.
MOST_WORDS = 400
#: How alike two paragraphs must be for their words to be compared.
ALIKE = 0.4
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of both editions: `kind` is same, gone, new or changed; `parts` are its pieces, each of such a kind."""

    kind: str
    parts: tuple[tuple[str, str], ...]


def compare(before: Article, after: Article) -> list[Row]:
    """Return the lines of both editions in their order: headline, body, captions.

    >>> from cleaners.article import Paragraph
    >>> old, new = (Article(body=(Paragraph(text),)) for text in ("Two were hurt.", "Three were hurt."))
    >>> compare(old, new)[0].parts
    (('gone', 'Two'), ('new', 'Three'), ('same', ' were hurt.'))
    """
    old, new = _lines(before), _lines(after)
    rows: list[Row] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [Row("same", (("same", line),)) for line in old[i:j]]
        else:
            rows += _replaced(old[i:j], new[k:m])
    return rows


def _lines(article: Article) -> list[str]:
    captions = [" ".join(filter(None, (photo.caption, photo.credit))) for photo in article.photos]
    return [line for line in (article.title or "", *(part.text for part in article.body), *captions) if line]


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Yield lines in place of others, pair by pair where these are alike."""
    for gone, come in zip(old, new, strict=False):
        parts = tuple(_words(gone, come))
        if parts:
            yield Row("changed", parts)
        else:
            yield from (Row("gone", (("gone", gone),)), Row("new", (("new", come),)))
    both = min(len(old), len(new))
    yield from (Row("gone", (("gone", line),)) for line in old[both:])
    yield from (Row("new", (("new", line),)) for line in new[both:])


def _words(gone: str, come: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces of a line that changed; nothing where it became another line."""
    old, new = _WORDS.findall(gone), _WORDS.findall(come)
    if max(len(old), len(new)) > MOST_WORDS:
        return
    alike = SequenceMatcher(None, gone.split(), come.split(), autojunk=False)  # spaces are alike in all lines
    if alike.ratio() < ALIKE:
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i:j])
        else:
            if i < j:
                yield "gone", "".join(old[i:j])
            if k < m:
                yield "new", "".join(new[k:m])
