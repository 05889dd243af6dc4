"""Writing a rule to a file of one's own rules, whose comments and order stay as they are.

tomlkit writes it: the one library that changes a TOML document and keeps what its author wrote around the values.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Array

from cleaners.errors import BadRules
from cleaners.options import Rules
from cleaners.own.file import (
    are_of_one_line,
    first_key,
    own_rules,
    parts_of,
    read_rule,
    read_rules,
    site_name,
)
from cleaners.read.characters import valid_line, valid_text
from cleaners.whole_file import whole_file
from cleaners.words.source import Entry

#: What a new file begins with.
_HEAD = """\
# Rules of one's own for `clean` and `scrape`: which lines go, which stay, which rules are off.
# What may be in this file: docs/own-rules.md
"""


def add_rule(
    path: str | os.PathLike[str], section: str, text: str, *, way: str | None = None, host: str | None = None
) -> Rules:
    """Add a rule to the file, which is made if it is not there, and return the rules that it then has.

    `section` is a label ("ad") for a line to cut, "keep" for one to keep, "off" for a rule's name, "agencies" and
    "credits" for what these are called.
    `way` says how the text stands in the line ("whole", where nothing is said), and `host` for which site alone. What
    is there already is not added again. Raises BadRules, and changes nothing, if the file is wrong or would be.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> rules = add_rule(f"{folder.name}/wireclean.toml", "ad", "Get the Gazette app", host="gazette.example")
    >>> print(rules.text[rules.text.index("["):])
    [ad."gazette.example"]
    whole = [
        "Get the Gazette app",
    ]
    <BLANKLINE>
    >>> folder.cleanup()
    """
    rules = with_rule(path, section, text, way=way, host=host)
    place = Path(path)
    if not place.exists() or read_rules(path).text != rules.text:
        place.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(place) as file:
            file.write(rules.text.encode())
    return rules


def with_rule(
    path: str | os.PathLike[str], section: str, text: str, *, way: str | None = None, host: str | None = None
) -> Rules:
    """Return the rules that the file would have with one more, which is not written; see `add_rule`."""
    before = read_rules(path) if Path(path).exists() else Rules(os.fspath(path), _HEAD)
    try:
        if host is not None:
            site_name(host)
        whole = valid_text(f'{section}."{host}"' if host is not None else section)
        parts = parts_of(whole)
        key = way or first_key(parts[0])
        said = valid_text(text).strip() if key == "pattern" else valid_line(text)
        if not said:
            raise ValueError("there is nothing in the line that the rule is for")
        new = read_rule(Entry("", 0, whole, key, said))
    except ValueError as error:
        raise BadRules(str(error)) from None
    for rule in own_rules(before):
        if are_of_one_line(rule, new):
            if rule.label is new.label:
                return before
            raise BadRules(f"{before.path}:{rule.line}: says {rule.name} of this line: take it out first")
    after = Rules(before.path, _added(before.text, parts, key, said))
    own_rules(after)  # what is written can be read
    return after


def _added(text: str, section: Sequence[str], key: str, said: str) -> str:
    """Return the text of a file with one more text under a key of a section."""
    document = tomlkit.parse(text)
    table: Any = document
    for part in section[:-1]:
        if part not in table:
            table[part] = tomlkit.table(is_super_table=True)
        table = table[part]
    if section[-1] not in table:
        made = tomlkit.table()
        made[key] = _listed(said)
        if text.strip():
            document.add(tomlkit.nl()) if table is document else None
        table[section[-1]] = made
        return tomlkit.dumps(document)
    table = table[section[-1]]
    value = table.get(key)
    if isinstance(value, Array):
        value.append(said)
    elif value is None:
        table[key] = _listed(said)
    elif "\n" in value:
        more = f"{value.rstrip()}\n{said}\n"
        table[key] = tomlkit.string(f"\n{more}", multiline=True, literal="'''" not in more)
    else:
        table[key] = _listed(value, said)
    return tomlkit.dumps(document)


def _listed(*texts: str) -> Array:
    """Return a list with a line for each text: there will be more."""
    array = tomlkit.array()
    array.extend(texts)
    return array.multiline(True)
