import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.read.html import parse_page, read_html
from cleaners.read.names import read_names
from cleaners.scorer.block_words import read_blocks
from cleaners.scorer.page import load_weights
from cleaners.scorer.page_features import find_places, first_page_features, second_page_features
from cleaners.scorer.shape import Floats
from tests.cleaners.page import written


def features(html: str, title: str | None = None, article_body: str | None = None) -> tuple[Floats, Floats]:
    """The features of both passes."""
    walk = parse_page(html).walk
    names, weights = read_names(walk), load_weights()
    reading, places = read_blocks(walk.texts, title), find_places(walk, names)
    first = first_page_features(walk, reading, places, weights.tables, names, article_body)
    return first, second_page_features(reading, places, first, weights.first.margin(first))


def test_each_block_is_a_column_and_the_rows_are_those_that_the_weights_ask_for() -> None:
    first, second = features(written.wordpress())
    weights = load_weights()
    assert first.shape[1] == second.shape[1] == len(read_html(written.wordpress()).blocks)
    assert weights.first.features.max() < len(first)
    assert weights.second.features.max() < len(second)


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


@given(
    st.lists(
        st.sampled_from(
            ["<p>It rained.", "<div>", "</div>", "Rain", "<h1>Rain", "<a href=x>", "<li>", "<br>"]
        )
    )
)
def test_features_are_numbers_whatever_the_markup(parts: list[str]) -> None:
    html = "".join(parts) + "<p>End"
    for rows in features(html, title="Rain"):
        assert np.isfinite(rows).all()
