"""The cleaning process: pages come in on standard input, articles go out on standard output, until the input ends.

It runs beside the fetching process (`scraper.cleaning` starts it), so that cleaning has a core of its own
and a page that crashes, hangs or swells the parser costs that page alone. Each message is its length (four
bytes) and a pickle; both ends are this program, the pages within are bytes.
"""

from __future__ import annotations

import pickle
import signal
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from cleaners.article import Article
    from cleaners.options import Options
    from scraper.refusal import Refusal

#: What stands before each message.
LENGTH = struct.Struct(">I")
#: Bytes of address space; a page that asks for more fails with a MemoryError.
MEMORY = 2 << 30
#: Measured on 300 news pages of 54 kB on average: level 3 packs to 23 % in 0.2 ms a page, level 9 to 21 % in 0.9 ms;
#: zlib at its usual level packs to 23 % in 1.0 ms.
ZSTD_LEVEL = 3


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page's article, ready for the shelf: as an object and as JSON, and the page's body as zstd.

    `refusals` are what speaks against keeping it.
    """

    article: Article
    json: str
    packed: bytes
    size: int
    cleaner: str
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a page could not be cleaned, and the way through the cleaner to it."""

    detail: str
    trace: str


def main() -> None:
    """Clean until standard input ends."""
    for number in (signal.SIGINT, signal.SIGTERM):  # the fetching process decides when to end
        signal.signal(number, signal.SIG_IGN)
    _limit_memory()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a stray print must not break into the messages
    while (message := _receive(source)) is not None:
        try:
            answer: object = judge(*pickle.loads(message))
        except Exception as error:
            from traceback import format_exc  # for faults, of which there should be none

            answer = Fault(f"{type(error).__name__}: {error}"[:500], format_exc()[-20_000:])
        target.write(message_of(answer))
        target.flush()


def judge(body: bytes, options: Options) -> Cleaned:
    """Return a page cleaned and packed; what is no page at all, or cannot be read, has a refusal and no article."""
    from cleaners.article import Article  # for processes that clean
    from cleaners.errors import NotText, TooLarge, UnreadableEncoding  # for processes that clean
    from scraper.refusal import Refusal  # for processes that clean

    try:
        return wash(body, options)
    except (NotText, TooLarge, UnreadableEncoding) as error:
        return Cleaned(Article(), "", b"", len(body), "", (Refusal("not-a-page", str(error)),))


def wash(body: bytes, options: Options) -> Cleaned:
    """Return a page cleaned and packed. Raises NotText, TooLarge or UnreadableEncoding."""
    import json  # for processes that clean

    import zstandard  # for processes that clean

    from cleaners import (  # the fetching process, which imports this module, cleans nothing
        __version__,
        clean_html,
    )
    from scraper.addresses import same_site  # for processes that clean
    from scraper.refusal import refusals_of  # for processes that clean

    article = clean_html(body, options)
    if article.url and options.url and not same_site(article.url, options.url):
        article = article._replace(url=options.url)  # nobody speaks for another
    return Cleaned(
        article=article,
        json=json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":")),
        packed=zstandard.compress(body, ZSTD_LEVEL),
        size=len(body),
        cleaner=__version__,
        refusals=tuple(refusals_of(body, article, options.charset)),
    )


def message_of(value: object) -> bytes:
    """Return a value as it is sent from one process to the other."""
    packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(packed)) + packed


def _receive(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    return source.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _limit_memory() -> None:
    try:
        import resource  # for processes that clean
    except ImportError:  # Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (limit, most))
