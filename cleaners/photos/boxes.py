"""The boxes around pictures: which element holds a picture's texts, and which say that it is another story's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from cleaners.blocks import Document, Figure
from cleaners.photos.images import find_address, read_description
from cleaners.photos.texts import (
    Piece,
    is_byline,
    is_furniture,
    kind_of,
    make_photo,
    names_elsewhere,
    names_picture,
    texts_of_box,
    texts_of_figure,
    told_credit,
)
from cleaners.read.characters import valid_line
from cleaners.read.titles import squeezed
from cleaners.wire.captions import read_caption

#: Elements around a picture that are looked at: those that say where it stands, its figures, its links, its text.
_MOST_AROUND: Final = 40
_NEAR: Final = 8
_LINKS: Final = 5
_WITH_TEXT: Final = 6
#: Nodes that are looked at in one box.
_MOST_STEPS: Final = 400
#: Characters of text in an element that holds an image and its caption, and in an element after the image.
_LONGEST_BOX: Final = 900
_LONGEST_BESIDE: Final = 600
#: Of the elements after an image, how many are looked at, and how many of those that have text.
_MOST_AFTER: Final = 8
_MOST_BESIDE: Final = 2
_SILENT: Final = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "button", "video", "audio", "iframe", "-comment", "source",
        "select", "blockquote", "nav", "table", "pre",
    )
)  # fmt: skip
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUTER: Final = frozenset(("html", "body", "main", "article"))
_ASIDE: Final = frozenset(("aside", "nav", "footer"))
#: Where a link leads that shows the image itself.
_IMAGE_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)


def elements_around(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the innermost first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


class Boxes:
    """Reads the boxes around a page's pictures; remembers what many of them share."""

    def __init__(self, document: Document) -> None:
        assert document.page is not None
        self.url = document.page.base or document.url
        self.blocks = document.blocks
        self.firsts = {first: number for number, first in enumerate(document.page.walk.firsts)}
        self.headlines = {
            squeezed(block.text) for block in self.blocks if block.markup and block.markup.level == 1
        }
        self.authors = {squeezed(name) for names in document.page.metadata.authors for name in names}
        self.lengths: dict[int, int] = {}
        self.elsewhere: dict[int, bool] = {}
        self.read_already: set[int] = set()

    def read(self, node: LexborNode, before: int) -> Figure | None:
        """Return the photo of a picture that stands before this block; None for one that says nothing of itself.

        None, too, where an element around it is a teaser, a sidebar or an author's box, or was read as a box itself.
        """
        around = list(islice(elements_around(node), _MOST_AROUND))
        near = [node.mem_id, *(above.mem_id for above in around[:_NEAR])]
        if not self.read_already.isdisjoint(near) or self._stands_elsewhere(around):
            return None
        self.read_already.add(node.mem_id)
        pieces: list[Piece] = []
        caption = credit = ""
        figure = node.tag == "figure"
        if figure:
            if node.css_first("blockquote") and not node.css_first("img,amp-img,picture"):
                return None  # a quotation, and who said it
            pieces = self._pieces(node.child, figure=True)
            caption, credit = texts_of_figure(pieces)
        linked = not caption and not credit and self._is_linked(around)
        if linked and not figure:
            return None
        image = read_description(node)
        if not caption and not credit and not linked and not image.icon:
            for box, inside in self._boxes_of(node, around):
                pieces = self._pieces(box.child if inside else box, alone=not inside)
                caption, credit = texts_of_box(pieces, image)
                if squeezed(caption) in self.headlines or squeezed(credit) in self.authors:
                    caption = credit = ""  # the story's own head, with its photo beside it
                if caption or credit:
                    self.read_already.add(box.mem_id)
                    break
        if caption and (not any(map(str.isalpha, caption)) or is_byline(caption)):
            caption = ""
        if not caption and not credit:
            caption, credit, pieces = image.caption, image.credit, []
        elif not credit and read_caption(caption, marked=True)[1] is None:
            credit = image.credit or told_credit(image)
        photo = make_photo(caption, credit)
        if photo is None:
            return None
        url, width = find_address(node, self.url)
        blocks = self._blocks_of(pieces, f"{caption} {credit}")
        return Figure(photo._replace(url=url, width=width), before, blocks)

    def _blocks_of(self, pieces: Sequence[Piece], used: str) -> tuple[int, ...]:
        """Return the blocks of which all was used: what holds a word more is no caption."""
        left: dict[int, int] = {}
        for kind, text, block in pieces:
            if block >= 0 and (kind == "spare" or text in used):
                size = left.get(block) or len(self.blocks[block].text.replace(" ", ""))
                left[block] = size - len(text.replace(" ", ""))
        return tuple([block for block, size in left.items() if size <= 0])

    def _stands_elsewhere(self, around: Sequence[LexborNode]) -> bool:
        """Tell whether an element around a picture says by its name that it is not the article."""
        found = False
        passed: list[int] = []
        for above in around:
            if above.mem_id in self.elsewhere:
                found = self.elsewhere[above.mem_id]
                break
            passed.append(above.mem_id)
            tag = above.tag
            names = above.attributes.get("class") or ""
            own = tag == "aside" and names_picture(names)
            if (tag in _ASIDE and not own) or (tag not in _OUTER and names_elsewhere(names)):
                found = True
                break
        self.elsewhere |= dict.fromkeys(passed, found)
        return found

    def _is_linked(self, around: Sequence[LexborNode]) -> bool:
        """Tell whether a link around the picture holds text too, as that of a teaser does."""
        telling = (above for above in around[:_LINKS] if above.tag == "a" or above.tag in _OUTER)
        above = next(telling, None)
        if above is None or above.tag != "a" or _IMAGE_FILE.search(above.attributes.get("href") or ""):
            return False
        return self._length(above) > 0

    def _length(self, node: LexborNode) -> int:
        """Return how many characters of text an element has, found once for each."""
        length = self.lengths.get(node.mem_id)
        if length is None:
            length = self.lengths[node.mem_id] = len(node.text(strip=True))
        return length

    def _boxes_of(self, node: LexborNode, around: Sequence[LexborNode]) -> Iterator[tuple[LexborNode, bool]]:
        """Yield the elements that may hold an image's caption, each with whether the image is inside.

        That is the smallest element around the image that has text, or where that is a large one, the two after it.
        """
        inner = node
        for above in around[:_WITH_TEXT]:
            length = self._length(above)
            if above.tag in _OUTER or length > _LONGEST_BOX:
                break
            if length and any(kind != "spare" for kind, _, _ in self._pieces(above.child)):
                if length > 5:
                    yield above, True
                    return
                break
            inner = above  # it holds a button or a counter at most
        beside, looked_at = inner.next, 0
        for _ in range(_MOST_AFTER):
            if beside is None or looked_at == _MOST_BESIDE:
                return
            length = self._length(beside) if beside.tag not in _SILENT else 0
            looked_at += length > 0
            if 0 < length < _LONGEST_BESIDE:
                yield beside, False
            beside = beside.next

    def _pieces(self, first: LexborNode | None, *, figure: bool = False, alone: bool = False) -> list[Piece]:
        """Return the texts of a node and of those that follow it in its element, or of the node `alone`."""
        pieces: list[Piece] = []
        seen: set[tuple[str, str]] = set()
        block = -1
        stack = [(first, "")] if first is not None else []
        for _ in range(_MOST_STEPS):
            if not stack:
                break
            node, kind = stack.pop()
            if not alone and (following := node.next) is not None:
                stack.append((following, kind))
            alone = False
            tag = node.tag
            if tag == "-text":
                if text := valid_line(node.text_content or ""):
                    block = self.firsts.get(node.mem_id, block)
                    spare = (kind, text) in seen or is_furniture(text)
                    seen.add((kind, text))
                    pieces.append(("spare" if spare else kind, text, block))
                continue
            child = node.child
            if child is None:
                continue
            if tag in _SILENT or (not kind and (tag in _HEADINGS if figure else tag == "a")):
                block = -1  # one that began in there is not wholly this box's
                continue
            if kind != "credit":
                kind = kind_of(node, tag, inside=figure or bool(kind)) or kind
            stack.append((child, kind))
        return pieces
