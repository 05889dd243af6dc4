"""The article as Markdown: headline, byline, body with crossheads, photos where they stood, rights."""

from __future__ import annotations

import json
import re

from cleaners.article import Article, Heading, Photo
from cleaners.formats import Cleaned, Format
from cleaners.formats._order import in_reading_order

#: What Markdown would take for markup inside a line (CommonMark 0.31, section 6) …
_INLINE = re.compile(r"[\\`*_\[\]<]|&(?=#?\w{1,31};)|!(?=\[)")
#: … and at its start: headings, quotes, lists, rules and fences (section 4 and 5).
_START = re.compile(r"(?:#{1,6}|>|[-+]|=+|-+|~{3,})(?=\s|$)|~{3,}|-{3,}|>|\|")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def write_markdown(cleaned: Cleaned) -> str:
    """Return the article as Markdown; characters of the text that would be markup are escaped.

    With metadata, what is known of the article stands before it as YAML, between lines of three dashes, as Jekyll,
    Hugo, Pandoc and Obsidian read it.

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
    parts: list[str] = [_header(article)] if cleaned.with_metadata else []
    if article.title:
        parts.append(f"# {escape(article.title)}")
    facts = [", ".join(article.authors), article.agency, article.published and article.published.isoformat()]
    if article.title and any(facts):
        parts.append(f"*{escape(' · '.join(fact for fact in facts if fact))}*")
    for part in in_reading_order(article):
        if isinstance(part, Photo):
            parts.append(_photo(part))
        elif isinstance(part, Heading):
            parts.append(f"{'#' * part.level} {escape(part.text)}")
        else:
            parts.append(escape(part.text))
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


def _photo(photo: Photo) -> str:
    words, credit = escape(photo.caption or ""), escape(photo.credit or "")
    words = f"{words} ({credit})" if words and credit else words or credit
    if photo.url:
        return f"![{words}](<{photo.url.replace('>', '%3E').replace('<', '%3C')}>)"
    return f"> {words}" if words else ""


#: What YAML wants escaped in a quoted string and JSON leaves bare (YAML 1.2.2, productions 1 and 34).
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def _header(article: Article) -> str:
    """Return the metadata as YAML. Each value is written as JSON, which YAML reads too, so that no text is markup."""
    told = article.to_dict()
    rows = {name: told[name] for name in METADATA if told[name] not in (None, [])}
    if article.rights:
        rows["rights"] = article.rights.text
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in rows.items()]
    header = _NOT_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", "".join(lines))
    return f"---\n{header}---"


#: The fields of an article that a header names, in this order.
METADATA = (
    "title", "authors", "published", "modified", "agency", "dateline", "language", "section", "keywords", "url",
    "site_name",
)  # fmt: skip

FORMAT = Format(write_markdown, suffix=".md", has_header=True)
