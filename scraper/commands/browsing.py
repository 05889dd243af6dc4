"""`scrape status`, `list`, `show`, `search`: looking into the store, from which nothing is taken."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from cleaners.columns import align
from scraper.cli import DONE, SOME_FAILED
from scraper.fetch.host import BreakerState
from scraper.store import open_store
from scraper.store.protocol import Entry, Kept, SourceStatus
from scraper.times import utc

TITLE_CELLS = 90


def status(options: argparse.Namespace) -> int:
    """Show how each source is doing."""
    with open_store(options.db, create=False) as store:
        sources, hosts = (
            store.runs.statuses(datetime.now(UTC) - timedelta(days=1)),
            store.runs.known_hosts().left_alone,
        )
    if options.format == "json":
        _print_json(status_json(sources, hosts))
    else:
        print(status_table(sources, hosts), end="")
    return DONE


def list_articles(options: argparse.Namespace) -> int:
    """Show the newest articles."""
    with open_store(options.db, create=False) as store:
        entries = store.articles.entries(since=options.since, source=options.source, most=options.most)
    _print_entries(entries, options)
    return DONE


def search(options: argparse.Namespace) -> int:
    """Show the articles with all the words; 1 when there is none, as grep does."""
    words = " ".join(f'"{word}"' if " " in word else word for word in options.words)
    with open_store(options.db, create=False) as store:
        found = store.articles.search(words, most=options.most)
    _print_entries(found, options)
    return DONE if found else SOME_FAILED


def show(options: argparse.Namespace) -> int:
    """Show one article: its text, as Markdown or JSON, what was removed from it, or its page as it was fetched."""
    with open_store(options.db, create=False) as store:
        kept = store.articles.get(options.id, options.edition)
        if kept is None:
            edition = f" in edition {options.edition}" if options.edition else ""
            print(f"scrape: there is no article {options.id}{edition}", file=sys.stderr)
            return SOME_FAILED
        if options.format == "page":
            sys.stdout.buffer.write(store.articles.page(kept).body)
            return DONE
    if options.format == "json":
        _print_json({"id": kept.entry.id, "edition": kept.version, **kept.article.to_dict()})
    elif options.format == "markdown":
        from cleaners.formats import Cleaned  # for this format
        from cleaners.formats.markdown import write_markdown  # most commands write none

        print(write_markdown(Cleaned(kept.article)), end="")
    elif options.format == "removed":
        rows = [(str(line.line), line.label, line.rule, line.text) for line in kept.article.removed]
        print("\n".join(align(rows, right=[0])))
    else:
        print(_as_text(kept))
    return DONE


def status_json(sources: Sequence[SourceStatus], hosts: Iterable[BreakerState]) -> dict[str, Any]:
    """Return the status as plain values."""
    left_alone = [
        {"host": host.host, "cause": host.cause, "failures": host.failures, "until": _until(host)}
        for host in hosts
    ]
    return {"sources": [asdict(source) for source in sources], "hosts": left_alone}


def status_table(sources: Sequence[SourceStatus], hosts: Iterable[BreakerState]) -> str:
    """Return the status as aligned columns, with the causes of failures under it."""
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
    for host in hosts:
        until = f" until {_short(_until(host))}" if host.open_until else ""
        lines.append(f"{host.host} is left alone{until}: {host.failures} failures, {host.cause}")
    return "".join(line + "\n" for line in lines)


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
    photos = [f"[photo] {' '.join(filter(None, (photo.caption, photo.credit)))}" for photo in article.photos]
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
        title = entry.title or entry.url
        title = title if len(title) <= TITLE_CELLS else title[: TITLE_CELLS - 1] + "…"
        rows.append((str(entry.id), _short(entry.fetched), entry.source, title))
    lines = align(rows, right=[0])
    for line, entry in zip(lines, entries, strict=True):
        print(line)
        if entry.excerpt:
            print("      " + " ".join(entry.excerpt.split()))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2, default=utc))
