"""The article as a schema.org NewsArticle in JSON-LD: what search engines and knowledge graphs read."""

from __future__ import annotations

import json

from cleaners.article import Article, Photo
from cleaners.formats import Cleaned, Format
from cleaners.formats.iptc import iptc_fields

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Any


def write_schemaorg(cleaned: Cleaned) -> str:
    """Return the article as JSON-LD, on one line where others are written to the same place.

    `<` is escaped: the text can stand in a page's `<script type="application/ld+json">` as it is.

    >>> from cleaners.article import Paragraph
    >>> article = Article(body=(Paragraph("Rain </script> fell."),), agency="AFP")
    >>> write_schemaorg(Cleaned(article, alone=False))[:52]
    '{"@context": "https://schema.org", "@type": "NewsArt'
    """
    if not cleaned.article.body:
        return ""
    told = news_article(cleaned.article)
    written = json.dumps(told, ensure_ascii=False, indent=2 if cleaned.alone else None)
    return written.replace("<", "\\u003c") + "\n"


def news_article(article: Article) -> dict[str, Any]:
    """Return the article as a NewsArticle; what is not known is not there.

    >>> news_article(Article(title="Rain", authors=("Olena Bird",)))["author"]
    [{'@type': 'Person', 'name': 'Olena Bird'}]
    """
    rights = article.rights
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "author": [_named("Person", name) for name in article.authors],
        "datePublished": article.published and article.published.isoformat(),
        "dateModified": article.modified and article.modified.isoformat(),
        "dateline": article.dateline,
        "sourceOrganization": _named("NewsMediaOrganization", article.agency),
        "publisher": _named("Organization", article.site_name),
        "inLanguage": article.language,
        "articleSection": article.section,
        "keywords": list(article.keywords),
        "url": article.url,
        "isAccessibleForFree": None if article.paywalled is None else not article.paywalled,
        "articleBody": article.text,
        "image": [_image(photo) for photo in article.photos],
        "copyrightNotice": rights and rights.text,
        "copyrightHolder": _named("Organization", rights and rights.holder),
        "copyrightYear": rights and rights.year,
    }
    return _known(told)


def _image(photo: Photo) -> dict[str, Any]:
    fields = iptc_fields(photo)
    # A width without a unit would be of metres or feet; E37 are pixels (UN/CEFACT, recommendation 20).
    width = {"@type": "QuantitativeValue", "value": photo.width, "unitCode": "E37"} if photo.width else None
    return _known(
        {
            "@type": "ImageObject",
            "contentUrl": photo.url,
            "caption": photo.caption,
            "creator": _named("Person", photo.photographer),
            "creditText": photo.credit,
            "copyrightNotice": fields.get("Copyright Notice"),
            "sourceOrganization": _named("NewsMediaOrganization", photo.agency),
            "width": width,
        }
    )


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _known(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in (None, "", [])}


FORMAT = Format(write_schemaorg, suffix=".jsonld", between="")
