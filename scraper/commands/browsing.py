"""`scrape status`, `list`, `show`, `search`: looking into the store, from which nothing is taken."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from cleaners.columns import align
from cleaners.errors import WrongUsage
from scraper.cli import DONE, SOME_FAILED
from scraper.health import changes_in
from scraper.store import open_store
from scraper.store.protocol import Entry, Kept, SourceStatus
from scraper.terminal import one_line, plain, plain_json, say, without_controls

if TYPE_CHECKING:  # for status alone
    from scraper.fetch.host import BreakerState

TITLE_CELLS = 90
#: Failures that `scrape show --failure` lists.
MOST_FAILURES = 20


def status(options: argparse.Namespace) -> int:
    """Show how each source is doing."""
    now = datetime.now(UTC)
    with open_store(options.db, look=True) as store:
        sources, hosts = store.runs.statuses(now - timedelta(days=1)), store.runs.known_hosts().left_alone
        changes = changes_in(store, now)
    if options.format == "json":
        _print_json(status_json(sources, hosts, changes))
    elif options.format == "prometheus":
        from scraper.metrics import write_metrics  # for this format

        print(write_metrics(sources, changes, hosts), end="")
    else:
        print(status_table(sources, hosts, changes), end="")
    return DONE


def list_articles(options: argparse.Namespace) -> int:
    """Show the newest articles."""
    with open_store(options.db, look=True) as store:
        entries = store.articles.entries(since=options.since, source=options.source, most=options.most)
    _print_entries(entries, options)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Show the articles with all the words; 1 when there is none, as grep does."""
    words = " ".join(f'"{word}"' if " " in word else word for word in options.words)
    with open_store(options.db, look=True) as store:
        found = store.articles.search(words, most=options.most)
    _print_entries(found, options)
    return DONE if found else SOME_FAILED


def show(options: argparse.Namespace) -> int:
    """Show one article: its text, as Markdown or JSON, what was removed from it, or its page as it was fetched."""
    if options.failure:
        return _show_failure(options)
    number = options.id or ""
    if not (number.isascii() and number.isdigit() and len(number) < 19 and int(number)):
        raise WrongUsage(f"{number!r} is no number of an article; `scrape list` shows them")
    with open_store(options.db, look=True) as store:
        kept = store.articles.get(int(number), options.edition)
        if kept is None:
            edition = f" in edition {options.edition}" if options.edition else ""
            say(f"scrape: there is no article {number}{edition}")
            return SOME_FAILED
        page = store.articles.page(kept).body if options.format == "page" else b""
    if options.format == "page":
        if sys.stdout.isatty():  # only there it could do something
            print(without_controls(page.decode("utf-8", "replace")))
        else:
            sys.stdout.buffer.write(page)
    elif options.format == "json":
        _print_json({"id": kept.entry.id, "edition": kept.version, **kept.article.to_dict()})
    elif options.format == "markdown":
        from cleaners.formats import Cleaned  # for this format
        from cleaners.formats.markdown import write_markdown  # most commands write none

        print(plain(write_markdown(Cleaned(kept.article))), end="")
    elif options.format == "removed":
        rows = [(str(line.line), line.label, line.rule, one_line(line.text)) for line in kept.article.removed]
        print(plain("\n".join(align(rows, right=[0]))))
    else:
        print(plain(_as_text(kept)))
    return DONE


def _show_failure(options: argparse.Namespace) -> int:
    """Show one failure with its way through the program, or the last ones."""
    with open_store(options.db, look=True) as store:
        failures = store.runs.failures(options.id, most=1 if options.id else MOST_FAILURES)
    if options.format == "json":
        _print_json([asdict(failure) for failure in failures])
    elif options.id is None:
        rows = [
            (str(failure.id), _short(failure.at), failure.source, failure.cause, one_line(failure.url))
            for failure in failures
        ]
        print(plain("".join(line + "\n" for line in align(rows, right=[0]))), end="")
    else:
        for failure in failures:
            print(plain(f"{failure.id}  {_short(failure.at)}  {failure.source}\n{one_line(failure.url)}"))
            print(one_line(f"{failure.cause}: {failure.detail}" if failure.detail else failure.cause))
            if failure.trace:
                print("\n" + plain(failure.trace), end="")
    if options.id is not None and not failures:
        say(
            f"scrape: there is no failure {one_line(options.id)}; `scrape show --failure` shows the last ones"
        )
        return SOME_FAILED
    return DONE


def status_json(
    sources: Sequence[SourceStatus],
    hosts: Iterable[BreakerState],
    changes: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Return the status as plain values."""
    left_alone = [
        {"host": host.host, "cause": host.cause, "failures": host.failures, "until": _until(host)}
        for host in hosts
    ]
    told = [asdict(source) | {"changes": (changes or {}).get(source.source, {})} for source in sources]
    return {"sources": told, "hosts": left_alone}


def status_table(
    sources: Sequence[SourceStatus],
    hosts: Iterable[BreakerState],
    changes: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """Return the status as aligned columns, with what has changed and the causes of failures under it."""
    if not sources:
        return "No run yet.\n"
    head = ("source", "state", "last success", "new", "today", "articles", "waiting", "failed", "next try")
    rows = [
        (
            source.source,
            source.state,
            _short(source.last_success) or "never",
            *map(str, (source.new, source.today, source.articles, source.waiting, source.failed)),
            _short(source.next_try),
        )
        for source in sources
    ]
    lines = align([head, *rows], right=[3, 4, 5, 6, 7])
    for source in sources:
        for failure in source.failures:
            times = f"{failure.times} × " if failure.times > 1 else ""
            detail = f" ({failure.detail})" if failure.detail else ""
            lines.append(f"{source.source}: {times}{failure.cause}: {failure.url}{detail}")
        lines += [
            f"{source.source}: {sentence}" for sentence in (changes or {}).get(source.source, {}).values()
        ]
    for host in hosts:
        until = f" until {_short(_until(host))}" if host.open_until else ""
        why = "it asked for that" if host.asked else _counted(host.failures, "failure")
        lines.append(f"{host.host} is left alone{until}: {why}, {host.cause}")
    return "".join(plain(line).replace("\n", " ") + "\n" for line in lines)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _until(host: BreakerState) -> datetime | None:
    return datetime.fromtimestamp(host.open_until, UTC) if host.open_until else None


def _short(moment: datetime | None) -> str:
    """Return a time without its seconds: 2025-01-31 12:00."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _as_text(kept: Kept) -> str:
    article, entry = kept.article, kept.entry
    published = article.published.isoformat() if article.published else None
    facts = [published, article.agency, ", ".join(article.authors), entry.source]
    edition = f"edition {kept.version} of {entry.versions}" if entry.versions > 1 else None
    head = [article.title, entry.url, " · ".join(fact for fact in (*facts, edition) if fact)]
    photos = [
        f"[photo] {' | '.join(filter(None, (photo.caption, photo.credit)))}" for photo in article.photos
    ]
    rights = [article.rights.text] if article.rights else []
    return "\n\n".join(
        part for part in ("\n".join(line for line in head if line), article.text, *photos, *rights) if part
    )


def _print_entries(entries: Sequence[Entry], options: argparse.Namespace) -> None:
    if options.format == "json":
        _print_json([asdict(entry) for entry in entries])
        return
    rows = []
    for entry in entries:
        title = one_line(entry.title or "") or one_line(entry.url)
        title = title if len(title) <= TITLE_CELLS else title[: TITLE_CELLS - 1] + "…"
        rows.append((str(entry.id), _short(entry.fetched), entry.source, title))
    lines = align(rows, right=[0])
    for line, entry in zip(lines, entries, strict=True):
        print(plain(line))
        if entry.excerpt:
            print("      " + one_line(entry.excerpt))


def _print_json(value: Any) -> None:
    print(plain_json(value, indent=2))
