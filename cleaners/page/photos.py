"""Photos of a page's article: caption, credit, photographer, agency, address and place in the body."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.article import Photo
from cleaners.page.authors import looks_like_person, split_authors, without_opener
from cleaners.page.metadata import Image, Metadata, absolute
from cleaners.page.titles import squeezed
from cleaners.wire.credits import Credit, parse_credit, split_caption

#: Says where in the body an element stands: the number of body parts before it, or None when it is outside.
Place = Callable[[LexborNode], int | None]

MOST_BOXES = 200
_MOST_STEPS = 400  # nodes looked at in one figure
_LONGEST_CAPTION = 1_500
_LONGEST_CREDIT = 200

# One query, as each walks the whole tree, and few terms, as each term costs a third of the walk: without its first
# letter a word is found in "imageCaption" too. Names are looked at again word by word.
_BOXES = "figure,[class*=aption],[class*=redit],[class*=opyright],[class*=egend],[class*=-desc]"
_IMAGES = "img,amp-img,picture source,[data-src],[style*=background-image]"
_SILENT = frozenset("script style noscript template svg button video audio iframe -comment source select".split())
_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COUNTER = re.compile(r"[\d\s:./|of-]{1,12}$|(?:bild|foto|image|photo)?\s?\d{1,3}\s?(?:/|of|von|de|sur|av)\s?\d{1,3}$", re.IGNORECASE)


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("cleaners.page").joinpath("photos.toml").read_text(encoding="utf-8"))
    return {key: frozenset(values) for group in table.values() for key, values in group.items()}


def read_photos(
    tree: LexborHTMLParser, metadata: Metadata | None = None, url: str | None = None, place: Place | None = None
) -> tuple[Photo, ...]:
    """The article's photos in page order. Photos without caption and credit are left out.

    `place` says where an element stands in the body; without it, photos around the page's longest run of
    paragraphs are taken. What JSON-LD says of an image fills what the page does not print.

    >>> page = LexborHTMLParser("<article><h1>Storm</h1><figure><img src=/a.jpg><figcaption>Waves at the pier. "
    ...                         "<span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure></article>")
    >>> [photo] = read_photos(page, url="https://example.org/storm")
    >>> photo.caption, photo.photographer, photo.agency, photo.url
    ('Waves at the pier.', 'Jane Doe', 'AFP', 'https://example.org/a.jpg')
    """
    where = place or nearby(tree)
    photos: list[Photo] = []
    seen: set[tuple[str, str]] = set()
    for box in _boxes(tree):
        position = where(box)
        if position is None:
            continue
        photo = _read_box(box, position, url or (metadata.url if metadata else None))
        if photo is None:
            continue
        key = (squeezed(photo.caption or photo.credit or ""), _stem(photo.url))
        if key in seen or (photo.url is None and any(key[0] == text for text, _ in seen)):
            continue
        seen.add(key)
        photos.append(photo)
    return _with_told(photos, metadata.images if metadata else ())


def _boxes(tree: LexborHTMLParser) -> list[LexborNode]:
    """The innermost figures, and the boxes around captions that stand outside figures."""
    boxes: list[LexborNode] = []
    known: set[int] = set()
    for node in tree.css(_BOXES)[: MOST_BOXES * 4]:
        box: LexborNode | None = node
        if node.mem_id in known:  # found by two selectors
            continue
        if node.tag == "figure":
            above = _above(node, known)
            if above is not None:  # a gallery: its figures are the photos
                boxes = [box for box in boxes if box.mem_id != above]
        elif _above(node, known) is not None or not _marks(node):
            continue
        else:
            box = _around_image(node)
            if box is None or _above(box, known) is not None:
                continue
        if box.mem_id not in known:
            known.add(box.mem_id)
            boxes.append(box)
            if len(boxes) == MOST_BOXES:
                break
    return boxes


def _above(node: LexborNode, known: set[int]) -> int | None:
    """The known element that the node is or stands in."""
    above: LexborNode | None = node
    for _ in range(12 if known else 0):
        if above is None:
            return None
        if above.mem_id in known:
            return above.mem_id
        above = above.parent
    return None


def _around_image(node: LexborNode) -> LexborNode | None:
    """The nearest element around a caption that holds an image, when it holds little else."""
    above: LexborNode | None = node
    for _ in range(5):
        if above is None or above.tag in ("body", "main", "article", "html"):
            return None
        if above.css_first(_IMAGES) is not None:
            return above if len(above.text(separator=" ")) < 1_200 else None
        above = above.parent
    return None


def _marks(node: LexborNode, *, inside: bool = False) -> str:
    """What an element's names say it holds: "credit", "caption" or nothing.

    `inside` a figure, names that elsewhere mean the article's author ("byline") mean the photographer.
    """
    attributes = node.attributes
    if not attributes:
        return ""
    names = " ".join(attributes.get(key) or "" for key in ("class", "itemprop", "id", "data-testid"))
    if not names.strip():
        return ""
    pieces = {piece.lower() for piece in _NAME.findall(names)} | set(names.lower().split())
    if pieces & _words()["credit"] or (inside and pieces & _words()["credit_inside"]):
        return "credit"
    if pieces & _words()["caption"] or (pieces & _words()["picture"] and pieces & _words()["description"]):
        return "caption"
    return ""


# ------------------------------------------------------------------------------------------- a figure's texts


def _read_box(box: LexborNode, position: int, url: str | None) -> Photo | None:
    texts = _texts(box)
    caption, credit = _line(texts.captions), _line(texts.credits)
    address, width, alt = _image(box, url)
    if len(credit) > _LONGEST_CREDIT:
        credit = ""
    if box.tag == "figure":
        loose = _line(texts.others)
        if caption and not credit and (found := marked_credit(loose)):
            credit = found
        elif not caption and not credit and _may_be_caption(loose):
            caption = loose
    if caption and (len(caption) < 15 and box.tag != "figure" or _is_byline(caption)):
        caption = ""
    if not caption and not credit and len(alt) > 30 and split_caption(alt):
        caption = alt
    return make_photo(caption, credit, position=position, url=address, width=width)


def _may_be_caption(text: str) -> bool:
    """Whether a figure's unmarked text can be its caption: not a byline, not a button."""
    return 2 < len(text) < 600 and without_opener(text) == text and (" " in text or parse_credit(text) is not None)


def _is_byline(text: str) -> bool:
    """Whether a text in a caption's place is the article's byline ("By Jane Doe, Editor"), not "By the river"."""
    if len(text) > 100 or without_opener(text) == text:
        return False
    names = split_authors(text)
    return bool(names) and all(looks_like_person(name) for name in names)


def make_photo(
    caption: str, credit: str, *, position: int = 0, url: str | None = None, width: int | None = None
) -> Photo | None:
    """The photo that a caption and a marked credit make; None when they say nothing.

    A caption's own credit is taken off when none is marked.

    >>> make_photo("Waves at the pier. (AP Photo/Jane Doe)", "").credit
    'AP Photo/Jane Doe'
    """
    printed = tuple(text for text in (caption, credit) if text)
    caption = caption[:_LONGEST_CAPTION]
    parsed: Credit | None = None
    if caption and not credit:
        caption, credit, parsed = take_credit(caption)
    elif caption and credit:
        if squeezed(caption) == squeezed(credit):
            caption = ""
        elif len(caption) < 60 and parse_credit(caption):  # "Photo by Jane Doe", and its agency in an element of its own
            caption, credit = "", f"{caption} / {credit}"
        elif len(credit) > 5 and caption.endswith(credit):
            caption = caption.removesuffix(credit).rstrip()
    if credit and parsed is None:
        parsed = parse_credit(credit, marked=True)
    if not caption and not credit:
        return None
    return Photo(
        caption=caption or None,
        credit=_unwrapped(credit) or None,
        photographer=parsed.photographer if parsed else None,
        agency=parsed.agency if parsed else None,
        position=position,
        url=url,
        width=width,
        printed=printed,
    )


def take_credit(caption: str) -> tuple[str, str, Credit | None]:
    """A caption without its credit, the credit, and what the credit's grammar makes of it.

    >>> take_credit("The family at home. Foto: Privat")[:2]
    ('The family at home.', 'Foto: Privat')
    """
    if whole := parse_credit(caption):
        return "", caption, whole
    if split := split_caption(caption):
        return split[0], split[1].printed, split[1]
    if match := _labelled().search(caption):  # the markup says that it is a caption, so a label is enough
        return caption[: match.start()].rstrip(" (–—-|/"), match[0].strip(), parse_credit(match[0].strip(), marked=True)
    return caption, "", None


def marked_credit(text: str) -> str:
    """The text when it is a credit by its label, its © or its parts; else the empty string.

    >>> marked_credit("Foto: Privat"), marked_credit("Open the gallery")
    ('Foto: Privat', '')
    """
    if not text or len(text) > _LONGEST_CREDIT:
        return ""
    match = _labelled().match(text)
    return text if match or parse_credit(text) else ""


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(re.escape(word) for word in sorted(_words()["labels"], key=len, reverse=True))
    return re.compile(
        rf"[(\[（【]?(?<!\w)(?:(?:{labels})\s?[:：]|©|ⓒ|[（(][cCＣ][)）])(?!.*(?:[.!?]\s\w+\s\w+\s\w+\s\w+\s\w+))[^:]{{2,110}}$",
        re.IGNORECASE,
    )


def _unwrapped(credit: str) -> str:
    credit = credit.strip(" |,;–—-")
    if credit[:1] == "(" and credit[-1:] == ")" and credit.count("(") == 1:
        return credit[1:-1].strip()
    return credit


@dataclass(slots=True)
class Texts:
    """A figure's texts: of its caption, of its credit, and the rest; each text once."""

    captions: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def _texts(box: LexborNode) -> Texts:
    found = Texts()
    figure = box.tag == "figure"
    stack: list[tuple[LexborNode, list[str]]] = []
    if box.child is not None:
        stack.append((box.child, found.others))
    for _ in range(_MOST_STEPS):
        if not stack:
            break
        node, into = stack.pop()
        if node.next is not None:
            stack.append((node.next, into))
        tag = node.tag
        if tag == "-text":
            text = " ".join((node.text_content or "").split())
            if text and text not in into and not _is_furniture(text):
                into.append(text)
            continue
        child = node.child
        if child is None or tag in _SILENT or (tag in _HEADINGS and into is found.others):
            continue
        if into is not found.credits:
            mark = "credit" if tag == "cite" else _marks(node, inside=figure or into is found.captions)
            if mark == "credit":
                into = found.credits
            elif mark == "caption" or tag == "figcaption":
                into = found.captions
        stack.append((child, into))
    return found


_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


def _is_furniture(text: str) -> bool:
    if len(text) > 40:
        return False
    folded = text.lower().rstrip(".: ")
    return folded in _words()["furniture"] or _COUNTER.match(text) is not None or not any(m.isalnum() for m in text)


def _line(texts: list[str]) -> str:
    return " ".join(texts)[: _LONGEST_CAPTION * 2].replace(" ,", ",").replace(" .", ".").strip()


# ------------------------------------------------------------------------------------------------- the image

_CANDIDATE = re.compile(r"(\S{1,2000}?)(?:\s{1,20}(\d{1,5}(?:\.\d{1,3})?)([wx]))?\s{0,20}(?:,\s{1,50}|,?$|,(?=https?:|/))")


def _image(box: LexborNode, url: str | None) -> tuple[str | None, int | None, str]:
    """Address and width of the largest version of a box's first image, and its alt text."""
    best: tuple[float, str] | None = None
    alt = ""
    width: int | None = None
    images = 0
    for node in box.css("img,amp-img,source")[:12]:
        attributes = node.attributes
        if node.tag != "source":
            images += 1
            if images > 1:
                break
            alt = " ".join((attributes.get("alt") or "").split())
        elif images:
            continue
        for key in ("srcset", "data-srcset", "data-lazy-srcset"):
            for size, address in read_srcset(attributes.get(key) or ""):
                if best is None or size > best[0]:
                    best = (size, address)
        for key in ("data-full-src", "data-original", "data-src", "data-lazy-src", "src"):
            address = attributes.get(key) or ""
            if address and not address.startswith("data:"):
                size = float(_number(attributes.get("width")) or 1)
                if best is None or size > best[0]:
                    best = (size, address)
                break
    if best is None:
        return None, None, alt
    if best[0] > 10:
        width = int(best[0])
    return absolute(best[1], url), width, alt


def read_srcset(srcset: str) -> list[tuple[float, str]]:
    """The candidates of a `srcset` with their widths (HTML standard, 4.8.4.2.1); an "x" counts as 1,000 pixels.

    >>> read_srcset("/a-320.jpg 320w, /a-960.jpg 960w")
    [(320.0, '/a-320.jpg'), (960.0, '/a-960.jpg')]
    """
    found: list[tuple[float, str]] = []
    for candidate in re.split(r",\s+|,(?=https?:)", srcset[:20_000]):
        parts = candidate.split()
        if not parts or parts[0].startswith("data:"):
            continue
        size = 1.0
        if len(parts) > 1 and parts[-1][:-1].replace(".", "", 1).isdigit():
            size = float(parts[-1][:-1]) * (1000 if parts[-1][-1] == "x" else 1)
        found.append((size, parts[0].rstrip(",")))
    return found


def _number(value: str | None) -> int | None:
    digits = (value or "").removesuffix("px")
    return int(digits) if digits.isdigit() and len(digits) < 6 else None


def _stem(url: str | None) -> str:
    """The file name of an image's address, which its differently sized copies share."""
    if not url:
        return ""
    name = url.partition("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}$", "", name)


# ------------------------------------------------------------------------------------------- what is told only


def _with_told(photos: list[Photo], images: tuple[Image, ...]) -> tuple[Photo, ...]:
    """The photos, with those that only the page's metadata describe in front."""
    told = [image for image in images if image.caption or image.credit]
    if photos or not told:
        return tuple(photos)
    made = [make_photo(image.caption or "", image.credit or "", url=image.url, width=image.width) for image in told[:1]]
    return tuple(photo for photo in made if photo is not None)


# ------------------------------------------------------------------------------------------ where the body is


def nearby(tree: LexborHTMLParser) -> Place:
    """A guess at the body for pages whose blocks nobody has judged: elements around the most long paragraphs.

    Elements inside teasers, sidebars, footers and author boxes are outside.
    """
    weights: dict[int, list[float]] = {}
    for number, paragraph in enumerate(tree.css("p")[:2_000]):
        length = len(paragraph.text())
        above = paragraph.parent
        share = float(min(length, 1_000)) if length > 80 else 0.0
        for _ in range(6):
            if above is None or not share or above.tag in ("body", "html"):
                break
            entry = weights.setdefault(above.mem_id, [0.0, number])
            entry[0] += share
            above = above.parent
    whole = max((weight for weight, _ in weights.values()), default=0.0)
    holders = {key for key, (weight, _) in weights.items() if weight >= 0.5 * whole}

    def place(node: LexborNode) -> int | None:
        above: LexborNode | None = node
        inside = not holders
        for _ in range(40):
            if above is None:
                break
            if above.tag in ("aside", "nav", "footer") or _elsewhere(above):
                return None
            if above.mem_id in holders:
                inside = True
                break
            if above.tag in ("article", "main"):
                inside = True
            above = above.parent
        return 0 if inside else None

    return place


def _elsewhere(node: LexborNode) -> bool:
    names = node.attributes.get("class")
    if not names or node.tag in ("body", "html", "main", "article"):
        return False
    words = _words()["elsewhere"]
    for name in names.lower().replace("_", "-").split():
        first, _, rest = name.partition("-")
        if first in words or rest in words or name in _words()["elsewhere_whole"] or first in _words()["elsewhere_whole"]:
            return True
    return False
