"""What the scorer's chances come to: which blocks of a text or page are the article's, decided over the whole.

Texts: see docs/text.md. Pages: where the scorer is unsure of a whole page, trafilatura is asked too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cleaners.blocks import JUNK_LABELS, Label, Verdict
from cleaners.scorer.cut import (
    best_cut,
    blend,
    choose,
    find_title,
    has_sentence,
    is_dump,
    is_sentence,
    only_paragraphs,
    page_words,
)
from cleaners.sentences import SPEECH, ends_sentence, is_mid_sentence
from cleaners.values import Value
from cleaners.wire.bylines import parse_byline
from cleaners.words.match import reports

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    from cleaners.read.html import Page
    from cleaners.read.names import Names

#: What the scorer's verdicts on a text are called, by what the text was taken for: a page's dump, or a story with some
#: junk in it, as extractors give it. A body alone has neither.
DUMP_RULE: Final = "scorer.dump"
TEXT_RULE: Final = "scorer.text"
#: A line with this chance stays if it is in the middle of a sentence whose ends stay.
_BETWEEN: Final = 0.1
#: At the ends of a text that is no dump, where rules took so many lines, others need this chance: above the first
#: sentence, and below the last if they have so many characters at most.
_FURNISHED: Final = 2
_ABOVE: Final = 0.5
_BELOW: Final = 0.2
_LABEL: Final = 60
_LEADS: Final = frozenset(":：")
#: A sentence with this chance stays beside the story if it tells what somebody said.
_TOLD: Final = 0.1
#: Of fewer lines nothing can be said.
_LEAST: Final = 4
#: A line above a photo's credit is its caption if it has so many characters and less than this chance.
_CAPTION_SIZES: Final = range(8, 220)
_CAPTION: Final = {"careful": 0.9, "balanced": 0.99, "aggressive": 1.01}
#: How the modes move the cut of a page, as a factor on the odds that a block needs; and the most that it may need.
_MODES: Final = {"careful": 0.35, "balanced": 1.0, "aggressive": 2.5}
_MOST: Final = 0.97
#: Below this expected F1 the scorer asks for a second opinion (about one page in thirty; see docs/benchmarks.md).
_UNSURE: Final = 0.85
#: It moves the logarithm of each block's odds by so much, up or down. On sites that the scorer has not seen 3 does as
#: well as the opinion alone and better than 1 or 2; where more pages are asked about, better than all of them.
_OPINION: Final = 3.0
#: A page of so few characters is judged by its sentences, of so many at least, where nobody else has an opinion.
_SHORT_PAGE: Final = 1_500
_SENTENCE: Final = 10


class Weighed(Value):
    """What was decided of a page's blocks: the places of those that are kept, and who decided.

    `others` are verdicts on blocks that would be kept if they were not copies, or other stories'. `chance` and `sure`
    are, for each block, the chance that it is the article's, as the scorer has it and calibrated.
    """

    kept: list[int]
    others: dict[int, Verdict]
    rule: str
    chance: list[float]
    sure: list[float]


def weigh_page(page: Page, names: Names, texts: Sequence[str], mode: str) -> Weighed:
    """Return which blocks of a page are the article's."""
    from cleaners.copies import find_copies, find_other_stories  # for pages
    from cleaners.scorer.chances import confidences, page_chances  # numpy, and the weights

    told = page.metadata
    chances = page_chances(page.walk, names, told.title, told.article_body)
    words = page_words(texts)
    cut, promised = best_cut(chances, words)
    rule = "scorer.page"
    if promised < _UNSURE:
        from cleaners.second_opinion import ask_trafilatura  # for one page in thirty

        opinion = ask_trafilatura(page.source.decode(), texts) or _sentences(page, texts)
        if opinion is not None:
            chances, rule = blend(chances, opinion, _OPINION), "scorer.second-opinion"
            cut, _ = best_cut(chances, words)
    odds = cut / max(1 - cut, 1e-6) * _MODES[mode]
    kept = (chances >= min(odds / (1 + odds), _MOST)).nonzero()[0].tolist()
    others = find_other_stories(page.walk, texts, told.title, kept)
    others |= find_copies(texts, [i for i in kept if i not in others])
    kept = [i for i in kept if i not in others]
    return Weighed(kept, others, rule, chances.tolist(), confidences("page", chances).tolist())


def _sentences(page: Page, texts: Sequence[str]) -> list[bool] | None:
    """Return which blocks of a very short page are sentences and no links; None if none is, or it is not so short.

    The scorer learned from pages that are hundreds of times as long, and trafilatura finds no article in these.
    """
    if sum(map(len, texts)) > _SHORT_PAGE:
        return None
    linked = page.walk.link_chars
    said = [
        len(text) >= _SENTENCE and ends_sentence(text) and 2 * links < len(text)
        for text, links in zip(texts, linked, strict=True)
    ]
    return said if any(said) else None


def weigh_text(texts: Sequence[str], verdicts: Sequence[Verdict | None], mode: str) -> list[Verdict | None]:
    """Return the verdicts on a text's lines with those added that the scorer gives on lines that have none.

    A text that has nothing but paragraphs, and headings between them, is not weighed, nor is one of a line or three:
    its lines stay without verdict.

    >>> weigh_text(["It rained in Kyiv on Thursday, and the river rose above its banks."], [None], "balanced")
    [None]
    """
    found = list(verdicts)
    left = [i for i, verdict in enumerate(verdicts) if verdict is None]
    credited = [i for i in _above_credits(verdicts) if len(texts[i]) in _CAPTION_SIZES]
    if not credited and (len(left) < _LEAST or only_paragraphs([texts[i] for i in left])):
        return found
    from cleaners.scorer.chances import confidences, text_chances  # numpy, and the weights

    chance = text_chances(texts, [verdict.label if verdict else None for verdict in verdicts])
    # Of what rules claimed menus count, and nothing else: a story with ads in it and links behind it is no dump.
    judged = [i for i, v in enumerate(verdicts) if v is None or v.label is Label.NAVIGATION]
    dump = is_dump(chance[judged])
    keep = dict(zip(left, choose([texts[i] for i in left], chance[left], mode, dump=dump), strict=True))
    for i in left:
        if not keep[i] and chance[i] >= _BETWEEN and keep.get(i - 1) and keep.get(i + 1):
            keep[i] = is_mid_sentence(texts[i - 1], texts[i + 1])
    if not dump:
        _cut_ends(texts, verdicts, left, keep, chance.tolist())
    else:
        _keep_told(texts, left, keep, chance.tolist())
    captions = {texts[i] for i, verdict in enumerate(verdicts) if verdict and verdict.label is Label.CAPTION}
    if dump:
        captions.update(
            texts[i] for i in credited if chance[i] < _CAPTION[mode] and SPEECH.isdisjoint(texts[i])
        )
    for i in left:
        if texts[i] in captions:
            found[i] = Verdict(Label.CAPTION, "scorer.caption", 0.8)
    if dump:
        from cleaners.scorer.captions import find_captions, may_be_captions  # numpy, and the weights

        kept = [i for i in left if keep[i] and found[i] is None]
        places = may_be_captions(texts, [i for i in left if found[i] is None], kept)
        labels = [verdict.label if verdict else None for verdict in found]
        for i, sure in find_captions(texts, labels, chance, kept, places).items():
            found[i] = Verdict(Label.CAPTION, "scorer.caption", round(sure, 2))
    left = [i for i in left if found[i] is None]
    body = next((i for i in left if keep[i]), None)
    if body is None:
        return found
    hundredths: list[int] = (confidences("text", chance) * 100).round().astype(int).tolist()
    stays, goes = _verdicts(DUMP_RULE if dump else TEXT_RULE)
    for i in left:
        found[i] = (stays if keep[i] else goes)[hundredths[i]]
    if all(verdict is None or verdict.label is not Label.TITLE for verdict in found):
        said = next((i for i in left if i >= body and is_sentence(texts[i])), body)
        if not dump and _is_furnished(verdicts[:said]):
            body = said  # a title that the scorer keeps is one still
        title = find_title(texts, [i for i in left if i < body], body)
        if title is not None:
            found[title] = Verdict(Label.TITLE, "scorer.title", 0.8)
    return found


def _cut_ends(
    texts: Sequence[str],
    verdicts: Sequence[Verdict | None],
    left: Sequence[int],
    keep: dict[int, bool],
    chance: Sequence[float],
) -> None:
    """Let go what stands above the first sentence and below the last among lines that rules took, and says no sentence.

    Such is how a story looks that was copied with the head and the foot of its page. Results stand there as well: they
    have numbers.
    """
    said = [i for i in left if is_sentence(texts[i])]
    if not said:
        return
    if _is_furnished(verdicts[: said[0]]):
        for i in left:
            if i < said[0] and not _may_be_told(texts[i]) and not parse_byline(texts[i]):
                keep[i] &= chance[i] >= _ABOVE
    if _is_furnished(verdicts[said[-1] + 1 :]):
        for i in left:
            if i > said[-1] and len(texts[i]) <= _LABEL and not _may_be_told(texts[i]):
                keep[i] &= chance[i] >= _BELOW


def _may_be_told(text: str) -> bool:
    """Tell whether a line ends as sentences do or leads to the next, holds a sentence, or has numbers."""
    return ends_sentence(text) or text[-1] in _LEADS or has_sentence(text) or any(map(str.isdecimal, text))


def _is_furnished(verdicts: Sequence[Verdict | None]) -> bool:
    """Tell whether rules took several of the lines, some of them for junk."""
    labels = [verdict.label for verdict in verdicts if verdict]
    return len(labels) >= _FURNISHED and not JUNK_LABELS.isdisjoint(labels)


def _keep_told(
    texts: Sequence[str], left: Sequence[int], keep: dict[int, bool], chance: Sequence[float]
) -> None:
    """Keep the sentences beside the story in which a reporter tells what somebody said, if they may be the story's."""
    for places in (left, left[::-1]):
        beside = False
        for i in places:
            if beside and not keep[i] and chance[i] >= _TOLD and is_sentence(texts[i]):
                keep[i] = reports(texts[i], auxiliaries=False)
            beside = keep[i]


@cache
def _verdicts(rule: str) -> tuple[list[Verdict], list[Verdict]]:
    """Return the verdicts on lines that stay and on lines that go, by the hundredths of their chance."""
    return (
        [Verdict(Label.BODY, rule, chance / 100) for chance in range(101)],
        [Verdict(Label.BOILERPLATE, rule, (100 - chance) / 100) for chance in range(101)],
    )


def _above_credits(verdicts: Sequence[Verdict | None]) -> list[int]:
    """Return the lines that nobody claims right above a photo's credit.

    >>> _above_credits([None, Verdict(Label.CREDIT, "any.rule"), None])
    [0]
    """
    credits = [i for i, verdict in enumerate(verdicts) if verdict and verdict.label is Label.CREDIT]
    return [i - 1 for i in credits if i and verdicts[i - 1] is None]
