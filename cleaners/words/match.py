"""Looks up what a line is by its words alone: the phrases that site furniture uses.

A section is named after the rule that its phrases stand for, its keys say how they must stand in the line:

whole    the line is the phrase and nothing else. "#" stands for a number: "# min read".
weak     as `whole`, but the word may well be a crosshead: it counts only beside another line of furniture.
lead     the line is the phrase, a colon (or "|", "»", ">") and anything: "Related: Rain expected".
starts   the line begins with the phrase and does not go on as reportage.
ends     the line ends with the phrase.

A phrase of the last three is furniture as a whole line too. Letter case, surrounding punctuation, arrows and emoji do
not count. The phrases are what content systems (WordPress, Drupal, Joomla, …) and large publishers print in their
public pages and translations.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cleaners.blocks import Label, Verdict
from cleaners.patterns import late_pattern
from cleaners.words import table, word_set
from cleaners.words.letters import JOINED_FROM, LONGEST_WHOLE, fold, key, plain
from cleaners.words.lexicon import is_joined
from cleaners.words.tables import Phrases, label_of

LONGEST_TITLE = 260
"""A line that leads to another story is a phrase and a title; longer ones are paragraphs."""
LONGEST_NOTICE = 700
"""Cookie and subscription notices are the longest furniture; past this a line is somebody's text."""

LONGEST_WEAK = 40
"""Longer lines are not looked up as words that may be furniture."""

_NUMBER = late_pattern(r"\d[\d.,:]*k?")
_DASHES = "–—―-"
_LONGEST_BUTTON = 60
_QUOTES = frozenset('"“”„«»「」『』')
_STOPS = frozenset("。！？")
_KANA_FROM = "\u3000"
_SEPARATORS = ":：|｜»>►▶→"


@cache
def phrases() -> Phrases:
    """Return all phrases."""
    return Phrases(*table("phrases"))


@cache
def reporting() -> frozenset[str]:
    """Return the verbs of saying and the like, which are of reporters and not of furniture."""
    return word_set("words.reporting", "verbs") | word_set("words.reporting", "auxiliaries")


@cache
def _reporting_in_texts() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the verbs of saying that are of several words, with spaces around, and those of scripts without spaces."""
    verbs = word_set("words.reporting", "verbs")
    return (
        tuple(sorted(f" {verb} " for verb in verbs if " " in verb)),
        tuple(sorted(verb for verb in verbs if verb[0] >= JOINED_FROM)),
    )


def reports(text: str, *, auxiliaries: bool = True) -> bool:
    """Tell whether a line has a verb of saying and the like, by which reporters tell what others said.

    `auxiliaries` are those that others use as well ("had").

    >>> reports("Entry is free on Sunday, the museum said."), reports("主办方表示，门票将于周一打折。")
    (True, True)
    >>> reports("Entry is free on Sunday!")
    False
    """
    printed = plain(fold(text))
    verbs = reporting() if auxiliaries else _verbs()
    if not verbs.isdisjoint(printed.split()):
        return True
    phrases, joined = _reporting_in_texts()
    if is_joined(text):
        told = [verb for verb in joined if verb in text]
        # "もっと表示" is a button: what is told in Han signs or kana has the stops of sentences.
        return any(verb[0] < _KANA_FROM or not _STOPS.isdisjoint(text) for verb in told)
    around = f" {printed} "
    return not text.isascii() and any(map(around.__contains__, phrases))


@cache
def _verbs() -> frozenset[str]:
    return reporting() - word_set("words.reporting", "auxiliaries")


@cache
def _verdict(rule: str) -> Verdict:
    """The verdict on a line that a rule's phrases name."""
    return Verdict(label_of(rule), rule)


@cache
def phrase_rules() -> dict[str, Label]:
    """Return the rules that phrases stand for, each with its label."""
    known = phrases()
    return {rule: label_of(rule) for rule in {*known.whole.values(), *known.weak.values()}}


def look_up(text: str) -> Verdict | None:
    """What piece of furniture a line is by its words alone; None when it is none, or only might be one.

    >>> look_up("Post navigation").rule
    'navigation.post-navigation'
    >>> look_up("Related: Rain expected in the north").rule
    'related.read-also'
    >>> look_up("Related parties must declare their interests.") is None
    True
    """
    if len(text) > LONGEST_NOTICE or (rule := _rule_of(text)) is None:
        return None
    verdict = _verdict(rule)
    if verdict.label is not Label.AD and len(text) <= LONGEST_WHOLE and _is_dashed(text):
        return None  # agencies print their crossheads so: "– Comments –"
    return verdict


def may_be_known(keys: Sequence[str], numbered: Sequence[int]) -> list[int]:
    """The places of the lines, given by their keys, that `look_up` has to be asked about.

    `numbered` are the places of the lines that have a digit.

    >>> may_be_known(["it rained in kyiv", "post navigation", "tags: rain"], [])
    [1, 2]
    """
    known = phrases()
    whole, openings, ends = known.whole, known.openings, known.ends
    places = [
        place
        for place, line in enumerate(keys)
        if line in whole
        or ((found := openings.get(line[:4])) and line.startswith(found))
        or ((found := openings.get(line[:2])) and line.startswith(found))
    ]
    places += [place for place, line in enumerate(keys) if line.endswith(ends)]
    lines = _NUMBER.sub("#", "\n".join([keys[place] for place in numbered])).split("\n")
    if len(lines) != len(numbered):  # there are line breaks within them
        return [*places, *numbered]
    for place, line in zip(numbered, lines, strict=True):
        if (
            line in whole
            or line.startswith(openings.get(line[:4], "\n"))
            or line.startswith(openings.get(line[:2], "\n"))
            or line.endswith(ends)
        ):
            places.append(place)
    return places


def may_be_weak(keys: Sequence[str]) -> list[int]:
    """The same for `look_up_weak`."""
    weak = phrases().weak
    return [place for place, line in enumerate(keys) if line in weak]


def look_up_weak(text: str) -> Verdict | None:
    """What piece of furniture a short line might be, if a neighbour is furniture too ("Home", "More", "Video")."""
    rule = phrases().weak.get(key(text)) if len(text) <= LONGEST_WEAK else None
    return _verdict(rule) if rule is not None else None


def _rule_of(text: str) -> str | None:
    """The rule of the phrase that a line is, or has where such a phrase must stand."""
    size = len(text)
    known = phrases()
    if size > LONGEST_WHOLE:
        return _opens(known, text, key(text[:LONGEST_WHOLE]), size)
    line = key(text)
    rule = known.whole.get(line)
    if rule is None:
        rule = _opens(known, text, line, size)
        if rule is None and not line.isalpha():
            numbered = _NUMBER.sub("#", line)
            if numbered != line:
                rule = known.whole.get(numbered) or _opens(known, text, numbered, size)
                line = numbered
        if rule is None:
            rule = _closes(known, line, text) if line.endswith(known.ends) else None
    return rule


def _opens(known: Phrases, text: str, line: str, size: int) -> str | None:
    found = known.openings.get(line[:4])
    if found is None or not line.startswith(found):
        found = known.openings.get(line[:2])
        if found is None or not line.startswith(found):
            return None
    for phrase in found:
        if not line.startswith(phrase):
            continue
        rest = line[len(phrase) :]
        rule = known.starts.get(phrase)
        if rule is not None and (not rest[:1].isalnum() or phrase[-1] >= "\u0e00"):
            label = _verdict(rule).label
            if _goes_on_as_sentence(rest, text, label):
                continue
            if size <= (LONGEST_TITLE if label is Label.RELATED else LONGEST_NOTICE) and (
                label is Label.RELATED or not is_reportage(text, rest if size <= LONGEST_WHOLE else text)
            ):
                return rule
            continue
        rule = known.leads.get(phrase)
        if rule is not None and size <= LONGEST_TITLE:
            after = rest.lstrip()[:1]
            if (after and after in _SEPARATORS) or rest[:3] in (" – ", " — ", " - "):
                return rule
    return None


def _goes_on_as_sentence(rest: str, text: str, label: Label) -> bool:
    """Whether the words behind a phrase make it the start of a sentence: "Sharing on Facebook is now forbidden."

    A link's title has no full stop and a button is short; a sentence with a clause in it is neither.
    """
    if rest[:1] == "," and label in (Label.RELATED, Label.SHARING):
        return True
    if rest[:1] != " " or text[-1] != ".":
        return False
    return (label is Label.RELATED and "," in rest) or (
        label is Label.SHARING and len(text) > _LONGEST_BUTTON
    )


def _closes(known: Phrases, line: str, text: str) -> str | None:
    if is_reportage(text):
        return None
    return next(known.whole[phrase] for phrase in known.ends if line.endswith(phrase))


def _is_dashed(text: str) -> bool:
    return text[0] in _DASHES and text[-1] in _DASHES


def is_reportage(text: str, rest: str | None = None) -> bool:
    """Whether a line quotes somebody or uses a verb of saying: then it is a sentence about furniture, not furniture.

    `rest` is what follows a phrase of furniture, which may have such a verb itself ("You have # free articles").

    >>> is_reportage("Subscribe to our newsletter, the minister said in jest.")
    True
    """
    if not _QUOTES.isdisjoint(text):
        return True
    return reports(text if rest is None else rest)
