"""Offers: lines that sell something, in all languages, known by how they are composed and by no list of them.

An offer has what is given (a bonus, free spins, a discount, a trial), what is sold, amounts, what lures, an order to
its reader, words for him, and terms ("18+", "T&Cs apply"). None of these tells by itself; enough of them do. The
story's own words are counted against it: who said what, which day it was, what the police or a ministry did.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from cleaners.blocks import Label
from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.rules.addressed import others, spoken_in
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.values import Value
from cleaners.words import table
from cleaners.words.letters import STEM_LETTERS, fold, split_words
from cleaners.words.lexicon import is_joined, is_speech
from cleaners.words.tables import Offers, entries

#: Longer lines are paragraphs.
LONGEST = 260
#: What is said of a word in all languages.
COMMON = "common"
_CLAUSES = late_pattern(r"[!?:;|•·–—…›»。！？：；؟।]+\s*|[.,،，、]\s|\s-\s")
_AMOUNT = late_pattern(r"[$€£₹¥₽₺₪₴₩₫฿%％٪]|\d")
_BRAND = late_pattern(
    r"\b[^\W\d_a-z][a-z]+[A-Z][A-Za-z]+\b|\b\w[\w-]*\.(?:com|net|org|io|example|test|bet|shop|app)\b"
)

_LATIN_GLUED = 3
#: No phrase has more words.
_LONGEST_PHRASE = 12
#: Who may take an offer: "18+", "+18".
_ADULT = late_pattern(
    r"(?<![\w.,+])(?:18|19|2[014]|۱۸|১৮)\s?\+(?!\s?\d)|(?<![\w\d])\+\s?(?:18|19|21)(?![\d\w])|(?i:\bk-18\b)"
)
_ASKS = frozenset("?？؟;")
_ITEMS = frozenset("-*•–—>»›")
#: So many words make a line longer, and less of an offer.
_WORDS_A_POINT = 8
_ENOUGH = 8
#: Beside an offer, which seldom comes alone, so many points are enough.
_ENOUGH_BESIDE = 7
#: A headline has no more words, and no such sign at its end.
_HEADLINE, _ENOUGH_IN_HEADLINE = 10, 12
_ENDS = frozenset(".!。！؟।")
_ENOUGH_IN_LABEL, _ENOUGH_IN_SENTENCE = 10, 12
_LURES = 2
_LONGEST_LABEL = 160
_STOPS = frozenset(".。।")
#: A line that has a word for its reader, but neither tells him to do something nor has terms, needs more.
_ORDERING = frozenset(("order", "terms"))
_ONLY_YOU = 3
_FEWEST_WORDS = 4
#: A text is about what is sold if so many of its paragraphs, and one in so many, have two words for it: then its lines
#: are offers with so many points only.
_LEAST_ADVICE = 3
_PARAGRAPH, _TRADING, _TRADING_IN, _TRADE_WORDS, _CLEAR = 60, 3, 3, 2, 12
#: Where the word for the reader is told from that for others by a capital, it tells nothing where a clause begins.
_POLITE = frozenset(("de",))
#: Kinds of words that may stand in a clause before its order: "now get", "today only, claim", "your bonus: take".
_BEFORE_ORDERS = frozenset(("lure", "order", "act", "soft"))


@cache
def known_words() -> Offers:
    """Return the words that offers are made of, in all languages."""
    return Offers(*table("words.offers"))


@cache
def joined_phrases() -> dict[str, list[tuple[int, str, str, str]]]:
    """Return what is looked for in scripts that write words together, by its first letter, with its place in the order.

    The longest are looked for first.
    """
    found: dict[str, list[tuple[int, str, str, str]]] = {}
    for place, (phrase, language, kind) in enumerate(entries(known_words().joined)):
        found.setdefault(phrase[0], []).append((place, phrase, language, kind))
    return found


class Offer:
    """How many words of each kind a line has in one language."""

    __slots__ = ("kinds", "opens", "words")

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.opens = 0
        self.words = 0

    def note(self, kind: str, size: int, *, opens: bool) -> None:
        """Count a word or phrase of a kind."""
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        self.words += size
        self.opens += opens and kind == "act"

    def count(self, kind: str) -> int:
        """Return how many words or phrases of a kind the line has."""
        return self.kinds.get(kind, 0)


@remembered(20_000)
def kinds_of(word: str) -> dict[str, str]:
    """Return the kind of a word by language; of two that it may be the one that has more of its letters.

    >>> kinds_of("willkommensbonus")["common"]
    'gain'
    """
    known = known_words()
    whole, stems = known.words.get(word, ""), known.stems
    long, short = stems.get(word[:STEM_LETTERS], ""), stems.get(word[: STEM_LETTERS - 1], "")
    inner = _within().search(word, 1) if len(word) > STEM_LETTERS else None
    if not (whole or long or short or inner):
        return kinds_of(word[1:]) if word[0] in known.glued and len(word) > _LATIN_GLUED else {}
    found = {language: (len(word), kind) for language, kind in entries(whole)}
    for stem, language, kind in (*entries(long), *entries(short)):
        if word.startswith(stem) and len(stem) > found.get(language, (0,))[0]:
            found[language] = (len(stem), kind)
    while inner:
        for stem, language, kind in entries(known.inner[inner[0]]):
            if word.startswith(stem, inner.start()) and len(stem) > found.get(language, (0,))[0]:
                found[language] = (len(stem), kind)
        inner = _within().search(word, inner.start() + 1)
    if not found and word[0] in known.glued and len(word) > _LATIN_GLUED:
        return kinds_of(word[1:])
    return {language: kind for language, (_, kind) in found.items()}


@cache
def _within() -> re.Pattern[str]:
    """Return what finds the beginnings of stems that stand within compounds too."""
    return re.compile("|".join(re.escape(head) for head in known_words().inner if len(head) == STEM_LETTERS))


def read_offer(text: str) -> dict[str, Offer]:
    """Return the words of offers in a line, by language."""
    phrases = known_words().phrases
    found: dict[str, Offer] = {}
    if is_joined(text):
        folded = fold(text)
        known = joined_phrases()
        for _, phrase, language, kind in sorted(
            e for letter in known.keys() & {*folded} for e in known[letter]
        ):
            if phrase in folded:
                folded = folded.replace(phrase, " ")
                _offer(found, language).note(kind, len(phrase), opens=True)
    else:
        folded = fold(others().sub("\N{REPLACEMENT CHARACTER}", text)).replace("’", "'")
    for clause in _CLAUSES.split(folded):
        words = split_words(clause)
        free: dict[str, int] = {}  # from which word on a language has not been read
        lead: dict[str, int] = {}  # up to which word it has nothing but what may stand before an order
        for i, word in enumerate(words):
            ahead = ""
            # A look at the next word spares most lines the reading of all that begins with "the".
            if (packed := phrases.get(word)) and _may_begin(packed, word, words[i + 1 : i + 2]):
                ahead = f"{' '.join(words[i : i + _LONGEST_PHRASE])} "
            for phrase, language, kind in entries(packed) if packed and ahead else ():
                if i >= free.get(language, 0) and ahead.startswith(f"{phrase} "):
                    parts = phrase.split(" ")
                    size = len(parts)
                    free[language] = i + size
                    offer = _offer(found, language)
                    offer.note(kind, size, opens=i == lead.get(language, 0))
                    if kind != "you" and any(kinds_of(part).get(language) == "you" for part in parts):
                        offer.note("you", 0, opens=False)
                    if kind in _BEFORE_ORDERS and lead.get(language, 0) == i:
                        lead[language] = i + size
            for language, kind in kinds_of(word).items():
                if i >= free.get(language, 0) and (i or kind != "you" or language not in _POLITE):
                    _offer(found, language).note(kind, 1, opens=i == lead.get(language, 0))
                    if kind in _BEFORE_ORDERS and lead.get(language, 0) == i:
                        lead[language] = i + 1
    return found


def _may_begin(packed: str, word: str, after: Sequence[str]) -> bool:
    """Return whether one of the phrases that begin with a word may go on with the word after it, or be that word alone.

    >>> _may_begin("sign up now\tde\tact", "sign", ["up"]), _may_begin("sign up now\tde\tact", "sign", ["here"])
    (True, False)
    """
    return f"{word}\t" in packed or bool(after and f"{word} {after[0]}" in packed)


class Told(Value):
    """How much of an offer a line is, in which language, and whether it turns to its reader."""

    points: int
    language: str
    turns: bool
    lure: int


def weigh_offer(text: str, read: Mapping[str, Offer] | None = None) -> Told | None:
    """Return how much of an offer a line is; None for one in which somebody speaks, or that has no parts of any.

    `read` is what `read_offer` gives, where that is known.

    >>> weigh_offer("Claim your 40 free rides today!").points > 8, weigh_offer("It rained.")
    (True, None)
    """
    if is_speech(text) or text[0] in _ITEMS:
        return None
    found = {**(read_offer(text) if read is None else read)}
    common = found.pop(COMMON, None) or Offer()
    best = None
    signs = adult = None
    for language, offer in found.items():
        lure = offer.kinds.get("lure", 0)
        orders = offer.opens > 0 or not _ORDERING.isdisjoint(offer.kinds)
        turns = orders or "you" in offer.kinds
        if not turns and lure < _LURES:
            if adult is None:
                adult = is_for_adults(text)
            if not adult:
                continue
        if signs is None:
            adult = is_for_adults(text)
            signs = _signs(text) + 4 * adult
        points = _points(offer, common) + signs - _ONLY_YOU * (turns and not orders)
        told = Told(points, language, turns or bool(adult), lure)
        if best is None or told.points > best.points:
            best = told
    if best is None:
        return None
    words = found[best.language].words
    against = max(_against(offer) for offer in found.values() if offer.words >= words)
    return best._replace(points=best.points - against)


def is_for_adults(text: str) -> bool:
    """Return whether a line says who may take an offer.

    >>> is_for_adults("18+ | Terms apply"), is_for_adults("18 people")
    (True, False)
    """
    return ("+" in text or "-18" in text) and _ADULT.search(text) is not None


def _points(offer: Offer, common: Offer) -> int:
    kinds, others = offer.kinds.get, common.kinds.get
    you = kinds("you", 0)
    points = 3 * min(2, kinds("gain", 0) + others("gain", 0)) + 2 * min(
        3, kinds("goods", 0) + others("goods", 0)
    )
    points += 2 * min(3, kinds("lure", 0)) + 4 * ("terms" in offer.kinds)
    points += 2 * min(2, kinds("order", 0)) + min(2, offer.opens)
    return points + (3 + (you > 1) + ("we" in offer.kinds) if you else 0)


def _signs(text: str) -> int:
    amount = 3 * (_AMOUNT.search(text) is not None)
    calls = 2 * ("!" in text or "！" in text) + 2 * (not _ASKS.isdisjoint(text[:-1]))
    return amount + calls - _size(text) // _WORDS_A_POINT


def _against(offer: Offer) -> int:
    return 3 * min(3, offer.kinds.get("told", 0)) + 2 * ("date" in offer.kinds)


def _size(text: str) -> int:
    return sum(map(str.isalnum, text)) // 2 if is_joined(text) else text.count(" ") + 1


def _offer(found: dict[str, Offer], language: str) -> Offer:
    offer = found.get(language)
    if offer is None:
        offer = found[language] = Offer()
    return offer


def _promising(lines: Lines) -> list[int]:
    """Return the places of the lines that have an amount, call, ask or begin with an order: offers do one of these."""
    texts = lines.texts
    found = {*lines.numbered, *lines.holding(("!", "?", "！", "？", "؟"))}
    found.update(lines.opened_by(known_words().openers))
    return [i for i in found if len(texts[i]) <= LONGEST]


def _told_of(text: str) -> Told | None:
    return weigh_offer(text) if _size(text) >= _FEWEST_WORDS else None


def _reading(text: str) -> Told | None:
    told = _told_of(text)
    if told is None:
        return None
    if told.turns:
        short = text[-1] not in _ENDS and _size(text) <= _HEADLINE
        enough = told.points >= (_ENOUGH_IN_HEADLINE if short else _ENOUGH)
    else:
        label = text[-1] not in _STOPS
        least = _ENOUGH_IN_LABEL if label else _ENOUGH_IN_SENTENCE
        enough = told.lure >= _LURES and told.points >= least and len(text) <= _LONGEST_LABEL
    return told if enough else None


def _is_of_story(lines: Lines, i: int) -> bool:
    """Return whether the whole text speaks to its reader, or is about what the line offers."""
    told = lines.read(_reading, lines[i])
    if told is None:
        return False
    return told.language in lines.around(_spoken) or (
        told.points < _CLEAR and told.language in lines.around(_traded)
    )


def _spoken(lines: Lines) -> frozenset[str]:
    """Return the languages of offers in which the other paragraphs speak to a reader."""
    offers, others = lines.around(_offers_and_others)
    return spoken_in(others, offers, lines, _LEAST_ADVICE)


def _traded(lines: Lines) -> frozenset[str]:
    """Return the languages of offers in which the other paragraphs trade: every word of them has to be read for it."""
    offers, others = lines.around(_offers_and_others)
    traded = Counter(language for text in others for language in lines.read(_trades, text))
    return frozenset(
        language
        for language in offers
        if traded[language] >= _TRADING and traded[language] * _TRADING_IN >= len(others)
    )


def _offers_and_others(lines: Lines) -> tuple[frozenset[str], list[str]]:
    """Return the languages of the offers in the whole text, and its other paragraphs."""
    whole = lines if len(lines.seen) == len(lines) else Lines(lines.all)
    texts = [whole[place] for place in whole.everywhere(_promising)]
    offers = {text: told.language for text in texts if (told := whole.read(_reading, text)) is not None}
    others = [text for text in whole.all if len(text) >= _PARAGRAPH and text not in offers]
    return frozenset(offers.values()), others


def _trades(text: str) -> list[str]:
    """Return the languages in which a paragraph has words for what is given or sold."""
    return [
        language
        for language, offer in read_offer(text).items()
        if offer.count("gain") + offer.count("goods") >= _TRADE_WORDS
    ]


@rule(
    {"ads.offer-to-the-reader": Label.AD},
    longest=LONGEST,
    where=_promising,
    reads=_reading,
    spared=_is_of_story,
)
def offer_to_the_reader(_text: str, _told: Told) -> bool:
    """A line that offers its reader something: he is told to take it, what it is, what it costs, on which terms.

    >>> offer_to_the_reader.says("Claim your 40 free rides today and pay nothing for the first month.")
    'ads.offer-to-the-reader'
    >>> offer_to_the_reader.says("The casino promised 40 free rides to anybody who would claim them on Monday.")
    """
    return True


def _beside_offers(lines: Lines) -> list[int]:
    """Return the places of the lines right beside an offer that are nearly one."""
    promising = lines.everywhere(_promising)
    offers = [i for i in promising if lines.read(_reading, lines[i]) and not _is_of_story(lines, i)]
    beside = {place for i in offers for place in (i - 1, i + 1)} - {*offers}
    return [i for i in promising if i in beside and lines.read(_is_nearly_one, lines[i])]


def _is_nearly_one(text: str) -> bool:
    told = _told_of(text)
    return told is not None and told.turns and told.points >= _ENOUGH_BESIDE


def _has_no_offer(lines: Lines, i: int) -> bool:
    """Return whether none of the two lines beside a line is an offer, or what looks so is of the story."""
    beside = [at for at in (i - 1, i + 1) if 0 <= at < len(lines)]
    return not any(lines.read(_reading, lines[at]) and not _is_of_story(lines, at) for at in beside)


@rule(
    {"ads.beside-an-offer": Label.AD},
    alone=False,
    longest=LONGEST,
    beside=_beside_offers,
    spared=_has_no_offer,
)
def beside_offer(lines: Lines, i: int) -> bool:
    """A line that turns to its reader right beside an offer: offers seldom come alone.

    >>> claim = "Claim your 40 free rides today and pay nothing for the first month."
    >>> beside_offer.says(claim, "Get your card for 3 euros a month", at=1)
    'ads.beside-an-offer'
    >>> beside_offer.says("It rained on Thursday.", "Get your card for 3 euros a month", at=1)
    """
    return True
