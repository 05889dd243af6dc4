"""`clean --rules` and `clean --add-rule`: all rules told, and one of one's own written down."""

from __future__ import annotations

from pathlib import Path

from cleaners.arguments import Said
from cleaners.errors import BadRules, WrongUsage, meant, shown
from cleaners.inputs import Input
from cleaners.options import Rules
from cleaners.outputs import write_standard_output
from cleaners.own import NAME, find_rules
from cleaners.own.add import add_rule
from cleaners.own.file import OwnRule, own_rules, parts_of
from cleaners.read.characters import valid_text
from cleaners.rules import ALIASES, all_rules
from cleaners.rules.told import example, looks_for
from cleaners.values import Value
from cleaners.whole_file import written


class Told(Value):
    """A rule as it is told of: its name, what it makes of a line, what it looks for, a line, and where it is off or on.

    `off` is the place in the file of one's own rules that switches it off, "" where none does.
    """

    name: str
    label: str
    looks_for: str
    example: str
    off: str = ""


def told_rules(rules: Rules | None = None) -> list[Told]:
    """Return all rules as they are told of: one's own first, then those of this package by their names.

    >>> told_rules(Rules("own.toml", "[ad]\\nstarts = ['Get the app']"))[0]
    Told(name='own.ad', label='ad', looks_for='own.toml:2: starts', example='Get the app', off='')
    """
    own = own_rules(rules) if rules else ()
    path = rules.path if rules else ""
    off = [rule for rule in own if rule.way == "rules"]
    found = [
        Told(rule.name, rule.label.value, f"{path}:{rule.line}: {rule.way}{_site(rule.host)}", rule.text)
        for rule in own
        if rule.label is not None
    ]
    told: dict[str, Told] = {}
    for rule in all_rules():
        for name in rule.ids:
            place = _place(path, [said for said in off if said.text in (name, rule.kind)])
            label = rule.claims[name].verdict.label.value
            if not told.setdefault(
                name, row := Told(name, label, looks_for(rule), example(rule, name), place)
            ).example:
                told[name] = row
    return found + [told[name] for name in sorted(told)]


def _place(path: str, off: list[OwnRule]) -> str:
    """Return where a rule is switched off: the place that does so everywhere, or else those for a site each."""
    everywhere = [rule for rule in off if not rule.host]
    return ", ".join(f"{path}:{rule.line}{_site(rule.host)}" for rule in everywhere[:1] or off)


def _site(host: str | None) -> str:
    return f" on {host}" if host else ""


def show(said: Said) -> int:
    """Print all rules, or those of a kind, or whose names begin so; as JSON, if asked.

    Raises WrongUsage for an unknown name.
    """
    rules = told_rules(said.own_rules())
    if said.files != ["-"]:
        wanted: set[str] = set()
        for name in said.files:
            found = _named(rules, name)
            if not found:
                raise WrongUsage(f"no rule is called {name}; {meant(name, {rule.name for rule in rules})}")
            wanted |= found
        rules = [rule for rule in rules if rule.name in wanted]
    if said.format == "json":
        import json  # for who asks for it

        text = json.dumps([_plain(rule) for rule in rules], ensure_ascii=False, indent=2) + "\n"
    else:
        text = "".join(map(_paragraph, rules)) + _FOOT
    write_standard_output(Input("-"), text)
    return 0


def _plain(rule: Told) -> dict[str, str | None]:
    return {name: getattr(rule, name) or None for name in Told.__match_args__}


_FOOT = f"""\
One rule is switched off with    clean --add-rule off NAME
a line stays, or goes, with      clean --add-rule keep LINE    clean --add-rule ad LINE
and all of it stands in          {NAME}, in this folder or above, or in ~/.config/wireclean
"""


def _named(rules: list[Told], name: str) -> set[str]:
    """Return the names of the rules that are meant: by theirs, also by one they had, its beginning or their kind."""
    name = ALIASES.get(name, name)
    begun = {rule.name for rule in rules if rule.name == name or rule.name.startswith(name + ".")}
    return begun.union(*(rule.ids for rule in all_rules() if rule.kind == name))


def _paragraph(rule: Told) -> str:
    state = f"off: {rule.off}" if rule.off else ""
    head = f"{rule.name}  ({rule.label})  {state}".rstrip()
    lines = [head, f"    {rule.looks_for}"]
    if rule.example:
        lines.append(f"    > {rule.example}")
    return shown_lines(lines) + "\n"


def shown_lines(lines: list[str]) -> str:
    """Return lines as a terminal may have them."""
    return "".join(f"{shown(line)}\n" for line in lines)


#: What is told of a line by the section that it is in now, if that is no label.
_DONE = {"keep": "stays", "off": "is off", "agencies": "is an agency", "credits": "takes pictures"}


def add(said: Said) -> int:
    """Write the rule that the arguments say to the file of rules, and tell what was written."""
    assert said.add_rule is not None
    what, line = said.add_rule
    path = said.config or find_rules() or NAME
    try:
        with written(Path(path)):
            add_rule(path, what, line, host=said.host)
    except BadRules as error:
        if not error.mistakes[0].startswith(path):
            raise WrongUsage(str(error)) from None
        raise
    label, *_ = parts_of(valid_text(what))
    done = _DONE.get(label, f"is cut as {label}")
    write_standard_output(
        Input("-"), f"{shown(path)}: {shown(line.strip())!r} {done}{shown(_site(said.host))}\n"
    )
    return 0
