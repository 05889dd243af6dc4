"""The forms that other programs read: ninjs, schema.org, HTML, CSV, IPTC's fields, and the header of Markdown."""

import csv
import inspect
import io
import json
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import msgspec_schemaorg.models as vocabulary
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from cleaners import Article, Heading, Paragraph, Photo, Rights, clean_html, clean_text
from cleaners.article import FieldLine
from cleaners.formats import Cleaned
from cleaners.formats.csv import COLUMNS, FORMAT, write_csv
from cleaners.formats.html import html_body, write_html
from cleaners.formats.iptc import write_iptc
from cleaners.formats.markdown import write_markdown
from cleaners.formats.ninjs import ninjs, write_ninjs
from cleaners.formats.schemaorg import news_article, write_schemaorg
from cleaners.read.characters import valid_text
from cleaners.read.decode import decode_text

ROOT = Path(__file__).parents[2]
INPUTS = sorted((ROOT / "fixtures").glob("*/input.*"))
SCHEMA = json.loads((ROOT / "tests" / "data" / "ninjs-3.2.excerpt.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
STORY = Article(
    body=(Paragraph("It rained."), Heading("Sun", 3), Paragraph("It stopped.")),
    title='Rain & "sun"',
    authors=("Olena Bird", "Carl Dove"),
    published=datetime(2024, 10, 24, 9, 30, tzinfo=timezone(timedelta(hours=2))),
    agency="AFP",
    dateline="KYIV (AFP) —",
    language="en",
    keywords=("rain", "sun"),
    url="https://example.org/rain",
    site_name="Example Press",
    paywalled=False,
    photos=(
        Photo(
            "Rain in Kyiv",
            "AFP – Olena BIRD",
            "Olena Bird",
            "AFP",
            1,
            printed=("Rain in Kyiv © AFP – Olena BIRD",),
        ),
        Photo("Sun", None, position=3, url="https://example.org/sun.jpg", width=640),
    ),
    rights=Rights("© 2024 AFP", "AFP", 2024),
    fields=(
        FieldLine("© 2024 AFP", "rights", "rights.notice", 4),
        FieldLine("May not be republished.", "rights", "rights.terms", 5),
    ),
)


@cache
def fixture(path: Path) -> Article:
    data = path.read_bytes()
    return clean_html(data) if path.suffix == ".html" else clean_text(decode_text(data))


def test_the_excerpt_of_the_schema_is_itself_sound_and_refuses_what_is_no_ninjs() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    for wrong in (
        {},
        {"uri": "no address"},
        {"uri": "urn:a:b", "byline": "A"},
        {"uri": "urn:a:b", "versionCreated": "2024-10-24"},
    ):
        assert not VALIDATOR.is_valid(wrong), wrong


def test_ninjs_has_what_a_newsroom_needs_where_it_looks_for_it() -> None:
    told = ninjs(STORY)
    VALIDATOR.validate(told)
    assert told["uri"] == "https://example.org/rain"
    assert told["type"] == "composite"
    assert told["headlines"][0]["value"] == 'Rain & "sun"'
    assert told["by"] == "Olena Bird, Carl Dove"
    assert told["located"] == "KYIV"
    assert told["firstCreated"] == told["versionCreated"] == "2024-10-24T09:30:00+02:00"
    assert (told["copyrightHolder"], told["copyrightNotice"]) == ("AFP", "© 2024 AFP")
    assert told["usageTerms"] == "May not be republished."
    first, second = told["associations"]
    assert first["by"] == "Olena Bird"
    assert first["copyrightNotice"] == "© AFP – Olena BIRD"
    assert first["uri"] == "https://example.org/rain#photo-1"
    assert second["renditions"] == [{"name": "main", "href": "https://example.org/sun.jpg", "width": 640}]


@pytest.mark.parametrize("when", [date(2024, 10, 24), datetime(2024, 10, 24, 9, 30)])
def test_ninjs_makes_up_no_hour_and_no_zone(when: date) -> None:
    told = ninjs(STORY._replace(published=when))
    VALIDATOR.validate(told)
    assert "firstCreated" not in told
    assert told["descriptions"] == [{"role": "published", "value": when.isoformat()}]


def every_text(plain: Any) -> list[str]:
    if isinstance(plain, dict):
        return [text for value in plain.values() for text in every_text(value)]
    if isinstance(plain, list):
        return [text for value in plain for text in every_text(value)]
    return [plain] if isinstance(plain, str) else []


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_ninjs_of_every_fixture_is_valid_and_has_all_captions_credits_and_rights(path: Path) -> None:
    article = fixture(path)
    told = ninjs(article)
    VALIDATOR.validate(told)
    texts = every_text(told)
    lines = [line for photo in article.photos for line in (photo.caption, photo.credit) if line]
    assert [line for line in lines if line not in texts] == []
    rights = [line.text for line in article.fields if line.label == "rights"]
    assert [line for line in rights if not any(line in text for text in texts)] == []
    assert ninjs(article) == told


#: Texts as the reader gives them, addresses of every kind.
TEXTS = st.text(max_size=30).map(lambda text: " ".join(valid_text(text).split()))
ADDRESSES = (
    st.none() | TEXTS | TEXTS.map(lambda text: f"https://example.org/{text}") | TEXTS.map("http://{}".format)
)
PHOTOS = st.builds(
    Photo,
    caption=st.none() | TEXTS,
    credit=st.none() | TEXTS,
    photographer=st.none() | TEXTS,
    agency=st.none() | TEXTS,
    position=st.integers(0, 3),
    url=ADDRESSES,
    width=st.none() | st.integers(-5, 5000),
)
PARTS = st.builds(Paragraph, TEXTS) | st.builds(Heading, TEXTS, st.integers(2, 6))
ZONES = st.none() | st.integers(-720, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ARTICLES = st.builds(
    Article,
    title=st.none() | TEXTS,
    authors=st.lists(TEXTS, max_size=2).map(tuple),
    published=st.none() | st.dates() | st.datetimes(timezones=ZONES),
    language=st.none() | st.sampled_from(["en", "ar", "zh-Hant"]),
    section=st.none() | TEXTS,
    keywords=st.lists(TEXTS, max_size=2).map(tuple),
    url=ADDRESSES,
    dateline=st.none() | TEXTS,
    body=st.lists(PARTS, min_size=1, max_size=4).map(tuple),
    photos=st.lists(PHOTOS, max_size=3).map(tuple),
    rights=st.none() | st.builds(Rights, TEXTS, st.none() | TEXTS),
)  # fmt: skip


@given(ARTICLES)
def test_whatever_an_article_says_its_ninjs_is_valid(article: Article) -> None:
    VALIDATOR.validate(json.loads(write_ninjs(Cleaned(article))))


TAGS = {
    *("html", "head", "meta", "title", "body", "article", "header", "footer", "p", "span", "time", "small"),
    *("figure", "img", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"),
}


@given(ARTICLES)
def test_whatever_an_article_says_its_page_is_xml_that_says_it_too(article: Article) -> None:
    page = write_html(Cleaned(article))
    tree = etree.fromstring(page.encode())
    assert {str(element.tag) for element in tree.iter()} <= TAGS
    parts = tree.xpath(
        "//article/p | //article/h2 | //article/h3 | //article/h4 | //article/h5 | //article/h6"
    )
    assert [(part.text or "").split() for part in parts] == [part.text.split() for part in article.body]
    assert all(src.startswith(("http://", "https://")) for src in tree.xpath("//img/@src"))


def test_the_page_says_its_language_and_direction() -> None:
    assert '<article lang="ar" dir="rtl">' in write_html(Cleaned(STORY._replace(language="ar")))
    assert '<article lang="en">' in write_html(Cleaned(STORY))
    assert '<article dir="auto">' in write_html(Cleaned(STORY._replace(language=None)))


def test_the_page_has_figures_where_the_photos_stood() -> None:
    article = html.fromstring(write_html(Cleaned(STORY))).find(".//article")
    assert article is not None
    assert [child.tag for child in article] == ["header", "p", "figure", "h3", "p", "figure", "footer"]
    assert "<html" not in write_html(Cleaned(STORY, alone=False))
    assert "Olena BIRD" in html_body(STORY)


@given(ARTICLES)
def test_whatever_a_story_says_its_markdown_header_is_yaml_that_says_it_too(article: Article) -> None:
    told = write_markdown(Cleaned(article, with_metadata=True))
    _, header, _ = told.split("---\n", 2) if "\n---\n\n" in told else (None, told.split("---")[1], None)
    read = yaml.safe_load(header or "") or {}
    assert read.get("title") == article.title
    assert read.get("keywords", []) == list(article.keywords)


def test_markdown_has_a_header_only_where_it_is_asked_for() -> None:
    with_header = write_markdown(Cleaned(STORY, with_metadata=True))
    assert with_header.endswith(write_markdown(Cleaned(STORY)))
    assert with_header.startswith('---\ntitle: "Rain & \\"sun\\""\nauthors: ["Olena Bird", "Carl Dove"]\n')
    assert 'rights: "© 2024 AFP"\n---\n' in with_header


def known_properties(plain: dict[str, Any]) -> None:
    """Check each property of a schema.org value against the vocabulary: that its type has it, with such a value."""
    kind = getattr(vocabulary, plain["@type"])
    hints: dict[str, str] = {}
    for ancestor in reversed(kind.__mro__):
        hints |= inspect.get_annotations(ancestor)
    for name, value in plain.items():
        if name.startswith("@"):
            continue
        assert name in hints, f"{plain['@type']} has no {name}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                named = [base.__name__ for base in getattr(vocabulary, one["@type"]).__mro__]
                assert any(f"'{base}'" in hints[name] for base in named), (name, one["@type"])
                known_properties(one)
            else:
                kinds = {str: ("str", "date", "URL"), bool: ("bool",), int: ("int", "float")}[type(one)]
                assert any(kind in hints[name] for kind in kinds), (name, one)


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.parent.name)
def test_schemaorg_of_every_fixture_says_only_what_the_vocabulary_has(path: Path) -> None:
    known_properties(news_article(fixture(path)))


def test_schemaorg_has_every_field_of_an_article() -> None:
    told = news_article(STORY)
    known_properties(told)
    assert told["@context"] == "https://schema.org"
    assert told["sourceOrganization"]["name"] == "AFP"
    assert told["isAccessibleForFree"] is True
    assert told["copyrightYear"] == 2024
    assert [image["caption"] for image in told["image"]] == ["Rain in Kyiv", "Sun"]
    assert told["image"][1]["width"]["value"] == 640


def test_schemaorg_can_stand_in_a_script_of_a_page() -> None:
    hostile = STORY._replace(body=(Paragraph("</script><!--"),))
    assert "<" not in write_schemaorg(Cleaned(hostile))
    assert json.loads(write_schemaorg(Cleaned(hostile)))["articleBody"] == "</script><!--"


def test_csv_has_a_row_with_every_column_and_no_formula() -> None:
    written = FORMAT.first_line + write_csv(Cleaned(STORY._replace(title="=1+1"), source="rain.txt"))
    head, row = csv.reader(io.StringIO(written))
    told = dict(zip(head, row, strict=True))
    assert head == ["source", *COLUMNS]
    assert told["title"] == "'=1+1"
    assert told["text"] == "It rained.\nSun\nIt stopped."
    assert told["photos"] == "Rain in Kyiv (AFP – Olena BIRD); Sun"


def test_photos_as_fields_have_iptcs_names() -> None:
    first, second = json.loads(write_iptc(Cleaned(STORY)))["photos"]
    assert first == {
        "Number": 1,
        "Caption": "Rain in Kyiv",
        "Creator": ["Olena Bird"],
        "Credit Line": "AFP – Olena BIRD",
        "Copyright Notice": "© AFP – Olena BIRD",
        "Source": "AFP",
    }
    assert second == {"Number": 2, "Address": "https://example.org/sun.jpg", "Caption": "Sun"}
