"""Captions: part one from its label and its credit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.wire.agencies import find_agency
from cleaners.wire.credits import (
    LONGEST_CREDIT,
    Credit,
    credit_parts,
    is_photo_agency,
    label_signs,
    may_be_credit_line,
    opens_with_label,
    parse_credit,
)
from cleaners.wire.names import looks_like_name
from cleaners.wire.parts import BRACKETS, YEAR, alternatives, first_words, longest_first, unbracket
from cleaners.wire.rights import parse_rights
from cleaners.words import word_set

_SHORTEST_CAPTION = 12
_LONGEST_CAPTION = 1500
#: Characters of a credit beside a photo that has no label.
_LONGEST_UNLABELLED = 90
#: How far before a line's end a credit without a label begins at most.
_REACH = 140
_PHOTO_SIGNS = ("oto", "mage", "OTO")
_OPENER_SIGNS = ("ourtesy", "icture", "Bild", "upplied", "Beeld", "Kuva", "ot. ")
#: A caption's credit has one of these: see `_credit_starts` and `_may_open_with_credit`.
SIGNS_OF_CREDITS = (*"©ⓒ([{（【|/:：=＝摄攝影", "Copyright ", " via ", *_PHOTO_SIGNS, *_OPENER_SIGNS)
_INITIAL_AT_END = late_pattern(r"\b(?:[A-Z]|Jr|Sr)\.$")
#: What stands behind a caption's full stop where a paper did not take the picture itself.
_SUPPLIED = frozenset(("Supplied", "Handout", "Contributed", "Submitted", "SUPPLIED", "HANDOUT"))
_RESERVED = late_pattern(
    r"[.,]? ?(?:All rights reserved|Tous droits réservés|Alle Rechte vorbehalten|Todos los derechos reservados)\.?$",
    re.I,
)
#: Where a credit may begin inside a caption: behind the end of a sentence, a bar or a spaced dash.
_BOUNDARY = late_pattern(r"[.!?…»”\"'’)\]|;:]\s+|\s[-–—|•]+\s+|[。！？]\s*|\s{2,}")
_SIGN = late_pattern(r"©|ⓒ|\([cC]\)|（[cCｃＣ]）|Copyright ")
_LABEL_MARK = late_pattern("[:：=＝]")
_SLASH = late_pattern("/")
_WORD = late_pattern(r"[^\W\d_]+")
#: Words that begin a remark, and stand in sentences as often.
_NO_OPENERS = frozenset(("reuters", "staff", "stock", "file", "video"))
_MARKS = ("/", "|", " via ", *_PHOTO_SIGNS)
#: What joins two names: no caption ends so.
_JOINED = ("&", " and", " und", " et", " y", " e")
#: Characters and words of a label, and words of a credit in a line without markup.
_LONGEST_LABEL = 44
_MOST_LABEL_WORDS = 4
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
    text = text.strip()
    if not may_hold_credit(text, marked=marked):
        return None
    if marked or may_end_in_credit(text):
        for start in _credit_starts(text, marked):
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
    return text[-1] != "." or any(sign in tail for sign in ("/", "oto", "©", "mage", "redit", "ourtesy"))


def _may_open_with_credit(text: str) -> bool:
    """Return the cheapest gate: a bracket, a © sign, a slash, or a label with a colon near the start."""
    head, colon, _ = text[:60].partition(":")
    return text[0] in "([©【（" or "/" in text[:60] or (bool(colon) and opens_with_label(head))


def _credit_starts(text: str, marked: bool) -> Iterator[int]:
    """Yield the places in the tail where a credit may begin, the likeliest first; nearly always none."""
    offset = max(0, len(text) - LONGEST_CREDIT)
    tail = text[offset:]
    for find in (_signs, _bracket, _labels, _openers):
        for start in find(tail):
            yield offset + start
    for start in (*_boundaries(tail, marked), *_agencies(tail, marked)):
        yield offset + start


def _signs(tail: str) -> list[int]:
    """Return where a © sign stands; in Chinese and Japanese it may follow a letter."""
    signs = [(found.start(), found[0]) for found in _SIGN.finditer(tail)]
    return [
        start
        for start, sign in reversed(signs)
        if start
        and not (tail[start - 1].isalnum() and tail[start - 1] < "\u3000")
        and (sign != "Copyright " or _opens(tail, start))
    ]


def _bracket(tail: str) -> list[int]:
    """Return where the bracket opens that closes the tail."""
    closing = tail.rstrip(" .")[-1:]
    opening, depth = BRACKETS.get(closing), 0
    for start in range(len(tail) - 1, -1, -1) if opening else ():
        depth += (tail[start] == closing) - (tail[start] == opening)
        if depth == 0 and tail[start] == opening:
            return [start]
    return []


def _labels(tail: str) -> Iterator[int]:
    """Yield where a label with a colon opens a credit: "Photo:", "Crédit photo :", "写真="."""
    for mark in reversed([found.start() for found in _LABEL_MARK.finditer(tail)]):
        before = tail[max(0, mark - _LONGEST_LABEL) : mark].rstrip()
        printed = before.split()
        for width in range(min(_MOST_LABEL_WORDS, len(printed)), 0, -1):
            label = " ".join(printed[-width:]).lstrip("([©（【/▲▼ ")
            if label.casefold() in word_set("credits", "labels"):
                start = tail.rfind(label.split()[0], 0, mark)
                if _opens(tail, start) or not tail[start].islower():
                    yield start
                break
        else:
            sign = next((sign for sign in label_signs() if before.endswith(sign)), "")
            if sign:
                yield len(tail[:mark].rstrip()) - len(sign)


def _openers(tail: str) -> list[int]:
    """Return where a word with a capital stands that opens credits: "Photo by", "Courtesy of"."""
    if not any(sign in tail for sign in (*_PHOTO_SIGNS, *_OPENER_SIGNS)):
        return []
    known = first_words("credits", "openers", "weak", "alone") - _NO_OPENERS
    words = _WORD.finditer(tail)
    return [word.start() for word in words if not word[0].islower() and word[0].casefold() in known]


def _boundaries(tail: str, marked: bool) -> list[int]:
    """Return the ends of sentences behind which a credit without a label may stand, the last first."""
    if not (marked or _has_mark(tail[-130:]) or "|" in tail or " via " in tail):
        return []
    ends = [
        end.end()
        for end in _BOUNDARY.finditer(tail, max(0, len(tail) - _REACH))
        if not _is_initial(tail, end.start())
    ]
    return [end for end in reversed(ends[-8:]) if marked or _may_be_credit(tail[end:])]


def _has_mark(piece: str) -> bool:
    """Tell whether a piece of text has a mark of a credit that has no label."""
    return any(mark in piece for mark in _MARKS) or piece.rstrip(" .").endswith(("摄", "攝", "影"))


def _may_be_credit(piece: str) -> bool:
    """Tell whether a piece of text can be a credit without a label: short, and with a credit's marks."""
    return piece.count(" ") <= 16 and _has_mark(piece)


def _agencies(tail: str, marked: bool) -> Iterator[int]:
    """Yield where an agency's name begins that stands before a slash; in marked captions a person's name too."""
    for slash in [found.start() for found in _SLASH.finditer(tail, max(0, len(tail) - 130))][:6]:
        left = tail[:slash].rstrip()
        for width in (1, 2, 3):
            printed = left.rsplit(None, width)
            if len(printed) <= width:
                break
            phrase = " ".join(printed[1:]).lstrip("([")
            if find_agency(phrase) or (marked and width > 1 and looks_like_name(phrase, least=2, most=3)):
                yield left.rfind(printed[1])
                if not marked:
                    break


def _opens(tail: str, p: int) -> bool:
    """Tell whether a new sentence or bracket may begin at `p`."""
    before = tail[:p].rstrip()
    return not before or before[-1] in ".!?…»”\"')]|;:。！？([（【-–—•/©"


def _is_initial(tail: str, p: int) -> bool:
    """Tell whether the full stop at `p` is that of an initial or a title ("Ishara S.", "Dr.")."""
    if tail[p] != ".":
        return False
    word = tail[max(0, p - 5) : p].split()[-1:] or [""]
    return len(word[0]) == 1 and word[0].isupper()


def _cut(text: str, start: int, marked: bool) -> tuple[str, Credit] | None:
    """Return the caption before `start` and the credit from there on, when the cut is sure."""
    printed = text[start:]
    if not marked and printed.count(" ") > _MOST_SPACES:
        return None
    caption = text[:start].rstrip(" \t\xa0-–—|,;/•·([（【*")
    if caption.endswith(_JOINED) or len(caption) < 3 or not any(map(str.isalpha, caption[:40])):
        return None
    bare = _RESERVED.sub("", printed) if "eserv" in printed or "orbehalten" in printed else printed
    credit = parse_credit(bare if _INITIAL_AT_END.search(bare) else bare.rstrip(" ."))
    if credit is None:
        credit = _marked_tail(printed) if marked and len(printed) <= 80 and _opens(text, start) else None
    elif not marked and not _is_sure(text, start, printed, credit):
        credit = None
    if credit is None:
        return None
    around = _bracket(text[-LONGEST_CREDIT:])
    opening = max(0, len(text) - LONGEST_CREDIT) + around[0] if around and text[-1] in BRACKETS else start
    if 3 <= opening < start:
        caption, printed = text[:opening].rstrip(), text[opening:]  # the bracket is one credit
    return caption, credit._replace(printed=printed.strip())


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
    if printed[0] in "([（【" or _opens(text, start):
        return True
    return not printed.rstrip().endswith((".", "!", "?")) or credit.form.startswith(
        ("agency-name", "label-name-agency")
    )


def _marked_tail(printed: str) -> Credit | None:
    """In a marked caption the last words may be a credit that prose could not prove: "Name, AFP"."""
    credit = parse_credit(printed, marked=True)
    return credit if credit and find_agency(credit.agency or "") and "other" not in credit.form else None


def _is_of_photos(printed: str) -> bool:
    """Tell whether an agency without a photographer still can only be a photo's ("Getty Images", "AP Photo")."""
    inner = unbracket(printed.strip(" ."))
    small = inner.casefold()
    found = (find_agency(part) for part, _ in credit_parts(inner))
    return "photo" in small or "foto" in small or any(agency and is_photo_agency(agency) for agency in found)


def _split_front(text: str) -> tuple[str, Credit] | None:
    """Return a credit in front of its caption: "(AP Photo/Evan Vucci) A car burns"."""
    closing = next((closing for closing, opening in BRACKETS.items() if opening == text[0]), "")
    if closing:
        ends = [text.find(closing, 1, LONGEST_CREDIT) + 1]
    else:
        found = _BOUNDARY.finditer(text, 0, LONGEST_CREDIT)
        ends = [end.end() for end in found if not _is_initial(text, end.start())][:6]
    for end in filter(None, ends):
        printed, caption = text[:end].rstrip(" \t\xa0-–—|•:"), text[end:].lstrip(" \t\xa0-–—|:•.")
        worded = " " in caption.strip() or caption >= "\u0590"
        if (
            len(caption) < 8
            or not worded
            or not (_may_be_credit(text[:end]) or may_be_credit_line(text[:end]))
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


def caption_label(text: str) -> int:
    """Return where the caption begins behind its label: 0 where it has none.

    >>> caption_label("Image caption, Troops march"), caption_label("Image captions are hard")
    (14, 0)
    """
    small = text[:30].casefold()
    if small[:5] not in caption_starts():
        return 0
    for label in longest_first("captions", "labels"):
        if small.startswith(label) and (rest := text[len(label) :].lstrip())[:1] in (",", ":", "：", "，"):
            return len(text) - len(rest) + 1
    return 0
