"""Photos of a page's article: caption, credit, photographer, agency, address, and the blocks they were made from.

The search starts from figures and images. A figure's texts are its own; an image outside figures takes the text of
the smallest element around it, when that text says by its markup, by its credit or by the image's own description
that it is the image's caption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import Final

from selectolax.lexbor import LexborNode

from cleaners.blocks import TEXT_LABELS, Document, Figure, Label, Verdict
from cleaners.photos.boxes import Boxes, elements_around
from cleaners.photos.images import stem
from cleaners.photos.lines import merge_repeated
from cleaners.photos.texts import make_photo
from cleaners.read.metadata import Image
from cleaners.read.walk import Walk
from cleaners.wire.credit_parts import without_labels

MOST_IMAGES: Final = 300
#: A kicker, a breadcrumb and the byline, so many blocks, may stand between a lead photo and the headline below it.
_ABOVE_HEADLINE: Final = 8
#: … and so many between a lead photo and the story, where no headline is found.
_NO_HEADLINE: Final = 16
#: Blocks of a photo's own lines behind the last paragraph.
_BELOW: Final = 3
_NEAR: Final = 8
#: Characters of a caption that is not printed twice by chance.
_LONG_ENOUGH: Final = 12
#: What the blocks of a figure's caption and credit are.
_CLAIMED: Final = Verdict(Label.CAPTION, "photos.figure", 0.95)


def claim_figures(
    document: Document, verdicts: Sequence[Verdict], said: Mapping[int, Verdict] = MappingProxyType({})
) -> list[Verdict]:
    """Return the verdicts with the blocks of the page's photos marked as captions; set `document.figures`.

    `said` are the verdicts of rules of one's own, by the blocks' places: these stay, and what such a rule cuts makes no
    photo by itself.

    >>> from cleaners.read.html import read_html
    >>> document = read_html("<h1>Storm</h1><p>It rained.<figure><img src=/a.jpg><figcaption>Waves at the pier.")
    >>> [verdict.rule for verdict in claim_figures(document, [Verdict(Label.BODY, "test")] * 3)]
    ['test', 'test', 'photos.figure']
    """
    figures = find_figures(document, verdicts)
    claimed = list(verdicts)
    if said:
        cut = {i for i, verdict in said.items() if verdict.label not in TEXT_LABELS}
        figures = [figure for figure in figures if not figure.blocks or not cut.issuperset(figure.blocks)]
    owners = {i: number for number, figure in enumerate(figures) for i in figure.blocks}
    blocks: list[list[int]] = [[] for _ in figures]
    for i in sorted(owners):
        claimed[i] = _CLAIMED
        blocks[owners[i]].append(i)
    document.figures = [
        figure._replace(blocks=tuple(own)) for figure, own in zip(figures, blocks, strict=True)
    ]
    for i, verdict in said.items():
        claimed[i] = verdict
    return claimed


def find_figures(document: Document, verdicts: Sequence[Verdict]) -> list[Figure]:
    """Return the photos of the page's article in page order; those without caption and credit are left out.

    What JSON-LD says of an image fills what the page does not print.

    >>> from cleaners.options import Options
    >>> from cleaners.read.html import read_html
    >>> document = read_html("<h1>Storm</h1><p>It rained.<figure><img src=/a.jpg><figcaption>Waves at the pier. "
    ...     "<span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure>", Options(url="https://example.org/storm"))
    >>> [figure] = find_figures(document, [Verdict(Label.BODY, "test")] * 3)
    >>> figure.photo.caption, figure.photo.photographer, figure.photo.url, figure.before, figure.blocks
    ('Waves at the pier.', 'Jane Doe', 'https://example.org/a.jpg', 2, (2,))
    """
    page = document.page
    if page is None:
        return []
    inside = _article_range(
        page.walk, [i for i, verdict in enumerate(verdicts) if verdict.label in TEXT_LABELS]
    )
    boxes = Boxes(document)
    pictures = _innermost(page.walk.pictures[:MOST_IMAGES])
    figures = [boxes.read(node, before) for before, node in pictures if before in inside]
    merged = merge_repeated([figure for figure in figures if figure])
    return _with_told(_with_repeats(document, merged), page.metadata.image)


def _article_range(walk: Walk, body: Sequence[int]) -> range:
    """Return before which blocks an article's photos stand: from a little above its headline to its last paragraph.

    `body` are the numbers (from 0, rising) of the blocks that are its text.
    """
    total = len(walk.owners)
    first, last = (body[0], body[-1] + _BELOW) if body else (total - 1, total)
    tags = (walk.tags[owner] for owner in walk.owners[first::-1])
    headline = next((first - i for i, tag in enumerate(tags) if tag == "h1"), None)
    nearest = first - _NO_HEADLINE if body else 0
    return range(min(nearest if headline is None else headline - _ABOVE_HEADLINE, first), last + 1)


def _innermost(pictures: Sequence[tuple[int, LexborNode]]) -> list[tuple[int, LexborNode]]:
    """Return the innermost figures, and all images, in page order."""
    outer: set[int] = set()
    for _, node in reversed(pictures):
        if node.tag == "figure" and node.mem_id not in outer:
            outer.update(
                above.mem_id for above in islice(elements_around(node), _NEAR) if above.tag == "figure"
            )
    return [picture for picture in pictures if picture[1].mem_id not in outer]


def _with_repeats(document: Document, figures: list[Figure]) -> list[Figure]:
    """Return the figures with the blocks that print their whole caption once more, as for another screen."""
    printed: dict[str, int] = {}
    for number, figure in enumerate(figures):
        caption = figure.photo.caption or ""
        if len(caption) >= _LONG_ENOUGH:
            printed.setdefault(caption[:_LONG_ENOUGH], number)
    for i, block in enumerate(document.blocks) if printed else ():
        number = printed.get(block.text[:_LONG_ENOUGH], -1)
        if number < 0 or (block.markup and block.markup.level) or i in figures[number].blocks:
            continue
        caption, credit = figures[number].photo.caption or "", figures[number].photo.credit
        rest = block.text.removeprefix(caption)
        if rest and (rest == block.text or not credit or without_labels(rest) != credit):
            continue
        figures[number] = figures[number]._replace(blocks=(*figures[number].blocks, i))
    return figures


def _with_told(figures: list[Figure], image: Image | None) -> list[Figure]:
    """Return the figures, and in front the lead photo that only the page's metadata describe with a credit."""
    if image is None:
        return figures
    photo = make_photo(image.caption or "", image.credit or "")
    if photo is None or not photo.credit or (photo.caption is None and figures):
        return figures
    shown = any(
        stem(other.photo.url) == stem(image.url) or other.photo.caption == photo.caption for other in figures
    )
    return figures if shown else [Figure(photo._replace(url=image.url, width=image.width)), *figures]
