"""Pages that hang, kill their process or take its memory. What they do is done where their article is rendered."""

import os
import signal
import time
from collections.abc import Iterator

from cleaners import Options
from cleaners.errors import BadTable
from pipelines.pool import Limits, clean_sources
from pipelines.source import Source, article_in, named
from tests.pipelines.pages import page

LIMITS = Limits(timeout=1.0, memory=600_000_000)


def sources(count: int) -> list[Source]:
    return [Source("pages", i, page(i), url=f"https://news.example.org/{i}") for i in range(count)]


def title(source: Source) -> str | None:
    return article_in(source, Options()).title


def misbehave(source: Source) -> str | None:
    found = title(source)
    match found:
        case "Rain 1":
            time.sleep(60)
        case "Rain 3":
            os.kill(os.getpid(), signal.SIGKILL)
        case "Rain 5":
            return str(len(b"x" * 2_000_000_000))
        case "Rain 7":
            os._exit(3)
        case "Rain 9":
            raise ValueError("nobody thought of this")
    return found


def test_articles_come_in_the_order_of_their_pages() -> None:
    made = list(clean_sources(sources(40), title, jobs=2, limits=LIMITS))
    assert [article for _, article, _ in made] == [f"Rain {i}" for i in range(40)]
    assert all(source.content is None for source, _, _ in made)


def test_a_page_that_hangs_crashes_or_takes_too_much_costs_itself_alone() -> None:
    made = list(clean_sources(sources(12), misbehave, jobs=2, limits=LIMITS))
    errors = {source.row: named(error) for source, _, error in made if error}
    assert errors == {
        1: "page-timeout: took longer than 1 s",
        3: "page-died: its process ended with signal 9",
        5: "page-memory: took more than 600,000,000 bytes",
        7: "page-died: its process ended with exit code 3",
        9: "ValueError: nobody thought of this",
    }
    assert [article for _, article, error in made if not error] == [
        f"Rain {i}" for i in (0, 2, 4, 6, 8, 10, 11)
    ]


def test_a_source_that_could_not_be_read_is_an_error_in_its_place() -> None:
    wrong = BadTable("not an object of JSON")
    broken = Source("pages", 1, error=wrong)
    made = list(clean_sources([*sources(1), broken, *sources(1)], title, limits=LIMITS))
    assert [error for _, _, error in made] == [None, wrong, None]


def test_reading_does_not_run_ahead_without_bound() -> None:
    asked = 0

    def endless() -> Iterator[Source]:
        nonlocal asked
        while True:
            asked += 1
            yield Source("pages", asked, page(asked) + "<!--" + "x" * 5_000_000 + "-->")

    made = clean_sources(endless(), title, limits=LIMITS)
    for _ in range(3):
        next(made)
    made.close()  # type: ignore[attr-defined]
    assert asked < 40
