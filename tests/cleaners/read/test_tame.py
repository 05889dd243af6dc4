from collections.abc import Callable
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaners.read.tame import MAX_DEPTH, tame
from tests.cleaners import written


def tamed(html: str) -> str:
    return tame(html.encode()).decode()


@pytest.mark.parametrize("template", written.TEMPLATES.values(), ids=written.TEMPLATES)
def test_ordinary_pages_are_left_as_they_are(template: Callable[..., str]) -> None:
    html = template("").encode()
    assert tame(html) is html


def test_long_pages_that_are_not_deep_are_left_as_they_are() -> None:
    html = "<div class='a'><p>It <b>rained</b>.<br>Nobody was hurt.<img src=x></div>\n" * 5_000
    assert tamed(html) == html


@pytest.mark.parametrize("tag", ["div", "table", "x-y", "svg", "DIV", "section class=a"])
def test_elements_beyond_the_depth_are_flattened_and_their_text_stays(tag: str) -> None:
    name = tag.split()[0]
    html = f"<{tag}>" * 20_000 + "It rained." + f"</{name}>" * 20_000 + "<p>Nobody was hurt.</p>"
    told = tamed(html)
    assert told.count(f"<{tag}>") == told.count(f"</{name}>") == MAX_DEPTH
    assert "It rained." in told
    assert told.endswith("<p>Nobody was hurt.</p>")


@pytest.mark.parametrize("tag", ["b", "font color={}", "nobr id={}", "STRONG class={}"])
def test_formatting_that_is_never_closed_is_not_opened_again_in_every_paragraph(tag: str) -> None:
    html = "".join(f"<p><{tag.format(n)}>It rained." for n in range(4_000))
    elements = LexborHTMLParser(tamed(html)).css("*")
    assert len(elements) < 100_000
    assert tamed(html).count("It rained.") == 4_000


def test_a_page_of_nothing_but_tags_is_cut_off() -> None:
    assert len(tamed("<p>" * 1_000_000)) < 1_000_000


def test_a_list_of_thousands_of_options_is_parsed_at_once() -> None:
    start = process_time()
    LexborHTMLParser(tamed("<select>" + "<option>Rain" * 50_000))
    assert process_time() - start < 2


def test_items_and_paragraphs_that_are_never_closed_are_not_deep() -> None:
    html = "<ul>" + "<li>It rained.<p>Nobody was hurt." * 6_000
    assert tamed(html) == html


def test_scripts_and_comments_are_no_markup() -> None:
    html = "<script>'" + "<div>" * 20_000 + "'</script><!-- " + "<div>" * 20_000 + " --><p>It rained.</p>"
    assert tamed(html) == html


@pytest.mark.parametrize("attribute", ["a{}=1", "a{}", "a{}='x y'"])
def test_a_tag_with_thousands_of_attributes_loses_them(attribute: str) -> None:
    html = "<div " + " ".join(attribute.format(n) for n in range(30_000)) + "><p>It rained.</p></div>"
    assert tamed(html) == "<div><p>It rained.</p></div>"


def test_a_long_attribute_stays() -> None:
    html = "<div data-state='" + '{"rain": 1, "kyiv": 2}' * 5_000 + "'><p>It rained.</p></div>"
    assert tamed(html) == html


@pytest.mark.parametrize(
    "part",
    [
        "<",
        "<a '",
        '<a b="',
        "<!--",
        "<!-",
        "<div",
        "</",
        "<script>",
        "<script",
        "<div a='>",
        "<![CDATA[",
        "<p a=\"'",
    ],
)
def test_what_is_never_closed_takes_no_longer_the_more_there_is_of_it(part: str) -> None:
    def seconds(times: int) -> float:
        html = part.encode() * times
        start = process_time()
        tame(html)
        return process_time() - start

    assert seconds(200_000) < 16 * min(seconds(25_000) for _ in range(3)) + 0.1


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<b>", "</b>", "<p>", "It rained. ", "<br>", "'", '"', "<i a='>'>"]
        )
    )
)
def test_no_text_is_lost(parts: list[str]) -> None:
    html = "<div>" * 12_000 + "".join(parts)
    words = LexborHTMLParser("".join(parts)).root
    told = LexborHTMLParser(tamed(html)).root
    assert words is not None
    assert told is not None
    assert told.text().count("rained") == words.text().count("rained")
