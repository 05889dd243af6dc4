"""Caption and credit lines of a text to its photos: which of them are the article's, and which belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaners.article import Photo
from cleaners.blocks import PHOTO_LABELS, TEXT_LABELS, Document, Figure, Label, Verdict
from cleaners.read.titles import squeezed

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    from cleaners.rules.gates import Lines
    from cleaners.wire.credits import Credit


#: A page's furniture has photos too. A credit is the article's within so many lines of its text, an agency's bare
#: name only inside it; a caption with its credit may stand further before it, above the byline and the buttons.
_REACH_BEFORE: Final = 20
_REACH_AFTER: Final = 6
_REACH_WITH_CAPTION: Final = 40
#: What counts as the article's text has so many characters, unless nothing has.
_LONG_LINE: Final = 80
#: A line that the scorer took away is a credit's caption if it has so many words and characters.
_CAPTION_WORDS: Final = range(3, 41)
_LONGEST_CAPTION: Final = 350
_FEW_WORDS: Final = 4
#: A label on a line of its own has so many characters at most.
_LONGEST_LABEL: Final = 30
_BELOW: Final = Verdict(Label.CAPTION, "photos.below-credit", 0.8)
_ABOVE: Final = Verdict(Label.BOILERPLATE, "photos.above-credit", 0.6)
_SIGNED: Final = Verdict(Label.BYLINE, "bylines.beside-agency", 0.8)
_RESERVED: Final = Verdict(Label.RIGHTS, "rights.below-story", 0.8)
_FAR: Final = Verdict(Label.BOILERPLATE, "photos.amid-furniture", 0.8)


def settle_photo_lines(document: Document, verdicts: list[Verdict]) -> list[Verdict]:
    """Return the verdicts with those corrected that only the whole text can tell: which photos are the article's.

    Captions and credits amid a text's furniture, far from its body, are furniture; a line that the scorer took away
    below a credit is its caption. Only what does not stay in the body is judged anew.

    >>> from cleaners.blocks import Block
    >>> lines = [("It rained.", Label.BODY), *[("Home", Label.BOILERPLATE)] * 9, ("Foto: dpa", Label.CREDIT)]
    >>> document = Document([Block(text, number) for number, (text, _) in enumerate(lines, 1)])
    >>> settle_photo_lines(document, [Verdict(label, "test") for _, label in lines])[-1].rule
    'photos.amid-furniture'
    """
    if not any(verdict.label in PHOTO_LABELS for verdict in verdicts):
        return verdicts
    texts = [block.text for block in document.blocks]
    settled = list(verdicts)
    for i in range(1, len(texts)):
        if settled[i - 1].label is Label.CREDIT and _is_below_credit(texts, settled, i):
            if i > 1 and settled[i - 2].label is Label.CAPTION:
                settled[i - 2] = _ABOVE
            settled[i] = _BELOW
    from cleaners.rules.gates import Lines  # for texts with photos

    lines = Lines(texts)
    end = max((i for i, verdict in enumerate(settled) if verdict.label in TEXT_LABELS), default=-1)
    for i, verdict in enumerate(verdicts):
        if verdict.label in PHOTO_LABELS and (other := _read_otherwise(lines, settled, i, end)):
            settled[i] = other
    body = [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    body = [i for i in body if len(texts[i]) >= _LONG_LINE] or body
    if body:
        for i in _far_lines(texts, settled, body[0], body[-1]):
            settled[i] = _FAR
    return settled


def _read_otherwise(lines: Lines, verdicts: Sequence[Verdict], i: int, end: int) -> Verdict | None:
    """Return what a credit without a photo is by its place: the story's byline or its rights notice.

    "Sara Wikner/TT" above the first paragraph, "© Agence France-Presse" below the last one, which is at `end`.
    """
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(lines) and verdicts[j].label in PHOTO_LABELS]
    if beside:
        return None
    from cleaners.rules.head_lines import is_signature  # for texts with photos
    from cleaners.wire.bylines import parse_byline  # for texts with photos
    from cleaners.wire.credits import parse_credit  # for texts with photos

    text = lines[i]
    labelled = parse_byline(text) if ":" in text else None  # "Text: Karin Berg/TT"
    if labelled and labelled.authors:
        return _SIGNED
    if verdicts[i].label is Label.CAPTION:
        return None
    if is_signature(lines, i):
        return _SIGNED
    credit = parse_credit(text) if 0 < i > end else None
    return _RESERVED if credit and credit.form == "copyright-agency" else None


def _is_below_credit(texts: Sequence[str], verdicts: Sequence[Verdict], i: int) -> bool:
    """Tell whether a line that the scorer took away is the caption of the credit above it.

    That is where some papers print it; then no caption stands above the credit, or only a word or two that the
    scorer took for one.
    """
    text = texts[i]
    if verdicts[i].label is not Label.BOILERPLATE or not verdicts[i].rule.startswith("scorer."):
        return False
    if len(text) > _LONGEST_CAPTION or text.count(" ") + 1 not in _CAPTION_WORDS or text[0].islower():
        return False
    if not any(other.label in TEXT_LABELS for other in verdicts[i + 1 : i + 4]):
        return False
    if i < 2 or verdicts[i - 2].label is not Label.CAPTION:
        return True
    above = texts[i - 2]
    return (
        verdicts[i - 2].rule == "scorer.caption"
        and text[-1] == "."
        and above[-1] != "."
        and above.count(" ") < _FEW_WORDS
    )


def _far_lines(texts: Sequence[str], verdicts: Sequence[Verdict], first: int, last: int) -> set[int]:
    """Return the places of caption and credit lines far before the body's first or after its last line.

    Lines of photos that follow one another are judged together, and do not count as lines between.
    """
    far: set[int] = set()
    for places, after in ((range(last + 1, len(texts) + 1), True), (range(first - 1, -2, -1), False)):
        others, run = 0, list[int]()
        for i in places:
            if 0 <= i < len(texts) and verdicts[i].label in PHOTO_LABELS:
                run.append(i)
                continue
            if run and _is_far(run, texts, verdicts, others, after=after):
                far.update(run)
            run = []
            others += 1
    return far


def _is_far(
    run: Sequence[int], texts: Sequence[str], verdicts: Sequence[Verdict], others: int, *, after: bool
) -> bool:
    """Tell whether lines of photos have too many others between them and the body."""
    if after and others > _REACH_AFTER:
        return True
    if any(verdicts[i].label is Label.CAPTION for i in run):
        return others > _REACH_WITH_CAPTION
    if others > _REACH_BEFORE:
        return True
    from cleaners.wire.credits import parse_credit  # for texts with photos

    credits = [parse_credit(texts[i]) for i in run]
    return others > 1 and all(credit is not None and credit.form == "agency" for credit in credits)


def is_between_photo_lines(text: str) -> bool:
    """Tell whether a line that was taken away parts no caption from its credit: a dash, or a label ("Image source,").

    >>> is_between_photo_lines("Image source,"), is_between_photo_lines("Read more")
    (True, False)
    """
    return is_mark(text) or (len(text) <= _LONGEST_LABEL and text[-1] in ":：,，")


def is_mark(text: str) -> bool:
    """Tell whether a line is nothing but a dash, a bar or a dot.

    >>> is_mark("—"), is_mark("A")
    (True, False)
    """
    return len(text) <= 3 and not any(character.isalnum() for character in text)


#: The number of a block, its text and its label.
PhotoLine = tuple[int, str, Label]


def pair_photos(run: Sequence[PhotoLine]) -> list[Figure]:
    """Return the photos that caption and credit lines make which follow one another, in their order.

    A credit on its own belongs to the caption before it; in a run of lines that begins with a credit and ends with a
    caption, to the caption after it.

    >>> pair_photos([(4, "Rain in Kyiv", Label.CAPTION), (5, "Olena Bird", Label.CREDIT)])[0].photo.credit
    'Olena Bird'
    """
    lines = _read_lines(run)
    above = lines[0][1] is Label.CREDIT and lines[-1][1] is Label.CAPTION
    figures: list[Figure] = []
    for figure, label in lines:
        if figures and label is (Label.CAPTION if above else Label.CREDIT):
            earlier = figures[-1]
            caption, credit = (figure.photo, earlier.photo) if above else (earlier.photo, figure.photo)
            if caption.caption and not caption.credit and credit.credit and not credit.caption:
                blocks = earlier.blocks + figure.blocks
                figures[-1] = Figure(_with_credit(caption, credit), earlier.before, blocks)
                continue
        figures.append(figure)
    return figures


def _read_lines(run: Sequence[PhotoLine]) -> list[tuple[Figure, Label]]:
    """Read lines that follow one another, a label on a line of its own ("Foto:") together with the next line."""
    lines: list[tuple[Figure, Label]] = []
    opening: PhotoLine | None = None
    for number, text, label in run:
        if opening is not None and label is opening[2]:
            photo = _read_line(f"{opening[1]} {text}", label)
            lines[-1] = Figure(photo, number, (opening[0], number)), label
            opening = None
            continue
        opening = (number, text, label) if text[-1] in ":：,，" and len(text) <= _LONGEST_LABEL else None
        lines.append((Figure(_read_line(text, label), number, (number,)), label))
    return lines


def _read_line(text: str, label: Label) -> Photo:
    """Return what a line alone says of a photo: its caption, its credit, or both."""
    from cleaners.wire.captions import read_caption  # for texts with photos
    from cleaners.wire.credits import Credit  # for texts with photos

    caption, credit = read_caption(text, marked=label is Label.CAPTION)
    if label is Label.CREDIT and credit is None:
        caption, credit = "", Credit(text)
    return credited(caption, credit)


def credited(caption: str, credit: Credit | None) -> Photo:
    """Return the photo of a caption and a credit that were read; its credit is what was printed, without labels."""
    from cleaners.wire.credit_parts import without_labels  # for texts with photos

    if credit is None:
        return Photo(caption or None)
    return Photo(caption or None, without_labels(credit.printed) or None, credit.photographer, credit.agency)


def _with_credit(photo: Photo, credit: Photo) -> Photo:
    return photo._replace(credit=credit.credit, photographer=credit.photographer, agency=credit.agency)


def merge_repeated(figures: Iterable[Figure]) -> list[Figure]:
    """Make one photo of those that have the same caption: the first, with the credit of whichever has one."""
    places: dict[str, int] = {}
    merged: list[Figure] = []
    blocks: list[list[int]] = []
    for figure in figures:
        photo = figure.photo
        caption = squeezed(photo.caption or "")
        place = places.get(caption, -1)
        known = merged[place].photo if place >= 0 else photo
        if place < 0 or (known.credit and photo.credit and known.credit != photo.credit):
            if caption:
                places[caption] = len(merged)
            merged.append(figure)
            blocks.append(list(figure.blocks))
            continue
        if not known.credit and photo.credit:
            merged[place] = Figure(_with_credit(known, photo), merged[place].before, merged[place].blocks)
        blocks[place] += figure.blocks
    return [
        Figure(figure.photo, figure.before, tuple(own)) for figure, own in zip(merged, blocks, strict=True)
    ]
