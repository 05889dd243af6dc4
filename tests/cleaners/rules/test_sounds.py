"""A line that sounds like junk goes, unless the story has its words, or is about what it sells."""

from __future__ import annotations

import pytest

from cleaners import clean_html, clean_text

STORY = (
    "The bridge over the Elbe will be closed from Monday until the spring, the council decided.",
    "Engineers found cracks in two of its pillars when the river was low in September.",
    "Buses will go by the old road, which adds a quarter of an hour to the way to Meissen.",
    "The council wants to pay for the repairs with a loan from the state bank.",
    "Fishermen had warned of the cracks in the pillars for years, a spokesman said.",
    "A new bridge would cost three times as much, according to the engineers.",
    "The ferry will run until midnight as long as the bridge is closed.",
)


def kept(*lines: str) -> list[str]:
    return clean_text("\n".join(lines)).text.splitlines()


def among(line: str) -> list[str]:
    return kept(*STORY[:3], line, *STORY[3:])


@pytest.mark.parametrize(
    "line",
    [
        "Your pipes deserve a plumber who answers at midnight: ring Fennick Brothers!",
        "Fall asleep in minutes with the drops that half of Hollywood keeps on its nightstand!",
        "Knitwear lovers, rejoice: the Aran cardigan is back in five new colours at Hebridean Wool",
        "Sign in to leave a comment or create your free account",
    ],
)
def test_an_inserted_line_goes_and_nothing_else(line: str) -> None:
    assert among(line) == list(STORY)


def test_its_rule_and_label_are_told() -> None:
    ad = "Your pipes deserve a plumber who answers at midnight: ring Fennick Brothers!"
    removed = clean_text("\n".join((*STORY[:3], ad, *STORY[3:]))).removed
    assert [(line.label, line.rule) for line in removed] == [("ad", "ads.sounds-like-one")]


@pytest.mark.parametrize(
    "line",
    [
        "The casino by the river has the best bonus in town.",
        '"Never click on a link in a message that says you have won a prize," the officer said.',
        "Looking ahead",
        "What happens next",
    ],
)
def test_news_stays(line: str) -> None:
    assert line in among(line)


def test_a_line_with_the_storys_words_stays() -> None:
    advice = "Take your ticket for the ferry before midnight, the pillars of the bridge are being repaired!"
    assert advice in among(advice)


def test_a_line_stays_in_a_text_that_is_about_what_it_sells() -> None:
    offers = [
        f"Our {pillow} pillow keeps your neck straight and your pillow cool, and you will love it from night one!"
        for pillow in ("goose", "wool", "spelt", "foam", "cherry stone")
    ]
    assert kept(*offers) == offers


def test_a_line_goes_from_a_page_too() -> None:
    ad = "Your pipes deserve a plumber who answers at midnight: ring Fennick Brothers!"
    paragraphs = "".join(f"<p>{line}</p>" for line in (*STORY[:3], ad, *STORY[3:]))
    page = f"<html><head><title>Bridge</title></head><body><article>{paragraphs}</article></body></html>"
    assert ad not in clean_html(page).text.splitlines()


def test_a_byline_is_no_furniture() -> None:
    article = clean_text("\n".join(("Bridge closed", "By Anna Smith, our reporter in Dresden", *STORY)))
    assert article.text.splitlines()[-len(STORY) :] == list(STORY)
    assert not any("sounds" in line.rule for line in article.removed)


def test_cleaning_again_changes_nothing() -> None:
    ad = "Your pipes deserve a plumber who answers at midnight: ring Fennick Brothers!"
    furniture = ("Sign in to leave a comment", "Load more stories")
    once = "\n".join(kept(STORY[0], ad, *STORY[1:4], *furniture, *STORY[4:]))
    assert clean_text(once).text == once
