"""An agency's name on a line of its own: the story's agency, or a photo's."""

from __future__ import annotations

from collections.abc import Collection

from cleaners.blocks import Label
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.wire.agencies import agency_first_words, may_be_agency, source_agencies
from cleaners.wire.credit_parts import is_credit_word
from cleaners.wire.credits import may_be_credit_line, parse_credit

_LONGEST = 60
_MOST_SPACES = 6
_FROM_START = 8
#: A tail stands so near the end of a text; rights, a footer and junk may follow it.
_FROM_END = 8
_LONGEST_LINK = 20
_CAPTION_SIZES = range(251)
_CAPTION_SPACES = 4
_SENTENCE_END = frozenset(".!?…”»\"'。！？)")


def lines_like_agencies(lines: Lines) -> Collection[int]:
    """Return the places of the short lines that name agencies and nothing else."""
    texts = lines.texts
    return [
        place
        for place in (*lines.opened_by(agency_first_words()), *lines.foreign)
        if len(text := texts[place]) <= _LONGEST
        and text.count(" ") <= _MOST_SPACES
        and may_be_agency(text)
        and lines.read(source_agencies, text)
    ]


def _is_inside_sentence(lines: Lines, i: int) -> bool:
    """Return whether the name is a link that tag stripping cut out of its sentence: the next line goes on with it."""
    if not 0 < i < len(lines) - 1:
        return False
    above, after = lines[i - 1], lines[i + 1]
    if above[-1] in _SENTENCE_END:
        return False
    last = above[-_LONGEST_LINK:].rpartition(" ")[2]
    return after[0].islower() or after[0] in ",.;’)" or (" " in above and last.islower() and len(last) < 4)


@rule(
    {
        "agency-lines.agency": Label.AGENCY,
        "agency-lines.photo-agency": Label.CREDIT,
        "agency-lines.below-caption": Label.CREDIT,
        "agency-lines.between-paragraphs": Label.CREDIT,
    },
    alone=False,
    evident=True,
    spared=_is_inside_sentence,
    where=lines_like_agencies,
)
def agency_alone(lines: Lines, i: int) -> str | None:
    """The story's agency near its head or foot; a photo's after a line that reads like a caption.

    >>> agency_alone.says("Source: Reuters"), agency_alone.says("Getty Images")
    ('agency-lines.agency', 'agency-lines.photo-agency')
    """
    text = lines[i]
    if text[-1] in "!?" or (text[-1] == "." and "." in text[:-1]):
        return None
    if all("news" not in agency.kinds for agency in lines.read(source_agencies, text)):
        return "agency-lines.photo-agency"
    sourced = ":" in text or "：" in text
    if not sourced and _follows_caption(lines, i):
        return "agency-lines.below-caption"
    if sourced or i < _FROM_START or _follows_credit(lines, i) or len(lines) - i <= _FROM_END:
        return "agency-lines.agency"
    return "agency-lines.between-paragraphs"


def _follows_credit(lines: Lines, i: int) -> bool:
    """Return whether the line above is a credit already, or the label of a source: the name is then the story's."""
    above = lines[i - 1] if i else ""
    if not above or len(above) > _LONGEST:
        return False
    if above[-1] in ":：":
        return is_credit_word("sources", above[:-1].rstrip().casefold())
    return may_be_credit_line(above) and parse_credit(above) is not None


def _follows_caption(lines: Lines, i: int) -> bool:
    """Return whether the line above reads like a caption: words enough, no full stop, and not the story's headline."""
    if i < 2:
        return False
    above = lines[i - 1]
    return (
        above.count(" ") >= _CAPTION_SPACES
        and len(above) in _CAPTION_SIZES
        and above[-1] not in _SENTENCE_END
    )
