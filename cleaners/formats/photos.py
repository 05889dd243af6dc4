"""The photos of an article as a table."""

from __future__ import annotations

from cleaners.columns import align
from cleaners.formats import Cleaned, Format

_HEAD = ("#", "after", "photographer", "agency", "credit", "caption")


def write_photos(cleaned: Cleaned) -> str:
    """Return a table of the photos: number, body elements before it, photographer, agency, credit, caption.

    An article without photos gives nothing.

    >>> from cleaners.article import Article, Photo
    >>> photo = Photo("Rain in Kyiv", "AFP – Olena BIRD", "Olena Bird", "AFP", 3)
    >>> print(write_photos(Cleaned(Article(photos=(photo,)))), end="")
    #  after  photographer  agency  credit            caption
    1      3  Olena Bird    AFP     AFP – Olena BIRD  Rain in Kyiv
    """
    if not cleaned.article.photos:
        return ""
    rows = [_HEAD] + [
        (
            str(number),
            str(photo.position),
            photo.photographer or "-",
            photo.agency or "-",
            photo.credit or "-",
            photo.caption or "-",
        )
        for number, photo in enumerate(cleaned.article.photos, 1)
    ]
    return "".join(line + "\n" for line in align(rows, right=[0, 1]))


FORMAT = Format(write_photos, headed=True, views=("photos",))
