"""What can go wrong in the scraper, in one tree, and the exit code with which `scrape` ends when it meets it.

ScrapeError                  2  (a WirecleanError, see cleaners/errors.py)
├ SourcesError              2  a mistake in the file of sources
├ ExportError  TooManyWords 2
├ LockHeld                  3
├ StoreError ─ NoStore      4
└ FetchError                1  no page from one address; `cause` is its word for the status
├ TimedOut  NameNotFound  ConnectionBroken  TlsFailed  Truncated          the net's or the server's trouble
├ Garbled ─ GarbledHead   HeaderFlood  TooLarge  Bomb                     not an answer to be read
├ BadStatus  RedirectLoop  BadRedirect  NotAPage  NotAFeed  NotAnArticle  an answer, but not the one wanted
├ RobotsForbid  RobotsUnreachable  CircuitOpen  RefusedAddress            not asked, or not to be asked
└ NotCleaned  Unexpected                                                  our own trouble with the page
"""

from __future__ import annotations

from pathlib import Path

from cleaners.errors import WirecleanError


class ScrapeError(WirecleanError):
    """The root of all errors that the scraper raises on purpose."""

    exit_code = 2


class SourcesError(ScrapeError):
    """A mistake in the file of sources: which file, which line (from 1), which key, and what is wrong with it.

    >>> str(SourcesError(Path("sources.toml"), 7, "delay", "must be a number of seconds"))
    'sources.toml:7: delay: must be a number of seconds'
    """

    def __init__(self, path: Path, line: int | None, key: str | None, message: str) -> None:
        self.path, self.line, self.key, self.message = path, line, key, message
        where = f"{path}:{line}" if line else str(path)
        super().__init__(f"{where}: {key}: {message}" if key else f"{where}: {message}")


class ExportError(ScrapeError):
    """The export cannot be written as asked."""


class TooManyWords(ScrapeError):
    """More words are searched for than a search takes."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} different words are searched for at a time")


class LockHeld(ScrapeError):
    """Another run holds the store's lock; `holder` is what it wrote of itself, such as `process 4711`.

    `seconds` is for how long it has held it.
    """

    exit_code = 3

    def __init__(self, path: Path, holder: str, seconds: float = 0.0) -> None:
        self.path, self.holder, self.seconds = path, holder, seconds
        hours = f"for {seconds / 3600:.0f} hours" if seconds >= 3600 else ""
        told = ", ".join(part for part in (holder, hours) if part)
        super().__init__(f"another run holds {path} ({told})" if told else f"another run holds {path}")


class StoreError(ScrapeError):
    """The store cannot be opened, read or written: which file or database, and what the system said."""

    exit_code = 4

    def __init__(self, path: Path | str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: {detail}")


class NoStore(StoreError):
    """There is no such store."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "there is no such store; `scrape run` makes it")


class FetchError(ScrapeError):
    """One address could not be fetched. `cause` is a short word for the status, `url` the address that failed.

    `passing` says that the same request may well succeed a little later, so it is worth another try; `hurts` says
    that the host itself is in trouble, which the circuit breaker counts; `alone` that no page is there, or none that
    its publisher wants kept: how its source is doing is not told by that; `asked` that the host said itself when to
    come back, and is left alone until then: that is waiting, and no failure. `trace` is the way through this program
    to a fault of its own.
    """

    exit_code = 1
    cause = "error"
    passing = False
    hurts = False
    alone = False
    asked = False

    def __init__(
        self, url: str, detail: str = "", *, retry_after: float | None = None, trace: str | None = None
    ) -> None:
        self.url, self.detail, self.retry_after, self.trace = url, detail, retry_after, trace
        super().__init__(f"{self.cause}: {url}" + (f" ({detail})" if detail else ""))


class TimedOut(FetchError):
    """A deadline passed: connecting, first byte, or the whole body."""

    cause, passing, hurts = "timeout", True, True


class NameNotFound(FetchError):
    """The host name has no address."""

    cause, passing, hurts = "dns", True, True


class ConnectionBroken(FetchError):
    """The connection was refused or reset, or closed before an answer."""

    cause, passing, hurts = "connection", True, True


class TlsFailed(FetchError):
    """No trusted encrypted connection: a bad certificate, a wrong name, no common version."""

    cause, hurts = "tls", True


class Garbled(FetchError):
    """What came back is not HTTP, or a content encoding that does not decode."""

    cause = "protocol"


class GarbledHead(Garbled):
    """The answer does not begin as one: perhaps it is what an earlier answer left on the connection. Asked again."""

    passing = True


class HeaderFlood(FetchError):
    """More header bytes than any honest server sends."""

    cause = "header-flood"


class RefusedAddress(FetchError):
    """The address is not one to connect to: another scheme, or a private, local or metadata network."""

    cause = "refused-address"


class TooLarge(FetchError):
    """The body is longer than the limit for its kind."""

    cause = "too-large"


class Bomb(FetchError):
    """A small body that unpacks, or a short document that expands, beyond its limit."""

    cause = "bomb"


class Truncated(FetchError):
    """The body ended before its announced or encoded end."""

    cause, passing, hurts = "truncated", True, True


class RedirectLoop(FetchError):
    """Redirects that return to where they were, or go on for too long."""

    cause = "redirect-loop"


class BadRedirect(FetchError):
    """A redirect without a usable target."""

    cause = "bad-redirect"


class RobotsForbid(FetchError):
    """The site's robots.txt does not allow this address."""

    cause = "robots"


class RobotsUnreachable(FetchError):
    """The site's robots.txt answers with a server error, which RFC 9309 reads as: all forbidden for now."""

    cause, hurts = "robots-unreachable", True


class CircuitOpen(FetchError):
    """The host failed too often lately and is left alone; `retry_after` says for how many seconds more."""

    cause = "circuit-open"


class NotAPage(FetchError):
    """The answer is a picture, a film, a PDF: nothing that an article is written in."""

    cause, alone = "not-a-page", True


class NotAFeed(FetchError):
    """The body is no feed or sitemap that can be read."""

    cause = "not-a-feed"


#: Causes that are one page's own, of those for which a page that came is not kept.
ONE_PAGES = {NotAPage.cause, "video", "noindex", "noai"}


class NotAnArticle(FetchError):
    """The page came, but it is no article, or is not to be kept; the cause says which: `empty-page`, `noindex` …"""

    def __init__(self, url: str, cause: str, detail: str = "", *, later: float | None = None) -> None:
        self.cause = cause
        self.passing = later is not None
        self.alone = cause in ONE_PAGES
        super().__init__(url, detail, retry_after=later)


class BadStatus(FetchError):
    """The server answered with a status that is no page: the cause is `status-404`, `status-503` and so on."""

    def __init__(self, url: str, status: int, detail: str = "", *, retry_after: float | None = None) -> None:
        self.status = status
        self.cause = f"status-{status}"
        self.passing = self.hurts = status == 429 or status in (500, 502, 503, 504) or 520 <= status <= 530
        super().__init__(url, detail, retry_after=retry_after)


class NotCleaned(FetchError):
    """The page came, but the cleaner failed, crashed or took too long over it."""

    cause, passing = "cleaner", True  # a broken installation must not use up a day of articles


class Unexpected(FetchError):
    """A fault of this program while it worked on one address."""

    cause = "fault"


#: Characters kept of the way to a fault, its end; and of what a fault says.
LONGEST_TRACE, LONGEST_DETAIL = 20_000, 500


def as_fetch_error(url: str, error: BaseException) -> FetchError:
    """Return whatever went wrong as the failure of an address, with the way to it when it is a fault of ours."""
    if isinstance(error, FetchError):
        return error
    from traceback import format_exception  # for faults, of which there should be none

    trace = "".join(format_exception(error))[-LONGEST_TRACE:]
    return Unexpected(url, f"{type(error).__name__}: {error}"[:LONGEST_DETAIL], trace=trace)
