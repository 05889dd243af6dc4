"""What a caption's line holds: the caption, its credit, the photographer and the agency."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from cleaners.article import Photo
from cleaners.read.titles import squeezed
from cleaners.wire.bylines import parse_byline, without_opener
from cleaners.wire.credits import Credit, parse_credit, split_caption

LONGEST_CAPTION = 1_500
LONGEST_CREDIT = 200


@cache
def photo_words() -> dict[str, frozenset[str]]:
    """The word lists of photos.toml by name."""
    table = tomllib.loads(files("cleaners.page").joinpath("photos.toml").read_text(encoding="utf-8"))
    return {key: frozenset(values) for group in table.values() for key, values in group.items()}


def is_byline(text: str) -> bool:
    """Whether a text in a caption's place is the article's byline ("By Jane Doe, Editor"), not "By the river"."""
    if len(text) > 100 or without_opener(text) == text:
        return False
    byline = parse_byline(text)
    return byline is not None and bool(byline.authors)


def make_photo(
    caption: str, credit: str, *, position: int = 0, url: str | None = None, width: int | None = None
) -> Photo | None:
    """The photo that a caption and a marked credit make; None when they say nothing.

    A caption's own credit is taken off when none is marked.

    >>> make_photo("Waves at the pier. (AP Photo/Jane Doe)", "").credit
    '(AP Photo/Jane Doe)'
    """
    printed = tuple(text for text in (caption, credit) if text)
    caption = caption[:LONGEST_CAPTION]
    parsed: Credit | None = None
    if caption and not credit:
        caption, credit, parsed = take_credit(caption)
    elif credit and not caption:
        head, tail, _ = take_credit(credit)
        if len(head) > 25 and tail:  # the whole caption was marked as a credit
            caption, credit = head, tail
    elif caption and credit:
        if squeezed(caption) == squeezed(credit):
            caption = ""
        elif len(caption) < 60 and parse_credit(
            caption
        ):  # "Photo by Jane Doe", and its agency in an element of its own
            caption, credit = "", f"{caption} / {credit}"
        elif len(credit) > 5 and caption.endswith(credit):
            caption = caption.removesuffix(credit).rstrip()
    if credit.lower().strip("©. ") in photo_words()["furniture"]:
        credit = ""
    if credit and parsed is None:
        parsed = parse_credit(credit, marked=True)
    if not caption and not credit:
        return None
    return Photo(
        caption=caption or None,
        credit=_tidied(credit) or None,
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
    if match := _bracketed().search(caption, max(0, len(caption) - LONGEST_CREDIT)):
        return (
            caption[: match.start()].rstrip(),
            match[0].strip(),
            parse_credit(match[1].strip(), marked=True),
        )
    if split := split_caption(caption):
        return split[0], split[1].printed, split[1]
    if match := _labelled().search(
        caption, max(0, len(caption) - LONGEST_CREDIT)
    ):  # the markup says that it is a caption, so a label is enough
        return (
            caption[: match.start()].rstrip(" (–—-|/"),
            match[0].strip(),
            parse_credit(match[0].strip(), marked=True),
        )
    return caption, "", None


def marked_credit(text: str) -> str:
    """The text when it is a credit by its label, its © or its parts; else the empty string.

    >>> marked_credit("Foto: Privat"), marked_credit("Open the gallery")
    ('Foto: Privat', '')
    """
    if not text or len(text) > LONGEST_CREDIT:
        return ""
    match = _labelled().match(text)
    return text if match or (len(text) <= 90 and parse_credit(text)) else ""


@cache
def _bracketed() -> re.Pattern[str]:
    labels = "|".join(re.escape(word) for word in sorted(photo_words()["labels"], key=len, reverse=True))
    return re.compile(rf"[(\[（【]((?:{labels})\s?[:：][^()\[\]（）]{{2,150}})[)\]）】]$", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    labels = "|".join(re.escape(word) for word in sorted(photo_words()["labels"], key=len, reverse=True))
    return re.compile(
        rf"[(\[（【]?(?<!\w)(?:(?:{labels})\s?[:：]|©|ⓒ|[（(][cCＣ][)）])(?!.*(?:[.!?]\s\w+\s\w+\s\w+\s\w+\s\w+))[^:]{{2,110}}$",
        re.IGNORECASE,
    )


def _tidied(credit: str) -> str:
    """The credit as printed, without the signs that only part it from its caption."""
    return credit.strip(" |,;:–—-")
