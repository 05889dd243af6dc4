"""Ads that stand between the paragraphs of a scraped story: betting, crypto, trading, VPN, pills, loans, coupons.

No list of phrases can hold them, but they are poor in words: amounts, what is sold, what is promised and a call
to take it. A line that has enough of these and (nearly) nothing else is an ad. One stranger more and it may be
a headline about ads, so the line stays.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from cleaners.blocks import Label
from cleaners.patterns import late_pattern
from cleaners.read.inserted import opens_with_ad_mark
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.rules.site_lines import site_line, site_lines
from cleaners.sentences import SPEECH
from cleaners.words import table
from cleaners.words.lexicon import LONGEST, Line, is_speech, lines_that_may_hold, read_line
from cleaners.words.tables import Lexicon

#: What is sold, in the order in which a line is named after it.
_PRODUCTS = ("pills", "vpn", "gambling", "crypto", "trading", "loan", "diet", "dating", "shop")
_NAMES = {
    "gambling": "ads.bonus-offer",
    "pills": "ads.pills",
    "vpn": "ads.vpn",
    "crypto": "ads.crypto",
    "trading": "ads.trading",
    "loan": "ads.loan",
    "diet": "ads.weight-loss",
    "dating": "ads.dating",
    "shop": "ads.coupon",
}
#: An offer or a call says "ad" by itself, the other kinds only together.
_CLEAR, _VAGUE = 2, 1
_ENOUGH = 3
#: So many points above `_ENOUGH` pay for one stranger, the name of a casino or of a VPN; never for more than two.
_POINTS_A_STRANGER = 2
_MOST_STRANGERS = 2
#: The same of lines without a full stop: stories have few of them, and hardly any that speaks of offers.
_MOST_IN_A_LABEL = 5
_STOPS = frozenset(".?。।؟？")
#: A name with a capital inside ("LuckyHarbor") or a site's address is what such lines are signed with: no stranger.
_MOST_BRANDS = 1
#: Of some kinds of words one is not enough.
_MANY = 2
_SLOT_KINDS = frozenset(("slot", "continues", "read", "below", "article", "glue"))
_MOST_IN_A_SLOT = 3
_LONGEST_SLOT = 90
#: A code is a word of capitals and digits: SAVE20, WELCOME.
_CODE = late_pattern(r"\b(?=[A-Z\d]*[A-Z])[A-Z\d]{4,16}\b")


@cache
def lexicon() -> Lexicon:
    """Return the words of ads in all languages."""
    return Lexicon(*table("words.ads"))


def _with_ad_words(lines: Lines) -> Collection[int]:
    return lines_that_may_hold(lines, lexicon())


def _ad_line(text: str) -> Line | None:
    return None if is_speech(text) else read_line(text, lexicon())


@rule(
    dict.fromkeys((*_NAMES.values(), "ads.call", "ads.promo-code"), Label.AD),
    longest=LONGEST,
    where=_with_ad_words,
    reads=_ad_line,
)
def promotion(text: str, line: Line) -> str | None:
    """A line that is made of an offer, a product, amounts and calls, and of hardly anything else.

    >>> promotion.says("200% Deposit Bonus up to €3,000")
    'ads.bonus-offer'
    >>> promotion.says("Senate bans 200% deposit bonus")
    """
    strangers = line.strangers - min(line.brands, _MOST_BRANDS)
    has_code = line.has("code") and _CODE.search(text) is not None
    if has_code and strangers:
        strangers -= 1  # the code itself
    points = _points(line) + has_code * _CLEAR
    addressed = not has_code and ("verb" in line.opens or line.has("call") or text[-1] == "!")
    if points < _ENOUGH or strangers > _most_strangers(points, text, addressed=addressed):
        return None
    if has_code and not SPEECH.isdisjoint(text):  # somebody speaks of it
        return None
    if not _invites(line, has_code) or (text[-1] in "?？؟" and not line.has("offer")):
        return None
    return _name(line, has_code)


def _most_strangers(points: int, text: str, *, addressed: bool) -> int:
    """Return how many words a line with so many points may have that ads do not use.

    More, if it tells its reader to do something and is no full sentence, nor an entry of a list that recommends
    things: "5. Get Harbour VPN, our pick".
    """
    listed = text[0].isdecimal() and text.lstrip("0123456789")[:1] in (".", ")")
    if listed or not addressed or text[-1] in _STOPS:
        return min(_MOST_STRANGERS, (points - _ENOUGH) // _POINTS_A_STRANGER)
    return min(points - _ENOUGH + (points > _ENOUGH), _MOST_IN_A_LABEL)


def _points(line: Line) -> int:
    kinds = line.kinds
    clear = min(2, kinds.get("offer", 0)) + min(2, kinds.get("call", 0))
    vague = ("amount" in kinds) + ("bonus" in kinds) + ("verb" in line.opens) + min(2, kinds.get("perk", 0))
    return clear * _CLEAR + (vague + sum(product in kinds for product in _PRODUCTS)) * _VAGUE


def _invites(line: Line, has_code: bool) -> bool:
    """Return whether the line offers something to its reader, not only speaks of it."""
    if has_code:
        return line.has("verb", "call", "amount") or "code" in line.opens
    if line.has("call"):
        return line.has("offer", *_PRODUCTS) or (line.has("amount") and line.has("verb", "perk", "bonus"))
    if line.has("offer"):
        return line.has("amount") or "verb" in line.opens
    if not line.has("bonus", *_PRODUCTS):
        return False
    promises = line.kinds.get("perk", 0) + ("verb" in line.kinds) + (line.kinds.get("amount", 0) >= _MANY)
    if "verb" in line.opens:
        several = line.kinds["verb"] >= _MANY and line.kinds.get("amount", 0) >= _MANY
        return line.has("perk") or several or (line.has("bonus") and line.has("amount"))
    known = line.strangers == 0 and line.has("bonus")
    return line.has("amount") and line.has("perk") and (known or promises >= _MANY)


def _name(line: Line, has_code: bool) -> str:
    if has_code:
        return "ads.promo-code"
    for product in _PRODUCTS:
        if product in line.kinds:
            return _NAMES[product]
    return "ads.bonus-offer" if "offer" in line.kinds else "ads.call"


@rule({"ads.slot": Label.AD}, longest=_LONGEST_SLOT, where=site_lines, reads=site_line)
def slot_between(text: str, line: Line) -> bool:
    """Where a text goes on behind an ad: "Article continues below advertisement", "Lees verder na de advertentie".

    >>> slot_between.says("The story resumes after this ad")
    'ads.slot'
    >>> slot_between.says("The trial continues after advertising ban")
    """
    if not SPEECH.isdisjoint(text) or not line.kinds.keys() <= _SLOT_KINDS:
        return False
    slot, continues = line.has("slot"), line.has("continues")
    if slot and continues and not line.strangers:
        return True
    told = slot + line.has("below") + line.has("article")
    if told < _MANY or not line.has("continues", "read"):
        return False
    return not line.strangers or (line.strangers <= _MOST_IN_A_SLOT and text[-1] not in _STOPS)


@rule({"ads.mark-at-end": Label.AD}, longest=160, first="РН")
def advertiser(text: str) -> bool:
    """Who paid for a link, as Russian law has it, on a line of its own; at a paragraph's end it is cut off.

    >>> advertiser.says("Реклама. ООО Ромашка. ИНН 7700000001")
    'ads.mark-at-end'
    """
    return opens_with_ad_mark(text)
