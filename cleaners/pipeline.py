"""Document to article: every block gets a verdict, until cleaning the result again would change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cleaners.article import Article
from cleaners.assemble import assemble, body_text
from cleaners.blocks import TEXT_LABELS, Block, Document, Label, Verdict
from cleaners.language import detect_language

Mode = Literal["careful", "balanced", "aggressive"]

#: What nobody claims is the article's.
UNCLAIMED: Final = Verdict(Label.BODY, "body.default", 0.5)
#: How often the remaining lines are judged at most. Real texts need two rounds, the second over little; the bound
#: keeps a hostile text linear.
_ROUNDS: Final = 12
#: Characters of long lines that the language is told from, and what counts as long.
_LANGUAGE_SAMPLE: Final = 4_000
_LONG_LINE: Final = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """Which labels' lines leave the body, and how hard the scorer cuts."""

    keep: frozenset[Label] = frozenset()
    drop: frozenset[Label] = frozenset()
    mode: Mode = "balanced"


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
    return assemble(document, label_blocks(document, choice), choice.keep, choice.drop)


def label_blocks(document: Document, choice: Choice = DEFAULT) -> list[Verdict]:
    """Return one verdict for each block, as they stand when nothing more goes.

    A rule looks at a line in its place, and when lines go, others become neighbours. So what remains is judged
    again until nothing more goes: that is why cleaning a cleaned text changes nothing. A text that loses nothing is
    judged once. Sets `document.language` where it is None.
    """
    told = document.language
    final = [UNCLAIMED] * len(document.blocks)
    origins: Sequence[int] = range(len(document.blocks))
    current = document
    for round_number in range(_ROUNDS):
        current.language = told or _language(current.blocks)
        verdicts = _judge(current, choice)
        survivors, surviving_origins, changed = [], [], False
        for block, origin, verdict in zip(current.blocks, origins, verdicts, strict=True):
            if verdict is None or verdict.label in choice.keep or verdict.label in TEXT_LABELS - choice.drop:
                if round_number == 0 and verdict is not None:
                    final[origin] = verdict
                text = body_text(block, final[origin])
                if text is not block.text:
                    block, changed = Block(text, block.line, block.path, block.hint), True
                survivors.append(block)
                surviving_origins.append(origin)
            else:
                final[origin] = verdict
                changed = True
        if not changed:
            break
        current = Document(survivors, told, document.url, document.metadata, document.notes)
        origins = surviving_origins
    document.language = current.language or told
    return final


def _judge(document: Document, choice: Choice) -> list[Verdict | None]:
    from cleaners.rules import judge  # reads the phrase files: for who cleans, not for who imports

    verdicts = judge(document)
    if repeated := document.notes.get("repeated"):
        from cleaners.repeated import judge_repeated

        verdicts = judge_repeated(document.blocks, verdicts, repeated)
    return verdicts


def _language(blocks: Sequence[Block]) -> str | None:
    """Tell the language from the long lines, which are rarely junk; from all lines where none is long."""
    sample: list[str] = []
    size = 0
    for block in blocks:
        if len(block.text) >= _LONG_LINE:
            sample.append(block.text)
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
