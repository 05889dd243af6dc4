"""What comes out: an article and its parts, all immutable, and their plain form for JSON."""

from __future__ import annotations

from datetime import date, datetime

from cleaners.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is for type checkers: 5 ms of a start-up
    from collections.abc import Mapping
    from typing import Any

#: The version of the plain form; `cleaners/article.schema.json` describes it. A field that is added keeps the
#: version, a field that changes its meaning or goes away raises it.
SCHEMA_VERSION = 1


class Paragraph(Value):
    """A paragraph of the body."""

    text: str


class Heading(Value):
    """A crosshead, without the dashes that agencies print around it. `level` is 2 to 6, as in HTML."""

    text: str
    level: int = 2


class Photo(Value):
    """A photo of the story: what its lines say and where it stood.

    `credit` is as printed, `photographer` in name case, `agency` the agency's short name; `position` is the number
    of body elements that stand before the photo; `printed` are the input's lines that became this photo; `url`
    and `width` (pixels) are known for pages only.
    """

    caption: str | None = None
    credit: str | None = None
    photographer: str | None = None
    agency: str | None = None
    position: int = 0
    url: str | None = None
    width: int | None = None
    printed: tuple[str, ...] = ()


class Rights(Value):
    """The rights line as printed, who holds the rights, and the year."""

    text: str
    holder: str | None = None
    year: int | None = None


class FieldLine(Value):
    """An input line that became a field of the article (`label` says which: byline, date, rights …)."""

    text: str
    label: str
    rule: str
    line: int


class Removed(Value):
    """An input line that was taken away, and why."""

    text: str
    label: str
    rule: str
    line: int


class Reason(Value):
    """What became of a line, and why.

    `line` counts from 1 and is a page's block where the input is a page; `label` is what the line was found to be,
    `rule` what found it, `confidence` how sure that rule is (0 to 1). The line is now in the article's `part` ("body",
    "photos", "fields" or "removed"), at `index`: `getattr(article, reason.part)[reason.index]`. `path` are the tags
    around a page's block, `""` for a text.
    """

    text: str
    line: int
    label: str
    rule: str
    confidence: float
    part: str
    index: int
    path: str = ""


class Article(Value):
    """A cleaned article. Every non-blank input line is in exactly one of body, photos, fields and removed."""

    body: tuple[Paragraph | Heading, ...] = ()
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    modified: date | datetime | None = None
    agency: str | None = None
    dateline: str | None = None
    language: str | None = None
    photos: tuple[Photo, ...] = ()
    rights: Rights | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    url: str | None = None
    site_name: str | None = None
    paywalled: bool | None = None
    fields: tuple[FieldLine, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def text(self) -> str:
        """The body's paragraphs and headings, a line each."""
        return "\n".join(part.text for part in self.body)

    def to_dict(self) -> dict[str, Any]:
        """Return the article as plain values, ready for JSON: what `cleaners/article.schema.json` describes.

        >>> Article(body=(Paragraph("It rained."),), language="en").to_dict()["body"]
        [{'type': 'paragraph', 'text': 'It rained.'}]
        """
        return {
            "schema": SCHEMA_VERSION,
            "title": self.title,
            "authors": list(self.authors),
            "published": self.published.isoformat() if self.published else None,
            "modified": self.modified.isoformat() if self.modified else None,
            "agency": self.agency,
            "dateline": self.dateline,
            "language": self.language,
            "section": self.section,
            "keywords": list(self.keywords),
            "url": self.url,
            "site_name": self.site_name,
            "paywalled": self.paywalled,
            "text": self.text,
            "body": [_plain_part(part) for part in self.body],
            "photos": [_plain_photo(photo) for photo in self.photos],
            "rights": _plain_rights(self.rights),
            "fields": [_plain_line(line) for line in self.fields],
            "removed": [_plain_line(line) for line in self.removed],
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Article:
        """Return the article that `to_dict` gave: `Article.from_dict(a.to_dict()) == a`.

        Raises ValueError for another version of the schema and KeyError for a form without a body.

        >>> article = Article(body=(Heading("Rain", 3),), published=date(2024, 10, 24))
        >>> Article.from_dict(article.to_dict()) == article
        True
        """
        if plain.get("schema") != SCHEMA_VERSION:
            raise ValueError(f"article schema {plain.get('schema')!r} is not {SCHEMA_VERSION}")
        rights = plain.get("rights")
        return cls(
            body=tuple(_part(part) for part in plain["body"]),
            title=plain.get("title"),
            authors=tuple(plain.get("authors", ())),
            published=_moment(plain.get("published")),
            modified=_moment(plain.get("modified")),
            agency=plain.get("agency"),
            dateline=plain.get("dateline"),
            language=plain.get("language"),
            photos=tuple(_photo(photo) for photo in plain.get("photos", ())),
            rights=Rights(rights["text"], rights.get("holder"), rights.get("year")) if rights else None,
            section=plain.get("section"),
            keywords=tuple(plain.get("keywords", ())),
            url=plain.get("url"),
            site_name=plain.get("site_name"),
            paywalled=plain.get("paywalled"),
            fields=tuple(FieldLine(**line) for line in plain.get("fields", ())),
            removed=tuple(Removed(**line) for line in plain.get("removed", ())),
        )


def _plain_part(part: Paragraph | Heading) -> dict[str, Any]:
    if isinstance(part, Heading):
        return {"type": "heading", "text": part.text, "level": part.level}
    return {"type": "paragraph", "text": part.text}


def _part(plain: Mapping[str, Any]) -> Paragraph | Heading:
    if plain["type"] == "heading":
        return Heading(plain["text"], plain.get("level", 2))
    return Paragraph(plain["text"])


def _plain_photo(photo: Photo) -> dict[str, Any]:
    return {
        "caption": photo.caption,
        "credit": photo.credit,
        "photographer": photo.photographer,
        "agency": photo.agency,
        "position": photo.position,
        "url": photo.url,
        "width": photo.width,
        "printed": list(photo.printed),
    }


def _photo(plain: Mapping[str, Any]) -> Photo:
    return Photo(**{**plain, "printed": tuple(plain.get("printed", ()))})


def _plain_rights(rights: Rights | None) -> dict[str, Any] | None:
    return {"text": rights.text, "holder": rights.holder, "year": rights.year} if rights else None


def _plain_line(line: FieldLine | Removed) -> dict[str, Any]:
    return {"text": line.text, "label": line.label, "rule": line.rule, "line": line.line}


def _moment(printed: str | None) -> date | datetime | None:
    """Return the date, or the date and time where the form has a time of day."""
    if not printed:
        return None
    return datetime.fromisoformat(printed) if "T" in printed else date.fromisoformat(printed)
