"""What a line sounds like by itself, learned from lines of all languages: news, an ad, or the furniture of a site.

A line is read as the forms of its words (the word, how it begins and ends), each pair of words, marks of its shape, and
what the word files know of its words. Each of them says how much more an ad has it than news, and how much more
furniture has it; what they say is added up. `weights/sound.bin` is made by `python -m training.sound` from the lines in
`training/lines`. Short texts are cleaned without numpy, so this does without it.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from functools import cache
from math import exp, log1p, sqrt
from zlib import crc32

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.sentences import QUOTES
from cleaners.values import Value
from cleaners.words.letters import JOINED_FROM, fold, split_words
from cleaners.words.lexicon import is_joined, is_speech

#: What is told of a form is looked up by its hash, in tables of this size.
BUCKETS = 480_000
#: A weight is a small whole number of so many parts of one.
SCALE = 40
#: How much the forms of a line say together, each mark of its shape, and each of its kinds of words.
FORMS, SHAPE, KIND = 4.0, 0.5, 0.4
#: How the file begins: the bias of ads and of furniture.
HEAD = struct.Struct("<2d")
#: Stems that are common are looked up in a table of so many bits.
STEMS = 1 << 17
FILE = os.path.join(os.path.dirname(__file__), "weights", "sound.bin")
#: A hash goes on from another's: from that of what stands before a word's beginning, and before a line's first word.
_CARET, _FIRST = crc32(b"^"), crc32(b"< ")
#: So many letters of a word's beginning and of its end are forms of it, if it has more.
_BEGINNINGS, _END = (4, 6), 3
#: In scripts that write words together, so many letters in a row; in Korean, which glues particles to them, pairs.
_RUNS, _SYLLABLES = (1, 2, 3, 4), ("\uac00", "\ud7a3")
#: Two words share their stem if they begin with so many letters; shorter ones than the least have none.
_STEM, _LEAST_STEM = 6, 4
_NUMBERS = late_pattern(r"\d+")
_MONEY = late_pattern("[$€£₹¥₽₺₪₴₩₫฿]")
_SITE = late_pattern(r"(?i)\b\w[\w-]*\.(?:com|net|org|io|example|test|bet|shop|app|[a-z]{2})\b")
_PICTURE = late_pattern("[\u2190-\u2bff\U0001f000-\U0001fbff]")
#: What a line ends with, by the name of the mark that it is given.
_ENDS = {
    **dict.fromkeys(".。।", "."),
    **dict.fromkeys("!！", "!"),
    **dict.fromkeys("?？؟", "?"),
    **dict.fromkeys(":：", ":"),
    **dict.fromkeys("…", "…"),
    **dict.fromkeys(QUOTES, '"'),
}
#: Signs that are marks of a line's shape wherever they stand in it.
_SIGNS = "%٪|·•–—@›→©:/#()+&"
_LONGEST_SHAPE = 9


class Sound(Value):
    """How much more a line sounds like an ad, and like furniture, than like news, as logarithms of odds."""

    ad: float
    furniture: float

    @property
    def junk(self) -> float:
        """How much more it sounds like either than like news."""
        most = max(self.ad, self.furniture)
        return most + log1p(exp(-abs(self.ad - self.furniture)))


class _Weights(Value):
    ad: float
    furniture: float
    of_ads: memoryview
    of_furniture: memoryview
    common: bytes


@cache
def _weights() -> _Weights:
    with open(FILE, "rb") as file:
        content = file.read()
    ad, furniture = HEAD.unpack_from(content)
    tables = memoryview(content)[HEAD.size :].cast("b")
    common = content[HEAD.size + 2 * BUCKETS :]
    return _Weights(ad, furniture, tables[:BUCKETS], tables[BUCKETS : 2 * BUCKETS], common)


def bucket(form: str) -> int:
    """Return where in the tables it stands what a form says."""
    return crc32(form.encode()) % BUCKETS


def forms_of(word: str) -> list[str]:
    """Return the forms of a word in small letters.

    >>> forms_of("bonuses")
    ['bonuses', '^bonu', '^bonuse', 'ses$']
    """
    if word[0] >= JOINED_FROM:
        if not _SYLLABLES[0] <= word[0] <= _SYLLABLES[1]:
            return [word[i : i + size] for size in _RUNS for i in range(len(word) - size + 1)]
        runs = [word[i : i + 2] for i in range(len(word) - 1)]
        return [word, *(f"^{word[:size]}" for size in (1, 2, 3) if len(word) > size), *runs]
    forms = [word, *(f"^{word[:size]}" for size in _BEGINNINGS if len(word) > size)]
    return [*forms, f"{word[-_END:]}$"] if len(word) > _END + 1 else forms


def words_of(text: str) -> list[str]:
    """Return the words of a line in small letters, all numbers alike."""
    return split_words(_NUMBERS.sub("0", fold(text)))


def pairs_of(words: list[str]) -> list[str]:
    """Return each word with the next, and what the line begins and ends with.

    >>> pairs_of(["sign", "up"])
    ['< sign', 'sign up', 'up >']
    """
    return [f"{word} {after}" for word, after in zip(("<", *words), (*words, ">"), strict=True)]


def shape_of(text: str) -> list[str]:
    """Return the marks of a line's shape.

    >>> shape_of("Read more!")
    ['length 2', 'ends !', 'has !']
    """
    size = len(text) // 2 if is_joined(text) else text.count(" ") + 1
    marks = [f"length {min(_LONGEST_SHAPE, int(sqrt(size) * 1.5))}", f"ends {_ENDS.get(text[-1], '')}"]
    marks += [f"has {sign}" for sign in _SIGNS if sign in text]
    if "!" in text or "！" in text:
        marks.append("has !")
    if not {"?", "？", "؟"}.isdisjoint(text[:-1]):
        marks.append("asks")
    for name, pattern in (("number", _NUMBERS), ("money", _MONEY), ("site", _SITE), ("picture", _PICTURE)):
        if pattern.search(text):
            marks.append(name)
    if is_speech(text):
        marks.append("speech")
    if text.isupper():
        marks.append("capitals")
    first = text[0]
    if not first.isalnum():
        marks.append(f"begins {first}")
    elif first.isdecimal() or first.islower():
        marks.append("begins 0" if first.isdecimal() else "begins small")
    return marks


@remembered(20_000)
def _told(word: str) -> tuple[int, int, int, bytes, int]:
    """Return what the forms of a word say for ads and for furniture, how many it has, and its letters.

    The last is the hash that a hash of its pair with the next word goes on from.
    """
    known = _weights()
    of_ads, of_furniture = known.of_ads, known.of_furniture
    letters = word.encode()
    places = _ascii_places(letters) if word.isascii() else [bucket(form) for form in forms_of(word)]
    ad = furniture = 0
    for at in places:
        ad += of_ads[at]
        furniture += of_furniture[at]
    return ad, furniture, len(places), letters, crc32(b" ", crc32(letters))


def _ascii_places(letters: bytes) -> list[int]:
    """Return the buckets of the forms of a word, as `forms_of` gives them, without making each."""
    size = len(letters)
    places = [crc32(letters) % BUCKETS]
    for beginning in _BEGINNINGS:
        if size > beginning:
            places.append(crc32(letters[:beginning], _CARET) % BUCKETS)
    if size > _END + 1:
        places.append(crc32(b"$", crc32(letters[-_END:])) % BUCKETS)
    return places


def sound_of(text: str) -> Sound:
    """Return what a line sounds like, by its forms and its shape.

    >>> sound_of("Claim your welcome bonus and play for free tonight!").ad > 1
    True
    >>> sound_of("The council will vote on the bridge on Tuesday, the mayor said.").junk < 0
    True
    """
    known = _weights()
    of_ads, of_furniture = known.of_ads, known.of_furniture
    ad = furniture = 0
    words = words_of(text)
    forms = len(words) + 1  # its pairs
    up_to_next = _FIRST
    for word in words:
        for_ad, for_furniture, count, letters, next_up = _told(word)
        pair = crc32(letters, up_to_next) % BUCKETS
        ad += for_ad + of_ads[pair]
        furniture += for_furniture + of_furniture[pair]
        forms += count
        up_to_next = next_up
    pair = crc32(b">", up_to_next) % BUCKETS
    each = FORMS / SCALE / sqrt(forms)
    sound = Sound(
        known.ad + each * (ad + of_ads[pair]), known.furniture + each * (furniture + of_furniture[pair])
    )
    return heard(sound, [f"shape {mark}" for mark in shape_of(text)], SHAPE)


def heard(sound: Sound, marks: Iterable[str], each: float) -> Sound:
    """Return a sound with what marks of the line say of it, each so much."""
    told = [_told_by(mark) for mark in marks]
    each /= SCALE
    return Sound(
        sound.ad + each * sum([ad for ad, _ in told]),
        sound.furniture + each * sum([furniture for _, furniture in told]),
    )


@remembered(2_000)
def _told_by(mark: str) -> tuple[int, int]:
    known, at = _weights(), bucket(mark)
    return known.of_ads[at], known.of_furniture[at]


def stems_of(text: str) -> set[str]:
    """Return how the words of a line begin that may be shared with others: in scripts that write them together, pairs.

    >>> sorted(stems_of("The mayors met the mayor."))
    ['mayor', 'mayors']
    """
    stems = set()
    for word in words_of(text):
        if word[0] >= JOINED_FROM and not _SYLLABLES[0] <= word[0] <= _SYLLABLES[1]:
            stems.update([word[i : i + 2] for i in range(len(word) - 1)])
        elif word[0] >= JOINED_FROM:
            stems.add(word[:2])
        elif len(word) >= _LEAST_STEM:
            stems.add(word[:_STEM])
    return stems


def stem_bucket(stem: str) -> int:
    """Return where it stands whether a stem is common."""
    return crc32(stem.encode()) % STEMS


@remembered(20_000)
def is_common(stem: str) -> bool:
    """Return whether a stem is in lines of all kinds, so that two lines which share it need not be of one story.

    >>> is_common("there"), is_common("turbin")
    (True, False)
    """
    at = stem_bucket(stem)
    return bool(_weights().common[at >> 3] & 1 << (at & 7))
