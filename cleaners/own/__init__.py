"""Rules of one's own, which come before those of this package: the file `wireclean.toml`.

`file` reads it, `decide` looks lines up in it, `patterns` are its regular expressions, `add` writes a rule to it. Who
has no such file imports nothing of these. docs/own-rules.md tells what may be in one.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from cleaners.options import Rules

#: What a file of rules is called.
NAME = "wireclean.toml"


def chosen_rules(config: str | None, *, none: bool = False) -> Rules | None:
    """Return the rules in the file that is named, or found where none is; None without one, or if `none` are wanted.

    Raises BadRules.
    """
    path = config or (None if none else find_rules())
    if path is None:
        return None
    from cleaners.own.file import read_rules  # for who has such a file

    return read_rules(path)


def find_rules() -> str | None:
    """Return the file of rules that is nearest above the working folder, or else the user's; None where there is none.

    The user's is in the folder `wireclean` of $XDG_CONFIG_HOME (on Windows of %APPDATA%), or else of ~/.config.
    """
    try:
        above = os.getcwd()
    except OSError:  # somebody took the folder away
        above = ""
    while above:
        if os.path.isfile(place := os.path.join(above, NAME)):
            return place
        above, below = os.path.dirname(above), above
        if above == below:
            break
    settings = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    users = os.path.join(settings or os.path.expanduser("~/.config"), "wireclean", NAME)
    return users if os.path.isfile(users) else None
