"""What comes out: an article and its parts, all immutable, and their plain form for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from cleaners.errors import wrong_type
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
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

    `credit` is as printed but for its label ("Photo:"), © sign and brackets, `photographer` in name case, `agency`
    the agency's short name; `position` is the number of body elements that stand before the photo; `printed` are the
    input's lines that became this photo; `url` and `width` (pixels) are known for pages only.
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

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    modified: date | datetime | None = None
    agency: str | None = None
    dateline: str | None = None
    language: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    url: str | None = None
    site_name: str | None = None
    paywalled: bool | None = None
    body: tuple[Paragraph | Heading, ...] = ()
    photos: tuple[Photo, ...] = ()
    rights: Rights | None = None
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
        plain: dict[str, Any] = {"schema": SCHEMA_VERSION}
        for field in self.__match_args__:
            if field == "body":
                plain["text"] = self.text
            plain[field] = plain_value(getattr(self, field))
        return plain

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Article:
        """Return the article that `to_dict` gave: `Article.from_dict(a.to_dict()) == a`.

        Raises TypeError for what is no mapping, ValueError for another version of the schema and KeyError for a form
        without a body.

        >>> article = Article(body=(Heading("Rain", 3),), published=date(2024, 10, 24))
        >>> Article.from_dict(article.to_dict()) == article
        True
        """
        if not isinstance(plain, Mapping):
            raise wrong_type("an article's plain form", "a mapping, as to_dict returns it", plain)
        if plain.get("schema") != SCHEMA_VERSION:
            raise ValueError(f"article schema {plain.get('schema')!r} is not {SCHEMA_VERSION}")
        told: dict[str, Any] = {
            field: _read(field, plain[field]) for field in cls.__match_args__ if plain.get(field) is not None
        }
        told["body"] = tuple(map(_part, plain["body"]))
        return cls(**told)


def plain_value(value: Any) -> Any:
    """Return a value, or a field of one, as JSON has it; what may be of two kinds says its kind.

    >>> plain_value(Photo("Rain", width=640))["width"]
    640
    """
    if isinstance(value, Value):
        named = {"type": type(value).__name__.lower()} if isinstance(value, Paragraph | Heading) else {}
        fields: tuple[str, ...] = value.__match_args__
        return named | {field: plain_value(getattr(value, field)) for field in fields}
    if isinstance(value, tuple):
        return [plain_value(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def _part(plain: Mapping[str, Any]) -> Paragraph | Heading:
    if plain["type"] == "heading":
        return Heading(plain["text"], plain.get("level", 2))
    return Paragraph(plain["text"])


#: The kinds of the fields that are made of parts.
_KINDS: dict[str, type[Value]] = {"photos": Photo, "fields": FieldLine, "removed": Removed, "rights": Rights}


def _read(field: str, plain: Any) -> object:
    """Return the field that `_plain` gave, but for the body."""
    if isinstance(plain, list):
        return tuple([_read(field, part) for part in plain])
    if isinstance(plain, dict) and field in _KINDS:
        return _KINDS[field](**{name: _read(name, part) for name, part in plain.items()})
    if field in ("published", "modified"):
        return datetime.fromisoformat(plain) if "T" in plain else date.fromisoformat(plain)
    return plain
