"""The tables of words: where the built ones are, what they are made from, and what is in each that is looked up."""

from __future__ import annotations

import os

from cleaners.blocks import Label
from cleaners.values import Value

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = os.path.dirname(__file__)
#: All tables in one file, which is built with the package.
BUILT = os.path.join(HERE, "words.tables")
#: What the tables depend on.
_SOURCES = (".toml", ".py", ".txt")
#: Sections of phrases are named after labels; these have names of their own.
_LABELS = {"ads": Label.AD, "notices": Label.NOTICE}


def state() -> bytes:
    """Return the names, sizes and times of all files that the tables are made from; b"" where no word files are.

    A wheel holds the tables without the word files: they cannot get old.
    """
    with os.scandir(HERE) as entries:
        sources = [entry for entry in entries if entry.name.endswith(_SOURCES)]
    if not any(entry.name.endswith(".toml") for entry in sources):
        return b""
    told = [(entry.name, (status := entry.stat()).st_size, status.st_mtime_ns) for entry in sources]
    return repr(sorted(told)).encode()


def label_of(section: str) -> Label:
    """Return what a line is that has a phrase of a section. Raises `ValueError` if there is no such label.

    >>> label_of("notices.cookies")
    <Label.NOTICE: 'notice'>
    """
    group = section.partition(".")[0]
    return _LABELS.get(group) or Label(group)


class Phrases(Value):
    """All phrases, by how they must stand in a line, as normalised by `key`, and the rule each stands for."""

    whole: dict[str, str]
    weak: dict[str, str]
    openings: dict[str, tuple[str, ...]]
    """The first two to four letters of a phrase → the phrases that begin so, longest first."""
    leads: dict[str, str]
    starts: dict[str, str]
    ends: tuple[str, ...]
    """Longest first; what they stand for is in `whole`."""


class Lexicon(Value):
    """The words of a file by their first word, and those of scripts that are written together."""

    words: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    joined: tuple[tuple[str, str], ...]
    known: frozenset[str]
    """All words, also those that are only parts of phrases."""
    keys: frozenset[str]
    """A line without any of these words is nothing that the lexicon is for."""
    joined_keys: tuple[str, ...]


def entries(packed: str) -> list[list[str]]:
    """Return the entries that stand under a word, each with its fields.

    Most words of the tables are not in a text. To read them all, each in its own tuples, takes twice as long as to read
    a line of text for each word, and to part those lines that are asked for.

    >>> entries("sign up\\tcall|sign\\tcall")
    [['sign up', 'call'], ['sign', 'call']]
    """
    return [entry.split("\t") for entry in packed.split("|")] if packed else []


def pack(found: Iterable[tuple[str, ...]]) -> str:
    """Return entries as `entries` reads them.

    >>> pack([("sign up", "call"), ("sign", "call")])
    'sign up\\tcall|sign\\tcall'
    """
    return "|".join("\t".join(fields) for fields in found)


class Parts(Value):
    """The words of lines that speak to a reader, each with its language and kind, as `entries` reads them."""

    phrases: dict[str, str]
    """By the first word; the longest first."""
    stems: dict[str, str]
    """By the first letters."""
    joined: str
    keys: dict[str, str]
    """The phrases that tell much by themselves, by a word of them that is rare."""
    calls: dict[str, str]
    """The same of calls, which tell something only beside an object."""
    objects: frozenset[str]
    """Words of what a site has or sells; for words with a star see `stems`."""
    you: dict[str, frozenset[str]]
    """The words for the reader, by language."""
    speaking: dict[str, frozenset[str]]
    """The same with those for the site as "we"; without words that mean others as often."""
    others: tuple[str, ...]
    """Words that mean others when they are spelled so: "US", "sie"."""


class Offers(Value):
    """The words and stems that offers are made of, each with its languages and kinds, as `entries` reads them.

    The language "common" is every language.
    """

    openers: frozenset[str]
    """Words that a line begins with which tells its reader to do something, in some language."""
    words: dict[str, str]
    stems: dict[str, str]
    """Beginnings of words, by their first letters."""
    inner: dict[str, str]
    """The same of what stands within compounds too."""
    phrases: dict[str, str]
    """By the first word; the longest first."""
    joined: str
    """What is looked for in scripts that write words together; the longest first."""
    glued: str
    """Letters that are written in front of a word as part of it: "al-", "ha-"."""


class Spellings(Value):
    """How agencies are spelled; agencies are given by their place in `rows`."""

    rows: tuple[tuple[str, str, str, frozenset[str], tuple[str, ...], tuple[str, ...]], ...]
    exact: dict[str, int]
    folded: dict[str, int]
    """Spellings of five letters and more, in small letters."""
    weak: dict[str, int]
    starts: frozenset[str]
    """The first three letters of all spellings but the weak."""
    first_words: frozenset[str]
    """The first words of all spellings; a word ends at a space or an ASCII mark."""
