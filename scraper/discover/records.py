"""XML documents that are lists of records (feeds, sitemaps), read as a stream and without trusting them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.parsers import expat

from scraper.discover.named import LONGEST_TEXT
from scraper.errors import Bomb, NotAFeed

#: Bytes given to the parser at once. Before 2.6 expat starts over on a long token with every piece (CVE-2023-52425),
#: so pieces are not small; what is in memory of a document is a piece's tree, so they are not large.
STEP = 256 << 10
#: Elements within each other; no feed needs more than ten.
DEEPEST = 100
#: Elements in one document: fifty thousand pages, each with a picture or two, have a million.
MOST_ELEMENTS = 3_000_000
#: … and in one record: a page with a thousand pictures, which is the protocol's most, has five thousand.
MOST_IN_RECORD = 20_000
#: Where a record stands at the deepest: rss, channel, item, and one more for odd feeds.
DEEPEST_RECORD = 4

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: What is raised for a document that is not well-formed.
NOT_WELL_FORMED = (expat.ExpatError, ParseError)


class _RootSeen(Exception):
    pass


def read_records(
    pieces: Iterable[bytes], url: str, roots: Collection[str], records: Collection[str]
) -> Iterator[tuple[Element, str]]:
    """Yield each element whose name is one of `records`, with the address that its links are relative to.

    Raises, after all that came before the fault: `NotAFeed` when the root is none of `roots`, `Bomb` for declared
    entities (no list needs any, and every XML bomb is made of them) or elements without end, and
    what is in `NOT_WELL_FORMED`.

    >>> [item.findtext("a") for item, _ in read_records([b"<r><i><a>1</a></i></r>"], "", {"r"}, {"i"})]
    ['1']
    """
    pieces = iter(pieces)
    first = next(pieces, b"").lstrip(b" \t\r\n")
    _check_head(first, url, roots)
    bases = [url]
    open_elements: list[Element] = []
    record: Element | None = None
    began = 0
    for number, (event, element) in enumerate(_events(chain((first,), pieces))):
        if number > 2 * MOST_ELEMENTS or (record is not None and number - began > 2 * MOST_IN_RECORD):
            raise Bomb(url, "more elements than any list has")
        _, local = split_name(element)
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > DEEPEST:
                raise Bomb(url, "elements within elements without end")
            if record is None:
                bases.append(_joined(bases[-1], element.get(XML_BASE, "")))
                if local in records and len(open_elements) <= DEEPEST_RECORD:
                    record, began = element, number
            continue
        open_elements.pop()
        if element is record:
            yield record, bases[-1]
            record = None
        if record is None:
            bases.pop()
            if open_elements:
                open_elements[-1].clear()  # what was read is not kept


def split_name(element: Element) -> tuple[str, str]:
    """Return the namespace and the local name of an element.

    >>> split_name(Element("{http://www.w3.org/2005/Atom}entry")), split_name(Element("item"))
    (('http://www.w3.org/2005/Atom', 'entry'), ('', 'item'))
    """
    space, _, local = element.tag.rpartition("}")
    # in a document that was mended a prefix may be left without its namespace
    return space[1:], local.rpartition(":")[2]


def text_of(element: Element) -> str:
    """Return all text within an element, cut to what a link, a date or a title may have."""
    return "".join(element.itertext()).strip()[:LONGEST_TEXT]


def _joined(base: str, told: str) -> str:
    try:
        return urljoin(base, told)
    except ValueError:  # it is no address: browsers pass over it too
        return base


def _check_head(head: bytes, url: str, roots: Collection[str]) -> None:
    """Read what stands before the root, where alone entities can be declared, and the root's name."""
    parser = expat.ParserCreate()

    def refuse(*declaration: object) -> None:
        raise Bomb(url, "it declares XML entities")

    def see_root(name: str, attributes: object) -> None:
        if name.rpartition(":")[2] not in roots:
            raise NotAFeed(url, f"its root is <{name[:40]}>")
        raise _RootSeen

    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = see_root
    try:
        parser.Parse(head, False)
    except _RootSeen:
        return
    raise NotAFeed(url, "no element in it")


def _events(pieces: Iterable[bytes]) -> Iterator[tuple[str, Element]]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    for piece in pieces:
        for start in range(0, len(piece), STEP):
            parser.feed(piece[start : start + STEP])
            yield from parser.read_events()  # type: ignore[misc]
    fault: ParseError | None = None
    try:
        parser.close()
    except ParseError as error:
        fault = error
    yield from parser.read_events()  # type: ignore[misc]
    if fault is not None:
        raise fault
