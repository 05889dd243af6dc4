"""Which caption and credit lines are the article's photos, and which belong together."""

from __future__ import annotations

import pytest

from cleaners import clean_text
from cleaners.blocks import Block, Document, Label, Verdict
from cleaners.photos.lines import is_between_photo_lines, merge_repeated, pair_photos, settle_photo_lines

BODY, CAPTION, CREDIT, JUNK = Label.BODY, Label.CAPTION, Label.CREDIT, Label.BOILERPLATE
PROSE = (
    "The river rose again in the night and reached the market square, where traders had piled up sandbags.",
    "Two hundred people left their homes, most of them in the old quarter below the bridge of the railway.",
    "The mayor asked for pumps from the towns around and for patience, as the water would stay until Friday.",
)


def settle(*lines: tuple[str, Label], rule: str = "scorer.text") -> list[Label]:
    blocks = [Block(text, number) for number, (text, _) in enumerate(lines, 1)]
    verdicts = [Verdict(label, rule if label is JUNK else "test") for _, label in lines]
    return [verdict.label for verdict in settle_photo_lines(Document(blocks), verdicts)]


def pairs(*lines: tuple[str, Label]) -> list[tuple[str | None, str | None]]:
    found = merge_repeated(pair_photos([(number, *line) for number, line in enumerate(lines)]))
    return [(figure.photo.caption, figure.photo.credit) for figure in found]


def test_a_credit_amid_the_furniture_below_the_body_is_furniture() -> None:
    menu = [("Menu", JUNK)] * 8
    assert settle((PROSE[0], BODY), *menu, ("Foto: dpa", CREDIT), *menu)[9] is JUNK
    assert settle((PROSE[0], BODY), *menu[:3], ("Foto: dpa", CREDIT), *menu)[4] is CREDIT


def test_a_caption_with_its_credit_may_stand_far_above_the_body() -> None:
    buttons = [("Share", JUNK)] * 25
    labels = settle(("Rain in Kyiv", CAPTION), ("Foto: dpa", CREDIT), *buttons, (PROSE[0], BODY))
    assert labels[:2] == [CAPTION, CREDIT]
    assert settle(("Foto: dpa", CREDIT), *buttons, (PROSE[0], BODY))[0] is JUNK


def test_an_agency_in_a_menu_is_no_photo() -> None:
    lines = (("Home", JUNK), ("AFP", CREDIT), ("Sport", JUNK), ("Help", JUNK), (PROSE[0], BODY))
    assert settle(*lines)[1] is JUNK


def test_a_gallery_below_the_body_is_the_articles_however_long() -> None:
    gallery = [("Rain in Kyiv", CAPTION), ("Foto: dpa", CREDIT)] * 12
    assert JUNK not in settle((PROSE[0], BODY), *gallery)


def test_a_line_below_a_credit_that_was_taken_away_is_its_caption() -> None:
    lines = (
        (PROSE[0], BODY),
        ("Foto: dpa", CREDIT),
        ("Water stands in the market of Harrow Bay", JUNK),
        (PROSE[1], BODY),
    )
    assert settle(*lines)[2] is CAPTION
    assert settle(*lines, rule="navigation.menu")[2] is JUNK
    assert settle((PROSE[0], BODY), ("Water in the market", CAPTION), *lines[1:])[3] is JUNK


def test_what_is_not_in_doubt_stays_as_it_was_judged() -> None:
    assert settle((PROSE[0], BODY), ("Home", JUNK)) == [BODY, JUNK]
    assert settle(("Rain in Kyiv", CAPTION), ("Foto: dpa", CREDIT)) == [CAPTION, CREDIT]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            [("Rain in Kyiv", CAPTION), ("Foto:", CREDIT), ("Jan Kos / AP", CREDIT)],
            [("Rain in Kyiv", "Jan Kos / AP")],
        ),
        (
            [("Image source,", CREDIT), ("AP", CREDIT), ("Image caption,", CAPTION), ("Rain", CAPTION)],
            [("Rain", "AP")],
        ),
        (
            [("Image source, AP", CREDIT), ("Image caption, Rain in Kyiv", CAPTION)],
            [("Rain in Kyiv", "AP")],
        ),
    ],
)
def test_labels_are_read_with_what_they_announce(
    lines: list[tuple[str, Label]], found: list[tuple[str | None, str | None]]
) -> None:
    assert pairs(*lines) == found


def test_lines_read_together_are_all_kept_as_printed() -> None:
    lines = [("Rain in Kyiv", CAPTION), ("Foto:", CREDIT), ("Jan Kos / AP", CREDIT)]
    (figure,) = pair_photos([(number, *line) for number, line in enumerate(lines)])
    photo = figure.photo
    assert figure.blocks == (0, 1, 2)
    assert (photo.photographer, photo.agency) == ("Jan Kos", "AP")


@pytest.mark.parametrize(("line", "between"), [("—", True), ("Image source,", True), ("Share", False)])
def test_a_dash_or_a_label_does_not_part_a_caption_from_its_credit(line: str, between: bool) -> None:
    assert is_between_photo_lines(line) is between


def test_several_photos_in_a_row_each_keep_their_credit() -> None:
    photos = [
        "Water in the market of Harrow Bay",
        "Foto: Jan Kos/AP",
        "Sandbags on the quay",
        "Foto: Anna Smith/dpa",
    ]
    article = clean_text("\n".join([PROSE[0], PROSE[1], *photos, PROSE[2]]))
    assert [(photo.caption, photo.photographer) for photo in article.photos] == [
        (photos[0], "Jan Kos"),
        (photos[2], "Anna Smith"),
    ]
    assert article.text.splitlines() == list(PROSE)


def test_photos_whose_captions_differ_in_their_signs_alone_are_one_unless_their_credits_differ() -> None:
    twice = [("Rain in Kyiv © AFP – Olena BIRD", CAPTION), ("Rain in Kyiv.", CAPTION)]
    assert pairs(*twice) == [("Rain in Kyiv", "AFP – Olena BIRD")]
    assert len(pairs(twice[0], ("Rain in Kyiv © AFP – Jan KOS", CAPTION))) == 2
