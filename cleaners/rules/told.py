"""What rules say of themselves: what each looks for, and a line that it knows."""

from __future__ import annotations

import ast
import os
import re
import tomllib
from functools import cache

from cleaners.rules.registry import Rule

#: Lines for the rules whose functions show none.
EXAMPLES = os.path.join(os.path.dirname(__file__), "examples.toml")
#: A rule's own examples, in its docstring.
_SAYS = re.compile(r"\.says\((\".*?\"(?:, \".*?\")*)(?:, at=(\d))?\)")


def looks_for(rule: Rule) -> str:
    """Return what a rule looks for, in one sentence.

    >>> from cleaners.rules import find_rule
    >>> looks_for(find_rule("headings.dashed-crosshead"))
    'A short line between dashes.'
    """
    return (rule.function.__doc__ or "").split("\n", 1)[0]


def example(rule: Rule, name: str) -> str:
    """Return a line that a rule calls so, from its own examples or those of `examples.toml`; "" where nobody knows one.

    >>> from cleaners.rules import find_rule
    >>> example(find_rule("notices.views"), "notices.views")
    '1,234 views'
    """
    for lines, at in _SAYS.findall(rule.function.__doc__ or ""):
        texts = ast.literal_eval(f"({lines},)")
        if rule.says(*texts, at=int(at or 0)) == name:
            line: str = texts[int(at or 0)]
            return line
    lines = _more_examples().get(name, ())
    return next((line for at, line in enumerate(lines) if rule.says(*lines, at=at) == name), "")


@cache
def _more_examples() -> dict[str, list[str]]:
    with open(EXAMPLES, "rb") as file:
        return tomllib.load(file)
