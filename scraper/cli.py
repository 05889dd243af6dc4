"""The `scrape` command: its arguments, its exit codes, and which function does the work.

The work is in `scraper/commands/`, imported when its command is called: `scrape --help` loads no network and no
database. An option is a line here, and what it means a line in the command's function.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from errno import ENOSPC
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from scraper.times import parse_age, parse_since

#: Exit codes of commands that end without an error, and of arguments that make no sense; the others are the errors'.
DONE, SOME_FAILED, USAGE = 0, 1, 2

_EPILOG = """\
from nothing to a cron job:
  scrape add https://news.example.org/
  scrape check
  scrape run -v
  scrape list
  scrape cron

exit codes:
  0 done   1 some sources failed   2 wrong usage, or a mistake in the file of sources
  3 another run holds the lock   4 the store cannot be read or written   9 output cannot be written
  15 mistakes in your rules   130 interrupted (Ctrl-C)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    options = make_parser().parse_all(sys.argv[1:] if arguments is None else arguments)
    from cleaners.errors import run_command  # with it comes the whole cleaner, which --help can do without
    from scraper.terminal import fill_standard_streams  # as above

    fill_standard_streams()
    return run_command("scrape", lambda: _call(options))


def _call(options: argparse.Namespace) -> int:
    from cleaners.errors import OutputFailed, WirecleanError, WrongUsage  # as in `main`
    from scraper.terminal import one_line, without_logins  # as in `main`

    if "db" in options and options.db is None:
        named = "sources" in options
        options.db = _place_of_store(Path(options.sources if named else "sources.toml"), named=named)
    module, function = options.work.split(":")
    work: Callable[[argparse.Namespace], int] = getattr(import_module(f"scraper.commands.{module}"), function)
    try:
        return work(options)
    except WirecleanError as error:
        error.args = (
            one_line(without_logins(str(error))),
        )  # what a server said may be in it, or an argument
        raise
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno == ENOSPC and not error.filename:
            raise OutputFailed("standard output: cannot be written: no space left on device") from error
        raise WrongUsage(f"{error.filename or ''}: {error.strerror or error}") from error


def _place_of_store(sources: Path, *, named: bool) -> str:
    """Return where the store is, if the file of sources says so; a file's path is from there.

    A command that is not about that file works with a mistake in it, unless that is in where the store is.
    """
    if sources.is_file():
        from scraper.errors import SourcesError  # for commands whose options name no store
        from scraper.sources import load_settings  # as above

        try:
            place = load_settings(sources).store
        except SourcesError as error:
            if named or error.key == "store":
                raise
            place = None
        if place:
            return place if "://" in place else str(sources.parent / place)
    return "wire.db"


#: How argparse says that a word is none of some: which, and of which.
_NONE_OF = re.compile(r"invalid choice: '(.*)' \(choose from (.*)\)", re.DOTALL)


class _Parser(argparse.ArgumentParser):
    #: Of the parser of all commands: each command's own.
    commands: dict[str, _Parser]

    def error(self, message: str) -> NoReturn:
        from scraper.terminal import one_line, say, without_logins  # for mistakes

        if found := _NONE_OF.search(message):
            hint = _did_you_mean(found[1], found[2].replace("'", "").split(", "))
            message = message.replace(
                found[0], f"there is no {found[1]}; {hint or 'choose from ' + found[2]}"
            )
        told = one_line(without_logins(message))
        say(f"{self.prog}: {told}; see {self.prog} --help")
        raise SystemExit(USAGE)

    def parse_all(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what the arguments say; what no command takes is a mistake, of the command that was given."""
        options, left = self.parse_known_args(arguments)
        if left:
            command = next(self.commands[word] for word in arguments if word in self.commands)
            hint = _did_you_mean(left[0].partition("=")[0], command.names) if left[0][0] == "-" else ""
            command.error(f"it takes no {' '.join(left)}" + (f"; {hint}" if hint else ""))
        return options

    def takes(self, *arguments: _Argument) -> None:
        """Add what a command takes."""
        self.names = [name for names, _ in arguments for name in names if name.startswith("--")]
        for names, options in arguments:
            self.add_argument(*names, **options)


def _did_you_mean(word: str, there: Sequence[str]) -> str:
    from difflib import get_close_matches  # for mistakes

    close = get_close_matches(word, there, 1)
    return f"did you mean {close[0]}?" if close else ""


_Argument = tuple[tuple[str, ...], dict[str, Any]]


def _option(*names: str, **options: Any) -> _Argument:
    return names, options


def _switch(*names: str, told: str) -> _Argument:
    return names, {"action": "store_true", "help": told}


def _form(*forms: str) -> _Argument:
    return _option("-f", "--format", choices=forms, default=forms[0], help=f"default: {forms[0]}")


def _read_by(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return what argparse calls for a value, so that it prints what is wrong with it."""

    def read_value(text: str) -> Any:
        try:
            return read(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read_value


def _typed(text: str) -> str:
    """Return a text that a store is asked for."""
    from scraper.terminal import as_typed  # --help can do without

    return as_typed(text)


def _count(text: str) -> int:
    """Return a number of things, which a database can hold."""
    if not (text.isascii() and text.isdigit() and len(text) < 19 and int(text)):
        raise ValueError(f"{text!r} is no number from 1 on")
    return int(text)


def _count_or_none(text: str) -> int:
    return 0 if text == "0" else _count(text)


_AGE, _TIME, _COUNT = _read_by(parse_age), _read_by(parse_since), _read_by(_count)
_SOURCES = _option("sources", nargs="?", default="sources.toml", help="default: sources.toml")
_DATABASE = _option(
    "--db", metavar="STORE", help="a file, or postgresql://… (default: what sources.toml says, or wire.db)"
)
_SINCE = _option("--since", type=_TIME, metavar="TIME", help="fetched since: 12h, 7d, 2025-01-31")
_ONE_SOURCE = _option("--source", type=_typed, metavar="NAME", help="only this source")
_SOME_SOURCES = _option(
    "--source",
    type=_typed,
    action="append",
    metavar="NAME",
    help="only this source; may be given more than once",
)
_RULES = (
    _option("--config", metavar="FILE", help="rules of your own, if not the nearest wireclean.toml above"),
    _switch("--no-config", told="no rules of your own"),
)
_MOST = _option("-n", "--most", type=_COUNT, default=20, metavar="N", help="at most N (default 20)")


def make_parser() -> _Parser:
    """Return what reads the arguments, for who completes or prints them too."""
    parser = _Parser(
        prog="scrape",
        description="Find new articles, fetch them politely, clean them and keep them.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version)
    parser.add_argument(
        "--completion",
        action=_Completion,
        choices=("bash", "zsh", "tcsh"),
        help="print what completes these options in a shell",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser.commands = {}

    def command(name: str, work: str, summary: str) -> _Parser:
        made: _Parser = commands.add_parser(name, help=summary, description=summary)
        made.set_defaults(work=work)
        parser.commands[name] = made
        return made

    command("init", "gathering:init", "write a commented sources.toml to start from").takes(_SOURCES)
    command("add", "gathering:add", "find a site's feeds and sitemaps and write its entry").takes(
        _option("url", help="the site's address, or a file of feeds as other readers write it (OPML)"),
        _SOURCES,
        _option("--name", type=_typed, help="what to call the source (default: its host)"),
    )
    command("check", "gathering:check", "fetch each source once and show what a run would do").takes(
        _SOURCES,
        _SOME_SOURCES,
        _option(
            "--show",
            type=_read_by(_count_or_none),
            default=3,
            metavar="N",
            help="addresses to show (default 3)",
        ),
        _switch("--store", told="look at the store instead: is it whole, how large is it"),
        _DATABASE,
    )
    command("run", "gathering:run", "look at every source and fetch what is new").takes(
        _SOURCES,
        _DATABASE,
        _SOME_SOURCES,
        _option("--max", type=_COUNT, metavar="N", help="fetch at most N articles"),
        _option(
            "--for",
            dest="time",
            type=_AGE,
            metavar="AGE",
            help="begin nothing after 20m …; the rest is for later",
        ),
        _option("--recheck", type=_AGE, metavar="AGE", help="ask again for articles kept within 12h, 7d …"),
        _switch("--retry-failed", told="try what was given up once more"),
        _switch("--dry-run", told="only say what would be fetched"),
        _switch("-v", "--verbose", told="a line for each article"),
        _option("--log", choices=["text", "json"], default="text", help="json: a line for each event"),
        *_RULES,
    )
    command("status", "browsing:status", "how each source is doing").takes(
        _DATABASE, _form("table", "json", "prometheus")
    )
    command("list", "browsing:list_articles", "the newest articles").takes(
        _DATABASE, _SINCE, _ONE_SOURCE, _MOST, _form("table", "json")
    )
    command("show", "browsing:show", "one article, or why there is none").takes(
        _option("id", nargs="?", type=_typed, help="its number in `scrape list`"),
        _DATABASE,
        _option("--edition", type=_COUNT, metavar="N", help="an earlier version: 1 is the first"),
        _form("text", "markdown", "json", "removed", "page"),
        _switch("--failure", told="the failure of this number or address in full; the last ones without"),
    )
    command("search", "browsing:search", "the articles that have all the words, best first").takes(
        _option("words", nargs="+", type=_typed, help='words; "quoted words" stand together'),
        _DATABASE,
        _MOST,
        _form("table", "json"),
    )
    command("serve", "serving:serve", "the store as pages, for a browser on this machine").takes(
        _DATABASE,
        _option("--port", type=_COUNT, default=8765, metavar="N", help="default: 8765"),
        _switch("--write", told="let lines be made rules of your own, in your wireclean.toml"),
        _RULES[0],
    )
    command(
        "export", "upkeep:export", "articles as JSON Lines, Markdown, CSV or Parquet, pages as WARC"
    ).takes(
        _DATABASE,
        _SINCE,
        _ONE_SOURCE,
        _form("jsonl", "markdown", "csv", "parquet", "warc"),
        _option("-o", "--output", metavar="FILE", help="write there, whole or not at all"),
    )
    command("cron", "upkeep:cron", "the crontab line and the systemd timer for this setup").takes(
        _SOURCES,
        _DATABASE,
        _option("--every", type=_AGE, default="15m", metavar="AGE", help="15m (the default), 1h …"),
    )
    command("prune", "upkeep:prune", "take old articles out of the store").takes(
        _DATABASE,
        _option(
            "--older", type=_TIME, required=True, metavar="AGE", help="last fetched before: 90d, 2025-01-31"
        ),
        _switch("--pages-only", told="keep the articles, drop their pages"),
        _switch("--vacuum", told="give the space back to the disk"),
        _switch("--dry-run", told="only say how much"),
    )
    command("forget", "upkeep:forget", "take a source and all that came of it out of the store").takes(
        _option("source", type=_typed, help="its name in `scrape status`"),
        _DATABASE,
        _switch("--vacuum", told="give the space back to the disk"),
        _switch("--dry-run", told="only say how much"),
    )
    command("migrate", "upkeep:migrate", "copy a store into a new one: a file, or a PostgreSQL").takes(
        _option("old", metavar="FROM", help="a file, or postgresql://…"),
        _option("new", metavar="TO", help="the same; it must be empty, or not there yet"),
    )
    command("reclean", "upkeep:reclean", "run the cleaner again over stored pages, say what changes").takes(
        _DATABASE,
        _SINCE,
        _ONE_SOURCE,
        _switch("--dry-run", told="change nothing"),
        _switch("-q", "--quiet", told="only the count"),
        *_RULES,
    )
    return parser


class _Completion(argparse.Action):
    """Prints what completes the command's options in a shell."""

    def __call__(self, _: object, __: object, shell: Any, ___: object = None) -> NoReturn:
        from cleaners.completion import completion  # for who asks for it

        print(completion(make_parser(), shell, {}), end="")
        raise SystemExit(DONE)


class _Version(argparse.Action):
    """Prints the version, and imports it only then."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="print the version")

    def __call__(self, *_: object) -> NoReturn:
        from cleaners import __version__  # for who asks

        print(f"scrape {__version__}")
        raise SystemExit(DONE)


if __name__ == "__main__":
    sys.exit(main())
