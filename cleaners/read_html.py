"""A page to a document: one parse, one walk, a block for each block-level element that holds text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborHTMLParser

from cleaners.blocks import Block, Document, Markup
from cleaners.errors import NotText
from cleaners.page.decode import decode_page
from cleaners.page.script_state import state_page
from cleaners.page.tame import tame
from cleaners.page.walk import STRIPPED, Walk, walk_page
from cleaners.read.metadata import Metadata, read_metadata

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


def read_html(
    html: bytes | str,
    *,
    url: str | None = None,
    charset: str | None = None,
    repeated: Mapping[str, int] | None = None,
) -> Document:
    """Return the document that a page is: `document.page` holds what only pages have.

    `url` is where the page was found, `charset` what its HTTP header said of its encoding, `repeated` the lines that
    its site repeats. Raises NotText for bytes
    that are no page at all (a PDF, an image); any text is a page, if perhaps one without blocks.

    >>> document = read_html(b"<title>Rain</title><p>It rained<br>in Kyiv.")
    >>> [block.text for block in document.blocks], document.page.metadata.title
    (['It rained', 'in Kyiv.'], 'Rain')
    """
    page = parse_page(html, url=url, charset=charset)
    metadata = page.metadata
    return Document(_blocks(page.walk), metadata.language, metadata.url or url, page, repeated)


def parse_page(html: bytes | str, *, url: str | None = None, charset: str | None = None) -> Page:
    """Return the tree of a page, its walk and its metadata; raises what `read_html` raises.

    >>> parse_page("<title>Rain</title><p>It rained<br>in Kyiv.").walk.texts
    ['It rained', 'in Kyiv.']
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
    return Page(tree, walk, metadata, html)


def _blocks(walk: Walk) -> list[Block]:
    tags, paths = walk.tags, Paths(walk)
    told = zip(walk.texts, walk.owners, walk.link_chars, strict=True)
    return [
        Block(
            text, number, Markup(tags[owner] if owner >= 0 else "", owner, min(links / len(text), 1.0), paths)
        )
        for number, (text, owner, links) in enumerate(told, 1)
    ]


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


class Paths:
    """The paths of tags to a page's elements, each made once, when it is asked for."""

    __slots__ = ("_made", "_walk")

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._made: list[str] = []

    def __call__(self, number: int) -> str:
        """Return the path to an element: the tags around it and its own, each with its first class.

        >>> Paths(read_html("<div class='story wide'><p>It rained.").page.walk)(2)
        'body/div.story/p'
        """
        walk, made = self._walk, self._made
        if not made:
            for tag, attributes, parent in zip(walk.tags, walk.attributes, walk.parents, strict=True):
                names = (attributes.get("class") or "").split()
                name = f"{tag}.{names[0]}" if names else tag
                made.append(f"{made[parent]}/{name}" if parent >= 0 else name)
        return made[number] if number >= 0 else ""
