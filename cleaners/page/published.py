"""Dates as pages write them: machine-readable, in an address, or printed beside the byline.

htmldate is not asked where these find nothing: of 98 such pages it dated 95, 5 of them rightly, at 44 ms each; most
of those pages have no date at all.
"""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files

#: Nothing on the web is older, and a page cannot be from after the day it is read.
EARLIEST_YEAR = 1990

_LONGEST = 300  # characters of a printed line in which a date is looked for

_CLOCK = r"(?:[T ,]{1,3}(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
_ZONE = r"\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_NUMERIC_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)" + _CLOCK + _ZONE
)
_CJK = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
)
_NUMERIC_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d{2})(?!\d)")
_DAY_MONTH_YEAR = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|ος|[.ºª°])?[\s\-/]{1,3}(?:(?:de|of|d’|d')\s)?([^\W\d_]{3,14})[.,]{0,2}[\s\-/]{1,3}"
    r"(?:(?:de|del|of)\s)?((?:19|20)\d{2})(?!\d)"
)
_MONTH_DAY_YEAR = re.compile(
    r"([^\W\d_]{3,14})\.?\s{1,3}(\d{1,2})(?:st|nd|rd|th)?(?:,\s{0,3}|\s{1,3})((?:19|20)\d{2})(?!\d)"
)
_YEAR_MONTH_NAME_DAY = re.compile(r"((?:19|20)\d{2})\.?\s{1,2}([^\W\d_]{3,14})\s{1,2}(\d{1,2})(?!\d)")
_DATE_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-])|[a-z]{3}(?=[/_-]))[/_-]?(0[1-9]|[12]\d|3[01]|[1-9](?=\D))(?!\d)"
)
_DATE_IN_SLUG = re.compile(r"[-_/=]((?:19|20)\d{2})[-_](0[1-9]|1[0-2])[-_](0[1-9]|[12]\d|3[01])(?!\d)")
# countries that print the month first
_MONTH_FIRST = ("en-us", "en_us", "en", "")


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("cleaners.page").joinpath("dates.toml").read_text(encoding="utf-8"))


@cache
def month_names() -> dict[str, int]:
    """Names and abbreviations of months in all languages of dates.toml, to 1 … 12."""
    months = _words()["months"].values()
    return {name: i for year in months for i, names in enumerate(year, 1) for name in names.split()}


def says_changed(text: str) -> bool:
    """Whether a printed line speaks of a change rather than of publication.

    >>> says_changed("Last updated: 5 June 2025"), says_changed("5 June 2025")
    (True, False)
    """
    folded = text.lower()
    return any(word in folded for word in _words()["words"]["changed"])


def labels_date(text: str) -> bool:
    """Whether a printed line is the label of a date of publication.

    >>> labels_date("Datum:"), labels_date("Updated")
    (True, False)
    """
    return len(text) < 30 and text.strip(" :").lower() in _words()["words"]["labels"]


def parse_date(text: str | None, language: str | None = None) -> date | datetime | None:
    """The date that a machine-readable field or a short printed line holds, or None.

    A `datetime` where the text has a time of day (with its zone if it names one), else a `date`. `language` decides
    what "03/04/2025" means. Dates before 1990 or in the future by more than two days are None.

    >>> parse_date("2025-06-05T14:46:12+0200")
    datetime.datetime(2025, 6, 5, 14, 46, 12, tzinfo=datetime.timezone(datetime.timedelta(seconds=7200)))
    >>> parse_date("Publié le 5 juin 2025 à 14h46")
    datetime.date(2025, 6, 5)
    """
    if not text:
        return None
    text = text.strip()
    if len(text) > _LONGEST:
        text = text[:_LONGEST]
    if text[:2] in ("20", "19"):
        found = _iso(text)
        if found:
            return found
    elif text.isdigit() and len(text) in (10, 13):  # seconds or milliseconds since 1970
        return _sane(datetime.fromtimestamp(int(text[:10]), UTC))
    return _printed(text, (language or "").lower())


def _iso(text: str) -> date | datetime | None:
    try:
        if len(text) <= 10:
            return _sane(date.fromisoformat(text.replace("/", "-")))
        return _sane(datetime.fromisoformat(text))
    except ValueError:
        return None


def _sane(found: date | datetime) -> date | datetime | None:
    day = found.date() if isinstance(found, datetime) else found
    return found if day.year >= EARLIEST_YEAR and day <= date.today() + timedelta(days=2) else None


def _printed(text: str, language: str) -> date | datetime | None:
    match = _NUMERIC_YEAR_FIRST.search(text)
    if match:
        return _with_clock(match)
    match = _DAY_MONTH_YEAR.search(text)
    if match and (month := month_names().get(match[2].lower())):
        return _day(int(match[3]), month, int(match[1])) if not _has_clock(text) else _rfc(text, match, month)
    match = _MONTH_DAY_YEAR.search(text)
    if match and (month := month_names().get(match[1].lower())):
        return _day(int(match[3]), month, int(match[2]))
    match = _NUMERIC_YEAR_LAST.search(text)
    if match:
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if second > 12 or (match[2] != "." and first <= 12 and language in _MONTH_FIRST):
            first, second = second, first
        return _day(year, second, first)
    match = _CJK.search(text)
    if match:
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    match = _YEAR_MONTH_NAME_DAY.search(text)
    if match and (month := month_names().get(match[2].lower())):
        return _day(int(match[1]), month, int(match[3]))
    return None


_RFC_CLOCK = re.compile(r"\s(\d{2}):(\d{2}):(\d{2})\s?(Z|UTC|GMT|[+-]\d{4})")


def _has_clock(text: str) -> bool:
    return text.count(":") >= 2 and _RFC_CLOCK.search(text) is not None


def _rfc(text: str, match: re.Match[str], month: int) -> date | datetime | None:
    clock = _RFC_CLOCK.search(text)
    if clock is None:
        return _day(int(match[3]), month, int(match[1]))
    return _moment(
        (int(match[3]), month, int(match[1])), (int(clock[1]), int(clock[2]), int(clock[3])), clock[4]
    )


def _with_clock(match: re.Match[str]) -> date | datetime | None:
    day = int(match["year"]), int(match["month"]), int(match["day"])
    if match["hour"] is None:
        return _day(*day)
    return _moment(day, (int(match["hour"]), int(match["minute"]), int(match["second"] or 0)), match["zone"])


def _moment(
    day: tuple[int, int, int], clock: tuple[int, int, int], zone: str | None
) -> date | datetime | None:
    offset = None
    if zone and zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        offset = (
            timezone(timedelta(minutes=-minutes if zone[0] == "-" else minutes)) if minutes < 1440 else None
        )
    elif zone:
        offset = UTC
    try:
        return _sane(datetime(*day, *clock, tzinfo=offset))
    except ValueError:
        return _day(*day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _sane(found) else None


def date_in_url(url: str | None) -> date | None:
    """The full date that an address holds, or None.

    >>> date_in_url("https://example.org/world/2025/jun/05/storm")
    datetime.date(2025, 6, 5)
    """
    if not url:
        return None
    address = url[:500].partition("?")[0].lower()
    match = _DATE_IN_ADDRESS.search(address) or _DATE_IN_SLUG.search(address)
    if match is None:
        return None
    month = int(match[2]) if match[2].isdigit() else month_names().get(match[2], 0)
    return _day(int(match[1]), month, int(match[3]))
