"""Cleaning in a process of its own: what a page does to the cleaner, it does to itself alone."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from cleaners import Options
from scraper.cleaning import CleaningPool
from scraper.errors import NotCleaned
from scraper.worker import Cleaned

HOSTILE = (
    sys.executable,
    "-c",
    "import os, time, scraper.worker as worker\n"
    "wash = worker.wash\n"
    "def hostile(body, options):\n"
    "    if b'crash' in body: os._exit(11)\n"
    "    if b'hang' in body: time.sleep(60)\n"
    "    if b'fault' in body: raise ValueError('no such thing')\n"
    "    if b'print' in body: print('stray words')\n"
    "    return wash(body, options)\n"
    "worker.wash = hostile\n"
    "worker.main()\n",
)


Task = tuple[bytes, Options]


def page(words: str) -> Task:
    html = f"<html><body><article><p>It rained in Port Amber on Thursday. {words}</p></article></body></html>"
    return html.encode(), Options(url="https://example.org/a")


def clean(*tasks: Task, workers: int = 1, seconds: float = 30.0) -> list[Cleaned | BaseException]:
    async def all_at_once() -> list[Cleaned | BaseException]:
        async with CleaningPool(workers, seconds=seconds, command=HOSTILE) as pool:
            return await asyncio.gather(*(pool.clean(*task) for task in tasks), return_exceptions=True)

    return asyncio.run(all_at_once())


def test_pages_come_back_clean_and_in_their_own_order() -> None:
    results = clean(*(page(f"Page {number}.") for number in range(20)), workers=2)
    for number, result in enumerate(results):
        assert isinstance(result, Cleaned)
        assert f"Page {number}." in result.article.text


@pytest.mark.parametrize(
    ("words", "detail"),
    [("crash", "crashed"), ("hang", "not cleaned within"), ("fault", "ValueError: no such thing")],
)
def test_a_bad_page_fails_alone(words: str, detail: str) -> None:
    before, bad, after, last = clean(page("One."), page(words), page("Two."), page("Three."), seconds=8.0)
    assert all(isinstance(result, Cleaned) for result in (before, after, last))
    assert isinstance(bad, NotCleaned)
    assert detail in bad.detail


def test_a_second_process_is_for_pages_that_wait() -> None:
    async def processes(pages: int) -> int:
        async with CleaningPool(2, command=HOSTILE) as pool:
            await asyncio.gather(*(pool.clean(*page(f"Page {number}.")) for number in range(pages)))
            return len(pool._tenders)

    assert asyncio.run(processes(2)) == 1
    assert asyncio.run(processes(20)) == 2


def test_a_stray_print_does_not_disturb_the_messages() -> None:
    assert all(isinstance(result, Cleaned) for result in clean(page("print"), page("Two.")))


def test_no_process_is_left_behind() -> None:
    clean(page("One."))
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("only Linux lists a process's children")
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children.read_text().split()]
    assert not [command for command in commands if b"scraper.worker" in command]


def test_the_charset_of_the_header_is_told_to_the_cleaner_who_may_distrust_it() -> None:
    html = "<html><body><article><p>W Łodzi padało w czwartek, powiedzieli mieszkańcy.</p></article></body></html>"
    for told in ("iso-8859-2", "utf-8", "no-such"):  # the last two are wrong, and the page itself is believed
        marked = html.replace("<body>", '<head><meta charset="iso-8859-2"></head><body>').encode("iso-8859-2")
        [result] = clean((marked, Options(url="https://example.org/a", charset=told)))
        assert isinstance(result, Cleaned)
        assert result.article.text == "W Łodzi padało w czwartek, powiedzieli mieszkańcy."
