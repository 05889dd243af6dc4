"""Which rules need to be asked about which line: most lines have nothing of what most rules look for.

A rule says beside its definition what a line must have for the rule to speak at all:

    @asked(longest=400, first="#＃")
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

from cleaners.phrases import LONGEST_WHOLE, keys_of
from cleaners.rules.lexicon import LONGEST, fold, plain

if TYPE_CHECKING:
    from cleaners.blocks import Block
    from cleaners.rules import Rule

_R = TypeVar("_R", bound="Rule")
#: So many different companies of rules are kept; texts have some hundred.
_MOST_COMPANIES = 4096
#: A gate may look at so many lines above a line that a rule is asked about, and at so many below it.
_ABOVE, _BELOW = 2, 2


class Lines:
    """The lines that rules are to be asked about and their neighbours, and what several gates want to know of them.

    What is found for all lines at once costs little for each.
    """

    def __init__(self, texts: list[str]) -> None:
        """`texts` are the lines without line breaks and without space at their ends."""
        self.texts = texts
        self._found: dict[Callable[[Lines], Sequence[int]], Sequence[int]] = {}

    @cached_property
    def whole(self) -> str:
        """All lines, one below the other."""
        return "\n".join(self.texts)

    @cached_property
    def _ends(self) -> list[int]:
        """Where in `whole` each line ends."""
        return [end - 1 for end in accumulate(len(text) + 1 for text in self.texts)]

    @cached_property
    def folded(self) -> list[str]:
        """The first letters of the lines, in small letters."""
        return _each("\n".join([text[:8] for text in self.texts]), self.texts, str.casefold)

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each line, in small letters and without marks; of paragraphs none."""
        texts = [text if len(text) <= LONGEST else "" for text in self.texts]
        return [line.split() for line in _each("\n".join(texts), texts, _plain)]

    @cached_property
    def keys(self) -> list[str]:
        """The lines as phrases are looked up, of long ones the beginning."""
        return keys_of([text[:LONGEST_WHOLE] for text in self.texts])

    def once(self, where: Callable[[Lines], Sequence[int]]) -> Sequence[int]:
        """Give the places that a gate finds; it looks once, however many ask."""
        if (places := self._found.get(where)) is None:
            places = self._found[where] = where(self)
        return places

    def holding(self, signs: Iterable[str]) -> list[int]:
        """Give the places of the lines that have one of these signs or words in them; some more than once.

        >>> Lines(["Rain / Snow", "It rained."]).holding(["/", "|"])
        [0]
        """
        whole, ends, places = self.whole, self._ends, []
        for sign in signs:
            at = whole.find(sign)
            while at >= 0:
                place = bisect_right(ends, at)
                places.append(place)
                at = whole.find(sign, ends[place])
        return places


def _plain(text: str) -> str:
    return plain(fold(text))


def _each(whole: str, texts: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """Change all lines at once, or one by one if there are line breaks within them."""
    changed = change(whole).split("\n")
    return changed if len(changed) == len(texts) else [change(text) for text in texts]


class Gate(NamedTuple):
    """What a line must have: see `asked`."""

    longest: int | None = None
    near_start: int = 0
    near_end: int = 0
    first: str = ""
    last: str = ""
    signs: tuple[str, ...] = ()
    where: Callable[[Lines], Sequence[int]] | None = None


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
    where: Callable[[Lines], Sequence[int]] | None = None,
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
        self._companies: dict[int, tuple[Rule, ...]] = {}
        self._first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._signs: dict[str, int] = {}
        self._where: dict[Callable[[Lines], Sequence[int]], int] = {}
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
        seen = _with_neighbours(places, len(blocks))
        lines = Lines([blocks[i].text for i in seen])
        woken = self._woken(lines)
        if len(seen) != len(places):
            at = dict(zip(seen, woken, strict=True))
            woken = [at[i] for i in places]
        always, middle, sizes, first, last = self._always, self._middle, self._sizes, self._first, self._last
        longest, before_end, companies = len(sizes) - 1, len(blocks) - 1, self._companies
        reach = len(self._from_start)
        for i, asked in zip(places, woken, strict=True):
            text = blocks[i].text
            asked |= always | first.get(text[0], 0) | last.get(text[-1], 0)
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
        for sign, bits in self._signs.items():
            for place in lines.holding((sign,)):
                woken[place] |= bits
        for where, bits in self._where.items():
            for place in lines.once(where):
                woken[place] |= bits
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


def _with_neighbours(places: Sequence[int], count: int) -> Sequence[int]:
    """Give the places and those near them, in their order.

    >>> _with_neighbours([2, 9], 11)
    [0, 1, 2, 3, 4, 7, 8, 9, 10]
    """
    if len(places) == count:
        return places
    near = {j for i in places for j in range(max(i - _ABOVE, 0), min(i + _BELOW + 1, count))}
    return sorted(near)


def _sum(bits: Sequence[int], chosen: Iterable[bool]) -> int:
    return sum(bit for bit, wanted in zip(bits, chosen, strict=True) if wanted)
