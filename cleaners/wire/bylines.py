"""Bylines: a line that is nothing but who wrote the story."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from cleaners.patterns import late_pattern
from cleaners.tables import kept, read_toml
from cleaners.wire.agencies import find_agency
from cleaners.wire.datelines import is_place
from cleaners.wire.dates import is_date_line
from cleaners.wire.names import is_organisation, looks_like_name, name_case


class Byline(NamedTuple):
    """The authors of a byline in name case, and the short name of the agency it names."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


class _BylineWords(NamedTuple):
    openers: frozenset[str]
    first_words: frozenset[str]
    labels: frozenset[str]
    roles: frozenset[str]
    headings: frozenset[str]
    before_place: frozenset[str]


@kept(_BylineWords)
def _byline_words() -> _BylineWords:
    table = read_toml(__file__, "bylines.toml")
    return _BylineWords(
        openers=frozenset(table["openers"]),
        first_words=frozenset(opener.split()[0] for opener in table["openers"]),
        labels=frozenset(table["labels"]),
        roles=frozenset(table["roles"]),
        headings=frozenset(table["headings"]),
        before_place=frozenset(table["before_place"]),
    )


_LONGEST = 160


@cache
def _korean_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:[(\[][^()\[\]]{2,20}[)\]]\s?)?(?P<names>[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,3})\s?(?:선임|인턴|전문|수습)?\s?(?:기자|특파원)(?:\s[\w.+-]{2,40}@[\w.-]{4,40})?\s?=?"
    )


@cache
def _han_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[（(【\[]?(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,10}?)?\s?(?:记者|記者|特派员|特派員|编辑|編輯)\s?[:：]?\s?(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,3})(?:\s?[／/]\s?[\u4e00-\u9fff]{2,8}(?:报道|報導|報道|電))?[）)】\]]?"
    )


_SPLIT = late_pattern(r"\s*[|•·/;]\s*|\s+[-–—]\s+|,\s*|、|\s*[()]\s*")
_AND = late_pattern(r"\s+(?:and|&|et|und|y|e|ed|en|och|og|ja|și|si|és|ve|и|й|і|та|dan|và)\s+|\sو\s?", re.I)


def parse_byline(text: str) -> Byline | None:
    """The authors and the agency of a byline; None when the line holds anything else.

    >>> parse_byline("By Anna SMITH and Omar Haddad, Associated Press")
    Byline(authors=('Anna Smith', 'Omar Haddad'), agency='AP')
    >>> parse_byline("Von Max Mustermann, dpa").agency
    'dpa'
    >>> parse_byline("By Friday the army had left the town.") is None, parse_byline("By Popular Demand") is None
    (True, True)
    """
    if not 4 <= len(text) <= _LONGEST:
        return None
    text = text.strip(" \t\xa0*_|-–—")
    east = _east_asian(text)
    if east:
        return east
    opened = _behind_opener(text)
    if opened is None:
        return None
    rest, labelled = opened
    if rest[-1:] in "!?" or (
        rest.endswith(".") and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest) and not labelled
    ):
        return None
    return _read_names(rest.rstrip("."), labelled)


def _behind_opener(text: str) -> tuple[str, bool] | None:
    """What stands behind the opener or label, and whether it was a label with a colon."""
    words = _byline_words()
    colon = min((p for p in (text.find(":", 0, 32), text.find("：", 0, 16)) if p > 0), default=-1)
    if colon > 0:
        head = text[:colon].strip().casefold()
        rest = text[colon + 1 :].strip()
        return (rest, True) if rest and (head in words.labels or head in words.openers) else None
    if text[:1] == "文" and text[1:2] in "/／|｜":
        return text[2:].strip(), True
    tokens = text.split(None, 4)
    if len(tokens) < 2 or tokens[0].casefold() not in words.first_words:
        return None
    for count in range(min(4, len(tokens) - 1), 0, -1):
        if " ".join(tokens[:count]).casefold() in words.openers:
            rest = text.split(None, count)[count]
            if count == 1 and rest.split()[0].casefold() in words.headings:
                return None
            return rest, False
    return None


def _read_names(rest: str, labelled: bool) -> Byline | None:
    """Names, agencies, roles and places, and at least one of the first two."""
    authors: list[str] = []
    agency: str | None = None
    for piece in _SPLIT.split(rest):
        if not piece:
            continue
        for part in _AND.split(piece):
            part, printed_agency = _cut_agency(part.strip())
            part = _without_place(part)
            agency = agency or printed_agency
            known = find_agency(part, weak=bool(authors)) or find_agency(part.removesuffix(" Staff"))
            if known:
                agency = agency or known.name
            elif looks_like_name(part, least=1 if labelled and authors else 2, most=5) and not _is_roles(
                part
            ):
                if is_organisation(part) and not authors and not agency:
                    return None
                if not is_organisation(part) and not (authors and is_place(part)):
                    authors.append(name_case(part))
            elif part and (not (authors or agency) or not _beside(part)):
                return None
    if not authors and not agency:
        return None
    if len(authors) > 6 or len(set(authors)) != len(authors):
        return None
    return Byline(tuple(authors), agency)


def _beside(part: str) -> bool:
    """Whether a part may stand beside the names: a role, a place, a date, a paper, an address for mail."""
    if _is_roles(part) or is_place(part) or is_organisation(part) or is_date_line(part):
        return True
    tokens = part.split()
    if (
        tokens[0].lower() in _byline_words().before_place
        and len(tokens) <= 5
        and all(w[0].isupper() for w in tokens[1:])
    ):
        return True
    return bool(
        re.fullmatch(
            r"(?:19|20)\d\d|\d{1,2}[:.]\d\d(?:\s?(?:Uhr|h|GMT|UTC|am|pm))?|@\w{2,30}|[^\W\d_]{3,12}\.? \d{1,2}",
            part,
        )
    )


def _is_roles(part: str) -> bool:
    """Whether a part is nothing but roles, and the place they are held in: "Staff Writer", "Berlin correspondent"."""
    roles = _byline_words().roles
    tokens = part.casefold().split()
    others = [token for token in tokens if token.strip(".'’s") not in roles and token not in roles]
    return len(others) < len(tokens) <= 6 and all(map(is_place, others))


def _without_place(part: str) -> str:
    """Like "Anna Smith in Kyiv", "Anna Smith à Paris": the name alone, when what follows has capitals."""
    tokens = part.split()
    for i in range(2, len(tokens) - 1):
        if (
            tokens[i].islower()
            and tokens[i] in _byline_words().before_place
            and all(t[0].isupper() for t in tokens[i + 1 :])
        ):
            if looks_like_name(" ".join(tokens[:i]), least=2):
                return " ".join(tokens[:i])
            return part
    for i in range(2, len(tokens)):  # "ANNA Smith Staff Writer"
        tail = " ".join(tokens[i:])
        if _is_roles(tail) and looks_like_name(" ".join(tokens[:i]), least=2):
            return " ".join(tokens[:i])
    return part


_LINKS = late_pattern(r"\s(?:with|avec|mit|con|com|met|med|for|via|from|und|für|pour|para)\s", re.I)


def _cut_agency(part: str) -> tuple[str, str | None]:
    """Like "Anna Smith Associated Press", "Le Figaro avec AFP": the part without its agency, and the agency."""
    link = _LINKS.search(part)
    if link:
        agency = find_agency(part[link.end() :])
        paper = part[link.end() :] if is_organisation(part[link.end() :]) else None
        if agency or paper:
            return part[: link.start()], agency.name if agency else None
    tokens = part.split()
    for i in range(2, len(tokens)):
        agency = find_agency(" ".join(tokens[i:]))
        if agency and looks_like_name(" ".join(tokens[:i]), least=2) and not find_agency(part):
            return " ".join(tokens[:i]), agency.name
    return part, None


def _east_asian(text: str) -> Byline | None:
    """Like "홍길동 기자", "记者 王小明", "（記者王小明／台北報導）"."""
    if not any(word in text for word in ("기자", "특파원", "记者", "記者", "编辑", "編輯")):
        return None
    korean = _korean_pattern().fullmatch(text)
    if korean:
        return Byline(tuple(re.split(r"[·,]\s?", korean["names"])))
    han = _han_pattern().fullmatch(text)
    if han:
        agency = find_agency(han["outlet"] or "")
        return Byline(tuple(re.split(r"[、\s]", han["names"])), agency.name if agency else None)
    return None
