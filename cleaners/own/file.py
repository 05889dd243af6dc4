"""The file of one's own rules: what may be in it, and what is said of a mistake.

    [ad]                        # a label of what is cut; [ad.app] calls the rule own.ad.app
    whole = ["Get the Gazette app"]

    [keep."example.org"]        # for one site: lines that stay, whatever is said of them
    starts = ["Correction:"]

It is read by the loader of this package's own words (`cleaners.words.source`).
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from cleaners.blocks import JUNK_LABELS, Label
from cleaners.errors import BadRules, meant
from cleaners.options import Rules
from cleaners.own import NAME
from cleaners.own.patterns import compile_pattern
from cleaners.patterns import late_pattern
from cleaners.read.characters import valid_text
from cleaners.read.decode import MOST_BYTES
from cleaners.rules import ALIASES, KINDS, all_rules
from cleaners.words.letters import key
from cleaners.words.source import Entry, WordsError, read_file
from cleaners.words.tables import label_of

#: How a phrase stands in a line that is cut or kept: see `cleaners.own.decide`.
WAYS: Final = ("whole", "starts", "ends", "pattern")
#: The sections that are no labels, and the keys of each.
_KEYS: Final = {"keep": WAYS, "off": ("rules",), "agencies": ("names",), "credits": ("names",)}
#: A site's name, as addresses have it (RFC 1123), with the underscores that some have all the same.
_HOST: Final = late_pattern(
    r"localhost|(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
#: What a rule may be called besides its label.
_NAME: Final = late_pattern(r"[\w-]+")
#: What an agency has: see cleaners/words/agencies.toml.
_KINDS: Final = frozenset(("news", "photo", "desk"))
_FIELDS: Final = 6
#: What can be switched off beside the rules of lines: what a site repeats.
_OTHERS: Final = ("site.repeated",)


class OwnRule(NamedTuple):
    """One phrase, pattern or name of the file, and where it stands.

    `name` is what the rule is called in explanations ("own.ad"); `label` is what a line becomes that has it, the body's
    for one that is kept, None for names: of rules that are off, of agencies, of people. `host` is the site, "" for all.
    """

    name: str
    label: Label | None
    host: str
    way: str
    text: str
    line: int


def read_rules(path: str | os.PathLike[str]) -> Rules:
    """Return the rules in a file, checked. Raises BadRules, with every mistake, also for a file that cannot be read."""
    place = os.fspath(path)
    try:
        with open(place, "rb") as file:
            data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise BadRules(f"{place}: is larger than any file of rules")
        rules = Rules(place, data.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadRules(f"{place}:{line}: this is no UTF-8") from None
    except (OSError, ValueError) as error:  # also of a name that no file can have
        raise BadRules(f"{place}: {(getattr(error, 'strerror', None) or str(error)).lower()}") from None
    own_rules(rules)
    return rules


@lru_cache(maxsize=16)
def own_rules(rules: Rules) -> tuple[OwnRule, ...]:
    """Return all that a file says. Raises BadRules with every mistake in it.

    >>> own_rules(Rules("own.toml", "[ad.app]\\nwhole = ['Get the app']"))[0].name
    'own.ad.app'
    >>> own_rules(Rules("own.toml", "[adz]\\nwhole = ['Get the app']"))
    Traceback (most recent call last):
    cleaners.errors.BadRules: own.toml:2: there is no such section: [adz]; did you mean ad?
    """
    found: list[OwnRule] = []
    wrong: list[str] = []
    try:
        for entry in read_file(rules.path, rules.text, free=True):
            try:
                found.append(read_rule(entry))
            except ValueError as error:
                told = f"{entry.place}: {error}"
                if not _is_told(told, wrong):
                    wrong.append(told)
        wrong.extend(_empty(rules))
    except WordsError as error:
        wrong.append(str(error))
    wrong.extend(_contradictions(rules.path, found))
    if wrong:
        raise BadRules(*wrong)
    return tuple(found)


def _is_told(mistake: str, before: list[str]) -> bool:
    """Return whether the same was said of the word above: of a wrong section or key once is enough."""
    return bool(before) and before[-1].partition(": ")[2] == mistake.partition(": ")[2]


def sections() -> list[str]:
    """Return what sections of a file may be called."""
    return [*sorted(JUNK_LABELS), *_KEYS]


def first_key(section: str) -> str:
    """Return the key of a section that is meant where none is said.

    >>> first_key("ad"), first_key("off")
    ('whole', 'rules')
    """
    return _KEYS.get(section.partition(".")[0], WAYS)[0]


class _Section(NamedTuple):
    """What a section's name says: what its rules are called and make of lines, of which site, and its keys."""

    name: str
    label: Label | None
    host: str
    group: str
    keys: tuple[str, ...]


def _section(written: str) -> _Section:
    """Return what a section's name says, as it is written. Raises ValueError for what is none."""
    group, *further = parts_of(written)
    is_quoted = written.rstrip()[-1:] in ("'", '"')
    host = site_name(further.pop()) if further and (is_quoted or further[-1] == "localhost") else ""
    if len(further) > 1:
        raise ValueError(
            f'a site stands between quotation marks: [{group}."{".".join(further)}"], not [{written}]'
        )
    label = _label(group)
    if further and not _NAME.fullmatch(further[0]):
        raise ValueError(f"a rule is called by letters, digits, - and _, not as in [{written}]")
    name = ".".join(("own", group if label is Label.BODY or label is None else str(label), *further))
    return _Section(name, label, host, group, _KEYS.get(group, WAYS))


def read_rule(entry: Entry) -> OwnRule:
    """Return what a word of the file says. Raises ValueError with what is wrong, and what was probably meant."""
    name, label, host, group, keys = _section(entry.section)
    if entry.key not in keys:
        raise ValueError(f"[{entry.section}] has no such key: {entry.key}; {meant(entry.key, keys)}")
    text = entry.text if entry.key == "pattern" else valid_text(entry.text).strip()
    if not text:
        raise ValueError("nothing is left of this without what no text may have")
    if entry.key == "pattern":
        try:
            compile_pattern(text)
        except ValueError as error:
            raise ValueError(f"{error}, in the pattern {text}") from None
    if group == "off":
        text = _switched_off(text)
    if group == "agencies":
        text = _agency(text)
    return OwnRule(name, label, host, entry.key, text, entry.line)


def _empty(rules: Rules) -> Iterator[str]:
    """Yield what is wrong with what says nothing: sections without keys, texts without a letter."""
    document = tomllib.loads(rules.text)
    table = document
    for number, line in enumerate(rules.text.split("\n"), 1):
        bare = line.partition("#")[0].strip()
        if bare[:1] == "[":
            written = bare[1:-1]
            found = _table(document, written)
            table = table if found is None else found
            if found == {}:
                try:
                    _section(written)
                except ValueError as error:
                    yield f"{rules.path}:{number}: {error}"
        else:
            key = bare.partition("=")[0].strip("\"' ")
            texts = table.get(key)
            if isinstance(texts, str | list) and texts and not all(map(str.strip, _list(texts))):
                yield f"{rules.path}:{number}: {key} has a text with nothing in it"


def _table(document: dict[str, Any], section: str) -> dict[str, Any] | None:
    """Return the table that a section's name leads to; None for what is no section's name."""
    try:
        table: Any = document
        for part in parts_of(section):
            table = table[part]
    except (ValueError, KeyError, TypeError):
        return None
    return table if isinstance(table, dict) else None


def _list(texts: str | list[str]) -> list[str]:
    return [texts] if isinstance(texts, str) else texts


def parts_of(section: str) -> list[str]:
    """Return the parts of a section's name, as TOML has it. Raises ValueError for what is no section's name.

    >>> parts_of(' ad."example.org"')
    ['ad', 'example.org']
    """
    if not section:
        raise ValueError(f"a section comes first, that says what the line is: [ad], {NAME} has others")
    parts: list[str] = []
    try:
        table = tomllib.loads(f"[{section}]")
        while table:
            [(part, table)] = table.items()
            parts.append(part)
    except (ValueError, AttributeError):  # several sections; a list of them, [[ad]]
        raise ValueError(
            f"a section is one name between one pair of brackets, as [ad]: [{section}]"
        ) from None
    return parts


def _label(group: str) -> Label | None:
    """Return what a section makes of a line: the body's for [keep], None for those of names."""
    if _KEYS.get(group, WAYS) is not WAYS:
        return None
    if group == "keep":
        return Label.BODY
    try:
        label = label_of(group)
    except ValueError:
        raise ValueError(f"there is no such section: [{group}]; {meant(group, sections())}") from None
    if label not in JUNK_LABELS:
        raise ValueError(f"lines are not cut as [{group}]; they are as {', '.join(sorted(JUNK_LABELS))}")
    return label


def _switched_off(name: str) -> str:
    """Return the name of a rule as it is called now, or of a file of rules."""
    known = [*KINDS, *_OTHERS, *(own for rule in all_rules() for own in rule.ids)]
    name = ALIASES.get(name, name)
    if name not in known:
        raise ValueError(f"no rule is called {name}; {meant(name, known, 'clean --rules lists them')}")
    return name


def _agency(row: str) -> str:
    """Return the whole row of an agency, as the package has them: the name alone is enough.

    >>> _agency("Nordnews"), _agency("NNS | Nordnews | SE | photo")
    ('Nordnews | Nordnews |  | news photo |  | ', 'NNS | Nordnews | SE | photo |  | ')
    """
    fields = [field.strip() for field in row.split("|")]
    if len(fields) > _FIELDS or not fields[0]:
        raise ValueError(f"an agency is short | full | country | kinds | aliases | weak: {row}")
    fields += [""] * (_FIELDS - len(fields))
    for kind in fields[3].split():
        if kind not in _KINDS:
            raise ValueError(f"an agency has no such kind: {kind}; {meant(kind, _KINDS)}")
    return " | ".join((fields[0], fields[1] or fields[0], fields[2], fields[3] or "news photo", *fields[4:]))


def site_name(part: str) -> str:
    """Return a site's name as addresses have it. Raises ValueError, with what was probably meant, for what is none.

    >>> site_name("WWW.Example.org")
    'example.org'
    >>> site_name("https://example.org/rain")
    Traceback (most recent call last):
    ValueError: a site is a name and nothing else: "example.org", not "https://example.org/rain"
    """
    try:
        host = _host(part)
    except UnicodeError:
        host = ""
    if _HOST.fullmatch(host):
        return host
    told = host_of(f"https://{part.rpartition('://')[2]}").removeprefix("*.")
    if told != part and _HOST.fullmatch(told):
        raise ValueError(f'a site is a name and nothing else: "{told}", not "{part}"')
    raise ValueError(f'"{part}" is no site\'s name, as "example.org" is')


def _host(name: str) -> str:
    """Return a site's name as addresses have it: in small letters, without "www.".

    >>> _host("WWW.Example.org"), _host("münchen.example")
    ('example.org', 'xn--mnchen-3ya.example')
    """
    small = name.lower().rstrip(".").removeprefix("www.")
    return small if small.isascii() else small.encode("idna").decode()


def own_key(text: str) -> str:
    """Return a line as whole phrases are compared: marks alone are compared as they are.

    >>> own_key("» Get the  App!"), own_key("* * *")
    ('get the app', '* * *')
    """
    return key(text) or text


def host_of(url: str | None) -> str:
    """Return the site of an address; "" where there is none.

    >>> host_of("https://www.example.org:8000/rain?x=/"), host_of(None)
    ('example.org', '')
    """
    if not url:
        return ""
    place = url.partition("://")[2].partition("/")[0].partition("?")[0].partition("#")[0].rpartition("@")[2]
    try:
        return _host(place.partition("]")[0] if place[:1] == "[" else place.partition(":")[0])
    except UnicodeError:  # no name that a site can have
        return ""


def is_of(host: str, site: str) -> bool:
    """Return whether a host is a site's or of one of its parts.

    >>> is_of("sport.example.org", "example.org"), is_of("badexample.org", "example.org"), is_of("", "")
    (True, False, True)
    """
    return not site or host == site or host.endswith("." + site)


def _contradictions(path: str, rules: Iterable[OwnRule]) -> Iterator[str]:
    """Yield what is said twice, or said to be two things."""
    seen: dict[tuple[str, ...], OwnRule] = {}
    for rule in rules:
        first = seen.setdefault(_said(rule), rule)
        if first is rule:
            continue
        if first.label is rule.label:
            yield f"{path}:{rule.line}: stands in line {first.line} already: {rule.text}"
        else:
            yield f"{path}:{rule.line}: is [{first.name.removeprefix('own.')}] in line {first.line}: {rule.text}"


def _said(rule: OwnRule) -> tuple[str, ...]:
    alike = rule.text if rule.way in ("pattern", "rules") else own_key(rule.text)
    return rule.host, rule.way, alike


def are_of_one_line(one: OwnRule, other: OwnRule) -> bool:
    """Return whether two rules are of the same text, standing in the same way, on the same site."""
    return _said(one) == _said(other)
