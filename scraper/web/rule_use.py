"""How often each rule cut a line, of which sources: counted in the newest articles, as many as fit into a moment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice

from scraper.store.protocol import Store

#: Articles that are looked at: some tens of milliseconds.
MOST_ARTICLES = 100


@dataclass(slots=True)
class RuleUse:
    """How a rule was used: its lines, the articles that they stood in, the sources with their lines, and a line."""

    rule: str
    label: str
    lines: int = 0
    articles: int = 0
    sources: Counter[str] = field(default_factory=Counter)
    sample: str = ""


def count_rules(store: Store, source: str | None = None) -> tuple[list[RuleUse], int]:
    """Return the rules that cut lines of the newest articles, the busiest first, and the number of those articles."""
    used: dict[tuple[str, str], RuleUse] = {}
    entries = {entry.id: entry for entry in store.articles.entries(source=source, most=MOST_ARTICLES)}
    oldest = min((entry.fetched for entry in entries.values()), default=None)
    # Articles that came in the same second as the oldest may come before it: they are few, or passed over.
    plain = islice(store.articles.each(since=oldest, source=source), 2 * MOST_ARTICLES) if entries else ()
    for number, told in plain:
        if number not in entries:
            continue
        seen = set()
        for line in told["removed"]:
            key = line["rule"], line["label"]
            use = used.setdefault(key, RuleUse(*key, sample=line["text"]))
            use.lines += 1
            use.sources[entries[number].source] += 1
            use.articles += key not in seen
            seen.add(key)
    return sorted(used.values(), key=lambda use: (-use.lines, use.rule)), len(entries)
