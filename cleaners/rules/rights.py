"""Rights notices: who holds the rights in the story. They are a field of the article, neither body nor junk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import Lines, asked
from cleaners.words.lexicon import first_words

if TYPE_CHECKING:
    from cleaners.rules import Rule

_LONGEST = 900
_BRACKETS = " *-<＜[(（/|"
_SIGNS = ("©", "ⓒ", "(c)", "opyright")


def _opening_like_rights(lines: Lines) -> list[int]:
    """The lines that have an opener's first letters, or a phrase's last ones."""
    starts, texts = _STARTS or _read_starts(), lines.texts
    places = lines.opened_by(_first_words(), 4)
    places += [place for place in lines.foreign if texts[place].lstrip(_BRACKETS)[:4].casefold() in starts]
    ends = [text[-4:] for text in texts]
    if not _LAST_LETTERS.isdisjoint(ends):
        places += [place for place, end in enumerate(ends) if end in _LAST_LETTERS]
    return places


@cache
def _first_words() -> frozenset[str]:
    """The first words of the openers' first four letters, as `Lines.openings` has them."""
    return first_words(_STARTS or _read_starts())


@alone
@asked(longest=_LONGEST, signs=_SIGNS, where=_opening_like_rights)
def rights_notice(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "© (2024) Agence France-Presse", "RIPRODUZIONE RISERVATA © Copyright ANSA", "Tous droits réservés"."""
    text = blocks[i].text
    if len(text) > _LONGEST or not _could_be_rights(text):
        return None
    from cleaners.wire.rights import parse_rights

    found = parse_rights(text)
    if found is None:
        return None
    from cleaners.wire.agencies import find_agency

    of_agency = found.holder is not None and find_agency(found.holder) is not None
    return Verdict(Label.RIGHTS, "rights.agency-notice" if of_agency else "rights.notice", 0.95)


def _could_be_rights(text: str) -> bool:
    """The cheap gate: a sign, or one of the openers' first letters."""
    if "©" in text or "ⓒ" in text:
        return True
    if len(text) < 160:
        if "opyright" in text or "(c)" in text or text.endswith(_ENDS) or text.endswith("eserved."):
            return True
    elif "opyright" in text[:40]:
        return True
    start = text[:4] if text[0] not in _BRACKETS else text.lstrip(_BRACKETS)[:4]
    return start.casefold() in (_STARTS or _read_starts())


_STARTS: set[str] = set()
_ENDS = (
    "eserved",
    "réservés",
    "orbehalten",
    "eservados",
    "eservata",
    "eservati",
    "oorbehouden",
    "astrzeżone",
    "yhrazena",
    "rezervate",
    "fenntartva",
    "aklıdır",
    "ащищены",
    "ащищені",
    "RESERVED",
    "eserved.",
    "orbehalten.",
    "COPYRIGHT",
)
_LAST_LETTERS = frozenset(("ved.", *(end[-4:] for end in _ENDS)))


def _read_starts() -> set[str]:
    from cleaners.wire.rights import rights_words

    _STARTS.update(rights_words().starts)
    return _STARTS


RULES: tuple[Rule, ...] = (rights_notice,)
