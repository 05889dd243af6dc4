"""Lines that hold an agency's name and nothing else: "AFP", "Source: Reuters", "dpa/ctk"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules.gates import Lines, asked
from cleaners.wire.agencies import agency_first_words, may_be_agency, source_agencies
from cleaners.wire.credit_words import credit_words, may_be_credit_line
from cleaners.wire.credits import parse_credit

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 60
_MOST_SPACES = 6
_FROM_START = 8
_FROM_END = 8
_LONGEST_LINK = 20
_SENTENCE_END = frozenset(".!?…”»\"'。！？)")


def lines_like_agencies(lines: Lines) -> list[int]:
    """The short lines that name agencies and nothing else."""
    texts = lines.texts
    places = [*lines.opened_by(agency_first_words()), *lines.foreign]
    return [place for place in places if _names_agencies(texts[place])]


def _names_agencies(text: str) -> bool:
    return (
        len(text) <= _LONGEST
        and text.count(" ") <= _MOST_SPACES
        and may_be_agency(text)
        and bool(source_agencies(text))
    )


@asked(longest=_LONGEST, where=lines_like_agencies)
def agency_alone(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The story's agency near its head or foot; a photo's after a line that reads like a caption."""
    text = blocks[i].text
    if len(text) > _LONGEST or not may_be_agency(text) or text.count(" ") > _MOST_SPACES:
        return None
    if text[-1] in "!?" or (text[-1] == "." and "." in text[:-1]):
        return None
    found = source_agencies(text)
    if not found or _is_inside_sentence(blocks, i):
        return None
    if all("news" not in agency.kinds for agency in found):
        return Verdict(Label.CREDIT, "agency-lines.photo-agency", 0.9)
    sourced = ":" in text or "：" in text
    if not sourced and _follows_caption(blocks, i):
        return Verdict(Label.CREDIT, "agency-lines.below-caption", 0.85)
    if sourced or i < _FROM_START or _follows_credit(blocks, i) or len(blocks) - i <= _FROM_END:
        return Verdict(Label.AGENCY, "agency-lines.agency", 0.9)
    return Verdict(Label.CREDIT, "agency-lines.between-paragraphs", 0.8)


def _is_inside_sentence(blocks: Sequence[Block], i: int) -> bool:
    """Whether the name is a link that tag stripping cut out of its sentence: the next line goes on with it."""
    if not 0 < i < len(blocks) - 1:
        return False
    above, after = blocks[i - 1].text, blocks[i + 1].text
    if above[-1] in _SENTENCE_END:
        return False
    last = above[-_LONGEST_LINK:].rpartition(" ")[2]
    return after[0].islower() or after[0] in ",.;’)" or (" " in above and last.islower() and len(last) < 4)


def _follows_credit(blocks: Sequence[Block], i: int) -> bool:
    """Whether the line above is a credit already, or the label of a source: the name is then the story's."""
    above = blocks[i - 1].text if i else ""
    if not above or len(above) > _LONGEST:
        return False
    if above[-1] in ":：":
        return above[:-1].rstrip().casefold() in credit_words().sources
    return may_be_credit_line(above) and parse_credit(above) is not None


def _follows_caption(blocks: Sequence[Block], i: int) -> bool:
    """Whether the line above reads like a caption: words enough, no full stop, and not the story's headline."""
    if i < 2:
        return False
    above = blocks[i - 1].text
    return above.count(" ") >= 4 and len(above) <= 250 and above[-1] not in _SENTENCE_END


RULES: tuple[Rule, ...] = (agency_alone,)
