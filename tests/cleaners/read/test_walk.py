import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaners.read.walk import MAX_BLOCKS, MAX_DEPTH, Walk, walk_page


def walk(html: str) -> Walk:
    return walk_page(LexborHTMLParser(html))


def texts(html: str) -> list[str]:
    return walk(html).texts


def owners(html: str) -> list[str]:
    walked = walk(html)
    return [walked.tags[owner] for owner in walked.owners]


def test_each_paragraph_is_a_block() -> None:
    assert texts("<p>It rained.</p><p>Nobody was hurt.</p>") == ["It rained.", "Nobody was hurt."]


def test_what_stands_in_a_line_does_not_end_it() -> None:
    html = "<p>It <b>ra</b>ined in <a href=/k>Kyiv</a>, <em>she</em> <span>said<sup>1</sup></span>.</p>"
    assert texts(html) == ["It rained in Kyiv, she said1."]


def test_line_breaks_part_paragraphs() -> None:
    walked = walk("<div>It rained.<br>Nobody was hurt.<br/><br><b>More</b> rain is expected.</div>")
    assert walked.texts == ["It rained.", "Nobody was hurt.", "More rain is expected."]
    assert walked.breaks == [0, 1, 1]


def test_blank_lines_part_what_a_typewriter_wrote() -> None:
    walked = walk(
        "<pre>\nBC-RAIN\n \n  It rained in\nKyiv <b>all</b> night.\n\n\nNobody was\nhurt.\n</pre><p>End.</p>"
    )
    assert walked.texts == ["BC-RAIN", "It rained in Kyiv all night.", "Nobody was hurt.", "End."]
    assert walked.breaks == [0, 1, 1, 0]
    assert texts("<pre class=python>rain = 1\n\nsun = 2</pre>") == ["rain = 1 sun = 2"]


def test_divs_do_what_paragraphs_do() -> None:
    assert texts("<div><div>It rained.</div><div><div>Nobody was hurt.</div></div></div>") == [
        "It rained.",
        "Nobody was hurt.",
    ]


def test_text_around_an_inner_element_is_two_blocks() -> None:
    html = "<div>It rained.<p>Nobody was hurt.</p>More rain is expected.</div>"
    assert texts(html) == ["It rained.", "Nobody was hurt.", "More rain is expected."]
    assert owners(html) == ["div", "p", "div"]


def test_space_between_words_is_one_space() -> None:
    assert texts("<p>  It\n\t rained\xa0in <b> Kyiv </b>.</p>") == ["It rained in Kyiv ."]


def test_cells_items_and_quotes_are_blocks() -> None:
    assert owners(
        "<table><tr><td>It</td><th>rained</th></tr></table><ul><li>in</li></ul><blockquote>Kyiv</blockquote>"
        "<dl><dt>on</dt><dd>Thursday</dd></dl>"
    ) == ["td", "th", "li", "blockquote", "dt", "dd"]


def test_rows_of_short_cells_are_blocks() -> None:
    walked = walk(
        "<p>Below.</p><table><tr><th>Town<th>Rain</tr><tr><td><p>Kyiv</p><td><a href=/o>12 mm</a></tr></table><img>"
    )
    assert walked.texts == ["Below.", "Town Rain", "Kyiv 12 mm"]
    assert walked.link_chars == [0, 0, 5]
    assert [walked.tags[owner] for owner in walked.owners] == ["p", "th", "p"]
    assert [before for before, _ in walked.pictures] == [3]
    table = walked.tags.index("table")
    assert (walked.starts[table], walked.ends[table]) == (1, 3)


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><td>Menu<td>It rained.</tr>",
        "<tr><td>Home<br>Sport<td>It rained.</tr><tr><td>Home<br>Sport<td>It rained.</tr>",
        f"<tr><td>Menu<td>{'It rained. ' * 30}</tr><tr><td>Menu<td>{'It rained. ' * 30}</tr>",
        "<tr><td>Menu<td><p>It<p>rained.</tr><tr><td>Menu<td><p>It<p>rained.</tr>",
    ],
)
def test_rows_that_lay_out_a_page_are_not(rows: str) -> None:
    assert len(texts(f"<table>{rows}</table>")) > rows.count("<tr>")


def test_of_ruby_the_word_stays_and_its_reading_goes() -> None:
    html = (
        "<p><ruby>雨<rp>(</rp><rt>あめ</rt><rp>)</rp></ruby>の<ruby><rb>港<rb>町<rt>みなと<rt>まち"
        "<rtc><rt>port</rtc></ruby>。</p>"
    )
    assert texts(html) == ["雨の港町。"]


def test_an_anchor_that_is_never_closed_makes_no_link_of_the_page() -> None:
    walked = walk("<div><a name=top><p>It rained.</p><p>Nobody was <a href=/h>hurt</a>.</p></div>")
    assert walked.link_chars == [0, 4]
    assert walked.link_counts == [0, 1]


def test_what_browsers_without_frames_are_shown_is_no_markup_to_print() -> None:
    assert texts("<frameset><frame src=a><noframes><p>It rained.</p></noframes></frameset>") == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>var rain = 1;</script>",
        "<style>p { color: red }</style>",
        "<template><p>Rain</p></template>",
        "<noscript><img src=x>Rain</noscript>",
        "<svg><title>Rain</title><text>Rain</text></svg>",
        "<iframe>Rain</iframe>",
        "<textarea>Rain</textarea>",
        "<select><option>Rain</option></select>",
        "<!-- Rain -->",
        "<object>Rain</object>",
    ],
)
def test_what_is_no_text_of_the_page_makes_no_block(markup: str) -> None:
    assert texts(f"<p>It rained.</p>{markup}<p>Nobody was hurt.</p>") == ["It rained.", "Nobody was hurt."]


def test_what_is_no_text_does_not_end_a_line() -> None:
    assert texts("<p>It <!-- x -->rai<script>1</script>ned.</p>") == ["It rained."]


def test_hidden_elements_are_read_because_pages_hide_articles_too() -> None:
    walked = walk("<div hidden><p>It rained.</p></div><div aria-hidden=true>Rain</div>")
    assert walked.texts == ["It rained.", "Rain"]
    assert any("hidden" in attributes for attributes in walked.attributes)


def test_links_and_bold_print_are_measured() -> None:
    walked = walk("<p><a href=/>Rain</a> in <strong>Kyiv</strong></p><p>None</p><p><a>x</a><a>y</a></p>")
    assert walked.link_chars == [4, 0, 2]
    assert walked.link_counts == [1, 0, 2]
    assert walked.bold_chars == [4, 0, 0]


def test_elements_know_their_blocks_and_parents() -> None:
    walked = walk(
        "<div><h1>Rain</h1><section><p>It rained.</p><p>Nobody was hurt.</p></section></div><p>End</p>"
    )
    spans = {
        (walked.tags[n], walked.texts[walked.starts[n]] if walked.starts[n] < len(walked.texts) else ""): (
            walked.starts[n],
            walked.ends[n],
        )
        for n in range(len(walked.tags))
    }
    assert spans[("div", "Rain")] == (0, 3)
    assert spans[("section", "It rained.")] == (1, 3)
    assert spans[("body", "Rain")] == (0, 4)
    assert walked.parents[0] == -1
    assert all(parent < number for number, parent in enumerate(walked.parents))


def test_photos_are_kept_with_the_number_of_blocks_before_them() -> None:
    walked = walk(
        "<p>It rained.</p><img src=/a.jpg><p>Nobody <img src=/b.jpg> was hurt.</p><amp-img src=/c.jpg></amp-img>"
    )
    assert [before for before, _ in walked.pictures] == [1, 2, 2]


def test_figures_are_kept_with_the_images_in_them() -> None:
    pictures = walk(
        "<p>It rained.</p><figure><img src=/a.jpg><figcaption>Kyiv</figcaption></figure>"
    ).pictures
    assert [(before, node.tag) for before, node in pictures] == [(1, "figure"), (1, "img")]


def test_what_is_no_text_is_taken_out_of_the_tree() -> None:
    tree = LexborHTMLParser(
        "<p>It <svg><text>x</text></svg>rained.</p><script>1</script><noscript><img></noscript>"
    )
    walk_page(tree)
    assert tree.css("script,svg,noscript,img") == []
    assert tree.body is not None
    assert tree.body.text() == "It rained."


def test_elements_with_names_of_their_own_are_blocks_on_every_page() -> None:
    for name in ("x-one", "x-two"):
        assert walk(f"<{name}>It rained.</{name}>").tags == ["body", name]


def test_paths_name_the_tags_and_first_classes() -> None:
    walked = walk("<div class='story wide'><p>It rained.</p><ul><li class=x>Rain</ul></div><p>End")
    assert list(map(walked.path, walked.owners)) == ["body/div.story/p", "body/div.story/ul/li.x", "body/p"]


def test_the_depth_of_an_element_is_bounded() -> None:
    assert max(walk("<div>" * 700 + "It rained.").depths) == MAX_DEPTH


def test_an_empty_page_has_no_blocks() -> None:
    assert texts("") == texts("<html><body> \n </body></html>") == []


def test_no_more_blocks_are_read_than_an_article_can_have() -> None:
    assert len(texts("<p>a" * (MAX_BLOCKS + 10))) == MAX_BLOCKS


def test_deep_elements_are_read() -> None:
    assert texts("<div>" * 700 + "It rained." + "</div>" * 700 + "<p>Nobody was hurt.</p>") == [
        "It rained.",
        "Nobody was hurt.",
    ]


@given(st.text(alphabet="<>/abdip \"'=r\n", max_size=200))
def test_every_list_has_an_entry_for_each_block_or_element(html: str) -> None:
    walked = walk(html)
    blocks = {
        len(part)
        for part in (walked.texts, walked.owners, walked.link_chars, walked.bold_chars, walked.breaks)
    }
    elements = {
        len(part) for part in (walked.tags, walked.attributes, walked.parents, walked.starts, walked.ends)
    }
    assert len(blocks) == len(elements) == 1
    assert all(
        0 <= start <= end <= len(walked.texts) for start, end in zip(walked.starts, walked.ends, strict=True)
    )
    assert all(text == " ".join(text.split()) and text for text in walked.texts)
