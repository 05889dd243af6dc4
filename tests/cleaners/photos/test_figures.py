from time import perf_counter

import pytest

from cleaners.article import Photo
from cleaners.blocks import Figure, Label, Verdict
from cleaners.options import Options
from cleaners.photos.figures import claim_figures, find_figures
from cleaners.photos.images import read_srcset, stem
from cleaners.read.html import read_html

BODY, OTHER = Verdict(Label.BODY, "test"), Verdict(Label.BOILERPLATE, "test")
PROSE = (
    "<p>"
    + "The storm came at noon and took the roofs with it, as it had been said the day before. " * 3
    + "</p>"
)


def find(page: str, body: tuple[str, ...] = ("The storm came",)) -> list[Figure]:
    """Return the figures of a page whose body are the blocks that begin like this."""
    document = read_html(page, Options(url="https://example.org/world/storm"))
    return find_figures(document, [BODY if b.text.startswith(body) else OTHER for b in document.blocks])


def read(inner: str, head: str = "") -> tuple[Photo, ...]:
    page = f"{head}<body><article><h1>Storm hits coast</h1>{PROSE}{inner}{PROSE}</article></body>"
    return tuple(figure.photo for figure in find(page))


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/a.jpg><figcaption>Waves at the pier. (Photo: Jane Doe/AFP)</figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption>Waves at the pier. <span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure>",  # noqa: E501
        "<figure><img src=/a.jpg><figcaption>Waves at the pier.</figcaption><div>Photo: Jane Doe/AFP</div></figure>",
        "<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Waves at the pier. Photo: Jane Doe/AFP</p></div>",  # noqa: E501
        "<div><div><img src=/a.jpg alt='Waves at the pier.'></div><p>Waves at the pier.</p><p>Photo: Jane Doe/AFP</p></div>",  # noqa: E501
        "<div><img src=/a.jpg data-caption='Waves at the pier.' data-credit='Photo: Jane Doe/AFP'></div>",
        "<div><div><img src=/a.jpg><button>Enlarge</button><span>1/3</span></div><p class=caption>Waves at the pier.</p><p>Photo: Jane Doe/AFP</p></div>",  # noqa: E501
        "<div><a href=/a-large.jpg title=x><img src=/a.jpg><span class=caption>Waves at the pier.</span> <i class=credit>Photo: Jane Doe/AFP</i></a></div>",  # noqa: E501
        "<aside class='left image wide'><img src=/a.jpg><p class=caption>Waves at the pier. "
        "<i class=credits>Photo: Jane Doe/AFP</i></p></aside>",
        "<figure><img src=/a.jpg alt='Sea (Photo: Jane Doe/AFP)'><figcaption>Waves at the pier.</figcaption></figure>",
        "<figure><figure><img src=/a.jpg><figcaption>Waves at the pier. Photo: Jane Doe/AFP</figcaption></figure></figure>",  # noqa: E501
    ],
)
def test_a_photo_is_read_from_every_common_markup(markup: str) -> None:
    [photo] = read(markup)
    assert photo.caption == "Waves at the pier."
    assert photo.credit == "Jane Doe/AFP"
    assert (photo.photographer, photo.agency) == ("Jane Doe", "AFP")
    assert photo.url == "https://example.org/a.jpg"


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/logo.png></figure>",
        "<a href=/other><img src=/t.jpg alt='Another story of the day'><p>Another story of the day</p></a>",
        "<aside><figure><img src=/t.jpg><figcaption>Another story. (AFP)</figcaption></figure></aside>",
        "<div class=related><figure><img src=/t.jpg><figcaption>Another story. (AFP)</figcaption></figure></div>",
        "<div class=author-box><img src=/jane.jpg alt='Jane Doe'><p>Jane Doe</p></div>",
        "<figure><img src=/jane.jpg><figcaption>By Jane Doe, Editor</figcaption></figure>",
        "<figure><blockquote>We were not ready for it.</blockquote><figcaption>Jane Doe, fisher</figcaption></figure>",
        "<div><img src=/storm.jpg alt='Storm hits coast'><p>Storm hits coast</p></div>",
        "<div><img src=/jane.jpg><p class=copyright>Jane Doe joined the paper in 2017. She has been reporting on storms and the sea ever since.</p></div>",  # noqa: E501
        "<p>The minister said so. <img src=/pixel.gif></p>",
        "<ul><li><img src=/f.svg alt=Facebook> Facebook</li></ul>",
    ],
)
def test_teasers_logos_and_portraits_are_no_photos(markup: str) -> None:
    assert read(markup) == ()


def test_photos_below_the_body_are_not_the_articles() -> None:
    page = f"<body><main><div><h1>Storm</h1>{PROSE * 3}</div><div><p>More</p><p>News</p><p>Here</p><p>Now</p>"
    page += "<figure><img src=/t.jpg><figcaption>Another story altogether. (AFP)</figcaption></figure></div></main></body>"  # noqa: E501
    assert find(page) == []


def test_the_same_photo_for_two_screens_is_one() -> None:
    markup = "<figure><img src=/a-{}.jpg><figcaption>Waves break over the old pier of the town on Sunday.</figcaption></figure>"  # noqa: E501
    assert len(read(markup.format("320x200") + markup.format("960x600"))) == 1


def test_the_largest_version_is_taken() -> None:
    [photo] = read(
        "<figure><picture><source srcset='/b-640.jpg 640w, /b-1920.jpg 1920w'><img src=/b.jpg width=300></picture>"
        "<figcaption>Waves at the pier on Sunday.</figcaption></figure>"
    )
    assert (photo.url, photo.width) == ("https://example.org/b-1920.jpg", 1920)


def test_a_credited_lead_photo_of_json_ld_comes_first() -> None:
    image = '{"url": "/lead.jpg", "caption": "Waves at the pier. (Photo: Jane Doe/AFP)", "width": 900}'
    head = f'<script type="application/ld+json">{{"@type": "Article", "image": {image}}}</script>'
    [photo] = read("", head)
    assert (photo.caption, photo.photographer, photo.width) == ("Waves at the pier.", "Jane Doe", 900)


def test_buttons_and_counters_are_no_part_of_a_caption() -> None:
    [photo] = read(
        "<figure><img src=/a.jpg><span>1/5</span><figcaption>Waves at the pier. <span>Enlarge</span></figcaption></figure>"  # noqa: E501
    )
    assert photo.caption == "Waves at the pier."


def test_addresses_of_images() -> None:
    assert read_srcset("/a.jpg 1x, /b.jpg 2x") == [(1000.0, "/a.jpg"), (2000.0, "/b.jpg")]
    assert read_srcset("data:image/gif;base64,AAAA 1x") == []
    assert stem("https://example.org/img/storm-1024x768.jpg?w=400") == stem(
        "https://example.org/img/storm.jpg"
    )


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<figure>" * 3_000,
        "<figure><img srcset=', , ,'><figcaption></figcaption></figure>",
        "<img>" * 2_000,
    ],
)
def test_odd_pages_never_raise(page: str) -> None:
    assert find(page) == []


def test_a_photo_knows_before_which_block_it_stands_and_which_it_was_made_from() -> None:
    figure = "<figure><img src=/{0}.jpg><figcaption>Waves of the {0} at the pier.</figcaption></figure>"
    page = (
        f"<body><h1>Storm</h1>{figure.format('morning')}<p>One.</p><p>Two.</p>{figure.format('evening')}<p>Three.</p>"
        + "<p>More news</p>" * 9
        + figure.format("night")
    )
    figures = find(page, ("One.", "Two.", "Three."))
    assert [(figure.photo.caption, figure.before, figure.blocks) for figure in figures] == [
        ("Waves of the morning at the pier.", 1, (1,)),
        ("Waves of the evening at the pier.", 4, (4,)),
    ]


def test_only_what_is_wholly_of_the_photo_is_claimed() -> None:
    lines = "<p>Waves at the old pier.</p><p>Photo: Jane Doe/AFP</p>"
    box = f"<div><img src=/a.jpg alt='Waves at the old pier.'>{lines}</div>"
    [figure] = find(f"<h1>Storm</h1>{PROSE}{box}{PROSE}")
    assert figure.blocks == (2, 3)
    inline = "<p>It rained. <span><img src=/a.jpg><i class=caption>Waves at the old pier.</i></span> It snowed.</p>"
    assert all(not figure.blocks for figure in find(f"<h1>Storm</h1>{PROSE}{inline}{PROSE}"))


def test_a_caption_for_another_screen_is_claimed_with_the_first() -> None:
    markup = "<figure><img src=/a-{}.jpg><figcaption>Waves break over the old pier of the town on Sunday.</figcaption></figure>"  # noqa: E501
    [figure] = find(f"<h1>Storm</h1>{PROSE}{markup.format('320x200')}{markup.format('960x600')}{PROSE}")
    assert figure.blocks == (2, 3)


def test_a_table_in_a_figure_is_no_caption() -> None:
    table = "<figure><table><tr><td>Filing status</td><td>Standard deduction</td></tr></table></figure>"
    assert read(table) == ()


def test_claimed_blocks_are_captions() -> None:
    page = f"<h1>Storm</h1>{PROSE}<figure><img src=/a.jpg><figcaption>Waves at the old pier.</figcaption></figure>"
    document = read_html(page)
    claimed = claim_figures(document, [OTHER, BODY, OTHER])
    assert [verdict.label for verdict in claimed] == [OTHER.label, Label.BODY, Label.CAPTION]
    assert [figure.blocks for figure in document.figures] == [(2,)]


def test_many_images_in_one_long_text_take_little_time() -> None:
    page = "<div>" + "<img src=/a.jpg>word " * 20_000 + "</div>"
    started = perf_counter()
    assert find(page) == []
    assert perf_counter() - started < 2


def test_a_width_of_nothing_makes_no_icon() -> None:
    [photo] = read("<div><img src=/a.jpg width=0><p>Photo: Jane Doe/AFP</p></div>")
    assert photo.photographer == "Jane Doe"
    assert read("<div><img src=/a.jpg width=16><p>Photo: Jane Doe/AFP</p></div>") == ()
