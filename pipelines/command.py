"""What the `clean` command does with tables and archives, and in several processes; it finds this as an entry point."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cleaners import Options, WrongUsage
from cleaners.cli import common_code, write_document
from cleaners.errors import complain
from cleaners.formats import Cleaned, load_format
from cleaners.inputs import files_read
from cleaners.progress import MovingLine
from cleaners.whole_file import is_device
from pipelines.bulk import Task, run_bulk, summary
from pipelines.outputs import KINDS, place_of
from pipelines.pool import Limits, clean_sources
from pipelines.readers import read_sources
from pipelines.source import Source, open_source

if TYPE_CHECKING:
    from cleaners.arguments import Said
    from cleaners.inputs import Input

_URL: Final = "url"


def is_resumable(said: Said, blank: Cleaned, *, apart: bool) -> bool:
    """Return whether the output is one that an interrupted run can go on with: a file of lines, or a table.

    Raises WrongUsage where such an output is needed and another is asked for.
    """
    fits = (
        said.output is not None
        and not (apart or is_device(Path(said.output)))
        and said.format in KINDS
        and blank.view == "article"
    )
    if said.format == "parquet" and not fits:
        raise WrongUsage("-f parquet is written to a file: -o FILE")
    if said.resume and not fits:
        raise WrongUsage("--resume is for -f jsonl or parquet with -o FILE")
    return fits


def run(said: Said, inputs: Sequence[Input], options: Options, _: Cleaned) -> int:
    """Clean all the inputs into one file, tell how much that was, and return the exit code."""
    begun = time.monotonic()
    task = Task(
        [source.name for source in inputs if not source.failed],
        Path(said.output or ""),
        said.format or "jsonl",
        _jobs(said),
        said.column,
        said.url_column or _URL,
        options,
        _limits(said),
        said.resume,
        files_read(said, inputs, options),
        [Source(source.name, error=source.failed) for source in inputs if source.failed],
    )
    progress = run_bulk(task, MovingLine())
    complain(f"clean: {summary(progress, time.monotonic() - begun)}")
    return common_code(progress.codes)


def outcomes(
    said: Said, inputs: Sequence[Input], options: Options, form: str, blank: Cleaned
) -> Iterator[tuple[Input, str, Exception | None]]:
    """Give what the format writes of each page of the inputs, in their order, and what went wrong."""
    named = [source for source in inputs if not source.failed]
    sources = read_sources([source.name for source in named], said.column, said.url_column or _URL)
    work = partial(_write, options, form, blank)
    for source, made, error in clean_sources(sources, work, jobs=_jobs(said), limits=_limits(said)):
        own = named[source.number]
        text, failed = made or ("", error)
        yield own._replace(row=source.row) if source.row else own, text, failed
    for own in inputs:
        if own.failed:
            yield own, "", own.failed


def _write(options: Options, form: str, blank: Cleaned, source: Source) -> tuple[str, Exception | None]:
    """Clean one page, in a process of the pool."""
    blank = blank._replace(source=source.name, place=place_of(source))
    return write_document(open_source(source, options), options, load_format(form), blank)


def _jobs(said: Said) -> int:
    return (
        said.jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


def _limits(said: Said) -> Limits:
    return Limits() if said.timeout is None else Limits(timeout=said.timeout)
