"""What comes out: an article and its parts, all immutable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A crosshead, without the dashes that agencies print around it. `level` is 2 to 6, as in HTML."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Photo:
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


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights line as printed, who holds the rights, and the year."""

    text: str
    holder: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class FieldLine:
    """An input line that became a field of the article (`label` says which: byline, date, rights …)."""

    text: str
    label: str
    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class Removed:
    """An input line that was taken away, and why."""

    text: str
    label: str
    rule: str
    line: int


@dataclass(frozen=True, slots=True)
class Article:
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
