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
from typing import NamedTuple

from cleaners.blocks import TEXT_LABELS, Block, Label, Verdict
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


class Claim(NamedTuple):
    """What a rule says of a line, and what follows from how the rule knows it."""

    verdict: Verdict
    #: The rule looked at this line alone, not at its neighbours or its place.
    alone: bool
    #: Where nothing else in the text is junk, such a line is more likely the article's.
    needs_company: bool = False
    #: The field that the line is read for, though it stays in the body for want of company.
    read_as: Label | None = None


def judge(blocks: Sequence[Block], places: Iterable[int] | None = None) -> list[Claim | None]:
    """Return what the rules say of the blocks at these places, of all without them: None where every rule is silent.

    >>> lines = ["The council met on Monday.", "Advertisement", "It will vote in May."]
    >>> claims = judge([Block(line, number) for number, line in enumerate(lines, 1)])
    >>> [claim and claim.verdict.rule for claim in claims]
    [None, 'ads.slot', None]
    >>> claims[1].alone, claims[1].needs_company
    (True, False)
    """
    from cleaners.company import FIELDS, is_guide, needs_company

    places = range(len(blocks)) if places is None else list(places)
    found = _ask(blocks, places)
    guide = is_guide(blocks, [verdict for _, verdict in found.values()])
    claims: list[Claim | None] = []
    for i in places:
        if (told := found.get(i)) is None:
            claims.append(None)
            continue
        rule, verdict = told
        company = verdict.label not in TEXT_LABELS and needs_company(verdict.rule, blocks, i, guide=guide)
        claims.append(Claim(verdict, rule in _ALONE, company, FIELDS.get(verdict.rule)))
    return claims


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
    places = list(places)
    found = _ask(blocks, places, moved=moved, known=known)
    return [found[i][1] if i in found else None for i in places]


def _ask(
    blocks: Sequence[Block],
    places: Sequence[int],
    *,
    moved: bool = False,
    known: dict[str, int] | None = None,
) -> dict[int, tuple[Rule, Verdict]]:
    """Return who spoke first of which place, and what it said."""
    plan = plan_for(all_rules())
    among = plan.bits_of(neighbour_rules()) if moved else -1
    found: dict[int, tuple[Rule, Verdict]] = {}
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
                found[i] = rule, verdict
                break
    return found
