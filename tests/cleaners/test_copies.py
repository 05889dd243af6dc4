from selectolax.lexbor import LexborHTMLParser

from cleaners import clean_html
from cleaners.copies import find_copies, find_other_stories
from cleaners.read.walk import walk_page
from tests.cleaners import written
from tests.cleaners.written import STORY, TITLE, paragraphs

OTHER = tuple(
    f"{line} That was the {number} thing that the council of Low Ferry was told on Monday evening."
    for number, line in enumerate(
        (
            "A baker wants to keep his oven burning through the night, which the neighbours have complained about.",
            "The bus to the station will leave ten minutes later, because nobody has ever caught the first train.",
            "The swimming pool closes in March for repairs to the roof, and pupils will be taken to the next town.",
            "A tree on the market square has to be felled, though experts differ about how ill it is.",
        )
    )
)


def texts(html: str) -> list[str]:
    return clean_html(html).text.split("\n")


def test_a_body_that_is_printed_twice_comes_out_once() -> None:
    html = written.wordpress(paragraphs() + "<div class='print-only'>" + paragraphs() + "</div>")
    assert texts(html) == list(STORY)


def test_it_does_so_when_the_second_copy_is_cut_into_other_paragraphs() -> None:
    article = clean_html(written.wordpress(f"{paragraphs()}<div><p>{' '.join(STORY)}</p></div>"))
    assert article.text.split("\n") == list(STORY)
    assert [line.rule for line in article.removed if line.text.startswith(STORY[0])] == [
        "copies.printed-again"
    ]


def test_it_does_so_when_the_first_copy_is_the_one_that_is_not_cut() -> None:
    html = written.wordpress(f"<div><p>{' '.join(STORY)}</p></div>{paragraphs()}")
    assert texts(html) == [" ".join(STORY)]


def test_a_quote_that_is_set_beside_the_story_may_repeat_its_sentence() -> None:
    html = written.wordpress(paragraphs((*STORY[:4], STORY[2], *STORY[4:])))
    assert len(texts(html)) == len(STORY) + 1


def test_a_refrain_stays() -> None:
    lines = [line for verse in STORY for line in (verse, "And the rain, the rain came down on Harbour Town.")]
    assert texts(written.wordpress(paragraphs(lines))) == lines


def test_sentences_that_come_again_here_and_there_stay() -> None:
    lines = [
        *STORY[:5],
        STORY[1],
        *STORY[5:],
        STORY[3],
        "Nobody knows when the trains will run again.",
        STORY[0],
    ]
    assert texts(written.wordpress(paragraphs(lines))) == lines


def test_terms_that_are_the_same_for_every_country_stay() -> None:
    terms = " ".join(STORY[1:4])
    lines = [line for country in ("Norway", "Poland", "Chile") for line in (country, terms)]
    verdicts = find_copies(lines, range(len(lines)))
    assert verdicts == {}


def test_a_paragraph_for_phones_beside_the_same_for_screens_comes_out_once() -> None:
    lines = [*STORY[:3], STORY[2], *STORY[3:]]
    assert texts(written.wordpress(paragraphs(lines))) == list(STORY)


def story(title: str, lines: tuple[str, ...]) -> str:
    return f"<article class=story><h1>{title}</h1><div class=body>{paragraphs(lines)}</div></article>"


def test_another_article_with_a_headline_of_its_own_is_another_story() -> None:
    article = clean_html(
        written.page(f"<main>{story(TITLE, STORY)}{story('What the council heard', OTHER)}</main>")
    )
    assert article.text.split("\n") == list(STORY)


def test_entries_below_one_headline_are_one_story() -> None:
    entries = "".join(f"<article><h2>12:0{n}</h2><p>{line}</p></article>" for n, line in enumerate(STORY))
    for page in (f"<h1>{TITLE}</h1>{entries}", f"<article><h2>{TITLE}</h2>{entries}</article>"):
        walk = walk_page(LexborHTMLParser(page))
        assert find_other_stories(walk, walk.texts, TITLE, range(len(walk.texts))) == {}
