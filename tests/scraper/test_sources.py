"""sources.toml: what it may say, and how a mistake in it is named."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import SourcesError
from scraper.sources import Source, append_source, load_settings, load_sources, source_toml, starter_file


def written(folder: Path, text: str) -> Path:
    file = folder / "sources.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("load", [load_sources, load_settings])
def test_a_file_that_is_nested_too_deeply_is_a_mistake(
    load: Callable[[Path], object], tmp_path: Path
) -> None:
    with pytest.raises(SourcesError, match="is nested too deeply"):
        load(written(tmp_path, f"a = {'[' * 3000}{']' * 3000}"))


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
    [[source]]
    name = "harbour"
    feeds = ["https://example.org/feed"]
    sitemaps = ["https://example.org/sitemap.xml"]
    sections = "https://example.org/world/"
    link_pattern = '/\\d+$'
    include = ["/news/"]
    exclude = ["/sport/"]
    language = "pt-BR"
    delay = 2
    concurrency = 1
    headers = { Authorization = "Bearer x" }
    max_age = "36h"
    allow_hosts = ["127.0.0.1:8080"]
    respect_robots = false
    """
    assert load_sources(written(tmp_path, text)) == [
        Source(
            "harbour",
            ("https://example.org/feed",),
            ("https://example.org/sitemap.xml",),
            ("https://example.org/world/",),
            r"/\d+$",
            ("/news/",),
            ("/sport/",),
            "pt-BR",
            2.0,
            1,
            {"Authorization": "Bearer x"},
            timedelta(hours=36),
            ("127.0.0.1:8080",),
            False,
        )
    ]


def test_defaults_hold_for_every_source_that_says_nothing_else(tmp_path: Path) -> None:
    text = """
    [defaults]
    delay = 5
    [[source]]
    name = "a"
    feeds = ["https://a.test/"]
    [[source]]
    name = "b"
    feeds = ["https://b.test/"]
    delay = 1
    """
    assert [source.delay for source in load_sources(written(tmp_path, text))] == [5.0, 1.0]


def test_a_file_without_sources_says_so_unless_it_may_be_empty(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="it names no source"):
        load_sources(written(tmp_path, ""))
    assert load_sources(written(tmp_path, ""), may_be_empty=True) == []


GOOD = '[[source]]\nname = "a"\nfeeds = ["https://a.test/"]\n\n'


@pytest.mark.parametrize(
    ("text", "line", "key", "word"),
    [
        (GOOD + '[[source]]\nname = "b"\nfeed = ["https://b.test/"]', 7, "feed", "feeds"),
        (GOOD + '[[source]]\nname = "b"', 5, "feeds", "needs"),
        (GOOD + '[[source]]\nfeeds = ["https://b.test/"]', 5, "name", "missing"),
        (GOOD + '[[source]]\nfeeds = ["https://b.test/"]\nname = "a"', 7, "name", "another"),
        (GOOD + "delay = -1", 5, "delay", "seconds"),
        (GOOD + 'delay = "1"', 5, "delay", "seconds"),
        (GOOD + "delay = true", 5, "delay", "seconds"),
        (GOOD + "concurrency = 100", 5, "concurrency", "16"),
        (GOOD + 'max_age = "3 years"', 5, "max_age", "12h"),
        (GOOD + 'include = ["("]', 5, "include", "regular expression"),
        (GOOD + 'language = "English please"', 5, "language", "code"),
        (GOOD + "respect_robots = 0", 5, "respect_robots", "true or false"),
        (GOOD + 'headers = "x"', 5, "headers", "table"),
        (GOOD + 'headers = { "bad name" = "x" }', 5, "headers", "header name"),
        (GOOD + 'headers = { A = "x\\r\\nB: y" }', 5, "headers", "plain"),
        (GOOD + '[source.headers]\n"bad name" = "x"', 5, "headers", "header name"),
        ('[[source]]\nname = "a"\n\nfeeds = [\n  "example.org/feed"\n]', 4, "feeds", "https://"),
        ('[[source]]\nname = "a"\nsections = ["https://a.test/"]', 3, "link_pattern", "section"),
        ('[[sources]]\nname = "a"', 1, "sources", "source"),
        ("[defaults]\ndelya = 3", 2, "delya", "delay"),
        ('[defaults]\nname = "x"', 2, "name", "not known"),
        ('# a comment\n[[source]]\nname = "a', 3, None, "TOML"),
        ('[[source]]\nname = "a"\nname = "b"', 3, None, "TOML"),
        ('[source]\nname = "a"', 1, "source", "[[source]]"),
        ("source = 3", 1, "source", "list"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(
    tmp_path: Path, text: str, line: int, key: str | None, word: str
) -> None:
    with pytest.raises(SourcesError) as caught:
        load_sources(written(tmp_path, text))
    assert (caught.value.line, caught.value.key) == (line, key)
    assert word in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'sources.toml'}:{line}: ")


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourcesError, match="scrape init"):
        load_sources(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"# one\n# \xff\xfe\n")
    with pytest.raises(SourcesError, match=r"bad\.toml:2"):
        load_sources(tmp_path / "bad.toml")


def test_the_starter_file_loads_and_so_does_everything_in_it_that_is_commented_out(tmp_path: Path) -> None:
    assert load_sources(written(tmp_path, starter_file()), may_be_empty=True) == []
    loud = "\n".join(
        line.removeprefix("# ")
        if (" = " in line and line.startswith("# ")) or line == "# [[source]]"
        else line
        for line in starter_file().splitlines()
    )
    source = load_sources(written(tmp_path, loud))[0]
    assert source.link_pattern
    assert source.headers
    assert source.allow_hosts
    assert source.exclude


def test_the_contact_stands_at_the_top(tmp_path: Path) -> None:
    assert (
        load_settings(written(tmp_path, 'contact = "desk@example.org"\n' + GOOD)).contact
        == "desk@example.org"
    )
    assert load_settings(written(tmp_path, GOOD)).contact is None
    with pytest.raises(SourcesError, match=":1: contact"):
        load_settings(written(tmp_path, "contact = 7\n"))


def test_an_added_source_is_the_last_and_comments_stay(tmp_path: Path) -> None:
    file = written(tmp_path, "# mine\n" + GOOD)
    append_source(file, Source("b", feeds=("https://b.test/",), max_age=timedelta(days=7)))
    assert [source.name for source in load_sources(file)] == ["a", "b"]
    assert file.read_text().startswith("# mine\n" + GOOD.rstrip())
    assert list(tmp_path.iterdir()) == [file]


def test_a_source_is_not_added_twice(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD)
    with pytest.raises(SourcesError, match="'a'"):
        append_source(file, Source("a", feeds=("https://other.test/",)))
    assert file.read_text() == GOOD


def test_adding_to_no_file_makes_one(tmp_path: Path) -> None:
    append_source(tmp_path / "new.toml", Source("b", feeds=("https://b.test/",)))
    assert [source.name for source in load_sources(tmp_path / "new.toml")] == ["b"]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and text
)


@given(
    st.builds(
        Source,
        TEXT,
        feeds=st.just(("https://a.test/",)),
        include=st.lists(st.sampled_from(["/a\\d+", "b\"c'", "ü"]), max_size=2).map(tuple),
        language=st.none() | st.just("de"),
        delay=st.floats(0, 3600),
        headers=st.dictionaries(st.sampled_from(["A", "X-b"]), st.sampled_from(["x", 'y"z\\'])),
        max_age=st.none() | st.integers(1, 10**5).map(lambda minutes: timedelta(minutes=minutes)),
        respect_robots=st.booleans(),
    )
)
def test_what_is_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, source: Source) -> None:
    file = tmp_path_factory.mktemp("s") / "sources.toml"
    file.write_text(source_toml(source), "utf-8")
    assert load_sources(file) == [source]
