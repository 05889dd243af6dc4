"""The `clean` command: files, standard input or addresses in, articles out."""

from __future__ import annotations

import argparse
import os
import sys

import cleaners
from cleaners.errors import NoArticle, OutputFailed, WirecleanError, WrongUsage, run_command
from cleaners.formats import Cleaned, Format, format_names, load_format
from cleaners.inputs import read_document
from cleaners.options import Mode, Options
from cleaners.outputs import is_folder, write_file, write_folder, write_standard_output
from cleaners.pipeline import explain_document
from cleaners.progress import MovingLine, bar

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaners.outputs import Result

#: The exit code where inputs failed in different ways.
SOME_FAILED = 1

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


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    return run_command("clean", lambda: _run(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clean",
        description="Take the article out of a wire story's page or text; say why each other line went.",
        epilog=_EPILOG,
        formatter_class=_help_formatter,
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
    form.add_argument("-f", "--format", choices=format_names(), default="text", help="text: the body alone")
    _flag(form, "--explain", "format", "explain", "each line with its label, rule and confidence")
    _flag(form, "--photos", "format", "photos", "a table of the photos")
    add("--keep", action="append", default=[], metavar="LABELS", help="lines that stay: ad,related")
    add("--drop", action="append", default=[], metavar="LABELS", help="lines that go: caption")
    mode = parser.add_mutually_exclusive_group()
    _flag(mode, "--careful", "mode", Mode.CAREFUL, "take less away")
    _flag(mode, "--aggressive", "mode", Mode.AGGRESSIVE, "take more away")
    add("--language", metavar="TAG", help="the language, if you know it: en, pt, zh-Hant")
    add("--encoding", metavar="NAME", help="the encoding, if it cannot be told: shift_jis")
    add("--version", action="version", version=f"clean {cleaners.__version__}")
    parser.set_defaults(mode=Mode.BALANCED)
    return parser


def _flag(group: argparse._ActionsContainer, name: str, target: str, value: str, told: str) -> None:
    group.add_argument(name, dest=target, action="store_const", const=value, help=told)


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    """Return a formatter of a fixed width: to ask for the terminal's, argparse imports shutil in every run (15 ms)."""
    return argparse.RawDescriptionHelpFormatter(prog, width=100, max_help_position=26)


def _options(said: argparse.Namespace) -> Options:
    """Return the options that the arguments say. Raises WrongUsage."""
    try:
        return Options(
            keep=_names(said.keep),
            drop=_names(said.drop),
            mode=said.mode,
            language=said.language,
            charset=said.encoding,
        )
    except ValueError as error:
        raise WrongUsage(str(error)) from None


def _names(lists: Sequence[str]) -> list[str]:
    return [name.strip() for listed in lists for name in listed.split(",") if name.strip()]


def _run(said: argparse.Namespace) -> int:
    """Clean each input in turn and return the exit code; a failing input is reported and the next one cleaned."""
    if said.files.count("-") > 1:
        raise WrongUsage("standard input can be read only once")
    form = load_format(said.format)
    failures: list[int] = []
    results = _results(said, _options(said), form, failures)
    if is_folder(said.output):
        write_folder(results, said.output, said.files, form.suffix)
    elif said.output is not None:
        write_file(_joined(results, form, said), said.output, said.files)
    else:
        write_standard_output(_joined(results, form, said))
    return SOME_FAILED if len(set(failures)) > 1 else failures[0] if failures else 0


def _results(
    said: argparse.Namespace, options: Options, form: Format, failures: list[int]
) -> Iterator[Result]:
    """Yield what is to be written for each input; report an input that fails and add its exit code to `failures`."""
    line = MovingLine(wanted=len(said.files) > 1)
    alone = len(said.files) == 1 or is_folder(said.output)
    colour = said.output is None and _wants_colour()
    try:
        for number, name in enumerate(said.files, 1):
            try:
                yield from _result(name, options, form, alone=alone, colour=colour)
            except OutputFailed:
                raise
            except WirecleanError as error:
                line.say(f"clean: {'standard input' if name == '-' else name}: {error}")
                failures.append(error.exit_code)
            line.show(bar(number, len(said.files)))
    finally:
        line.clear()


def _result(name: str, options: Options, form: Format, *, alone: bool, colour: bool) -> Iterator[Result]:
    """Clean one input. Without an article it is an error, but what was asked about its lines is still told."""
    document = read_document(name, options)
    article, verdicts = explain_document(document, options)
    cleaned = Cleaned(article, source=name, alone=alone, colour=colour)
    if form.explains:
        from cleaners.reasons import give_reasons  # for who asks why

        cleaned = cleaned._replace(reasons=give_reasons(document, verdicts, article, options))
    if text := form.write(cleaned):
        yield name, text
    if not article.body:
        raise NoArticle("no article in it")


def _joined(results: Iterator[Result], form: Format, said: argparse.Namespace) -> Iterator[Result]:
    """Yield the results as they follow one another in one place."""
    between = ""
    for name, text in results:
        head = f"==> {name} <==\n" if form.headed and len(said.files) > 1 else ""
        yield name, between + head + text
        between = form.between


def _wants_colour() -> bool:
    """Colour is for terminals whose user has not said NO_COLOR (no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


if __name__ == "__main__":
    sys.exit(main())
