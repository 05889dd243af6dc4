import pytest

from cleaners.page.authors import is_profile, looks_like_person, name_from_profile, split_authors


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
        ("JANE DOE, jane doe", ("JANE DOE",)),
        ("Anna von der Heide", ("Anna von der Heide",)),
        ("山田太郎、佐藤花子", ("山田太郎", "佐藤花子")),
    ],
)
def test_names_are_taken_out_of_author_strings(text: str, names: tuple[str, ...]) -> None:
    assert split_authors(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "admin",
        "By",
        "June 12",
        "5 min read",
        "https://www.facebook.com/examplenews",
        "2025",
        "x" * 500,
    ],
)
def test_strings_that_name_nobody_give_no_names(text: str | None) -> None:
    assert split_authors(text) == ()


def test_profile_addresses_spell_names() -> None:
    assert name_from_profile("https://example.org/people/jane-m-doe-1234.html") == "Jane M Doe"
    assert name_from_profile("https://example.org/world/storm-hits-coast") is None
    assert is_profile("/author/jane-doe")
    assert not is_profile("/world/jane-doe")


def test_persons_are_told_from_buttons() -> None:
    assert looks_like_person("Jane van Doe")
    assert not looks_like_person("Read more here please now")
    assert not looks_like_person("AFP")
