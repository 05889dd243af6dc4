"""From a page to its article, on pages written for the tests."""

from collections import Counter
from datetime import datetime

import pytest

from cleaners import Article, Heading, Paragraph, clean_html
from cleaners.read.html import parse_page, read_html
from cleaners.read.walk import walk_page
from tests.cleaners import written
from tests.cleaners.written import CAPTION, CREDIT, JSON_LD, STORY, TITLE

URL = "https://example.org/world/floods"
HEAD = f'<script type="application/ld+json">{JSON_LD}</script>'
each_template = pytest.mark.parametrize("template", sorted(written.TEMPLATES))


def removed(article: Article) -> list[str]:
    return [line.text for line in article.removed]


def story_with(inner: str) -> str:
    """A page with markup in the middle of its story."""
    return written.wordpress(written.paragraphs(STORY[:4]) + inner + written.paragraphs(STORY[4:]))


@each_template
def test_the_story_is_the_body_and_nothing_else_is(template: str) -> None:
    assert clean_html(written.TEMPLATES[template](), url=URL).text.split("\n") == list(STORY)


@each_template
def test_nothing_is_lost(template: str) -> None:
    html = written.TEMPLATES[template](HEAD)
    blocks = Counter(block.text for block in read_html(html).blocks)
    article = clean_html(html)
    found = Counter(part.text for part in article.body)
    found += Counter(line.text for line in article.fields)
    found += Counter(line.text for line in article.removed)
    found += Counter(line for photo in article.photos for line in photo.printed)
    assert found == blocks


@each_template
def test_the_same_page_gives_the_same_article(template: str) -> None:
    html = written.TEMPLATES[template](HEAD)
    assert clean_html(html, url=URL) == clean_html(html.encode(), url=URL) == clean_html(html, url=URL)


@each_template
def test_the_article_survives_json(template: str) -> None:
    article = clean_html(written.TEMPLATES[template](HEAD), url=URL)
    assert Article.from_dict(article.to_dict()) == article


def test_every_line_that_goes_says_why() -> None:
    article = clean_html(written.wordpress())
    why = {line.text: (line.label, line.rule) for line in article.removed}
    assert why["Post navigation"][0] == "navigation"
    assert why["Recent posts"][0] != "body"
    assert all(rule and "." in rule for _, rule in why.values())
    assert [line.line for line in article.removed] == sorted(line.line for line in article.removed)


def test_what_the_page_says_of_itself_is_in_the_article() -> None:
    article = clean_html(
        written.wordpress(head=HEAD + f'<link rel="canonical" href="{URL}">'), url=URL + "?utm_source=x"
    )
    assert article.title == TITLE
    assert article.authors == ("Olena Bird",)
    assert article.published == datetime.fromisoformat("2024-10-24T12:30:00+02:00")
    assert article.modified == datetime.fromisoformat("2024-10-24T18:00:00+02:00")
    assert article.section == "World"
    assert article.keywords == ("floods", "weather")
    assert article.site_name == "Example Press"
    assert article.language == "en"
    assert article.url == URL
    assert article.paywalled is False


def test_what_the_page_shows_is_enough() -> None:
    article = clean_html(written.wordpress(), url=URL)
    assert article.title == TITLE
    assert article.authors == ("Olena Bird",)
    assert str(article.published).startswith("2024-10-24")
    assert article.agency == "AFP"
    assert article.dateline is not None
    assert article.dateline.startswith("HARBOUR TOWN (AFP)")


def test_the_rights_line_is_a_field() -> None:
    article = clean_html(written.wordpress())
    assert article.rights is not None
    assert (article.rights.holder, article.rights.year) == ("Example Press", 2024)


def test_a_photo_has_its_caption_credit_address_and_place() -> None:
    article = clean_html(story_with(written.figure()), url=URL)
    [photo] = article.photos
    assert photo.caption is not None
    assert photo.caption.rstrip(".") == CAPTION
    assert photo.credit == CREDIT
    assert (photo.photographer, photo.agency) == ("Olena Bird", "AFP")
    assert photo.url == "https://example.org/photos/flood.jpg"
    assert photo.position == 4
    assert CAPTION not in article.text
    assert CREDIT not in article.text


def test_photos_are_in_the_order_of_the_page() -> None:
    html = written.wordpress(
        written.figure("1.jpg", "Waves at the pier")
        + written.paragraphs(STORY[:4])
        + written.figure("2.jpg", "A street in the old town")
        + written.paragraphs(STORY[4:])
    )
    assert [(photo.position, (photo.caption or "").rstrip(".")) for photo in clean_html(html).photos] == [
        (0, "Waves at the pier"),
        (4, "A street in the old town"),
    ]


def test_the_photos_of_other_stories_are_not_the_article_s() -> None:
    teasers = "".join(
        f'<li><a href="/n/{n}"><img src="/t/{n}.jpg"><h3>Other story number {n} of the day</h3></a></li>'
        for n in range(5)
    )
    html = written.wordpress().replace(
        "</main>", f'<section class="related-posts"><ul>{teasers}</ul></section></main>'
    )
    assert clean_html(html).photos == ()


def test_crossheads_keep_their_level() -> None:
    article = clean_html(story_with("<h2>Dams full to the brim</h2>"))
    assert Heading("Dams full to the brim", 2) in article.body
    article = clean_html(story_with("<h3>Dams full to the brim</h3>"))
    assert Heading("Dams full to the brim", 3) in article.body


def test_lists_and_quotes_within_the_story_are_of_the_body() -> None:
    article = clean_html(
        story_with(
            "<ul><li>Around 2,300 people left their homes in twelve villages.</li><li>Two schools and a sports hall "
            "took them in for the night.</li></ul><blockquote><p>“We have never seen so much water in October,” the "
            "mayor wrote in a message.</p></blockquote>"
        )
    )
    for text in (
        "Around 2,300 people left their homes in twelve villages.",
        "Two schools",
        "We have never seen",
    ):
        assert text in article.text


def test_paragraphs_parted_by_line_breaks_are_paragraphs() -> None:
    article = clean_html(written.wordpress("<br><br>".join(STORY)))
    assert article.body == tuple(map(Paragraph, STORY))


def test_paragraphs_may_be_nested_divs() -> None:
    article = clean_html(
        written.wordpress("".join(f"<div><div><span>{line}</span></div></div>" for line in STORY))
    )
    assert article.text.split("\n") == list(STORY)


def test_advertisements_and_teasers_between_paragraphs_go() -> None:
    article = clean_html(
        story_with(
            '<div class="ad-slot"><p>Advertisement</p></div><div class="read-also"><p>Read also: <a href="/n/1">Other '
            "story number one</a></p></div>"
        )
    )
    assert article.text.split("\n") == list(STORY)


def test_an_article_that_only_json_ld_has_is_found() -> None:
    body = "\\n".join(line.replace('"', '\\"') for line in STORY)
    told = JSON_LD[:-1] + f',"articleBody":"{body}"}}'
    article = clean_html(
        written.page("<div id=root></div>", f'<script type="application/ld+json">{told}</script>'), url=URL
    )
    assert article.text.split("\n") == list(STORY)
    assert article.title == TITLE


def test_an_article_that_only_a_script_s_state_has_is_found() -> None:
    story = ",".join(f'{{"type":"p","text":"{line}"}}' for line in STORY)
    state = (
        f'<script>window.__STATE__ = {{"menu":[{{"t":"Home"}}],"article":{{"blocks":[{story}]}}}};</script>'
    )
    article = clean_html(written.page(f"<div id=root></div>{state}"), url=URL)
    assert article.text.split("\n") == list(STORY)


def test_a_page_that_prints_its_article_is_not_read_from_its_scripts() -> None:
    state = '<script>var x = {"body":"' + "Another text that nobody sees. " * 50 + '"}</script>'
    assert "nobody sees" not in clean_html(written.wordpress() + state).text


@pytest.mark.parametrize("attribute", ["hidden", 'aria-hidden="true"', 'style="display:none"'])
def test_hidden_furniture_is_not_of_the_body(attribute: str) -> None:
    hidden = f"<div {attribute}><p>Sign in to read on.</p><p>Your session has ended.</p></div>"
    assert "session has ended" not in clean_html(written.wordpress() + hidden).text


def test_labels_can_be_kept_and_dropped() -> None:
    html = story_with("<h2>Dams full to the brim</h2>" + written.figure())
    kept = clean_html(html, keep=["navigation"])
    assert "Post navigation" in kept.text
    assert "Post navigation" not in removed(kept)
    dropped = clean_html(html, drop=["heading"])
    assert "Dams full to the brim" not in dropped.text
    assert "Dams full to the brim" in removed(dropped)


def test_a_label_or_mode_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no label"):
        clean_html("<p>It rained.", keep=["rain"])
    with pytest.raises(ValueError, match="no mode"):
        clean_html("<p>It rained.", mode="hard")


@each_template
def test_careful_keeps_at_least_what_balanced_keeps_and_aggressive_at_most(template: str) -> None:
    html = written.TEMPLATES[template]()
    careful, balanced, aggressive = (
        {part.text for part in clean_html(html, mode=mode).body}
        for mode in ("careful", "balanced", "aggressive")
    )
    assert aggressive <= balanced <= careful
    assert STORY[1] in aggressive


def test_lines_that_the_site_repeats_are_not_of_the_body() -> None:
    line = "Our reporters are on the spot day and night"
    html = written.wordpress(written.paragraphs() + f"<p>{line}</p>")
    article = clean_html(html, repeated={line.casefold(): 40})
    assert line not in article.text
    assert line in removed(article)


def test_the_charset_of_the_http_header_is_heeded() -> None:
    html = written.wordpress().replace('<meta charset="utf-8">', "").replace("Lindqvist", "Lindström")
    assert (
        "Lindström"
        in clean_html(
            html.replace("“", '"').replace("”", '"').encode("latin-1", "replace"), charset="latin1"
        ).text
    )


def test_text_and_bytes_of_a_page_are_alike() -> None:
    html = written.wordpress()
    assert clean_html(html) == clean_html(html.encode()) == clean_html(b"\xef\xbb\xbf" + html.encode())
    assert clean_html(html.encode("utf-16")).text == clean_html(html).text


def test_a_page_in_another_script_is_read() -> None:
    story = [
        "首都の中心部で木曜日、大雨のため川があふれ、約二千人が避難した。けが人はいなかったと市が発表した。",
        "気象庁によると、二日間の雨量は十月としては観測史上最も多く、川の水位は一晩で四メートル上がった。",
        "市長は記者団に「これほどの雨は経験したことがない」と述べ、住民に落ち着いて行動するよう呼びかけた。",
        "鉄道は始発から運転を見合わせており、高速道路も一部で通行止めとなっている。",
    ]  # fmt: skip
    html = written.wordpress(written.paragraphs(story)).replace('lang="en"', 'lang="ja"')
    article = clean_html(html)
    assert article.text.split("\n") == story
    assert article.language == "ja"


def test_blocks_are_numbered_as_on_the_page() -> None:
    html = written.wordpress()
    article = clean_html(html)
    texts = parse_page(html).walk.texts
    assert all(texts[line.line - 1] == line.text for line in article.removed)
    assert all(texts[line.line - 1] == line.text for line in article.fields)
    assert walk_page(parse_page(html).tree).texts == texts


@pytest.mark.parametrize(
    ("page", "body"),
    [
        (
            "<article><h1>Rain</h1><p>It rained in Kyiv on Thursday, residents said.</p></article>",
            ["It rained in Kyiv on Thursday, residents said."],
        ),
        (
            "<nav><a href=/>Home</a> <a href=/w>World</a></nav><h1>Rain</h1><p>It rained in Kyiv.</p>"
            "<p>Officials warned of floods.</p><footer>© 2024 Example Press. All rights reserved.</footer>",
            ["It rained in Kyiv.", "Officials warned of floods."],
        ),
        ("<h1>雨</h1><p>首都で木曜日に雨が降った。</p><p>Advertisement</p>", ["首都で木曜日に雨が降った。"]),
        (
            "<p>One sentence of news, the minister said.</p>"
            "<div class=related><a href=/x>Storm closes nine schools.</a></div>",
            ["One sentence of news, the minister said."],
        ),
        (
            "<h1>Cabinet</h1><p>We use cookies to improve your experience on our site.</p>"
            "<p>The minister resigned on Friday.</p>",
            ["The minister resigned on Friday."],
        ),
    ],
)
def test_a_page_of_a_sentence_or_two_keeps_them(page: str, body: list[str]) -> None:
    assert clean_html(page).text.splitlines() == body
