"""Document to verdicts: one decision over all blocks, for texts and pages alike.

Rules claim what they know, a scorer weighs what nobody claims, and the whole is decided, once. It stays decided:
cleaning a cleaned text changes nothing. That is so because a text loses nothing without *evidence*, a line that gives
itself away as no part of the story by what it says, whatever stands around it. Such a line always goes. All others
(told by their neighbours; phrases that writers use too; what only the scorer doubts) go in its company alone, and a
cleaned text has none. The lines around a story, its byline, date and sign-off, need no company: see `_claim_fields`.

A page is evidence by itself: it has a template.

Rules of one's own come before all of this (`cleaners.own.first`): what they keep or cut is decided, and of a text the
rest is labelled as if it were not there; so it stays decided too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from cleaners.blocks import (
    FIELD_LABELS,
    JUNK_LABELS,
    PHOTO_LABELS,
    TEXT_LABELS,
    Block,
    Document,
    Label,
    Verdict,
    gather,
)
from cleaners.language import language_of
from cleaners.options import Options
from cleaners.photos.lines import settle_photo_lines
from cleaners.read.text import has_wide_line, mend_lines, wrap_width
from cleaners.read.titles import squeezed
from cleaners.repeated import judge_repeated
from cleaners.rules import ENDS, Claim, is_late, is_spared, judge, judge_ends, judge_late, judge_lines
from cleaners.rules.gates import Lines, seen_around
from cleaners.rules.headings import heading_text
from cleaners.sentences import is_mid_sentence
from cleaners.weigh import Weighed, weigh_page, weigh_text

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

    from cleaners.read.html import Page

#: What nobody claims is the article's: nine in ten such lines of the corpora's texts are (9,250 of 10,240).
UNCLAIMED: Final = Verdict(Label.BODY, "body.default", 0.9)
#: A crosshead that keeps its dashes, because it would be taken for something else without them.
DASHED: Final = Verdict(Label.BODY, "body.dashed-line", 0.9)
#: So many different menus' words are evidence together, though a writer may use each.
_MENU: Final = 3
#: A headline that the scorer keeps is among so many first blocks of the article.
_OPENING: Final = 3
#: Part of the title is a headline if it has so many letters.
_HEADLINE: Final = 15
#: A page's fields stand so many blocks before and after its article, …
_BEFORE: Final = 8
_AFTER: Final = 4
#: … and have so many characters.
_FIELD_LENGTH: Final = 200
#: On a page rules are asked about short paragraphs, among which ads are put, and about anything that is not long where
#: the scorer is not quite sure. Of other blocks they claimed next to none in the corpora.
_SHORT: Final = 120
_MIDDLING: Final = 300
_QUITE_SURE: Final = 0.95
#: Lines of a text that are judged together, since each takes 1.3 kB while it is: no page prints so many. Of a text that
#: has more (a year's stories in one file) so many after the other are judged, as if each part were a text; what is
#: evidence in one part is so for all.
_AT_ONCE: Final = 8_000
#: So often is looked again whether what spares a line is still there; each round takes one more of a row of lines that
#: spare each other, of which nobody has written more.
_ROUNDS: Final = 8
#: So often is looked for fields where others have gone; each round takes one more of those that stand so.
_FIELD_ROUNDS: Final = 64
#: What may stand above any line of a story.
_SENTENCE: Final = Block("It rained.", 1)
_PARAGRAPHS: Final = frozenset(("p", "div", "section", "article", "main", "body", "center"))

Verdicts = list[Verdict | None]


def label(document: Document, options: Options) -> list[Verdict]:
    """Return one verdict for each block; set `document.language` where it is None, and a page's `figures`.

    >>> blocks = [Block("It rained in Kyiv on Thursday.", 1), Block("Post navigation", 2)]
    >>> [verdict.rule for verdict in label(Document(blocks), Options())]
    ['body.default', 'navigation.post-navigation']
    """
    if options.rules is None:
        return _label(document, options)
    from cleaners.own.first import label_first  # for who has rules of his own

    return label_first(document, options, _label)


def _label(
    document: Document,
    options: Options,
    off: frozenset[str] = frozenset(),
    told: Mapping[int, Verdict] | None = None,
    *,
    evident: bool = False,
) -> list[Verdict]:
    """Return the verdicts of the rules that are not `off`, and of the scorer.

    `told` is what rules of one's own say of a page's blocks; of a text's they say whether there is junk in it.
    """
    verdicts: Verdicts
    if document.page is None:
        verdicts = _label_text(document, options, off, told=evident)
        _hold_between(document.blocks, verdicts, options)
    else:
        verdicts = _label_page(document.page, document.blocks, options, off)
        for i, verdict in (told or {}).items():
            if verdict.label not in TEXT_LABELS:
                verdicts[i] = verdict
    if document.repeated and "site.repeated" not in off:
        verdicts = judge_repeated(document.blocks, verdicts, document.repeated)
    if document.language is None:
        story = [b.text for b, v in zip(document.blocks, verdicts, strict=True) if _stays(v, options)]
        document.language = language_of(story)
    settled = [verdict or UNCLAIMED for verdict in verdicts]
    if document.page is not None:
        from cleaners.photos.figures import claim_figures  # the parser is for pages only

        return claim_figures(document, settled, told or {})
    return settle_photo_lines(document, settled) if PHOTO_LABELS.isdisjoint(options.keep) else settled


def _label_text(document: Document, options: Options, off: frozenset[str], *, told: bool) -> Verdicts:
    blocks = document.blocks
    parts = [slice(start, start + _AT_ONCE) for start in range(0, max(len(blocks), 1), _AT_ONCE)]
    claims: list[Claim | None] = []
    for part in parts:
        lines = _lines(blocks[part])
        claims += judge_lines(lines, off)
    evident = told or _has_evidence(blocks, claims, options)
    verdicts: Verdicts = []
    for part in parts:
        verdicts += _weigh(blocks[part], claims[part], options) if evident else _hear(claims[part], options)
    if width := _wrap_width(blocks, verdicts):
        document.blocks = mend_lines(blocks, width)  # its lines stood among others
        return _label_text(document, options, off, told=told)
    _keep_dashes(blocks, verdicts, options, off)
    open_parts = [part for part in parts if any(claim and claim.spared is not None for claim in claims[part])]
    # What spares a line may be a field, what is no longer spared may stand above one, and so may what goes late.
    heard: list[int] = []
    for _ in range(_ROUNDS):
        before = list(verdicts)
        _claim_fields(blocks, verdicts, options, off, evident=evident)
        for part in open_parts:
            lines = lines if len(parts) == 1 else _lines(blocks[part])
            verdicts[part] = _spare(lines, claims[part], verdicts[part], options)
        left = [i for i, verdict in enumerate(verdicts) if _is_story(verdict) and _stays(verdict, options)]
        if left != heard:
            _claim_late(blocks, left, claims, verdicts, options, off, evident=evident)
            heard = left
        if before == verdicts:
            break
    return verdicts


def _claim_late(
    blocks: Sequence[Block],
    left: Sequence[int],
    claims: Sequence[Claim | None],
    verdicts: Verdicts,
    options: Options,
    off: frozenset[str],
    *,
    evident: bool,
) -> None:
    """Let go what late rules claim of what is left, as if nothing else stood around it, if anything gives itself away.

    A text in which nothing else does is no page's dump: it is not weighed for them.
    """
    late: dict[int, Claim] = {}
    for start in range(0, len(left), _AT_ONCE):
        places = left[start : start + _AT_ONCE]
        found = judge_late(_lines([blocks[i] for i in places]), [_unheard(claims[i]) for i in places], off)
        late.update((i, claim) for i, claim in zip(places, found, strict=True) if claim and is_late(claim))
    goes = {i: claim for i, claim in late.items() if not claim.spared and not _stays(claim.verdict, options)}
    if evident or any(not claim.needs_company and not _is_inside(blocks, i) for i, claim in goes.items()):
        for i, claim in goes.items():
            before = claims[i]
            verdicts[i] = (
                claim.verdict if before is None or _stays(before.verdict, options) else before.verdict
            )


def _unheard(claim: Claim | None) -> Claim | None:
    """Return a claim that has been decided; what stayed only for want of company is heard like any other line.

    A link to another story is not: in a guide it is the guide's.
    """
    decided = claim and (claim.spared or claim.read_as or claim.verdict.label is Label.RELATED)
    return claim if decided else None


def _lines(blocks: Sequence[Block]) -> Lines:
    return Lines([block.text for block in blocks])


def _weigh(blocks: Sequence[Block], claims: Sequence[Claim | None], options: Options) -> Verdicts:
    """Return what the rules claim of lines, and what the scorer says of the others."""
    heard: Verdicts = [claim.verdict if claim and not claim.spared else None for claim in claims]
    weighed = weigh_text([block.text for block in blocks], heard, options.mode)
    return [
        None if claim and claim.placed else verdict for claim, verdict in zip(claims, weighed, strict=True)
    ]


def _hear(claims: Sequence[Claim | None], options: Options) -> Verdicts:
    """Return what the rules claim of the lines of a text without evidence."""
    return [claim and _lonely(claim, options) for claim in claims]


def _spare(lines: Lines, claims: Sequence[Claim | None], verdicts: Verdicts, options: Options) -> Verdicts:
    """Return the verdicts with what its surroundings may spare judged by what is left around it."""
    open_to = {i: claim for i, claim in enumerate(claims) if claim and claim.spared is not None}
    left = [i for i, verdict in enumerate(verdicts) if i in open_to or _stays(verdict, options)]
    around = lines.among(left)
    held = {i for i, claim in open_to.items() if claim.spared}
    for at, i in enumerate(left):
        if (claim := open_to.get(i)) and (spared := is_spared(claim, around, at)) is not claim.spared:
            verdicts[i] = None if spared else claim.verdict
            held ^= {i}
    # What spares a line may have gone itself.
    for turn in range(_ROUNDS if held else 0):
        left = [i for i, verdict in enumerate(verdicts) if _stays(verdict, options)]
        around = lines.among(left)
        gone = [
            i
            for at, i in enumerate(left)
            if i in held and (turn == _ROUNDS - 1 or not is_spared(open_to[i], around, at))
        ]
        if not gone:
            break
        for i in gone:
            verdicts[i] = open_to[i].verdict
        held.difference_update(gone)
    return verdicts


def _lonely(claim: Claim, options: Options) -> Verdict | None:
    """Return what a claim comes to in a text without evidence: its line stays, though a field may be read from it."""
    if _stays(claim.verdict, options):
        return claim.verdict
    return _stay(claim) if claim.read_as and not claim.placed else None


def _stay(claim: Claim) -> Verdict:
    return Verdict(Label.BODY, claim.verdict.rule, claim.verdict.confidence, claim.read_as)


def _has_evidence(blocks: Sequence[Block], claims: Sequence[Claim | None], options: Options) -> bool:
    """Return whether a line of the text gives itself away, or a menu does by several of its words."""
    menu: set[str] = set()
    for i, claim in enumerate(claims):
        if claim is None or not claim.evident or claim.spared or _stays(claim.verdict, options):
            continue
        if _is_inside(blocks, i) and not (_may_go(claims[i - 1], options) or _may_go(claims[i + 1], options)):
            continue
        if not claim.needs_company:
            return True
        if claim.verdict.label is Label.NAVIGATION:
            menu.add(blocks[i].text)
            if len(menu) == _MENU:
                return True
    return False


def _as_written(block: Block, verdict: Verdict | None) -> Block:
    """Return the block as the article will have it: a crosshead without its dashes."""
    if verdict is None or verdict.label is not Label.HEADING:
        return block
    bare = heading_text(block.text)
    return block if bare == block.text else Block(bare, block.line)


def _may_go(claim: Claim | None, options: Options) -> bool:
    return claim is not None and not _stays(claim.verdict, options)


def _claim_fields(
    blocks: Sequence[Block], verdicts: Verdicts, options: Options, off: frozenset[str], *, evident: bool
) -> None:
    """Claim the lines at the story's beginning and end that hold its fields.

    What goes makes room for others, as a byline that is printed twice: it is looked again until nothing goes.
    """
    story = [i for i, verdict in enumerate(verdicts) if _is_story(verdict)]
    for _ in range(_FIELD_ROUNDS):
        far = len(story) - 2 * ENDS
        ends = [*story[:ENDS], *story[-ENDS:]] if far > 0 else story
        claims = judge_ends([_as_written(blocks[i], verdicts[i]) for i in ends], off)
        evident = evident or any(not claim.needs_company for claim in claims.values())
        gone = 0
        for at, claim in claims.items():
            verdict = verdicts[ends[at]] = claim.verdict if evident else _stay(claim)
            gone += not _stays(verdict, options)
        if not gone:
            return
        left = [i for i in ends if _stays(verdicts[i], options)]
        if far > 0:
            first = sum(_stays(verdicts[i], options) for i in story[:ENDS])
            left[first:first] = story[ENDS:-ENDS]
        story = left


def _keep_dashes(blocks: Sequence[Block], verdicts: Verdicts, options: Options, off: frozenset[str]) -> None:
    """Let those crossheads keep their dashes that would not stay in the cleaned text without them.

    "– Comments –" is a crosshead; "Comments", on a line of its own, is where a page's comments begin.
    """
    from cleaners.rules.sounds import hear  # its tables are for who cleans

    goes: dict[str, bool] = {}
    for i, verdict in enumerate(verdicts):
        if verdict is None or verdict.label is not Label.HEADING or not _stays(verdict, options):
            continue
        bare = heading_text(blocks[i].text)
        if bare == blocks[i].text:
            continue
        if bare not in goes:
            claims = (judge(lines, [at], off)[0] for lines, at in _alone_and_below(bare))
            goes[bare] = hear(bare) is not None or any(
                claim is not None and not _stays(claim.verdict, options) for claim in claims
            )
        if goes[bare]:
            verdicts[i] = DASHED


def _alone_and_below(text: str) -> tuple[tuple[Sequence[Block], int], ...]:
    """Return a line where it may stand, and its place there: a sign-off is none without a story above it."""
    line = Block(text, 2)
    return ([line], 0), ([_SENTENCE, line], 1)


def _label_page(page: Page, blocks: Sequence[Block], options: Options, off: frozenset[str]) -> Verdicts:
    if not blocks:
        return []
    # The parser, and numpy, are for pages only.
    from cleaners.read.names import read_names
    from cleaners.rules.elements import element_verdicts

    names = read_names(page.walk)
    texts = [block.text for block in blocks]
    weighed = weigh_page(page, names, texts, options.mode)
    verdicts: Verdicts = [None] * len(blocks)
    kept = weighed.kept
    doubtful = [at for at, i in enumerate(kept) if _is_doubtful(blocks[i], weighed.chance[i])]
    near = _places_around(texts, kept)
    # The rules are asked of the article, as if it were a text, and of the page: lines are read once for both.
    lines = Lines([texts[i] for i in kept], doubtful, [texts[i] for i in seen_around(near, len(texts))])
    claims = [
        None if claim and claim.needs_company and is_late(claim) else claim
        for claim in judge_late(lines, judge_lines(lines, off), off)
    ]
    _claim_kept(blocks, weighed, doubtful, claims, verdicts)
    for i, other in weighed.others.items():
        verdicts[i] = other
    if near:
        _claim_around(near, judge_lines(lines.instead(texts, near), off), kept, verdicts)
    _find_headline(blocks, page.metadata.title, weighed.kept, verdicts)
    others = [i for i, verdict in enumerate(verdicts) if verdict is None]
    for i, verdict in zip(others, element_verdicts(page.walk, names, others), strict=True):
        verdicts[i] = verdict or Verdict(Label.BOILERPLATE, weighed.rule, round(1 - weighed.sure[i], 3))
    return verdicts


def _claim_kept(
    blocks: Sequence[Block],
    weighed: Weighed,
    doubtful: Sequence[int],
    claims: Sequence[Claim | None],
    verdicts: Verdicts,
) -> None:
    """Ask the rules about what the scorer keeps, as if it were a text: only what they are sure of goes."""
    kept = weighed.kept
    for at, claim in zip(doubtful, claims, strict=True):
        if claim is not None and not claim.spared and claim.verdict.label not in TEXT_LABELS:
            verdicts[kept[at]] = claim.verdict
    for i in kept:
        if verdicts[i] is None:
            markup = blocks[i].markup
            label = Label.HEADING if markup and markup.level else Label.BODY
            verdicts[i] = Verdict(label, weighed.rule, round(weighed.sure[i], 3))


def _is_doubtful(block: Block, chance: float) -> bool:
    size, tag = len(block.text), block.markup.tag if block.markup else ""
    return size <= _MIDDLING and (chance < _QUITE_SURE or (size <= _SHORT and tag in _PARAGRAPHS))


def _places_around(texts: Sequence[str], kept: Sequence[int]) -> list[int]:
    """Return the places right before and after the article, where its fields stand, and of lines that may say rights.

    Who holds the rights may stand at the page's very end, behind lists of other stories.
    """
    if not kept:
        return []
    first, end = kept[0], kept[-1] + 1 + _AFTER
    near = [*range(max(first - _BEFORE, 0), first), *range(kept[-1] + 1, len(texts))]
    return [i for i in near if len(texts[i]) <= _FIELD_LENGTH and (i < end or "©" in texts[i])]


def _claim_around(
    places: Sequence[int], claims: Sequence[Claim | None], kept: Sequence[int], verdicts: Verdicts
) -> None:
    """Claim the fields, and behind them the rights, among what the rules say of the places around the article."""
    end = kept[-1] + 1 + _AFTER
    for i, claim in zip(places, claims, strict=True):
        if claim is not None and not claim.spared:
            label = claim.verdict.label
            if label in FIELD_LABELS if i < end else label is Label.RIGHTS:
                verdicts[i] = claim.verdict


def _find_headline(
    blocks: Sequence[Block], title: str | None, kept: Sequence[int], verdicts: Verdicts
) -> None:
    """Mark the block that prints the page's title: among the article's first ones, or nearest above, or else below."""
    wanted = squeezed(title or "")
    if not wanted or not kept:
        return
    longest = 2 * len(title or "") + 20
    opening = list(takewhile(lambda i: i <= kept[0] + _OPENING and len(blocks[i].text) <= longest, kept[:-1]))
    for i in (*opening, *range(kept[0], -1, -1), *range(kept[0] + 1, len(blocks))):
        if (verdicts[i] is None or i in opening) and len(blocks[i].text) <= longest:
            text = squeezed(blocks[i].text)
            # The title may have the site's name at one end.
            part = (
                i in opening and len(text) >= _HEADLINE and (wanted.startswith(text) or wanted.endswith(text))
            )
            if part or text == wanted:
                verdicts[i] = Verdict(Label.TITLE, "titles.page-title", 0.95)
                return


def _is_inside(blocks: Sequence[Block], i: int) -> bool:
    """Return whether a line stands in the middle of a sentence: a page's links, say, which some tools part from it."""
    return 0 < i < len(blocks) - 1 and is_mid_sentence(heading_text(blocks[i - 1].text), blocks[i + 1].text)


def _hold_between(blocks: Sequence[Block], verdicts: Verdicts, options: Options) -> None:
    """Let what a rule would cut out of the middle of a sentence stay, where the sentence's ends do."""
    for i, verdict in enumerate(verdicts):
        if (
            verdict is not None
            and verdict.label in JUNK_LABELS
            and verdict.label is not Label.BOILERPLATE
            and not _stays(verdict, options)
            and _is_inside(blocks, i)
            and _stays(verdicts[i - 1], options)
            and _stays(verdicts[i + 1], options)
        ):
            verdicts[i] = None


def _stays(verdict: Verdict | None, options: Options) -> bool:
    """Return whether a block with this verdict stays in the body."""
    return verdict is None or verdict.label in options.staying


def _is_story(verdict: Verdict | None) -> bool:
    return verdict is None or verdict.label in TEXT_LABELS


def _wrap_width(blocks: Sequence[Block], verdicts: Verdicts) -> int:
    """Return the width at which the story is wrapped, numbering its lines anew: others stood between them."""

    def story() -> Iterator[Block]:
        return (block for block, verdict in zip(blocks, verdicts, strict=True) if _is_story(verdict))

    if has_wide_line(story()):
        return 0
    lines = (Block(block.text, number) for number, block in enumerate(story()))
    return wrap_width(gather(lines, len(blocks)))
