"""Fuzz one target with Atheris, which looks where the code goes: python -m fuzz TARGET [--seconds N].

New inputs that lead to new code are kept in the folder --corpus, if one is named; an input that is a finding is written
to the working folder, and the exit code is not 0.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cleaners", "scraper"]):
    from fuzz.targets import SEEDS, TARGETS


def main() -> None:
    """Fuzz the target that the arguments name; the process ends with it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--corpus", type=Path, help="a folder for what is found on the way")
    options = parser.parse_args()
    corpus = options.corpus or Path(tempfile.mkdtemp(prefix=f"fuzz-{options.target}-"))
    corpus.mkdir(parents=True, exist_ok=True)
    limits = [f"-max_total_time={options.seconds}", "-timeout=20", "-rss_limit_mb=2000", "-max_len=20000"]
    atheris.Setup([sys.argv[0], *limits, str(corpus), str(SEEDS / options.target)], TARGETS[options.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
