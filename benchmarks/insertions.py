"""How much junk that nobody tuned for goes, put into clean stories: `python -m benchmarks.insertions`.

The stories are the bodies of the fixtures. Each line of `unseen_junk.txt` (language, tab, line: promo lines and
furniture) and of `unseen_news.txt` (sentences of news that look like them) is put into a story of its language, if
there is one, as second line, somewhere, and as last line. Who wrote the lines did not know the rules. Whoever writes a
rule for one of them should write new lines here.
"""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from cleaners import clean_text
from cleaners.language import detect_language

_HERE: Final = Path(__file__).parent
_FIXTURES: Final = _HERE.parent / "fixtures"
_LEAST_LINES: Final = 6
_SEED: Final = 5

Stories = dict[str, list[list[str]]]


class Outcome(NamedTuple):
    """How many insertions there were, how many of the lines stayed, how many lines of stories went with them."""

    insertions: int
    stayed: int
    lost: int


def read_stories() -> Stories:
    """Return the bodies of the fixtures as lines, by language."""
    stories: Stories = {}
    for path in sorted(_FIXTURES.glob("*/expected.toml")):
        body = tomllib.loads(path.read_text(encoding="utf-8")).get("body", "")
        lines = [line.removeprefix("## ") for line in body.splitlines() if line.strip()]
        if len(lines) >= _LEAST_LINES:
            stories.setdefault(detect_language("\n".join(lines)) or "", []).append(lines)
    return stories


def insert_lines(rows: list[str], stories: Stories) -> Outcome:
    """Put each line (language, tab, line) into three stories and count what cleaning them leaves."""
    dice = random.Random(_SEED)
    every = [story for own in stories.values() for story in own]
    stayed = lost = 0
    for row in rows:
        language, line = row.split("\t")
        for time in range(3):
            story = dice.choice(stories.get(language, every))
            places = (1, dice.randint(1, len(story)), len(story))
            text = [*story[: places[time]], line, *story[places[time] :]]
            kept = set(clean_text("\n".join(text)).text.splitlines())
            stayed += line in kept
            lost += sum(own not in kept and own.strip("–— ") not in kept for own in story)
    return Outcome(3 * len(rows), stayed, lost)


def main() -> None:
    """Print what stays of junk and of news."""
    stories = read_stories()
    for name in ("junk", "news"):
        rows = (_HERE / f"unseen_{name}.txt").read_text(encoding="utf-8").splitlines()
        outcome = insert_lines(rows, stories)
        print(
            f"{name}: {len(rows)} lines, {outcome.insertions} insertions, {outcome.stayed / outcome.insertions:.1%} "
            f"stayed, {outcome.lost} lines of stories lost"
        )


if __name__ == "__main__":
    main()
