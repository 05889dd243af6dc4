"""Photos of a page's article: caption, credit, photographer, agency, address, and the blocks they were made from.

The search starts from figures and images. A figure's texts are its own; an image outside figures takes the text of
the smallest element around it, when that text says by its markup, by its credit or by the image's own description
that it is the image's caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from selectolax.lexbor import LexborNode

from cleaners.article import Photo
from cleaners.blocks import TEXT_LABELS, Document, Figure, Label, Verdict
from cleaners.memory import remembered
from cleaners.photos.images import Description, find_address, read_description, stem
from cleaners.photos.places import place_among
from cleaners.read.metadata import Image
from cleaners.read.titles import squeezed
from cleaners.wire.bylines import parse_byline, without_opener
from cleaners.wire.credit_words import credit_words
from cleaners.wire.credits import (
    LONGEST_CREDIT,
    Credit,
    is_marked_credit,
    parse_credit,
    read_caption,
)
from cleaners.words import word_set

MOST_IMAGES = 300
LONGEST_CAPTION = 1_500
_LONG_ENOUGH = 12  # characters of a caption that is not printed twice by chance
_LONGEST_BYLINE = 100
_MOST_STEPS = 400  # nodes looked at in one figure
_LONGEST_BOX = 900  # characters of text in an element that holds an image and its caption
_SILENT = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "button", "video", "audio", "iframe", "-comment", "source",
        "select", "blockquote", "nav", "table", "pre",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUTER = frozenset(("html", "body", "main", "article"))
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COUNTER = re.compile(
    r"[\d\s:./|-]{1,12}$|(?:bild|foto|image|photo)?\s?\d{1,3}\s?(?:/|of|von|de|sur|av)\s?\d{1,3}\s?\|?$",
    re.IGNORECASE,
)
#: What the blocks of a figure's caption and credit are.
_CLAIMED: Final = Verdict(Label.CAPTION, "photos.figure", 0.95)


def claim_figures(document: Document, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the verdicts with the blocks of the page's photos marked as captions; set `document.figures`.

    >>> from cleaners.read.html import read_html
    >>> document = read_html("<h1>Storm</h1><p>It rained.<figure><img src=/a.jpg><figcaption>Waves at the pier.")
    >>> [verdict.rule for verdict in claim_figures(document, [Verdict(Label.BODY, "test")] * 3)]
    ['test', 'test', 'photos.figure']
    """
    figures = find_figures(document, verdicts)
    claimed = list(verdicts)
    owners = {i: number for number, figure in enumerate(figures) for i in figure.blocks}
    blocks: list[list[int]] = [[] for _ in figures]
    for i in sorted(owners):
        claimed[i] = _CLAIMED
        blocks[owners[i]].append(i)
    document.figures = [
        figure._replace(blocks=tuple(own)) for figure, own in zip(figures, blocks, strict=True)
    ]
    return claimed


def find_figures(document: Document, verdicts: Sequence[Verdict]) -> list[Figure]:
    """Return the photos of the page's article in page order; those without caption and credit are left out.

    What JSON-LD says of an image fills what the page does not print.

    >>> from cleaners.options import Options
    >>> from cleaners.read.html import read_html
    >>> document = read_html("<h1>Storm</h1><p>It rained.<figure><img src=/a.jpg><figcaption>Waves at the pier. "
    ...     "<span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure>", Options(url="https://example.org/storm"))
    >>> [figure] = find_figures(document, [Verdict(Label.BODY, "test")] * 3)
    >>> figure.photo.caption, figure.photo.photographer, figure.photo.url, figure.before, figure.blocks
    ('Waves at the pier.', 'Jane Doe', 'https://example.org/a.jpg', 2, (2,))
    """
    page = document.page
    if page is None:
        return []
    body = [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    place = place_among(page.walk, body)
    boxes = _Boxes(document)
    figures: list[Figure] = []
    seen: dict[str, int] = {}
    known: set[int] = set()
    for node in _pictures([node for _, node in page.walk.pictures]):
        if node.mem_id in known or any(above.mem_id in known for above in _above(node, 8 if known else 0)):
            continue
        before = place(node)
        if before is None:
            continue
        box, photo, blocks = boxes.read(node)
        known.add(box.mem_id)
        if photo is None:
            continue
        text = squeezed(photo.caption or "")
        key = text if len(text) > 40 or photo.url is None else f"{text} {stem(photo.url)}"
        if text and key in seen:  # the same photo for another screen
            first = figures[seen[key]]
            figures[seen[key]] = first._replace(blocks=(*first.blocks, *blocks))
            continue
        seen[key] = len(figures)
        figures.append(Figure(photo, before, blocks))
    return _with_told(_with_repeats(document, figures), page.metadata.image)


def _pictures(nodes: list[LexborNode]) -> list[LexborNode]:
    """Return the innermost figures, and the images that stand in none, in page order."""
    pictures: list[LexborNode] = []
    outer: set[int] = set()
    for node in reversed(nodes[:MOST_IMAGES]):
        if node.mem_id in outer:
            continue
        if node.tag == "figure":
            outer.update(above.mem_id for above in _above(node, 8) if above.tag == "figure")
        pictures.append(node)
    return pictures[::-1]


def _above(node: LexborNode, most: int) -> Iterator[LexborNode]:
    """Yield the elements around a node, the innermost first."""
    above = node.parent
    while above is not None and most:
        yield above
        above, most = above.parent, most - 1


class Piece(NamedTuple):
    """A text in a box, and the number of the block that it is part of; -1 where that block began before the box."""

    text: str
    block: int


class Texts(NamedTuple):
    """A box's texts: of its caption, of its credit, the rest, and buttons and repeats, which say nothing."""

    captions: list[Piece]
    credits: list[Piece]
    others: list[Piece]
    spare: list[Piece]


class _Boxes:
    """Reads the boxes around a page's pictures; remembers what many of them share."""

    def __init__(self, document: Document) -> None:
        assert document.page is not None
        self.url = document.url
        self.blocks = document.blocks
        self.firsts = {first: number for number, first in enumerate(document.page.walk.firsts)}
        self.lengths: dict[int, int] = {}

    def read(self, node: LexborNode) -> tuple[LexborNode, Photo | None, tuple[int, ...]]:
        """Return the element that holds all of a picture, its photo, and the blocks that it was made from."""
        box, caption, credit, texts = node, "", "", None
        figure = node.tag == "figure"
        if figure:
            texts = self._texts(node.child, figure=True)
            caption, credit = _of_figure(texts)
        linked = not caption and not credit and self._in_link(node)
        if linked and not figure:
            return node, None, ()
        image = read_description(node)
        if not caption and not credit and not linked and not image.icon:
            box, caption, credit, texts = self._of_neighbours(node, image)
        if caption and (not any(mark.isalpha() for mark in caption) or is_byline(caption)):
            caption = ""
        if not caption and not credit:
            caption, credit, texts = image.caption, image.credit, None
        elif not credit and image.credit and read_caption(caption, marked=True)[1] is None:
            credit = image.credit
        if not caption and not credit:
            return node, None, ()
        address, width = find_address(node, self.url)
        photo = make_photo(caption, credit, url=address, width=width)
        return box, photo, self._blocks(texts, f"{caption} {credit}") if texts and photo else ()

    def _blocks(self, texts: Texts, used: str) -> tuple[int, ...]:
        """Return the blocks of which all was used: what holds a word more is no caption."""
        pieces = (*texts.captions, *texts.credits, *texts.others)
        covered: dict[int, int] = {}
        for piece in (*(piece for piece in pieces if piece.text in used), *texts.spare):
            covered[piece.block] = covered.get(piece.block, 0) + len(piece.text.replace(" ", ""))
        return tuple(
            number
            for number, size in covered.items()
            if number >= 0 and size >= len(self.blocks[number].text.replace(" ", ""))
        )

    def _in_link(self, node: LexborNode) -> bool:
        """Tell whether a link around the picture holds text too, as that of a teaser does."""
        for above in _above(node, 5):
            if above.tag in _OUTER or above.tag == "a":
                return above.tag == "a" and self._length(above) > 0
        return False

    def _length(self, node: LexborNode) -> int:
        """Return how many characters of text an element has, found once for each."""
        length = self.lengths.get(node.mem_id)
        if length is None:
            length = self.lengths[node.mem_id] = len(node.text(strip=True))
        return length

    def _of_neighbours(
        self, node: LexborNode, image: Description
    ) -> tuple[LexborNode, str, str, Texts | None]:
        """Caption and credit in the smallest element around an image that has text, and that element.

        Where that is a large one, the two elements after the image are looked at.
        """
        inner = node
        for above in _above(node, 6):
            length = self._length(above)
            if above.tag in _OUTER or length > _LONGEST_BOX:
                break
            if length > 5:
                texts = self._texts(above.child, figure=False)
                caption, credit = _chosen(texts, image)
                return (above if caption or credit else node), caption, credit, texts
            if length:
                break
            inner = above
        beside = inner.next
        looked_at = 0
        for _ in range(8):
            if beside is None or looked_at == 2:
                break
            length = self._length(beside) if beside.tag not in _SILENT else 0
            if length:
                looked_at += 1
                if length < 600:
                    texts = self._texts(beside, figure=False, alone=True)
                    caption, credit = _chosen(texts, image)
                    if caption or credit:
                        return beside, caption, credit, texts
            beside = beside.next
        return node, "", "", None

    def _texts(self, first: LexborNode | None, *, figure: bool, alone: bool = False) -> Texts:
        """Return the texts of an element, of which `first` is the first child, or of `first` `alone`."""
        found = Texts([], [], [], [])
        block = -1
        stack: list[tuple[LexborNode, list[Piece]]] = [(first, found.others)] if first is not None else []
        for _ in range(_MOST_STEPS):
            if not stack:
                break
            node, into = stack.pop()
            if node.next is not None and not alone:
                stack.append((node.next, into))
            alone = False
            tag = node.tag
            if tag == "-text":
                block = self.firsts.get(node.mem_id, block)
                text = " ".join((node.text_content or "").split())
                if text:
                    spare = _is_furniture(text) or any(text == piece.text for piece in into)
                    (found.spare if spare else into).append(Piece(text, block))
                continue
            child = node.child
            if child is None or tag in _SILENT:
                block = (
                    -1 if child is not None else block
                )  # a block that began in there is not wholly this box's
                continue
            loose = into is found.others
            if loose and ((figure and tag in _HEADINGS) or (not figure and tag == "a")):
                block = -1
                continue
            if into is not found.credits:
                mark = "credit" if tag == "cite" else _marks(node, inside=figure or not loose)
                if mark == "credit":
                    into = found.credits
                elif mark == "caption" or tag == "figcaption":
                    into = found.captions
            stack.append((child, into))
        return found


def _of_figure(texts: Texts) -> tuple[str, str]:
    caption, credit, loose = _line(texts.captions), _line(texts.credits), _line(texts.others)
    if len(credit) > LONGEST_CREDIT:
        credit = ""
    if caption and not credit:
        credit = loose if is_marked_credit(loose) else ""
    elif not caption and _may_be_caption(loose):
        caption = loose
    return caption, credit


def _may_be_caption(text: str) -> bool:
    """Tell whether a figure's unmarked text can be its caption: not a byline, not a button or a name under a quote."""
    if not 2 < len(text) < 600 or without_opener(text) != text:
        return False
    return len(text) >= 25 or read_caption(text, marked=True)[1] is not None


def _chosen(texts: Texts, image: Description) -> tuple[str, str]:
    """Return the caption and the credit among the texts beside an image; two empty strings when nothing says so."""
    caption, credit = _line(texts.captions), _line(texts.credits)
    if len(credit) > LONGEST_CREDIT:
        credit = ""
    others = [piece.text for piece in texts.others[:12]]
    credits = [text for text in others if is_marked_credit(text)]
    if len(caption) >= 15 or (caption and credit):
        return caption, credit or next(iter(credits), "")
    rest = [text for text in others if text not in credits]
    for i, text in enumerate(rest[:8]):
        marks = len(text) > 24 and _CREDIT_MARK.search(text, len(text) - 100)
        own = read_caption(text, marked=True)[1] if marks else None
        if any(_alike(text, told) for told in (image.alt, image.title, image.caption) if told):
            tail = rest[i + 1] if i + 1 < len(rest) and not credits and not credit else ""
            marked = tail if tail and len(tail) < 80 and parse_credit(tail, marked=True) else ""
            if len(text) > 24 or credits or credit or own or marked:
                return text, credit or next(iter(credits), marked)
        if own and len(text) > len(own.printed) + 24 and not credits:
            return text, credit
    if credits or credit:
        return rest[0] if len(rest) == 1 and len(rest[0]) > 14 else "", credit or credits[0]
    return "", ""


_CREDIT_MARK = re.compile(r"[/©()（）:：|=＝]")


def _alike(text: str, told: str) -> bool:
    """Tell whether a text is what an image's description says, or begins with it."""
    one, other = squeezed(text), squeezed(told)
    if len(one) < 5 or len(other) < 5:
        return False
    if one.startswith(other[:200]) or other.startswith(one[:200]):
        return min(len(one), len(other)) > 0.5 * len(one)
    a, b = set(text.lower().split()), set(told.lower().split())
    return len(a & b) >= 4 and 2 * len(a & b) > 1.4 * min(len(a), len(b))


def _marks(node: LexborNode, *, inside: bool) -> str:
    """Return what an element's names say it holds: "credit", "caption" or nothing.

    `inside` a figure, names that elsewhere mean the article's author ("byline") mean the photographer.
    """
    attributes = node.attributes
    if not attributes:
        return ""
    names = " ".join([attributes[key] or "" for key in _NAMED if key in attributes])
    return _meaning(names, inside) if len(names) > 4 else ""


_NAMED = ("class", "itemprop", "id", "data-testid")


@remembered(4_096)
def _meaning(names: str, inside: bool) -> str:
    pieces = {piece.lower() for piece in _NAME.findall(names)} | set(names.lower().split())
    if pieces & _named("credit") or (inside and pieces & _named("credit_inside")):
        return "credit"
    if pieces & _named("picture") and pieces & _named("credit_inside"):
        return "credit"
    if pieces & _named("caption") or (pieces & _named("picture") and pieces & _named("description")):
        return "caption"
    return ""


def _named(part: str) -> frozenset[str]:
    return word_set("photo-classes", part)


def _is_furniture(text: str) -> bool:
    if len(text) > 40:
        return False
    folded = text.lower().rstrip(".: ")
    return (
        folded in credit_words().furniture
        or _COUNTER.match(text) is not None
        or not any(mark.isalnum() for mark in text)
    )


def _line(pieces: list[Piece]) -> str:
    return (
        " ".join(piece.text for piece in pieces)[: 2 * LONGEST_CAPTION]
        .replace(" ,", ",")
        .replace(" .", ".")
        .strip()
    )


def _with_repeats(document: Document, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the blocks that print their whole caption once more, as for another screen."""
    printed: dict[str, int] = {}
    for number, figure in enumerate(figures):
        photo = figure.photo
        if photo.caption and len(photo.caption) >= _LONG_ENOUGH:
            printed.setdefault(photo.caption, number)
            if photo.credit:
                printed.setdefault(f"{photo.caption} {photo.credit}", number)
    for i, block in enumerate(document.blocks):
        number = printed.get(block.text, -1)
        heading = block.markup is not None and block.markup.level is not None
        if number >= 0 and not heading and i not in figures[number].blocks:
            figures[number] = figures[number]._replace(blocks=(*figures[number].blocks, i))
    return figures


def _with_told(figures: list[Figure], image: Image | None) -> list[Figure]:
    """Return the figures, and in front the lead photo that only the page's metadata describe with a credit."""
    if image is None:
        return figures
    photo = make_photo(image.caption or "", image.credit or "", url=image.url, width=image.width)
    if photo is None or not photo.credit or (photo.caption is None and figures):
        return figures
    shown = any(
        stem(other.photo.url) == stem(image.url) or other.photo.caption == photo.caption for other in figures
    )
    return figures if shown else [Figure(photo), *figures]


def is_byline(text: str) -> bool:
    """Tell whether a text in a caption's place is the article's byline, not "By the river".

    >>> is_byline("By Jane Doe, Editor"), is_byline("By the river")
    (True, False)
    """
    byline = parse_byline(text) if len(text) <= _LONGEST_BYLINE else None
    return byline is not None and bool(byline.authors)


def make_photo(
    caption: str, credit: str, *, url: str | None = None, width: int | None = None
) -> Photo | None:
    """Return the photo that a caption and a marked credit make; None when they say nothing.

    A caption's own credit is taken off when none is marked.

    >>> make_photo("Waves at the pier. (AP Photo/Jane Doe)", "").credit
    '(AP Photo/Jane Doe)'
    """
    caption = caption[:LONGEST_CAPTION]
    parsed: Credit | None = None
    if caption and not credit:
        caption, parsed = read_caption(caption, marked=True)
    elif credit and not caption:
        head, tail = read_caption(credit, marked=True)
        if len(head) > 25 and tail:  # the whole caption was marked as a credit
            caption, parsed = head, tail
    elif caption and credit:
        if squeezed(caption) == squeezed(credit):
            caption = ""
        elif len(caption) < 60 and parse_credit(
            caption
        ):  # "Photo by Jane Doe", and its agency in another element
            caption, credit = "", f"{caption} / {credit}"
        elif len(credit) > 5 and caption.endswith(credit):
            caption = caption.removesuffix(credit).rstrip()
    if parsed is None and credit and credit.lower().strip("©. ") not in credit_words().furniture:
        parsed = parse_credit(credit, marked=True) or Credit(credit)
    if not caption and parsed is None:
        return None
    return Photo(
        caption=caption or None,
        credit=parsed.printed.strip(" |,;:–—-") or None
        if parsed
        else None,  # without what parts it from a caption
        photographer=parsed.photographer if parsed else None,
        agency=parsed.agency if parsed else None,
        url=url,
        width=width,
    )
