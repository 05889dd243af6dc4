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
    runs = (texts for state in _read_states(html) for texts in _prose_by_parent(state))
    best = max(runs, key=lambda texts: sum(map(len, texts)), default=[])
    parts = [part if _MARKUP.search(part) else f"<p>{escape(part)}</p>" for part in best]
    return f"<article>{''.join(parts)}</article>" if parts else None


def _read_states(html: bytes | str) -> Iterator[Any]:
    """Yield the first JSON in each script of a page."""
    for script in LexborHTMLParser(html).css("script"):
        text = script.text() or ""
        start = _STARTS.search(text) if _PROSE < len(text) <= _LONGEST else None
        if start is not None:
            with suppress(ValueError, RecursionError):
                yield json.JSONDecoder(strict=False).raw_decode(text, start.start())[0]


def _prose_by_parent(state: Any) -> Iterator[list[str]]:
    """Yield for each list the prose of its members, and for each object its longest text."""
    stack: list[tuple[Any, int]] = [(state, 0)]
    for _ in range(_MOST_VALUES):
        if not stack:
            return
        node, depth = stack.pop()
        children = list(node.values()) if isinstance(node, dict) else node
        if isinstance(node, list):
            held = (child.values() if isinstance(child, dict) else [child] for child in children)
            yield [text for texts in held for text in [*filter(_is_prose, texts)][:1]]
        else:
            yield sorted(filter(_is_prose, children), key=len)[-1:]
        if depth < _DEPTH:
            stack.extend((child, depth + 1) for child in children if isinstance(child, dict | list))


def _is_prose(value: Any) -> bool:
    return isinstance(value, str) and len(value) >= _PROSE and " " in value and bool(_SENTENCE.search(value))
