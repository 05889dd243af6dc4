"""Photos of a page's article: caption, credit, photographer, agency, address, and the blocks they were made from.

The search starts from figures and images. A figure's texts are its own; an image outside figures takes the text of
the smallest element around it, when that text says by its markup, by its credit or by the image's own description
that it is the image's caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from selectolax.lexbor import LexborNode

from cleaners.article import Photo
from cleaners.blocks import TEXT_LABELS, Document, Figure, Label, Verdict
from cleaners.memory import remembered
from cleaners.photos.images import Description, find_address, read_description, stem
from cleaners.photos.lines import merge_repeated
from cleaners.read.characters import valid_line
from cleaners.read.metadata import Image
from cleaners.read.titles import squeezed
from cleaners.read.walk import Walk
from cleaners.wire.bylines import parse_byline, without_opener
from cleaners.wire.captions import is_marked_credit, read_caption
from cleaners.wire.credit_parts import is_credit_word
from cleaners.wire.credits import LONGEST_CREDIT, Credit, parse_credit, parse_tail
from cleaners.words import word_set

MOST_IMAGES: Final = 300
LONGEST_CAPTION: Final = 1_500
#: A kicker, a breadcrumb and the byline, so many blocks, may stand between a lead photo and the headline below it.
_ABOVE_HEADLINE: Final = 8
#: … and so many between a lead photo and the story, where no headline is found.
_NO_HEADLINE: Final = 16
#: Blocks of a photo's own lines behind the last paragraph.
_BELOW: Final = 3
#: Elements around a picture that are looked at: those that say where it stands, its figures, its links, its text.
_MOST_AROUND: Final = 40
_NEAR: Final = 8
_LINKS: Final = 5
_WITH_TEXT: Final = 6
#: Characters of a caption that is not printed twice by chance.
_LONG_ENOUGH: Final = 12
#: … and of one that other photos don't have.
_OWN: Final = 40
#: Characters of a marked credit that is not understood; longer ones are an author's life.
_LONGEST_UNREAD: Final = 80
_LONGEST_BYLINE: Final = 100
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
#: Attributes whose names say what an element holds.
_NAMED: Final = ("class", "itemprop", "id", "data-testid")
_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
#: Where a link leads that shows the image itself.
_IMAGE_FILE: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|[?#])", re.IGNORECASE)
_CREDIT_MARK: Final = re.compile(r"[/©()（）:：|=＝]")
_COUNTER: Final = re.compile(
    r"[\d\s:./|-]{1,12}$|(?:bild|foto|image|photo)?\s?\d{1,3}\s?(?:/|of|von|de|sur|av)\s?\d{1,3}\s?\|?$",
    re.IGNORECASE,
)
#: What the blocks of a figure's caption and credit are.
_CLAIMED: Final = Verdict(Label.CAPTION, "photos.figure", 0.95)
#: A text in a box: what its markup calls it ("caption", "credit", ""; "spare" are buttons and repeats, which say
#: nothing), and the number of the block that it is part of, -1 where that block began before the box.
Piece = tuple[str, str, int]


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
    inside = _article_range(
        page.walk, [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    )
    boxes = _Boxes(document)
    pictures = _innermost(page.walk.pictures[:MOST_IMAGES])
    figures = [boxes.read(node, before) for before, node in pictures if before in inside]
    merged = merge_repeated([figure for figure in figures if figure])
    return _with_told(_with_repeats(document, merged), page.metadata.image)


def _article_range(walk: Walk, body: Sequence[int]) -> range:
    """Return before which blocks an article's photos stand: from a little above its headline to its last paragraph.

    `body` are the numbers (from 0, rising) of the blocks that are its text.
    """
    total = len(walk.owners)
    first, last = (body[0], body[-1] + _BELOW) if body else (total - 1, total)
    tags = (walk.tags[owner] for owner in walk.owners[first::-1])
    headline = next((first - i for i, tag in enumerate(tags) if tag == "h1"), None)
    nearest = first - _NO_HEADLINE if body else 0
    return range(min(nearest if headline is None else headline - _ABOVE_HEADLINE, first), last + 1)


def _innermost(pictures: Sequence[tuple[int, LexborNode]]) -> list[tuple[int, LexborNode]]:
    """Return the innermost figures, and all images, in page order."""
    outer: set[int] = set()
    for _, node in reversed(pictures):
        if node.tag == "figure" and node.mem_id not in outer:
            outer.update(above.mem_id for above in islice(_above(node), _NEAR) if above.tag == "figure")
    return [picture for picture in pictures if picture[1].mem_id not in outer]


def _above(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around a node, the innermost first."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


class _Boxes:
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
        around = list(islice(_above(node), _MOST_AROUND))
        near = [node.mem_id, *(above.mem_id for above in around[:_NEAR])]
        if not self.read_already.isdisjoint(near) or self._stands_elsewhere(around):
            return None
        self.read_already.add(node.mem_id)
        pieces: list[Piece] = []
        caption = credit = ""
        figure = node.tag == "figure"
        if figure:
            pieces = self._pieces(node.child, figure=True)
            caption, credit = _of_figure(pieces)
        linked = not caption and not credit and self._is_linked(around)
        if linked and not figure:
            return None
        image = read_description(node)
        if not caption and not credit and not linked and not image.icon:
            for box, inside in self._boxes_of(node, around):
                pieces = self._pieces(box.child if inside else box, alone=not inside)
                caption, credit = _chosen(pieces, image)
                if squeezed(caption) in self.headlines or squeezed(credit) in self.authors:
                    caption = credit = ""  # the story's own head, with its photo beside it
                if caption or credit:
                    self.read_already.add(box.mem_id)
                    break
        if caption and (not any(map(str.isalpha, caption)) or is_byline(caption)):
            caption = ""
        if not caption and not credit:
            caption, credit, pieces = image.caption, image.credit, []
        elif not credit and image.credit and read_caption(caption, marked=True)[1] is None:
            credit = image.credit
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
            if tag in _ASIDE or (tag not in _OUTER and _names_elsewhere(above.attributes.get("class") or "")):
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
                    spare = (kind, text) in seen or _is_furniture(text)
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
                kind = _kind_of(node, tag, inside=figure or bool(kind)) or kind
            stack.append((child, kind))
        return pieces


def _line(pieces: Sequence[Piece], kind: str) -> str:
    """Return the texts of a kind as one line."""
    line = " ".join([text for found, text, _ in pieces if found == kind])[: 2 * LONGEST_CAPTION]
    return line.replace(" ,", ",").replace(" .", ".").strip()


def _marked(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return what is marked as the caption and as the credit."""
    caption, credit = _line(pieces, "caption"), _line(pieces, "credit")
    return caption, credit if len(credit) <= LONGEST_CREDIT else ""


def _of_figure(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return the caption and the credit among the texts of a figure."""
    caption, credit = _marked(pieces)
    loose = _line(pieces, "")
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


def _chosen(pieces: Sequence[Piece], image: Description) -> tuple[str, str]:
    """Return the caption and the credit among the texts beside an image; two empty strings when nothing says so."""
    caption, credit = _marked(pieces)
    others = [text for kind, text, _ in pieces if not kind][:12]
    credits = [text for text in others if is_marked_credit(text)]
    if len(caption) >= 15 or (caption and credit):
        return caption, credit or next(iter(credits), "")
    rest = [text for text in others if text not in credits]
    for i, text in enumerate(rest[:8]):
        marks = len(text) > 24 and _CREDIT_MARK.search(text, len(text) - 100)
        own = read_caption(text, marked=True)[1] if marks else None
        if any(_alike(text, told) for told in image.told):
            tail = rest[i + 1] if i + 1 < len(rest) and not credits and not credit else ""
            marked = tail if tail and len(tail) < 80 and _names_maker(tail) else ""
            if len(text) > 24 or credits or credit or own or marked:
                return text, credit or next(iter(credits), marked)
        if own and len(text) > len(own.printed) + 24 and not credits:
            return text, credit
    if credits or credit:
        return rest[0] if len(rest) == 1 and len(rest[0]) > 14 else "", credit or credits[0]
    return "", ""


def _names_maker(text: str) -> bool:
    """Tell whether a text below a caption names who made the picture: people, an agency or a known house."""
    credit = parse_credit(text, marked=True)
    return (credit is not None and (credit.photographer or "").count(" ") > 0) or parse_tail(text) is not None


def _alike(text: str, told: str) -> bool:
    """Tell whether a text is what an image's description says, or begins with it."""
    one, other = squeezed(text), squeezed(told)
    if len(one) < 5 or len(other) < 5:
        return False
    if one.startswith(other[:200]) or other.startswith(one[:200]):
        return min(len(one), len(other)) > 0.5 * len(one)
    a, b = set(text.lower().split()), set(told.lower().split())
    return len(a & b) >= 4 and 2 * len(a & b) > 1.4 * min(len(a), len(b))


def _kind_of(node: LexborNode, tag: str | None, *, inside: bool) -> str:
    """Return what an element says it holds: "credit", "caption" or nothing.

    `inside` a figure, names that elsewhere mean the article's author ("byline") mean the photographer.
    """
    if tag == "cite":
        return "credit"
    attributes = node.attributes
    names = " ".join([attributes[key] or "" for key in _NAMED if key in attributes]) if attributes else ""
    return (_meaning(names, inside) if len(names) > 4 else "") or ("caption" if tag == "figcaption" else "")


def _named(part: str) -> frozenset[str]:
    return word_set("photo-classes", part)


@remembered(4_096)
def _meaning(names: str, inside: bool) -> str:
    pieces = {piece.lower() for piece in _NAME.findall(names)} | set(names.lower().split())
    picture = pieces & _named("picture")
    if pieces & _named("credit") or ((inside or picture) and pieces & _named("credit_inside")):
        return "credit"
    return "caption" if pieces & _named("caption") or (picture and pieces & _named("description")) else ""


@remembered(4_096)
def _names_elsewhere(names: str) -> bool:
    words, whole = _named("elsewhere"), _named("elsewhere_whole")
    for name in names.lower().replace("_", "-").split():
        first, _, rest = name.partition("-")
        if first in words or rest in words or name in whole:
            return True
    return False


def _is_furniture(text: str) -> bool:
    if len(text) > 40:
        return False
    return (
        is_credit_word("furniture", text.lower().rstrip(".: "))
        or _COUNTER.match(text) is not None
        or not any(map(str.isalnum, text))
    )


def _with_repeats(document: Document, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the blocks that print their whole caption once more, as for another screen."""
    printed: dict[str, int] = {}
    for number, figure in enumerate(figures):
        caption, credit = figure.photo.caption or "", figure.photo.credit
        if len(caption) >= _LONG_ENOUGH:
            printed.setdefault(caption, number)
            printed.setdefault(f"{caption} {credit}" if credit else caption, number)
    for i, block in enumerate(document.blocks) if printed else ():
        number = printed.get(block.text, -1)
        if number < 0 or (block.markup and block.markup.level) or i in figures[number].blocks:
            continue
        figures[number] = figures[number]._replace(blocks=(*figures[number].blocks, i))
    return figures


def _with_told(figures: list[Figure], image: Image | None) -> list[Figure]:
    """Return the figures, and in front the lead photo that only the page's metadata describe with a credit."""
    if image is None:
        return figures
    photo = make_photo(image.caption or "", image.credit or "")
    if photo is None or not photo.credit or (photo.caption is None and figures):
        return figures
    shown = any(
        stem(other.photo.url) == stem(image.url) or other.photo.caption == photo.caption for other in figures
    )
    return figures if shown else [Figure(photo._replace(url=image.url, width=image.width)), *figures]


def is_byline(text: str) -> bool:
    """Tell whether a text in a caption's place is the article's byline, not "By the river".

    >>> is_byline("By Jane Doe, Editor"), is_byline("By the river")
    (True, False)
    """
    byline = parse_byline(text) if len(text) <= _LONGEST_BYLINE else None
    return byline is not None and bool(byline.authors)


def make_photo(caption: str, credit: str) -> Photo | None:
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
    if parsed is None and credit and not is_credit_word("furniture", credit.lower().strip("©. ")):
        parsed = parse_credit(credit, marked=True) or Credit(credit)
        if len(credit) > _LONGEST_UNREAD and not (parsed.photographer or parsed.agency):
            parsed = None
    if not caption and parsed is None:
        return None
    if parsed is None:
        return Photo(caption)
    printed = parsed.printed.strip(" |,;:–—-") or None  # without what parts it from a caption
    return Photo(caption or None, printed, parsed.photographer, parsed.agency)
