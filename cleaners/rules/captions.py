"""Captions and credits of photos: told from paragraphs by their credit and their place."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from cleaners.blocks import Label
from cleaners.photos.lines import is_mark
from cleaners.rules.agency_lines import agency_alone, lines_like_agencies
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.sentences import ENDS, SPEECH
from cleaners.wire.agencies import OWN_NAMES, find_agency
from cleaners.wire.captions import (
    SIGNS_OF_CREDITS,
    caption_label,
    caption_starts,
    may_hold_credit,
    split_caption,
)
from cleaners.wire.credit_parts import is_credit_word
from cleaners.wire.credits import Credit, credit_first_words, may_be_credit_line, parse_credit
from cleaners.wire.datelines import find_dateline
from cleaners.wire.parts import BRACKETS
from cleaners.words import word_set, words
from cleaners.words.lexicon import first_words

_LONGEST_CREDIT = 200
#: A caption that nothing but its words or its place tells has so many characters and words at most.
_LONGEST_PLACED = 220
_LONGEST_ABOVE = 350
_LONGEST_MARK = 3
_LONGEST_BELOW = 120
_MOST_SPACES_ABOVE = 45
_FEWEST_SPACES = 4
#: The photo of a story stands within so many lines of a text, and of the dateline below it.
_LOWEST_LEAD = 40
_ABOVE_DATELINE = 4
#: Of so many letters a word has a capital in a title; German nouns have one everywhere, the words between them none.
_LONG_WORD = 3
_MOST_WORDS = 24
#: Labels that head a row of a table of a computer's parts as often.
_OF_TABLES = frozenset(("graphic", "graphics", "grafik", "video", "vidéo", "vídeo"))
#: The same of a label, and of a name.
_LONGEST_LABEL = 30
_LONGEST_NAMED = 80
_LABEL_ENDS = ":,：，"
#: What credits have in them; others are told by their first word (see `may_be_credit_line`).
_CREDIT_SIGNS = ("©", "ⓒ", "|", "/", ":", " via ", "—")
_OPENING_BRACKETS = "(（[【"
_SENTENCE_END = frozenset(ENDS + "…”»\"')")
#: The forms that a credit is printed in, as the grammar names them.
_FORMS = (
    *(
        f"{first}{rest}"
        for first in ("", "copyright-", "label-")
        for rest in ("agency", "agency-name", "name-agency", "handout-agency", "name", "source")
    ),
    "remark",
)
#: Photos whose credit names no agency and labels no name: writers print them too.
_WEAK_FORMS = ("label-source", "copyright-name", "copyright-source")


def _credit_form(text: str) -> str | None:
    """Return the form of the credit that a line is, None if it is none."""
    if not may_be_credit_line(text):
        return None
    credit = parse_credit(text)
    return credit.form if credit else None


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of all that a credit may begin with, as `Lines.openings` has them."""
    return first_words(credit_first_words())


def _credit_lines(lines: Lines) -> Collection[int]:
    """Return the places of the lines that are credits, of an agency alone too."""
    texts = lines.texts
    own = OWN_NAMES.get()
    near = {
        *(lines.opened_by(own.people_first_words) if own else ()),
        *lines.holding(_CREDIT_SIGNS),
        *lines.opened_by(_first_words()),
        *lines.foreign,
        *lines.beginning(_OPENING_BRACKETS),
    }
    return [
        place
        for place in near
        if len(text := texts[place]) <= _LONGEST_CREDIT and lines.read(_credit_form, text) is not None
    ]


@rule(
    {f"credits.{form}": Label.CREDIT for form in _FORMS},
    where=_credit_lines,
    reads=_credit_form,
    needs_company=dict.fromkeys((f"credits.{form}" for form in _WEAK_FORMS), True),
)
def credit_alone(text: str, form: str) -> str | None:
    """A line that is nothing but a photo's credit.

    An agency's bare name is judged by its place: see `cleaners.rules.agency_lines`.

    >>> credit_alone.says("© AFP – Nicholas Shearman"), credit_alone.says("Photo: Anna Smith / Reuters")
    ('credits.copyright-agency-name', 'credits.label-name-agency')
    >>> credit_alone.says("AFP")
    """
    return f"credits.{form}" if form != "agency" and text.count(" ") <= _MOST_WORDS else None


def _with_signs_of_credits(lines: Lines) -> Collection[int]:
    texts = lines.texts
    return [place for place in set(lines.holding(SIGNS_OF_CREDITS)) if may_hold_credit(texts[place])]


@rule(
    {f"captions.{form}": Label.CAPTION for form in _FORMS},
    longest=1500,
    where=_with_signs_of_credits,
    reads=split_caption,
    needs_company=dict.fromkeys((f"captions.{form}" for form in _WEAK_FORMS), True),
)
def caption_with_credit(text: str, found: tuple[str, Credit]) -> str:
    """A caption with its credit in the same line.

    >>> caption_with_credit.says("North Korean troops in Russia © AFP – Nicholas SHEARMAN")
    'captions.copyright-agency-name'
    """
    return f"captions.{found[1].form}"


@rule({"captions.archive-picture": Label.CAPTION}, longest=400, last=")]）")
def archive_caption(text: str) -> bool:
    """A line that says at its end what kind of picture it describes.

    >>> archive_caption.says("Children wait for the bus in Bonn. (Archivbild)")
    'captions.archive-picture'
    """
    return text[-30:].casefold().endswith(words("captions", "archive_ends"))


@cache
def _label_starts() -> frozenset[str]:
    """Return the first words of the labels' first letters, as `Lines.openings` has them."""
    return first_words(caption_starts())


def _labelled_lines(lines: Lines) -> Collection[int]:
    """Return the places of the lines that have a label's first five letters."""
    starts, folded = caption_starts(), lines.folded
    foreign = [place for place in lines.foreign if folded[place][:5] in starts]
    counted = lines.beginning("[0123456789") + lines.opened_by(word_set("captions", "counters"))
    return lines.opened_by(_label_starts(), 5) + foreign + counted


@rule({"captions.labelled": Label.CAPTION}, longest=500, where=_labelled_lines)
def labelled_caption(text: str) -> bool:
    """A caption behind its label.

    >>> labelled_caption.says("Image caption, Troops march in Pyongyang")
    'captions.labelled'
    """
    return 0 < caption_label(text) < len(text)


@rule({"captions.place-in-picture": Label.CAPTION}, longest=_LONGEST_PLACED, signs=("(",))
def caption_by_place_words(text: str) -> bool:
    """A short line that says where in the picture someone stands.

    >>> caption_by_place_words.says("Anna Smith (l.) mit der Bürgermeisterin")
    'captions.place-in-picture'
    """
    if text.count(" ") > _MOST_WORDS or not SPEECH.isdisjoint(text):
        return False
    small = text.casefold()
    return any(word in small for word in words("captions", "places"))


def _label_lines(lines: Lines) -> Collection[int]:
    """Return the places of the lines that are nothing but a label."""
    return [place for place in lines.ending(_LABEL_ENDS) if _label_kind(lines.texts[place]) is not None]


def _below_labels(lines: Lines) -> Collection[int]:
    last = len(lines) - 1
    return [place + 1 for place in lines.everywhere(_label_lines) if place < last]


def _beside_labels(lines: Lines) -> Collection[int]:
    return [*lines.everywhere(_label_lines), *lines.around(_below_labels)]


def _label_kind(text: str) -> Label | None:
    """Return what a line that is nothing but a label announces."""
    if len(text) > _LONGEST_LABEL or text[-1] not in _LABEL_ENDS:
        return None
    label = text[:-1].rstrip().casefold()
    if label in word_set("captions", "labels"):
        return Label.CAPTION
    photo = any(is_credit_word(key, label) for key in ("labels", "openers", "weak"))
    table_or_source = is_credit_word("sources", label) or label in _OF_TABLES
    return Label.CREDIT if photo and not table_or_source else None


@rule(
    {
        f"{kind}.{place}": label
        for kind, label in (("captions", Label.CAPTION), ("credits", Label.CREDIT))
        for place in ("label-alone", "below-label")
    },
    alone=False,
    beside=_beside_labels,
    needs_company=True,
)
def label_alone(lines: Lines, i: int) -> str | None:
    """A label on a line of its own, or the credit or caption that is the next line.

    >>> label_alone.says("Foto:", "Anna Smith"), label_alone.says("Image caption,", "Troops march in Pyongyang")
    ('credits.label-alone', 'captions.label-alone')
    >>> label_alone.says("Foto:", "Anna Smith", at=1)
    'credits.below-label'
    """
    if i + 1 < len(lines) and (kind := _announced(lines, i + 1)):
        return f"{kind}.label-alone"
    kind = _announced(lines, i) if i else None
    if kind == "captions" and len(lines[i]) > _LONGEST_PLACED * 2:
        return None
    return kind and f"{kind}.below-label"


def _announced(lines: Lines, i: int) -> str | None:
    """Return what a line is by the label on the line above."""
    if (kind := _label_kind(lines[i - 1])) is Label.CAPTION:
        return "captions" if _is_phrase(lines[i]) else None
    return "credits" if kind and _is_named(lines, i) else None


def _is_named(lines: Lines, i: int) -> bool:
    """Return whether a line can be who took the picture: behind a label and a colon it would be a credit."""
    text = lines[i]
    if len(text) > _LONGEST_NAMED or text[-1] in ":,;!?":
        return False
    return parse_credit(f"{lines[i - 1][:-1].rstrip()}: {text}") is not None


def _above_credits(lines: Lines) -> Collection[int]:
    """Return the places with a credit below, or a label or a dash and then a credit."""
    near = {
        *lines.everywhere(_credit_lines),
        *lines.everywhere(lines_like_agencies),
        *lines.around(_below_labels),
    }
    places = [place - 1 for place in near if place]
    return places + [place - 1 for place in places if place and len(lines[place]) <= _LONGEST_LABEL]


@rule(
    {"captions.above-credit": Label.CAPTION, "captions.dash": Label.BOILERPLATE},
    alone=False,
    longest=_LONGEST_ABOVE,
    beside=_above_credits,
    needs_company={"captions.above-credit": True},
)
def caption_above_credit(lines: Lines, i: int) -> str | None:
    """The line above a credit, when it reads like a caption: no full stop, or words that speak of a picture.

    A dash or a label of its own line between the two leaves no doubt; the dash goes with them.

    >>> caption_above_credit.says("It rained.", "It rained.", "Troops march through Kyiv", "© AFP – Jan Kos", at=2)
    'captions.above-credit'
    >>> caption_above_credit.says("Troops march through the capital", "—", "© AFP – Nicholas Shearman", at=1)
    'captions.dash'
    """
    if i < 1:
        return None
    text = lines[i]
    if len(text) <= _LONGEST_MARK and is_mark(text):
        return "captions.dash" if _is_phrase(lines[i - 1]) and _is_sure_credit(lines, i + 1) else None
    return "captions.above-credit" if _reads_like_caption(lines, i) else None


def _reads_like_caption(lines: Lines, i: int) -> bool:
    text = lines[i]
    if not _is_phrase(text) or text[0].islower() or text[0] in ",.;:)’" or "@" in text:
        return False  # the rest of a sentence that tag stripping cut, or a writer's address
    below = _credit_below(lines, i)
    if below < 0:
        return False
    open_end = text[-1] not in _SENTENCE_END and text[-1] not in ":,;"
    small = text.casefold()
    cued = any(cue in small for cue in words("captions", "cues"))
    if open_end and not cued and below == i + 1 and _is_titled(text):
        return False
    if not open_end and not ((cued or below > i + 1) and text.count(" ") <= _MOST_SPACES_ABOVE):
        return False
    # the line under the headline may be its second deck
    return not (i < 2 and open_end and not cued and lines[0][-1] not in _SENTENCE_END)


def _credit_below(lines: Lines, i: int) -> int:
    """Return where the credit is: the next line, or the one after it behind a dash or a label; -1 for nowhere."""
    for below in range(i + 1, min(i + 3, len(lines))):
        if _is_sure_credit(lines, below):
            return below
        if not is_mark(lines[below]) and _label_kind(lines[below]) is not Label.CREDIT:
            break
    return -1


def _is_sure_credit(lines: Lines, i: int) -> bool:
    text = lines[i]
    if len(text) > _LONGEST_BELOW:
        return False
    if lines.read(_credit_form, text) not in (None, "agency"):
        return True
    if i > 1 and _label_kind(lines[i - 1]) is Label.CREDIT and _is_named(lines, i):
        return True
    claim = agency_alone.ask(lines, i)
    return claim is not None and claim.verdict.label is Label.CREDIT


def _above_datelines(lines: Lines) -> Collection[int]:
    """Return the places of the lines above the first dateline that end in its agency's name in brackets."""
    ending = [i for i in lines.everywhere(_ends_bracketed) if i <= _LOWEST_LEAD]
    if not ending:
        return ()
    datelines = map(find_dateline, lines.all[: _LOWEST_LEAD + _ABOVE_DATELINE])
    first = next(((i, found.agency) for i, found in enumerate(datelines) if found and found.agency), None)
    if first is None:
        return ()
    at, agency = first
    return [i for i in ending if at - _ABOVE_DATELINE <= i < at and _last_agency(lines.all[i]) == agency]


def _ends_bracketed(lines: Lines) -> Collection[int]:
    return lines.ending("".join(BRACKETS))


def _last_agency(text: str) -> str | None:
    """Return the agency that is named in brackets at a line's end, behind something else."""
    start = text.rfind(BRACKETS[text[-1]])
    agency = find_agency(text[start + 1 : -1]) if start > 0 else None
    return agency.name if agency else None


@rule(
    {"captions.above-dateline": Label.CAPTION}, alone=False, longest=_LONGEST_ABOVE, beside=_above_datelines
)
def caption_above_dateline(lines: Lines, i: int) -> bool:
    """A line above the story's dateline that ends in the same agency's name in brackets, as no headline does.

    >>> caption_above_dateline.says("Cranes in Busan port. (Yonhap)", "SEOUL, Oct. 24 (Yonhap) -- Exports rose.")
    'captions.above-dateline'
    >>> caption_above_dateline.says("Exports rose. (Yonhap)", "Cranes stood still.")
    """
    return _is_phrase(lines[i])


def _printed_twice(lines: Lines) -> Collection[int]:
    """Return the places of sentences that are printed again on the next line but one, and of the names between."""
    every = lines.all
    return [
        i + step
        for i, (text, again) in enumerate(zip(every, every[2:], strict=False))
        if text == again
        and text[-1] in ".。"
        and text.count(" ") >= _FEWEST_SPACES
        and len(text) <= _LONGEST_ABOVE
        and _is_name_line(every[i + 1])
        for step in range(3)
    ]


@rule(
    {"captions.printed-again": Label.CAPTION, "credits.between-captions": Label.CREDIT},
    alone=False,
    beside=_printed_twice,
)
def printed_again(lines: Lines, i: int) -> str | None:
    """A sentence that is printed twice with nothing but its credit between, as pages do for their enlarged photos.

    >>> printed_again.says("It rained here on Monday.", "Anna Smith", "It rained here on Monday.", at=2)
    'captions.printed-again'
    >>> printed_again.says("Rain", "Fog", "It rained here on Monday.", "Jan Kos", "It rained here on Monday.", at=3)
    'credits.between-captions'
    """
    if lines[i][-1] in ".。":
        return "captions.printed-again" if i > 1 else None
    return "credits.between-captions" if i > 2 else None


def _is_name_line(text: str) -> bool:
    """Return whether a line has the shape of a name: short, begins large, does not end as sentences do."""
    return len(text) <= _LONGEST_NAMED and text[0].isupper() and (text[-1].isalnum() or text[-1] == ")")


def _is_titled(text: str) -> bool:
    """Return whether a line is written as headings and products are: with capitals, but for short words.

    >>> _is_titled("Coffee Maker of Oslo"), _is_titled("Troops march through Kyiv"), _is_titled("기자들이 모였다")
    (True, False, False)
    """
    cased = text.upper() != text.lower()
    return cased and not any(len(word) >= _LONG_WORD and word[0].islower() for word in text.split())


def _is_phrase(text: str) -> bool:
    """Return whether a line has words enough for a caption; Chinese and Japanese put no spaces between theirs."""
    return text.count(" ") >= 3 or (text[0] >= "\u3000" and len(text) >= 8)
