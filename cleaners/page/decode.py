"""Bytes of a page to text, in the order in which browsers decide: mark, header, the page's own word, then a guess."""

from __future__ import annotations

import codecs
import re
from typing import Final

#: How far browsers look for the page's own word (HTML standard, "prescan a byte stream"; we allow for long heads).
_PRESCAN: Final = 4096
_META_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.IGNORECASE
)
_XML_ENCODING: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""", re.IGNORECASE
)
#: What a label means on the web where it is another thing in Python (WHATWG Encoding standard, "names and labels").
_WEB_LABELS: Final = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252",
    "latin-1": "cp1252", "l1": "cp1252", "windows-1252": "cp1252", "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254", "latin5": "cp1254", "windows-874": "cp874", "tis-620": "cp874", "iso-8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "chinese": "gb18030",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "ksc5601": "cp949",
    "big5": "big5hkscs", "x-x-big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "x-mac-cyrillic": "mac-cyrillic", "macintosh": "mac-roman", "x-mac-roman": "mac-roman",
    "iso-8859-8-i": "iso-8859-8", "logical": "iso-8859-8", "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8",
    "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",  # in a <meta> that could be read as ASCII
}  # fmt: skip
#: Names that Python knows and the web does not: escapes and names of hosts; UTF-7, which hides markup.
_NO_CHARSET: Final = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
_FALLBACK: Final = "cp1252"
#: Of fewer bytes in Latin letters, of which few are beyond ASCII, a guess takes French for Czech.
_GUESS_LEAST: Final = 400
_GUESS_FROM: Final = 60_000  # bytes with letters beyond ASCII that a guess is made from


def decode_page(data: bytes, charset: str | None = None) -> str:
    """Return the text of a page's bytes; `charset` is what the HTTP header said, if it said anything.

    Never fails: what does not fit becomes U+FFFD. Bytes that are sound UTF-8 beyond ASCII are read so whatever the
    page says, since no text in another encoding is that by chance; browsers do not dare that, but their users see it.

    >>> decode_page("<p>café".encode()), decode_page(b'<meta charset="latin1"><p>caf\\xe9')[-4:]
    ('<p>café', 'café')
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first_fault = error.start
    if b"\x00" in data[:64]:
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", "replace")
    told = _codec(charset) or _told(data)
    if told == "utf-8" or (told is None and _nearly_utf8(data, first_fault)):
        return data.decode("utf-8", "replace")
    return data.decode(told or _guess(data), "replace")


def _told(data: bytes) -> str | None:
    """Return the codec that the page names in its head."""
    head = data[:_PRESCAN]
    match = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return _codec(match[1].decode("ascii", "ignore")) if match else None


def _codec(label: str | None) -> str | None:
    """Return Python's name for a label, as the web understands it; None for one nobody knows."""
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    name = _WEB_LABELS.get(label, label)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    known = getattr(info, "_is_text_encoding", True) and info.name.replace("_", "-") not in _NO_CHARSET
    return info.name if known else None


def _nearly_utf8(data: bytes, first_fault: int) -> bool:
    """Tell UTF-8 with a few broken bytes (a cut in the middle, a pasted line) from another encoding."""
    beyond = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    faults = data.decode("utf-8", "replace").count("\ufffd")
    return first_fault > len(data) - 4 or faults * 20 < beyond


def _guess(data: bytes) -> str:
    """Guess the encoding from the lines that are not ASCII; Windows-1252 where nothing is found."""
    sample = b"\n".join(line[:2000] for line in data.splitlines() if not line.isascii())[:_GUESS_FROM]
    beyond = sum(byte >= 0x80 for byte in sample[:_GUESS_LEAST])
    if len(sample) < _GUESS_LEAST and 4 * beyond < len(sample):
        return _FALLBACK
    from charset_normalizer import from_bytes  # only for the rare page that says nothing of itself

    best = from_bytes(sample).best()
    return best.encoding if best is not None and best.encoding != "ascii" else _FALLBACK
