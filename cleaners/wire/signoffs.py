"""Sign-offs: what an agency prints below its story of who worked on it, and that it ends there.

"Reporting by Anna Smith in Kyiv; Editing by Omar Haddad", "Associated Press writer Anna Smith in Nairobi contributed
to this report.", "Editor: Ma Rui", "责任编辑：谭立", "(END)": the forms are those of the agencies' own services.
Reporters write of reporting, editors and ends too, so a line is a sign-off only if all of it is.
"""

from __future__ import annotations

import re

from cleaners.patterns import late_pattern
from cleaners.values import Value
from cleaners.wire.agencies import find_agency
from cleaners.wire.bylines import parse_byline, role_words
from cleaners.wire.names import looks_like_name
from cleaners.wire.parts import BRACKETS, cut_label, longest_first
from cleaners.words import word_set

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final


class Signoff(Value):
    """A sign-off: what kind it is, who is said to have reported the story, and the agency that it names."""

    kind: str
    reporters: tuple[str, ...] = ()
    agency: str | None = None


#: Characters of a sign-off, of one that is only a mark, and words of a part of it.
_LONGEST: Final = 400
_LONGEST_MARK: Final = 24
_MOST_WORDS: Final = 24
#: Words of what someone did: "Additional reporting and writing by".
_MOST_WORKS: Final = 5
_CLAUSES = late_pattern(r"[;；]\s*|\.\s+(?=[A-Z])")
_SENTENCES = late_pattern(r"(?<=[.!?])\s+(?=[^\W\d_a-z])")
_NAME_MARKS: Final = "“”\"'‘’.,;:"
_FROM_PLACE = late_pattern(r"^(?P<name>[^,.]{2,60}) reported from (?P<place>[^.]{2,80})\.?$")
#: The widest name of an agency, in words.
_WIDEST: Final = 4


def parse_signoff(text: str) -> Signoff | None:
    """Return the sign-off that a line is, with or without brackets; None when the line is anything else.

    >>> parse_signoff("Reporting by Anna Smith and Jan Kos in Kyiv; Editing by Omar Haddad")
    Signoff(kind='reporting-line', reporters=('Anna Smith', 'Jan Kos'), agency=None)
    >>> parse_signoff("Reporting by village radio stations saved 40 herds.") is None
    True
    >>> parse_signoff("Editor: Ma Rui").kind, parse_signoff("(END)").kind, parse_signoff("The end") is None
    ('editor', 'end', True)
    >>> parse_signoff("Associated Press writer Ken Ito in Yakima contributed to this report.").agency
    'AP'
    """
    if not 2 <= len(text) <= _LONGEST:
        return None
    if len(text) <= _LONGEST_MARK and _is_end(text):
        return Signoff("end")
    core = text.strip(" \t\xa0*_")
    if core[:1] in BRACKETS.values() and BRACKETS.get(core.rstrip(" .")[-1:]) == core[0]:
        core = core.rstrip(" .")[1:-1].strip()
    return _read_works(core) or _read_editor(core) or _read_contributed(core)


def _is_end(text: str) -> bool:
    """Tell whether a line is a mark of the end: a word in brackets, one that nothing else means, or "Lusa/Fim"."""
    small = text.casefold().rstrip(".")
    if small in word_set("signoffs", "marks"):
        return True
    if BRACKETS.get(small[-1:]) == small[:1]:
        return small[1:-1].strip() in word_set("signoffs", "ends")
    agency, slash, end = small.partition("/")
    return (
        bool(slash)
        and end.strip() in word_set("signoffs", "ends")
        and find_agency(text[: len(agency)]) is not None
    )


def _read_works(core: str) -> Signoff | None:
    """Read what each did, and their names: "Reporting by …; Additional reporting by …; Editing by …"."""
    reporters: list[str] = []
    for number, clause in enumerate(_CLAUSES.split(core.rstrip(" ."))):
        works, names = _cut_works(clause)
        if not works or not _are_names(names):
            return None
        if number == 0 or not word_set("signoffs", "reporting").isdisjoint(works):
            found = (
                parse_byline(f"by {names}")
                if not word_set("signoffs", "reporting").isdisjoint(works)
                else None
            )
            reporters += found.authors if found else ()
    return Signoff("reporting-line", tuple(dict.fromkeys(reporters))) if core else None


def _cut_works(clause: str) -> tuple[list[str], str]:
    """Return the words of what was done in small letters, and the names behind "by" or a colon."""
    tokens = clause.split(None, _MOST_WORKS + 1)
    for count in range(1, min(_MOST_WORKS, len(tokens) - 1) + 1):
        works = [token.casefold() for token in tokens[:count]]
        labelled = works[-1][-1] in ":："
        works[-1] = works[-1].rstrip(":：")
        known = all(work in word_set("signoffs", "works") for work in works)
        if not known:
            break
        rest = clause.split(None, count)[count]
        if labelled:
            return works, rest
        by, _, names = rest.partition(" ")
        if by.casefold() in word_set("signoffs", "by") and names:
            return works, names
    return [], ""


def _are_names(text: str) -> bool:
    """Tell whether a text is names and their places: all words have capitals, or join two names."""
    small = (
        word_set("names", "particles")
        | word_set("bylines", "conjunctions")
        | word_set("bylines", "before_place")
    )
    said = text.replace(",", " ").split()
    others = [word for word in said if word.casefold() not in small]
    if not others or len(said) > _MOST_WORDS:
        return False
    roles = role_words()
    return all(
        word[0].isupper() or word[0] >= "\u0590" or word in roles
        for word in (word.strip(_NAME_MARKS) for word in others)
        if word
    ) and (others[0][0].isupper() or others[0][0] >= "\u0590" or others[0] in roles)


def _read_editor(core: str) -> Signoff | None:
    """Like "Editor: Ma Rui", "责任编辑：谭立"."""
    label, names = cut_label(core)
    if label not in word_set("signoffs", "editors"):
        return None
    parts = re.split(r"[、,，/&]\s?|\s和\s|\sand\s", names)
    return Signoff("editor") if names and all(looks_like_name(part.strip()) for part in parts) else None


def _read_contributed(core: str) -> Signoff | None:
    """Read sentences that say who helped with the report, all of them."""
    if not core.rstrip(" .").casefold().endswith(_contributed()):
        return None
    agency: str | None = None
    for sentence in _SENTENCES.split(core):
        bare = sentence.rstrip(" .")
        ending = next((end for end in _contributed() if bare.casefold().endswith(end)), "")
        subject = bare[: len(bare) - len(ending)].strip(" ,") if ending else ""
        if not ending and (placed := _FROM_PLACE.match(sentence)):
            subject = f"{placed['name']} in {placed['place']}"
        agency = agency or _named_agency(subject)
        if not subject or not _are_names(_without_agency(subject)):
            return None
    return Signoff("contributed", agency=agency)


def _contributed() -> tuple[str, ...]:
    return longest_first("signoffs", "contributed")


def _without_agency(subject: str) -> str:
    """Return the subject without the agency's name and the roles that it opens with."""
    tokens = subject.removeprefix("The ").split()
    for width in range(min(_WIDEST, len(tokens) - 1), 0, -1):
        if find_agency(" ".join(tokens[:width])):
            tokens = tokens[width:]
            break
    roles = role_words()
    while len(tokens) > 1 and tokens[0].casefold().rstrip("s") in {role.rstrip("s") for role in roles}:
        tokens = tokens[1:]
    return " ".join(tokens)


def opening_agency(text: str) -> str | None:
    """Return the agency's name that a text opens with, as printed, if more follows.

    >>> opening_agency("PTI KRV DV"), opening_agency("It rained")
    ('PTI', None)
    """
    head = text.partition(" ")[0]
    return head if head != text and find_agency(head) else None


def _named_agency(text: str) -> str | None:
    """Return the first agency whose name stands in a text."""
    tokens = text[:_LONGEST].split()
    for start in range(len(tokens)):
        for width in range(min(_WIDEST, len(tokens) - start), 0, -1):
            if found := find_agency(" ".join(tokens[start : start + width])):
                return found.name
    return None
