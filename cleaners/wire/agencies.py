"""The agencies of the trade: what an agency is called, in any language, and which agency a text names."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Agency:
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


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies of agencies.toml, read once."""
    return tuple(
        Agency(
            name=row["name"],
            full=row["full"],
            country=row["country"],
            kinds=frozenset(row["kinds"].split()),
            aliases=tuple(row["aliases"]),
            weak=tuple(row.get("weak", ())),
        )
        for row in _table()["agency"]
    )


@cache
def _table() -> dict[str, list[dict[str, str]]]:
    with Path(__file__).with_name("agencies.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def outlets() -> frozenset[str]:
    """Papers, broadcasters and offices known by their short form ("LP", "NASA"), as printed before a slash."""
    return frozenset(str(name) for name in _table()["outlets"])


@cache
def _spellings() -> tuple[dict[str, Agency], dict[str, Agency], dict[str, Agency]]:
    """Exact spellings, spellings in any case (five letters and more), and weak spellings."""
    exact: dict[str, Agency] = {}
    folded: dict[str, Agency] = {}
    weak: dict[str, Agency] = {}
    for agency in agencies():
        for name in (agency.name, agency.full, *agency.aliases):
            if name in agency.weak:
                continue
            exact.setdefault(name, agency)
            if len(name) > 4:
                folded.setdefault(name.casefold(), agency)
            elif name.isascii():
                exact.setdefault(name.upper(), agency)
        for name in agency.weak:
            weak.setdefault(name, agency)
            weak.setdefault(name.upper(), agency)
            exact.pop(name, None)
            folded.pop(name.casefold(), None)
    return exact, folded, weak


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
        if " " in text and small.startswith(
            ("photo ", "foto ", "the ", "bild ", "agence ", "agencia ", "фото ")
        ):
            return _lookup(text.split(" ", 1)[1], weak)
    return found


def _lookup(text: str, weak: bool) -> Agency | None:
    exact, folded, known_weak = _spellings()
    found = exact.get(text)
    if found is None and len(text) > 4:
        found = folded.get(text.casefold())
    if found is None and weak:
        found = known_weak.get(text)
    return found


@cache
def _source_words() -> frozenset[str]:
    return frozenset(str(word) for word in _table()["source_words"])


@cache
def _starts() -> frozenset[str]:
    """The first three letters of all that a line of agencies may begin with."""
    exact, folded, _ = _spellings()
    names = [*exact, *folded, *_source_words(), "photo", "foto", "bild", "agence", "agencia"]
    return frozenset(_start(name) for name in names)


def _start(text: str) -> str:
    start = text[:3].casefold()
    return start if start.isalnum() else start[:2]


def may_be_agency(text: str) -> bool:
    """The cheap gate before `source_agencies`: whether the line begins like an agency's name.

    >>> may_be_agency("AFP"), may_be_agency("It rained.")
    (True, False)
    """
    if text[0] in "([（【*/–-":
        text = text.lstrip("([（【*/–- ")
    return _start(text) in _starts()


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
