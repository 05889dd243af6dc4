"""The article as a page: an `<article>` with its headline, figures, headings and rights line, and nothing else."""

from __future__ import annotations

from html import escape

from cleaners.article import Article, Heading, Photo
from cleaners.formats import Cleaned, Format
from cleaners.formats._order import in_reading_order

#: Languages whose usual script runs from right to left, by the first part of their tags.
_RIGHT_TO_LEFT = frozenset("ar ckb dv fa he ps sd ug ur yi".split())


def write_html(cleaned: Cleaned) -> str:
    """Return the article as a page; its `<article>` alone where others are written to the same place.

    The markup is XML as well, and whatever the text says of its own is escaped.

    >>> from cleaners.article import Paragraph
    >>> print(write_html(Cleaned(Article(body=(Paragraph("2 < 3"),), language="en"), alone=False)), end="")
    <article lang="en">
    <p>2 &lt; 3</p>
    </article>
    """
    article = cleaned.article
    if not article.body:
        return ""
    written = (
        f"<article{_language(article)}>\n{_header(article)}{html_body(article)}{_footer(article)}</article>\n"
    )
    if not cleaned.alone:
        return written
    title = escape(article.title or "", quote=False)
    head = f'<head>\n<meta charset="utf-8"/>\n<title>{title}</title>\n</head>'
    return f"<!DOCTYPE html>\n<html{_language(article)}>\n{head}\n<body>\n{written}</body>\n</html>\n"


def html_body(article: Article) -> str:
    """Return the body's paragraphs and headings, and the photos as figures where they stood.

    >>> print(html_body(Article(body=(Heading("Rain", 3),), photos=(Photo("In Kyiv", "AFP"),))), end="")
    <figure>
    <figcaption>In Kyiv <small>AFP</small></figcaption>
    </figure>
    <h3>Rain</h3>
    """
    lines = []
    for part in in_reading_order(article):
        if isinstance(part, Photo):
            lines.append(_figure(part))
        else:
            tag = f"h{part.level}" if isinstance(part, Heading) else "p"
            lines.append(f"<{tag}>{escape(part.text, quote=False)}</{tag}>\n")
    return "".join(lines)


def direction(language: str | None) -> str:
    """Return how a language is written: "rtl", "ltr", or "auto" where it is not known.

    >>> direction("ar-EG"), direction("en"), direction(None)
    ('rtl', 'ltr', 'auto')
    """
    if not language:
        return "auto"
    return "rtl" if language.lower().split("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _language(article: Article) -> str:
    """Return the attributes that say how a text is read."""
    way = direction(article.language)
    told = f' lang="{escape(article.language)}"' if article.language else ""
    return told if way == "ltr" else f'{told} dir="{way}"'


def _header(article: Article) -> str:
    lines = []
    if article.title:
        lines.append(f"<h1>{escape(article.title, quote=False)}</h1>\n")
    facts = [f'<span class="byline">{escape(", ".join(article.authors))}</span>'] if article.authors else []
    if article.agency:
        facts.append(f'<span class="agency">{escape(article.agency, quote=False)}</span>')
    if article.published:
        moment = article.published.isoformat()
        facts.append(f'<time datetime="{moment}">{moment}</time>')
    if facts:
        lines.append(f"<p>{' · '.join(facts)}</p>\n")
    return f"<header>\n{''.join(lines)}</header>\n" if lines else ""


def _footer(article: Article) -> str:
    if not article.rights:
        return ""
    return f"<footer>\n<p><small>{escape(article.rights.text, quote=False)}</small></p>\n</footer>\n"


def _figure(photo: Photo) -> str:
    """Return a photo as a figure; its address only where a browser would fetch it, which `javascript:` is not."""
    image = ""
    if photo.url and photo.url.startswith(("https://", "http://")):
        width = f' width="{photo.width}"' if photo.width else ""
        image = f'<img src="{escape(photo.url)}" alt=""{width}/>\n'
    words = [escape(photo.caption, quote=False)] if photo.caption else []
    if photo.credit:
        words.append(f"<small>{escape(photo.credit, quote=False)}</small>")
    caption = f"<figcaption>{' '.join(words)}</figcaption>\n" if words else ""
    return f"<figure>\n{image}{caption}</figure>\n" if image or caption else ""


FORMAT = Format(write_html, suffix=".html", between="")
