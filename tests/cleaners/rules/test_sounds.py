"""A line that sounds like junk goes, unless the story has its words, or is about what it sells."""

from __future__ import annotations

from time import process_time

import pytest

from cleaners import clean_html, clean_text
from cleaners.rules.sounds import sound_with_kinds

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
        "Your comment will be visible once an editor has looked at it",
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
        "Buried in debt? There's a law for that.",
        "Ask any plasterer in Leeds where he gets his boots.",
        "Beauty editors have fallen hard for a mascara that refuses to budge, even at weddings.",
    ],
)
def test_a_sentence_that_turns_to_nobody_stays_though_it_sounds_like_an_ad(line: str) -> None:
    assert sound_with_kinds(line).junk > 1.5
    assert line in among(line)


@pytest.mark.parametrize("line", ["Looking ahead", "What happens next", "No comment", "Bonus culture"])
def test_crossheads_stay(line: str) -> None:
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


AD = "Your pipes deserve a plumber who answers at midnight: ring Fennick Brothers!"


@pytest.mark.parametrize(
    "lines",
    [
        (*STORY[:3], AD, "Playback stops when you leave this page", *STORY[3:]),
        (*STORY[:4], "– Dentists stunned by grandma's oil trick –", *STORY[4:]),
        ("By Anna Memecoin", *STORY[:4], "1000x memecoin alert, devs doxxed, liquidity locked", *STORY[4:]),
        ("By Anna Deposit", *STORY[:4], "Deposit £10, play with £60 – SpinHarbour", *STORY[4:]),
        (
            *STORY[:3],
            "Cruise from Southampton this June: 14 nights, balcony cabin, £1,299pp, with $200 to spend on board. "
            "Call now, lines open until ten tonight!",
            *STORY[3:],
            "Post navigation",
        ),
    ],
    ids=[
        "among others",
        "between dashes",
        "a byline has its word",
        "a byline in the way",
        "beside other junk",
    ],
)
def test_cleaning_again_changes_nothing(lines: tuple[str, ...]) -> None:
    once = "\n".join(kept(*lines))
    assert clean_text(once).text == once


def test_what_is_kept_is_no_company() -> None:
    notice = "Audio starts by itself unless you change that under playback."
    lines = (*STORY[:2], AD, *STORY[2:5], notice, *STORY[5:])
    alone = clean_text("\n".join((*STORY[:5], notice, *STORY[5:]))).text
    beside = clean_text("\n".join(lines), keep=["ad"]).text
    assert AD in beside
    assert (notice in beside) == (notice in alone)


def test_time_grows_with_the_lines() -> None:
    def seconds(count: int) -> float:
        text = "\n".join(f"BOGO lantern{number} this weekend only" for number in range(count))
        start = process_time()
        clean_text(text)
        return process_time() - start

    seconds(100)
    assert seconds(4_000) < 12 * seconds(1_000)
