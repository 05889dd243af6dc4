"""Cleaning in a process of its own: what a page does to the cleaner, it does to itself alone."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from scraper.cleaning import CleaningPool
from scraper.errors import NotCleaned
from scraper.worker import Cleaned, Task, true_charset

HOSTILE = (
    sys.executable,
    "-c",
    "import os, time, scraper.worker as worker\n"
    "wash = worker.wash\n"
    "def hostile(task):\n"
    "    if b'crash' in task.body: os._exit(11)\n"
    "    if b'hang' in task.body: time.sleep(60)\n"
    "    if b'fault' in task.body: raise ValueError('no such thing')\n"
    "    if b'print' in task.body: print('stray words')\n"
    "    return wash(task)\n"
    "worker.wash = hostile\n"
    "worker.main()\n",
)


def page(words: str) -> Task:
    html = f"<html><body><article><p>It rained in Port Amber on Thursday. {words}</p></article></body></html>"
    return Task(html.encode(), "https://example.org/a")


def clean(*tasks: Task, workers: int = 1, seconds: float = 30.0) -> list[Cleaned | BaseException]:
    async def all_at_once() -> list[Cleaned | BaseException]:
        async with CleaningPool(workers, seconds=seconds, command=HOSTILE) as pool:
            return await asyncio.gather(*map(pool.clean, tasks), return_exceptions=True)

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


def test_a_stray_print_does_not_disturb_the_messages() -> None:
    assert all(isinstance(result, Cleaned) for result in clean(page("print"), page("Two.")))


def test_no_process_is_left_behind() -> None:
    clean(page("One."))
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("only Linux lists a process's children")
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children.read_text().split()]
    assert not [command for command in commands if b"scraper.worker" in command]


def test_the_true_charset_the_header_is_told_to_the_cleaner() -> None:
    html = "<html><body><article><p>W Łodzi padało w czwartek, powiedzieli mieszkańcy.</p></article></body></html>"
    task = Task(html.encode("iso-8859-2"), "https://example.org/a", "text/html; charset=ISO-8859-2")
    [result] = clean(task)
    assert isinstance(result, Cleaned)
    assert result.article.text == "W Łodzi padało w czwartek, powiedzieli mieszkańcy."
    assert true_charset(b"rain", "text/html") is None
    assert true_charset(b"rain", "text/html; Charset='utf-8'") == "utf-8"
    assert true_charset(b"caf\xe9", "text/html; charset=utf-8") is None
    assert true_charset(b"rain", "text/html; charset=no-such") is None
