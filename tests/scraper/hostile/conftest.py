"""A play for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scraper.hostile.play import Here, Play
from tests.scraper.server import Web


@pytest.fixture
def play(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Play]:
    """A stage with a web of its own."""
    monkeypatch.setattr("scraper.session.CleaningPool", Here)
    with Web() as web:
        yield Play(tmp_path, web)
