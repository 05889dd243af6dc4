"""/.well-known/tdmrep.json: for which of its pages a site reserves the rights to mine text and data.

The protocol is that of a W3C community group (TDMRep, report of 10 May 2024): a list of objects that each have a
`location`, a path as robots.txt matches it, a `tdm-reservation`, 0 or 1, and perhaps a `tdm-policy`. What a page's own
header says comes before it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from protego import Protego

#: Where a site has it.
PATH = "/.well-known/tdmrep.json"
#: Entries that are read: no site has more of them.
_MOST = 1_000


class Reservation(NamedTuple):
    """That rights are reserved, and where it says on what conditions they can be had."""

    policy: str | None = None


def read_reservation(text: str, url: str) -> Reservation | None:
    """Return the reservation of an address's page in its site's file; None where there is none.

    The longest location that the address has counts, as in robots.txt.

    >>> text = '[{"location": "/news/", "tdm-reservation": 1, "tdm-policy": "https://a.test/p"}]'
    >>> read_reservation(text, "https://a.test/news/1"), read_reservation(text, "https://a.test/about")
    (Reservation(policy='https://a.test/p'), None)
    """
    lines, policies = _read(text)
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not lines or not _reserves(lines, path):
        return None
    longest = sorted(policies, key=len, reverse=True)
    return Reservation(next((policies[line] for line in longest if _reserves((line,), path)), None))


def _reserves(lines: tuple[str, ...], path: str) -> bool:
    return not _rules(lines).can_fetch(f"https://a.test{path}", "*")


@lru_cache(maxsize=2 * _MOST)
def _rules(lines: tuple[str, ...]) -> Protego:
    from protego import Protego  # for sites that have such a file

    return Protego.parse("\n".join(("User-agent: *", *lines)))


@lru_cache(maxsize=64)  # it is asked about each of a site's pages
def _read(text: str) -> tuple[tuple[str, ...], Mapping[str, str | None]]:
    """Return the lines that a robots.txt would have, and the policies of those that reserve."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return (), {}
    lines: list[str] = []
    policies: dict[str, str | None] = {}
    for entry in entries[:_MOST] if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or not isinstance(location := entry.get("location", "/"), str):
            continue
        path = "".join(location.split())
        if not path.isprintable():  # half a surrogate pair: no address has it
            continue
        reserved = str(entry.get("tdm-reservation")).strip() == "1"
        line = f"{'Disallow' if reserved else 'Allow'}: {path if path[:1] in ('/', '*') else '/' + path}"
        lines.append(line)
        if reserved:
            policy = entry.get("tdm-policy")
            policies[line] = policy if isinstance(policy, str) and policy.isprintable() else None
    return tuple(lines), policies
