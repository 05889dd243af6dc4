"""Lines that speak to the reader of a site: they tell him to do something with it.

"Sign up for our newsletter", "Tell us what you think", "Laden Sie unsere App": the words differ from line to line, the
parts are the same. There is a call in a form that is used for readers, there are words for "you" and "we", and for what
a site has (its letter, its app, its comments). The parts of one language count together, and only enough of them make a
line junk. A few phrases tell by themselves. What is sold to readers is known by `cleaners.rules.offers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from cleaners.blocks import Label
from cleaners.patterns import late_pattern
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.values import Value
from cleaners.words import table
from cleaners.words.letters import STEM_LETTERS, fold, plain
from cleaners.words.lexicon import LONGEST, is_joined, is_speech
from cleaners.words.match import reports
from cleaners.words.tables import Parts, entries

#: From here on scripts write words together; what stands in them is looked for anywhere in a line.
_JOINED_FROM = "\u0e00"
_CLAUSES = late_pattern(r"[.!?:;|•·–—›»。！？：；،؟।]+\s*|\s-\s")
_AMOUNT = late_pattern(
    r"[$€£₹¥₽₺₪%]|\d\s?(?:euros?|zł|kč|kr|lei|ft|грн|руб|tl|рублей|kroner|kronor|円|원)\b|％"
)
_MAIL = late_pattern(r"\w@\w[\w-]*\.")
_CALLS = frozenset(("call", "command"))
#: Words for the reader, and for the site as "we".
_PERSONS = frozenset(("you", "we"))
#: Of a line that turns to nobody so much must be parts that sites use; and so much of it, if it is a full sentence.
_LEAST_SHARE = 0.4
_LEAST_OF_SENTENCE = 0.6
_CONTACT = frozenset(("call", "command", "you", "we", "paper"))
_ITEMS = ("- ", "-\u00a0", "* ", "• ", "– ")
_STOPS = frozenset(".。।؟?")
_QUESTIONS = frozenset("?？؟")
_MOST_OF_A_PART = 2
_ENOUGH = 4
#: Shorter lines are known by their phrases.
_FEWEST_WORDS = 4
#: Words of so many letters are in too many lines.
_SHORT = 3
#: A line without any of these is silent.
_KEY_KINDS = frozenset(("telltale", "sign", "call", "command"))
_OBJECTS = frozenset(("paper", "hint"))
#: A text speaks to its reader if so many of its paragraphs do, and one in so many.
_SHORTEST_PARAGRAPH = 60
_LEAST_ADVICE, _ADVICE_IN = 2, 8
_PAPER = "newsletter.to-the-reader"
_NOTICE = "notices.tell-tale"
_CONTACT_LINE = "notices.contact"
_HOROSCOPE = "notices.horoscope"
#: A horoscope says that it is one and names a sign, or it names three.
_STARS = 3


@cache
def parts() -> Parts:
    """Return the parts of lines that speak to the reader, in all languages."""
    return Parts(*table("words.reader"))


def _has_parts(words: Sequence[str]) -> bool:
    """Return whether a line has parts that tell something: a cheap look at its words, before they are read."""
    if len(words) < _FEWEST_WORDS:
        return False
    known, stems = _gate()
    keys, calls = known.keys, known.calls
    line = ""
    if told := [word for word in words if word in keys]:
        line = f" {' '.join(words)} "
        if any(phrase in line for word in told for phrase in keys[word].split("|")):
            return True
    if not (told := [word for word in words if word in calls]):
        return False
    if known.objects.isdisjoint(words) and stems.isdisjoint([word[:STEM_LETTERS] for word in words]):
        return False
    line = line or f" {' '.join(words)} "
    return any(phrase in line for word in told for phrase in calls[word].split("|"))


@cache
def _gate() -> tuple[Parts, frozenset[str]]:
    known = parts()
    return known, frozenset(
        first for first, found in known.stems.items() if any(kind in _OBJECTS for *_, kind in entries(found))
    )


def _has_joined(text: str) -> bool:
    text = text.casefold()
    heads = _heads()
    return any(
        phrase in text
        for head in heads.keys() & set(text)
        for phrase, _, kind in heads[head]
        if kind in _KEY_KINDS
    )


@cache
def _telling() -> frozenset[str]:
    return frozenset((*parts().keys, *parts().calls))


def _with_parts(lines: Lines) -> list[int]:
    telling = _telling()
    places = [
        place
        for place, words in enumerate(lines.words)
        if len(words) >= _FEWEST_WORDS and not telling.isdisjoint(words) and _has_parts(words)
    ]
    texts = lines.texts
    places += [place for place in lines.joined if len(texts[place]) <= LONGEST and _has_joined(texts[place])]
    return [*places, *(place for place in lines.holding("@") if len(texts[place]) <= LONGEST)]


class Said:
    """What parts a line has in one language: how many of each kind, which of them open a clause.

    `words` are how many words (in scripts that write them together: letters) the parts have; `speaks` is whether one
    has a word for the reader, or for the site as "we".
    """

    __slots__ = ("kinds", "opens", "speaks", "words")

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.opens: set[str] = set()
        self.words = 0
        self.speaks = False


def read_parts(text: str) -> dict[str, Said]:
    """Return the parts of a line by language.

    >>> read_parts("Join our channel")["en"].kinds["call"]
    1
    """
    known = parts()
    phrases, stems = known.phrases, known.stems
    found: dict[str, Said] = {}
    joined = is_joined(text)
    if not joined:
        text = others().sub("\N{REPLACEMENT CHARACTER}", text)
    for clause in _CLAUSES.split(fold(text).replace("’", "'")):
        if joined:
            _read_joined(clause, found)
        words = plain(clause).split()
        free: dict[str, int] = {}  # from which word on a language has not been read
        for i, word in enumerate(words):
            for phrase, language, kind in entries(phrases.get(word, "")):
                tokens = phrase.split(" ")
                size = len(tokens)
                if (size == 1 or words[i : i + size] == tokens) and i >= free.get(language, 0):
                    free[language] = i + size
                    _note(found, language, kind, tokens, opens=i == 0)
            for stem, language, kind in entries(stems.get(word[:STEM_LETTERS], "")):
                if word.startswith(stem) and i >= free.get(language, 0):
                    free[language] = i + 1
                    _note(found, language, kind, (stem,), opens=i == 0)
    return found


def _note(found: dict[str, Said], language: str, kind: str, phrase: Sequence[str], *, opens: bool) -> None:
    said = found.get(language)
    if said is None:
        said = found[language] = Said()
    said.kinds[kind] = said.kinds.get(kind, 0) + 1
    said.words += len(phrase)  # a phrase of a script that writes words together is a string
    if opens:
        said.opens.add(kind)
    speaking = parts().speaking[language]
    if (
        kind == "command"
        or (opens and kind == "call")
        or not speaking.isdisjoint(phrase)
        or (kind in _PERSONS and "".join(phrase) in speaking)
    ):
        said.speaks = True


@cache
def _heads() -> dict[str, list[list[str]]]:
    """Return the phrases of scripts that write words together, by their first letters."""
    heads: dict[str, list[list[str]]] = {}
    for entry in entries(parts().joined):
        heads.setdefault(entry[0][0], []).append(entry)
    return heads


def _read_joined(clause: str, found: dict[str, Said]) -> None:
    heads = _heads()
    near = [entry for head in heads.keys() & set(clause) for entry in heads[head]]
    for phrase, language, kind in sorted(near, key=lambda entry: -len(entry[0])):
        if phrase in clause:
            # the verb stands last in some of these languages
            _note(found, language, kind, phrase, opens=kind == "call")
            clause = clause.replace(phrase, " ")


@cache
def others() -> re.Pattern[str]:
    """Return what finds words that mean others than the reader: "sie lesen" for "lesen Sie", "US" for "us"."""
    return re.compile(rf"\b(?:{'|'.join(parts().others)})\b")


class Address(Value):
    """What a line is by its parts, their language, and whether a reporter would not write it."""

    rule: str
    language: str
    sure: bool = True


def address_of(text: str, read: Mapping[str, Said] | None = None) -> Address | None:
    """Return what a line is by its parts; None for one that is of the story.

    `read` is what `read_parts` gives, where that is known.

    >>> address_of("Join our channel and get the headlines on your phone.").rule
    'newsletter.to-the-reader'
    """
    if text.startswith(_ITEMS) or text[0].isdecimal() or is_speech(text):
        return None
    found = read_parts(text) if read is None else read
    if "@" in text and _MAIL.search(text):
        asks = not _QUESTIONS.isdisjoint(text)
        for language, said in found.items():
            if (asks or len(_CONTACT.intersection(said.kinds)) > 1) and not _CALLS.isdisjoint(said.kinds):
                return Address(_CONTACT_LINE, language)
    for language, said in found.items():
        if "telltale" in said.kinds:
            told = _NOTICE if _is_address(text) else None
        elif said.kinds.get("sign", 0) + 2 * ("stars" in said.kinds) >= _STARS and "sign" in said.kinds:
            return Address(_HOROSCOPE, language)
        else:
            told = _weigh(said, text) if len(said.kinds) > 1 else None
            if told is not None and not _is_address(text, said):
                return None
        if told is not None:
            return _weighed(told, language, said, text)
    return None


def _weighed(told: str, language: str, said: Said, text: str) -> Address | None:
    """Return how much is to be given on parts that reporters write too, in a line that may turn to its reader.

    One that does is an address. One that does not, "Beaucoup reviennent chaque matin pour vendre le poisson.", is
    somebody's sentence, unless it is made of such parts and of little else.
    """
    if said.speaks:
        return Address(told, language)
    share = said.words / max(_size(text), said.words)
    if share < _LEAST_SHARE and text[-1] in _STOPS:
        return None
    return Address(told, language, share >= (_LEAST_OF_SENTENCE if text[-1] in _STOPS else _LEAST_SHARE))


def _size(text: str) -> int:
    """Return how many words a line has, or letters in scripts that write words together."""
    return sum(map(str.isalnum, text)) if is_joined(text) else len(plain(fold(text)).split())


def _is_advice(lines: Lines, i: int) -> bool:
    """Return whether the whole text speaks to its reader: then advice is not told from an ad by how it speaks."""
    said = lines.read(address_of, lines[i])
    return said is not None and said.language in lines.around(_advised_in)


def _may_be_reported(lines: Lines, i: int, _count: int) -> bool:
    said = lines.read(address_of, lines[i])
    return said is not None and not said.sure


@rule(
    {
        _PAPER: Label.NEWSLETTER,
        _NOTICE: Label.NOTICE,
        _CONTACT_LINE: Label.NOTICE,
        _HOROSCOPE: Label.NOTICE,
    },
    spared=_is_advice,
    longest=LONGEST,
    where=_with_parts,
    reads=address_of,
    needs_company=_may_be_reported,
)
def to_the_reader(_text: str, said: Address) -> str:
    """A line that calls its reader to do something with the site.

    >>> to_the_reader.says("Join our channel and get the headlines on your phone.")
    'newsletter.to-the-reader'
    >>> to_the_reader.says("The paper's newsletter has 300 readers, who love your stories.")
    """
    return said.rule


def _advised_in(lines: Lines) -> frozenset[str]:
    """Return the languages in which the whole text speaks to its reader, of those in which some line does."""
    whole = lines if len(lines.seen) == len(lines) else Lines(lines.all)
    texts = [whole[place] for place in whole.everywhere(_with_parts)]
    told = {text: said.language for text in texts if (said := whole.read(address_of, text)) is not None}
    others = [text for text in whole.all if len(text) >= _SHORTEST_PARAGRAPH and text not in told]
    return spoken_in(others, [*told.values()], whole)


def spoken_in(
    paragraphs: Sequence[str], languages: Iterable[str], lines: Lines, least: int = _LEAST_ADVICE
) -> frozenset[str]:
    """Return those of the languages in which so many of the paragraphs speak to their reader that the text does."""
    advice = Counter(language for text in paragraphs for language in lines.read(_spoken_to, text))
    return frozenset(
        language
        for language in {*languages}
        if advice[language] >= least and advice[language] * _ADVICE_IN >= len(paragraphs)
    )


def speaks(text: str) -> bool:
    """Return whether a line turns to its reader: tells him to do something, or has words for him or for "us".

    >>> speaks("Tell us what you think."), speaks("Comments are closed to strangers.")
    (True, False)
    """
    return any(said.speaks for said in read_parts(text).values())


def _spoken_to(text: str) -> list[str]:
    """Return the languages in which a paragraph has words for its reader, if nobody else speaks in it."""
    words = _words_for_readers().keys() & plain(fold(text)).split()
    if not words or is_speech(text):
        return []
    return sorted({language for word in words for language in _words_for_readers()[word]})


@cache
def _words_for_readers() -> dict[str, list[str]]:
    """Return the words for the reader, each with its languages."""
    languages: dict[str, list[str]] = {}
    for language, known in parts().you.items():
        for word in known:
            languages.setdefault(word, []).append(language)
    return languages


def _weigh(said: Said, text: str) -> str | None:
    kinds = said.kinds
    hints = min(_MOST_OF_A_PART, kinds.get("hint", 0))
    paper = min(_MOST_OF_A_PART, kinds.get("paper", 0) + 2 * hints)
    if not paper:
        return None
    you = min(_MOST_OF_A_PART, kinds.get("you", 0))
    calls = "call" in said.opens or "command" in kinds
    asks = not _QUESTIONS.isdisjoint(text)
    amount = _AMOUNT.search(text.casefold()) is not None
    points = 2 * calls + (kinds.get("call", 0) + kinds.get("command", 0) > calls) + you + ("we" in kinds)
    points += paper + amount + asks + ("!" in text)
    if points < _ENOUGH:
        return None
    invites = calls or ("we" in kinds and ("call" in kinds or you)) or (asks and "call" in kinds)
    if not invites and not (hints and (you or "we" in kinds)) and hints < _MOST_OF_A_PART:
        return None
    if text[-1] in _QUESTIONS and not you and "we" not in kinds:
        return None
    return _PAPER


def _is_address(text: str, said: Said | None = None) -> bool:
    """Return whether nobody reports: verbs of saying are of reporters, the auxiliaries among them of anybody."""
    speaks = said is None or "you" in said.kinds or "we" in said.kinds
    return not reports(text, auxiliaries=not speaks)
