"""The `clean` command: files, standard input or addresses in, articles out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Final, NoReturn

import cleaners
from cleaners.errors import NoArticle, OutputFailed, WirecleanError
from cleaners.inputs import is_address, read_document
from cleaners.options import Options
from cleaners.pipeline import explain_document
from cleaners.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

USAGE_ERROR: Final = 2
INTERRUPTED: Final = 130  # as a shell says of a process that SIGINT ended
PIPE_CLOSED: Final = 141  # and of one that SIGPIPE ended
SOME_FAILED: Final = 1

_SUFFIXES: Final = {"text": ".txt", "markdown": ".md", "json": ".json"}
_EPILOG: Final = """\
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
    try:
        return _run(_parse(arguments))
    except KeyboardInterrupt:
        print("clean: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has enough. Python would complain when it closes the stream: it gets another one.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clean",
        description="Take the article out of a wire story's page or text; say why each other line went.",
        epilog=_EPILOG,
        formatter_class=_help_formatter,
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="a text or page, an address, or - (the default)"
    )
    parser.add_argument(
        "-f", "--format", choices=list(_SUFFIXES), default="text", help="text: the body alone"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE|DIR", help="write there; a folder gets a file for each"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--explain", action="store_true", help="each line with its label, rule and confidence")
    shown.add_argument("--photos", action="store_true", help="a table of the photos")
    parser.add_argument(
        "--keep", action="append", default=[], metavar="LABELS", help="lines that stay: ad,related"
    )
    parser.add_argument(
        "--drop", action="append", default=[], metavar="LABELS", help="lines that go: caption"
    )
    hardness = parser.add_mutually_exclusive_group()
    parser.set_defaults(mode="balanced")
    hardness.add_argument(
        "--careful", dest="mode", action="store_const", const="careful", help="take less away"
    )
    hardness.add_argument(
        "--aggressive", dest="mode", action="store_const", const="aggressive", help="take more away"
    )
    parser.add_argument("--language", metavar="TAG", help="the language, if you know it: en, pt, zh-Hant")
    parser.add_argument("--encoding", metavar="NAME", help="the encoding, if it cannot be told: shift_jis")
    parser.add_argument("--version", action="version", version=f"clean {cleaners.__version__}")
    return parser


def _help_formatter(prog: str) -> argparse.HelpFormatter:
    """Return a formatter of a fixed width: to ask for the terminal's, argparse imports shutil in every run (15 ms)."""
    return argparse.RawDescriptionHelpFormatter(prog, width=100, max_help_position=26)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        options.options = Options(
            keep=_names(options.keep),
            drop=_names(options.drop),
            mode=options.mode,
            language=options.language,
            charset=options.encoding,
        )
    except ValueError as error:
        _refuse(parser, str(error))
    options.files = options.files or ["-"]
    if options.files.count("-") > 1:
        _refuse(parser, "standard input can be read only once")
    return options


def _refuse(parser: argparse.ArgumentParser, why: str) -> NoReturn:
    print(f"{parser.prog}: {why}", file=sys.stderr)
    raise SystemExit(USAGE_ERROR)


def _names(lists: Sequence[str]) -> list[str]:
    return [name.strip() for listed in lists for name in listed.split(",") if name.strip()]


#: An input's name and what is to be written for it.
Result = tuple[str, str]


def _run(options: argparse.Namespace) -> int:
    """Clean each input in turn and return the exit code; a failing input is reported and the next one cleaned."""
    failures: list[int] = []
    results = _results(options, failures)
    try:
        if options.output is None:
            _write_standard_output(results, options)
        elif _into_folder(options):
            _write_folder(results, options)
        else:
            _write_file(results, options)
    except OutputFailed as error:
        print(f"clean: {error}", file=sys.stderr)
        return OutputFailed.exit_code
    return SOME_FAILED if len(set(failures)) > 1 else failures[0] if failures else 0


def _into_folder(options: argparse.Namespace) -> bool:
    return options.output is not None and (options.output.endswith(os.sep) or os.path.isdir(options.output))


def _results(options: argparse.Namespace, failures: list[int]) -> Iterator[Result]:
    """Yield what is to be written for each input; report an input that fails and add its exit code to `failures`."""
    progress = Progress(len(options.files))
    try:
        for name in options.files:
            try:
                yield from _result(name, options)
            except WirecleanError as error:
                if isinstance(error, OutputFailed):
                    raise
                progress.clear()
                print(f"clean: {'standard input' if name == '-' else name}: {error}", file=sys.stderr)
                failures.append(error.exit_code)
            progress.advance()
    finally:
        progress.clear()


def _result(name: str, options: argparse.Namespace) -> Iterator[Result]:
    """Clean one input. Without an article it is an error, but what was asked about its lines is still told."""
    document = read_document(name, options.options)
    article, verdicts = explain_document(document, options.options)
    if options.explain:
        from cleaners.formats.explain import write_explanation

        yield name, write_explanation(document.blocks, verdicts, colour=_colour(options))
    elif options.photos and article.photos:
        from cleaners.formats.photos_table import write_photos

        yield name, write_photos(article)
    elif article.body and not options.photos:
        yield name, _written(name, article, options)
    if not article.body:
        raise NoArticle("no article in it")


def _written(name: str, article: cleaners.Article, options: argparse.Namespace) -> str:
    """Return the article in the format asked for. Each writer is imported when it is asked for."""
    if options.format == "json":
        from cleaners.formats.json import write_json

        one_line = len(options.files) > 1 and not _into_folder(options)
        return write_json(article, source=name, indent=None if one_line else 2)
    if options.format == "markdown":
        from cleaners.formats.markdown import write_markdown

        return write_markdown(article)
    from cleaners.formats.text import write_text

    return write_text(article)


def _colour(options: argparse.Namespace) -> bool:
    """Colour is for terminals whose user has not said NO_COLOR (no-color.org)."""
    return (
        options.output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


def _between(name: str, options: argparse.Namespace, first: bool) -> str:
    """Return what stands before an input's text where several go to one place."""
    if len(options.files) == 1 or (options.format == "json" and not (options.explain or options.photos)):
        return ""
    head = f"==> {name} <==\n" if options.explain or options.photos else ""
    return head if first else "\n" + head


def _write_standard_output(results: Iterator[Result], options: argparse.Namespace) -> None:
    """Write to standard output as UTF-8, whatever the locale, and each result as soon as it is there."""
    for number, (name, text) in enumerate(results):
        left = memoryview((_between(name, options, number == 0) + text).encode())
        try:
            while left:  # unbuffered (PYTHONUNBUFFERED), one call writes as much as a pipe has room for
                left = left[sys.stdout.buffer.write(left) :]
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(
                f"standard output: cannot be written: {(error.strerror or '').lower()}"
            ) from None


def _write_file(results: Iterator[Result], options: argparse.Namespace) -> None:
    """Write all results to one file, which is not made or changed if there are none."""
    from pathlib import Path  # 4 ms, for who writes files

    from cleaners.whole_file import WholeFile

    path = Path(options.output)
    _spare_inputs(path, options)
    first = next(results, None)
    if first is None:
        return
    with WholeFile(path) as file:
        for number, (name, text) in enumerate(chain([first], results)):
            file.write(_between(name, options, number == 0) + text)


def _write_folder(results: Iterator[Result], options: argparse.Namespace) -> None:
    """Write a file for each result, named after its input; of two with one name the second is name-2."""
    from pathlib import Path

    from cleaners.whole_file import WholeFile

    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFailed(f"{folder}: cannot be made: {(error.strerror or '').lower()}") from None
    suffix = ".txt" if options.explain or options.photos else _SUFFIXES[options.format]
    taken: set[str] = set()
    for name, text in results:
        stem = _stem(name)
        number = 1
        while (own := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        taken.add(own)
        path = folder / (own + suffix)
        _spare_inputs(path, options)
        with WholeFile(path) as file:
            file.write(text)


def _stem(name: str) -> str:
    """Return the name of an input's file in a folder, without its suffix.

    >>> _stem("news/rain.html"), _stem("-"), _stem("https://news.example.org/2024/rain/?page=2")
    ('rain', 'stdin', 'rain')
    """
    if name == "-":
        return "stdin"
    if is_address(name):
        name = name.split("?")[0].split("#")[0].rstrip("/")
    from pathlib import PurePath

    return PurePath(name).stem or "article"


def _spare_inputs(path: Path, options: argparse.Namespace) -> None:
    """Raise OutputFailed if the output would replace one of the inputs."""
    for name in options.files:
        if name != "-" and path.exists() and os.path.exists(name) and path.samefile(name):
            raise OutputFailed(f"{path}: is an input; write somewhere else")


if __name__ == "__main__":
    sys.exit(main())
