"""For how long a list need not be asked for again: what HTTP and the feed itself say of that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from scraper.discover.named import read_date

#: However long a server calls its list fresh: news is not a day late for that.
LONGEST = timedelta(days=1)
#: Bytes in which a feed says how often it changes.
_HEAD = 64 << 10
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s{0,9}=\s{0,9}\"?(\d{1,9})", re.ASCII)
_NEVER = re.compile(r"(?:^|[\s,])no-(?:cache|store)\b")
_TTL = re.compile(rb"<ttl>\s{0,99}(\d{1,6})\s{0,99}</ttl>")
_PERIOD = re.compile(rb"<\w{1,20}:updatePeriod>\s{0,99}(hourly|daily|weekly|monthly|yearly)")
_FREQUENCY = re.compile(rb"<\w{1,20}:updateFrequency>\s{0,99}(\d{1,4})")


def fresh_until(headers: Mapping[str, str], body: bytes, now: datetime) -> datetime | None:
    """Return until when an answer stands for what is there; None when it says nothing of that.

    Cache-Control goes before Expires (RFC 9111 section 5.3); a feed's own `ttl` (minutes) or `updatePeriod` counts
    where it says more.

    >>> now = datetime.fromisoformat("2025-01-31T12:00Z")
    >>> fresh_until({"cache-control": "public, max-age=600", "age": "60"}, b"", now) - now
    datetime.timedelta(seconds=540)
    >>> fresh_until({}, b"<rss><channel><ttl>30</ttl>", now) - now
    datetime.timedelta(seconds=1800)
    """
    longest = max(_of_http(headers, now), _of_feed(body[:_HEAD]))
    return now + min(longest, LONGEST) if longest > timedelta(0) else None


def _of_http(headers: Mapping[str, str], now: datetime) -> timedelta:
    control = headers.get("cache-control", "").lower()[:1000]
    if _NEVER.search(control):
        return timedelta(0)
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "").strip()
        return timedelta(seconds=int(found[1]) - (int(age) if re.fullmatch(r"[0-9]{1,9}", age) else 0))
    expires = read_date(headers.get("expires"))
    # by the server's own clock, if it tells the time
    return expires - (read_date(headers.get("date")) or now) if expires is not None else timedelta(0)


def _of_feed(head: bytes) -> timedelta:
    if found := _TTL.search(head):
        return timedelta(minutes=int(found[1]))
    if (found := _PERIOD.search(head)) and found[1] == b"hourly":
        times = _FREQUENCY.search(head)
        return timedelta(hours=1) / max(1, int(times[1]) if times else 1)
    return timedelta(0)
