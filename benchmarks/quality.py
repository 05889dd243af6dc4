"""How well articles are found in pages: `python -m benchmarks.quality CORPORA` prints a table for each corpus.

CORPORA is a folder with any of the layouts that benchmarks/gold_pages.py knows. Bodies are scored as Zyte does:
precision and recall over runs of four words, averaged over the pages, and the F1 of the two averages. Photos: a
caption is found if its words' F1 is 0.7, a credit if the photo is found and its words' F1 is 0.6. Of titles the F1
must be 0.8, dates must be the same day; authors are the mean F1 of their names' words.

The weights of this project's scorer are trained on such corpora: on a page that it was trained on, its score says
nothing. For one that does, `python -m training page CORPORA --cv` leaves each page's site out of the training.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.gold_pages import GoldPage, find_gold
from benchmarks.peers import TRAFILATURA_WITH_METADATA, installed, make
from benchmarks.shingles import mean_f1, score, shingles
from cleaners import Article, WirecleanError, clean_html

_WORD: Final = re.compile(r"\w+")
_SAME_TITLE, _SAME_CAPTION, _SAME_CREDIT = 0.8, 0.7, 0.6

#: What an extractor says of a page: title, authors, day.
Told = tuple[str | None, Sequence[str], str | None]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--limit", type=int, help="about this many pages of each corpus, evenly spread")
    parser.add_argument("--only", action="append", choices=installed(), help="extractors (default: all)")
    options = parser.parse_args(arguments)
    pages = find_gold(options.corpora, options.limit)
    if not pages:
        parser.error(f"no corpus below {options.corpora}")
    names = options.only or [name for name in installed() if name != TRAFILATURA_WITH_METADATA]
    print_bodies(pages, names)
    print_metadata([page for page in pages if page.title or page.date], names)
    print_photos([page for page in pages if page.photos])


def print_bodies(pages: Sequence[GoldPage], names: Sequence[str]) -> None:
    """Print the bodies' scores, a table for each corpus."""
    rows: dict[str, dict[str, list[tuple[float, float]]]] = {}
    for name in names:
        extract = make(name)
        for page in pages:
            told = score(extract(page.read()), shingles(page.body))
            rows.setdefault(page.corpus, {}).setdefault(name, []).append(told)
    for corpus, scored in rows.items():
        print_table(
            f"{corpus}: bodies, {len(next(iter(scored.values())))} pages",
            ("extractor", "F1", "precision", "recall"),
            [(name, *map(_share, mean_f1(told))) for name, told in scored.items()],
        )


def print_metadata(pages: Sequence[GoldPage], names: Sequence[str]) -> None:
    """Print how many titles and dates are right, and how alike the authors are, of those who look for them."""
    for corpus in dict.fromkeys(page.corpus for page in pages):
        table = []
        for name in names:
            if name in _METADATA:
                read = _METADATA[name]
                told = [(_attempt(read, page), page) for page in pages if page.corpus == corpus]
                table.append((name, *map(_share, score_metadata(told))))
        if table:
            print_table(
                f"{corpus}: titles, dates and authors", ("extractor", "title", "date", "authors"), table
            )


def score_metadata(told: Sequence[tuple[Told, GoldPage]]) -> tuple[float, float, float]:
    """Return the shares of right titles and dates where the page has them, and the authors' mean F1.

    >>> page = GoldPage("1", "x", Path("1"), "It rained.", title="Rain", authors=("Olena Bird",), date="2024-10-24")
    >>> score_metadata([(("Rain", ["Bird Olena"], "2024-10-25"), page)])
    (1.0, 0.0, 1.0)
    """
    titles = [word_f1(title, page.title) >= _SAME_TITLE for (title, _, _), page in told if page.title]
    days = [(day or "")[:10] == page.date[:10] for (_, _, day), page in told if page.date]
    authors = [
        word_f1(" ".join(names), " ".join(page.authors)) for (_, names, _), page in told if page.authors
    ]
    return _mean(titles), _mean(days), _mean(authors)


def print_photos(pages: Sequence[GoldPage]) -> None:
    """Print how many captions and credits this project finds; no peer tells captions from the rest."""
    if not pages:
        return
    counts: Counter[str] = Counter()
    for page in pages:
        match_photos(page, _article(page), counts)
    table = []
    for what in ("caption", "credit"):
        precision = counts[f"{what} found"] / max(1, counts[f"{what} told"])
        recall = counts[f"{what} found"] / max(1, counts[f"{what} wanted"])
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        table.append((f"{what}s", str(counts[f"{what} wanted"]), *map(_share, (f1, precision, recall))))
    print_table(
        f"photos, {len(pages)} pages, wireclean alone", ("", "wanted", "F1", "precision", "recall"), table
    )


def match_photos(page: GoldPage, article: Article, counts: Counter[str]) -> None:
    """Count the page's captions and credits, those that the article has, and those found."""
    left = list(article.photos)
    counts["caption told"] += sum(bool(photo.caption) for photo in left)
    counts["credit told"] += sum(bool(photo.credit) for photo in left)
    for gold in page.photos or ():
        counts["caption wanted"] += bool(gold.caption)
        counts["credit wanted"] += bool(gold.credit)
        if gold.caption:
            found = next((p for p in left if word_f1(p.caption, gold.caption) >= _SAME_CAPTION), None)
        else:
            found = next((p for p in left if word_f1(p.credit, gold.credit) >= _SAME_CREDIT), None)
        if found is not None:
            left.remove(found)
            counts["caption found"] += bool(gold.caption)
            counts["credit found"] += bool(gold.credit) and word_f1(found.credit, gold.credit) >= _SAME_CREDIT


def word_f1(told: str | None, gold: str | None) -> float:
    """Return the F1 of two texts' words, whatever their order.

    >>> word_f1("Rain in Kyiv", "rain, Kyiv")
    0.8
    """
    found, wanted = _words(told), _words(gold)
    both = sum((found & wanted).values())
    return 2 * both / (found.total() + wanted.total()) if both else 0.0


def _words(text: str | None) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))


def _article(page: GoldPage) -> Article:
    try:
        return clean_html(page.read(), url=page.url)
    except WirecleanError:
        return Article()


def _attempt(read: Callable[[GoldPage], Told], page: GoldPage) -> Told:
    try:
        return read(page)
    except Exception:  # whatever a peer raises
        return None, (), None


def _wireclean(page: GoldPage) -> Told:
    article = _article(page)
    return article.title, article.authors, str(article.published or "")


def _trafilatura(page: GoldPage) -> Told:
    from trafilatura import extract_metadata

    told: Any = extract_metadata(page.read().decode("utf-8", "replace"), default_url=page.url)
    return told.title, (told.author or "").split("; "), told.date


def _newspaper4k(page: GoldPage) -> Told:
    import newspaper

    article: Any = newspaper.Article(page.url or "https://example.org/", fetch_images=False)
    article.download(input_html=page.read().decode("utf-8", "replace"))
    article.parse()
    return article.title, article.authors, str(article.publish_date or "")


_METADATA: Final[dict[str, Callable[[GoldPage], Told]]] = {
    "wireclean": _wireclean,
    "trafilatura": _trafilatura,
    "newspaper4k": _newspaper4k,
}


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table as Markdown, the first column to the left and the others to the right."""
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    print(f"\n{title}\n")
    for number, row in enumerate(table):
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        print(f"| {' | '.join(cells)} |")
        if number == 0:
            rules = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
            print(f"| {' | '.join(rules)} |", flush=True)


def _share(value: float) -> str:
    return f"{value:.3f}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


if __name__ == "__main__":
    main()
