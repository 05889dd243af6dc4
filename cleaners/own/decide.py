"""What a file of one's own rules says of lines.

whole     the line is the phrase and nothing else. "#" stands for a number: "# people read this".
starts    the line begins with it.
ends      the line ends with it.
pattern   the regular expression is somewhere in the line; ^ and $ are its ends.

Letters' case, marks and arrows around the line, and how its spaces and apostrophes are written do not count. A line
that is to be kept is kept, whatever else is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from cleaners.blocks import Block, Label, Verdict
from cleaners.options import Rules
from cleaners.own.file import OwnRule, host_of, is_of, own_key, own_rules
from cleaners.own.patterns import compile_pattern
from cleaners.patterns import late_pattern
from cleaners.rules import all_rules
from cleaners.wire.agencies import OwnNames
from cleaners.words.letters import EDGES, JOINED_FROM
from cleaners.words.source import Entry

_NUMBER: Final = late_pattern(r"\d[\d.,:]*k?")
_SPACE: Final = late_pattern(r"\s+")


class _Edges(NamedTuple):
    """Phrases that lines begin or end with: all at once, and the verdict of each, the longest first."""

    any: tuple[str, ...]
    verdicts: dict[str, Verdict]


class _Phrases(NamedTuple):
    """The phrases that make lines one thing, kept or cut, each with its verdict."""

    whole: dict[str, Verdict]
    starts: _Edges | None
    ends: _Edges | None
    patterns: tuple[tuple[Callable[[str], object], Verdict], ...]
    numbered: bool


class Own(NamedTuple):
    """What a file says of one site: the lines that stay and that go, the rules that are off, the names it knows."""

    keep: _Phrases
    cut: _Phrases
    off: frozenset[str]
    names: OwnNames | None

    def whole_lines(self) -> Own:
        """Return what it says of lines that are a phrase from end to end."""
        keep, cut = (
            phrases._replace(starts=None, ends=None, patterns=()) for phrases in (self.keep, self.cut)
        )
        return self._replace(keep=keep, cut=cut)


def own_of(rules: Rules, url: str | None) -> Own:
    """Return what the rules say of the site that an address is of."""
    host = host_of(url)
    return _own(rules, tuple(site for site in _sites(rules) if is_of(host, site)))


def decide(blocks: Sequence[Block], own: Own) -> dict[int, Verdict]:
    """Return the verdicts on the blocks that the rules say something of, by their places.

    >>> rules = Rules("own.toml", "[ad]\\nstarts = ['Get the app']\\n[keep]\\nwhole = ['Get the app, she said.']")
    >>> blocks = [Block("Get the App now", 1), Block("Get the app, she said.", 2), Block("It rained.", 3)]
    >>> {place: verdict.rule for place, verdict in decide(blocks, own_of(rules, None)).items()}
    {0: 'own.ad', 1: 'own.keep'}
    """
    found: dict[int, Verdict] = {}
    for place, block in enumerate(blocks):
        text = block.text
        line = own_key(text)
        if verdict := _look_up(own.keep, text, line):
            level = block.markup.level if block.markup else None
            found[place] = verdict._replace(label=Label.HEADING) if level else verdict
        elif verdict := _look_up(own.cut, text, line):
            found[place] = verdict
    return found


@lru_cache(maxsize=16)
def _sites(rules: Rules) -> tuple[str, ...]:
    return tuple({rule.host: None for rule in own_rules(rules)})


@lru_cache(maxsize=128)
def _own(rules: Rules, sites: tuple[str, ...]) -> Own:
    said = [rule for rule in own_rules(rules) if rule.host in sites]
    kept = [rule for rule in said if rule.label is Label.BODY]
    cut = [rule for rule in said if rule.label not in (Label.BODY, None)]
    off = {rule.text for rule in said if rule.way == "rules"}
    if off:  # the name of a file of rules is that of all its rules
        off.update(name for rule in all_rules() if rule.kind in off for name in rule.ids)
    return Own(_phrases(kept), _phrases(cut), frozenset(off), _names([r for r in said if r.way == "names"]))


def _names(rules: Sequence[OwnRule]) -> OwnNames | None:
    if not rules:
        return None
    from cleaners.words.compile import spellings_of  # for who has names of his own

    agencies = [
        Entry("", rule.line, "agencies", "names", rule.text)
        for rule in rules
        if rule.name.startswith("own.agencies")
    ]
    people = {own_key(rule.text): rule.text for rule in rules if rule.name.startswith("own.credits")}
    return OwnNames(spellings_of(agencies), people)


def _phrases(rules: Iterable[OwnRule]) -> _Phrases:
    ways: dict[str, dict[str, Verdict]] = {way: {} for way in _FORMS}
    patterns = []
    # What is said of one site comes before what is said of all, and the longest phrase before its beginning.
    for rule in sorted(rules, key=lambda rule: (not rule.host, -len(rule.text))):
        assert rule.label is not None
        verdict = Verdict(rule.label, rule.name)
        if rule.way == "pattern":
            patterns.append((compile_pattern(rule.text), verdict))
        else:
            ways[rule.way].setdefault(_FORMS[rule.way](rule.text), verdict)
    starts, ends = (
        _Edges(tuple(found), found) if (found := ways[way]) else None for way in ("starts", "ends")
    )
    numbered = any("#" in phrase for phrase in ways["whole"])
    return _Phrases(ways["whole"], starts, ends, tuple(patterns), numbered)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text.replace("’", "'")).strip().casefold()


def _whole(text: str) -> str:
    phrase = own_key(text)
    return _NUMBER.sub("#", phrase) if "#" in phrase else phrase


def _start(text: str) -> str:
    folded = _folded(text)
    return folded.lstrip(EDGES) or folded


def _end(text: str) -> str:
    folded = _folded(text)
    return folded.rstrip(EDGES) or folded


#: How phrases are compared, by the way in which they stand in a line.
_FORMS: Final = {"whole": _whole, "starts": _start, "ends": _end}


def _look_up(phrases: _Phrases, text: str, line: str) -> Verdict | None:
    """Return what the phrases say of a line, whose key is `line`."""
    found = phrases.whole.get(line)
    if found is None and phrases.numbered:
        found = phrases.whole.get(_NUMBER.sub("#", line))
    if found is None and phrases.starts:
        found = _opens(phrases.starts, _start(text))
    if found is None and phrases.ends:
        found = _closes(phrases.ends, _end(text))
    if found is None and phrases.patterns:
        found = next((verdict for search, verdict in phrases.patterns if search(text)), None)
    return found


def _opens(phrases: _Edges, line: str) -> Verdict | None:
    """Return what a phrase says that the line begins with, where no letter goes on with it."""
    if line.startswith(phrases.any):
        for phrase, verdict in phrases.verdicts.items():
            if line.startswith(phrase) and not _are_one_word(phrase[-1], line[len(phrase) :][:1]):
                return verdict
    return None


def _closes(phrases: _Edges, line: str) -> Verdict | None:
    """The same for one that it ends with."""
    if line.endswith(phrases.any):
        for phrase, verdict in phrases.verdicts.items():
            if line.endswith(phrase) and not _are_one_word(phrase[0], line[: -len(phrase)][-1:]):
                return verdict
    return None


def _are_one_word(inner: str, outer: str) -> bool:
    """Return whether a phrase's last letter and what stands beside it are of one word."""
    return inner.isalnum() and outer.isalnum() and inner < JOINED_FROM
