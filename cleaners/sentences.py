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

_LAST = frozenset(ENDS + QUOTES + CLOSING_BRACKETS)


def ends_sentence(text: str) -> bool:
    """Return whether a line may be the end of a sentence: by its last sign, which may be a closing quote or bracket.

    Who asks wants to keep sentences, so a line that ends in a quoted word or in brackets counts as one.

    >>> ends_sentence("It rained."), ends_sentence("„Es regnet.“"), ends_sentence("Rain (Kyiv)"), ends_sentence("Home")
    (True, True, True, False)
    """
    return text[-1:] in _LAST
