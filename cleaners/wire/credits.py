"""Photo credits: who took the picture and which agency it came from, as papers print it.

A credit is a few parts between slashes, bars, dashes, commas or "via": names of people, names of agencies, and
remarks ("File Photo", "Handout"), often behind a label ("Photo:", "Foto:", "写真：") or a © sign. A text is a credit
only when every part of it is one of these; one unknown word and it is not.

The words are those of `[credits]`; the forms follow the style guides of AP, Reuters, AFP and dpa and what papers make
of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import Agency, find_agency, outlets
from cleaners.wire.names import is_organisation, is_place, looks_like_name, name_case
from cleaners.wire.parts import (
    YEARS,
    alternatives,
    cut_label,
    cut_opener,
    first_words,
    longest_first,
    split_joined,
    unbracket,
)
from cleaners.words import word_set


class Credit(Value):
    """A credit as printed, its photographer in name case, its agency's short name.

    `agency` is the name of a known agency, else of the paper or office that is named as the source. `form` names
    the form it was printed in ("copyright-agency-name", "label-name", …).
    """

    printed: str
    photographer: str | None = None
    agency: str | None = None
    form: str = "agency"


LONGEST_CREDIT = 200
_LONGEST_PART = 70
#: Parts of a credit at most; in a text without markup, and words of one part.
_MOST_MARKED_PARTS = 9
_MOST_PARTS = 7
_MOST_WORDS = 9
#: Scripts that write words together begin here.
_SIGNS_FROM = "\u2e80"
#: Remarks that stand beside films and drawings as well.
_OF_OTHERS = frozenset(("video", "graphic", "graphics", "press"))
_COPYRIGHT = late_pattern(r"(?:©|ⓒ|\(c\)|（[cｃ]）|copyright\b(?:\s*©)?|&copy;)[\s:]*", re.I)
_YEARS = late_pattern(rf"{YEARS}[\s,]*")
_TITLES = late_pattern(
    r"^(?:记者|記者|通讯员|Staff photographer |photojournalist )|\s?(?:인턴\s?기자|선임기자|사진기자|기자|특파원|記者)$"
)
_INITIAL_AT_END = late_pattern(r"\b(?:[A-Z]|Jr|Sr|[Pp]h)\.$")
_DAY = late_pattern(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_NO_NAME = late_pattern(r"[?!:0-9]|\. ")
#: What stands between a label of a script without spaces and the name.
_BEHIND_SIGN = " /／・\u3000|｜，,"
_QUOTES = frozenset('“”"«»„')
_HAN_SHOT = late_pattern(
    r"(?:(?P<agency>[^\s／/|]{2,8}?)??(?:特约)?(?:记者|記者|通讯员)\s?)?"
    r"(?P<name>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,2})\s?[／/]?\s?(?:摄影|攝影|撮影|摄|攝)"
)


def is_credit_word(key: str, text: str) -> bool:
    """Tell whether a text in small letters is a word of credits.

    >>> is_credit_word("labels", "photo"), is_credit_word("openers", "rain")
    (True, False)
    """
    return text in word_set("credits", key)


@cache
def label_signs() -> tuple[str, ...]:
    """Return the labels of scripts without spaces, which need no colon."""
    return tuple(label for label in longest_first("credits", "labels") if max(label) >= _SIGNS_FROM)


@cache
def credit_first_words() -> frozenset[str]:
    """Return the first words of all that a credit may begin with."""
    return first_words("credits", "openers", "weak", "alone") | {"copyright", "(c)"}


@cache
def _separator() -> re.Pattern[str]:
    """Return what stands between two parts of a credit. Only ever run on a credit's 200 characters."""
    return re.compile(
        rf"\s*([/|;/｜•,，、()\[\]（）=＝])\s*|\s+(?:([-–—·])+|({alternatives('credits', 'links')}))\s+", re.I
    )


def opens_with_label(text: str) -> bool:
    """Tell whether a text before a colon may be a credit's label.

    >>> opens_with_label("▲ Photo "), opens_with_label("Rain")
    (True, False)
    """
    label = text.strip().casefold().lstrip("([*/▲△▼ ")
    return any(is_credit_word(key, label) for key in ("labels", "openers", "weak", "sources"))


def may_be_credit_line(text: str) -> bool:
    """Return the cheapest gate, for every line of a text: whether it has a mark that a credit with a name needs.

    >>> may_be_credit_line("It rained: nobody came."), may_be_credit_line("Foto: dpa")
    (False, True)
    """
    last = text[-1]
    if last in "”»?!…,;":
        return False
    if "©" in text or "|" in text or "ⓒ" in text:
        return True
    if last == "." and len(text) > 100:
        return False
    if "/" in text:
        return True
    p = text.find(":", 0, 44)
    if p > 0 and opens_with_label(text[:p]):
        return True
    if p <= 0 and (text[0] >= "\u3000" or text[0] in "(（[【"):
        return len(text) <= 120
    first = text[:24].split(None, 1)[0].casefold().rstrip(",.")
    return first in credit_first_words() or (" via " in text and (p > 0 or last != "."))


@remembered(256)  # three in ten calls ask about a text again: a rule, the line below it, the photo
def parse_credit(text: str, *, marked: bool = False) -> Credit | None:
    """Return the credit that `text` is, when it is nothing else; None when any part of it is not of a credit.

    `marked` says that the page's markup calls the text a credit: then a bare name is a photographer too, and
    parts that are not understood do no harm. An agency's bare name ("AFP") is a credit; whether it stands for a
    photo or for the story is for the caller to see from its place.

    >>> credit = parse_credit("© AFP – Nicholas SHEARMAN")
    >>> credit.photographer, credit.agency, credit.form
    ('Nicholas Shearman', 'AFP', 'copyright-agency-name')
    >>> credit = parse_credit("(Photo by Anna Smith/AFP via Getty Images)")
    >>> credit.photographer, credit.agency
    ('Anna Smith', 'AFP')
    >>> parse_credit("the minister told AFP.") is None, parse_credit("Anna Smith") is None
    (True, True)
    >>> parse_credit("Anna Smith", marked=True).photographer
    'Anna Smith'
    """
    if not 2 <= len(text) <= LONGEST_CREDIT or not (marked or _could_be_credit(text)):
        return None
    reading = _Reading(marked=marked)
    core = reading.open(unbracket(text.strip(" \t\xa0*▲△▼▶■●•")))
    for part, mark in credit_parts(core):  # most are no credits, which their first part tells
        reading.many = reading.many or len(part) < len(core)
        if (not marked and len(part) > _LONGEST_PART) or not reading.take(part, mark):
            return None
    return reading.credit(text.strip())


def _could_be_credit(text: str) -> bool:
    """Return the cheap gate: a long text without any of a credit's marks is not looked at."""
    return (
        may_be_credit_line(text) or (len(text) <= 48 and text.count(" ") <= 5) or "（" in text or "【" in text
    )


def credit_parts(core: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a credit, each with the mark in front of it ("" for the first).

    >>> list(credit_parts("Anna Smith/AFP via Getty Images"))
    [('Anna Smith', ''), ('AFP', '/'), ('Getty Images', 'via')]
    """
    start, mark = 0, ""
    for found in _separator().finditer(core):
        yield core[start : found.start()], mark
        start, mark = found.end(), next(filter(None, found.groups())).lower()
    yield core[start:], mark


class _Reading:
    """What was read of a credit so far."""

    def __init__(self, *, marked: bool) -> None:
        self.marked = marked
        self.label = ""  # "label" with a colon, "by" without one
        self.weak_label = False  # one that headlines begin with too
        self.copyright = (
            ""  # "sign", or "word" where it is spelled out: then only an agency's name makes a credit of it
        )
        self.photo_word = False  # one of its words is of photos only
        self.alone = False  # a remark that is a credit by itself
        self.many = False  # there are parts to come
        self.weak_agency = False  # its agency's name is an everyday word
        self.marks = ""
        self.parts: list[tuple[str, str, Agency | None]] = []

    def open(self, core: str) -> str:
        """Return what is left of a credit behind its labels and © sign; "" where it is no credit."""
        if not self.marked and not _QUOTES.isdisjoint(core):
            return ""
        if is_credit_word("alone", core.casefold().rstrip(".")):
            self.alone = True
            return core
        for _ in range(4):
            sign = _COPYRIGHT.match(core)
            rest = self._behind_sign(core, sign) if sign else self._behind_label(core)
            if not sign and not rest:
                break
            core = rest
        else:
            return ""
        if core[-1:] in "摄攝影" and (shot := _HAN_SHOT.fullmatch(core)):
            self.label = "label"
            return f"{shot['agency']}/{shot['name']}" if shot["agency"] else shot["name"]
        return core

    def _behind_sign(self, core: str, sign: re.Match[str]) -> str:
        """Return what stands behind the © sign and its year."""
        spelled_out = sign[0][0] in "Cc" and "©" not in sign[0]
        self.copyright = "word" if spelled_out and self.copyright != "sign" else "sign"
        core = core[sign.end() :]
        year = _YEARS.match(core)
        return core[year.end() :].removeprefix("by ") if year and year.end() < len(core) else core

    def _behind_label(self, core: str) -> str:
        """Return what stands behind the label that `core` opens with; "" when it opens with none."""
        label, rest = cut_label(core)
        if rest and self._is_label(label, colon=True):
            return rest
        head, dot, rest = core[:12].partition(".")
        if dot and rest.strip() and is_credit_word("openers", f"{head.casefold()}."):
            self.label = "by"  # "Dok.Example", "fot. Anna Smith"
            return core[len(head) + 1 :].strip()
        opener, rest = cut_opener(core, "credits", "openers", "weak", "sources")
        # "picture alliance" is no label
        if opener and not (core[0].isascii() and find_agency(_separator().split(core, maxsplit=1)[0] or "")):
            self._is_label(opener)
            return rest
        if core[:1] < "\u3040":
            return ""
        for sign in label_signs():
            behind = core[len(sign) : len(sign) + 1]
            if core.startswith(sign) and behind and behind in _BEHIND_SIGN:
                if behind.isspace():
                    self.weak_label = self.photo_word = True
                else:
                    self.label = "label"
                return core[len(sign) + 1 :].strip()
        return ""

    def _is_label(self, label: str, *, colon: bool = False) -> bool:
        """Tell whether a text is a label, and note of which kind."""
        labels = word_set("credits", "labels")
        if colon and (label in labels or all(part.strip() in labels for part in re.split("[/&]", label))):
            self.label = "label"
        elif is_credit_word("openers", label):
            self.label = "by"
        elif is_credit_word("weak", label) or is_credit_word("sources", label):
            self.weak_label = True
            self.photo_word |= not is_credit_word("sources", label)
        else:
            return False
        return True

    @property
    def opened(self) -> bool:
        """Whether it begins as only credits do."""
        return bool(self.label) or self.copyright == "sign" or self.marked

    def take(self, part: str, mark: str) -> bool:
        """Classify a part: agency, name, organisation, remark, or other. False: no other part makes a credit of it."""
        bare = part.strip()
        part = bare if _INITIAL_AT_END.search(bare) else part.strip(" \t\xa0.:")
        if not part:
            return True
        kind, agency = "other", None
        small = part.casefold()
        if part.count(" ") < _MOST_WORDS:
            self.marks += mark if len(mark) < 2 else "v"
            if is_credit_word("remarks", small) and (self.parts or small != "pool"):
                self.photo_word |= small not in _OF_OTHERS
                kind = "remark"
            elif len(self.parts) < _MOST_MARKED_PARTS:
                agency = find_agency(part, weak=self.opened or self.many or self.weak_label)
                if agency:
                    kind = "agency"
                    self.photo_word |= any(word in small for word in ("hoto", "foto", "image"))
                    self.weak_agency |= not self.opened and part in agency.weak
                elif _YEARS.fullmatch(part) or _DAY.fullmatch(part):
                    return True
                elif (self.parts or mark) and (rest := self._behind_label(part)):
                    return self.take(rest, "")
                elif self.opened and (pair := _name_and_agency(_TITLES.sub("", part))):
                    self.parts += pair
                    return True
                else:
                    part = _TITLES.sub("", part)
                    kind = _kind_of_name(part)
        self.parts.append((kind, part, agency))
        return kind != "other" or self.marked or self.alone or self.label == "label"

    def credit(self, printed: str) -> Credit | None:
        """Return the credit, when all that was read makes one."""
        if self.alone:
            return Credit(printed, form="remark")
        kinds = [kind for kind, _, _ in self.parts]
        agencies = [(place, agency) for place, (_, _, agency) in enumerate(self.parts) if agency]
        names = [(place, text) for place, (kind, text, _) in enumerate(self.parts) if kind == "name"]
        houses = [text.removeprefix("the ") for kind, text, _ in self.parts if kind == "organisation"]
        if ("other" in kinds and not self._is_tolerable()) or not self._is_sure(
            kinds, agencies, names, houses
        ):
            return None
        if self.marked and len(names) == 2 and not agencies and not houses and self.marks == "/":
            houses = [
                names.pop(1 if " " in names[0][1] else 0)[1]
            ]  # "Anna Smith/Examplia", "Examplia/Anna Smith"
        at, name = (
            (names[0] if self.label == "by" or kinds[0] == "name" else names[-1]) if names else (-1, "")
        )
        agency = _nearest_agency(agencies, at)
        source = agency.name if agency else next(iter(houses), None)
        return Credit(printed, name_case(name) or None, source, self._form(kinds, bool(agency), bool(name)))

    def _is_tolerable(self) -> bool:
        """Tell whether parts that were not understood leave the rest a credit."""
        others = [text for kind, text, _ in self.parts if kind == "other"]
        words = others[0].split()
        return self.marked or (
            self.label == "label"
            and len(others) == 1
            and len(others[0]) <= 40
            and len(words) <= 4
            and word_set("names", "not_names").isdisjoint(map(str.casefold, words))
            and not _NO_NAME.search(others[0])
        )

    def _is_sure(
        self,
        kinds: list[str],
        agencies: list[tuple[int, Agency]],
        names: list[tuple[int, str]],
        houses: list[str],
    ) -> bool:
        """Tell whether the parts, all understood, can be nothing but a credit."""
        if not kinds or (len(kinds) > _MOST_PARTS and not self.marked):
            return False
        if self.marked or self.label == "label":
            return True
        if self.label == "by":
            full = any(" " in name or name.isupper() or len(kinds) > 1 for _, name in names)
            return bool(agencies or houses or full)
        if self.copyright:
            return bool(agencies or (self.copyright == "sign" and (names or houses)))
        of_photos = any(is_photo_agency(agency) for _, agency in agencies)
        if self.weak_label:  # "Photo AFP" yes; "Source: Reuters" is the story's
            return of_photos or bool(agencies and (names or self.photo_word))
        if not agencies:
            return self._is_name_and_house(kinds, names, houses)
        if not names:
            return not houses or self.marks.strip("/|v") == ""
        full = any(" " in name for _, name in names)
        if len(names) > 3 or any(is_place(name) for _, name in names) or (self.weak_agency and not full):
            return False
        if of_photos or self.photo_word:
            return True
        if self.marks.strip("/|v"):
            return self.marks[0] in "/|v" and len(kinds) > 2
        first, name = names[0]
        return agencies[0][0] < first or " " in name or name >= "\u0590"

    def _is_name_and_house(self, kinds: list[str], names: list[tuple[int, str]], houses: list[str]) -> bool:
        """Like "Maria Rossi/LP", "LP/Maria Rossi", "Maria Rossi / Example Times"."""
        if len(names) != 1 or len(houses) != 1 or kinds.count("remark") + 2 != len(kinds):
            return False
        (place, name), house = names[0], houses[0]
        if self.marks[:1] != "/" or " " not in name or is_place(name):
            return False
        paper = place == 0 and not word_set("names", "papers").isdisjoint(house.casefold().split())
        return house in outlets() or (" " not in house and "." in house[1:-1]) or paper

    def _form(self, kinds: list[str], agency: bool, photographer: bool) -> str:
        if agency and photographer:
            rest = "agency-name" if kinds.index("agency") < kinds.index("name") else "name-agency"
        elif agency:
            rest = "agency" if {"remark", "organisation"}.isdisjoint(kinds) else "handout-agency"
        else:
            rest = "name" if photographer else "source"
        first = "copyright-" if self.copyright else "label-" if self.label or self.weak_label else ""
        return first + rest


def is_photo_agency(agency: Agency) -> bool:
    """Tell whether an agency has pictures only."""
    return "news" not in agency.kinds and agency.name != "POOL"


def _kind_of_name(part: str) -> str:
    """Return whether a part is the name of a paper or an office, of people, or anything else."""
    if part in outlets():
        return "organisation"
    if is_organisation(part):
        return "organisation" if len(part) <= 60 and len(part.split()) <= 7 else "other"
    if looks_like_name(part):
        return "name"
    joined = split_joined(part) if word_set("bylines", "links").isdisjoint(part.lower().split()) else ()
    return "name" if 2 <= len(joined) <= 3 and all(map(looks_like_name, joined)) else "other"


def _name_and_agency(part: str) -> list[tuple[str, str, Agency | None]]:
    """Return the parts of "Jan Woitas dpa", "AFP Nicolas Tucat": nothing but a space stands between them."""
    tokens = part.split()
    if is_organisation(part):
        return []
    for cut in (len(tokens) - 1, 1, len(tokens) - 2, 2):
        if 0 < cut < len(tokens):
            left, right = " ".join(tokens[:cut]), " ".join(tokens[cut:])
            for name, spelling in ((left, right), (right, left)):
                agency = find_agency(spelling)
                if agency and looks_like_name(name, least=2):
                    pair = [("name", name, None), ("agency", spelling, agency)]
                    return pair if name == left else pair[::-1]
    return []


def _nearest_agency(found: list[tuple[int, Agency]], at: int) -> Agency | None:
    """Return the photographer's own agency: the nearest to the name, and no house that passes pictures on."""
    own = [(place, agency) for place, agency in found if "desk" not in agency.kinds] or found
    return min(own, key=lambda pair: abs(pair[0] - at) if at >= 0 else 0)[1] if own else None
