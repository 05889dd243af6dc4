"""No address on a private network is connected to, however it is written and whatever a name resolves to."""

import asyncio

import pytest

from scraper.errors import NameNotFound, RefusedAddress
from scraper.fetch.client import Client, Limits
from scraper.fetch.guard import Resolver, allowed_by_name, is_public
from scraper.sources import Source
from tests.scraper import faults
from tests.scraper.server import Web

LIMITS = Limits(connect=2, first_byte=2, total=4, tries=1)


@pytest.mark.parametrize(
    "address",
    [
        "93.184.215.14",
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "172.32.0.1",
        "2606:2800:21f:cb07::1",
        "2a00:1450::5",
        "::ffff:93.184.215.14",
        "64:ff9b::5db8:d70e",
        "2002:5db8:d70e::1",
    ],
)
def test_addresses_of_the_public_net_are_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "2001::1",
        "::ffff:127.0.0.1",
        "::ffff:a9fe:a9fe",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "fec0::1",
        "not an address",
        "",
    ],
)
def test_local_private_and_metadata_addresses_are_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]"]
)
def test_odd_spellings_of_loopback_are_refused_when_connecting(host: str) -> None:
    async def run() -> None:
        async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
            await client.fetch(f"http://{host}/", Source("odd", respect_robots=False))

    with pytest.raises(RefusedAddress):
        asyncio.run(run())


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "gopher://127.0.0.1:70/", "data:,x", "x"]
)
def test_only_http_and_https_are_fetched(url: str) -> None:
    async def run() -> None:
        async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
            await client.fetch(url, Source("odd"))

    with pytest.raises(RefusedAddress):
        asyncio.run(run())


def resolver(*answers: list[str]) -> Resolver:
    """A resolver whose name server gives these answers in turn, the last one for ever."""
    left = list(answers)

    async def lookup(host: str, port: int) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return Resolver(lookup)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.7"):
        asyncio.run(resolver(["93.184.215.14", "10.0.0.7"]).addresses("mixed.test", 80, private=False))


def test_a_name_without_an_address_is_not_found() -> None:
    with pytest.raises(NameNotFound):
        asyncio.run(resolver([]).addresses("nowhere.test", 80, private=False))


def test_the_connection_goes_to_the_address_that_was_checked_and_no_second_answer_is_asked_for() -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    with Web() as web:
        site = web.site("inside")

        async def run() -> None:
            # the name has no address in any real name server: only the checked answer can lead to the site
            source = Source("x", respect_robots=False, allow_hosts=("rebind.test",))
            async with Client(
                user_agent="wireclean/test", limits=LIMITS, pace=False, resolver=Resolver(lookup)
            ) as client:
                await client.fetch(f"http://rebind.test:{site.port}/", source)

        asyncio.run(run())
        assert asked == ["rebind.test"]
        assert site.asked[0].headers["host"] == f"rebind.test:{site.port}"


def test_a_name_that_resolves_to_loopback_is_refused() -> None:
    with Web() as web:
        site = web.site("inside")

        async def run() -> None:
            source = Source("x", respect_robots=False)
            inward = resolver(["127.0.0.1"])
            async with Client(
                user_agent="wireclean/test", limits=LIMITS, pace=False, resolver=inward
            ) as client:
                await client.fetch(f"http://rebind.test:{site.port}/", source)

        with pytest.raises(RefusedAddress):
            asyncio.run(run())
        assert site.asked == []


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data/", "http://localhost:{port}/", "http://127.1:{port}/secret"],
)
def test_a_redirect_to_a_private_address_is_not_followed(target: str) -> None:
    with Web() as web:
        site, inside = web.site("outside"), web.site("inside")
        site.on("/news", faults.redirect(target.format(port=inside.port)))

        async def run() -> None:
            async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
                await client.fetch(site.url("/news"), Source("x", allow_hosts=(site.address,)))

        with pytest.raises(RefusedAddress):
            asyncio.run(run())
        assert inside.asked == []


def test_what_one_source_allows_stays_closed_for_another() -> None:
    with Web() as web:
        site = web.site("inside")

        async def run() -> None:
            async with Client(user_agent="wireclean/test", limits=LIMITS, pace=False) as client:
                await client.fetch(site.url(), Source("mine", allow_hosts=(site.address,)))
                # an open connection to the very host is waiting in the pool now
                await client.fetch(site.url(), Source("other"))

        with pytest.raises(RefusedAddress):
            asyncio.run(run())
        assert site.paths() == ["/robots.txt", "/"]


def test_a_host_is_allowed_with_its_port_or_with_any() -> None:
    assert allowed_by_name(("intranet.example.org",), "intranet.example.org", 8443)
    assert allowed_by_name(("[::1]:80",), "::1", 80)
    assert not allowed_by_name(("intranet.example.org:80",), "intranet.example.org", 8443)
    assert not allowed_by_name(("example.org",), "intranet.example.org", 80)
