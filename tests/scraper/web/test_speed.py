"""Pages of a large store come at once."""

import os
import random
import statistics
import time
from pathlib import Path

import pytest

from scraper.store.protocol import Arrival
from tests.scraper.store.shelved import article, cleaned, page, remember
from tests.scraper.web.conftest import Client
from tests.scraper.web.shelf import Shelf

#: Articles in the store; in the long form as many as a newsroom's of a year.
ARTICLES = 20_000 if os.environ.get("STRESS") else 1000
#: Seconds that a page may take.
MOST = 0.1
_WORDS = (
    "harbour dam river plan rain officials villages storm council vote results summer bread boats".split()
)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    chosen = random.Random(1)
    shelf = Shelf(tmp_path_factory.mktemp("large") / "wire.db")
    for number in range(20):
        shelf.run(f"source-{number}")
    for first in range(0, ARTICLES, 100):
        arrivals = []
        for number in range(first, first + 100):
            source, url = f"source-{number % 20}", f"https://example.org/{number % 20}/{number}"
            lines = [" ".join(chosen.choices(_WORDS, k=40)) for _ in range(15)]
            made = article(*lines, title=f"Story {number}", removed=[f"Item {item}" for item in range(40)])
            remember(shelf.store, source, url)
            [waiting] = shelf.store.addresses.claim(source, 1)
            arrivals.append(Arrival(waiting, page(url), cleaned(made)))
        shelf.store.articles.keep(arrivals)
    shelf.store.close()
    return shelf.path


@pytest.mark.speed
def test_every_page_of_a_large_store_comes_at_once(large: Path) -> None:
    client, slow = Client(large), {}
    for address in (
        "/", "/source?name=source-3", "/articles", "/articles?source=source-3", "/articles?words=harbour+dam",
        "/articles?words=dam&most=100", "/articles/7", "/articles/7/page", "/articles/7/changes", "/rules",
        "/rules?source=source-4",
    ):  # fmt: skip
        took = []
        for _ in range(7):
            begun = time.perf_counter()
            assert client.get(address).status_code == 200
            took.append(time.perf_counter() - begun)
        slow[address] = statistics.median(took)
    assert {address: seconds for address, seconds in slow.items() if seconds > MOST} == {}
