"""The weights are made again bit for bit, and their manifest says from what."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tests.cleaners import written

pytest.importorskip("catboost", reason="training needs the extra `train`")

from training import train
from training.__main__ import main

SITES = (
    "one.test",
    "two.test",
    "three.test",
    "four.test",
    "five.test",
    "six.test",
    "seven.test",
    "eight.test",
)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A corpus of eight small pages of eight sites."""
    corpus = tmp_path / "corpora" / "example"
    templates = sorted(written.TEMPLATES)
    rows = []
    for number, site in enumerate(SITES):
        body = "\n".join(written.STORY)
        rows.append({"id": f"page{number}", "corpus": "example", "url": f"https://{site}/a", "body": body})
        html = written.TEMPLATES[templates[number % len(templates)]]()
        dump = "\n".join(["Home", "Sport", "Share", written.TITLE, *written.STORY, "Contact", "Imprint"])
        for kind, name, text in (
            ("html", ".html.gz", html), ("tagstrip", ".txt.gz", dump), ("layout", ".txt.gz", dump),
            ("trafilatura", ".txt.gz", body),
        ):  # fmt: skip
            path = corpus / kind / f"page{number}{name}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.compress(text.encode()))
    (corpus / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return corpus.parent


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    few = {kind: tuple({**one, "iterations": 4} for one in told) for kind, told in train.OPTIONS.items()}
    monkeypatch.setattr(train, "OPTIONS", few)
    monkeypatch.setattr("training.words._STEPS", 2)
    monkeypatch.setattr("training.__main__.OPTIONS", few)


@pytest.mark.parametrize("kind", ["text", "page"])
def test_the_same_corpora_give_the_same_weights(kind: str, corpora: Path, tmp_path: Path) -> None:
    for run in ("once", "again"):
        main([kind, str(corpora), "--out", str(tmp_path / run)])
    once, again = (tmp_path / run / f"{kind}.npz" for run in ("once", "again"))
    assert once.read_bytes() == again.read_bytes()
    manifest = json.loads(once.with_suffix(".json").read_text(encoding="utf-8"))
    assert manifest["pages"] == {"example": len(SITES)}
    assert manifest["trees"] == [8, 8]
    assert all(row["n"] == len(SITES) for row in manifest["cross-validated"].values())


def test_measuring_writes_nothing(corpora: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["page", str(corpora), "--cv", "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
    assert "page example" in capsys.readouterr().out


def test_a_folder_without_a_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["text", str(tmp_path)])
