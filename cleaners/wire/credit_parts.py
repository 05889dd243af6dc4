"""What a credit is made of: its label or © sign, and behind it names, agencies, houses, remarks and places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import (
    OWN_NAMES,
    Agency,
    find_agency,
    find_misspelt,
    is_outlet,
    is_picture_desk,
    outlets,
)
from cleaners.wire.names import is_organisation, is_place, looks_like_name, name_case
from cleaners.wire.parts import (
    BRACKETS,
    YEARS,
    alternatives,
    cut_label,
    cut_opener,
    longest_first,
    split_joined,
    unbracket,
)
from cleaners.words import word_set


class Opening(Value):
    """What a credit opens with.

    `label` is "label" (with a colon), "by" (without one), "weak" (one that headlines begin with too) or ""; `sign` is
    "sign" for ©, "word" where it is spelled out: then only an agency's name makes a credit of it; `of_photos` says
    that the label is of photos only, `alone` that a remark is all that is printed, `bracketed` that brackets stand
    around the whole, `small` that there are no capitals.
    """

    label: str = ""
    sign: str = ""
    of_photos: bool = False
    alone: bool = False
    marked: bool = False
    bracketed: bool = False
    small: bool = False

    @property
    def sure(self) -> bool:
        """Whether it opens as only credits do."""
        return self.label in ("label", "by") or self.sign == "sign" or self.marked


class Part(Value):
    """A part of a credit: its kind ("agency", "name", "house", "remark", "place", "other") and the mark before it."""

    kind: str
    text: str
    mark: str = ""
    agency: Agency | None = None


#: Words of one part at most.
_MOST_WORDS = 9
#: Labels and signs that one credit opens with at most.
_MOST_LABELS = 4
_LONGEST_HOUSE = 60
#: Words of a name, its particles aside, that is printed in small letters: more are a sentence.
_MOST_SMALL = 3
#: Letters of a house's short form: "ST", "AFP".
_LONGEST_SHORT_FORM = 5
#: Scripts that write words together begin here.
_SIGNS_FROM = "\u2e80"
_COPYRIGHT = late_pattern(r"(?:©|ⓒ|\(c\)|（[cｃ]）|copyright\b(?:\s*©)?|&copy;)[\s:]*", re.I)
_YEARS = late_pattern(rf"{YEARS}[\s,]*")
_YEAR_BEHIND = late_pattern(rf",? +{YEARS}$")
#: A day by itself; in Japanese and Chinese the place may stand before it.
_DAY = late_pattern(r"\d{1,2}[./]\d{1,2}[./]\d{2,4}|[\u3040-\u9fff]{0,12}(?:\d{4}年)?\d{1,2}月\d{1,2}日")
_TITLES = late_pattern(
    r"^(?:记者|記者|通讯员|P(?:ool|OOL) |Staff photographer |photojournalist "
    r"|(?:[A-Z][\w.]* ){0,4}(?:Sgt|Cpl|Lt|Capt|Maj|Col|Spc|Pfc|Cmdr|Airman|Class)\.? )"
    r"|\s?(?:인턴\s?기자|선임기자|사진기자|기자|특파원|記者)$| [Ss]taff$"
)
#: A paper's photographer: "Times photographer Anna Smith".
_JOB_BETWEEN = late_pattern(
    r"(?P<house>[\w.' -]{2,40}?) (?:staff )?photo(?:grapher|journalist) (?P<name>\S.*)", re.I
)
#: What may stand behind a name: an address for letters, a day and a place.
_BEHIND = late_pattern(r" +(?:[^\s@]{1,60}@\S+|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}\b.*)$")
_RESERVED = late_pattern(
    r"[.,]? ?(?:All rights reserved|Tous droits réservés|Alle Rechte vorbehalten|Todos los derechos reservados)\.?$",
    re.I,
)
_INITIAL_AT_END = late_pattern(r"\b(?:[A-Z]|Jr|Sr|[Pp]h)\.$")
#: Letters, digits and signs as wide as Han signs, and the plain ones.
_WIDE = {sign: sign - 0xFEE0 for sign in range(0xFF10, 0xFF5B)} | {0xFF0F: 0x2F}
#: What stands between a label of a script without spaces and the name.
_BEHIND_SIGN = " /／・\u3000|｜，,"
_QUOTES = frozenset('“”"«»„')
#: A house that is no agency is written in one word so long behind a name and a slash: "eyevine", "g1".
_ONE_WORD = late_pattern(r"@?[\w.&+'’-]{2,24}")
#: Marks of who passes a picture on.
PASSED_ON = frozenset(("via", "through", "über"))
#: Links that say where a picture comes from, and not whom it was taken for.
_SOURCES = PASSED_ON | {"from"}
#: How an account on a platform is named.
_ACCOUNT = late_pattern(r"@\w[\w.]{1,40}")
#: What joins a name and an agency within one part.
_JOINT = late_pattern(r":\s|[ ・-]")
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
def _separator() -> re.Pattern[str]:
    """Return what stands between two parts of a credit. Only ever run on a credit's 200 characters."""
    return re.compile(
        rf"\s*([/|;/｜•·—\\,，、()\[\]（）=＝©ⓒ])\s*|\s+(?:([-–])+|({alternatives('credits', 'links')}))\s+|\s+(?=@\w)",
        re.I,
    )


def credit_parts(core: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a credit, each with the mark in front of it ("" for the first).

    >>> list(credit_parts("Anna Smith/AFP via Getty Images"))
    [('Anna Smith', ''), ('AFP', '/'), ('Getty Images', 'via')]
    """
    start, mark = 0, ""
    for found in _separator().finditer(core):
        if found[1] == "·" and core[found.start()] >= "\u2e80":  # joins the halves of one name
            continue
        yield core[start : found.start()], mark
        start, mark = found.end(), next(filter(None, found.groups()), " ").lower()
    yield core[start:], mark


def open_credit(text: str, *, marked: bool) -> tuple[Opening, str] | None:
    """Return what a credit opens with and what stands behind its labels and © sign; None where it is no credit.

    >>> open_credit("Photo: © Anna Smith", marked=False)[1], open_credit("“Photo: Anna”", marked=False)
    ('Anna Smith', None)
    """
    core = _inside(text)
    if not marked and not _QUOTES.isdisjoint(core):
        return None
    bracketed = text.rstrip()[-1:] in BRACKETS and core[-1:] not in BRACKETS
    opening = Opening(marked=marked, bracketed=bracketed, small=core == core.lower() != core.upper())
    if is_credit_word("alone", core.casefold().rstrip(".")):
        return opening._replace(alone=True), core
    opened = _behind_labels(opening, core)
    if opened is None:
        return None
    opening, core = opened
    if core[-1:] in "摄攝影" and (shot := _HAN_SHOT.fullmatch(core)):
        core = f"{shot['agency']}/{shot['name']}" if shot["agency"] else shot["name"]
        opening = opening._replace(label="label")
    return opening, core


def _inside(text: str) -> str:
    """Return a credit without the brackets and bullets around it, its wide letters as plain ones."""
    core = unbracket(text.strip(" \t\xa0*▲△▼▶■●•＝").lstrip("—–- "))
    return core if core.isascii() else core.translate(_WIDE)


def without_labels(text: str) -> str:
    """Return a credit without what says that it is one: brackets around it, © signs, and labels wherever they stand.

    >>> without_labels("(Photo: © 2024 Anna Smith / AFP)"), without_labels("Anna Smith, foto: AFP")
    ('Anna Smith / AFP', 'Anna Smith, AFP')
    >>> without_labels("AP Photo/Anna Smith"), without_labels("Jan Kos nuotr.")
    ('AP Photo/Anna Smith', 'Jan Kos')
    """
    core = _inside(text)
    if is_credit_word("alone", core.casefold().rstrip(".")):
        return core
    opening = Opening(marked=True)
    opened, core = _behind_labels(opening, core) or (opening, core)
    if opened.sign:
        core = _YEAR_BEHIND.sub("", core)
    marks = [0, *(found.end() for found in _separator().finditer(core)), len(core)]
    parts = [core[start:end] for start, end in pairwise(marks)]
    labelled = [_behind_label(opening, part) if ":" in part or "：" in part else None for part in parts]
    bare = "".join([behind[1] if behind else part for part, behind in zip(parts, labelled, strict=True)])
    head, _, last = bare.rpartition(" ")
    unlabelled = head and last.islower() and is_credit_word("labels", last.rstrip("."))
    return (head if unlabelled else bare).strip(" |,;:–—-/") or core


def _behind_labels(opening: Opening, core: str) -> tuple[Opening, str] | None:
    """Return what stands behind all labels and signs that a credit opens with; None where there are too many."""
    if opening.marked and ("eserv" in core or "orbehalten" in core):
        core = _RESERVED.sub("", core)
    for _ in range(_MOST_LABELS):
        behind = _behind_sign(opening, core) or _behind_label(opening, core)
        if behind is None:
            return opening, core
        opening, core = behind
    return None


def _behind_sign(opening: Opening, core: str) -> tuple[Opening, str] | None:
    """Return what stands behind the © sign and its year."""
    sign = _COPYRIGHT.match(core)
    if sign is None:
        return None
    spelled_out = sign[0][0] in "Cc" and "©" not in sign[0]
    core = core[sign.end() :]
    if ":" in sign[0] and looks_like_name(core, least=2):
        spelled_out = False  # "Copyright: Anna Smith"
    year = _YEARS.match(core)
    if year and year.end() < len(core):
        core = core[year.end() :].removeprefix("by ")
    return opening._replace(sign="word" if spelled_out and opening.sign != "sign" else "sign"), core


def _behind_label(opening: Opening, core: str) -> tuple[Opening, str] | None:
    """Return what stands behind the label that a text opens with."""
    label, rest = cut_label(core)
    if rest and (labelled := _with_label(opening, label, colon=True)):
        return labelled, rest
    if rest and (agency := _agency_before_label(core[: len(core) - len(rest)])):
        return opening._replace(label="label"), f"{agency}/{rest}"
    if opening.marked and not opening.label and (rest := cut_opener(core, "bylines", "openers")[1]):
        return opening._replace(label="by"), rest
    head, dot, rest = core[:12].partition(".")
    if dot and rest.strip() and is_credit_word("openers", f"{head.casefold()}."):  # "Dok.Example"
        return opening._replace(label="by"), core[len(head) + 1 :].strip()
    opener, rest = cut_opener(core, "credits", "openers", "weak", "sources")
    # "picture alliance" is no label
    if opener and not (core[0].isascii() and find_agency(_separator().split(core, maxsplit=1)[0] or "")):
        return _with_label(opening, opener) or opening, rest
    if core[:1] < "\u3040" or not core.startswith(label_signs()):
        return None
    for sign in label_signs():
        behind = core[len(sign) : len(sign) + 1]
        if core.startswith(sign) and behind and behind in _BEHIND_SIGN:
            if not behind.isspace():
                opening = opening._replace(label="label")
            elif not opening.label:
                opening = opening._replace(label="weak", of_photos=True)
            return opening, core[len(sign) + 1 :].strip()
    return None


def _agency_before_label(text: str) -> str | None:
    """Return the agency that a label names before its word: "MTI-fotó:", "EPA photo:"."""
    text = text.rstrip(" :：=＝")
    head, _, last = text.rpartition("-" if "-" in text else " ")
    return head if is_credit_word("labels", last.casefold()) and find_agency(head) else None


def _with_label(opening: Opening, label: str, *, colon: bool = False) -> Opening | None:
    """Return the opening with a label, None where the text is none."""
    labels = word_set("credits", "labels")
    if (
        colon
        and opening.marked
        and (is_credit_word("marked_labels", label) or label in word_set("bylines", "labels"))
    ):
        return opening._replace(label="label")
    if colon and (label in labels or all(part.strip() in labels for part in re.split("[/&]", label))):
        return opening._replace(label="label")
    if is_credit_word("openers", label):
        return opening._replace(label="by")
    source = is_credit_word("sources", label)
    if not source and not is_credit_word("weak", label):
        return None
    return opening._replace(label=opening.label or "weak", of_photos=opening.of_photos or not source)


def read_part(text: str, mark: str, opening: Opening, before: Sequence[Part], *, many: bool) -> list[Part]:
    """Return the parts that a text between two marks is: nearly always one, none for a date.

    `before` are the parts in front of it; `many` says that it is not the only one.
    """
    bare = text.strip(' \t\xa0«»“”"')
    text = bare if _INITIAL_AT_END.search(bare) else bare.strip(" .:")
    small = text.casefold()
    if not text or _YEARS.fullmatch(text) or _DAY.fullmatch(text):
        return []
    if text.count(" ") >= _MOST_WORDS:
        return [Part("other", text, mark)]
    if is_credit_word("remarks", small) and (before or small != "pool"):
        return [Part("remark", text, mark)]
    if (own := OWN_NAMES.get()) and own.find_person(text):
        return [Part("name", text, mark)]
    if agency := find_agency(text, weak=opening.sure or many or bool(opening.label)):
        return [Part("agency", text, mark, agency)]
    if _ACCOUNT.fullmatch(text):
        return [Part("name", text, mark)]
    if opening.sure and is_credit_word("platforms", small):
        return [Part("house", text, mark)]
    if before or mark:
        behind = cut_opener(text, "credits", "links")[1] if before else ""
        behind = behind or next(iter((_behind_label(opening, text) or ())[1:]), "")
        if behind:
            return read_part(behind, mark, opening, before, many=many)
    head, stop, rest = text.partition(". ")
    if stop and is_credit_word("remarks", head.casefold()):
        return [Part("remark", head, mark), *read_part(rest, "", opening, before, many=True)]
    if text[-1] in "摄攝影" and (shot := _HAN_SHOT.fullmatch(text)):
        return [Part("name", shot["name"], mark)]
    text = _TITLES.sub("", _BEHIND.sub("", text))
    if job := _JOB_BETWEEN.fullmatch(text):
        read = (read_part(job[part], "", opening, before, many=True) for part in ("house", "name"))
        return [part._replace(mark=mark) for parts in read for part in parts]
    if opening.marked and opening.sign:
        text = _YEAR_BEHIND.sub("", text)  # "© Anna Smith 2024"
    shown = text if text in outlets() else _without_last_label(text)
    if shown != text and len(shown) <= _LONGEST_SHORT_FORM and shown.isupper():
        return [Part("house", shown, mark)]
    text = shown
    if pair := _joined_to_agency(text, opening):
        return [pair[0]._replace(mark=mark), pair[1]]
    kind = _kind_of_name(text)
    if not opening.sure or kind == "place":
        return [Part(kind, text, mark)]
    if agency := find_misspelt(text):
        return [Part("agency", text, mark, agency)]
    if (
        (opening.small or text.istitle())
        and len(text) <= _LONGEST_SHORT_FORM
        and (agency := find_agency(text.upper()))
    ):
        return [Part("agency", text, mark, agency)]
    if kind in ("other", "house") and opening.small and " " in text:
        kind, text = _read_small_letters(text)
    if kind in ("other", "name") and _is_house_behind_name(text, mark, before):
        kind = "house"
    return [Part(kind, text, mark)]


def _read_small_letters(text: str) -> tuple[str, str]:
    """Return what a text in small letters names, and the name in its case: "joost van der berg"."""
    name = name_case(text.removeprefix("the ").upper())
    people = [word for word in name.split() if word[0].isupper()]
    if len(people) > _MOST_SMALL:
        return "other", text
    if is_organisation(name):
        return "house", name
    return ("name", name) if looks_like_name(name, least=2) else ("other", text)


def _without_last_label(text: str) -> str:
    """Return a part without the label behind it: "LRT nuotr", "Jan Kos foto"."""
    head, _, last = text.rpartition(" ")
    small = last.casefold()
    if not head or not is_credit_word("behind_agency", small):
        return text
    short = len(head) <= _LONGEST_SHORT_FORM and head.isupper()
    return head if short or (is_credit_word("labels", small) and not is_organisation(text)) else text


def _kind_of_name(text: str) -> str:
    """Return whether a part is the name of a house, of people, of a place, or anything else."""
    if is_outlet(text):
        return "house"
    if is_place(text):
        return "place"
    if text[0].isdigit() and text.lstrip("0123456789")[:2] == ". ":
        return "other"  # "16. Example News": the end of a date
    if is_organisation(text):
        words = text.split()
        sentence = any(word.islower() and word[-1] == "." for word in words) or (
            len(words) > 2 and words[0].islower() and words[0] != "the"
        )
        return "house" if len(text) <= _LONGEST_HOUSE and len(words) <= 7 and not sentence else "other"
    jobs = word_set("bylines", "jobs")
    titled = [word in jobs for word in text.casefold().split()]
    if any(titled):
        return "remark" if all(titled) else "other"
    if looks_like_name(text):
        return "name"
    joined = split_joined(text) if word_set("bylines", "links").isdisjoint(text.lower().split()) else ()
    return "name" if 2 <= len(joined) <= 3 and all(map(looks_like_name, joined)) else "other"


def joins_house(mark: str) -> bool:
    """Tell whether a mark joins a photographer to whom the picture was taken for: a slash, "for"."""
    return mark == "/" or (mark not in _SOURCES and is_credit_word("links", mark))


def _is_house_behind_name(text: str, mark: str, before: Sequence[Part]) -> bool:
    """Tell whether one word behind a person's name is their house: "Anna Smith, MAFRA", "Anna Smith/eyevine"."""
    if joins_house(mark) and mark != "/":
        named = any(part.kind == "name" and " " in part.text for part in before)
        return named and len(text) <= _LONGEST_HOUSE and text.count(" ") < _MOST_SMALL
    if not before or before[-1].kind != "name" or " " not in before[-1].text or not _ONE_WORD.fullmatch(text):
        return False
    if text.isascii() and text.isupper() and not before[-1].text.isupper():
        return len(text) > 2 and mark in ("/", ",", "|")
    return mark == "/" and not text[0].isupper() and not is_credit_word("remarks", text.casefold())


def _joined_to_agency(text: str, opening: Opening) -> tuple[Part, Part] | None:
    """Return the parts of "Jan Woitas dpa", "AFP Nicolas Tucat", "Jan Kos-Imagn Images", "(AFP: Jan Kos)"."""
    for found in _JOINT.finditer(text):
        left, right = text[: found.start()], _TITLES.sub("", text[found.end() :])
        if opening.marked:
            left = left.removesuffix(" on")  # "Anna Smith on Unsplash"
        for name, house in ((left, right), (right, left)):
            agency = find_agency(house)
            if agency and name is left and found[0] == "-" and (other := find_agency(name)):  # "AP-Yonhap"
                return Part("agency", name, agency=other), Part("agency", house, agency=agency)
            if agency and found[0] in "-・" and is_credit_word("remarks", name.casefold()):
                pair = Part("remark", name), Part("agency", house, agency=agency)
                return pair if name is left else pair[::-1]
            sure = opening.sure or (
                opening.bracketed
                if found[0] == ": "
                else agency is not None and _signs_pictures(agency, house, found[0], name)
            )
            if not sure or not looks_like_name(name, least=2) or is_organisation(name):
                continue
            if agency or (found[0] == ": " and name is right and _kind_of_name(house) == "house"):
                pair = Part("name", name), Part("agency" if agency else "house", house, agency=agency)
                return pair if name is left else pair[::-1]
    return None


def _signs_pictures(agency: Agency, printed: str, joint: str, name: str) -> bool:
    """Tell whether an agency's name is printed as its picture desk's: "Jan Kos-Imagn Images", "BELGA PHOTO JAN KOS"."""
    if joint == "-":
        return is_photo_agency(agency)
    return printed.isupper() and name.isupper() and is_picture_desk(printed)


def is_photo_agency(agency: Agency) -> bool:
    """Tell whether an agency has pictures only."""
    return "news" not in agency.kinds and agency.name != "POOL"
