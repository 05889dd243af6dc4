"""Captions and credits of photos: told from paragraphs by their credit and their place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.agency_lines import agency_alone
from cleaners.wire.agencies import may_be_agency
from cleaners.wire.caption_words import caption_words
from cleaners.wire.credits import may_be_credit_line, parse_credit, split_caption

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 1500
_SENTENCE_END = frozenset(".!?…”»\"'。！？)")


@alone
def credit_alone(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line that is nothing but a photo's credit: "© AFP – Nicholas Shearman", "Photo: Anna Smith / Reuters"."""
    text = blocks[i].text
    if len(text) > _LONGEST_CREDIT or text.count(" ") > 24:
        return None
    form = _credit_form(text)
    if form is None or form == "agency":  # an agency's bare name is judged by its place: agency_lines
        return None
    return Verdict(Label.CREDIT, f"credits.{form}", 0.97)


def _credit_form(text: str) -> str | None:
    """The form of the credit that a line is, if it is one."""
    if not may_be_credit_line(text):
        return None
    credit = parse_credit(text)
    return credit.form if credit else None


@alone
def caption_with_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A caption with its credit in the same line."""
    text = blocks[i].text
    if len(text) > _LONGEST_CAPTION:
        return None
    found = split_caption(text)
    if found is None:
        return None
    return Verdict(Label.CAPTION, f"captions.{found[1].form}", 0.95)


@alone
def archive_caption(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A line that says at its end what kind of picture it describes: "… in Berlin. (Archivbild)"."""
    text = blocks[i].text
    if (
        text[-1] in ")]）"
        and len(text) <= 400
        and text[-30:].casefold().endswith(caption_words().archive_ends)
    ):
        return Verdict(Label.CAPTION, "captions.archive-picture", 0.9)
    return None


@alone
def labelled_caption(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Image caption, Troops march in Pyongyang"."""
    text = blocks[i].text
    if len(text) > 500 or text[:5].casefold() not in caption_words().starts:
        return None
    small = text[:30].casefold()
    for label in caption_words().labels:
        if small.startswith(label) and text[len(label) : len(label) + 3].lstrip()[:1] in (
            ",",
            ":",
            "：",
            "，",
        ):
            return Verdict(Label.CAPTION, "captions.labelled", 0.95)
    return None


def caption_above_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The line above a credit, when it reads like a caption: no full stop, or words that speak of a picture."""
    if i + 1 >= len(blocks) or i < 1:
        return None
    credit, text = blocks[i + 1].text, blocks[i].text
    if len(credit) > 120 or len(text) > 350 or not _is_phrase(text):
        return None
    form = _credit_form(credit)
    if form is None or form == "agency":
        if not may_be_agency(credit):
            return None
        verdict = agency_alone(blocks, i + 1)
        if verdict is None or verdict.label is not Label.CREDIT:
            return None
    open_end = text[-1] not in _SENTENCE_END and text[-1] not in ":,;"
    small = text.casefold()
    if not open_end and (text.count(" ") > 45 or not any(cue in small for cue in caption_words().cues)):
        return None
    if (
        i < 2
        and open_end
        and not any(cue in small for cue in caption_words().cues)
        and blocks[0].text[-1] not in _SENTENCE_END
    ):
        return None  # the line under the headline may be its second deck
    return Verdict(Label.CAPTION, "captions.above-credit", 0.85)


def _is_phrase(text: str) -> bool:
    """Whether a line has words enough for a caption; Chinese and Japanese put no spaces between theirs."""
    return text.count(" ") >= 3 or (text[0] >= "\u3000" and len(text) >= 8)


RULES: tuple[Rule, ...] = (
    credit_alone,
    caption_with_credit,
    archive_caption,
    labelled_caption,
    caption_above_credit,
)
