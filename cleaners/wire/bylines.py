"""Bylines: who wrote a story, from a line that is nothing else or from a string that a page marks as its author."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import OWN_NAMES, OwnNames, agency_first_words, find_agency
from cleaners.wire.dates import is_date_line, months
from cleaners.wire.names import MOST_WORDS, is_organisation, is_place, looks_like_name, name_case
from cleaners.wire.parts import alternatives, cut_label, cut_opener, split_joined, unbracket, unique
from cleaners.words import word_set, words
from cleaners.words.lexicon import is_joined

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


class Byline(Value):
    """The authors of a byline in name case, and the short name of the agency it names."""

    authors: tuple[str, ...] = ()
    agency: str | None = None


#: Characters of a byline, of a string that markup marks as one, and of a name in it.
_LONGEST: Final = 160
_LONGEST_MARKED: Final = 300
_LONGEST_NAME: Final = 70
_LONGEST_SIGNATURE: Final = 90
#: Words of a role in front of a name.
_MOST_ROLES: Final = 4
#: Words of an agency's name.
_WIDEST_AGENCY: Final = 4
#: With so many characters before a colon, a line is no label and what it labels.
_LONGEST_LABEL: Final = 32
#: A byline that names more authors is a list of other things.
_MOST_AUTHORS: Final = 6
_MOST_MARKED_AUTHORS: Final = 40
_KOREAN = late_pattern(
    r"(?:[(\[][^()\[\]]{2,20}[)\]]\s?|[가-힣]{1,4}\s?=\s?)?(?P<names>[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,3})\s?"
    r"(?:선임|인턴|전문|수습)?\s?(?:기자|특파원)(?:\s[\w.+-]{2,40}@[\w.-]{4,40})?\s?=?"
)
_HAN = late_pattern(
    r"[（(【\[]?(?P<outlet>[\u4e00-\u9fffA-Za-z]{2,10}?)?\s?(?:记者|記者|特派员|特派員)\s?[:：]?\s?"
    r"(?P<names>[\u4e00-\u9fff]{2,4}(?:[、\s][\u4e00-\u9fff]{2,4}){0,3}"
    r"|[\u4e00-\u9fff]{3}(?=[\u4e00-\u9fff]{2,4}(?:报道|報導)))"
    r"(?:\s?[／/]?\s?[\u4e00-\u9fff]{2,8}(?:报道|報導|報道|電))?[）)】\]]?"
)
#: Japanese names the reporter before saying so: "山田太郎記者".
_NAMED_REPORTER = late_pattern(r"(?P<name>[\u4e00-\u9fff\u3040-\u30ff]{3,6})(?:記者|特派員)")
_HOUSES: Final = "社報网網台聞"
_REPORTERS: Final = ("기자", "특파원", "记者", "記者", "特派員")
#: What stands between the parts of a byline, and of a string that markup marks as one.
_BETWEEN = late_pattern(r"\s*[|•·●⋅▪/;]\s*|\s+[-–—]\s+|,\s*|、|\s*[()]\s*")
_BETWEEN_SIGNED = late_pattern(r"\s*[|•·●⋅▪/()]\s*|\s+[-–—]\s+|,\s+")
#: Where a word ends, for a look at all words of a line: `\\W` would part Indic words at their vowel signs.
_WORD_ENDS = late_pattern(r"[\s!-/:-@\[-`{-~\u00a0\u00ab\u00bb\u2010-\u2027]+")
_BETWEEN_MARKED = late_pattern(r"\s{0,3}[|•·●⋅▪;\n/]\s{0,3}|\s[–—-]\s")
_COMMA = late_pattern(r"\s{0,3}[,\uff0c、،]\s{0,3}")
_BRACKETS = late_pattern(r"\s?[(\[][^()\[\]]{0,120}[)\]]")
_EMAIL = late_pattern(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,4}|(?<!\w)@\w{2,30}")
#: When it was published and what other people did to the text: printed behind the author's name.
_NOTE_BEHIND = late_pattern(
    r"\s(?:[A-Z][a-z]{2,12} )?(?:reviewed|checked|edited|updated|published|posted|illustrated|photographs?|photos)"
    r"\s(?:by|on)\b[^|]{0,200}|\s(?:last )?(?:updated|published|posted)\b[^|]{0,200}"
    r"|\son\s(?=[A-Z0-9])[^|]{0,60}\d[^|]{0,60}|\s\d{1,2}[./]\d{1,2}[./]\d{2,4}[^|]{0,40}$",
    re.I,
)
_DATE_BEHIND = late_pattern(
    r"\s(?:\d{1,2}\.?\s)?(?P<month>[^\W\d_]{3,14})\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d\b[^|]{0,40}$"
)
#: Dates, times and lengths of reading that stand beside a name without a year.
_TIME_BESIDE = late_pattern(
    r"(?:19|20)\d\d|\d{1,2}[:.]\d\d(?:\s?(?:Uhr|h|GMT|UTC|am|pm))?|[^\W\d_]{3,12}\.? \d{1,2}"
    r"|\d{1,2} min(?:ute)?s?(?: read)?"
)
_DATE_TAIL = late_pattern(r"\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d{2}\b")
_INITIAL_BEHIND = late_pattern(r"\b(?:[A-Z]|Jr|Sr)\.$")
#: Two or three words with capitals and nothing else: most marked strings are just this.
_PLAIN_NAME = late_pattern(r"[A-Z][a-z]{2,20} (?:[A-Z]\. )?[A-Z][a-z]{2,20}(?:-[A-Z][a-z]{2,20})?$")


def _is(key: str, text: str) -> bool:
    return text in word_set("bylines", key)


@cache
def _job() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives('bylines', 'jobs')})(?!\w)", re.I)


@cache
def _link() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{alternatives('bylines', 'links')})\s", re.I)


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
    return _parse_byline(text, marked, OWN_NAMES.get())


@remembered(256)  # rules ask about the lines at both ends, and so does who looks for the story's author
def _parse_byline(text: str, marked: bool, _own: OwnNames | None) -> Byline | None:
    """Return the same, remembered for those alone who have the same names of their own."""
    text = unbracket(text.strip(" \t\xa0*_|-–—"))
    dated = _DATE_BEHIND.search(text, 0, _LONGEST) if text[-4:].isdecimal() or ":" in text[-9:] else None
    if dated and dated["month"].lower() in months():
        text = text[: dated.start()].rstrip(" ,|-–—·•")
    byline = (_read_reporter(text) or _read_opened(text)) if 4 <= len(text) <= _LONGEST else None
    return byline or (_read_marked(text) if marked else None)


def _read_reporter(text: str) -> Byline | None:
    """Like "홍길동 기자", "记者 王小明", "（記者王小明／台北報導）"."""
    if text.isascii() or not any(word in text for word in _REPORTERS):
        return None
    if korean := _KOREAN.fullmatch(text):
        return Byline(tuple(re.split(r"[·,]\s?", korean["names"])))
    if han := _HAN.fullmatch(text):
        agency = find_agency(han["outlet"] or "")
        return Byline(tuple(re.split(r"[、\s]", han["names"])), agency.name if agency else None)
    named = _NAMED_REPORTER.fullmatch(text)
    return Byline((named["name"],)) if named and named["name"][-1] not in _HOUSES else None


def _read_opened(text: str) -> Byline | None:
    """Read a line that opens with "By" or a label: names, agencies, roles and places, at least one of the first two."""
    rest, labelled = _behind_opener(text)
    ends = labelled or not rest.endswith(".") or _INITIAL_BEHIND.search(rest)
    if not rest or rest[-1] in "!?" or not ends:
        return None
    authors: list[str] = []
    agency, rest = _cut_leading_agency(_without_leading_roles(rest))
    pieces = _BETWEEN.split(_NOTE_BEHIND.sub("|", _EMAIL.sub("", rest.rstrip("."))))
    for part in (part for piece in pieces if piece for part in split_joined(piece)):
        part, printed_agency = _cut_agency(part)
        part = _without_place(part)
        agency = agency or printed_agency
        if authors and _is("degrees", part.lower().rstrip(".")):
            authors[-1] = f"{authors[-1]}, {part.rstrip('.')}"
            continue
        known = find_agency(part, weak=bool(authors)) or find_agency(part.removesuffix(" Staff"))
        named = looks_like_name(
            _without_title(part), least=1 if labelled and authors else 2
        ) and not _is_roles(part)
        if known:
            agency = agency or known.name
        elif authors and _job().search(part):
            continue
        elif named and not is_organisation(part):
            if not (authors and is_place(part)):
                authors.append(name_case(part))
        elif part and not ((authors or agency) and (named or _stands_beside(part))):
            return None
    if not (authors or agency) or len(authors) > _MOST_AUTHORS or len(set(authors)) != len(authors):
        return None
    return Byline(tuple(authors), agency)


def _behind_opener(text: str) -> tuple[str, bool]:
    """Return what stands behind the opener or label, and whether it was a label with a colon."""
    label, rest = cut_label(text)
    if label and len(label) < _LONGEST_LABEL:
        return (rest, True) if _is("labels", label) or _is("openers", label) else ("", False)
    if text[:1] == "文" and text[1:2] in "/／|｜・":
        return text[2:].strip(), True
    opener, rest = cut_opener(text, "bylines", "openers")
    if " " not in opener and _is("headings", rest.split(" ", 1)[0].casefold()):
        return "", False
    return rest, False


def _stands_beside(part: str) -> bool:
    """Tell whether a part may stand beside the names: a role, a place, a date, a paper, an address for mail."""
    before, _, place = part.partition(" ")
    placed = _is("before_place", before.lower()) and len(part.split()) <= 5
    return (
        _is_roles(part)
        or is_place(part)
        or is_organisation(part)
        or is_date_line(part)
        or (placed and all(word[0].isupper() for word in place.split()))
        or bool(_TIME_BESIDE.fullmatch(part))
    )


@cache
def role_words() -> frozenset[str]:
    """Return what newsrooms call those who write, and their jobs.

    >>> "correspondent" in role_words()
    True
    """
    return word_set("bylines", "roles") | word_set("bylines", "jobs")


def _is_roles(part: str) -> bool:
    """Tell whether a part is only roles, and the place they are held in: "Staff Writer", "Berlin correspondent"."""
    roles = role_words()
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
    return _without_title(rest) if rest and _is("titles", head.lower().rstrip(".")) else part


def _without_place(part: str) -> str:
    """Return the name of "Anna Smith in Kyiv", "Anna Smith à Paris", "ANNA Smith Staff Writer"."""
    tokens = part.split()
    for i in range(2, min(len(tokens), MOST_WORDS + 1)):
        placed = (
            i < len(tokens) - 1
            and _is("before_place", tokens[i])
            and all(token[0].isupper() for token in tokens[i + 1 :])
        )
        if (placed or _is_roles(" ".join(tokens[i:]))) and looks_like_name(" ".join(tokens[:i]), least=2):
            return " ".join(tokens[:i])
    return part


def _cut_agency(part: str) -> tuple[str, str | None]:
    """Return the part without its agency, and the agency: "Anna Smith Associated Press", "Anna Smith for AFP"."""
    if link := _link().search(part):
        behind = part[link.end() :]
        agency = find_agency(behind)
        if agency or is_organisation(behind):
            return part[: link.start()], agency.name if agency else None
    tokens = part.split()
    for i in range(2, min(len(tokens), MOST_WORDS + 1)):
        agency = find_agency(" ".join(tokens[i:]))
        if agency and looks_like_name(" ".join(tokens[:i]), least=2) and not find_agency(part):
            return " ".join(tokens[:i]), agency.name
    return part, None


def _without_leading_roles(rest: str) -> str:
    """Return the names behind "our correspondent", "unserer Redakteurin", "staff writer"."""
    if not rest[:1].islower():
        return rest
    tokens = rest.split()
    behind = 0
    while behind < len(tokens) - 1 and (tokens[behind][0].islower() or _is_roles(tokens[behind])):
        behind += 1
    if behind <= _MOST_ROLES and any(map(_is_roles, tokens[:behind])):
        return " ".join(tokens[behind:])
    return rest


def _cut_leading_agency(rest: str) -> tuple[str | None, str]:
    """Return the agency that stands before a role and the names, and these: "Xinhua writers Zhao Lin, Gao Wenbo"."""
    tokens = rest.split()
    for width in range(min(_WIDEST_AGENCY, len(tokens) - 2), 0, -1):
        if agency := find_agency(" ".join(tokens[:width])):
            roles = width
            while roles < len(tokens) and _is_roles(tokens[roles].rstrip("s")):
                roles += 1
            behind = " ".join(tokens[roles:])
            return (agency.name, behind) if width < roles and behind else (None, rest)
    return None, rest


@cache
def _words_beside() -> frozenset[str]:
    """Return what stands beside a name in a signature without a date: roles, and the first words of agencies."""
    roles = role_words()
    return agency_first_words().union(*(_WORD_ENDS.split(role) for role in roles))


def _may_be_signed(text: str) -> bool:
    """Return whether a line has a digit, or a word for a role or of an agency: a cheap look before it is read."""
    if any(map(str.isdigit, text)) or is_joined(text):
        return True
    known = _words_beside()
    return any(word in known or word.strip("s") in known for word in _WORD_ENDS.split(text.casefold()))


def parse_signature(text: str) -> Byline | None:
    """Return the byline that a name without "By" is, by the agency, date or role that stands beside it; None otherwise.

    A photo's credit may be written so too: where the line stands tells which it is. An agency may stand beside a
    house's own desk, which is no author.

    >>> parse_signature("Sara Wikner/TT"), parse_signature("Elif Kaya | 24.10.2024 - Update : 24.10.2024").authors
    (Byline(authors=('Sara Wikner',), agency='TT'), ('Elif Kaya',))
    >>> parse_signature("Anna Smith, political correspondent").authors, parse_signature("Redacción / EFE").agency
    (('Anna Smith',), 'EFE')
    >>> parse_signature("Anna Smith") is None, parse_signature("New York/AFP") is None
    (True, True)
    """
    if not 6 <= len(text) <= _LONGEST_SIGNATURE or not _may_be_signed(text):
        return None
    return _parse_signature(text, OWN_NAMES.get())


@remembered(256)  # a page is looked through for its byline up to three times
def _parse_signature(text: str, _own: OwnNames | None) -> Byline | None:
    """Return the same, remembered for those alone who have the same names of their own."""
    authors: list[str] = []
    agency: str | None = None
    dated = house = False
    for part in filter(None, map(str.strip, _BETWEEN_SIGNED.split(text))):
        part, printed = _cut_agency(part)
        opener, name = cut_opener(part, "bylines", "links")
        known = find_agency(name if opener else part)
        agency = agency or printed or (known.name if known else None)
        if known:
            continue
        if is_date_line(part):
            dated = True
        elif _is_roles(part) or (agency and is_organisation(part)):
            house = True
        elif not (_TIME_BESIDE.fullmatch(part) or (authors and is_place(part))):
            names = [_without_title(_without_place(name)) for name in split_joined(part)]
            if not all(looks_like_name(name, least=2) for name in names):
                return None
            if any(is_place(name) or is_organisation(name) for name in names):
                return None
            authors += map(name_case, names)
    told = (authors and (agency or dated or house)) or (agency and house)
    return Byline(tuple(authors), agency) if told and len(authors) <= _MOST_AUTHORS else None


# ------------------------------------------------------------------------------ what markup marks as the author


def _read_marked(text: str) -> Byline | None:
    """Read a string without "By", or with parts that prose could not prove to be names."""
    if not text or len(text) > _LONGEST_MARKED:
        return None
    if text.startswith(("http://", "https://", "//", "www.", "/")):
        name = name_from_profile(text)
        return Byline((name,)) if name else None
    bracketed = (find_agency(found[0]) for found in _BRACKETS.finditer(text))
    agency = next((known.name for known in bracketed if known), None)
    text = _BRACKETS.sub(" ", _EMAIL.sub(" ", text) if "@" in text else text)
    names: list[str] = []
    pieces = [text] if _PLAIN_NAME.match(text) else _BETWEEN_MARKED.split(_NOTE_BEHIND.sub("|", text))
    for name in (name for piece in pieces for name in _split_names(without_opener(piece))):
        known = find_agency(name) or find_agency(name.removesuffix(" Staff"))
        folded = name.lower()
        if known:
            agency = agency or known.name
        elif _is("degrees", folded.rstrip(".")):
            if names:
                names[-1] = f"{names[-1]}, {name}"
        elif _may_name(name := _without_known_place(name), first=not names) and not (
            (names or agency) and is_place(name)
        ):
            cased = looks_like_name(name, least=2) and not _is_acronym(name)
            names.append(name_case(name) if cased else name)
    return Byline(unique(names)[:_MOST_MARKED_AUTHORS], agency) if names or agency else None


def _without_known_place(name: str) -> str:
    """Return "Anna Smith" of "Anna Smith in Nairobi", and the name behind "our correspondent"."""
    name = _without_leading_roles(name)
    tokens = name.split()
    for i in range(2, len(tokens) - 1):
        if _is("before_place", tokens[i]) and is_place(" ".join(tokens[i + 1 :])):
            return " ".join(tokens[:i])
    return name


def _is_acronym(name: str) -> bool:
    """Tell whether the capitals of a name are those of a house ("BBC News", "MDR THÜRINGEN"), not of a surname."""
    words = name.split()
    return is_organisation(name) or is_organisation(words[0]) or not words[-1].isupper()


def _split_names(text: str) -> Iterator[str]:
    for piece in _COMMA.split(text):
        for name in split_joined(piece):
            yield " ".join(without_opener(name).split()).strip(" .,:;-–—*'\"“”")


def _may_name(text: str, *, first: bool) -> bool:
    """Tell whether a marked string can name an author: a few words, no digits of a date, not a role, not "admin"."""
    folded = text.lower()
    if not 2 <= len(text) <= _LONGEST_NAME or not any(map(str.isalpha, text)) or text.count(" ") > 7:
        return False
    if _is("nobody", folded) or is_opener(text) or any(note in folded for note in words("bylines", "notes")):
        return False
    if any(map(str.isdigit, text)) and (_DATE_TAIL.search(text) or _spells_time(folded)):
        return False
    return first or (
        _job().search(text) is None and all(len(word) < 4 or not word[0].islower() for word in text.split())
    )


def _spells_time(folded: str) -> bool:
    """Tell whether a string holds the name of a month ("June 12") or a length of reading ("3 min read")."""
    return any(word in months() or _is("minutes", word) for word in re.split(r"[\s.,]+", folded))


_OPENERS: Final = ("openers", "labels", "marked_openers")


def without_opener(text: str) -> str:
    """Return the text without "By", "Von", "Text:" and their kind at its start.

    >>> without_opener("Words by: Jane Doe"), without_opener("Byron Doe")
    ('Jane Doe', 'Byron Doe')
    """
    text = text.strip()
    for _ in range(3):
        label, rest = cut_label(text)
        if not rest or not is_opener(label):
            _, rest = cut_opener(text, "bylines", *_OPENERS)
        if not rest:
            break
        text = rest
    return text


def is_opener(text: str) -> bool:
    """Tell whether a text is nothing but "By" or one of its kind.

    >>> is_opener("By"), is_opener("Von:"), is_opener("Bypass")
    (True, True, False)
    """
    text = text.strip(":： ").lower()
    return any(_is(key, text) for key in _OPENERS)


def is_profile(url: str) -> bool:
    """Tell whether an address is that of an author's page.

    >>> is_profile("/author/jane-doe"), is_profile("/world/jane-doe")
    (True, False)
    """
    folders = url[:300].lower().partition("?")[0].strip("/").split("/")[:-1]
    return not word_set("bylines", "profiles").isdisjoint(folders)


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
