"""The benchmark of pages times each step of reading, and all of cleaning."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.page_speed import STEPS, main, measure
from tests.cleaners import written


def test_each_step_takes_time_and_all_of_cleaning_more_than_any() -> None:
    spent = measure([written.wordpress().encode()])
    assert list(spent) == [*(name for name, _, _ in STEPS), "clean_html"]
    assert 0 < max(spent[name] for name, _, _ in STEPS) < spent["clean_html"]


def test_a_table_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "examples"
    (corpus / "html").mkdir(parents=True)
    (corpus / "gold.jsonl").write_text(
        json.dumps({"id": "page", "url": "", "body": "\n".join(written.STORY)})
    )
    (corpus / "html" / "page.html.gz").write_bytes(gzip.compress(written.wordpress().encode()))
    main([str(tmp_path)])
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()[2:]] == [
        *(name for name, _, _ in STEPS),
        "clean_html",
    ]
