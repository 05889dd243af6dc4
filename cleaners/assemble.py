"""Blocks and their verdicts to an article: body, photos, fields, and what was removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Final

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights
from cleaners.blocks import FIELD_LABELS, PHOTO_LABELS, Block, Document, Label, Verdict
from cleaners.language import normal_tag
from cleaners.rules.headings import crosshead_text

#: A dateline opens the story: it is looked for in this many paragraphs.
_OPENING: Final = 3
#: … and a story's last characters may be its agency's name in brackets.
_CLOSING: Final = 40
#: Agencies that pass others' photos on, so they do not tell whose story it is.
_DISTRIBUTORS: Final = frozenset({"POOL", "Getty", "Getty Images", "Alamy", "Imago", "IMAGO", "Shutterstock"})


def assemble(
    document: Document,
    verdicts: Sequence[Verdict],
    keep: Collection[Label] = (),
    drop: Collection[Label] = (),
) -> Article:
    """Return the article that the verdicts, one for each block, make of the document.

    Lines with a label in `keep` stay in the body where they stood; those with a label in `drop` are removed. Every
    block ends in exactly one of body, photos, fields and removed. What a kept line says is read all the same.

    >>> blocks = [Block("It rained.", 1), Block("Post navigation", 2)]
    >>> found = [Verdict(Label.BODY, "body.default", 0.5), Verdict(Label.NAVIGATION, "navigation.post-navigation")]
    >>> article = assemble(Document(blocks), found)
    >>> article.text, [line.rule for line in article.removed]
    ('It rained.', ['navigation.post-navigation'])
    """
    body: list[Paragraph | Heading] = []
    fields: list[FieldLine] = []
    removed: list[Removed] = []
    told: list[tuple[Block, Label]] = []
    lines: list[PhotoLine] = []
    for index, (block, verdict) in enumerate(zip(document.blocks, verdicts, strict=True)):
        label = verdict.label
        if label in drop:
            removed.append(Removed(block.text, label.value, verdict.rule, block.line))
        elif label is Label.BODY:
            body.append(Paragraph(block.text))
        elif label is Label.HEADING:
            body.append(Heading(heading_text(block.text), _level(block)))
        else:
            if label in PHOTO_LABELS:
                lines.append((index, block.text, label, len(body), label in keep))
            elif label in FIELD_LABELS:
                told.append((block, label))
            if label in keep:
                body.append(Paragraph(block.text))
            elif label in FIELD_LABELS:
                fields.append(FieldLine(block.text, label.value, verdict.rule, block.line))
            elif label not in PHOTO_LABELS:
                removed.append(Removed(block.text, label.value, verdict.rule, block.line))
    photos = pair_photos(lines) if lines else ()
    return _with_fields(document, tuple(body), photos, told, tuple(fields), tuple(removed))


def body_text(block: Block, verdict: Verdict) -> str:
    """Return the block's text as the body will have it: a heading's without its dashes, any other as it is."""
    return heading_text(block.text) if verdict.label is Label.HEADING else block.text


def heading_text(text: str) -> str:
    """Return a crosshead's text without what agencies print around it; any other line as it is.

    >>> heading_text("– Unanimous vote in Moscow –"), heading_text("Twenty-first"), heading_text("---")
    ('Unanimous vote in Moscow', 'Twenty-first', '---')
    """
    while (bare := crosshead_text(text)) is not None:
        text = bare
    return text


def _level(block: Block) -> int:
    tag = block.path.rsplit("/", 1)[-1].split(".", 1)[0] if block.path else ""
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "23456" else 2


#: Index of the block, its text, its label, the number of body elements before it, whether the line stays in the body.
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
    return tuple(_merge_repeated(photos))


def _pair_run(run: Sequence[PhotoLine]) -> list[Photo]:
    """Pair the captions and credits of lines that follow one another."""
    parsed = [_read_line(line) for line in run]
    before = run[0][2] is Label.CREDIT and run[-1][2] is Label.CAPTION
    photos: list[Photo] = []
    for photo, (_, _, label, _, _) in zip(parsed, run, strict=True):
        earlier = photos[-1] if photos else None
        if earlier is not None and label is (Label.CAPTION if before else Label.CREDIT):
            caption, credit = (photo, earlier) if before else (earlier, photo)
            if caption.caption and not caption.credit and credit.credit and not credit.caption:
                photos[-1] = _together(caption, credit, earlier.printed + photo.printed)
                continue
        photos.append(photo)
    return photos


def _read_line(line: PhotoLine) -> Photo:
    """Return what a line alone says of a photo: its caption, its credit, or both."""
    from cleaners.wire.credits import parse_credit, split_caption

    _, text, label, position, kept = line
    lines = () if kept else (text,)
    if label is Label.CREDIT:
        caption, credit, printed = None, parse_credit(text), text
    elif (split := split_caption(text)) is not None:
        (caption, credit), printed = split, None
    else:
        return Photo(caption=text, position=position, printed=lines)
    return Photo(
        caption=caption,
        credit=credit.printed if credit else printed,
        photographer=credit.photographer if credit else None,
        agency=credit.agency if credit else None,
        position=position,
        printed=lines,
    )


def _together(caption: Photo, credit: Photo, printed: tuple[str, ...]) -> Photo:
    return caption._replace(
        credit=credit.credit,
        photographer=credit.photographer,
        agency=credit.agency,
        printed=printed,
    )


def _merge_repeated(photos: Sequence[Photo]) -> list[Photo]:
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


def _with_fields(
    document: Document,
    body: tuple[Paragraph | Heading, ...],
    photos: tuple[Photo, ...],
    told: Sequence[tuple[Block, Label]],
    fields: tuple[FieldLine, ...],
    removed: tuple[Removed, ...],
) -> Article:
    """Read what the lines of the fields say, and the dateline in the opening paragraphs."""
    by_label: dict[Label, list[str]] = {}
    for block, label in told:
        by_label.setdefault(label, []).append(block.text)
    authors, byline_agency = _read_bylines(by_label.get(Label.BYLINE, ()))
    dateline, dateline_agency, dateline_date = _read_dateline(by_label.get(Label.DATELINE, ()), body)
    rights = _read_rights(by_label.get(Label.RIGHTS, ()))
    agency_line = _first_agency(by_label.get(Label.AGENCY, ()))
    holder = _first_agency([rights.holder]) if rights and rights.holder else None
    return Article(
        body=body,
        title=next(iter(by_label.get(Label.TITLE, ())), None),
        authors=authors,
        published=_read_date(by_label.get(Label.DATE, ())) or dateline_date,
        agency=dateline_agency
        or agency_line
        or byline_agency
        or holder
        or _closing_agency(body)
        or _photos_agency(photos),
        dateline=dateline,
        language=normal_tag(document.language) if document.language else None,
        photos=photos,
        rights=rights,
        url=document.url,
        fields=fields,
        removed=removed,
    )


def _read_bylines(lines: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the authors of all bylines, each once, and the first agency among them."""
    if not lines:
        return (), None
    from cleaners.wire.bylines import parse_byline

    bylines = [byline for line in lines if (byline := parse_byline(line)) is not None]
    authors = dict.fromkeys(author for byline in bylines for author in byline.authors)
    return tuple(authors), next((byline.agency for byline in bylines if byline.agency), None)


def _read_dateline(
    lines: Sequence[str], body: Sequence[Paragraph | Heading]
) -> tuple[str | None, str | None, date | None]:
    """Return the dateline as printed, its agency and its date, from its own line or the opening of the body."""
    from cleaners.wire.datelines import find_dateline

    for text in (*lines, *(part.text for part in body[:_OPENING])):
        dateline = find_dateline(text)
        if dateline is not None:
            return dateline.printed, dateline.agency, dateline.date
    return None, None, None


def _read_rights(lines: Sequence[str]) -> Rights | None:
    """Return the first rights line that names a holder, or else the first one as printed."""
    if not lines:
        return None
    from cleaners.wire.rights import parse_rights

    parsed = [(line, parse_rights(line)) for line in lines]
    for line, notice in parsed:
        if notice is not None and notice.holder:
            return Rights(line, notice.holder, notice.year)
    line, notice = parsed[0]
    return Rights(line, None, notice.year if notice else None)


def _read_date(lines: Sequence[str]) -> date | datetime | None:
    if not lines:
        return None
    from cleaners.wire.dates import parse_date

    return next((moment for line in lines if (moment := parse_date(line)) is not None), None)


def _first_agency(texts: Sequence[str]) -> str | None:
    if not texts:
        return None
    from cleaners.wire.agencies import find_agency

    return next((agency.name for text in texts if (agency := find_agency(text)) is not None), None)


def _closing_agency(body: Sequence[Paragraph | Heading]) -> str | None:
    """Return the agency with which the story ends: "… on four continents. (Reuters)", "… tutti. (ANSA)."."""
    if not body:
        return None
    last = body[-1].text[-_CLOSING:].rstrip(" .")
    if not last.endswith((")", "]", "）")):
        signature = last.rpartition(". ")[2]  # EFE prints its name bare: "… el 1 de enero. EFE"
        alone = signature != last and signature.isupper() and " " not in signature
        return _first_agency([signature]) if alone else None
    start = max(last.rfind(bracket) for bracket in "([（")
    return _first_agency([last[start + 1 : -1].strip()]) if start >= 0 else None


def _photos_agency(photos: Sequence[Photo]) -> str | None:
    """Return the agency that took most of the photos, if they are of one agency: a weak sign, used last."""
    counted = Counter(photo.agency for photo in photos if photo.agency and photo.agency not in _DISTRIBUTORS)
    return next(iter(counted)) if len(counted) == 1 else None
