"""The benchmark of texts reads what a corpora folder holds, and accounts for the time of a call."""

import gzip
import json
from pathlib import Path

import pytest

from benchmarks.text_speed import STAGES, find_texts, main, stages

STORY = "It rained in Kyiv on Thursday, and the river rose above its banks.\n"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A corpus of four pages, three of which were stripped of their tags."""
    corpus = tmp_path / "examples"
    (corpus / "tagstrip").mkdir(parents=True)
    rows = [{"id": f"page{number}", "body": STORY * 3} for number in range(4)]
    (corpus / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for row in rows[:3]:
        dump = f"Home\nNews {row['id']}\nContact\nAbout\n{row['body']}\nShare\nPrivacy policy"
        (corpus / "tagstrip" / f"{row['id']}.txt.gz").write_bytes(gzip.compress(dump.encode()))
    return tmp_path


def test_dumps_and_bodies_are_found(corpora: Path) -> None:
    assert len(find_texts(corpora, "tagstrip")) == 3
    assert find_texts(corpora, "gold") == [STORY * 3] * 4
    assert find_texts(corpora, "gold", limit=2) == [STORY * 3] * 2
    assert find_texts(corpora, "layout") == []


def test_each_stage_of_a_dump_takes_time(corpora: Path) -> None:
    spent = stages(find_texts(corpora, "tagstrip"))
    assert set(spent) == {stage for stage, _, _ in STAGES}
    assert all(seconds > 0 for seconds in spent.values())


def test_a_table_is_printed(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(corpora), "--only", "tagstrip", "--only", "gold"])
    told = capsys.readouterr().out
    assert "| tagstrip    |     3 |" in told
    assert "| rules       |" in told
