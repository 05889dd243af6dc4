"""Bytes to text, for files, pages and pages of links alike: mark, UTF-8, what is said of the bytes, then a guess.

What is said of the bytes, by a header or by the page itself, is believed as far as it fits them and their language: a
name that makes replacement characters of letters is passed over. What cannot be told is refused. Where a text once was
read in a wrong encoding and saved so, that is put right too.
"""

from __future__ import annotations

import codecs
import re

from cleaners.errors import NotText, TooLarge, UnreadableEncoding, wrong_type
from cleaners.patterns import late_pattern
from cleaners.read.characters import without_surrogates
from cleaners.read.encodings import HIDING, believe, codec_of, codec_on_the_web, guess

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Texts and pages are read up to this size, in bytes or, where they are text already, in characters; the longest
#: articles are a hundredth of it.
MOST_BYTES = 120_000_000
#: How files of other kinds begin (the magic numbers of file(1)).
_BINARY_STARTS = (
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
    (b"{\\rtf", "a document in RTF"),
    (b"%!PS", "a PostScript document"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"ID3", "sound"),
    (b"OggS", "sound or film"),
    (b"fLaC", "sound"),
    (b"\xca\xfe\xba\xbe", "a program"),
)
#: … and those whose sign stands further on: images, sound and film (RIFF; ISO 14496-12).
_BINARY_INSIDE = ((b"RIFF", 0, "an image, sound or film"), (b"ftyp", 4, "a film or image"))
#: Controls that no text and no page has; of a thousand bytes so many are a binary file's.
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32), 127])
_MOST_CONTROLS = 30
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HTML_START = late_pattern(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--|<!doctype\s+html|<(?:html|head|body|main|article|section|div|p|h[1-6]|table"
    rb"|ul|ol|meta|title|script|style|link|figure|img|span|a|header|nav|aside|blockquote)(?:\s|>|/))",
    re.IGNORECASE,
)
_HTML_ROOT = late_pattern(rb"<(?:!doctype\s+html|html|head|body)(?:\s|>)", re.IGNORECASE)
_HTML_BLOCK_END = late_pattern(rb"</(?:p|div|article|section|h[1-6]|ul|table|figure|span)>", re.IGNORECASE)
#: How far browsers look for the page's own word (HTML standard, "prescan a byte stream"; we allow for long heads).
_PRESCAN = 4096
_META_CHARSET = late_pattern(
    rb"""<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
#: Letters beyond ASCII that fit for each that does not, where bytes are in an encoding but for some damage: in UTF-8,
#: which nothing else is by chance, and in another that was told.
_SOUND = 3
_SOUND_TOLD = 30
_BEYOND_ASCII = late_pattern("[^\x00-\x7f]")
#: Characters for each that does not fit, where nothing else is beyond ASCII: a cut in the middle of a curly quote.
_SOUND_PLAIN = 100
#: A sign of UTF-8 without its last bytes.
_CUT = late_pattern(rb"(?:[\xe1-\xef][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]?)(?![\x80-\xbf])")
#: Half a surrogate pair as some programs write it in UTF-8 (CESU-8, WTF-8): half an emoji.
_HALF = late_pattern(rb"\xed[\xa0-\xbf][\x80-\xbf]")
#: What one byte beyond ASCII, read as Windows-1252 or Latin-1, is in UTF-8.
_ONE = (
    rb"(?:\xc2[\x80-\xbf]|\xc5[\x92-\xbe]|\xc6\x92|\xcb[\x86\x9c]|\xe2(?:\x80[\x93-\xba]|\x82\xac|\x84\xa2))"
)
#: Signs, in UTF-8, that UTF-8 was once read as one of these. They are common in sound text too ("SÃO PAULO"): they
#: only decide whether ftfy, which knows better, is asked at all.
_MOJIBAKE = late_pattern(
    rb"\xc3(?:\xa2(?:\xe2\x82\xac|\xc2\x80)"  # â€: curly quotes, dashes, the euro
    # Â, Ã: é, no-break space; Ä, Å: Polish, Baltic, Turkish; Î, Ï: Greek; Ð, Ñ: Cyrillic; Ø, Ù: Arabic
    rb"|[\x82-\x85\x8e-\x91\x98\x99]" + _ONE +
    rb"|\x97" + _ONE + rb"\xc3\x97" + _ONE +  # Hebrew; once, for "4×“" is a number
    # à to ë, twice, for "é – " is common: Thai, India, Vietnamese, Chinese, Japanese, Korean
    rb"|[\xa0-\xab]" + _ONE + _ONE + rb".{0,8}\xc3[\xa0-\xab]" + _ONE + _ONE +
    rb"|\xb0\xc5\xb8|\xaf\xc2(?:\xbf\xc2\xbd|\xbb\xc2\xbf))"  # emoji, a replacement character, a byte-order mark
)  # fmt: skip
#: A story about garbled letters shows them, in quotation marks: bare, or in a word between marks that are sound.
_SHOWN = late_pattern(
    rb"(?:[\"']|&quot;)[^\x00-\x7f]{2,8}(?:[\"']|&quot;)"
    rb"|(?:\xe2\x80[\x98-\x9e]|\xc2[\xab\xbb])[a-zA-Z]{0,12}[^\x00-\x7f]{2,8}[a-zA-Z]{0,12}(?:\xe2\x80[\x98-\x9e]|\xc2[\xab\xbb])"
)
#: Tags, and all line ends, part what is put right; but U+0085, which may be half of a letter.
_ENDS = late_pattern(rb"([<\n-\r\x1c-\x1e]|\xe2\x80[\xa8\xa9])")


def decode_text(data: bytes, encoding: str | None = None) -> str:
    """Return the text of a file's bytes.

    Reads UTF-8 with and without byte-order mark, UTF-16 likewise, UTF-32 with it, and every other encoding of the web
    (WHATWG Encoding standard) as far as the text's language tells it; and repairs UTF-8 that was once read in a wrong
    one (mojibake). Whoever knows the encoding names it in `encoding`, by any of its names. Raises NotText for a
    binary file, UnreadableEncoding for text in an encoding that cannot be told, or not in the one named, and TooLarge.

    >>> decode_text(b"caf\\xc3\\xa9"), decode_text(b"caf\\xe9"), decode_text("café".encode("utf-16"))
    ('café', 'café', 'café')
    >>> decode_text("Władze powiedziały, że ulice są puste.".encode("windows-1250"))
    'Władze powiedziały, że ulice są puste.'
    """
    if not isinstance(data, bytes):
        if not isinstance(data, bytearray | memoryview):
            raise wrong_type("what is decoded", "bytes", data)
        data = bytes(data)
    if len(data) > MOST_BYTES:
        raise TooLarge(too_large("bytes"))
    if encoding is not None:
        return repair_mojibake(_decode_named(data, encoding))
    refuse_binary(data)
    try:
        text = _decode(data, "strict")
    except UnicodeDecodeError as error:
        raise UnreadableEncoding(f"not in {error.encoding}") from None
    if (text is None or "\x00" in text) and data.count(b"\x00") > max(1, len(data) // 1000):
        raise NotText("a binary file")
    return repair_mojibake(_decode_untold(data) if text is None else text)


def decode_page(data: bytes, charset: str | None = None, *, strict: bool = False) -> str:
    """Return the text of a page's bytes; `charset` is what the HTTP header said, if it said anything.

    What does not fit becomes U+FFFD. Bytes that are sound UTF-8 beyond ASCII are read so whatever the page says, since
    no text in another encoding is that by chance; browsers do not dare that, but their users see it. Never fails,
    unless it is told to be `strict`: then it raises UnreadableEncoding where the encoding cannot be told.

    >>> decode_page("<p>café".encode()), decode_page(b'<meta charset="latin1"><p>caf\\xe9', "utf-8")[-4:]
    ('<p>café', 'café')
    """
    names = [name for name in (charset, _name_in(data)) if name]
    told = [codec for name in names if (codec := codec_on_the_web(name))]
    text = _decode(data, "replace", told)
    if strict and not told and any(name.strip().lower() in HIDING for name in names):
        raise UnreadableEncoding(f"in {names[0].strip().lower()}, which browsers do not read either")
    if text is None:
        try:
            text = _decode_untold(data, damaged="utf-8" in told)
        except UnreadableEncoding:
            if strict:
                raise
            text = data.decode("cp1252", "replace")
    return repair_mojibake(text)


def encode_page(page: bytes | str, charset: str | None = None) -> bytes:
    """Return a page's bytes in UTF-8, as parsers take them; most pages' own. Raises UnreadableEncoding.

    >>> encode_page("<p>café"), encode_page(b"<p>Rain\\x00") == encode_page("<p>Rain")
    (b'<p>caf\\xc3\\xa9', True)
    """
    if isinstance(page, str):
        data = _repair(without_surrogates(page).encode())
    elif _is_plain(page):
        data = _repair(page)
    else:
        data = decode_page(page, charset, strict=True).encode()
    return data.replace(b"\x00", b"")


def _is_plain(data: bytes) -> bool:
    """Return whether bytes are UTF-8 without a mark and without escapes to other alphabets."""
    if b"\x00" in data or b"\x1b" in data or data.startswith(codecs.BOM_UTF8):
        return False
    if (
        b"~" in data and b"~{" in data
    ):  # one sign is found twenty times as fast as two, and most pages have none
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def refuse_binary(data: bytes) -> None:
    """Raise NotText if the bytes begin as a PDF, an image, an archive or another binary file does, or read like one.

    >>> refuse_binary(b"Rain in Kyiv")
    """
    head = data[:4096]
    bare = head.lstrip()
    for start, kind in _BINARY_STARTS:
        if bare.startswith(start):
            raise NotText(kind)
    for sign, at, kind in _BINARY_INSIDE:
        if head[at : at + len(sign)] == sign and b"\x00" in head:
            raise NotText(kind)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > 1 and controls * 1000 > _MOST_CONTROLS * len(head) and not _is_wide(head):
        raise NotText("a binary file")


def _is_wide(head: bytes) -> bool:
    """Tell whether bytes are in UTF-16 or UTF-32, where any byte may be half a letter."""
    return (
        head.startswith(tuple(mark for mark, _ in _BOMS[1:]))
        or _utf_16(head[: len(head) // 2 * 2]) is not None
    )


def too_large(unit: str) -> str:
    """Return what is said of an input that is larger than any article.

    >>> too_large("bytes")
    'larger than 120,000,000 bytes, which no article is'
    """
    return f"larger than {MOST_BYTES:,} {unit}, which no article is"


def looks_like_html(data: bytes) -> bool:
    """Return whether a file is a page, by its content: it begins with a tag, soon has a root tag, or many block tags.

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
    if text.isascii():
        return text
    data = text.encode()
    repaired = _repair(data)
    return text if repaired is data else repaired.decode()


def _repair(data: bytes) -> bytes:
    """Return UTF-8 with mojibake put right, in the lines, and between the tags, that have signs of it."""
    if data.isascii() or not _MOJIBAKE.search(data):
        return data
    from ftfy import fix_encoding  # 20 ms, for texts that need it

    return b"".join(
        fix_encoding(part.decode()).encode() if _MOJIBAKE.search(_SHOWN.sub(b"", part)) else part
        for part in _ENDS.split(data)
    )


def _decode(data: bytes, errors: str, told: Sequence[str] = ()) -> str | None:
    """Return the text of bytes in a Unicode encoding or in one of those that are told of; None for others."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _whole_units(data[len(mark) :], name).decode(name, errors)
    if b"\x00" in data and (wide := _utf_16(data)):
        return data[: len(data) // 2 * 2].decode(wide, errors)
    if b"\x1b$" in data or (b"\x1b" in data and "iso2022_jp" in told):  # letters in ASCII's bytes
        try:
            return data.decode("iso2022_jp", "replace" if "iso2022_jp" in told else "strict")
        except UnicodeDecodeError:
            pass
    if _HALF.search(data):
        try:
            return without_surrogates(data.decode("utf-8", "surrogatepass"))
        except UnicodeDecodeError:
            pass
    for name in ("utf-8", *told):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or data.isascii() or (fitting := believe(data, name)) == name:
            return text
        return data.decode(fitting, "replace")
    # A few broken bytes (a cut in the middle, a pasted line) make no other encoding.
    for name in ("utf-8", *told):
        text = data.decode(name, "replace")
        letters = len(_BEYOND_ASCII.findall(text))
        if (damage := text.count("\ufffd")) and damage * (
            _SOUND if name == "utf-8" else _SOUND_TOLD
        ) <= letters:
            return text if name == "utf-8" else data.decode(believe(data, name), "replace")
    return None


def _whole_units(data: bytes, name: str) -> bytes:
    """Return the bytes of UTF-16 or UTF-32 without the half letter at the end of a file that was cut off."""
    rest = len(data) % {"utf-16": 2, "utf-32": 4}.get(name[:6], 1)
    return data[:-rest] if rest and len(data) > 2 * rest else data


def _utf_16(data: bytes) -> str | None:
    """Return which UTF-16 bytes with NULs are in, if they are: in the other, or in none, spaces and stops are rare."""
    for name in ("utf-16-le", "utf-16-be"):
        text = data[:8192].decode(name, "replace")
        usual = sum(map(text.count, " \n.,。、，"))
        strange = sum(not (char.isprintable() or char.isspace()) for char in text)
        if usual * 100 >= len(text) and strange * 50 < len(text):
            return name
    return None


def _decode_named(data: bytes, name: str) -> str:
    """Return the text of bytes whose encoding somebody knows. Raises UnreadableEncoding where that is not so."""
    codec = codec_of(name)
    if codec is None:
        raise UnreadableEncoding(f"no encoding is called {name[:60]}")
    if codec == "iso8859-1":
        codec = "cp1252"  # which everybody means
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise UnreadableEncoding(f"not in {name}") from None


def _decode_untold(data: bytes, *, damaged: bool = False) -> str:
    """Return the text of bytes that are not in Unicode and say nothing of themselves, or raise UnreadableEncoding.

    They may be UTF-8 that is `damaged`, as those are that say so.
    """
    if codec := guess(data):
        text = data.decode(codec, "replace")
        if text.count("\ufffd") * 100 <= len(_BEYOND_ASCII.findall(text)):
            return text
    if not damaged:
        data = _CUT.sub("\ufffd".encode(), data)
    text = data.decode("utf-8", "replace" if damaged else "ignore")
    if text.count("\ufffd") * _SOUND_PLAIN <= len(text) and (damaged or text.encode() == data):
        return text  # what does not fit is seen not to
    raise UnreadableEncoding("in no encoding that can be told; name it with --encoding")


def _name_in(data: bytes) -> str | None:
    """Return what a page calls its encoding in its head."""
    match = _META_CHARSET.search(data[:_PRESCAN])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else None
