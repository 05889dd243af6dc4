"""OPML, the lists of feeds that readers of feeds exchange, as sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import ParseError, iterparse

from scraper.addresses import host_of, normalise, split_login
from scraper.errors import SourcesError
from scraper.sources import Source
from scraper.terminal import one_line

#: Bytes; a list of ten thousand feeds has two megabytes.
LARGEST = 16 << 20
#: Folders within each other.
DEEPEST = 100


def read_opml(path: Path, there: Iterable[Source] = ()) -> list[Source]:
    """Return a source for each feed of the file whose address no source `there` has, under a name none of them has.

    Raises SourcesError for a file that cannot be read, is no OPML, or declares entities, which no such list needs.
    """
    there = list(there)
    feeds = {feed for source in there for feed in source.feeds}
    names = {source.name for source in there}
    found = []
    for title, feed in _outlines(path):
        address = normalise(feed)
        if address is None or split_login(feed)[0] in feeds or address in feeds:
            continue
        name = _free_name(one_line(title) or host_of(address), names)
        # as it is written there: a login is parted from it by the source
        found.append(Source(name, feeds=(feed.strip(),)))
        feeds |= {address, *found[-1].feeds}
        names.add(name)
    return found


def _outlines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the title and the address of each feed."""
    try:
        body = path.read_bytes()
    except OSError as error:
        raise SourcesError(path, None, None, f"cannot be read: {error.strerror}") from None
    if len(body) > LARGEST or b"<!ENTITY" in body.replace(b"\0", b"").upper():
        raise SourcesError(path, None, None, "is too large for a list of feeds, or declares entities")
    depth = 0
    try:
        for event, element in iterparse(BytesIO(body.lstrip()), ("start", "end")):
            depth += 1 if event == "start" else -1
            if depth == 1 and event == "start" and element.tag.lower() != "opml":
                raise SourcesError(path, None, None, f"is no OPML: its root is <{element.tag[:40]}>")
            if depth > DEEPEST:
                raise SourcesError(path, None, None, "has folders within folders without end")
            if event == "start" and element.tag.lower() == "outline":
                said = {name.lower(): value for name, value in element.items()}
                if said.get("xmlurl"):
                    yield said.get("title") or said.get("text") or "", said["xmlurl"]
    except ParseError as error:
        raise SourcesError(path, error.position[0], None, f"is no OPML: {error}") from None


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, with a number when it is taken.

    >>> _free_name("Harbour", {"Harbour", "Harbour 2"})
    'Harbour 3'
    """
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} {number}"
    return free
