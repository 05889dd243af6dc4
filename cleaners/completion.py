"""What completes a command's options in a shell: bash, zsh and tcsh.

Written by shtab, once, when somebody asks for it: argcomplete, its rival, starts the command at each press of the key.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping

import shtab

#: What a value is called that is a file or folder.
_FILES = ("FILE", "DIR")


def completion(parser: argparse.ArgumentParser, shell: str, values: Mapping[str, Iterable[str]]) -> str:
    """Return the script for a shell; `values` are those that an option takes, by what the option sets.

    >>> parser = argparse.ArgumentParser("clean")
    >>> _ = parser.add_argument("--format")
    >>> "ninjs" in completion(parser, "bash", {"format": ["text", "ninjs"]})
    True
    """
    for action in _actions(parser):
        if action.dest in values:
            action.choices = list(values[action.dest])
        elif action.choices is None and isinstance(action.metavar, str) and _is_file(action):
            vars(action)["complete"] = (
                shtab.FILE
            )  # where shtab looks for it; argparse knows no such attribute
    script: str = shtab.complete(parser, shell)
    return script


def _is_file(action: argparse.Action) -> bool:
    return any(name in str(action.metavar).split("|") for name in _FILES)


def _actions(parser: argparse.ArgumentParser) -> Iterable[argparse.Action]:
    """Yield what a parser takes, and what its commands take."""
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)
