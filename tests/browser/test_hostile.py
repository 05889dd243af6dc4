"""A collection of what would run if it were not shown as text, in every place that an input can fill."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Watched, read_payloads, serve
from tests.scraper.store.shelved import article
from tests.scraper.web.shelf import Shelf

Open = Callable[..., Watched]
#: What a payload would make if it were markup. The page's own script and style are the first of each.
STRANGE = """() => [...document.querySelectorAll(
    "img, image, svg:not(.chart), math, object, embed, video, audio, form:not(.ask), base, template, marquee, x,"
    + " isindex, iframe:not([sandbox='']), meta[http-equiv=refresh], textarea, input:not(#words), [style], [autofocus],"
    + " [popover], section script, section style"
)].map((one) => one.outerHTML).concat([...document.querySelectorAll("*")].flatMap((one) =>
    [...one.attributes].filter((it) => /^on/i.test(it.name) || (/^(href|src|action)$/i.test(it.name)
        && /^\\s*(javascript|data:text|vbscript)/i.test(it.value))).map((it) => it.name + "=" + it.value)))"""
#: Everything that could ask for attention: what a payload does must be seen, whatever a policy says.
WATCH = "window.ran = 0; window.alert = () => { window.ran += 1; };"


def test_the_collection_is_large() -> None:
    assert len(set(read_payloads())) >= 60


def test_what_the_tests_watch_for_is_seen_where_it_runs(open_page: Open, tmp_path: Path) -> None:
    """Payloads run in a page that does not escape them, or these tests would prove nothing."""
    watched, page = open_page("about:blank"), tmp_path / "page.html"
    watched.page.add_init_script(WATCH)
    ran = 0
    for payload in read_payloads()[:30]:
        page.write_text(f"<!DOCTYPE html><body>{payload}", "utf-8")
        watched.page.goto(page.as_uri())
        ran += watched.page.evaluate("window.ran") > 0
    assert ran > 15


@pytest.mark.parametrize("bypass", [True, False], ids=["without the policy", "with it"])
def test_no_payload_runs_in_a_report(open_page: Open, poisoned_report: str, bypass: bool) -> None:
    watched = open_page("about:blank", bypass_csp=bypass)
    watched.page.add_init_script(WATCH)
    watched.page.goto(poisoned_report)
    for summary in watched.page.locator("summary").all():
        summary.click()
    watched.page.keyboard.press("Tab")
    for _ in range(5):
        watched.page.keyboard.press("n")
    assert watched.page.evaluate("window.ran") == 0
    assert watched.told == []
    assert watched.page.evaluate(STRANGE) == []
    assert watched.asked == [poisoned_report]


def test_no_payload_runs_in_a_page_of_the_store(open_page: Open, poisoned_server: str) -> None:
    """Without the policy: what is not escaped would run."""
    watched = open_page(poisoned_server + "/", bypass_csp=True)
    watched.page.add_init_script(WATCH)
    links = watched.page.eval_on_selector_all(
        "tbody th a", "all => all.map((one) => one.getAttribute('href'))"
    )
    assert len(links) >= 60
    some = range(1, len(read_payloads()) + 1, 9)
    shown = ["/", "/articles", "/articles?words=alert&most=100", "/rules", *links[::11]]
    shown += [f"/articles/{number}{of}" for number in some for of in ("", "/changes")]
    for address in shown:
        answer = watched.page.goto(poisoned_server + address, wait_until="domcontentloaded")
        assert answer.status == 200, address
        assert watched.page.evaluate("window.ran") == 0, address
        assert watched.page.evaluate(STRANGE) == [], address
    assert [told for told in watched.told if told.startswith(("dialog", "error: "))] == []


@pytest.fixture
def elsewhere() -> Iterator[tuple[int, list[int]]]:
    """A server that only counts who connects: its port, and the connections."""
    found: list[int] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        ends = threading.Event()

        def count() -> None:
            while not ends.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                found.append(1)
                connection.close()

        thread = threading.Thread(target=count)
        thread.start()
        yield server.getsockname()[1], found
        ends.set()
        thread.join()


def test_a_fetched_page_runs_nothing_loads_nothing_and_goes_nowhere(
    open_page: Open, elsewhere: tuple[int, list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    port, connections = elsewhere
    there = f"http://127.0.0.1:{port}"
    body = f"""<!DOCTYPE html><title>x</title><base href="{there}/">
    <link rel=preconnect href="{there}"><link rel=stylesheet href="{there}/a.css"><link rel=prefetch href="{there}/p">
    <meta http-equiv=refresh content="0;url={there}/refreshed"><script>top.ran = 1; alert(1)</script>
    <script src="{there}/a.js"></script><img src="{there}/a.png" onerror="top.ran = 1"><video src="{there}/v"></video>
    <iframe src="{there}/frame"></iframe><object data="{there}/o"></object>
    <form action="{there}/form"><button id=send>Send</button></form>
    <div style="background: url({there}/b.png)">x</div><style>@import "{there}/c.css";
    @font-face {{ font-family: f; src: url({there}/f) }} p {{ font-family: f }}</style>
    <a id=away href="{there}/away">away</a><a id=top target=_top href="{there}/top">top</a>
    <a id=new target=_blank href="{there}/new">new</a><p ping="{there}/ping">It rained.""".encode()
    path = tmp_path_factory.mktemp("fetched") / "wire.db"
    shelf = Shelf(path)
    shelf.run("harbour")
    number = shelf.keep("harbour", "https://example.org/1", article("It rained."), body)
    shelf.store.close()
    servers = serve(path)
    try:
        address = f"{next(servers)}/articles/{number}"
        watched = open_page(address)
        frame: Any = watched.page.frame_locator("iframe")
        assert frame.locator("p").inner_text() == "It rained."
        for link in ("#away", "#top", "#new", "#send"):
            frame.locator(link).click(timeout=3000)
            watched.page.wait_for_timeout(150)
        assert watched.page.url == address
        assert len(watched.page.context.pages) == 1
        assert watched.page.evaluate("window.ran") is None
        assert connections == []
        assert "dialog" not in watched.told
    finally:
        servers.close()
