"""How fast pages are read, and in how much memory: `python -m benchmarks.speed CORPORA` prints a table.

Each extractor has a process of its own and reads the same pages, one after another. Time is the processor time of
that process around each call: imports and the first page, read once before, do not count. Memory is the most that the
process ever held, all imports included.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.gold_pages import find_gold
from benchmarks.peers import installed, make

_MEGABYTE = 1_000_000


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--limit", type=int, help="about this many pages of each corpus, evenly spread")
    parser.add_argument("--only", action="append", choices=installed(), help="extractors (default: all)")
    parser.add_argument("--here", choices=installed(), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.here:
        print(json.dumps(measure(options.here, options.corpora, options.limit)))
        return
    told = [(name, run(name, options.corpora, options.limit)) for name in options.only or installed()]
    pages = told[0][1]["pages"]
    fastest = told[0][1]["seconds"]
    print(f"{pages:.0f} pages of {told[0][1]['bytes'] / pages / 1000:.0f} kB on average\n")
    print(f"| extractor              | ms a page | pages a second | times {told[0][0]} | peak memory, MB |")
    print("| ---------------------- | --------: | -------------: | --------------: | --------------: |")
    for name, row in told:
        each = row["seconds"] / pages
        print(
            f"| {name:22s} | {each * 1000:9.2f} | {1 / each:14.1f} | {row['seconds'] / fastest:15.1f}"
            f" | {row['peak'] / _MEGABYTE:15.0f} |"
        )


def run(name: str, corpora: Path, limit: int | None) -> dict[str, float]:
    """Measure an extractor in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed", str(corpora), "--here", name]
    if limit:
        command += ["--limit", str(limit)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    row: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return row


def measure(name: str, corpora: Path, limit: int | None) -> dict[str, float]:
    """Return how many pages were read, their bytes, the seconds and the most memory that it took."""
    pages = find_gold(corpora, limit)
    extract = make(name)
    extract(pages[0].read())
    seconds, size = 0.0, 0
    for page in pages:
        html = page.read()
        size += len(html)
        start = time.process_time()
        extract(html)
        seconds += time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"pages": len(pages), "bytes": size, "seconds": seconds, "peak": peak}


if __name__ == "__main__":
    main()
