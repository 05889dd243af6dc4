"""Archives of news to a table of articles, on a cluster: `python -m pipelines.ccnews PATHS... --out DIR`.

Built on Ray Data: each WARC file (a path, or any address that fsspec opens, as CC-NEWS' `s3://commoncrawl/crawl-data/...`)
is one task, that Ray gives to another node when its own dies. A task writes files that are named after its archive:

    DIR/articles/date=2024-10-24/lang=en/KEY.parquet    by the day of the crawl and the language found ("und": none)
    DIR/errors/KEY.parquet                              the pages without an article, and why
    DIR/manifest/KEY.json                               last of all: what was in it, how much, and which files

An archive with a manifest is done, and left alone when the command is started again; one without is done from the
beginning, and its files replace what an earlier attempt left. So each archive is in the table once, whatever happened.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

import fsspec
import pyarrow as pa
from pyarrow import parquet

from cleaners import Options
from pipelines.bulk import row_of
from pipelines.outputs import PLACE_SCHEMA, Parquet, error_row
from pipelines.pool import Limits, clean_sources
from pipelines.readers import read_archive, unreadable
from pipelines.source import Source, named

#: Articles that a partition holds before it writes them: there may be a hundred partitions at a time.
_GROUP: Final = 200
_ERRORS: Final = pa.schema([*PLACE_SCHEMA, ("url", pa.string()), ("error", pa.string())])


def clean_archives(
    archives: Sequence[str], out: str, options: Options | None = None, limits: Limits | None = None
) -> list[dict[str, Any]]:
    """Clean the archives that are not done yet; return the manifest of each archive, in their order.

    Uses the Ray that is there, or starts one on this machine. An archive that cannot be opened has `failed` in place of
    its counts, and no manifest: it is tried again when the command is started again.
    """
    import ray.data  # seconds

    done = _manifests(out)
    left = [archive for archive in dict.fromkeys(archives) if key_of(archive) not in done]
    if left:
        told = {"out": out, "options": options or Options(), "limits": limits or Limits()}
        rows = ray.data.from_items([{"archive": archive} for archive in left], override_num_blocks=len(left))
        for row in rows.map(_task, fn_kwargs=told, num_cpus=1).iter_rows():
            manifest = json.loads(row["manifest"])
            done[key_of(manifest["archive"])] = manifest
    return [done[key_of(archive)] for archive in archives]


def key_of(archive: str) -> str:
    """Return what an archive's files are named after: its own name, and a digest of its whole address.

    >>> key_of("s3://commoncrawl/crawl-data/CC-NEWS/2024/10/CC-NEWS-20241024063000-00001.warc.gz")
    'CC-NEWS-20241024063000-00001-745d32b5'
    """
    stem = PurePosixPath(archive).name.split(".")[0]
    return f"{stem}-{hashlib.sha256(archive.encode()).hexdigest()[:8]}"


def _manifests(out: str) -> dict[str, dict[str, Any]]:
    system, root = fsspec.core.url_to_fs(out)
    paths = system.glob(f"{root}/manifest/*.json") if system.exists(f"{root}/manifest") else []
    return {PurePosixPath(path).stem: json.loads(system.cat_file(path)) for path in paths}


def _task(row: dict[str, str], *, out: str, options: Options, limits: Limits) -> dict[str, str]:
    """Clean one archive, on whatever node; what it returns is text, so that all rows have one schema."""
    try:
        manifest = clean_archive(row["archive"], out, options, limits)
    except Exception as error:  # one archive that cannot be opened does not stop the others
        manifest = {"archive": row["archive"], "failed": named(error)}
    return {"manifest": json.dumps(manifest)}


def clean_archive(archive: str, out: str, options: Options, limits: Limits) -> dict[str, Any]:
    """Clean one archive into the table at `out`; return its manifest. Raises what opening it raises."""
    begun = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="wireclean-"))
    try:
        with fsspec.open(archive, "rb") as file:
            parts = _Partitions(folder, key_of(archive))
            work = partial(row_of, options)
            for outcome in clean_sources(_until_broken(file, archive), work, limits=limits):
                parts.add(*outcome)
        parts.close()
        manifest = {
            "archive": archive,
            "articles": parts.articles,
            "errors": parts.errors,
            "bytes": parts.read,
            "seconds": round(time.monotonic() - begun, 1),
            "files": sorted(parts.files),
        }
        _publish(folder, out, sorted(parts.files), key_of(archive), manifest)
        return manifest
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _until_broken(file: Any, archive: str) -> Iterator[Source]:
    """Give the archive's pages, and an error in the place where it breaks off."""
    row = 0
    try:
        for source in read_archive(file, archive):
            row = source.row
            yield source
    except Exception as error:
        yield Source(archive, row + 1, error=unreadable(error))


class _Partitions:
    """The files of one archive, by day and language."""

    def __init__(self, folder: Path, key: str) -> None:
        self._folder, self._key = folder, key
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._writers: dict[str, parquet.ParquetWriter] = {}
        self.articles = self.errors = self.read = 0

    @property
    def files(self) -> Iterable[str]:
        return self._writers

    def add(self, source: Source, made: dict[str, Any], error: Exception | None) -> None:
        self.read = max(self.read, source.read)
        if error is not None:
            self.errors += 1
            self._put(f"errors/{self._key}.parquet", error_row(source, error))
        else:
            self.articles += 1
            day = (source.date or "")[:10] or "unknown"
            name = f"articles/date={day}/lang={made['language'] or 'und'}/{self._key}.parquet"
            self._put(name, made)

    def _put(self, name: str, row: dict[str, Any]) -> None:
        rows = self._rows.setdefault(name, [])
        rows.append(row)
        if len(rows) == _GROUP:
            self._write(name)

    def _write(self, name: str) -> None:
        schema = _ERRORS if name.startswith("errors/") else Parquet.schema
        if name not in self._writers:
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[name] = parquet.ParquetWriter(path, schema, compression="zstd")
        self._writers[name].write_table(pa.Table.from_pylist(self._rows.pop(name), schema))

    def close(self) -> None:
        for name in list(self._rows):
            self._write(name)
        for writer in self._writers.values():
            writer.close()


def _publish(folder: Path, out: str, files: list[str], key: str, manifest: dict[str, Any]) -> None:
    """Bring the files to the table, each under its name when it is whole, and the manifest last."""
    system, root = fsspec.core.url_to_fs(out)
    for name in files:
        target = PurePosixPath(root, name)
        system.makedirs(str(target.parent), exist_ok=True)
        # An object store shows an object when it is whole; a file system shows what has its name.
        partial = str(target.with_name(f".{target.name}.part"))
        system.put_file(str(folder / name), partial)
        system.mv(partial, str(target))
    system.makedirs(f"{root}/manifest", exist_ok=True)
    system.pipe_file(f"{root}/manifest/.{key}.part", json.dumps(manifest, ensure_ascii=False).encode())
    system.mv(f"{root}/manifest/.{key}.part", f"{root}/manifest/{key}.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; returns 1 if an archive could not be opened."""
    parser = argparse.ArgumentParser(
        prog="python -m pipelines.ccnews", description=(__doc__ or "").split("\n\n")[0]
    )
    parser.add_argument("archives", nargs="+", metavar="PATH", help="a WARC file: a path or an address")
    parser.add_argument("--out", required=True, metavar="DIR", help="the table: a folder or an address")
    parser.add_argument(
        "--address", help="the Ray cluster; where nothing is said, one on this machine is started"
    )
    parser.add_argument(
        "--timeout", type=float, default=Limits().timeout, help="seconds that a page may take"
    )
    said = parser.parse_args(arguments)
    import ray  # seconds, not for who asks for help

    if not ray.is_initialized():
        ray.init(said.address, log_to_driver=False)
    begun = time.monotonic()
    manifests = clean_archives(said.archives, said.out, limits=Limits(timeout=said.timeout))
    for manifest in manifests:
        if "failed" in manifest:
            print(f"{manifest['archive']}: {manifest['failed']}", file=sys.stderr)
    print(_summary(manifests, time.monotonic() - begun))
    return 1 if any("failed" in manifest for manifest in manifests) else 0


def _summary(manifests: Sequence[dict[str, Any]], seconds: float) -> str:
    """Return one line on all the archives of the table.

    >>> _summary([{"articles": 1200, "errors": 30, "bytes": 5_000_000}, {"failed": "gone"}], 61)
    '1 of 2 archives, 5.0 MB: 1,200 articles, 30 errors, in 61 s'
    """
    done = [manifest for manifest in manifests if "failed" not in manifest]
    articles, errors, size = (sum(m[name] for m in done) for name in ("articles", "errors", "bytes"))
    return (
        f"{len(done)} of {len(manifests)} archives, {size / 1e6:,.1f} MB: {articles:,} articles, "
        f"{errors:,} errors, in {seconds:.0f} s"
    )


if __name__ == "__main__":
    sys.exit(main())
