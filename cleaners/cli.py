"""The `clean` command: files, folders, standard input or addresses in, articles out."""

from __future__ import annotations

import os
import sys

from cleaners.arguments import Said, parse_arguments
from cleaners.article import Article
from cleaners.documents import clean_document, explain_document
from cleaners.errors import (
    EmptyInput,
    NoArticle,
    OutputFailed,
    WirecleanError,
    WrongUsage,
    of_unforeseen,
    run_command,
    shown,
)
from cleaners.formats import Cleaned, Format, format_names, load_format
from cleaners.inputs import list_inputs, read_document
from cleaners.outputs import folder, is_folder, one_file, write_standard_output
from cleaners.progress import MovingLine, bar

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaners.inputs import Input
    from cleaners.options import Options
    from cleaners.outputs import Write

#: The exit code where inputs failed in different ways.
SOME_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    return run_command(
        "clean", lambda: _run(parse_arguments(sys.argv[1:] if arguments is None else arguments))
    )


def _run(said: Said) -> int:
    """Clean each input in turn and return the exit code; a failing input is reported and the next one cleaned."""
    form, view = _form(said)
    options, apart = said.options(), is_folder(said.output, many=said.many)
    inputs = list(list_inputs(said, said.output if apart else None))
    blank = Cleaned(Article(), view=view, alone=apart or not said.many, colour=_wants_colour(said))
    codes: list[int] = []

    def clean_all(write: Write) -> None:
        failing = _clean_all(inputs, options, form, blank, write, apart=apart)
        codes.extend(failing)

    if said.output is None:
        clean_all(write_standard_output)
    elif apart:
        clean_all(folder(said.output, inputs, form.suffix))
    else:
        with one_file(said.output, inputs) as write:
            clean_all(write)
    return SOME_FAILED if len(set(codes)) > 1 else codes[0] if codes else 0


def _form(said: Said) -> tuple[Format, str]:
    """Return the format that is asked for, and what is to be written in it. Raises WrongUsage where they don't go."""
    form = load_format(said.format or said.view or "text")
    view = said.view or form.views[0]
    if view not in form.views:
        fitting = [name for name in format_names() if view in load_format(name).views and name != view]
        raise WrongUsage(f"--{view} is not written as {said.format}, but bare or as {', '.join(fitting)}")
    return form, view


def _clean_all(
    inputs: Sequence[Input], options: Options, form: Format, blank: Cleaned, write: Write, *, apart: bool
) -> Iterator[int]:
    """Clean the inputs one after the other; yield the exit code of each that fails, which is reported.

    Where each has an output of its own (`apart`), one that cannot be written is that input's failure.
    """
    screen = write is write_standard_output and sys.stdout is not None and sys.stdout.isatty()
    line = MovingLine(wanted=len(inputs) > 1 and not screen)
    between = ""
    try:
        for number, source in enumerate(inputs, 1):
            try:
                for text in _texts(source, options, form, blank):
                    line.clear()
                    head = f"==> {shown(source.name)} <==\n" if form.headed and not blank.alone else ""
                    write(source, between + head + text)
                    between = "" if blank.alone else form.between
            except Exception as error:  # whatever it is, it is this input's, and the others are cleaned
                if isinstance(error, BrokenPipeError) or (isinstance(error, OutputFailed) and not apart):
                    raise
                failed = error if isinstance(error, WirecleanError) else of_unforeseen(error)
                name = "standard input" if source.name == "-" else source.name
                line.say(f"clean: {name}: {failed}")
                yield failed.exit_code
            line.show(bar(number, len(inputs)))
    finally:
        line.clear()


def _texts(source: Input, options: Options, form: Format, blank: Cleaned) -> Iterator[str]:
    """Clean one input. Without an article it is an error, but what was asked about its lines is still told."""
    if source.empty:
        raise EmptyInput("there are no pages or texts in it")
    document = read_document(source.name, options)
    cleaned = blank._replace(source=source.name)
    if blank.view == "article":
        article = clean_document(document, options)
    else:
        article, reasons = explain_document(document, options)
        cleaned = cleaned._replace(reasons=reasons)
    if text := form.write(cleaned._replace(article=article)):
        yield text
    if not article.body:
        raise NoArticle("no article in it")


def _wants_colour(said: Said) -> bool:
    """Colour is for terminals whose user has not said NO_COLOR (no-color.org), and for who says --color."""
    if said.colour != "auto":
        return said.colour == "always"
    return (
        said.output is None
        and sys.stdout is not None
        and sys.stdout.isatty()
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
    )


if __name__ == "__main__":
    sys.exit(main())
