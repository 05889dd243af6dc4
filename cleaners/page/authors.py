"""Authors: strings that name them, cleaned and split into names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import unquote, urlsplit

from cleaners.page.published import month_names
from cleaners.page.vocabulary import word_sets

#: A byline is a line; what is longer is prose.
LONGEST_BYLINE = 300
LONGEST_NAME = 70
MOST_AUTHORS = 40

_SPACES = re.compile(r"\s+")
_EMAIL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,64}){1,4}")
_HANDLE = re.compile(r"(?<!\w)@\w{2,30}")
_PARENTHESIS = re.compile(r"\s?[(\[][^()\[\]]{0,120}[)\]]")
_HARD_BREAK = re.compile(r"\s{0,3}[|•·●▪;\n/]\s{0,3}|\s[–—-]\s")
# what other people did to the text, and when it was published: printed behind the author's name
_INNER_NOTE = re.compile(
    r"\s(?:[A-Z][a-z]{2,12} )?(?:reviewed|checked|edited|updated|published|posted|illustrated|photographs?|photos)"
    r"\s(?:by|on)\b"
    r"[^|]{0,200}|\s(?:last )?(?:updated|published|posted)\b[^|]{0,200}|\son\s(?=[A-Z0-9])[^|]{0,60}\d[^|]{0,60}",
    re.IGNORECASE,
)
# two or three words with capitals and nothing else: most author strings are just this
_PLAIN_NAME = re.compile(r"[A-Z][a-z]{2,20} (?:[A-Z]\. )?[A-Z][a-z]{2,20}(?:-[A-Z][a-z]{2,20})?$")
_DATE_BEHIND = re.compile(r"\s\d{1,2}[./]\d{1,2}[./]\d{2,4}[^|]{0,40}$")
_DATE_TAIL = re.compile(r"\d{1,2}[./:]\d{1,2}|\b(?:19|20)\d{2}\b")


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(files("cleaners.page").joinpath("bylines.toml").read_text(encoding="utf-8"))
    return {key: frozenset(values) for key, values in table.items()}


@cache
def _opener() -> re.Pattern[str]:
    longest_first = sorted(_words()["openers"], key=len, reverse=True)
    spaced = "|".join(re.escape(word).replace("\\ ", r"\s{1,3}") for word in longest_first)
    return re.compile(rf"(?:{spaced})(?:\s{{0,3}}[:\uff1a]\s{{0,3}}|\s{{1,3}})", re.IGNORECASE)


@cache
def _joint() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words()["conjunctions"], key=len, reverse=True))
    return re.compile(
        rf"\s{{0,3}}[,\uff0c、،]\s{{0,3}}(?:(?:{words})\s{{1,3}})?|\s{{1,3}}(?:{words})\s{{1,3}}",
        re.IGNORECASE,
    )


@cache
def _role() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in sorted(_words()["roles"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def split_authors(text: str | None) -> tuple[str, ...]:
    """The names that one author string holds, without "By", job titles, addresses and handles.

    >>> split_authors("By Jane Doe, Staff Writer, and Ole Berg | Example News")
    ('Jane Doe', 'Ole Berg', 'Example News')
    >>> split_authors("https://example.org/author/jane-doe/")
    ('Jane Doe',)
    >>> split_authors("admin")
    ()
    """
    if not text:
        return ()
    text = text.strip()
    if not text or len(text) > LONGEST_BYLINE:
        return ()
    if _PLAIN_NAME.match(text) and text[:2].lower() not in byline_starts():
        return (text,) if is_name(text) else ()
    if text.startswith(("http://", "https://", "//", "www.", "/")):
        name = name_from_profile(text)
        return (name,) if name else ()
    if "@" in text:
        text = _HANDLE.sub(" ", _EMAIL.sub(" ", text))
    if "(" in text or "[" in text:
        text = _PARENTHESIS.sub(" ", text)
    names: list[str] = []
    for part in _HARD_BREAK.split(_DATE_BEHIND.sub("", _INNER_NOTE.sub("|", text))):
        part = without_opener(part)
        if not part:
            continue
        for name in _joint().split(part):
            name = _SPACES.sub(" ", without_opener(name)).strip(" .,:;-–—*'\"“”")
            if name.lower().rstrip(".") in _words()["degrees"] or name.lower() in _words()["degrees"]:
                if names:
                    names[-1] = f"{names[-1]}, {name}"
                continue
            if is_name(name, first=not names):
                names.append(name)
    return unique(names)


@cache
def _heads() -> frozenset[str]:
    return frozenset(first_word(opener) for opener in _words()["openers"])


def first_word(text: str) -> str:
    """The word that a text begins with, in lower case.

    >>> first_word("By: Jane Doe"), first_word("...")
    ('by', '')
    """
    match = _FIRST.match(text)
    return match[0].lower() if match else ""


_FIRST = re.compile(r"\w{1,20}")


@cache
def byline_starts() -> frozenset[str]:
    """The first two letters of all openers: the cheapest first look at a line."""
    return frozenset(head[:2] for head in _heads())


def opens_byline(text: str) -> bool:
    """Whether a line may begin a byline."""
    return text[:2].lower() in byline_starts() and first_word(text) in _heads()


def without_opener(text: str) -> str:
    """The text without "By", "Von", "Text:" and their kind at its start."""
    text = text.strip()
    for _ in range(3):
        if text[:2].lower() not in byline_starts() or first_word(text) not in _heads():
            break
        match = _opener().match(text)
        if match is None or match.end() == len(text):
            break
        text = text[match.end() :]
    return text


def without_joint(text: str) -> str:
    """The text without the "and" or comma at its start.

    >>> without_joint("and Ole Berg")
    'Ole Berg'
    """
    match = _joint().match(f" {text}")
    return text[match.end() - 1 :] if match else text


def is_opener(text: str) -> bool:
    """Whether a text is nothing but "By" or one of its kind.

    >>> is_opener("By"), is_opener("Von:"), is_opener("Bypass")
    (True, True, False)
    """
    return (
        len(text) < 40
        and first_word(text.lstrip()) in _heads()
        and text.rstrip(":\uff1a ").lstrip().lower() in _words()["openers"]
    )


def looks_like_person(name: str) -> bool:
    """Whether a name is written as a person's is: two to five words with capital letters (or letters without case).

    >>> looks_like_person("Jane van Doe"), looks_like_person("read more here")
    (True, False)
    """
    words = name.split()
    if len(words) == 1:
        return (
            2 <= len(name) <= 5 and name.isalpha() and not name[0].isascii() and name.lower() == name.upper()
        )
    return (
        2 <= len(words) <= 5 and words[0][:1].isupper() and all(w[:1].isupper() or len(w) <= 3 for w in words)
    )


def is_name(text: str, *, first: bool = True) -> bool:
    """Whether a string can name an author: a few words, no digits of a date, not a role, not "admin"."""
    if not 2 <= len(text) <= LONGEST_NAME or not any(mark.isalpha() for mark in text):
        return False
    folded = text.lower()
    if folded in _words()["nobody"] or folded in _words()["openers"] or text.count(" ") > 7:
        return False
    if any(mark.isdigit() for mark in text) and (_DATE_TAIL.search(text) or _spells_time(folded)):
        return False
    if any(part in folded for part in _words()["notes"]):
        return False
    return first or _role().search(text) is None


def _spells_time(folded: str) -> bool:
    """Whether a string holds the name of a month ("June 12") or a length of reading ("3 min read")."""
    pieces = re.split(r"[\s.,]+", folded)
    return any(
        piece in month_names() or piece in ("min", "mins", "minutes", "minute", "am", "pm")
        for piece in pieces
    )


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """The names in order, each once, however its letters are cased."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(name.casefold(), name)
        if len(seen) == MOST_AUTHORS:
            break
    return tuple(seen.values())


def is_profile(url: str) -> bool:
    """Whether an address is that of an author's page.

    >>> is_profile("/author/jane-doe"), is_profile("/world/jane-doe")
    (True, False)
    """
    if len(url) > 300:
        return False
    folders = url.lower().split("?")[0].strip("/").split("/")[:-1]
    return not word_sets()["folders"].isdisjoint(folders)


_SLUG_TAIL = re.compile(r"(?:[-_.]?\d+)?(?:\.html?|\.php|\.aspx?)?$")


def name_from_profile(url: str) -> str | None:
    """The name that the address of an author's page spells, or None.

    >>> name_from_profile("https://example.org/people/jane-m-doe-1234.html")
    'Jane M Doe'
    >>> name_from_profile("https://www.facebook.com/examplenews") is None
    True
    """
    try:
        parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
    except ValueError:
        return None
    if len(parts) < 2 or not word_sets()["folders"].intersection(part.lower() for part in parts[:-1]):
        return None
    slug = _SLUG_TAIL.sub("", parts[-1].lstrip("@"))
    pieces = [piece for piece in re.split(r"[-_.+ ]", slug) if piece and not piece.isdigit()]
    if not 2 <= len(pieces) <= 5 or not all(piece.isalpha() for piece in pieces):
        return None
    return " ".join(piece[0].upper() + piece[1:] for piece in pieces)
