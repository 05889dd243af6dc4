"""Furniture that is known by its words alone (see `cleaners.words.match`), or by how its words are arranged."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import takewhile

from cleaners.blocks import Label, Verdict
from cleaners.rules.addressed import speaks
from cleaners.rules.gates import Lines
from cleaners.rules.registry import Company, rule
from cleaners.words import word_set
from cleaners.words.letters import key
from cleaners.words.match import (
    LONGEST_NOTICE,
    LONGEST_TITLE,
    LONGEST_WEAK,
    look_up,
    look_up_weak,
    may_be_known,
    may_be_weak,
    phrase_rules,
    phrases,
)

#: A word that may be a crosshead is furniture with one sure neighbour, or among this many like it in a row.
_WEAK_IN_A_ROW = 2
_BARS = "|｜·•"
_FEWEST_IN_A_ROW = 2
#: From here on scripts write their words together.
_JOINED_FROM = "\u0e00"
#: A guide, which is long or does so often, sends its readers to other guides; to another story's title, behind a
#: colon, a report's template does.
_LONGEST_REPORT = 40
_STOPS = frozenset(".。।؟")
#: Sentences have so many spaces at least.
_SHORTEST_SENTENCE = 5
_MOST_READ_ALSO = 3
_TITLE_SIGNS = frozenset(":：|｜>»►▶→】")
#: Writers say where a text was first printed, or how long it is to read, at its start or end.
_STARTING, _ENDING = 5, 2

_BRACKETS = {
    "[": "]",
    "【": "】",
    "［": "］",
    "<": ">",
    "〈": "〉",
    "《": "》",
    "(": ")",
    "（": "）",
    "〔": "〕",
}
_LONGEST_LABEL = 30

_STEPS = ">›»/≫→"
_STEP = re.compile(f"[{_STEPS}]")
_LONGEST_START = 25
#: A path of one step only leads to a section, not to a headline.
_LONGEST_END = 25
_ARROWS = "«»‹›<>←→…"
_LONGEST_PAGES = 80
_FEWEST_NUMBERS = 2
_MOST_WORDS = 4
_FEWEST_HASHTAGS = 2
#: Headlines below a label, and spaces in one.
_MOST_TEASERS = 6
_FEWEST_SPACES, _MOST_SPACES = 4, 18
_SENTENCE_ENDS = frozenset(".!?…。！？”»\"'")


def _known(lines: Lines) -> Collection[int]:
    return may_be_known(lines.keys, lines.numbered)


def _is_of_guide(lines: Lines, i: int, count: int) -> bool:
    return len(lines) > _LONGEST_REPORT or count > _MOST_READ_ALSO or _TITLE_SIGNS.isdisjoint(lines[i][:-1])


def _is_one_word(lines: Lines, i: int, _count: int) -> bool:
    """Return whether the line may be a crosshead as well."""
    return " " not in lines[i] and lines[i][0] < _JOINED_FROM


def _is_at_edge(lines: Lines, i: int, _count: int) -> bool:
    return i < _STARTING or i >= len(lines) - _ENDING


def _is_at_start(_lines: Lines, i: int, _count: int) -> bool:
    return i < _STARTING


def _may_be_reported(lines: Lines, i: int, _count: int) -> bool:
    """Return whether a phrase may begin or end somebody's sentence: one that turns to no reader."""
    text = lines[i]
    if text[-1] not in _STOPS or text.count(" ") < _SHORTEST_SENTENCE or key(text) in phrases().whole:
        return False
    return not lines.read(speaks, text)


def _may_be_crosshead(lines: Lines, i: int, count: int) -> bool:
    return _is_one_word(lines, i, count) or _may_be_reported(lines, i, count)


#: What rules of other files say as well, of whole lines only.
_SAID_ELSEWHERE = frozenset(("ads.slot", "newsletter.follow-us", "newsletter.get"))
#: Which phrases a writer writes too, so that they stay in a text where nothing else is junk.
_NEED_COMPANY: Mapping[str, bool | Company] = dict.fromkeys(
    phrase_rules().keys() - _SAID_ELSEWHERE, _may_be_reported
) | {
    "related.read-also": _is_of_guide,
    "navigation.previous-next": _may_be_crosshead,
    "comments.form": _may_be_crosshead,
    "notices.republished": _is_at_edge,
    "reading-time.reading-time": _is_at_start,
    "notices.continued": True,
    "tags.tags": True,
    "navigation.menu": True,
}


@rule(phrase_rules(), longest=LONGEST_NOTICE, where=_known, reads=look_up, needs_company=_NEED_COMPANY)
def known_phrase(text: str, phrase: Verdict) -> str:
    """A line that a theme or a publisher's template prints, in any language that `words/` knows.

    >>> known_phrase.says("Post navigation")
    'navigation.post-navigation'
    """
    return phrase.rule


@rule(phrase_rules(), longest=200, signs=tuple(_BARS), needs_company=_NEED_COMPANY)
def row_of_phrases(text: str) -> str | None:
    """Like "Imprint | Privacy | Terms of use": phrases that are furniture each, with bars or dots between.

    >>> row_of_phrases.says("About us | Contact | Privacy policy")
    'navigation.menu'
    >>> row_of_phrases.says("Kotka | Narva | Tartu")
    """
    bar = next(sign for sign in _BARS if sign in text)
    pieces = [piece.strip() for piece in text.split(bar) if piece.strip()]
    if len(pieces) < _FEWEST_IN_A_ROW:
        return None
    known = [look_up(piece) for piece in pieces]
    found = [sure or look_up_weak(piece) for sure, piece in zip(known, pieces, strict=True)]
    return found[0].rule if any(known) and all(found) and found[0] else None


def _below_teasers(lines: Lines) -> Collection[int]:
    """Return the places of the headlines that stand below a label like "RELATED COVERAGE", up to the next sentence.

    Only below a label in capitals: lines without a full stop may be verses or scores of this story.
    """
    places: list[int] = []
    for head in lines.everywhere(_known):
        phrase = lines.read(look_up, lines[head])
        if phrase is None or phrase.rule != "related.teasers" or not lines[head].isupper():
            continue
        run = [
            *takewhile(
                lambda i: _is_headline(lines[i]), range(head + 1, min(head + 1 + _MOST_TEASERS, len(lines)))
            )
        ]
        behind = run[-1] + 1 if run else 0
        if behind and (behind == len(lines) or lines[behind][-1] in _SENTENCE_ENDS):
            places += run
    return places


def _is_headline(text: str) -> bool:
    """Return whether a line has the words of a headline and no full stop, as a crosshead seldom has."""
    if text[-1] in _SENTENCE_ENDS or text[-1] in ":,;–-" or text.count(",") > 1 or ":" in text:
        return False
    return _FEWEST_SPACES <= text.count(" ") <= _MOST_SPACES


@rule({"related.below-label": Label.RELATED}, alone=False, beside=_below_teasers)
def teaser(lines: Lines, i: int) -> bool:
    """Headlines of other stories below "RELATED COVERAGE", up to the next sentence of this one.

    >>> teaser.says("It rained.", "RELATED COVERAGE", "Ferry runs on Sundays again", "It will rain.", at=2)
    'related.below-label'
    """
    return True


@rule({"related.bracketed-label": Label.RELATED}, longest=LONGEST_TITLE, first="".join(_BRACKETS))
def bracketed_label(text: str) -> bool:
    """Like "【関連記事】 …", "[관련기사] …", "(READ ALSO) …": what stands in the brackets leads to another story.

    >>> bracketed_label.says("[Read also] Rain expected in the north")
    'related.bracketed-label'
    """
    end = text.find(_BRACKETS[text[0]], 1, _LONGEST_LABEL)
    if end < 0 or end + 1 == len(text):
        return False
    phrase = look_up(text[1:end])
    return phrase is not None and phrase.label is Label.RELATED


@rule({"navigation.breadcrumb": Label.NAVIGATION}, longest=200, signs=tuple(_STEPS))
def breadcrumb(text: str) -> bool:
    """Like "Home > News > World", "Startseite » Politik": a path that begins at the start page.

    >>> breadcrumb.says("Home > News > World")
    'navigation.breadcrumb'
    """
    if (found := _STEP.search(text, 1, _LONGEST_START)) is None:
        return False
    step, at = found[0], found.start()
    sure = text.count(step) > 1 or (step in "›»≫" and len(text) - at <= _LONGEST_END)
    return sure and text[:at].strip(" ⌂🏠").casefold() in word_set("breadcrumbs", "starts")


def _numbered(lines: Lines) -> Collection[int]:
    """Return the places of the lines of some words that have a number, and a number or an arrow at one end."""
    texts = lines.texts
    return [
        place
        for place in lines.numbered
        if ((text := texts[place])[0].isdigit() or text[0] in _ARROWS or text[-1] in _ARROWS)
        and len(text) <= _LONGEST_PAGES
        and len(text.split()) > _FEWEST_NUMBERS
    ]


@rule({"navigation.pages": Label.NAVIGATION}, where=_numbered)
def pages(text: str) -> bool:
    """Like "« 1 2 3 … 10 Next »": page numbers and the word for the next or the last page.

    >>> pages.says("« 1 2 3 … 10 Next »")
    'navigation.pages'
    >>> pages.says("1 2 3")
    """
    tokens = [bare for token in text.split() if (bare := token.strip(_ARROWS + "[]|."))]
    numbers = sum(token.isdecimal() for token in tokens)
    words = " ".join(token for token in tokens if not token.isdecimal())
    if numbers < _FEWEST_NUMBERS or len(tokens) - numbers > _MOST_WORDS or not words:
        return False
    phrase = look_up(words) or look_up_weak(words)
    return phrase is not None and phrase.rule == "navigation.previous-next"


@rule({"tags.hashtags": Label.TAGS}, longest=400, first="#＃")
def hashtags(text: str) -> bool:
    """Like "#Kyiv #rain #harvest". One hashtag alone may be the answer to a question.

    >>> hashtags.says("#Kyiv #rain")
    'tags.hashtags'
    >>> hashtags.says("#1 Kotka, #2 Narva")
    """
    words = text.replace("＃", "#").replace(",", " ").split()
    return len(words) >= _FEWEST_HASHTAGS and all(
        word[0] == "#" and word[1:].strip("_").isidentifier() for word in words
    )


def _weak(lines: Lines) -> Collection[int]:
    return may_be_weak(lines.keys)


@rule(phrase_rules(), alone=False, longest=LONGEST_WEAK, where=_weak, needs_company=_NEED_COMPANY)
def phrase_among_furniture(lines: Lines, i: int) -> str | None:
    """A word such as "Home", "More" or "Facebook" is furniture when the lines next to it are furniture too.

    >>> phrase_among_furniture.says("Home", "Post navigation")
    'navigation.menu'
    """
    if (phrase := lines.read(look_up_weak, lines[i])) is None:
        return None
    others = 0
    for j in (i - 1, i + 1):
        if 0 <= j < len(lines) and len(beside := lines[j]) <= LONGEST_WEAK:
            if lines.read(look_up, beside) is not None:
                return phrase.rule
            others += lines.read(look_up_weak, beside) is not None
    return phrase.rule if others + 1 >= _WEAK_IN_A_ROW else None
