"""Lines that are only taken for junk in company: where nothing else in a text is, they are more likely the author's."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.blocks import FIELD_LABELS, TEXT_LABELS, Block, Label, Verdict

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


#: Rules whose lines stay in a text in which no other rule finds anything but body: what they go by, writers write too.
_NEED_COMPANY: Final = frozenset(
    {
        "related.read-also",
        "notices.continued",
        "dates.date-line",
        "titles.above-byline",
        "tags.tags",
        "navigation.menu",
        # photos whose credit names no agency and labels no name
        *(
            f"{kind}.{form}"
            for kind in ("captions", "credits")
            for form in ("label-source", "copyright-name", "copyright-source", "label-alone", "below-label")
        ),
        "captions.above-credit",
    }
)
#: The same of rules whose line is a single word: a menu's, or a section's heading.
_IF_ONE_WORD: Final = frozenset({"navigation.previous-next", "comments.form"})
#: The same where writers put such lines: among the first and last of a text. In between they are a template's.
_IF_AT_START: Final = frozenset({"notices.republished", "reading-time.reading-time"})
_IF_AT_END: Final = frozenset({"notices.republished", "rights.notice"})
_STARTING, _ENDING = 5, 2
#: A guide, which is long or does so often, sends its readers to other guides; to another story's title, behind a
#: colon, a report's template does.
_READ_ALSO: Final = "related.read-also"
_LONGEST_REPORT: Final = 40
_MOST_READ_ALSO: Final = 3
_TITLE_SIGNS: Final = frozenset(":：|｜>»►▶→】")
#: Rules whose lines are read even where they stay in the body, and the field each is read for.
FIELDS: Final = {
    "titles.above-byline": Label.TITLE,
    "dates.date-line": Label.DATE,
    "rights.notice": Label.RIGHTS,
}
#: From here on scripts write their words together.
_JOINED_FROM: Final = "\u0e00"


def spare_lonely(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> list[Verdict | None]:
    """Let the lines of rules that need company stay, if no other junk was found in the text.

    Articles send their readers on to other articles, name days and sources, and say where they were first printed. In
    a text without any furniture such a line is more likely its author's than a template's. A date, title or rights
    line stays in the body, and its field is read from it all the same.

    >>> blocks = [Block("It rained in Kyiv.", 1), Block("Menu", 2)]
    >>> spare_lonely(blocks, [None, Verdict(Label.NAVIGATION, "navigation.menu")])
    [None, None]
    """
    guide = is_guide(blocks, verdicts)
    spared: list[int] = []
    for i, verdict in enumerate(verdicts):
        if verdict is None or verdict.label in TEXT_LABELS:
            continue
        if not needs_company(verdict.rule, blocks, i, guide=guide):
            return verdicts
        spared.append(i)
    if not spared:
        return verdicts
    kept = list(verdicts)
    for i in spared:
        verdict = kept[i]
        field = verdict is not None and verdict.label in FIELD_LABELS
        kept[i] = Verdict(Label.BODY, verdict.rule, 0.5) if field and verdict else None
    return kept


def is_guide(blocks: Sequence[Block], verdicts: Sequence[Verdict | None]) -> bool:
    """Tell a guide from a report: it is long, or it sends its readers on to others often."""
    others = sum(verdict is not None and verdict.rule == _READ_ALSO for verdict in verdicts)
    return len(blocks) > _LONGEST_REPORT or others > _MOST_READ_ALSO


def needs_company(rule: str, blocks: Sequence[Block], i: int, *, guide: bool) -> bool:
    """Tell whether a rule's line is more likely the article's where nothing else is junk."""
    text = blocks[i].text
    if rule == _READ_ALSO:
        return guide or _TITLE_SIGNS.isdisjoint(text[:-1])
    return (
        rule in _NEED_COMPANY
        or (rule in _IF_ONE_WORD and " " not in text and text[0] < _JOINED_FROM)
        or (rule in _IF_AT_START and i < _STARTING)
        or (rule in _IF_AT_END and i >= len(blocks) - _ENDING)
    )
