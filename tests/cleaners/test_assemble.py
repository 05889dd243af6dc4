from datetime import date

import pytest

from cleaners.article import Article, Heading, Paragraph
from cleaners.assemble import assemble
from cleaners.blocks import Block, Document, Label, Markup, Verdict
from cleaners.options import Options
from cleaners.photos.lines import merge_repeated, pair_photos
from cleaners.rules.headings import heading_text

CAPTION, CREDIT = Label.CAPTION, Label.CREDIT


def article(*lines: tuple[str, Label], keep: tuple[Label, ...] = (), drop: tuple[Label, ...] = ()) -> Article:
    blocks = [Block(text, number) for number, (text, _) in enumerate(lines, 1)]
    verdicts = [Verdict(label, f"test.{label}") for _, label in lines]
    return assemble(Document(blocks), verdicts, Options(keep=keep, drop=drop))


def pairs(*lines: tuple[str, Label]) -> list[tuple[str | None, str | None]]:
    found = merge_repeated(pair_photos([(number, *line) for number, line in enumerate(lines)]))
    return [(figure.photo.caption, figure.photo.credit) for figure in found]


def test_paragraphs_and_crossheads_make_the_body() -> None:
    assert article(("It rained.", Label.BODY), ("– Sun –", Label.HEADING)).body == (
        Paragraph("It rained."),
        Heading("Sun"),
    )


def test_every_other_line_is_removed_with_its_reason() -> None:
    (line,) = article(("It rained.", Label.BODY), ("Bonus", Label.AD)).removed
    assert (line.text, line.label, line.rule, line.line) == ("Bonus", "ad", "test.ad", 2)


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("– “Not with folded arms” –", "“Not with folded arms”"),
        ("--- Reactions ---", "Reactions"),
        ("—\u00a0Réactions\u00a0—", "Réactions"),
        ("*** Reactions ***", "Reactions"),
        ("--- – Nested – ---", "Nested"),
        ("- A - B -", "- A - B -"),
        ("– Twenty", "– Twenty"),
        ("Plain", "Plain"),
        ("———", "———"),
        ("-", "-"),
    ],
)
def test_a_crosshead_loses_the_dashes_around_it_and_nothing_else(printed: str, bare: str) -> None:
    assert heading_text(printed) == bare
    assert heading_text(bare) == bare


@pytest.mark.parametrize(
    ("markup", "level"), [(None, 2), (Markup("h3"), 3), (Markup("hr"), 2), (Markup("h1"), 2)]
)
def test_a_heading_has_the_level_of_its_tag(markup: Markup | None, level: int) -> None:
    found = assemble(Document([Block("Sun", 1, markup)]), [Verdict(Label.HEADING, "test.heading")])
    assert found.body == (Heading("Sun", level),)


def test_a_photo_knows_how_much_of_the_body_stands_before_it() -> None:
    found = article(
        ("Rain in Kyiv © AFP – Olena BIRD", CAPTION),
        ("It rained.", Label.BODY),
        ("Bonus", Label.AD),
        ("Sun in Lviv © AFP – Olena BIRD", CAPTION),
    )
    assert [photo.position for photo in found.photos] == [0, 1]


def test_a_caption_with_its_credit_is_split() -> None:
    (photo,) = article(("Rain in Kyiv © AFP – Olena BIRD", CAPTION)).photos
    assert (photo.caption, photo.credit) == ("Rain in Kyiv", "AFP – Olena BIRD")
    assert (photo.photographer, photo.agency) == ("Olena Bird", "AFP")
    assert photo.printed == ("Rain in Kyiv © AFP – Olena BIRD",)


def test_a_credit_on_the_next_line_belongs_to_the_caption() -> None:
    (photo,) = article(("Rain in Kyiv", CAPTION), ("© AFP – Olena BIRD", CREDIT)).photos
    assert (photo.caption, photo.photographer) == ("Rain in Kyiv", "Olena Bird")
    assert photo.printed == ("Rain in Kyiv", "© AFP – Olena BIRD")


def test_credits_after_captions_pair_each_with_its_own() -> None:
    assert pairs(("Rain", CAPTION), ("X", CREDIT), ("Sun", CAPTION), ("Y", CREDIT)) == [
        ("Rain", "X"),
        ("Sun", "Y"),
    ]


def test_credits_before_captions_pair_each_with_its_own() -> None:
    assert pairs(("X", CREDIT), ("Rain", CAPTION), ("Y", CREDIT), ("Sun", CAPTION)) == [
        ("Rain", "X"),
        ("Sun", "Y"),
    ]


def test_a_caption_that_has_its_credit_takes_no_other() -> None:
    found = pairs(("Rain © AFP – Olena BIRD", CAPTION), ("© AFP – Jan KOS", CREDIT))
    assert found == [("Rain", "AFP – Olena BIRD"), (None, "AFP – Jan KOS")]


def test_a_credit_that_is_not_understood_is_kept_as_printed() -> None:
    (photo,) = article(("???", CREDIT)).photos
    assert (photo.credit, photo.photographer, photo.agency) == ("???", None, None)


def test_a_caption_and_a_credit_with_text_between_are_two_photos() -> None:
    found = article(("Rain", CAPTION), ("It rained.", Label.BODY), ("© AFP – Olena BIRD", CREDIT)).photos
    assert [(photo.caption, photo.credit) for photo in found] == [
        ("Rain", None),
        (None, "AFP – Olena BIRD"),
    ]


def test_a_caption_printed_twice_is_one_photo_with_both_lines() -> None:
    (photo,) = article(
        ("Rain in Kyiv", CAPTION), ("It rained.", Label.BODY), ("Rain in Kyiv © AFP – Olena BIRD", CAPTION)
    ).photos
    assert photo.credit == "AFP – Olena BIRD"
    assert photo.position == 0
    assert photo.printed == ("Rain in Kyiv", "Rain in Kyiv © AFP – Olena BIRD")


def test_two_photos_with_one_caption_and_different_credits_stay_two() -> None:
    found = article(("Rain © AFP – Olena BIRD", CAPTION), ("Rain © AFP – Jan KOS", CAPTION)).photos
    assert [photo.photographer for photo in found] == ["Olena Bird", "Jan Kos"]


def test_the_rights_line_is_a_field_with_holder_and_year() -> None:
    notice = "All reproduction and representation rights reserved. © (2024) Agence France-Presse"
    found = article(("It rained.", Label.BODY), (notice, Label.RIGHTS))
    assert found.rights is not None
    assert (found.rights.text, found.rights.holder, found.rights.year) == (
        notice,
        "Agence France-Presse",
        2024,
    )
    assert [(line.label, line.line) for line in found.fields] == [("rights", 2)]
    assert found.agency == "AFP"


def test_fields_are_read_from_their_lines() -> None:
    found = article(
        ("Rain stops", Label.TITLE),
        ("By Olena Bird", Label.BYLINE),
        ("October 24, 2024", Label.DATE),
        ("It rained.", Label.BODY),
    )
    assert (found.title, found.authors, found.published) == (
        "Rain stops",
        ("Olena Bird",),
        date(2024, 10, 24),
    )
    assert [line.label for line in found.fields] == ["title", "byline", "date"]


def test_the_dateline_stays_in_its_paragraph_and_is_copied() -> None:
    found = article(("KYIV (AFP) — It rained on Thursday.", Label.BODY))
    assert found.text == "KYIV (AFP) — It rained on Thursday."
    assert found.dateline is not None
    assert found.dateline.startswith("KYIV (AFP)")
    assert found.agency == "AFP"


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        ("It stopped. (Reuters)", "Reuters"),
        ("It stopped (AFP).", "AFP"),
        ("雨は止んだ。（AFP）", "AFP"),
        ("It stopped (at last)", None),
        ("It stopped, he told AFP.", None),
        (")", None),
    ],
)
def test_a_story_may_end_in_the_name_of_its_agency(end: str, agency: str | None) -> None:
    assert article(("It rained.", Label.BODY), (end, Label.BODY)).agency == agency


def test_the_agency_of_a_photo_never_becomes_the_storys() -> None:
    found = article(("Rain © AFP – Olena BIRD", CAPTION), ("It rained.", Label.BODY))
    assert found.photos[0].agency == "AFP"
    assert found.agency is None


def test_who_reported_the_story_is_told_by_its_byline_or_its_dateline_or_its_signoff() -> None:
    signoff = ("Reporting by Anna Smith; Editing by Omar Haddad", Label.SIGNOFF)
    told = [("(서울=연합뉴스) 홍길동 기자 = 비가 왔다.", Label.BODY), signoff]
    assert article(("By Jan Kos", Label.BYLINE), *told).authors == ("Jan Kos",)
    assert article(*told).authors == ("홍길동",)
    assert article(("It rained.", Label.BODY), signoff).authors == ("Anna Smith",)


def test_kept_lines_stay_in_the_body_at_their_place_and_are_read_all_the_same() -> None:
    found = article(
        ("Bonus", Label.AD), ("It rained.", Label.BODY), ("© (2024) Agence France-Presse", Label.RIGHTS),
        keep=(Label.AD, Label.RIGHTS),
    )  # fmt: skip
    assert found.text == "Bonus\nIt rained.\n© (2024) Agence France-Presse"
    assert not found.removed
    assert not found.fields
    assert found.rights is not None


def test_kept_captions_stay_and_the_photo_has_no_line_of_its_own() -> None:
    found = article(("Rain © AFP – Olena BIRD", CAPTION), keep=(CAPTION,))
    assert found.text == "Rain © AFP – Olena BIRD"
    assert found.photos[0].printed == ()


def test_dropped_lines_are_removed_whatever_they_are() -> None:
    found = article(
        ("Rain © AFP – Olena BIRD", CAPTION), ("– Sun –", Label.HEADING), ("By Jan Kos", Label.BYLINE),
        drop=(CAPTION, Label.HEADING, Label.BYLINE),
    )  # fmt: skip
    assert [line.label for line in found.removed] == ["caption", "heading", "byline"]
    assert not found.photos
    assert not found.authors
