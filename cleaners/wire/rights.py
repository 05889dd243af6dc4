"""Rights notices: a line that says who holds the rights, and since when.

The openers and phrases are those of the agencies' own services and of the footers that papers print under
their stories.
"""

from __future__ import annotations

import re
from functools import cache

from cleaners.article import Rights
from cleaners.patterns import late_pattern
from cleaners.wire.agencies import find_agency
from cleaners.wire.names import is_organisation
from cleaners.wire.parts import YEAR, YEARS, longest_first
from cleaners.words import word_set, words


@cache
def notice_openers() -> tuple[str, ...]:
    """Return what a notice opens with, the longest first."""
    return longest_first("rights", "openers")


@cache
def notice_starts() -> frozenset[str]:
    """Return the first four letters of all openers: the cheap gate."""
    return frozenset(opener[:4] for opener in notice_openers())


#: Characters of a notice, of one that is told by its © or its end, and of a holder.
_LONGEST = 900
_LONGEST_TOLD = 160
_LONGEST_HOLDER = 80
#: "… reserved by the heirs of Anna Smith": with more words it is a sentence.
_MOST_WORDS_OF_A_HOLDER = 7
_EDGES = " \t\xa0.,;:–—-©"
_SIGN = late_pattern(r"©|ⓒ|\(c\)(?=\s)|copyright\b", re.I)
_DPA_NUMBER = late_pattern(r"\bdpa:\d{6}-\d{1,3}-\d{1,7}")
_NOTICE = late_pattern(
    rf"(?:(?:©|ⓒ|\(c\)|copyrights?)[\s:,]{{0,3}}){{1,3}}(?:by\s)?(?P<years>{YEARS})?[\s,.:–-]{{0,4}}(?:by\s)?(?P<rest>.*)",
    re.I | re.S,
)
_BEFORE_YEAR = late_pattern(rf"(?P<holder>.{{2,80}}?)[\s,.–-]{{1,4}}(?P<years>{YEARS})\.?")
_HEAD_ENDS = late_pattern(r"\s*[.|,:]\s+|\s[-–—]\s")
_PIECES_END = late_pattern(r"[.:,;|()\[\]<>]\s*")
_BEFORE_HOLDER = late_pattern(rf"^(?:by|par|von|{YEARS})[\s,]+", re.I)
_HOLDER_ENDS = late_pattern(r"[.|;!]\s|\.$|\s[-–—]\s|\s[-–]?(?=무단|재)|,\s")
_YEARS_BEHIND = late_pattern(rf"[\s,]*{YEARS}$")


def parse_rights(text: str) -> Rights | None:
    """Return the rights notice that a line is, with its holder and year; None when the line is anything else.

    The holder is given as printed, without years and phrases.

    >>> notice = parse_rights("All reproduction and representation rights reserved. © (2024) Agence France-Presse")
    >>> notice.holder, notice.year
    ('Agence France-Presse', 2024)
    >>> parse_rights("Copyright 2024 The Associated Press. All rights reserved.").holder
    'The Associated Press'
    >>> parse_rights("Copyright law protects the photographer, the court said.") is None
    True
    """
    if not 6 <= len(text) <= _LONGEST:
        return None
    core = text.strip(" \t\xa0*-–—<>＜＞[]（）【】/|_")
    if core[:1] == "(" and core[:3].lower() != "(c)":
        core = core.strip("() ")
    small = core.casefold()
    if _SIGN.match(core):
        return _read_signed(text, core, small)
    if small[:4] in notice_starts() and small.startswith(notice_openers()) and _ends_like_notice(small):
        return _with_holder(text, core)
    # "RIPRODUZIONE RISERVATA © Copyright ANSA", "Reuters. All rights reserved", "Example Times © 2024"
    if len(core) <= _LONGEST_TOLD and ("©" in core or "ⓒ" in core or "copyright" in small):
        if _has_phrase(small):
            return _with_holder(text, core)
        holder, sign, behind = core.rpartition("©")
        if holder and sign and YEAR.fullmatch(behind.strip(" .()")) and holder.count(" ") <= 6:
            return Rights(text, holder.strip(" ,.|-–") or None, _first_year(core))
    elif (
        len(core) <= 90 and small.rstrip(".").endswith(words("rights", "phrases")) and small.count(" ") <= 12
    ):
        head = _HEAD_ENDS.split(core, maxsplit=1)[0]
        return Rights(text, head.strip(_EDGES), _first_year(core)) if find_agency(head) else None
    return None


def _has_phrase(small: str) -> bool:
    return any(phrase in small for phrase in words("rights", "phrases"))


def _has_opener(small: str, least: int = 0) -> bool:
    return any(opener in small for opener in notice_openers() if len(opener) > least)


def _ends_like_notice(small: str) -> bool:
    """Tell whether what follows the opener is still the notice: an end, a stop, a few words more; no quoted speech."""
    opener = next(opener for opener in notice_openers() if small.startswith(opener))
    rest = small[len(opener) :]
    if any(c in rest for c in '“”«»"?'):
        return False
    more = _has_phrase(rest) or _has_opener(rest)
    if not more and not _SIGN.search(rest):
        if rest.count(" ") > 8 and opener.endswith(words("rights", "phrases")):
            return False
        if (
            rest[:1] in (" ", ",")
            and rest.endswith(".")
            and rest.count(" ") >= 3
            and not _leads_to_holder(rest)
        ):
            return False  # "Todos los derechos reservados significa exactamente eso."
    return not rest or rest[0] in " .,;:©(|/!–-~>＞）)、。：" or opener[0] >= "\u0590" or "の" in opener


def _leads_to_holder(rest: str) -> bool:
    """Tell whether few words follow an opener, and lead to a holder's name: "… reserved by Example Times"."""
    towards = rest.lstrip(" ,").split(" ", 1)[0] in word_set("rights", "towards") or YEAR.search(rest)
    return bool(towards) and rest.count(" ") <= _MOST_WORDS_OF_A_HOLDER


def _read_signed(text: str, core: str, small: str) -> Rights | None:
    """Return a line that begins with © or "Copyright"."""
    found = _NOTICE.match(core)
    if not found:
        return None
    rest, years = found["rest"].strip(), found["years"]
    has_phrase = _has_phrase(small) or _has_opener(small, 9)
    holder = _holder(rest)
    signed_twice = core[0] == "©" and _SIGN.match(core[1:].lstrip())
    if _DPA_NUMBER.search(rest) or (signed_twice and find_agency(rest)):
        return Rights(text, holder, _first_year(core))
    if holder and (bare := holder.removeprefix(_legal_form(holder))) != holder and find_agency(bare.strip()):
        return Rights(text, holder, _first_year(core))
    if years:
        ends = holder is not None and len(rest) <= len(holder) + 60 and _is_title(rest)
        return Rights(text, holder, _first_year(years)) if has_phrase or not rest or ends else None
    behind = _BEFORE_YEAR.match(rest)
    if behind and _is_title(behind["holder"]) and (has_phrase or behind.end() == len(rest)):
        return Rights(text, _holder(behind["holder"]), _first_year(behind["years"]))
    if has_phrase and (len(core) <= _LONGEST_TOLD or _is_title(rest[:40])):
        return Rights(text, holder, _first_year(core))
    return None


def _legal_form(holder: str) -> str:
    """Return the legal form that a holder's name opens with: "一般社団法人共同通信社"."""
    return next((form for form in words("rights", "legal_forms") if holder.startswith(form)), "")


def _is_title(rest: str) -> bool:
    """Tell whether a holder's name is all there is: few words, nearly all with capitals."""
    said = [word for word in rest.split() if word[:1].isalpha()]
    small = sum(word.islower() and len(word) > 3 for word in said)
    return 0 < len(said) <= 12 and small <= len(said) // 3 and not rest.endswith(("?", "!", ":"))


def _with_holder(text: str, core: str) -> Rights:
    """Return a sure notice: its holder behind the sign, or the agency that it names."""
    signs = list(_SIGN.finditer(core))
    if signs:
        start = signs[-1].start()
        found = _NOTICE.match(core, start)
        holder = _holder(found["rest"] if found else core[signs[-1].end() :])
        before = [core[:start]]
    else:
        small = core.casefold()
        holder = next((name for name in words("rights", "holders") if name.casefold() in small), None)
        before = _PIECES_END.split(core[:300])
    if holder is None:
        holder = next((piece.strip(_EDGES) for piece in before if find_agency(piece)), None)
    return Rights(text, holder, _first_year(core))


def _holder(rest: str) -> str | None:
    """Return the holder's name at the start of what follows the sign, as printed."""
    rest = _BEFORE_HOLDER.sub("", rest.strip(" .,:–-©"))
    piece = _HOLDER_ENDS.split(rest, maxsplit=1)[0]
    piece = _YEARS_BEHIND.sub("", piece.removeprefix("Copyright ")).strip(" .,:–-()<>＜＞[]/")
    small = piece.casefold()
    cuts = [cut for phrase in notice_openers() if (cut := small.find(phrase)) > 0]
    if cuts:
        piece = piece[: min(cuts)].strip(" .,–-")
    if not 2 <= len(piece) <= _LONGEST_HOLDER or small.startswith(notice_openers()):
        return None
    named = find_agency(piece) or is_organisation(piece) or _is_title(piece) or piece[0] >= "\u0590"
    return piece if named else None


def _first_year(text: str) -> int | None:
    found = YEAR.search(text)
    return int(found[0]) if found else None
