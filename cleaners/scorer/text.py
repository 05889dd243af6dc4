"""What no rule claims, in text without markup: article or boilerplate, decided over the whole text.

Two forests look at every line (see docs/text.md): the first at the line in its place, the second also at what the
first thought of the lines around. Then one decision is taken for the text (`cleaners.scorer.text_cut`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from cleaners.blocks import Document, Label, Verdict
from cleaners.mid_sentence import is_mid_sentence
from cleaners.scorer.cut import choose, find_title, is_dump, only_paragraphs

RULE: Final = "scorer.text"
#: A line with this chance stays if it is in the middle of a sentence whose ends stay.
_BETWEEN: Final = 0.1
#: Of fewer lines nothing can be said.
_LEAST: Final = 4
#: A line above a photo's credit is its caption if it has so many characters and less than this chance.
_CAPTION_SIZES: Final = range(8, 220)
_SPEECH: Final = frozenset('"“”„‟«»「」')
_CAPTION: Final = {"careful": 0.9, "balanced": 0.99, "aggressive": 1.01}


def weigh(
    document: Document, verdicts: Sequence[Verdict | None], mode: str = "balanced"
) -> list[Verdict | None]:
    """Return the verdicts with those added that the scorer gives on blocks that have none.

    A text that has nothing but paragraphs, and headings between them, is not weighed, nor is one of a line or three:
    its blocks stay without verdict.

    >>> from cleaners.read.text import read_text
    >>> weigh(read_text("It rained in Kyiv on Thursday, and the river rose above its banks."), [None])
    [None]
    """
    found = list(verdicts)
    open_blocks = [i for i, verdict in enumerate(verdicts) if verdict is None]
    texts = [block.text for block in document.blocks]
    credited = [i for i in _above_credits(verdicts) if len(texts[i]) in _CAPTION_SIZES]
    if not credited and (len(open_blocks) < _LEAST or only_paragraphs([texts[i] for i in open_blocks])):
        return found
    from cleaners.scorer.chances import text_chances

    chance = text_chances(texts, [verdict.label if verdict else None for verdict in verdicts])
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
