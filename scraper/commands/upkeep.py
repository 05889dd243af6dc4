"""`scrape export`, `cron`, `prune`, `migrate`, `reclean`: what is done with a store now and then."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from scraper.cli import DONE, SOME_FAILED
from scraper.store import is_address, name_of, open_store, refuse_own
from scraper.terminal import one_line, plain, say
from scraper.times import age_text


def export(options: argparse.Namespace) -> int:
    """Write articles to standard output or into a file, which appears whole or not at all."""
    from cleaners.whole_file import whole_file  # for this command
    from scraper.errors import ExportError  # for this command
    from scraper.export import export  # for this command

    if options.format in ("parquet", "warc") and options.output is None and sys.stdout.isatty():
        raise ExportError(f"{options.format} is no text; give a file with -o, or a pipe")
    if options.output is not None:
        refuse_own(options.output, options.db, "sources.toml")
    with open_store(options.db, look=True) as store:

        def write(target: BinaryIO) -> int:
            if options.format == "warc":
                from scraper.archive import write_warc  # for this format

                return write_warc(store.articles, target, since=options.since, source=options.source)
            return export(
                store.articles.each(since=options.since, source=options.source), options.format, target
            )

        if options.output is None:
            write(sys.stdout.buffer)
            sys.stdout.buffer.flush()
        else:
            with whole_file(Path(options.output)) as file:
                count = write(file)
            say(f"{count} articles in {one_line(options.output)}")
    return DONE


def cron(options: argparse.Namespace) -> int:
    """Print the crontab line and the systemd units, with this setup's paths."""
    from cleaners.errors import WrongUsage  # for this command
    from scraper.cron import crontab_line, run_command, systemd_units  # for this command
    from scraper.sources import load_settings  # for this command

    if is_address(options.db) and options.db != load_settings(options.sources).store:
        raise WrongUsage(
            'a crontab is no place for a database\'s address: write it into the file of sources, store = "…"'
        )
    minutes, seconds = divmod(int(options.every.total_seconds()), 60)
    if seconds or not minutes:
        raise WrongUsage(f"--every {age_text(options.every)}: whole minutes are needed, one at least")
    database = None if is_address(options.db) else Path(options.db)
    command = run_command(Path(options.sources), database, minutes)
    try:
        line = crontab_line(command, minutes)
    except ValueError as error:  # systemd's timer can
        print(f"# {error}")
    else:
        print(f"# crontab -e, and add this line:\n{line}")
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


def forget(options: argparse.Namespace) -> int:
    """Take a source out of the store, with all that came of it."""
    with open_store(options.db, create=False) as store:
        if options.source not in {status.source for status in store.runs.statuses(datetime.now(UTC))}:
            say(f"scrape: the store knows no source called {one_line(options.source)}")
            return SOME_FAILED
        gone = store.forget(options.source, dry=options.dry_run)
        if options.vacuum and not options.dry_run:
            store.compact()
    would = "Would take" if options.dry_run else "Took"
    print(f"{would} out {one_line(options.source)}: {gone.articles} articles and {gone.pages} pages.")
    return DONE


def migrate(options: argparse.Namespace) -> int:
    """Copy a store into a new one, and print what is in it."""
    from scraper.store.sql.migrate import migrate  # for this command

    refuse_own(options.new, options.old, "sources.toml")
    for table, count in migrate(options.old, options.new).items():
        print(f"{count:>12,}  {table}")
    print(f"{name_of(options.new)} holds all that {name_of(options.old)} holds.")
    return DONE


def reclean(options: argparse.Namespace) -> int:
    """Clean stored pages again and say what changes: lines that go with -, lines that come with +."""
    from cleaners.own import chosen_rules  # for this command
    from scraper.reclean import reclean  # for this command

    count = changed = problems = 0
    rules = chosen_rules(options.config, none=options.no_config)
    with open_store(options.db, create=False) as store:
        for article in reclean(
            store, since=options.since, source=options.source, rules=rules, dry=options.dry_run
        ):
            count += 1
            changed += article.changed
            problems += article.problem is not None
            if options.quiet:
                continue
            if article.problem is not None:
                say(f"{article.id}  {one_line(article.title or '')}: {one_line(article.problem)}")
            elif article.changed:
                fields = f"  ({', '.join(article.fields)})" if article.fields else ""
                print(f"{article.id}  {one_line(article.title or '')}{fields}")
                print("".join(f"  - {plain(line)}\n" for line in article.gone), end="")
                print("".join(f"  + {plain(line)}\n" for line in article.came), end="")
    print(f"{changed} of {count} articles {'would change' if options.dry_run else 'changed'}.")
    return SOME_FAILED if problems else DONE
