"""Which network addresses may be connected to.

A feed is written by others, so an address in it may point at our own machines: `http://127.0.0.1/`,
`http://2130706433/`, a name that resolves to 10.0.0.7, or one that resolves to something else the second time. So
nothing is judged by its spelling: the check is made on the numbers that the connection is then opened to.
"""

from __future__ import annotations

import asyncio
import socket
import time
import tomllib
from collections.abc import Callable, Coroutine, Iterable
from functools import cache, lru_cache
from importlib.resources import files
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from scraper.errors import NameNotFound, RefusedAddress

#: The only part of IPv6 that is given out for the public net; all else is closed.
OPEN_V6 = IPv6Network("2000::/3")
MAPPED = IPv6Network("::ffff:0:0/96")
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")

#: Seconds for which a name's checked addresses are used again.
REMEMBER = 60.0

Lookup = Callable[[str, int], Coroutine[Any, Any, list[str]]]


@lru_cache(maxsize=4096)
def is_public(address: str) -> bool:
    """Return whether a numeric address is one of the public net's.

    >>> [is_public(a) for a in ("93.184.215.14", "127.0.0.1", "::ffff:10.0.0.1", "2606:2800::1", "fe80::1%eth0")]
    [True, False, False, True, False]
    """
    try:
        number = ip_address(address)
    except ValueError:
        return False
    if isinstance(number, IPv6Address):
        if number.scope_id:
            return False
        inner = _embedded_v4(number)
        if inner is None:
            return number in OPEN_V6 and not any(number in network for network in _closed("ipv6"))
        number = inner
    return not any(number in network for network in _closed("ipv4"))


@cache
def _closed(kind: str) -> list[IPv4Network | IPv6Network]:
    table = tomllib.loads(files("scraper.fetch").joinpath("closed_networks.toml").read_text("utf-8"))
    return [ip_network(network) for network in table[kind]]


def _embedded_v4(number: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a packet to this IPv6 address ends up at, if the kind of address says so."""
    if number in MAPPED or number in NAT64:
        return IPv4Address(int(number) & 0xFFFFFFFF)
    if number in SIX_TO_FOUR:
        return IPv4Address((int(number) >> 80) & 0xFFFFFFFF)
    return None


def allowed_by_name(allow_hosts: Iterable[str], host: str, port: int) -> bool:
    """Return whether a source allows this host though it may be private: as `host` or as `host:port`.

    >>> allowed_by_name(("127.0.0.1:8080",), "127.0.0.1", 8080), allowed_by_name(("127.0.0.1:8080",), "127.0.0.1", 80)
    (True, False)
    """
    name = f"[{host}]" if ":" in host else host
    return any(entry.lower() in (name, f"{name}:{port}", host) for entry in allow_hosts)


async def look_up(host: str, port: int) -> list[str]:
    """Return all numeric addresses of a host, from the system's resolver, IPv4 first; odd spellings too."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    # IPv4 first: where IPv6 is announced but broken, it is the connection to IPv6 that hangs
    found.sort(key=lambda entry: entry[0] != socket.AF_INET)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Resolves names to addresses that were checked, and remembers them for a minute."""

    def __init__(self, lookup: Lookup = look_up) -> None:
        self._lookup = lookup
        self._known: dict[tuple[str, int], tuple[float, list[str]]] = {}

    async def addresses(self, host: str, port: int, *, private: bool) -> list[str]:
        """Return the addresses to connect to. Raises `NameNotFound`, or `RefusedAddress` if any one is not public.

        One private address among public ones refuses the host: an honest name has no such mixture, and a
        dishonest one lives off it. `private` lifts the check for a host that the source allows by name.
        """
        known = self._known.get((host, port))
        if known is not None and known[0] > time.monotonic():
            found = known[1]
        else:
            found = await self._ask(host, port)
        if not private:
            for address in found:
                if not is_public(address):
                    raise RefusedAddress(host, f"{address} is not a public address")
        return found

    async def _ask(self, host: str, port: int) -> list[str]:
        try:
            found = [str(ip_address(host.strip("[]")))]
        except ValueError:
            try:
                found = await self._lookup(host, port)
            except (OSError, UnicodeError) as error:
                raise NameNotFound(host, str(error)) from None
        if not found:
            raise NameNotFound(host, "no address")
        if len(self._known) > 4096:
            self._known.clear()
        self._known[host, port] = (time.monotonic() + REMEMBER, found)
        return found
