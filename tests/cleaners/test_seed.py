"""The first story that this project was made for, line by line."""

from pathlib import Path

from cleaners import Article, Heading, Photo, Rights, clean_text

LINES = (
    (Path(__file__).parents[2] / "seeds" / "000_8fef2ae59e9b698d.txt")
    .read_text(encoding="utf-8")
    .splitlines()
)
ARTICLE: Article = clean_text("\n".join(LINES))


def test_two_bonus_lines_and_the_post_navigation_are_removed_and_nothing_else() -> None:
    assert [(line.text, line.label, line.line) for line in ARTICLE.removed] == [
        ("200% Deposit Bonus up to €3,000", "ad", 13),
        ("180% First Deposit Bonus up to $20,000", "ad", 14),
        ("Post navigation", "navigation", 30),
    ]


def test_the_photos_have_captions_photographers_agencies_and_places() -> None:
    def photo(line: int, caption: str, credit: str, photographer: str, agency: str, position: int) -> Photo:
        return Photo(caption, credit, photographer, agency, position, printed=(LINES[line - 1],))

    assert ARTICLE.photos == (
        photo(6, "North Korean troops in Russia", "AFP – Nicholas SHEARMAN", "Nicholas Shearman", "AFP", 5),
        photo(
            15,
            "South Korean President Yoon Suk Yeol on October 24, 2024 in Seoul",
            "POOL – JEON HEON-KYUN",
            "Jeon Heon-kyun",
            "POOL",
            11,
        ),
        photo(
            25,
            "Russian President Vladimir Putin at the BRICS summit in Kazan, October 24, 2024",
            "AFP – Alexander NEMENOV",
            "Alexander Nemenov",
            "AFP",
            20,
        ),
    )


def test_the_rights_notice_is_a_field_with_its_holder_and_year() -> None:
    assert ARTICLE.rights == Rights(LINES[28], "Agence France-Presse", 2024)
    assert [line.text for line in ARTICLE.fields] == [LINES[28]]


def test_the_story_is_of_afp_and_in_english() -> None:
    assert (ARTICLE.agency, ARTICLE.language) == ("AFP", "en")
    assert (ARTICLE.title, ARTICLE.authors, ARTICLE.dateline, ARTICLE.published) == (None, (), None, None)


def test_the_body_is_every_other_line_word_for_word_and_in_order() -> None:
    gone = {6, 13, 14, 15, 25, 29, 30}
    bare = {
        "– “Not with folded arms” –": "“Not with folded arms”",
        "– Unanimous vote in Moscow –": "Unanimous vote in Moscow",
    }
    left = [bare.get(line, line) for number, line in enumerate(LINES, 1) if number not in gone]
    assert ARTICLE.text.split("\n") == left
    assert [part.text for part in ARTICLE.body if isinstance(part, Heading)] == list(bare.values())
