"""Captions and credits are told from paragraphs by their credit and their place."""

from __future__ import annotations

import pytest

from cleaners import clean_text
from cleaners.blocks import Label, Verdict
from cleaners.rules import all_rules
from cleaners.rules.gates import Lines

PROSE = "The council met on Monday and will vote on the plan in May, the mayor's office said in a statement."


def judge(lines: list[str], i: int) -> Verdict | None:
    """What the rules for captions and credits say, in the order in which they are asked."""
    told = Lines(lines)
    claims = (rule.ask(told, i) for rule in all_rules() if rule.kind == "captions")
    return next((claim.verdict for claim in claims if claim), None)


def label(lines: list[str], i: int) -> Label | None:
    verdict = judge(lines, i)
    return verdict.label if verdict else None


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("© AFP – Nicholas SHEARMAN", "credits.copyright-agency-name"),
        ("Photo: Anna Smith / Reuters", "credits.label-name-agency"),
        ("REUTERS/Carlos Barria", "credits.agency-name"),
        ("Handout via REUTERS", "credits.handout-agency"),
        ("Foto: Privat", "credits.label-source"),
    ],
)
def test_a_credit_on_its_own_line_says_its_form(line: str, rule: str) -> None:
    verdict = judge([PROSE, line, PROSE], 1)
    assert verdict is not None
    assert (verdict.label, verdict.rule) == (Label.CREDIT, rule)


def test_a_line_with_its_credit_is_a_caption() -> None:
    verdict = judge([PROSE, "North Korean troops in Russia © AFP – Nicholas SHEARMAN", PROSE], 1)
    assert verdict is not None
    assert (verdict.label, verdict.rule) == (Label.CAPTION, "captions.copyright-agency-name")


@pytest.mark.parametrize(
    "line",
    ["Children wait for the school bus in Bonn. (Archivbild)", "A ship in the port of Odesa (file photo)"],
)
def test_a_line_that_names_the_kind_of_picture_is_a_caption(line: str) -> None:
    assert label([PROSE, line, PROSE], 1) is Label.CAPTION


def test_a_labelled_caption_is_one() -> None:
    assert label([PROSE, "Image caption, Troops march through the capital", PROSE], 1) is Label.CAPTION


def test_a_line_without_a_full_stop_above_a_credit_is_a_caption() -> None:
    lines = [PROSE, PROSE, "Troops march through the capital on Monday", "© AFP – Nicholas SHEARMAN", PROSE]
    assert label(lines, 2) is Label.CAPTION
    assert label(lines, 1) is None


def test_a_sentence_above_a_credit_is_a_caption_only_when_it_speaks_of_a_picture() -> None:
    seen = [PROSE, PROSE, "The mayor, pictured at the town hall on Monday.", "Photo: Anna Smith", PROSE]
    said = [PROSE, PROSE, "The mayor left the town hall on Monday.", "Photo: Anna Smith", PROSE]
    assert label(seen, 2) is Label.CAPTION
    assert label(said, 2) is None


def test_a_headline_above_a_credit_stays() -> None:
    assert label(["Mayor leaves the town hall for good", "Photo: Anna Smith", PROSE], 0) is None


@pytest.mark.parametrize(
    "line",
    [
        PROSE,
        "“We will vote in May,” the mayor told AFP.",
        "He did not say when. (AFP)",
        "The picture was taken by an amateur, said Reuters photographer Carlos Barria.",
        "Anna Smith",
        "Photos: Protesters march in Kyiv after the vote was annulled",
        "The sign © must stand beside the name of the holder.",
    ],
)
def test_paragraphs_and_names_stay(line: str) -> None:
    assert label([PROSE, PROSE, line, PROSE], 2) is None


@pytest.mark.parametrize(("label_line", "name"), [("Foto:", "Jan Kos / AP"), ("Image credit:", "Anna Smith")])
def test_a_label_on_its_own_line_opens_the_credit_below(label_line: str, name: str) -> None:
    lines = [PROSE, "Rain floods the market of Lviv.", label_line, name, PROSE]
    assert [label(lines, i) for i in range(5)] == [None, Label.CAPTION, Label.CREDIT, Label.CREDIT, None]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Foto:", PROSE),
        ("Graphics:", "Anna Smith"),
        ("Source:", "Reuters"),
        ("Photo:", "Why now?"),
        ("Photos", "AFP"),
    ],
)
def test_a_label_without_a_name_below_it_is_no_credit(first: str, second: str) -> None:
    assert label([PROSE, first, second, PROSE], 1) is None


def test_a_caption_stands_below_its_label() -> None:
    lines = [PROSE, "Image caption,", "Troops march through the capital", PROSE]
    assert [label(lines, i) for i in range(4)] == [None, Label.CAPTION, Label.CAPTION, None]


def test_a_dash_may_part_a_caption_from_its_credit() -> None:
    lines = [PROSE, "The minister at the town hall.", "—", "© AFP", PROSE]
    assert [label(lines, i) for i in range(5)] == [None, Label.CAPTION, Label.BOILERPLATE, Label.CREDIT, None]
    assert label([PROSE, "—", PROSE], 1) is None


def test_a_sentence_printed_above_and_below_a_name_is_a_caption_and_the_name_its_credit() -> None:
    seen = "The road to the port of Harrow Bay."
    lines = [PROSE, PROSE, seen, "Anna Smith for Example Weekly", seen, PROSE]
    assert [label(lines, i) for i in range(6)] == [
        None,
        None,
        Label.CAPTION,
        Label.CREDIT,
        Label.CAPTION,
        None,
    ]


def test_a_refrain_stays() -> None:
    lines = [
        PROSE,
        PROSE,
        "And the river rolled on to the sea.",
        "and we wept,",
        "And the river rolled on to the sea.",
    ]
    assert [label(lines, i) for i in range(5)] == [None] * 5


@pytest.mark.parametrize(
    "line", ["Anna Smith (l.) mit dem Bürgermeister.", "The mayor (left) opens the bridge."]
)
def test_a_short_line_that_says_where_in_the_picture_someone_stands_is_a_caption(line: str) -> None:
    assert label([PROSE, line, PROSE], 1) is Label.CAPTION


@pytest.mark.parametrize(
    "line",
    [
        "The vase (left) was sold first, and the painting beside it (right) went for twice what the house had hoped "
        "for, though no one in the hall had thought that anybody would bid for either of the two that day.",
        "“The seat (right) is mine,” she said.",
        "Voters moved to the other party (right of the centre).",
    ],
)
def test_a_paragraph_with_a_side_in_brackets_stays(line: str) -> None:
    assert label([PROSE, line, PROSE], 1) is None


def test_the_rest_of_a_cut_sentence_above_a_credit_is_no_caption() -> None:
    assert (
        label([PROSE, PROSE, "is being looked into by the state, according to the", "Photo: Anna Smith"], 2)
        is None
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Fellow Clara French Press Kettle",
        "10. Colors of New England Featuring Coastal Maine",
        "How We Tested Gaming Laptops",
    ],
)
def test_a_heading_above_a_picture_of_what_it_names_is_no_caption(heading: str) -> None:
    assert judge([PROSE, PROSE, heading, "Credit: Amazon / Getty Images", PROSE], 2) is None
    assert judge(
        [PROSE, PROSE, "A kettle on a stove in a kitchen", "Credit: Amazon / Getty Images", PROSE], 2
    )


@pytest.mark.parametrize(
    ("sentence", "credit"),
    [
        ("मंत्री ने सोमवार को पुल का निरीक्षण किया और मरम्मत का आदेश दिया।", "फोटो: पीटीआई"),
        ("মন্ত্রী সোমবার সেতুটি ঘুরে দেখেন এবং মেরামতের নির্দেশ দেন।", "ছবি: পিটিআই"),
        ("وزیر نے پیر کو پل کا دورہ کیا اور مرمت کا حکم دیا۔", "Photo: AFP"),
    ],
)
def test_a_sentence_above_a_credit_stays_in_the_story_whatever_its_full_stop(
    sentence: str, credit: str
) -> None:
    story = [sentence.replace(" ", f" {word} ", 1) for word in ("1", "2", "3", "4", "5", "6")]
    assert clean_text("\n".join([*story[:4], credit, *story[4:]])).text.splitlines() == story
