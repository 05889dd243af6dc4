"""The grammar of a photo credit: who took the picture and which agency it came from, as papers print it.

A credit is a few parts between slashes, bars, dashes, commas or "via": names of people, names of agencies, and
remarks ("File Photo", "Handout"), often behind a label ("Photo:", "Foto:", "写真：") or a © sign. A text is a credit
only when every part of it is one of these; one unknown word and it is not.

The words are in credit_words.toml; the forms follow the style guides of AP, Reuters, AFP and dpa and what papers make
of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleaners.wire.agencies import Agency, find_agency, outlets
from cleaners.wire.datelines import is_place
from cleaners.wire.names import is_organisation, looks_like_name, name_case, name_words
from cleaners.wire.rights import parse_rights


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit as printed, its photographer in name case, its agency's short name.

    `agency` is the name of a known agency, else of the paper or office that is named as the source. `form` names
    the form it was printed in ("copyright-agency-name", "label-name", …).
    """

    printed: str
    photographer: str | None = None
    agency: str | None = None
    form: str = "agency"


class _Words(NamedTuple):
    labels: frozenset[str]
    signs: tuple[str, ...]  # labels of scripts without spaces: they need no colon
    openers: frozenset[str]
    weak: frozenset[str]
    sources: frozenset[str]
    remarks: frozenset[str]
    alone: frozenset[str]
    separator: re.Pattern[str]
    heads: frozenset[str]  # all that may stand before a colon
    last: frozenset[str]  # the last words of all labels
    first: frozenset[str]  # the first words of all that may stand without one


@cache
def _words() -> _Words:
    with Path(__file__).with_name("credit_words.toml").open("rb") as file:
        table = tomllib.load(file)
    labels = {word.strip() for line in table["labels"].values() for word in line}
    signs = {word.strip() for language in ("zh", "ja", "ko") for word in table["labels"][language]}
    links = "|".join(map(re.escape, table["links"]["words"]))
    table_openers = [*table["openers"]["words"], *table["openers"]["weak"], *table["openers"]["sources"]]
    return _Words(
        heads=frozenset((*labels, *table_openers)),
        last=frozenset(label.split()[-1] for label in labels),
        first=frozenset(
            phrase.split()[0].rstrip(",.")
            for phrase in (
                *table["openers"]["words"],
                *table["openers"]["weak"],
                *table["remarks"]["alone"],
                "copyright",
                "(c)",
            )
        ),
        labels=frozenset(labels),
        signs=tuple(sorted(signs, key=len, reverse=True)),
        openers=frozenset(table["openers"]["words"]),
        weak=frozenset(table["openers"]["weak"] + table["openers"]["sources"]),
        sources=frozenset(table["openers"]["sources"]),
        remarks=frozenset(table["remarks"]["words"]),
        alone=frozenset(table["remarks"]["alone"]),
        # Only ever run on a credit's 200 characters.
        separator=re.compile(
            rf"\s*([/|;/｜•])\s*|\s+([-–—·])+\s+|\s*([,，、])\s*|\s*([()\[\]（）])\s*|\s+({links})\s+|\s*([=＝])\s*",
            re.I,
        ),
    )


_LONGEST_CREDIT = 200
_LONGEST_CAPTION = 1500
_BRACKETS = {")": "(", "]": "[", "）": "（", "】": "【", "}": "{"}
_COPYRIGHT = re.compile(r"(?:©|ⓒ|\(c\)|copyright\b(?:\s*©)?|&copy;)[\s:]*", re.I)
_YEAR = re.compile(r"\(?(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?\)?[\s,]*")
_RESERVED = re.compile(
    r"[.,]? ?(?:All rights reserved|Tous droits réservés|Alle Rechte vorbehalten|Todos los derechos reservados)\.?$",
    re.I,
)
_TITLES = re.compile(
    r"^(?:记者|記者|通讯员|Staff photographer |photojournalist )|\s?(?:인턴\s?기자|선임기자|사진기자|기자|특파원|記者)$"
)
_QUOTES = frozenset('“”"«»„')
_HAN_SHOT = re.compile(
    r"(?:(?P<agency>[^\s／/|]{2,8}?)??(?:特约)?(?:记者|記者|通讯员)\s?)?(?P<name>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,2})"
    r"\s?[／/]?\s?(?:摄影|攝影|撮影|摄|攝)"
)


def parse_credit(text: str, *, marked: bool = False) -> Credit | None:
    """The credit that `text` is, when it is nothing else; None when any part of it is not of a credit.

    `marked` says that the page's markup calls the text a credit: then a bare name is a photographer too, and
    parts that are not understood do no harm. An agency's bare name ("AFP") is a credit; whether it stands for a
    photo or for the story is for the caller to see from its place.

    >>> parse_credit("© AFP – Nicholas SHEARMAN")
    Credit(printed='© AFP – Nicholas SHEARMAN', photographer='Nicholas Shearman', agency='AFP', form='copyright-agency-name')
    >>> credit = parse_credit("(Photo by Anna Smith/AFP via Getty Images)")
    >>> credit.photographer, credit.agency
    ('Anna Smith', 'AFP')
    >>> parse_credit("the minister told AFP.") is None, parse_credit("Anna Smith") is None
    (True, True)
    >>> parse_credit("Anna Smith", marked=True).photographer
    'Anna Smith'
    """
    if not 2 <= len(text) <= _LONGEST_CREDIT or not (marked or _could_be_credit(text)):
        return None
    reading = _Reading(marked=marked)
    core = _open_credit(_unbracket(text.strip(" \t\xa0*▲△▼▶■●•")), reading)
    if core is None:
        return None
    parts = _parts(core)
    reading.many = len(parts) > 1
    if not marked and max(len(part) for part, _ in parts) > 70:
        return None
    for part, mark in parts:
        reading.take(part, mark)
        if reading.hopeless:
            return None
    return reading.credit(text.strip())


def _could_be_credit(text: str) -> bool:
    """The cheap gate: a long text without any of a credit's marks is not looked at."""
    return (
        may_be_credit_line(text) or (len(text) <= 48 and text.count(" ") <= 5) or "（" in text or "【" in text
    )


def may_be_credit_line(text: str) -> bool:
    """The cheapest gate, for every line of a text: whether it has a mark that a credit with a name needs.

    >>> may_be_credit_line("It rained: nobody came."), may_be_credit_line("Foto: dpa")
    (False, True)
    """
    if "©" in text or "|" in text or "ⓒ" in text:
        return True
    if "/" in text:
        return text[-1] != "." or len(text) <= 100
    p = text.find(":", 0, 44)
    words = _words()
    if p > 0:
        return (
            text[:p].rstrip().casefold().lstrip("([*/▲△▼ ") in words.heads
            or " via " in text
            or _first_word(text) in words.first
        )
    if text[0] >= "\u3000" or text[0] in "(（[【":
        return len(text) <= 120
    return _first_word(text) in words.first or (" via " in text and text[-1] != ".")


def _first_word(text: str) -> str:
    return text[:24].split(None, 1)[0].casefold().rstrip(",.")


def _unbracket(text: str) -> str:
    """The text without the brackets that stand around the whole of it."""
    text = text.removeprefix("/").strip()
    while len(text) > 2 and _BRACKETS.get(text[-1]) == text[0] and text.find(text[0], 1) < 0:
        text = text[1:-1].strip()
    return text


def _open_credit(core: str, reading: _Reading) -> str | None:
    """What is left of a credit behind its labels and © sign; notes them in `reading`. None: it is no credit."""
    if not reading.marked and not _QUOTES.isdisjoint(core):
        return None
    words = _words()
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
            year = _YEAR.match(core)
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
    shot = _HAN_SHOT.fullmatch(core) if core[-1:] in "摄攝影" else None
    if shot:
        reading.label = "label"
        core = shot["name"] if not shot["agency"] else f"{shot['agency']}/{shot['name']}"
    return core.strip() or None


def _behind_label(core: str, reading: _Reading) -> str | None:
    """What stands behind the label that `core` opens with, or None when it opens with none."""
    words = _words()
    mark = next((p for p, c in enumerate(core[:44]) if c in ":：=＝"), -1)
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
    if core[:1].isascii() and find_agency(_words().separator.split(core, 1)[0] or ""):
        return None  # "picture alliance" is no label
    tokens = core.split(None, 5)
    for count in range(min(5, len(tokens) - 1), 0, -1):
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


def _parts(core: str) -> list[tuple[str, str]]:
    """The parts of a credit, each with the mark in front of it ("" for the first)."""
    parts: list[tuple[str, str]] = []
    start, mark = 0, ""
    for found in _words().separator.finditer(core):
        parts.append((core[start : found.start()], mark))
        start, mark = found.end(), next(g for g in found.groups() if g).lower()
    parts.append((core[start:], mark))
    return parts


@dataclass(slots=True)
class _Reading:
    """What was read of a credit so far."""

    marked: bool
    label: str = ""
    weak_label: bool = False
    copyright: bool = False
    copyright_word: bool = False  # spelled out: only an agency's name makes a credit of it
    alone: bool = False
    weak_agency: bool = False
    many: bool = False
    marks: str = ""
    kinds: list[tuple[str, str, Agency | None]] = field(default_factory=list)  # (kind, text, agency)
    photo_word: bool = False

    @property
    def hopeless(self) -> bool:
        """Whether a part was not understood that no other part can excuse."""
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
        part = (
            part.strip(" \t\xa0.:")
            if not re.search(r"\b(?:[A-Z]|Jr|Sr|[Pp]h)\.$", part.strip())
            else part.strip()
        )
        small = part.casefold()
        if not part:
            return
        if part.count(" ") > 8:
            self.kinds.append(("other", part, None))
            return
        if mark:
            self.marks += mark if len(mark) == 1 else "v"
        words = _words()
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
        if _YEAR.fullmatch(part) or re.fullmatch(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}", part):
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
        """ "Jan Woitas dpa", "AFP Nicolas Tucat": name and agency with nothing but a space between."""
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
        """The credit, when all that was read makes one."""
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
        photographer, at = self._photographer(names, kinds)
        agency = _choose_agency([(abs(i - at) if at >= 0 else 0, a) for i, a in agencies])
        source = agency.name if agency else (organisations[0] if organisations else None)
        return Credit(printed, photographer, source, self._form(kinds, bool(agency), bool(photographer)))

    def _tolerable(self) -> bool:
        """Whether parts that were not understood leave the rest a credit."""
        if self.marked:
            return True
        others = [text for kind, text, _ in self.kinds if kind == "other"]
        stop = name_words().not_names
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
        """Whether the parts, all understood, can be nothing but a credit."""
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
        """ "Photo AFP", "Foto: dpa" yes; "Source: Reuters" is the story's."""
        return self.photo_word

    def _name_and_outlet(
        self, kinds: list[str], names: list[tuple[int, str]], organisations: list[str]
    ) -> bool:
        """ "Maria Rossi/LP", "LP/Maria Rossi", "Maria Rossi / Example Times"."""
        if len(names) != 1 or len(organisations) != 1 or self.marks[:1] != "/" or " " not in names[0][1]:
            return False
        if is_place(names[0][1]) or kinds.count("remark") + 2 != len(kinds):
            return False
        paper = organisations[0]
        return paper in outlets() or (
            names[0][0] == 0 and any(w in name_words().papers for w in paper.casefold().split())
        )

    def _photographer(self, names: list[tuple[int, str]], kinds: list[str]) -> tuple[str | None, int]:
        """The photographer's name in name case and the place of its part; (None, -1) without one."""
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
    joiners = name_words().joiners
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


#: Where a credit may begin inside a caption: behind the end of a sentence, a bar or a spaced dash.
_BOUNDARY = re.compile(r"[.!?…»”\"'’)\]|;:]\s+|\s[-–—|•]+\s+|[。！？]\s*|\s{2,}")
_OPENER_IN_TEXT = re.compile(
    r"(?:Photo|Image|Picture|Photograph|Photography|Illustration|Handout|Graphic|Courtesy|Foto|Fotos|Bild|Beeld|Fotografía|Fotografia|Imagem|Kuva"
    r"|Credit|Crédits?|PHOTO|FOTO|Photos|Images|Pictures|Photographs|Fot|Supplied|ph|Ph|Zdroj|Sursa|Cortesía|Gambar)\b"
)


def split_caption(text: str, *, marked: bool = False) -> tuple[str, Credit] | None:
    """A caption and the credit at its end or its start; None when the text holds no sure credit.

    `marked` says that the page's markup calls the text a caption: then an agency's bare name behind the last
    sentence or in brackets ("… in Kazan. (AFP)") is its credit too. In a plain text that is how a paragraph ends.

    >>> caption, credit = split_caption("North Korean troops in Russia © AFP – Nicholas SHEARMAN")
    >>> caption, credit.photographer
    ('North Korean troops in Russia', 'Nicholas Shearman')
    >>> split_caption("A car burns in Kyiv. REUTERS/Carlos Barria/File Photo")[0]
    'A car burns in Kyiv.'
    >>> split_caption("“We will not go,” he told AFP.") is None, split_caption("He did not say why. (AFP)") is None
    (True, True)
    """
    if not 12 <= len(text) <= _LONGEST_CAPTION:
        return None
    text = text.strip()
    if not text or (not marked and (text[0] == "|" or text.count("|") > 3)):
        return None  # a table's row
    for start in _credit_starts(text, marked):
        if 0 < start < len(text):
            found = _cut(text, start, marked)
            if found:
                return found
    return _split_front(text) if text[0] in "([©【（" or may_be_credit_line(text[:60]) else None


def _credit_starts(text: str, marked: bool) -> Iterator[int]:
    """Places in the tail where a credit may begin, the likeliest first; nearly always none."""
    tail = text[-_LONGEST_CREDIT:]
    offset = len(text) - len(tail)
    last = tail[-1] if tail[-1] not in " ." else tail.rstrip(" .")[-1:]
    if "©" in tail or "ⓒ" in tail or "opyright " in tail or "(c)" in tail or "(C)" in tail:
        for sign in ("©", "ⓒ", "(c)", "(C)", "Copyright "):
            p = tail.rfind(sign)
            if p > 0 and not tail[p - 1].isalnum() and (sign != "Copyright " or _opens(tail, p)):
                yield p + offset
    if last in _BRACKETS:
        yield _bracket_start(tail, last) + offset
    if ":" in tail or "：" in tail or "=" in tail or "＝" in tail:
        for p in _label_starts(tail):
            if p >= 0 and (_opens(tail, p) or not tail[p].islower()):
                yield p + offset
    slash = "/" in tail[-130:]
    photo = "oto" in tail or "mage" in tail or "OTO" in tail
    if (
        photo
        or "ourtesy" in tail
        or "icture" in tail
        or "Bild" in tail
        or "upplied" in tail
        or "Beeld" in tail
        or "Kuva" in tail
        or "ot. " in tail
    ):
        for m in _OPENER_IN_TEXT.finditer(tail):
            if m.start() == 0 or not tail[m.start() - 1].isalnum():
                yield m.start() + offset
    if slash or photo or marked or "|" in tail or " via " in tail or last in "摄攝影":
        boundaries = [m.end() for m in _BOUNDARY.finditer(tail) if not _is_initial(tail, m.start())]
        for p in reversed(boundaries[-8:]):
            if marked or _piece_has_mark(tail, p):
                yield p + offset
    if slash:
        p = tail.find("/", max(0, len(tail) - 130))
        for _ in range(6):
            if p < 0:
                break
            for start in _agency_starts(tail, p, marked):
                yield start + offset
            p = tail.find("/", p + 1)


def _piece_has_mark(tail: str, p: int) -> bool:
    """Whether what stands from `p` on can be a credit without a label: short, and with a credit's marks."""
    piece = tail[p:]
    if piece.count(" ") > 16:
        return False
    return (
        "/" in piece
        or "|" in piece
        or " via " in piece
        or "oto" in piece
        or "mage" in piece
        or "OTO" in piece
        or piece[-1:] in "摄攝影）)"
    )


def _bracket_start(tail: str, closing: str) -> int:
    """Where the bracket opens that closes the tail."""
    opening, depth = _BRACKETS[closing], 0
    for p in range(len(tail) - 1, -1, -1):
        if tail[p] == closing:
            depth += 1
        elif tail[p] == opening:
            depth -= 1
            if depth == 0:
                return p
    return -1


def _label_starts(tail: str) -> list[int]:
    """Where a label with a colon opens a credit: "Photo:", "Crédit photo :", "写真="."""
    words, starts = _words(), []
    for mark in ":：=＝":
        p = tail.rfind(mark)
        for _ in range(3):
            if p < 0:
                break
            pieces = tail[max(0, p - 44) : p].split()
            last = pieces[-1].casefold().lstrip("([©（【/▲▼") if pieces else ""
            if last in words.last:
                for width in (4, 3, 2, 1):
                    label = " ".join(pieces[-width:]).lstrip("([©（【/▲▼ ")
                    if label.casefold() in words.labels:
                        starts.append(tail.rfind(label.split()[0], 0, p))
                        break
            elif last and last[-1] >= "\u3040":
                sign = next((s for s in words.signs if last.endswith(s)), None)
                if sign:
                    starts.append(len(tail[:p].rstrip()) - len(sign))
            p = tail.rfind(mark, 0, p)
    return starts


def _opens(tail: str, p: int) -> bool:
    """Whether a new sentence or bracket may begin at `p`."""
    before = tail[:p].rstrip()
    return not before or before[-1] in ".!?…»”\"')]|;:。！？([（【-–—•/©"


def _is_initial(tail: str, p: int) -> bool:
    """Whether the full stop at `p` is that of an initial or a title ("Ishara S.", "Dr.")."""
    if tail[p] != ".":
        return False
    word = tail[max(0, p - 5) : p].split()[-1:] or [""]
    return len(word[0]) == 1 and word[0].isupper()


def _agency_starts(tail: str, slash: int, marked: bool) -> list[int]:
    """Where an agency's name begins that stands right before a slash; for marked captions a person's name too."""
    left = tail[:slash].rstrip()
    starts = []
    for width in (1, 2, 3):
        pieces = left.rsplit(None, width)
        words = pieces[-width:]
        if len(pieces) <= width:
            break
        phrase = " ".join(words).lstrip("([")
        if find_agency(phrase) or (marked and width > 1 and looks_like_name(phrase, least=2, most=3)):
            starts.append(left.rfind(words[0]))
    return starts[:1] if not marked else starts


def _cut(text: str, start: int, marked: bool) -> tuple[str, Credit] | None:
    """The caption before `start` and the credit from there on, when the cut is sure."""
    printed = text[start:]
    if not marked and printed.count(" ") > 22:
        return None
    caption = text[:start].rstrip(" \t\xa0-–—|,;/•·([（【*")
    if caption.endswith(("&", " and", " und", " et", " y", " e")):
        return None
    if len(caption) < 3 or not any(c.isalpha() for c in caption[:40]) or caption.isdigit():
        return None
    credit = parse_credit(_RESERVED.sub("", printed)) or (
        parse_credit(printed.rstrip(" .")) if printed.endswith(".") else None
    )
    if (
        credit
        and credit.form.startswith("copyright")
        and not marked
        and _YEAR.search(printed)
        and parse_rights(text)
    ):
        return None
    if credit is None:
        if not marked or len(printed) > 80 or not _opens(text, start):
            return None
        credit = _marked_tail(printed)
        if credit is None:
            return None
    bare = credit.photographer is None and credit.form in ("agency", "remark")
    if bare and not marked and not _photo_only(printed):
        return None
    if credit.form == "remark" and not marked:
        return None
    if not marked and _in_sentence(text, start, printed, credit):
        return None
    return caption, replace(credit, printed=printed.strip())


def _marked_tail(printed: str) -> Credit | None:
    """In a marked caption the last words may be a credit that prose could not prove: "Name, AFP"."""
    credit = parse_credit(printed, marked=True)
    return credit if credit and find_agency(credit.agency or "") and "other" not in credit.form else None


def _photo_only(printed: str) -> bool:
    """Whether an agency without a photographer still can only be a photo's ("Getty Images", "AP Photo")."""
    inner = _unbracket(printed.strip(" ."))
    small = inner.casefold()
    if "photo" in small or "foto" in small:
        return True
    found = [find_agency(part) for part, _ in _parts(inner)]
    return any(a is not None and "news" not in a.kinds and a.name != "POOL" for a in found)


def _in_sentence(text: str, start: int, printed: str, credit: Credit) -> bool:
    """Whether the credit is rather part of a sentence: no break before it, and a full stop behind it."""
    if credit.form.startswith("copyright"):
        return (printed.endswith(".") and find_agency(credit.agency or "") is None) or text[
            start - 1
        ] in "“\"«'‘("[:5]
    if printed[0] in "([（【":
        return False
    return not _opens(text, start) and (
        printed.rstrip().endswith((".", "!", "?"))
        and not credit.form.startswith(("agency-name", "label-name-agency"))
    )


def _split_front(text: str) -> tuple[str, Credit] | None:
    """A credit in front of its caption: "(AP Photo/Evan Vucci) A car burns", "Photo: Anna Smith / Reuters. A car burns"."""
    closing = {"(": ")", "[": "]", "【": "】", "（": "）"}.get(text[0])
    if closing:
        end = text.find(closing, 1, _LONGEST_CREDIT)
        ends = [end + 1] if end > 0 else []
    else:
        ends = [
            m.end() for m in _BOUNDARY.finditer(text, 0, _LONGEST_CREDIT) if not _is_initial(text, m.start())
        ][:6]
    for end in ends:
        if not _piece_has_mark(text[:end], 0) and not may_be_credit_line(text[:end]):
            continue
        printed, caption = text[:end].rstrip(" \t\xa0-–—|•:"), text[end:].lstrip(" \t\xa0-–—|:•.")
        if len(caption) < 8 or (" " not in caption.strip() and caption < "\u0590"):
            continue
        credit = parse_credit(printed) or parse_credit(printed.rstrip("."))
        if credit is None or credit.form in ("agency", "remark", "copyright-agency"):
            continue
        if (not credit.agency and not closing) or credit.form == "copyright-source":
            continue
        return caption, credit
    return None
