"""Photo credits: who took the picture and which agency it came from, as papers print it.

A credit is a few parts between slashes, bars, dashes, commas or "via": names of people, names of agencies, and
remarks ("File Photo", "Handout"), often behind a label ("Photo:", "Foto:", "写真：") or a © sign. A text is a credit
only when every part of it is one of these; one unknown word and it is not.

The words are those of `[credits]`; the forms follow the style guides of AP, Reuters, AFP and dpa and what papers make
of them.
"""

from __future__ import annotations

from functools import cache
from itertools import islice, zip_longest

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import OWN_NAMES, Agency, OwnNames, outlets
from cleaners.wire.credit_parts import (
    PASSED_ON,
    Opening,
    Part,
    credit_parts,
    is_credit_word,
    is_photo_agency,
    joins_house,
    label_signs,
    open_credit,
    read_part,
)
from cleaners.wire.names import name_case
from cleaners.wire.parts import first_words
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
#: Characters of an agency's name in a script without spaces, and the marks of a credit that is longer.
_LONGEST_BARE = 20
_MARKS_OF_SIGNS = frozenset("/／|｜:：=＝()（）[]【】©ⓒ・·•—–-,，、;\\")
#: Parts of a credit at most; in a text without markup.
_MOST_MARKED_PARTS = 9
_MOST_PARTS = 7
#: Characters of a credit behind a caption's last sentence that nothing else tells.
_LONGEST_TAIL = 110
#: Scripts that write a name without a space begin here.
_SIGNS_FROM = "\u2e80"
#: How reporters' names end in Korean and Japanese.
_REPORTERS = ("기자", "記者", "特派員")
#: Remarks that stand beside films and drawings as well.
_OF_OTHERS = frozenset(("video", "graphic", "graphics", "press"))
_NO_NAME = late_pattern(r"[?!:0-9]|\. ")


@cache
def credit_first_words() -> frozenset[str]:
    """Return the first words of all that a credit may begin with."""
    return first_words("credits", "openers", "weak", "alone") | {"copyright", "(c)"}


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
    if last in "”»?!…,;" or "://" in text:
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
    if p <= 0 and text[0] >= "\u3000":
        return len(text) <= 120 and _has_mark_of_signs(text)
    if text[0] in "(（[【" and (p <= 0 or last in ")]）】"):
        return len(text) <= 120
    if "—" in text and " — " not in text:
        return len(text) <= 90
    first = text[:24].split(None, 1)[0].casefold().rstrip(",.")
    if first in credit_first_words() or (" via " in text and (p > 0 or last != ".")):
        return True
    own = OWN_NAMES.get()
    return own is not None and own.find_person(text) is not None


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
    ('Anna Smith', 'Getty')
    >>> parse_credit("the minister told AFP.") is None, parse_credit("Anna Smith") is None
    (True, True)
    >>> parse_credit("Anna Smith", marked=True).photographer
    'Anna Smith'
    """
    return _parse_credit(text, marked, OWN_NAMES.get())


def _has_mark_of_signs(text: str) -> bool:
    """Tell whether a line in Han signs, kana or Hangul can be more than prose: short, or with a mark or a label."""
    return (
        len(text) <= _LONGEST_BARE
        or not _MARKS_OF_SIGNS.isdisjoint(text)
        or text[-1] in "摄攝影"
        or text.startswith(label_signs())
    )


@remembered(256)  # three in ten calls ask about a text again: a rule, the line below it, the photo
def _parse_credit(text: str, marked: bool, own: OwnNames | None) -> Credit | None:
    if not 2 <= len(text) <= LONGEST_CREDIT or not (marked or _could_be_credit(text)):
        return None
    if own is not None and (person := own.find_person(text)):
        return Credit(text.strip(), person, form="name")
    read = _read(text, marked)
    if read is None:
        return None
    opening, parts = read
    return Credit(text.strip(), form="remark") if opening.alone else _credit_of(opening, parts, text.strip())


def parse_tail(text: str) -> Credit | None:
    """Return the credit that the last words of a marked caption are, when they name who took or passed on the picture.

    One person and a house, an agency or a remark, or a house or an agency alone: "Anna Smith / Staff", "Netflix".

    >>> parse_tail("Anna Smith for Example News").photographer, parse_tail("Anna Smith"), parse_tail("The White House")
    ('Anna Smith', None, None)
    """
    read = _read(text, True) if 2 <= len(text) <= _LONGEST_TAIL else None
    if read is None or read[0].alone:
        return None
    opening, parts = read
    kinds = [part.kind for part in parts]
    names = [part for part in parts if part.kind == "name"]
    if "other" in kinds or not kinds or kinds == ["remark"] or kinds == ["place"]:
        return None
    stated = bool(opening.label or opening.sign)
    people = [part for part in names if " " in part.text or part.text >= _SIGNS_FROM]
    slashed = len(names) == 2 and len(people) == 1 and names[1].mark == "/"
    if names and not (len(people) == 1 or stated):
        return None
    if not names:
        sure = (
            all(
                part.agency or part.kind != "house" or part.text in outlets() or _is_site(part.text)
                for part in parts
            )
            or "remark" in kinds
        )
    elif len(names) > 1:
        sure = stated or slashed
    else:
        sure = (
            bool(opening.label)
            or kinds[0] != "name"
            or text.rstrip(" .").endswith(_REPORTERS)
            or any(map(_signs_name, parts))
        )
    return _credit_of(opening, parts, text.strip()) if sure else None


def _is_site(text: str) -> bool:
    return "." in text[1:-1] and " " not in text


def _signs_name(part: Part) -> bool:
    """Tell whether a part behind a person's name says that it signs a picture: no comma parts them from a house."""
    return (
        bool(part.agency)
        or part.kind == "remark"
        or (part.kind == "house" and part.mark not in (",", "-", "("))
    )


def _read(text: str, marked: bool) -> tuple[Opening, list[Part]] | None:
    """Return how a credit opens and its parts; None where one of them shows that it is none."""
    opened = open_credit(text, marked=marked)
    if opened is None:
        return None
    opening, core = opened
    parts: list[Part] = []
    for part, mark in islice(credit_parts(core), 0 if opening.alone else _MOST_MARKED_PARTS):
        if not marked and len(part) > _LONGEST_PART:
            return None
        found = read_part(part, mark, opening, parts, many=len(part) < len(core))
        if not marked and opening.label != "label" and any(part.kind == "other" for part in found):
            return None  # most lines are no credits, which their first part tells
        parts += found
    return opening, parts


def _could_be_credit(text: str) -> bool:
    """Return the cheap gate: a long text without any of a credit's marks is not looked at."""
    return (
        (len(text) <= 48 and text.count(" ") <= 5) or "（" in text or "【" in text or may_be_credit_line(text)
    )


def _credit_of(opening: Opening, parts: list[Part], printed: str) -> Credit | None:
    """Return the credit, when all that was read makes one."""
    if opening.sure:
        parts = _with_accounts(parts)
    if any(part.kind == "other" for part in parts) and not _is_tolerable(opening, parts):
        return None
    if not _is_sure(opening, parts):
        return None
    names = [i for i, part in enumerate(parts) if part.kind == "name"]
    agency = _distributor(parts, names)
    houses = [i for i, part in enumerate(parts) if part.kind == "house"]
    if opening.sure and len(names) == 2 and not houses and not agency and joins_house(parts[names[1]].mark):
        # "Anna Smith/Examplia", "Examplia/Anna Smith"
        houses = [names.pop(1 if " " in parts[names[0]].text else 0)]
    if any(part.kind == "place" for part in parts) and not any(" " in parts[i].text for i in names):
        names = []  # "Lyon, France"
    name = ""
    if names:
        at = names[0] if opening.label == "by" or parts[0].kind == "name" else names[-1]
        name = parts[at].text
    house = parts[houses[0]].text.removeprefix("the ") if houses else None
    form = _form(opening, parts, bool(agency), bool(name))
    return Credit(printed, name_case(name) or None, agency.name if agency else house, form)


def _with_accounts(parts: list[Part]) -> list[Part]:
    """Return the parts, in which a word before a platform names an account there: "wren / Flickr", "wren_7 / Alamy"."""
    return [
        part._replace(kind="name")
        if part.kind == "other" and after and _is_account(part.text, after)
        else part
        for part, after in zip_longest(parts, parts[1:])
    ]


def _is_account(text: str, after: Part) -> bool:
    if " " in text:
        return False
    of_photos = after.agency is not None and is_photo_agency(after.agency)
    return is_credit_word("platforms", after.text.casefold()) or (of_photos and not text.isalpha())


def _is_tolerable(opening: Opening, parts: list[Part]) -> bool:
    """Tell whether parts that were not understood leave the rest a credit."""
    others = [part.text for part in parts if part.kind == "other"]
    if opening.marked:  # "Anna Smith, political scientist" is who the picture shows
        stated = opening.label or opening.sign or any(part.kind in ("agency", "house") for part in parts)
        return bool(stated) or not any(part.kind == "name" for part in parts)
    words = others[0].split()
    return (
        opening.label == "label"
        and len(others) == 1
        and not any(part.mark in ("©", "ⓒ") for part in parts)
        and len(others[0]) <= 40
        and len(words) <= 4
        and word_set("names", "not_names").isdisjoint(map(str.casefold, words))
        and not _NO_NAME.search(others[0])
    )


def _is_sure(opening: Opening, parts: list[Part]) -> bool:
    """Tell whether the parts, all understood, can be nothing but a credit."""
    if not parts or (len(parts) > _MOST_PARTS and not opening.marked):
        return False
    if opening.marked or opening.label == "label":
        return True
    names = [part.text for part in parts if part.kind == "name"]
    agencies = [part.agency for part in parts if part.agency]
    houses = [part.text for part in parts if part.kind == "house"]
    if opening.label == "by":
        full = any(" " in name or name.isupper() or len(parts) > 1 for name in names)
        return bool(agencies or houses or full)
    if opening.sign:
        return bool(agencies or (opening.sign == "sign" and (names or houses)))
    of_photos = any(map(is_photo_agency, agencies))
    photo_word = opening.of_photos or any(map(_is_of_photos, parts))
    if opening.label:  # "Photo AFP" yes; "Source: Reuters" is the story's
        bracketed = opening.bracketed and opening.of_photos and min(names, default="") >= _SIGNS_FROM
        return of_photos or bool(agencies and (names or photo_word)) or bracketed  # "[촬영 홍길동]"
    marks = "".join(mark if len(mark := part.mark) < 2 else "v" for part in parts)
    if any(part.kind == "place" for part in parts):
        return False
    if not agencies:
        return _is_name_and_house(parts, names, houses, marks)
    if not names:
        return not houses or not marks.strip("/|v")
    full = any(" " in name for name in names)
    if len(names) > 3 or (not full and any(part.agency and part.text in part.agency.weak for part in parts)):
        return False
    if of_photos or photo_word:
        return True
    if marks.strip("/|v"):
        return marks[0] in "/|v" and len(parts) > 2
    first = next(part for part in parts if part.kind in ("name", "agency"))
    return first.kind == "agency" or opening.bracketed or " " in names[0] or names[0] >= "\u0590"


def _is_of_photos(part: Part) -> bool:
    """Tell whether a part is said of photos only: a remark, or an agency's name with the word in it."""
    small = part.text.casefold()
    if part.kind == "remark":
        return small not in _OF_OTHERS
    return part.kind == "agency" and any(word in small for word in ("hoto", "foto", "image"))


def _is_name_and_house(parts: list[Part], names: list[str], houses: list[str], marks: str) -> bool:
    """Like "Maria Rossi/LP", "LP/Maria Rossi", "Maria Rossi / Example Times"."""
    remarks = sum(part.kind == "remark" for part in parts)
    if len(names) != 1 or len(houses) != 1 or remarks + 2 != len(parts):
        return False
    name, house = names[0], houses[0]
    if marks[:1] != "/" or " " not in name:
        return False
    paper = parts[0].kind == "name" and not word_set("names", "papers").isdisjoint(house.casefold().split())
    return house in outlets() or (" " not in house and "." in house[1:-1]) or paper


def _form(opening: Opening, parts: list[Part], agency: bool, photographer: bool) -> str:
    kinds = [part.kind for part in parts]
    if agency and photographer:
        rest = "agency-name" if kinds.index("agency") < kinds.index("name") else "name-agency"
    elif agency:
        rest = "agency" if {"remark", "house"}.isdisjoint(kinds) else "handout-agency"
    else:
        rest = "name" if photographer else "source"
    return ("copyright-" if opening.sign else "label-" if opening.label else "") + rest


def _distributor(parts: list[Part], names: list[int]) -> Agency | None:
    """Return the agency that distributes the picture: behind "via", a house that does little else, or the last in turn.

    Behind a slash stands who passes on what the one before it took; where the name comes last, they stand in front.
    """
    agencies = [i for i, part in enumerate(parts) if part.agency]
    stated = [i for i in agencies if parts[i].mark in PASSED_ON] or [
        i for i in agencies if _is_desk(parts[i])
    ]
    if stated:
        return parts[stated[-1]].agency
    agencies = [i for i in agencies if not _is_pool(parts[i])] or agencies
    if not agencies:
        return None
    return parts[agencies[0] if names and names[-1] > agencies[-1] else agencies[-1]].agency


def _is_desk(part: Part) -> bool:
    return part.agency is not None and "desk" in part.agency.kinds


def _is_pool(part: Part) -> bool:
    return part.agency is not None and part.agency.name == "POOL"
