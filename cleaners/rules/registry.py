"""What a rule is: what it says of a line, which lines it is asked about, and what follows from how it knows them.

    @rule({"tags.hashtags": Label.TAGS}, first="#", longest=400)
    def hashtags(text: str) -> bool:
        return all(word[0] == "#" for word in text.split())

A rule looks at its line alone, and is given its text; or it looks at the lines around it too (`alone=False`), and is
given all lines and the place. It answers True, or which of its ids the line has. The gate (see
`cleaners.rules.gates`) is the rule's precondition: a rule is asked about no other lines, so it need not look again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache

from cleaners.blocks import Label, Verdict
from cleaners.rules.gates import Gate, Lines, Where
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Any, TypeAlias


#: What a rule answers: one of its ids, True for its only one, or nothing.
Answer: TypeAlias = str | bool | None
#: Whether the line at a place needs company; the number is how often the rule said the same in the text.
Company: TypeAlias = Callable[[Lines, int, int], bool]


class Claim(Value):
    """What a rule says of a line, and what follows from how the rule knows it."""

    verdict: Verdict
    #: The line gives itself away by what it says, whatever stands around it.
    evident: bool
    #: The rule asks whether the line is among the first or the last ones.
    placed: bool = False
    #: The line stays for what stands around it; None from a rule that spares none.
    spared: bool | None = None
    #: Where nothing else in the text is junk, such a line is more likely the article's.
    needs_company: bool = False
    #: The field that the line is read for, though it stays in the body for want of company.
    read_as: Label | None = None


class Rule:
    """A function that judges lines, and all that its decorator says of it."""

    __slots__ = ("alone", "claims", "company", "function", "gate", "late", "reads", "spared")

    def __init__(self, function: Callable[..., Answer], gate: Gate, *, alone: bool) -> None:
        self.function = function
        self.gate = gate
        self.alone = alone
        #: It is asked only about what would stay in the text.
        self.late = False
        self.reads: Callable[[str], Any] | None = None
        #: What is claimed of a line by the rule's answer.
        self.claims: dict[str | bool, Claim] = {}
        self.company: dict[str, Company] = {}
        self.spared: Callable[[Lines, int], bool] | None = None

    @property
    def name(self) -> str:
        """The name of the rule's function."""
        return self.function.__name__

    @property
    def kind(self) -> str:
        """The name of the file that the rule stands in."""
        return self.function.__module__.rpartition(".")[2]

    @property
    def placed(self) -> bool:
        """Whether the rule asks if a line is among the first or the last ones."""
        return bool(self.gate.near_start or self.gate.near_end)

    @property
    def ids(self) -> list[str]:
        """All that the rule may call a line."""
        return [answer for answer in self.claims if isinstance(answer, str)]

    def judge_alone(self, lines: Lines, text: str) -> Answer:
        """Return what the rule says of a line that has passed its gate."""
        if self.reads is None:
            return self.function(text)
        reading = lines.read(self.reads, text)
        return None if reading is None else self.function(text, reading)

    def ask(self, lines: Lines, i: int) -> Claim | None:
        """Return what the rule claims of the line at a place, through its gate."""
        if i not in lines.around(self.gate.places):
            return None
        answer = self.judge_alone(lines, lines[i]) if self.alone else self.function(lines, i)
        if not answer:
            return None
        claim = self.claims[answer]
        return claim if self.spared is None else claim._replace(spared=self.spared(lines, i))

    def ask_anywhere(self, lines: Lines, i: int) -> Claim | None:
        """Return what a rule that goes by a line's place claims, wherever the line stands."""
        gate = self.gate
        if (gate.longest is not None and len(lines[i]) > gate.longest) or (
            gate.first and lines[i][0] not in gate.first
        ):
            return None
        answer = self.function(lines, i)
        return self.claims[answer] if answer else None

    def says(self, *texts: str, at: int = 0) -> str | None:
        """Return the id that the rule gives one of these lines, the first where `at` says no other."""
        claim = self.ask(Lines(texts), at)
        return claim.verdict.rule if claim and not claim.spared else None


#: How often each rule is right, as benchmarks/measure_rules.py measured it.
CONFIDENCES = os.path.join(os.path.dirname(__file__), "confidence.toml")


@cache
def _measured() -> dict[str, float]:
    with open(CONFIDENCES, encoding="utf-8") as file:
        rows = [line.partition(" = ") for line in file if line.startswith('"')]
    return {name.strip('"'): float(share.partition("#")[0]) for name, _, share in rows}


def confidence(name: str) -> float:
    """Return how often a line that is called so is none of the article's text; a half where it was never measured.

    >>> 0.9 < confidence("sharing.share-link") < 1
    True
    """
    return _measured().get(name, 0.5)


#: All rules, in the order in which their files are imported.
RULES: list[Rule] = []


def rule(
    ids: Mapping[str, Label],
    *,
    alone: bool = True,
    evident: bool = False,
    late: bool = False,
    spared: Callable[[Lines, int], bool] | None = None,
    reads: Callable[[str], Any] | None = None,
    needs_company: bool | Company | Mapping[str, bool | Company] = False,
    read_as: Label | None = None,
    longest: int | None = None,
    near_start: int = 0,
    near_end: int = 0,
    first: str = "",
    last: str = "",
    signs: tuple[str, ...] = (),
    where: Where | None = None,
    beside: Where | None = None,
) -> Callable[[Callable[..., Answer]], Rule]:
    """Make a function a rule that may call a line one of `ids`, each with its label.

    A line that a rule knows `alone` gives itself away; so does one that is `evident` for another rule, which looks
    around only to tell what kind of line it is. A `late` rule, which costs more, is asked only about lines that nobody
    else claims and that would stay. `spared` tells of lines that stay for what stands around them.

    `reads` is what the line is read by, once for all rules that read it so: the rule is given the reading as well, and
    is not asked where it is None. `needs_company` says which lines stay in a text where nothing else is junk (all, or
    by their ids, or as a function tells); `read_as` is the field that such a line is read for.

    The others are the gate. The line has no more than `longest` characters. It is one of the first `near_start` lines
    or of the last `near_end`, where either is given. And it has one of these, where any is given: one of the
    characters `first` at its start, one of `last` at its end, one of the `signs` anywhere, or it is one of the lines
    that `where` gives the places of. `where` judges a line by its text; what looks at the lines around is `beside`,
    which gives places among all lines.
    """

    def register(function: Callable[..., Answer]) -> Rule:
        gate = Gate(longest, near_start, near_end, first, last, signs, where, beside)
        made = Rule(function, gate, alone=alone)
        made.reads = reads
        made.late = late
        made.spared = spared
        for name, label in ids.items():
            needs = needs_company.get(name, False) if isinstance(needs_company, Mapping) else needs_company
            if callable(needs):
                made.company[name] = needs
            made.claims[name] = Claim(
                Verdict(label, name, confidence(name)),
                alone or evident,
                bool(near_start or near_end),
                None,
                needs is True,
                read_as,
            )
        if len(ids) == 1:
            made.claims[True] = made.claims[next(iter(ids))]
        RULES.append(made)
        return made

    return register
