"""Where a text or a page is cut, once each line has its chance of being the article's: one decision for the whole.

A dump of a page is not cut at one half, but where the precision and recall to be expected of the whole text are best. A
text without furniture around it is no dump, and loses only what is hardly ever part of an article.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.scorer.sound import stems_of

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: How much a point of recall is worth beside one of precision when the place of the cut is chosen.
_RECALL_WORTH: Final = {"careful": 1.6, "balanced": 1.0, "aggressive": 0.7}
#: Of a text that is no dump, lines with less than this chance go, and its title with less than that.
_SURE: Final = {"careful": 0.005, "balanced": 0.01, "aggressive": 0.1}
_SURE_TITLE: Final = {"careful": 0.05, "balanced": 0.1, "aggressive": 0.4}
#: A dump is told by its furniture: so many lines, and such a share of all, have less than that chance, …
_FURNITURE: Final = 5
_FURNITURE_SHARE: Final = 0.1
_HARDLY: Final = 0.04
#: … and so does one of its ends: none of its first lines, or none of its last, has more than this chance.
_EDGE_LINES: Final = 3
_EDGE: Final = 0.1
#: What no line is cut above.
_HALF: Final = 0.5
_STOPS_WITHIN: Final = (". ", "! ", "? ", "。", "！", "？", "। ", "۔ ", "؟ ")
#: Paragraphs have so many characters, and a text without anything else is not weighed at all.
_PARAGRAPH: Final = 45
#: A text that is no dump loses no sentence, be it of so few characters and spaces.
_SENTENCE: Final = 12
_SENTENCE_SPACES: Final = 3
_SENTENCE_ENDS: Final = frozenset(".!?…。！？।॥۔؟\"'”’»›」』)）")


def only_paragraphs(lines: Sequence[str]) -> bool:
    """Say whether lines are paragraphs that end as sentences do, with at most a short line between two of them.

    >>> only_paragraphs(["It rained in Kyiv on Thursday, and the river rose above its banks.", "Home"])
    False
    """
    short_before = True
    for line in lines:
        if _is_paragraph(line):
            short_before = False
        elif short_before:
            return False
        else:
            short_before = True
    return not short_before


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PARAGRAPH and line[-1] in _SENTENCE_ENDS


def is_dump(chance: Floats) -> bool:
    """Say whether a text is the dump of a page: furniture stands at its beginning or its end, and there is enough.

    The share of the article says little: a long read with a menu above it is a dump, and wants to be cut like one.

    >>> import numpy as np
    >>> is_dump(np.array([0.01] * 9 + [0.9] * 4, np.float32)), is_dump(np.array([0.01] + [0.9] * 9, np.float32))
    (True, False)
    """
    furniture = int((chance < _HARDLY).sum())
    if furniture < max(_FURNITURE, _FURNITURE_SHARE * len(chance)):
        return False
    return min(float(chance[:_EDGE_LINES].max()), float(chance[-_EDGE_LINES:].max())) < _EDGE


def choose(
    lines: Sequence[str], chance: Floats, mode: str = "balanced", *, dump: bool | None = None
) -> list[bool]:
    """Say which lines to keep, from their chances and their lengths in words.

    A dump is cut where the expected precision and the expected recall, each over the words of the whole text, have
    the greatest sum. Another text loses only lines that hardly ever are part of an article, no sentences, and its
    title. `dump` says which it is, where the caller knows.

    >>> import numpy as np
    >>> choose(["Home", "It rained in Kyiv on Thursday."], np.array([0.001, 0.9], np.float32))
    [False, True]
    """
    import numpy as np  # for what is weighed

    if is_dump(chance) if dump is None else dump:
        words = _count_words(lines)
        order = np.argsort(-chance, kind="stable")
        gained = np.cumsum((chance * words)[order])
        value = gained / np.cumsum(words[order]) + _RECALL_WORTH[mode] * gained / gained[-1]
        keep = chance >= min(float(chance[order[int(value.argmax())]]), _HALF)
    else:
        sentences = np.fromiter(map(is_sentence, lines), np.bool_, len(lines))
        keep = (chance >= _SURE[mode]) | sentences
        if keep[0] and chance[0] < _SURE_TITLE[mode] and len(lines) > 1:
            keep[0] = find_title(lines, [0], 1) is None
    kept: list[bool] = keep.tolist()
    return kept


def has_sentence(line: str) -> bool:
    """Say whether a sentence ends within a line, behind which something else is printed.

    >>> has_sentence("He will be back in May. (END)"), has_sentence("Home / Business")
    (True, False)
    """
    return any(stop in line for stop in _STOPS_WITHIN)


def is_sentence(line: str) -> bool:
    """Say whether a line ends as a sentence does and is no label: several words, or many letters written together."""
    if len(line) < _SENTENCE or line[-1] not in _SENTENCE_ENDS:
        return False
    return line.count(" ") >= _SENTENCE_SPACES or not line.isascii()


def _count_words(lines: Sequence[str]) -> NDArray[np.float64]:
    import numpy as np  # for what is weighed

    return np.array([line.count(" ") + 1.0 for line in lines], np.float64)


def best_cut(chance: Floats, words: NDArray[np.float64]) -> tuple[float, float]:
    """Return the cut from which on blocks are kept so that the F1 to be expected is greatest, and that F1.

    With the words of the kept blocks K, the words to be expected in them E, and those to be expected on the whole
    page A, the expected F1 is about 2E / (K + A). No other choice of blocks does better than the most likely ones,
    so it is enough to try each number of them (Ye, Chai, Lee and Chieu, "Optimizing F-measure", ICML 2012).

    >>> import numpy as np
    >>> cut, sure = best_cut(np.array([0.9, 0.1, 0.8], np.float32), np.array([50.0, 50.0, 50.0]))
    >>> round(cut, 2), round(sure, 2)
    (0.8, 0.89)
    """
    import numpy as np  # for what is weighed

    if not len(chance):
        return 1.0, 0.0
    order = np.argsort(-chance, kind="stable")
    likely: NDArray[np.float64] = chance[order].astype(np.float64)
    size = words[order]
    expected = np.cumsum(likely * size)
    score = 2 * expected / (np.cumsum(size) + expected[-1] + 1e-9)
    best = int(score.argmax())
    return float(chance[order[best]]), float(score[best])


def blend(chance: Floats, opinion: Sequence[bool], weight: float) -> Floats:
    """Return chances whose odds another opinion has moved: their logarithms by `weight`, up where it says yes.

    >>> import numpy as np
    >>> (100 * blend(np.array([0.5, 0.5, 0.0], np.float32), [True, False, True], 2.0)).round().tolist()
    [88.0, 12.0, 1.0]
    """
    import numpy as np  # for what is weighed

    odds = (chance + _NEVER_QUITE) / (1 - chance + _NEVER_QUITE)
    odds = odds * np.exp(np.where(opinion, weight, -weight))
    blended: Floats = (odds / (1 + odds)).astype(np.float32)
    return blended


def page_words(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the lengths of a page's blocks in words, where scripts write them together by their characters.

    >>> page_words(["It rained in Kyiv", "大雨で港の低い通りが浸水した"]).round().tolist()
    [4.0, 2.0]
    """
    import numpy as np  # for what is weighed

    return np.maximum(_count_words(texts), np.array([len(text) for text in texts]) / 6)


#: What is added to chances whose odds are wanted: nothing is quite sure.
_NEVER_QUITE: Final = 0.001
#: A title stands at most so many lines before the body, and has so many words.
_TITLE_REACH: Final = 30
_TITLE_WORDS: Final = range(3, 31)
#: More than so much of a title's stems come back in the text below it; those that stand in the text's first line, which
#: in a dump is the page's title, count so much more.
_TITLE_SHARED: Final = 0.3
_OPENING_WORTH: Final = 2.0
_NO_TITLE_ENDS: Final = frozenset(".,:;|/>…")


def find_title(lines: Sequence[str], cut: Sequence[int], start: int) -> int | None:
    """Return which of the lines that were cut before the body is the story's title, if one clearly is.

    It is near the body, has a title's length, and either the text's first line begins with it ("Rain in Kyiv | The
    Example") or its stems come back in the body: the more of them and the greater their share the likelier it is.

    >>> find_title(["Home", "Rain floods Kyiv streets", "Share", "Rain made rivers of Kyiv streets."], [0, 1, 2], 3)
    1
    """
    near = [i for i in cut if i >= start - _TITLE_REACH]
    said = stems_of(" ".join(lines[start : start + 60])) if near else set()
    opening = " ".join(lines[0].split()).casefold()
    first = stems_of(opening)
    best, most = None, 0.0
    for i in near:
        text = lines[i]
        if len(text) > 250 or text[-1] in _NO_TITLE_ENDS:
            continue
        words = [
            word for word in text.split() if any(map(str.isalpha, word))
        ]  # "Kotka 31, Narva 28" is a result
        if len(words) not in _TITLE_WORDS and not (len(words) < 3 and not text.isascii() and len(text) >= 10):
            continue
        told = text.casefold()
        if i and len(opening) > len(told) and opening.startswith(told):
            return i
        stems = stems_of(text)
        shared = len(stems & said)
        share = shared / max(len(stems), 2)
        worth = shared * share * (1 + _OPENING_WORTH * len(stems & first) / max(len(stems), 2))
        if share > _TITLE_SHARED and worth > most:
            best, most = i, worth
    return best
