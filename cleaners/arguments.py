"""What can be said to the `clean` command, and what holds where nothing is said."""

from __future__ import annotations

from cleaners.errors import WrongUsage
from cleaners.options import Mode, Options

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

_EPILOG = """\
examples:
  clean story.txt                       the article's body, a paragraph on each line
  clean --explain story.txt             every line with its label and the rule that gave it
  clean --photos page.html              the photos with their captions and credits
  curl -s URL | clean -f markdown       a page from a pipe, as Markdown
  clean -f json *.txt > stories.jsonl   many files as JSON Lines
  clean -f json -o cleaned/ *.html      many files, a JSON file for each in a folder
  clean --keep rights --drop caption,credit story.txt

exit codes:
  0 done   2 wrong usage   3 no such file   4 a directory   5 a binary file or PDF
  6 an encoding that cannot be read   7 an empty file   8 no article in it
  9 output cannot be written   10 an address cannot be fetched   130 interrupted
  Of many files the others are still cleaned; 1 if they failed in different ways.
"""


class Said:
    """The command's arguments."""

    def __init__(self) -> None:
        self.files = ["-"]
        self.output: str | None = None
        self.format = "text"
        self.keep: list[str] = []
        self.drop: list[str] = []
        self.mode = Mode.BALANCED
        self.language: str | None = None
        self.encoding: str | None = None

    def options(self) -> Options:
        """Return the options that the arguments say. Raises WrongUsage."""
        try:
            return Options(
                keep=self.keep,
                drop=self.drop,
                mode=self.mode,
                language=self.language,
                charset=self.encoding,
            )
        except ValueError as error:
            raise WrongUsage(str(error)) from None


def _labels(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def parse_arguments(arguments: Sequence[str]) -> Said:
    """Return what the arguments say. Raises WrongUsage, and SystemExit for what argparse refuses or answers itself.

    >>> parse_arguments(["rain.html"]).files, parse_arguments(["--keep", "ad,tags"]).options().keep == {"ad", "tags"}
    (['rain.html'], True)
    """
    said = Said()
    if any(argument.startswith("-") and argument != "-" for argument in arguments):
        _parser().parse_args(arguments, said)
    elif arguments:
        said.files = list(arguments)
    if said.files.count("-") > 1:
        raise WrongUsage("standard input can be read only once")
    return said


def _parser() -> argparse.ArgumentParser:
    import argparse  # 5 ms, for who says more than the names of files

    from cleaners import __version__
    from cleaners.formats import format_names

    parser = argparse.ArgumentParser(
        prog="clean",
        description="Take the article out of a wire story's page or text; say why each other line went.",
        epilog=_EPILOG,
        # To ask for the terminal's width, argparse imports shutil in every run (15 ms).
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(
            prog, width=100, max_help_position=26
        ),
    )
    add = parser.add_argument
    add(
        "files",
        nargs="*",
        default=["-"],
        metavar="FILE",
        help="a text or page, an address, or - (the default)",
    )
    add("-o", "--output", metavar="FILE|DIR", help="write there; a folder gets a file for each")
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "-f", "--format", choices=format_names(), help="text, the body alone, where nothing is said"
    )
    _flag(form, "--explain", "format", "explain", "each line with its label, rule and confidence")
    _flag(form, "--photos", "format", "photos", "a table of the photos")
    add("--keep", action="extend", type=_labels, metavar="LABELS", help="lines that stay: ad,related")
    add("--drop", action="extend", type=_labels, metavar="LABELS", help="lines that go: caption")
    mode = parser.add_mutually_exclusive_group()
    _flag(mode, "--careful", "mode", Mode.CAREFUL, "take less away")
    _flag(mode, "--aggressive", "mode", Mode.AGGRESSIVE, "take more away")
    add("--language", metavar="TAG", help="the language, if you know it: en, pt, zh-Hant")
    add("--encoding", metavar="NAME", help="the encoding, if it cannot be told: shift_jis")
    add("--version", action="version", version=f"clean {__version__}")
    return parser


def _flag(group: argparse._ActionsContainer, name: str, target: str, value: str, told: str) -> None:
    group.add_argument(name, dest=target, action="store_const", const=value, help=told)
