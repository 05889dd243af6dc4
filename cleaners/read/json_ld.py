"""JSON-LD: what a page tells search engines of its article, however badly it is written down.

The vocabulary is schema.org's; `@graph` and `@id` are JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Any, Final

from cleaners.read.characters import valid_line
from cleaners.words import word_set

Node = dict[str, Any]

#: A page's own description is a few kilobytes; what is longer than this is not read.
LONGEST_SCRIPT: Final = 2_000_000
#: Mending goes through every quote: what is longer is read only if it is in order.
LONGEST_MENDED: Final = 200_000
MOST_SCRIPTS: Final = 60
MOST_NODES: Final = 5_000
DEEPEST: Final = 12
#: Members of a list that are read, and steps from a value to the texts in it.
_MOST_MEMBERS: Final = 200
#: JSON begins so many characters after the script at most.
_LATEST_START: Final = 200
_OPENERS: Final = ("//", "/*", "<![CDATA[", "*/", "<!--")
_CLOSERS: Final = ("//", "/*", "]]>", "*/", "-->", ";")
_LINE_COMMENT: Final = re.compile(r"^[ \t]*//[^\n]*$", re.MULTILINE)
_SPARE_COMMA: Final = re.compile(r",(?=\s{0,200}[}\]])")
_MISSING_COMMA: Final = re.compile(r"(?<=[}\]\"])(?=[ \t]{0,200}\n\s{0,200}[{\"])")
_BAD_ESCAPE: Final = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_ESCAPE_OR_QUOTE: Final = re.compile(r'\\.|"', re.DOTALL)
#: What follows a string in JSON.
_AFTER_STRING: Final = re.compile(r'\s{0,200}(?:[:}\]]|\Z|,\s{0,200}(?:["{\[\d]|true|false|null|\Z))')
_DECODER: Final = json.JSONDecoder(strict=False)
#: The names under which a node's text stands, the surest first; where it has none, its address.
_NAMING: Final = ("@list", "@set", "@value", "name", "alternateName", "text", "url", "@id")
#: How surely a node of these types describes the page's main text.
_RANKS: Final = (("article", 4.0), ("work", 2.0), ("page", 1.0))


def parse_json_ld(script: str) -> Any | None:
    """Return the value of one `application/ld+json` script, mended where its writer was careless, or None.

    Mended are CDATA and comment wrappers, raw line breaks in strings, commas too many or too few, quotes inside
    strings, bad escapes, HTML entities for quotes, and text after the end.

    >>> parse_json_ld('//<![CDATA[\\n{"@type": "Article", "headline": "He said "no" twice",}\\n//]]>')
    {'@type': 'Article', 'headline': 'He said "no" twice'}
    >>> parse_json_ld('window.dataLayer') is None
    True
    """
    if len(script) > LONGEST_SCRIPT:
        return None
    text = script
    for mend in (str.strip, _unwrap, _entities, _commas, _quotes):
        text = mend(text)
        with suppress(ValueError, RecursionError):
            return _DECODER.raw_decode(text)[0]
        if len(script) > LONGEST_MENDED:
            return None
    return None


def _unwrap(text: str) -> str:
    """Return the script without the comment and CDATA marks around it, and what stands before its JSON."""
    for _ in range(6):
        before = text
        for mark in _OPENERS:
            text = text.removeprefix(mark).lstrip()
        for mark in _CLOSERS:
            text = text.removesuffix(mark).rstrip()
        if text == before:
            break
    start = min(filter(lambda at: at >= 0, map(text.find, "{[")), default=-1)
    return text if text.startswith("&") or not 0 < start <= _LATEST_START else text[start:]


def _entities(text: str) -> str:
    return unescape(text) if "&quot;" in text or text.startswith("&") else text


def _commas(text: str) -> str:
    text = _LINE_COMMENT.sub("", text)
    text = _BAD_ESCAPE.sub("", text) if "\\" in text else text
    return _MISSING_COMMA.sub(",", _SPARE_COMMA.sub("", text))


def _quotes(text: str) -> str:
    """Return JSON with the quotes inside its strings escaped: a quote ends a string only where JSON could go on."""
    inside = False

    def mend(found: re.Match[str]) -> str:
        nonlocal inside
        if found[0] != '"':
            return found[0]
        if inside and not _AFTER_STRING.match(text, found.end()):
            return '\\"'
        inside = not inside
        return '"'

    return _ESCAPE_OR_QUOTE.sub(mend, text)


class Graph:
    """All nodes of a page's JSON-LD, and those among them that have an `@id`."""

    __slots__ = ("by_id", "nodes")

    def __init__(self, scripts: Iterable[str]) -> None:
        self.nodes: list[Node] = []
        self.by_id: dict[str, Node] = {}
        for script in islice(scripts, MOST_SCRIPTS):
            self._take(parse_json_ld(script))

    def _take(self, value: Any) -> None:
        elsewhere = word_set("types", "elsewhere")
        pending: list[tuple[Any, int]] = [(value, 0)]
        while pending and len(self.nodes) < MOST_NODES:
            value, depth = pending.pop()
            inner = value if isinstance(value, list) else []
            if isinstance(value, dict):
                self.nodes.append(value)
                identity = value.get("@id")
                if isinstance(identity, str) and len(value) > max(len(self.by_id.get(identity, ())), 1):
                    self.by_id[identity] = value
                inner = [v for k, v in value.items() if isinstance(v, dict | list) and k not in elsewhere]
            if depth < DEEPEST:
                pending.extend((item, depth + 1) for item in reversed(inner))

    def items(self, value: Any, *, opened: bool = False) -> Iterator[Any]:
        """Yield the strings and nodes that a value is made of, with lists opened and references followed.

        With `opened` each node is opened too, at its name.
        """
        pending = [value]
        for _ in range(_MOST_MEMBERS):
            if not pending:
                return
            value = pending.pop()
            if isinstance(value, list):
                pending.extend(reversed(value[:_MOST_MEMBERS]))
                continue
            if isinstance(value, dict):
                if "@id" in value and "name" not in value and "url" not in value:
                    value = self.by_id.get(str(value["@id"]), value)
                if opened or "@list" in value or "@set" in value:
                    pending.append(next((value[key] for key in _NAMING if value.get(key)), None))
                    continue
            if value:
                yield value

    def texts(self, *values: Any) -> Iterator[str]:
        """Yield the texts of values: strings, and the names of nodes, without markup.

        >>> list(Graph([]).texts({"@value": "Storm &amp; flood"}, [{"name": "Jane"}, 3]))
        ['Storm & flood', 'Jane']
        """
        for item in self.items(list(values), opened=True):
            if isinstance(item, str) and (text := plain(item)):
                yield text

    def text(self, *values: Any) -> str | None:
        """Return the first text of these values."""
        return next(self.texts(*values), None)

    def article(self, url: str | None = None) -> Node | None:
        """Return the node of the page's main text: an article before another work before the page itself."""
        best: Node | None = None
        best_rank = 0.0
        for node in self.nodes:
            rank = _rank(node)
            if rank and url and _address(node) == url:
                rank += 0.5
            if rank > best_rank:
                best, best_rank = node, rank
        return best

    def of_type(self, group: str) -> Node | None:
        """Return the first node of a type in a group of `words/markup.toml`."""
        return next((node for node in self.nodes if types(node) & word_set("types", group)), None)


def types(node: Any) -> set[str]:
    """Return the types of a node, in lower case and without the vocabulary's address; none for what is no node.

    >>> types({"@type": ["https://schema.org/NewsArticle"]})
    {'newsarticle'}
    """
    told = node.get("@type") if isinstance(node, dict) else None
    named = told[:20] if isinstance(told, list) else [told or ""]
    return {str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for name in named}


def _rank(node: Node) -> float:
    kinds = types(node)
    told = 3.0 if "headline" in node and "datePublished" in node else 0.0
    rank = next((rank for group, rank in _RANKS if kinds & word_set("types", group)), told)
    if not rank:
        return 0.0
    if "headline" in node or "name" in node:
        rank += 0.2
    return rank + 0.1 * (("datePublished" in node) + ("author" in node) + ("articleBody" in node))


def _address(node: Node) -> str | None:
    for value in map(node.get, ("url", "mainEntityOfPage", "@id")):
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value.partition("#")[0]
    return None


_TAG: Final = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


def plain(text: str) -> str | None:
    """Return a string of markup as one line of text, or None when nothing is left.

    >>> plain('Storm &amp;amp; <b>flood</b>')
    'Storm & flood'
    """
    if "&" in text:
        text = unescape(text)
        if "&" in text:  # written through two templates: &amp;quot;
            text = unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    return valid_line(text) or None
