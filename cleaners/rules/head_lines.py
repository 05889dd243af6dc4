"""The lines at a story's head that are nothing but one of its fields: title, byline, date, dateline."""

from __future__ import annotations

from itertools import dropwhile

from cleaners.blocks import Label
from cleaners.patterns import late_pattern
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.wire.bylines import parse_byline, parse_signature
from cleaners.wire.datelines import find_dateline
from cleaners.wire.dates import is_date_line
from cleaners.wire.names import is_place
from cleaners.words.match import look_up

#: Bylines and dates stand near the story's head or at its foot; in between, "By Land and Sea" may be a crosshead, and
#: a date heads a part of the story. Title, byline and photos are all that stand before a dateline.
_FROM_START = 8
_FROM_END = 8
#: A date may close the story; else none stands so near behind the story's own paragraphs.
_LAST = 2
_NEAR = 4
_PARAGRAPH = 120
_SENTENCE = 60
_LONGEST_BYLINE = 140
_MOST_WORDS = 18
_LONGEST_ROW_LABEL = 24
_MOST_LISTED_WORDS = 6
_LIST_REACH = 8
_SHORTEST_TITLE = 12
#: Furniture that a page prints above its title ("Skip to content", a cookie notice) is only looked through this far.
_BEFORE_TITLE = 4
_STOPS = frozenset(".!?…")
_PARAGRAPH_ENDS = frozenset('.!?…。！？।؟"”»')
_TITLE_ENDS = ".,;:…。，；：।؛،"
_NUMERIC_DATE = late_pattern(r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d")
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯")


@rule({"datelines.alone": Label.DATELINE}, alone=False, near_start=_FROM_START, longest=90)
def dateline_alone(lines: Lines, i: int) -> bool:
    """A dateline on a line of its own, the paragraph on the next. One in front of a paragraph stays there.

    >>> dateline_alone.says("KYIV (AFP) —", "It rained.")
    'datelines.alone'
    """
    text = lines[i]
    if _is_place_alone(lines, i):
        return True
    if not ("(" in text or "/" in text or text[-1] in "-–—=电電】" or "电" in text):
        return False
    if text[-1] == ")" and (signed := lines.read(parse_signature, text)) and signed.authors:
        return False  # "Kinga Wróbel (PAP)"
    found = find_dateline(text)
    if found is None or found.agency is None or len(text) - len(found.printed) > 2:
        return False
    byline = parse_byline(text)
    return byline is None or not byline.authors  # "By Anna Smith (AFP)"


def _is_place_alone(lines: Lines, i: int) -> bool:
    """Return whether a city in capitals stands between the story's fields and its first paragraph."""
    text = lines[i]
    if not (0 < i < len(lines) - 1 and text.isupper() and is_place(text.strip(" .,-–—"))):
        return False
    return _is_sentence(lines[i + 1]) and (is_signature(lines, i - 1) or is_date_line(lines[i - 1]))


def is_signature(lines: Lines, i: int) -> bool:
    """Return whether a name with an agency, a date or a role beside it is the byline: no caption stands above it.

    A photo's credit is written so too.
    """
    return _may_be_signature(lines, i) and lines.read(parse_signature, lines[i]) is not None


def _may_be_signature(lines: Lines, i: int) -> bool:
    """Return whether a signature may stand here: what stands around a line is seen sooner than what it says."""
    if i > 0 and lines.around(_last_sentence) <= i:
        return _ends_sentence(lines[i - 1])
    if _NUMERIC_DATE.search(lines[i]):  # the date leaves no doubt
        return True
    if i + 1 >= len(lines) or not _is_text(lines[i + 1]):
        return False
    below_title = i == 1 and lines[0][-1] not in _PARAGRAPH_ENDS
    return i == 0 or below_title or is_date_line(lines[i - 1])


def _last_sentence(lines: Lines) -> int:
    """Return the place of the last line that ends as a sentence does, -1 where none does."""
    return next((i for i in reversed(range(len(lines))) if _ends_sentence(lines[i])), -1)


def _is_text(text: str) -> bool:
    """Return whether a line below a byline shows that the story begins there, or its other fields stand there."""
    return _is_sentence(text) or is_date_line(text) or text.isupper()


def _ends_sentence(text: str) -> bool:
    return text[-1] in _PARAGRAPH_ENDS


def _is_sentence(text: str) -> bool:
    return len(text) >= _SENTENCE and _ends_sentence(text)


@rule(
    {"dates.date-line": Label.DATE},
    alone=False,
    near_start=_FROM_START,
    near_end=_FROM_END,
    longest=110,
    needs_company=True,
    read_as=Label.DATE,
)
def date_line(lines: Lines, i: int) -> bool:
    """When the story was published or changed.

    >>> date_line.says("Published 24 October 2024, 10:32 GMT")
    'dates.date-line'
    """
    text = lines[i]
    if text[-1] == ":" or _DIGITS.isdisjoint(text):
        return False
    behind = any(_is_paragraph(lines[k]) for k in range(max(i - _NEAR, 0), i))
    return not (behind and i + _LAST < len(lines)) and is_date_line(text)


def _is_paragraph(text: str) -> bool:
    return len(text) >= _PARAGRAPH and text[-1] in _PARAGRAPH_ENDS


@rule(
    {"bylines.authors": Label.BYLINE, "bylines.agency": Label.BYLINE},
    alone=False,
    near_start=_FROM_START,
    near_end=_FROM_END,
    longest=_LONGEST_BYLINE,
)
def byline(lines: Lines, i: int) -> str | None:
    """Like "By Anna Smith and Omar Haddad", "Von Max Mustermann, dpa", "홍길동 기자".

    >>> byline.says("Von Max Mustermann, dpa"), byline.says("By Popular Demand")
    ('bylines.authors', None)
    """
    text = lines[i]
    if (text[-1] in _STOPS and ":" not in text) or text.count(" ") > _MOST_WORDS:
        return None
    found = parse_byline(text)
    if found is None and is_signature(lines, i):
        return "bylines.authors"
    if found is None or _is_listed(lines, i):
        return None
    return "bylines.authors" if found.authors else "bylines.agency"


def _is_listed(lines: Lines, i: int) -> bool:
    """Return whether the line is a row of facts about a book ("Author: …", "Released:"), or one of a list of books.

    A story's byline may have several lines, but they stand together; and below it stand a date or the text.
    """
    text = lines[i]
    beside = (lines[j] for j in (i - 1, i + 1) if 0 <= j < len(lines))
    if ":" in text[:_LONGEST_ROW_LABEL] and any(map(_is_row, beside)):
        return True
    opener = f"{text.split(None, 1)[0]} "
    for near in (lines.all[max(i - _LIST_REACH, 0) : i][::-1], lines.all[i + 1 : i + 1 + _LIST_REACH]):
        alike = (
            other.startswith(opener)
            and len(other) <= _LONGEST_BYLINE
            and other.count(" ") <= _MOST_LISTED_WORDS
            and other[-1].isalpha()
            for other in near
        )
        if any(dropwhile(bool, alike)):
            return True
    return False


def _is_row(text: str) -> bool:
    """Return whether a line is a row of a table of facts: "Released:", "Type: Auxiliary"."""
    label, colon, _ = text.partition(":")
    if not colon or len(label) > _LONGEST_ROW_LABEL or len(text) > _LONGEST_BYLINE or not label[0].isalpha():
        return False
    return parse_byline(text) is None and not is_date_line(text) and text[-1] not in _STOPS


@rule(
    {"titles.above-byline": Label.TITLE},
    alone=False,
    near_start=_BEFORE_TITLE,
    longest=200,
    needs_company=True,
    read_as=Label.TITLE,
)
def title_above_byline(lines: Lines, i: int) -> bool:
    """A first line that ends as no sentence does, right above a byline or a date.

    >>> title_above_byline.says("Rain expected in Kyiv", "By Anna Smith", "It rained.")
    'titles.above-byline'
    >>> title_above_byline.says("It rained in Kyiv.", "By Anna Smith", "It rained.")
    """
    text = lines[i]
    if i + 2 >= len(lines) or len(text) < _SHORTEST_TITLE or text[-1] in _TITLE_ENDS:
        return False
    if byline.ask(lines, i + 1) is None and date_line.ask(lines, i + 1) is None:
        return False
    if lines.read(parse_byline, text) is not None:  # it is printed twice
        return False
    return all(lines.read(look_up, lines[j]) is not None for j in range(i))
