import pickle
from typing import Any

import pytest

from cleaners import clean_html, clean_text
from cleaners.blocks import Label
from cleaners.options import Mode, Options

STORY = (
    "It rained in Kyiv on Thursday.\n200% Deposit Bonus up to €3,000\nThe streets were empty, residents said."
)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"keep": ["casino"]}, "no label is called casino"),
        ({"keep": "ad"}, "keep is a list of labels, not 'ad'"),
        ({"drop": ["body"]}, "cannot be dropped"),
        ({"keep": ["ad"], "drop": ["ad"]}, "both kept and dropped: ad"),
        ({"mode": "brutal"}, "no mode is called brutal; there are aggressive, balanced, careful"),
        ({"language": "English!"}, "no language has the tag 'English!'"),
        ({"language": ""}, "no language has the tag ''"),
    ],
)
def test_what_does_not_exist_is_refused(wrong: dict[str, Any], message: str) -> None:
    for takes in (
        Options,
        lambda **said: clean_text(STORY, **said),
        lambda **said: clean_html(STORY, **said),
    ):
        with pytest.raises(ValueError, match=message):
            takes(**wrong)


def test_an_option_that_is_none_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        clean_text(STORY, colour="red")  # type: ignore[call-arg]


def test_options_and_their_names_say_the_same() -> None:
    kept = clean_text(STORY, keep=["ad"])
    assert "Bonus" in kept.text
    assert clean_text(STORY, Options(keep=["ad"])) == kept
    assert clean_text(STORY, options=Options(keep=[Label.AD])) == kept


def test_a_name_comes_before_the_options() -> None:
    options = Options(keep=["ad"], language="de")
    article = clean_text(STORY, options, language="en")
    assert article.language == "en"
    assert "Bonus" in article.text


def test_what_the_caller_knows_of_a_page_comes_before_what_it_says() -> None:
    page = "<html lang=fr><article><p>It rained in Kyiv on Thursday, residents said."
    assert clean_html(page).language == "fr"
    assert clean_html(page, language="en").language == "en"


def test_options_are_one_value() -> None:
    options = Options(keep=["ad"], mode="careful", url="https://news.example.org/", repeated={"menu": 3})
    assert options == Options(keep=[Label.AD], mode=Mode.CAREFUL, url=options.url, repeated={"menu": 3})
    assert hash(options) == hash(options._replace())
    assert pickle.loads(pickle.dumps(options)) == options
    assert options._replace(mode="aggressive").mode is Mode.AGGRESSIVE
    with pytest.raises(ValueError, match="no mode"):
        options._replace(mode="brutal")
    with pytest.raises(AttributeError):
        options.mode = Mode.CAREFUL  # type: ignore[misc]


def test_what_stays_are_texts_and_what_is_kept() -> None:
    assert Options().staying == {Label.BODY, Label.HEADING}
    assert Options(keep=["ad"], drop=["heading"]).staying == {Label.BODY, Label.AD}
