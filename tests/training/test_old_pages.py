from selectolax.lexbor import LexborHTMLParser

from cleaners.read.walk import Walk, walk_page
from training.old_pages import age

PAGE = (
    "<main class=story><article><h1>Rain</h1><p>It rained.<p>In <a href=/k>Kyiv</a>.</article>"
    "<aside><ul><li>Home</ul></aside></main>"
)


def ages() -> list[Walk]:
    """The page as it becomes under names enough that every choice is made both ways."""
    walked = (age(walk_page(LexborHTMLParser(PAGE)), f"page {n}") for n in range(64))
    return [walk for walk in walked if walk is not None]


def test_an_aged_page_says_the_same_in_older_elements() -> None:
    young = walk_page(LexborHTMLParser(PAGE))
    for old in ages():
        assert old.texts == young.texts
        assert old.link_chars == young.link_chars
        assert not {"main", "article", "aside"} & set(old.tags)
        assert len(old.owners) == len(young.owners)
        assert len(old.tags) == len(old.attributes) == len(old.ends) == len(young.tags)


def test_headings_become_bold_print_and_paragraphs_line_breaks_on_some() -> None:
    told = {tuple(old.tags[owner] for owner in old.owners) for old in ages()}
    assert ("h1", "p", "p", "li") in told
    assert ("td", "td", "td", "li") in told
    assert {(old.bold_chars[0], old.breaks[1]) for old in ages()} == {(0, 0), (4, 0), (0, 1), (4, 1)}


def test_about_every_other_page_is_aged_and_always_the_same_ones() -> None:
    assert 16 <= len(ages()) <= 48
    assert [old.tags for old in ages()] == [old.tags for old in ages()]
