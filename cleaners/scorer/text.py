"""What no rule claims, in text without markup: article or boilerplate, decided over the whole text.

Two forests look at every line (see docs/text.md): the first at the line in its place, the second also at what the
first thought of the lines around. Then one decision is taken for the text: a line's chance is not cut at one half,
but where the precision and recall to be expected of the whole text are best. A text without furniture around it is no
dump, and loses only what is hardly ever part of an article.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from cleaners.blocks import Document, Label, Verdict
from cleaners.mid_sentence import is_mid_sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cleaners.scorer.forest import Forest
    from cleaners.scorer.text_features import Reading, WordTables

    Floats = NDArray[np.float32]

Mode = Literal["careful", "balanced", "aggressive"]
RULE: Final = "scorer.text"
#: How much a point of recall is worth beside one of precision when the place of the cut is chosen.
_RECALL_WORTH: Final = {"careful": 1.6, "balanced": 1.0, "aggressive": 0.7}
#: Of a text that is no dump, lines with less than this chance go, and its title with less than that.
_SURE: Final = {"careful": 0.01, "balanced": 0.02, "aggressive": 0.1}
_SURE_TITLE: Final = {"careful": 0.05, "balanced": 0.12, "aggressive": 0.4}
#: A dump is told by its furniture: so many lines, and such a share of all, have less than that chance, …
_FURNITURE: Final = 5
_FURNITURE_SHARE: Final = 0.1
_HARDLY: Final = 0.04
#: … and so does one of its ends: none of its first lines, or none of its last, has more than this chance.
_EDGE_LINES: Final = 3
_EDGE: Final = 0.1
#: A line with this chance stays if it is in the middle of a sentence whose ends stay.
_BETWEEN: Final = 0.1
#: What the first look gives less than this chance is not looked at again.
_HOPELESS: Final = 0.005
#: What no line is cut above.
_HALF: Final = 0.5
#: What was read of so many lines is kept for the second look, under this name.
_MOST_NOTED: Final = 20_000
_READING: Final = "reading"
#: Of fewer lines nothing can be said.
_LEAST: Final = 4
#: Paragraphs have so many characters, and a text without anything else is not weighed at all.
_PARAGRAPH: Final = 45
#: A text that is no dump loses no sentence, be it of so few characters and spaces.
_SENTENCE: Final = 12
_SENTENCE_SPACES: Final = 3
_SENTENCE_ENDS: Final = frozenset(".!?…。！？।॥۔؟\"'”’»›」』)）")
#: A line above a photo's credit is its caption if it has so many characters and less than this chance.
_CAPTION_SIZES: Final = range(8, 220)
_SPEECH: Final = frozenset('"“”„‟«»「」')
_CAPTION: Final = {"careful": 0.9, "balanced": 0.99, "aggressive": 1.01}
#: A title stands at most so many lines before the body, and has so many words.
_TITLE_REACH: Final = 30
_TITLE_WORDS: Final = range(3, 31)
#: So much of a title's longer words come back in the text below it.
_TITLE_SHARED: Final = 0.5


_NO_TITLE_ENDS: Final = frozenset(".,:;|/>…")
_EDGES: Final = "\"'“”„‘’«»()[].,:;!?"


class Model(NamedTuple):
    """The weights: word tables and the forests of the two passes."""

    tables: WordTables
    first: Forest
    second: Forest


@cache
def load_model() -> Model:
    """Load the weights that stand beside this module; benchmarks/train_text.py makes them."""
    from pathlib import Path

    import numpy as np

    from cleaners.scorer.forest import unpack
    from cleaners.scorer.text_features import WordTables

    with np.load(Path(__file__).with_name("text.npz")) as file:
        arrays = dict(file)
    tables = WordTables(*(arrays[name] for name in WordTables.__slots__))
    return Model(tables, unpack(arrays, "first_"), unpack(arrays, "second_"))


def weigh(
    document: Document, verdicts: Sequence[Verdict | None], mode: Mode = "balanced"
) -> list[Verdict | None]:
    """Return the verdicts with those added that the scorer gives on blocks that have none.

    A text that has nothing but paragraphs, and headings between them, is not weighed, nor is one of a line or three:
    its blocks stay without verdict.

    >>> from cleaners.read_text import read_text
    >>> weigh(read_text("It rained in Kyiv on Thursday, and the river rose above its banks."), [None])
    [None]
    """
    found = list(verdicts)
    open_blocks = [i for i, verdict in enumerate(verdicts) if verdict is None]
    texts = [block.text for block in document.blocks]
    credited = [i for i in _above_credits(verdicts) if len(texts[i]) in _CAPTION_SIZES]
    if not credited and (len(open_blocks) < _LEAST or only_paragraphs([texts[i] for i in open_blocks])):
        return found
    chance = line_chances(texts, verdicts, document.notes)
    # Of what rules claimed menus count, and nothing else: a story with ads in it and links behind it is no dump.
    judged = [i for i, v in enumerate(verdicts) if v is None or v.label is Label.NAVIGATION]
    dump = is_dump(chance[judged])
    open_texts = [texts[i] for i in open_blocks]
    keep = dict(zip(open_blocks, choose(open_texts, chance[open_blocks], mode, dump=dump), strict=True))
    for i in open_blocks:
        if not keep[i] and chance[i] >= _BETWEEN and keep.get(i - 1) and keep.get(i + 1):
            keep[i] = is_mid_sentence(texts[i - 1], texts[i + 1])
    credited = credited if dump else []
    captions = {texts[i] for i in credited if chance[i] < _CAPTION[mode] and _SPEECH.isdisjoint(texts[i])}
    captions.update(
        texts[i] for i, verdict in enumerate(verdicts) if verdict and verdict.label is Label.CAPTION
    )
    hundredths: list[int] = (chance * 100).round().astype(int).tolist()
    kept, cut = _verdicts()
    if captions:
        for i in open_blocks:
            if texts[i] in captions:
                found[i] = Verdict(Label.CAPTION, "scorer.caption", 0.8)
        open_blocks = [i for i in open_blocks if texts[i] not in captions]
    body = [i for i in open_blocks if keep[i]]
    if not body:
        return found
    for i in open_blocks:
        found[i] = (kept if keep[i] else cut)[hundredths[i]]
    if all(verdict is None or verdict.label is not Label.TITLE for verdict in found):
        title = find_title(texts, [i for i in open_blocks if not keep[i] and i < body[0]], body[0])
        if title is not None:
            found[title] = Verdict(Label.TITLE, "scorer.title", 0.8)
    return found


@cache
def _verdicts() -> tuple[list[Verdict], list[Verdict]]:
    """Return the verdicts on lines that stay and on lines that go, by the hundredths of their chance."""
    return (
        [Verdict(Label.BODY, RULE, chance / 100) for chance in range(101)],
        [Verdict(Label.BOILERPLATE, RULE, (100 - chance) / 100) for chance in range(101)],
    )


def _above_credits(verdicts: Sequence[Verdict | None]) -> list[int]:
    """Return the lines that nobody claims right above a photo's credit.

    >>> _above_credits([None, Verdict(Label.CREDIT, "any.rule"), None])
    [0]
    """
    credits = [i for i, verdict in enumerate(verdicts) if verdict and verdict.label is Label.CREDIT]
    return [i - 1 for i in credits if i and verdicts[i - 1] is None]


def find_title(lines: Sequence[str], cut: Sequence[int], start: int) -> int | None:
    """Return which of the lines that were cut before the body is the story's title, if one clearly is.

    It is near the body, has a title's length, and either the text's first line begins with it ("Rain in Kyiv | The
    Example") or its words come back in the body, more than those of the other lines.

    >>> find_title(["Home", "Rain floods Kyiv streets", "Share", "Rain made rivers of Kyiv streets."], [0, 1, 2], 3)
    1
    """
    near = [i for i in cut if i >= start - _TITLE_REACH]
    body = " ".join(lines[start : start + 60]).casefold() if near else ""
    opening = " ".join(lines[0].split()).casefold()
    best, most = None, _TITLE_SHARED
    for i in near:
        text = lines[i]
        if len(text) > 250 or text[-1] in _NO_TITLE_ENDS:
            continue
        words = text.split()
        if len(words) not in _TITLE_WORDS and not (len(words) < 3 and not text.isascii() and len(text) >= 10):
            continue
        told = text.casefold()
        if i and len(opening) > len(told) and opening.startswith(told):
            return i
        long = [word for word in (raw.strip(_EDGES) for raw in told.split()) if len(word) > 3]
        shared = sum(word in body for word in long) / max(len(long), 2)
        if shared > most:
            best, most = i, shared
    return best


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


def _is_sentence(line: str) -> bool:
    """Say whether a line ends as a sentence does and is no label: several words, or many letters written together."""
    if len(line) < _SENTENCE or line[-1] not in _SENTENCE_ENDS:
        return False
    return line.count(" ") >= _SENTENCE_SPACES or not line.isascii()


def line_chances(
    lines: Sequence[str], verdicts: Sequence[Verdict | None], notes: dict[str, Any] | None = None
) -> Floats:
    """Return for each line of a text the chance that it is the article's; `verdicts` are what the rules say of them.

    `notes` keep what was read of the lines, for when some of them are gone and the others are weighed again.
    """
    import numpy as np

    from cleaners.scorer.claims import claims_of
    from cleaners.scorer.forest import probability
    from cleaners.scorer.text_features import first_features, second_features

    model = load_model()
    reading = _read({} if notes is None else notes, lines)
    first = first_features(reading, model.tables, claims_of(verdicts))
    chance = probability(model.first.margin(first))
    again = np.flatnonzero(chance >= _HOPELESS)
    chance[again] = probability(model.second.margin(second_features(reading, first, chance)[:, again]))
    return chance


def _read(notes: dict[str, Any], lines: Sequence[str]) -> Reading:
    """Read lines, or pick them out of those that were read before."""
    import numpy as np

    from cleaners.scorer.text_features import read

    before: tuple[Sequence[str], Reading] | None = notes.get(_READING)
    places = before and _find_lines(before[0], lines)
    reading = before[1].only(np.array(places)) if before and places else read(lines)
    if len(lines) <= _MOST_NOTED:
        notes[_READING] = (lines, reading)
    return reading


def _find_lines(before: Sequence[str], lines: Sequence[str]) -> list[int] | None:
    """Return where lines stood among those before; None if one did not.

    >>> _find_lines(["Home", "It rained.", "Share", "It snowed."], ["It rained.", "It snowed."])
    [1, 3]
    """
    places: list[int] = []
    place = -1
    try:
        for line in lines:
            place = before.index(line, place + 1)
            places.append(place)
    except ValueError:
        return None
    return places


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


def _count_words(lines: Sequence[str]) -> NDArray[np.float64]:
    import numpy as np

    return np.fromiter((line.count(" ") + 1.0 for line in lines), np.float64, len(lines))


def choose(
    lines: Sequence[str], chance: Floats, mode: Mode = "balanced", *, dump: bool | None = None
) -> list[bool]:
    """Say which lines to keep, from their chances and their lengths in words.

    A dump is cut where the expected precision and the expected recall, each over the words of the whole text, have
    the greatest sum. Another text loses only lines that hardly ever are part of an article, no sentences, and its
    title. `dump` says which it is, where the caller knows.

    >>> import numpy as np
    >>> choose(["Home", "It rained in Kyiv on Thursday."], np.array([0.01, 0.9], np.float32))
    [False, True]
    """
    import numpy as np

    if is_dump(chance) if dump is None else dump:
        words = _count_words(lines)
        order = np.argsort(-chance, kind="stable")
        gained = np.cumsum((chance * words)[order])
        value = gained / np.cumsum(words[order]) + _RECALL_WORTH[mode] * gained / gained[-1]
        keep = chance >= min(float(chance[order[int(value.argmax())]]), _HALF)
    else:
        sentences = np.fromiter(map(_is_sentence, lines), np.bool_, len(lines))
        keep = (chance >= _SURE[mode]) | sentences
        if keep[0] and chance[0] < _SURE_TITLE[mode] and len(lines) > 1:
            keep[0] = find_title(lines, [0], 1) is None
    kept: list[bool] = keep.tolist()
    return kept
