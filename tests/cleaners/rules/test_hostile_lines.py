"""No line can make a rule slow: four times the length takes about four times as long, for every rule."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from cleaners.rules import Rule, all_rules
from cleaners.rules.gates import Lines

SIZE = 100_000
#: Even a rule that goes through the whole line letter by letter takes less; one that backtracks takes minutes.
MOST_SECONDS = 0.5
#: Below this a clock and a busy machine say more than the rule.
LEAST_SECONDS = 0.02

HOSTILE: dict[str, str] = {
    "one letter": "a",
    "one capital": "A",
    "spaces inside": "a  ",
    "digits": "1",
    "digits and commas": "1,",
    "percents": "100% ",
    "currency": "€1 ",
    "dashes": "– ",
    "hyphens": "-",
    "slashes": "a/",
    "brackets": "(",
    "brackets of all kinds": "[(【{",
    "closing brackets": ")",
    "quotes": '"',
    "copyright": "© ",
    "copyright words": "Copyright ",
    "commas and names": "John Smith, ",
    "capital words": "AFP ",
    "dots": ".",
    "colons": "a: ",
    "steps": "Home > ",
    "page numbers": "1 2 ",
    "hashtags": "#a ",
    "ads": "200% Deposit Bonus ",
    "parts of a phrase": "sign up ",
    "hyphenated parts of a phrase": "sign-",
    "networks": "Facebook ",
    "follow": "Follow us on ",
    "cookies": "We use cookies ",
    "dates": "October 24, ",
    "bylines": "By John Smith and ",
    "captions": "Photo by ",
    "Chinese": "首存",
    "Japanese": "ボーナス",
    "Korean": "보너스 ",
    "Thai": "โบนัส",
    "Arabic": "مكافأة ",
    "combining marks": "a\u0301",
    "emoji": "🎰",
    "wide spaces": "\u00a0a",
    "invisible": "\u200ba",
}


def line(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size].strip() or piece


def seconds(action: Callable[[], object], times: int = 3) -> float:
    taken = []
    for _ in range(times):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken)


def ask(rule: Rule, texts: Sequence[str]) -> None:
    """Ask a rule alone, so that nothing was found before for it by the gates of others."""
    lines = Lines(texts)
    for i in range(len(texts)):
        rule.ask(lines, i)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("where", ["alone", "first", "last", "between"])
def test_a_hostile_line_takes_no_rule_long(piece: str, where: str) -> None:
    long, short = line(piece, SIZE), "By John Smith"
    texts = {
        "alone": [long],
        "first": [long, short],
        "last": [short, long],
        "between": ["It rained in Kyiv.", long, "© AFP"],
    }[where]
    for rule in all_rules():
        assert seconds(partial(ask, rule, texts), 1) < MOST_SECONDS, rule.name


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_the_time_of_a_rule_grows_with_the_line_and_no_faster(piece: str) -> None:
    small, large = [line(piece, SIZE // 4)], [line(piece, SIZE)]
    for rule in all_rules():
        once = seconds(partial(ask, rule, small))
        fourfold = seconds(partial(ask, rule, large))
        assert fourfold < max(LEAST_SECONDS, 8 * once), rule.name


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", [40, 120, 160, 260, 700])
def test_a_short_hostile_line_is_judged_without_trouble(piece: str, size: int) -> None:
    texts = [line(piece, size)]
    for rule in all_rules():
        assert seconds(partial(ask, rule, texts), 1) < MOST_SECONDS, rule.name
