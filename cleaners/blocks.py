"""What is worked on: a document is a list of blocks, and each block gets one verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Label(StrEnum):
    """What a block is. The first group makes the article, the second is taken away as junk."""

    BODY = "body"
    HEADING = "heading"
    TITLE = "title"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    AGENCY = "agency"
    CAPTION = "caption"
    CREDIT = "credit"
    RIGHTS = "rights"

    AD = "ad"
    NAVIGATION = "navigation"
    SHARING = "sharing"
    RELATED = "related"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    NOTICE = "notice"
    TAGS = "tags"
    READING_TIME = "reading-time"
    SIGNOFF = "signoff"
    BOILERPLATE = "boilerplate"


#: Labels whose blocks are the article's text.
TEXT_LABELS = frozenset({Label.BODY, Label.HEADING})
#: Labels whose blocks become a field of the article.
FIELD_LABELS = frozenset({Label.TITLE, Label.BYLINE, Label.DATE, Label.DATELINE, Label.AGENCY, Label.RIGHTS})
#: Labels whose blocks become photos.
PHOTO_LABELS = frozenset({Label.CAPTION, Label.CREDIT})
#: Labels whose blocks are taken away.
JUNK_LABELS = frozenset(Label) - TEXT_LABELS - FIELD_LABELS - PHOTO_LABELS


@dataclass(slots=True)
class Block:
    """One line of a text, or one block-level element of a page.

    `text` has no line breaks and no space at its ends; `line` counts from 1 (for a page: the block's number);
    `path` is the tag path of a page's block ("body/div.article/p"), empty for text.
    """

    text: str
    line: int
    path: str = ""
    hint: Label | None = None  # what the markup says outright: figcaption, h2, …


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a block was found to be, which rule found it, and how sure that rule is (0 to 1)."""

    label: Label
    rule: str
    confidence: float = 1.0


@dataclass(slots=True)
class Document:
    """The blocks in reading order, and what the input says of itself."""

    blocks: list[Block]
    language: str | None = None
    url: str | None = None
    page: Any = None  # what only a page has: read_html sets it to its Page
    notes: dict[str, Any] = field(default_factory=dict)
