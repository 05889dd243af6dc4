"""Date lines: whether a line is nothing but a date, and which date it is.

The names of the months are those of Unicode's CLDR and the abbreviations that wires print; the zones are those whose
abbreviation means one offset only.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from cleaners.patterns import late_pattern
from cleaners.tables import kept, read_toml


class DateWords(NamedTuple):
    """The words of dates.toml; `months` and `zones` are by their spelling."""

    months: dict[str, int]
    published: frozenset[str]
    updated: frozenset[str]
    others: frozenset[str]
    zones: dict[str, int]


@kept(DateWords)
def date_words() -> DateWords:
    """The words of dates.toml, read once."""
    table = read_toml(__file__, "dates.toml")
    months = {
        spelling: number
        for names in table["months"].values()
        for number, name in enumerate(names, 1)
        for spelling in name.split("|")
        if spelling
    }
    words = table["words"]
    return DateWords(
        months,
        frozenset(words["published"]),
        frozenset(words["updated"]),
        frozenset(words["beside"] + words["weekdays"]),
        table["zones"],
    )


_LONGEST = 120
_TOKEN = late_pattern(r"\d{1,4}(?!\d)|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]")
_ISO = late_pattern(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ]\s?(\d\d):(\d\d)(?::\d\d(?:\.\d{1,6})?)?\s?(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_CJK = late_pattern(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]")
_YEAR_FIRST = late_pattern(r"(?<!\d)(\d{4})[./-]\s?(\d{1,2})[./-]\s?(\d{1,2})(?!\d)")
_NUMERIC = late_pattern(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})[./-]\s?(\d{4}|\d\d)(?!\d)")
_TIME = late_pattern(
    r"(?<![\d.])(\d{1,2})(?:[:h時时点시]\s?|\.(?=\d\d(?!\d|\.)))(\d\d)?(?::\d\d|分|분)?(?:\s?([ap])\.?\s?m\b\.?)?",
    re.I,
)
_OFFSET = late_pattern(r"(?:UTC|GMT)?\s?([+-])(\d\d?):?(\d\d)?(?!\d)", re.I)


def parse_date(text: str) -> date | datetime | None:
    """The date that a date line tells, with its time and zone where they are printed; None when it is not clear.

    Looks at the first date in the line; the day and the month of "03/04/2024" cannot be told apart, so it is None.

    >>> parse_date("Published 24 October 2024, 10:32 GMT")
    datetime.datetime(2024, 10, 24, 10, 32, tzinfo=datetime.timezone.utc)
    >>> parse_date("24.10.2024 - 12:05 Uhr"), parse_date("24 de octubre de 2024"), parse_date("03/04/2024")
    (datetime.datetime(2024, 10, 24, 12, 5), datetime.date(2024, 10, 24), None)
    """
    if not 6 <= len(text) <= _LONGEST:
        return None
    day, end = _find_day(text)
    if day is None:
        return None
    clock = _TIME.search(text, end) or (_TIME.search(text[: max(0, end - 6)]) if end > 12 else None)
    if not clock or (clock[2] is None and not clock[3]):
        return _iso_moment(text, day)
    hour, minute = int(clock[1]), int(clock[2] or 0)
    if clock[3]:
        hour = hour % 12 + (12 if clock[3].lower() == "p" else 0)
    elif any(word in text for word in ("오후", "午後", "下午")) and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        return day
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=_zone(text, clock.end()))


def _iso_moment(text: str, day: date) -> date | datetime:
    found = _ISO.search(text)
    if not found or not found[4] or int(found[4]) > 23 or int(found[5]) > 59:
        return day
    return datetime(
        day.year, day.month, day.day, int(found[4]), int(found[5]), tzinfo=_zone(text, found.end(5))
    )


def _zone(text: str, end: int) -> timezone | None:
    """The zone printed behind the time, if its abbreviation means one offset only."""
    rest = re.sub(r"^:\d\d(?:\.\d+)?", "", text[end : end + 20]).strip(" (,")
    offset = _OFFSET.match(rest)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            return None
        ahead = timedelta(hours=hours, minutes=minutes)
        return timezone(-ahead if offset[1] == "-" else ahead)
    word = re.match(r"[^\W\d_]+", rest)
    hours_ahead = date_words().zones.get(word[0].lower()) if word else None
    if hours_ahead is None:
        return None
    return timezone(timedelta(hours=hours_ahead)) if hours_ahead else UTC


def _find_day(text: str) -> tuple[date | None, int]:
    """The first date in the text and where it ends."""
    for pattern in (_ISO, _CJK, _YEAR_FIRST):
        found = pattern.search(text)
        if found:
            return _day(found[1], found[2], found[3]), found.end(3)
    found = _NUMERIC.search(text)
    if found:
        first, second, year = (
            int(found[1]),
            int(found[3]),
            found[4] if len(found[4]) == 4 else "20" + found[4],
        )
        if found[2] == "." or first > 12 or first == second:
            return _day(year, second, first), found.end()
        return (_day(year, first, second) if second > 12 else None), found.end()
    return _find_written_day(text)


def _find_written_day(text: str) -> tuple[date | None, int]:
    """Like "24 October 2024", "October 24, 2024", "2024. október 24.", "24 tháng 10 năm 2024"."""
    months = date_words().months
    tokens = [(m[0].lower(), m.end()) for m in _TOKEN.finditer(text)]
    words = [(word, end) for word, end in tokens if word[0].isalnum()]
    for i, (word, _) in enumerate(words):
        month = months.get(word)
        if month is None and word == "tháng" and i + 1 < len(words) and words[i + 1][0].isdigit():
            month = int(words[i + 1][0])
        if month is None:
            continue
        days = [j for j in range(i - 3, i + 4) if 0 <= j < len(words) and _is_day(words[j][0])]
        if word == "tháng":
            days = [j for j in days if j != i + 1]
        years = [
            j
            for j in range(i - 2, i + 5)
            if 0 <= j < len(words) and re.fullmatch(r"(?:19|20)\d\d", words[j][0])
        ]
        if days and years:
            nearest = min(days, key=lambda j: (abs(j - i), j > i))
            last = max(i, nearest, years[0])
            return _day(words[years[0]][0], month, words[nearest][0]), words[last][1]
    return None, 0


def _is_day(word: str) -> bool:
    return word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31


def _day(year: int | str, month: int | str, day: int | str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1800 <= found.year <= 2100 else None


def is_date_line(text: str) -> bool:
    """Whether a line is nothing but a date: "Updated 24.10.2024 - 12:05 Uhr".

    A date needs its year, or a word that says what it is the date of; "24 October" alone may be a crosshead.

    >>> is_date_line("Published: Thursday, October 24, 2024 at 10:32 a.m."), is_date_line("24 October")
    (True, False)
    >>> is_date_line("On October 24, 2024 the war began.")
    False
    """
    if not 6 <= len(text) <= _LONGEST or not any(c.isdigit() for c in text):
        return False
    words = date_words()
    told = dated = False
    numbers = 0
    for match in _TOKEN.finditer(text):
        token = match[0].lower()
        if token.isdigit():
            numbers += 1
            continue
        if not token[0].isalpha():
            if token in '“”"«»?!%$€£':
                return False
            continue
        if token in words.months:
            dated = True
        elif token in words.published or token in words.updated:
            told = True
        elif token not in words.others and token not in words.zones and not _glued(token, words):
            return False
        elif token in ("年", "년", "tháng"):
            dated = True
    if numbers == 0 or numbers > 12:
        return False
    day, _ = _find_day(text)
    if day is not None:
        return _punctuated_as_date(text)
    has_numeric = bool(_NUMERIC.search(text))
    return has_numeric or (told and (dated or bool(_TIME.search(text))))


def _glued(token: str, words: DateWords) -> bool:
    """Han and Hangul words that are written without spaces: "发布于", "최종수정"."""
    return token[0] >= "\u3040" and any(
        token.startswith(w) for w in words.published | words.updated if w[0] >= "\u3040"
    )


def _punctuated_as_date(text: str) -> bool:
    """A sentence's full stop behind a month's name or year ("… in May 2024.") is no date line's."""
    return not (text.endswith(".") and text[-2:-1].isalpha() and text[-3:-2] != "." and len(text.split()) > 6)
