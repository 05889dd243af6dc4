"""Captions: part one from its label and its credit."""

from __future__ import annotations

import re
from functools import cache

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.read.inserted import without_link_notes
from cleaners.wire.agencies import OWN_NAMES, OwnNames, find_agency, is_picture_desk, outlets
from cleaners.wire.caption_ends import (
    BOUNDARY,
    OPENER_SIGNS,
    PHOTO_SIGNS,
    boundaries,
    closing_bracket,
    credit_starts,
    is_initial,
    may_be_credit,
    opens,
)
from cleaners.wire.credit_parts import credit_parts, is_photo_agency
from cleaners.wire.credits import (
    LONGEST_CREDIT,
    Credit,
    may_be_credit_line,
    opens_with_label,
    parse_credit,
    parse_tail,
)
from cleaners.wire.parts import BRACKETS, YEAR, alternatives, longest_first, unbracket
from cleaners.wire.rights import parse_rights
from cleaners.words import words

_SHORTEST_CAPTION = 12
_LONGEST_CAPTION = 1500
#: Characters of a credit beside a photo that has no label.
_LONGEST_UNLABELLED = 90
#: A caption's credit has one of these: see `credit_starts` and `_may_open_with_credit`.
SIGNS_OF_CREDITS = (*"©ⓒ([{（【|/:：=＝摄攝影", "Copyright ", " via ", *PHOTO_SIGNS, *OPENER_SIGNS)
#: Close to a full stop at a line's end these say that a credit may end there.
_SIGNS_AT_END = ("/", "oto", "©", "mage", "redit", "ourtesy")
_INITIAL_AT_END = late_pattern(r"\b(?:[A-Z]|Jr|Sr)\.$")
#: What stands behind a caption's full stop where a paper did not take the picture itself.
_SUPPLIED = frozenset(("Supplied", "Handout", "Contributed", "Submitted", "SUPPLIED", "HANDOUT"))
_RESERVED = late_pattern(
    r"[.,]? ?(?:All rights reserved|Tous droits réservés|Alle Rechte vorbehalten|Todos los derechos reservados)\.?$",
    re.I,
)
#: What joins two names: no caption ends so.
_JOINED = ("&", " and", " und", " et", " y", " e")
_MOST_SPACES = 22


def read_caption(text: str, *, marked: bool = False) -> tuple[str, Credit | None]:
    """Return a caption without its label and its credit, and the credit; no caption where the text is all credit.

    `marked` says that the page's markup calls the text a caption: then a label is enough for a credit.

    >>> caption, credit = read_caption("The family at home. Foto: Privat", marked=True)
    >>> caption, credit.printed
    ('The family at home.', 'Foto: Privat')
    >>> read_caption("© Example Press")[0], read_caption("Image caption, Troops march")
    ('', ('Troops march', None))
    """
    if whole := parse_credit(text):
        return "", whole
    text = text[caption_label(text) :].strip() or text
    split = split_caption(text)
    if split is None and marked:
        split = _split_labelled(text) or split_caption(text, marked=True)
        if split and split[1].form == "remark":  # "(file photo)" names nobody
            split = None
    if split and marked:
        split = _widened(text, split)
    return split or (text, None)


def is_marked_credit(text: str) -> bool:
    """Tell whether a text beside a photo is its credit by its label, its © or its parts.

    >>> is_marked_credit("Foto: Privat"), is_marked_credit("Open the gallery")
    (True, False)
    """
    if not text or len(text) > LONGEST_CREDIT:
        return False
    return bool(_labelled().match(text)) or (len(text) <= _LONGEST_UNLABELLED and bool(parse_credit(text)))


def _split_labelled(text: str) -> tuple[str, Credit] | None:
    """Split a marked caption at a label in brackets at its end, or at its last label or © sign."""
    match = _bracketed().search(text, max(0, len(text) - LONGEST_CREDIT)) or _labelled().search(
        text, max(0, len(text) - LONGEST_CREDIT)
    )
    if match is None:
        return None
    printed = match[0].strip()
    credit = parse_credit(match[match.lastindex or 0].strip(), marked=True) or Credit(printed, form="label")
    return text[: match.start()].rstrip(" (–—-|/"), credit._replace(printed=printed)


@cache
def _bracketed() -> re.Pattern[str]:
    labels = alternatives("credits", "marked_labels")
    return re.compile(rf"[(\[（【]((?:{labels})\s?[:：][^()\[\]（）]{{2,150}})[)\]）】]$", re.IGNORECASE)


@cache
def _labelled() -> re.Pattern[str]:
    labels = alternatives("credits", "marked_labels")
    return re.compile(
        rf"[(\[（【]?(?<!\w)(?:(?:{labels})\s?[:：]|©|ⓒ|[（(][cCＣ][)）])(?!.*(?:[.!?]\s\w+\s\w+\s\w+\s\w+\s\w+))[^:]{{2,110}}$",
        re.IGNORECASE,
    )


def split_caption(text: str, *, marked: bool = False) -> tuple[str, Credit] | None:
    """Return a caption and the credit at its end or its start; None when the text holds no sure credit.

    `marked` says that the page's markup calls the text a caption: then an agency's bare name behind the last
    sentence or in brackets ("… in Kazan. (AFP)") is its credit too. In a plain text that is how a paragraph ends.

    >>> caption, credit = split_caption("North Korean troops in Russia © AFP – Nicholas SHEARMAN")
    >>> caption, credit.photographer
    ('North Korean troops in Russia', 'Nicholas Shearman')
    >>> split_caption("A car burns in Kyiv. REUTERS/Carlos Barria/File Photo")[0]
    'A car burns in Kyiv.'
    >>> split_caption("“We will not go,” he told AFP.") is None, split_caption("He did not say why. (AFP)") is None
    (True, True)
    """
    return _split_caption(text, marked, OWN_NAMES.get())


@remembered(256)  # a rule asks, and the photo again; a figure's caption is read twice
def _split_caption(text: str, marked: bool, _own: OwnNames | None) -> tuple[str, Credit] | None:
    """Return the same, remembered for those alone who have the same names of their own."""
    text = _without_offer(text.strip())
    if not may_hold_credit(text, marked=marked):
        return None
    if marked or may_end_in_credit(text):
        for start in credit_starts(text, marked):
            if 0 < start < len(text) and (found := _cut(text, start, marked)):
                return found
    return _split_front(text) if _may_open_with_credit(text) else None


def may_hold_credit(text: str, *, marked: bool = False) -> bool:
    """Return the cheapest gate before `split_caption`, for the lines of a text and for what markup calls a caption.

    >>> may_hold_credit("Share this:"), may_hold_credit("Rain in Kyiv © AFP")
    (False, True)
    """
    if not _SHORTEST_CAPTION <= len(text) <= _LONGEST_CAPTION:
        return False
    table_row = text[0] == "|" or text.count("|") > 3
    return marked or (not table_row and (may_end_in_credit(text) or _may_open_with_credit(text)))


def may_end_in_credit(text: str) -> bool:
    """Return the cheapest gate: how prose ends, no credit does, or only one with a mark close to its full stop.

    >>> may_end_in_credit("It rained."), may_end_in_credit("Rain in Kyiv. Photo: Anna Smith.")
    (False, True)
    """
    if text[-1] in "”»?!…“":
        return False
    tail = text[-90:]
    return text[-1] != "." or any(map(tail.__contains__, _SIGNS_AT_END))


def _may_open_with_credit(text: str) -> bool:
    """Return the cheapest gate: a bracket, a © sign, a slash, or a label with a colon near the start."""
    head, colon, _ = text[:60].partition(":")
    return text[0] in "([©【（" or "/" in text[:60] or (bool(colon) and opens_with_label(head))


def _cut(text: str, start: int, marked: bool) -> tuple[str, Credit] | None:
    """Return the caption before `start` and the credit from there on, when the cut is sure."""
    printed = text[start:]
    if not marked and printed.count(" ") > _MOST_SPACES:
        return None
    caption = text[:start].rstrip(" \t\xa0-–—|,;/•·([（【*＝")
    if caption.endswith(_JOINED) or len(caption) < 3 or not any(map(str.isalpha, caption[:40])):
        return None
    bare = _RESERVED.sub("", printed) if "eserv" in printed or "orbehalten" in printed else printed
    credit = parse_credit(bare if _INITIAL_AT_END.search(bare) else bare.rstrip(" ."))
    if credit is None:
        credit = _tail(text, start) if marked and opens(text, start) else None
    elif not marked and not _is_sure(text, start, printed, credit):
        credit = None
    if credit is None:
        return None
    around = closing_bracket(text[-LONGEST_CREDIT:])
    opening = max(0, len(text) - LONGEST_CREDIT) + around[0] if around and text[-1] in BRACKETS else start
    if 3 <= opening < start:
        caption, printed = text[:opening].rstrip(), text[opening:]  # the bracket is one credit
    return caption, credit._replace(printed=printed.strip())


def _widened(text: str, found: tuple[str, Credit]) -> tuple[str, Credit]:
    """Return the cut that takes more into the credit, where the words before it belong to it: "Anna Smith (AFP)"."""
    offset = max(0, len(text) - LONGEST_CREDIT)
    for end in reversed(boundaries(text[offset:], marked=True)):
        if offset + end < len(found[0]) and (credit := _tail(text, offset + end)):
            return text[: offset + end].rstrip(" \t\xa0-–—|,;/•·([（【*＝"), credit
    whole = parse_credit(found[1].printed, marked=True)
    return (found[0], whole) if whole and whole.agency and not found[1].agency else found


def _tail(text: str, start: int) -> Credit | None:
    """Return the credit that a marked caption's last words are; behind a slash only one of a known house."""
    credit = parse_tail(text[start:])
    if credit and text[:start].rstrip().endswith("/") and not _is_known(credit.agency or ""):
        return None
    return credit


def _is_known(house: str) -> bool:
    return house in outlets() or find_agency(house) is not None


def _is_sure(text: str, start: int, printed: str, credit: Credit) -> bool:
    """Tell whether a credit in a line without markup is a photo's, and no rights notice or part of a sentence."""
    signed = credit.form.startswith("copyright")
    if signed and YEAR.search(printed) and parse_rights(text):
        return False
    supplied = text[:start].rstrip()[-1:] in (".", "!", "?") and printed.strip(" .") in _SUPPLIED
    if credit.form == "remark" and not supplied:
        return False
    if credit.photographer is None and credit.form == "agency" and not _is_of_photos(printed):
        return False
    if signed:
        sentence = printed.endswith(".") and find_agency(credit.agency or "") is None
        return not sentence and text[start - 1] not in "“\"«'‘("
    if printed[0] in "([（【" or opens(text, start):
        return True
    return not printed.rstrip().endswith((".", "!", "?")) or credit.form.startswith(
        ("agency-name", "label-name-agency")
    )


def _is_of_photos(printed: str) -> bool:
    """Tell whether an agency without a photographer still can only be a photo's ("Getty Images", "AP Photo")."""
    inner = unbracket(printed.strip(" ."))
    small = inner.casefold()
    found = (find_agency(part) for part, _ in credit_parts(inner))
    return (
        "photo" in small
        or "foto" in small
        or is_picture_desk(inner)
        or any(agency and is_photo_agency(agency) for agency in found)
    )


def _split_front(text: str) -> tuple[str, Credit] | None:
    """Return a credit in front of its caption: "(AP Photo/Evan Vucci) A car burns"."""
    closing = next((closing for closing, opening in BRACKETS.items() if opening == text[0]), "")
    if closing:
        ends = [text.find(closing, 1, LONGEST_CREDIT) + 1]
    else:
        found = BOUNDARY.finditer(text, 0, LONGEST_CREDIT)
        ends = [end.end() for end in found if not is_initial(text, end.start())][:6]
    for end in filter(None, ends):
        printed, caption = text[:end].rstrip(" \t\xa0-–—|•:"), text[end:].lstrip(" \t\xa0-–—|:•.")
        worded = " " in caption.strip() or caption >= "\u0590"
        if (
            len(caption) < 8
            or not worded
            or not (may_be_credit(text[:end]) or may_be_credit_line(text[:end]))
        ):
            continue
        credit = parse_credit(printed) or parse_credit(printed.rstrip("."))
        sure = credit and credit.form not in ("agency", "remark", "copyright-agency", "copyright-source")
        if credit and sure and (credit.agency or closing):
            return caption, credit
    return None


@cache
def caption_starts() -> frozenset[str]:
    """Return the first five letters of the labels of captions: the cheap gate."""
    return frozenset(label[:5] for label in longest_first("captions", "labels"))


@cache
def _counter() -> re.Pattern[str]:
    """Return how an agency counts the photos of a story: "[1/3]", "Item 1 of 3", "1 of 4 |"."""
    of = rf"\d{{1,2}}\s(?:{alternatives('captions', 'of')})\s\d{{1,3}}"
    return re.compile(
        rf"(?:\[\d{{1,2}}/\d{{1,3}}\]\s?|(?:{alternatives('captions', 'counters')})\s{of}(?:\s?[|:–-])?\s"
        rf"|{of}\s?\|\s?)(?=\S)",
        re.I,
    )


def _without_offer(text: str) -> str:
    """Return a caption's line without the offer to sell its photo: "… REUTERS/Anna Smith Purchase Licensing Rights"."""
    text = without_link_notes(text)
    tail = text[-40:].casefold()
    if not tail.endswith(words("captions", "offers")):
        return text
    offer = next(offer for offer in words("captions", "offers") if tail.endswith(offer))
    return text[: -len(offer)].rstrip(" ,|-–")


def caption_label(text: str) -> int:
    """Return where the caption begins behind its label: 0 where it has none.

    >>> caption_label("Image caption, Troops march"), caption_label("Image captions are hard")
    (14, 0)
    >>> caption_label("[1/3]Troops march"), caption_label("Item 1 of 3 Troops march"), caption_label("1 of 4 came")
    (5, 12, 0)
    """
    if counted := _counter().match(text):
        return counted.end()
    small = text[:30].casefold()
    if small[:5] not in caption_starts():
        return 0
    for label in longest_first("captions", "labels"):
        if small.startswith(label) and (rest := text[len(label) :].lstrip())[:1] in (",", ":", "：", "，"):
            return len(text) - len(rest) + 1
    return 0
