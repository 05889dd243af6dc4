"""The article in reading order: its photos where they stood in the body."""

from __future__ import annotations

from cleaners.article import Article, Heading, Paragraph, Photo

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Characters that a photo's line has besides its caption and its credit: brackets, "Photo: ©".
_BESIDE = 20


def in_reading_order(article: Article) -> Iterator[Paragraph | Heading | Photo]:
    """Yield the parts of the body with the photos between them.

    Where captions are kept in the body, their words are printed there, and the photo comes without them: they are
    printed once.

    >>> article = Article(body=(Paragraph("It rained."), Paragraph("It stopped.")), photos=(Photo("Sun", position=1),))
    >>> [type(part).__name__ for part in in_reading_order(article)]
    ['Paragraph', 'Photo', 'Paragraph']
    """
    photos = iter([_unless_printed(photo, article.body) for photo in article.photos])
    photo = next(photos, None)
    for position, part in enumerate(article.body):
        while photo and photo.position <= position:
            yield photo
            photo = next(photos, None)
        yield part
    if photo:
        yield photo
        yield from photos


def _unless_printed(photo: Photo, body: Sequence[Paragraph | Heading]) -> Photo:
    """Return the photo without the words that stand in the body: its caption alone, or with its credit behind it."""
    caption, credit = photo.caption, photo.credit or ""
    for part in body if caption else ():
        if isinstance(part, Paragraph) and part.text.startswith(caption or ""):
            rest = part.text[len(caption or "") :]
            if len(rest) <= len(credit) + _BESIDE and (credit in rest if credit else not _goes_on(rest)):
                return photo._replace(caption=None, credit=None)
    return photo


def _goes_on(rest: str) -> bool:
    """Return whether words stand behind a caption, so that it is the beginning of a sentence."""
    return any(map(str.isalnum, rest))
