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
    label_signs,
    may_be_credit_line,
    opens_with_label,
    parse_credit,
)
from cleaners.wire.names import looks_like_name
from cleaners.wire.parts import BRACKETS, YEAR, alternatives, longest_first, unbracket
from cleaners.wire.rights import parse_rights
from cleaners.words import word_set

_SHORTEST_CAPTION = 12
_LONGEST_CAPTION = 1500
#: Characters of a credit beside a photo that has no label.
_LONGEST_UNLABELLED = 90
#: How far before a line's end a credit without a label begins at most.
_REACH = 140
_SIGNS = ("©", "ⓒ", "(c)", "(C)", "（c）", "（C）", "（ｃ）", "（Ｃ）", "Copyright ")
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
_OPENER_IN_TEXT = late_pattern(
    r"(?:Photo|Image|Picture|Photograph|Photography|Illustration|Handout|Graphic|Courtesy|Foto|Fotos|Bild|Beeld|Fotografía|Fotografia|Imagem|Kuva"
    r"|Credit|Crédits?|PHOTO|FOTO|Photos|Images|Pictures|Photographs|Fot|Supplied|ph|Ph|Zdroj|Sursa|Cortesía|Gambar)\b"
)


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
    if not _SHORTEST_CAPTION <= len(text) <= _LONGEST_CAPTION:
        return None
    text = text.strip()
    if not text or (not marked and (text[0] == "|" or text.count("|") > 3)):
        return None  # a table's row
    if marked or may_end_in_credit(text):
        for start in _credit_starts(text, marked):
            if 0 < start < len(text):
                found = _cut(text, start, marked)
                if found:
                    return found
    return _split_front(text) if _may_open_with_credit(text) else None


def may_hold_credit(text: str) -> bool:
    """Return the cheapest gate before `split_caption`, for the lines of a text without markup.

    >>> may_hold_credit("Share this:"), may_hold_credit("Rain in Kyiv © AFP")
    (False, True)
    """
    if not _SHORTEST_CAPTION <= len(text) <= _LONGEST_CAPTION or text[0] == "|":
        return False
    return may_end_in_credit(text) or _may_open_with_credit(text)


def may_end_in_credit(text: str) -> bool:
    """Return the cheapest gate: how prose ends, no credit does, or only one with a mark close to its full stop.

    >>> may_end_in_credit("It rained."), may_end_in_credit("Rain in Kyiv. Photo: Anna Smith.")
    (False, True)
    """
    last = text[-1]
    if last in "”»?!…“":
        return False
    if last != ".":
        return True
    tail = text[-90:]
    return any(sign in tail for sign in ("/", "oto", "©", "mage", "redit", "ourtesy"))


def _may_open_with_credit(text: str) -> bool:
    """Return the cheapest gate: a bracket, a © sign, a slash, or a label with a colon near the start."""
    if text[0] in "([©【（":
        return True
    head = text[:60]
    if "/" in head:
        return True
    p = head.find(":")
    return p > 0 and opens_with_label(head[:p])


def _credit_starts(text: str, marked: bool) -> Iterator[int]:
    """Places in the tail where a credit may begin, the likeliest first; nearly always none."""
    tail = text[-LONGEST_CREDIT:]
    offset = len(text) - len(tail)
    last = tail[-1] if tail[-1] not in " ." else tail.rstrip(" .")[-1:]
    if "©" in tail or "ⓒ" in tail or "opyright " in tail or "c)" in tail or "C)" in tail or "）" in tail:
        for sign in _SIGNS:
            p = tail.rfind(sign)
            if p > 0 and not _is_letter(tail[p - 1]) and (sign != "Copyright " or _opens(tail, p)):
                yield p + offset
    if last in BRACKETS:
        yield _bracket_start(tail, last) + offset
    if ":" in tail or "：" in tail or "=" in tail or "＝" in tail:
        for p in _label_starts(tail):
            if p >= 0 and (_opens(tail, p) or not tail[p].islower()):
                yield p + offset
    slash = "/" in tail[-130:]
    photo = any(sign in tail for sign in _PHOTO_SIGNS)
    if photo or any(sign in tail for sign in _OPENER_SIGNS):
        for m in _OPENER_IN_TEXT.finditer(tail):
            if m.start() == 0 or not tail[m.start() - 1].isalnum():
                yield m.start() + offset
    if slash or photo or marked or "|" in tail or " via " in tail or last in "摄攝影":
        boundaries = [
            m.end()
            for m in _BOUNDARY.finditer(tail, max(0, len(tail) - _REACH))
            if not _is_initial(tail, m.start())
        ]
        for p in reversed(boundaries[-8:]):
            if marked or _piece_has_mark(tail, p):
                yield p + offset
    if slash:
        p = tail.find("/", max(0, len(tail) - 130))
        for _ in range(6):
            if p < 0:
                break
            for start in _agency_starts(tail, p, marked):
                yield start + offset
            p = tail.find("/", p + 1)


def _piece_has_mark(tail: str, p: int) -> bool:
    """Tell whether what stands from `p` on can be a credit without a label: short, and with a credit's marks."""
    piece = tail[p:]
    if piece.count(" ") > 16:
        return False
    marks = ("/", "|", " via ", *_PHOTO_SIGNS)
    return any(mark in piece for mark in marks) or piece.endswith(("摄", "攝", "影"))


def _bracket_start(tail: str, closing: str) -> int:
    """Return where the bracket opens that closes the tail."""
    opening, depth = BRACKETS[closing], 0
    for p in range(len(tail) - 1, -1, -1):
        if tail[p] == closing:
            depth += 1
        elif tail[p] == opening:
            depth -= 1
            if depth == 0:
                return p
    return -1


def _label_starts(tail: str) -> list[int]:
    """Return where a label with a colon opens a credit: "Photo:", "Crédit photo :", "写真="."""
    labels, signs, starts = word_set("credits", "labels"), label_signs(), []
    lasts = _last_words()
    for mark in ":：=＝":
        p = tail.rfind(mark)
        for _ in range(3):
            if p < 0:
                break
            before = tail[max(0, p - 44) : p]
            piece = before.rsplit(None, 1)
            last = piece[-1].casefold().lstrip("([©（【/▲▼") if piece else ""
            if last in lasts:
                pieces = before.split()
                for width in (4, 3, 2, 1):
                    label = " ".join(pieces[-width:]).lstrip("([©（【/▲▼ ")
                    if label.casefold() in labels:
                        starts.append(tail.rfind(label.split()[0], 0, p))
                        break
            elif last and last[-1] >= "\u3040":
                sign = next((s for s in signs if last.endswith(s)), None)
                if sign:
                    starts.append(len(tail[:p].rstrip()) - len(sign))
            p = tail.rfind(mark, 0, p)
    return starts


def _opens(tail: str, p: int) -> bool:
    """Tell whether a new sentence or bracket may begin at `p`."""
    before = tail[:p].rstrip()
    return not before or before[-1] in ".!?…»”\"')]|;:。！？([（【-–—•/©"


def _is_letter(character: str) -> bool:
    """Tell whether a © sign cannot follow a character without a space; in Chinese and Japanese it can."""
    return character.isalnum() and character < "\u3000"


def _closes(text: str, p: int) -> bool:
    """Tell whether a sentence ends before `p`."""
    return text[:p].rstrip()[-1:] in (".", "!", "?")


def _is_initial(tail: str, p: int) -> bool:
    """Tell whether the full stop at `p` is that of an initial or a title ("Ishara S.", "Dr.")."""
    if tail[p] != ".":
        return False
    word = tail[max(0, p - 5) : p].split()[-1:] or [""]
    return len(word[0]) == 1 and word[0].isupper()


def _agency_starts(tail: str, slash: int, marked: bool) -> list[int]:
    """Return where an agency's name begins that stands before a slash; in marked captions a person's name too."""
    left = tail[:slash].rstrip()
    starts = []
    for width in (1, 2, 3):
        pieces = left.rsplit(None, width)
        words = pieces[-width:]
        if len(pieces) <= width:
            break
        phrase = " ".join(words).lstrip("([")
        if find_agency(phrase) or (marked and width > 1 and looks_like_name(phrase, least=2, most=3)):
            starts.append(left.rfind(words[0]))
    return starts[:1] if not marked else starts


def _cut(text: str, start: int, marked: bool) -> tuple[str, Credit] | None:
    """Return the caption before `start` and the credit from there on, when the cut is sure."""
    printed = text[start:]
    if not marked and printed.count(" ") > 22:
        return None
    caption = text[:start].rstrip(" \t\xa0-–—|,;/•·([（【*")
    if caption.endswith(("&", " and", " und", " et", " y", " e")):
        return None
    if len(caption) < 3 or not any(c.isalpha() for c in caption[:40]) or caption.isdigit():
        return None
    bare = _RESERVED.sub("", printed) if "eserv" in printed or "orbehalten" in printed else printed
    credit = parse_credit(bare if _INITIAL_AT_END.search(bare) else bare.rstrip(" ."))
    if (
        credit
        and credit.form.startswith("copyright")
        and not marked
        and YEAR.search(printed)
        and parse_rights(text)
    ):
        return None
    if credit is None and marked and len(printed) <= 80 and _opens(text, start):
        credit = _marked_tail(printed)
    if credit is None:
        return None
    nameless = credit.photographer is None and credit.form in ("agency", "remark")
    supplied = _closes(text, start) and printed.strip(" .") in _SUPPLIED
    if nameless and not (marked or supplied or _photo_only(printed)):
        return None
    if credit.form == "remark" and not marked and not supplied:
        return None
    if not marked and _in_sentence(text, start, printed, credit):
        return None
    if (
        printed[-1] in BRACKETS
        and (opening := text.rfind(BRACKETS[printed[-1]], 0, start)) >= 3
        and (
            _bracket_start(text[-LONGEST_CREDIT:], printed[-1]) + max(0, len(text) - LONGEST_CREDIT)
            == opening
        )
    ):
        caption, printed = text[:opening].rstrip(), text[opening:]  # the bracket is one credit
    return caption, credit._replace(printed=printed.strip())


def _marked_tail(printed: str) -> Credit | None:
    """In a marked caption the last words may be a credit that prose could not prove: "Name, AFP"."""
    credit = parse_credit(printed, marked=True)
    return credit if credit and find_agency(credit.agency or "") and "other" not in credit.form else None


def _photo_only(printed: str) -> bool:
    """Tell whether an agency without a photographer still can only be a photo's ("Getty Images", "AP Photo")."""
    inner = unbracket(printed.strip(" ."))
    small = inner.casefold()
    if "photo" in small or "foto" in small:
        return True
    found = [find_agency(part) for part, _ in credit_parts(inner)]
    return any(a is not None and "news" not in a.kinds and a.name != "POOL" for a in found)


def _in_sentence(text: str, start: int, printed: str, credit: Credit) -> bool:
    """Tell whether the credit is rather part of a sentence: no break before it, and a full stop behind it."""
    if credit.form.startswith("copyright"):
        return (printed.endswith(".") and find_agency(credit.agency or "") is None) or text[
            start - 1
        ] in "“\"«'‘("[:5]
    if printed[0] in "([（【":
        return False
    return not _opens(text, start) and (
        printed.rstrip().endswith((".", "!", "?"))
        and not credit.form.startswith(("agency-name", "label-name-agency"))
    )


def _split_front(text: str) -> tuple[str, Credit] | None:
    """Return a credit in front of its caption: "(AP Photo/Evan Vucci) A car burns"."""
    closing = {"(": ")", "[": "]", "【": "】", "（": "）"}.get(text[0])
    if closing:
        end = text.find(closing, 1, LONGEST_CREDIT)
        ends = [end + 1] if end > 0 else []
    else:
        ends = [
            m.end() for m in _BOUNDARY.finditer(text, 0, LONGEST_CREDIT) if not _is_initial(text, m.start())
        ][:6]
    for end in ends:
        if not _piece_has_mark(text[:end], 0) and not may_be_credit_line(text[:end]):
            continue
        printed, caption = text[:end].rstrip(" \t\xa0-–—|•:"), text[end:].lstrip(" \t\xa0-–—|:•.")
        if len(caption) < 8 or (" " not in caption.strip() and caption < "\u0590"):
            continue
        credit = parse_credit(printed) or parse_credit(printed.rstrip("."))
        if credit is None or credit.form in ("agency", "remark", "copyright-agency"):
            continue
        if (not credit.agency and not closing) or credit.form == "copyright-source":
            continue
        return caption, credit
    return None


@cache
def _last_words() -> frozenset[str]:
    """Return the last words of all labels."""
    return frozenset(label.split()[-1] for label in longest_first("credits", "labels"))


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
