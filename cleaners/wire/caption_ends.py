"""Where in a caption its credit may begin: at a sign, a bracket, a label, an opener, a sentence's end, an agency."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.wire.agencies import find_agency
from cleaners.wire.credit_parts import label_signs
from cleaners.wire.credits import LONGEST_CREDIT
from cleaners.wire.names import looks_like_name
from cleaners.wire.parts import BRACKETS, first_words
from cleaners.words import word_set

#: How far before a line's end a credit without a label begins at most.
_REACH = 140
PHOTO_SIGNS = ("oto", "mage", "OTO")
OPENER_SIGNS = ("ourtesy", "icture", "Bild", "upplied", "Beeld", "Kuva", "ot. ")
#: Where a credit may begin inside a caption: behind the end of a sentence, a bar or a spaced dash.
BOUNDARY = late_pattern(r"[.!?…»”\"'’)\]|;:]\s+|\s[-–—|•/]+\s+|[。！？＝]\s*|\s{2,}")
_SIGN = late_pattern(r"©|ⓒ|\([cC]\)|（[cCｃＣ]）|Copyright ")
_LABEL_MARK = late_pattern("[:：=＝]")
_SLASH = late_pattern("/")
_WORD = late_pattern(r"[^\W\d_]+")
#: Words that begin a remark, and stand in sentences as often.
_NO_OPENERS = frozenset(("reuters", "staff", "stock", "file", "video"))
_MARKS = ("/", "|", " via ", *PHOTO_SIGNS)
#: Characters and words of a label, and words of a credit in a line without markup.
_LONGEST_LABEL = 44
_MOST_LABEL_WORDS = 4


def credit_starts(text: str, marked: bool) -> Iterator[int]:
    """Yield the places in the tail where a credit may begin, the likeliest first; nearly always none."""
    offset = max(0, len(text) - LONGEST_CREDIT)
    tail = text[offset:]
    for find in (_signs, closing_bracket, _labels, _openers):
        for start in find(tail):
            yield offset + start
    for start in (*boundaries(tail, marked), *_agencies(tail, marked)):
        yield offset + start


def _signs(tail: str) -> list[int]:
    """Return where a © sign stands; in Chinese and Japanese it may follow a letter."""
    signs = [(found.start(), found[0]) for found in _SIGN.finditer(tail)]
    return [
        start
        for start, sign in reversed(signs)
        if start
        and not (tail[start - 1].isalnum() and tail[start - 1] < "\u3000")
        and (sign != "Copyright " or opens(tail, start))
    ]


def closing_bracket(tail: str) -> list[int]:
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
                if opens(tail, start) or not tail[start].islower():
                    yield start
                break
        else:
            if before.endswith(label_signs()):
                sign = next(sign for sign in label_signs() if before.endswith(sign))
                yield len(tail[:mark].rstrip()) - len(sign)


def _openers(tail: str) -> list[int]:
    """Return where a word with a capital stands that opens credits: "Photo by", "Courtesy of"."""
    if not any(map(tail.__contains__, (*PHOTO_SIGNS, *OPENER_SIGNS))):
        return []
    known = _opening_words()
    words = _WORD.finditer(tail)
    return [word.start() for word in words if not word[0].islower() and word[0].casefold() in known]


@cache
def _opening_words() -> frozenset[str]:
    return first_words("credits", "openers", "weak", "alone") - _NO_OPENERS


def boundaries(tail: str, marked: bool) -> list[int]:
    """Return the ends of sentences behind which a credit without a label may stand, the last first."""
    if not (marked or _has_mark(tail[-130:]) or "|" in tail or " via " in tail):
        return []
    ends = [
        end.end()
        for end in BOUNDARY.finditer(tail, max(0, len(tail) - _REACH))
        if not is_initial(tail, end.start())
    ]
    return [end for end in reversed(ends[-8:]) if marked or may_be_credit(tail[end:])]


def _has_mark(piece: str) -> bool:
    """Tell whether a piece of text has a mark of a credit that has no label."""
    return any(map(piece.__contains__, _MARKS)) or piece.rstrip(" .").endswith(("摄", "攝", "影"))


def may_be_credit(piece: str) -> bool:
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


def opens(tail: str, p: int) -> bool:
    """Tell whether a new sentence or bracket may begin at `p`."""
    before = tail[:p].rstrip()
    return not before or before[-1] in ".!?…»”\"')]|;:。！？([（【-–—•/©"


def is_initial(tail: str, p: int) -> bool:
    """Tell whether the full stop at `p` is that of an initial or a title ("Ishara S.", "Dr.")."""
    if tail[p] != ".":
        return False
    word = tail[max(0, p - 5) : p].split()[-1:] or [""]
    return len(word[0]) == 1 and word[0].isupper()
