"""The photos of an article as a table."""

from __future__ import annotations

from cleaners.article import Article
from cleaners.formats.columns import align

_HEAD = ("#", "after", "photographer", "agency", "credit as printed", "caption")


def write_photos(article: Article) -> str:
    """Return a table of the photos: number, body elements before it, photographer, agency, credit, caption.

    >>> from cleaners.article import Photo
    >>> photo = Photo("Rain in Kyiv", "© AFP – Olena BIRD", "Olena Bird", "AFP", 3)
    >>> print(write_photos(Article(photos=(photo,))), end="")
    #  after  photographer  agency  credit as printed   caption
    1      3  Olena Bird    AFP     © AFP – Olena BIRD  Rain in Kyiv
    """
    rows = [_HEAD] + [
        (
            str(number),
            str(photo.position),
            photo.photographer or "-",
            photo.agency or "-",
            photo.credit or "-",
            photo.caption or "-",
        )
        for number, photo in enumerate(article.photos, 1)
    ]
    return "".join(line + "\n" for line in align(rows, right=[0, 1]))
