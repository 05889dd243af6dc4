"""The `clean` command: files, standard input or addresses in, articles out."""

from __future__ import annotations

import os
import sys

from cleaners.arguments import Said, parse_arguments
from cleaners.documents import clean_document, explain_document
from cleaners.errors import NoArticle, OutputFailed, WirecleanError, run_command
from cleaners.formats import Cleaned, Format, load_format
from cleaners.inputs import read_document
from cleaners.outputs import is_folder, write_file, write_folder, write_standard_output
from cleaners.progress import MovingLine, bar

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaners.options import Options
    from cleaners.outputs import Result

#: The exit code where inputs failed in different ways.
SOME_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    return run_command(
        "clean", lambda: _run(parse_arguments(sys.argv[1:] if arguments is None else arguments))
    )


def _run(said: Said) -> int:
    """Clean each input in turn and return the exit code; a failing input is reported and the next one cleaned."""
    form = load_format(said.format)
    failures: list[int] = []
    results = _results(said, form, failures)
    if said.output is None:
        write_standard_output(results)
    elif is_folder(said.output):
        write_folder(results, said.output, said.files, form.suffix)
    else:
        write_file(results, said.output, said.files)
    return SOME_FAILED if len(set(failures)) > 1 else failures[0] if failures else 0


def _results(said: Said, form: Format, failures: list[int]) -> Iterator[Result]:
    """Yield what is to be written for each input; report an input that fails and add its exit code to `failures`."""
    options, many = said.options(), len(said.files) > 1
    line = MovingLine(wanted=many)
    joined = many and not is_folder(said.output)
    between = ""
    try:
        for number, name in enumerate(said.files, 1):
            try:
                for text in _texts(name, options, form, alone=not joined, colour=_wants_colour(said)):
                    line.clear()
                    head = f"==> {name} <==\n" if joined and form.headed else ""
                    yield name, between + head + text
                    between = form.between if joined else ""
            except OutputFailed:
                raise
            except WirecleanError as error:
                line.say(f"clean: {'standard input' if name == '-' else name}: {error}")
                failures.append(error.exit_code)
            line.show(bar(number, len(said.files)))
    finally:
        line.clear()


def _texts(name: str, options: Options, form: Format, *, alone: bool, colour: bool) -> Iterator[str]:
    """Clean one input. Without an article it is an error, but what was asked about its lines is still told."""
    document = read_document(name, options)
    if form.explains:
        article, reasons = explain_document(document, options)
    else:
        article, reasons = clean_document(document, options), ()
    cleaned = Cleaned(article, reasons, source=name, alone=alone, colour=colour)
    if text := form.write(cleaned):
        yield text
    if not article.body:
        raise NoArticle("no article in it")


def _wants_colour(said: Said) -> bool:
    """Colour is for terminals whose user has not said NO_COLOR (no-color.org)."""
    return (
        said.output is None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


if __name__ == "__main__":
    sys.exit(main())
