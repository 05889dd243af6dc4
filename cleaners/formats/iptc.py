"""The photos of an article as fields of the IPTC Photo Metadata Standard, named as editing programs name them."""

from __future__ import annotations

import json
import re

from cleaners.article import Photo
from cleaners.formats import Cleaned, Format
from cleaners.read.characters import without_surrogates

#: What makes a notice of copyright of the credit behind it, and how many characters may be between: a year, a colon.
_COPYRIGHT = re.compile(r"©|\(c\)|\bcopyright\b", re.IGNORECASE)
_BETWEEN = 20


def write_iptc(cleaned: Cleaned) -> str:
    """Return the photos as JSON, each with its number, its address and its fields; one line where others follow.

    >>> from cleaners.article import Article
    >>> photo = Photo("Rain in Kyiv", "© AFP – Olena BIRD", "Olena Bird", "AFP")
    >>> json.loads(write_iptc(Cleaned(Article(photos=(photo,)))))["photos"][0]["Source"]
    'AFP'
    """
    if not cleaned.article.photos:
        return ""
    named = {} if cleaned.source is None else {"source": without_surrogates(cleaned.source)}
    photos = [
        {"Number": number, **({"Address": photo.url} if photo.url else {}), **iptc_fields(photo)}
        for number, photo in enumerate(cleaned.article.photos, 1)
    ]
    told = {**named, **(cleaned.place or {}), "photos": photos}
    return json.dumps(told, ensure_ascii=False, indent=2 if cleaned.alone else None) + "\n"


def iptc_fields(photo: Photo) -> dict[str, str | list[str]]:
    """Return what is known of a photo by the names of the IPTC Photo Metadata Standard.

    Caption (today "Description"), Creator (the photographer, a list as in the standard), Credit Line, Copyright Notice
    (the credit with the sign that was printed before it, if one was) and Source (the agency). What is not known is not
    there.

    >>> iptc_fields(Photo("Rain", "Olena Bird/AFP", "Olena Bird", "AFP"))
    {'Caption': 'Rain', 'Creator': ['Olena Bird'], 'Credit Line': 'Olena Bird/AFP', 'Source': 'AFP'}
    >>> iptc_fields(Photo(credit="AFP", printed=("Rain © 2024 AFP",)))["Copyright Notice"]
    '© 2024 AFP'
    """
    told: dict[str, str | list[str] | None] = {
        "Caption": photo.caption,
        "Creator": [photo.photographer] if photo.photographer else None,
        "Credit Line": photo.credit,
        "Copyright Notice": _notice(photo),
        "Source": photo.agency,
    }
    return {name: value for name, value in told.items() if value}


def _notice(photo: Photo) -> str | None:
    """Return the credit with the sign of copyright that stands before it on a line of the photo, if one does."""
    credit = photo.credit
    if not credit or _COPYRIGHT.match(credit):
        return credit
    for line in photo.printed:
        for sign in _COPYRIGHT.finditer(line):
            at = line.find(credit, sign.start(), sign.end() + _BETWEEN + len(credit))
            if at >= 0:
                return line[sign.start() : at + len(credit)]
    return None


FORMAT = Format(write_iptc, suffix=".json", between="", views=("photos",))
