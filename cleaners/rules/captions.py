"""Captions and credits of photos: told from paragraphs by their credit and their place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.photos.lines import is_mark
from cleaners.rules import alone
from cleaners.rules.agency_lines import agency_alone, lines_like_agencies
from cleaners.rules.gates import Lines, asked
from cleaners.wire.agencies import may_be_agency
from cleaners.wire.caption_words import caption_label, caption_words
from cleaners.wire.credit_words import credit_words
from cleaners.wire.credits import (
    SIGNS_OF_CREDITS,
    may_be_credit_line,
    may_hold_credit,
    parse_credit,
    split_caption,
)
from cleaners.words.lexicon import first_words

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 1500
#: A caption that nothing but its words or its place tells has so many characters and words at most.
_LONGEST_PLACED = 220
_LONGEST_ABOVE = 350
_MOST_WORDS = 24
#: Labels that head a row of a table of a computer's parts as often.
_OF_TABLES = frozenset(("graphic", "graphics", "grafik", "video", "vidéo", "vídeo"))
#: The same of a label, and of a name.
_LONGEST_LABEL = 30
_LONGEST_NAMED = 80
_LABEL_ENDS = ":,：，"
#: What credits have in them; others are told by their first word (see `may_be_credit_line`).
_CREDIT_SIGNS = ("©", "ⓒ", "|", "/", ":", " via ")
_OPENING_BRACKETS = "(（[【"
_SENTENCE_END = frozenset(".!?…”»\"'。！？)")
_QUOTES = frozenset('“”"«»„')


@cache
def _first_words() -> frozenset[str]:
    """The first words of all that a credit may begin with, as `Lines.words` has them."""
    return first_words(credit_words().first)


def _credit_lines(lines: Lines) -> list[int]:
    """The lines that are credits, of an agency alone too."""
    near = {*lines.holding(_CREDIT_SIGNS), *lines.opened_by(_first_words()), *lines.foreign}
    near.update([place for place, sign in enumerate(lines.first) if sign in _OPENING_BRACKETS])
    texts = lines.texts
    return [
        place
        for place in near
        if len(text := texts[place]) <= _LONGEST_CREDIT and _credit_form(text) is not None
    ]


def _label_lines(lines: Lines) -> list[int]:
    """The lines that are nothing but a label."""
    texts = lines.texts
    return [
        place
        for place, last in enumerate(lines.last)
        if last in _LABEL_ENDS and _label_kind(texts[place]) is not None
    ]


def _below_labels(lines: Lines) -> list[int]:
    last = len(lines.all) - 1
    return [place + 1 for place in lines.everywhere(_label_lines) if place < last]


def _above_credits(lines: Lines) -> list[int]:
    """The lines with a credit below, or a label or a dash and then a credit."""
    texts = lines.all
    near = {
        *lines.everywhere(_credit_lines),
        *lines.everywhere(lines_like_agencies),
        *lines.once(_below_labels),
    }
    places = [place - 1 for place in near if place]
    return places + [place - 1 for place in places if place and len(texts[place]) <= _LONGEST_LABEL]


def _printed_twice(lines: Lines) -> list[int]:
    """The lines that are the same as the next but one."""
    texts = lines.all
    return [place for place, (text, other) in enumerate(zip(texts, texts[2:], strict=False)) if text == other]


def _same_sentences(lines: Lines) -> list[int]:
    return [place + step for place in lines.once(_printed_twice) for step in (0, 2)]


def _between_same(lines: Lines) -> list[int]:
    return [place + 1 for place in lines.once(_printed_twice)]


def _with_signs_of_credits(lines: Lines) -> list[int]:
    texts = lines.texts
    return [place for place in set(lines.holding(SIGNS_OF_CREDITS)) if may_hold_credit(texts[place])]


@alone
@asked(longest=_LONGEST_CREDIT, where=_credit_lines)
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
@asked(longest=_LONGEST_CAPTION, where=_with_signs_of_credits)
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
@asked(longest=400, last=")]）")
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


@cache
def _label_starts() -> frozenset[str]:
    """The first words of these first letters, as `Lines.openings` has them."""
    return first_words(caption_words().starts)


def _labelled_lines(lines: Lines) -> list[int]:
    """The lines that have a label's first five letters."""
    starts, folded = caption_words().starts, lines.folded
    foreign = [place for place in lines.foreign if folded[place][:5] in starts]
    return lines.opened_by(_label_starts(), 5) + foreign


@alone
@asked(longest=500, where=_labelled_lines)
def labelled_caption(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Image caption, Troops march in Pyongyang"."""
    text = blocks[i].text
    start = caption_label(text) if len(text) <= 500 else 0
    return Verdict(Label.CAPTION, "captions.labelled", 0.95) if 0 < start < len(text) else None


@alone
@asked(longest=_LONGEST_PLACED, signs=("(",))
def caption_by_place_words(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A short line that says where in the picture someone stands: "Anna Smith (l.) with the mayor"."""
    text = blocks[i].text
    if "(" not in text or len(text) > _LONGEST_PLACED or text.count(" ") > _MOST_WORDS:
        return None
    small = text.casefold()
    if not any(word in small for word in caption_words().places) or not _QUOTES.isdisjoint(text):
        return None
    return Verdict(Label.CAPTION, "captions.place-in-picture", 0.85)


@asked(where=_label_lines)
def label_alone(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A label on a line of its own, whose credit or caption is the next line: "Foto:", "Image caption,"."""
    kind = _label_kind(blocks[i].text)
    if kind is None or i + 1 >= len(blocks):
        return None
    if kind is Label.CAPTION:
        return Verdict(kind, "captions.label-alone", 0.9) if _is_phrase(blocks[i + 1].text) else None
    return Verdict(kind, "credits.label-alone", 0.9) if _is_named(blocks, i + 1) else None


@asked(beside=_below_labels)
def below_label(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The credit or caption below its label."""
    if i < 1 or (kind := _label_kind(blocks[i - 1].text)) is None:
        return None
    if kind is Label.CAPTION:
        text = blocks[i].text
        if len(text) > _LONGEST_PLACED * 2 or not _is_phrase(text):
            return None
        return Verdict(kind, "captions.below-label", 0.9)
    return Verdict(kind, "credits.below-label", 0.9) if _is_named(blocks, i) else None


def _label_kind(text: str) -> Label | None:
    """What a line that is nothing but a label announces."""
    if len(text) > _LONGEST_LABEL or text[-1] not in _LABEL_ENDS:
        return None
    label = text[:-1].rstrip().casefold()
    if label in caption_words().labels:
        return Label.CAPTION
    words = credit_words()
    photo = label in words.labels or label in words.openers or label in words.weak
    return Label.CREDIT if photo and label not in words.sources and label not in _OF_TABLES else None


def _is_named(blocks: Sequence[Block], i: int) -> bool:
    """Whether a line can be who took the picture: behind a label and a colon it would be a credit."""
    text = blocks[i].text
    if len(text) > _LONGEST_NAMED or text[-1] in ":,;!?":
        return False
    return parse_credit(f"{blocks[i - 1].text[:-1].rstrip()}: {text}") is not None


@asked(longest=_LONGEST_ABOVE, beside=_above_credits)
def caption_above_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The line above a credit, when it reads like a caption: no full stop, or words that speak of a picture.

    A dash or a label of its own line between the two leaves no doubt.
    """
    if i + 1 >= len(blocks) or i < 1:
        return None
    text = blocks[i].text
    if len(text) > _LONGEST_ABOVE or not _is_phrase(text) or text[0].islower() or text[0] in ",.;:)’":
        return None  # the rest of a sentence that tag stripping cut
    below = _credit_below(blocks, i)
    if below < 0:
        return None
    open_end = text[-1] not in _SENTENCE_END and text[-1] not in ":,;"
    small = text.casefold()
    cued = any(cue in small for cue in caption_words().cues)
    if not open_end and not ((cued or below > i + 1) and text.count(" ") <= 45):
        return None
    if i < 2 and open_end and not cued and blocks[0].text[-1] not in _SENTENCE_END:
        return None  # the line under the headline may be its second deck
    return Verdict(Label.CAPTION, "captions.above-credit", 0.85)


@asked(longest=3, beside=_above_credits)
def mark_above_credit(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A dash on a line of its own between a caption and its credit."""
    if i < 1 or i + 1 >= len(blocks) or not is_mark(blocks[i].text) or not _is_phrase(blocks[i - 1].text):
        return None
    return Verdict(Label.BOILERPLATE, "captions.dash", 0.9) if _is_sure_credit(blocks, i + 1) else None


def _credit_below(blocks: Sequence[Block], i: int) -> int:
    """Where the credit is: on the next line, or on the one after it behind a dash or a label; -1 for nowhere."""
    for below in range(i + 1, min(i + 3, len(blocks))):
        if _is_sure_credit(blocks, below):
            return below
        text = blocks[below].text
        if not is_mark(text) and _label_kind(text) is not Label.CREDIT:
            break
    return -1


def _is_sure_credit(blocks: Sequence[Block], i: int) -> bool:
    text = blocks[i].text
    if len(text) > 120:
        return False
    form = _credit_form(text)
    if form is not None and form != "agency":
        return True
    if i > 1 and _label_kind(blocks[i - 1].text) is Label.CREDIT and _is_named(blocks, i):
        return True
    if not may_be_agency(text):
        return False
    verdict = agency_alone(blocks, i)
    return verdict is not None and verdict.label is Label.CREDIT


@asked(longest=_LONGEST_ABOVE, beside=_same_sentences)
def printed_again(blocks: Sequence[Block], i: int) -> Verdict | None:
    """A sentence that is printed twice with nothing but its credit between, as pages do for their enlarged photos."""
    text = blocks[i].text
    if i < 2 or text[-1] not in ".。" or text.count(" ") < 4 or len(text) > _LONGEST_ABOVE:
        return None
    for other in (i - 2, i + 2):
        if (
            other < len(blocks)
            and blocks[other].text == text
            and _is_name_line(blocks[(i + other) // 2].text)
        ):
            return Verdict(Label.CAPTION, "captions.printed-again", 0.85)
    return None


@asked(longest=_LONGEST_NAMED, beside=_between_same)
def between_captions(blocks: Sequence[Block], i: int) -> Verdict | None:
    """The name between the two places where a caption is printed."""
    if not 3 <= i < len(blocks) - 1 or blocks[i - 1].text != blocks[i + 1].text:
        return None
    above = blocks[i - 1].text
    if above[-1] not in ".。" or above.count(" ") < 4 or len(above) > _LONGEST_ABOVE:
        return None
    if not _is_name_line(blocks[i].text):
        return None
    return Verdict(Label.CREDIT, "credits.between-captions", 0.85)


def _is_name_line(text: str) -> bool:
    """Whether a line has the shape of a name: short, begins large, does not end as sentences do."""
    return len(text) <= _LONGEST_NAMED and text[0].isupper() and (text[-1].isalnum() or text[-1] == ")")


def _is_phrase(text: str) -> bool:
    """Whether a line has words enough for a caption; Chinese and Japanese put no spaces between theirs."""
    return text.count(" ") >= 3 or (text[0] >= "\u3000" and len(text) >= 8)


RULES: tuple[Rule, ...] = (
    credit_alone,
    caption_with_credit,
    archive_caption,
    labelled_caption,
    label_alone,
    below_label,
    caption_above_credit,
    mark_above_credit,
    caption_by_place_words,
    printed_again,
    between_captions,
)
