"""What the scorer takes from a text that no rule claims, and what it leaves."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cleaners import clean_text, explain_text
from cleaners.blocks import Label
from cleaners.options import Mode
from cleaners.scorer.chances import text_chances
from cleaners.scorer.cut import choose
from cleaners.weigh import weigh_text

MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Podcasts", "E-Paper", "Jobs"]
FOOTER = ["About us", "Contact", "Imprint", "Terms of use", "Help centre", "Careers", "Advertise", "Site map"]
STORY = [
    "Heavy rain flooded the lower streets of the port of Harrow Bay on Thursday, and the fish market stayed closed for "
    "the first time in eleven years, the mayor told reporters.",
    "Residents carried furniture to the upper floors while firefighters pumped water out of cellars. No one was hurt, "
    "and the river is expected to fall again by Saturday evening.",
    "“We heard the water before we saw it,” said Ella Quint, who runs a bakery on the quay and lost two ovens. “By six "
    "in the morning it stood at the second step.”",
    "The council will decide next week whether to raise the wall along the quay, a plan that has been discussed since "
    "the last flood and that shopkeepers have opposed because of the cost.",
]


def page(title: str = "Rain floods the port of Harrow Bay") -> str:
    return "\n".join([f"{title} | The Bay Example", *MENU, title, *STORY, *FOOTER, *MENU])


def test_the_story_is_found_between_menus() -> None:
    assert clean_text(page()).text.splitlines() == STORY


def test_what_goes_says_so() -> None:
    removed = {line.text: line for line in clean_text(page()).removed}
    assert {"Podcasts", "Imprint", "Careers"} < removed.keys()
    assert any(line.rule == "scorer.dump" and line.label == "boilerplate" for line in removed.values())


def test_what_a_text_was_taken_for_is_in_the_names_of_its_verdicts() -> None:
    body = "\n".join(STORY)
    taken = [
        {reason.rule for reason in explain_text(text)[1]}
        for text in (page(), f"{body}\nPost navigation\nHarbour", body)
    ]
    assert ["scorer.dump" in rules for rules in taken] == [True, False, False]
    assert ["scorer.text" in rules for rules in taken] == [False, True, False]


def test_the_title_above_the_body_is_found() -> None:
    assert clean_text(page()).title == "Rain floods the port of Harrow Bay"


@pytest.mark.parametrize("mode", ["careful", "balanced", "aggressive"])
def test_a_clean_story_stays_in_every_mode(mode: Mode) -> None:
    assert clean_text("\n".join(STORY), mode=mode).text.splitlines() == STORY


@pytest.mark.parametrize("mode", ["careful", "balanced", "aggressive"])
def test_cleaning_again_changes_nothing(mode: Mode) -> None:
    once = clean_text(page(), mode=mode).text
    assert clean_text(once, mode=mode).text == once


def test_a_clean_story_with_crossheads_stays() -> None:
    story = [STORY[0], "Two ovens lost", STORY[2], "A wall along the quay", STORY[3], STORY[1]]
    assert clean_text("\n".join(story)).text.splitlines() == story


@pytest.mark.parametrize(
    "story",
    [
        ["大雨で港の低い通りが木曜日に浸水し、魚市場は十一年ぶりに休業したと市長が記者団に語った。"] * 2,
        ["हार्बर के निचले इलाकों में गुरुवार को भारी बारिश से पानी भर गया और मछली बाजार बंद रहा, महापौर ने कहा।"] * 2,
        [
            "غمرت الأمطار الغزيرة شوارع الميناء السفلى يوم الخميس وأغلقت سوق السمك أبوابها، بحسب ما قال رئيس البلدية."
        ]
        * 2,
    ],
)
def test_a_clean_story_stays_in_scripts_without_capitals(story: list[str]) -> None:
    lines = [f"{line} {number}。" for number, line in enumerate(story)]
    assert clean_text("\n".join(lines)).text.splitlines() == lines


def test_a_clean_text_is_cleaned_without_numpy() -> None:
    program = (
        "import sys, cleaners\n"
        f"cleaners.clean_text({chr(10).join(STORY)!r})\n"
        "sys.exit('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_blocks_that_a_rule_claimed_keep_their_verdict() -> None:
    texts = page().split("\n")
    before = weigh_text(texts, [None] * len(texts), "balanced")[3]
    assert before is not None
    assert before.label is Label.BOILERPLATE
    claimed = [None] * len(texts)
    verdicts = weigh_text(texts, [*claimed[:3], before, *claimed[4:]], "balanced")
    assert verdicts[3] is before


def test_an_aggressive_cut_keeps_no_more_than_a_careful_one() -> None:
    lines = page().splitlines()
    chance = text_chances(lines, [None] * len(lines))
    careful, balanced, hard = (sum(choose(lines, chance, m)) for m in ("careful", "balanced", "aggressive"))
    assert careful >= balanced >= hard


def test_a_caption_is_the_line_above_its_credit() -> None:
    photo = ["Water stands in the fish market of Harrow Bay.", "Foto: dpa"]
    article = clean_text("\n".join([*MENU, STORY[0], *photo, *STORY[1:], *FOOTER]))
    assert [(p.caption, p.credit) for p in article.photos] == [(photo[0], "dpa")]
    assert article.text.splitlines() == STORY


def test_a_caption_that_is_printed_twice_is_one_photo() -> None:
    photo = ["Water stands in the fish market of Harrow Bay.", "Foto: dpa"]
    article = clean_text("\n".join([*MENU, *photo, STORY[0], *STORY[1:3], *photo, STORY[3], *FOOTER]))
    assert [p.caption for p in article.photos] == [photo[0]]


def test_a_paragraph_of_some_length_above_a_credit_stays() -> None:
    long = " ".join(STORY)
    article = clean_text("\n".join([*MENU, STORY[0], long, "Foto: dpa", *STORY[1:], *FOOTER]))
    assert long in article.text
