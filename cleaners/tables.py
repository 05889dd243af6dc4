"""Tables of words: what the TOML files are made into, kept between runs as Python keeps its compiled modules.

To read all files of words takes longer than to clean a story with them. So a finished table is written beside the
compiled modules, in `__pycache__`, and read from there for as long as no module and no TOML file of this package has
changed: an edit takes effect in the next run. Where Python would not write compiled modules (no rights, `-B`), no
table is written, and every run reads the TOML files.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

Table = TypeVar("Table", bound=tuple[Any, ...])

_HERE = os.path.dirname(__file__)


def kept(kind: type[Table]) -> Callable[[Callable[[], Table]], Callable[[], Table]]:
    """Make the function that builds a table (a named tuple) build it once, for this run and the next ones.

    The table's fields are what `marshal` can write: texts, numbers, and tuples, lists, dicts and frozensets of these.

    >>> from typing import NamedTuple
    >>> class Weekend(NamedTuple):
    ...     days: tuple[str, ...]
    >>> @kept(Weekend)
    ... def weekend() -> Weekend:
    ...     return Weekend(("Saturday", "Sunday"))
    >>> weekend().days
    ('Saturday', 'Sunday')
    """

    def keeping(build: Callable[[], Table]) -> Callable[[], Table]:
        @cache
        def table() -> Table:
            path = _path(f"{build.__module__}.{build.__qualname__}")
            fields = _read(path)
            try:
                if fields is not None:
                    return kind(*fields)
            except TypeError:
                pass  # not this table's fields
            built = build()
            _write(path, tuple(built))
            return built

        table.__doc__, table.__module__ = build.__doc__, build.__module__
        table.__wrapped__ = build
        return table

    return keeping


def read_toml(module: str, name: str) -> dict[str, Any]:
    """Return what stands in the TOML file beside a module, which is given by its `__file__`."""
    import tomllib  # 5 ms, for runs that find no table

    with open(os.path.join(os.path.dirname(module), name), "rb") as file:
        return tomllib.load(file)


@cache
def _state() -> bytes:
    """Return the sizes and times of all modules and TOML files of this package, which its tables depend on."""
    files = []
    folders = [_HERE]
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".toml")):
                    status = entry.stat()
                    # An installer may set all times alike, but for the one that no program can set.
                    times = status.st_mtime_ns, status.st_ctime_ns
                    files.append((entry.path[len(_HERE) :], status.st_size, times))
                elif entry.is_dir() and entry.name != "__pycache__":
                    folders.append(entry.path)
    return repr(sorted(files)).encode()


def _path(name: str) -> str | None:
    """Return where a table is kept, for this version of Python; None where no compiled modules are kept either."""
    if __spec__ is None or not __spec__.cached:
        return None
    folder = os.path.dirname(__spec__.cached)
    return f"{folder}{os.sep}{name}.{sys.implementation.cache_tag}.table"


def _read(path: str | None) -> tuple[Any, ...] | None:
    """Return the fields of a kept table; None if there is none, or it is of another state, or damaged."""
    if path is None:
        return None
    try:
        with open(path, "rb") as file:
            content = file.read()
        if not content.startswith(_state()):
            return None
        fields = marshal.loads(memoryview(content)[len(_state()) :])
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return fields if isinstance(fields, tuple) else None


def _write(path: str | None, fields: tuple[Any, ...]) -> None:
    """Keep a table, whole or not at all."""
    if path is None or sys.dont_write_bytecode:
        return
    partial = f"{path}.{os.getpid()}-{id(fields)}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(partial, "xb") as file:
            file.write(_state() + marshal.dumps(fields))
        os.replace(partial, path)
    except OSError:
        from contextlib import suppress

        with suppress(OSError):
            os.unlink(partial)
