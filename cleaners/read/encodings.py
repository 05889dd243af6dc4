"""Encodings: which there are, by all their names, and which one bytes are in that say nothing of themselves, or lie.

Only the encodings of the web are decoders (WHATWG Encoding standard, "names and labels"), and UTF-32, which is not on
the web but on disks. Python knows others that are no encodings of text, that hide markup or take long: idna, punycode,
undefined, utf-7.

A guess is chardet's, held against the language of what it makes of the bytes: a Polish text is not in Windows-1252,
however well its bytes fit. benchmarks/encodings.py measures it, and the other libraries for it.
"""

from __future__ import annotations

import codecs
from functools import lru_cache

from cleaners.patterns import late_pattern
from cleaners.read.placing import well_placed

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: By Python's names.
ENCODINGS = frozenset(
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be ascii iso8859-1 iso8859-2 iso8859-3"
    " iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14"
    " iso8859-15 iso8859-16 cp866 koi8-r koi8-u mac-roman mac-cyrillic cp874 tis-620 cp1250 cp1251 cp1252 cp1253 cp1254"
    " cp1255 cp1256 cp1257 cp1258 gb2312 gbk gb18030 big5 big5hkscs euc-jp iso2022-jp shift-jis cp932 euc-kr"
    " cp949".split()
)
#: What such an encoding is on the web, where the name means another thing than in Python (from the same standard) …
_ON_THE_WEB = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",  # where the name itself could be read as ASCII
}  # fmt: skip
#: … and labels of the standard that Python does not have, but for an "x-" before them.
_LABELS = {
    "windows-874": "cp874", "dos-874": "cp874", "iso-8859-8-i": "iso8859-8", "iso-8859-8-e": "iso8859-8",
    "csiso88598i": "iso8859-8", "csiso88598e": "iso8859-8", "logical": "iso8859-8", "visual": "iso8859-8",
    "iso-8859-6-i": "iso8859-6", "iso-8859-6-e": "iso8859-6", "csiso88596i": "iso8859-6", "csiso88596e": "iso8859-6",
    "asmo-708": "iso8859-6", "unicode-1-1-utf-8": "utf-8", "unicode11utf8": "utf-8", "unicode20utf8": "utf-8",
    "iso88591": "iso8859-1", "iso88592": "iso8859-2", "iso88593": "iso8859-3", "iso88594": "iso8859-4",
    "iso88595": "iso8859-5", "iso88596": "iso8859-6", "iso88597": "iso8859-7", "iso88598": "iso8859-8",
    "iso88599": "iso8859-9", "iso885910": "iso8859-10", "iso885911": "iso8859-11", "iso885913": "iso8859-13",
    "iso885914": "iso8859-14", "iso885915": "iso8859-15", "iso_8859-15": "iso8859-15", "csisolatin9": "iso8859-15",
    "l9": "iso8859-15", "sun_eu_greek": "iso8859-7", "koi": "koi8-r", "koi8": "koi8-r", "koi8_r": "koi8-r",
    "koi8-ru": "koi8-u", "csmacintosh": "mac-roman", "mac": "mac-roman", "mac-ukrainian": "mac-cyrillic",
    "gb_2312": "gb2312", "csgb2312": "gb2312", "gb_2312-80": "gb2312", "iso-ir-149": "euc-kr", "ksc_5601": "euc-kr",
    "euc_jis_2004": "euc-jp", "cn-big5": "big5", "cseucpkdfmtjapanese": "euc-jp",
    "windows-31j": "cp932", "cseuckr": "euc-kr", "csksc56011987": "euc-kr", "windows-949": "cp949",
    "ks_c_5601-1989": "euc-kr", "unicode": "utf-16", "csunicode": "utf-16", "ucs-2": "utf-16",
    "iso-10646-ucs-2": "utf-16", "unicodefeff": "utf-16-le", "unicodefffe": "utf-16-be",
}  # fmt: skip
#: Names that the standard has for what may not be decoded: letters in ASCII's bytes, behind which markup was hidden.
HIDING = frozenset(("hz-gb-2312", "iso-2022-kr", "csiso2022kr", "iso-2022-cn", "iso-2022-cn-ext", "utf-7"))
#: What chardet may answer: the encodings that a text without a word about itself can be in.
_GUESSED = tuple(
    "cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14"
    " iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256"
    " cp1257 cp1258 gb18030 big5hkscs euc-jp cp932 cp949".split()
)
#: Others may have a Western text's quotation marks and dashes and be the only ones to make them of its bytes: those of
#: many letters first, which make them by chance the least; last the Macintosh's, which make words of anything.
_OTHERS = tuple(
    "gb18030 big5hkscs cp932 euc_jp cp949 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 iso8859-13"
    " iso8859-16 iso8859-7 mac-roman mac-cyrillic".split()
)
#: Of a text's letters and signs such a share stands where it may (see `well_placed`), or it is in another encoding …
_LEAST_PLACED = 0.7
#: … than the one that it is said to be in. A guess is worse, …
_LEAST_TOLD = 0.95
#: … where all letters of its language are beyond ASCII, and so many at least.
_LEAST_OF_ALPHABET = 0.95
_ALPHABET = 55
#: Bytes from which a guess is made, and how far they are looked for.
_SAMPLE = 20_000
_LOOKED_THROUGH = 2_000_000
_BEYOND_ASCII = late_pattern(b"[\x80-\xff]")
#: What Latin-1's bytes of controls become: letters, in the encoding that they are really in.
_CONTROLS = late_pattern("[\x80-\x9f]")
#: Letters of half a width and of private use: what Shift JIS makes of Cyrillic and Thai.
_ODD = late_pattern("[\uff61-\uff9f\ue000-\uf8ff]")
_MARKUP = late_pattern(b"<[^>]{0,4000}>")
#: Where so few letters are beyond ASCII that no language is told from them, they are Western.
_FEW = 12
_FEW_SHARE = 0.34
#: … or, of more letters, such a share: a menu, a list of names.
_THIN_SHARE = 0.12


@lru_cache(maxsize=256)
def codec_of(name: str) -> str | None:
    """Return Python's name for an encoding of text, None for any other name.

    >>> codec_of("Latin1"), codec_of("x-sjis"), codec_of("idna")
    ('iso8859-1', 'shift_jis', None)
    """
    if len(name) > _LONGEST_LABEL:
        return None
    name = name.strip(" \t\r\n\f\"'").lower().removeprefix("x-").removeprefix("x-")
    try:
        codec = codecs.lookup(_LABELS.get(name, name)).name
    except (LookupError, ValueError):
        return None
    return codec if codec.replace("_", "-") in ENCODINGS else None


#: The longest label has 19 characters; a codec's search through Python's modules takes its time.
_LONGEST_LABEL = 40


def codec_on_the_web(name: str) -> str | None:
    """Return the decoder that a label means in a browser, by Python's name; None for a label that nobody knows.

    >>> codec_on_the_web("latin1"), codec_on_the_web("gb2312"), codec_on_the_web("undefined")
    ('cp1252', 'gb18030', None)
    """
    codec = codec_of(name)
    return _ON_THE_WEB.get(codec, codec) if codec else None


def believe(data: bytes, told: str) -> str:
    """Return the encoding of bytes that are said to be in one and fit it: that, or a guess that fits their language.

    >>> believe("Premier powiedział w czwartek, że żadna z ulic nie była pusta.".encode("cp1250"), "cp1252")
    'cp1250'
    """
    sample = _sample(data)
    language = _language(sample, told)
    few = language is None and _few(sample)
    letters = _letters(language or "")
    # English in GBK has no letters that no other text has, but its quotation marks stand where they may
    if (few or language is not None) and letters is not None:
        placed = well_placed(sample.decode(told, "replace"), letters)
        if placed >= (_LEAST_PLACED if few else _LEAST_TOLD):
            return told
    if few:
        return guess(data) or told
    if language is not None and told in _usual(language):
        return _fit(sample, told) or told
    found = _chardet(sample)
    if found is None or found == told:
        return told
    fitting = _fit(sample, found)
    return told if fitting is None else fitting


def guess(data: bytes) -> str | None:
    """Return the likely encoding of bytes that say nothing of themselves; None where it cannot be told.

    >>> guess("Премьер-министр заявил в четверг, что дождь продлится.".encode("koi8-r"))
    'koi8-r'
    """
    sample = _sample(data)
    found = _chardet(sample)
    fitting = _fit(sample, found) if found else None
    if fitting is None and not _few(sample):
        return None
    language = (_language(sample, fitting) if fitting else None) or ""
    letters = _letters(language)
    if letters is None:
        return fitting
    own = _told()["letters"].get(language, "")
    least = _LEAST_OF_ALPHABET if len(own) >= _ALPHABET else _LEAST_PLACED
    first = (*_codecs(_told()["own"].get(language, ())), fitting if fitting and own else "cp1252")
    others = dict.fromkeys((*_usual(language), *_OTHERS))
    best, most = None, least
    for codec in (*first, *sorted(others, key=_is_of_macintosh)):
        share = well_placed(sample.decode(codec, "replace"), letters)
        if share > most:
            best, most = codec, share
        if share == 1:
            break
    return best


def _is_of_macintosh(codec: str) -> bool:
    return codec.startswith("mac")


def _fit(sample: bytes, codec: str) -> str | None:
    """Return the encoding that fits the language of what a guess makes of the bytes best: the guess, or a usual one."""
    language = _language(sample, codec)
    if language is None:
        return None
    usual = _usual(language)
    letters = _letters(language)
    if codec in usual and (letters is None or _count(sample, codec, letters) == _count(sample, codec)):
        return codec
    first = [codec] if codec in usual else []
    fitting = [*first, *(other for other in usual if other != codec and _language(sample, other) == language)]
    if not fitting or letters is None:
        return fitting[0] if fitting else None
    counts = [_count(sample, other, letters) for other in fitting]
    return fitting[counts.index(max(counts))]


def _letters(language: str) -> frozenset[str] | None:
    """Return the letters beyond ASCII, and the signs, of a language; None where all its encodings have the same."""
    told = _told()["letters"]
    if language in _told()["languages"] and language not in told:
        return None
    return frozenset(told.get(language, told["western"]) + told["signs"])


def _count(sample: bytes, codec: str, letters: frozenset[str] | None = None) -> int:
    """Count the characters beyond ASCII that bytes have in an encoding; those of these letters."""
    text = sample.decode(codec, "replace")
    return sum(not char.isascii() and (letters is None or char in letters) for char in text)


def _language(sample: bytes, codec: str) -> str | None:
    """Return the language of bytes read in an encoding, None if they don't fit it."""
    from cleaners.language import detect_language  # for bytes that are not in Unicode

    text = sample.decode(codec, "replace")
    if (text.count("\ufffd") + len(_CONTROLS.findall(text))) * 50 > len(text) or len(
        _ODD.findall(text)
    ) * 5 > len(text):
        return None
    return detect_language(text)


def _sample(data: bytes) -> bytes:
    """Return the lines of bytes that have letters beyond ASCII, without markup."""
    first = _BEYOND_ASCII.search(data)
    if first is None:
        return b""
    start = max(first.start() - 1000, 0)
    text = _MARKUP.sub(b"\n", data[start : start + _LOOKED_THROUGH])
    lines: list[bytes] = []
    size = 0
    for line in text.splitlines():
        if not line.isascii():
            lines.append(line[: _SAMPLE - size])
            size += len(lines[-1])
            if size >= _SAMPLE:
                break
    return b"\n".join(lines)


def _few(sample: bytes) -> bool:
    head = sample[:1000]
    beyond = sum(byte >= 0x80 for byte in head)
    return beyond < (_FEW_SHARE if beyond < _FEW else _THIN_SHARE) * len(head)


def _chardet(sample: bytes) -> str | None:
    if not sample:
        return None
    from chardet import detect  # only for what is not in Unicode

    found = detect(sample, include_encodings=_GUESSED, compat_names=False)["encoding"]
    return codec_on_the_web(found) if found else None


@lru_cache(maxsize=1)
def usual_encodings() -> dict[str, tuple[str, ...]]:
    """Return the encodings of each language in `cleaners/encodings.toml`, by Python's names; "western" is all others'.

    >>> usual_encodings()["pl"][0]
    'cp1250'
    """
    told = _told()
    named = told["languages"] | {"western": told["western"]}
    return {language: tuple(_codecs(names)) for language, names in named.items()}


@lru_cache(maxsize=1)
def _told() -> dict[str, Any]:
    import tomllib  # for what is not in Unicode
    from pathlib import Path  # likewise

    return tomllib.loads(Path(__file__).parents[1].joinpath("encodings.toml").read_text(encoding="utf-8"))


def _usual(language: str) -> tuple[str, ...]:
    usual = usual_encodings()
    return usual.get(language, usual["western"])


def _codecs(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(codec for name in names if (codec := codec_on_the_web(name))))
