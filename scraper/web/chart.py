"""A source's days as a chart: its articles, its failures, and the share of lines that were taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.store.protocol import Day, Failure

#: The chart's height and the width of a day, in its own units.
HEIGHT, WIDTH = 100, 10


@dataclass(frozen=True, slots=True)
class Bar:
    """A day: its numbers, and how high they stand in the chart. `junk` is a share, None where nothing came in."""

    day: date
    x: int
    articles: int
    failures: int
    junk: float | None
    articles_height: float
    failures_height: float
    junk_y: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """All days, the greatest number among them, and the line of the junk's share as SVG draws it."""

    bars: tuple[Bar, ...]
    most: int
    line: str

    @property
    def width(self) -> int:
        """The chart's width in its own units."""
        return WIDTH * len(self.bars)


def draw_days(days: Sequence[Day], failures: Sequence[Failure], today: date, count: int) -> Chart:
    """Return the chart of the last `count` days up to today; a day of which nothing is known is empty.

    >>> day = Day("example", date(2025, 1, 31), articles=4, lines=30, removed=10)
    >>> chart = draw_days([day], [], date(2025, 1, 31), 2)
    >>> [(bar.articles, bar.junk) for bar in chart.bars], chart.line
    ([(0, None), (4, 0.25)], '15,75.0')
    """
    known = {day.day: day for day in days}
    failed = Counter(failure.at.date() for failure in failures)
    span = [today - timedelta(back) for back in range(count - 1, -1, -1)]
    most = max([1, *(known[day].articles for day in span if day in known), *(failed[day] for day in span)])
    bars = []
    for number, day in enumerate(span):
        told = known.get(day, Day("", day))
        lines = told.lines + told.removed
        junk = told.removed / lines if lines else None
        bars.append(
            Bar(
                day,
                number * WIDTH,
                told.articles,
                failed[day],
                junk,
                round(HEIGHT * told.articles / most, 1),
                round(HEIGHT * failed[day] / most, 1),
                None if junk is None else round(HEIGHT * (1 - junk), 1),
            )
        )
    line = " ".join(f"{bar.x + WIDTH // 2},{bar.junk_y}" for bar in bars if bar.junk_y is not None)
    return Chart(tuple(bars), most, line)
