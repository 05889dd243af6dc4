"""Which rules need to be asked about which line: most lines have nothing of what most rules look for.

A rule says beside its definition what a line must have for the rule to speak at all:

    @asked(longest=200, signs=("#",))
    def hashtags(blocks, i): ...

The gates of all rules are laid together, so that the length of a line, its first and last character, its place and
the signs in it tell in a few look-ups who is asked. A gate may let through what its rule then is silent about, never
the other way round: with and without gates the verdicts are the same, which the tests see to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from cleaners.rules.lexicon import fold, plain

if TYPE_CHECKING:
    from cleaners.blocks import Block
    from cleaners.rules import Rule

_R = TypeVar("_R", bound="Rule")
#: So many different companies of rules are kept; texts have some hundred.
_MOST_COMPANIES = 4096


class Lines:
    """The lines that rules are to be asked about, and what several gates want to know, found for all at once."""

    def __init__(self, texts: list[str]) -> None:
        """`texts` are the lines without line breaks and without space at their ends."""
        self.texts = texts

    @cached_property
    def whole(self) -> str:
        """All lines, one below the other."""
        return "\n".join(self.texts)

    def ends(self) -> list[int]:
        """Where in `whole` each line ends."""
        return [end - 1 for end in accumulate(len(text) + 1 for text in self.texts)]

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each line, in small letters and without marks."""
        lines = plain(fold(self.whole)).split("\n")
        if len(lines) != len(self.texts):
            lines = [plain(fold(text)) for text in self.texts]
        return [line.split() for line in lines]

    @cached_property
    def folded(self) -> list[str]:
        """The lines in small letters."""
        folded = self.whole.casefold().split("\n")
        return folded if len(folded) == len(self.texts) else [text.casefold() for text in self.texts]


class Gate(NamedTuple):
    """What a line must have: see `asked`."""

    longest: int | None = None
    near_start: int = 0
    near_end: int = 0
    first: str = ""
    last: str = ""
    signs: tuple[str, ...] = ()
    where: Callable[[Lines], Iterable[int]] | None = None


_OPEN = Gate()
_GATES: dict[Rule, Gate] = {}


def asked(
    *,
    longest: int | None = None,
    near_start: int = 0,
    near_end: int = 0,
    first: str = "",
    last: str = "",
    signs: tuple[str, ...] = (),
    where: Callable[[Lines], Iterable[int]] | None = None,
) -> Callable[[_R], _R]:
    """Mark a rule that is silent on all lines but those that are told here.

    The line has no more than `longest` characters. It is one of the first `near_start` lines or of the last
    `near_end`, where either is given. And it has one of these, where any is given: one of the characters `first` at
    its start, one of `last` at its end, one of the `signs` anywhere, or it is one of the lines that `where` gives the
    places of.
    """

    def mark(rule: _R) -> _R:
        _GATES[rule] = Gate(longest, near_start, near_end, first, last, signs, where)
        return rule

    return mark


class Plan:
    """The gates of some rules laid together. Each rule is a bit, the first asked the lowest."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """Lay the gates together."""
        gates = [_GATES.get(rule, _OPEN) for rule in rules]
        bits = [1 << number for number in range(len(rules))]
        self._rules = tuple(zip(bits, rules, strict=True))
        self._companies: dict[int, tuple[Rule, ...]] = {0: ()}
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._signs: dict[str, int] = {}
        self._where: dict[Callable[[Lines], Iterable[int]], int] = {}
        self._always = 0
        for gate, bit in zip(gates, bits, strict=True):
            for signs, bits_of in (
                (gate.first, self._first),
                (gate.last, self._last),
                (gate.signs, self._signs),
            ):
                for sign in signs:
                    bits_of[sign] = bits_of.get(sign, 0) | bit
            if gate.where is not None:
                self._where[gate.where] = self._where.get(gate.where, 0) | bit
            if not (gate.first or gate.last or gate.signs or gate.where):
                self._always |= bit
        lengths = sorted({0, *(gate.longest + 1 for gate in gates if gate.longest is not None)})
        self._sizes: list[int] = []
        for size, following in zip(lengths, [*lengths[1:], lengths[-1] + 1], strict=True):
            fit = _sum(bits, (gate.longest is None or gate.longest >= size for gate in gates))
            self._sizes += [fit] * (following - size)
        self._middle = _sum(bits, (not gate.near_start and not gate.near_end for gate in gates))
        reach = max((max(gate.near_start, gate.near_end) for gate in gates), default=0)
        self._from_start = [_sum(bits, (gate.near_start > place for gate in gates)) for place in range(reach)]
        self._from_end = [_sum(bits, (gate.near_end > place for gate in gates)) for place in range(reach)]

    def companies(self, blocks: Sequence[Block], places: Sequence[int]) -> Iterator[tuple[Rule, ...]]:
        """Give for each of the places the rules to be asked about the line there, in their order."""
        lines = Lines([blocks[i].text for i in places])
        always, middle, sizes, first, last = self._always, self._middle, self._sizes, self._first, self._last
        longest, before_end, companies = len(sizes) - 1, len(blocks) - 1, self._companies
        reach = len(self._from_start)
        for i, text, woken in zip(places, lines.texts, self._woken(lines), strict=True):
            asked = always | woken | first.get(text[0], 0) | last.get(text[-1], 0)
            size = len(text)
            asked &= sizes[size if size < longest else longest]
            if i < reach or before_end - i < reach:
                near = self._from_start[i] if i < reach else 0
                asked &= middle | near | (self._from_end[before_end - i] if before_end - i < reach else 0)
            else:
                asked &= middle
            company = companies.get(asked)
            yield self._company(asked) if company is None else company

    def _woken(self, lines: Lines) -> list[int]:
        """Find for each line whom its signs, and the gates that look for themselves, wake."""
        woken = [0] * len(lines.texts)
        whole, ends = lines.whole, lines.ends()
        for sign, bits in self._signs.items():
            at = whole.find(sign)
            while at >= 0:
                line = bisect_right(ends, at)
                woken[line] |= bits
                at = whole.find(sign, ends[line])
        for where, bits in self._where.items():
            for line in where(lines):
                woken[line] |= bits
        return woken

    def _company(self, asked: int) -> tuple[Rule, ...]:
        if len(self._companies) > _MOST_COMPANIES:
            self._companies.clear()
        company = self._companies[asked] = tuple(rule for bit, rule in self._rules if asked & bit)
        return company


@lru_cache(maxsize=8)
def plan_for(rules: tuple[Rule, ...]) -> Plan:
    """Give the plan for these rules."""
    return Plan(rules)


def _sum(bits: Sequence[int], chosen: Iterable[bool]) -> int:
    return sum(bit for bit, wanted in zip(bits, chosen, strict=True) if wanted)
