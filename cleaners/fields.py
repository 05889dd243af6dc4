"""Which of the strings that a page says of itself and prints around its headline are the article's authors and dates.

What the head says for machines comes first, then what is printed at the headline, then what is printed anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, NamedTuple

from cleaners.blocks import Document
from cleaners.read.metadata import Metadata, read_dated, read_signed
from cleaners.read.titles import squeezed
from cleaners.wire.agencies import find_agency
from cleaners.wire.bylines import Byline, is_opener, parse_byline, without_opener
from cleaners.wire.dates import date_in_url, find_day_first, labels_date, parse_date, says_changed
from cleaners.wire.names import looks_like_name
from cleaners.wire.parts import unique

#: Nothing on the web is older, and no page is from after the day it is read.
EARLIEST_YEAR: Final = 1990
#: Blocks after and before the headline among which byline and date are looked for, and within which they are sure.
_AFTER: Final = 40
_BEFORE: Final = 12
_SURE: Final = 16
#: A block of so many characters is prose; after so many of them the body has begun.
_PROSE: Final = 200
_MOST_PROSE: Final = 3
#: Characters of a line that can print a date, of one that prints nothing else, and of a byline.
_LONGEST_DATE: Final = 150
_LONGEST_DAY: Final = 40
_LONGEST_BYLINE: Final = 150
#: A head that names more in elements marked as authors names those of teasers too.
_MOST_MARKED: Final = 4
#: Where inline elements meet without a space: "By Anna SmithMar 5, 2025".
_GLUED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Fields(NamedTuple):
    """What a page says of who wrote the story and when."""

    authors: tuple[str, ...] = ()
    agency: str | None = None
    published: date | datetime | None = None
    modified: date | datetime | None = None


def read_fields(document: Document) -> Fields:
    """Return the authors, agency and dates that the page of a document tells.

    >>> from cleaners.read.html import read_html
    >>> page = "<h1>Rain</h1><p>By Anna SMITH, Associated Press</p><p>24 October 2024, 10:32 GMT</p><p>It rained.</p>"
    >>> fields = read_fields(read_html(page))
    >>> fields.authors, fields.agency, str(fields.published)
    (('Anna Smith',), 'AP', '2024-10-24 10:32:00+00:00')
    """
    return _Reader(document).read() if document.page else Fields()


class _Reader:
    """What is asked of a page more than once, found when it is first asked for."""

    def __init__(self, document: Document) -> None:
        assert document.page is not None
        self.document = document
        self.page = document.page
        self.told: Metadata = document.page.metadata
        self.texts = [block.text for block in document.blocks]

    def read(self) -> Fields:
        """Return all fields."""
        byline = self._byline()
        sources = (found.name for text in self.told.sources if (found := find_agency(text)))
        modified = self._first_date(self.told.modified)
        return Fields(
            byline.authors, byline.agency or next(sources, None), self._published(modified), modified
        )

    # ------------------------------------------------------------------------------------------------- dates

    @cached_property
    def _day_first(self) -> bool | None:
        told = (*self.told.published, *self.told.modified, *self.told.times)
        near = [self.texts[i] for i in self._near if len(self.texts[i]) <= _LONGEST_DAY]
        return find_day_first(self.told.language or self.document.language, self.told.url, (*told, *near))

    def _date(self, text: str, *, marked: bool = False) -> date | datetime | None:
        if not any(map(str.isdigit, text)):
            return None
        found = parse_date(text, day_first=self._day_first, marked=marked)
        if found is None:
            return None
        day = _day_of(found)
        return found if day.year >= EARLIEST_YEAR and day <= date.today() + timedelta(days=2) else None

    def _first_date(self, texts: Iterable[str]) -> date | datetime | None:
        return next((found for text in texts if (found := self._date(text, marked=True))), None)

    def _published(self, modified: date | datetime | None) -> date | datetime | None:
        told = self._first_date(self.told.published)
        if told is None:
            return (
                self._printed_date()
                or self._first_date(read_dated(self.page.tree))
                or self._only_day()
                or self._first_date(self.told.times)
                or date_in_url(self.told.url)
                or modified
            )
        if self.told.newsroom:
            return told
        # Site builders write the day of their last build; no page prints a day before it was published.
        printed = next((found for found, changed in self._printed_dates(_SURE) if not changed), None)
        return printed if printed and _day_of(printed) < _day_of(told) - timedelta(days=1) else told

    def _printed_date(self) -> date | datetime | None:
        """Return the date printed at the headline, one that does not speak of a change if there is one."""
        dates = list(self._printed_dates())
        return min(dates, key=lambda pair: pair[1])[0] if dates else None

    def _printed_dates(self, most: int = _AFTER + _BEFORE) -> Iterator[tuple[date | datetime, bool]]:
        """Yield the dates printed at the headline, and whether they are said to be those of a change."""
        before = ""
        for i in self._near[:most]:
            text = self.texts[i]
            found = self._date(_GLUED.sub(" ", text)) if len(text) <= _LONGEST_DATE else None
            if found and str(found.year) in text:  # "11/12/19" may be a teaser's
                changed = says_changed(before) if len(before) < _LONGEST_DAY else False
                yield found, says_changed(text) or (changed and not any(map(str.isdigit, before)))
            before = text

    def _only_day(self) -> date | datetime | None:
        """Return the day that stands alone in a line: behind a label, or the only one, or the most frequent."""
        days: Counter[date | datetime] = Counter()
        before = ""
        for text in self.texts:
            if len(text) <= _LONGEST_DAY and (found := self._date(text)):
                if labels_date(before):
                    return found
                days[found] += 1
            before = text
        ranked = days.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    # ----------------------------------------------------------------------------------------------- authors

    def _byline(self) -> Byline:
        told = self._told_byline()
        if told and told.authors and not self._house(told.authors):
            return told
        if told:
            printed = self._near_byline(_SURE)
            sure = printed and 0 < len(printed.authors) <= _MOST_MARKED
            return printed if printed and sure else told
        profiles = _together(self.told.profiles)
        if profiles and len(profiles.authors) <= 3:
            return profiles
        return (
            self._near_byline(_AFTER + _BEFORE)
            or self._signed_byline()
            or self._opened_byline(range(len(self.texts)))  # boxes below an article say who wrote it
            or Byline(profiles.authors[:1] if profiles else ())
        )

    def _told_byline(self) -> Byline | None:
        """Return what the surest source says that names anyone."""
        for number, texts in enumerate(self.told.authors):
            byline = _together(texts)
            if byline:
                few = number != 1 or len(byline.authors) <= _MOST_MARKED  # many are those of teasers
                return byline if few else Byline(byline.authors[:1], byline.agency)
        return None

    def _house(self, names: Sequence[str]) -> bool:
        """Tell whether names are only that of the site itself, or of its publisher."""
        house = squeezed(self.told.site_name or "")
        keys = [squeezed(name) for name in names]
        return self.told.house or all(
            len(key) > 2 and (key in house or bool(house and house in key)) for key in keys
        )

    def _near_byline(self, most: int) -> Byline | None:
        """Return the byline printed at the headline: one that opens as such, or a text that is marked as one."""
        near = self._near[:most]
        if most == _SURE:
            body = (at for at, i in enumerate(near) if len(self.texts[i]) >= _PROSE)
            near = near[: next(body, len(near))]
        return self._opened_byline(near) or next(filter(None, map(self._marked_byline, near)), None)

    def _opened_byline(self, places: Sequence[int]) -> Byline | None:
        """Return the first byline with "By", or with "Written by" in the block above it."""
        above = ""
        for i in places:
            text = self.texts[i]
            if len(text) <= _LONGEST_BYLINE:
                byline = parse_byline(text, marked=is_opener(above))
                if _person(byline):
                    return byline
            above = text
        return None

    def _marked_byline(self, place: int) -> Byline | None:
        """Return the byline that the elements marked as authors in a block make, or around it."""
        text = self.texts[place]
        if len(text) > _LONGEST_BYLINE:
            return None
        inside = sorted((signed for signed in self._signed if signed in text), key=len)
        inner = [one for i, one in enumerate(inside) if not any(other in one for other in inside[:i])]
        if not inner and any(text in signed for signed in self._signed):
            inner = [text]
        opened = without_opener(text) != text
        bylines = [parse_byline(one, marked=True) for one in inner]
        return _joined([byline for byline in bylines if byline and (opened or _person(byline))])

    @cached_property
    def _signed(self) -> list[str]:
        return list(read_signed(self.page.tree, linked=True))

    def _signed_byline(self) -> Byline | None:
        bylines = (_person(parse_byline(text, marked=True)) for text in read_signed(self.page.tree))
        return next(filter(None, bylines), None)

    # -------------------------------------------------------------------------------------- around the headline

    @cached_property
    def _near(self) -> list[int]:
        """Return the blocks after the headline in reading order, then those before it, the nearest first."""
        headline = self._headline()
        if headline is None:
            return []
        near: list[int] = []
        for places in (range(headline + 1, len(self.texts))[:_AFTER], range(headline - 1, -1, -1)[:_BEFORE]):
            prose = 0
            for i in places:
                near.append(i)
                prose += len(self.texts[i]) >= _PROSE
                if prose == _MOST_PROSE:
                    break
        return near

    def _headline(self) -> int | None:
        """Return the number of the block that prints the headline, or its last part."""
        heading = self.told.heading
        if not heading:
            return None
        wanted, found = squeezed(heading), None
        for i, block in enumerate(self.document.blocks):
            if (
                block.markup
                and block.markup.tag == "h1"
                and (text := squeezed(block.text))
                and text in wanted
            ):
                found = i
                if wanted.endswith(text):
                    return i
        if found is None:
            return next((i for i, text in enumerate(self.texts) if text == heading), None)
        return found


def _together(texts: Iterable[str]) -> Byline | None:
    """Return what strings marked as authors say together."""
    return _joined([byline for text in texts if (byline := parse_byline(text, marked=True))])


def _joined(bylines: Sequence[Byline]) -> Byline | None:
    if not bylines:
        return None
    names = unique(name for byline in bylines for name in byline.authors)
    return Byline(names, next((byline.agency for byline in bylines if byline.agency), None))


def _person(byline: Byline | None) -> Byline | None:
    """Return the byline if its first author is written as a person is, or as a team that signs: with capitals."""
    if byline is None or not byline.authors:
        return None
    name = byline.authors[0]
    words = name.split()
    if len(words) == 1:
        return byline if 2 <= len(name) <= 5 and not name.isascii() and looks_like_name(name) else None
    capitals = words[0][:1].isupper() and all(word[:1].isupper() or len(word) <= 3 for word in words)
    return byline if len(words) <= 6 and (capitals or looks_like_name(name)) else None


def _day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
