"""The agencies of the trade: what an agency is called, in any language, and which agency a text names."""

from __future__ import annotations

from functools import cache

from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.words import table


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
_WORD_ENDS = late_pattern(r"[\s!-/:-@\[-`{-~]")


class _Spellings(Value):
    """How agencies are spelled; agencies are given by their place in `rows`."""

    rows: tuple[tuple[str, str, str, frozenset[str], tuple[str, ...], tuple[str, ...]], ...]
    exact: dict[str, int]
    folded: dict[str, int]
    """Spellings of five letters and more, in small letters."""
    weak: dict[str, int]
    starts: frozenset[str]
    """The first three letters of all that a line of agencies may begin with."""
    first_words: frozenset[str]
    """The first words of all that a line of agencies may begin with; a word ends at a space or an ASCII mark."""
    source_words: frozenset[str]
    outlets: frozenset[str]


@cache
def agencies() -> tuple[Agency, ...]:
    """Return all agencies of `words/agencies.toml`."""
    return tuple(Agency(*row) for row in _spellings().rows)


def outlets() -> frozenset[str]:
    """Papers, broadcasters and offices known by their short form ("LP", "NASA"), as printed before a slash."""
    return _spellings().outlets


@cache
def _spellings() -> _Spellings:
    """How agencies are spelled: the longer names in any case, the everyday words apart."""
    exact: dict[str, int] = {}
    folded: dict[str, int] = {}
    weak: dict[str, int] = {}
    rows = []
    for place, row in enumerate(row for region in table("agencies").values() for row in region):
        short, full, country, kinds, aliases, everyday = _fields(row)
        rows.append((short, full, country, kinds, aliases, everyday))
        for name in (short, full, *aliases):
            if name in everyday:
                continue
            exact.setdefault(name, place)
            if len(name) > 4:
                folded.setdefault(name.casefold(), place)
            elif name.isascii():
                exact.setdefault(name.upper(), place)
        for name in everyday:
            weak.setdefault(name, place)
            weak.setdefault(name.upper(), place)
            exact.pop(name, None)
            folded.pop(name.casefold(), None)
    source_words = frozenset(table("credits")["text_sources"])
    openings = (*exact, *folded, *source_words, "photo", "foto", "bild", "agence", "agencia")
    starts = frozenset(map(_start, openings))
    first_words = frozenset(first_word(opening) for opening in (*openings, *weak, *_HEADS))
    return _Spellings(
        tuple(rows),
        exact,
        folded,
        weak,
        starts,
        first_words,
        source_words,
        frozenset(table("outlets")["names"]),
    )


def _fields(row: str) -> tuple[str, str, str, frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """Return what a row of agencies.toml says: "Imago | IMAGO | DE | photo desk | imago images; imagoimages"."""
    short, full, country, kinds, *spellings = (field.strip() for field in row.split("|"))
    aliases, weak = (tuple(filter(None, (names or "").split("; "))) for names in (*spellings, "", "")[:2])
    return short, full, country, frozenset(kinds.split()), aliases, weak


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
        return _lookup(rest.strip(), weak) if head.strip().casefold() in _spellings().source_words else None
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


def _start(text: str) -> str:
    start = text[:3].casefold()
    return start if start.isalnum() else start[:2]


def first_word(text: str) -> str:
    """The first word of a text in small letters; a word ends at a space or an ASCII mark.

    >>> first_word("Agence France-Presse"), first_word("(AFP) –")
    ('agence', 'afp')
    """
    small = text.casefold().replace("i\u0307", "i").replace("\u200c", " ")
    return next(filter(None, _WORD_ENDS.split(small)), "")


def agency_first_words() -> frozenset[str]:
    """The first words, as `first_word` gives them, of all that a line of agencies may begin with."""
    return _spellings().first_words


def may_be_agency(text: str) -> bool:
    """The cheap gate before `source_agencies`: whether the line begins like an agency's name.

    >>> may_be_agency("AFP"), may_be_agency("It rained.")
    (True, False)
    """
    if text[0] in "([（【*/–-":
        text = text.lstrip("([（【*/–- ")
    return _start(text) in _spellings().starts


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
        if found and head.strip().casefold() in _spellings().source_words:
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
