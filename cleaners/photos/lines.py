"""Caption and credit lines of a text to its photos: which of them are the article's, and which belong together."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.article import Photo
from cleaners.blocks import PHOTO_LABELS, TEXT_LABELS, Document, Label, Verdict

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


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
_FAR: Final = Verdict(Label.BOILERPLATE, "photos.amid-furniture", 0.8)


def settle_photo_lines(document: Document, verdicts: Sequence[Verdict]) -> Sequence[Verdict]:
    """Return the verdicts with those corrected that only the whole text can tell: which photos are the article's.

    Captions and credits amid a text's furniture, far from its body, are furniture; a line that the scorer took away
    below a credit is its caption. Only what does not stay in the body is judged anew. In a page the markup tells.

    >>> from cleaners.blocks import Block
    >>> lines = [("It rained.", Label.BODY), *[("Home", Label.BOILERPLATE)] * 9, ("Foto: dpa", Label.CREDIT)]
    >>> document = Document([Block(text, number) for number, (text, _) in enumerate(lines, 1)])
    >>> settle_photo_lines(document, [Verdict(label, "test") for _, label in lines])[-1].rule
    'photos.amid-furniture'
    """
    if document.page is not None or not any(verdict.label in PHOTO_LABELS for verdict in verdicts):
        return verdicts
    texts = [block.text for block in document.blocks]
    settled = list(verdicts)
    for i in range(1, len(texts)):
        if settled[i - 1].label is Label.CREDIT and _is_below_credit(texts, settled, i):
            if i > 1 and settled[i - 2].label is Label.CAPTION:
                settled[i - 2] = _ABOVE
            settled[i] = _BELOW
    body = [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    body = [i for i in body if len(texts[i]) >= _LONG_LINE] or body
    if body:
        for i in _far_lines(texts, settled, body[0], body[-1]):
            settled[i] = _FAR
    return settled


def _is_below_credit(texts: Sequence[str], verdicts: Sequence[Verdict], i: int) -> bool:
    """Tell whether a line that the scorer took away is the caption of the credit above it.

    That is where some papers print it; then no caption stands above the credit, or only a word or two that the
    scorer took for one.
    """
    text = texts[i]
    if verdicts[i].label is not Label.BOILERPLATE or verdicts[i].rule != "scorer.text":
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
    from cleaners.wire.credits import parse_credit

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


#: Place of the block among those that part photos, its text, its label, the number of body elements before it,
#: whether the line stays in the body.
PhotoLine = tuple[int, str, Label, int, bool]


def pair_photos(lines: Sequence[PhotoLine]) -> tuple[Photo, ...]:
    """Return the photos that caption and credit lines make, in their order.

    A credit on its own belongs to the caption before it; in a run of lines that begins with a credit and ends with a
    caption, to the caption after it. A caption that is printed twice is one photo.

    >>> lines = [(4, "Rain in Kyiv", Label.CAPTION, 3, False), (5, "Olena Bird", Label.CREDIT, 3, False)]
    >>> pair_photos(lines)[0].credit
    'Olena Bird'
    """
    photos: list[Photo] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end][0] == lines[end - 1][0] + 1:
            end += 1
        photos += _pair_run(lines[start:end])
        start = end
    return tuple(merge_repeated(photos))


def _pair_run(run: Sequence[PhotoLine]) -> list[Photo]:
    """Pair the captions and credits of lines that follow one another."""
    parsed, labels = _read_lines(run)
    before = labels[0] is Label.CREDIT and labels[-1] is Label.CAPTION
    photos: list[Photo] = []
    for photo, label in zip(parsed, labels, strict=True):
        earlier = photos[-1] if photos else None
        if earlier is not None and label is (Label.CAPTION if before else Label.CREDIT):
            caption, credit = (photo, earlier) if before else (earlier, photo)
            if caption.caption and not caption.credit and credit.credit and not credit.caption:
                photos[-1] = _together(caption, credit, earlier.printed + photo.printed)
                continue
        photos.append(photo)
    return photos


def _read_lines(run: Sequence[PhotoLine]) -> tuple[list[Photo], list[Label]]:
    """Read lines that follow one another, a label on a line of its own ("Foto:") together with the next line."""
    photos: list[Photo] = []
    labels: list[Label] = []
    opening: PhotoLine | None = None
    for line in run:
        place, text, label, position, kept = line
        if opening is not None and label is opening[2]:
            photo = _read_line((place, f"{opening[1]} {text}", label, position, kept))
            photos[-1] = photo if kept else photo._replace(printed=(opening[1], text))
            opening = None
            continue
        opening = line if text[-1] in ":：,，" and len(text) <= _LONGEST_LABEL else None
        photos.append(_read_line(line))
        labels.append(label)
    return photos, labels


def _read_line(line: PhotoLine) -> Photo:
    """Return what a line alone says of a photo: its caption, its credit, or both."""
    from cleaners.wire.credits import Credit, read_caption

    _, text, label, position, kept = line
    caption, credit = read_caption(text)
    if label is Label.CREDIT and credit is None:
        caption, credit = "", Credit(text)
    return Photo(
        caption=caption or None,
        credit=credit.printed if credit else None,
        photographer=credit.photographer if credit else None,
        agency=credit.agency if credit else None,
        position=position,
        printed=() if kept else (text,),
    )


def _together(caption: Photo, credit: Photo, printed: tuple[str, ...]) -> Photo:
    return caption._replace(
        credit=credit.credit,
        photographer=credit.photographer,
        agency=credit.agency,
        printed=printed,
    )


def merge_repeated(photos: Sequence[Photo]) -> list[Photo]:
    """Make one photo of those that have the same caption: the first, with the credit of whichever has one."""
    places: dict[str, int] = {}
    merged: list[Photo] = []
    printed: list[list[str]] = []
    for photo in photos:
        place = places.get(photo.caption, -1) if photo.caption else -1
        if place < 0 or (merged[place].credit and photo.credit and merged[place].credit != photo.credit):
            if photo.caption:
                places[photo.caption] = len(merged)
            merged.append(photo)
            printed.append(list(photo.printed))
            continue
        printed[place].extend(photo.printed)
        if not merged[place].credit and photo.credit:
            merged[place] = _together(merged[place], photo, ())
    return [
        photo if len(lines) == len(photo.printed) else photo._replace(printed=tuple(lines))
        for photo, lines in zip(merged, printed, strict=True)
    ]
