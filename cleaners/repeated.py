"""Lines that a site repeats from page to page: a hint from its history, with which junk that no rule knows
is found.

Whoever knows a site's other pages (the scraper does) gives a mapping from the normalised line to the number
of articles that print it. A line in it is not junk by that alone: agencies repeat sentences on purpose, a
quote or a paragraph of background. So a line that reads as a sentence stays in the body unless its page
shows that it is furniture: it stands outside the elements that hold the story's own paragraphs, or before
the first or after the last of them while at least `SURE_COUNT` articles print it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from cleaners.blocks import TEXT_LABELS, Block, Label, Verdict

SURE_COUNT = 10
"""How many articles must print a sentence that stands where the story's own sentences do."""

LONGEST_LABEL = 120
"""Characters; a longer line is prose even where its script has no full stop (Thai, Lao)."""

_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟:;»”\"'’)\]]$")
_SPACE = re.compile(r"\s+")


def normalise_line(text: str) -> str:
    """The line as it is counted: one spelling of letters and spaces, no capitals.

    >>> normalise_line("  Get  THE App ")
    'get the app'
    """
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def is_sentence(line: str) -> bool:
    """Whether a line reads as a sentence, or as part of one: by its end, since length says little across
    languages.

    >>> is_sentence("He did not elaborate.")
    True
    >>> is_sentence("Get the app")
    False
    """
    return bool(_SENTENCE_END.search(line)) or len(line) > LONGEST_LABEL


def judge_repeated(
    blocks: Sequence[Block], verdicts: Sequence[Verdict | None], repeated: Mapping[str, int]
) -> list[Verdict | None]:
    """The verdicts, with `site.repeated:COUNT` for each block that the site repeats as junk and no rule claims.

    What the scorer takes for the article's is not claimed by a rule. `repeated` maps normalised lines to the number
    of the site's articles that print them.

    >>> blocks = [Block("It rained in Kyiv on Monday.", 1), Block("Get the app", 2)]
    >>> judge_repeated(blocks, [None, None], {"get the app": 7})[1].rule
    'site.repeated:7'
    """
    counts = [
        repeated.get(normalise_line(block.text), 0) if _is_open(block, verdict) else 0
        for block, verdict in zip(blocks, verdicts, strict=True)
    ]
    if not any(counts):
        return list(verdicts)
    story = [
        i
        for i, block in enumerate(blocks)
        if not counts[i] and _may_be_body(verdicts[i]) and is_sentence(normalise_line(block.text))
    ]
    if not story:  # perhaps a second copy of a story, all of whose lines were met before
        return list(verdicts)
    paths = {_path(blocks[i]) for i in story}
    found = list(verdicts)
    for i, count in enumerate(counts):
        beyond = i < story[0] or i > story[-1]
        if count and _is_furniture(blocks[i], verdicts[i], count, beyond, _path(blocks[i]) in paths):
            found[i] = Verdict(Label.BOILERPLATE, f"site.repeated:{count}", 0.9)
    return found


#: What the markup says is a photo's caption or the headline is no furniture, however often it is printed.
_KEPT_TAGS = frozenset(("figcaption", "h1"))
#: Who gives these verdicts has weighed the block, or left it in the body for want of a reason.
_UNSURE_RULES = ("scorer.", "body.")


def _path(block: Block) -> str:
    return block.markup.path if block.markup else ""


def _is_open(block: Block, verdict: Verdict | None) -> bool:
    """Whether the site's history may say what a block is: no rule has, and its markup says nothing else."""
    if block.markup is not None and block.markup.tag in _KEPT_TAGS:
        return False
    return verdict is None or (verdict.label in TEXT_LABELS and verdict.rule.startswith(_UNSURE_RULES))


def _is_furniture(block: Block, verdict: Verdict | None, count: int, beyond: bool, among_story: bool) -> bool:
    if (verdict is not None and verdict.label is Label.HEADING) or (block.markup and block.markup.level):
        return beyond  # "What we know" heads many a story's paragraphs
    if not is_sentence(normalise_line(block.text)):
        return True
    return not among_story or (beyond and count >= SURE_COUNT)


def _may_be_body(verdict: Verdict | None) -> bool:
    return verdict is None or verdict.label is Label.BODY
