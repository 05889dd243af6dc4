"""A play for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scraper.hostile.play import Play
from tests.scraper.server import Web


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """A stage with a web of its own."""
    with Web() as web:
        yield Play(tmp_path, web)
