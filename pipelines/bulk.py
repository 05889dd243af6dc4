"""Many files to articles on one machine: what `clean` does with tables, archives and folders full of pages."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

from cleaners import Options
from cleaners.formats import Cleaned
from cleaners.formats.jsonl import write_json_line
from cleaners.progress import MovingLine
from cleaners.read.characters import without_surrogates
from pipelines.outputs import Progress, Run, place_of
from pipelines.pool import Limits, clean_sources
from pipelines.readers import read_sources, total_size
from pipelines.schema import article_row
from pipelines.source import Source, article_in

#: Seconds between two notes of how far the run came: what a crash costs.
_NOTE_EVERY: Final = 2.0


@dataclass(frozen=True, slots=True)
class Task:
    """What a bulk run is asked for. `form` is one of `pipelines.outputs.KINDS`.

    `read` are files that are read besides the inputs, and not written over either; `failed` are inputs that have
    nothing to clean, each with its error.
    """

    inputs: Sequence[str]
    output: Path
    form: str = "jsonl"
    jobs: int = 1
    column: str | None = None
    url_column: str = "url"
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    resume: bool = False
    read: Sequence[str] = ()
    failed: Sequence[Source] = ()

    def told(self) -> str:
        """Return what has to be the same for a run to be gone on with; how many processes work at it has not."""
        options = repr((self.options.keep, self.options.drop, self.options.mode, self.options.language))
        inputs = [*self.inputs, *(source.name for source in self.failed)]
        return json.dumps([inputs, self.form, self.column, self.url_column, options, self.limits.timeout])


def run_bulk(task: Task, line: MovingLine) -> Progress:
    """Clean all the inputs into one output; return how much that was. Every page is an article or a row of errors.

    `line` tells how far the run is. The errors are in a file beside the output, `OUTPUT.errors.jsonl`. A run that was
    interrupted, however, goes on where it stopped if `task.resume` is set. Raises OutputFailed and WrongUsage.
    """
    read = (*task.inputs, *task.read)
    run = Run(task.output, task.form, task.told(), resume=task.resume, spared=read)
    total = total_size(task.inputs)
    begun = noted = time.monotonic()
    before = run.progress.done
    if not run.progress.finished:
        sources = chain(read_sources(task.inputs, task.column, task.url_column), task.failed)
        work = partial(_WORK[task.form], task.options)
        for source, made, error in clean_sources(
            islice(sources, before, None), work, jobs=task.jobs, limits=task.limits
        ):
            run.add(source, made, error)
            now = time.monotonic()
            if now - noted >= _NOTE_EVERY:
                run.commit()
                noted = now
            line.show(_state(run.progress, before, source.read, total, now - begun))
    run.finish()
    line.clear()
    return run.progress


def line_of(options: Options, source: Source) -> str:
    """Return the line of JSON Lines for a source's article. Raises what `article_in` raises."""
    cleaned = Cleaned(article_in(source, options), source=source.name, place=place_of(source))
    return write_json_line(cleaned)


def row_of(options: Options, source: Source) -> dict[str, Any]:
    """Return the row of Parquet for a source's article. Raises what `article_in` raises."""
    place = {"source": without_surrogates(source.name), **place_of(source)}
    return place | article_row(article_in(source, options))


#: What is made of a source, by the format that it is written in.
_WORK: Final[dict[str, Callable[[Options, Source], Any]]] = {"jsonl": line_of, "parquet": row_of}


def _state(progress: Progress, before: int, read: int, total: int, seconds: float) -> str:
    """Return how far a run is, as its line on the terminal says it."""
    pace = (progress.done - before) / seconds if seconds else 0
    share = read / total if total else 0
    left = f", {_clock(seconds / share * (1 - share))} left" if share and not before else ""
    return f"{share:4.0%}  {progress.done:,} pages, {pace:,.0f} a second, {progress.errors:,} errors{left}"


def _clock(seconds: float) -> str:
    """Return a time as minutes and seconds, with hours where there are any.

    >>> _clock(75), _clock(3661)
    ('1:15', '1:01:01')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def summary(progress: Progress, seconds: float) -> str:
    """Return one line on a run that is done.

    >>> summary(Progress("", done=1200, articles=1190, errors=10), 6)
    '1,200 pages: 1,190 articles, 10 errors, 200 a second'
    """
    pace = progress.done / seconds if seconds else 0
    return f"{progress.done:,} pages: {progress.articles:,} articles, {progress.errors:,} errors, {pace:,.0f} a second"
