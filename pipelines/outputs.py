"""Where bulk articles go: JSON Lines or Parquet, written as they come, from where an interrupted run can go on.

While a run lasts, its output is in files beside the one that it is to become, and how far it came is in a third, which
is written after the others are safely on the disk. So whatever happens at whatever moment, a resumed run cuts off what
was written after that and goes on; in the end the output takes its name. See `Progress`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

import pyarrow as pa

from cleaners import OutputFailed, WrongUsage
from cleaners.errors import named_error
from cleaners.read.characters import without_surrogates
from cleaners.spared import spare
from cleaners.whole_file import is_device, take_name, written
from pipelines.schema import ARTICLE_SCHEMA
from pipelines.source import Source, named

if TYPE_CHECKING:
    from cleaners.spared import Spare

#: Articles in a row group: some megabytes.
GROUP: Final = 1_000
#: Articles that are held as Python's objects, which take ten times what Arrow's do.
_LOOSE: Final = 50

#: What every row says of where its article came from, beside the columns of the article.
PLACE_SCHEMA: Final = pa.schema(
    [
        ("source", pa.string()),
        ("row", pa.int64()),
        ("warc_date", pa.string()),
        ("payload_digest", pa.string()),
    ]
)


def place_of(source: Source) -> dict[str, Any]:
    """Return where in its file a page stood, as far as there is something to say.

    >>> place_of(Source("news.jsonl", 7))
    {'row': 7}
    """
    told = {"row": source.row or None, "warc_date": source.date, "payload_digest": source.digest}
    return {name: value for name, value in told.items() if value is not None}


def error_row(source: Source, error: Exception) -> dict[str, Any]:
    """Return what a table of errors says of a page.

    >>> error_row(Source("news.jsonl", 7), ValueError("bad"))
    {'source': 'news.jsonl', 'row': 7, 'url': None, 'error': 'ValueError: bad'}
    """
    name = without_surrogates(source.name)
    return {"source": name, **place_of(source), "url": source.url, "error": named(error)}


@dataclass(slots=True)
class Progress:
    """How far a run came: so many sources are done, and so much of each output is theirs.

    `task` says what the run was asked for, so that another one is not resumed by mistake; `codes` are the exit codes of
    the errors, each once.
    """

    task: str
    done: int = 0
    articles: int = 0
    errors: int = 0
    output: int = 0
    error_bytes: int = 0
    finished: bool = False
    codes: list[int] = field(default_factory=list)


class Output(Protocol):
    """A place for articles that can be gone on with from what was there at a commit."""

    def write(self, made: Any) -> None:
        """Add an article, as the work of `pipelines.bulk` made it."""

    def commit(self) -> int | None:
        """See that what was written is on the disk, and return how much; None where it is too early to."""

    def seal(self) -> None:
        """Let nothing be written any more, and the next commit be the last."""


class JsonLines:
    """A file with an article on each line; how much is there is told in bytes."""

    def __init__(self, path: Path, so_far: int) -> None:
        partial = partial_of(path)
        self._file = partial.open("r+b" if so_far else "wb")
        self._file.truncate(so_far)
        self._file.seek(so_far)

    def write(self, made: str) -> None:
        """Add a line."""
        self._file.write(made.encode())

    def commit(self) -> int:
        """Return the bytes that are on the disk."""
        return _synced(self._file)

    def seal(self) -> None:
        """Nothing is held back."""

    @staticmethod
    def settle(path: Path, _so_far: int) -> None:
        """Give the file its name, if it has not got it."""
        if (partial := partial_of(path)).exists():
            take_name(partial, path)


class Parquet:
    """A Parquet file, whose row groups are files in a folder until all are there; it is counted in groups."""

    schema: Final = pa.schema([*PLACE_SCHEMA, *ARTICLE_SCHEMA], metadata=ARTICLE_SCHEMA.metadata)

    def __init__(self, path: Path, so_far: int) -> None:
        self._folder = partial_of(path)
        self._folder.mkdir(exist_ok=True)
        self._rows: list[dict[str, Any]] = []
        self._batches: list[pa.RecordBatch] = []
        self._groups = so_far

    def write(self, made: dict[str, Any]) -> None:
        """Add an article; every `GROUP`-th writes a group."""
        self._rows.append(made)
        if len(self._rows) == _LOOSE:
            self._gather()
            if sum(map(len, self._batches)) >= GROUP:
                self.seal()

    def _gather(self) -> None:
        if self._rows:
            self._batches.append(pa.RecordBatch.from_pylist(self._rows, self.schema))
            self._rows = []

    def commit(self) -> int | None:
        """Return the groups that are on the disk; None between two."""
        return None if self._rows or self._batches else self._groups

    def seal(self) -> None:
        """Write the rows that are there as a group."""
        from pyarrow import parquet  # 30 ms, for who writes such files

        self._gather()
        if self._batches:
            with _group(self._folder, self._groups).open("wb") as file:
                parquet.write_table(pa.Table.from_batches(self._batches), file, compression="zstd")
                _synced(file)
            self._groups += 1
            self._batches = []

    @classmethod
    def settle(cls, path: Path, groups: int) -> None:
        """Put the groups into one file and give it its name, if that was not done."""
        from pyarrow import parquet  # 30 ms, for who writes such files

        folder, gone, whole = partial_of(path), beside(path, "gone"), beside(path, "whole")
        if folder.exists():
            # open files throughout: pyarrow takes no names that are no UTF-8
            with (
                whole.open("wb") as out,
                parquet.ParquetWriter(out, cls.schema, compression="zstd") as writer,
            ):
                for number in range(groups):
                    with _group(folder, number).open("rb") as group:
                        writer.write_table(parquet.read_table(group))
            take_name(whole, path)
            folder.rename(gone)  # at once: a folder half taken away would be taken for the groups
        shutil.rmtree(gone, ignore_errors=True)


#: The outputs by the formats that the command calls them.
KINDS: Final[dict[str, type[JsonLines] | type[Parquet]]] = {"jsonl": JsonLines, "parquet": Parquet}


class Run:
    """The output of a run, its table of errors, and how far both came; none of the files is one of those to `spare`.

    A link leads to the file that is written. Raises OutputFailed for what cannot be written, or would not be a file,
    and WrongUsage for a run that is to be resumed but was asked for something else.
    """

    def __init__(
        self, output: Path, kind: str, task: str, *, resume: bool = False, spared: Iterable[str] = ()
    ) -> None:
        self._named, self._kind = output, KINDS[kind]
        with written(output):
            self._path = path = Path(os.path.realpath(output))
            self._errors_path = path.with_name(f"{path.name}.errors.jsonl")
            self._noted = beside(path, "progress")
            self._refuse_what_is_there(spare(spared))
            self.progress = Progress(task)
            if resume and self._noted.exists():
                self.progress = self._read(task)
            else:
                self._clear()
            if not self.progress.finished:
                self._output: Output = self._kind(path, self.progress.output)
                self._errors = JsonLines(self._errors_path, self.progress.error_bytes)

    def _refuse_what_is_there(self, check: Spare) -> None:
        """Raise OutputFailed where a file of the run is an input, or something else than a file."""
        check(self._named)
        own = (self._noted, *(beside(self._path, what) for what in ("part", "gone", "whole", "progress.new")))
        groups = partial_of(self._path).glob("*")
        for path in (self._errors_path, partial_of(self._errors_path), *own, *groups):
            check(path)
        for path in (self._path, self._errors_path):
            if is_device(path) or path.is_symlink():
                raise OutputFailed(f"{path}: is no file that can be replaced")

    def _read(self, task: str) -> Progress:
        try:
            progress = Progress(**json.loads(self._noted.read_text()))
        except (ValueError, TypeError) as error:
            raise OutputFailed(f"{self._noted}: cannot be read: {error}") from None
        if progress.task != task:
            raise WrongUsage(
                f"{self._named}: what was interrupted had other inputs or options; resume it with those"
            )
        return progress

    def _clear(self) -> None:
        """Take away what another run left unfinished: how far it came first, or the rest would be taken for whole."""
        self._noted.unlink(missing_ok=True)
        partial_of(self._errors_path).unlink(missing_ok=True)
        partial = partial_of(self._path)
        if partial.is_dir():
            shutil.rmtree(partial)
        else:
            partial.unlink(missing_ok=True)

    def add(self, source: Source, made: Any, error: Exception | None) -> None:
        """Add an article or an error."""
        self.progress.done += 1
        with written(self._named):
            if error is None:
                self.progress.articles += 1
                self._output.write(made)
            else:
                self.progress.errors += 1
                self.progress.codes = sorted({*self.progress.codes, named_error(error).exit_code})
                self._errors.write(json.dumps(error_row(source, error), ensure_ascii=False) + "\n")

    def commit(self) -> None:
        """Note how far the run came, if what it wrote can be gone on from."""
        with written(self._named):
            if (output := self._output.commit()) is not None:
                self.progress.output, self.progress.error_bytes = output, self._errors.commit()
                self._note()

    def _note(self) -> None:
        new = self._noted.with_name(f"{self._noted.name}.new")
        with new.open("wb") as file:
            file.write(json.dumps(asdict(self.progress)).encode())
            _synced(file)
        new.replace(self._noted)

    def finish(self) -> None:
        """Give the outputs their names; there is no table of errors where there are none."""
        with written(self._named):
            if not self.progress.finished:
                self._output.seal()
                self.progress.finished = True
                self.commit()
            self._kind.settle(self._path, self.progress.output)
            JsonLines.settle(self._errors_path, self.progress.error_bytes)
            if not self.progress.errors:
                self._errors_path.unlink(missing_ok=True)
            self._noted.unlink(missing_ok=True)


def partial_of(path: Path) -> Path:
    """Return where an output is until it is whole.

    >>> str(partial_of(Path("out/news.jsonl")))
    'out/.news.jsonl.part'
    """
    return beside(path, "part")


def beside(path: Path, what: str) -> Path:
    """Return a hidden file beside an output, which is there while it is made."""
    return path.with_name(f".{path.name}.{what}")


def _group(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.parquet"


def _synced(file: IO[bytes]) -> int:
    """Return where the file ends, once all of it is on the disk."""
    file.flush()
    os.fsync(file.fileno())
    return file.tell()
