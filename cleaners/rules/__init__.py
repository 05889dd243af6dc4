"""The sure rules: each says of a line what it is, or is silent; what no rule claims, the scorer weighs.

Every file here has rules of one kind (see `cleaners.rules.registry` for what a rule is). What a line says by itself
comes before what its place says: rules that look at their line alone are asked first. Else they are asked in the order
of `KINDS`, and in that of the file; the first that speaks wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module

from cleaners.blocks import Block
from cleaners.rules.gates import Lines
from cleaners.rules.registry import RULES, Claim, Company, Rule

__all__ = [
    "Claim",
    "Rule",
    "all_rules",
    "find_rule",
    "is_late",
    "is_spared",
    "judge",
    "judge_ends",
    "judge_late",
    "judge_lines",
]

#: The files of this package that have rules, in the order in which these are asked.
KINDS = (
    "ads",
    "furniture",
    "signoffs",
    "rights",
    "agency_lines",
    "headings",
    "head_lines",
    "captions",
    "site_lines",
    "notices",
    "offers",
    "addressed",
    "sounds",
)
#: Of a story so many first and last lines are looked through for its fields: more than it can have.
ENDS = 24
#: Unclaimed lines in which a story's dateline is looked for.
_HEAD = 3
#: Where nothing is switched off.
_NONE: frozenset[str] = frozenset()
#: What rules were called once, and what they are called now.
ALIASES: dict[str, str] = {"ads.to-the-reader": "ads.offer-to-the-reader"}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return the rules of all kinds, in the order in which they are asked."""
    for kind in KINDS:  # they read tables of words: for who cleans, not for who imports
        import_module(f"cleaners.rules.{kind}")
    return tuple(sorted(RULES, key=lambda rule: (not rule.alone, KINDS.index(rule.kind))))


@cache
def find_rule(name: str) -> Rule:
    """Return the rule that calls lines so, or called them so once; raises KeyError where there is none.

    >>> find_rule("tags.hashtags").name
    'hashtags'
    """
    name = ALIASES.get(name, name)
    for rule in all_rules():
        if name in rule.claims:
            return rule
    raise KeyError(name)


@cache
def _companies() -> dict[str, Company]:
    """Return what tells whether a line needs company, for the ids that are given with company or without."""
    return {name: needs for rule in all_rules() for name, needs in rule.company.items()}


def judge(
    blocks: Sequence[Block], places: Iterable[int] | None = None, off: frozenset[str] = _NONE
) -> list[Claim | None]:
    """Return what the rules say of the blocks at these places, of all without them: None where every rule is silent.

    Late rules are not asked: see `judge_late`.

    What is switched `off` is not said: the next rule is asked.

    >>> lines = ["The council met on Monday.", "Advertisement", "It will vote in May."]
    >>> claims = judge([Block(line, number) for number, line in enumerate(lines, 1)])
    >>> [claim and claim.verdict.rule for claim in claims]
    [None, 'ads.slot', None]
    >>> claims[1].evident, claims[1].needs_company
    (True, False)
    """
    return judge_lines(Lines([block.text for block in blocks], places), off)


def judge_alone(texts: Sequence[str]) -> dict[str, Claim]:
    """Return what the rules claim of texts that look at their line alone; it is the same wherever a line stands.

    >>> judge_alone(["It rained.", "Post navigation"])["Post navigation"].verdict.rule
    'navigation.post-navigation'
    """
    return _judge_texts(Lines(texts), set(texts), [rule for rule in all_rules() if rule.alone], _NONE)


def is_late(claim: Claim) -> bool:
    """Return whether a rule made the claim that is asked only about what would stay."""
    return find_rule(claim.verdict.rule).late


def is_spared(claim: Claim, lines: Lines, i: int) -> bool:
    """Return whether the line at a place stays, though it was claimed, for what stands around it."""
    spared = find_rule(claim.verdict.rule).spared
    return spared is not None and spared(lines, i)


def judge_ends(blocks: Sequence[Block], off: frozenset[str] = _NONE) -> dict[int, Claim]:
    """Return what the rules that go by a line's place claim of a story's first and last lines, by their numbers.

    How far from the beginning or the end a line stands is counted in lines that are not claimed. So what is left
    without the claimed lines has no others that would be claimed.

    >>> judge_ends([Block("By Anna Smith", 1), Block("It rained.", 2)])[0].verdict.rule
    'bylines.authors'
    """
    placed = [rule for rule in all_rules() if rule.placed]
    reach = max(max(rule.gate.near_start, rule.gate.near_end) for rule in placed)
    claims: dict[int, Claim] = {}
    for from_end in (False, True):
        part = blocks[-ENDS:] if from_end else blocks[:ENDS]
        lines = Lines([block.text for block in part])
        lines.head = [block.text for i, block in enumerate(blocks[:ENDS]) if i not in claims][:_HEAD]
        first, passed = len(blocks) - len(part) if from_end else 0, 0
        for i in reversed(range(len(part))) if from_end else range(len(part)):
            if first + i in claims:
                continue
            asked = (rule for rule in placed if passed < rule.gate.reach(from_end=from_end))
            said = (claim for rule in asked if (claim := rule.ask_anywhere(lines, i)))
            claim = next((claim for claim in said if claim.verdict.rule not in off), None)
            if claim is not None:
                claims[first + i] = claim
            elif (passed := passed + 1) == reach:
                break
    return claims


def judge_lines(lines: Lines, off: frozenset[str] = _NONE) -> list[Claim | None]:
    """Return the same as `judge` for lines that are made already."""
    places = lines.asked
    if not places:
        return []
    rules = [rule for rule in all_rules() if not rule.late]
    said = _judge_texts(lines, {lines[i] for i in places}, [rule for rule in rules if rule.alone], off)
    claims = {i: said[lines[i]] for i in places if lines[i] in said}
    _judge_around(lines, [rule for rule in rules if not rule.alone], claims, off)
    return [claims.get(i) for i in places]


def judge_late(
    lines: Lines, claims: Sequence[Claim | None], off: frozenset[str] = _NONE
) -> list[Claim | None]:
    """Return the claims with those added that late rules make of lines that nobody claims.

    >>> lines = Lines(["It rained.", "Dentists are stunned by what this grandmother puts in her tea", "It snowed."] * 2)
    >>> [claim.verdict.rule for claim in judge_late(lines, [None] * 6) if claim]
    ['ads.sounds-like-one', 'ads.sounds-like-one']
    """
    found = {i: claim for i, claim in zip(lines.asked, claims, strict=True) if claim is not None}
    late = [rule for rule in all_rules() if rule.late]
    added = dict(found)
    _judge_around(lines, late, added, off)
    return [found.get(i) or added.get(i) for i in lines.asked]


def _judge_around(lines: Lines, rules: Sequence[Rule], claims: dict[int, Claim], off: frozenset[str]) -> None:
    """Add what rules that look around claim of lines that nobody claims, and to all what follows from the others."""
    still = set(lines.asked) - claims.keys()
    for rule in rules:
        for i in rule.gate.places(lines):
            if i in still and (answer := rule.function(lines, i)):
                if off and rule.claims[answer].verdict.rule in off:
                    continue
                still.discard(i)
                claims[i] = rule.claims[answer]
    if not claims:
        return
    for rule in all_rules():
        if rule.spared is not None:
            for i in [i for i, claim in claims.items() if claim.verdict.rule in rule.claims]:
                claims[i] = claims[i]._replace(spared=rule.spared(lines, i))
    often = Counter([claim.verdict.rule for claim in claims.values()])
    companies = _companies()
    for i, claim in claims.items():
        name = claim.verdict.rule
        if name in companies and companies[name](lines, i, often[name]):
            claims[i] = claim._replace(needs_company=True)


def _judge_texts(
    lines: Lines, still: set[str], rules: Iterable[Rule], off: frozenset[str]
) -> dict[str, Claim]:
    """Ask the rules that look at a line alone about these texts: about one that is printed often only once."""
    claims: dict[str, Claim] = {}
    texts = lines.texts
    for rule in rules:
        for place in rule.gate.texts(lines):
            if (text := texts[place]) in still and (answer := rule.judge_alone(lines, text)):
                if off and rule.claims[answer].verdict.rule in off:
                    continue
                still.discard(text)
                claims[text] = rule.claims[answer]
    return claims
