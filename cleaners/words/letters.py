"""How words are compared: the forms in which the word files, lines and phrases meet."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.patterns import late_pattern

#: Longer lines are not looked up as whole phrases.
LONGEST_WHOLE = 120
#: Marks around a phrase that do not count.
EDGES = (
    " \t\u00a0.,:;!?…·•∙●○■□▪▸‣|¦/\\<>«»‹›←→↑↓⇒⇐➜➔►◄▶◀▲▼△▽–—―-_=*~+()[]{}"
    "✓✔✕✖×※◆◇★☆。、，：；！？（）【】｜〉〈》《・।"
)
_PICTURES = late_pattern("[\u2190-\u2bff\u3000\u200b-\u200f\u2060\ufe0f\ufeff\U0001f000-\U0001fbff]+")
#: Where the first word of a line of agencies ends.
_WORD_ENDS = late_pattern(r"[\s!-/:-@\[-`{-~]")
#: From here on scripts write words together, or glue particles to them (Thai, Chinese, Japanese, Korean).
JOINED_FROM = "\u0e00"
#: Words with any ending (a star in the files) are found by so many letters.
STEM_LETTERS = 4
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_WITHOUT_MARKS = bytes(ord(" ") if chr(code) in _PUNCTUATION else code for code in range(256))


def key(text: str) -> str:
    """The line as phrases are compared: no case, no punctuation, arrows or emoji around it, plain apostrophes.

    >>> key("→ Navigation de l’article »")
    "navigation de l'article"
    """
    text = text.strip(EDGES)
    if not text.isascii():
        text = text.replace("’", "'").replace("\u00a0", " ").replace("\u200c", " ")
        if text and not (text[0].isalnum() and text[-1].isalnum()):
            text = _PICTURES.sub(" ", text).strip(EDGES)
    if "  " in text:
        text = " ".join(text.split())
    return text.casefold()


def keys_of(texts: Sequence[str], small: str) -> list[str]:
    """The `key` of each text; for many at once it costs a third.

    `small` are the texts in small letters, one below the other.

    >>> keys_of(["→ Navigation", "TAGS:"], "→ navigation\\ntags:")
    ['navigation', 'tags']
    """
    plain = small.isascii()
    if not plain:
        small = small.replace("’", "'").replace("\u00a0", " ").replace("\u200c", " ")
    keys = [line.strip(EDGES) for line in small.split("\n")]
    if "  " in small:
        keys = [" ".join(line.split()) if "  " in line else line for line in keys]
    if not plain:  # there may be pictures around them
        for place in [place for place, line in enumerate(keys) if not (line[:1] + line[-1:]).isalnum()]:
            if not texts[place].isascii():
                keys[place] = key(texts[place][:LONGEST_WHOLE])
    return keys


def opening(phrase: str) -> str:
    """Return the letters that a phrase is found by.

    Scripts that write words together have too few letters for the four that others are indexed by.
    """
    return phrase[:2] if len(phrase) < 4 or phrase[0] >= "\u0e00" else phrase[:4]


def fold(text: str) -> str:
    """The letters as they are compared.

    >>> fold("İLK Abonnés")
    'ilk abonnés'
    """
    return fold_again(text.casefold())


def fold_again(text: str) -> str:
    """The same for a text that is in small letters already.

    >>> fold_again("İLK".casefold())
    'ilk'
    """
    return text if text.isascii() else text.replace("i\u0307", "i").replace("\u200c", " ")


def plain(text: str) -> str:
    """The text with spaces for all ASCII marks: bytes can be looked up in a table much faster than letters."""
    if "«" in text or "»" in text:
        text = text.replace("«", " ").replace("»", " ")
    return text.encode("utf-8", "replace").translate(_WITHOUT_MARKS).decode()


_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_BETWEEN_LETTERS = late_pattern(r"[\W_]+")


def letters_of(text: str) -> str:
    """Return the letters and digits of a text; ASCII marks and spaces are dropped as bytes, which is far quicker.

    >>> letters_of("The Example-News"), letters_of("L’été à Kyiv")
    ('TheExampleNews', 'LétéàKyiv')
    """
    bare = text.encode("utf-8", "surrogatepass").translate(None, _NO_LETTERS)
    return (
        bare.decode() if text.isascii() else _BETWEEN_LETTERS.sub("", bare.decode("utf-8", "surrogatepass"))
    )


#: What stands between words, in all scripts.
_BETWEEN_WORDS = late_pattern(
    r"[\s!-/:-@\[-`{-~\u00a1\u00ab\u00b7\u00bb\u00bf\u060c\u061b\u061f\u06d4\u0964\u0965"
    r"\u2010-\u2027\u2030-\u205e\u3000-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff20]+"
)


def split_words(text: str) -> list[str]:
    """Return the words of a text, without any marks.

    >>> split_words("«Sign-up» – it’s free!")
    ['Sign', 'up', 'it', 's', 'free']
    """
    return [word for word in _BETWEEN_WORDS.split(text) if word]


def first_word(text: str) -> str:
    """The first word of a text in small letters; a word ends at a space or an ASCII mark.

    >>> first_word("Agence France-Presse"), first_word("(AFP) –")
    ('agence', 'afp')
    """
    small = text.casefold().replace("i\u0307", "i").replace("\u200c", " ")
    return next(filter(None, _WORD_ENDS.split(small)), "")


def start_of(text: str) -> str:
    """Return the letters that the name of an agency is looked for by.

    >>> start_of("Reuters"), start_of("dp-A")
    ('reu', 'dp')
    """
    start = text[:3].casefold()
    return start if start.isalnum() else start[:2]
