"""What the site of the documentation is made with beside its pages: the commands' help, and examples from docstrings.

MkDocs calls the `on_…` functions, griffe the methods of `Doctests`; see mkdocs.yml.
"""

from __future__ import annotations

import argparse
import os
import re
from typing import Any

import griffe

#: Where a page has the help of all commands.
COMMANDS = "<!-- commands -->"
#: Links to files of the repository, which the site has not.
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")
#: An example within a docstring: a line that begins with ">>>" and all down to the next empty line.
_EXAMPLE = re.compile(r"(^ *>>> .*(?:\n(?!\s*$).+)*)", re.MULTILINE)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return a page with the help of the commands, if it wants that, and without links that lead nowhere."""
    if COMMANDS in markdown:
        markdown = markdown.replace(COMMANDS, commands())
    return _OUTSIDE.sub(r"\1", markdown)


def commands() -> str:
    """Return the help of `clean`, of `scrape`, and of each of its commands, as Markdown."""
    from cleaners.arguments import make_parser
    from scraper.cli import make_parser as make_scrape_parser

    os.environ["COLUMNS"] = "100"
    scrape = make_scrape_parser()
    parsers = [make_parser()[0], scrape]
    for action in scrape._actions:
        if isinstance(action, argparse._SubParsersAction):
            parsers += action.choices.values()
    return "\n".join(f"## {parser.prog}\n\n```text\n{parser.format_help()}```\n" for parser in parsers)


class Doctests(griffe.Extension):
    """Shows the examples in docstrings as code: Markdown takes ">>>" for a quotation of a quotation."""

    def on_instance(self, *, obj: griffe.Object, **_: Any) -> None:
        """Put the examples of an object's docstring between fences."""
        if obj.docstring is not None:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(text: str) -> str:
    """Return a docstring with its examples between fences.

    >>> print(fenced("Return two.\\n\\n>>> 1 + 1\\n2"))
    Return two.
    <BLANKLINE>
    ```pycon
    >>> 1 + 1
    2
    ```
    """
    return _EXAMPLE.sub(r"```pycon\n\1\n```", text)
