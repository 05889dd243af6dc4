"""Which of the strings that a page says of itself and prints around its headline are the article's authors and dates.

What the head says for machines comes first, then what is printed at the headline, then what is printed anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from cleaners.blocks import Block, Document
from cleaners.read.html import Page
from cleaners.read.metadata import read_dated, read_signed
from cleaners.read.titles import squeezed
from cleaners.values import Value
from cleaners.wire.agencies import find_agency, source_agencies
from cleaners.wire.bylines import Byline, is_opener, parse_byline, parse_signature, without_opener
from cleaners.wire.dates import (
    date_in_url,
    find_day_first,
    is_date_line,
    labels_date,
    parse_date,
    says_changed,
)
from cleaners.wire.names import is_organisation, looks_like_name
from cleaners.wire.parts import cut_label, unique
from cleaners.words import word_set

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
#: … and one with more links to people's pages has those of its staff.
_MOST_PROFILES: Final = 3
#: Blocks behind the headline among which a byline says who wrote the story, whoever published it.
_RIGHT_AT: Final = 3
#: Where inline elements meet without a space: "By Anna SmithMar 5, 2025".
_GLUED: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


#: … "ByAnna Smith".
_SEPARATED: Final = re.compile(r"(?<=^By)(?=[A-Z][a-z])")


class Fields(Value):
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
    page = document.page
    if page is None:
        return Fields()
    texts = [block.text for block in document.blocks]
    near = _near_headline(texts, _headline(document.blocks, page.metadata.heading))
    dates = _Dates(document.language, page, texts, near)
    modified = dates.first(page.metadata.modified)
    bylines = _Bylines(page, texts, near)
    byline = bylines.choose()
    sources = (named.name for text in page.metadata.sources if (named := find_agency(text)))
    agency = byline.agency or bylines.printed_agency() or next(sources, None)
    return Fields(byline.authors, agency, dates.choose() or modified, modified)


def _headline(blocks: Sequence[Block], heading: str | None) -> int | None:
    """Return the number of the block that prints the headline, or its last part."""
    if not heading:
        return None
    wanted, found = squeezed(heading), None
    for i, block in enumerate(blocks):
        if block.markup and block.markup.tag == "h1" and (text := squeezed(block.text)) and text in wanted:
            found = i
            if wanted.endswith(text):
                break
    return found if found is not None else next((i for i, b in enumerate(blocks) if b.text == heading), None)


def _near_headline(texts: Sequence[str], headline: int | None) -> list[int]:
    """Return the blocks after the headline in reading order, then those before it, the nearest first."""
    near: list[int] = []
    if headline is None:
        return near
    for places in (range(headline + 1, len(texts))[:_AFTER], range(headline - 1, -1, -1)[:_BEFORE]):
        prose = 0
        for i in places:
            near.append(i)
            prose += len(texts[i]) >= _PROSE
            if prose == _MOST_PROSE:
                break
    return near


class _Dates:
    """The dates of a page, and when its story was published."""

    def __init__(self, language: str | None, page: Page, texts: Sequence[str], near: Sequence[int]) -> None:
        self.page, self.told, self.texts, self.near = page, page.metadata, texts, near
        printed = [texts[i] for i in near if len(texts[i]) <= _LONGEST_DAY]
        told = (*self.told.published, *self.told.modified, *self.told.times, *printed)
        self.day_first = find_day_first(self.told.language or language, self.told.url, told)
        self.latest = date.today() + timedelta(days=2)

    def read(self, text: str, *, marked: bool = False) -> date | datetime | None:
        """Return the date in a text, if it can be a story's."""
        if not any(map(str.isdigit, text)):
            return None
        found = parse_date(text, day_first=self.day_first, marked=marked)
        return found if found and found.year >= EARLIEST_YEAR and _day_of(found) <= self.latest else None

    def first(self, texts: Iterable[str]) -> date | datetime | None:
        """Return the first date that texts marked as dates tell."""
        return next((found for text in texts if (found := self.read(text, marked=True))), None)

    def choose(self) -> date | datetime | None:
        """Return the date of the surest source that tells one."""
        told = self.first(self.told.published)
        if told is None:
            # of those printed at the headline one that does not speak of a change, if there is one
            at_headline = min(self._printed(len(self.near)), key=lambda pair: pair[1], default=(None, False))[
                0
            ]
            return (
                at_headline
                or self.first(read_dated(self.page.tree))
                or self._only_day()
                or self.first(self.told.times)
                or date_in_url(self.told.url)
            )
        if self.told.newsroom:
            return told
        # Site builders write the day of their last build, or in another zone; no page prints a day before it was
        # published.
        printed, changed = next(self._printed(_SURE), (None, False))
        return printed if printed and not changed and _day_of(printed) < _day_of(told) else told

    def _printed(self, most: int) -> Iterator[tuple[date | datetime, bool]]:
        """Yield the dates printed at the headline, and whether they are said to be those of a change."""
        before = ""
        for text in (self.texts[i] for i in self.near[:most]):
            found = self.read(_GLUED.sub(" ", text)) if len(text) <= _LONGEST_DATE else None
            if found and str(found.year) in text:  # "11/12/19" may be a teaser's
                changed = says_changed(before) if len(before) < _LONGEST_DAY else False
                yield found, says_changed(text) or (changed and not any(map(str.isdigit, before)))
            before = text

    def _only_day(self) -> date | datetime | None:
        """Return the day that stands alone in a line: behind a label, or the only one, or the most frequent."""
        days: Counter[date | datetime] = Counter()
        before = ""
        for text in self.texts:
            if len(text) <= _LONGEST_DAY and (found := self.read(text)):
                if labels_date(before):
                    return found
                days[found] += 1
            before = text
        ranked = [*days.most_common(2), (None, 0), (None, 0)]
        return ranked[0][0] if ranked[0][1] != ranked[1][1] else None


class _Bylines:
    """The bylines of a page, and who wrote its story."""

    def __init__(self, page: Page, texts: Sequence[str], near: Sequence[int]) -> None:
        self.tree, self.told, self.texts, self.near = page.tree, page.metadata, texts, near

    def choose(self) -> Byline:
        """Return the byline of the surest source that names anyone; an empty one where none does."""
        told = self._told()
        if told and told.authors and not self._is_house(told.authors):
            return self._signed_otherwise(told) or told
        if told:
            printed = self._printed(self._above_body())
            return printed if printed and 0 < len(printed.authors) <= _MOST_MARKED else told
        profiles = _together(self.told.profiles)
        if profiles and len(profiles.authors) <= _MOST_PROFILES:
            return profiles
        texts = list(read_signed(self.tree))
        editors = [rest for label, rest in map(cut_label, texts) if label in word_set("signoffs", "editors")]
        signed = (
            _person(parse_byline(text, marked=True))
            for text in texts
            if not any(text.endswith(name) for name in editors)
        )
        return (
            self._printed(self.near)
            or next(filter(None, signed), None)
            or self._opened(range(len(self.texts)))  # boxes below an article say who wrote it
            or Byline(profiles.authors[:1] if profiles else ())
        )

    def _signed_otherwise(self, told: Byline) -> Byline | None:
        """Return the byline right at the headline that names others than the head: an account may have published it."""
        if self.told.newsroom or len(told.authors) > 1:
            return None
        printed = self._opened(self._above_body()[:_RIGHT_AT])
        known = set(told.authors[0].lower().split())
        if printed is None or len(printed.authors) > _MOST_MARKED:
            return None
        return None if any(known & set(name.lower().split()) for name in printed.authors) else printed

    def printed_agency(self) -> str | None:
        """Return the agency that a line at the headline names, beside the author or alone."""
        for text in (self.texts[i] for i in self._above_body()):
            if len(text) <= _LONGEST_BYLINE:
                byline = parse_byline(text) or parse_signature(text)
                alone = source_agencies(text) if byline is None else ()
                named = (
                    byline.agency
                    if byline
                    else next((one.name for one in alone if "news" in one.kinds), None)
                )
                if named:
                    return named
        return None

    def _above_body(self) -> Sequence[int]:
        """Return the places at the headline before the first paragraph."""
        body = (at for at, i in enumerate(self.near[:_SURE]) if len(self.texts[i]) >= _PROSE)
        return self.near[: next(body, _SURE)]

    def _told(self) -> Byline | None:
        """Return what the surest source in the head says that names anyone."""
        for number, texts in enumerate(self.told.authors):
            if byline := _together(texts):
                few = number != 1 or len(byline.authors) <= _MOST_MARKED  # many are those of teasers
                return byline if few else Byline(byline.authors[:1], byline.agency)
        return None

    def _is_house(self, names: Sequence[str]) -> bool:
        """Tell whether names are only that of the site itself, or of its publisher."""
        house = squeezed(self.told.site_name or "")
        host = squeezed(_site_of(self.told.url))
        keys = map(squeezed, names)
        return self.told.house or all(
            is_organisation(name)
            or (
                len(key) > 2
                and (key in house or (house and house in key) or key in host or (host and host in key))
            )
            for name, key in zip(names, keys, strict=True)
        )

    def _printed(self, places: Sequence[int]) -> Byline | None:
        """Return the first byline that opens as such, or else the first text that is marked as one."""
        if opened := self._opened(places):
            return opened
        signed = list(read_signed(self.tree, linked=True)) if places else []
        marked = next(filter(None, (self._marked(self.texts[i], signed) for i in places)), None)
        return marked or self._beside_date()

    def _beside_date(self) -> Byline | None:
        """Return the name that stands alone at the headline, with the date alone above or below it."""
        places = self._above_body()[:_RIGHT_AT]
        for i, beside in (*pairwise(places), *((b, a) for a, b in pairwise(places))):
            name = self.texts[i]
            named = (
                len(name) <= _LONGEST_DAY
                and looks_like_name(name, least=2, most=4)
                and not is_organisation(name)
            )
            if named and abs(i - beside) == 1 and is_date_line(self.texts[beside].strip(" ·•|")):
                return _person(Byline((name,)))
        return None

    def _opened(self, places: Iterable[int]) -> Byline | None:
        """Return the first byline with "By", or with "Written by" in the block above it."""
        above = ""
        for text in (self.texts[i] for i in places):
            if len(text) <= _LONGEST_BYLINE:
                read = parse_byline(_SEPARATED.sub(" ", text), marked=is_opener(above))
                if byline := _person(read or parse_signature(text)):
                    return byline
            above = text
        return None

    def _marked(self, text: str, signed: Sequence[str]) -> Byline | None:
        """Return the byline that the elements marked as authors in a block make, or around it."""
        if len(text) > _LONGEST_BYLINE:
            return None
        inside = sorted((one for one in signed if one in text), key=len)
        if cut_label(text)[0] in word_set("signoffs", "editors"):
            return None
        inner = [one for i, one in enumerate(inside) if not any(other in one for other in inside[:i])]
        if not inner and any(text in one for one in signed):
            inner = [text]
        opened = bool(inner) and without_opener(text) != text
        bylines = [parse_byline(one, marked=True) for one in inner]
        return _joined([byline for byline in bylines if byline and (opened or _person(byline))])


def _site_of(url: str | None) -> str:
    """Return the name in a host: "vnexpress" of "https://www.vnexpress.net/"."""
    host = (url or "").partition("://")[2].partition("/")[0].removeprefix("www.").split(".")
    return max(host[:-1], key=len, default="")


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
