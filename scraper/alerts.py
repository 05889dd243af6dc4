"""Whom to tell when a source begins to fail or to change, and what; nothing is told twice."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Collection, Iterable, Mapping
from email.message import EmailMessage
from pathlib import Path

from scraper.store.protocol import SourceStatus
from scraper.terminal import one_line

#: What is told: of which source, and what.
Told = set[tuple[str, str]]
#: What a source that fails is besides.
BY_FAILING = ("silent", "poor")
#: What is told when something is over. The rest becomes usual by itself, after some weeks.
OVER = {"fails": "works again", "silent": "new articles again"}
#: States of a source whose last run did not come to its end, or was told when to come back: it is as it was.
UNDECIDED = ("running", "unfinished", "died", "stopped", "waiting")
#: Seconds for a command that is told something.
PATIENCE = 60.0
#: Where systems keep what takes a mail.
SENDMAIL = ("sendmail", "/usr/sbin/sendmail", "/usr/lib/sendmail")


class NotTold(Exception):
    """Nobody could be told: why."""


def news(
    statuses: Iterable[SourceStatus],
    changes: Mapping[str, Mapping[str, str]],
    told: Collection[tuple[str, str]],
    *,
    alert_after: int,
) -> tuple[list[str], Told]:
    """Return what is new since `told`, a line for each, and all that is so now.

    A source fails when it has failed `alert_after` times in a row; one that never worked is told of at once, since
    somebody has just written it down.

    >>> news([SourceStatus("harbour", failing=1)], {}, [], alert_after=3)
    (['harbour: fails'], {('harbour', 'fails')})
    >>> news([SourceStatus("harbour", "ok")], {}, [("harbour", "fails")], alert_after=3)
    (['harbour: works again'], set())
    """
    now: dict[tuple[str, str], str] = {}
    over: list[str] = []
    for status in statuses:
        name = status.source
        if status.state in UNDECIDED:
            now |= {what: "" for what in told if what[0] == name}
            continue
        if status.failing >= (alert_after if status.last_success else 1):
            now[name, "fails"] = reason(status)
        for kind, sentence in changes.get(name, {}).items():
            # a source that fails brings nothing: that has been told
            if ((name, "fails") not in now and (name, "fails") not in told) or kind not in BY_FAILING:
                now[name, kind] = sentence
        over += [
            f"{name}: {OVER[kind]}"
            for kind in OVER
            if (name, kind) in told and (name, kind) not in now and (name, "fails") not in now
        ]
    begun = [f"{name}: {sentence}" for (name, kind), sentence in now.items() if (name, kind) not in told]
    return begun + over, set(now)


def reason(status: SourceStatus) -> str:
    """Return why a source fails, on one line: what failed first in its last run, which its lists do."""
    begun = [failure for failure in status.failures if status.last_run and failure.at >= status.last_run]
    if not begun:
        return "fails"
    first = min(begun, key=lambda failure: failure.id)
    return one_line(f"{first.cause}: {first.url}" + (f" ({first.detail})" if first.detail else ""))


def notify(whom: str, lines: list[str], folder: Path) -> None:
    """Tell somebody: by mail to `mailto:…`, or by a command that reads the lines, started in `folder`.

    No shell sees any of it. Raises NotTold.
    """
    text = "".join(f"{line}\n" for line in lines)
    if whom.startswith("mailto:"):
        sendmail = next(filter(None, map(shutil.which, SENDMAIL)), None)
        if sendmail is None:
            raise NotTold("there is no sendmail on this machine; notify can be a command instead")
        mail = EmailMessage()
        mail["To"] = whom.removeprefix("mailto:")
        mail["Subject"] = f"scrape: {lines[0]}"[:200] + (f" and {len(lines) - 1} more" if lines[1:] else "")
        mail.set_content(text)
        command, text = [sendmail, "-t", "-i"], mail.as_string()
    else:
        command = shlex.split(whom)
    try:
        done = subprocess.run(
            command,
            input=text,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            capture_output=True,
            check=False,
            cwd=folder,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotTold(f"{command[0]}: {getattr(error, 'strerror', None) or error}") from None
    if done.returncode:
        raise NotTold(f"{command[0]} ended with {done.returncode}: {one_line(done.stderr)[:200]}")
