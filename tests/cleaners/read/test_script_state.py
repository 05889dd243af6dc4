import json
import time

from cleaners.read.html import read_html
from cleaners.read.script_state import state_page
from tests.cleaners.written import STORY


def lines(state: object, before: str = "window.__STATE__ = ", after: str = ";") -> list[str]:
    """The lines of the article that a page with this state in a script carries."""
    page = state_page(f"<div id=app></div><script>{before}{json.dumps(state)}{after}</script>")
    return [block.text for block in read_html(page).blocks] if page else []


def test_a_list_of_texts_is_an_article() -> None:
    assert lines({"menu": ["Home", "World"], "story": {"paragraphs": list(STORY)}}) == list(STORY)


def test_a_list_of_objects_with_a_text_each_is_an_article() -> None:
    assert lines({"blocks": [{"kind": "p", "data": line} for line in STORY]}) == list(STORY)


def test_a_text_with_markup_is_an_article() -> None:
    assert lines({"body": "".join(f"<p>{line}</p>" for line in STORY)}) == list(STORY)


def test_the_longest_of_several_texts_is_taken() -> None:
    teaser = "Other stories of the day that nobody has to read, in short. All of them."
    assert lines(
        {"teasers": [{"text": teaser}] * 3, "body": "".join(f"<p>{line}</p>" for line in STORY)}
    ) == list(STORY)


def test_the_state_may_stand_alone_or_be_set_to_a_name() -> None:
    assert lines({"body": list(STORY)}, before="", after="") == list(STORY)
    assert lines({"body": list(STORY)}, before="var state=", after="; start(state);") == list(STORY)


def test_names_addresses_and_short_texts_are_no_prose() -> None:
    state = {"url": "https://example.org/" + "a" * 200, "title": "Rain in Kyiv", "key": "x" * 500}
    assert lines(state) == []


def test_scripts_that_are_programs_say_nothing() -> None:
    assert (
        state_page(
            "<script>function rain(a) { return [a, 'It rained. ' + a.join(' ')]; }"
            + "x();" * 99
            + "</script>"
        )
        is None
    )
    assert state_page("<p>It rained.</p>") is None


def test_deep_and_broken_state_is_passed_over_quickly() -> None:
    start = time.process_time()
    assert state_page("<script>x = " + "[" * 100_000 + "]" * 100_000 + "</script>") is None
    assert state_page("<script>x = " + '{"a":' * 100_000 + "</script>") is None
    assert state_page("<script>x = " + "{[" * 1_000_000 + "</script>") is None
    assert time.process_time() - start < 5
