"""What pages put into a paragraph that is no part of it: what its links do, for programs that read aloud; who pays.

Russian law (No. 38-FZ, article 18.1) has advertisers name themselves beside a link that they paid for, so pages print
"Реклама. ООО …" behind a sentence of the story.
"""

from __future__ import annotations

import re
from functools import cache

from cleaners.words import word_set, words

#: What every advertiser's mark has in it: the cheap gate.
AD_SIGN = "еклам"
#: Characters of an advertiser's mark, and of the sentence that it stands behind.
_LONGEST_MARK = 160
_SHORTEST = 20
#: What ends the sentence before a mark.
_ENDS = '.!?…»”")'


@cache
def _note() -> re.Pattern[str]:
    notes = "|".join(map(re.escape, sorted(words("inserted", "link_notes"), key=len, reverse=True)))
    return re.compile(rf",\s(?:{notes})(?=[\s.,;:!?)]|$)")


def without_link_notes(text: str) -> str:
    """Return a text without the notes on its links that a comma parts from what they stand behind.

    >>> without_link_notes("Shares in Harwell Quays (HWQ.L), opens new tab fell 3%.")
    'Shares in Harwell Quays (HWQ.L) fell 3%.'
    >>> without_link_notes("The shop, which opens new tabs for regulars, is closed.")
    'The shop, which opens new tabs for regulars, is closed.'
    """
    if "," not in text or not any(note in text for note in words("inserted", "link_notes")):
        return text
    return _note().sub("", text)


def is_link_note(text: str) -> bool:
    """Tell whether a text within a link is only such a note.

    >>> is_link_note(", opens new tab"), is_link_note(", he said")
    (True, False)
    """
    return text.strip(" ,.") in word_set("inserted", "link_notes")


def part_ad_mark(text: str) -> list[str]:
    """Return a paragraph and the advertiser's mark at its end as two; alone where it has none.

    >>> part_ad_mark('Дорогу открыли во вторник утром. Реклама. ООО "Ромашка"')
    ['Дорогу открыли во вторник утром.', 'Реклама. ООО "Ромашка"']
    >>> part_ad_mark("Дорогу открыли.")
    ['Дорогу открыли.']
    """
    for sign in words("inserted", "ad_marks"):
        at = text.rfind(sign)
        before = text[:at].rstrip() if at >= _SHORTEST else ""
        if len(before) >= _SHORTEST and before[-1] in _ENDS and len(text) - at <= _LONGEST_MARK:
            return [before, text[at:]]
    return [text]


def opens_with_ad_mark(text: str) -> bool:
    """Tell whether a line is an advertiser's mark.

    >>> opens_with_ad_mark('Реклама. ООО "Ромашка"'), opens_with_ad_mark("Реклама. Так называется село")
    (True, False)
    """
    return len(text) <= _LONGEST_MARK and text.startswith(words("inserted", "ad_marks"))
