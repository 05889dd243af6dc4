import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from cleaners import Article, WrongUsage, clean_html
from cleaners.progress import MovingLine
from pipelines.bulk import Task, run_bulk
from pipelines.outputs import Progress
from tests.pipelines.pages import archive, page

#: Moments at which the test of a killed run kills it; `make chaos` says more.
KILLS = int(os.environ.get("CHAOS_KILLS", "4"))


def run(inputs: list[Path], output: Path, **said: Any) -> Progress:
    return run_bulk(Task([str(path) for path in inputs], output, **said), MovingLine(wanted=False))


def test_every_page_of_an_archive_is_an_article_in_its_order(tmp_path: Path) -> None:
    progress = run([archive(tmp_path / "news.warc.gz", 30)], tmp_path / "news.jsonl", jobs=2)
    rows = [json.loads(line) for line in (tmp_path / "news.jsonl").open()]
    plain = [clean_html(page(i), url=f"https://news.example.org/{i}") for i in range(30)]
    assert [Article.from_dict(row) for row in rows] == plain
    assert [row["row"] for row in rows] == list(range(1, 31))
    assert rows[0]["payload_digest"] == "sha1:" + "A" * 32
    assert (progress.done, progress.articles, progress.errors) == (30, 30, 0)


def test_parquet_has_the_same_articles_as_json_lines(tmp_path: Path) -> None:
    from pipelines import read_articles

    news = [archive(tmp_path / "news.warc.gz", 12)]
    run(news, tmp_path / "news.jsonl")
    run(news, tmp_path / "news.parquet", form="parquet")
    rows = [json.loads(line) for line in (tmp_path / "news.jsonl").open()]
    made = parquet.read_table(tmp_path / "news.parquet")
    assert list(read_articles(made)) == [Article.from_dict(row) for row in rows]
    assert made.column("source").to_pylist() == [str(news[0])] * 12


def test_row_groups_are_written_as_they_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.outputs.GROUP", 100)
    run([archive(tmp_path / "news.warc.gz", 230)], tmp_path / "news.parquet", form="parquet")
    file = parquet.ParquetFile(tmp_path / "news.parquet")
    assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [100, 100, 30]


def test_pages_that_fail_are_in_a_table_beside_the_output(tmp_path: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text(json.dumps({"html": page(1)}) + "\n{broken\n" + json.dumps({"html": page(2)}) + "\n")
    progress = run([source, tmp_path / "gone.html"], tmp_path / "out.jsonl")
    errors = [json.loads(line) for line in (tmp_path / "out.jsonl.errors.jsonl").open()]
    assert [(error["source"], error.get("row"), error["error"].split(":")[0]) for error in errors] == [
        (str(source), 2, "bad-table"),
        (str(tmp_path / "gone.html"), None, "input-missing"),
    ]
    assert (progress.articles, progress.errors) == (2, 2)


def test_a_run_leaves_nothing_but_its_output(tmp_path: Path) -> None:
    run([archive(tmp_path / "news.warc.gz", 3)], tmp_path / "a.jsonl")
    run([tmp_path / "news.warc.gz"], tmp_path / "a.parquet", form="parquet")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.parquet", "news.warc.gz"]


def test_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    news = archive(tmp_path / "news.warc.gz", 3)
    (tmp_path / ".a.jsonl.progress").write_text('{"task": "another"}')
    with pytest.raises(WrongUsage, match="had other inputs or options"):
        run([news], tmp_path / "a.jsonl", resume=True)
    run([news], tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").exists()


PROGRAM = """
import sys
from pathlib import Path
from cleaners.progress import MovingLine
from pipelines import bulk, outputs
bulk._NOTE_EVERY = 0.05
outputs.GROUP = 50
if __name__ == "__main__":
    inputs, output, form = sys.argv[1].split(","), Path(sys.argv[2]), sys.argv[3]
    bulk.run_bulk(bulk.Task(inputs, output, form=form, resume=True), MovingLine(wanted=False))
"""


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_run_killed_at_any_moment_goes_on_to_the_same_bytes(tmp_path: Path, form: str) -> None:
    news = archive(tmp_path / "news.warc.gz", 400)
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n" * 30)
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    inputs = f"{broken},{news}"

    def start(output: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, program, inputs, output, form], env={"PYTHONPATH": str(Path.cwd())}
        )

    begun = time.monotonic()
    assert start(tmp_path / "calm").wait() == 0
    whole = time.monotonic() - begun
    chance = random.Random(17)
    output = tmp_path / "killed"
    killed = 0
    for _ in range(KILLS):
        process = start(output)
        try:
            code = process.wait(chance.uniform(0.3, 1.1) * whole)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
        else:
            assert code == 0
            output.unlink()  # it came through: from the beginning again
    assert start(output).wait() == 0
    assert killed
    assert output.read_bytes() == (tmp_path / "calm").read_bytes()
    errors = ((tmp_path / f"{name}.errors.jsonl").read_bytes() for name in ("killed", "calm"))
    assert len(set(errors)) == 1
