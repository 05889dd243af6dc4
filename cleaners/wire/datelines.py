"""Datelines: the place, the date and the agency that a wire story opens with.

"KYIV (AFP) —", "WASHINGTON, Oct 24 (Reuters) -", "Berlin (dpa) -", "МОСКВА, 24 октября. /ТАСС/.",
"新华社北京10月24日电", "(서울=연합뉴스) 홍길동 기자 =": the forms are those of the agencies' own services.
A dateline with neither agency nor date needs a city of `words/places.toml` in capitals.
"""

from __future__ import annotations

from datetime import date, datetime

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import Agency, find_agency
from cleaners.wire.dates import months, parse_date, words_of_dates
from cleaners.wire.names import is_place, looks_like_name
from cleaners.words import word_set


class Dateline(Value):
    """A dateline as printed, with its dash; its place, the agency's short name, the date if a year is printed.

    `reporters` are those whom agencies name in it: "新华社贵阳10月24日电（记者周小岚）",
    "(서울=연합뉴스) 홍길동 기자 =", "OSLO (NTB-Kari Moen):".
    """

    printed: str
    place: str | None = None
    agency: str | None = None
    date: date | None = None
    reporters: tuple[str, ...] = ()


#: Characters of a line in which its dateline is looked for, and of a dateline's date, place and state.
_HEAD = 110
_LONGEST_DATE = 50
_LONGEST_PLACE = 45
_LONGEST_STATE = 30
_HAN = late_pattern(
    r"[（(【\[]?(?:(?P<agency>[\u4e00-\u9fff]{2,4}社|中新网|中新社)(?:(?:记者|記者)[\u4e00-\u9fff]{2,3})?)"
    r"(?P<place>[\u4e00-\u9fff]{2,6}?)(?:\d{1,2}月\d{1,2}日|\d{1,2}日)(?:综合|綜合|专)?[电電讯訊](?:[）)】\]])?"
    r"(?:\s?[（(](?:(?:记者|記者|通讯员|通訊員)\s?(?P<reporters>[\u4e00-\u9fff]{2,4}(?:[、，,\s][\u4e00-\u9fff]{2,4}){0,5}))[）)])?"
)
_HANGUL = late_pattern(
    r"[(\[](?P<place>[가-힣·/ ]{2,12})=(?P<agency>[가-힣A-Z0-9]{2,8})[)\]]"
    r"(?:\s?(?P<reporters>[가-힣·, ]{2,30}?)\s?(?:특파원|기자))?(?:\s?=)?"
)
#: "(평양 10월 24일발 조선중앙통신)".
_CHOSON = late_pattern(
    r"[(（](?P<place>[가-힣]{2,8}) (?:\d{1,2}월 ?)?\d{1,2}일발 (?P<agency>[가-힣]{4,8})[)）]"
)
#: Behind an agency's name in brackets its reporter: "OSLO (NTB-Kari Moen):".
_REPORTER = late_pattern(r"(?P<agency>[A-Z]{2,6})\s?[-–]\s?(?P<reporters>[^()]{4,40})")
_JOINTS = late_pattern(r"[·、，,\s]+")
_KANA = late_pattern(
    r"[【\[［](?:(?P<place>[^\s【】\[\]［］0-9＝=]{2,12}?)\s?[＝=・]?\s?)?(?:(?:\d{1,2}月)?\d{1,2}日\s?)?"
    r"(?P<agency>共同|時事|ロイター|AFP|AP|AFP＝時事|新華社)(?:\s?[＝=]\s?\S{1,12})?[】\]］](?:\s?[-－――])?"
)
_BEHIND_BRACKET = late_pattern(r"\s?(?:[.:]?\s?[-–—―]{1,3}|:|=|।|\.-|/)(?:\s|$)")
_DASH = late_pattern(r"\s(?:[-–—]|--)(?:\s|$)|—")
_SECOND_DASH = late_pattern(r"\s[-–—]{1,2}(?:\s|$)")
_BEHIND_SLASH = late_pattern(r"[.:]?(?:\s?[-–—])?")
_BETWEEN = late_pattern(r"[/,+]|\s-\s")
_ASIDE = late_pattern(r"\[[^\[\]]{2,30}\]")
_WORD = late_pattern(r"[^\W\d_]+")
_DIGIT = late_pattern(r"\d")


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph or on a line of its own, or None.

    >>> find_dateline("KYIV (AFP) — Russian forces said on Thursday")
    Dateline(printed='KYIV (AFP) —', place='KYIV', agency='AFP', date=None, reporters=())
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
    """Like "新华社北京10月24日电", "(서울=연합뉴스) 홍길동 기자 =", "【東京共同】"."""
    for pattern in (_HAN, _HANGUL, _CHOSON, _KANA):
        found = pattern.match(head)
        if found and (agency := find_agency(found["agency"], weak=True)):
            said = found.groupdict().get("reporters")
            reporters = tuple(filter(None, _JOINTS.split(said.strip()))) if said else ()
            return Dateline(found[0].strip(), found["place"], agency.name, reporters=reporters)
    return None


def _find_bracketed(head: str) -> Dateline | None:
    """Place, perhaps a date, the agency in brackets, and a dash or the end of the line."""
    opening = head.find("(")
    end = head.find(")", opening) + 1
    inside = head[opening + 1 : end - 1] if end else ""
    agency = _first_agency(inside)
    reporters: tuple[str, ...] = ()
    if (
        agency is None
        and (signed := _REPORTER.fullmatch(inside))
        and looks_like_name(signed["reporters"], least=2)
    ):
        agency, reporters = find_agency(signed["agency"]), (signed["reporters"],)
    if agency is None:
        return None
    rest = head[end:]
    dash = _BEHIND_BRACKET.match(rest)
    before = head[:opening].strip(" -–—")
    if not before:
        return _find_behind_agency(head, end + dash.end(), agency) if dash else None
    told = before.isupper() or before[-1].isdigit() or "," in before
    if not dash and rest.strip() and not (rest[0] == " " and told):
        return None
    found = _dateline(head[: end + (dash.end() if dash else 0)], before, agency)
    return found._replace(reporters=reporters) if found and reporters else found


def _find_behind_agency(head: str, start: int, agency: Agency) -> Dateline:
    """Like "(ANSA) - ROMA, 24 OTT -", "(AFP) —"."""
    second = _SECOND_DASH.search(head, start, start + 60)
    before = head[start : second.start()] if second else ""
    if second and ("," in before or is_place(before.strip())):
        found = _dateline(head[: second.end()], before, agency)
        if found:
            return found
    return Dateline(head[:start].rstrip(), None, agency.name)


def _first_agency(inside: str) -> Agency | None:
    """Return the first agency of "AFP", "dpa/bb", "awp/ats/afp", "Reuters -", "AP via SNTV"."""
    if not 1 < len(inside) <= 40:
        return None
    pieces = inside.split("/")
    found = [find_agency(piece.strip(), weak=True) for piece in _BETWEEN.split(inside)]
    agencies = [agency for agency in found if agency]
    if not agencies:
        upper = [find_agency(piece.strip().upper()) for piece in pieces]
        return upper[0] if len(upper) > 1 and all(upper) else None
    short = sum(len(piece) <= 5 for piece in pieces)  # initials of a desk
    return agencies[0] if len(agencies) == len(found) or len(agencies) + short >= len(found) else None


def _find_between_slashes(head: str) -> Dateline | None:
    """Like "МОСКВА, 24 октября. /ТАСС/."."""
    opening = head.find("/")
    closing = head.find("/", opening + 1, opening + 21)
    agency = find_agency(head[opening + 1 : closing]) if closing > 0 else None
    behind = _BEHIND_SLASH.match(head, closing + 1)
    return _dateline(head[: behind.end()], head[:opening].strip(), agency) if agency and behind else None


def _find_dashed(head: str) -> Dateline | None:
    """Like "PARIS, Oct. 24 —", "ROMA, 24 OTT -", "МОСКВА, 24 окт - РИА Новости."."""
    dash = _DASH.search(head, 0, 70)
    if not dash:
        return None
    printed, before = head[: dash.end()], head[: dash.start()].strip()
    pieces = before.split(". ")
    if len(pieces) == 3 and (agency := find_agency(pieces[2])):
        return _dateline(printed, f"{pieces[0]}, {pieces[1]}", agency)
    if "," in before:
        if not _DIGIT.search(before):
            place, _, land = before.partition(",")
            both = land.strip().lower() in word_set("places", "lands")
            told = place.isupper() and both and len(before.split()) <= 4 and head[dash.end() :][:1].isupper()
            return _dateline(printed, before) if told else None
        stop = head.find(".", dash.end(), dash.end() + 24)
        if agency := find_agency(head[dash.end() : stop]) if stop > dash.end() else None:
            return _dateline(head[: stop + 1], before, agency)
        found = _dateline(printed, before)
        return found if found and found.place and found.place.isupper() else None
    if before.isupper() and all(is_place(piece.strip()) for piece in before.split("/")):
        return Dateline(printed.rstrip(), before)
    return None


def _dateline(printed: str, before: str, agency: Agency | None = None) -> Dateline | None:
    """Return the dateline of "WASHINGTON, Oct 24", "Praha 24. října", "Paris"; None for all that is no place."""
    before = _ASIDE.sub("", before).strip(" ,.-–—")
    cut = next((p for p, c in enumerate(before) if c == "," or c.isdigit()), len(before))
    place, rest = before[:cut].strip(" .-–—"), before[cut:].strip(" ,")
    state, comma, behind = rest.partition(",")
    if rest and not _DIGIT.search(rest):
        if len(rest) > _LONGEST_STATE or not _looks_like_place(rest):  # "SPRINGFIELD, Ill."
            return None
    elif comma and not _DIGIT.search(state) and _looks_like_place(state):  # "SPRINGFIELD, Ill., Oct. 24"
        rest = behind
    head, _, last = place.rpartition(" ")
    if cut and head and last.strip(".").lower() in months():
        place, rest = head.rstrip(","), f"{last} {rest}"
    if not _looks_like_place(place) or (_DIGIT.search(rest) and not _is_date(rest)):
        return None
    day = parse_date(rest)
    day = day.date() if isinstance(day, datetime) else day
    return Dateline(printed.rstrip(), place, agency.name if agency else None, day)


def _is_date(text: str) -> bool:
    """Tell whether a text holds nothing but the words and numbers of a date."""
    known = months().keys() | words_of_dates()
    return len(text) <= _LONGEST_DATE and all(
        word in known or len(word) < 3 for word in _WORD.findall(text.lower())
    )


def _looks_like_place(text: str) -> bool:
    """Tell whether a text is one to five words with capitals, "/" and "-" between cities included."""
    if not 2 <= len(text) <= _LONGEST_PLACE or any(c in '"“”«»:;!?()' for c in text):
        return False
    words = text.replace("/", " ").split()
    small = word_set("datelines", "particles")
    return (
        1 <= len(words) <= 5
        and all(word[0].isupper() or word.lower() in small or word[0] >= "\u0590" for word in words)
        and (words[0].lower() not in word_set("datelines", "not_first") or is_place(text))
    )
