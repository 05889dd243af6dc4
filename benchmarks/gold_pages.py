"""Pages with the article that a person found in them: the public corpora as they are published, and our own folders.

A folder is looked through for each of these:

- `gold.jsonl` beside `html/ID.html.gz`: a row a page with id, url, body, title, authors, date, photos;
- `ground-truth.json` beside `html/ID.html.gz`, as Zyte's article-extraction-benchmark is published
  (https://github.com/scrapinghub/article-extraction-benchmark): `articleBody` and `url` of each id;
- `ground-truth/ID.json` beside `html/`, as the Web Content eXtraction Benchmark is published
  (https://github.com/Murrough-Foley/web-content-extraction-benchmark): of its pages only the articles are read;
- `meta.info` beside `PUBLISHER.json` and `PUBLISHER_DATE.html.gz`, as Fundus keeps the pages that test its parsers
  (https://github.com/flairNLP/fundus, tests/resources/parser/test_data).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class GoldPhoto:
    """A photo of an article: what is printed beneath it."""

    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page and its article. Of what is None nothing is known; an empty tuple says that there is none."""

    id: str
    corpus: str
    path: Path
    body: str
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    date: str | None = None
    photos: tuple[GoldPhoto, ...] | None = None

    def read(self) -> bytes:
        """Return the page itself."""
        data = self.path.read_bytes()
        return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def find_gold(root: Path, limit: int | None = None) -> list[GoldPage]:
    """Return the pages of all corpora below a folder; of each corpus about `limit`, evenly spread."""
    found: dict[str, list[GoldPage]] = {}
    for pattern, read in _LAYOUTS:
        for place in sorted(root.glob(pattern)):
            pages = [page for page in read(place) if page.body and page.path.exists()]
            if pages:
                found.setdefault(pages[0].corpus, []).extend(pages)
    return [
        page for pages in found.values() for page in pages[:: max(1, len(pages) // limit) if limit else 1]
    ]


def _read_rows(gold: Path) -> Iterator[GoldPage]:
    for line in gold.open(encoding="utf-8"):
        row = json.loads(line)
        dated = row.get("date") or row.get("title")
        photos = row.get("photos")
        yield GoldPage(
            row["id"],
            gold.parent.name,
            gold.parent / "html" / f"{row['id']}.html.gz",
            row["body"],
            row.get("url") or None,
            row.get("title"),
            tuple(row.get("authors") or ()) if dated else None,
            row.get("date"),
            None if photos is None else tuple(_photo(p.get("caption"), p.get("credits")) for p in photos),
        )


def _read_zyte(truth: Path) -> Iterator[GoldPage]:
    for key, row in json.loads(truth.read_text(encoding="utf-8")).items():
        path = truth.parent / "html" / f"{key}.html.gz"
        yield _told(key, truth.parent.name, path, row, row.get("articleBody"), row.get("url"))


def _read_wcxb(truth: Path) -> Iterator[GoldPage]:
    row = json.loads(truth.read_text(encoding="utf-8"))
    told = row.get("ground_truth", row)
    kind = (row.get("_internal", row).get("page_type") or {}).get("primary", "article")
    if kind == "article":
        html = truth.parent.parent / "html"
        path = next(
            (p for p in (html / f"{truth.stem}.html.gz", html / f"{truth.stem}.html") if p.exists()), html
        )
        body = told.get("main_content") or told.get("articleBody")
        yield _told(truth.stem, "wcxb", path, told, body, row.get("url"))


def _told(
    key: str, corpus: str, path: Path, row: Mapping[str, Any], body: str | None, url: str | None
) -> GoldPage:
    author = row.get("author")
    authors = None if "title" not in row else (author,) if author else ()
    return GoldPage(
        key, corpus, path, body or "", url or None, row.get("title"), authors, row.get("publish_date")
    )


def _read_fundus(meta: Path) -> Iterator[GoldPage]:
    """Read a country's folder; where a publisher's parser changed, its latest test is of its latest page."""
    pages = json.loads(meta.read_text(encoding="utf-8"))
    for publisher in sorted({name.split("_")[0] for name in pages}):
        truth = meta.parent / f"{publisher}.json"
        if not truth.exists():
            continue
        versions = json.loads(truth.read_text(encoding="utf-8"))
        names = sorted(name for name in pages if name.split("_")[0] == publisher)
        for name, version in zip(names, sorted(versions, key=_number), strict=False):
            row = versions[version]
            yield GoldPage(
                f"{meta.parent.name}_{name.removesuffix('.html.gz')}",
                "fundus",
                meta.parent / name,
                _fundus_body(row.get("body") or {}),
                pages[name].get("url"),
                row.get("title"),
                tuple(row.get("authors") or ()),
                row.get("publishing_date"),
                tuple(
                    _photo(image.get("caption"), image.get("authors")) for image in row.get("images") or ()
                ),
            )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.removeprefix("V").split("_") if part.isdigit())


def _fundus_body(body: Mapping[str, Any]) -> str:
    lines = list(body.get("summary", ()))
    for section in body.get("sections", ()):
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def _photo(caption: str | None, credits: Any) -> GoldPhoto:
    return GoldPhoto(caption or None, " ".join(credits or ()) or None)


_LAYOUTS = (
    ("**/gold.jsonl", _read_rows),
    ("**/ground-truth.json", _read_zyte),
    ("**/ground-truth/*.json", _read_wcxb),
    ("**/meta.info", _read_fundus),
)
