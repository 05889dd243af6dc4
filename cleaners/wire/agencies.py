"""The agencies of the trade: what an agency is called, in any language, and which agency a text names."""

from __future__ import annotations

from _contextvars import ContextVar  # contextvars is a file more to read at each start, and says the same
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.parts import cut_label, longest_first
from cleaners.words import table, word_set
from cleaners.words.letters import first_word, key, start_of
from cleaners.words.tables import Spellings


class Agency(Value):
    """An agency: its short form ("AFP"), full name, country (ISO 3166-1), kinds and aliases.

    `kinds` holds "news", "photo" or both, and "desk" for houses that mostly pass on the pictures of others.
    """

    name: str
    full: str
    country: str
    kinds: frozenset[str]
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()


#: Characters of a name that may have a slip of the pen, of a word in it, and how alike the word must be.
_SHORTEST_SLIP, _LONGEST_SLIP = 5, 40
_SHORTEST_WORD = 5
_LIKENESS = 0.85
#: Letters of an outlet's short form, which is printed in one way only.
_LONGEST_SHORT_FORM = 4
#: What stands between two agencies that sent a story together.
_BETWEEN = late_pattern(r" / |, ?| and | – |[/=＝–-]")


@cache
def _spellings() -> Spellings:
    return Spellings(*table("agencies"))


@cache
def agencies() -> tuple[Agency, ...]:
    """Return all agencies of `words/agencies.toml`."""
    return tuple(Agency(*row) for row in _spellings().rows)


@cache
def outlets() -> frozenset[str]:
    """Return the papers, broadcasters and offices known by their short form, as printed before a slash: "LP"."""
    return frozenset(table("outlets")["names"])


def is_outlet(text: str) -> bool:
    """Tell whether a text is the name of a paper, a broadcaster, a studio or an office; longer ones in capitals too.

    >>> is_outlet("BBC"), is_outlet("GAUMONT"), is_outlet("bbc")
    (True, True, False)
    """
    return text in outlets() or (
        len(text) > _LONGEST_SHORT_FORM and text.isupper() and text in _outlets_in_capitals()
    )


@cache
def _outlets_in_capitals() -> frozenset[str]:
    return frozenset(map(str.upper, outlets()))


class OwnNames:
    """The agencies, and the people who take pictures, that whoever has an input cleaned knows himself.

    `people` are found by their names as phrases are compared. Two are the same only if they are one: what is remembered
    of a text is remembered beside them.
    """

    def __init__(self, spellings: Spellings, people: dict[str, str]) -> None:
        self.spellings = spellings
        self.agencies = tuple(Agency(*row) for row in spellings.rows)
        self.people = people
        self.starts = _packaged_starts() | spellings.starts
        self.agency_first_words = _packaged_first_words() | spellings.first_words
        self.people_first_words = frozenset(map(first_word, people.values()))

    def find_agency(self, text: str, *, weak: bool) -> Agency | None:
        """Return the agency of one's own that a text names."""
        found = _place(self.spellings, text, weak)
        return None if found is None else self.agencies[found]

    def find_person(self, text: str) -> str | None:
        """Return the person that a text names."""
        return self.people.get(key(text))


#: The names that hold while an input is cleaned: in each thread, and for each input, they are others.
OWN_NAMES: ContextVar[OwnNames | None] = ContextVar("own names", default=None)


@cache
def _tails() -> tuple[str, ...]:
    """Return what papers print behind an agency's name: "PTI Photo", "Belga Images", "dpa-Bild"."""
    return tuple(
        tail if tail[0] == "-" or tail[0] >= "\u3000" else f" {tail}"
        for tail in longest_first("credits", "behind_agency")
    )


@cache
def _openings() -> tuple[str, ...]:
    """Return what a line of agencies may begin with beside their names."""
    return longest_first("credits", "text_sources", "before_agency")


@cache
def _packaged_starts() -> frozenset[str]:
    """Return the first three letters of all that a line of agencies may begin with."""
    return _spellings().starts.union(map(start_of, _openings()))


def find_agency(text: str, *, weak: bool = False) -> Agency | None:
    """Return the agency that `text` names, or None: the whole text must be its name.

    `weak` also knows the names that are everyday words ("Keystone", "Pool"), for places where only an agency
    or a person can stand.

    >>> find_agency("Agence France-Presse").name, find_agency("新华社").name, find_agency("AP Photo").name
    ('AFP', 'Xinhua', 'AP')
    >>> find_agency("keystone") is None, find_agency("ap") is None, find_agency("Keystone", weak=True).name
    (True, True, 'Keystone-SDA')
    """
    if len(text) > 60:
        return None
    text = text.strip(' \t\xa0.,;:*–—-|/"“”„«»()[]【】')
    if found := _lookup(text, weak):
        return found
    if ":" in text or "：" in text:
        label, rest = cut_label(text)
        return _lookup(rest, weak) if label in word_set("credits", "text_sources") else None
    small = text.casefold()
    if small.endswith(_tails()):
        tail = next(tail for tail in _tails() if small.endswith(tail))
        if len(tail) < len(text):
            return _lookup(text[: -len(tail)].rstrip(), True)
    if " " not in text:
        return None
    head = small.split(" ", 1)[0]
    return _lookup(text.split(" ", 1)[1], weak) if head in word_set("credits", "before_agency") else None


def is_picture_desk(text: str) -> bool:
    """Tell whether a text ends in what papers print behind an agency's name on its pictures only.

    >>> is_picture_desk("PTI Photo"), is_picture_desk("연합뉴스 자료사진"), is_picture_desk("PTI")
    (True, True, False)
    """
    return text.casefold().endswith(_tails())


def find_misspelt(text: str) -> Agency | None:
    """Return the agency whose name a text was meant to be, with a slip of the pen in its words: only for sure credits.

    A word may differ by a letter or two of the name's, and not in the first; short words may not.

    >>> find_misspelt("Gety Images").name, find_misspelt("Retuers").name, find_misspelt("Jordan Views Agency")
    ('Getty', 'Reuters', None)
    """
    printed = text.casefold().split()
    if not printed or not _SHORTEST_SLIP <= len(text) <= _LONGEST_SLIP:
        return None
    initials = [word[0] for word in printed]
    for spelling, found in _by_initial().get(initials[0], ()):
        words = spelling.split()
        if (
            len(words) == len(printed)
            and [word[0] for word in words] == initials
            and _is_slip_of(printed, words)
        ):
            return agencies()[found]
    return None


def _is_slip_of(printed: list[str], words: list[str]) -> bool:
    from difflib import SequenceMatcher  # for names that few credits have

    return all(
        word == other
        or (
            len(word) >= _SHORTEST_WORD
            and abs(len(word) - len(other)) < 2
            and (SequenceMatcher(None, word, other).ratio() >= _LIKENESS or sorted(word) == sorted(other))
        )
        for word, other in zip(words, printed, strict=True)
    )


@cache
def _by_initial() -> dict[str, list[tuple[str, int]]]:
    """Return all spellings by their first letter, in which nobody slips: to part them more costs a short run."""
    spellings: dict[str, list[tuple[str, int]]] = {}
    for spelling, found in _spellings().folded.items():
        spellings.setdefault(spelling[0], []).append((spelling, found))
    return spellings


def _lookup(text: str, weak: bool) -> Agency | None:
    own = OWN_NAMES.get()
    if own is not None and (known := own.find_agency(text, weak=weak)):
        return known
    found = _place(_spellings(), text, weak)
    return agencies()[found] if found is not None else None


def _place(spellings: Spellings, text: str, weak: bool) -> int | None:
    """Return the place of the agency that is spelled so."""
    found = spellings.exact.get(text)
    if found is None and len(text) > 4:
        found = spellings.folded.get(text.casefold())
    if found is None and weak:
        found = spellings.weak.get(text)
    return found


def agency_first_words() -> frozenset[str]:
    """Return the first words, as `first_word` gives them, of all that a line of agencies may begin with."""
    own = OWN_NAMES.get()
    return _packaged_first_words() if own is None else own.agency_first_words


@cache
def _packaged_first_words() -> frozenset[str]:
    return _spellings().first_words.union(map(first_word, _openings()))


def may_be_agency(text: str) -> bool:
    """Return the cheap gate before `source_agencies`: whether the line begins like an agency's name.

    >>> may_be_agency("AFP"), may_be_agency("It rained.")
    (True, False)
    """
    if text[0] in "([（【*/–-":
        text = text.lstrip("([（【*/–- ")
    own = OWN_NAMES.get()
    return start_of(text) in (_packaged_starts() if own is None else own.starts)


def source_agencies(text: str) -> tuple[Agency, ...]:
    """Return the agencies of a line that names nothing else: "AFP", "Source: Reuters", "dpa/AFP", "(Reuters, AP)".

    >>> [agency.name for agency in source_agencies("Source: Reuters")], [a.name for a in source_agencies("dpa/ctk")]
    (['Reuters'], ['dpa', 'CTK'])
    >>> source_agencies("Reuters said"), source_agencies("Berlin/dpa")
    ((), ())
    """
    if not 2 <= len(text) <= 60:
        return ()
    text = text.strip(" \t\xa0()[]（）【】*–—-/")
    label, rest = cut_label(text)
    if label in word_set("credits", "text_sources"):
        text = rest
    if whole := find_agency(text):
        return (whole,)
    found: list[Agency] = []
    for piece in _BETWEEN.split(text):
        agency = find_agency(piece) or (find_agency(piece.upper()) if len(piece) <= 4 and found else None)
        if agency is None:
            return ()
        found.append(agency)
    return tuple(found)
