"""The fetcher's client alone: `python -m benchmarks.client` fetches pages of 50 local hosts, pace off, and keeps none.

The sites are served by another process. What counts is requests per second of this process's own processor time:
the bar is 600, so that half a core is enough for the 150 articles a second of the whole fetcher and leaves the rest
to the cleaning.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import time

from scraper.fetch.client import Client, user_agent
from scraper.sources import Source
from tests.scraper.wire_site import Newsroom

BAR = 600


async def fetch_all(sites: dict[str, str], articles: int) -> None:
    """Fetch every article of every site, two at a time from each."""

    async def one_of_two(client: Client, name: str, address: str, first: int) -> None:
        newsroom, source = Newsroom(name, articles), Source(name, allow_hosts=(address,))
        for number in range(first, articles + 1, 2):
            await client.fetch(f"http://{address}{newsroom.path(number)}", source)

    async with Client(user_agent=user_agent(), pace=False) as client:
        await asyncio.gather(
            *(one_of_two(client, *site, first) for site in sites.items() for first in (1, 2))
        )


def main() -> None:
    """Serve, fetch, print; the exit code is 1 below the bar."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sites", type=int, default=50)
    options.add_argument("--articles", type=int, default=100)
    chosen = options.parse_args()
    command = [sys.executable, "-m", "tests.scraper.server"]
    command += ["--sites", str(chosen.sites), "--articles", str(chosen.articles)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        sites = json.loads(server.stdout.readline())
        asyncio.run(fetch_all(dict(list(sites.items())[:1]), 2))  # imports and warm-up
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
        asyncio.run(fetch_all(sites, chosen.articles))
        seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    requests = chosen.sites * chosen.articles
    rate = requests / processor
    print(
        f"{requests} requests in {seconds:.1f} s: {requests / seconds:.0f}/s, {rate:.0f} per processor second"
    )
    print(
        f"peak memory {after.ru_maxrss / 1024:.0f} MB; the bar of {BAR}/s is {'met' if rate >= BAR else 'missed'}"
    )
    sys.exit(rate < BAR)


if __name__ == "__main__":
    main()
