"""Photos of a page's article: caption, credit, photographer, agency, address and place in the body.

The search starts from figures and images. A figure's texts are its own; an image outside figures takes the text of
the smallest element around it, when that text says by its markup, by its credit or by the image's own description
that it is the image's caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.article import Photo
from cleaners.memory import remembered
from cleaners.page.captions import (
    LONGEST_CAPTION,
    LONGEST_CREDIT,
    is_byline,
    make_photo,
    marked_credit,
    photo_words,
    take_credit,
)
from cleaners.page.images import Description, find_address, read_description, stem
from cleaners.page.places import Place, nearby
from cleaners.read.metadata import Image, Metadata
from cleaners.read.titles import squeezed
from cleaners.wire.bylines import without_opener
from cleaners.wire.credits import parse_credit, split_caption

MOST_IMAGES = 300
_MOST_STEPS = 400  # nodes looked at in one figure
_LONGEST_BOX = 900  # characters of text in an element that holds an image and its caption
_SILENT = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "button", "video", "audio", "iframe", "-comment", "source",
        "select", "blockquote", "nav",
    )
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_OUTER = frozenset(("html", "body", "main", "article"))
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COUNTER = re.compile(
    r"[\d\s:./|-]{1,12}$|(?:bild|foto|image|photo)?\s?\d{1,3}\s?(?:/|of|von|de|sur|av)\s?\d{1,3}\s?\|?$",
    re.IGNORECASE,
)


def read_photos(
    tree: LexborHTMLParser,
    metadata: Metadata | None = None,
    url: str | None = None,
    place: Place | None = None,
) -> tuple[Photo, ...]:
    """The article's photos in page order. Photos without caption and credit are left out.

    `place` says where an element stands in the body; without it, the page's run of long paragraphs is taken for the
    body. What JSON-LD says of an image fills what the page does not print.

    >>> page = LexborHTMLParser("<article><h1>Storm</h1><figure><img src=/a.jpg><figcaption>Waves at the pier. "
    ...                         "<span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure></article>")
    >>> [photo] = read_photos(page, url="https://example.org/storm")
    >>> photo.caption, photo.photographer, photo.agency, photo.url
    ('Waves at the pier.', 'Jane Doe', 'AFP', 'https://example.org/a.jpg')
    """
    nodes = tree.css("figure,img,amp-img" if place else "figure,img,amp-img,h1,p")
    where = place or nearby(nodes)
    address = url or (metadata.url if metadata else None)
    photos: list[Photo] = []
    seen: set[str] = set()
    known: set[int] = set()
    lengths: dict[int, int] = {}
    for node in _pictures(nodes):
        if node.mem_id in known or _within(node, known):
            continue
        position = where(node)
        if position is None:
            continue
        box, photo = _read_picture(node, position, address, lengths)
        known.add(box.mem_id)
        if photo is None:
            continue
        text = squeezed(photo.caption or "")
        key = text if len(text) > 40 or photo.url is None else f"{text} {stem(photo.url)}"
        if text and key in seen:
            continue
        seen.add(key)
        photos.append(photo)
    return _with_told(photos, metadata.images if metadata else ())


def _pictures(nodes: list[LexborNode]) -> list[LexborNode]:
    """The innermost figures, and the images that stand in none, in page order."""
    pictures: list[LexborNode] = []
    outer: set[int] = set()
    for node in reversed([node for node in nodes if node.tag not in ("p", "h1")][:MOST_IMAGES]):
        if node.tag == "figure":
            if node.mem_id in outer:
                continue
            above = node.parent
            for _ in range(8):
                if above is None:
                    break
                if above.tag == "figure":
                    outer.add(above.mem_id)
                above = above.parent
        pictures.append(node)
    pictures.reverse()
    return pictures


def _within(node: LexborNode, known: set[int]) -> bool:
    above = node.parent
    for _ in range(8 if known else 0):
        if above is None:
            return False
        if above.mem_id in known:
            return True
        above = above.parent
    return False


def _read_picture(
    node: LexborNode, position: int, url: str | None, lengths: dict[int, int]
) -> tuple[LexborNode, Photo | None]:
    """The photo of a figure or an image, and the element that holds all of it.

    `lengths` remembers how much text elements have, as many images share the ones around them.
    """
    box, caption, credit = node, "", ""
    figure = node.tag == "figure"
    if figure:
        caption, credit = _of_figure(node)
    linked = not caption and not credit and _in_link(node, lengths)
    if linked and not figure:
        return node, None
    image = read_description(node)
    if not caption and not credit and not linked and not image.icon:
        box, caption, credit = _of_neighbours(node, image, lengths)
    if caption and (not any(mark.isalpha() for mark in caption) or is_byline(caption)):
        caption = ""
    told_caption, told_credit = _of_attributes(image)
    if not caption and not credit:
        caption, credit = told_caption, told_credit
    elif not credit and told_credit and not take_credit(caption)[1]:
        credit = told_credit
    if not caption and not credit:
        return node, None
    address, width = find_address(node, url)
    return box, make_photo(caption, credit, position=position, url=address, width=width)


def _in_link(node: LexborNode, lengths: dict[int, int]) -> bool:
    """Whether a link around the picture holds text too, as that of a teaser does."""
    above = node.parent
    for _ in range(5):
        if above is None or above.tag in _OUTER:
            return False
        if above.tag == "a":
            return _length(above, lengths) > 0
        above = above.parent
    return False


def _length(node: LexborNode, lengths: dict[int, int]) -> int:
    """How many characters of text an element has, found once for each."""
    length = lengths.get(node.mem_id)
    if length is None:
        length = lengths[node.mem_id] = len(node.text(strip=True))
    return length


def _of_attributes(image: Description) -> tuple[str, str]:
    """Caption and credit from data-* attributes, or from an alt or title text that ends with its credit."""
    if image.caption or image.credit:
        return image.caption, image.credit
    for text in (image.title, image.alt):
        head, bar, tail = text.rpartition(" | ")
        if bar and parse_credit(tail, marked=True) and squeezed(head) == squeezed(image.alt):
            return "", tail
        if len(text) > 30 and split_caption(text):
            return text, ""
    return "", ""


def _of_figure(figure: LexborNode) -> tuple[str, str]:
    texts = _texts(figure.child, figure=True)
    caption, credit, loose = _line(texts.captions), _line(texts.credits), _line(texts.others)
    if len(credit) > LONGEST_CREDIT:
        credit = ""
    if caption and not credit:
        credit = marked_credit(loose)
    elif not caption and _may_be_caption(loose):
        caption = loose
    return caption, credit


def _may_be_caption(text: str) -> bool:
    """Whether a figure's unmarked text can be its caption: not a byline, not a button or a name under a quote."""
    if not 2 < len(text) < 600 or without_opener(text) != text:
        return False
    return len(text) >= 25 or bool(take_credit(text)[1])


def _of_neighbours(
    node: LexborNode, image: Description, lengths: dict[int, int]
) -> tuple[LexborNode, str, str]:
    """Caption and credit in the smallest element around an image that has text, and that element.

    Where that is a large one, the two elements after the image are looked at.
    """
    inner, above = node, node.parent
    for _ in range(6):
        if above is None or above.tag in _OUTER:
            break
        length = _length(above, lengths)
        if length:
            if 5 < length <= _LONGEST_BOX:
                caption, credit = _chosen(_texts(above.child, figure=False), image)
                return (above if caption or credit else node), caption, credit
            break
        inner, above = above, above.parent
    beside = inner.next
    looked_at = 0
    for _ in range(8):
        if beside is None or looked_at == 2:
            break
        length = _length(beside, lengths) if beside.tag not in _SILENT else 0
        if length:
            looked_at += 1
            if length < 600:
                caption, credit = _chosen(_texts(beside, figure=False, alone=True), image)
                if caption or credit:
                    return beside, caption, credit
        beside = beside.next
    return node, "", ""


def _chosen(texts: Texts, image: Description) -> tuple[str, str]:
    """The caption and the credit among the texts beside an image; two empty strings when nothing says so."""
    caption, credit = _line(texts.captions), _line(texts.credits)
    if len(credit) > LONGEST_CREDIT:
        credit = ""
    credits = [text for text in texts.others[:12] if marked_credit(text)]
    if len(caption) >= 15 or (caption and credit):
        return caption, credit or next(iter(credits), "")
    rest = [text for text in texts.others[:12] if text not in credits]
    for i, text in enumerate(rest[:8]):
        own = take_credit(text)[1] if len(text) > 24 and _CREDIT_MARK.search(text, len(text) - 100) else ""
        if any(_alike(text, told) for told in (image.alt, image.title, image.caption) if told):
            tail = rest[i + 1] if i + 1 < len(rest) and not credits and not credit else ""
            marked = tail if tail and len(tail) < 80 and parse_credit(tail, marked=True) else ""
            if len(text) > 24 or credits or credit or own or marked:
                return text, credit or next(iter(credits), marked)
        if own and len(text) > len(own) + 24 and not credits:
            return text, credit
    if credits or credit:
        return _line(rest) if len(rest) == 1 and len(rest[0]) > 14 else "", credit or credits[0]
    return "", ""


_CREDIT_MARK = re.compile(r"[/©()（）:：|=＝]")


def _alike(text: str, told: str) -> bool:
    """Whether a text is what an image's description says, or begins with it."""
    one, other = squeezed(text), squeezed(told)
    if len(one) < 5 or len(other) < 5:
        return False
    if one.startswith(other[:200]) or other.startswith(one[:200]):
        return min(len(one), len(other)) > 0.5 * len(one)
    a, b = set(text.lower().split()), set(told.lower().split())
    return len(a & b) >= 4 and 2 * len(a & b) > 1.4 * min(len(a), len(b))


@dataclass(slots=True)
class Texts:
    """A box's texts: of its caption, of its credit, and the rest; each text once."""

    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def _texts(first: LexborNode | None, *, figure: bool, alone: bool = False) -> Texts:
    """The texts of an element, of which `first` is the first child, or of `first` `alone`."""
    found = Texts()
    stack: list[tuple[LexborNode, list[str]]] = [(first, found.others)] if first is not None else []
    for _ in range(_MOST_STEPS):
        if not stack:
            break
        node, into = stack.pop()
        if node.next is not None and not alone:
            stack.append((node.next, into))
        alone = False
        tag = node.tag
        if tag == "-text":
            text = " ".join((node.text_content or "").split())
            if text and text not in into and not _is_furniture(text):
                into.append(text)
            continue
        child = node.child
        if child is None or tag in _SILENT:
            continue
        loose = into is found.others
        if loose and ((figure and tag in _HEADINGS) or (not figure and tag == "a")):
            continue
        if into is not found.credits:
            mark = "credit" if tag == "cite" else _marks(node, inside=figure or not loose)
            if mark == "credit":
                into = found.credits
            elif mark == "caption" or tag == "figcaption":
                into = found.captions
        stack.append((child, into))
    return found


def _marks(node: LexborNode, *, inside: bool) -> str:
    """What an element's names say it holds: "credit", "caption" or nothing.

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
    words = photo_words()
    if pieces & words["credit"] or (inside and pieces & words["credit_inside"]):
        return "credit"
    if pieces & words["picture"] and pieces & words["credit_inside"]:
        return "credit"
    if pieces & words["caption"] or (pieces & words["picture"] and pieces & words["description"]):
        return "caption"
    return ""


def _is_furniture(text: str) -> bool:
    if len(text) > 40:
        return False
    folded = text.lower().rstrip(".: ")
    return (
        folded in photo_words()["furniture"]
        or _COUNTER.match(text) is not None
        or not any(mark.isalnum() for mark in text)
    )


def _line(texts: list[str]) -> str:
    return " ".join(texts)[: 2 * LONGEST_CAPTION].replace(" ,", ",").replace(" .", ".").strip()


# ------------------------------------------------------------------------------------------- what is told only


def _with_told(photos: list[Photo], images: tuple[Image, ...]) -> tuple[Photo, ...]:
    """The photos, and in front the lead photo that only the page's metadata describe with a credit."""
    for image in images[:1]:
        photo = make_photo(image.caption or "", image.credit or "", url=image.url, width=image.width)
        if photo is None or not photo.credit:
            continue
        shown = any(stem(other.url) == stem(image.url) or other.caption == photo.caption for other in photos)
        if not shown and not (photo.caption is None and photos):
            return (photo, *photos)
    return tuple(photos)
