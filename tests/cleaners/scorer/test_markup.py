"""What the markup of a page adds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.read.html import parse_page
from cleaners.read.names import read_names
from cleaners.scorer.chances import view_page
from cleaners.scorer.features import joined, names_of
from cleaners.scorer.markup import Places, find_places
from cleaners.scorer.shape import Floats
from cleaners.scorer.weights import load_weights
from tests.cleaners import written

PARAGRAPH = (
    "Heavy rain flooded the lower streets of the port on Thursday, and the fish market stayed closed all day."
)


def features(html: str, title: str | None = None, article_body: str | None = None) -> tuple[Floats, Floats]:
    """The rows of both passes."""
    walk = parse_page(html).walk
    view = view_page(walk, read_names(walk), title, article_body)
    first = joined(view.first(load_weights("page").tables))
    margin = np.zeros(first.shape[1], np.float32)
    return first, joined(view.second(margin, margin))


def places(html: str) -> Places:
    walk = parse_page(html).walk
    return find_places(walk, read_names(walk))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>It rained in Kyiv.</p>", "<div>It rained in Kyiv.</div>"),
        (
            "<div class=story><p>It rained in Kyiv.</p></div>",
            "<div class=comment><p>It rained in Kyiv.</p></div>",
        ),
        ("<div><p>It rained in Kyiv.</p></div>", "<div hidden><p>It rained in Kyiv.</p></div>"),
        ("<p>It rained in Kyiv.</p>", "<p><a href=/x>It rained in Kyiv.</a></p>"),
        ("<p>It rained in Kyiv.</p>", "<p><b>It rained in Kyiv.</b></p>"),
        ("<article><p>It rained in Kyiv.</p></article>", "<aside><p>It rained in Kyiv.</p></aside>"),
        (
            "<div><p>It rained in Kyiv.</p></div>",
            "<div style='display: none'><p>It rained in Kyiv.</p></div>",
        ),
    ],
)
def test_markup_tells_blocks_of_the_same_words_apart(one: str, other: str) -> None:
    assert features(one)[0].tolist() != features(other)[0].tolist()


def test_scripts_and_comments_make_no_difference() -> None:
    plain = features("<div><p>It rained in Kyiv.</p><p>Nobody was hurt.</p></div>")[0]
    other = features(
        "<div><script>1</script><p>It rained in Kyiv.</p><!-- x --><p>Nobody was hurt.</p></div>"
    )[0]
    assert plain.tolist() == other.tolist()


def test_the_title_and_the_body_that_the_page_gives_are_looked_for() -> None:
    html = written.wordpress()
    plain = features(html)[0]
    assert features(html, title=written.TITLE)[0].tolist() != plain.tolist()
    assert features(html, article_body="\n".join(written.STORY))[0].tolist() != plain.tolist()


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "form", "dialog", "menu"])
def test_short_lines_beside_an_article_are_not_looked_at(tag: str) -> None:
    html = f"<p>{PARAGRAPH}</p><{tag}><div>Home</div><div>Sport</div></{tag}><p>Rain</p>"
    assert places(html).texts == [PARAGRAPH, "Rain"]


@pytest.mark.parametrize("tag", ["nav", "footer", "aside", "form", "dialog", "menu"])
def test_a_paragraph_vouches_for_what_it_stands_in(tag: str) -> None:
    html = f"<p>{PARAGRAPH}</p><{tag}><h2>Rain</h2><p>{PARAGRAPH}</p></{tag}>"
    assert places(html).texts == [PARAGRAPH, "Rain", PARAGRAPH]


def test_a_paragraph_of_links_vouches_for_nothing() -> None:
    html = f"<p>{PARAGRAPH}</p><nav><p>Home</p><p><a href=/x>{PARAGRAPH}</a></p></nav>"
    assert places(html).texts == [PARAGRAPH]


def test_a_menu_in_a_form_that_holds_the_article_is_not_looked_at() -> None:
    html = f"<form><nav><p>Home</p></nav><p>{PARAGRAPH}</p></form>"
    assert places(html).texts == [PARAGRAPH]


def test_where_no_paragraph_is_everything_is_looked_at() -> None:
    assert places("<nav><p>Home</p></nav><p>Rain</p>").texts == ["Home", "Rain"]


def test_places_count_only_the_blocks_that_are_looked_at() -> None:
    found = places(f"<nav><p>Home</p></nav><div><p>{PARAGRAPH}</p><p>Rain</p></div>")
    assert found.chosen.tolist() == [1, 2]
    assert [found.start[1].tolist(), found.end[1].tolist()] == [[0, 0], [2, 2]]


@given(
    st.lists(
        st.sampled_from(
            ["<p>It rained.", "<div>", "</div>", "Rain", "<h1>Rain", "<a href=x>", "<li>", "<br>", "<nav>"]
        )
    )
)
def test_features_are_numbers_whatever_the_markup(parts: list[str]) -> None:
    for rows in features("".join(parts) + "<p>End", title="Rain"):
        assert np.isfinite(rows).all()


def test_no_two_rows_have_one_name() -> None:
    walk = parse_page(written.wordpress()).walk
    view = view_page(walk, read_names(walk), None, None)
    nothing = np.zeros(len(view.reading), np.float32)
    names = names_of([*view.first(load_weights("page").tables), *view.second(nothing, nothing)])
    assert len(names) == len(set(names))
