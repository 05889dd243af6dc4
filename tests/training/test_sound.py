"""What lines sound like is learned from folders of lines, the same each time, and heard as it was learned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="training needs the extra `train`")

from cleaners.memory import forget
from cleaners.rules.sounds import kinds_of_line
from cleaners.scorer import sound
from cleaners.scorer.sound import heard, sound_of
from training.sound import LINES, main, matrix_of, read_lines

KINDS = ("ads", "furniture", "news")
WRITTEN = {
    "ads": (
        "Claim your bonus now",
        "Buy the best pillow today",
        "Win free spins tonight",
        "Get your loan now",
    ),
    "furniture": ("Share this story", "Sign in to comment", "Read more stories", "Load more comments"),
    "news": ("The council met on Monday.", "Rain fell in Kyiv.", "The bridge is closed.", "He won the race."),
}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    folder = tmp_path / "lines" / "en"
    folder.mkdir(parents=True)
    for kind, texts in WRITTEN.items():
        (folder / f"{kind}.txt").write_text("\n".join(texts * 3) + "\n", encoding="utf-8")
    return folder.parent


def learned(lines: Path, out: Path) -> bytes:
    main([str(lines / "no corpora"), "--lines", str(lines), "--out", str(out)])
    return (out / "sound.bin").read_bytes()


def test_the_same_is_learned_of_the_same_lines(lines: Path, tmp_path: Path) -> None:
    assert learned(lines, tmp_path / "one") == learned(lines, tmp_path / "two")
    told = json.loads((tmp_path / "one" / "sound.json").read_text(encoding="utf-8"))
    assert told["lines"] == {"news": 12, "ads": 12, "furniture": 12}


def test_a_line_is_heard_as_it_was_learned(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned(lines, tmp_path)
    monkeypatch.setattr(sound, "FILE", str(tmp_path / "sound.bin"))
    sound._weights.cache_clear()
    forget()
    try:
        for text in ("Claim your pillow", "Share the bridge", "It rained."):
            by_hand = heard(sound_of(text), kinds_of_line(text), sound.KIND)
            known = sound._weights()
            weights = np.stack([np.asarray(known.of_ads), np.asarray(known.of_furniture)]) / sound.SCALE
            margins = (matrix_of([text]) @ weights.T)[0] + np.array([known.ad, known.furniture])
            assert np.allclose(margins, [by_hand.ad, by_hand.furniture])
        assert sound_of("Claim your bonus tonight").ad > sound_of("The bridge is closed.").ad
    finally:
        sound._weights.cache_clear()
        forget()


def test_the_lines_that_are_kept_are_many_in_each_language_and_none_is_there_twice() -> None:
    for folder in sorted(path for path in LINES.iterdir() if path.is_dir()):
        texts = [
            (folder / f"{kind}.txt").read_text(encoding="utf-8").rstrip("\n").split("\n") for kind in KINDS
        ]
        assert all(len(found) >= 250 for found in texts), folder.name
        assert all(len(set(found)) == len(found) and all(map(str.strip, found)) for found in texts), (
            folder.name
        )


def test_a_corpus_without_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "--lines", str(tmp_path)])


def test_every_line_has_its_kind_and_language() -> None:
    lines = read_lines()
    assert {line.kind for line in lines} == {0, 1, 2}
    assert {"en", "ja", "ar"} <= {line.group for line in lines}
