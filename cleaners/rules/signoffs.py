"""What an agency prints below its story: who worked on it, the initials of its desk, that it ends there, of itself."""

from __future__ import annotations

from cleaners.blocks import Label
from cleaners.patterns import late_pattern
from cleaners.rules.gates import Lines
from cleaners.rules.registry import rule
from cleaners.wire.agencies import find_agency
from cleaners.wire.datelines import find_dateline
from cleaners.wire.rights import parse_rights
from cleaners.wire.signoffs import opening_agency, parse_signoff
from cleaners.words import word_set, words

#: A sign-off stands so near the end of a text; rights, a footer and junk may follow it.
_FROM_END = 8
#: A line with more characters is a paragraph, behind which the story goes on.
_PROSE = 140
_LONGEST_INITIALS = 40
_LONGEST_ADDRESS = 40
_LONGEST_FOLLOW = 200
#: Signs of an agency that speaks of its own service; so many together.
_ENOUGH_SIGNS = 3
#: "burs-as/gv", "dl/tgb/bc", "/cb", "mac-jh/sbk", "kli/ mark/": initials in small letters between slashes and hyphens.
_INITIALS = late_pattern(
    r"\(?/?[a-z]{1,5}(?:-[a-z]{1,5}){0,5}(?:/[a-z]{1,5}(?:-[a-z]{1,5}){0,5}){1,6}/?\)?\.?"
    r"|/[a-z]{2,4}/?|burs?-[a-z]{2,4}|[a-z]{2,5}/(?: [a-z]{2,5}/){1,3}"
)
#: "RPM // MSP": nobody else writes two slashes.
_DOUBLE_SLASH = late_pattern(r"[A-Z]{2,5}(?: ?// ?[A-Z]{2,5}){1,3}")
#: "JVD/LMA", "hol vrb": initials below a story that opens as an agency's.
_DESK = late_pattern(r"[A-Z]{2,4}(?:/[A-Z]{2,4}){1,3}|[a-z]{2,4}(?: [a-z]{2,4}){1,2}")
#: What stands behind an agency's name: the initials of a desk, or its people in a script without capitals.
_BEHIND_AGENCY = late_pattern(r"(?: [A-Z]{2,4}){1,4}|(?: [\u0900-\u0dff]{2,14}){1,4}")
_ADDRESS = late_pattern(r"[\w.+-]{2,40}@[\w-]{2,40}(?:\.[\w-]{2,20}){1,3}")
_LINK_AT_END = late_pattern(r"(?:https?://|www\.)\S{4,120}$")
_RULE = late_pattern(r"[_*]{3,40}|(?:[_*] ){2,20}[_*]")
#: "(foto) (vídeo)", "(Photo)(Video)": what else the agency sends.
_MEDIA = late_pattern(
    r"(?:\(?(?:fotos?|photos?|v[ií]deos?|audio|imágenes|gráfico|infograf[ií]a)\)?[ ,y/]{0,3}){1,4}", 2
)


def _is_at_end(lines: Lines, i: int) -> bool:
    """Return whether only short lines, rights notices and an agency's notes on itself follow, behind a text."""
    return i > 0 and all(lines.read(_may_follow, text) for text in lines.all[i + 1 :])


def _may_follow(text: str) -> bool:
    return len(text) < _PROSE or parse_rights(text) is not None or _is_about_agency(text)


def _is_about_agency(text: str) -> bool:
    small = text.casefold()
    return sum(map(small.__contains__, words("signoffs", "notes"))) >= _ENOUGH_SIGNS


@rule({"signoffs.agency-initials": Label.SIGNOFF}, alone=False, near_end=_FROM_END, longest=_LONGEST_INITIALS)
def agency_initials(lines: Lines, i: int) -> bool:
    """Like "burs-as/gv" after the last paragraph.

    >>> agency_initials.says("It rained in Kyiv.", "burs-as/gv", at=1)
    'signoffs.agency-initials'
    >>> agency_initials.says("GENT (BELGA) = It rained.", "JVD/LMA", at=1), agency_initials.says("Rain", "IT/HR", at=1)
    ('signoffs.agency-initials', None)
    """
    text = lines[i]
    if _DOUBLE_SLASH.fullmatch(text):
        return _is_at_end(lines, i)
    if agency := opening_agency(text):
        behind = text[len(agency) :]
        if find_agency(text):  # "KYODO NEWS" is its whole name
            return False
        return bool(_BEHIND_AGENCY.fullmatch(behind)) and _is_at_end(lines, i)
    if _DESK.fullmatch(text) and find_agency(text) is None and _opens_as_agency(lines):
        return _is_at_end(lines, i)
    if "/" not in text and not text.startswith(("burs", "bur-")):
        return False
    return (
        bool(_INITIALS.fullmatch(text))
        and text.strip("().") not in word_set("signoffs", "not_initials")
        and _is_at_end(lines, i)
    )


def _opens_as_agency(lines: Lines) -> bool:
    """Return whether the story opens with an agency's dateline."""
    datelines = (find_dateline(text) for text in lines.head)
    return any(found is not None and found.agency for found in datelines)


@rule(
    {
        "signoffs.reporting-line": Label.SIGNOFF,
        "signoffs.contributed": Label.SIGNOFF,
        "signoffs.editor": Label.SIGNOFF,
        "signoffs.end": Label.SIGNOFF,
    },
    alone=False,
    near_end=_FROM_END,
    longest=400,
)
def signoff(lines: Lines, i: int) -> str | None:
    """Who worked on the story, after its last paragraph, and that it ends there.

    >>> signoff.says("It rained.", "(Reporting by Anna Smith in Kyiv; Editing by Omar Haddad)", at=1)
    'signoffs.reporting-line'
    >>> signoff.says("It rained.", "Enditem", at=1), signoff.says("It rained.", "The end", at=1)
    ('signoffs.end', None)
    """
    found = lines.read(parse_signoff, lines[i])
    return f"signoffs.{found.kind}" if found and _is_at_end(lines, i) else None


@rule(
    {"signoffs.address": Label.SIGNOFF},
    alone=False,
    near_end=_FROM_END,
    longest=_LONGEST_ADDRESS,
    signs=("@",),
    needs_company=True,
)
def reporter_address(lines: Lines, i: int) -> bool:
    """The reporter's address for mail, and nothing else, below the story.

    >>> reporter_address.says("It rained.", "anna@example.org", at=1)
    'signoffs.address'
    """
    return bool(_ADDRESS.fullmatch(lines[i].strip("()<> "))) and _is_at_end(lines, i)


@rule(
    {"signoffs.rule": Label.BOILERPLATE},
    alone=False,
    near_end=_FROM_END,
    longest=_LONGEST_INITIALS,
    first="_*",
    needs_company=True,
)
def ruled_line(lines: Lines, i: int) -> bool:
    """A rule of underscores, which parts the story from what an agency says below it.

    >>> ruled_line.says("It rained.", "___", at=1)
    'signoffs.rule'
    """
    return i > 0 and bool(_RULE.fullmatch(lines[i]))


@rule(
    {"signoffs.media": Label.BOILERPLATE},
    alone=False,
    near_end=_FROM_END,
    longest=_LONGEST_INITIALS,
    first="(",
)
def other_media(lines: Lines, i: int) -> bool:
    """What the agency sends beside the text: "(foto) (vídeo)".

    >>> other_media.says("Llovió.", "(foto) (vídeo)", at=1), other_media.says("Llovió.", "(foto movida)", at=1)
    ('signoffs.media', None)
    """
    return bool(_MEDIA.fullmatch(lines[i])) and _is_at_end(lines, i)


@rule(
    {"signoffs.follow-agency": Label.NEWSLETTER, "signoffs.about-agency": Label.NOTICE},
    alone=False,
    near_end=_FROM_END,
    longest=400,
)
def agency_note(lines: Lines, i: int) -> str | None:
    """Where an agency has more of the kind, and what it says of its own service.

    >>> agency_note.says("It rained.", "AP weather: https://example.org/hub/weather", at=1)
    'signoffs.follow-agency'
    >>> agency_note.says("It rained.", "AP said that its website lost subscribers.", at=1)
    """
    text = lines[i]
    if not _is_at_end(lines, i):
        return None
    if _LINK_AT_END.search(text):
        return "signoffs.follow-agency" if len(text) <= _LONGEST_FOLLOW and _names_agency(text) else None
    return "signoffs.about-agency" if _is_about_agency(text) else None


def _names_agency(text: str) -> bool:
    said = (word.strip("’'s:,.()") for word in text.replace("’s", "").replace("'s", "").split())
    return any(find_agency(word) for word in said if word)
