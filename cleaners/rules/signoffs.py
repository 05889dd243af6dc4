"""Agency tails: the initials of the desk and the lines about who worked on the story, at its very end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.patterns import late_pattern
from cleaners.rules.gates import asked

if TYPE_CHECKING:
    from cleaners.rules import Rule

#: "burs-as/gv", "dl/tgb/bc", "/cb", "mac-jh/sbk", "kli/ mark/": initials in small letters between slashes and hyphens.
_INITIALS = late_pattern(
    r"\(?/?[a-z]{1,5}(?:-[a-z]{1,5}){0,5}(?:/[a-z]{1,5}(?:-[a-z]{1,5}){0,5}){1,6}/?\)?\.?"
    r"|/[a-z]{2,4}/?|burs?-[a-z]{2,4}|[a-z]{2,5}/(?: [a-z]{2,5}/){1,3}"
)
_WORDS = frozenset(
    (
        "and/or",
        "he/she",
        "she/he",
        "his/her",
        "her/his",
        "him/her",
        "w/o",
        "a/c",
        "km/h",
        "m/s",
        "n/a",
        "s/he",
        "on/off",
        "yes/no",
        "his/hers",
        "und/oder",
        "et/ou",
        "y/o",
        "e/o",
        "i/o",
        "o/a",
        "/or",
    )
)
_REPORTING = late_pattern(
    r"[(\[]\s?(?:additional\s)?(?:reporting|writing|editing|compiled|translated|report|bearbeitet|geschrieben|reportage|édité|reporte|editado|reportagem|edição|por)\b",
    re.I,
)
#: How many blocks a tail may stand before the end of the text (rights, footer and junk may follow it).
_FROM_END = 8
_PROSE = 140


@asked(near_end=_FROM_END, longest=40)
def agency_initials(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "burs-as/gv" after the last paragraph."""
    if len(blocks) - i > _FROM_END:
        return None
    text = blocks[i].text
    if len(text) > 40 or ("/" not in text and text[:4] != "burs" and text[:4] != "bur-"):
        return None
    if not _INITIALS.fullmatch(text) or text.strip("().") in _WORDS or not _at_end(blocks, i):
        return None
    return Verdict(Label.SIGNOFF, "signoffs.agency-initials", 0.95)


@asked(near_end=_FROM_END, first="([", longest=400)
def reporting_line(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "(Reporting by Anna Smith in Kyiv; Editing by Omar Haddad)" after the last paragraph."""
    if len(blocks) - i > _FROM_END:
        return None
    text = blocks[i].text
    if text[:1] not in "([" or len(text) > 400 or not text.rstrip(" .").endswith((")", "]")):
        return None
    if not _REPORTING.match(text) or (
        " by " not in text and ":" not in text and " por " not in text and " par " not in text
    ):
        return None
    return Verdict(Label.SIGNOFF, "signoffs.reporting-line", 0.9) if _at_end(blocks, i) else None


def _at_end(blocks: Sequence[Block], i: int) -> bool:
    """Whether only short lines and rights notices follow."""
    if i == 0:
        return False
    following = [block.text for block in blocks[i + 1 :]]
    if all(len(text) < _PROSE for text in following):
        return True
    from cleaners.wire.rights import parse_rights

    return all(len(text) < _PROSE or parse_rights(text) is not None for text in following)


RULES: tuple[Rule, ...] = (agency_initials, reporting_line)
