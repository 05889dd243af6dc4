"""Offers are known by how they are composed, in all languages: what is given or sold, an order, an amount, terms."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cleaners import clean_text
from cleaners.memory import forget
from cleaners.rules import offers

#: Lines of many kinds in 31 languages, each behind its language.
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("offer_lines.txt").read_text(encoding="utf-8").splitlines()
]
STORY = (
    "The harbour was closed on Monday.",
    "Two ferries waited outside the breakwater until the evening.",
    "The storm had torn a crane from its rails.",
    "It will open again on Thursday, the mayor said.",
)
LEAST = 0.85
#: Of offers made with words that nobody has written down so many are known at least.
LEAST_UNKNOWN = 0.5
LEFT_OUT = 5


def test_offers_are_taken_out_of_a_story_and_nothing_else() -> None:
    gone = 0
    for _, line in ROWS:
        kept = clean_text("\n".join((*STORY[:2], line, *STORY[2:]))).text.splitlines()
        assert [text for text in kept if text != line] == list(STORY)
        gone += line not in kept
    assert gone >= LEAST * len(ROWS)


def test_offers_are_known_without_a_fifth_of_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    known = offers.known_words()
    dice = random.Random(7)

    def some(table: dict[str, str]) -> dict[str, str]:
        return {key: group for key, group in table.items() if dice.randrange(LEFT_OUT)}

    fewer = known._replace(
        words=some(known.words),
        stems=some(known.stems),
        phrases=some(known.phrases),
    )
    joined = {
        letter: [entry for entry in entries if dice.randrange(LEFT_OUT)]
        for letter, entries in offers.joined_phrases().items()
    }
    forget()
    monkeypatch.setattr(offers, "known_words", lambda: fewer)
    monkeypatch.setattr(offers, "joined_phrases", lambda: joined)
    try:
        found = sum(offers.offer_to_the_reader.says(line) is not None for _, line in ROWS)
    finally:
        forget()
    assert found >= LEAST_UNKNOWN * len(ROWS)


@pytest.mark.parametrize(
    "line",
    [
        "Start your free trial today and cancel whenever you like.",
        "Eröffnen Sie jetzt Ihr kostenloses Konto und sparen Sie die Gebühren.",
        "Apprenez le piano en ligne, votre premier cours est offert.",
        "Vergelijk nu gratis de tarieven van energieleveranciers en bespaar op je rekening.",
    ],
)
def test_an_offer_that_begins_with_an_order_needs_no_amount(line: str) -> None:
    assert line not in clean_text("\n".join((*STORY[:2], line, *STORY[2:]))).text


@pytest.mark.parametrize(
    "line",
    [
        "Get your tickets at the pier, the harbour master told passengers on Monday.",
        "Open your windows and your doors, the fire brigade asked the people of the old town.",
        "The casino promised new players a 200 euro bonus on their first deposit, the regulator said.",
        "La police a saisi 300 bonus de bienvenue imprimés sur de faux billets mardi.",
        "Der Minister warb mit 500 Euro Prämie für jeden, der sich bis Montag meldet.",
        "El banco regaló 50 euros a los clientes que abrieron una cuenta en mayo.",
        "Полиция изъяла бонусы на 300 рублей и фишки казино.",
        "You can hear the ice break from the pier.",
        "I paid 30 euros for my first month, and you get the second one for free.",
        "Ich habe 30 Euro gezahlt, und den zweiten Monat bekommen Sie gratis.",
        "Monthly tickets for the ferry start at 39.90 euros per month; however, prices vary with where you live.",
        "Monatskarten gibt es ab 39 Euro im Monat, allerdings zahlen Sie auf der Insel mehr.",
        "Should you buy Bitcoin now?",
    ],
)
def test_news_about_offers_stays(line: str) -> None:
    assert line in clean_text("\n".join((*STORY[:2], line, *STORY[2:]))).text


def test_advice_keeps_its_sentences() -> None:
    text = [
        "Your kitchen can be warm in winter without a second boiler if you plan it well and early.",
        "Before you call anybody you should measure your windows and your doors with a ruler.",
        "Compare three quotes, choose the cheapest and save up to 400 euros a year.",
        "You may find that your old pipes are the reason why your rooms never get really warm.",
    ]
    assert clean_text("\n".join(text)).text.splitlines() == text


def test_what_is_nearly_an_offer_goes_beside_one_and_stays_without() -> None:
    offer, nearly = (
        "Claim your 40 free rides today and pay nothing for the first month.",
        "Get your card for 3 euros a month",
    )
    assert nearly in clean_text("\n".join((*STORY, nearly))).text
    assert clean_text("\n".join((*STORY, offer, nearly))).text.splitlines() == list(STORY)


def test_nothing_goes_for_being_beside_an_offer_that_stays() -> None:
    news = [
        f"The council met on Monday in hall {hall} and voted on the plan for the {hall} buses."
        for hall in "ABCDE"
    ]
    advice = [
        "If you buy a ticket in the evening, you will find that your card is of no use to you on the bus.",
        "You should look at your tariff before you travel, and keep your receipt with you until the end.",
        "When you buy a ticket in the evening, you will find that your card is of no use to you on the bus.",
    ]
    offer, beside = (
        "Claim your 40 free rides today and pay nothing for the first month.",
        "Get your card for 3 euros a month",
    )
    notice = "All rights reserved. No part of it may be reproduced without permission."
    rights = [f"© 2024 Agence France-Presse {part}. {notice}" for part in "abcdef"] * 3
    kept = clean_text(
        "\n".join([*news, *advice, offer, beside, *rights, "Post navigation"])
    ).text.splitlines()
    assert (beside in kept) == (offer in kept)
