"""The article of a page that prints none: from the JSON with which its scripts would have drawn it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from cleaners.sentences import ENDS

#: Characters of a script that are read at most; state of several megabytes is common, more is not worth the wait.
_LONGEST: Final = 4_000_000
_MOST_VALUES: Final = 50_000
_DEPTH: Final = 40
#: A text is prose from so many characters, with so many sentence ends.
_PROSE: Final = 60
_STARTS: Final = re.compile(r"[\[{]")
_SENTENCE: Final = re.compile(f"[{ENDS}]")
_MARKUP: Final = re.compile(r"<(?:p|div|br|h[1-6]|ul|blockquote|figure)\b", re.IGNORECASE)


def state_page(html: bytes | str) -> str | None:
    """Return a small page made of the longest run of prose in the JSON that a page's scripts carry, or None.

    >>> state_page('<script>window.x = {"body": "<p>It rained in Kyiv on Monday. Nobody was hurt, the mayor said.</p>"}'
    ...            '</script>')
    '<article><p>It rained in Kyiv on Monday. Nobody was hurt, the mayor said.</p></article>'
    """
    best = max(map(_longest_prose, _read_states(html)), key=_size, default=[])
    if not best:
        return None
    return (
        "<article>"
        + "".join(part if _MARKUP.search(part) else f"<p>{escape(part)}</p>" for part in best)
        + "</article>"
    )


def _read_states(html: bytes | str) -> Iterator[Any]:
    """Yield the first JSON in each script of a page."""
    for script in LexborHTMLParser(html).css("script"):
        text = script.text() or ""
        start = _STARTS.search(text) if _PROSE < len(text) <= _LONGEST else None
        if start is not None:
            with suppress(ValueError, RecursionError):
                yield json.JSONDecoder(strict=False).raw_decode(text, start.start())[0]


def _longest_prose(state: Any) -> list[str]:
    """Return the texts of the node, or list of nodes, that holds the most prose directly."""
    return max(_prose_by_parent(state), key=_size, default=[])


def _size(texts: list[str]) -> int:
    return sum(map(len, texts))


def _prose_by_parent(state: Any) -> Iterator[list[str]]:
    """Yield for each list the prose of its members, and for each object its longest text."""
    stack: list[tuple[Any, int]] = [(state, 0)]
    seen = 0
    while stack and seen < _MOST_VALUES:
        node, depth = stack.pop()
        seen += 1
        children = list(node.values()) if isinstance(node, dict) else node
        if isinstance(node, list):
            yield [text for child in children for text in _texts_of(child)]
        else:
            yield sorted((c for c in children if _is_prose(c)), key=len)[-1:]
        if depth < _DEPTH:
            stack.extend((child, depth + 1) for child in children if isinstance(child, dict | list))


def _texts_of(node: Any) -> list[str]:
    """Return the prose that a member of a list is, or holds under one of its names."""
    if isinstance(node, dict):
        return [text for text in node.values() if _is_prose(text)][:1]
    return [node] if _is_prose(node) else []


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= _PROSE and " " in value and bool(_SENTENCE.search(value))
