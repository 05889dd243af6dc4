"""Paths to the page, and the numbers of further pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cleaners.blocks import Block, Label, Verdict
from cleaners.rules import alone
from cleaners.rules.gates import Lines, asked
from cleaners.words.match import look_up, look_up_weak

if TYPE_CHECKING:
    from cleaners.rules import Rule

_BREADCRUMB = Verdict(Label.NAVIGATION, "navigation.breadcrumb", 0.95)
_PAGES = Verdict(Label.NAVIGATION, "navigation.pages", 0.95)
_LONGEST = 200
_LONGEST_PAGES = 80
_STEP = re.compile("[>›»/≫→]")
_LONGEST_START = 25
#: A path of one step only leads to a section, not to a headline.
_LONGEST_END = 25
_STARTS = frozenset(
    "home|homepage|home page|front page|startseite|start|accueil|inicio|portada|início|página inicial|hjem|hem|forside"
    "|forsiden|etusivu|strona główna|anasayfa|ana sayfa|главная|головна|domů|úvod|acasă|főoldal|kezdőlap|beranda"
    "|voorpagina|トップ|ホーム|首页|首頁|홈|الرئيسية|خانه|דף הבית|होम|হোম|trang chủ".split("|")
)
_ARROWS = "«»‹›<>←→…"
_FEWEST_NUMBERS = 2
_MOST_WORDS = 4


@alone
@asked(longest=_LONGEST, signs=tuple(">›»/≫→"))
def breadcrumb(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "Home > News > World", "Startseite » Politik": a path that begins at the start page.

    >>> breadcrumb([Block("Home > News > World", 1)], 0).rule
    'navigation.breadcrumb'
    """
    text = blocks[i].text
    if len(text) > _LONGEST:
        return None
    if (found := _STEP.search(text, 1, _LONGEST_START)) is None:
        return None
    step, at = found[0], found.start()
    sure = text.count(step) > 1 or (step in "›»≫" and len(text) - at <= _LONGEST_END)
    return _BREADCRUMB if sure and text[:at].strip(" ⌂🏠").casefold() in _STARTS else None


def _numbered(lines: Lines) -> list[int]:
    """The lines of some words that have a number in them and begin with one, or begin or end with an arrow."""
    texts = lines.texts
    return [
        place
        for place in lines.numbered
        if ((text := texts[place])[0].isdigit() or text[0] in _ARROWS or text[-1] in _ARROWS)
        and len(text) <= _LONGEST_PAGES
        and len(text.split()) > _FEWEST_NUMBERS
    ]


@alone
@asked(longest=_LONGEST_PAGES, where=_numbered)
def pages(blocks: Sequence[Block], i: int) -> Verdict | None:
    """Like "« 1 2 3 … 10 Next »": page numbers and the word for the next or the last page.

    >>> pages([Block("« 1 2 3 … 10 Next »", 1)], 0).rule
    'navigation.pages'
    >>> pages([Block("1 2 3", 1)], 0) is None
    True
    """
    text = blocks[i].text
    if len(text) > _LONGEST_PAGES or not (text[0].isdigit() or text[0] in _ARROWS or text[-1] in _ARROWS):
        return None
    tokens = [bare for token in text.split() if (bare := token.strip(_ARROWS + "[]|."))]
    numbers = sum(token.isdecimal() for token in tokens)
    words = " ".join(token for token in tokens if not token.isdecimal())
    if numbers < _FEWEST_NUMBERS or len(tokens) - numbers > _MOST_WORDS or not words:
        return None
    verdict = look_up(words) or look_up_weak(words)
    return _PAGES if verdict is not None and verdict.rule == "navigation.previous-next" else None


RULES: tuple[Rule, ...] = (breadcrumb, pages)
