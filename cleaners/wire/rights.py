"""Rights notices: a line that says who holds the rights, and since when.

The openers and phrases are those of the agencies' own services and of the footers that papers print under
their stories.
"""

from __future__ import annotations

import re
from functools import cache

from cleaners.article import Rights
from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import find_agency
from cleaners.wire.names import is_organisation
from cleaners.words import table


class RightsWords(Value):
    """The phrases of rights notices."""

    openers: tuple[str, ...]  # the longest first
    starts: frozenset[str]  # the first four letters of every opener: the cheap gate
    phrases: tuple[str, ...]
    holders: dict[str, str]


@cache
def rights_words() -> RightsWords:
    """Return the phrases of rights notices."""
    told = table("rights")
    openers = tuple(sorted(told["openers"], key=len, reverse=True))
    holders = {holder.casefold(): holder for holder in told["holders"]}
    return RightsWords(openers, frozenset(o[:4] for o in openers), told["phrases"], holders)


_LONGEST = 900
_SIGN = late_pattern(r"©|ⓒ|\(c\)(?=\s)|copyright\b", re.I)
_YEAR = late_pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DPA_NUMBER = late_pattern(r"\bdpa:\d{6}-\d{1,3}-\d{1,7}")
_YEARS = r"\(?(?:19|20)\d\d(?:\s?[-–,]\s?(?:19|20)?\d\d)?\)?"
_NOTICE = late_pattern(
    rf"(?:(?:©|ⓒ|\(c\)|copyrights?)[\s:,]{{0,3}}){{1,3}}(?:by\s)?(?P<years>{_YEARS})?[\s,.:–-]{{0,4}}(?:by\s)?(?P<rest>.*)",
    re.I | re.S,
)
_AFTER_YEAR = late_pattern(rf"(?P<holder>.{{2,80}}?)[\s,.–-]{{1,4}}(?P<years>{_YEARS})\.?")


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
    stripped = text.strip(" \t\xa0*-–—<>＜＞[]（）【】/|_")
    if stripped[:1] == "(" and stripped[:3].lower() != "(c)":
        stripped = stripped.strip("() ")
    small = stripped.casefold()
    words = rights_words()
    sign = _SIGN.match(stripped)
    if sign:
        return _read_notice(text, stripped, small)
    if small[:4] in words.starts and small.startswith(words.openers) and _ends_like_notice(small, words):
        return _with_holder(text, stripped)
    # "RIPRODUZIONE RISERVATA © Copyright ANSA", "Reuters. All rights reserved", "Example Times © 2024"
    if len(stripped) <= 160 and ("©" in stripped or "ⓒ" in stripped or "copyright" in small):
        if any(phrase in small for phrase in words.phrases):
            return _with_holder(text, stripped)
        last = stripped.rfind("©")
        if (
            last > 0
            and _YEAR.fullmatch(stripped[last + 1 :].strip(" .()"))
            and stripped[:last].count(" ") <= 6
        ):
            return Rights(text, stripped[:last].strip(" ,.|-–") or None, _first_year(stripped))
    elif len(stripped) <= 90 and small.rstrip(".").endswith(words.phrases) and small.count(" ") <= 12:
        head = re.split(r"\s*[.|,:]\s+|\s[-–—]\s", stripped)[0]
        agency = find_agency(head)
        return Rights(text, _printed(head), _first_year(stripped)) if agency else None
    return None


def _ends_like_notice(small: str, words: RightsWords) -> bool:
    """Tell whether what follows the opener is still the notice: an end, a stop, a few words more; no quoted speech."""
    opener = next(o for o in words.openers if small.startswith(o))
    rest = small[len(opener) :]
    if any(c in rest for c in '“”«»"?'):
        return False
    long = rest.count(" ") > 8 and opener.endswith(words.phrases) and not _SIGN.search(rest)
    if long and not any(phrase in rest for phrase in (*words.phrases, *words.openers)):
        return False
    if _goes_on_as_sentence(rest, words):
        return False
    return not rest or rest[0] in " .,;:©(|/!–-~>＞）)、。：" or opener[0] >= "\u0590" or "の" in opener


#: What a notice may go on with, before the holder's name.
_TOWARDS = frozenset(
    {
        "by",
        "to",
        "for",
        "of",
        "with",
        "à",
        "au",
        "aux",
        "par",
        "pour",
        "de",
        "von",
        "bei",
        "durch",
        "der",
        "para",
        "por",
        "a",
        "al",
        "di",
        "per",
        "door",
        "van",
        "av",
        "til",
        "dla",
        "для",
    }
)


#: "… reserved by the heirs of Anna Smith": with more words it is a sentence.
_MOST_WORDS_OF_A_HOLDER = 7


def _goes_on_as_sentence(rest: str, words: RightsWords) -> bool:
    """Tell whether an opener is somebody's subject: "Todos los derechos reservados significa exactamente eso."."""
    if rest[:1] not in (" ", ",") or not rest.endswith(".") or rest.count(" ") < 3:
        return False
    if _SIGN.search(rest):
        return False
    names_holder = rest.lstrip(" ,").split(" ", 1)[0] in _TOWARDS or _YEAR.search(rest) is not None
    if names_holder and rest.count(" ") <= _MOST_WORDS_OF_A_HOLDER:
        return False
    return not any(phrase in rest for phrase in words.phrases) and not any(o in rest for o in words.openers)


def _read_notice(text: str, stripped: str, small: str) -> Rights | None:
    """Return a line that begins with © or "Copyright"."""
    found = _NOTICE.match(stripped)
    if not found:
        return None
    words = rights_words()
    rest = found["rest"].strip()
    has_phrase = any(phrase in small for phrase in words.phrases) or any(
        o in small for o in words.openers if len(o) > 9
    )
    if _DPA_NUMBER.search(rest) or (
        _SIGN.match(stripped[1:].lstrip()) and stripped[0] == "©" and find_agency(rest)
    ):
        return Rights(text, _holder(rest), _first_year(stripped))
    if found["years"]:
        holder = _holder(rest)
        if (
            has_phrase
            or not rest
            or (holder is not None and len(rest) <= len(holder) + 60 and _is_title(rest))
        ):
            return Rights(text, holder, _first_year(found["years"]))
        return None
    behind = _AFTER_YEAR.match(rest)
    if behind and _is_title(behind["holder"]) and (has_phrase or behind.end() == len(rest)):
        return Rights(text, _holder(behind["holder"]), _first_year(behind["years"]))
    if has_phrase and (len(stripped) <= 160 or _is_title(rest[:40])):
        return Rights(text, _holder(rest), _first_year(stripped))
    return None


def _is_title(rest: str) -> bool:
    """Tell whether a holder's name is all there is: few words, nearly all with capitals."""
    words = [w for w in rest.split() if w[:1].isalpha()]
    small = [w for w in words if w.islower() and len(w) > 3]
    return (
        bool(words)
        and len(words) <= 12
        and len(small) <= len(words) // 3
        and not rest.endswith(("?", "!", ":"))
    )


def _with_holder(text: str, stripped: str) -> Rights:
    """Return a sure notice: its holder behind the sign, or the agency that it names."""
    signs = list(_SIGN.finditer(stripped))
    sign = signs[-1] if signs else None
    if sign:
        found = _NOTICE.match(stripped, sign.start())
        rest = found["rest"] if found else stripped[sign.end() :]
        holder = _holder(rest)
        if holder is None and sign.start() > 0:
            agency = find_agency(stripped[: sign.start()])
            holder = _printed(stripped[: sign.start()]) if agency else None
        return Rights(text, holder, _first_year(stripped))
    small = stripped.casefold()
    for name, holder in rights_words().holders.items():
        if name in small:
            return Rights(text, holder, _first_year(stripped))
    for piece in re.split(r"[.:,;|()\[\]<>]\s*", stripped[:300]):
        agency = find_agency(piece)
        if agency:
            return Rights(text, _printed(piece), _first_year(stripped))
    return Rights(text, None, _first_year(stripped))


def _holder(rest: str) -> str | None:
    """Return the holder's name at the start of what follows the sign: an agency's full name, else as printed."""
    rest = re.sub(rf"^(?:by|par|von|{_YEARS})[\s,]+", "", rest.strip(" .,:–-©"), flags=re.I)
    piece = re.split(
        r"[.|;!]\s|\.$|\s[-–—]\s|,\s(?=all|alle|tous|todos|tutti|wszel|wsz)|\s[-–]?(?=무단|재)|,\s",
        rest,
        maxsplit=1,
        flags=re.I,
    )[0]
    piece = re.sub(r"^copyright\s+", "", piece, flags=re.I)
    piece = re.sub(rf"[\s,]*{_YEARS}$", "", piece).strip(" .,:–-()<>＜＞[]/")
    low = piece.casefold()
    for phrase in (
        "all rights reserved",
        "tous droits réservés",
        "alle rechte vorbehalten",
        "todos los derechos reservados",
        "riproduzione riservata",
    ):
        cut = low.find(phrase)
        if cut > 0:
            piece, low = piece[:cut].strip(" .,–-"), low[:cut]
    if not 2 <= len(piece) <= 80 or piece.casefold().startswith(rights_words().openers):
        return None
    agency = find_agency(piece) or (
        find_agency(piece.split(" ", 1)[1]) if piece.lower().startswith("copyright ") else None
    )
    if agency:
        return piece
    return piece if is_organisation(piece) or _is_title(piece) or piece[0] >= "\u0590" else None


def _printed(name: str) -> str:
    return name.strip(" \t\xa0.,;:–—-©")


def _first_year(text: str | None) -> int | None:
    found = _YEAR.search(text or "")
    return int(found[0]) if found else None
