import json

import pytest

from cleaners.article import Article, Heading, Paragraph, Photo, Reason, Rights
from cleaners.columns import align
from cleaners.formats import Cleaned, format_names, load_format
from cleaners.formats.explain import write_explanation
from cleaners.formats.json import write_json
from cleaners.formats.markdown import escape, write_markdown
from cleaners.formats.photos import write_photos
from cleaners.formats.text import write_text

STORY = Article(
    body=(Paragraph("It rained."), Heading("Sun", 3), Paragraph("It stopped.")),
    title="Rain & sun",
    authors=("Olena Bird",),
    agency="AFP",
    photos=(
        Photo("Rain in Kyiv", "AFP – Olena BIRD", "Olena Bird", "AFP", 1),
        Photo("Sun", None, position=3, url="https://example.org/sun.jpg"),
    ),
    rights=Rights("© 2024 AFP"),
)


def test_text_is_the_body_and_nothing_for_no_body() -> None:
    assert write_text(Cleaned(STORY)) == "It rained.\nSun\nIt stopped.\n"
    assert write_text(Cleaned(Article())) == ""


def test_markdown_has_headline_crossheads_photos_in_place_and_rights() -> None:
    assert write_markdown(Cleaned(STORY)) == (
        "# Rain & sun\n\n*Olena Bird · AFP*\n\nIt rained.\n\n> Rain in Kyiv (AFP – Olena BIRD)\n\n### Sun\n\n"
        "It stopped.\n\n![Sun](<https://example.org/sun.jpg>)\n\n*© 2024 AFP*\n"
    )
    assert write_markdown(Cleaned(Article())) == ""


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# 1", "\\# 1"),
        ("> so", "\\> so"),
        ("- so", "\\- so"),
        ("---", "\\---"),
        ("12. Rain", "12\\. Rain"),
        ("1) Rain", "1\\) Rain"),
        ("a*b_c`d[e]<f>", "a\\*b\\_c\\`d\\[e\\]\\<f>"),
        ("AT&amp;T &#38; AT&T", "AT\\&amp;T \\&#38; AT&T"),
        ("#hashtag", "#hashtag"),
        ("1.5 metres - 2", "1.5 metres - 2"),
        ("Rain! It rained", "Rain! It rained"),
    ],
)
def test_markdown_takes_nothing_of_the_text_for_markup(text: str, escaped: str) -> None:
    assert escape(text) == escaped


def test_json_names_its_source_and_is_one_line_beside_others() -> None:
    line = write_json(Cleaned(STORY, source="rain.txt", alone=False))
    assert line.count("\n") == 1
    assert json.loads(line) == {"source": "rain.txt"} | STORY.to_dict()
    assert "Rain & sun" in write_json(Cleaned(STORY))
    assert "©" in line


def test_columns_are_aligned_by_cells_and_not_by_letters() -> None:
    assert align([["東京", "x"], ["Kyiv", "y"], ["a\u0301", "z"]]) == ["東京  x", "Kyiv  y", "a\u0301     z"]
    assert align([]) == []


def test_the_explanation_is_coloured_only_where_it_is_asked_for() -> None:
    told = [("It rained.", "body"), ("Bonus", "ad"), ("Rain", "caption")]
    reasons = tuple(
        Reason(text, number, label, f"test.{label}", 0.5, "body", 0)
        for number, (text, label) in enumerate(told, 1)
    )
    plain = write_explanation(Cleaned(Article(), reasons))
    assert "\x1b" not in plain
    assert plain.splitlines()[1] == "2  ad       test.ad       0.50  Bonus"
    coloured = write_explanation(Cleaned(Article(), reasons, colour=True)).splitlines()
    assert "\x1b" not in coloured[0]
    assert coloured[1] == f"\x1b[31m{plain.splitlines()[1]}\x1b[0m"
    assert coloured[2].startswith("\x1b[34m")


def test_the_table_of_photos_has_a_dash_where_nothing_is_known() -> None:
    head, _, second = write_photos(Cleaned(STORY)).splitlines()
    assert head.split() == ["#", "after", "photographer", "agency", "credit", "caption"]
    assert second.split() == ["2", "3", "-", "-", "-", "Sun"]


@pytest.mark.parametrize("name", format_names())
def test_every_format_gives_whole_lines_or_nothing(name: str) -> None:
    form = load_format(name)
    written = form.write(Cleaned(STORY, source="rain.txt"))
    assert written == "" or written.endswith("\n")
    assert form.write(Cleaned(Article(), source="rain.txt")) == ""
    assert form.suffix.startswith(".")


def test_a_row_of_standard_input_has_no_source() -> None:
    form = load_format("csv")
    assert form.write(Cleaned(STORY, source="-")).startswith(",")


def test_a_sentence_that_begins_as_a_caption_takes_no_words_from_its_photo() -> None:
    photo = Photo("Kyiv", credit="AFP – Jan Kos", position=1)
    article = Article(body=(Paragraph("Kyiv is burning again tonight."),), photos=(photo,))
    assert "AFP – Jan Kos" in load_format("markdown").write(Cleaned(article))
    printed = Article(body=(Paragraph("Kyiv © AFP – Jan Kos"),), photos=(photo,))
    assert load_format("markdown").write(Cleaned(printed)).count("AFP") == 1
