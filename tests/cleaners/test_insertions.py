"""Junk put into clean stories at random places goes, and nothing of the stories goes with it."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from pathlib import Path

from cleaners import clean_text

FIXTURES = Path(__file__).parents[2] / "fixtures"
#: Promo lines and furniture in eighteen languages, most of them written before anybody looked at which are removed.
JUNK = Path(__file__).with_name("inserted_lines.txt").read_text(encoding="utf-8").splitlines()
LEAST_LINES, TIMES, INSERTED = 6, 3, 4
LEAST_REMOVED = 0.97


def stories() -> list[list[str]]:
    """The bodies of the fixtures, as lines."""
    bodies = (
        tomllib.loads(path.read_text(encoding="utf-8")).get("body", "")
        for path in sorted(FIXTURES.glob("*/expected.toml"))
    )
    lines = ([line.removeprefix("## ") for line in body.splitlines() if line.strip()] for body in bodies)
    return [story for story in lines if len(story) >= LEAST_LINES]


def test_inserted_junk_goes_and_the_story_stays() -> None:
    dice = random.Random(6)
    left: Counter[str] = Counter()
    lost: list[str] = []
    inserted = 0
    for story in stories():
        for _ in range(TIMES):
            junk = dice.sample(JUNK, INSERTED)
            text = list(story)
            for line in junk:
                text.insert(dice.randint(1, len(text)), line)
            kept = set(clean_text("\n".join(text)).text.splitlines())
            inserted += len(junk)
            left.update(line for line in junk if line in kept)
            lost += [line for line in story if line not in kept and line.strip("–— ") not in kept]
    assert not lost
    assert left.total() <= (1 - LEAST_REMOVED) * inserted, left
