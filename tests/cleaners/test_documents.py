from pathlib import Path

import pytest

from cleaners import Options, clean_html, clean_text, decode_text, explain_html, explain_text
from cleaners.article import Article, Photo, Reason

ROOT = Path(__file__).parents[2]
TEXTS = [ROOT / "seeds" / "000_8fef2ae59e9b698d.txt", *sorted((ROOT / "fixtures").glob("**/input.txt"))]
PAGES = sorted((ROOT / "fixtures").glob("**/*.html"))


def check(article: Article, reasons: tuple[Reason, ...]) -> None:
    """Hold each reason against the place in the article that it names."""
    for reason in reasons:
        element = getattr(article, reason.part)[reason.index]
        if isinstance(element, Photo):
            assert reason.text in element.printed
        else:
            assert element.text in reason.text
        if reason.part in ("fields", "removed"):
            assert (reason.line, reason.label, reason.rule) == (element.line, element.label, element.rule)
    lines = [reason.line for reason in reasons]
    assert lines == sorted(lines)
    for part in ("body", "fields", "removed"):
        told = {reason.index for reason in reasons if reason.part == part}
        assert told == set(range(len(getattr(article, part))))


@pytest.mark.parametrize("options", [Options(), Options(keep=["ad", "caption"], drop=["heading", "byline"])])
def test_every_line_of_every_text_has_its_reason(options: Options) -> None:
    for path in TEXTS:
        text = decode_text(path.read_bytes())
        article, reasons = explain_text(text, options)
        assert article == clean_text(text, options)
        check(article, reasons)


@pytest.mark.parametrize("options", [Options(), Options(keep=["ad", "caption"], drop=["heading", "byline"])])
def test_every_block_of_every_page_has_its_reason(options: Options) -> None:
    for path in PAGES:
        html = path.read_bytes()
        article, reasons = explain_html(html, options)
        assert article == clean_html(html, options)
        assert all(reason.path for reason in reasons)
        check(article, reasons)
