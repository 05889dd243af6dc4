"""Dates: which date a text tells, whether a line is nothing but a date, and what it is the date of.

The names of the months are those of Unicode's CLDR and the abbreviations that wires print; the zones are those whose
abbreviation means one offset only. htmldate is not asked where nothing is found here: of 98 such pages it dated 95, 5
of them rightly, at 44 ms each; most of those pages have no date at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.wire.parts import YEAR
from cleaners.words import word_set, words

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


#: Stands in a year of months for one whose name is another month's in a language beside.
_NO_MONTH: Final = "-"
_MONTHS: Final = 12


@cache
def months() -> dict[str, int]:
    """Return the numbers of the months by their names.

    >>> months()["oktober"]
    10
    """
    return {
        spelling: place % _MONTHS + 1  # the years of all languages stand one behind the other
        for place, names in enumerate(words("dates", "months"))
        for spelling in names.split("|")
        if spelling != _NO_MONTH
    }


@cache
def words_of_dates() -> frozenset[str]:
    """Return what may stand in a date beside its month: weekdays, "at", "Uhr"."""
    return frozenset((*words("dates", "beside"), *words("dates", "weekdays")))


@cache
def _zones() -> dict[str, int]:
    """Return the hours from Greenwich by the abbreviations of zones."""
    return {zone: int(hours) for zone, hours in map(str.split, words("dates", "zones"))}


#: Characters of a printed line, and of what markup marks as a date, in which one is looked for.
_LONGEST: Final = 120
_LONGEST_MARKED: Final = 300
#: Characters of a line that is only the label of a date.
_LONGEST_LABEL: Final = 30
#: Characters between a date and its time of day.
_CLOCK_REACH: Final = 40
#: Marks and numbers of lines that are more than a date.
_NO_DATE = frozenset('“”"«»?!%$€£')
_MOST_NUMBERS: Final = 12
#: Numbers of a day and a time: "19 НОЯ, 16:40".
_DAY_AND_TIME: Final = 3
_TOKEN = late_pattern(r"\d{1,4}(?!\d)|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]")
_YEAR_FIRST = late_pattern(
    r"(?<!\d)((?:1[89]|20)\d\d)(?:([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?!\d)"
    r"|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号])"
)
_NUMERIC = late_pattern(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d\d)(?!\d)")
_TIME = late_pattern(
    r"(?<![\d.])(\d{1,2})(?:[:h時时点시]\s?|\.(?=\d\d(?!\d|\.)))(\d\d)?(?::(\d\d)(?:[.,]\d{1,9})?|分|분)?(?:\s?([ap])\.?\s?m\b\.?)?",
    re.I,
)
_OFFSET = late_pattern(r"(?:UTC|GMT)?\s?([+-])(\d\d?):?(\d\d)?(?!\d)", re.I)


def parse_date(
    text: str, *, language: str | None = None, day_first: bool | None = None, marked: bool = False
) -> date | datetime | None:
    """Return the date that a text tells, with its time and zone where they are printed; None when it is not clear.

    Looks at the first date in the text. The day and the month of "03/04/2024" are told apart by `day_first`, or else
    by `language` (a BCP 47 tag) where all who write it agree. `marked` says that the page's markup calls the text a
    date: then seconds since 1970 and digits without a mark between them are dates too.

    >>> parse_date("Published 24 October 2024, 10:32 GMT")
    datetime.datetime(2024, 10, 24, 10, 32, tzinfo=datetime.timezone.utc)
    >>> parse_date("24.10.2024 - 12:05 Uhr"), parse_date("24 de octubre de 2024"), parse_date("03/04/2024")
    (datetime.datetime(2024, 10, 24, 12, 5), datetime.date(2024, 10, 24), None)
    >>> parse_date("03/04/2024", language="en-US"), parse_date("03/04/2024", language="fr")
    (datetime.date(2024, 3, 4), datetime.date(2024, 4, 3))
    """
    text = text.strip()
    if marked:
        text = text[:_LONGEST_MARKED]
        if text.isdecimal() and len(text) in (10, 13):  # seconds or milliseconds
            return datetime.fromtimestamp(int(text[:10]), UTC)
    elif not 6 <= len(text) <= _LONGEST:
        return None
    if text[:2] in ("20", "19") and (marked or not text[:8].isdecimal()) and (found := _read_iso(text)):
        return found
    day, end = _find_day(text, find_day_first(language) if day_first is None else day_first)
    if day is None:
        return None
    clock = _TIME.search(text, end, end + _CLOCK_REACH) or (
        _TIME.search(text, 0, end - 6) if end > 12 else None
    )
    if not clock or (clock[2] is None and not clock[4]):
        return day
    hour, minute, second = int(clock[1]), int(clock[2] or 0), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "p" else 0)
    elif any(word in text for word in ("오후", "午後", "下午")) and hour < 12:
        hour += 12
    if hour > 23 or minute > 59 or second > 59:
        return day
    zone = _zone(text[clock.end() : clock.end() + 20])
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)


def find_day_first(language: str | None, url: str | None = None, printed: Iterable[str] = ()) -> bool | None:
    """Tell whether "03/04/2024" begins with the day: by the site's other dates, its host or its language; None: unsure.

    >>> find_day_first("en-GB"), find_day_first("en"), find_day_first("en", "https://news.example.us/")
    (True, None, False)
    >>> find_day_first("en", printed=["24/10/2024", "03/04/2024"])
    True
    """
    told = {
        int(found[1]) > 12
        for text in printed
        if (found := _NUMERIC.search(text[:_LONGEST]))
        and found[2] != "."
        and (int(found[1]) > 12) != (int(found[3]) > 12)
    }
    if len(told) == 1:
        return told.pop()
    tag = (language or "").lower().replace("_", "-")
    unsure = not tag or tag in word_set("dates", "either")
    if url and unsure:
        try:
            from urllib.parse import urlsplit  # 4 ms, for pages only

            land = (urlsplit(url).hostname or "").rpartition(".")[2]
        except ValueError:
            land = ""
        for answer, key in ((True, "day_first_hosts"), (False, "month_first_hosts")):
            if land in word_set("dates", key):
                return answer
    return None if unsure else tag not in word_set("dates", "month_first")


def date_in_url(url: str | None) -> date | None:
    """Return the full date that an address holds, or None.

    >>> date_in_url("https://example.org/world/2025/jun/05/storm")
    datetime.date(2025, 6, 5)
    """
    address = (url or "")[:500].partition("?")[0].lower()
    match = _DATE_IN_ADDRESS.search(address) or _DATE_IN_SLUG.search(address)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdecimal() else months().get(match[2], 0)
    return _day(match[1], month, match[3])


_DATE_IN_ADDRESS = late_pattern(
    r"/((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-])|[a-z]{3}(?=[/_-]))[/_-]?(0[1-9]|[12]\d|3[01]|[1-9](?=\D))(?!\d)"
)
_DATE_IN_SLUG = late_pattern(r"[-_/=]((?:19|20)\d{2})[-_](0[1-9]|1[0-2])[-_](0[1-9]|[12]\d|3[01])(?!\d)")


def _read_iso(text: str) -> date | datetime | None:
    try:
        if len(text) <= 10:
            return date.fromisoformat(text.replace("/", "-"))
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _zone(behind: str) -> timezone | None:
    """Return the zone printed behind the time, if its abbreviation means one offset only."""
    behind = behind.strip(" (,")
    offset = _OFFSET.match(behind)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(-ahead if offset[1] == "-" else ahead)
    word = re.match(r"[^\W\d_]+", behind)
    hours_ahead = _zones().get(word[0].lower()) if word else None
    if hours_ahead is None:
        return None
    return timezone(timedelta(hours=hours_ahead)) if hours_ahead else UTC


def _find_day(text: str, day_first: bool | None) -> tuple[date | None, int]:
    """Return the first date in the text and where it ends."""
    found = _YEAR_FIRST.search(text)
    if found:
        return _day(found[1], found[3] or found[5], found[4] or found[6]), found.end()
    found = _NUMERIC.search(text)
    if found:
        first, second = int(found[1]), int(found[3])
        year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
        if found[2] == "." or first > 12 or first == second:
            return _day(year, second, first), found.end()
        if second > 12 or day_first is False:
            return _day(year, first, second), found.end()
        return (_day(year, second, first) if day_first else None), found.end()
    return _find_written_day(text)


def _find_written_day(text: str) -> tuple[date | None, int]:
    """Like "24 October 2024", "October 24, 2024", "2024. október 24.", "24 tháng 10 năm 2024"."""
    tokens = [(m[0].lower(), m.end()) for m in _TOKEN.finditer(text) if m[0][0].isalnum()]
    said = [word for word, _ in tokens]
    for i, word in enumerate(said):
        numbered = word == "tháng" and said[i + 1 : i + 2]  # the month is a number
        month = int(said[i + 1]) if numbered and said[i + 1].isdecimal() else months().get(word)
        if month is None:
            continue
        near = range(max(0, i - 3), min(len(said), i + 5))
        days = [j for j in near if _is_day(said[j]) and j < i + 4 and not (numbered and j == i + 1)]
        years = [j for j in near if j > i - 3 and YEAR.fullmatch(said[j])]
        if days and years:
            nearest = min(days, key=lambda j: (abs(j - i), j > i))
            first, last = min(i, nearest, years[0]), max(i, nearest, years[0])
            between = {said[j] for j in range(first + 1, last) if j not in (i, nearest)}
            if numbered or between - words_of_dates() <= months().keys():
                return _day(said[years[0]], month, said[nearest]), tokens[last][1]
    return None, 0


def _is_day(word: str) -> bool:
    return word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1800 <= found.year <= 2100 else None


def says_changed(text: str) -> bool:
    """Tell whether a printed line speaks of a change rather than of publication.

    >>> says_changed("Last updated: 5 June 2025"), says_changed("5 June 2025")
    (True, False)
    """
    folded = text.lower()
    return any(word in folded for word in words("dates", "changed"))


def labels_date(text: str) -> bool:
    """Tell whether a printed line is the label of a date of publication.

    >>> labels_date("Datum:"), labels_date("Updated")
    (True, False)
    """
    if len(text) > _LONGEST_LABEL:
        return False
    said = {m[0].lower() for m in _TOKEN.finditer(text) if m[0] != ":"}
    published = word_set("dates", "published")
    return not published.isdisjoint(said) and said - published <= words_of_dates()


@remembered(256)  # of the lines at a story's ends each is asked about for itself, and for those beside it
def is_date_line(text: str) -> bool:
    """Tell whether a line is nothing but a date: "Updated 24.10.2024 - 12:05 Uhr".

    A date needs its year, a time of day, or a word that says what it is the date of; "24 October" alone may be a
    crosshead.

    >>> is_date_line("Published: Thursday, October 24, 2024 at 10:32 a.m."), is_date_line("24 October")
    (True, False)
    >>> is_date_line("On October 24, 2024 the war began.")
    False
    """
    if not 6 <= len(text) <= _LONGEST or not any(map(str.isdigit, text)):
        return False
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    said = {token for token in tokens if token[0].isalpha()}
    if not _NO_DATE.isdisjoint(tokens) or not 0 < sum(map(str.isdigit, tokens)) <= _MOST_NUMBERS:
        return False
    others = said - _words_of_date_lines()
    if not all(word in _zones() or _is_glued(word, _labels()) for word in others):
        return False
    if _find_day(text, None)[0] is not None:
        return _punctuated_as_date(text)
    dated = not months().keys().isdisjoint(said) or not said.isdisjoint(("年", "년", "tháng"))
    timed = bool(_TIME.search(text))
    if dated and timed and sum(map(str.isdigit, tokens)) >= _DAY_AND_TIME:
        return _punctuated_as_date(text)  # "19 НОЯ, 16:40"
    told = not said.isdisjoint(_labels()) and (dated or timed)
    return told or bool(_NUMERIC.search(text))


@cache
def _labels() -> frozenset[str]:
    return word_set("dates", "published") | word_set("dates", "updated")


@cache
def _words_of_date_lines() -> frozenset[str]:
    return frozenset((*words_of_dates(), *months(), *_labels()))


def _is_glued(word: str, labels: frozenset[str]) -> bool:
    """Tell whether a word begins with a label; Han and Hangul write no spaces: "发布于", "최종수정"."""
    return word[0] >= "\u3040" and any(word.startswith(label) for label in labels if label[0] >= "\u3040")


def _punctuated_as_date(text: str) -> bool:
    """Tell whether no sentence ends with the date: "It rained … in the night of 24 May."."""
    return not (text.endswith(".") and text[-2:-1].isalpha() and text[-3:-2] != "." and len(text.split()) > 6)
