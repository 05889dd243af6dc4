"""The agencies of the trade: what an agency is called, in any language, and which agency a text names."""

from __future__ import annotations

from functools import cache

from cleaners.memory import remembered
from cleaners.values import Value
from cleaners.words import table
from cleaners.words.letters import first_word, start_of
from cleaners.words.tables import Spellings


class Agency(Value):
    """An agency: its short form ("AFP"), full name, country (ISO 3166-1), kinds and aliases.

    `kinds` holds "news", "photo" or both, and "desk" for houses that mostly pass on the pictures of others.
    """

    name: str
    full: str
    country: str
    kinds: frozenset[str]
    aliases: tuple[str, ...]
    weak: tuple[str, ...] = ()


#: What papers print behind an agency's name: "PTI Photo", "Belga Images", "EPA pool".
_TAILS = (
    " photos",
    " photo",
    " pictures",
    " images",
    " image",
    " foto",
    " fotos",
    " archive",
    " archives",
    " archiv",
    " pool",
    "-photo",
    "-foto",
    "-bild",
    " bild",
    " via getty images",
    " video",
    "通讯社",
    "通訊社",
    "供图",
    "提供",
    " 제공",
)


#: … and before it.
_HEADS = ("photo ", "foto ", "the ", "bild ", "agence ", "agencia ", "фото ")


#: … and what a line that names an agency in a longer form begins with.
_KINDS_OF_AGENCY = ("photo", "foto", "bild", "agence", "agencia")


@cache
def _spellings() -> Spellings:
    return Spellings(*table("agencies"))


@cache
def agencies() -> tuple[Agency, ...]:
    """Return all agencies of `words/agencies.toml`."""
    return tuple(Agency(*row) for row in _spellings().rows)


@cache
def outlets() -> frozenset[str]:
    """Papers, broadcasters and offices known by their short form ("LP", "NASA"), as printed before a slash."""
    return frozenset(table("outlets")["names"])


@cache
def _source_words() -> frozenset[str]:
    return frozenset(table("credits")["text_sources"])


@cache
def _starts() -> frozenset[str]:
    """Return the first three letters of all that a line of agencies may begin with."""
    return _spellings().starts.union(map(start_of, (*_source_words(), *_KINDS_OF_AGENCY)))


def find_agency(text: str, *, weak: bool = False) -> Agency | None:
    """The agency that `text` names, or None: the whole text must be its name.

    `weak` also knows the names that are everyday words ("Keystone", "Pool"), for places where only an agency
    or a person can stand.

    >>> find_agency("Agence France-Presse").name, find_agency("新华社").name, find_agency("AP Photo").name
    ('AFP', 'Xinhua', 'AP')
    >>> find_agency("keystone") is None, find_agency("ap") is None, find_agency("Keystone", weak=True).name
    (True, True, 'Keystone-SDA')
    """
    if len(text) > 60:
        return None
    text = text.strip(' \t\xa0.,;:*–—-|/"“”„«»()[]【】')
    found = _lookup(text, weak)
    if found is None and (":" in text or "：" in text):
        head, _, rest = text.replace("：", ":").partition(":")
        return _lookup(rest.strip(), weak) if head.strip().casefold() in _source_words() else None
    if found is None:
        small = text.casefold()
        if small.endswith(_TAILS):
            tail = next(tail for tail in _TAILS if small.endswith(tail))
            if len(tail) < len(text):
                return _lookup(text[: -len(tail)].rstrip(), True)
        if " " in text and small.startswith(_HEADS):
            return _lookup(text.split(" ", 1)[1], weak)
    return found


def _lookup(text: str, weak: bool) -> Agency | None:
    spellings = _spellings()
    found = spellings.exact.get(text)
    if found is None and len(text) > 4:
        found = spellings.folded.get(text.casefold())
    if found is None and weak:
        found = spellings.weak.get(text)
    return agencies()[found] if found is not None else None


@cache
def agency_first_words() -> frozenset[str]:
    """Return the first words, as `first_word` gives them, of all that a line of agencies may begin with."""
    return _spellings().first_words.union(map(first_word, (*_source_words(), *_KINDS_OF_AGENCY, *_HEADS)))


def may_be_agency(text: str) -> bool:
    """The cheap gate before `source_agencies`: whether the line begins like an agency's name.

    >>> may_be_agency("AFP"), may_be_agency("It rained.")
    (True, False)
    """
    if text[0] in "([（【*/–-":
        text = text.lstrip("([（【*/–- ")
    return start_of(text) in _starts()


@remembered(256)  # the rules ask about each line that may be one, and about the line above
def source_agencies(text: str) -> tuple[Agency, ...]:
    """The agencies of a line that names nothing else: "AFP", "Source: Reuters", "dpa/AFP", "(Reuters, AP)".

    >>> [agency.name for agency in source_agencies("Source: Reuters")], [a.name for a in source_agencies("dpa/ctk")]
    (['Reuters'], ['dpa', 'CTK'])
    >>> source_agencies("Reuters said"), source_agencies("Berlin/dpa")
    ((), ())
    """
    if not 2 <= len(text) <= 60:
        return ()
    text = text.strip(" \t\xa0()[]（）【】*–—-")
    for colon in ":：":
        head, found, rest = text.partition(colon)
        if found and head.strip().casefold() in _source_words():
            text = rest.strip()
            break
    whole = find_agency(text)
    if whole:
        return (whole,)
    agencies: list[Agency] = []
    for piece in (
        text.replace(" / ", "/")
        .replace(", ", "/")
        .replace(",", "/")
        .replace(" and ", "/")
        .replace(" – ", "/")
        .replace("-", "/")
        .split("/")
    ):
        agency = find_agency(piece) or (find_agency(piece.upper()) if len(piece) <= 4 and agencies else None)
        if agency is None:
            return ()
        agencies.append(agency)
    return tuple(agencies)
