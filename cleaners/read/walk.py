"""One walk over a parsed page: its blocks in reading order, and the tree of elements they stand in.

The walk only collects; nothing is judged here. Elements and blocks are kept as parallel lists rather than as objects,
because the scorer turns them into arrays and a page has thousands of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, compress, repeat

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.read.characters import valid_line
from cleaners.read.inserted import AD_SIGN, is_link_note, part_ad_mark

#: Elements whose content is never text of the page: the walk takes them out of the tree.
STRIPPED = frozenset(
    "script style noscript template svg iframe object embed canvas math head select textarea datalist audio map"
    " noframes rp rt rtc".split()  # of ruby stays the word, and the sign how it is read goes
)
#: Elements that do not end a block: what stands in them continues the line (HTML standard, phrasing content).
INLINE = frozenset(
    "a abbr acronym b basefont bdi bdo big blink cite code data del dfn em font i ins kbd label mark nobr output q rb"
    " ruby s samp small spacer span strike strong sub sup time tt u var wbr img picture source button input g path use"
    " amp-img amp-ad slot meter progress center-text ng-container".split()
)

#: Deeper elements are said to stand at this depth; no real page comes near it.
MAX_DEPTH = 600
#: Blocks and elements after this many are not read: a page of 12,000 paragraphs is no article (the largest that was
#: seen has 1,600), and each takes 10 kB of memory to weigh.
MAX_BLOCKS = 12_000
MAX_ELEMENTS = 100_000
#: A row is one block if no cell has more characters: longer ones are the columns of a page that is laid out as a table.
_LONGEST_CELL = 200

_BLANK_LINES = re.compile(r"\n[ \t\r]*+\n\s*+")
#: What the walk does at an element or text; at an inline element, what ends with it.
_BLOCK, _TEXT, _BREAK, _NOTHING, _STRIPPED, _INLINE, _LINK, _BOLD, _IMAGE = range(9)
_KINDS = (
    dict.fromkeys(INLINE, _INLINE)
    | dict.fromkeys(STRIPPED, _STRIPPED)
    | {
        "a": _LINK,
        "b": _BOLD,
        "strong": _BOLD,
        "img": _IMAGE,
        "amp-img": _IMAGE,
        "br": _BREAK,
        "-text": _TEXT,
    }
    | {"-comment": _NOTHING}
)
#: The parser's numbers of the tags of the standard, met so far, are below this; those of others are addresses.
_STANDARD = 1_000
_known: dict[int, tuple[int, str]] = {}


@dataclass(slots=True)
class Walk:
    """The blocks (texts and where they stand) and the elements (preorder; an element's blocks are start..end)."""

    texts: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)  # index of the block element a text stands in
    firsts: list[int] = field(default_factory=list)  # mem_id of the text node that a block begins with
    link_chars: list[int] = field(default_factory=list)
    link_counts: list[int] = field(default_factory=list)
    bold_chars: list[int] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)  # 1: this block began after <br> in the same element

    tags: list[str] = field(default_factory=list)
    attributes: list[dict[str, str | None]] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    #: Figures and images in reading order, each with the number of blocks before it.
    pictures: list[tuple[int, LexborNode]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def path(self, number: int) -> str:
        """Return the path to an element: the tags around it and its own, each with its first class.

        >>> walk_page(LexborHTMLParser("<div class='story wide'><p>It rained.")).path(2)
        'body/div.story/p'
        """
        paths = self.paths
        if not paths:
            for tag, attributes, parent in zip(self.tags, self.attributes, self.parents, strict=True):
                names = (attributes.get("class") or "").split()
                name = f"{tag}.{names[0]}" if names else tag
                paths.append(f"{paths[parent]}/{name}" if parent >= 0 else name)
        return paths[number] if number >= 0 else ""


def walk_page(tree: LexborHTMLParser) -> Walk:
    """Return the blocks and elements of a page, and take out of its tree what is never text.

    >>> walk_page(LexborHTMLParser("<h1>Rain</h1><p>It <b>rained</b>.<script>count()</script><br>In Kyiv.")).texts
    ['Rain', 'It rained.', 'In Kyiv.']
    """
    walk = Walk()
    node = tree.body or tree.root
    texts, owners, link_chars, link_counts = walk.texts, walk.owners, walk.link_chars, walk.link_counts
    bold_chars, breaks, firsts = walk.bold_chars, walk.breaks, walk.firsts
    tags, attributes, parents, starts, ends = walk.tags, walk.attributes, walk.parents, walk.starts, walk.ends
    depths, pictures, known = walk.depths, walk.pictures, _known.get

    # The open elements: their nodes, and the number of each block element, or -1 - kind for an inline one.
    open_nodes: list[LexborNode] = []
    open_ends: list[int] = []
    owner = -1  # innermost open block element
    typed = -2  # the last <pre> that is no program's: dispatches were put there as the wire had typed them
    in_link = in_bold = 0
    line: list[str] = []
    chars = links = bold = 0
    after_break = first = 0

    def flush() -> None:
        nonlocal chars, links, bold, after_break
        text = valid_line("".join(line))
        line.clear()
        if AD_SIGN in text:
            text, *marks = part_ad_mark(text)
            line.extend(marks)
        if text and len(texts) < MAX_BLOCKS:
            texts.append(text)
            owners.append(owner)
            firsts.append(first)
            link_chars.append(chars)
            link_counts.append(links)
            bold_chars.append(bold)
            breaks.append(after_break)
        chars = links = bold = after_break = 0
        if line:
            flush()  # the mark that stood behind the paragraph

    while node is not None:
        kind, tag = known(node.tag_id) or _know(node)
        child = None
        if kind == _TEXT:
            text = node.text_content
            if in_link and text and text[0] == "," and is_link_note(text):
                pass  # what a link says to those who hear it
            elif text and not text.isspace():
                if owner == typed and "\n" in text:
                    *before, text = _BLANK_LINES.split(text)
                    for part in before:
                        first = first if line else node.mem_id
                        line.append(part)
                        flush()
                        after_break = 1
                if not line:
                    first = node.mem_id
                line.append(text)
                if in_link:
                    chars += len(text)
                if in_bold:
                    bold += len(text)
            elif line:
                line.append(" ")
        elif kind == _BLOCK:
            if line:
                flush()
            number = len(tags)
            if number >= MAX_ELEMENTS or len(texts) >= MAX_BLOCKS:
                break
            if tag == "figure":
                pictures.append((len(texts), node))
            tags.append(tag)
            attributes.append(node.attributes)
            if tag == "pre" and "class" not in attributes[number]:
                typed = number
            parents.append(owner)
            starts.append(len(texts))
            depths.append(len(open_nodes) + 1)
            links = chars = bold = 0
            child = node.first_child
            if child is None:
                ends.append(len(texts))
            else:
                ends.append(-1)
                owner = number
        elif kind >= _INLINE:
            child = node.first_child
            if kind == _LINK and child is not None and _is_target(node):
                kind = _INLINE
            if kind == _LINK:
                links += 1
                in_link += child is not None
            elif kind == _BOLD:
                in_bold += child is not None
            elif kind == _IMAGE:
                pictures.append((len(texts) + bool(line), node))
            number = -1 - kind
        elif kind == _BREAK:
            if line:
                flush()
            after_break = 1
        if child is not None:
            open_nodes.append(node)
            open_ends.append(number)
            node = child
            continue
        after = node.next
        if kind == _STRIPPED:
            node.decompose()
        while after is None and open_nodes:
            after = open_nodes.pop().next
            number = open_ends.pop()
            if number >= 0:
                if line:
                    flush()
                ends[number] = len(texts)
                owner = parents[number]
            elif number == -1 - _LINK:
                in_link -= 1
            elif number == -1 - _BOLD:
                in_bold -= 1
        node = after
    if line:
        flush()
    walk.depths = (
        [min(depth, MAX_DEPTH) for depth in depths] if max(depths, default=0) > MAX_DEPTH else depths
    )
    total = len(texts)
    for number, end in enumerate(ends):
        if end < 0:
            ends[number] = total
    if "tr" in tags:
        _join_rows(walk)
    return walk


def _is_target(node: LexborNode) -> bool:
    """Return whether an element <a> is a place that links lead to: left open, it may hold the rest of the page."""
    attributes = node.attributes
    return "name" in attributes and "href" not in attributes


def _join_rows(walk: Walk) -> None:
    """Make one block of each row of a table that has several rows of short cells; it stands in the first cell."""
    tags, parents, starts, ends = walk.tags, walk.parents, walk.starts, walk.ends
    rows: dict[int, list[int]] = {}  # by the element that they stand in
    full = {number for number, tag in enumerate(tags) if tag == "tr" and ends[number] - starts[number] > 1}
    for parent, start, end in zip(parents, starts, ends, strict=True):
        if parent in full and end - start > 1:
            full.discard(parent)
    for row in sorted(full):
        if all(len(text) <= _LONGEST_CELL for text in walk.texts[starts[row] : ends[row]]):
            rows.setdefault(parents[row], []).append(row)
    joined = [row for table in rows.values() if len(table) > 1 for row in table]
    if not joined:
        return
    texts = walk.texts
    first = [True] * len(texts)
    for row in joined:
        start, end = starts[row], ends[row]
        texts[start] = " ".join(texts[start:end])
        for counts in (walk.link_chars, walk.link_counts, walk.bold_chars):
            counts[start] = sum(counts[start:end])
        first[start + 1 : end] = repeat(False, end - start - 1)
    texts[:] = compress(texts, first)
    told: list[int]
    for told in (walk.owners, walk.firsts, walk.link_chars, walk.link_counts, walk.bold_chars, walk.breaks):
        told[:] = compress(told, first)
    place = [0, *accumulate(first)]
    starts[:] = [place[start] for start in starts]
    ends[:] = [place[end] for end in ends]
    walk.pictures[:] = [(place[before], node) for before, node in walk.pictures]


def _know(node: LexborNode) -> tuple[int, str]:
    """Return what the walk does at a node, and its tag; remember it of tags that have a number."""
    tag = node.tag or ""
    told = _KINDS.get(tag, _BLOCK), tag
    if node.tag_id < _STANDARD:
        _known[node.tag_id] = told
    return told
