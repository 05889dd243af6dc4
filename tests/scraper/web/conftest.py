"""The pages of a store, asked for without a network."""

from __future__ import annotations

from pathlib import Path

import anyio
import httpx
import pytest
from starlette.types import ASGIApp

from scraper.web.app import make_app
from tests.scraper.web.shelf import fill


class Client:
    """Asks an application, as httpx asks a server."""

    def __init__(self, place: Path | str, rules: Path | None = None) -> None:
        self._app: ASGIApp = make_app(place, rules)

    def get(self, address: str, headers: dict[str, str] | None = None) -> httpx.Response:
        return self.request("GET", address, headers)

    def post(self, address: str, said: dict[str, str], headers: dict[str, str]) -> httpx.Response:
        return self.request("POST", address, headers, said)

    def request(
        self,
        method: str,
        address: str,
        headers: dict[str, str] | None = None,
        said: dict[str, str] | None = None,
    ) -> httpx.Response:
        async def ask() -> httpx.Response:
            way = httpx.ASGITransport(self._app)
            async with httpx.AsyncClient(transport=way, base_url="http://localhost:8765") as client:
                return await client.request(method, address, headers=headers, data=said)

        return anyio.run(ask)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "wire.db"
    fill(path)
    return path


@pytest.fixture
def client(place: Path) -> Client:
    return Client(place)
