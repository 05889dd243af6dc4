"""How fast texts are cleaned, and what takes the time: `python -m benchmarks.text_speed CORPORA` prints two tables.

A corpora folder is one with `CORPUS/gold.jsonl` and the pages' dumps, `CORPUS/KIND/ID.txt.gz`; `gold` are the bodies
alone. Time is the processor time of a call of `clean_text`, for each text the shortest of some rounds through all of
them: imports and tables that are read once do not count, and hardly anything is remembered from a round before. The
stages are timed in a round of their own, each without those that it calls; the clock slows this round down, so of it
only the shares are told, as parts of the time of a call.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import cleaners
import cleaners.documents
import cleaners.label
import cleaners.rules
import cleaners.scorer.chances
import cleaners.scorer.forest

KINDS: Final = ("tagstrip", "layout", "trafilatura", "gold")
_REPEATS: Final = 3
#: Each stage and the functions that it begins with; what these call counts for them, unless it is another stage.
STAGES: Final[tuple[tuple[str, Any, tuple[str, ...]], ...]] = (
    ("reading", cleaners, ("read_text",)),
    ("rules", cleaners.label, ("judge", "judge_ends")),
    ("language", cleaners.label, ("language_of",)),
    ("features", cleaners.scorer.chances, ("read", "line_groups", "claim_rows", "second_groups", "joined")),
    ("forests", cleaners.scorer.forest.Forest, ("margin",)),
    ("decision", cleaners.documents, ("label",)),
    ("photos", cleaners.label, ("settle_photo_lines",)),
    ("article", cleaners.documents, ("assemble",)),
    ("document", cleaners, ("clean_document",)),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--limit", type=int, help="about this many pages of each corpus, evenly spread")
    parser.add_argument("--only", action="append", choices=KINDS, help="kinds of dumps (default: all)")
    options = parser.parse_args(arguments)
    kinds = options.only or KINDS
    print("| dump        | texts | kB a text | lines a text | ms a text | µs a line | MB/s |")
    print("| ----------- | ----: | --------: | -----------: | --------: | --------: | ---: |")
    spent: list[tuple[float, dict[str, float]]] = []
    for kind in kinds:
        texts = find_texts(options.corpora, kind, options.limit)
        count = max(len(texts), 1)
        size = sum(len(text.encode()) for text in texts) / count
        lines = sum(text.count("\n") + 1 for text in texts) / count
        each = measure(texts) / count
        print(
            f"| {kind:11s} | {len(texts):5d} | {size / 1000:9.1f} | {lines:12.1f} | {each * 1000:9.2f}"
            f" | {each / max(lines, 1) * 1e6:9.1f} | {size / 1e6 / max(each, 1e-9):4.1f} |"
        )
        spent.append((each, stages(texts)))
    print(f"\n| ms a text   | {' | '.join(f'{kind:>11s}' for kind in kinds)} |")
    print(f"| ----------- | {' | '.join('----------:' for _ in kinds)} |")
    for stage in (name for name, _, _ in STAGES):
        told = (each * 1000 * shares[stage] / (sum(shares.values()) or 1.0) for each, shares in spent)
        print(f"| {stage:11s} | {' | '.join(f'{value:11.2f}' for value in told)} |")


def find_texts(root: Path, kind: str, limit: int | None = None) -> list[str]:
    """Return the dumps of one kind of all corpora below a folder; of each corpus about `limit`, evenly spread."""
    texts = []
    for gold in sorted(root.glob("*/gold.jsonl")):
        rows = gold.read_bytes().splitlines()
        for raw in rows[:: max(1, len(rows) // limit) if limit else 1]:
            row = json.loads(raw)
            dump = gold.parent / kind / f"{row['id']}.txt.gz"
            if kind == "gold":
                texts.append(row["body"] or "")
            elif dump.exists():
                texts.append(gzip.decompress(dump.read_bytes()).decode("utf-8", "replace"))
    return texts


def measure(texts: Sequence[str]) -> float:
    """Return the seconds of processor time in which the texts are cleaned, each at its best."""
    for text in texts[:10]:
        cleaners.clean_text(text)
    rounds = [[_seconds(text) for text in texts] for _ in range(_REPEATS)]
    return float(sum(min(times) for times in zip(*rounds, strict=True)))


def _seconds(text: str) -> float:
    start = time.process_time()
    cleaners.clean_text(text)
    return time.process_time() - start


def stages(texts: Sequence[str]) -> dict[str, float]:
    """Return the seconds that each of the stages takes, all texts together."""
    spent = dict.fromkeys((stage for stage, _, _ in STAGES), 0.0)
    with _timed(spent):
        for text in texts:
            cleaners.clean_text(text)
    return spent


@contextmanager
def _timed(spent: dict[str, float]) -> Iterator[None]:
    """Let the functions of all stages count their time, without that of the stages within them."""
    within: list[float] = []

    def counting(stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            within.append(0.0)
            start = time.perf_counter()
            try:
                return function(*given, **named)
            finally:
                took = time.perf_counter() - start
                spent[stage] += took - within.pop()
                if within:
                    within[-1] += took

        return counted

    with ExitStack() as changed:
        for stage, owner, names in STAGES:
            for name in names:
                changed.enter_context(patch.object(owner, name, counting(stage, getattr(owner, name))))
        yield


if __name__ == "__main__":
    main()
