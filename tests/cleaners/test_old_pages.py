"""Pages as they were made between 1998 and 2012: tables, frames, line breaks, blogs. Their stories are inventions.

Beside each page of `fixtures/pages-before-html5` lies its body, a paragraph on each line.
"""

from pathlib import Path

import pytest

from benchmarks.shingles import mean_f1, score, shingles
from cleaners import clean_html

PAGES = sorted((Path(__file__).parents[2] / "fixtures" / "pages-before-html5").glob("*.html"))


def told(page: Path) -> str:
    return page.with_suffix(".txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_most_of_what_comes_out_is_the_story(page: Path) -> None:
    precision, recall = score(clean_html(page.read_bytes()).text, shingles(told(page)))
    assert precision >= 0.6
    assert recall >= 0.75


def test_of_all_pages_together_hardly_anything_is_missed_or_too_much() -> None:
    assert len(PAGES) >= 25
    f1, precision, recall = mean_f1(
        [score(clean_html(page.read_bytes()).text, shingles(told(page))) for page in PAGES]
    )
    assert f1 >= 0.95
    assert precision >= 0.92
    assert recall >= 0.97
