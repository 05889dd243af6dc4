"""What a run says while it goes on: nothing, a line for each article, JSON, or one moving line on a terminal."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from scraper.run import Event
from scraper.times import utc

#: Seconds from one drawing of the moving line to the next.
_PACE = 0.1
_CLEAR = "\r\x1b[K"


class Quiet:
    """For cron: only sources that do not work are worth a mail, each with the first cause."""

    def __init__(self) -> None:
        self._causes: dict[str, str] = {}

    def tell(self, event: Event) -> None:
        """Remember causes; speak when a source has ended badly."""
        if event.kind in ("trouble", "failed"):
            self._causes.setdefault(event.source, _failure(event))
        elif event.tally is not None and event.kind == "ended" and not event.tally.ok:
            self.say(f"scrape: {event.source}: {self._causes.get(event.source, 'failed')}")

    def end(self) -> None:
        """Leave the terminal tidy."""

    def say(self, line: str) -> None:
        """Print on standard error."""
        print(line, file=sys.stderr, flush=True)


class Verbose(Quiet):
    """A line for each article, each failure and each source."""

    def tell(self, event: Event) -> None:
        """Print the event."""
        if event.kind == "kept":
            self.say(f"{event.change:<9} {event.source}: {event.title or event.url}")
        elif event.kind in ("failed", "trouble"):
            self.say(f"{'failed':<9} {event.source}: {_failure(event)}")
        elif event.kind == "ended" and event.tally is not None:
            counts = asdict(event.tally)
            names = [name for name in ("new", "changed", "unchanged", "failed") if counts[name]]
            told = ", ".join(f"{counts[name]} {name}" for name in names) or "nothing new"
            self.say(f"{'done' if event.tally.ok else 'FAILING':<9} {event.source}: {told}")


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
            del said["troubled"]
        self.say(json.dumps(said, ensure_ascii=False))


class Live(Quiet):
    """One line on a terminal that counts as the run goes on; sources that fail are printed above it."""

    def __init__(self, sources: int) -> None:
        super().__init__()
        self._sources, self._ended, self._new, self._failed = sources, 0, 0, 0
        self._started, self._drawn = time.monotonic(), 0.0

    def tell(self, event: Event) -> None:
        """Count, and draw at most ten times a second."""
        self._ended += event.kind == "ended"
        self._new += event.kind == "kept" and event.change in ("new", "changed")
        self._failed += event.kind == "failed"
        super().tell(event)
        if time.monotonic() - self._drawn >= _PACE:
            self._draw()

    def say(self, line: str) -> None:
        """Print above the moving line."""
        print(_CLEAR + line, file=sys.stderr)
        self._draw()

    def end(self) -> None:
        """Leave the last count standing."""
        self._draw()
        print(file=sys.stderr)

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        pace = self._new / max(self._drawn - self._started, 0.1)
        failed = f" · {self._failed} failed" if self._failed else ""
        text = f"{self._ended}/{self._sources} sources · {self._new} articles · {pace:.0f} a second{failed}"
        print(_CLEAR + text, end="", file=sys.stderr, flush=True)


def reporter_for(log: str, *, verbose: bool, sources: int) -> Quiet:
    """Return the reporter for the options: `log` is text or json; a terminal gets the moving line."""
    if log == "json":
        return JsonLines()
    if verbose:
        return Verbose()
    return Live(sources) if sys.stderr.isatty() else Quiet()


def _failure(event: Event) -> str:
    return f"{event.cause}: {event.url}" + (f" ({event.detail})" if event.detail else "")
