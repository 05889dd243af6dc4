"""What kind of furniture a block is, told by the names of the elements that it stands in."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from cleaners.blocks import Label, Verdict
from cleaners.page.walk import Walk

#: The groups of `class_words.toml` that name a kind of furniture, the surest first.
_KINDS: Final = {
    "cookie": Label.NOTICE, "comment": Label.COMMENTS, "share": Label.SHARING, "newsletter": Label.NEWSLETTER,
    "outbrain": Label.RELATED, "related": Label.RELATED, "ad": Label.AD, "tags": Label.TAGS,
    "breadcrumb": Label.NAVIGATION, "pagination": Label.NAVIGATION, "menu": Label.NAVIGATION, "nav": Label.NAVIGATION,
    "popular": Label.RELATED, "login": Label.NOTICE, "disclaimer": Label.NOTICE, "skip": Label.NAVIGATION,
}  # fmt: skip
_TAGS: Final = {"nav": Label.NAVIGATION, "menu": Label.NAVIGATION}
_NEAR: Final = 6  # elements above a block that are looked at


@cache
def _kind_of_word() -> dict[str, tuple[int, str, Label]]:
    told = tomllib.loads((files("cleaners.page") / "class_words.toml").read_text(encoding="utf-8"))
    kinds: dict[str, tuple[int, str, Label]] = {}
    for rank, (group, label) in enumerate(_KINDS.items()):
        for word in told[group]:
            kinds.setdefault(word, (rank, group, label))
    return kinds


_known: dict[str, tuple[int, str, Label] | None] = {}
_MOST_KNOWN = 20_000


def markup_verdict(walk: Walk, place: int) -> Verdict | None:
    """Return what the nearest telling element says a block is that is known not to be the article's.

    >>> from cleaners.read_html import read_html
    >>> markup_verdict(read_html("<div class=share-bar><p>Rain").page.walk, 0).rule
    'markup.share'
    """
    owner = walk.owners[place]
    for _ in range(_NEAR):
        if owner < 0:
            return None
        tag = walk.tags[owner]
        if tag in _TAGS:
            return Verdict(_TAGS[tag], f"markup.{tag}", 0.9)
        attributes = walk.attributes[owner]
        for name in ("class", "id"):
            names = attributes.get(name)
            if names and (kind := _kind(names)) is not None:
                return Verdict(kind[2], f"markup.{kind[1]}", 0.9)
        owner = walk.parents[owner]
    return None


def _kind(names: str) -> tuple[int, str, Label] | None:
    if names in _known:
        return _known[names]
    from cleaners.page.names import split_names

    kinds = _kind_of_word()
    found = [kinds[word] for word in split_names(names) if word in kinds]
    if len(_known) >= _MOST_KNOWN:
        _known.clear()
    _known[names] = best = min(found) if found else None
    return best
