"""Lines that a site repeats: furniture goes, the story's own sentences stay however often they are printed."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.blocks import Block, Label, Verdict
from cleaners.read.html import read_html
from cleaners.repeated import SURE_COUNT, judge_repeated, normalise_line

BOX = "<div class=partner><p>{}</p></div>"


def page(*lines: tuple[str, str] | str) -> Sequence[Block]:
    """Return the blocks of a page: lines in paragraphs of an article, or in the markup that stands beside them."""
    parts = [(line, "<p>{}</p>") if isinstance(line, str) else line for line in lines]
    return read_html(f"<article>{''.join(markup.format(line) for line, markup in parts)}</article>").blocks


def taken(blocks: Sequence[Block], repeated: dict[str, int]) -> list[str]:
    verdicts = judge_repeated(blocks, [None] * len(blocks), repeated)
    return [block.text for block, verdict in zip(blocks, verdicts, strict=True) if verdict is not None]


OWN = "The harbour authority approved a plan for the old dam on Tuesday."
MORE = "It promised results before the summer, residents said after the meeting."
BACKGROUND = "The dam, built in 1931, has leaked since the great storm."
SLOGAN = "Amber Gold for your savings"


def test_a_line_that_is_no_sentence_goes_wherever_it_stands() -> None:
    assert taken(page(OWN, SLOGAN, MORE), {normalise_line(SLOGAN): 3}) == [SLOGAN]


def test_its_label_and_count_are_told() -> None:
    verdicts = judge_repeated(page(OWN, SLOGAN), [None, None], {normalise_line(SLOGAN): 37})
    assert verdicts[1] == Verdict(Label.BOILERPLATE, "site.repeated:37", 0.9)


def test_capitals_and_spaces_do_not_matter() -> None:
    assert taken(page(OWN, "AMBER GOLD for your  savings"), {normalise_line(SLOGAN): 3})


def test_a_standing_paragraph_of_background_stays() -> None:
    assert taken(page(OWN, BACKGROUND, MORE), {normalise_line(BACKGROUND): 400}) == []


def test_a_standing_paragraph_at_the_end_stays_until_it_is_on_very_many_pages() -> None:
    blocks = page(OWN, MORE, BACKGROUND)
    assert taken(blocks, {normalise_line(BACKGROUND): SURE_COUNT - 1}) == []
    assert taken(blocks, {normalise_line(BACKGROUND): SURE_COUNT}) == [BACKGROUND]


def test_a_sentence_outside_the_storys_own_elements_goes() -> None:
    offer = "Partners of this site offer you ten days of gold for nothing."
    assert taken(page(OWN, (offer, BOX), MORE), {normalise_line(offer): 3}) == [offer]
    assert taken(page(OWN, offer, MORE), {normalise_line(offer): 3}) == []


def test_a_crosshead_that_many_stories_have_stays_over_its_paragraphs() -> None:
    blocks = page(OWN, ("What we know", "<h2>{}</h2>"), MORE)
    assert taken(blocks, {"what we know": 9}) == []
    blocks = page(OWN, MORE, ("More from our partners", "<h3>{}</h3>"))
    assert taken(blocks, {"more from our partners": 9}) == ["More from our partners"]


def test_captions_and_headlines_are_none_of_its_business() -> None:
    for markup in ("<figure><figcaption>{}</figcaption></figure>", "<h1>{}</h1>"):
        blocks = page(OWN, ("File photo", markup))
        assert taken(blocks, {"file photo": 50}) == []


def test_what_a_rule_has_claimed_keeps_its_verdict() -> None:
    blocks = page(OWN, "Mara Lindqvist")
    byline = Verdict(Label.BYLINE, "bylines.name")
    assert judge_repeated(blocks, [None, byline], {"mara lindqvist": 50})[1] == byline


def test_what_the_scorer_has_weighed_may_still_be_furniture() -> None:
    blocks = page(OWN, SLOGAN, "What we know", MORE)
    weighed = Verdict(Label.BODY, "scorer.page", 0.7)
    heading = Verdict(Label.HEADING, "scorer.page", 0.7)
    sure = Verdict(Label.BODY, "dialogue.answer")
    repeated = {normalise_line(SLOGAN): 9, "what we know": 9}
    assert judge_repeated(blocks, [weighed, weighed, heading, weighed], repeated)[1:3] == [
        Verdict(Label.BOILERPLATE, "site.repeated:9", 0.9),
        heading,
    ]
    assert judge_repeated(blocks, [weighed, sure, heading, weighed], repeated)[1] == sure


def test_a_page_is_never_emptied() -> None:
    lines = ["One short line", "Another short line", OWN]
    assert taken(page(*lines), {normalise_line(line): 9 for line in lines}) == []


def test_sentences_of_other_scripts_are_sentences() -> None:
    chinese = "港务局周二批准了旧水坝的维修计划。"
    thai = "การท่าเรืออนุมัติแผนซ่อมเขื่อนเก่าเมื่อวันอังคาร" * 4
    for line in (chinese, thai):
        assert taken(page(OWN, line, MORE), {normalise_line(line): 9}) == []
