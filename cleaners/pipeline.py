"""Document to article: every block gets a verdict, until cleaning the result again would change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from cleaners.article import Article
from cleaners.assemble import assemble, body_text
from cleaners.blocks import FIELD_LABELS, PHOTO_LABELS, TEXT_LABELS, Block, Document, Label, Verdict
from cleaners.language import detect_language
from cleaners.photos import settle_photo_lines
from cleaners.rejoin import has_wide_line, mend_lines, wrap_width

Mode = Literal["careful", "balanced", "aggressive"]

#: What nobody claims is the article's.
UNCLAIMED: Final = Verdict(Label.BODY, "body.default", 0.5)
#: A crosshead that keeps its dashes, because it would be taken for something else without them.
DASHED: Final = Verdict(Label.BODY, "body.dashed-line", 0.5)
#: How often a body is found to be hard-wrapped at most; once is what happens.
_REWRAPS: Final = 3
#: What is weighed again when lines went.
_UNSURE: Final = frozenset((UNCLAIMED.rule, "scorer.text"))
#: How often the remaining lines are judged at most. Real texts need two rounds, the second over little; the bound
#: keeps a hostile text linear.
_ROUNDS: Final = 8
#: How far a rule looks: a line that goes can change what is said of so many lines before and after it …
_NEIGHBOURS: Final = 4
#: … and a rule may ask whether a line is among so many first or last ones.
_ENDS: Final = 8
#: Characters of long lines that the language is told from, and what counts as long.
_LANGUAGE_SAMPLE: Final = 1_500
_LONG_LINE: Final = 60


class Choice(NamedTuple):
    """Which labels' lines leave the body, and how hard the scorer cuts."""

    keep: frozenset[Label] = frozenset()
    drop: frozenset[Label] = frozenset()
    mode: Mode = "balanced"


#: From here on scripts write their words together.
_JOINED_FROM: Final = "\u0e00"
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

DEFAULT: Final = Choice()


def choose(keep: Iterable[str] = (), drop: Iterable[str] = (), mode: Mode = "balanced") -> Choice:
    """Return the choice for labels given by name; raises ValueError for an unknown one, or for one in both.

    >>> choose(keep=["ad"], drop=["caption"]).drop
    frozenset({<Label.CAPTION: 'caption'>})
    """
    kept, dropped = frozenset(map(_label, keep)), frozenset(map(_label, drop))
    if kept & dropped:
        raise ValueError(f"both kept and dropped: {', '.join(sorted(kept & dropped))}")
    if Label.BODY in dropped:
        raise ValueError("the body cannot be dropped")
    if mode not in ("careful", "balanced", "aggressive"):
        raise ValueError(f"no mode is called {mode}")
    return Choice(kept, dropped, mode)


def clean_document(document: Document, choice: Choice = DEFAULT) -> Article:
    """Return the article in the document; `document.language` is told from the text where it is None.

    >>> from cleaners.read_text import read_text
    >>> clean_document(read_text("It rained in Kyiv on Thursday.")).text
    'It rained in Kyiv on Thursday.'
    """
    return explain_document(document, choice)[0]


def explain_document(document: Document, choice: Choice = DEFAULT) -> tuple[Article, list[Verdict]]:
    """Return the article in the document and why: the verdict on each of its blocks."""
    verdicts = label_blocks(document, choice)
    if document.page is None:
        for _ in range(_REWRAPS):
            left = [b for b, v in zip(document.blocks, verdicts, strict=True) if _stays(v, choice)]
            if has_wide_line(left):
                break
            width = wrap_width([Block(block.text, number) for number, block in enumerate(left)])
            if not width:
                break
            document.blocks = mend_lines(document.blocks, width)  # wrapped lines stood among others
            verdicts = label_blocks(document, choice)
        if PHOTO_LABELS.isdisjoint(choice.keep):
            verdicts = list(settle_photo_lines(document, verdicts))
        return assemble(document, verdicts, choice.keep, choice.drop), verdicts
    from cleaners.page.finish import claim_captions, find_photos, with_page  # the parser is for pages only

    photos = find_photos(document, verdicts)
    verdicts = claim_captions(document, verdicts, photos)
    return with_page(assemble(document, verdicts, choice.keep, choice.drop), document, photos), verdicts


def label_blocks(document: Document, choice: Choice = DEFAULT) -> list[Verdict]:
    """Return one verdict for each block, as they stand when nothing more goes.

    A rule looks at a line in its place, and when lines go, others become neighbours. So what has new neighbours is
    judged again, until nothing more goes: that is why cleaning a cleaned text changes nothing. Each round sees only
    the lines around those that went, so the work stays linear. Sets `document.language` where it is None.
    """
    if document.page is not None:
        return _label_page(document, choice)
    told = document.language
    settled, verdicts = _settle(document, told, choice, scored=True)
    if not settled:  # a text that goes on unravelling line by line is none that the scorer understands
        _, verdicts = _settle(document, told, choice, scored=False)
    return verdicts


def _settle(
    document: Document, told: str | None, choice: Choice, *, scored: bool
) -> tuple[bool, list[Verdict]]:
    """Judge until nothing more goes, with or without the scorer; say whether it came to that, and the verdicts."""
    from cleaners.rules import judge_at  # reads the phrase files: for who cleans, not for who imports

    settled = False
    staying = _staying(choice)
    final = [UNCLAIMED] * len(document.blocks)
    origins: Sequence[int] = range(len(document.blocks))
    current = document
    known: list[Verdict | None] = [None] * len(origins)
    suspects: Sequence[int] = origins
    known_lines: dict[str, int] = {}
    for round_number in range(_ROUNDS):
        judged = judge_at(current.blocks, suspects, moved=round_number > 0, known=known_lines)
        for i, verdict in zip(suspects, judged, strict=True):
            if verdict is not None and (known[i] is None or verdict.label not in staying):
                known[i] = _steady(current.blocks[i], verdict)
        spared = _spare_lonely(current.blocks, known) if round_number == 0 else known
        verdicts = _heed_repeated(current, spared)
        through = all(verdict is None or verdict.label in staying for verdict in verdicts)
        if scored and (round_number == 0 or through):
            # Weighing costs most: not again before the rules are through.
            verdicts = list(_weigh(current, verdicts, choice))
            if spared is not known and not all(
                verdict is None or verdict.label in staying for verdict in verdicts
            ):
                # The scorer found furniture, so there is company.
                verdicts = list(_weigh(current, _heed_repeated(current, known), choice))
        blocks: list[Block] = []
        remaining: list[int] = []
        changes: list[int] = []  # places in `blocks` where something went or changed
        for block, origin, verdict in zip(current.blocks, origins, verdicts, strict=True):
            final[origin] = verdict or UNCLAIMED
            if verdict is None or verdict.label is Label.BODY:
                blocks.append(block)
                remaining.append(origin)
            elif verdict.label in staying:
                text = body_text(block, verdict)
                if text != block.text:
                    block = Block(text, block.line, block.path, block.hint)
                    changes.append(len(blocks))
                blocks.append(block)
                remaining.append(origin)
            else:
                changes.append(len(blocks))
        if not changes:
            settled = True
            break
        known = [final[origin] if final[origin].rule not in _UNSURE else None for origin in remaining]
        # A rule may ask what the first line is: where that is another, all is to be judged again.
        suspects = range(len(blocks)) if changes[0] == 0 else _around(changes, len(blocks))
        current = Document(blocks, told, document.url, document.page, document.notes)
        origins = remaining
    document.language = told or _language(current.blocks)
    return settled, final


def _spare_lonely(blocks: Sequence[Block], verdicts: list[Verdict | None]) -> list[Verdict | None]:
    """Let the lines of rules that need company stay, if no other junk was found in the text.

    Articles send their readers on to other articles, name days and sources, and say where they were first printed. In
    a text without any furniture such a line is more likely its author's than a template's. A date, title or rights
    line stays in the body, and its field is read from it all the same.
    """
    others = sum(verdict is not None and verdict.rule == _READ_ALSO for verdict in verdicts)
    guide = len(blocks) > _LONGEST_REPORT or others > _MOST_READ_ALSO
    spared: list[int] = []
    for i, verdict in enumerate(verdicts):
        if verdict is None or verdict.label in TEXT_LABELS:
            continue
        if not _needs_company(verdict.rule, blocks, i, guide=guide):
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


def _needs_company(rule: str, blocks: Sequence[Block], i: int, *, guide: bool) -> bool:
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


def _label_page(document: Document, choice: Choice) -> list[Verdict]:
    from cleaners.page.label import label_page

    if document.notes.get("repeated"):
        from cleaners.read_html import set_paths

        set_paths(document)
    verdicts = label_page(document, choice.mode)
    heeded = _heed_repeated(document, list(verdicts))
    if document.language is None:
        story = [b for b, v in zip(document.blocks, verdicts, strict=True) if v.label in TEXT_LABELS]
        document.language = _language(story)
    return [verdict or UNCLAIMED for verdict in heeded]


def _stays(verdict: Verdict, choice: Choice) -> bool:
    """Tell whether a block with this verdict stays in the body."""
    return verdict.label in _staying(choice)


@lru_cache(maxsize=16)
def _staying(choice: Choice) -> frozenset[Label]:
    """Return the labels whose blocks stay in the body."""
    return (TEXT_LABELS - choice.drop) | choice.keep


def _steady(block: Block, verdict: Verdict) -> Verdict:
    """Return the verdict, but a crosshead that would be something else without its dashes keeps them.

    "– Comments –" is a crosshead; "Comments", on a line of its own, is where a page's comments begin.
    """
    if (
        verdict.label is Label.HEADING
        and (text := body_text(block, verdict)) != block.text
        and _is_other(text)
    ):
        return DASHED
    return verdict


@lru_cache(maxsize=256)
def _is_other(text: str) -> bool:
    """Tell whether the rules take a line, wherever it stands, for something that is not the body's."""
    from cleaners.rules import judge_at

    verdict = judge_at([Block(text, 1)], [0])[0]
    return verdict is not None and verdict.label not in TEXT_LABELS


def _around(changes: Sequence[int], size: int) -> list[int]:
    """Return the blocks that have new neighbours: those near a change, and the first and last.

    >>> _around([20], 40) == [*range(8), *range(16, 24), *range(32, 40)]
    True
    """
    spans = [
        (0, _ENDS),
        *((change - _NEIGHBOURS, change + _NEIGHBOURS) for change in changes),
        (size - _ENDS, size),
    ]
    near: list[int] = []
    for start, end in spans:
        near.extend(range(max(start, near[-1] + 1 if near else 0), min(end, size)))
    return near


def _heed_repeated(document: Document, verdicts: list[Verdict | None]) -> list[Verdict | None]:
    """Judge what no rule claims by what the page's site is known to repeat, where its history is given."""
    repeated = document.notes.get("repeated")
    if not repeated:
        return verdicts
    from cleaners.repeated import judge_repeated

    return judge_repeated(document.blocks, verdicts, repeated)


def _weigh(document: Document, verdicts: list[Verdict | None], choice: Choice) -> Sequence[Verdict | None]:
    """Let the scorer judge what no rule claims, unless the text has nothing but paragraphs."""
    from cleaners.scorer.text import weigh  # numpy is imported only by texts that need it

    return weigh(document, verdicts, choice.mode)


def _language(blocks: Sequence[Block]) -> str | None:
    """Tell the language from the long lines, which are rarely junk; from all lines where none is long."""
    sample: list[str] = []
    size = 0
    for block in blocks:
        if len(block.text) >= _LONG_LINE:
            sample.append(block.text[:_LANGUAGE_SAMPLE])
            size += len(block.text)
            if size >= _LANGUAGE_SAMPLE:
                break
    if not sample:
        sample = [block.text for block in blocks[:200]]
    return detect_language("\n".join(sample))


def _label(name: str) -> Label:
    try:
        return Label(name)
    except ValueError:
        raise ValueError(f"no label is called {name}; there are {', '.join(sorted(Label))}") from None
