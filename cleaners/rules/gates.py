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
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from cleaners.patterns import late_pattern
from cleaners.words.lexicon import LONGEST, fold_again, is_joined, plain
from cleaners.words.match import LONGEST_WHOLE, key, keys_of

if TYPE_CHECKING:
    from cleaners.blocks import Block
    from cleaners.rules import Rule

_R = TypeVar("_R", bound="Rule")
#: So many different companies of rules are kept; texts have some hundred.
_MOST_COMPANIES = 4096
#: A gate may look at so many lines above a line that a rule is asked about, and at so many below it.
_ABOVE, _BELOW = 2, 2
#: Bytes that say nothing of a text's marks and scripts: ASCII letters, digits and space, and what is within a letter.
_LETTERS = bytes(
    code
    for code in range(256)
    if 0x80 <= code < 0xC0 or (code < 0x80 and (chr(code).isalnum() or code <= 32))
)
_NO_DIGITS = bytes(code for code in range(256) if code != 10 and not 48 <= code < 58)
_DIGIT = late_pattern(r"\d")
#: First bytes of the digits of scripts that have their own, and of other letters.
OTHER_DIGITS = frozenset((0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xEA, 0xEF, 0xF0))
#: First bytes of the letters in scripts that write words together (see `is_joined`), and of some others.
_JOINED_SCRIPTS = frozenset((0xE0, 0xE1, *range(0xE3, 0xF5)))


#: What looks for lines and gives their places.
Where: TypeAlias = "Callable[[Lines], Sequence[int]]"


class Lines:
    """The lines that rules are to be asked about and their neighbours, and what several gates want to know of them.

    What is found for all lines at once costs little for each. A menu that is printed twice is looked at once: `texts`
    are the lines that differ, and what is said of lines is said of these, but for `everywhere`.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """`texts` are the lines without line breaks and without space at their ends."""
        self.all = texts
        self._found: dict[Where, Sequence[int]] = {}
        self._everywhere: dict[Where, Sequence[int]] = {}
        self._holding: dict[str, list[int]] = {}

    @cached_property
    def texts(self) -> list[str]:
        """The lines that differ."""
        return list(dict.fromkeys(self.all))

    @cached_property
    def whole(self) -> str:
        """All lines, one below the other."""
        return "\n".join(self.texts)

    @cached_property
    def _ends(self) -> list[int]:
        """Where in `whole` each line ends."""
        return [end - 1 for end in accumulate(len(text) + 1 for text in self.texts)]

    @cached_property
    def _small(self) -> str:
        """All lines in small letters, one below the other; of paragraphs the beginning."""
        return "\n".join(
            [text if len(text) <= LONGEST else text[:LONGEST_WHOLE] for text in self.texts]
        ).casefold()

    @cached_property
    def _broken(self) -> bool:
        """Whether there are line breaks within lines: then what is made of all at once has lines too many."""
        return self.whole.count("\n") != len(self.texts) - 1

    @cached_property
    def _bytes(self) -> bytes:
        return self.whole.encode("utf-8", "surrogatepass")

    @cached_property
    def scripts(self) -> frozenset[int]:
        """The marks that the lines have, and the first bytes that their other letters have in UTF-8."""
        return frozenset(self._bytes.translate(None, _LETTERS))

    @cached_property
    def first(self) -> list[str]:
        """The first character of each line."""
        return [text[0] for text in self.texts]

    @cached_property
    def last(self) -> list[str]:
        """The last character of each line."""
        return [text[-1] for text in self.texts]

    @cached_property
    def numbered(self) -> list[int]:
        """The places of the lines that have a digit."""
        if self._broken or not self.scripts.isdisjoint(OTHER_DIGITS):
            return [place for place, text in enumerate(self.texts) if _DIGIT.search(text)]
        digits = self._bytes.translate(None, _NO_DIGITS).split(b"\n")
        return [place for place, found in enumerate(digits) if found]

    @cached_property
    def folded(self) -> list[str]:
        """The lines in small letters, of paragraphs the beginning."""
        if self._broken:
            return [text[:LONGEST_WHOLE].casefold() for text in self.texts]
        return self._small.split("\n")

    @cached_property
    def _plain(self) -> list[str]:
        if self._broken:
            return [" ".join(plain(line).split()) for line in map(fold_again, self.folded)]
        return plain(fold_again(self._small)).split("\n")

    @cached_property
    def words(self) -> list[list[str]]:
        """The words of each line, in small letters and without marks; of paragraphs none."""
        return [
            line.split() if len(text) <= LONGEST else []
            for text, line in zip(self.texts, self._plain, strict=True)
        ]

    @cached_property
    def openings(self) -> list[str]:
        """The first word of each line, of paragraphs too; empty for a line of marks."""
        lines = self._plain
        return [
            words[0] if words else "".join(lines[place].split(None, 1)[:1])
            for place, words in enumerate(self.words)
        ]

    @cached_property
    def foreign(self) -> list[int]:
        """The places of the lines whose first word, if they have one, is not of ASCII letters alone.

        It may be glued to marks, or to the words behind it.
        """
        return [place for place, word in enumerate(self.openings) if not word or not word.isascii()]

    def opened_by(self, known: Collection[str], letters: int | None = None) -> list[int]:
        """Give the places of the lines whose first word is known, or the first `letters` of it are.

        >>> Lines(["Photo: Anna Smith", "It rained.", "(Photographs by us)"]).opened_by({"photo"}, 5)
        [0, 2]
        """
        found = {word for word in self._opening_words if word[:letters] in known}
        return [place for place, word in enumerate(self.openings) if word in found] if found else []

    @cached_property
    def _opening_words(self) -> frozenset[str]:
        return frozenset(self.openings)

    @cached_property
    def keys(self) -> list[str]:
        """The lines as phrases are looked up, of long ones the beginning."""
        if self._broken:
            return [key(text[:LONGEST_WHOLE]) for text in self.texts]
        return keys_of(self.texts, self._small)

    @cached_property
    def joined(self) -> list[int]:
        """The places of the lines in scripts that write words together."""
        if self.scripts.isdisjoint(_JOINED_SCRIPTS):
            return []
        return [place for place, text in enumerate(self.texts) if is_joined(text)]

    def once(self, where: Where) -> Sequence[int]:
        """Give the places that a gate finds; it looks once, however many ask."""
        if (places := self._found.get(where)) is None:
            places = self._found[where] = where(self)
        return places

    def everywhere(self, where: Where) -> Sequence[int]:
        """Give the places among all lines of what a gate finds in `texts`."""
        if (places := self._everywhere.get(where)) is None:
            found = {self.texts[place] for place in self.once(where)}
            places = [place for place, text in enumerate(self.all) if text in found] if found else []
            self._everywhere[where] = places
        return places

    def tell(self, where: Where, places: Sequence[int]) -> None:
        """Note what is known already of where a gate finds anything among all lines."""
        self._everywhere[where] = places

    def holding(self, signs: Iterable[str]) -> list[int]:
        """Give the places of the lines that have one of these signs or words in them; some more than once.

        >>> Lines(["Rain / Snow", "It rained."]).holding(["/", "|"])
        [0]
        """
        places: list[int] = []
        for sign in signs:
            if (held := self._holding.get(sign)) is None:
                held = self._holding[sign] = self._hold(sign)
            places += held
        return places

    def _hold(self, sign: str) -> list[int]:
        whole, ends = self.whole, self._ends
        places: list[int] = []
        if (rare := max(sign)) > "\x7f" and rare not in whole:
            return places  # to look for one letter is quicker
        at = whole.find(sign)
        while at >= 0:
            place = bisect_right(ends, at)
            places.append(place)
            at = whole.find(sign, ends[place])
        return places


class Gate(NamedTuple):
    """What a line must have: see `asked`."""

    longest: int | None = None
    near_start: int = 0
    near_end: int = 0
    first: str = ""
    last: str = ""
    signs: tuple[str, ...] = ()
    where: Where | None = None
    beside: Where | None = None


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
    where: Where | None = None,
    beside: Where | None = None,
) -> Callable[[_R], _R]:
    """Mark a rule that is silent on all lines but those that are told here.

    The line has no more than `longest` characters. It is one of the first `near_start` lines or of the last
    `near_end`, where either is given. And it has one of these, where any is given: one of the characters `first` at
    its start, one of `last` at its end, one of the `signs` anywhere, or it is one of the lines that `where` gives the
    places of. `where` judges a line by its text; what looks at the lines around is `beside`, which gives places
    among all lines.
    """

    def mark(rule: _R) -> _R:
        _GATES[rule] = Gate(longest, near_start, near_end, first, last, signs, where, beside)
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
        self._where: dict[Where, int] = {}
        self._beside: dict[Where, int] = {}
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
            if gate.beside is not None:
                self._beside[gate.beside] = self._beside.get(gate.beside, 0) | bit
            if not (gate.first or gate.last or gate.signs or gate.where or gate.beside):
                self._always |= bit
        # Above the rules' bits each gate that looks for itself has one that says that it found the line.
        self._finds = {where: 1 << len(bits) + number for number, where in enumerate(self._where)}
        lengths = sorted({0, *(gate.longest + 1 for gate in gates if gate.longest is not None)})
        self._sizes: list[int] = []
        for size, following in zip(lengths, [*lengths[1:], lengths[-1] + 1], strict=True):
            fit = _sum(bits, (gate.longest is None or gate.longest >= size for gate in gates))
            self._sizes += [fit] * (following - size)
        self._middle = _sum(bits, (not gate.near_start and not gate.near_end for gate in gates))
        reach = max((max(gate.near_start, gate.near_end) for gate in gates), default=0)
        self._from_start = [_sum(bits, (gate.near_start > place for gate in gates)) for place in range(reach)]
        self._from_end = [_sum(bits, (gate.near_end > place for gate in gates)) for place in range(reach)]

    def bits_of(self, rules: Collection[Rule]) -> int:
        """Give the bits of some of the rules."""
        return sum(bit for bit, rule in self._rules if rule in rules)

    def companies(
        self,
        blocks: Sequence[Block],
        places: Sequence[int],
        among: int = -1,
        known: dict[str, int] | None = None,
    ) -> Iterator[tuple[int, tuple[Rule, ...]]]:
        """Give the places among these that rules are to be asked about, and for each the rules in their order.

        `among` are the bits of the rules that may be asked; `known` keeps whom lines wake by their text alone, for the
        next rounds over a text.
        """
        seen = _with_neighbours(places, len(blocks))
        texts = [blocks[i].text for i in seen]
        woken = self._woken(texts, {} if known is None else known)
        chosen = None if len(seen) == len(places) else frozenset(places)
        always, middle, sizes = self._always & among, self._middle & among, self._sizes
        companies = self._companies
        longest, before_end, reach = len(sizes) - 1, len(blocks) - 1, len(self._from_start)
        if always & middle:
            candidates: Iterable[int] = range(len(seen))
        else:
            far = before_end - reach
            candidates = [place for place, i in enumerate(seen) if woken[place] or i < reach or i > far]
        for place in candidates:
            i = seen[place]
            if chosen is not None and i not in chosen:
                continue
            asked = woken[place]
            if i < reach or before_end - i < reach:
                near = self._from_start[i] if i < reach else 0
                near |= middle | (self._from_end[before_end - i] if before_end - i < reach else 0)
                asked = (asked | always) & near & among
            else:
                asked = (asked | always) & middle
            if asked:
                size = len(texts[place])
                asked &= sizes[size if size < longest else longest]
                if asked:
                    company = companies.get(asked)
                    yield i, self._company(asked) if company is None else company

    def _woken(self, texts: Sequence[str], known: dict[str, int]) -> list[int]:
        """Find for each line whom it wakes, and whom the lines beside it; note in `known` what each says by itself."""
        met = list(map(known.get, texts))
        if None in met:
            new = list(dict.fromkeys([text for text, bits in zip(texts, met, strict=True) if bits is None]))
            found = dict(zip(new, self._woken_alone(Lines(new)), strict=True))
            known.update(found)
            woken = [found[text] if bits is None else bits for text, bits in zip(texts, met, strict=True)]
        else:
            woken = [bits for bits in met if bits is not None]
        if self._beside:
            lines = Lines(texts)
            for where, find in self._finds.items():
                lines.tell(where, [place for place, bits in enumerate(woken) if bits & find])
            for beside, bits in self._beside.items():
                for place in lines.once(beside):
                    woken[place] |= bits
        return woken

    def _woken_alone(self, lines: Lines) -> list[int]:
        """Find for each line whom its ends, its signs, and the gates that look for themselves, wake."""
        woken = [0] * len(lines.texts)
        for ends, bits_of in ((lines.first, self._first), (lines.last, self._last)):
            for place in [place for place, sign in enumerate(ends) if sign in bits_of]:
                woken[place] |= bits_of[ends[place]]
        for sign, bits in self._signs.items():
            for place in lines.holding((sign,)):
                woken[place] |= bits
        for where, bits in self._where.items():
            bits |= self._finds[where]
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
