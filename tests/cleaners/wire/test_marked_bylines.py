"""Strings that the markup of a page marks as the author's."""

import pytest

from cleaners.wire.bylines import is_profile, name_from_profile, parse_byline


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Doe", ("Jane Doe",)),
        ("Von Jana Beispiel und Ole Muster", ("Jana Beispiel", "Ole Muster")),
        ("Par Jeanne Exemple et Luc Modèle", ("Jeanne Exemple", "Luc Modèle")),
        ("Jane Doe, Ole Berg and Ana Lima", ("Jane Doe", "Ole Berg", "Ana Lima")),
        ("Jane Doe, Staff Writer", ("Jane Doe",)),
        ("Jane Doe | Example News", ("Jane Doe", "Example News")),
        ("Jane Doe, MD", ("Jane Doe, MD",)),
        ("Jane Doe jane.doe@example.org", ("Jane Doe",)),
        ("Jane Doe (@janedoe)", ("Jane Doe",)),
        ("Jane Doe Updated June 5, 2025", ("Jane Doe",)),
        ("Von Jana Beispiel 10.09.2025, 09:53 Uhr", ("Jana Beispiel",)),
        ("https://example.org/author/jane-doe/", ("Jane Doe",)),
        ("JANE DOE, jane doe", ("Jane Doe",)),
        ("BBC News", ("BBC News",)),
        ("Anna SMITH, Omar Haddad, Associated Press", ("Anna Smith", "Omar Haddad")),
        ("By Reuters Staff", ()),
        ("Anna von der Heide", ("Anna von der Heide",)),
        ("山田太郎、佐藤花子", ("山田太郎", "佐藤花子")),
    ],
)
def test_names_are_taken_out_of_author_strings(text: str, names: tuple[str, ...]) -> None:
    byline = parse_byline(text, marked=True)
    assert byline is not None
    assert byline.authors == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "admin",
        "By",
        "June 12",
        "5 min read",
        "https://www.facebook.com/examplenews",
        "2025",
        "x" * 500,
    ],
)
def test_strings_that_name_nobody_are_no_byline(text: str) -> None:
    assert parse_byline(text, marked=True) is None


def test_profile_addresses_spell_names() -> None:
    assert name_from_profile("https://example.org/people/jane-m-doe-1234.html") == "Jane M Doe"
    assert name_from_profile("https://example.org/world/storm-hits-coast") is None
    assert is_profile("/author/jane-doe")
    assert not is_profile("/world/jane-doe")
