"""How fast many pages are cleaned, and in how much memory: `python -m benchmarks.bulk_speed CORPORA` prints a table.

The pages of the corpora are repeated until there are `--pages` of them, written as one WARC file and one Parquet file,
and cleaned in each way that there is. Each way is a process of its own; time is that of the clock, from its start to
its end. Memory is the most that was resident of the process that was started, without those that this started.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
from pyarrow import parquet
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.gold_pages import find_gold

#: Rows of a row group of the Parquet file, of about a hundred megabytes.
_GROUP: Final = 500


def clean_in_a_loop(folder: Path, _jobs: int) -> None:
    """Call `clean_html` for each page, as somebody would who knows nothing else."""
    from cleaners import clean_html  # what another way imports is no part of this one's time

    for batch in parquet.ParquetFile(folder / "pages.parquet", pre_buffer=False).iter_batches(32):
        for page, url in zip(batch.column("html"), batch.column("url"), strict=True):
            clean_html(page.as_py(), url=url.as_py())


def clean_an_archive(folder: Path, jobs: int) -> None:
    """Run `clean --jobs` on the WARC file."""
    _clean(folder, "pages.warc.gz", "jsonl", jobs)


def clean_a_table(folder: Path, jobs: int) -> None:
    """Run `clean --jobs` on the Parquet file, with Parquet out."""
    _clean(folder, "pages.parquet", "parquet", jobs)


def clean_batches(folder: Path, _jobs: int) -> None:
    """Hand `clean_batch` one batch after the other."""
    from pipelines import clean_batch  # see above

    for batch in parquet.ParquetFile(folder / "pages.parquet", pre_buffer=False).iter_batches(128):
        clean_batch(batch)


def clean_with_ray(folder: Path, jobs: int) -> None:
    """Run the step for Ray Data, Parquet in and Parquet out."""
    import ray  # see above

    from pipelines.ray import clean  # likewise

    ray.init("local", num_cpus=jobs, include_dashboard=False, log_to_driver=False, configure_logging=False)
    clean(ray.data.read_parquet(str(folder / "pages.parquet"))).write_parquet(str(folder / "ray"))


def clean_with_spark(folder: Path, jobs: int) -> None:
    """Run the step for Spark, Parquet in and Parquet out."""
    from pyspark.sql import SparkSession  # see above

    from pipelines.spark import clean  # likewise

    os.environ["PYSPARK_PYTHON"] = sys.executable  # its workers have to find the same packages
    spark = (
        SparkSession.builder.master(f"local[{jobs}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 128)
        .getOrCreate()
    )
    clean(spark.read.parquet(str(folder / "pages.parquet"))).write.mode("overwrite").parquet(
        str(folder / "spark")
    )
    spark.stop()


#: What is measured: its name in the table, how it cleans, in how many processes.
WAYS: Final[tuple[tuple[str, Callable[[Path, int], None], tuple[int, ...]], ...]] = (
    ("`clean_html` in a loop", clean_in_a_loop, (1,)),
    ("`clean`, WARC to JSON Lines", clean_an_archive, (1, 2)),
    ("`clean`, Parquet to Parquet", clean_a_table, (1, 2)),
    ("`clean_batch`, Arrow", clean_batches, (1,)),
    ("Ray Data", clean_with_ray, (1, 2)),
    ("Spark", clean_with_spark, (1, 2)),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--ways", help="only those with this in their name")
    options = parser.parse_args(arguments)
    print("| way | processes | pages a second | MB, first process |")
    print("| --- | --: | --: | --: |", flush=True)
    with TemporaryDirectory() as name:
        folder = Path(name)
        _run(f"write_inputs({str(options.corpora)!r}, {options.pages}, {name!r})")
        for number, (way, _, counts) in enumerate(WAYS):
            for jobs in counts if (options.ways or "") in way else ():
                seconds, memory = measure(number, folder, jobs)
                pace = options.pages / seconds
                print(f"| {way} | {jobs} | {pace:.1f} | {memory} |", flush=True)


def write_inputs(corpora: str, count: int, name: str) -> None:
    """Write the pages of the corpora, repeated until there are `count`, into a folder, as an archive and as a table."""
    folder, gold = Path(name), find_gold(Path(corpora))
    schema = pa.schema([("url", pa.string()), ("html", pa.binary())])
    with (
        (folder / "pages.warc.gz").open("wb") as file,
        parquet.ParquetWriter(folder / "pages.parquet", schema) as table,
    ):
        archive = WARCWriter(file, gzip=True)
        pages = (
            (f"https://example.org/{n}", page.read())
            for n, page in zip(range(count), cycle(gold), strict=False)
        )
        for group in _groups(pages):
            table.write_table(pa.table(list(map(list, zip(*group, strict=True))), schema=schema))
            for url, page in group:
                http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
                archive.write_record(
                    archive.create_warc_record(url, "response", payload=io.BytesIO(page), http_headers=http)
                )


def measure(number: int, folder: Path, jobs: int) -> tuple[float, int]:
    """Return the seconds that a way takes, and the MB of its first process.

    Raises CalledProcessError where the way fails.
    """
    begun = time.monotonic()
    told = _run(f"run_way({number}, {str(folder)!r}, {jobs})")
    return time.monotonic() - begun, int(told.splitlines()[-1])


def _run(call: str) -> str:
    """Call a function of this file in a new process: one is counted with what its parent had when it began."""
    code = f"from benchmarks.bulk_speed import *; {call}"
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True, text=True).stdout


def run_way(number: int, folder: str, jobs: int) -> None:
    """Clean in one way, and print the most memory in MB that this process had."""
    WAYS[number][1](Path(folder), jobs)
    print("\n", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def _groups(pages: Iterator[tuple[str, bytes]]) -> Iterator[list[tuple[str, bytes]]]:
    while group := list(islice(pages, _GROUP)):
        yield group


def _clean(folder: Path, name: str, form: str, jobs: int) -> None:
    from cleaners.cli import main as clean  # what another way imports is no part of this one's time

    out = folder / f"out.{form}"
    out.unlink(missing_ok=True)
    if clean(["-f", form, "--jobs", str(jobs), "-o", str(out), str(folder / name)]) > 1:
        raise SystemExit(2)


if __name__ == "__main__":
    main()
