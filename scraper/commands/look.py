"""`scrape status`, `list`, `show`, `search`: looking into the store, from which nothing is taken."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from cleaners.columns import align
from scraper import reading
from scraper.cli import DONE, SOME_FAILED
from scraper.reading import Entry
from scraper.status import as_json, as_table, hosts_left_alone, source_statuses
from scraper.store import Store
from scraper.times import parse_since

TITLE_CELLS = 90


def status(options: argparse.Namespace) -> int:
    """How each source is doing."""
    with Store(options.db, create=False) as store:
        sources, hosts = source_statuses(store, parse_since("24h")), hosts_left_alone(store)
    if options.format == "json":
        _print_json(as_json(sources, hosts))
    else:
        print(as_table(sources, hosts), end="")
    return DONE


def list_articles(options: argparse.Namespace) -> int:
    """The newest articles."""
    since = parse_since(options.since) if options.since else None
    with Store(options.db, create=False) as store:
        _print_entries(reading.entries(store, since=since, source=options.source, most=options.most), options)
    return DONE


def search(options: argparse.Namespace) -> int:
    """The articles with all the words; 1 when there is none, as grep does."""
    words = " ".join(f'"{word}"' if " " in word else word for word in options.words)
    with Store(options.db, create=False) as store:
        found = reading.search(store, words, most=options.most)
    _print_entries(found, options)
    return DONE if found else SOME_FAILED


def show(options: argparse.Namespace) -> int:
    """One article: its text, as Markdown or JSON, what was removed from it, or its page as it was fetched."""
    with Store(options.db, create=False) as store:
        kept = reading.kept_article(store, options.id, options.edition)
        if kept is None:
            edition = f" in edition {options.edition}" if options.edition else ""
            print(f"scrape: there is no article {options.id}{edition}", file=sys.stderr)
            return SOME_FAILED
        if options.format == "page":
            sys.stdout.buffer.write(reading.page_body(store, kept.page_id))
            return DONE
    if options.format == "json":
        _print_json({"id": kept.entry.id, "edition": kept.version, **kept.article.to_dict()})
    elif options.format == "markdown":
        from cleaners.formats import Cleaned
        from cleaners.formats.markdown import write_markdown

        print(write_markdown(Cleaned(kept.article)), end="")
    elif options.format == "removed":
        rows = [(str(line.line), line.label, line.rule, line.text) for line in kept.article.removed]
        print("\n".join(align(rows, right=[0])))
    else:
        print(_as_text(kept))
    return DONE


def _as_text(kept: reading.Kept) -> str:
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
        rows.append((str(entry.id), entry.fetched[:16].replace("T", " "), entry.source, title))
    lines = align(rows, right=[0])
    for line, entry in zip(lines, entries, strict=True):
        print(line)
        if entry.excerpt:
            print("      " + " ".join(entry.excerpt.split()))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
