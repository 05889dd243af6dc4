from datetime import datetime

from cleaners import clean_html
from tests.cleaners import written
from tests.cleaners.written import CAPTION, CREDIT

URL = "https://example.org/world/floods"


def page(photo: str) -> str:
    return written.wordpress(photo + written.paragraphs())


def test_the_lines_of_a_photo_are_neither_body_nor_removed() -> None:
    article = clean_html(page(written.figure()), url=URL)
    [photo] = article.photos
    assert photo.printed
    lost = {line.text for line in article.removed}
    assert not any(CAPTION in text or text == CREDIT for text in lost)


def test_a_caption_that_is_said_twice_is_one_photo() -> None:
    [photo] = clean_html(page(written.figure() + f"<p class=caption>{CAPTION}</p>"), url=URL).photos
    assert photo.caption is not None


def test_a_photo_that_only_a_line_tells_of_is_kept() -> None:
    [photo] = clean_html(page(f"<p>{CAPTION} © AFP – Olena BIRD</p>"), url=URL).photos
    assert (photo.photographer, photo.agency) == ("Olena Bird", "AFP")


def test_a_sentence_of_the_story_is_no_caption_because_a_photo_repeats_it() -> None:
    article = clean_html(page(written.figure(caption="Rain")), url=URL)
    assert article.text.split("\n") == list(written.STORY)


def test_what_the_page_says_for_machines_comes_before_what_it_prints() -> None:
    head = '<meta property="article:published_time" content="2024-10-24T09:00:00Z">'
    article = clean_html(written.wordpress(head=head), url=URL)
    assert article.published == datetime.fromisoformat("2024-10-24T09:00:00+00:00")


def test_the_headline_is_the_title_without_the_site_s_name() -> None:
    article = clean_html(written.wordpress(), url=URL)
    assert article.title == written.TITLE
    assert article.site_name == "Example Press"
    assert written.TITLE in {line.text for line in article.fields}
