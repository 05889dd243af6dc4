"""Blocks and their verdicts to an article: body, photos, fields, and what was removed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights
from cleaners.blocks import FIELD_LABELS, JUNK_LABELS, PHOTO_LABELS, Block, Document, Label, Verdict
from cleaners.language import normal_tag
from cleaners.photos.lines import PhotoLine, is_between_photo_lines, merge_repeated, pair_photos
from cleaners.rules.headings import crosshead_text

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    from cleaners.photos.figures import Figure

#: A dateline opens the story: it is looked for in this many paragraphs.
_OPENING: Final = 3
#: … and a story's last characters may be its agency's name in brackets.
_CLOSING: Final = 40
#: What labels are called: a member of an enumeration takes long to say so.
_NAMES: Final = {label: label.value for label in Label}
_BODY: Final = Label.BODY


def assemble(
    document: Document,
    verdicts: Sequence[Verdict],
    keep: Collection[Label] = (),
    drop: Collection[Label] = (),
    figures: Sequence[Figure] = (),
) -> Article:
    """Return the article that the verdicts, one for each block, make of the document.

    Lines with a label in `keep` stay in the body where they stood; those with a label in `drop` are removed. Every
    block ends in exactly one of body, photos, fields and removed. What a kept line says is read all the same.
    `figures` are the photos that a page's markup shows, with the blocks that they were made from.

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
    place = 0
    owners = {i: number for number, figure in enumerate(figures) for i in figure.blocks}
    printed: list[list[str]] = [[] for _ in figures]
    sizes: list[int] = []
    junk, left = JUNK_LABELS, sum([verdict.label in PHOTO_LABELS for verdict in verdicts])
    for i, (block, verdict) in enumerate(zip(document.blocks, verdicts, strict=True)):
        label = verdict.label
        sizes.append(len(body))
        if left and lines:  # only what stands between photo lines can part them
            place += label not in junk or not is_between_photo_lines(block.text)
        if label in drop or (label in junk and label not in keep):
            removed.append(Removed(block.text, _NAMES[label], verdict.rule, block.line))
        elif label is _BODY:
            body.append(Paragraph(block.text))
            if verdict.read_as is not None:
                told.append((block, verdict.read_as))
        elif label is Label.HEADING:
            body.append(Heading(heading_text(block.text), _level(block)))
        else:
            if i in owners:
                printed[owners[i]] += [] if label in keep else [block.text]
                left -= 1
            elif label in PHOTO_LABELS:
                lines.append((place, block.text, label, len(body), label in keep))
                left -= 1
            elif label in FIELD_LABELS:
                told.append((block, label))
            if label in keep:
                body.append(Paragraph(block.text))
            elif label in FIELD_LABELS:
                fields.append(FieldLine(block.text, _NAMES[label], verdict.rule, block.line))
    photos = pair_photos(lines) if lines else ()
    if figures:
        sizes.append(len(body))
        shown = [
            figure.photo._replace(position=sizes[min(figure.before, len(sizes) - 1)], printed=tuple(texts))
            for figure, texts in zip(figures, printed, strict=True)
        ]
        photos = tuple(sorted(merge_repeated([*shown, *photos]), key=lambda photo: photo.position))
    article = _with_fields(document, tuple(body), photos, told, tuple(fields), tuple(removed))
    if document.page:
        article = _with_page(article, document)
    if article.agency or (document.page and article.authors):
        return article
    return article._replace(agency=_photos_agency(photos))


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
    """Return the level of a heading's element; a crosshead in a text, as one below the title, is of the second."""
    return max(block.markup.level or 2, 2) if block.markup else 2


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
        published=_read_date(by_label.get(Label.DATE, ()), document.language) or dateline_date,
        agency=dateline_agency or agency_line or byline_agency or holder or _closing_agency(body),
        dateline=dateline,
        language=normal_tag(document.language) if document.language else None,
        photos=photos,
        rights=rights,
        url=document.url,
        fields=fields,
        removed=removed,
    )


def _with_page(article: Article, document: Document) -> Article:
    """Return the article with what its page says of itself.

    That comes before what its lines say, since the page says it for machines.
    """
    from cleaners.fields import read_fields  # the parser is for pages only

    assert document.page is not None
    told, fields = document.page.metadata, read_fields(document)
    return article._replace(
        title=told.title or article.title,
        authors=fields.authors or article.authors,
        published=fields.published or article.published,
        modified=fields.modified,
        agency=article.agency or fields.agency,
        language=article.language or told.language,
        section=told.section,
        keywords=told.keywords,
        url=told.url or article.url,
        site_name=told.site_name,
        paywalled=told.paywalled,
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


def _read_date(lines: Sequence[str], language: str | None) -> date | datetime | None:
    """Return the first date that a line tells; the other lines' dates say whether the day is printed first."""
    if not lines:
        return None
    from cleaners.wire.dates import find_day_first, parse_date

    day_first = find_day_first(language, printed=lines)
    moments = (parse_date(line, day_first=day_first) for line in lines)
    return next((moment for moment in moments if moment is not None), None)


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
    """Return the news agency that took the photos, if they are of one agency: a weak sign, used last."""
    names = {photo.agency for photo in photos if photo.agency}
    if not names:
        return None
    from cleaners.wire.agencies import find_agency

    found = {agency for name in names if (agency := find_agency(name)) and "desk" not in agency.kinds}
    agency = found.pop() if len(found) == 1 else None
    return agency.name if agency and "news" in agency.kinds else None
