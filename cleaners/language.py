"""The language of a text, or None when unsure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cleaners.patterns import late_pattern

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from typing import Final

#: cld2 is given no more than this many characters: it is sure long before.
_SAMPLE: Final = 20_000
#: Characters of long lines that are enough, what counts as long, and how many lines are read where none is.
_ENOUGH: Final = 1_500
_LONG_LINE: Final = 60
_LINES: Final = 200
#: Too little to tell a language from.
_FEWEST_LETTERS: Final = 20
#: … in a script that says more with fewer letters.
_FEWEST_DENSE: Final = 6
#: The percentage of the text that its language must have.
_MAIN_SHARE: Final = 50
#: cld2's score per 1,024 bytes under which its guess at a short text is no more than that: gibberish gets 30, a list
#: of place names 200, a sentence of ten words 350 and more.
_SURE_SCORE: Final = 300
#: cld2's codes that are not today's BCP 47 tags, and written forms that readers tell apart.
_TAGS: Final = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "jw": "jv",
    "mo": "ro",
    "nb": "no",
    "nn": "no",
    "sh": "sr",
    "tl": "fil",
    "zh-Hans": "zh",
    "zh-TW": "zh-Hant",
    "zh-HK": "zh-Hant",
}
#: What makes cld2 refuse a text: controls, half surrogate pairs, characters that no text may exchange.
_UNWELCOME: Final = late_pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ASTRAL: Final = late_pattern("[\U00010000-\U0010ffff]")


def language_of(lines: Sequence[str]) -> str | None:
    """Return the language of a text's lines, told from the long ones, which are rarely junk; else from all.

    >>> language_of(["Start", "Der Regen kam am Abend, und die Straßen der Stadt waren bald leer, sagt die Polizei."])
    'de'
    """
    sample: list[str] = []
    size = 0
    for line in lines:
        if len(line) >= _LONG_LINE:
            sample.append(line[:_ENOUGH])
            size += len(line)
            if size >= _ENOUGH:
                break
    return detect_language("\n".join(sample or lines[:_LINES]))


def detect_language(text: str) -> str | None:
    """Return the BCP 47 tag of the text's language ("en", "no", "zh-Hant"), or None for too little or too mixed a text.

    Sees the first 20,000 characters. Never raises; the same text always gives the same answer.

    >>> detect_language("Der Regen kam am Abend, und die Straßen der Stadt waren bald leer.")
    'de'
    >>> detect_language("200% 300% ???") is None
    True
    """
    sample = _ASTRAL.sub(" ", _UNWELCOME.sub(" ", text[:_SAMPLE]))
    if sum(map(str.isalpha, sample[:400])) < (_FEWEST_DENSE if _dense(sample) else _FEWEST_LETTERS):
        return None
    import pycld2  # 2 ms, for texts that are long enough

    try:
        reliable, _, guesses = pycld2.detect(sample)
        if not reliable:
            _, _, guesses = pycld2.detect(sample, bestEffort=True)
    except pycld2.error:
        return None
    _, code, share, score = guesses[0]
    if code == "un" or share < _MAIN_SHARE or (not reliable and score < _SURE_SCORE):
        return None
    return normal_tag(code)


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """Return the languages that can be named, from `cleaners/languages.toml`: their codes, each with its name.

    >>> language_names()["pt"]
    'Portuguese'
    """
    import tomllib  # for who names a language
    from pathlib import Path  # likewise

    return tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))


def is_language(tag: str) -> bool:
    """Tell whether a tag names a language that there is, as BCP 47 writes it.

    >>> is_language("pt-BR"), is_language("zh_Hant"), is_language("klingon"), is_language("")
    (True, True, False, False)
    """
    code, *others = tag.replace("_", "-").split("-")
    return code.lower() in language_names() and all(
        part.isascii() and part.isalnum() and len(part) <= _LONGEST_SUBTAG for part in others
    )


#: Letters and digits of a tag's later parts (BCP 47, section 2.1).
_LONGEST_SUBTAG: Final = 8


def normal_tag(tag: str) -> str:
    """Return a language's tag as this project writes it: short, of today, without the country.

    >>> normal_tag("en-US"), normal_tag("iw"), normal_tag("nb-NO"), normal_tag("zh_TW"), normal_tag("zh-CN")
    ('en', 'he', 'no', 'zh-Hant', 'zh')
    """
    parts = tag.replace("_", "-").split("-")
    language = parts[0].lower()
    if language == "zh" and any(part.lower() in ("hant", "tw", "hk", "mo") for part in parts[1:]):
        return "zh-Hant"
    return _TAGS.get(language, language)


def _dense(sample: str) -> bool:
    """Tell whether the text is in a script that says more with fewer letters (Chinese, Japanese, Korean)."""
    start = sample[:400]
    return max(start, default="") >= "\u3040" and any(
        "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in start
    )
