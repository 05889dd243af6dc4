"""Reads and checks the word files: every mistake is named with its file and line.

A file is TOML of one shape, sections of literal blocks with one word or phrase on each line:

    [navigation.skip]
    whole = '''
    Skip to content
    '''

Who adds a word need not know what stands elsewhere: a word that is there already, or that is said to be two things,
is refused with the place of the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from cleaners.patterns import late_pattern
from cleaners.words.letters import JOINED_FROM, fold, key, plain
from cleaners.words.tables import HERE, label_of


class WordsError(ValueError):
    """A mistake in the word files: "sv.toml:14: …", one a line."""


class Entry(NamedTuple):
    """One word or phrase, and where it stands."""

    file: str
    line: int
    section: str
    key: str
    text: str

    @property
    def language(self) -> str:
        """The language of the file."""
        return self.file.removesuffix(".toml")

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


def read_keys() -> dict[str, frozenset[str]]:
    """Return the sections of words that other code asks for, with the keys that each may have.

    >>> sorted(read_keys()["rights"])
    ['ends', 'holders', 'legal_forms', 'openers', 'phrases', 'towards']
    """
    with open(os.path.join(HERE, "sections.txt"), encoding="utf-8") as file:
        rows = [line.partition(":") for line in file if not line.startswith("#")]
    return {section: frozenset(keys.split()) for section, _, keys in rows}


#: How a phrase may stand in a line: see `cleaners.words.match`.
WAYS = frozenset(("whole", "weak", "lead", "starts", "ends"))
#: The file that has every section of phrases that a language may have, with COMMON.
MODEL = "en.toml"
#: What is the same in every language.
COMMON = "common.toml"
#: The keys of all other sections, which `sections.txt` says; those of MAPS name groups of their own.
KEYS = read_keys()
MAPS = frozenset(("agencies", "classes"))
#: Sections where a word is one thing, whatever language it is of.
_ONE_THING = frozenset(("words.reporting", "words.site", "words.ads"))
_MONTHS = 12
#: What is in the last line of a value of several lines.
_VALUE_ENDS = ("]", "'''", '"""', "}")
#: By what a value of several lines begins, what it ends with.
_ENDS_OF = {"[": "]", "{": "}", "'''": "'''", '"""': '"""'}
#: What is in no bare key of TOML.
_NO_BARE_KEY = late_pattern("[^A-Za-z0-9_-]")
#: What a row of agencies must have: its short form, its full name, its country (which may be empty), its kinds.
_FEWEST_FIELDS = 4


def read_folder(folder: str) -> list[Entry]:
    """Return all words of the files in a folder. Raises `WordsError` for a line that is none of the format."""
    entries: list[Entry] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                entries.extend(read_file(name, file.read()))
    return entries


def checked(entries: list[Entry]) -> list[Entry]:
    """Return the words. Raises `WordsError` with every mistake in them."""
    if wrong := list(mistakes(entries)):
        raise WordsError("\n".join(wrong))
    return entries


def read_file(name: str, text: str, *, free: bool = False) -> Iterator[Entry]:
    """Yield the words of one file. Raises `WordsError` for a line that is none of the format.

    The files of this package are kept in the one form above; `free` reads all that TOML has for texts and lists of
    texts, as people write it in a file of their own: see docs/own-rules.md.

    >>> [entry.text for entry in read_file("en.toml", "[tags.tags]\\nlead = '''\\nTags\\nFiled under\\n'''\\n")]
    ['Tags', 'Filed under']
    >>> [(entry.line, entry.text) for entry in read_file("own.toml", "[ad]\\nwhole = ['Get it', 'Now']", free=True)]
    [(2, 'Get it'), (2, 'Now')]
    """
    if free:
        _check_toml(name, text)
    section = key = ""
    seen: set[tuple[str, str]] = set()
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        bare = line.strip() if free else line
        if key:
            if free:
                bare = line.partition("'''")[0].strip()
                if bare:
                    yield Entry(name, number, section, key, bare)
                if "'''" in line:
                    key = ""
            elif line == "'''":
                key = ""
            elif line != line.strip() or not line:
                raise WordsError(
                    f"{name}:{number}: a word stands on a line of its own, without space around it"
                )
            else:
                yield Entry(name, number, section, key, line)
        elif bare.startswith("[") and (free or bare.endswith("]")):
            section = bare.partition("#")[0].strip()[1:-1]
        elif bare.endswith(" = '''") and section and not (free and _NO_BARE_KEY.search(bare[:-6].strip())):
            key = bare[:-6].strip()
            if (section, key) in seen:
                raise WordsError(f"{name}:{number}: [{section}] has this key already: {key}")
            seen.add((section, key))
        elif free and "=" in bare and bare[0] != "#":
            named, number = _read_statement(name, lines, number, section)
            yield from named
        elif bare and not bare.startswith("#"):
            raise WordsError(f"{name}:{number}: not a section, a key or a comment: {line}")
    if key:
        raise WordsError(f"{name}:{number}: the words of {key} do not end with '''")


def _check_toml(name: str, text: str) -> None:
    """Raise `WordsError`, with the line, for a text that is no TOML."""
    import tomllib  # for files of one's own: those of this package are read without it

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told, _, place = str(error).partition(" (at ")
        line = (
            place.partition("line ")[2].partition(",")[0] if "line " in place else str(text.count("\n") + 1)
        )
        raise WordsError(f"{name}:{line}: this is no TOML: {told[:1].lower()}{told[1:]}") from None


def _read_statement(name: str, lines: list[str], number: int, section: str) -> tuple[list[Entry], int]:
    """Return the words of the key that a line (its number, from 1) begins, and the number of the value's last line."""
    import tomllib  # as above

    first, value = number, None
    ends = _value_ends(lines[number - 1])
    while value is None:
        try:
            [(key, value)] = tomllib.loads("\n".join(lines[first - 1 : number])).items()
        except tomllib.TOMLDecodeError:  # it goes on, to a line that may end it
            number += 1
            while not _may_end(lines[number - 1], ends):
                number += 1
    texts = value.splitlines() if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise WordsError(f'{name}:{first}: {key} takes a text or a list of texts: {key} = ["…"]')
    entries, place = [], first
    for text in map(str.strip, texts):
        written = (row for row in range(place, number + 1) if text in lines[row - 1])
        place = next(written, place)
        if text:
            entries.append(Entry(name, place, section, key, text))
    return entries, number


def _value_ends(line: str) -> tuple[str, ...]:
    """Return what the value may end with that a line begins."""
    key, _, value = line.partition("=")
    value = value.lstrip()
    end = _ENDS_OF.get(value[:3]) or _ENDS_OF.get(value[:1])
    return (end,) if end and not _NO_BARE_KEY.search(key.strip()) else _VALUE_ENDS


def _may_end(line: str, ends: tuple[str, ...]) -> bool:
    """Return whether a line ends so, or would without its comment, of which a text may have the sign."""
    return any(part.rstrip().endswith(ends) for part in line.split("#"))


def mistakes(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what is wrong with words that were read: sections, keys, words that stand twice.

    >>> list(mistakes([Entry("en.toml", 2, "tags.tags", "led", "Tags")]))
    ['en.toml:2: [tags.tags] has no such key: led']
    """
    entries = list(entries)
    model = {entry.section for entry in entries if entry.file in (MODEL, COMMON)}
    sound: list[Entry] = []
    wrong: set[tuple[str, str, str]] = set()
    for entry in entries:
        problem = _misplaced(entry, model)
        if problem is None:
            sound.append(entry)
        elif (place := (entry.file, entry.section, entry.key)) not in wrong:
            wrong.add(place)
            yield f"{entry.place}: {problem}"
    phrases = [entry for entry in sound if is_phrase(entry)]
    yield from _repeated(phrases, lambda entry: (key(entry.text), entry.key, label_of(entry.section)))
    yield from _labelled_twice(phrases)
    yield from _repeated([entry for entry in sound if not is_phrase(entry)], _word)
    months: dict[str, list[Entry]] = {}
    for entry in sound:
        if (entry.section, entry.key) == ("dates", "months"):
            months.setdefault(entry.file, []).append(entry)
    for names in months.values():
        if len(names) != _MONTHS:
            yield f"{names[-1].place}: a year has twelve months, each on its line: these are {len(names)}"


def is_phrase(entry: Entry) -> bool:
    """Whether an entry stands for a line of furniture, and is no word that other code asks for."""
    return entry.section not in KEYS and entry.section not in MAPS


def _misplaced(entry: Entry, model: set[str]) -> str | None:
    """Return why an entry cannot stand where it does."""
    if entry.section in MAPS:
        short = entry.section == "agencies" and entry.text.count("|") < _FEWEST_FIELDS - 1
        return (
            f"an agency is short | full | country | kinds | aliases | weak: {entry.text}" if short else None
        )
    if entry.section in KEYS:
        if entry.key not in KEYS[entry.section]:
            return f"[{entry.section}] has no such key: {entry.key}"
        return None
    try:
        label_of(entry.section)
    except ValueError:
        return f"there is no such section: [{entry.section}]"
    if entry.section not in model:
        return f"{MODEL} and {COMMON} have no such section: [{entry.section}]"
    if entry.key not in WAYS:
        return f"[{entry.section}] has no such key: {entry.key}"
    return None if key(entry.text) else f"nothing is left of this without its marks: {entry.text}"


def _word(entry: Entry) -> tuple[object, ...]:
    """Return what two entries that are one word have in common."""
    section, kind = entry.section, entry.key
    folded = fold(entry.text).replace("’", "'")
    if section in _ONE_THING:
        joined = folded[0] >= JOINED_FROM
        return section, folded if joined else tuple(plain(folded).split()) or folded
    if section == "words.reader":  # a word that no phrase is looked for by is a word of its kind as well
        return section, entry.file, kind if kind in ("common", "both", "others") else "", folded
    if section == "words.cookies":
        return section, kind, folded
    return section, entry.file, kind, entry.text


def _repeated(entries: Iterable[Entry], same: Callable[[Entry], object]) -> Iterator[str]:
    seen: dict[object, Entry] = {}
    for entry in entries:
        first = seen.setdefault(same(entry), entry)
        if first is not entry:
            yield f"{entry.place}: stands in {first.place} already, as [{first.section}] {first.key}: {entry.text}"


def _labelled_twice(phrases: Iterable[Entry]) -> Iterator[str]:
    """Yield the phrases that stand for two labels, are weak and sure, or are said to be whole lines twice."""
    groups: dict[str, list[Entry]] = {}
    for entry in phrases:
        groups.setdefault(key(entry.text), []).append(entry)
    for group in groups.values():
        first = group[0]
        for entry in group[1:]:
            if label_of(entry.section) is not label_of(first.section):
                yield f"{entry.place}: is [{first.section}] in {first.place}: {entry.text}"
            elif (entry.key == "weak") is not (first.key == "weak"):
                yield f"{entry.place}: stands in {first.place} as {first.key}: {entry.text}"
        parts = {entry.section: entry for entry in group if entry.key not in ("whole", "weak")}
        for entry in group:
            if entry.key == "whole" and entry.section in parts:
                wider = parts[entry.section]
                yield f"{entry.place}: is a whole line by {wider.key} in {wider.place} already: {entry.text}"
