"""Cleaning stored pages again: with a newer cleaner, and with what is known now of each site's repeated lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from cleaners.article import Article
from cleaners.options import Options, Rules
from scraper.addresses import site_of
from scraper.errors import StoreError
from scraper.store.policy import substance
from scraper.store.protocol import Kept, Store
from scraper.worker import Cleaned, wash

#: Articles written in one transaction: a reclean may be killed and started again, and a run may go on beside it.
TOGETHER = 20


@dataclass(frozen=True, slots=True)
class Recleaned:
    """What cleaning again changed in an article: lines that left its text, lines that came, other fields' names.

    `problem` says why it could not be cleaned; it is then as it was.
    """

    id: int
    title: str | None
    gone: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the article reads differently now."""
        return bool(self.gone or self.came or self.fields)


def reclean(
    store: Store,
    *,
    since: datetime | None = None,
    source: str | None = None,
    rules: Rules | None = None,
    dry: bool = False,
) -> Iterator[Recleaned]:
    """Clean the newest version of each article again, from its stored page; `dry` only tells what would change.

    `rules` are the user's own.

    Works from the oldest id on. Raises StoreError when the store cannot be written.
    """
    ids = iter(sorted(entry.id for entry in store.articles.entries(since=since, source=source)))
    hints: dict[str, dict[str, int]] = {}
    while some := list(islice(ids, TOGETHER)):
        again: list[tuple[Kept, Cleaned]] = []
        told: list[Recleaned] = []
        for article_id in some:
            try:
                kept = store.articles.get(article_id)
            except StoreError as error:  # this one is damaged
                told.append(Recleaned(article_id, None, problem=error.detail))
                continue
            if kept is None:  # it was pruned meanwhile
                continue
            try:
                cleaned = _wash(store, kept, hints, rules)
            except Exception as error:
                what = error.detail if isinstance(error, StoreError) else f"{type(error).__name__}: {error}"
                told.append(Recleaned(article_id, kept.entry.title, problem=what))
            else:
                again.append((kept, cleaned))
                told.append(_difference(article_id, kept.article, cleaned.article))
        if not dry:
            store.articles.replace(again)
        yield from told


def _wash(store: Store, kept: Kept, hints: dict[str, dict[str, int]], rules: Rules | None) -> Cleaned:
    page = store.articles.page(kept)
    site = site_of(page.url)
    if site not in hints:
        hints[site] = store.lines.repeated(site)
    options = Options(url=page.url, charset=page.charset, repeated=hints[site], rules=rules)
    return wash(page.body, options)


def _difference(article_id: int, before: Article, after: Article) -> Recleaned:
    old, new = before.text.splitlines(), after.text.splitlines()
    first, second = substance(before.to_dict()), substance(after.to_dict())
    return Recleaned(
        article_id,
        after.title,
        gone=tuple(line for line in old if line not in set(new)),
        came=tuple(line for line in new if line not in set(old)),
        fields=tuple(
            name for name in first if name != "text" and _plain(first[name]) != _plain(second[name])
        ),
    )


def _plain(value: Any) -> str:
    return re.sub(r"\s+", " ", json.dumps(value, ensure_ascii=False))
