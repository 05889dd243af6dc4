"""A page to a document: one parse, one walk, a block for each block-level element that holds text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleaners.blocks import Block, Document, Markup
from cleaners.errors import TooLarge, wrong_type
from cleaners.options import DEFAULT, Options
from cleaners.read.decode import MOST_BYTES, encode_page, refuse_binary, too_large
from cleaners.read.metadata import Metadata, absolute, read_metadata
from cleaners.read.script_state import state_page
from cleaners.read.tame import tame
from cleaners.read.walk import Walk, walk_page

#: A page that prints fewer characters may carry its article unprinted.
_BARE = 600
_BASE = re.compile(rb"<base\s", re.IGNORECASE)
_FRAMELESS = re.compile(rb"<noframes[^>]{0,200}>", re.IGNORECASE)
_FRAMELESS_END = re.compile(rb"</noframes", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What only a page has: its tree, the elements that its blocks stand in, and what it says of itself.

    `base` is the address that its links are relative to, where it names one.
    """

    tree: LexborHTMLParser
    walk: Walk
    metadata: Metadata
    source: bytes
    base: str | None = None


def read_html(html: bytes | str, options: Options = DEFAULT) -> Document:
    """Return the document that a page is: `document.page` holds what only pages have.

    What the page says of itself comes before the option `url`, where it was found, and after the option `language`.
    Raises NotText for bytes that are no page at all (a PDF, an image), and TooLarge; any other text is a page, if
    perhaps one without blocks.

    >>> document = read_html(b"<title>Rain</title><p>It rained<br>in Kyiv.")
    >>> [block.text for block in document.blocks], document.page.metadata.title
    (['It rained', 'in Kyiv.'], 'Rain')
    """
    page = parse_page(html, url=options.url, charset=options.charset)
    told = page.metadata
    language, url = options.language or told.language, told.url or options.url
    return Document(read_blocks(page.walk), language, url, page, options.repeated)


def parse_page(html: bytes | str, *, url: str | None = None, charset: str | None = None) -> Page:
    """Return the tree of a page, its walk and its metadata; raises what `read_html` raises.

    >>> parse_page("<title>Rain</title><p>It rained<br>in Kyiv.").walk.texts
    ['It rained', 'in Kyiv.']
    """
    if isinstance(html, bytearray | memoryview):
        html = bytes(html)
    if isinstance(html, bytes):
        refuse_binary(html)
    elif not isinstance(html, str):
        raise wrong_type("a page", "bytes or a str", html)
    if len(html) > MOST_BYTES:
        raise TooLarge(too_large("bytes" if isinstance(html, bytes) else "characters"))
    source = encode_page(html, charset)
    source = tame(
        source
    )  # once for all who parse it: here, where scripts are looked through, and trafilatura
    tree = parse(source)
    metadata, base = read_metadata(tree, url), read_base(tree, url) if _BASE.search(source) else None
    walk = walk_page(tree)
    if sum(map(len, walk.texts)) < _BARE:
        tree, walk = _unprinted(source, metadata, tree, walk)
    return Page(tree, walk, metadata, source, base)


def read_blocks(walk: Walk) -> list[Block]:
    """Return a page's blocks, each with what its markup says of it."""
    tags, path = [*walk.tags, ""], walk.path  # a block that stands in no element has the number -1
    told = zip(walk.texts, walk.owners, walk.link_chars, strict=True)
    return [
        Block(text, number, Markup(tags[owner], owner, min(links / len(text), 1.0) if links else 0.0, path))
        for number, (text, owner, links) in enumerate(told, 1)
    ]


def _unprinted(
    source: bytes, metadata: Metadata, tree: LexborHTMLParser, walk: Walk
) -> tuple[LexborHTMLParser, Walk]:
    """Return tree and walk of an article that the page does not print but carries: for its scripts, for machines, or
    for browsers without frames.
    """
    told = metadata.article_body
    page = "".join(f"<p>{escape(line)}</p>" for line in told.splitlines()) if told else None
    page = page or state_page(source) or frameless_page(source)
    if not page or len(page) < sum(map(len, walk.texts)):
        return tree, walk
    carried = parse(tame(encode_page(page)))
    return carried, walk_page(carried)


def read_base(tree: LexborHTMLParser, url: str | None) -> str | None:
    """Return the address that a page's links are relative to, if it names one (`<base href>`).

    >>> read_base(parse(b"<base href='/archive/'>"), "https://example.org/news/1")
    'https://example.org/archive/'
    """
    node = tree.css_first("base[href]")
    return absolute(node.attributes.get("href"), url) if node is not None else None


def frameless_page(source: bytes) -> str:
    """Return the page that a page of frames has for browsers that show none; an empty string where there is none.

    >>> frameless_page(b"<frameset><frame src=a><noframes><p>It rained.</noframes></frameset>")
    '<p>It rained.'
    """
    found = _FRAMELESS.search(source)
    if found is None:
        return ""
    end = _FRAMELESS_END.search(source, found.end())
    return source[found.end() : end.start() if end else None].decode()


def parse(source: bytes) -> LexborHTMLParser:
    """Return the tree of a page; nobody listens for its changes, which makes it quicker to build."""
    return LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)
