"""The same pages over a store in PostgreSQL, which was copied from the file."""

from pathlib import Path

import pytest

from scraper import cli
from tests.scraper.web.conftest import Client

PAGES = (
    "/",
    "/source?name=harbour",
    "/articles",
    "/articles?source=river",
    "/articles?words=river",
    "/articles/1?edition=1",
    "/articles/1/page",
    "/articles/1/changes",
    "/rules",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_the_same(place: Path, address: str, page: str) -> None:
    assert cli.main(["migrate", str(place), address]) == 0
    other = Client(address)
    assert other.get(page).text == Client(place).get(page).text
