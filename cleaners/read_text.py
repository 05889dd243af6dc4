"""Bytes to text, and text to a document: one block for each line that is not blank."""

from __future__ import annotations

import codecs
import re
from typing import Final

from cleaners.blocks import Block, Document
from cleaners.errors import NotText, UnreadableEncoding
from cleaners.patterns import late_pattern
from cleaners.rejoin import mend_lines

#: How files of other kinds begin (the magic numbers of file(1)).
_BINARY_STARTS: Final = (
    (b"%PDF", "a PDF; take its text out first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"BZh", "compressed with bzip2"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"(\xb5/\xfd", "compressed with zstd"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Controls that carry no text (tab and the line ends stay) and halves of surrogate pairs, which no file can hold.
_CONTROLS: Final = late_pattern("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES: Final = late_pattern("[\ud800-\udfff]")
#: Invisible characters that str.strip() leaves at a line's ends: zero-width space, word joiner, byte-order mark.
_INVISIBLE_ENDS: Final = ("\u200b", "\u2060", "\ufeff")
#: Signs that UTF-8 was once read as Windows-1252 or Latin-1. They are common in sound text too ("SÃO PAULO"):
#: they only decide whether ftfy, which knows better, is asked at all.
_MOJIBAKE: Final = late_pattern(
    "â(?:€|\x80)"  # curly quotes, dashes, the euro
    "|[ÃÂ][\x80-\xbf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"  # é, no-break space
    "|[ÐÑ][\x80-\xbf\u0152-\u0178\u2013-\u203a\u20ac\u2122]"  # Cyrillic
    "|[ØÙ][\x80-\xbf\u0152-\u0178\u2013-\u203a\u20ac\u2122]"  # Arabic
    "|[äåæçèéêë][\x80-\xbf\u0152-\u0178\u2013-\u203a\u20ac\u2122]{2}"  # Chinese, Japanese, Korean
    "|ðŸ|ï¿½|ï»¿"  # emoji, a replacement character, a byte-order mark
)
_HTML_START: Final = late_pattern(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--|<!doctype\s+html|<(?:html|head|body|main|article|section|div|p|h[1-6]|table"
    rb"|ul|ol|meta|title|script|style|link|figure|img|span|a|header|nav|aside|blockquote)(?:\s|>|/))",
    re.IGNORECASE,
)
_HTML_ROOT: Final = late_pattern(rb"<(?:!doctype\s+html|html|head|body)(?:\s|>)", re.IGNORECASE)
_HTML_BLOCK_END: Final = late_pattern(
    rb"</(?:p|div|article|section|h[1-6]|ul|table|figure|span)>", re.IGNORECASE
)


def decode_text(data: bytes, encoding: str | None = None) -> str:
    """Return the text of a file's bytes.

    Reads UTF-8 with and without byte-order mark, UTF-16 likewise, UTF-32 with it, Windows-1252 and Latin-1, and
    repairs UTF-8 that was once read as one of the latter (mojibake). Whoever knows the encoding names it in
    `encoding`, by any of Python's names. Raises NotText for a binary file and UnreadableEncoding for text that fits
    no encoding, or not the one named.

    >>> decode_text(b"caf\\xc3\\xa9"), decode_text(b"caf\\xe9"), decode_text("café".encode("utf-16"))
    ('café', 'café', 'café')
    """
    if encoding is not None:
        return repair_mojibake(_decode_as(data, encoding))
    for mark, name in _BOMS:
        if data.startswith(mark):
            return repair_mojibake(_decode_as(data[len(mark) :], name))
    refuse_binary(data)
    if b"\x00" in data:
        text = _decode_nuls(data)
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _decode_bytes(data)
    return repair_mojibake(text)


def refuse_binary(data: bytes) -> None:
    """Raise NotText if the bytes begin as a PDF, an image, an archive or another binary file does.

    >>> refuse_binary(b"Rain in Kyiv")
    """
    for start, kind in _BINARY_STARTS:
        if data.startswith(start):
            raise NotText(kind)


def looks_like_html(data: bytes) -> bool:
    """Tell a page from a text by its content: it begins with a tag, or soon has a root tag, or many block tags.

    A news text that mentions a tag or two stays a text.

    >>> looks_like_html(b"<!DOCTYPE html><p>Rain"), looks_like_html(b"Rain in <b>Kyiv</b>, the <p> tag said.")
    (True, False)
    """
    head = data[:65536]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in head[:64]:
        head = head.replace(b"\x00", b"").lstrip(b"\xff\xfe")  # ASCII tags in UTF-16
    head = head.removeprefix(codecs.BOM_UTF8)
    if b"<" not in head:
        return False
    if _HTML_START.match(head) and (_HTML_ROOT.search(head) or _HTML_BLOCK_END.search(head)):
        return True
    return bool(_HTML_ROOT.search(head[:1024])) or len(_HTML_BLOCK_END.findall(head)) >= 8


def repair_mojibake(text: str) -> str:
    """Return the text with lines that were read in a wrong encoding put right; sound lines stay as they are.

    >>> repair_mojibake("the cafÃ© in SÃO PAULO"), repair_mojibake("SÃO PAULO")
    ('the café in SÃO PAULO', 'SÃO PAULO')
    """
    if text.isascii() or not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding  # 20 ms, for texts that need it

    lines = text.splitlines(keepends=True)
    return "".join(fix_encoding(line) if _MOJIBAKE.search(line) else line for line in lines)


def read_text(text: str, *, url: str | None = None, language: str | None = None) -> Document:
    """Return the text as a document: one block for each line that is not blank, numbered as in the text.

    Every line end counts (LF, CRLF, CR, U+2028 …), but the lines of a text that clearly is hard-wrapped are rejoined,
    and several paragraphs on one line split (see cleaners.rejoin).

    Control characters go, half surrogate pairs become U+FFFD.

    >>> [(block.line, block.text) for block in read_text("Rain in Kyiv.\\r\\n\\r\\n  It rained. ").blocks]
    [(1, 'Rain in Kyiv.'), (3, 'It rained.')]
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _SURROGATES.sub("\ufffd", text)
    if _CONTROLS.search(text):
        text = _CONTROLS.sub("", text)
    strip = strip_line if any(sign in text for sign in _INVISIBLE_ENDS) else str.strip
    blocks = [Block(line, number) for number, line in enumerate(map(strip, text.splitlines()), 1) if line]
    return Document(mend_lines(blocks), language, url)


def strip_line(line: str) -> str:
    """Return the line without space and without invisible characters at its ends, in whatever order they come."""
    line = line.strip()
    if not line or (line[0] not in _INVISIBLE_ENDS and line[-1] not in _INVISIBLE_ENDS):
        return line
    start, end = 0, len(line)
    while start < end and (line[start].isspace() or line[start] in _INVISIBLE_ENDS):
        start += 1
    while end > start and (line[end - 1].isspace() or line[end - 1] in _INVISIBLE_ENDS):
        end -= 1
    return line[start:end]


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise UnreadableEncoding(f"no encoding is called {encoding}") from None
    except (UnicodeDecodeError, TypeError, AssertionError):
        raise UnreadableEncoding(f"not in {encoding}") from None


def _decode_nuls(data: bytes) -> str:
    """Decode text with NUL bytes: UTF-16 without its mark, or 8-bit text with a stray NUL, or no text at all."""
    sample = data[:8192] if len(data) % 2 == 0 or len(data) > 8192 else data[:-1]
    candidates = [(_strangeness(sample, name), name) for name in ("utf-16-le", "utf-16-be")]
    strangeness, name = min(candidates)
    if strangeness < 0.02:
        return _decode_as(data[: len(data) // 2 * 2], name)
    if data.count(b"\x00") <= max(1, len(data) // 1000):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    raise NotText("a binary file")


def _strangeness(sample: bytes, encoding: str) -> float:
    """Return the share of characters that no text would have, were the sample in this encoding."""
    from unicodedata import category

    text = sample.decode(encoding, "replace")
    usual = sum(text.count(char) for char in " \n\r\t.,。、，")
    if not text or not usual:
        return 1.0
    return sum(category(char) in _STRANGE and char not in "\n\r\t" for char in text) / len(text)


_STRANGE: Final = frozenset(("Cc", "Cn", "Co", "Cs"))


def _decode_bytes(data: bytes) -> str:
    """Decode what is not valid UTF-8: damaged UTF-8, or Windows-1252 and the Latin-1 within it."""
    repaired = data.decode("utf-8", "replace")
    damage = repaired.count("\ufffd")
    if damage * 10 <= sum(1 for _ in re.finditer("[^\x00-\x7f]", repaired)) - damage:
        return repaired
    text = data.decode("cp1252", "replace")
    foreign = len(re.findall("[^\x00-\x7f]", text))
    letters = len(re.findall("[A-Za-z]", text))
    if text.count("\ufffd") * 100 > foreign or foreign * 3 > letters + 3:
        raise UnreadableEncoding("in no encoding that can be told; name it with --encoding")
    return text
