"""The fetcher's speed and memory: `python -m benchmarks.scrape` fetches, cleans and keeps 10,000 articles of 50 hosts.

The sites are generated and served from this process, the run is `scrape run` in another, so that both share the
machine's cores as the bar has it: at least 150 articles a second on two cores with the pace switched off, peak memory
under 200 MB and flat, and a second run that makes one conditional request for each feed and fetches nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.scraper.server import Web

BAR_A_SECOND = 150
BAR_MEGABYTES = 200


class Memory(threading.Thread):
    """Samples the resident memory of a process and its children, in megabytes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.samples: list[tuple[float, float]] = []

    def run(self) -> None:
        """Sample five times a second for as long as the process lives."""
        while self._process.poll() is None:
            pids = [self._process.pid, *_children(self._process.pid)]
            self.samples.append((time.monotonic(), sum(map(_resident, pids))))
            time.sleep(0.2)

    def peak(self, begin: float = 0.0, end: float = float("inf")) -> float:
        """The largest sample between two times."""
        return max((size for moment, size in self.samples if begin <= moment <= end), default=0.0)


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def _resident(pid: int) -> float:
    """The process's part of memory; what it shares with others is divided among them."""
    with suppress(OSError, ValueError):
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        return int(rollup.partition("\nPss:")[2].split()[0]) / 1024
    return 0.0


def _processor(pid: int) -> float:
    """Processor seconds that a process has used."""
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


@dataclass(frozen=True, slots=True)
class Mark:
    """When so many articles were kept, on the clock and in processor seconds of the fetching and cleaning process."""

    clock: float
    fetching: float
    cleaning: float


def measure(command: list[str], step: int) -> tuple[float, list[Mark], Memory]:
    """Run the command; its time, a mark for each `step` articles, and its memory."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    memory = Memory(process)
    memory.start()
    started = time.monotonic()
    marks, articles = [Mark(started, 0.0, 0.0)], 0
    assert process.stderr is not None
    for line in process.stderr:
        articles += b'"event": "kept"' in line
        if articles == step * len(marks):
            cleaning = sum(map(_processor, _children(process.pid)))
            marks.append(Mark(time.monotonic(), _processor(process.pid), cleaning))
    if process.wait() != 0:
        raise SystemExit(f"scrape run ended with code {process.returncode}")
    memory.join()
    return time.monotonic() - started, marks, memory


def main() -> None:
    """Measure, print, and fail when a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--sites", type=int, default=50)
    options.add_argument("--articles", type=int, default=200, help="of each site")
    options.add_argument("--report", action="store_true", help="print only, fail at nothing")
    chosen = options.parse_args()
    total = chosen.sites * chosen.articles
    step = max(total // 10, 1)
    with Web() as web, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(chosen.sites):
            web.site(f"site{number:02}", articles=chosen.articles)
        (folder / "sources.toml").write_text(web.sources_toml())
        command = [sys.executable, "-m", "scraper.cli", "run", str(folder / "sources.toml")]
        command += ["--db", str(folder / "wire.db"), "--log", "json"]
        seconds, marks, memory = measure(command, step)
        tenths = list(pairwise(marks))
        for number, (first, last) in enumerate(tenths, 1):
            rate = step / (last.clock - first.clock)
            costs = f"{1000 * (last.fetching - first.fetching) / step:.1f} + "
            costs += f"{1000 * (last.cleaning - first.cleaning) / step:.1f} ms of processor each"
            peak = memory.peak(first.clock, last.clock)
            print(f"{number * step:>6} articles: {rate:4.0f} a second, {costs}, {peak:4.0f} MB")
        size = (folder / "wire.db").stat().st_size / 1e6
        pages = Counter(asked.path.startswith("/news/") for site in web.sites for asked in site.asked)
        for site in web.sites:
            site.asked.clear()
        second, _, _ = measure(command, step)
        again = Counter((asked.path, asked.status) for site in web.sites for asked in site.asked)
    rate = total / seconds
    print(f"{total} articles in {seconds:.1f} s: {rate:.0f} a second, start and end included")
    print(f"peak memory {memory.peak():.0f} MB, store {size:.0f} MB, requests {pages[True]} + {pages[False]}")
    print(
        f"second run: {second:.1f} s, requests {json.dumps({f'{p} {s}': n for (p, s), n in again.items()})}"
    )
    costs_of = [last.fetching + last.cleaning - first.fetching - first.cleaning for first, last in tenths[1:]]
    missed = [
        bar
        for bar, met in (
            (f"{BAR_A_SECOND} articles a second", rate >= BAR_A_SECOND),
            (f"{BAR_MEGABYTES} MB", memory.peak() < BAR_MEGABYTES),
            ("flat: the last tenth costs no more than the second", costs_of[-1] <= 1.1 * costs_of[0]),
            ("one conditional request a feed", again == Counter({("/feed.xml", 304): chosen.sites})),
            ("each article asked for once", pages[True] == total),
        )
        if not met
    ]
    if missed and not chosen.report:
        raise SystemExit(f"missed: {'; '.join(missed)}")


if __name__ == "__main__":
    main()
