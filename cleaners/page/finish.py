"""What a page says of itself and shows, added to the article that its blocks make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from cleaners.article import Article, Photo
from cleaners.blocks import TEXT_LABELS, Document, Label, Verdict
from cleaners.fields import read_fields
from cleaners.page.photos import read_photos
from cleaners.page.places import by_blocks
from cleaners.read.titles import squeezed

if TYPE_CHECKING:
    from cleaners.read.html import Page

#: Letters from which a block can be told in a caption that says more.
_TOLD: Final = 12


def find_photos(document: Document, verdicts: Sequence[Verdict]) -> tuple[Photo, ...]:
    """Return the photos of the page's article."""
    page = document.page
    if page is None:
        return ()
    body = [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    place = by_blocks(page.walk, body, _headline(page, body))
    return read_photos(page.tree, page.metadata, document.url, place)


def _headline(page: Page, body: Sequence[int]) -> int | None:
    """Return the number of the last block in a first-level heading before the body, or at its beginning."""
    tags, owners = page.walk.tags, page.walk.owners
    end = body[0] + 1 if body else len(owners)
    return next((i for i in range(end - 1, -1, -1) if tags[owners[i]] == "h1"), None)


def claim_captions(document: Document, verdicts: Sequence[Verdict], photos: Sequence[Photo]) -> list[Verdict]:
    """Return the verdicts with the blocks that the photos' captions and credits were read from marked as such."""
    if not photos:
        return list(verdicts)
    told = [squeezed(f"{photo.caption or ''} {photo.credit or ''}") for photo in photos]
    parts = {squeezed(part) for photo in photos for part in (photo.caption, photo.credit) if part}
    longest = 2 * max(map(len, told)) + 20
    claimed = list(verdicts)
    for i, block in enumerate(document.blocks):
        if len(block.text) > longest:
            continue
        text = squeezed(block.text)
        whole = text in parts
        if verdicts[i].label in TEXT_LABELS:
            mine = whole and len(text) >= _TOLD
        else:
            mine = whole or (len(text) >= _TOLD and any(text in one for one in told))
        if mine and text:
            claimed[i] = Verdict(Label.CAPTION, "photos.figure", 0.95)
    return claimed


def with_page(article: Article, document: Document, photos: Sequence[Photo]) -> Article:
    """Return the article with the page's metadata and photos.

    What the page says of itself comes before what its lines say, since it says it for machines; the photos that the
    markup shows come before those that lines alone tell of.
    """
    if document.page is None:
        return article
    told, fields = document.page.metadata, read_fields(document)
    return article._replace(
        title=told.title or article.title,
        authors=fields.authors or article.authors,
        published=fields.published or article.published,
        modified=fields.modified,
        agency=article.agency or fields.agency,
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
    photos = [photo._replace(printed=tuple(lines)) for photo, lines in zip(shown, printed, strict=True)]
    return tuple(sorted([*photos, *others], key=lambda photo: photo.position))
