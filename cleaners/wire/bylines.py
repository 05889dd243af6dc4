"""Bylines: who wrote a story, from a line that is nothing else or from a string that a page marks as its author."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import Agency, find_agency
from cleaners.wire.dates import is_date_line, months
from cleaners.wire.names import is_organisation, is_place, looks_like_name, name_case
from cleaners.words import word_set

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


class Byline(Value):
    """The authors of a byline in name case, and the short name of the agency it names."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


def _known(kind: str) -> frozenset[str]:
    return word_set("bylines", kind)


@cache
def _first_words() -> frozenset[str]:
    """Return the words that an opener without a colon begins with: the cheap gate."""
    return frozenset(opener.split()[0] for opener in _known("openers"))


@cache
def _all_openers() -> tuple[str, ...]:
    """Return all openers and labels, the longest first."""
    return _longest_first(*_known("openers"), *_known("labels"), *_known("marked_openers"))


def _longest_first(*words: str) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


#: Characters of a byline, of a string that markup marks as one, and of a name in it.
_LONGEST: Final = 160
_LONGEST_MARKED: Final = 300
_LONGEST_NAME: Final = 70
#: A byline that names more authors is a list of other things.
_MOST_AUTHORS: Final = 6
_MOST_MARKED_AUTHORS: Final = 40


@cache
def _korean_pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?:[(\[][^()\[\]]{2,20}[)\]]\s?)?(?P<names>[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,3})\s?(?:선임|인턴|전문|수습)?\s?(?:기자|특파원)(?:\s[\w.+-]{2,40}@[\w.-]{4,40})?\s?=?"
    )


@cache
def _han_pattern() -> re.Pattern[str]:
    return re.compile(
        r"[（(【\[]?(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,10}?)?\s?(?:记者|記者|特派员|特派員|编辑|編輯)\s?[:：]?\s?(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,3})(?:\s?[／/]\s?[\u4e00-\u9fff]{2,8}(?:报道|報導|報道|電))?[）)】\]]?"
    )


@cache
def _conjunction() -> re.Pattern[str]:
    words = "|".join(map(re.escape, _longest_first(*_known("conjunctions"))))
    return re.compile(rf"\s+(?:{words})\s+|\sو\s?", re.I)


@cache
def _job() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, _longest_first(*_known('jobs'))))})(?!\w)", re.I)


_SPLIT = late_pattern(r"\s*[|•·●⋅▪/;]\s*|\s+[-–—]\s+|,\s*|、|\s*[()]\s*")
_EMAIL = late_pattern(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,4}|(?<!\w)@\w{2,30}")
# When it was published and what other people did to the text: printed behind the author's name.
_NOTE_BEHIND = late_pattern(
    r"\s(?:[A-Z][a-z]{2,12} )?(?:reviewed|checked|edited|updated|published|posted|illustrated|photographs?|photos)"
    r"\s(?:by|on)\b[^|]{0,200}|\s(?:last )?(?:updated|published|posted)\b[^|]{0,200}"
    r"|\son\s(?=[A-Z0-9])[^|]{0,60}\d[^|]{0,60}|\s\d{1,2}[./]\d{1,2}[./]\d{2,4}[^|]{0,40}$",
    re.I,
)


_DATE_BEHIND = late_pattern(
    r"\s(?:\d{1,2}\.?\s)?(?P<month>[^\W\d_]{3,14})\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d\b[^|]{0,40}$"
)


def parse_byline(text: str, *, marked: bool = False) -> Byline | None:
    """Return the authors and the agency of a byline; None when the text is anything else.

    `marked` says that the page's markup calls the text the story's author: then it needs no opener, and a name that
    no person has may be an author's.

    >>> parse_byline("By Anna SMITH and Omar Haddad, Associated Press")
    Byline(authors=('Anna Smith', 'Omar Haddad'), agency='AP')
    >>> parse_byline("Von Max Mustermann, dpa").agency
    'dpa'
    >>> parse_byline("By Friday the army had left the town.") is None, parse_byline("By Popular Demand") is None
    (True, True)
    >>> parse_byline("Anna SMITH | Example News", marked=True).authors, parse_byline("admin", marked=True)
    (('Anna Smith', 'Example News'), None)
    """
    text = text.strip(" \t\xa0*_|-–—")
    dated = _DATE_BEHIND.search(text, 0, _LONGEST) if text[-4:].isdecimal() or ":" in text[-9:] else None
    if dated and dated["month"].lower() in months():
        text = text[: dated.start()].rstrip(" ,|-–—·•")
    if 4 <= len(text) <= _LONGEST:
        east = _east_asian(text)
        if east:
            return east
        opened = _behind_opener(text)
        if opened and _ends_as_byline(*opened):
            byline = _read_names(opened[0].rstrip("."), opened[1])
            if byline:
                return byline
    return _read_marked(text) if marked else None


def _ends_as_byline(rest: str, labelled: bool) -> bool:
    if rest[-1:] in "!?":
        return False
    return labelled or not rest.endswith(".") or bool(re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", rest))


def _behind_opener(text: str) -> tuple[str, bool] | None:
    """Return what stands behind the opener or label, and whether it was a label with a colon."""
    colon = min((p for p in (text.find(":", 0, 32), text.find("：", 0, 16)) if p > 0), default=-1)
    if colon > 0:
        head = text[:colon].strip().casefold()
        rest = text[colon + 1 :].strip()
        return (rest, True) if rest and (head in _known("labels") or head in _known("openers")) else None
    if text[:1] == "文" and text[1:2] in "/／|｜":
        return text[2:].strip(), True
    tokens = text.split(None, 4)
    if len(tokens) < 2 or tokens[0].casefold() not in _first_words():
        return None
    for count in range(min(4, len(tokens) - 1), 0, -1):
        if " ".join(tokens[:count]).casefold() in _known("openers"):
            rest = text.split(None, count)[count]
            if count == 1 and rest.split()[0].casefold() in _known("headings"):
                return None
            return rest, False
    return None


def _read_names(rest: str, labelled: bool) -> Byline | None:
    """Names, agencies, roles and places, and at least one of the first two."""
    authors: list[str] = []
    agency: str | None = None
    for piece in _SPLIT.split(_NOTE_BEHIND.sub("|", _EMAIL.sub("", rest))):
        if not piece:
            continue
        for part in _conjunction().split(f" {piece}"):
            part, printed_agency = _cut_agency(part.strip())
            part = _without_place(part)
            agency = agency or printed_agency
            if authors and part.lower().rstrip(".") in _known("degrees"):
                authors[-1] = f"{authors[-1]}, {part.rstrip('.')}"
                continue
            known = find_agency(part, weak=bool(authors)) or find_agency(part.removesuffix(" Staff"))
            if known:
                agency = agency or known.name
            elif authors and _job().search(part):
                continue
            elif looks_like_name(
                _without_title(part), least=1 if labelled and authors else 2, most=5
            ) and not _is_roles(part):
                if is_organisation(part) and not authors and not agency:
                    return None
                if not is_organisation(part) and not (authors and is_place(part)):
                    authors.append(name_case(part))
            elif part and (not (authors or agency) or not _beside(part)):
                return None
    if not authors and not agency:
        return None
    if len(authors) > _MOST_AUTHORS or len(set(authors)) != len(authors):
        return None
    return Byline(tuple(authors), agency)


def _beside(part: str) -> bool:
    """Tell whether a part may stand beside the names: a role, a place, a date, a paper, an address for mail."""
    if _is_roles(part) or is_place(part) or is_organisation(part) or is_date_line(part):
        return True
    tokens = part.split()
    if (
        tokens[0].lower() in _known("before_place")
        and len(tokens) <= 5
        and all(w[0].isupper() for w in tokens[1:])
    ):
        return True
    return bool(
        re.fullmatch(
            r"(?:19|20)\d\d|\d{1,2}[:.]\d\d(?:\s?(?:Uhr|h|GMT|UTC|am|pm))?|[^\W\d_]{3,12}\.? \d{1,2}"
            r"|\d{1,2} min(?:ute)?s?(?: read)?",
            part,
        )
    )


def _is_roles(part: str) -> bool:
    """Tell whether a part is only roles, and the place they are held in: "Staff Writer", "Berlin correspondent"."""
    roles = _known("roles") | _known("jobs")
    tokens = part.casefold().split()
    others = [
        token
        for token in tokens
        if roles.isdisjoint((token, token.strip(".'’s"), token.rpartition("-")[2]))  # "Online-Redakteurin"
    ]
    return len(others) < len(tokens) <= 6 and all(map(is_place, others))


def _without_title(part: str) -> str:
    """Return "Anna Smith" of "Dr. Anna Smith", "Prof. Dr. Anna Smith"."""
    head, _, rest = part.partition(" ")
    while rest and head.lower().rstrip(".") in _known("titles"):
        part = rest
        head, _, rest = part.partition(" ")
    return part


def _without_place(part: str) -> str:
    """Like "Anna Smith in Kyiv", "Anna Smith à Paris": the name alone, when what follows has capitals."""
    tokens = part.split()
    for i in range(2, len(tokens) - 1):
        if (
            tokens[i].islower()
            and tokens[i] in _known("before_place")
            and all(t[0].isupper() for t in tokens[i + 1 :])
        ):
            if looks_like_name(" ".join(tokens[:i]), least=2):
                return " ".join(tokens[:i])
            return part
    for i in range(2, len(tokens)):  # "ANNA Smith Staff Writer"
        tail = " ".join(tokens[i:])
        if _is_roles(tail) and looks_like_name(" ".join(tokens[:i]), least=2):
            return " ".join(tokens[:i])
    return part


_LINKS = late_pattern(r"\s(?:with|avec|mit|con|com|met|med|for|via|from|und|für|pour|para)\s", re.I)


def _cut_agency(part: str) -> tuple[str, str | None]:
    """Like "Anna Smith Associated Press", "Le Figaro avec AFP": the part without its agency, and the agency."""
    link = _LINKS.search(part)
    if link:
        agency = find_agency(part[link.end() :])
        paper = part[link.end() :] if is_organisation(part[link.end() :]) else None
        if agency or paper:
            return part[: link.start()], agency.name if agency else None
    tokens = part.split()
    for i in range(2, len(tokens)):
        agency = find_agency(" ".join(tokens[i:]))
        if agency and looks_like_name(" ".join(tokens[:i]), least=2) and not find_agency(part):
            return " ".join(tokens[:i]), agency.name
    return part, None


def _east_asian(text: str) -> Byline | None:
    """Like "홍길동 기자", "记者 王小明", "（記者王小明／台北報導）"."""
    if not any(word in text for word in ("기자", "특파원", "记者", "記者", "编辑", "編輯")):
        return None
    korean = _korean_pattern().fullmatch(text)
    if korean:
        return Byline(tuple(re.split(r"[·,]\s?", korean["names"])))
    han = _han_pattern().fullmatch(text)
    if han:
        agency = find_agency(han["outlet"] or "")
        return Byline(tuple(re.split(r"[、\s]", han["names"])), agency.name if agency else None)
    return None


# ------------------------------------------------------------------------------ what markup marks as the author

# Two or three words with capitals and nothing else: most marked strings are just this.
_PLAIN_NAME = late_pattern(r"[A-Z][a-z]{2,20} (?:[A-Z]\. )?[A-Z][a-z]{2,20}(?:-[A-Z][a-z]{2,20})?$")
_BRACKETS = late_pattern(r"\s?[(\[][^()\[\]]{0,120}[)\]]")
_HARD_BREAK = late_pattern(r"\s{0,3}[|•·●⋅▪;\n/]\s{0,3}|\s[–—-]\s")
_COMMA = late_pattern(r"\s{0,3}[,\uff0c、،]\s{0,3}")
_DATE_TAIL = late_pattern(r"\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d{2}\b")


def _read_marked(text: str) -> Byline | None:
    """Read a string without "By", or with parts that prose could not prove to be names."""
    if not text or len(text) > _LONGEST_MARKED:
        return None
    if text.startswith(("http://", "https://", "//", "www.", "/")):
        name = name_from_profile(text)
        return Byline((name,)) if name else None
    if "@" in text:
        text = _EMAIL.sub(" ", text)
    if "(" in text or "[" in text:
        text = _BRACKETS.sub(" ", text)
    agency: Agency | None = None
    names: list[str] = []
    parts = [text] if _PLAIN_NAME.match(text) else _HARD_BREAK.split(_NOTE_BEHIND.sub("|", text))
    for name in (name for part in parts for name in _split_names(without_opener(part))):
        known = find_agency(name) or find_agency(name.removesuffix(" Staff"))
        folded = name.lower()
        if known:
            agency = agency or known
        elif folded.rstrip(".") in _known("degrees") or folded in _known("degrees"):
            if names:
                names[-1] = f"{names[-1]}, {name}"
        elif _may_name(name, first=not names) and not ((names or agency) and is_place(name)):
            names.append(
                name_case(name) if looks_like_name(name, least=2) and not _is_acronym(name) else name
            )
    if not names and not agency:
        return None
    return Byline(unique_names(names), agency.name if agency else None)


def _is_acronym(name: str) -> bool:
    """Tell whether the capitals of a name are those of a house ("BBC News", "MDR THÜRINGEN"), not of a surname."""
    words = name.split()
    return is_organisation(name) or is_organisation(words[0]) or not words[-1].isupper()


def _split_names(text: str) -> Iterable[str]:
    for piece in _COMMA.split(text):
        for name in _conjunction().split(f" {piece}"):
            yield " ".join(without_opener(name).split()).strip(" .,:;-–—*'\"“”")


def _may_name(text: str, *, first: bool) -> bool:
    """Tell whether a marked string can name an author: a few words, no digits of a date, not a role, not "admin"."""
    folded = text.lower()
    if not 2 <= len(text) <= _LONGEST_NAME or not any(mark.isalpha() for mark in text):
        return False
    if (
        folded in _known("nobody")
        or folded in _all_openers()
        or text.count(" ") > 7
        or any(note in folded for note in _known("notes"))
    ):
        return False
    if any(mark.isdigit() for mark in text) and (_DATE_TAIL.search(text) or _spells_time(folded)):
        return False
    if first:
        return True
    return _job().search(text) is None and all(
        len(word) <= 3 or not word[0].islower() for word in text.split()
    )


def _spells_time(folded: str) -> bool:
    """Tell whether a string holds the name of a month ("June 12") or a length of reading ("3 min read")."""
    return any(
        piece in months() or piece in ("min", "mins", "minutes", "minute", "am", "pm")
        for piece in re.split(r"[\s.,]+", folded)
    )


def without_opener(text: str) -> str:
    """Return the text without "By", "Von", "Text:" and their kind at its start.

    >>> without_opener("Words by: Jane Doe"), without_opener("Byron Doe")
    ('Jane Doe', 'Byron Doe')
    """
    text = text.strip()
    openers = _all_openers()
    for _ in range(3):
        start = text[:30].lower()
        if not start.startswith(openers):
            break
        opener = next(word for word in openers if start.startswith(word))
        rest = text[len(opener) :]
        bare = rest.lstrip(" \t\xa0:：")
        if bare == rest or not bare:
            break
        text = bare
    return text


def is_opener(text: str) -> bool:
    """Tell whether a text is nothing but "By" or one of its kind.

    >>> is_opener("By"), is_opener("Von:"), is_opener("Bypass")
    (True, True, False)
    """
    return len(text) < 40 and text.strip(":： ").lower() in _all_openers()


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names in order, each once, however its letters are cased.

    >>> unique_names(["Jane Doe", "JANE DOE"])
    ('Jane Doe',)
    """
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
        if len(seen) == _MOST_MARKED_AUTHORS:
            break
    return tuple(seen.values())


def is_profile(url: str) -> bool:
    """Tell whether an address is that of an author's page.

    >>> is_profile("/author/jane-doe"), is_profile("/world/jane-doe")
    (True, False)
    """
    folders = url[:300].lower().partition("?")[0].strip("/").split("/")[:-1]
    return not _known("profiles").isdisjoint(folders)


_SLUG_TAIL = late_pattern(r"(?:[-_.]?\d+)?(?:\.html?|\.php|\.aspx?)?$")


def name_from_profile(url: str) -> str | None:
    """Return the name that the address of an author's page spells, or None.

    >>> name_from_profile("https://example.org/people/jane-m-doe-1234.html")
    'Jane M Doe'
    >>> name_from_profile("https://www.facebook.com/examplenews") is None
    True
    """
    try:
        from urllib.parse import unquote, urlsplit  # 4 ms, for pages only

        path = unquote(urlsplit(url).path).rstrip("/")
    except ValueError:
        return None
    if not is_profile(path):
        return None
    slug = _SLUG_TAIL.sub("", path.rpartition("/")[2].lstrip("@"))
    pieces = [piece for piece in re.split(r"[-_.+ ]", slug) if piece and not piece.isdigit()]
    if not 2 <= len(pieces) <= 5 or not all(piece.isalpha() for piece in pieces):
        return None
    return " ".join(piece[0].upper() + piece[1:] for piece in pieces)
