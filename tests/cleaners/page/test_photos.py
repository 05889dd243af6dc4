from time import perf_counter

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaners.article import Photo
from cleaners.page.captions import take_credit
from cleaners.page.images import read_srcset, stem
from cleaners.page.photos import read_photos
from cleaners.page.places import by_blocks
from cleaners.read.metadata import Image, Metadata
from cleaners.read.walk import walk_page

PROSE = (
    "<p>"
    + "The storm came at noon and took the roofs with it, as it had been said the day before. " * 3
    + "</p>"
)


def read(inner: str, *, metadata: Metadata | None = None) -> tuple[Photo, ...]:
    page = f"<body><article><h1>Storm hits coast</h1>{PROSE}{inner}{PROSE}</article></body>"
    return read_photos(LexborHTMLParser(page), metadata, "https://example.org/world/storm")


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/a.jpg><figcaption>Waves at the pier. (Photo: Jane Doe/AFP)</figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption>Waves at the pier. <span class=credit>Photo: Jane Doe/AFP</span></figcaption></figure>",  # noqa: E501
        "<figure><img src=/a.jpg><figcaption>Waves at the pier.</figcaption><div>Photo: Jane Doe/AFP</div></figure>",
        "<div class=wp-caption><img src=/a.jpg><p class=wp-caption-text>Waves at the pier. Photo: Jane Doe/AFP</p></div>",  # noqa: E501
        "<div><div><img src=/a.jpg alt='Waves at the pier.'></div><p>Waves at the pier.</p><p>Photo: Jane Doe/AFP</p></div>",  # noqa: E501
        "<div><img src=/a.jpg data-caption='Waves at the pier.' data-credit='Photo: Jane Doe/AFP'></div>",
        "<figure><figure><img src=/a.jpg><figcaption>Waves at the pier. Photo: Jane Doe/AFP</figcaption></figure></figure>",  # noqa: E501
    ],
)
def test_a_photo_is_read_from_every_common_markup(markup: str) -> None:
    [photo] = read(markup)
    assert photo.caption == "Waves at the pier."
    assert photo.credit is not None
    assert photo.credit.strip("()") == "Photo: Jane Doe/AFP"
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
        "<p>The minister said so. <img src=/pixel.gif></p>",
        "<ul><li><img src=/f.svg alt=Facebook> Facebook</li></ul>",
    ],
)
def test_teasers_logos_and_portraits_are_no_photos(markup: str) -> None:
    assert read(markup) == ()


def test_photos_below_the_body_are_not_the_articles() -> None:
    page = f"<body><main><div><h1>Storm</h1>{PROSE * 3}</div><div><p>More</p><p>News</p><p>Here</p><p>Now</p>"
    page += "<figure><img src=/t.jpg><figcaption>Another story altogether. (AFP)</figcaption></figure></div></main></body>"  # noqa: E501
    assert read_photos(LexborHTMLParser(page)) == ()


def test_the_same_photo_for_two_screens_is_one() -> None:
    figure = "<figure><img src=/a-{}.jpg><figcaption>Waves break over the old pier of the town on Sunday.</figcaption></figure>"  # noqa: E501
    assert len(read(figure.format("320x200") + figure.format("960x600"))) == 1


def test_the_largest_version_is_taken() -> None:
    [photo] = read(
        "<figure><picture><source srcset='/b-640.jpg 640w, /b-1920.jpg 1920w'><img src=/b.jpg width=300></picture>"
        "<figcaption>Waves at the pier on Sunday.</figcaption></figure>"
    )
    assert (photo.url, photo.width) == ("https://example.org/b-1920.jpg", 1920)


def test_place_decides_what_is_inside_and_where() -> None:
    page = "<figure id=a><figcaption>Waves at the pier.</figcaption></figure><figure id=b><figcaption>Out at sea.</figcaption></figure>"  # noqa: E501

    def place(node: LexborNode) -> int | None:
        return 3 if node.attributes.get("id") == "b" else None

    [photo] = read_photos(LexborHTMLParser(page), place=place)
    assert (photo.caption, photo.position) == ("Out at sea.", 3)


def test_a_credited_lead_photo_of_json_ld_comes_first() -> None:
    metadata = Metadata(
        images=(Image("https://example.org/lead.jpg", "Waves at the pier. (Photo: Jane Doe/AFP)", None, 900),)
    )
    [photo] = read("", metadata=metadata)
    assert (photo.caption, photo.photographer, photo.width) == ("Waves at the pier.", "Jane Doe", 900)


def test_buttons_and_counters_are_no_part_of_a_caption() -> None:
    [photo] = read(
        "<figure><img src=/a.jpg><span>1/5</span><figcaption>Waves at the pier. <span>Enlarge</span></figcaption></figure>"  # noqa: E501
    )
    assert photo.caption == "Waves at the pier."


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The family at home. Foto: Privat", "The family at home.", "Foto: Privat"),
        ("Minister Doe (left) with Ole Berg (right)", "Minister Doe (left) with Ole Berg (right)", ""),
        ("The source of the river lies in the hills.", "The source of the river lies in the hills.", ""),
        ("© Example Press", "", "© Example Press"),
    ],
)
def test_a_credit_is_taken_off_its_caption_and_nothing_else_is(line: str, caption: str, credit: str) -> None:
    assert take_credit(line)[:2] == (caption, credit)


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
    assert read_photos(LexborHTMLParser(page)) == ()


def test_places_among_judged_blocks() -> None:
    figure = "<figure><img src=/{0}.jpg><figcaption>Waves of the {0} at the pier.</figcaption></figure>"
    page = LexborHTMLParser(
        f"<body><h1>Storm</h1>{figure.format('morning')}<p>One.</p><p>Two.</p>{figure.format('evening')}<p>Three.</p>"
        + "<p>More news</p>" * 9
        + figure.format("night")
    )
    walk = walk_page(page)
    body = [number for number, text in enumerate(walk.texts) if text in ("One.", "Two.", "Three.")]
    photos = read_photos(page, place=by_blocks(walk, body, headline=0))
    assert [(photo.caption, photo.position) for photo in photos] == [
        ("Waves of the morning at the pier.", 0),
        ("Waves of the evening at the pier.", 2),
    ]


def test_many_images_in_one_long_text_take_little_time() -> None:
    page = LexborHTMLParser("<div>" + "<img src=/a.jpg>word " * 20_000 + "</div>")
    started = perf_counter()
    assert read_photos(page) == ()
    assert perf_counter() - started < 2
