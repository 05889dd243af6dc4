"""`scrape export`, `cron`, `prune`, `reclean`: what is done with a store now and then."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scraper.cli import DONE, SOME_FAILED
from scraper.store import open_store


def export(options: argparse.Namespace) -> int:
    """Write articles to standard output or into a file, which appears whole or not at all."""
    from cleaners.whole_file import whole_file  # for this command
    from scraper.errors import ExportError  # for this command
    from scraper.export import export  # for this command

    if options.format == "parquet" and options.output is None and sys.stdout.isatty():
        raise ExportError("Parquet is no text; give a file with -o, or a pipe")
    with open_store(options.db, create=False) as store:
        articles = store.articles.each(since=options.since, source=options.source)
        if options.output is None:
            export(articles, options.format, sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with whole_file(Path(options.output)) as file:
                count = export(articles, options.format, file)
            print(f"{count} articles in {options.output}", file=sys.stderr)
    return DONE


def cron(options: argparse.Namespace) -> int:
    """Print the crontab line and the systemd units, with this setup's paths."""
    from scraper.cron import crontab_line, run_command, systemd_units  # for this command

    minutes = max(int(options.every.total_seconds() // 60), 1)
    command = run_command(Path(options.sources), Path(options.db))
    print("# crontab -e, and add this line:")
    print(crontab_line(command, minutes))
    print("\n# or, with systemd: write the two files below to ~/.config/systemd/user/ and")
    print("# systemctl --user enable --now wireclean.timer")
    for name, text in systemd_units(command, minutes, Path.cwd()).items():
        print(f"\n# {name}\n{text}", end="")
    return DONE


def prune(options: argparse.Namespace) -> int:
    """Take old articles or their pages out."""
    with open_store(options.db, create=False) as store:
        pruned = store.articles.prune(options.older, pages_only=options.pages_only, dry=options.dry_run)
        if options.vacuum and not options.dry_run:
            store.compact()
    would = "Would take" if options.dry_run else "Took"
    megabytes = pruned.page_bytes / 1e6
    print(f"{would} out {pruned.articles} articles and {pruned.pages} pages ({megabytes:.1f} MB).")
    return DONE


def reclean(options: argparse.Namespace) -> int:
    """Clean stored pages again and say what changes: lines that go with -, lines that come with +."""
    from scraper.reclean import reclean  # for this command

    count = changed = problems = 0
    with open_store(options.db, create=False) as store:
        for article in reclean(store, since=options.since, source=options.source, dry=options.dry_run):
            count += 1
            changed += article.changed
            problems += article.problem is not None
            if options.quiet:
                continue
            if article.problem is not None:
                print(f"{article.id}  {article.title}: {article.problem}", file=sys.stderr)
            elif article.changed:
                fields = f"  ({', '.join(article.fields)})" if article.fields else ""
                print(f"{article.id}  {article.title}{fields}")
                print("".join(f"  - {line}\n" for line in article.gone), end="")
                print("".join(f"  + {line}\n" for line in article.came), end="")
    print(f"{changed} of {count} articles {'would change' if options.dry_run else 'changed'}.")
    return SOME_FAILED if problems else DONE
