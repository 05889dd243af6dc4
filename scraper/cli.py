"""The `scrape` command: its arguments, its exit codes, and which function does the work.

The work is in `scraper/commands/`, imported when its command is called: `scrape --help` loads no network and
no database.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NoReturn

DONE, SOME_FAILED, USAGE, LOCKED, NOT_WRITABLE = 0, 1, 2, 3, 4
INTERRUPTED = 130  # as a shell says of a process that SIGINT ended
PIPE_CLOSED = 141  # and of one that SIGPIPE ended

_EPILOG = """\
from nothing to a cron job:
  scrape add https://news.example.org/
  scrape check
  scrape run -v
  scrape list
  scrape cron

exit codes:
  0 done   1 some sources failed   2 wrong usage, or a mistake in the file of sources
  3 another run holds the lock   4 the store cannot be read or written
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _call(options)
    except KeyboardInterrupt:
        print("scrape: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough. Python would complain when it closes the stream: it gets
        # another one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _call(options: argparse.Namespace) -> int:
    from scraper.errors import ScrapeError

    module, function = options.work.split(":")
    work: Callable[[argparse.Namespace], int] = getattr(import_module(f"scraper.commands.{module}"), function)
    try:
        return work(options)
    except ScrapeError as error:
        print(f"scrape: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"scrape: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)
        return USAGE
    except ValueError as error:
        print(f"scrape: {error}", file=sys.stderr)
        return USAGE


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="scrape",
        description="Find new articles, fetch them politely, clean them and keep them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, work: str, summary: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(work=work)
        return made

    _add_file_commands(command)
    _add_run(command("run", "run:run", "look at every source and fetch what is new"))
    _add_reading_commands(command)
    _add_upkeep_commands(command)
    return parser


_Command = Callable[[str, str, str], argparse.ArgumentParser]


def _add_file_commands(command: _Command) -> None:
    made = command("init", "files:init", "write a commented sources.toml to start from")
    _sources(made)
    made = command("add", "files:add", "find a site's feeds and sitemaps and write its entry")
    made.add_argument("url", help="the site's address")
    _sources(made)
    made.add_argument("--name", help="what to call the source (default: its host)")
    made = command("check", "files:check", "fetch each source once and show what a run would do")
    _sources(made)
    _one_source(made)
    made.add_argument("--show", type=int, default=3, metavar="N", help="addresses to show (default 3)")


def _add_run(made: argparse.ArgumentParser) -> None:
    _sources(made)
    _database(made)
    _one_source(made, repeatable=True)
    made.add_argument("--max", type=_count, metavar="N", help="fetch at most N articles")
    made.add_argument("--recheck", metavar="AGE", help="ask again for articles kept within 12h, 7d …")
    made.add_argument("--retry-failed", action="store_true", help="try what was given up once more")
    made.add_argument("--dry-run", action="store_true", help="only say what would be fetched")
    made.add_argument("-v", "--verbose", action="store_true", help="a line for each article")
    made.add_argument("--log", choices=["text", "json"], default="text", help="json: a line for each event")


def _add_reading_commands(command: _Command) -> None:
    made = command("status", "look:status", "how each source is doing")
    _database(made)
    _form(made, "table", "json")
    made = command("list", "look:list_articles", "the newest articles")
    _database(made)
    _selection(made)
    made.add_argument("-n", "--most", type=_count, default=20, metavar="N", help="at most N (default 20)")
    _form(made, "table", "json")
    made = command("show", "look:show", "one article")
    made.add_argument("id", type=_count, help="its number in `scrape list`")
    _database(made)
    made.add_argument("--edition", type=_count, metavar="N", help="an earlier version: 1 is the first")
    _form(made, "text", "markdown", "json", "removed", "page")
    made = command("search", "look:search", "the articles that have all the words, best first")
    made.add_argument("words", nargs="+", help='words; "quoted words" stand together')
    _database(made)
    made.add_argument("-n", "--most", type=_count, default=20, metavar="N", help="at most N (default 20)")
    _form(made, "table", "json")


def _add_upkeep_commands(command: _Command) -> None:
    made = command("export", "upkeep:export", "articles as JSON Lines, Markdown, CSV or Parquet")
    _database(made)
    _selection(made)
    _form(made, "jsonl", "markdown", "csv", "parquet")
    made.add_argument("-o", "--output", metavar="FILE", help="write there, whole or not at all")
    made = command("cron", "upkeep:cron", "the crontab line and the systemd timer for this setup")
    _sources(made)
    _database(made)
    made.add_argument("--every", default="15m", metavar="AGE", help="15m (the default), 1h …")
    made = command("prune", "upkeep:prune", "take old articles out of the store")
    _database(made)
    made.add_argument("--older", required=True, metavar="AGE", help="last fetched before: 90d, 2025-01-31")
    made.add_argument("--pages-only", action="store_true", help="keep the articles, drop their pages")
    made.add_argument("--vacuum", action="store_true", help="give the space back to the disk")
    made.add_argument("--dry-run", action="store_true", help="only say how much")
    made = command("reclean", "upkeep:reclean", "run the cleaner again over stored pages, say what changes")
    _database(made)
    _selection(made)
    made.add_argument("--dry-run", action="store_true", help="change nothing")
    made.add_argument("-q", "--quiet", action="store_true", help="only the count")


def _sources(made: argparse.ArgumentParser) -> None:
    made.add_argument("sources", nargs="?", default="sources.toml", help="default: sources.toml")


def _database(made: argparse.ArgumentParser) -> None:
    made.add_argument("--db", default="wire.db", metavar="FILE", help="the store (default: wire.db)")


def _one_source(made: argparse.ArgumentParser, *, repeatable: bool = False) -> None:
    made.add_argument(
        "--source",
        action="append",
        metavar="NAME",
        help="only this source" + ("; may be given more than once" if repeatable else ""),
    )


def _selection(made: argparse.ArgumentParser) -> None:
    made.add_argument("--since", metavar="TIME", help="fetched since: 12h, 7d, 2025-01-31")
    made.add_argument("--source", metavar="NAME", help="only this source")


def _form(made: argparse.ArgumentParser, *forms: str) -> None:
    made.add_argument("-f", "--format", choices=forms, default=forms[0], help=f"default: {forms[0]}")


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return number


class _Version(argparse.Action):
    """Prints the version, and imports it only then."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: object,
        values: object,
        option_string: str | None = None,
    ) -> NoReturn:
        from cleaners import __version__

        print(f"scrape {__version__}")
        raise SystemExit(DONE)


if __name__ == "__main__":
    sys.exit(main())
