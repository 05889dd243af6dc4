"""How sentences end and how speech is quoted, in the scripts that the wires print: the one table of these signs."""

from __future__ import annotations

#: What ends a sentence (Unicode's Sentence_Terminal, as far as newsrooms use it, and the ellipsis).
ENDS = ".!?…。．！？｡।॥۔؟։።။፧፨‽⁇⁈⁉‼"
#: What parts a sentence, and what announces the next one.
COMMAS = ",;、，；،؛፣､·・"
COLONS = ":：︰"
#: Quotes of all kinds. Which of them opens depends on the language: „Berlin“, “London”, »København«, «Paris».
QUOTES = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞״׳`´＂＇"
#: Quotes that are not apostrophes too: a line that has one may be speech.
SPEECH = frozenset('"“”„‟«»「」『』〝〞＂')
#: Brackets that close, and may stand behind the end of a sentence.
CLOSING_BRACKETS = ")]}）］｝】〕〉》"


def may_be_speech(text: str) -> bool:
    """Return whether a text has one of the quotes that are no apostrophes.

    >>> may_be_speech('"Rain," he said'), may_be_speech("„Regen“"), may_be_speech("it’s raining")
    (True, True, False)
    """
    return '"' in text if text.isascii() else not SPEECH.isdisjoint(text)


_LAST = frozenset(ENDS + QUOTES + CLOSING_BRACKETS)


def ends_sentence(text: str) -> bool:
    """Return whether a line may be the end of a sentence: by its last sign, which may be a closing quote or bracket.

    Who asks wants to keep sentences, so a line that ends in a quoted word or in brackets counts as one.

    >>> ends_sentence("It rained."), ends_sentence("„Es regnet.“"), ends_sentence("Rain (Kyiv)"), ends_sentence("Home")
    (True, True, True, False)
    """
    return text[-1:] in _LAST


#: Words of a line that may begin a sentence, at least: a label or an entry of a list begins none.
_WORDS = 5
#: Where a sentence goes on: what its first part may end with beside letters and digits, and its last part begin with.
_OPEN_ENDS = frozenset(",(–-")
_CONTINUATIONS = frozenset(",.;:)")


def is_mid_sentence(before: str, after: str) -> bool:
    """Return whether what stands between two lines is in the middle of a sentence that begins and ends with them.

    A page's links stand so, which some tools put on lines of their own.

    >>> is_mid_sentence("It rained, as one reads in the newest", "of the weather service.")
    True
    >>> is_mid_sentence("It rained in Kyiv on Thursday.", "of the weather service.")
    False
    """
    if not (before[-1].isalnum() or before[-1] in _OPEN_ENDS) or before.count(" ") < _WORDS - 1:
        return False
    return after[0].islower() or after[0] in _CONTINUATIONS
