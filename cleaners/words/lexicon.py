"""Reads lines by all of their words: junk is poor in words, and a sentence of news is not.

The sections `words.site` and `words.ads` have one key for each kind of word. `read_line` tells which kinds of words a
line has and how many words are strangers, known to no language. Rules demand the kinds that they need and allow few
strangers or none, so that "200% Deposit Bonus up to €3,000" is known and "Senate bans 200% deposit bonus" is not. The
kind `glue` is for words that say nothing ("your", "up to"). The section `words.reader` has the parts of lines that
speak to a site's reader (see `cleaners.rules.addressed`).
"""

from __future__ import annotations

from collections.abc import Iterable

from cleaners.patterns import late_pattern
from cleaners.sentences import SPEECH, may_be_speech
from cleaners.values import Value
from cleaners.words.letters import JOINED_FROM, fold, plain
from cleaners.words.tables import Lexicon

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` is for type checkers: 5 ms of a start-up
    from cleaners.rules.gates import Lines

LONGEST = 160
"""Longer lines are paragraphs."""

_LONGEST_SENTENCE = 90
"""With a full stop at its end a line of this length is one."""
_STOPS = ".。।۔"
_MARKS = "!-/:-@\\[-`{-~¡¿«»‹›„“”‘’–—―…•·●▶►→➤|،؛؟।۔、。，：！？；（）「」『』【】《》％٪＋*＄"
_CURRENCY = "$€£₹¥₽₴₺₿₩₫฿₱₦₪￥"
_TOKEN = late_pattern(rf"\d[\d.,]*|[^\s\d{_MARKS}{_CURRENCY}]+|[^\s]")
_PICTURES = late_pattern("[\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff\u2600-\u27bf\U0001f000-\U0001fbff]+")
_SEPARATORS = frozenset(":!?.–—|+•·…-¡¿>»›→▶►➤：！？。｜,;")
_AMOUNT_SIGNS = frozenset("%٪％" + _CURRENCY)
_JOINED_LETTERS_A_WORD = 2
#: No rule allows more; words with marks or digits in them are not counted at the first look.
_MOST_STRANGERS = 3


#: How many words a name between quotation marks has at most.
_LONGEST_NAME = 3


class Line(Value):
    """What a line's words are: how often each kind occurs, and which kinds open the line or a part of it."""

    kinds: dict[str, int]
    opens: frozenset[str]
    strangers: int
    """Words that are not known; one without a capital counts twice, since names have capitals."""
    brands: int = 0
    """How many of these have a capital within the word, as names of sites and apps do."""

    def has(self, *kinds: str) -> bool:
        """Whether any word of the line is of one of these kinds."""
        return not self.kinds.keys().isdisjoint(kinds)


def is_speech(text: str) -> bool:
    """Whether a line has quotation marks that are no name's: speech begins with them, or has many words.

    >>> is_speech("«Follow us!» he said"), is_speech("Бонус в казино «Золотая гавань»"), is_speech("Free spins")
    (True, False, False)
    """
    if not may_be_speech(text):
        return False
    marks = [at for at, letter in enumerate(text) if letter in SPEECH]
    if marks[0] == 0 or len(marks) != 2:
        return True
    return text.count(" ", marks[0], marks[1]) >= _LONGEST_NAME or text[marks[0] + 1].islower()


def first_words(texts: Iterable[str]) -> frozenset[str]:
    """The first words of texts, as lines are read.

    >>> first_words(["(c)", "photo by"]) == {"c", "photo"}
    True
    """
    return frozenset(words[0] for text in texts if (words := plain(fold(text)).split()))


def is_joined(text: str) -> bool:
    """Whether a line is in a script that writes words together, told from four of its letters."""
    if text.isascii():
        return False
    size = len(text)
    letters = text[0] + text[-1] + text[size // 2] + text[size // 3]
    if max(letters) < JOINED_FROM:
        return False
    return any(
        JOINED_FROM <= letter < "\U0001f000" and not "\u1e00" <= letter < "\u3005" for letter in letters
    )


def lines_that_may_hold(lines: Lines, lexicon: Lexicon) -> list[int]:
    """Return the places of the lines that are no sentences, have one of the words that they must have, and few others.

    For many lines at once this first look costs little. One word alone is nothing that a rule claims.
    """
    keys, known, texts = lexicon.keys, lexicon.known, lines.texts
    worded = [
        place for place, words in enumerate(lines.words) if len(words) > 1 and not keys.isdisjoint(words)
    ]
    places = [
        place for place in worded if sum(map(str.isalpha, set(lines.words[place]) - known)) <= _MOST_STRANGERS
    ]
    if lines.joined:
        folded = lines.folded
        together = "\n".join([folded[place] for place in lines.joined])
        joined_keys = [key for key in lexicon.joined_keys if key in together]
        others = set(lines.joined).difference(worded)
        places += [place for place in others if any(key in folded[place] for key in joined_keys)]
    return [
        place for place in places if len(text := texts[place]) <= _LONGEST_SENTENCE or text[-1] not in _STOPS
    ]


def read_line(text: str, lexicon: Lexicon) -> Line:
    """Tell the kinds of all words of a line; amounts and numbers are of the kind `amount`.

    >>> from cleaners.rules.ads import lexicon
    >>> line = read_line("Regulator bans 200% deposit bonus", lexicon())
    >>> line.kinds, line.strangers
    ({'amount': 1, 'offer': 1}, 3)
    """
    kinds: dict[str, int] = {}
    opens: set[str] = set()
    if is_joined(text):
        text = _take_joined(fold(text), lexicon, kinds, opens)
        cased = False
    else:
        cased = True
    if not text.isascii():
        text = _PICTURES.sub(" • ", text).replace("\u200c", " ")
    tokens: list[str] = _TOKEN.findall(text)
    folded = fold("\n".join(tokens)).split("\n")
    strangers, brands, i, opening = 0, 0, 0, True
    while i < len(tokens):
        token = folded[i]
        if token[0].isdigit() or token in _AMOUNT_SIGNS:
            if not _is_year(token):
                kinds["amount"] = kinds.get("amount", 0) + 1
            while i + 1 < len(tokens) and (folded[i + 1][0].isdigit() or folded[i + 1] in _AMOUNT_SIGNS):
                i += 1
            i += 1
            opening = False
            continue
        size, kind = _longest(lexicon, folded, i)
        if size:
            kinds[kind] = kinds.get(kind, 0) + 1
            if opening:
                opens.add(kind)
            i += size
            opening = False
            continue
        if len(token) == 1 and not token.isalnum():
            opening = opening or token in _SEPARATORS
        else:
            strangers += _cost(tokens[i], cased)
            brands += cased and _is_brand(tokens[i])
            opening = False
        i += 1
    return Line(kinds, frozenset(opens), strangers, brands)


def _is_year(token: str) -> bool:
    return len(token) == 4 and token[:2] in ("19", "20")


def _cost(token: str, cased: bool) -> int:
    if cased:
        return 1 if token[0] != token[0].lower() else 2
    return -(-len(token) // _JOINED_LETTERS_A_WORD) if token[0] >= JOINED_FROM else 1


def _is_brand(token: str) -> bool:
    """Whether a word has a capital behind a small letter: "LuckyHarbor", "BetSolar"."""
    return token[0].isupper() and not token.isupper() and not token[1:].islower() and token.isalpha()


def _longest(lexicon: Lexicon, folded: list[str], i: int) -> tuple[int, str]:
    """The longest known phrase that begins at a token: how many tokens it takes, and its kind."""
    for phrase, kind in lexicon.words.get(folded[i], ()):
        size = len(phrase)
        if size == 1:
            return 1, kind
        # the marks between the words of a phrase do not count: "sign-up", "log in / sign up"
        at, matched = i, 0
        while at < len(folded) and matched < size:
            if folded[at] == phrase[matched]:
                matched += 1
            elif folded[at] not in "-'’/" or not matched:
                break
            at += 1
        if matched == size:
            return at - i, kind
    return 0, ""


def _take_joined(text: str, lexicon: Lexicon, kinds: dict[str, int], opens: set[str]) -> str:
    """Take the known words out of a line that is written together; return what is left."""
    text = text.strip()
    for word, kind in lexicon.joined:
        if word in text:
            kinds[kind] = kinds.get(kind, 0) + 1
            if text.startswith(word):
                opens.add(kind)
            text = text.replace(word, " ")
    return text
