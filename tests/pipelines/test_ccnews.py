import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from pyarrow import dataset, parquet

from tests.pipelines.pages import archive

ray = pytest.importorskip("ray")


@pytest.fixture
def cluster() -> Iterator[Any]:
    """A head that only directs, and two nodes that work."""
    from ray.cluster_utils import Cluster

    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    nodes.workers = [nodes.add_node(num_cpus=1) for _ in range(2)]
    ray.init(nodes.address, log_to_driver=False, configure_logging=False)
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def titles(out: Path) -> list[str]:
    articles = dataset.dataset(out / "articles", partitioning="hive").to_table(
        columns=["title", "date", "lang"]
    )
    assert set(articles.column("date").to_pylist()) == {"2024-10-24"}
    assert set(articles.column("lang").to_pylist()) == {"en"}
    return sorted(articles.column("title").to_pylist())


def test_a_node_that_dies_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, cluster: Any) -> None:
    from pipelines.ccnews import clean_archives

    archives = [str(archive(tmp_path / f"news-{i}.warc.gz", 60, first=i * 60)) for i in range(6)]
    out = tmp_path / "out"

    def kill_when_the_first_is_done() -> None:
        while not list(out.glob("manifest/*.json")):
            time.sleep(0.05)
        cluster.remove_node(cluster.workers[0], allow_graceful=False)

    killer = Thread(target=kill_when_the_first_is_done)
    killer.start()
    manifests = clean_archives(archives, str(out))
    killer.join()
    assert titles(out) == sorted(f"Rain {i}" for i in range(360))
    assert [manifest["articles"] for manifest in manifests] == [60] * 6

    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")}
    assert clean_archives(archives, str(out)) == manifests, "what is done is not done again"
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.parquet")} == before


def test_pages_that_fail_are_in_a_table_and_archives_that_fail_are_tried_again(tmp_path: Path) -> None:
    from cleaners import Options
    from pipelines.ccnews import _task, key_of
    from pipelines.pool import Limits

    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(archive(tmp_path / "whole.warc.gz", 3).read_bytes()[:-300])
    told: dict[str, Any] = {"out": str(tmp_path / "out"), "options": Options(), "limits": Limits()}
    manifest = json.loads(_task({"archive": str(cut)}, **told)["manifest"])
    assert (manifest["articles"], manifest["errors"]) == (2, 1)
    errors = parquet.read_table(tmp_path / "out" / "errors" / f"{key_of(str(cut))}.parquet").to_pylist()
    assert [(row["source"], row["error"]) for row in errors] == [
        (str(cut), "bad-table: EOFError: the archive is cut off")
    ]
    gone = json.loads(_task({"archive": str(tmp_path / "gone.warc.gz")}, **told)["manifest"])
    assert gone["failed"].startswith("FileNotFoundError")
    assert len(list((tmp_path / "out" / "manifest").iterdir())) == 1
