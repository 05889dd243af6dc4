"""How likely a line of a dump that nobody claims is a photo's caption: a few features, a weight each.

The weights (`weights/caption.json`) are learned by `training/captions.py` from captions that pages' markup vouches for.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

import numpy as np

from cleaners.blocks import Label
from cleaners.patterns import late_pattern
from cleaners.scorer.neighbours import distances
from cleaners.scorer.shape import Floats
from cleaners.scorer.weights import FOLDER
from cleaners.words import words

#: What is looked at, a name for each weight.
FEATURES: Final = (
    "bias", "words", "few words", "many words", "full stop", "other end", "small first letter", "chance",
    "chance before", "chance after", "lines since the story", "lines to the story", "inside the story",
    "credit next", "credit after next", "credit before", "caption beside", "printed again", "cue", "year",
    "capitals", "commas", "question", "colon", "bar", "names of the story", "words of the story", "short line before",
    "short line after", "stays",
)  # fmt: skip
#: What only the words say, as columns: shares and yes or no, between 0 and 1.
_CUE: Final = FEATURES.index("cue")
_OF_WORDS: Final = [FEATURES.index(name) for name in ("capitals", "names of the story", "words of the story")]
#: What rounding may take from a line's odds.
_SLACK: Final = 0.01
_WORD: Final = late_pattern(r"[^\W\d_]{3,}|[\u3040-\u9fff\uac00-\ud7af]{2}")
_YEAR: Final = late_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
#: Spaces for all ASCII signs but letters: bytes are parted so ten times as fast as letters are looked at.
_LETTERS_ALONE: Final = bytes(code if code >= 0x80 or chr(code).isalpha() else 32 for code in range(256))
_SHORTEST_WORD: Final = 3
_ENDS: Final = frozenset(".。")
_OTHER_ENDS: Final = frozenset("?!:…»”\"'")
#: A caption has so many characters, and stands so many lines before or behind the story at most.
_SIZES: Final = range(12, 260)
_BEFORE: Final = 20
_BEHIND: Final = 6
#: A short line, in characters.
_SHORT: Final = 24
#: How far the story is where there is none.
_NOWHERE: Final = 99
#: Chances are told as logarithms of odds, no further from even than this.
_MOST_ODDS: Final = 5.0


def may_be_captions(texts: Sequence[str], left: Sequence[int], kept: Sequence[int]) -> list[int]:
    """Return which of the lines that nobody claims are looked at: those in and near the story that are long enough.

    >>> may_be_captions(["Home", "Waves at the pier", "It rained."], [0, 1, 2], [2])
    [1]
    """
    if not kept:
        return []
    near = range(kept[0] - _BEFORE, kept[-1] + _BEHIND + 1)
    return [i for i in left if i in near and len(texts[i]) in _SIZES]


def caption_rows(
    texts: Sequence[str],
    labels: Sequence[Label | None],
    chance: Floats,
    kept: Sequence[int],
    places: Sequence[int],
) -> Floats:
    """Return the features of the lines at some places, a row each: see `FEATURES`.

    `labels` are what rules say of each line, `chance` how likely each is the article's, `kept` the places of the
    lines that stay.
    """
    rows = _rows_without_words(texts, labels, chance, kept, places)
    lines = [texts[i] for i in places]
    _tell_cues(rows, lines, range(len(lines)))
    _tell_words(rows, lines, range(len(lines)), [texts[i] for i in kept])
    return rows


def _rows_without_words(
    texts: Sequence[str],
    labels: Sequence[Label | None],
    chance: Floats,
    kept: Sequence[int],
    places: Sequence[int],
) -> Floats:
    """Return the rows with nothing yet of what cues and words say."""
    n = len(texts)
    story = np.zeros((1, n), bool)
    story[0, list(kept)] = True
    back, ahead = distances(story) if kept else np.full((2, n), float(_NOWHERE), np.float32)
    odds = np.clip(
        np.log(np.clip(chance, 1e-4, 1 - 1e-4) / np.clip(1 - chance, 1e-4, 1)), -_MOST_ODDS, _MOST_ODDS
    )
    printed = Counter(texts)
    told = odds.tolist()
    since, until = np.log1p(back).tolist(), np.log1p(ahead).tolist()
    between = ((back < _NOWHERE) & (ahead < _NOWHERE)).tolist()
    stays = story[0].tolist()
    # Of a line i: credited[i + 2], captioned[i + 1]; beyond the ends there is neither.
    credited = [False, False, *[label is Label.CREDIT for label in labels], False, False]
    captioned = [False, *[label is Label.CAPTION for label in labels], False]
    rows: list[tuple[float, ...]] = []
    for i in places:
        text = texts[i]
        count = len(text.split()) if text[0] < "\u3040" else len(text) / 3
        row = (
            1.0,
            math.log1p(count) - 2,
            count < 4,
            count > 45,
            text[-1] in _ENDS,
            text[-1] in _OTHER_ENDS,
            text[0].islower(),
            told[i],
            told[i - 1] if i else -_MOST_ODDS,
            told[i + 1] if i + 1 < n else -_MOST_ODDS,
            since[i],
            until[i],
            between[i],
            credited[i + 3],
            credited[i + 4],
            credited[i + 1],
            captioned[i + 2] or captioned[i],
            printed[text] > 1,
            0.0,
            ("19" in text or "20" in text) and _YEAR.search(text) is not None,
            0.0,
            min(text.count(","), 4) / 4,
            "?" in text,
            ":" in text[:40],
            "|" in text,
            0.0,
            0.0,
            bool(i) and len(texts[i - 1]) < _SHORT,
            i + 1 < n and len(texts[i + 1]) < _SHORT,
            stays[i],
        )
        rows.append(row)
    return np.array(rows, np.float32).reshape(len(rows), len(FEATURES))


def find_words(text: str) -> list[str]:
    """Return the words of a line that may name something: of three letters, or two where words are written together.

    >>> find_words("Rain in Kyiv, 2024"), find_words("Дощ у Києві")
    (['Rain', 'Kyiv'], ['Дощ', 'Києві'])
    """
    found: list[str] = []
    for piece in text.encode("utf-8", "replace").translate(_LETTERS_ALONE).decode().split():
        if not piece.isascii():
            found += _WORD.findall(piece)
        elif len(piece) >= _SHORTEST_WORD:
            found.append(piece)
    return found


def _tell_cues(rows: Floats, lines: Sequence[str], places: Iterable[int]) -> None:
    """Tell in some of the rows whether their lines have words of captions."""
    small = {k: lines[k].casefold() for k in places}
    together = "\n".join(small.values())
    cues = [cue for cue in words("captions", "cues") if cue in together]
    for k, line in small.items():
        rows[k, _CUE] = any(map(line.__contains__, cues))


def _tell_words(rows: Floats, lines: Sequence[str], places: Sequence[int], story: Sequence[str]) -> None:
    """Tell in some of the rows how many words of their lines have capitals, and how many stand in the story too."""
    if not len(places):
        return
    story_words = {word for text in story for word in find_words(text)}
    known = {word.casefold() for word in story_words}
    for k in places:
        found = find_words(lines[k])
        large = [word for word in found if word[0].isupper()]
        rows[k, _OF_WORDS] = (
            len(large) / max(1, len(found)),
            sum(map(story_words.__contains__, large)) / max(1, len(large)),
            sum(map(known.__contains__, map(str.casefold, found))) / max(1, len(found)),
        )


@cache
def _weights() -> tuple[Floats, float]:
    """Return the weight of each feature, and the chance from which a line is taken for a caption."""
    told = json.loads((FOLDER / "caption.json").read_text(encoding="utf-8"))
    return np.array([told["weights"][name] for name in FEATURES], np.float32), told["threshold"]


def find_captions(
    texts: Sequence[str],
    labels: Sequence[Label | None],
    chance: Floats,
    kept: Sequence[int],
    places: Sequence[int],
) -> dict[int, float]:
    """Return the captions among the lines at some places, each with its chance."""
    if not places:
        return {}
    weights, threshold = _weights()
    rows = _rows_without_words(texts, labels, chance, kept, places)
    lines = [texts[i] for i in places]
    # Most lines are none whatever their words may say: these are looked at where they can make a caption.
    least = math.log(threshold / (1 - threshold)) - _SLACK
    of_words = float(np.maximum(weights[_OF_WORDS], 0).sum())
    of_cue = max(float(weights[_CUE]), 0.0)
    _tell_cues(rows, lines, np.flatnonzero(rows @ weights >= least - of_words - of_cue).tolist())
    hopeful: list[int] = np.flatnonzero(rows @ weights >= least - of_words).tolist()
    _tell_words(rows, lines, hopeful, [texts[i] for i in kept])
    odds = rows @ weights
    chances = 1 / (1 + np.exp(-odds))
    return {i: float(p) for i, p in zip(places, chances.tolist(), strict=True) if p >= threshold}
