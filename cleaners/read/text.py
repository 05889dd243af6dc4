"""A text to a document: a block for each line that is not blank, lines put right where some program broke them.

Hard-wrapped lines are rejoined, several paragraphs on one line split. Only a text that clearly is hard-wrapped is
touched: a program that wraps at a width puts a word on the next line because it does not fit any more; lines that a
writer or a page ended rarely end just there. That is the whole test.
"""

from __future__ import annotations

from itertools import chain

from cleaners.blocks import Block, Document, gather
from cleaners.errors import TooLarge, wrong_type
from cleaners.options import DEFAULT, Options
from cleaners.patterns import late_pattern
from cleaners.read.characters import valid_text, without_surrogates
from cleaners.read.decode import MOST_BYTES, repair_mojibake, too_large
from cleaners.read.inserted import AD_SIGN, part_ad_mark, without_link_notes
from cleaners.sentences import ends_sentence
from cleaners.words.lexicon import is_joined

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Controls that carry no text; tab and the line ends stay.
_LOW_CONTROLS = late_pattern("[\x00-\x08\x0e-\x1b\x7f]")
#: Widths that mail programs, terminals and agencies' wires wrap at lie between these.
_NARROW = 40
_WIDE = 132
#: So many full lines there must be, with such a share of the characters, before a text counts as wrapped.
LEAST_LINES = 6
_LEAST_SHARE = 0.5
#: Prose wrapped at a width breaks within sentences: of the full lines so many do not end one, and of the lines after
#: them so many begin with a letter that is no capital.
_BROKEN_SENTENCES = 0.6
_SMALL_LETTERS = 0.4
#: Letters of a word in a script that writes words together, at most: of Thai, of Japanese in katakana.
_LONGEST_JOINED = 8
_BULLETS = frozenset("•*-–—+>|#·●■▪◦►▶")
#: A line so long with wide gaps in it holds several paragraphs.
_SEVERAL = 400
_GAP = late_pattern(r"\t+|[ \u00a0]{4,}")


def read_text(text: str, options: Options = DEFAULT) -> Document:
    """Return the text as a document: one block for each line that is not blank, numbered as in the text.

    Every line end counts (LF, CRLF, CR, U+2028 …), but the lines of a text that clearly is hard-wrapped are rejoined,
    and several paragraphs on one line split. Lines that were once read in a wrong encoding are put right, and each
    holds only what a text may (see cleaners/read/characters.py).

    >>> [(block.line, block.text) for block in read_text("Rain in Kyiv.\\r\\n\\r\\n  It rained. ").blocks]
    [(1, 'Rain in Kyiv.'), (3, 'It rained.')]
    """
    if not isinstance(text, str):
        made = " (decode_text makes one of bytes)" if isinstance(text, bytes | bytearray) else ""
        raise wrong_type("a text", "a str" + made, text)
    if len(text) > MOST_BYTES:
        raise TooLarge(too_large("characters"))
    text = without_surrogates(text).replace("\x1f", " ")  # a space among the controls
    if _LOW_CONTROLS.search(text):
        text = _LOW_CONTROLS.sub("", text)
    text = _mend_letters(text)
    lines = without_link_notes(text).splitlines()
    found = (Block(bare, number) for number, line in enumerate(lines, 1) if (bare := line.strip()))
    if AD_SIGN in text:
        found = (Block(part, block.line) for block in found for part in part_ad_mark(block.text))
    blocks = mend_lines(gather(found, len(lines)))
    return Document(blocks, options.language, options.url, repeated=options.repeated)


def _mend_letters(text: str) -> str:
    """Return a valid text without mojibake: an unseen sign between two of its letters may have hidden some."""
    while not text.isascii():
        mended = valid_text(repair_mojibake(text))
        if mended == text:
            # Space behind a line goes; it may have hidden the end of some. (Before, it may be one of their letters.)
            mended = "\n".join(map(str.rstrip, text.split("\n")))
        if mended == text:
            break
        text = mended
    return text


def mend_lines(blocks: Sequence[Block], width: int | None = None) -> Sequence[Block]:
    """Return a text's blocks with wrapped lines rejoined, at `width` if it is known, and long lines split at wide gaps.

    A rejoined block has the line number of its first part. Nothing is lost: all words come out in their order. A line
    that ends in a hyphen within a word is joined without a space and keeps the hyphen.

    >>> [block.text for block in mend_lines([Block("It rained.", 1), Block("Residents left.", 2)])]
    ['It rained.', 'Residents left.']
    """
    if width is None:
        width = wrap_width(blocks)
    if width:
        return gather(_rejoin(blocks, width), len(blocks))
    parted = (_split(block) if len(block.text) >= _SEVERAL else (block,) for block in blocks)
    return gather(chain.from_iterable(parted), len(blocks))


def wrap_width(blocks: Sequence[Block]) -> int:
    """Return the width at which a text is hard-wrapped, or 0 if it is not, or not clearly.

    >>> wrap_width([Block("A line that a page ended.", number) for number in range(9)])
    0
    """
    if has_wide_line(blocks):  # settles it for most texts
        return 0
    width = max((len(block.text) for block in blocks), default=0)
    if width < _NARROW:
        return 0
    full = [i for i in range(len(blocks)) if _is_full(blocks, i, width)]
    if len(full) < LEAST_LINES:
        return 0
    if sum(len(blocks[i].text) for i in full) < _LEAST_SHARE * sum(len(block.text) for block in blocks):
        return 0
    broken = sum(not ends_sentence(blocks[i].text) for i in full)
    small = sum(blocks[i + 1].text[0].isalpha() and not blocks[i + 1].text[0].isupper() for i in full)
    prose = broken >= _BROKEN_SENTENCES * len(full) and small >= _SMALL_LETTERS * len(full)
    return width if prose else 0


def has_wide_line(blocks: Iterable[Block]) -> bool:
    """Tell whether a line is too long for a text that is hard-wrapped.

    >>> has_wide_line([Block("It rained.", 1), Block("It rained in Kyiv. " * 9, 2)])
    True
    """
    return any(len(block.text) > _WIDE for block in blocks)


def _is_full(blocks: Sequence[Block], i: int, width: int) -> bool:
    """Tell whether the first word of the line below had no place on this line."""
    if i + 1 >= len(blocks) or blocks[i + 1].line > blocks[i].line + 1:
        return False
    line, after = blocks[i].text, blocks[i + 1].text
    if after[0] in _BULLETS or len(line) * 2 < width:
        return False
    space = after.find(" ")
    first = space if space >= 0 else len(after)
    if is_joined(after):  # its lines end between any two words, or any two letters
        first = min(first, _LONGEST_JOINED)
    return len(line) + 1 + first > width


def _rejoin(blocks: Sequence[Block], width: int) -> Iterator[Block]:
    parts: list[str] = []
    first = 0
    for i, block in enumerate(blocks):
        if not parts:
            first = block.line
        elif not (parts[-1][-1] == "-" and parts[-1][-2:-1].isalpha() and block.text[0].islower()):
            parts.append(" ")
        parts.append(block.text)
        if not _is_full(blocks, i, width):
            yield Block("".join(parts), first)
            parts = []


def _split(block: Block) -> list[Block]:
    """Return the paragraphs of a long line."""
    text = block.text
    if not ("\t" in text or "    " in text or "\u00a0" in text):
        return [block]
    return [Block(part, block.line) for raw in _GAP.split(text) if (part := raw.strip())]
