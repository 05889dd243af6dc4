"""What is worked on: a document is a list of blocks, and each block gets one verdict."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple


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


class Block:
    """One line of a text, or one block-level element of a page.

    `text` has no line breaks and no space at its ends; `line` counts from 1 (for a page: the block's number);
    `path` is the tag path of a page's block ("body/div.article/p"), empty for text; `hint` is what the markup says
    outright (figcaption, h2, …).
    """

    __slots__ = ("hint", "line", "path", "text")

    def __init__(self, text: str, line: int, path: str = "", hint: Label | None = None) -> None:
        self.text = text
        self.line = line
        self.path = path
        self.hint = hint

    def __repr__(self) -> str:
        return f"Block({self.text!r}, {self.line!r}, {self.path!r}, {self.hint!r})"


class Verdict(NamedTuple):
    """What a block was found to be, which rule found it, and how sure that rule is (0 to 1)."""

    label: Label
    rule: str
    confidence: float = 1.0


class Document:
    """The blocks in reading order, and what the input says of itself.

    `page` is what only a page has, the `Page` of read_html; `notes` are what its readers and judges tell one another.
    """

    __slots__ = ("blocks", "language", "notes", "page", "url")

    def __init__(
        self,
        blocks: list[Block],
        language: str | None = None,
        url: str | None = None,
        page: Any = None,
        notes: dict[str, Any] | None = None,
    ) -> None:
        self.blocks = blocks
        self.language = language
        self.url = url
        self.page = page
        self.notes: dict[str, Any] = {} if notes is None else notes
