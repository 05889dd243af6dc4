"""The sure rules: each looks at one block in its place and either says what it is and why, or stays silent.

A rule is a function `(blocks, i) -> Verdict | None` that judges `blocks[i]`; it may look at neighbours, never
changes them, and is silent when in doubt. The first rule that speaks wins; what no rule claims, the scorer weighs.
`@asked` beside a rule says which lines it need not be asked about at all (see `cleaners.rules.gates`).

Every file here ends in `RULES`, the rules that it has. A new kind of line is a new file and its name in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module

from cleaners.blocks import Block, Document, Verdict
from cleaners.rules.gates import plan_for

Rule = Callable[[Sequence[Block], int], Verdict | None]

KINDS = (
    "ads",
    "furniture",
    "rights",
    "signoffs",
    "headings",
    "datelines",
    "dates",
    "agency_lines",
    "bylines",
    "captions",
    "navigation",
    "sharing",
    "related",
    "newsletter",
    "comments",
    "notices",
    "tags",
    "reading_time",
    "addressed",
    "titles",
)
"""The files of this package in the order in which their rules are asked: the surest first."""

_ALONE: set[Rule] = set()


def alone(rule: Rule) -> Rule:
    """Mark a rule that looks at its line alone: what stands around it makes no difference."""
    _ALONE.add(rule)
    return rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of all kinds, in the order in which they are asked."""
    return tuple(rule for kind in KINDS for rule in import_module(f"cleaners.rules.{kind}").RULES)


@cache
def neighbour_rules() -> tuple[Rule, ...]:
    """The rules that look at more than their own line."""
    return tuple(rule for rule in all_rules() if rule not in _ALONE)


def judge(document: Document) -> list[Verdict | None]:
    """What the rules say of each block of a document: one verdict per block, None where every rule is silent.

    >>> from cleaners.blocks import Block, Document
    >>> lines = ["The council met on Monday.", "Advertisement", "It will vote in May."]
    >>> verdicts = judge(Document([Block(line, number) for number, line in enumerate(lines, 1)]))
    >>> [verdict and verdict.rule for verdict in verdicts]
    [None, 'ads.slot', None]
    """
    return judge_at(document.blocks, range(len(document.blocks)))


def judge_at(
    blocks: Sequence[Block],
    places: Iterable[int],
    *,
    moved: bool = False,
    known: dict[str, int] | None = None,
) -> list[Verdict | None]:
    """What the rules say of the blocks at these places, seen among all blocks: one verdict for each place.

    `moved` says that only the neighbours of these blocks are new, so that rules which look at a line alone have
    been asked before and are not asked again. `known` is a dict for what gates find in lines, which whoever asks about
    the same lines again gives again.
    """
    plan = plan_for(all_rules())
    among = plan.bits_of(neighbour_rules()) if moved else -1
    places = list(places)
    found: dict[int, Verdict] = {}
    said: dict[tuple[Rule, str], Verdict | None] = {}  # of lines that are printed more than once
    for i, company in plan.companies(blocks, places, among, known):
        for rule in company:
            if rule in _ALONE:
                question = (rule, blocks[i].text)
                if question not in said:
                    said[question] = rule(blocks, i)
                verdict = said[question]
            else:
                verdict = rule(blocks, i)
            if verdict is not None:
                found[i] = verdict
                break
    return [found.get(i) for i in places]
