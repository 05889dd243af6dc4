"""The lines of an input in their order, each with what became of it: what a report shows."""

from __future__ import annotations

from collections import Counter, deque

from cleaners.article import Article, Heading, Photo, Reason
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What a reader sees of each part of an article, by the name of the part.
KINDS = {"body": "kept", "photos": "photo", "fields": "field", "removed": "cut"}


class Line(Value):
    """A line as it was given: `kind` is kept, cut, photo or field; `photo` is the number of its photo, from 0.

    `why` is the rule that decided, and how sure it was where that is known.
    """

    number: int
    text: str
    kind: str
    label: str
    rule: str = ""
    why: str = ""
    photo: int | None = None


def list_lines(article: Article, reasons: Sequence[Reason] = ()) -> list[Line]:
    """Return the lines of the input that became the article.

    Without reasons, which an article does not keep, lines of the body and of photos have no rule, and stand where the
    numbered ones leave room: just there in a page, whose blocks are counted without gaps.

    >>> from cleaners import explain_text
    >>> article, reasons = explain_text("It rained in Kyiv on Thursday.\\nPost navigation")
    >>> [(line.kind, line.why) for line in list_lines(article, reasons)][1]
    ('cut', 'navigation.post-navigation, 99 %')
    >>> [(line.number, line.kind) for line in list_lines(article)]
    [(1, 'kept'), (2, 'cut')]
    """
    if not reasons:
        return list(_from_article(article))
    return [
        Line(
            reason.line,
            reason.text,
            KINDS[reason.part],
            reason.label,
            reason.rule,
            f"{reason.rule}, {reason.confidence:.0%}".replace("%", " %"),
            reason.index if reason.part == "photos" else None,
        )
        for reason in reasons
    ]


def count_cuts(lines: Sequence[Line]) -> list[tuple[str, int]]:
    """Return the labels of the lines that were cut, the most frequent first, each with its number.

    >>> count_cuts([Line(1, "Advertisement", "cut", "ad"), Line(2, "It rained.", "kept", "body")])
    [('ad', 1)]
    """
    return Counter(line.label for line in lines if line.kind == "cut").most_common()


def photos_without_lines(article: Article, lines: Sequence[Line]) -> list[Photo]:
    """Return the photos that no line of the input speaks of: the markup alone shows them.

    >>> photos_without_lines(Article(photos=(Photo(url="https://example.org/rain.jpg"),)), [])[0].url
    'https://example.org/rain.jpg'
    """
    told = {line.photo for line in lines}
    return [photo for number, photo in enumerate(article.photos) if number not in told]


def _from_article(article: Article) -> Iterator[Line]:
    """Yield the lines that an article has kept, by their numbers as far as it has them."""
    numbered = {
        line.line: Line(line.line, line.text, "cut", line.label, line.rule, line.rule)
        for line in article.removed
    }
    for field in article.fields:
        numbered[field.line] = Line(field.line, field.text, "field", field.label, field.rule, field.rule)
    others = deque(_unnumbered(article))
    number = 0
    while others:
        number += 1
        if number in numbered:
            yield numbered.pop(number)
        else:
            yield others.popleft()._replace(number=number)
    yield from (numbered[number] for number in sorted(numbered))


def _unnumbered(article: Article) -> Iterator[Line]:
    photos = deque(enumerate(article.photos))
    for position, part in enumerate((*article.body, None)):
        while photos and (part is None or photos[0][1].position <= position):
            number, photo = photos.popleft()
            for text in photo.printed:
                yield Line(0, text, "photo", "caption", photo=number)
        if part is not None:
            yield Line(0, part.text, "kept", "heading" if isinstance(part, Heading) else "body")
