import pytest

from cleaners import Label, explain_html
from cleaners.label import label
from cleaners.options import Options
from cleaners.read.html import read_html
from tests.cleaners import written
from tests.cleaners.written import RIGHTS, STORY, TITLE


def labels(html: str, mode: str = "balanced") -> dict[str, Label]:
    document = read_html(html)
    return {
        block.text: verdict.label
        for block, verdict in zip(document.blocks, label(document, Options(mode=mode)), strict=True)
    }


def test_every_block_gets_one_verdict_with_a_reason() -> None:
    document = read_html(written.wordpress())
    verdicts = label(document, Options())
    assert len(verdicts) == len(document.blocks)
    assert all("." in verdict.rule and 0 <= verdict.confidence <= 1 for verdict in verdicts)


def test_a_page_without_blocks_has_no_verdicts() -> None:
    assert label(read_html("<body></body>"), Options()) == []


@pytest.mark.parametrize("template", sorted(written.TEMPLATES))
def test_the_story_is_body_and_its_headline_the_title(template: str) -> None:
    found = labels(written.TEMPLATES[template]())
    assert {found[line] for line in STORY} == {Label.BODY}
    assert found[TITLE] is Label.TITLE


def test_the_byline_above_the_story_is_a_byline() -> None:
    html = written.wordpress("<p>By Olena Bird</p>" + written.paragraphs())
    assert labels(html)["By Olena Bird"] is Label.BYLINE


def test_the_rights_at_the_foot_are_rights_however_far_away() -> None:
    assert labels(written.wordpress())[RIGHTS] is Label.RIGHTS


def test_furniture_is_called_what_its_markup_or_words_say() -> None:
    found = labels(written.wordpress())
    assert found["Post navigation"] is Label.NAVIGATION
    assert next(label for text, label in found.items() if text.startswith("Share:")) is Label.SHARING


def test_crossheads_are_headings() -> None:
    middle = written.paragraphs(STORY[:4]) + "<h2>Dams full to the brim</h2>" + written.paragraphs(STORY[4:])
    assert labels(written.wordpress(middle))["Dams full to the brim"] is Label.HEADING


def test_the_modes_differ_in_what_is_doubtful_only() -> None:
    html = written.wordpress()
    sizes = [
        sum(label in {Label.BODY, Label.HEADING} for label in labels(html, mode).values())
        for mode in ("aggressive", "balanced", "careful")
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] >= len(STORY) - 1


def test_explaining_a_page_gives_the_verdicts_that_its_article_was_made_by() -> None:
    article, reasons = explain_html(written.wordpress(written.figure() + written.paragraphs()))
    bodies = [reason.text for reason in reasons if reason.label == Label.BODY]
    assert bodies == [part.text for part in article.body]
    assert Label.CAPTION in {reason.label for reason in reasons}
