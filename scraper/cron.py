"""The crontab line and the systemd timer for a setup as it is on this machine."""

from __future__ import annotations

import shlex
import shutil
import sys
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from scraper.times import age_text

#: Minutes that pass evenly from run to run in cron, which counts within an hour and within a day.
EVEN = [
    *(part for part in range(1, 61) if 60 % part == 0),
    *(60 * part for part in range(2, 25) if 24 % part == 0),
]


def scrape_command() -> list[str]:
    """Return how this very `scrape` is started: by its whole path, since cron knows no PATH worth the name."""
    started = Path(sys.argv[0])
    beside = Path(sys.executable).with_name("scrape")
    for candidate in (started, beside, Path(shutil.which("scrape") or "")):
        if candidate.name == "scrape" and candidate.is_file():
            return [str(candidate.absolute())]
    return [sys.executable, "-m", "scraper.cli"]


def run_command(sources: Path, database: Path | None, minutes: int) -> list[str]:
    """Return the whole command of a run, with absolute paths, that ends before the next begins.

    None is for a database that the file of sources names. What is in flight when its time is over has some seconds
    more.
    """
    where = [] if database is None else ["--db", str(database.absolute())]
    paths = ["run", str(sources.absolute()), *where]
    return [*scrape_command(), *paths, "--for", f"{minutes - 1}m" if minutes > 1 else "30s"]


def crontab_line(command: list[str], minutes: int) -> str:
    """Return the line for `crontab -e`. A run that finds the lock held ends at once, so runs never pile up.

    Raises ValueError for what cron cannot say, with what it can.

    >>> crontab_line(["/usr/bin/scrape", "run", "/srv/news/my sources.toml"], 15)
    "*/15 * * * * /usr/bin/scrape run '/srv/news/my sources.toml'"
    """
    if minutes not in EVEN:
        told = age_text(timedelta(minutes=minutes))
        sides = (
            max(part for part in EVEN if part < minutes),
            min((part for part in EVEN if part > minutes), default=0),
        )
        near = " or ".join(age_text(timedelta(minutes=part)) for part in sides if part)
        raise ValueError(f"cron cannot say every {told}; it can say {near}")
    if minutes < 60:
        when = f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    elif minutes < 24 * 60:
        hours = minutes // 60
        when = f"0 */{hours} * * *" if hours > 1 else "0 * * * *"
    else:
        when = "0 5 * * *"
    return f"{when} {shlex.join(command)}".replace("%", r"\%")  # cron takes a bare % for a line's end


def systemd_units(command: list[str], minutes: int, folder: Path) -> dict[str, str]:
    """Return the two unit files of a user's timer, by file name."""
    values = {
        "folder": _escaped(str(folder.absolute())),
        "command": " ".join(_quoted(word) for word in command),
        "minutes": str(minutes),
    }
    units = files("scraper").joinpath("units")
    names = ("wireclean.service", "wireclean.timer")
    return {name: units.joinpath(name).read_text("utf-8").format_map(values) for name in names}


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """Return a word of ExecStart: systemd has its own quoting, in which % and $ mean something."""
    escaped = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"' if any(sign in word for sign in " '\"\\;") else escaped
