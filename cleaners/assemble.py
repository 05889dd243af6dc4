"""Blocks and their verdicts to an article: body, photos, fields, and what was removed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights
from cleaners.blocks import FIELD_LABELS, JUNK_LABELS, PHOTO_LABELS, Block, Document, Label, Verdict
from cleaners.language import normal_tag
from cleaners.options import DEFAULT, Options
from cleaners.photos.lines import PhotoLine, is_between_photo_lines, merge_repeated, pair_photos
from cleaners.rules.headings import heading_text

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    from cleaners.wire.datelines import Dateline

#: A part of the article, and where in it a block is now.
Place = tuple[str, int]

#: A dateline opens the story: it is looked for in this many paragraphs.
_OPENING: Final = 3
#: … and a story's last characters may be its agency's name in brackets.
_CLOSING: Final = 40
#: … in one of its last lines, a rights notice that stays behind it included; behind the name initials of a desk.
_LAST: Final = 2
_DESK: Final = 20
#: What labels are called: a member of an enumeration takes long to say so.
_NAMES: Final = {label: label.value for label in Label}
_BODY: Final = Label.BODY
_SIGNOFF: Final = Label.SIGNOFF.value
#: What the metadata of a page tell as the article has it.
_SAID: Final = ("title", "section", "keywords", "url", "site_name", "paywalled")


def assemble(
    document: Document,
    verdicts: Sequence[Verdict],
    options: Options = DEFAULT,
    places: list[Place] | None = None,
) -> Article:
    """Return the article that the verdicts, one for each block, make of the document.

    Lines with a label in `options.keep` stay in the body where they stood; those with a label in `options.drop` are
    removed. Every block ends in exactly one of body, photos, fields and removed. What a kept line says is read all
    the same. Where each block is now is added to `places`, if it is given: few ask, and of a million lines it takes
    100 MB.

    >>> blocks = [Block("It rained.", 1), Block("Post navigation", 2)]
    >>> found = [Verdict(Label.BODY, "body.default", 0.5), Verdict(Label.NAVIGATION, "navigation.post-navigation")]
    >>> places = []
    >>> article = assemble(Document(blocks), found, places=places)
    >>> article.text, [line.rule for line in article.removed], places
    ('It rained.', ['navigation.post-navigation'], [('body', 0), ('removed', 0)])
    """
    keep, drop, junk = options.keep, options.drop, JUNK_LABELS
    body: list[Paragraph | Heading] = []
    fields: list[FieldLine] = []
    removed: list[Removed] = []
    sizes: dict[int, int] = {}  # of the body, before the blocks of photos
    told: dict[Label, list[str]] = {}
    runs: list[list[PhotoLine]] = []
    parted = True
    shown = {i for figure in document.figures for i in figure.blocks}
    placed = {figure.before for figure in document.figures}
    lines: set[int] = set()  # that photos are made from

    def put(part: str, number: int) -> None:
        if places is not None:
            places.append((part, number))

    for i, (block, verdict) in enumerate(zip(document.blocks, verdicts, strict=True)):
        label = verdict.label
        if i in placed:
            sizes[i] = len(body)
        if label in PHOTO_LABELS and label not in drop and i not in shown:
            sizes[i] = len(body)
            if parted:
                runs.append([])
            runs[-1].append((i, block.text, label))
            parted = False
        elif not parted:
            parted = label not in junk or not is_between_photo_lines(block.text)
        if label in drop or (label in junk and label not in keep):
            put("removed", len(removed))
            removed.append(Removed(block.text, _NAMES[label], verdict.rule, block.line))
            continue
        read_as = verdict.read_as if label is _BODY else label
        if read_as in FIELD_LABELS:
            told.setdefault(read_as, []).append(block.text)
        if label is Label.HEADING:
            put("body", len(body))
            body.append(Heading(heading_text(block.text), _level(block)))
        elif label is _BODY or label in keep:
            put("body", len(body))
            body.append(Paragraph(block.text))
        elif label in FIELD_LABELS:
            put("fields", len(fields))
            fields.append(FieldLine(block.text, _NAMES[label], verdict.rule, block.line))
        else:
            put("photos", -1)  # which is known at the end
            lines.add(i)
    photos = _number_photos(document, runs, sizes, len(body), lines, places)
    return _with_fields(
        Article(body=tuple(body), photos=photos, fields=tuple(fields), removed=tuple(removed)), document, told
    )


def _number_photos(
    document: Document,
    runs: Sequence[Sequence[PhotoLine]],
    sizes: Mapping[int, int],
    end: int,
    lines: Collection[int],
    places: list[Place] | None,
) -> tuple[Photo, ...]:
    """Return the article's photos in their order, and set the places of the `lines` that they were made from."""
    figures = [*document.figures, *(figure for run in runs for figure in pair_photos(run))]
    placed = [(sizes.get(figure.before, end), figure) for figure in merge_repeated(figures)]
    photos: list[Photo] = []
    for position, figure in sorted(placed, key=lambda pair: pair[0]):
        printed = [i for i in figure.blocks if i in lines]
        if places is not None:
            for i in printed:
                places[i] = ("photos", len(photos))
        texts = tuple([document.blocks[i].text for i in printed])
        photos.append(figure.photo._replace(position=position, printed=texts))
    return tuple(photos)


def _level(block: Block) -> int:
    """Return the level of a heading's element; a crosshead in a text, as one below the title, is of the second."""
    return max(block.markup.level or 2, 2) if block.markup else 2


def _with_fields(article: Article, document: Document, told: dict[Label, list[str]]) -> Article:
    """Return the article with what its lines tell, by their label, and with what its page says of itself.

    What the page says comes first, since it says it for machines.
    """
    signed = told.get(Label.BYLINE, ())
    authors, byline_agency = _read_bylines(signed)
    dateline = _read_dateline(told.get(Label.DATELINE, ()), article.body)
    reporters, signoff_agency = _read_signoffs(article.removed)
    rights = _read_rights(told.get(Label.RIGHTS, ()))
    agency = (
        (dateline and dateline.agency)
        or _first_agency(told.get(Label.AGENCY, ()))
        or byline_agency
        or _first_agency([rights.holder] if rights and rights.holder else ())
        or _closing_agency(article.body)
        or signoff_agency
    )
    article = article._replace(
        title=next(iter(told.get(Label.TITLE, ())), None),
        authors=authors or (dateline.reporters if dateline else ()) or reporters,
        published=_read_date([*told.get(Label.DATE, ()), *signed], document.language)
        or (dateline.date if dateline else None),
        agency=agency,
        dateline=dateline.printed if dateline else None,
        language=normal_tag(document.language) if document.language else None,
        rights=rights,
        url=document.url,
    )
    return _with_page(article, document) if document.page else article


def _with_page(article: Article, document: Document) -> Article:
    """Return the article with what its page says of itself."""
    from cleaners.fields import read_fields  # the parser is for pages only

    assert document.page is not None
    told, fields = document.page.metadata, read_fields(document)
    said = {name: getattr(told, name) for name in _SAID} | {
        "authors": fields.authors,
        "published": fields.published,
        "modified": fields.modified,
        "agency": article.agency or fields.agency,
        "language": article.language or told.language,
    }
    return article._replace(**{name: value for name, value in said.items() if value not in (None, ())})


def _read_bylines(lines: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
    """Return the authors of all bylines, each once, and the first agency among them."""
    if not lines:
        return (), None
    from cleaners.wire.bylines import parse_byline, parse_signature  # for articles that have one

    read = (parse_byline(line) or parse_signature(line) for line in lines)
    bylines = [byline for byline in read if byline is not None]
    authors = dict.fromkeys(author for byline in bylines for author in byline.authors)
    return tuple(authors), next((byline.agency for byline in bylines if byline.agency), None)


def _read_dateline(lines: Sequence[str], body: Sequence[Paragraph | Heading]) -> Dateline | None:
    """Return the dateline, from its own line or the opening of the body."""
    from cleaners.wire.datelines import Dateline, find_dateline  # for articles that have one

    opening = (find_dateline(text) for text in (*lines, *(part.text for part in body[:_OPENING])))
    found = next(filter(None, opening), None)
    return found or (Dateline(lines[0], lines[0]) if lines else None)


def _read_signoffs(removed: Sequence[Removed]) -> tuple[tuple[str, ...], str | None]:
    """Return who reported the story, and the agency, as sign-offs below it say."""
    lines = [line.text for line in removed if line.label == _SIGNOFF or line.rule.startswith("signoffs.")]
    if not lines:
        return (), None
    from cleaners.wire.signoffs import opening_agency, parse_signoff  # for articles that have one

    found = [signoff for line in lines if (signoff := parse_signoff(line))]
    named = [signoff.agency for signoff in found] + [
        _first_agency([head]) for line in lines if (head := opening_agency(line))
    ]
    return next((one.reporters for one in found if one.reporters), ()), next(filter(None, named), None)


def _read_rights(lines: Sequence[str]) -> Rights | None:
    """Return the first rights line that names a holder, or else the first one as printed."""
    if not lines:
        return None
    from cleaners.wire.rights import parse_rights  # for articles that have one

    parsed = [(line, parse_rights(line)) for line in lines]
    for line, notice in parsed:
        if notice is not None and notice.holder:
            return Rights(line, notice.holder, notice.year)
    line, notice = parsed[0]
    holder = line.strip("()[] ©ⓒ")  # "© AFP" below the story
    return Rights(line, holder if _first_agency([holder]) else None, notice.year if notice else None)


def _read_date(lines: Sequence[str], language: str | None) -> date | datetime | None:
    """Return the first date that a line tells; the other lines' dates say whether the day is printed first."""
    if not lines:
        return None
    from cleaners.wire.dates import find_day_first, parse_date  # for articles that have one

    day_first = find_day_first(language, printed=lines)
    moments = (parse_date(line, day_first=day_first) for line in lines)
    return next((moment for moment in moments if moment is not None), None)


def _first_agency(texts: Sequence[str]) -> str | None:
    if not texts:
        return None
    from cleaners.wire.agencies import find_agency, source_agencies  # for articles that have one

    named = (agency for text in texts for agency in (find_agency(text), *source_agencies(text)) if agency)
    return next((agency.name for agency in named), None)


def _closing_agency(body: Sequence[Paragraph | Heading]) -> str | None:
    """Return the agency with which the story ends: "… on four continents. (Reuters)", "… tutti. (ANSA)."."""
    ends = (part.text[-_CLOSING:].rstrip(" .") for part in reversed(body[-_LAST:]))
    return next(filter(None, map(_ending_agency, ends)), None)


def _ending_agency(last: str) -> str | None:
    if not last.endswith((")", "]", "）")):
        signature = last.rpartition(". ")[2]  # EFE prints its name bare: "… el 1 de enero. EFE"
        head = signature.partition(" ")[0]  # PTI has its desk's initials behind its own: "PTI KRV DV"
        alone = (
            signature != last and signature.isupper() and (" " not in signature or len(signature) <= _DESK)
        )
        return _first_agency([head]) if alone else None
    start = max(last.rfind(bracket) for bracket in "([（")
    return _first_agency([last[start + 1 : -1].strip()]) if start >= 0 else None
