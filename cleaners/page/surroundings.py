"""What is printed around the headline: the byline and the date that readers see.

Read only for pages whose head does not name them, because it means looking at single nodes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.page.authors import (
    byline_starts,
    is_opener,
    is_profile,
    looks_like_person,
    opens_byline,
    split_authors,
    unique,
    without_joint,
    without_opener,
)
from cleaners.page.published import labels_date, parse_date, says_changed

_YEAR = re.compile(r"(?:19|20)\d\d")
_AFTER = 70  # texts after the headline in which byline and date are looked for
_BEFORE = 12
_MOST_PROSE = 3  # paragraphs, after which the body has begun for sure
_PROSE = 200
_NEAR = 30  # texts within which a byline surely is the headline's
_MOST_LINES = 5_000
_LARGE = 3_000  # characters; an element with more is no byline, however it is marked
_MOST_LARGE = 8
_MOST_STEPS = 1_500
_HIGHEST_MARK = 5  # elements around a text in which an author's mark still means it
_OUTER = frozenset(("html", "body", "main", "article"))
_SILENT = frozenset(
    ("script", "style", "noscript", "template", "svg", "select", "textarea", "iframe", "nav", "-comment")
)
_MARKED = (
    '[class*="author" i],[class*="byline" i],[class*="autor" i],[id*="author" i],[class*="contributor" i]'
)
_DATED = '[class*="date" i],[class*="publish" i],[class*="posted" i],[class*="time" i]'


class Piece:
    """A text of the page, and whether the markup around it says that it names an author."""

    __slots__ = ("_marked", "node", "text")

    def __init__(self, text: str, node: LexborNode) -> None:
        self.text = text
        self.node = node
        self._marked: bool | None = None

    @property
    def marked(self) -> bool:
        """Looked up when asked for, as most pieces never are."""
        if self._marked is None:
            above = self.node.parent
            self._marked = False
            for _ in range(_HIGHEST_MARK):
                if above is None or above.tag in _OUTER:
                    break
                if _marks_author(above):
                    self._marked = True
                    break
                above = above.parent
        return self._marked


class Surroundings:
    """The texts before and after the headline, gathered when first asked for."""

    __slots__ = ("_lines", "_pieces", "heading", "tree")

    def __init__(self, tree: LexborHTMLParser, heading: LexborNode | None) -> None:
        self.tree = tree
        self.heading = heading
        self._pieces: list[Piece] | None = None
        self._lines: list[str] | None = None

    def pieces(self) -> list[Piece]:
        """The texts after the headline in reading order, then the nearest ones before it, the nearest first."""
        if self._pieces is None:
            self._pieces = []
            if self.heading is not None:
                self._pieces.extend(_gather(self.heading, forward=True, most=_AFTER))
                self._pieces.extend(_gather(self.heading, forward=False, most=_BEFORE))
        return self._pieces

    def lines(self) -> list[str]:
        """The page's texts, a line each, without the long ones that scripts and templates hold."""
        if self._lines is None:
            body = self.tree.body
            texts = body.text(separator="\n").split("\n") if body is not None else []
            self._lines = [line.strip() for line in texts if 3 < len(line) < 500][:_MOST_LINES]
        return self._lines

    def published(self, language: str | None = None) -> date | datetime | None:
        """The date printed beside the headline, one that does not speak of a change if there is one."""
        changed: date | datetime | None = None
        for found, is_change in self._printed(language):
            if not is_change:
                return found
            changed = changed or found
        return changed or self._dated(language)

    def printed_day(self, language: str | None = None) -> date | None:
        """The day printed right at the headline, unless it is said to be that of a change."""
        for found, is_change in self._printed(language, _NEAR):
            if not is_change:
                return found.date() if isinstance(found, datetime) else found
        return None

    def _printed(
        self, language: str | None, most: int = _AFTER + _BEFORE
    ) -> Iterator[tuple[date | datetime, bool]]:
        before = ""
        for piece in self.pieces()[:most]:
            text = piece.text
            if len(text) <= 150 and _YEAR.search(text) and (found := parse_date(text, language)):
                yield (
                    found,
                    says_changed(text)
                    or (len(before) < 40 and says_changed(before) and not _YEAR.search(before)),
                )
            before = text

    def _dated(self, language: str | None) -> date | datetime | None:
        for node in self.tree.css(_DATED)[:20]:
            text = node.attributes.get("datetime") or node.text(separator=" ")
            if 8 <= len(text) <= 300 and (found := parse_date(" ".join(text.split())[:100], language)):
                return found
        return self._only_day(language)

    def _only_day(self, language: str | None) -> date | datetime | None:
        """The day that stands alone in a line of the page: behind a label, or the only one, or the most frequent."""
        days: Counter[date | datetime] = Counter()
        before = ""
        for line in self.lines():
            if len(line) <= 40 and _YEAR.search(line) and (found := parse_date(line, language)):
                if labels_date(before):
                    return found
                days[found] += 1
            before = line
        ranked = days.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def authors(self) -> tuple[str, ...]:
        """The names of the printed byline, or an empty tuple."""
        return self._byline(self.pieces()) or self._marked() or self._labelled()

    def sure_authors(self) -> tuple[str, ...]:
        """Persons in a byline right at the headline: sure enough to stand before a house that the head names."""
        pieces = self.pieces()
        body = next((i for i, piece in enumerate(pieces) if len(piece.text) >= _PROSE), len(pieces))
        names = self._byline(pieces[: min(body, _NEAR)])
        return (
            names
            if all(looks_like_person(name) and " " in name for name in names) and len(names) <= 4
            else ()
        )

    def _byline(self, pieces: list[Piece]) -> tuple[str, ...]:
        for i, piece in enumerate(pieces):
            if len(piece.text) > 150 or piece.text.lower() == "from":
                continue
            if is_opener(piece.text):
                names = _names_from(pieces, i + 1)
                if names:
                    return names
            bare = without_opener(piece.text)
            if bare != piece.text and (names := split_authors(piece.text)) and looks_like_person(names[0]):
                return names
        for i, piece in enumerate(pieces):
            if piece.marked and len(piece.text) < 100:
                names = split_authors(piece.text)
                if names and looks_like_person(names[0]):
                    return _names_from(pieces, i) or names
        return ()

    def _labelled(self) -> tuple[str, ...]:
        """Names behind "Written by" or "Author" anywhere on the page, as boxes below an article print them."""
        lines, starts = self.lines(), byline_starts()
        for i in [i for i, line in enumerate(lines) if line[:2].lower() in starts and len(line) <= 100]:
            line = lines[i]
            if not opens_byline(line):
                continue
            if is_opener(line) and i + 1 < len(lines):
                line = f"By {lines[i + 1]}"
            elif without_opener(line) == line:
                continue
            names = split_authors(line) if len(line) < 100 else ()
            if names and looks_like_person(names[0]):
                return names
        return ()

    def _marked(self) -> tuple[str, ...]:
        large = 0
        for node in self.tree.css(_MARKED)[:30]:
            text = node.text(separator=" ")
            large += len(text) > _LARGE
            if large == _MOST_LARGE:
                break
            text = " ".join(text.split()) if len(text) <= _LARGE else ""
            if 3 < len(text) < 120:
                names = split_authors(text)
                if names and looks_like_person(names[0]):
                    return names
        return ()


def _names_from(pieces: list[Piece], start: int) -> tuple[str, ...]:
    """The names in the pieces from `start` on, as long as marks or joints ("and") lead from one to the next."""
    names: list[str] = []
    joined = True
    for piece in pieces[start : start + 12]:
        text = piece.text
        if text.strip(" ,&·|").lower() in ("", "and", "und", "et", "y", "e", "og", "och"):
            joined = True
            continue
        if (bare := without_joint(text)) != text:
            joined, text = True, bare
        found = split_authors(text) if len(text) < 100 else ()
        if not found or not (joined or piece.marked) or (names and not looks_like_person(found[0])):
            break
        names.extend(found)
        joined = text.rstrip().endswith((",", "&", " and", " und"))
    return unique(names)


def _gather(heading: LexborNode, *, forward: bool, most: int) -> Iterator[Piece]:
    prose = 0
    count = 0
    for node in _walk(heading, forward=forward):
        text = " ".join((node.text_content or "").split())
        if not text:
            continue
        yield Piece(text, node)
        count += 1
        prose += len(text) >= _PROSE
        if count == most or prose == _MOST_PROSE:
            return


def _walk(start: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    """The text nodes after (or before) an element in page order."""
    node: LexborNode | None = start
    descend = False
    for _ in range(_MOST_STEPS):
        if node is None:
            return
        step = (node.child if forward else node.last_child) if descend else None
        if step is None:
            step = node.next if forward else node.prev
            while step is None:
                node = node.parent
                if node is None or node.tag in ("body", "html"):
                    return
                step = node.next if forward else node.prev
        node = step
        tag = node.tag
        descend = tag != "-text" and tag not in _SILENT
        if tag == "-text":
            yield node


def _marks_author(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('itemprop') or ''}".lower()
    if "author" in name or "byline" in name or "autor" in name or "writer" in name:
        return True
    href = attributes.get("href")
    return bool(href) and is_profile(href or "")
