"""What can be said to the `clean` command, and what holds where nothing is said."""

from __future__ import annotations

from cleaners.errors import WrongUsage, meant
from cleaners.inputs import Input, is_address, table_kind
from cleaners.options import Mode, Options
from cleaners.own import chosen_rules

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence
    from typing import NoReturn

    from cleaners.options import Rules

_EPILOG = """\
examples:
  clean story.txt                       the article's body, a paragraph on each line
  clean --explain story.txt             every line with its label and the rule that gave it
  clean --report report.html *.html     a page to look at: what was cut of each file, and why
  clean --photos page.html              the photos with their captions and credits
  curl -s URL | clean --url URL         a page from a pipe, and where it was found
  clean -f jsonl *.txt > stories.jsonl  many files, a line of JSON for each
  clean -f json -o cleaned/ *.html      many files, a JSON file for each in a folder
  clean -r pages/ -o cleaned/           all pages and texts below a folder, in folders of the same names
  find . -name '*.html' -print0 | clean --files-from - -f jsonl
  clean -f parquet -o news.parquet *.warc.gz    archives to a table, on all cores
  clean --keep rights --drop caption,credit story.txt
  clean --add-rule ad 'Get the Gazette app'     such a line is an ad from now on
  clean --add-rule keep 'Advertisement'         … and such a line stays

exit codes:
  0 done   2 wrong usage   3 no such file   4 a directory   5 a binary file or PDF
  6 an encoding that cannot be read   7 an empty file   8 no article in it
  9 output cannot be written   10 an address cannot be fetched   11 too large
  12 a fault of this program   13 a broken table   14 a page lost   15 mistakes in your rules
  130 interrupted
  Of many files the others are still cleaned; 1 if they failed in different ways.
"""

#: The shells that options can be completed in: see `cleaners.completion`.
SHELLS = ("bash", "zsh", "tcsh")
#: What can be asked of an input: the article, the reasons of all lines, or the photos alone.
VIEWS = ("article", "explain", "photos")


class Said:
    """The command's arguments."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.recursive = False
        self.files_from: list[str] = []
        self.output: str | None = None
        self.format: str | None = None
        self.view: str | None = None
        self.colour = "auto"
        self.with_metadata = False
        self.report: str | None = None
        self.keep: list[str] = []
        self.drop: list[str] = []
        self.mode = Mode.BALANCED
        self.language: str | None = None
        self.encoding: str | None = None
        self.url: str | None = None
        self.config: str | None = None
        self.no_config = False
        self.rules = False
        self.add_rule: list[str] | None = None
        self.host: str | None = None
        self.completion: str | None = None
        self.jobs: int | None = None
        self.timeout: float | None = None
        self.column: str | None = None
        self.url_column: str | None = None
        self.resume = False

    @property
    def wants_bulk(self) -> bool:
        """Whether something is asked for that needs several processes."""
        return (
            self.resume or self.format == "parquet" or (self.jobs or self.timeout or self.column) is not None
        )

    @property
    def many(self) -> bool:
        """Whether several inputs may come, however many there are today."""
        if len(self.files) > 1 or self.recursive or self.files_from:
            return True
        return any(table_kind(name) for name in self.files)

    def options(self) -> Options:
        """Return the options that the arguments say. Raises WrongUsage, and BadRules for a file of one's own."""
        if self.encoding is not None:
            _check_encoding(self.encoding)
        try:
            return Options(
                keep=self.keep,
                drop=self.drop,
                mode=self.mode,
                language=self.language,
                url=self.url,
                charset=self.encoding,
                rules=self.own_rules(),
            )
        except ValueError as error:
            raise WrongUsage(str(error)) from None

    def own_rules(self) -> Rules | None:
        """Return the rules in the file that is named or found; None where there is none. Raises BadRules."""
        return chosen_rules(self.config, none=self.no_config)


def parse_arguments(arguments: Sequence[str]) -> Said:
    """Return what the arguments say. Raises WrongUsage, and SystemExit when argparse has answered --help itself.

    >>> parse_arguments(["rain.html"]).files, parse_arguments(["--keep", "ad,tags"]).options().keep == {"ad", "tags"}
    (['rain.html'], True)
    """
    said = Said()
    end = arguments.index("--") if "--" in arguments else len(arguments)
    arguments, bare = arguments[:end], arguments[end + 1 :]
    if any(argument.startswith("-") and argument != "-" for argument in arguments):
        _parse(arguments, said)
    else:
        said.files = list(arguments)
    said.files += bare
    _check_alone(said)
    if not said.files and not said.files_from:
        said.files = ["-"]
    if [*said.files, *said.files_from].count("-") > 1:
        raise WrongUsage("standard input can be read only once")
    if said.url is not None:
        _check_url(said)
    if said.config == "":
        raise WrongUsage("--config needs the name of a file")
    if said.report is not None:
        if said.format or said.output or said.view:
            raise WrongUsage(
                "--report FILE is a format, a place and a view: leave -f, -o, --explain and --photos"
            )
        said.format, said.output, said.view = "report", said.report, "explain"
    if said.host is not None and not said.add_rule:
        raise WrongUsage("--host is for --add-rule; where a page was found is said with --url")
    return said


#: What is done instead of cleaning: what it goes with, by the names that `Said` has for it, and how that is said.
_ALONE = {
    "completion": ((), "nothing else"),
    "add_rule": (("config", "host"), "--config and --host alone, and with one line"),
    "rules": (
        ("files", "config", "no_config", "format"),
        "names of rules, --config, --no-config and --format json alone",
    ),
}


def _check_alone(said: Said) -> None:
    """Raise WrongUsage for what is said beside something that it changes nothing of."""
    unsaid = vars(Said())
    given = {name for name, value in vars(said).items() if value != unsaid[name]} - {"colour"}
    for name, (fitting, told) in _ALONE.items():
        if name in given and not given <= {name, *fitting}:
            raise WrongUsage(f"--{name.replace('_', '-')} goes with {told}")
    if said.rules and said.format not in (None, "text", "json"):
        raise WrongUsage(f"--rules are told as text or json, not as {said.format}")


def _parse(arguments: Sequence[str], said: Said) -> None:
    """Read arguments of which some are options."""
    parser, options = make_parser()
    told, unknown = parser.parse_known_intermixed_args(arguments)
    numbers = [name for name in told.files if name.startswith("-") and name != "-"]  # argparse's files
    for argument in (*unknown, *numbers):
        name = argument.partition("=")[0]
        raise WrongUsage(
            f"there is no option {name}; {meant(name, options, 'clean --help tells what there is')}"
        )
    vars(said).update({name: value for name, value in vars(told).items() if value is not None})


def make_parser() -> tuple[argparse.ArgumentParser, list[str]]:
    """Return what reads the arguments, for who completes or prints them too, and the names of all options."""
    from cleaners.formats import format_names  # for who says more than the names of files

    parser, add = _parser()
    formats = [*format_names(), "parquet"]  # which `pipelines` writes

    def known(what: str, names: Iterable[str]) -> Callable[[str], str]:
        def check(name: str) -> str:
            if name not in names:
                raise WrongUsage(f"no {what} is called {name}; {meant(name, names)}")
            return name

        return check

    def flag(group: argparse._ActionsContainer, name: str, target: str, value: str, told: str) -> None:
        options.append(name)
        group.add_argument(name, dest=target, action="store_const", const=value, help=told)

    options = ["--help", "--version"]

    def option(*names: str, **more: object) -> None:
        options.extend(names)
        add(*names, **more)

    add(
        "files",
        nargs="*",
        metavar="FILE",
        default=[],
        help="a text or page, an address, or - (the default)",
    )
    option("-r", "--recursive", action="store_true", help="all pages and texts below the folders named")
    option(
        "--files-from",
        action="append",
        default=[],
        metavar="FILE",
        help="a file that lists inputs, one on each line, or by NULs; - is a pipe",
    )
    option("--url", metavar="URL", help="where the page was found, for a page from a pipe or file")
    option("-o", "--output", metavar="FILE|DIR", help="write there; a folder gets a file for each")
    option(
        "-f",
        "--format",
        type=known("format", formats),
        metavar="FORMAT",
        help=f"{', '.join(formats)}; text, the body alone, where nothing is said",
    )
    option("--report", metavar="FILE", help="one page that shows every line, what was cut of it, and why")
    option("--with-metadata", action="store_true", help="what is known of the article besides, for Markdown")
    view = parser.add_mutually_exclusive_group()
    flag(view, "--explain", "view", "explain", "each line with its label, rule and confidence")
    flag(view, "--photos", "view", "photos", "a table of the photos; both as JSON too, with -f")
    option("--config", metavar="FILE", help="rules of your own, if not the nearest wireclean.toml above")
    option("--no-config", action="store_true", help="no rules of your own")
    option("--rules", action="store_true", help="tell what each rule looks for, or those named, and end")
    option(
        "--add-rule",
        nargs=2,
        metavar=("WHAT", "LINE"),
        help="write a rule to wireclean.toml and end: keep or a label, and the line "
        "(a space before its first '-'); off, and a rule's name",
    )
    option("--host", metavar="HOST", help="the site that --add-rule is for, if not for all")
    option("--keep", action="extend", type=_labels, metavar="LABELS", help="lines that stay: ad,related")
    option("--drop", action="extend", type=_labels, metavar="LABELS", help="lines that go: caption")
    mode = parser.add_mutually_exclusive_group()
    flag(mode, "--careful", "mode", Mode.CAREFUL, "take less away")
    flag(mode, "--aggressive", "mode", Mode.AGGRESSIVE, "take more away")
    option("--language", metavar="TAG", help="the language, if you know it: en, pt, zh-Hant")
    option("--encoding", metavar="NAME", help="the encoding, if it cannot be told: shift_jis")
    option(
        "--color",
        "--colour",
        dest="colour",
        type=known("colour", ("always", "auto", "never")),
        metavar="WHEN",
        help="always, never, or auto: on a terminal",
    )
    option("--jobs", type=_count, metavar="N", help="processes; as many as cores for tables and many files")
    option("--timeout", type=_seconds, metavar="SECONDS", help="what a page of many may take: 10")
    option("--column", metavar="NAME", help="the column of pages or texts in a table: html, or else text")
    option("--url-column", metavar="NAME", help="the column of their addresses: url")
    option("--resume", action="store_true", help="go on with what was interrupted, for -o FILE")
    option(
        "--completion",
        metavar="SHELL",
        type=known("shell", SHELLS),
        help=f"print what completes these options, and end: {', '.join(SHELLS)}",
    )
    return parser, options


def _parser() -> tuple[argparse.ArgumentParser, Callable[..., argparse.Action]]:
    import argparse  # 5 ms, for who says more than the names of files

    from cleaners import __version__
    from cleaners.outputs import write_standard_output

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            raise WrongUsage(f"{message}; clean --help tells what there is")

        def _print_message(self, message: str, file: object = None) -> None:
            # help and version: argparse would say nothing of an output that cannot be written
            write_standard_output(Input("-"), message)

    parser = Parser(
        prog="clean",
        description="Take the article out of a wire story's page or text; say why each other line went.",
        epilog=_EPILOG,
        # To ask for the terminal's width, argparse imports shutil in every run (15 ms).
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(
            prog, width=100, max_help_position=26
        ),
    )
    parser.add_argument("--version", action="version", version=f"clean {__version__}")
    return parser, parser.add_argument


def _labels(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit() and 0 < int(said) <= 1000):
        raise WrongUsage(f"{said} is no number of processes")
    return int(said)


def _seconds(said: str) -> float:
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise WrongUsage(f"{said} is no number of seconds")
    return seconds


def _check_encoding(name: str) -> None:
    from cleaners.read.encodings import ENCODINGS, codec_of  # for who names one

    if codec_of(name) is None:
        raise WrongUsage(f"no encoding is called {name[:60]!r}; {meant(name, ENCODINGS, 'utf-8 is one')}")


def _check_url(said: Said) -> None:
    if said.url is not None and not is_address(said.url):
        raise WrongUsage(f"{said.url!r} is no address; they begin with https:// or http://")
    if said.many:
        raise WrongUsage("--url is where one page was found, and there are several inputs")
