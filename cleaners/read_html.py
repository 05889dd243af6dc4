"""A page to a document: one parse, one walk, a block for each block-level element that holds text."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborHTMLParser

from cleaners.blocks import Block, Document, Label
from cleaners.errors import NotText
from cleaners.page.decode import decode_page
from cleaners.page.metadata import Metadata, read_metadata
from cleaners.page.script_state import state_page
from cleaners.page.tame import tame
from cleaners.page.walk import STRIPPED, Walk, walk_page

#: Pages are read up to this size; the longest articles are a hundredth of it.
MAX_CHARACTERS = 120_000_000
#: A page that prints fewer characters may carry its article unprinted.
_BARE = 600


@dataclass(frozen=True, slots=True)
class Page:
    """What only a page has: its tree, the elements that its blocks stand in, and what it says of itself."""

    tree: LexborHTMLParser
    walk: Walk
    metadata: Metadata
    source: str


def read_html(html: bytes | str, *, url: str | None = None, charset: str | None = None) -> Document:
    """Return the document that a page is: `document.page` holds what only pages have.

    `url` is where the page was found, `charset` what its HTTP header said of its encoding. Raises NotText for bytes
    that are no page at all (a PDF, an image); any text is a page, if perhaps one without blocks.

    >>> document = read_html(b"<title>Rain</title><p>It rained<br>in Kyiv.")
    >>> [block.text for block in document.blocks], document.page.metadata.title
    (['It rained', 'in Kyiv.'], 'Rain')
    """
    if isinstance(html, bytes):
        from cleaners.read_text import refuse_binary

        refuse_binary(html)
        html = decode_page(html, charset)
    if len(html) > MAX_CHARACTERS:
        raise NotText(f"longer than {MAX_CHARACTERS:,} characters")
    if "\x00" in html:
        html = html.replace("\x00", "")
    html = tame(html)  # once for all who parse it: here, where scripts are looked through, and trafilatura
    tree = LexborHTMLParser(html)
    metadata = read_metadata(tree, url)
    tree.strip_tags(STRIPPED)
    walk = walk_page(tree)
    if sum(map(len, walk.texts)) < _BARE:
        tree, walk = _unprinted(html, metadata, tree, walk)
    blocks = [Block(text, number) for number, text in enumerate(walk.texts, 1)]
    return Document(
        blocks, language=metadata.language, url=metadata.url or url, page=Page(tree, walk, metadata, html)
    )


def _unprinted(
    html: str, metadata: Metadata, tree: LexborHTMLParser, walk: Walk
) -> tuple[LexborHTMLParser, Walk]:
    """Return tree and walk of an article that the page does not print but carries, for its scripts or for machines."""
    told = metadata.article_body
    page = "".join(f"<p>{escape(line)}</p>" for line in told.splitlines()) if told else state_page(html)
    if not page or len(page) < sum(map(len, walk.texts)):
        return tree, walk
    carried = LexborHTMLParser(tame(page))
    carried.strip_tags(STRIPPED)
    return carried, walk_page(carried)


_HINTS = {"figcaption": Label.CAPTION, "h1": Label.TITLE} | {
    f"h{level}": Label.HEADING for level in range(2, 7)
}


def set_paths(document: Document) -> None:
    """Give the blocks of a page their tag paths and what their tags say outright; for those who show or compare them.

    >>> document = read_html("<article class=story><h2>Rain</h2></article>")
    >>> set_paths(document)
    >>> document.blocks[0].path, document.blocks[0].hint.value
    ('body/article.story/h2', 'heading')
    """
    walk: Walk = document.page.walk
    for block, path, owner in zip(document.blocks, tag_paths(walk), walk.owners, strict=True):
        block.path = path
        block.hint = _HINTS.get(walk.tags[owner])


def tag_paths(walk: Walk) -> list[str]:
    """Return for each block the path of tags to it, with each element's first class.

    >>> tag_paths(read_html("<div class='story wide'><p>It rained.").page.walk)
    ['body/div.story/p']
    """
    paths: list[str] = []
    for tag, attributes, parent in zip(walk.tags, walk.attributes, walk.parents, strict=True):
        names = (attributes.get("class") or "").split()
        name = f"{tag}.{names[0]}" if names else tag
        paths.append(f"{paths[parent]}/{name}" if parent >= 0 else name)
    return [paths[owner] if owner >= 0 else "" for owner in walk.owners]
