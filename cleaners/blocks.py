"""What is worked on: a document is a list of blocks, and each block gets one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from cleaners.article import Photo
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import overload

    from cleaners.read.html import Page


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


class Markup:
    """What a page's markup says of a block: hints, not verdicts.

    `tag` is the block's element and `container` its number on the page; `link_share` is the share of the block's
    characters that stand in links. `paths` makes tag paths of numbers of elements. Made as cheaply as blocks are.
    """

    __slots__ = ("container", "link_share", "paths", "tag")

    def __init__(
        self,
        tag: str,
        container: int = -1,
        link_share: float = 0.0,
        paths: Callable[[int], str] | None = None,
    ) -> None:
        self.tag = tag
        self.container = container
        self.link_share = link_share
        self.paths = paths

    @property
    def level(self) -> int | None:
        """The level of a heading, 1 to 6; None for any other element.

        >>> Markup("h2").level, Markup("hr").level
        (2, None)
        """
        return _LEVELS.get(self.tag)

    @property
    def path(self) -> str:
        """The tags around the block and its own, each with its first class: "body/div.story/p".

        Made when it is asked for: few want it.
        """
        return self.paths(self.container) if self.paths else self.tag


_LEVELS = {f"h{level}": level for level in range(1, 7)}


class Block:
    """One line of a text, or one block-level element of a page.

    `text` has no line breaks and no space at its ends; `line` counts from 1 (for a page: the block's number);
    `markup` is what the markup of a page says of it, None in a text. There are a thousand of them, so they are made as
    cheaply as can be, which a Value is not.
    """

    __slots__ = ("line", "markup", "text")

    def __init__(self, text: str, line: int, markup: Markup | None = None) -> None:
        self.text = text
        self.line = line
        self.markup = markup

    def __repr__(self) -> str:
        return f"Block({self.text!r}, {self.line!r}, {self.markup!r})"


class Column(Sequence[Block]):
    """The lines of a text that has very many: a block is made when it is asked for.

    Blocks take a hundred bytes each, lines in a column eight and what their letters take.
    """

    def __init__(self, blocks: Iterable[Block]) -> None:
        from array import array  # for such texts

        self._texts: list[str] = []
        self._lines = array("l")
        for block in blocks:
            self._texts.append(block.text)
            self._lines.append(block.line)

    def __len__(self) -> int:
        return len(self._texts)

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, place: int) -> Block: ...

        @overload
        def __getitem__(self, place: slice) -> list[Block]: ...

        def __getitem__(self, place: int | slice) -> Block | list[Block]: ...
    else:

        def __getitem__(self, place: int | slice) -> Block | list[Block]:
            if isinstance(place, slice):
                return list(map(Block, self._texts[place], self._lines[place]))
            return Block(self._texts[place], self._lines[place])

    def __iter__(self) -> Iterator[Block]:
        return map(Block, self._texts, self._lines)


#: Of so many blocks a list is made; no page and no story has more.
MANY = 20_000


def gather(blocks: Iterable[Block], most: int) -> Sequence[Block]:
    """Return a text's blocks, of which there are `most` at most, in a list; in a column where that may be very many.

    >>> gather([Block("It rained.", 1)], 1), gather([Block("It rained.", 1)], 1_000_000)[0]
    ([Block('It rained.', 1, None)], Block('It rained.', 1, None))
    """
    return list(blocks) if most <= MANY else Column(blocks)


class Verdict(Value):
    """What a block was found to be, which rule found it, and how sure that rule is (0 to 1).

    `read_as` is the field that a line is read for, though it stays in the body.
    """

    label: Label
    rule: str
    confidence: float = 1.0
    read_as: Label | None = None


class Figure(Value):
    """A photo, the number of the block before which it stands, and those of the blocks that it was made from."""

    photo: Photo
    before: int = 0
    blocks: tuple[int, ...] = ()


class Document:
    """The blocks in reading order, and what is known of them all.

    `page` is what only a page has: its tree, its elements and what it says of itself. `repeated` are the lines that
    the page's site prints on many pages (see cleaners.repeated), each with the number of articles. `figures` are the
    photos that the markup shows, once the blocks have their labels.
    """

    __slots__ = ("blocks", "figures", "language", "page", "repeated", "url")

    def __init__(
        self,
        blocks: Sequence[Block],
        language: str | None = None,
        url: str | None = None,
        page: Page | None = None,
        repeated: Mapping[str, int] | None = None,
    ) -> None:
        self.blocks = blocks
        self.figures: Sequence[Figure] = ()
        self.language = language
        self.url = url
        self.page = page
        self.repeated: Mapping[str, int] = {} if repeated is None else repeated
