"""Which lines a rule is asked about: most lines have nothing of what most rules look for.

What is found for all lines at once costs little for each. So a gate looks at the lines of a text together, and what
several gates want to know of them is found once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from functools import cached_property
from itertools import accumulate

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.words.letters import LONGEST_WHOLE, fold_again, keys_of, plain
from cleaners.words.lexicon import LONGEST, is_joined

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Any, TypeAlias, TypeVar

    T = TypeVar("T")

#: What looks for lines and gives their places.
Where: TypeAlias = "Callable[[Lines], Collection[int]]"
#: A gate may look at so many lines above a line that a rule is asked about, and at so many below it.
_ABOVE, _BELOW = 2, 2
#: Lines in which a story's dateline is looked for: the title and a field or two may stand before it.
_HEAD = 8
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


class Lines:
    """The lines of one text: what rules are given, and what gates and rules found out about them.

    A menu that is printed twice is looked at once: `texts` are the lines that differ, and what is said of lines is
    said of the places in these, where it is not said that it is of all lines. Nothing outlives the text.
    """

    def __init__(
        self, texts: Sequence[str], places: Iterable[int] | None = None, later: Sequence[str] = ()
    ) -> None:
        """`texts` are the lines without space at their ends, `places` those that rules are to be asked about.

        The lines that gates will look at `later` (see `instead`) are read together with these.
        """
        if any("\n" in text for text in texts):
            texts = [text.replace("\n", " ") for text in texts]
        self.all = texts
        #: The story's first lines, where these are its last.
        self.head = texts[:_HEAD]
        self.asked: Sequence[int] = range(len(texts)) if places is None else list(places)
        #: The places among all lines that gates look at: those that rules are asked about, and some around them.
        self.seen = range(len(texts)) if places is None else seen_around(self.asked, len(texts))
        self._later = later
        self._found: dict[Callable[[Lines], Any], Any] = {}
        self._around: dict[Callable[[Lines], Any], Any] = {}
        self._holding: dict[str, list[int]] = {}
        self._readings: dict[tuple[Callable[[str], Any], str], Any] = {}

    def __getitem__(self, place: int) -> str:
        return self.all[place]

    def __len__(self) -> int:
        return len(self.all)

    def among(self, places: Sequence[int]) -> Lines:
        """Return these lines as if there were no others; what was found out about each is known.

        >>> lines = Lines(["Rain", "Snow", "Rain"]).among([1, 2])
        >>> lines[1], len(lines)
        ('Rain', 2)
        """
        part = copy(self)
        part.all = [self.all[place] for place in places]
        part.asked = part.seen = range(len(places))
        part._around = {}
        return part

    def instead(self, texts: Sequence[str], places: Sequence[int]) -> Lines:
        """Return other lines, of which those that gates look at were announced; what was found out of each is known.

        >>> lines = Lines(["Rain"], later=["Snow"]).instead(["Home", "Snow", "Rain"], [1])
        >>> lines.texts, lines[1], len(lines)
        (['Rain', 'Snow'], 'Snow', 3)
        """
        self.texts  # noqa: B018  made before it is shared
        other = copy(self)
        other.all, other.asked = texts, places
        other.seen = seen_around(places, len(texts))
        other._around = {}
        return other

    @cached_property
    def texts(self) -> list[str]:
        """The lines that differ."""
        return list(dict.fromkeys([*[self.all[place] for place in self.seen], *self._later]))

    @cached_property
    def whole(self) -> str:
        """The lines, one below the other."""
        return "\n".join(self.texts)

    @cached_property
    def _ends(self) -> list[int]:
        """Where in `whole` each line ends."""
        return [end - 1 for end in accumulate(len(text) + 1 for text in self.texts)]

    @cached_property
    def _small(self) -> str:
        """The lines in small letters, one below the other; of paragraphs the beginning."""
        return "\n".join(
            [text if len(text) <= LONGEST else text[:LONGEST_WHOLE] for text in self.texts]
        ).casefold()

    @cached_property
    def _bytes(self) -> bytes:
        return self.whole.encode("utf-8", "surrogatepass")

    @cached_property
    def _scripts(self) -> frozenset[int]:
        """The marks that the lines have, and the first bytes that their other letters have in UTF-8."""
        return frozenset(self._bytes.translate(None, _LETTERS))

    @cached_property
    def _first(self) -> list[str]:
        return [text[0] for text in self.texts]

    @cached_property
    def _last(self) -> list[str]:
        return [text[-1] for text in self.texts]

    def beginning(self, signs: str) -> list[int]:
        """Return the places of the lines whose first character is one of these.

        >>> Lines(["#rain", "Rain", "(rain)"]).beginning("(#")
        [0, 2]
        """
        return [place for place, sign in enumerate(self._first) if sign in signs]

    def ending(self, signs: str) -> list[int]:
        """Return the places of the lines whose last character is one of these."""
        return [place for place, sign in enumerate(self._last) if sign in signs]

    @cached_property
    def numbered(self) -> list[int]:
        """The places of the lines that have a digit."""
        if not self._scripts.isdisjoint(OTHER_DIGITS):
            return [place for place, text in enumerate(self.texts) if _DIGIT.search(text)]
        digits = self._bytes.translate(None, _NO_DIGITS).split(b"\n")
        return [place for place, found in enumerate(digits) if found]

    @cached_property
    def folded(self) -> list[str]:
        """The lines in small letters, of paragraphs the beginning."""
        return self._small.split("\n")

    @cached_property
    def _plain(self) -> list[str]:
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
        """Return the places of the lines whose first word is known, or the first `letters` of it are.

        >>> Lines(["Photo: Anna Smith", "It rained.", "(Photographs by us)"]).opened_by({"photo"}, 5)
        [0, 2]
        """
        if letters is None:
            found = self._opening_words.intersection(known)
        else:
            found = frozenset([word for word in self._opening_words if word[:letters] in known])
        return [place for place, word in enumerate(self.openings) if word in found] if found else []

    @cached_property
    def _opening_words(self) -> frozenset[str]:
        return frozenset(self.openings)

    @cached_property
    def keys(self) -> list[str]:
        """The lines as phrases are looked up, of long ones the beginning."""
        return keys_of(self.texts, self._small)

    @cached_property
    def joined(self) -> list[int]:
        """The places of the lines in scripts that write words together."""
        if self._scripts.isdisjoint(_JOINED_SCRIPTS):
            return []
        return [place for place, text in enumerate(self.texts) if not text.isascii() and is_joined(text)]

    def once(self, find: Callable[[Lines], T]) -> T:
        """Return what a gate finds in `texts`; it looks once, however many ask."""
        if find not in self._found:
            self._found[find] = find(self)
        found: T = self._found[find]
        return found

    def around(self, find: Callable[[Lines], T]) -> T:
        """Return what a gate finds that looks at the lines around a line; it looks once, however many ask."""
        if find not in self._around:
            self._around[find] = find(self)
        found: T = self._around[find]
        return found

    def everywhere(self, where: Where) -> list[int]:
        """Return the places among all lines of what a gate finds in `texts`."""
        found = {self.texts[place] for place in self.once(where)}
        return [place for place in self.seen if self.all[place] in found] if found else []

    def read(self, reader: Callable[[str], T], text: str) -> T:
        """Return what a reader makes of a line; it reads each line once, however many ask."""
        question = (reader, text)
        readings = self._readings
        if question not in readings:
            readings[question] = reader(text)
        reading: T = readings[question]
        return reading

    def holding(self, signs: Iterable[str]) -> list[int]:
        """Return the places of the lines that have one of these signs or words in them; some more than once.

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
        if not self._scripts.issuperset(sign.encode().translate(None, _LETTERS)):
            return places  # nothing of it is in the text
        at = whole.find(sign)
        while at >= 0:
            place = bisect_right(ends, at)
            places.append(place)
            at = whole.find(sign, ends[place])
        return places


class Gate(Value):
    """What a line must have for a rule to be asked about it: see `cleaners.rules.registry.rule`."""

    longest: int | None = None
    near_start: int = 0
    near_end: int = 0
    first: str = ""
    last: str = ""
    signs: tuple[str, ...] = ()
    where: Where | None = None
    beside: Where | None = None

    def reach(self, *, from_end: bool) -> int:
        """Return among how many lines, from the beginning or from the end, a line has to be."""
        return self.near_end if from_end else self.near_start

    def texts(self, lines: Lines) -> Iterable[int]:
        """Return the places of the lines that the gate lets through by their text, some more than once."""
        if not (self.first or self.last or self.signs or self.where):
            found: Iterable[int] = range(len(lines.texts))
        else:
            found = [*lines.holding(self.signs)]
            if self.first:
                found += lines.beginning(self.first)
            if self.last:
                found += lines.ending(self.last)
            if self.where:
                found += lines.once(self.where)
        if self.longest is None:
            return found
        texts, longest = lines.texts, self.longest
        return [place for place in found if len(texts[place]) <= longest]

    def places(self, lines: Lines) -> Collection[int]:
        """Return the places among all lines that the gate lets through."""
        places: Collection[int] = lines.seen if self.beside is None else set(lines.around(self.beside))
        if self.near_start or self.near_end:
            size = len(lines)
            end = max(self.near_start, size - self.near_end)
            near = [*range(min(self.near_start, size)), *range(end, size)]
            places = near if places is lines.seen and len(places) == size else sorted({*near} & {*places})
        every = lines.all
        if self.first or self.last or self.signs or self.where:
            texts = {lines.texts[place] for place in self.texts(lines)}
            return [i for i in places if every[i] in texts] if texts else ()
        longest = self.longest
        return places if longest is None else [i for i in places if len(every[i]) <= longest]


def seen_around(places: Sequence[int], count: int) -> Sequence[int]:
    """Return the places and those near them, in their order.

    >>> seen_around([2, 9], 11)
    [0, 1, 2, 3, 4, 7, 8, 9, 10]
    """
    if len(places) == count:
        return range(count)
    near = {j for i in places for j in range(max(i - _ABOVE, 0), min(i + _BELOW + 1, count))}
    return sorted(near)
