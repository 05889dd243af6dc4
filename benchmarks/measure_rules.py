"""How sure each rule is: `python -m benchmarks.measure_rules CORPORA` measures it and writes rules/confidence.toml.

A corpora folder is one with `CORPUS/gold.jsonl` and the tag-stripped pages, `CORPUS/tagstrip/ID.txt.gz`. A claim is
right where the article's body has less than half of the line's words, or, where the rule calls the line a part of the
text, more. A line is counted once a page, however often it is printed there, and not where what stands around it
spares it. Few cases say little: an id's share leans on that of all that its rule says, as much as `_CASES` cases
weigh, and a rule's on that of all rules but the late ones, which guess.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cleaners.blocks import TEXT_LABELS
from cleaners.rules import all_rules, judge_late, judge_lines
from cleaners.rules.gates import Lines
from cleaners.rules.registry import CONFIDENCES
from training.text_samples import read_texts

_CASES: Final = 4
#: No rule is surer than this.
_MOST: Final = 0.99
_HEAD: Final = """\
# How often a line that a rule calls so is none of the article's text (a crosshead: is one of its lines), as measured
# by benchmarks/measure_rules.py, which writes this file; behind it how many lines that was of how many.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args(arguments)
    Path(CONFIDENCES).write_text(_HEAD + "".join(rows(*count(options.corpora))), encoding="utf-8")


def count(corpora: Path) -> tuple[Counter[str], Counter[str]]:
    """Return by id how many lines are right, and how many there are."""
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    counted: set[tuple[str, str]] = set()
    for sample in read_texts(corpora, ("tagstrip",)):
        lines = sample.lines()
        blocks = Lines(lines)
        claims = judge_late(blocks, judge_lines(blocks))
        for line, share, claim in zip(lines, sample.shares.tolist(), claims, strict=True):
            if claim is not None and not claim.spared and (sample.page, line) not in counted:
                counted.add((sample.page, line))
                seen[claim.verdict.rule] += 1
                right[claim.verdict.rule] += (share >= 1 / 2) == (claim.verdict.label in TEXT_LABELS)
    return right, seen


def rows(right: Counter[str], seen: Counter[str]) -> list[str]:
    """Return the lines of the file, one for each id.

    >>> rows(Counter({"tags.hashtags": 18}), Counter({"tags.hashtags": 20}))[-1]
    '"titles.above-byline" = 0.9  # 0 of 0\\n'
    """
    found: dict[str, str] = {}
    late = {name for rule in all_rules() if rule.late for name in rule.ids}
    whole = sum(right[name] for name in right if name not in late) / sum(
        seen[name] for name in seen if name not in late
    )
    for rule in all_rules():
        told = [(right[name], seen[name]) for name in rule.ids]
        base = (sum(r for r, _ in told) + whole * _CASES) / (sum(n for _, n in told) + _CASES)
        for name in rule.ids:
            share = min((right[name] + base * _CASES) / (seen[name] + _CASES), _MOST)
            found.setdefault(name, f'"{name}" = {share:.2g}  # {right[name]} of {seen[name]}\n')
    return [found[name] for name in sorted(found)]


if __name__ == "__main__":
    main()
