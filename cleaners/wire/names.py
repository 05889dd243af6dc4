"""Names of people, places and houses: what one looks like, and its case when it was printed in capitals."""

from __future__ import annotations

import re
from itertools import pairwise

from cleaners.patterns import late_pattern
from cleaners.words import word_set

_TURKISH = frozenset("İŞĞ")
_SUFFIXES = {"JR": "Jr", "JR.": "Jr.", "SR": "Sr", "SR.": "Sr.", "NG": "Ng"}
_VOWELS = frozenset("AEIOUYÄÖÜÅØÆÉÈÁÍÓÚ")


#: Scripts without capitals, and those of them that write words together.
_TOGETHER = late_pattern(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CASELESS = late_pattern(r"[\u0590-\u07ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KATAKANA = late_pattern(r"[\u30a0-\u30ff]")
_NAME_CHARACTERS = late_pattern(r"[\w.'’‘`ʼ\-‑·・\u0900-\u0dff\u0591-\u05c7״׳\u200c ]+")
_SITE = late_pattern(r"(?:www\.)?[\w-]{2,40}\.[a-z]{2,5}(?:\.[a-z]{2})?")


def name_case(text: str) -> str:
    """Return a name in name case: words printed in capitals get their small letters back, all others stay.

    >>> name_case("Nicholas SHEARMAN"), name_case("JEON HEON-KYUN")
    ('Nicholas Shearman', 'Jeon Heon-kyun')
    >>> name_case("SINEAD O'BRIEN"), name_case("JAN VAN DER BERG"), name_case("J.J. McDonald")
    ("Sinead O'Brien", 'Jan van der Berg', 'J.J. McDonald')
    """
    if not any(a.isupper() and b.isupper() for a, b in pairwise(text)):
        return _lower_hyphened(text.split(" "), text.split(" "))
    turkish = not _TURKISH.isdisjoint(text)
    printed = text.split(" ")
    house = printed[0]
    if (
        len(house) > 2
        and house.isascii()
        and house.isalpha()
        and house.isupper()
        and _VOWELS.isdisjoint(house)
    ):
        return text  # "MDR THÜRINGEN"
    lowered, after_particle = word_set("names", "lowered"), word_set("names", "lowered_after_particle")
    cased: list[str] = []
    before = ""
    for i, word in enumerate(printed):
        small = _lower(word, turkish)
        particle = small in lowered or (small in after_particle and before in lowered)
        if not _in_capitals(word):
            cased.append(word)
        else:
            cased.append(small if particle and i < len(printed) - 1 else _case_word(word, turkish))
        before = small
    return _lower_hyphened(printed, cased)


def _in_capitals(word: str) -> bool:
    """Tell whether a word was printed in capitals, "McDONALD" and "d'ANGELO" included."""
    if word.startswith(("Mc", "Mac")):
        return len(word) > 4 and word.removeprefix("Mac").removeprefix("Mc").isupper()
    return word.isupper() and len(word) > 1


def _lower(word: str, turkish: bool) -> str:
    if turkish:
        word = word.replace("I", "ı")
    return word.replace("İ", "i").lower()


def _case_word(word: str, turkish: bool) -> str:
    """Return one word in capitals in name case."""
    if word in word_set("names", "initials"):
        return word
    if word in _SUFFIXES:
        return _SUFFIXES[word]
    if "." in word.rstrip(".,") or (word.endswith(".") and len(word) <= 2):
        return ".".join(
            part if len(part.lstrip("-‑")) < 2 else _capital(part, turkish) for part in word.split(".")
        )
    if len(word) == 2 and word.isalpha() and word.isascii() and _VOWELS.isdisjoint(word):
        return word
    parts = re.split(r"([-‑])", word)
    if len(parts) > 2 and _lower(parts[0], turkish) in word_set("names", "hyphen_prefixes"):
        return _lower(parts[0], turkish) + "".join(_capital(p, turkish) for p in parts[1:])
    return "".join(_capital(part, turkish) for part in parts)


def _capital(part: str, turkish: bool) -> str:
    """Return one word or hyphened half in name case: O'Brien, McDonald, D'Angelo, IJsbrand, plain."""
    small = _lower(part, turkish)
    if not small:
        return part
    for mark in "'’ʼ`":
        head, found, tail = small.partition(mark)
        if found and len(head) <= 2 and len(tail) > 1:
            return _title(head, turkish) + mark + _title(tail, turkish)
    if small.startswith("mc") and len(small) > 3:
        return "Mc" + _title(small[2:], turkish)
    if small in word_set("names", "mac"):
        return "Mac" + _title(small[3:], turkish)
    if small.startswith("ij") and len(small) > 3 and small[2] not in "aeiou":
        return "IJ" + small[2:]
    return _title(small, turkish)


def _title(small: str, turkish: bool) -> str:
    first = "İ" if turkish and small[:1] == "i" else small[:1].upper()
    return first + small[1:]


def _lower_hyphened(printed: list[str], cased: list[str]) -> str:
    """Korean and Taiwanese given names: the syllable behind the hyphen is small ("Heon-kyun")."""
    if len(cased) in (2, 3):
        for i, word in enumerate(cased):
            other = cased[0] if i else cased[-1]
            if (
                printed[i].isupper()
                and word.count("-") == 1
                and max(map(len, word.split("-"))) <= 6
                and other.lower() in word_set("names", "hyphen_family")
            ):
                cased[i] = word[0] + word[1:].lower()
    return " ".join(cased)


#: Particles that are joined to the name.
_JOINED_PARTICLES = ("al-", "el-", "d'", "d’", "ul-", "'t", "’t")
#: A person's name has no more words.
MOST_WORDS = 5


def looks_like_name(text: str, *, least: int = 1, most: int = MOST_WORDS) -> bool:
    """Tell whether a text could be the name of one person: `least` to `most` words, each with a capital or a particle.

    >>> looks_like_name("Ishara S. KODIKARA"), looks_like_name("Jan van der Berg"), looks_like_name("홍길동")
    (True, True, True)
    >>> looks_like_name("The White House"), looks_like_name("told AFP"), looks_like_name("G20 summit")
    (False, False, False)
    """
    if not 2 <= len(text) <= 60 or not _NAME_CHARACTERS.fullmatch(text):
        return False
    if not text.replace(" ", "").isalpha() and any(c.isdigit() or c == "_" for c in text):
        return False
    if not text.isascii() and max(text) >= "\u0590" and _CASELESS.search(text):
        return _looks_like_caseless_name(text, most)
    particles, not_names = word_set("names", "particles"), word_set("names", "not_names")
    tokens = text.split()
    if not least <= len(tokens) <= most:
        return False
    capitals = 0
    for i, token in enumerate(tokens):
        small = token.lower().rstrip(".")
        if small in not_names and small not in particles and len(small) > (1 if i == 0 else 2):
            return False
        if not token[0].isupper():
            if small not in particles and not small.startswith(_JOINED_PARTICLES):
                return False
        else:
            capitals += 1
            if token.endswith(".") and len(token) > 4 and token.count(".") == 1:
                return False
    return (
        capitals > 0
        and tokens[0].lower() not in ("of", "e", "y", "i")
        and (
            tokens[-1][0].isupper()
            or (tokens[-1].startswith(_JOINED_PARTICLES) and tokens[-1][3:4].isupper())  # "Nasser al-Masri"
        )
    )


def _looks_like_caseless_name(text: str, most: int) -> bool:
    """Return a name in a script without capitals: two to five Han signs, a few words elsewhere."""
    if _TOGETHER.search(text):
        compact = text.replace(" ", "").replace("・", "").replace("·", "")
        return len(compact) <= (14 if _KATAKANA.search(text) else 5) and text.count(" ") <= 2
    return len(text.split()) <= min(most, 4)


def is_place(text: str) -> bool:
    """Tell whether a text is the name of a city that wires are filed from.

    >>> is_place("KYIV"), is_place("Berlin"), is_place("Anna Smith")
    (True, True, False)
    """
    return text.replace("İ", "i").lower() in word_set("places", "cities")


def is_organisation(text: str) -> bool:
    """Tell whether a name is that of a paper, an office, a company or a site rather than of a person.

    >>> is_organisation("Example Times"), is_organisation("golem.test"), is_organisation("Maria Rossi")
    (True, True, False)
    """
    printed = text.split()
    for word in printed:
        if len(word) > 5 and word.islower() and "." not in word:
            return False  # a sentence, not a name
    if ": " in text or any(word.endswith(".") and len(word) > 6 for word in printed[:-1]):
        return False
    tokens = text.lower().split()
    if tokens[:1] == ["the"] and len(tokens) > 1:
        return printed[1][0].isupper()
    if "@" in text:
        return True
    opening = " ".join(tokens[:2])  # "Ville de Lyon"; Ville is a Finn's first name
    if not word_set("names", "organisations").isdisjoint(
        [opening, *(token.strip(".,()") for token in tokens)]
    ):
        return True
    if len(tokens) == 1 and 2 <= len(text) <= 6 and text.isupper() and text.isascii() and _acronym(text):
        return True
    return "." in text and bool(_SITE.fullmatch(text.lower()))


def _acronym(text: str) -> bool:
    """Up to three capitals, or capitals with too few vowels to be a name: "CBC", "NASA" is not told apart."""
    return len(text) <= 3 or _VOWELS.isdisjoint(text)
