from datetime import UTC, date, datetime, timedelta, timezone

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners import Article, Heading, Options, Paragraph, Photo, Removed, Rights, clean_html, clean_text
from cleaners.blocks import Document
from cleaners.read.html import read_html
from pipelines import ARTICLE_SCHEMA, clean_batch, read_articles, result_schema
from pipelines.schema import article_columns
from tests.pipelines.pages import page, table


def test_a_row_has_the_article_that_the_plain_call_gives() -> None:
    pages = table(6)
    plain = [clean_html(row["html"], url=row["url"]) for row in pages.to_pylist()]
    assert list(read_articles(clean_batch(pages))) == plain


def test_texts_are_cleaned_as_texts() -> None:
    text = "It rained in Kyiv on Thursday.\nAdvertisement"
    made = clean_batch(pa.table({"story": [text, text.encode()]}), text="story")
    assert list(read_articles(made)) == [clean_text(text)] * 2


def test_other_columns_are_carried_along_and_the_pages_are_not() -> None:
    made = clean_batch(table(2))
    assert made.column("id").to_pylist() == [0, 1]
    assert "html" not in made.column_names


def test_a_column_that_the_article_has_itself_gets_another_name() -> None:
    made = clean_batch(table(1).append_column("title", pa.array(["Their title"])))
    assert made.select(["input_title", "title", "input_url"]).to_pylist() == [
        {"input_title": "Their title", "title": "Rain 0", "input_url": "https://news.example.org/0"}
    ]


@pytest.mark.parametrize(
    "pages",
    [
        table(0),
        table(3),
        pa.table({"html": pa.nulls(2, pa.string())}),
        pa.table({"html": pa.nulls(2)}),
        pa.table({"html": pa.array([b"", b"\xff\xfe\x00", b"%PDF-1.7"], pa.large_binary())}),
    ],
    ids=["none", "pages", "nulls", "untyped nulls", "bytes that are no pages"],
)
def test_the_schema_is_the_same_for_every_batch(pages: pa.Table) -> None:
    made = clean_batch(pages)
    assert made.schema.equals(result_schema(pages.schema), check_metadata=True)
    assert made.schema.field("published").type == pa.timestamp("us", tz="UTC")
    assert [field for field in made.schema if field.name in ARTICLE_SCHEMA.names] == list(ARTICLE_SCHEMA)


def test_a_bad_row_is_a_row_with_its_error() -> None:
    rows = [None, b"", b"%PDF-1.7 binary", page(1).encode(), "<p>Advertisement</p>"]
    made = clean_batch(pa.table({"html": pa.array([r.encode() if isinstance(r, str) else r for r in rows])}))
    errors = made.column("error").to_pylist()
    assert [error and error.split(":")[0] for error in errors] == [
        "empty-input", "empty-input", "not-text", None, "no-article",
    ]  # fmt: skip
    assert made.column("text").to_pylist()[:3] == [None] * 3


def test_what_nobody_thought_of_is_an_error_of_its_row_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(source: str, options: Options) -> Document:
        if "Rain 1<" in source:
            raise RecursionError("too deep")
        return read_html(source, options)

    monkeypatch.setattr("pipelines.source.read_html", fail)
    assert clean_batch(table(3)).column("error").to_pylist() == [None, "RecursionError: too deep", None]


def test_a_wrong_call_is_an_error_of_the_call() -> None:
    with pytest.raises(ValueError, match="there is no column 'page'; there are 'url', 'html', 'id'"):
        clean_batch(table(1), html="page")
    with pytest.raises(ValueError, match="say html or text"):
        clean_batch(table(1), html="html", text="html")


def test_options_hold_for_every_row() -> None:
    made = clean_batch(
        pa.table({"text": ["It rained in Kyiv.\nAdvertisement"]}), options=Options(keep=["ad"])
    )
    assert made.column("text").to_pylist() == ["It rained in Kyiv.\nAdvertisement"]


def test_chunks_and_batches_and_views_are_all_read() -> None:
    pages = table(4)
    chunked = pa.concat_tables([pages.slice(0, 1), pages.slice(1)])
    assert clean_batch(chunked).equals(clean_batch(pages))
    assert clean_batch(pages.to_batches()[0]).equals(clean_batch(pages))
    viewed = pages.set_column(1, "html", pages.column("html").cast(pa.string_view()))
    assert clean_batch(viewed).column("text").equals(clean_batch(pages).column("text"))


moments = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(),
    st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))])
    ),
)
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(
    st.builds(
        Article,
        title=st.none() | words,
        authors=st.lists(words, max_size=2).map(tuple),
        published=moments,
        modified=moments,
        body=st.lists(words.map(Paragraph) | st.builds(Heading, words, st.integers(2, 6)), max_size=3).map(
            tuple
        ),
        photos=st.lists(st.builds(Photo, caption=words, printed=st.just(("x",))), max_size=2).map(tuple),
        rights=st.none() | st.builds(Rights, words, st.none() | words, st.none() | st.integers(1900, 2100)),
        removed=st.lists(st.builds(Removed, words, words, words, st.integers(1, 9)), max_size=2).map(tuple),
    )
)
def test_every_article_comes_back_as_it_was(article: Article) -> None:
    columns = article_columns([article, None])
    assert list(read_articles(pa.Table.from_arrays(columns, schema=ARTICLE_SCHEMA))) == [article, None]


def test_a_date_is_a_moment_in_utc_and_keeps_its_words() -> None:
    row = clean_batch(table(1)).to_pylist()[0]
    assert row["published"] == datetime(2024, 10, 1, 4, 30, tzinfo=UTC)
    assert row["published_iso"] == "2024-10-01T06:30:00+02:00"
    made = pa.Table.from_arrays(
        article_columns([Article(published=date(2024, 10, 24))]), schema=ARTICLE_SCHEMA
    )
    assert made.column("published_iso").to_pylist() == ["2024-10-24"]
