"""What a page says of itself and shows, added to the article that its blocks make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborNode

from cleaners.article import Article, Photo
from cleaners.blocks import TEXT_LABELS, Document, Label, Verdict
from cleaners.page.photos import read_photos
from cleaners.page.places import Place
from cleaners.page.titles import squeezed

if TYPE_CHECKING:
    from cleaners.read_html import Page

#: A lead photo stands above the article's first block: so many blocks before it are still the article's.
_ABOVE: Final = 14
_BELOW: Final = 3
_CLIMB: Final = 12  # elements above an image until one is found that the walk knows


def find_photos(document: Document, verdicts: Sequence[Verdict]) -> tuple[Photo, ...]:
    """Return the photos of the page's article."""
    page: Page = document.page
    return read_photos(page.tree, page.metadata, document.url, _place_among(page, verdicts))


def _place_among(page: Page, verdicts: Sequence[Verdict]) -> Place:
    """Return a function that says how many body blocks stand before an element; None outside the article."""
    before = [0]
    for verdict in verdicts:
        before.append(before[-1] + (verdict.label in TEXT_LABELS))
    total = before[-1]
    first = next((i for i, count in enumerate(before) if count), 1) - 1
    last = next((i for i, count in enumerate(before) if count == total), 0)
    elements, starts = page.walk.elements, page.walk.starts

    def place(node: LexborNode) -> int | None:
        above: LexborNode | None = node
        for _ in range(_CLIMB):
            if above is None:
                return None
            element = elements.get(above.mem_id)
            if element is not None:
                at = starts[element]
                return before[min(at, len(before) - 1)] if first - _ABOVE <= at <= last + _BELOW else None
            above = above.parent
        return None

    return place


def claim_captions(document: Document, verdicts: Sequence[Verdict], photos: Sequence[Photo]) -> list[Verdict]:
    """Return the verdicts with the blocks that the photos' captions and credits were read from marked as such."""
    told = [squeezed(f"{photo.caption or ''} {photo.credit or ''}") for photo in photos]
    parts = {squeezed(part) for photo in photos for part in (photo.caption, photo.credit) if part}
    claimed = list(verdicts)
    for i, block in enumerate(document.blocks):
        if verdicts[i].label in TEXT_LABELS and len(block.text) < 12:
            continue
        text = squeezed(block.text[:400])
        if text and (text in parts or (len(text) >= 12 and any(text in one for one in told))):
            claimed[i] = Verdict(Label.CAPTION, "photos.figure", 0.95)
    return claimed


def with_page(article: Article, document: Document, photos: Sequence[Photo]) -> Article:
    """Return the article with the page's metadata and photos.

    What the page says of itself comes before what its lines say, since it says it for machines; the photos that the
    markup shows come before those that lines alone tell of.
    """
    told = document.page.metadata
    return replace(
        article,
        title=told.title or article.title,
        authors=told.authors or article.authors,
        published=told.published or article.published,
        modified=told.modified,
        agency=article.agency or told.agency,
        language=article.language or told.language,
        photos=_merge(photos, article.photos),
        section=told.section,
        keywords=told.keywords,
        url=told.url or article.url,
        site_name=told.site_name,
        paywalled=told.paywalled,
    )


def _merge(shown: Sequence[Photo], told: Sequence[Photo]) -> tuple[Photo, ...]:
    """Give each photo that the markup shows the lines it was read from; add the photos of which only lines tell."""
    keys = [squeezed(f"{photo.caption or ''} {photo.credit or ''}") for photo in shown]
    printed: list[list[str]] = [[] for _ in shown]
    others: list[Photo] = []
    for photo in told:
        key = squeezed(photo.caption or photo.credit or "")
        at = next((i for i, known in enumerate(keys) if key and key in known), None)
        if at is None:
            others.append(photo)
        else:
            printed[at] += photo.printed
    photos = [replace(photo, printed=tuple(lines)) for photo, lines in zip(shown, printed, strict=True)]
    return tuple(sorted([*photos, *others], key=lambda photo: photo.position))
