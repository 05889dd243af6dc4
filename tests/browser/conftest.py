"""A browser, what it looks at, and what it must never do.

It is Debian's Chromium, driven by Playwright. Where there is none these tests are passed over; CI installs it.
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaners import Article, Paragraph, Photo, Rights, explain_html, explain_text, report
from scraper.commands.serving import LOOPBACK
from tests.scraper.store.shelved import article
from tests.scraper.web.shelf import Shelf, fill

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
_SIGNS = {"⏎": "\n", "␀": "\0", "⇄": "\u202e"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="there is no Chromium: apt-get install chromium"))


def read_payloads() -> list[str]:
    lines = (Path(__file__).parent / "payloads.txt").read_text("utf-8").splitlines()
    found = [line for line in lines if not line.startswith("# ")]
    for sign, meant in _SIGNS.items():
        found = [line.replace(sign, meant) for line in found]
    return found


@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """A page, with what was asked of a network and what ran that should not."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.asked: list[str] = []
        self.told: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("dialog", self._dismiss)
        page.on("pageerror", lambda error: self.told.append(f"error: {error}"))
        page.on("console", self._hear)

    def _dismiss(self, dialog: Any) -> None:
        self.told.append("dialog")
        dialog.dismiss()

    def _hear(self, message: Any) -> None:
        if message.type == "error":
            self.told.append(message.text)


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Callable[..., Watched]]:
    """Open an address in a window of its own; options are those of a Playwright context."""
    contexts = []

    def open_(address: str, **options: Any) -> Watched:
        context = chromium.new_context(**options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.page.goto(address)
        return watched

    yield open_
    for context in contexts:
        context.close()


STORY = (
    "Rain in Kyiv © AFP – Olena BIRD\nIt rained in Kyiv on Thursday, residents said.\n"
    "200% Deposit Bonus up to €3,000\n180% Deposit Bonus up to €5,000\nThe streets were empty, they added.\n"
    "Post navigation\n"
)


@pytest.fixture(scope="package")
def report_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report of a text, of pages with photos, and of one from right to left."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    pages = sorted((ROOT / "fixtures").glob("*/input.html"))[:4]
    arabic = (ROOT / "fixtures" / "ar-hazr-al-murahanat" / "input.txt").read_text("utf-8")
    report.write(
        [explain_text(STORY), *(explain_html(page.read_bytes()) for page in pages), explain_text(arabic)],
        path,
    )
    return path.as_uri()


def poisoned(payload: str) -> Article:
    return Article(
        title=payload,
        authors=(payload,),
        agency=payload,
        dateline=payload,
        section=payload,
        keywords=(payload,),
        site_name=payload,
        url=payload,
        body=(Paragraph(payload), Paragraph("It rained.")),
        photos=(
            Photo(payload, payload, payload, payload, url=payload, printed=(payload,)),
            Photo(url=payload),
        ),
        rights=Rights(payload, payload),
    )


@pytest.fixture(scope="package")
def poisoned_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("poisoned") / "report.html"
    report.write([*map(poisoned, read_payloads()), *map(explain_text, read_payloads())], path)
    return path.as_uri()


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a store like a newsroom's."""
    path = tmp_path_factory.mktemp("served") / "wire.db"
    fill(path)
    yield from serve(path)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "wireclean.toml"


@pytest.fixture
def writing(tmp_path: Path, rules: Path) -> Iterator[str]:
    """The address of a server that writes rules."""
    fill(tmp_path / "wire.db")
    yield from serve(tmp_path / "wire.db", rules)


@pytest.fixture(scope="package")
def poisoned_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a store in which everything is a payload: titles, texts, sources, pages."""
    path = tmp_path_factory.mktemp("poisoned") / "wire.db"
    shelf = Shelf(path)
    for number, payload in enumerate(read_payloads()):
        source = payload.replace("\0", "")
        url = f"https://example.org/{number}"
        shelf.run(
            source, failures=[f"https://example.net/gone-{number}/{payload}"] if number % 9 == 0 else []
        )
        body = f"<!DOCTYPE html><title>x</title><p>{payload}".encode()
        shelf.keep(source, url, poisoned(payload)._replace(url=None), body)
        if number % 9 == 0:
            shelf.keep(source, url, article("Another edition.", title=payload[::-1]), body)
    shelf.store.close()
    yield from serve(path)


def serve(path: Path, rules: Path | None = None) -> Generator[str, None, None]:
    """Serve a store, and yield the address."""
    import uvicorn  # for what is looked at through a server

    from scraper.web.app import make_app  # likewise

    server = uvicorn.Server(
        uvicorn.Config(make_app(path, rules), host=LOOPBACK, port=0, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
