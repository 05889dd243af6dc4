"""Ages and times as people type them (12h, 7d, 2025-01-31), and as the scraper prints them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_AGE = re.compile(r"(\d{1,10})\s*([smhdw])", re.ASCII)
#: A hundred years; beyond, the calendar ends.
LONGEST_AGE = timedelta(days=36500)
#: No wait is longer, whoever asks for it.
LONGEST_WAIT = timedelta(days=7)
#: So much the clocks of two machines may differ.
SKEW = timedelta(minutes=1)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_age(text: str) -> timedelta:
    """Return an age: a number of seconds, minutes, hours, days or weeks. Raises ValueError.

    >>> parse_age("7d")
    datetime.timedelta(days=7)
    """
    match = _AGE.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(f"{text!r} is no age; write 30m, 12h, 7d or 2w")
    unit = timedelta(**{_UNITS[match[2]]: 1})
    if int(match[1]) > LONGEST_AGE / unit:
        raise ValueError(f"{text!r} is more than a hundred years")
    return int(match[1]) * unit


def age_text(age: timedelta) -> str:
    """Return an age as `parse_age` reads it, to the second.

    >>> age_text(timedelta(days=3)), age_text(timedelta(hours=36)), age_text(timedelta(seconds=90))
    ('3d', '36h', '90s')
    """
    seconds = round(age.total_seconds())
    for size, unit in ((86_400, "d"), (3600, "h"), (60, "m")):
        if seconds and seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def latest(now: datetime, ahead: timedelta = timedelta()) -> datetime:
    """Return the latest time that can have been written down, of what is over or of what is `ahead` by so much at most.

    What is later was written by a clock that was wrong: it says nothing, and is taken for unknown.

    >>> utc(latest(datetime(2025, 1, 31, 12, tzinfo=UTC), ahead=LONGEST_WAIT))
    '2025-02-07T12:01:00Z'
    """
    return now + ahead + SKEW


def parse_since(text: str) -> datetime:
    """Return a point in time: an age ago, a date, or a date and time (UTC if it names no zone). Raises ValueError.

    >>> utc(parse_since("2025-01-31"))
    '2025-01-31T00:00:00Z'
    """
    if _AGE.fullmatch(text.strip().lower()):
        return datetime.now(UTC) - parse_age(text)
    try:
        found = datetime.fromisoformat(text)
        utc(found)  # the first and the last day of the calendar have hours in no other zone
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no time; write 12h, 7d, 2025-01-31 or 2025-01-31T12:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def utc(moment: datetime) -> str:
    """Return a moment as the scraper prints and keeps it; a naive time is taken for UTC.

    >>> utc(datetime(2025, 1, 31, 12, 0, tzinfo=UTC))
    '2025-01-31T12:00:00Z'
    """
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
