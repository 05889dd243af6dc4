"""Makes the tables of words from the word files: `python -m cleaners.words.compile` checks the files and writes them.

The tables are made when the package is built, never when it runs. They are marshalled: dicts and sets that are read
in a thousandth of the time that their files take.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from typing import Any

from cleaners.values import Value
from cleaners.words.letters import (
    JOINED_FROM,
    STEM_LETTERS,
    first_word,
    fold,
    key,
    opening,
    plain,
    split_words,
    start_of,
)
from cleaners.words.source import KEYS, MAPS, WAYS, Entry, WordsError, checked, read_folder
from cleaners.words.tables import BUILT, HERE, Lexicon, Offers, Parts, Phrases, Spellings, pack, state

#: The marshal format that all supported versions of Python read.
_FORMAT = 4
#: Of which kinds a line must have a word to be looked at.
_LOOKED_FOR = {
    "words.site": "share window network outlet subscriber minute comment view listen slot",
    "words.ads": "pills vpn gambling crypto trading loan diet dating shop offer call code",
}
#: Parts of lines to the reader: a line without any of these is silent; calls tell something only beside an object.
_TELLING, _CALLS, _OBJECTS = {"telltale", "sign"}, {"call", "command"}, {"paper", "hint"}
#: Who speaks to whom in a line of a site.
_PERSONS = {"you", "we"}
#: What words of other sections are in an offer.
_IN_OFFERS: dict[str, dict[str, str]] = {
    "words.reader": {
        "call": "act",
        "command": "order",
        "you": "you",
        "we": "we",
    },
    "words.ads": {
        "offer": "gain",
        "bonus": "gain",
        "perk": "lure",
        "call": "order",
        "verb": "act",
        "code": "gain",
        **dict.fromkeys(
            ("pills", "vpn", "gambling", "crypto", "trading", "loan", "diet", "dating", "shop"), "goods"
        ),
    },
    "words.reporting": {"verbs": "told", "auxiliaries": "told"},
    "dates": {"months": "date", "weekdays": "date"},
}
#: Kinds of words that tell the reader of an offer what to do.
_ORDERS = {"act", "order"}
#: Words of so many letters are in too many lines.
_SHORT = 3
#: Names of agencies of so many letters are known as written and in capitals only.
_CAPITALS = 4


def tables_of(entries: Iterable[Entry]) -> dict[str, bytes]:
    """Return the tables of words that were read, each marshalled.

    `phrases` are the fields of a `Phrases`, `words.site` and `words.ads` of a `Lexicon`, `words.reader` of `Parts`,
    `agencies` of `Spellings`; every other section is a dict from its keys to the words of all languages.
    """
    sections: dict[str, list[Entry]] = {section: [] for section in (*KEYS, *MAPS)}
    phrases: list[Entry] = []
    for entry in entries:
        sections.get(entry.section, phrases).append(entry)
    tables: dict[str, Any] = {"phrases": _fields(_phrases(phrases))}
    for section, found in sections.items():
        if section in _LOOKED_FOR:
            tables[section] = _fields(_lexicon(found, frozenset(_LOOKED_FOR[section].split())))
        elif section == "words.offers":
            tables[section] = _fields(_offers(found, sections))
        elif section == "words.reader":
            tables[section] = _fields(_parts(found))
        elif section == "agencies":
            tables[section] = _fields(spellings_of(found))
        else:
            tables[section] = _lists(found)
    return {name: marshal.dumps(_shared(table, {}), _FORMAT) for name, table in tables.items()}


def _shared(value: Any, met: dict[Any, Any]) -> Any:
    """Return a table in which what is equal is one object: it is written, and read, once."""
    if isinstance(value, dict):
        return {_shared(key, met): _shared(held, met) for key, held in value.items()}
    if isinstance(value, tuple):
        value = tuple([_shared(held, met) for held in value])
    elif not isinstance(value, str):
        return value
    try:
        return met.setdefault(value, value)
    except TypeError:  # there is a dict in it
        return value


def _fields(value: Value) -> tuple[Any, ...]:
    names: tuple[str, ...] = type(value).__match_args__
    return tuple(getattr(value, name) for name in names)


def write_tables() -> None:
    """Write the tables of this package beside its word files, whole or not at all. Raises `WordsError`."""
    content = marshal.dumps((state(), tables_of(checked(read_folder(HERE)))), _FORMAT)
    partial = f"{BUILT}.{os.getpid()}"
    with open(partial, "wb") as file:
        file.write(content)
    os.replace(partial, BUILT)


def _lists(entries: list[Entry]) -> dict[str, tuple[str, ...]]:
    """Return the words of all languages by key: those that lines are read by as lines are, others as they stand."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        folded = entry.section.startswith("words.")
        found.setdefault(entry.key, []).append(fold(entry.text).replace("’", "'") if folded else entry.text)
    return {kind: tuple(words) for kind, words in found.items()}


def _phrases(entries: list[Entry]) -> Phrases:
    ways: dict[str, dict[str, str]] = {way: {} for way in WAYS}
    for entry in entries:
        ways[entry.key][key(entry.text)] = entry.section
    whole, starts, leads, ends = (ways[way] for way in ("whole", "starts", "lead", "ends"))
    # what is said of the whole line goes before what follows from its parts
    for phrase, rule in (*starts.items(), *leads.items(), *ends.items()):
        whole.setdefault(phrase, rule)
    openings: dict[str, list[str]] = {}
    for phrase in _longest_first({**starts, **leads}):
        openings.setdefault(opening(phrase), []).append(phrase)
    by_letters = {letters: tuple(found) for letters, found in openings.items()}
    return Phrases(whole, ways["weak"], by_letters, leads, starts, tuple(_longest_first(ends)))


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))


def _lexicon(found: list[Entry], looked_for: frozenset[str]) -> Lexicon:
    entries: dict[str, dict[tuple[str, ...], str]] = {}
    joined: dict[str, str] = {}
    openers: list[tuple[str, ...]] = []
    joined_keys: set[str] = set()
    for entry in found:
        phrase, kind = fold(entry.text), entry.key
        if phrase[0] >= JOINED_FROM:
            joined[phrase] = kind
            if kind in looked_for:
                joined_keys.add(phrase)
            continue
        tokens = tuple(plain(phrase).split())
        entries.setdefault(tokens[0], {})[tokens] = kind
        if kind in looked_for:
            openers.append(tokens)
    words = {
        first: tuple(sorted(group.items(), key=lambda entry: -len(entry[0])))
        for first, group in entries.items()
    }
    phrases = [phrase for group in entries.values() for phrase in group.items()]
    common = {token for tokens, kind in phrases if kind == "glue" for token in tokens}
    keys = frozenset(max(tokens, key=lambda token: (token not in common, len(token))) for tokens in openers)
    longest_first = tuple(sorted(joined.items(), key=lambda entry: -len(entry[0])))
    known = frozenset(token for tokens, _ in phrases for token in tokens)
    return Lexicon(words, longest_first, known, keys, tuple(sorted(joined_keys)))


def _parts(found: list[Entry]) -> Parts:
    """Return the parts of lines that speak to the reader, with the languages that they count in."""
    phrases: dict[str, list[tuple[str, str, str]]] = {}
    stems: dict[str, list[tuple[str, str, str]]] = {}
    joined: list[tuple[str, str, str]] = []
    needed: list[tuple[tuple[str, ...], str]] = []
    common: set[str] = set()
    others: list[str] = []
    both: set[tuple[str, str]] = set()
    you: dict[str, set[str]] = {}
    speaking: dict[str, set[str]] = {entry.language: set() for entry in found}
    for entry in found:
        phrase, language, kind = fold(entry.text).replace("’", "'"), entry.language, entry.key
        if kind == "common":
            common.add(phrase)
            continue
        if kind == "others":
            others.append(entry.text)
            continue
        if kind == "both":
            both.add((language, phrase))
            continue
        if kind == "you":
            you.setdefault(language, set()).update(phrase.split())
        if kind in _PERSONS and " " not in phrase:
            speaking[language].add(phrase)
        if phrase[0] >= JOINED_FROM:
            joined.append((phrase, language, kind))
        elif phrase.endswith("*"):
            stems.setdefault(phrase[:STEM_LETTERS], []).append((phrase[:-1], language, kind))
        else:
            tokens = tuple(plain(phrase).split())
            phrases.setdefault(tokens[0], []).append((" ".join(tokens), language, kind))
            needed.append((tokens, kind))
    keys: dict[str, list[str]] = {}
    calls: dict[str, list[str]] = {}
    objects: set[str] = set()
    for tokens, kind in needed:  # of each the longest word that is not everywhere
        rare = max(tokens, key=lambda token: (token not in common and len(token) > _SHORT, len(token)))
        if kind in _OBJECTS:
            objects.add(rare)
        elif rare in common and len(tokens) > 1:
            continue
        elif kind in _CALLS:
            calls.setdefault(rare, []).append(f" {' '.join(tokens)} ")
        elif kind in _TELLING:
            keys.setdefault(rare, []).append(f" {' '.join(tokens)} ")
    return Parts(
        {first: pack(sorted(group, key=_fewer_words)) for first, group in phrases.items()},
        {first: pack(group) for first, group in stems.items()},
        pack(sorted(joined, key=lambda entry: -len(entry[0]))),
        {word: "|".join(group) for word, group in keys.items()},
        {word: "|".join(group) for word, group in calls.items()},
        frozenset(objects),
        {language: frozenset(words) for language, words in you.items()},
        {
            language: frozenset(word for word in words if (language, word) not in both)
            for language, words in speaking.items()
        },
        tuple(others),
    )


def _fewer_words(entry: tuple[str, ...]) -> int:
    return -entry[0].count(" ")


def _offers(found: list[Entry], sections: dict[str, list[Entry]]) -> Offers:
    """Return what offers are made of: the words that are for them alone, and those that other lines have as well."""
    words: dict[str, set[tuple[str, str]]] = {}
    stems: dict[str, set[tuple[str, str, str]]] = {}
    inner: dict[str, set[tuple[str, str, str]]] = {}
    phrases: dict[str, set[tuple[str, str, str]]] = {}
    joined: set[tuple[str, str, str]] = set()
    kinds = [(entry, entry.key) for entry in found if entry.key != "glued"]
    both = {(entry.language, entry.text) for entry in sections["words.reader"] if entry.key == "both"}
    for section, as_kinds in _IN_OFFERS.items():
        for entry in sections[section]:
            if entry.key in as_kinds and (entry.language, entry.text) not in both:
                kinds.append((entry, as_kinds[entry.key]))
    for entry, kind in kinds:
        for spelled in entry.text.split("|"):
            text, language = fold(spelled).replace("’", "'"), entry.language
            tokens = tuple(split_words(text.strip("*")))
            if not tokens or text == "-":
                continue
            if text.strip("*")[0] >= JOINED_FROM:
                joined.add((text.strip("*"), language, kind))
            elif len(tokens) > 1:
                phrases.setdefault(tokens[0], set()).add((" ".join(tokens), language, kind))
            elif text.endswith("*"):
                stem = text.strip("*")
                stems.setdefault(stem[:STEM_LETTERS], set()).add((stem, language, kind))
                if text.startswith("*"):
                    inner.setdefault(stem[:STEM_LETTERS], set()).add((stem, language, kind))
            else:
                words.setdefault(tokens[0], set()).add((language, kind))
    openers = {word for word, group in words.items() if not _ORDERS.isdisjoint(kind for _, kind in group)}
    openers |= {word for word, group in phrases.items() if not _ORDERS.isdisjoint(kind for *_, kind in group)}
    return Offers(
        frozenset(openers),
        {word: pack(sorted(group)) for word, group in words.items()},
        {head: pack(sorted(group)) for head, group in stems.items()},
        {head: pack(sorted(group)) for head, group in inner.items()},
        {
            first: pack(sorted(group, key=lambda entry: (_fewer_words(entry), entry)))
            for first, group in phrases.items()
        },
        pack(sorted(joined, key=lambda entry: (-len(entry[0]), entry))),
        "".join(entry.text for entry in found if entry.key == "glued"),
    )


def spellings_of(found: list[Entry]) -> Spellings:
    """Return how agencies are spelled: the longer names in any case, the everyday words apart."""
    exact: dict[str, int] = {}
    folded: dict[str, int] = {}
    weak: dict[str, int] = {}
    rows = []
    for place, entry in enumerate(found):
        short, full, country, kinds, *spellings = (field.strip() for field in entry.text.split("|"))
        aliases, everyday = (tuple(filter(None, names.split("; "))) for names in (*spellings, "", "")[:2])
        rows.append((short, full, country, frozenset(kinds.split()), aliases, everyday))
        for name in (short, full, *aliases):
            if name in everyday:
                continue
            exact.setdefault(name, place)
            if len(name) > _CAPITALS:
                folded.setdefault(name.casefold(), place)
            elif name.isascii():
                exact.setdefault(name.upper(), place)
        for name in everyday:
            weak.setdefault(name, place)
            weak.setdefault(name.upper(), place)
            exact.pop(name, None)
            folded.pop(name.casefold(), None)
    spelled = (*exact, *folded)
    return Spellings(
        tuple(rows),
        exact,
        folded,
        weak,
        frozenset(map(start_of, spelled)),
        frozenset(map(first_word, (*spelled, *weak))),
    )


def main() -> int:
    """Check the word files and write the tables; print what is wrong."""
    try:
        write_tables()
    except WordsError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
