"""JSON-LD: what a page tells search engines of its article, however badly it is written down.

The vocabulary is schema.org's; `@graph` and `@id` are JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from cleaners.words import word_set

Node = dict[str, Any]

#: A page's own description is a few kilobytes; what is longer than this is not read.
LONGEST_SCRIPT = 2_000_000
LONGEST_MENDED = 200_000  # mending goes through every quote
MOST_SCRIPTS = 60
MOST_NODES = 5_000
DEEPEST = 12


_OPENERS = ("//", "/*", "<![CDATA[", "*/", "<!--")
_CLOSERS = ("//", "/*", "]]>", "*/", "-->", ";")
_LINE_COMMENT = re.compile(r"^[ \t]*//[^\n]*$", re.MULTILINE)
_SPARE_COMMA = re.compile(r",(?=\s{0,200}[}\]])")
_MISSING_COMMA = re.compile(r"(?<=[}\]\"])(?=[ \t]{0,200}\n\s{0,200}[{\"])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False)


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
    try:
        return _DECODER.decode(script)
    except ValueError:
        pass
    except RecursionError:
        return None
    if len(script) > LONGEST_MENDED:
        return None
    text = _unwrap(script)
    if text[:1] not in ("{", "[", "&"):
        start = min((i for i in (text.find("{"), text.find("[")) if i >= 0), default=-1)
        if start < 0 or start > 200:
            return None
        text = text[start:]
    for mend in (_as_is, _entities, _commas, _quotes):
        text = mend(text)
        try:
            return _DECODER.raw_decode(text)[0]
        except ValueError:
            continue
        except RecursionError:
            return None
    return None


def _unwrap(script: str) -> str:
    """Return the script without the comment and CDATA marks around it."""
    text = script.strip()
    for _ in range(6):
        before = text
        for mark in _OPENERS:
            text = text.removeprefix(mark).lstrip()
        for mark in _CLOSERS:
            text = text.removesuffix(mark).rstrip()
        if text == before:
            break
    return text


def _as_is(text: str) -> str:
    return text


def _entities(text: str) -> str:
    return unescape(text) if "&quot;" in text or text.startswith("&") else text


def _commas(text: str) -> str:
    text = _LINE_COMMENT.sub("", text)
    text = _BAD_ESCAPE.sub("", text) if "\\" in text else text
    return _MISSING_COMMA.sub(",", _SPARE_COMMA.sub("", text))


def _quotes(text: str) -> str:
    """Escapes the quotes that stand inside a string: a quote ends a string only where JSON could go on."""
    out: list[str] = []
    inside = False
    i, end = 0, len(text)
    while i < end:
        mark = text.find('"', i)
        if mark < 0:
            out.append(text[i:])
            break
        out.append(text[i:mark])
        slashes = mark - len(text[i:mark].rstrip("\\")) - i
        if inside and slashes % 2:
            out.append('"')
        elif not inside:
            inside = True
            out.append('"')
        elif _ends_string(text, mark):
            inside = False
            out.append('"')
        else:
            out.append('\\"')
        i = mark + 1
    return "".join(out)


def _ends_string(text: str, mark: int) -> bool:
    after = text[mark + 1 : mark + 200].lstrip()
    if not after or after[0] in ":}]":
        return True
    if after[0] != ",":
        return False
    follows = after[1:].lstrip()
    return (
        not follows or follows[0] in '"{[' or follows[0].isdigit() or follows[:4] in ("true", "fals", "null")
    )


class Graph:
    """All nodes of a page's JSON-LD, and those among them that have an `@id`."""

    __slots__ = ("by_id", "nodes")

    def __init__(self, scripts: Iterable[str]) -> None:
        self.nodes: list[Node] = []
        self.by_id: dict[str, Node] = {}
        for count, script in enumerate(scripts):
            if count == MOST_SCRIPTS:
                break
            value = parse_json_ld(script)
            if value is not None:
                self._take(value)

    def _take(self, value: Any) -> None:
        elsewhere = word_set("types", "elsewhere")
        pending: list[tuple[Any, int]] = [(value, 0)]
        while pending and len(self.nodes) < MOST_NODES:
            value, depth = pending.pop()
            if isinstance(value, list):
                if depth < DEEPEST:
                    pending.extend((item, depth + 1) for item in reversed(value))
                continue
            if not isinstance(value, dict):
                continue
            self.nodes.append(value)
            identity = value.get("@id")
            if isinstance(identity, str) and len(value) > 1:
                known = self.by_id.get(identity)
                if known is None or len(value) > len(known):
                    self.by_id[identity] = value
            if depth < DEEPEST:
                inner = [v for k, v in value.items() if isinstance(v, dict | list) and k not in elsewhere]
                pending.extend((item, depth + 1) for item in reversed(inner))

    def follow(self, value: Any) -> Any:
        """Return the node that `value` refers to when it is only an `@id`, else `value` itself."""
        if isinstance(value, dict) and "@id" in value and "name" not in value and "url" not in value:
            return self.by_id.get(str(value["@id"]), value)
        return value

    def items(self, value: Any) -> Iterator[Any]:
        """`value` as a row of strings and nodes, with lists opened and references followed."""
        pending = [value]
        for _ in range(200):
            if not pending:
                return
            value = self.follow(pending.pop())
            if isinstance(value, list):
                pending.extend(reversed(value[:200]))
            elif isinstance(value, dict) and ("@list" in value or "@set" in value):
                pending.append(value.get("@list") or value.get("@set"))
            elif value:
                yield value

    def article(self, url: str | None = None) -> Node | None:
        """Return the node of the page's main text: an article before another work before the page itself."""
        best: Node | None = None
        best_rank = 0.0
        for node in self.nodes:
            rank = _rank(node)
            if rank and url and _address(self, node) == url:
                rank += 0.5
            if rank > best_rank:
                best, best_rank = node, rank
        return best

    def page(self) -> Node | None:
        """Return the node of type WebPage, which often holds what the article's own node lacks."""
        return next((node for node in self.nodes if types(node) & word_set("types", "page")), None)


def types(node: Node) -> set[str]:
    """Return the types of a node, in lower case and without the vocabulary's address.

    >>> types({"@type": ["https://schema.org/NewsArticle"]})
    {'newsarticle'}
    """
    value = node.get("@type")
    if isinstance(value, str):
        return {value.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower()}
    if isinstance(value, list):
        return {str(item).rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for item in value[:20]}
    return set()


def _rank(node: Node) -> float:
    kinds = types(node)
    if kinds & word_set("types", "article"):
        rank = 4.0
    elif kinds & word_set("types", "work"):
        rank = 2.0
    elif kinds & word_set("types", "page"):
        rank = 1.0
    elif "headline" in node and "datePublished" in node:
        rank = 3.0
    else:
        return 0.0
    if "headline" in node or "name" in node:
        rank += 0.2
    return rank + 0.1 * (("datePublished" in node) + ("author" in node) + ("articleBody" in node))


def _address(graph: Graph, node: Node) -> str | None:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            return value.partition("#")[0]
    return None


def text_of(value: Any) -> str | None:
    """Return a node's or list's text: entities decoded, tags and spare spaces removed; None when there is none.

    >>> text_of({"@value": "Storm &amp; flood"})
    'Storm & flood'
    """
    for _ in range(5):
        if isinstance(value, list):
            value = value[0] if value else None
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or value.get("text") or value.get("url")
        else:
            break
    return plain(value) if isinstance(value, str) else None


_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,500}>")


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
    return " ".join(text.split()) or None
