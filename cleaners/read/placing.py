"""Whether letters and signs stand where they may: what bytes are in a wrong encoding shows by that.

"m¡s" and "dÇclarÇ" are words of no language: a sign stands within a word, a capital behind a small letter. That says
more than which letters there are, and says it of a text that has three of them.
"""

from __future__ import annotations

from cleaners.patterns import late_pattern

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Collection

_BEYOND_ASCII = late_pattern("[^\x00-\x7f]")
#: Spaces are put anywhere by programs, which says nothing.
_SPACES = frozenset("\u00a0\u202f\u3000\u00ad\u200b")
#: Words of one letter, in one language or another.
_LONE = frozenset("àáâèéêìíîòóôùúûäåæøöüÀÁÂÈÉÊÌÍÎÒÓÔÙÚÛÄÅÆØÖÜ")
_BEFORE_WORDS = frozenset("'’‘\"“„«([-–—/")
_APOSTROPHES = frozenset("’´ʼ")
_QUOTES = frozenset("“”„‟‘’‚‛«»‹›´ʼ")
#: What may stand on its own between two spaces, as French has it, and within a word of none.
_POINTED = frozenset("«»‹›")
#: Signs that have a number near.
_NUMBERED = frozenset("€£¥¢₤₹₽₺°±×÷‰")
_ORDINALS = frozenset("ºª")
_CLOSED_BY = {"¡": "!", "¿": "?"}
#: Characters within which a question or a call ends.
_LONGEST_CALL = 400
_DASHES = frozenset("–—―…‐‑−")
#: Other signs that news has.
_OTHERS = frozenset("§©®™·•†‡¹²³½¼¾¶′″→←↑↓★☆■□●○◆▪►▶№℠")


def well_placed(text: str, letters: Collection[str]) -> float:
    """Return the share of a text's letters and signs beyond ASCII that stand where a text of these letters has them.

    1 where there are none.

    >>> well_placed("déclaré à 5 °C", "éà"), well_placed("dÇclarÇ", "éàÇ"), well_placed("m¡s", "áí")
    (1.0, 0.0, 0.0)
    """
    good = count = 0
    for found in _BEYOND_ASCII.finditer(text):
        sign, at = found[0], found.start()
        if sign in _SPACES:
            continue
        count += 1
        before, after = text[at - 1 : at] or " ", text[at + 1 : at + 2] or " "
        if sign.isalpha() and sign not in _ORDINALS and sign not in _APOSTROPHES:
            good += sign in letters and _is_letter_placed(sign, before, after, text[at + 2 : at + 3])
        elif sign not in _CLOSED_BY or text.find(_CLOSED_BY[sign], at, at + _LONGEST_CALL) >= 0:
            good += _is_sign_placed(sign, before, after, text[max(at - 2, 0) : at + 3])
    return good / count if count else 1.0


def _is_letter_placed(letter: str, before: str, after: str, behind: str) -> bool:
    if before.isdigit() or after.isdigit():
        return False
    if not before.isalpha() and not after.isalpha():
        return letter in _LONE and (before.isspace() or before in _BEFORE_WORDS)
    if letter.isupper():
        return not before.islower() and not (after.isupper() and behind.islower())
    return not (before.isupper() and after.isupper()) and not (letter == "ς" and after.isalpha())


def _is_sign_placed(sign: str, before: str, after: str, around: str) -> bool:
    within = before.isalnum() and after.isalnum()
    if sign in _QUOTES:
        if within:
            return sign in _APOSTROPHES
        return sign in _POINTED or not (before.isspace() and after.isspace())
    if sign in _DASHES:
        return True
    if sign in _NUMBERED:
        return any(map(str.isdigit, around))
    if sign in _ORDINALS:
        return not after.islower() and any(map(str.isalnum, around[: around.index(sign)]))
    if sign in _CLOSED_BY:
        return not before.isalnum() and not after.isspace()
    if sign == "·":
        return not within or (before in "lL" and after in "lL")
    return sign in _OTHERS and not (before.isalpha() and after.islower())
