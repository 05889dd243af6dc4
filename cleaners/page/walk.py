"""One walk over a parsed page: its blocks in reading order, and the tree of elements they stand in.

The walk only collects; nothing is judged here. Elements and blocks are kept as parallel lists rather than as objects,
because the scorer turns them into arrays and a page has thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Elements whose content is never text of the page.
STRIPPED = [
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "math",
    "head", "select", "textarea", "datalist", "audio", "map",
]  # fmt: skip

#: Elements that do not end a block: what stands in them continues the line (HTML standard, phrasing content).
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr img picture source button input g path use amp-img amp-ad"
    " slot meter progress center-text ng-container".split()
)

#: Deeper elements are read as if they stood at this depth; no real page comes near it.
MAX_DEPTH = 600
#: Blocks and elements after this many are not read: a page of 12,000 paragraphs is no article (the largest that was
#: seen has 1,600), and each takes 10 kB of memory to weigh.
MAX_BLOCKS = 12_000
MAX_ELEMENTS = 100_000


@dataclass(slots=True)
class Walk:
    """The blocks (texts and where they stand) and the elements (preorder; an element's blocks are start..end)."""

    texts: list[str] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)  # index of the block element a text stands in
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
    images: list[tuple[int, LexborNode]] = field(default_factory=list)  # number of blocks before it, the node
    elements: dict[int, int] = field(default_factory=dict)  # mem_id of a block element -> its index


def walk_page(tree: LexborHTMLParser) -> Walk:
    """Collect the blocks of `tree`, which must have had `STRIPPED` taken out already."""
    walk = Walk()
    root = tree.body or tree.root
    if root is None:
        return walk
    texts, owners, link_chars, link_counts = walk.texts, walk.owners, walk.link_chars, walk.link_counts
    bold_chars, breaks = walk.bold_chars, walk.breaks
    tags, attributes, parents, starts, ends = walk.tags, walk.attributes, walk.parents, walk.starts, walk.ends
    depths, images, elements = walk.depths, walk.images, walk.elements

    # The open elements: mem_id, and the index of the block element (or -1 - kind for an inline one).
    open_ids: list[int] = [0]
    open_kinds: list[int] = [-1]
    owner = -1  # innermost open block element
    in_link = in_bold = 0
    line: list[str] = []
    chars = links = bold = 0
    after_break = 0

    def flush() -> None:
        nonlocal chars, links, bold, after_break
        text = " ".join("".join(line).split())
        line.clear()
        if text and len(texts) < MAX_BLOCKS:
            texts.append(text)
            owners.append(owner)
            link_chars.append(chars)
            link_counts.append(links)
            bold_chars.append(bold)
            breaks.append(after_break)
        chars = links = bold = after_break = 0

    for node in root.traverse(include_text=True):
        tag = node.tag or ""
        if tag == "-text":
            text = node.text_content or ""
            if not text or text.isspace():
                if line:
                    line.append(" ")
                continue
        elif tag == "-comment":
            continue
        parent = node.parent
        above = parent.mem_id if parent is not None else 0
        while open_ids[-1] != above and len(open_ids) > 1:
            open_ids.pop()
            kind = open_kinds.pop()
            if kind >= 0:
                if line:
                    flush()
                ends[kind] = len(texts)
                owner = parents[kind]
            elif kind == -2:
                in_link -= 1
            elif kind == -3:
                in_bold -= 1
        if tag == "-text":
            line.append(text)
            if in_link:
                chars += len(text)
            if in_bold:
                bold += len(text)
            continue
        if tag in INLINE:
            if tag == "a":
                in_link += 1
                links += 1
                kind = -2
            elif tag == "b" or tag == "strong":
                in_bold += 1
                kind = -3
            else:
                if tag == "img" or tag == "amp-img":
                    images.append((len(texts) + bool(line), node))
                kind = -1
        elif tag == "br":
            if line:
                flush()
            after_break = 1
            continue
        else:
            if line:
                flush()
            kind = len(tags)
            if kind >= MAX_ELEMENTS or len(texts) >= MAX_BLOCKS:
                break
            tags.append(tag)
            attributes.append(node.attributes)
            parents.append(owner)
            starts.append(len(texts))
            ends.append(-1)
            depths.append(len(open_ids))
            elements[node.mem_id] = kind
            owner = kind
            links = chars = bold = 0
        if len(open_ids) < MAX_DEPTH:
            open_ids.append(node.mem_id)
            open_kinds.append(kind)
    if line:
        flush()
    total = len(texts)
    for kind, end in enumerate(ends):
        if end < 0:
            ends[kind] = total
    return walk
