"""The table of all rules: `python -m benchmarks.rules_page > docs/rules.md` writes it down."""

from __future__ import annotations

from cleaners.rules import ALIASES, all_rules
from cleaners.rules.registry import Rule
from cleaners.rules.told import example, looks_for

_HEAD = """\
# Rules

Each line that a rule takes for something is told by the rule's id: `clean --explain` prints it, and `removed` and
`fields` of an article have it. Ids stay as they are; one that is renamed is still found by its old name
(`cleaners.rules.find_rule`). `clean --rules` prints what stands here, and a rule is switched off by its id in a file of
[rules of your own](own-rules.md). This page is written by `python -m benchmarks.rules_page`.

*knows by* says what the rule looks at: the line alone, or also the lines around it and its place. *alone* says what
happens to such a line in a text in which no line gives itself away: `goes` (it does so itself), `stays` (writers write
such lines too), or `depends` on the line. *sure* is how often such a line of the corpora was none of the article's (a
crosshead: was one of its lines), as benchmarks/measure_rules.py counts it; with few cases it leans on all else that the
rule says.

| id | label | what it looks for | example | knows by | alone | sure |
| -- | ----- | ----------------- | ------- | -------- | ----- | ---: |
"""


def rules_page() -> str:
    """Return the page with one row for each id of each rule, in the order of the ids."""
    rows: dict[str, str] = {}
    for rule in all_rules():
        for name in rule.ids:
            rows.setdefault(name, _row(rule, name))
    renamed = "".join(f"- `{old}` is now `{new}`\n" for old, new in sorted(ALIASES.items()))
    return (
        _HEAD
        + "".join(rows[name] for name in sorted(rows))
        + (f"\n## Renamed\n\n{renamed}" if renamed else "")
    )


def _row(rule: Rule, name: str) -> str:
    claim = rule.claims[name]
    gone = (claim.evident or claim.placed) and not claim.needs_company
    company = "depends" if name in rule.company else "goes" if gone else "stays"
    cells = (
        f"`{name}`",
        claim.verdict.label.value,
        looks_for(rule),
        example(rule, name),
        "line" if rule.alone else "place",
        company,
        f"{claim.verdict.confidence:.2f}",
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


if __name__ == "__main__":
    print(rules_page(), end="")
