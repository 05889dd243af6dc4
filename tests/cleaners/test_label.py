import pytest

from cleaners import clean_text
from cleaners.label import label
from cleaners.options import Options
from cleaners.read.text import read_text
from cleaners.rules import Claim, judge_lines
from cleaners.rules.gates import Lines

FILLER = "\n".join(f"It rained {n} mm in Kyiv on Thursday, residents said." for n in range(30))


def test_every_block_gets_a_verdict() -> None:
    document = read_text(FILLER)
    assert [verdict.rule for verdict in label(document, Options())] == ["body.default"] * 30
    assert document.language == "en"


def test_rules_are_asked_about_a_line_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counting(lines: Lines, off: frozenset[str]) -> list[Claim | None]:
        asked.append(len(lines))
        return judge_lines(lines, off)

    monkeypatch.setattr("cleaners.label.judge_lines", counting)
    clean_text(f"Home\nPost navigation\nShare on Facebook\n{FILLER}\nComments\nLeave a Reply")
    assert asked == [35]


def test_what_only_its_neighbour_tells_goes_in_the_company_of_a_line_that_gives_itself_away() -> None:
    alone = f"{FILLER}\nHome\nMore\n{FILLER}"
    assert "Home" in clean_text(alone).text
    assert [line.text for line in clean_text(f"{alone}\nPost navigation").removed] == [
        "Home",
        "More",
        "Post navigation",
    ]


def test_several_words_of_a_menu_are_evidence_and_two_are_not() -> None:
    assert clean_text(f"Search\nContact\n{FILLER}").removed == ()
    assert len(clean_text(f"Search\nContact\nImprint\n{FILLER}").removed) == 3


def test_a_word_of_a_menu_goes_alone_where_it_sounds_clearly_like_one() -> None:
    assert [(line.text, line.rule) for line in clean_text(f"Advertise with us\n{FILLER}").removed] == [
        ("Advertise with us", "navigation.menu")
    ]
    assert clean_text(f"Contact\n{FILLER}").removed == ()


def test_a_line_that_is_kept_by_its_label_is_no_evidence() -> None:
    text = f"Home\nMore\n{FILLER}\nPost navigation"
    assert clean_text(text, keep=["navigation"]).text == text


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


def test_a_crosshead_with_its_dashes_begins_no_sentence() -> None:
    text = "– Unanimous vote in Moscow –\nإعلان\na"
    assert clean_text(clean_text(text).text).text == clean_text(text).text


def test_a_text_of_more_lines_than_are_judged_together_is_judged_in_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = ["By Anna Smith", *STORY, "Home", "More", *STORY, "Post navigation", *STORY]
    whole = clean_text("\n".join(lines))
    monkeypatch.setattr("cleaners.label._AT_ONCE", 7)
    parted = clean_text("\n".join(lines))
    assert parted == whole
    assert [line.text for line in parted.removed] == ["Home", "More", "Post navigation"]
    assert clean_text(parted.text).text == parted.text


def test_two_words_of_a_menu_in_one_part_and_one_in_another_are_evidence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cleaners.label._AT_ONCE", 20)
    assert len(clean_text(f"Search\nContact\n{FILLER}\nImprint").removed) == 3
    assert clean_text(f"Search\n{FILLER}\nImprint").removed == ()


def test_a_line_is_not_spared_by_what_goes_itself() -> None:
    sale = "shop our summer sale: up to 70% off shoes and bags. Free shipping over $49."
    text = f"Cet article vous est offert\nTT\n{sale}"
    assert clean_text(clean_text(text).text).text == clean_text(text).text


def test_a_byline_at_the_end_of_a_part_is_no_byline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaners.label._AT_ONCE", 10)
    lines = [*FILLER.splitlines()[:29], "By Anna Smith", *FILLER.splitlines()]
    assert clean_text("\n".join(lines)).authors == ()
