from collections.abc import Callable

import pytest

from cleaners import clean_text, pipeline, rules
from cleaners.blocks import Label, Verdict
from cleaners.pipeline import label_blocks
from cleaners.read.text import read_text
from cleaners.rules import Claim, Rule
from cleaners.rules.gates import Gate, Lines

FILLER = "\n".join(f"It rained {n} mm in Kyiv on Thursday, residents said." for n in range(30))


def install(monkeypatch: pytest.MonkeyPatch, function: Callable[..., bool], *, alone: bool = False) -> None:
    """Make this rule the only one, and leave to it what else the scorer would weigh."""
    rule = Rule(function, Gate(), alone=alone)
    rule.claims[True] = Claim(Verdict(Label.AD, "test.ad"), alone)
    monkeypatch.setattr(pipeline, "_weigh", lambda document, verdicts, choice: verdicts)
    monkeypatch.setattr(rules, "all_rules", lambda: (rule,))


def goes_with_its_neighbour(lines: Lines, i: int) -> bool:
    """Take away "junk", and "tail" below a paragraph that says "Kyiv"."""
    return lines[i] == "junk" or (lines[i] == "tail" and i > 0 and "Kyiv" in lines[i - 1])


def test_a_line_is_judged_again_when_its_neighbour_went(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, goes_with_its_neighbour)
    text = f"{FILLER}\njunk\ntail\nThe end came, residents said.\n{FILLER}"
    assert [line.text for line in clean_text(text).removed] == ["junk", "tail"]


def test_a_rule_that_looks_at_its_line_alone_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def rule(text: str) -> bool:
        asked.append(text)
        return text == "junk"

    install(monkeypatch, rule, alone=True)
    clean_text(f"{FILLER}\njunk\n{FILLER}")
    assert len(asked) == 31  # of the lines that are printed twice too


def test_a_text_that_loses_nothing_is_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def rule(lines: Lines, i: int) -> bool:
        asked.append(i)
        return False

    install(monkeypatch, rule)
    clean_text(FILLER)
    assert asked == list(range(30))


def test_a_text_that_unravels_line_by_line_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, lambda lines, i: i == len(lines) - 1)
    assert 0 < len(clean_text(FILLER).removed) < 30


def test_every_block_gets_a_verdict() -> None:
    document = read_text(FILLER)
    assert [verdict.rule for verdict in label_blocks(document)] == ["body.default"] * 30
    assert document.language == "en"


def test_a_language_that_is_known_is_not_told_from_the_text() -> None:
    assert clean_text(FILLER, language="pt-BR").language == "pt"
    assert clean_text("Kyiv").language is None


STORY = [
    f"The ferry left pier {n} late on Monday because of the fog, the harbour office said." for n in range(9)
]


def test_in_a_text_without_furniture_a_title_above_its_date_stays_and_is_read() -> None:
    lines = ["Fog keeps ferries in port", "14 October 2024", *STORY]
    article = clean_text("\n".join(lines))
    assert article.text.splitlines() == lines
    assert (article.title, str(article.published)[:10]) == (lines[0], "2024-10-14")


def test_a_byline_is_company_for_a_title_and_a_date() -> None:
    lines = ["Fog keeps ferries in port", "By Anna Smith, Reuters", "14 October 2024", *STORY]
    article = clean_text("\n".join(lines))
    assert article.text.splitlines() == STORY
    assert (article.title, article.authors, article.agency) == (lines[0], ("Anna Smith",), "Reuters")


@pytest.mark.parametrize(
    "line", ["Copyright 2019 Harbour News. All rights reserved.", "© Regine", "Read more"]
)
def test_a_weak_line_at_the_end_stays_alone_and_goes_in_company(line: str) -> None:
    assert clean_text("\n".join([*STORY, line])).text.splitlines() == [*STORY, line]
    amid = [*STORY[:4], "Advertisement", *STORY[4:], line]
    assert clean_text("\n".join(amid)).text.splitlines() == STORY


def test_a_link_to_another_story_goes_from_a_report_and_stays_in_a_guide() -> None:
    link = "Read also: Storm closes nine schools"
    assert clean_text("\n".join([*STORY[:5], link, *STORY[5:]])).text.splitlines() == STORY
    guide = [line.replace("pier", f"pier {part} or") for part in range(5) for line in STORY]
    guide.insert(20, link)
    assert link in clean_text("\n".join(guide)).text


def test_a_row_of_facts_about_a_book_is_no_byline() -> None:
    lines = [*STORY, "The Keeper's Apprentice", "Author: Tomas Weil", "Pages: 312", STORY[0]]
    assert clean_text("\n".join(lines)).text.splitlines() == lines


def test_a_link_in_the_middle_of_a_sentence_stays_though_it_looks_like_a_button() -> None:
    lines = [
        "It rained in Kyiv on Thursday, and the streets of the old town were empty until the evening.",
        "Whoever wants to know how long it will last should at this time of the year not only",
        "Subscribe",
        "to the warnings of the weather service, residents said, but look out of the window.",
        "Subscribe",
        "More rain is expected on Friday, and two districts of the city have closed their schools.",
    ]
    assert clean_text("\n".join(lines)).text.splitlines() == [*lines[:4], lines[5]]
