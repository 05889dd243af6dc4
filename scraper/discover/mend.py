"""Lists of links that are not well-formed XML, made so: what browsers do silently is done here and told.

A feed is often written by string joining: half an emoji as `&#55357;`, `&nbsp;` without a declaration, Latin-1 called
UTF-8, a warning of PHP's before the first tag, HTML in a title. All of that is put right in the text itself, in one
pass; what is then still broken in its structure is for libxml2's recovery. feedparser would mend as much, but its time
grows with the square of some flaws (a megabyte of open tags takes it half a minute, and a thread cannot be stopped),
and it decodes with whatever codec of Python's a feed names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from html import unescape
from html.entities import html5
from xml.etree.ElementTree import Element

from cleaners.read.decode import decode_page
from cleaners.read.encodings import codec_on_the_web

#: Bytes; a broken list beyond this is read up to its fault only: mending holds its text several times.
MENDABLE = 4 << 20

#: Bytes in which a declaration stands.
_HEAD = 400
_DECLARATION = re.compile(rb"\s{0,99}<\?xml[^>]{0,200}?>")
_ENCODING = re.compile(rb"""encoding\s{0,9}=\s{0,9}["']([^"'>]{0,99})["']""")
#: What expat may decode itself, if a declaration says so; all else is the decoder's.
_PLAIN = {b"utf-8", b"utf8"}
_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
#: Characters that no XML may hold (XML 1.0, production 2).
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Numbers of the surrogates, which JavaScript and PHP write for each half of an emoji.
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
#: Elements of HTML that stand bare in titles and descriptions, and are no feed's.
_HTML = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figure|figcaption|font|h[1-6]|hr|i|iframe|img|ins|li|nobr|ol|p"
    "|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|tbody|td|tr|tt|u|ul|wbr"
)
_SIGN = re.compile(
    r"&#[xX]0*([0-9a-fA-F]{1,6});|&#0*([0-9]{1,7});|&(\w{1,31};)?"
    rf"|<(?=/?(?i:{_HTML})[\s/>])|<(?![A-Za-z_/!?])",
    re.ASCII,
)  # fmt: skip
_XML_NAMES = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def in_utf8(
    body: bytes, charset: str | None = None, tell: Callable[[str], None] = lambda flaw: None
) -> bytes:
    """Return an XML document in UTF-8, undeclared, if it says that it is in anything else; `tell` hears of odd names.

    >>> in_utf8(b'<?xml version="1.0" encoding="iso-8859-1"?><rss>Caf\\xe9</rss>').decode()
    '<rss>Café</rss>'
    """
    declaration = _DECLARATION.match(body)
    named = _ENCODING.search(declaration[0]) if declaration else None
    if not body.startswith(_MARKS) and (named is None or named[1].strip().lower() in _PLAIN):
        return body
    if named is not None and codec_on_the_web(name := named[1].decode("ascii", "replace")) is None:
        tell(f"no encoding is called {name!r}")
    return undeclared(decode_page(body, charset).encode())


def undeclared(body: bytes) -> bytes:
    """Return a document without its declaration, whose encoding would be believed."""
    return _DECLARATION.sub(b"", body.removeprefix(b"\xef\xbb\xbf"), count=1)


def mended(body: bytes, roots: Collection[str], charset: str | None = None) -> bytes:
    """Return the document as XML, in UTF-8, from the tag of one of `roots` on; its structure may still be broken.

    >>> mended(b"Warning: x<rss><title>Caf&eacute; &#55357;&#56834; & <br>tea \\x07</title></rss>", {"rss"}).decode()
    '<rss><title>Café 😂 &amp; &lt;br>tea </title></rss>'
    """
    if body.count(b"\0") * 10 < len(body):  # it is not of an encoding that is full of them
        body = body.replace(b"\0", b"")
    text = decode_page(body, charset)
    start = re.search(rf"<(?:\w{{1,40}}:)?(?:{'|'.join(roots)})[\s>]", text)
    text = _NO_XML.sub("", text[start.start() :] if start else text)
    first, *rest = text.split("<![CDATA[")
    parts = [_escape(first)]
    for part in rest:
        data, end, after = part.partition("]]>")
        parts += ["<![CDATA[", data, "]]>", _escape(after)] if end else [_escape(data)]
    return "".join(parts).encode("utf-8", "replace")


def recovered(body: bytes, records: Collection[str]) -> Iterator[Element]:
    """Yield the records that libxml2 finds in what is no XML.

    >>> [item.findtext("title") for item in recovered(b"<rss><item><title>A</title></channel><item>", {"item"})]
    ['A', None]
    """
    from lxml import etree  # for lists that nothing else can read

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True,
        encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(undeclared(body), parser)
    except etree.XMLSyntaxError:  # there is not a single tag in it
        root = None
    if root is not None:
        yield from (element for element in root.iter() if element.tag.rpartition("}")[2] in records)


def _escape(text: str) -> str:
    text = _SIGN.sub(_sound, text).replace("]]>", "]]&gt;")  # which stands at the end of CDATA alone
    # halves that follow each other are one character; a half by itself is none
    text = _HALVES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _sound(sign: re.Match[str]) -> str:
    """Return what stands in XML for a sign that may not, or may not everywhere."""
    if sign[0].startswith("<"):
        return "&lt;"
    hexadecimal, decimal, name = sign.groups()
    if hexadecimal or decimal:
        number = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if number in _HIGH or number in _LOW:
            return chr(number)
        char = unescape(f"&#{number};")  # as HTML reads it: 150 is a dash
        return {"&": "&amp;", "<": "&lt;"}.get(char, char)
    if name is None or (name not in html5 and name not in _XML_NAMES):
        return "&amp;" + (name or "")
    return sign[0] if name in _XML_NAMES else html5[name].replace("&", "&amp;").replace("<", "&lt;")
