import pytest

from cleaners import clean_html
from tests.cleaners import written


def why(markup: str) -> str:
    """The label that a line in this markup, after a story and a link, is removed with."""
    linked = markup.replace("Rain and more", "<a href=/rain>Rain and more</a>")
    article = clean_html(written.wordpress().replace("</main>", f"{linked}</main>"))
    return next(line.label for line in article.removed if line.text == "Rain and more")


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ("<nav><p>Rain and more</p></nav>", "navigation"),
        ("<div class='share-buttons'><p>Rain and more</p></div>", "sharing"),
        ("<div id='newsletter-box'><p>Rain and more</p></div>", "newsletter"),
        ("<div class='comments-area'><p>Rain and more</p></div>", "comments"),
        ("<div class='relatedPosts'><p>Rain and more</p></div>", "related"),
        ("<div class='ad-container'><p>Rain and more</p></div>", "ad"),
        ("<div class='cookie-consent'><p>Rain and more</p></div>", "notice"),
        ("<ul class='breadcrumbs'><li>Rain and more</li></ul>", "navigation"),
        ("<div class='taboola'><p>Rain and more</p></div>", "related"),
    ],
)
def test_the_names_of_elements_say_what_kind_of_furniture_a_line_is(markup: str, label: str) -> None:
    assert why(markup) == label


def test_the_nearest_name_decides() -> None:
    assert why("<div class=sidebar><div class=newsletter><p>Rain and more</p></div></div>") == "newsletter"


def test_names_that_say_nothing_leave_a_line_boilerplate() -> None:
    assert why("<div class='xq7 col-md-3'><p>Rain and more</p></div>") in {"boilerplate", "navigation"}


def test_names_do_not_take_the_story_away() -> None:
    html = written.wordpress().replace(
        'class="entry-content"', 'class="entry-content share-enabled has-comments"'
    )
    assert clean_html(html).text.split("\n") == list(written.STORY)
