import pytest
from selectolax.lexbor import LexborHTMLParser

from cleaners.read.metadata import Metadata, read_metadata
from cleaners.read.titles import without_site


def read(html: str, url: str | None = "https://example.org/world/storm") -> Metadata:
    return read_metadata(LexborHTMLParser(html), url)


NEWS = """<html lang="en-GB"><head><title>Storm hits coast | Example News</title>
<link rel="canonical" href="/world/storm-hits-coast">
<meta property="og:site_name" content="Example News">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Storm hits coast", "datePublished": "2025-06-05T14:46:12+02:00",
"dateModified": "2025-06-06T08:00:00+02:00",
"author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "AFP"}],
"articleSection": "World",
"keywords": "storm, coast", "isAccessibleForFree": "False", "articleBody": "The storm came at noon.",
"image": {"@type": "ImageObject", "url": "/img/storm.jpg", "caption": "Waves",
"creditText": "Jane Doe/AFP", "width": 1200}}
</script></head><body><h1>Storm hits coast</h1></body></html>"""


def test_everything_is_read_from_json_ld() -> None:
    found = read(NEWS)
    assert found.title == "Storm hits coast"
    assert found.authors[0] == ("Jane Doe", "AFP")
    assert found.published == ("2025-06-05T14:46:12+02:00",)
    assert found.modified == ("2025-06-06T08:00:00+02:00",)
    assert (found.heading, found.newsroom, found.house) == ("Storm hits coast", True, True)
    assert found.section == "World"
    assert found.keywords == ("storm", "coast")
    assert found.language == "en-GB"
    assert found.url == "https://example.org/world/storm-hits-coast"
    assert found.site_name == "Example News"
    assert found.paywalled is True
    assert found.article_body == "The storm came at noon."
    image = found.image
    assert image is not None
    assert (image.url, image.caption, image.credit, image.width) == (
        "https://example.org/img/storm.jpg",
        "Waves",
        "Jane Doe/AFP",
        1200,
    )


def test_metas_speak_where_json_ld_is_silent() -> None:
    found = read(
        "<title>x</title><meta property='og:title' content='Storm hits coast'><meta name=author content='By Jane Doe'>"
        "<meta property='article:published_time' content='2025-06-05'><meta property='article:tag' content=storm>"
        "<meta property='article:section' content=World><meta property='og:locale' content='de_AT'>"
    )
    assert found.title == "Storm hits coast"
    assert ("By Jane Doe",) in found.authors
    assert found.published == ("2025-06-05",)
    assert (found.keywords, found.section, found.language) == (("storm",), "World", "de-AT")
    assert found.paywalled is None


def test_dublin_core_and_microdata_are_read() -> None:
    found = read(
        "<meta name='DC.creator' content='Jane Doe'><meta name='DC.date.issued' content='2025-06-05'>"
        "<h1 itemprop=headline>Storm hits coast</h1>"
    )
    assert found.title == "Storm hits coast"
    assert (("Jane Doe",) in found.authors, found.published) == (True, ("2025-06-05",))
    found = read(
        "<div itemscope><span itemprop=author><span itemprop=name>Jane Doe</span></span>"
        "<time itemprop=datePublished datetime='2025-06-05T10:00'>today</time></div>"
    )
    assert (found.authors[1], found.published) == (("Jane Doe",), ("2025-06-05T10:00", "today"))


def test_the_visible_headline_wins_over_one_made_for_search_engines() -> None:
    found = read(
        "<title>Best storms of 2025 - top storm list</title><meta property='og:title' content='Best storms of 2025 - top storm list'>"  # noqa: E501
        "<h1>The best storms of the year 2025</h1>"
    )
    assert found.title == "The best storms of the year 2025"


def test_a_heading_with_the_sites_name_is_no_title() -> None:
    found = read(
        "<title>Storm hits coast - Example News</title><meta property='og:site_name' content='Example News'><h1>Example News</h1>"  # noqa: E501
    )
    assert found.title == "Storm hits coast"


@pytest.mark.parametrize(
    ("title", "site", "clean"),
    [
        ("Storm hits coast | Example News", None, "Storm hits coast"),
        ("Storm hits coast - Example News", "Example News", "Storm hits coast"),
        ("Example News: Storm hits coast", "Example News", "Example News: Storm hits coast"),
        (
            "Example News | Storm hits the coast of Ruritania",
            "Example News",
            "Storm hits the coast of Ruritania",
        ),
        ("Iran - what next?", "Example News", "Iran - what next?"),
        ("Talks – and then?", None, "Talks – and then?"),
    ],
)
def test_only_the_sites_name_is_taken_off_a_title(title: str, site: str | None, clean: str) -> None:
    assert without_site(title, site) == clean


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html>",
        "<meta content>",
        "<script type='application/ld+json'>[[[</script>",
        '<script type=\'application/ld+json\'>{"@type": 5, "author": [null, 3, [[]]], "@id": {}}</script>',
        '<script type=\'application/ld+json\'>{"@type": "Article", "image": {"url": [1]}, "keywords": {"a": 1}}</script>',  # noqa: E501
        "<link rel=canonical href='http://[broken'><time datetime=''></time><h1></h1>",
        "<div>" * 5_000 + "<h1>x</h1>",
    ],
)
def test_odd_pages_never_raise(page: str) -> None:
    assert isinstance(read(page, "http://[broken"), Metadata)
