"""Lines that sound like an ad or like a site's furniture, whatever they are about, and share no word with the story.

What a line sounds like is learned (`cleaners.scorer.sound`); what the word files know of its words is evidence among
others. That alone would be a verdict on sentences of reporters about casinos and cookies, so it is heard against the
story. A sentence of the story shares words with its other lines that few stories have, an inserted line hardly ever
does; and a text whose own lines sound like ads is about what is sold.
"""

from __future__ import annotations

from collections import Counter

from cleaners.blocks import Label
from cleaners.memory import remembered
from cleaners.patterns import late_pattern
from cleaners.rules.addressed import address_of, read_parts
from cleaners.rules.gates import Lines
from cleaners.rules.offers import COMMON, is_for_adults, read_offer, weigh_offer
from cleaners.rules.registry import rule
from cleaners.scorer.sound import KIND, Sound, heard, is_common, sound_of, stems_of
from cleaners.sentences import CLOSING_BRACKETS, ENDS, QUOTES
from cleaners.words.lexicon import is_speech
from cleaners.words.match import reports

#: Longer lines are paragraphs.
LONGEST = 260
#: A line that sounds so much like news is read no further: its words cannot make it an ad.
_NEWS = -2.0
#: What a line without letters sounds like.
_SILENT = Sound(_NEWS, _NEWS)
#: So much like junk a line must sound to go, in company and alone; in a text of so few lines or bytes, so
#: much. (A letter of scripts that write words together has three bytes, and says as much.)
_ENOUGH, _ENOUGH_ALONE, _ENOUGH_AMONG_FEW = 1.5, 1.75, 4.5
#: What sounds more than so much like junk counts as so much: whatever it needs beyond that it has not.
_MOST = 6.0
#: Of a sentence so much more.
_A_SENTENCE = 0.8
_FEW, _FEW_BYTES = 6, 500
#: So much more for each stem that it shares with the story, and if all of the story's lines sounded so.
_A_STEM, _ALL_LINES = 3.0, 8.0
#: A line of fewer stems says less; so much more it needs for each, in company and alone.
_STEMS, _A_MISSING, _A_MISSING_ALONE = 6, 0.4, 0.7
#: Words of a kind that count by themselves, in offers and in lines to the reader; the shares of a line, and points.
_MOST_OF_OFFERS, _MOST_OF_PARTS = 3, 2
_SHARES, _POINTS = (0.3, 0.6), (0, 2, 4, 6, 8, 10, 12)
#: What a line has that turns to its reader: a call, or words of these kinds.
_CALLS = frozenset("!！")
_TURNS = tuple(
    f"kind {kind}"
    for kind in (
        "turns", "address", "offer you", "offer order", "offer lure", "offer terms", "site speaks", "site call",
        "site command", "site you", "site telltale",
    )
)  # fmt: skip
#: What ends a sentence; three dots end a teaser too.
_STOPS = frozenset(ENDS) - {"…"}
_BEHIND_STOPS = QUOTES + CLOSING_BRACKETS
#: What agencies print behind the last sentence: "（完）", "(PAP)".
_BRACKETS_BEHIND = late_pattern(r"\s?[(（\[][^()（）\[\]]{1,20}[)）\]]$")


def kinds_of_line(text: str) -> list[str]:
    """Return what the word files know of a line's words: what is offered in it, and how it turns to its reader.

    >>> kinds_of_line("Claim your bonus")[:3]
    ['kind offer act 1', 'kind offer you 1', 'kind offer goods 1']
    """
    return [f"kind {kind}" for kind in (*_of_offers(text), *_of_parts(text))]


def _of_offers(text: str) -> list[str]:
    found = read_offer(text)
    told = weigh_offer(text, found)
    languages = [offer for language, offer in found.items() if language != COMMON]
    best = max(languages, key=lambda offer: (offer.words, len(offer.kinds)), default=None)
    counted: Counter[str] = Counter()
    for offer in (best, found.get(COMMON)):
        if offer is not None:
            counted.update(offer.kinds)
            counted["opens"] += offer.opens > 0
    kinds = [
        f"offer {kind} {n + 1}" for kind, count in counted.items() for n in range(min(count, _MOST_OF_OFFERS))
    ]
    if is_for_adults(text):
        kinds.append("adult")
    if told is not None:
        kinds += [f"points {points}" for points in _POINTS if told.points >= points]
        kinds += ["turns"] * told.turns
    return kinds


def _of_parts(text: str) -> list[str]:
    found = read_parts(text)
    best = max(found.values(), key=lambda said: (said.words, len(said.kinds)), default=None)
    kinds = []
    if best is not None:
        kinds += [
            f"site {kind} {n + 1}"
            for kind, count in best.kinds.items()
            for n in range(min(count, _MOST_OF_PARTS))
        ]
        kinds += [f"site opens {kind}" for kind in sorted(best.opens)]
        share = best.words / max(1, len(text.split()))
        kinds += [f"site share {least}" for least in _SHARES if share > least]
        kinds += ["site speaks"] * best.speaks
    if reports(text):
        kinds.append("reports")
    told = address_of(text, found)
    if told is not None:
        kinds += [f"address {told.rule}", f"address {'sure' if told.sure else 'unsure'}"]
    return kinds


@remembered(20_000)
def sound_with_kinds(text: str) -> Sound:
    """Return what a line sounds like by its forms, its shape and its kinds of words."""
    if not any(map(str.isalpha, text)):
        return _SILENT
    sound = sound_of(text)
    return sound if sound.junk < _NEWS else heard(sound, kinds_of_line(text), KIND)


def hear(text: str) -> Sound | None:
    """Return what a line sounds like, if that is not news.

    A sentence that turns to nobody, or tells what somebody said, is somebody's sentence, whatever it is about.

    >>> hear("The council will vote on the bridge on Tuesday, the mayor said.") is None
    True
    >>> hear("The casino has the best bonus in town.") is None
    True
    """
    sound = sound_with_kinds(text)
    if sound.junk < _ENOUGH:
        return None
    return sound if not _is_sentence(text) or (_turns_to_reader(text) and not _reports(text)) else None


def _is_sentence(text: str) -> bool:
    if text[-1] in CLOSING_BRACKETS:
        text = _BRACKETS_BEHIND.sub("", text)
    return text.rstrip(_BEHIND_STOPS)[-1:] in _STOPS


def _reports(text: str) -> bool:
    return is_speech(text) or reports(text, auxiliaries=False)


def _turns_to_reader(text: str) -> bool:
    if not _CALLS.isdisjoint(text):
        return True
    return any(kind.startswith(_TURNS) for kind in kinds_of_line(text))


def _telling_stems(text: str) -> frozenset[str]:
    return frozenset([stem for stem in stems_of(text) if not is_common(stem)])


class _Story:
    """The telling stems of the lines that do not sound enough like junk, and which share of the story's own lines does.

    Its own are those lines that share such a stem with another one; of them junk is what sounds rather so than not.
    """

    __slots__ = ("is_short", "share", "stems")

    def __init__(self, lines: Lines) -> None:
        told = [lines.read(_telling_stems, text) for text in lines.all]
        sounds = [sound_with_kinds(text).junk if len(text) <= LONGEST else _NEWS for text in lines.all]
        counted = Counter(stem for stems in told for stem in stems)
        own = [
            junk for junk, stems in zip(sounds, told, strict=True) if any(counted[stem] > 1 for stem in stems)
        ]
        self.is_short = len(lines) <= _FEW or len("".join(lines.all).encode()) < _FEW_BYTES
        self.stems = {
            stem for junk, stems in zip(sounds, told, strict=True) if junk <= _ENOUGH for stem in stems
        }
        self.share = max(sum([junk > 0 for junk in own]) - 1, 0) / max(len(own), 1)


def _need(lines: Lines, i: int, a_missing: float) -> float:
    """Return how much more than enough a line has to sound like junk for what stands around it.

    The fewer stems it has the less it says that it shares none: so much is needed for each that is missing.
    """
    story, stems = lines.around(_Story), stems_of(lines[i])
    few = (_ENOUGH_AMONG_FEW - _ENOUGH) if story.is_short else 0.0
    sentence = _A_SENTENCE * _is_sentence(lines[i])
    missing = a_missing * max(0, _STEMS - len(stems))
    return few + sentence + missing + _A_STEM * len(story.stems & stems) + _ALL_LINES * story.share


def _is_of_story(lines: Lines, i: int) -> bool:
    sound = lines.read(hear, lines[i])
    return sound is None or min(sound.junk, _MOST) < _ENOUGH + _need(lines, i, _A_MISSING)


def _may_be_of_story(lines: Lines, i: int, _count: int) -> bool:
    sound = lines.read(hear, lines[i])
    return sound is None or min(sound.junk, _MOST) < _ENOUGH_ALONE + _need(lines, i, _A_MISSING_ALONE)


@rule(
    {"ads.sounds-like-one": Label.AD, "notices.sounds-like-one": Label.NOTICE},
    alone=False,
    evident=True,
    late=True,
    longest=LONGEST,
    spared=_is_of_story,
    needs_company=_may_be_of_story,
)
def like_junk(lines: Lines, i: int) -> str | None:
    """A line that sounds like an ad or like furniture, and shares no telling word with the story.

    >>> like_junk.says("Treat your skin to the serum that dermatologists swear by, now with free delivery!")
    'ads.sounds-like-one'
    >>> like_junk.says("The council will vote on the bridge on Tuesday.")
    """
    sound = lines.read(hear, lines[i])
    if sound is None:
        return None
    return "ads.sounds-like-one" if sound.ad > sound.furniture else "notices.sounds-like-one"
