"""Datelines: the place, the date and the agency that a wire story opens with.

"KYIV (AFP) —", "WASHINGTON, Oct 24 (Reuters) -", "Berlin (dpa) -", "МОСКВА, 24 октября. /ТАСС/.",
"新华社北京10月24日电", "(서울=연합뉴스) 홍길동 기자 =": the forms are those of the agencies' own services.
A dateline with neither agency nor
date needs a city of `words/places.toml` in capitals.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import Agency, find_agency
from cleaners.wire.dates import date_words, parse_date
from cleaners.words import words


class Dateline(Value):
    """A dateline as printed, with its dash; its place, the agency's short name, the date if a year is printed."""

    printed: str
    place: str | None = None
    agency: str | None = None
    date: date | None = None


@cache
def places() -> frozenset[str]:
    """Return the cities that wires are filed from, in small letters."""
    return frozenset(words("places", "cities"))


def is_place(text: str) -> bool:
    """Tell whether a text is the name of a city that wires are filed from.

    >>> is_place("KYIV"), is_place("Berlin"), is_place("Anna Smith")
    (True, True, False)
    """
    return text.replace("İ", "i").lower() in places()


_HEAD = 110


@cache
def _han_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[（(【\[]?(?:(?P<agency>[\u4e00-\u9fff]{2,4}社|中新网|中新社)(?:(?:记者|記者)[\u4e00-\u9fff]{2,3})?)"
        r"(?P<place>[\u4e00-\u9fff]{2,6}?)(?:(?P<day>\d{1,2}月\d{1,2}日)|\d{1,2}日)(?:综合|綜合|专)?[电電讯訊](?:[）)】\]])?"
    )


@cache
def _hangul_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[(\[](?P<place>[가-힣·/ ]{2,12})=(?P<agency>[가-힣A-Z0-9]{2,8})[)\]]"
        r"(?:\s?(?P<names>[가-힣·, ]{2,30}?)\s?(?:특파원|기자))?(?:\s?=)?"
    )


@cache
def _kana_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[【\[［](?:(?P<place>[^\s【】\[\]］0-9＝=]{2,12}?)\s?[＝=・]?\s?)?(?:(?:\d{1,2}月)?\d{1,2}日\s?)?(?P<agency>共同|時事|ロイター|AFP|AP|AFP＝時事|新華社)(?:\s?[＝=]\s?\S{1,12})?[】\]］](?:\s?[-－――])?"
    )


_DASH = late_pattern(r"\s?(?:[.:]?\s?[-–—―]{1,3}|:|=|।|\.-|/)(?:\s|$)")
_ASIDE = late_pattern(r"\[[^\[\]]{2,30}\]")


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph or on a line of its own, or None.

    >>> find_dateline("KYIV (AFP) — Russian forces said on Thursday")
    Dateline(printed='KYIV (AFP) —', place='KYIV', agency='AFP', date=None)
    >>> find_dateline("Paris, 24 oct 2024 (AFP) – Le ministre").date
    datetime.date(2024, 10, 24)
    >>> find_dateline("The president (AFP) said") is None
    True
    """
    head = text[:_HEAD]
    first = head[:1]
    if first >= "\u3040" or first in "(（【[［":
        found = _find_east_asian(head)
        if found or first >= "\u3040":
            return found
    if "(" in head and (found := _find_bracketed(head)):
        return found
    if "/" in head and (found := _find_between_slashes(head)):
        return found
    if " -" in head or "—" in head or "–" in head:
        return _find_dashed(head)
    return None


def _find_east_asian(head: str) -> Dateline | None:
    """新华社北京10月24日电, (서울=연합뉴스) 홍길동 기자 =, 【東京共同】."""
    for pattern in (_han_pattern(), _hangul_pattern(), _kana_pattern()):
        found = pattern.match(head)
        if found:
            agency = find_agency(re.split("[记記]者", found["agency"])[0], weak=True)
            if agency:
                return Dateline(found[0].strip(), found["place"], agency.name)
    return None


def _find_bracketed(head: str) -> Dateline | None:
    """Place, perhaps a date, the agency in brackets, and a dash or the end of the line."""
    opening = head.find("(")
    closing = head.find(")", opening)
    if closing < 0:
        return None
    agency = _first_agency(head[opening + 1 : closing])
    if agency is None:
        return None
    rest = head[closing + 1 :]
    dash = _DASH.match(rest)
    before = head[:opening].strip(" -–—")
    if not before:
        return _agency_first(head, closing + 1, dash, agency)
    if (
        not dash
        and rest.strip()
        and not (rest[:1] == " " and (before.isupper() or before[-1].isdigit() or "," in before))
    ):
        return None
    place, day = _place_and_date(before)
    if place is None:
        return None
    printed = head[: closing + 1 + (dash.end() if dash else 0)].rstrip()
    return Dateline(printed, place, agency.name, day)


def _agency_first(head: str, closing: int, dash: re.Match[str] | None, agency: Agency) -> Dateline | None:
    """Like "(ANSA) - ROMA, 24 OTT -", "(AFP) —"."""
    if not dash:
        return None
    rest = head[closing + dash.end() :]
    second = re.search(r"\s[-–—]{1,2}(?:\s|$)", rest[:60])
    if second:
        place, day = _place_and_date(rest[: second.start()])
        if place and ("," in rest[: second.start()] or is_place(place)):
            return Dateline(head[: closing + dash.end() + second.end()].rstrip(), place, agency.name, day)
    return Dateline(head[: closing + dash.end()].rstrip(), None, agency.name)


def _first_agency(inside: str) -> Agency | None:
    """Return the first agency of "AFP", "dpa/bb", "awp/ats/afp", "Reuters -", "AP via SNTV"."""
    if not 1 < len(inside) <= 40:
        return None
    found = [find_agency(piece.strip(), weak=True) for piece in re.split(r"[/,+]|\s-\s", inside)]
    agency = next((a for a in found if a), None)
    if agency is None:
        upper = [find_agency(piece.strip().upper()) for piece in inside.split("/")]
        return upper[0] if upper and all(upper) and len(upper) > 1 else None
    known = sum(a is not None for a in found)
    short = sum(len(piece) <= 5 for piece in inside.split("/"))
    return agency if known == len(found) or known + short >= len(found) else None


def _find_between_slashes(head: str) -> Dateline | None:
    """МОСКВА, 24 октября. /ТАСС/."""
    opening = head.find("/")
    closing = head.find("/", opening + 1)
    if closing < 0 or closing - opening > 20:
        return None
    agency = find_agency(head[opening + 1 : closing])
    place, day = _place_and_date(head[:opening].strip(" .,-–—")) if agency else (None, None)
    if agency is None or place is None:
        return None
    end = closing + 1
    behind = re.match(r"[.:]?(?:\s?[-–—])?", head[end:])
    return Dateline(head[: end + (behind.end() if behind else 0)].rstrip(), place, agency.name, day)


def _find_dashed(head: str) -> Dateline | None:
    """Like "PARIS, Oct. 24 —", "ROMA, 24 OTT -", "МОСКВА, 24 окт - РИА Новости."."""
    dash = re.search(r"\s(?:[-–—]|--)(?:\s|$)|—", head[:70])
    if not dash:
        return None
    before, rest = head[: dash.start()].strip(), head[dash.end() :]
    pieces = before.split(". ")
    if len(pieces) == 3 and (agency := find_agency(pieces[2])):
        place, day = _place_and_date(f"{pieces[0]}, {pieces[1]}")
        return Dateline(head[: dash.end()].rstrip(), place, agency.name, day) if place else None
    if "," in before:
        place, day = _place_and_date(before)
        if place is None or not any(c.isdigit() for c in before):
            return None
        stop = rest.find(".", 0, 24)
        agency = find_agency(rest[:stop]) if stop > 0 else None
        if agency:
            return Dateline(head[: dash.end() + stop + 1], place, agency.name, day)
        return Dateline(head[: dash.end()].rstrip(), place, None, day) if place.isupper() else None
    if before.isupper() and all(is_place(piece.strip()) for piece in before.split("/")):
        return Dateline(head[: dash.end()].rstrip(), before)
    return None


def _place_and_date(before: str) -> tuple[str | None, date | None]:
    """Return the place and the date of "WASHINGTON, Oct 24", "Praha 24. října", "Paris"; (None, None) for all else."""
    before = _ASIDE.sub("", before).strip(" ,.-–—")
    cut = next((p for p, c in enumerate(before) if c == "," or c.isdigit()), len(before))
    place, rest = before[:cut].strip(" .-–—"), before[cut:].strip(" ,")
    months = date_words().months
    if rest == "" or not any(c.isdigit() for c in rest):
        if rest and not (len(rest) <= 30 and _looks_like_place(rest)):  # "SPRINGFIELD, Ill."
            return None, None
    elif (
        not any(c.isdigit() for c in rest.split(",")[0])
        and "," in rest
        and _looks_like_place(rest.split(",")[0])
    ):
        rest = rest.split(",", 1)[1]  # "SPRINGFIELD, Ill., Oct. 24"
    if cut and place and place.split()[-1].strip(".").lower() in months and place.count(" "):
        word = place.rsplit(None, 1)
        place, rest = word[0].rstrip(","), f"{word[1]} {rest}"
    if not _looks_like_place(place):
        return None, None
    if any(c.isdigit() for c in rest) and not _is_date_text(rest):
        return None, None
    day = parse_date(rest) if rest else None
    return place, day.date() if isinstance(day, datetime) else day


def _is_date_text(rest: str) -> bool:
    """Tell whether a text holds nothing but the words and numbers of a date."""
    words = date_words()
    if len(rest) > 50:
        return False
    for token in re.findall(r"[^\W\d_]+", rest.lower()):
        if token not in words.months and token not in words.others and len(token) > 2:
            return False
    return True


def _looks_like_place(text: str) -> bool:
    """One to five words with capitals, "/" and "-" between cities included."""
    if not 2 <= len(text) <= 45 or any(c in '"“”«»:;!?()' for c in text):
        return False
    words = text.replace("/", " ").split()
    if not 1 <= len(words) <= 5:
        return False
    small = (
        "de",
        "la",
        "le",
        "el",
        "del",
        "da",
        "do",
        "am",
        "an",
        "der",
        "des",
        "di",
        "du",
        "in",
        "of",
        "the",
        "sur",
        "upon",
        "y",
        "e",
        "al",
        "près",
        "bei",
        "cerca",
    )
    if not all(word[0].isupper() or word.lower() in small or word[0] >= "\u0590" for word in words):
        return False
    return words[0].lower() not in (
        "the",
        "in",
        "a",
        "mr",
        "mrs",
        "president",
        "he",
        "she",
        "it",
    ) or is_place(text)
