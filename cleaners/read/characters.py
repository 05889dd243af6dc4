"""Characters: what a text may hold, the same for pages, texts, metadata and addresses.

Whatever comes in, each string that leaves `read/` can be written to any file and read back, and looks as it reads:

- half a surrogate pair, and what Unicode keeps for no character, become U+FFFD;
- controls and invisible signs go: zero-width space, word joiner, byte-order mark, soft hyphen, tags that spell words
  nobody sees. Those that a script needs stay where it needs them: the joiners in Persian, in the scripts of India and
  in emoji, the tags of a flag;
- all controls of direction go: overrides and isolates show a reader another text than a program reads (Unicode TR 36,
  2.5; CVE-2021-42574), and the marks mean something only on the line that they were put on;
- all is in Normalization Form C (Unicode Annex 15), in which the web is written.
"""

from __future__ import annotations

from cleaners.patterns import late_pattern

TYPE_CHECKING = False  # the name that type checkers know; typing itself costs a short run its start-up
if TYPE_CHECKING:
    import re

#: What stands for no character: halves of surrogate pairs, and the noncharacters (Unicode 16, 23.7).
_NONE = late_pattern(
    "[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
#: What is never seen and changes nothing that is meant. The line ends and spaces among the controls are no part of it.
_UNSEEN = late_pattern(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls
    "\xad\u200b\u2060-\u2064\ufeff"  # soft hyphen, zero-width space, word joiner, unseen operators, byte-order mark
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction, and what Unicode advises against
    "\ufff9-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"  # of annotations, shorthand and music
)
#: Letters beside which a joiner is spelling: Arabic, Syriac, N'Ko and their like; India, Burmese, Khmer, Mongolian.
_SPELLED = late_pattern(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f]"
)
#: What is seen beside other letters only and hides a word where it stands behind a Latin, Greek or Cyrillic one:
#: variation selectors, a joiner for sorting, vowels of Hangul, Khmer and Mongolian that are blank.
_HIDDEN = late_pattern(
    "(?<=[A-Za-z\u00c0-\u052f\u1e00-\u1fff])"
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]+"
)
#: Signs that emoji are joined of …
_EMOJI = "\u2190-\u21ff\u2300-\u2328\u232b-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
#: … and what may stand between one of them and its joiner: a variation selector, the end of a flag's tags.
_JOINABLE = late_pattern(f"[{_EMOJI}\ufe0f\u20e3\U000e007f]\u200d[{_EMOJI}]")
#: What the URL standard takes out of an address (4.4, "remove all ASCII tab or newline"), and Python's other line ends.
_LINE_ENDS = late_pattern("[\t-\r\x1c-\x1f\x85\u2028\u2029]")
_JOINERS = late_pattern("[\u200c\u200d\u180e]+")
_TAGS = late_pattern("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0000-\U000e007f]")
#: Unicode allows so many marks on one letter in text that is exchanged (Annex 15, "Stream-Safe Text Format"), and
#: sorting more takes the square of the time. Between more of them it puts a joiner that is not seen.
_MOST_MARKS = 30
_GRAPHEME_JOINER = "\u034f"
_MANY_MARKS = late_pattern(r"[^\w\s\x00-\u02ff]{31,}")
#: Of so many signs in a row two of every 15th of the text stand side by side.
_FEW_MARKS = late_pattern(r"[^\w\s\x00-\u02ff]{2}")
_EVERY = 15


def valid_text(text: str) -> str:
    """Return the text as it may be exchanged; its spaces and line ends stay as they are.

    Changes nothing of what it returned before.

    >>> valid_text("Rain\\ud83d in Kyi\\u200bv"), valid_text("Cafe\\u0301"), valid_text("می\\u200cشود")
    ('Rain\ufffd in Kyiv', 'Café', 'می\u200cشود')
    """
    if not text.isprintable():
        text = text.replace("\x1f", " ")  # a space among the controls
        text = "\n".join([line if _is_seen(line) else _without_unseen(line) for line in text.split("\n")])
    if not text.isascii():
        from unicodedata import is_normalized, normalize  # for letters beyond ASCII

        if _FEW_MARKS.search(text[::_EVERY]) and _MANY_MARKS.search(text):
            text = _MANY_MARKS.sub(_part_marks, text)
        if not is_normalized("NFC", text):
            text = normalize("NFC", text)
        while _HIDDEN.search(
            text
        ):  # without it an accent may join its letter, and the next sign stand behind that
            text = normalize("NFC", _HIDDEN.sub("", text))
    return text


def valid_line(text: str) -> str:
    """Return the text as it may be exchanged and on one line: each run of spaces and line ends is one space.

    >>> valid_line(" Rain\\n in\\u200b \\u200bKyiv ")
    'Rain in Kyiv'
    """
    line = " ".join(text.split())
    if line.isascii() and line.isprintable():
        return line
    valid = valid_text(line)
    return valid if valid is line else " ".join(valid.split())


def valid_address(address: str) -> str:
    """Return an address without what a text may not hold.

    Letters that Form C would change are written as a browser sends them, since the form is part of a file's name.

    >>> valid_address("https://news.example.org/ra\\u200bin"), valid_address("https://news.example.org/cafe\\u0301")
    ('https://news.example.org/rain', 'https://news.example.org/cafe%CC%81')
    """
    if address.isascii() and address.isprintable():
        return address
    from unicodedata import is_normalized  # for letters beyond ASCII
    from urllib.parse import quote  # likewise

    address = _LINE_ENDS.sub("", _without_unseen(address)).strip()
    if is_normalized("NFC", address):
        return address
    return "".join(char if char.isascii() else quote(char) for char in address)


def without_surrogates(text: str) -> str:
    """Return the text with U+FFFD for halves of surrogate pairs, which no file can hold.

    >>> without_surrogates("Rain\\ud83d"), without_surrogates("Rain\\ud83c\\udf27")
    ('Rain\ufffd', 'Rain🌧')
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _is_seen(line: str) -> bool:
    """Tell whether a line has nothing that `_without_unseen` takes out: of it Python prints one sign alone."""
    return line.isprintable() and "\ufffc" not in line


def _without_unseen(text: str) -> str:
    if _NONE.search(text):
        text = _NONE.sub("\ufffd", without_surrogates(text))
    text = _UNSEEN.sub("", text)
    if not text.isprintable():
        text = _TAGS.sub(lambda tags: tags[1] or "", text)
        text = _JOINERS.sub(_joiner, text)
    return text


def _joiner(found: re.Match[str]) -> str:
    """Return the joiner that a run of them comes to, or nothing where no script has use for one."""
    text, joiner = found.string, found[0][0]
    left, right = text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1]
    used = _SPELLED.search(left + right) or _JOINABLE.match(left + joiner + right)
    return joiner if used else ""


def _part_marks(found: re.Match[str]) -> str:
    """Return a run of signs with no more than so many marks in a row."""
    from unicodedata import combining  # for texts that have such runs

    parted: list[str] = []
    marks = 0
    for sign in found[0]:
        marks = marks + 1 if combining(sign) else 0
        if marks > _MOST_MARKS:
            parted.append(_GRAPHEME_JOINER)
            marks = 1
        parted.append(sign)
    return "".join(parted)
