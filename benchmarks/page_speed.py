"""How long each step of reading a page takes: `python -m benchmarks.page_speed CORPORA` prints a table.

Time is processor time, for each page the shortest of some rounds, so that what else the machine does hardly counts.
Imports and tables that are read once do not count either. What is no step of reading is the rest of `clean_html`.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.gold_pages import find_gold
from cleaners import clean_html
from cleaners.read.decode import encode_page
from cleaners.read.html import parse, read_blocks
from cleaners.read.metadata import read_metadata
from cleaners.read.names import read_names
from cleaners.read.tame import tame
from cleaners.read.walk import walk_page

_ROUNDS: Final = 5
#: The steps of reading, in their order: each takes what an earlier one made.
STEPS: Final[tuple[tuple[str, Callable[[Any], object], str], ...]] = (
    ("decode", encode_page, "page"),
    ("tame", tame, "decode"),
    ("parse", parse, "tame"),
    ("metadata", read_metadata, "parse"),
    ("walk", walk_page, "parse"),
    ("blocks", read_blocks, "walk"),
    ("names", read_names, "walk"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--limit", type=int, help="about this many pages of each corpus, evenly spread")
    options = parser.parse_args(arguments)
    pages = [page.read() for page in find_gold(options.corpora, options.limit)]
    spent = measure(pages)
    print("| step       | ms a page | share |")
    print("| ---------- | --------: | ----: |")
    for step, seconds in spent.items():
        print(
            f"| {step:10s} | {seconds / len(pages) * 1000:9.2f} | {seconds / max(spent['clean_html'], 1e-9):5.0%} |"
        )


def measure(pages: Sequence[bytes]) -> dict[str, float]:
    """Return the seconds of processor time that each step takes, all pages together, and those of `clean_html`."""
    spent = dict.fromkeys((*(name for name, _, _ in STEPS), "clean_html"), 0.0)
    for page in pages:
        rounds = [_time_steps(page) for _ in range(_ROUNDS)]
        for name in spent:
            spent[name] += min(times[name] for times in rounds)
    return spent


def _time_steps(page: bytes) -> dict[str, float]:
    times: dict[str, float] = {}
    made: dict[str, Any] = {"page": page}
    for name, step, wants in (*STEPS, ("clean_html", clean_html, "page")):
        start = time.process_time()
        made[name] = step(made[wants])
        times[name] = time.process_time() - start
    return times


if __name__ == "__main__":
    main()
