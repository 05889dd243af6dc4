"""The grammar of a photo credit: who took the picture and which agency it came from, as papers print it.

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
from cleaners.wire.credit_words import credit_words, may_be_credit_line, separator
from cleaners.wire.names import is_organisation, is_place, looks_like_name, name_case
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
BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "}": "{"}
_LABEL_MARK = late_pattern("[:：=＝]")
_COPYRIGHT = late_pattern(r"(?:©|ⓒ|\(c\)|（[cｃ]）|copyright\b(?:\s*©)?|&copy;)[\s:]*", re.I)
YEAR = late_pattern(r"\(?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\)?[\s,]*")
_TITLES = late_pattern(
    r"^(?:记者|記者|通讯员|Staff photographer |photojournalist )|\s?(?:인턴\s?기자|선임기자|사진기자|기자|특파원|記者)$"
)
_INITIAL_AT_END = late_pattern(r"\b(?:[A-Z]|Jr|Sr|[Pp]h)\.$")
_DAY = late_pattern(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_QUOTES = frozenset('“”"«»„')


@cache
def _han_shot_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:(?P<agency>[^\s／/|]{2,8}?)??(?:特约)?(?:记者|記者|通讯员)\s?)?(?P<name>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,2})"
        r"\s?[／/]?\s?(?:摄影|攝影|撮影|摄|攝)"
    )


@remembered(256)  # a rule finds it, another asks about the line above, and the article reads it
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
    core = _open_credit(unbracket(text.strip(" \t\xa0*▲△▼▶■●•")), reading)
    if core is None:
        return None
    for part, mark in _each_part(core):  # most are no credits, which their first part tells
        reading.many = reading.many or len(part) < len(core)
        if not marked and len(part) > _LONGEST_PART:
            return None
        reading.take(part, mark)
        if reading.hopeless:
            return None
    return reading.credit(text.strip())


def _could_be_credit(text: str) -> bool:
    """Return the cheap gate: a long text without any of a credit's marks is not looked at."""
    return (
        may_be_credit_line(text) or (len(text) <= 48 and text.count(" ") <= 5) or "（" in text or "【" in text
    )


def unbracket(text: str) -> str:
    """Return the text without the brackets that stand around the whole of it."""
    text = text.removeprefix("/").strip()
    while len(text) > 2 and BRACKETS.get(text[-1]) == text[0] and text.find(text[0], 1) < 0:
        text = text[1:-1].strip()
    return text


def _open_credit(core: str, reading: _Reading) -> str | None:
    """Return what is left of a credit behind its labels and © sign; notes them in `reading`. None: it is no credit."""
    if not reading.marked and not _QUOTES.isdisjoint(core):
        return None
    words = credit_words()
    small = core.casefold().rstrip(".")
    if small in words.alone:
        reading.alone = True
        return core
    for _ in range(4):
        sign = _COPYRIGHT.match(core)
        if sign:
            if sign[0][0] in "Cc" and "©" not in sign[0]:
                reading.copyright_word = True
            else:
                reading.copyright = True
            core = core[sign.end() :]
            year = YEAR.match(core)
            if year and year.end() < len(core):
                core = core[year.end() :]
                core = core.removeprefix("by ")
            continue
        rest = _behind_label(core, reading)
        if rest is None:
            break
        core = rest
    else:
        return None
    shot = _han_shot_pattern().fullmatch(core) if core[-1:] in "摄攝影" else None
    if shot:
        reading.label = "label"
        core = shot["name"] if not shot["agency"] else f"{shot['agency']}/{shot['name']}"
    return core.strip() or None


def _behind_label(core: str, reading: _Reading) -> str | None:
    """Return what stands behind the label that `core` opens with, or None when it opens with none."""
    words = credit_words()
    found = _LABEL_MARK.search(core, 0, 44)
    mark = found.start() if found else -1
    if mark > 0:
        head = core[:mark].strip().casefold()
        rest = core[mark + 1 :].strip()
        if rest and (head in words.labels or all(h.strip() in words.labels for h in re.split(r"[/&]", head))):
            reading.label = "label"
            return rest
        if rest and head in words.openers:
            reading.label = "by"
            return rest
        if rest and head in words.weak:
            reading.weak_label = True
            reading.photo_word |= head not in words.sources
            return rest
    head, dot, rest = core[:12].partition(".")
    if dot and rest.strip() and f"{head.casefold()}." in words.openers:
        reading.label = "by"  # "Dok.Example", "fot. Anna Smith"
        return core[len(head) + 1 :].strip()
    tokens = core.split(None, 5)
    opens = bool(tokens) and tokens[0].casefold().rstrip(",") in words.opening
    if opens and core[:1].isascii() and find_agency(separator().split(core, 1)[0] or ""):
        return None  # "picture alliance" is no label
    for count in range(min(5, len(tokens) - 1) if opens else 0, 0, -1):
        head = " ".join(tokens[:count]).casefold()
        bare = head.rstrip(",")
        if bare in words.openers or (bare in words.weak and len(tokens) > count):
            if bare in words.openers:
                reading.label = "by"
            else:
                reading.weak_label = True
                reading.photo_word |= bare not in words.sources
            return core.split(None, count)[count].lstrip(" ,:")
    if core and core[0] >= "\u3040":
        for sign in words.signs:
            if core.startswith(sign) and len(core) > len(sign) and core[len(sign)] in " /／・　|｜，,":
                if core[len(sign)].isspace():
                    reading.weak_label = reading.photo_word = True
                else:
                    reading.label = "label"
                return core[len(sign) + 1 :].strip()
    return None


def credit_parts(core: str) -> list[tuple[str, str]]:
    """Return the parts of a credit, each with the mark in front of it ("" for the first)."""
    return list(_each_part(core))


def _each_part(core: str) -> Iterator[tuple[str, str]]:
    start, mark = 0, ""
    for found in separator().finditer(core):
        yield core[start : found.start()], mark
        start, mark = found.end(), next(g for g in found.groups() if g).lower()
    yield core[start:], mark


class _Reading:
    """Return what was read of a credit so far."""

    def __init__(self, *, marked: bool) -> None:
        self.marked = marked
        self.label = ""
        self.weak_label = False
        self.copyright = False
        self.copyright_word = False  # spelled out: only an agency's name makes a credit of it
        self.alone = False
        self.weak_agency = False
        self.many = False
        self.marks = ""
        self.kinds: list[tuple[str, str, Agency | None]] = []  # (kind, text, agency)
        self.photo_word = False

    @property
    def hopeless(self) -> bool:
        """Tell whether a part was not understood that no other part can excuse."""
        return (
            bool(self.kinds)
            and self.kinds[-1][0] == "other"
            and not (self.marked or self.alone)
            and self.label != "label"
        )

    @property
    def opened(self) -> bool:
        return bool(self.label) or self.copyright or self.marked

    def take(self, part: str, mark: str) -> None:
        """Classify one part: agency, name, organisation, remark, or other."""
        bare = part.strip()
        initial = bare.endswith(".") and _INITIAL_AT_END.search(bare)
        part = bare if initial else part.strip(" \t\xa0.:")
        small = part.casefold()
        if not part:
            return
        if part.count(" ") > 8:
            self.kinds.append(("other", part, None))
            return
        if mark:
            self.marks += mark if len(mark) == 1 else "v"
        words = credit_words()
        if small in words.remarks and not (small == "pool" and not self.kinds):
            if small not in ("video", "graphic", "graphics", "press"):
                self.photo_word = True
            self.kinds.append(("remark", part, None))
            return
        if len(self.kinds) + 1 > 9:
            self.kinds.append(("other", part, None))
            return
        agency = find_agency(part, weak=self.opened or self.many or self.weak_label)
        if agency:
            if "hoto" in small or "foto" in small or "image" in small:
                self.photo_word = True
            self.weak_agency |= not self.opened and part in agency.weak
            self.kinds.append(("agency", part, agency))
            return
        if (part[0] == "(" or part[0].isdecimal()) and (YEAR.fullmatch(part) or _DAY.fullmatch(part)):
            return
        if self.kinds or mark:
            rest = _behind_label(part, self)
            if rest is not None:
                self.take(rest, "")
                return
        self._take_name(part)

    def _take_name(self, part: str) -> None:
        part = _TITLES.sub("", part)
        if part in outlets() or is_organisation(part):
            kind = "organisation" if part in outlets() or _short(part) else "other"
            self.kinds.append((kind, part, None))
            return
        if self.opened and " " in part and self._take_name_and_agency(part):
            return
        if looks_like_name(part) or _looks_like_names(part):
            self.kinds.append(("name", part, None))
            return
        self.kinds.append(("other", part, None))

    def _take_name_and_agency(self, part: str) -> bool:
        """Like "Jan Woitas dpa", "AFP Nicolas Tucat": name and agency with nothing but a space between."""
        tokens = part.split()
        for cut in (len(tokens) - 1, 1, len(tokens) - 2, 2):
            if 0 < cut < len(tokens):
                left, right = " ".join(tokens[:cut]), " ".join(tokens[cut:])
                for name, agency_text in ((left, right), (right, left)):
                    agency = find_agency(agency_text)
                    if agency and looks_like_name(name, least=2):
                        pair = [("name", name, None), ("agency", agency_text, agency)]
                        self.kinds += pair if name == left else reversed(pair)
                        return True
        return False

    def credit(self, printed: str) -> Credit | None:
        """Return the credit, when all that was read makes one."""
        kinds = [kind for kind, _, _ in self.kinds]
        if self.alone:
            return Credit(printed, form="remark")
        if "other" in kinds and not self._tolerable():
            return None
        agencies = [(i, a) for i, (_, _, a) in enumerate(self.kinds) if a]
        names = [(i, t) for i, (kind, t, _) in enumerate(self.kinds) if kind == "name"]
        organisations = [t.removeprefix("the ") for kind, t, _ in self.kinds if kind == "organisation"]
        if not self._sure(kinds, agencies, names, organisations):
            return None
        if self.marked and len(names) == 2 and not agencies and not organisations and self.marks == "/":
            house = names.pop(1 if " " in names[0][1] else 0)  # "Anna Smith/Examplia", "Examplia/Anna Smith"
            organisations = [house[1]]
        photographer, at = self._photographer(names, kinds)
        agency = _choose_agency([(abs(i - at) if at >= 0 else 0, a) for i, a in agencies])
        source = agency.name if agency else (organisations[0] if organisations else None)
        return Credit(printed, photographer, source, self._form(kinds, bool(agency), bool(photographer)))

    def _tolerable(self) -> bool:
        """Tell whether parts that were not understood leave the rest a credit."""
        if self.marked:
            return True
        others = [text for kind, text, _ in self.kinds if kind == "other"]
        stop = word_set("names", "not_names")
        return (
            self.label == "label"
            and len(others) == 1
            and len(others[0]) <= 40
            and len(others[0].split()) <= 4
            and not any(w.casefold() in stop for w in others[0].split())
            and not re.search(r"[?!:0-9]|\. ", others[0])
        )

    def _sure(
        self,
        kinds: list[str],
        agencies: list[tuple[int, Agency]],
        names: list[tuple[int, str]],
        organisations: list[str],
    ) -> bool:
        """Tell whether the parts, all understood, can be nothing but a credit."""
        if not kinds or (len(kinds) > 7 and not self.marked):
            return False
        if self.marked or self.label == "label":
            return True
        only_photo = any("news" not in a.kinds and a.name != "POOL" for _, a in agencies)
        if self.label == "by":
            return bool(
                agencies or organisations or any(" " in n or n.isupper() or len(kinds) > 1 for _, n in names)
            )
        if self.copyright:
            return bool(agencies or names or organisations)
        if self.copyright_word:
            return bool(agencies)
        if self.weak_label:
            return (
                bool(names and agencies)
                or only_photo
                or (bool(agencies) and not names and self._weak_enough())
            )
        if not agencies:
            return self._name_and_outlet(kinds, names, organisations)
        if not names:
            return not organisations or self.marks.strip("/|v") == ""
        if len(names) > 3 or any(is_place(n) for _, n in names):
            return False
        if self.weak_agency and not any(" " in n for _, n in names):
            return False
        if only_photo or self.photo_word:
            return True
        if any(m not in "/|v" for m in self.marks):
            return self.marks[:1] in ("/", "|", "v") and len(kinds) > 2
        agency_first = agencies[0][0] < names[0][0]
        return agency_first or " " in names[0][1] or names[0][1] >= "\u0590"

    def _weak_enough(self) -> bool:
        """Like "Photo AFP", "Foto: dpa" yes; "Source: Reuters" is the story's."""
        return self.photo_word

    def _name_and_outlet(
        self, kinds: list[str], names: list[tuple[int, str]], organisations: list[str]
    ) -> bool:
        """Like "Maria Rossi/LP", "LP/Maria Rossi", "Maria Rossi / Example Times"."""
        if len(names) != 1 or len(organisations) != 1 or self.marks[:1] != "/" or " " not in names[0][1]:
            return False
        if is_place(names[0][1]) or kinds.count("remark") + 2 != len(kinds):
            return False
        paper = organisations[0]
        return (
            paper in outlets()
            or (" " not in paper and "." in paper[1:-1])
            or (names[0][0] == 0 and any(w in word_set("names", "papers") for w in paper.casefold().split()))
        )

    def _photographer(self, names: list[tuple[int, str]], kinds: list[str]) -> tuple[str | None, int]:
        """Return the photographer's name in name case and the place of its part; (None, -1) without one."""
        if not names:
            return None, -1
        at, name = names[0] if self.label == "by" or kinds[0] == "name" else names[-1]
        return name_case(name), at

    def _form(self, kinds: list[str], agency: bool, photographer: bool) -> str:
        if self.copyright or self.copyright_word:
            first = "copyright"
        elif self.label or self.weak_label:
            first = "label"
        else:
            first = ""
        order = [k for k in kinds if k in ("agency", "name")] if agency and photographer else []
        if order:
            rest = "agency-name" if order[0] == "agency" else "name-agency"
        else:
            handed = "remark" in kinds or "organisation" in kinds
            rest = (
                ("handout-agency" if handed else "agency") if agency else "name" if photographer else "source"
            )
        return f"{first}-{rest}" if first else rest


def _short(part: str) -> bool:
    return len(part) <= 60 and len(part.split()) <= 7


def _looks_like_names(part: str) -> bool:
    """Two or three names joined by "and", "&", "et", "und" …"""
    tokens = part.split()
    joiners = word_set("bylines", "conjunctions")
    cuts = [i for i, token in enumerate(tokens) if token.lower() in joiners and 0 < i < len(tokens) - 1]
    if not 1 <= len(cuts) <= 2:
        return False
    pieces, start = [], 0
    for cut in (*cuts, len(tokens)):
        pieces.append(" ".join(tokens[start:cut]))
        start = cut + 1
    return all(looks_like_name(piece) for piece in pieces)


def _choose_agency(found: list[tuple[int, Agency]]) -> Agency | None:
    """Of several agencies the photographer's own: the nearest to the name, and no house that passes pictures on."""
    if not found:
        return None
    own = [(distance, agency) for distance, agency in found if "desk" not in agency.kinds]
    return min(own or found, key=lambda pair: pair[0])[1]
