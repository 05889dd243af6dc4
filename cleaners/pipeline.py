"""Document to article: every block gets a verdict, until cleaning the result again would change nothing."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.article import Article
from cleaners.assemble import assemble, body_text
from cleaners.blocks import JUNK_LABELS, PHOTO_LABELS, TEXT_LABELS, Block, Document, Label, Verdict
from cleaners.company import spare_lonely
from cleaners.language import detect_language
from cleaners.memory import forget
from cleaners.mid_sentence import is_mid_sentence
from cleaners.options import DEFAULT, Options
from cleaners.photos.lines import settle_photo_lines
from cleaners.read.text import has_wide_line, mend_lines, wrap_width

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


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


def clean_document(document: Document, options: Options = DEFAULT) -> Article:
    """Return the article in the document; `document.language` is told from the text where it is None.

    >>> from cleaners.read.text import read_text
    >>> clean_document(read_text("It rained in Kyiv on Thursday.")).text
    'It rained in Kyiv on Thursday.'
    """
    return judge_document(document, options)[0]


def judge_document(document: Document, options: Options = DEFAULT) -> tuple[Article, list[Verdict]]:
    """Return the article in the document and why: the verdict on each of its blocks."""
    try:
        return _explain(document, options)
    finally:
        forget()


def _explain(document: Document, options: Options) -> tuple[Article, list[Verdict]]:
    verdicts = label_blocks(document, options)
    if document.page is None:
        for _ in range(_REWRAPS):
            left = [b for b, v in zip(document.blocks, verdicts, strict=True) if _stays(v, options)]
            if has_wide_line(left):
                break
            width = wrap_width([Block(block.text, number) for number, block in enumerate(left)])
            if not width:
                break
            document.blocks = mend_lines(document.blocks, width)  # wrapped lines stood among others
            verdicts = label_blocks(document, options)
        if PHOTO_LABELS.isdisjoint(options.keep):
            verdicts = list(settle_photo_lines(document, verdicts))
        return assemble(document, verdicts, options.keep, options.drop), verdicts
    from cleaners.photos.figures import claim_blocks, find_figures  # the parser is for pages only

    figures = find_figures(document, verdicts)
    verdicts = claim_blocks(verdicts, figures)
    return assemble(document, verdicts, options.keep, options.drop, figures), verdicts


def label_blocks(document: Document, options: Options = DEFAULT) -> list[Verdict]:
    """Return one verdict for each block, as they stand when nothing more goes.

    A rule looks at a line in its place, and when lines go, others become neighbours. So what has new neighbours is
    judged again, until nothing more goes: that is why cleaning a cleaned text changes nothing. Each round sees only
    the lines around those that went, so the work stays linear. Sets `document.language` where it is None.
    """
    if document.page is not None:
        return _label_page(document, options)
    told = document.language
    settled, verdicts = _settle(document, told, options, scored=True)
    if not settled:  # a text that goes on unravelling line by line is none that the scorer understands
        _, verdicts = _settle(document, told, options, scored=False)
    return _keep_dashes(document, told, verdicts, options, scored=settled)


def _keep_dashes(
    document: Document, told: str | None, verdicts: list[Verdict], options: Options, *, scored: bool
) -> list[Verdict]:
    """Let those crossheads keep their dashes that would not stay in the cleaned text without them.

    "– Comments –" is a crosshead; "Comments", on a line of its own, is where a page's comments begin.
    """
    left = [i for i, verdict in enumerate(verdicts) if _stays(verdict, options)]
    bare = [body_text(document.blocks[i], verdicts[i]) for i in left]
    stripped = {i for i, text in zip(left, bare, strict=True) if text != document.blocks[i].text}
    if not stripped:
        return verdicts
    cleaned = Document([Block(text, number) for number, text in enumerate(bare, 1)], told, document.url)
    _, again = _settle(cleaned, told, options, scored=scored)
    for i, verdict in zip(left, again, strict=True):
        if i in stripped and not _stays(verdict, options):
            verdicts[i] = DASHED
    return verdicts


def _settle(
    document: Document, told: str | None, options: Options, *, scored: bool
) -> tuple[bool, list[Verdict]]:
    """Judge until nothing more goes, with or without the scorer; say whether it came to that, and the verdicts."""
    from cleaners.rules import judge_at  # reads the phrase files: for who cleans, not for who imports

    settled = False
    staying = options.staying
    final = [UNCLAIMED] * len(document.blocks)
    origins: Sequence[int] = range(len(document.blocks))
    current = document
    known: list[Verdict | None] = [None] * len(origins)
    suspects: Sequence[int] = origins
    known_lines: dict[str, int] = {}
    held: dict[int, Verdict] = {}
    for round_number in range(_ROUNDS):
        judged = judge_at(current.blocks, suspects, moved=round_number > 0, known=known_lines)
        for i, verdict in zip(suspects, judged, strict=True):
            if verdict is not None and (known[i] is None or verdict.label not in staying):
                known[i] = verdict
        _hold_between(current.blocks, origins, known, held)
        spared = spare_lonely(current.blocks, known) if round_number == 0 else known
        verdicts = _heed_repeated(current, spared)
        through = all(verdict is None or verdict.label in staying for verdict in verdicts)
        if scored and (round_number == 0 or through):
            # Weighing costs most: not again before the rules are through.
            verdicts = list(_weigh(current, verdicts, options))
            if spared is not known and not all(
                verdict is None or verdict.label in staying for verdict in verdicts
            ):
                # The scorer found furniture, so there is company.
                verdicts = list(_weigh(current, _heed_repeated(current, known), options))
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
                    block = Block(text, block.line, block.markup)
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
        current = Document(blocks, told, document.url, document.page, document.repeated)
        origins = remaining
    document.language = told or _language(current.blocks)
    return settled, final


def _label_page(document: Document, options: Options) -> list[Verdict]:
    from cleaners.page.label import label_page

    verdicts = label_page(document, options.mode)
    heeded = _heed_repeated(document, list(verdicts))
    if document.language is None:
        story = [b for b, v in zip(document.blocks, verdicts, strict=True) if v.label in TEXT_LABELS]
        document.language = _language(story)
    return [verdict or UNCLAIMED for verdict in heeded]


def _stays(verdict: Verdict, options: Options) -> bool:
    """Tell whether a block with this verdict stays in the body."""
    return verdict.label in options.staying


def _hold_between(
    blocks: Sequence[Block], origins: Sequence[int], known: list[Verdict | None], held: dict[int, Verdict]
) -> None:
    """Take back the verdicts that would cut a line out of the middle of a sentence: its links may look like buttons.

    `held` keeps them by the lines' origins, for when the sentence's other parts are gone.
    """
    if held:
        for i, origin in enumerate(origins):
            if known[i] is None and origin in held:
                known[i] = held.pop(origin)
    for i in range(1, len(blocks) - 1):
        verdict = known[i]
        if (
            verdict is not None
            and verdict.label in JUNK_LABELS
            and is_mid_sentence(blocks[i - 1].text, blocks[i + 1].text)
        ):
            held[origins[i]] = verdict
            known[i] = None


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
    if not document.repeated:
        return verdicts
    from cleaners.repeated import judge_repeated

    return judge_repeated(document.blocks, verdicts, document.repeated)


def _weigh(document: Document, verdicts: list[Verdict | None], options: Options) -> Sequence[Verdict | None]:
    """Let the scorer judge what no rule claims, unless the text has nothing but paragraphs."""
    from cleaners.scorer.text import weigh  # numpy is imported only by texts that need it

    return weigh(document, verdicts, options.mode)


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
