"""What the texts beside a picture say: its caption, its credit, or nothing of it; and the photo that these make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from selectolax.lexbor import LexborNode

from cleaners.article import Photo
from cleaners.memory import remembered
from cleaners.photos.images import Description
from cleaners.photos.lines import credited
from cleaners.read.titles import squeezed
from cleaners.wire.bylines import parse_byline, without_opener
from cleaners.wire.captions import is_marked_credit, read_caption, split_caption
from cleaners.wire.credit_parts import is_credit_word
from cleaners.wire.credits import LONGEST_CREDIT, Credit, parse_credit, parse_tail
from cleaners.words import word_set

LONGEST_CAPTION: Final = 1_500
#: Characters of a marked credit that is not understood; longer ones of several sentences are an author's life.
_LONGEST_UNREAD: Final = 80
_LONGEST_BYLINE: Final = 100
#: Attributes whose names say what an element holds.
_NAMED: Final = ("class", "itemprop", "id", "data-testid")
_NAME: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CREDIT_MARK: Final = re.compile(r"[/©()（）:：|=＝]")
_COUNTER: Final = re.compile(
    r"[\d\s:./|-]{1,12}$|(?:bild|foto|image|photo)?\s?\d{1,3}\s?(?:/|of|von|de|sur|av)\s?\d{1,3}\s?\|?$",
    re.IGNORECASE,
)
#: A text in a box: what its markup calls it ("caption", "credit", ""; "spare" are buttons and repeats, which say
#: nothing), and the number of the block that it is part of, -1 where that block began before the box.
Piece = tuple[str, str, int]


def _line(pieces: Sequence[Piece], kind: str) -> str:
    """Return the texts of a kind as one line."""
    line = " ".join([text for found, text, _ in pieces if found == kind])[: 2 * LONGEST_CAPTION]
    return line.replace(" ,", ",").replace(" .", ".").strip()


def _marked(pieces: Sequence[Piece]) -> tuple[str, str]:
    """Return what is marked as the caption and as the credit."""
    caption, credit = _line(pieces, "caption"), _line(pieces, "credit")
    return caption, credit if len(credit) <= LONGEST_CREDIT else ""


def texts_of_figure(pieces: Sequence[Piece]) -> tuple[str, str]:
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


def texts_of_box(pieces: Sequence[Piece], image: Description) -> tuple[str, str]:
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


def told_credit(image: Description) -> str:
    """Return the credit at the end of what an image's description says, when nothing else can stand there.

    >>> told_credit(Description(("Waves at the pier. (Photo: Jane Doe/AFP)",))), told_credit(Description(("Waves",)))
    ('(Photo: Jane Doe/AFP)', '')
    """
    found = filter(None, map(split_caption, image.told))
    return next((credit.printed for _, credit in found if credit.agency or credit.photographer), "")


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


def kind_of(node: LexborNode, tag: str | None, *, inside: bool) -> str:
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
def names_picture(names: str) -> bool:
    """Tell whether the classes of an element say that it is a picture's: "left image wide".

    >>> names_picture("left image wide"), names_picture("left wide")
    (True, False)
    """
    return not _named("picture").isdisjoint(names.lower().split())


@remembered(4_096)
def names_elsewhere(names: str) -> bool:
    """Tell whether the classes of an element say that what is in it is not the article's.

    >>> names_elsewhere("related-stories"), names_elsewhere("story-body")
    (True, False)
    """
    words, whole = _named("elsewhere"), _named("elsewhere_whole")
    for name in names.lower().replace("_", "-").split():
        first, _, rest = name.partition("-")
        if first in words or rest in words or name in whole:
            return True
    return False


def is_furniture(text: str) -> bool:
    """Tell whether a text beside a picture is a button, a counter or a mark.

    >>> is_furniture("Enlarge"), is_furniture("1/3"), is_furniture("Waves at the pier")
    (True, True, False)
    """
    if len(text) > 40:
        return False
    return (
        is_credit_word("furniture", text.lower().rstrip(".: "))
        or _COUNTER.match(text) is not None
        or not any(map(str.isalnum, text))
    )


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
    'AP Photo/Jane Doe'
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
        sentences = credit.endswith(".") and ". " in credit
        if sentences and len(credit) > _LONGEST_UNREAD and not (parsed.photographer or parsed.agency):
            parsed = None
    if not caption and parsed is None:
        return None
    return credited(caption, parsed)
