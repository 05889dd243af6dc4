"""What others wrote, as a terminal may see it; and lines on standard error, which no run depends on.

A title, an address or a server's word may hold escape sequences that move the cursor, rename the window or answer
for the user. Whatever `scrape` prints of them goes through `plain`.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import Any

from scraper.times import utc

#: Marks of direction that embed, override or isolate: a line reads otherwise than it is (Unicode's report 36).
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
#: What a terminal may take for a command: the controls of ASCII and of Latin-1 but for tabs and line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_DIRECTIONS}\ud800-\udfff]")
#: Those of them that JSON leaves as they are.
_LEFT_BY_JSON = re.compile(f"[\x7f-\x9f{_DIRECTIONS}\ud800-\udfff]")


#: What stands before a host, in an address: to the last @ of the word, for a password may have one, and a slash.
_LOGIN = re.compile(r"://(?:[^\s/?#]*|[^\s/?#@:]{1,200}:(?!\d{1,5}/)[^\s@]{1,200})@(?=[^\s@])")


def plain(text: str) -> str:
    r"""Return the text without what could command a terminal; line ends and tabs stay.

    >>> plain("Rain\x1b[2J\x07 in \u202eKyiv")
    'Rain[2J in Kyiv'
    """
    return text if text.isascii() and text.isprintable() else _UNPRINTABLE.sub("", text)


def without_controls(text: str) -> str:
    r"""Return the text for a file that somebody may print: its controls are left out, all else is as it was.

    >>> without_controls("Rain\x1b[2J\r\nin Kyiv")
    'Rain[2J\nin Kyiv'
    """
    return text if text.isascii() and text.isprintable() else _CONTROLS.sub("", text)


def one_line(text: str) -> str:
    r"""Return the text as `plain` does, on one line.

    >>> one_line("Rain\n  in\tKyiv")
    'Rain in Kyiv'
    """
    return " ".join(plain(text).split())


def without_logins(text: str) -> str:
    """Return the text without the user and password of the addresses in it.

    >>> without_logins("no number: postgresql://desk:p@ss@db.example.org/wire")
    'no number: postgresql://db.example.org/wire'
    """
    return _LOGIN.sub("://", text) if "://" in text else text


def plain_json(value: Any, *, indent: int | None = None) -> str:
    r"""Return a value as JSON that no terminal takes for a command: what it leaves as it is otherwise, is escaped.

    >>> plain_json({"title": "\x9b2J"})
    '{"title": "\\u009b2J"}'
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=utc)
    return _LEFT_BY_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def say(line: str, *, begin: str = "", end: str = "\n") -> None:
    """Print on standard error, as far as there is one: who closed it has heard enough, and the work goes on.

    `begin` alone may command the terminal, and no address is told with its user and password.
    """
    try:
        if sys.stderr is not None:
            print(begin + plain(without_logins(line)), end=end, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        # nobody reads it; Python would complain at its end, and lose the exit code, when it flushes the rest
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def as_typed(argument: str) -> str:
    r"""Return an argument that is a text, and no file's name, as it was typed: in UTF-8, whatever Python took it for.

    >>> as_typed("caf\udcc3\udca9"), as_typed("caf\udce9")
    ('café', 'caf�')
    """
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def fill_standard_streams() -> None:
    """Open what the caller closed (`2>&-`): the next file that is opened would be taken for standard error.

    Python has no stream for it either, and everybody would have to ask whether there is one.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number, which is this one
        if getattr(sys, name) is None:
            # Stays open as long as the program runs, as Python's own streams do: a `with` would close it.
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
