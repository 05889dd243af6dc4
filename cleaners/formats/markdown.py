"""The article as Markdown: headline, byline, body with crossheads, photos where they stood, rights."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cleaners.article import Heading, Paragraph, Photo
from cleaners.formats import Cleaned, Format

#: What Markdown would take for markup inside a line (CommonMark 0.31, section 6) …
_INLINE = re.compile(r"[\\`*_\[\]<]|&(?=#?\w{1,31};)|!(?=\[)")
#: … and at its start: headings, quotes, lists, rules and fences (section 4 and 5).
_START = re.compile(r"(?:#{1,6}|>|[-+]|=+|-+|~{3,})(?=\s|$)|~{3,}|-{3,}|>|\|")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
#: Characters that a photo's line has besides its caption and its credit: brackets, "Photo: ©".
_BESIDE = 20


def write_markdown(cleaned: Cleaned) -> str:
    """Return the article as Markdown; characters of the text that would be markup are escaped.

    >>> from cleaners.article import Article, Paragraph
    >>> article = Article(body=(Heading("Rain"), Paragraph("1. It rained *hard*.")))
    >>> print(write_markdown(Cleaned(article)), end="")
    ## Rain
    <BLANKLINE>
    1\\. It rained \\*hard\\*.
    """
    article = cleaned.article
    if not article.body:
        return ""
    parts: list[str] = []
    if article.title:
        parts.append(f"# {escape(article.title)}")
    facts = [", ".join(article.authors), article.agency, article.published and article.published.isoformat()]
    if article.title and any(facts):
        parts.append(f"*{escape(' · '.join(fact for fact in facts if fact))}*")
    photos = [_unless_printed(photo, article.body) for photo in article.photos]
    for position, element in enumerate(article.body):
        while photos and photos[0].position <= position:
            parts.append(_photo(photos.pop(0)))
        if isinstance(element, Heading):
            parts.append(f"{'#' * element.level} {escape(element.text)}")
        else:
            parts.append(escape(element.text))
    parts += map(_photo, photos)
    if article.rights:
        parts.append(f"*{escape(article.rights.text)}*")
    return "\n\n".join(filter(None, parts)) + "\n"


def escape(text: str) -> str:
    r"""Return the text with a backslash before whatever Markdown would take for markup.

    >>> escape("# 1 in [city_name]"), escape("- so it is"), escape("200 - 100")
    ('\\# 1 in \\[city\\_name\\]', '\\- so it is', '200 - 100')
    """
    text = _INLINE.sub(r"\\\g<0>", text)
    if _START.match(text):
        return "\\" + text
    return _NUMBERED.sub(r"\1\\\2", text, count=1) if _NUMBERED.match(text) else text


def _unless_printed(photo: Photo, body: Sequence[Paragraph | Heading]) -> Photo:
    """Return the photo without the words that stand in the body, where captions are kept: they are printed once."""
    caption, longest = photo.caption, len(photo.caption or "") + len(photo.credit or "") + _BESIDE
    for part in body if caption else ():
        if isinstance(part, Paragraph) and len(part.text) <= longest and part.text.startswith(caption or ""):
            return photo._replace(caption=None, credit=None)
    return photo


def _photo(photo: Photo) -> str:
    words, credit = escape(photo.caption or ""), escape(photo.credit or "")
    words = f"{words} ({credit})" if words and credit else words or credit
    if photo.url:
        return f"![{words}](<{photo.url.replace('>', '%3E').replace('<', '%3C')}>)"
    return f"> {words}" if words else ""


FORMAT = Format(write_markdown, suffix=".md")
