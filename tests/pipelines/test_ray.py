import pytest

from pipelines import clean_batch
from tests.pipelines.pages import table

ray = pytest.importorskip("ray")


def test_a_dataset_has_the_rows_of_the_plain_call() -> None:
    import ray.data

    from pipelines.ray import clean

    pages = table(9)
    ray.init("local", num_cpus=1, include_dashboard=False, log_to_driver=False, configure_logging=False)
    try:
        made = clean(ray.data.from_arrow(pages), batch_size=4).take_all()
    finally:
        ray.shutdown()
    assert sorted(made, key=lambda row: row["id"]) == clean_batch(pages).to_pylist()
