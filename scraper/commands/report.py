"""What a run says while it goes on: nothing, a line for each article, JSON, or one moving line on a terminal."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from logging import INFO, LogRecord
from pathlib import Path
from typing import Any

from cleaners.errors import WrongUsage
from scraper.run import Event
from scraper.terminal import one_line, plain_json, say
from scraper.times import utc

#: Seconds from one drawing of the moving line to the next.
_PACE = 0.1
_CLEAR = "\r\x1b[K"
#: Bytes of a log before it is put aside, and how many of those are kept: 30 MB in all.
LOG_BYTES, OLD_LOGS = 5_000_000, 5


class Quiet:
    """For cron: what is worth a mail is told after the run (`scraper.alerts`)."""

    def tell(self, event: Event) -> None:
        """Hear what happens."""

    def end(self) -> None:
        """Leave the terminal tidy."""

    def say(self, line: str) -> None:
        """Print on standard error, as far as anybody reads it."""
        say(line)


class Verbose(Quiet):
    """A line for each article, each failure and each source."""

    def tell(self, event: Event) -> None:
        """Print the event."""
        if event.kind == "kept":
            self.say(f"{event.change:<9} {event.source}: {one_line(event.title or event.url)}")
        elif event.kind in ("failed", "trouble"):
            self.say(f"{'failed':<9} {event.source}: {_failure(event)}")
        elif event.kind == "mended":
            self.say(f"mended    {event.source}: {one_line(event.url)} ({one_line(event.detail)})")
        elif event.kind == "skipped":
            self.say(f"skipped   {event.source}: looked at not long ago")
        elif event.kind == "ended" and event.tally is not None:
            counts = asdict(event.tally)
            names = [name for name in ("new", "changed", "unchanged", "failed") if counts[name]]
            told = ", ".join(f"{counts[name]} {name}" for name in names) or "nothing new"
            state = ("waits" if event.tally.waits else "done") if event.tally.ok else "FAILING"
            self.say(f"{state:<9} {event.source}: {told}")


class JsonLines(Quiet):
    """Every event as a line of JSON on standard error, for a log collector."""

    def tell(self, event: Event) -> None:
        """Print the event without what it does not say."""
        said: dict[str, Any] = {"at": utc(datetime.now(UTC)), "event": event.kind, "source": event.source}
        for name in ("url", "change", "cause", "detail", "article", "title"):
            if (value := getattr(event, name)) not in (None, ""):
                said[name] = value
        if event.tally is not None:
            said |= {"ok": event.tally.ok, **asdict(event.tally)}
            del said["alone"], said["troubled"]
        self.write(plain_json(said))

    def write(self, line: str) -> None:
        """Write the line where it belongs."""
        self.say(line)


class LogFile(JsonLines):
    """Every event as a line of JSON in a file; when it is full it is put aside, and the oldest of those goes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        from logging.handlers import RotatingFileHandler  # for runs that keep a log

        try:
            self._file = RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=OLD_LOGS, encoding="utf-8")
        except OSError as error:
            raise WrongUsage(f"{path}: {(error.strerror or str(error)).lower()}") from None
        self._file.handleError = lambda record: None  # type: ignore[method-assign]  # a full disk stops no run

    def write(self, line: str) -> None:
        """Write the line into the file."""
        self._file.emit(LogRecord("scrape", INFO, "", 0, line, None, None))

    def end(self) -> None:
        """Close the file, with what is left to be written as far as there is room."""
        with suppress(OSError):
            self._file.close()


class Both(Quiet):
    """Two reporters at once: one for who watches, one for the log."""

    def __init__(self, first: Quiet, second: Quiet) -> None:
        self._both = first, second

    def tell(self, event: Event) -> None:
        """Tell both."""
        for reporter in self._both:
            reporter.tell(event)

    def end(self) -> None:
        """End both."""
        for reporter in self._both:
            reporter.end()


class Live(Quiet):
    """One line on a terminal that counts as the run goes on; sources that fail are printed above it."""

    def __init__(self, sources: int) -> None:
        self._causes: dict[str, str] = {}
        self._sources, self._ended, self._new, self._failed = sources, 0, 0, 0
        self._started, self._drawn = time.monotonic(), 0.0

    def tell(self, event: Event) -> None:
        """Count, and draw at most ten times a second."""
        self._ended += event.kind in ("ended", "skipped")
        self._new += event.kind == "kept" and event.change in ("new", "changed")
        self._failed += event.kind == "failed"
        if event.kind in ("trouble", "failed"):
            self._causes.setdefault(event.source, _failure(event))
        elif event.tally is not None and event.kind == "ended" and not event.tally.ok:
            self.say(f"scrape: {event.source}: {self._causes.get(event.source, 'failed')}")
        if time.monotonic() - self._drawn >= _PACE:
            self._draw()

    def say(self, line: str) -> None:
        """Print above the moving line."""
        say(line, begin=_CLEAR)
        self._draw()

    def end(self) -> None:
        """Leave the last count standing."""
        self._draw()
        say("")

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        pace = self._new / max(self._drawn - self._started, 0.1)
        failed = f" · {self._failed} failed" if self._failed else ""
        text = f"{self._ended}/{self._sources} sources · {self._new} articles · {pace:.0f} a second{failed}"
        say(text, begin=_CLEAR, end="")


def reporter_for(log: str, *, verbose: bool, sources: int) -> Quiet:
    """Return the reporter for the options: `log` is text or json; a terminal gets the moving line."""
    if log == "json":
        return JsonLines()
    if verbose:
        return Verbose()
    return Live(sources) if sys.stderr.isatty() else Quiet()


def _failure(event: Event) -> str:
    return one_line(f"{event.cause}: {event.url}" + (f" ({event.detail})" if event.detail else ""))
