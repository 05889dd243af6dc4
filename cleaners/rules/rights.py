"""Rights notices: who holds the rights in the story. They are a field of the article, neither body nor junk."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from cleaners.article import Rights
from cleaners.blocks import Label
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.wire.agencies import find_agency
from cleaners.wire.rights import notice_starts, parse_rights
from cleaners.words import word_set
from cleaners.words.lexicon import first_words

_BRACKETS = " *-<＜[(（/|"
#: Longer lines are paragraphs, in which the word must stand near the start.
_LONGEST_LINE = 160
_NEAR = 40
#: A text's last lines, where writers too say who holds the rights.
_ENDING = 2
#: … but without the sign.
_SIGNS = frozenset("©ⓒ")


def _like_rights(lines: Lines) -> Collection[int]:
    """Return the places of the lines with a sign of rights, an opener's first letters, or a phrase's last word."""
    texts, starts = lines.texts, notice_starts()
    places = [
        place
        for place in lines.holding(("(c)", "opyright"))
        if len(text := texts[place]) < _LONGEST_LINE or "opyright" in text[:_NEAR]
    ]
    ends = word_set("rights", "ends")
    places += [place for place, words in enumerate(lines.words) if words and words[-1] in ends]
    places += [
        place
        for place in (*lines.opened_by(_first_words(), 4), *lines.foreign)
        if texts[place].lstrip(_BRACKETS)[:4].casefold() in starts
    ]
    return {*lines.holding("©ⓒ"), *places}


@cache
def _first_words() -> frozenset[str]:
    """Return the first words of the openers' first four letters, as `Lines.openings` has them."""
    return first_words(notice_starts())


def _is_at_end(lines: Lines, i: int, _count: int) -> bool:
    return i >= len(lines) - _ENDING and _SIGNS.isdisjoint(lines[i])


@rule(
    {"rights.notice": Label.RIGHTS, "rights.agency-notice": Label.RIGHTS},
    longest=900,
    where=_like_rights,
    reads=parse_rights,
    needs_company={"rights.notice": _is_at_end},
    read_as=Label.RIGHTS,
)
def rights_notice(text: str, notice: Rights) -> str:
    """Like "© (2024) Agence France-Presse", "RIPRODUZIONE RISERVATA © Copyright ANSA", "Tous droits réservés".

    >>> rights_notice.says("© (2024) Agence France-Presse"), rights_notice.says("Tous droits réservés")
    ('rights.agency-notice', 'rights.notice')
    >>> rights_notice.says("Copyright law protects the photographer, the court said.")
    """
    of_agency = notice.holder is not None and find_agency(notice.holder) is not None
    return "rights.agency-notice" if of_agency else "rights.notice"
