"""The `clean` command: files, folders, standard input or addresses in, articles out."""

from __future__ import annotations

import os
import sys

from cleaners.arguments import SHELLS, Said, make_parser, parse_arguments
from cleaners.article import Article
from cleaners.documents import clean_document, explain_document
from cleaners.errors import (
    NoArticle,
    OutputFailed,
    WrongUsage,
    named_error,
    run_command,
    shown,
)
from cleaners.formats import Cleaned, Format, format_names, load_format
from cleaners.inputs import Input, files_read, installed_bulk, list_inputs, read_document, table_kind
from cleaners.outputs import folder, is_folder, one_file, write_standard_output
from cleaners.progress import MovingLine, bar

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from typing import Any

    from cleaners.blocks import Document
    from cleaners.options import Options
    from cleaners.outputs import Write

    #: An input, what is to be written of it, and what went wrong.
    Outcome = tuple[Input, str, Exception | None]

#: So many files are cleaned in several processes, if what that needs is installed: below, starting them takes longer.
_MANY = 200
#: The exit code where inputs failed in different ways.
SOME_FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with these arguments (those of the process by default) and return its exit code."""
    return run_command(
        "clean", lambda: _run(parse_arguments(sys.argv[1:] if arguments is None else arguments))
    )


def _run(said: Said) -> int:
    """Clean each input in turn and return the exit code; a failing input is reported and the next one cleaned."""
    if said.completion:
        return _complete(said.completion)
    if said.rules or said.add_rule:
        from cleaners.own.command import add, show  # for who asks about rules

        return add(said) if said.add_rule else show(said)
    form, view = _form(said)
    options, apart = said.options(), is_folder(said.output, many=said.many) and not said.report
    inputs = list(list_inputs(said, said.output if apart else None))
    blank = Cleaned(Article(), view=view, alone=apart or not said.many, colour=_wants_colour(said))
    if said.with_metadata:
        blank = blank._replace(with_metadata=True)
    if bulk := _bulk(said, inputs):
        blank = blank._replace(alone=apart)
        if bulk.is_resumable(said, blank, apart=apart):
            return int(bulk.run(said, inputs, options, blank))
        outcomes = bulk.outcomes(said, inputs, options, said.format or said.view or "text", blank)
    else:
        outcomes = _one_by_one(inputs, options, form, blank)
    codes: list[int] = []

    def clean_all(write: Write) -> None:
        codes.extend(_clean_all(outcomes, len(inputs), form, blank, write, apart=apart))

    if said.output is None:
        clean_all(write_standard_output)
    elif apart:
        clean_all(folder(said.output, inputs, form.suffix, files_read(said, inputs, options)))
    else:
        with one_file(said.output, files_read(said, inputs, options)) as write:
            clean_all(write)
    return common_code(codes)


def common_code(codes: Collection[int]) -> int:
    """Return the exit code of a run whose inputs failed with these.

    >>> common_code([]), common_code([3, 3]), common_code([3, 8])
    (0, 3, 1)
    """
    different = set(codes)
    return SOME_FAILED if len(different) > 1 else different.pop() if different else 0


def _complete(shell: str) -> int:
    """Print what completes the command's options in a shell."""
    from cleaners.blocks import Label  # for who asks for it
    from cleaners.completion import completion  # likewise

    values = {
        "format": [*format_names(), "parquet"],
        "colour": ["always", "auto", "never"],
        "completion": SHELLS,
        "keep": list(Label),
        "drop": list(Label),
    }
    write_standard_output(Input("-"), completion(make_parser()[0], shell, values))
    return 0


def _bulk(said: Said, inputs: Sequence[Input]) -> Any:
    """Return what cleans in several processes, if these inputs want it; None if they are cleaned here, one by one.

    Raises WrongUsage where it is wanted and not installed.
    """
    tables = any(table_kind(source.name) for source in inputs)
    if not (tables or said.wants_bulk or len(inputs) >= _MANY):
        return None
    bulk = installed_bulk()
    if bulk is None and (tables or said.wants_bulk):
        raise WrongUsage("tables, archives and --jobs need more packages: pip install 'wireclean[bulk]'")
    return bulk


def _form(said: Said) -> tuple[Format, str]:
    """Return the format that is asked for, and what is to be written in it. Raises WrongUsage where they don't go."""
    # A table is written by `pipelines`, and asked for what JSON Lines are asked for.
    form = load_format("jsonl" if said.format == "parquet" else said.format or said.view or "text")
    if said.format == "report":
        from cleaners.report import (
            templates,
        )  # what it needs may not be installed: asked once, before any input

        templates()
    view = said.view or form.views[0]
    if view not in form.views:
        fitting = [name for name in format_names() if view in load_format(name).views and name != view]
        raise WrongUsage(f"--{view} is not written as {said.format}, but bare or as {', '.join(fitting)}")
    if said.with_metadata and not form.has_header:
        fitting = [name for name in format_names() if load_format(name).has_header]
        raise WrongUsage(
            f"--with-metadata is for --format {', '.join(fitting)}; other forms have it, or have no room"
        )
    return form, view


def _clean_all(
    outcomes: Iterator[Outcome], total: int, form: Format, blank: Cleaned, write: Write, *, apart: bool
) -> Iterator[int]:
    """Write what came of the inputs; yield the exit code of each that failed, which is reported.

    Where each has an output of its own (`apart`), one that cannot be written is that input's failure.
    """
    screen = write is write_standard_output and sys.stdout is not None and sys.stdout.isatty()
    line = MovingLine(wanted=total > 1 and not screen)
    between = form.first_line
    try:
        for number, (source, text, failed) in enumerate(outcomes, 1):
            try:
                if text:
                    line.clear()
                    head = f"==> {shown(source.whole_name)} <==\n" if form.headed and not blank.alone else ""
                    write(source, between + head + text + (form.last_line if apart else ""))
                    between = form.first_line if apart else "" if blank.alone else form.between
            except OutputFailed as error:
                if not apart:
                    raise
                failed = error
            if failed is not None:
                told = named_error(failed)
                name = (
                    "standard input" if source.name == "-" else source.whole_name or "a name without a letter"
                )
                line.say(f"clean: {name}: {told}")
                yield told.exit_code
            line.show(bar(number, total) if number <= total else f"{number:,} pages")
        if form.last_line and not apart and between != form.first_line:
            write(source, form.last_line)
    finally:
        line.clear()


def _one_by_one(inputs: Sequence[Input], options: Options, form: Format, blank: Cleaned) -> Iterator[Outcome]:
    """Clean the inputs one after the other; whatever goes wrong in one is its own error."""
    for source in inputs:
        text = ""
        failed: Exception | None = None
        try:
            if source.failed:
                raise source.failed
            document = read_document(source.name, options)
            text, failed = write_document(document, options, form, blank._replace(source=source.told))
        except Exception as error:  # whatever it is, it is this input's, and the others are cleaned
            failed = error
        yield source, text, failed


def write_document(
    document: Document, options: Options, form: Format, blank: Cleaned
) -> tuple[str, NoArticle | None]:
    """Return what the format writes of the document's article, for the place that `blank` tells of.

    Without an article it is an error, but what was asked about its lines is still told.
    """
    if blank.view == "article":
        article = clean_document(document, options)
    else:
        article, reasons = explain_document(document, options)
        blank = blank._replace(reasons=reasons)
    text = form.write(blank._replace(article=article))
    return text, None if article.body else NoArticle("no article in it")


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
