import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaners
from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights

SCHEMA = json.loads((Path(cleaners.__file__).parent / "article.schema.json").read_text())
VALID = jsonschema.Draft202012Validator(SCHEMA)

words = st.text(min_size=1, max_size=20)
maybe = st.none() | words
lines = {"text": words, "label": words, "rule": words, "line": st.integers(1, 10**6)}
moments = st.none() | st.dates() | st.datetimes(timezones=st.none() | st.just(UTC))
articles = st.builds(
    Article,
    body=st.lists(st.builds(Paragraph, words) | st.builds(Heading, words, st.integers(2, 6))).map(tuple),
    title=maybe,
    authors=st.lists(words).map(tuple),
    published=moments,
    modified=moments,
    agency=maybe,
    dateline=maybe,
    language=st.sampled_from([None, "en", "fil", "zh-Hant"]),
    photos=st.lists(
        st.builds(
            Photo,
            caption=maybe,
            credit=maybe,
            photographer=maybe,
            agency=maybe,
            position=st.integers(0, 100),
            url=maybe,
            width=st.none() | st.integers(0, 9999),
            printed=st.lists(words).map(tuple),
        )
    ).map(tuple),
    rights=st.none() | st.builds(Rights, words, maybe, st.none() | st.integers(1900, 2100)),
    section=maybe,
    keywords=st.lists(words).map(tuple),
    url=maybe,
    site_name=maybe,
    paywalled=st.none() | st.booleans(),
    fields=st.lists(st.builds(FieldLine, **lines)).map(tuple),
    removed=st.lists(st.builds(Removed, **lines)).map(tuple),
)


@given(articles)
def test_every_article_comes_back_from_its_plain_form(article: Article) -> None:
    assert Article.from_dict(article.to_dict()) == article


@given(articles)
def test_every_article_comes_back_from_json_that_fits_the_schema(article: Article) -> None:
    plain = json.loads(json.dumps(article.to_dict()))
    VALID.validate(plain)
    assert Article.from_dict(plain) == article


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 2},
        {"body": [{"type": "table", "text": "x"}]},
        {"photos": [{}]},
        {"titel": "Rain"},
        {"published": "soon"},
    ],
)
def test_the_schema_refuses_what_is_not_an_article(wrong: dict[str, object]) -> None:
    assert not VALID.is_valid(Article().to_dict() | wrong)


def test_a_form_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="schema 99"):
        Article.from_dict(Article().to_dict() | {"schema": 99})


def test_a_date_stays_a_date_and_a_time_keeps_its_zone() -> None:
    article = Article(published=date(2024, 10, 24), modified=datetime(2024, 10, 24, 9, 30, tzinfo=UTC))
    plain = article.to_dict()
    assert plain["published"] == "2024-10-24"
    assert plain["modified"] == "2024-10-24T09:30:00+00:00"
    assert Article.from_dict(plain) == article


def test_an_article_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Article().title = "Rain"  # type: ignore[misc]


def test_the_text_has_a_line_for_each_paragraph_and_heading() -> None:
    assert Article(body=(Paragraph("It rained."), Heading("Sun"), Paragraph("It stopped."))).text == (
        "It rained.\nSun\nIt stopped."
    )


@pytest.mark.parametrize("plain", [None, "{}", [], 1, float("nan")])
def test_what_is_no_plain_form_is_said_to_be_none(plain: Any) -> None:
    with pytest.raises(TypeError, match="a mapping, as to_dict returns it"):
        Article.from_dict(plain)


def test_an_option_that_there_is_not_is_answered_with_the_likely_one() -> None:
    said: dict[str, Any] = {"languge": "en"}
    with pytest.raises(TypeError, match="no option is called languge; did you mean language"):
        cleaners.clean_text("Rain", **said)
