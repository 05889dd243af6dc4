import pickle
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from cleaners import clean_html, clean_text, decode_text, explain_html, explain_text
from cleaners.blocks import Label
from cleaners.options import Mode, Options

STORY = (
    "It rained in Kyiv on Thursday.\n200% Deposit Bonus up to €3,000\nThe streets were empty, residents said."
)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"keep": ["casino"]}, "no label is called casino"),
        ({"drop": ["body"]}, "cannot be dropped"),
        ({"keep": ["ad"], "drop": ["ad"]}, "both kept and dropped: ad"),
        ({"mode": "brutal"}, "no mode is called brutal; there are aggressive, balanced, careful"),
        ({"language": "English!"}, r"no language has the tag 'English!'; did you mean en \(English\)\?"),
        ({"language": ""}, "no language has the tag ''"),
        ({"language": "xx"}, "no language has the tag 'xx'; tags are like en, pt-BR, zh-Hant"),
        ({"language": "en-no one"}, "no language has the tag"),
        ({"keep": ["captoin"]}, r"no label is called captoin; did you mean caption\?"),
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


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"keep": "ad"}, "keep is a list of labels, not 'ad'"),
        ({"keep": None}, "keep is a list of labels, not None"),
        ({"drop": 3}, "drop is a list of labels, not an int"),
        ({"keep": [None]}, "a label is a str, not None"),
        ({"mode": None}, "a mode is a str, not None"),
        ({"language": b"en"}, "language is a str or None, not a bytes"),
        ({"url": 3}, "url is a str or None, not an int"),
        ({"charset": ["utf-8"]}, "charset is a str or None, not a list"),
        ({"repeated": ["menu"]}, "repeated is a mapping of lines to numbers, not a list"),
    ],
)
def test_what_is_of_another_kind_is_said(wrong: dict[str, Any], message: str) -> None:
    for takes in (
        Options,
        lambda **said: clean_text(STORY, **said),
        lambda **said: clean_html(STORY, **said),
    ):
        with pytest.raises(TypeError, match=message):
            takes(**wrong)


def test_options_that_are_none_are_said() -> None:
    with pytest.raises(TypeError, match="is an Options, not a dict"):
        clean_text(STORY, {"keep": ["ad"]})  # type: ignore[arg-type]


class NotAvailable:
    """Compares as pandas' `NA` does: what comes of it is neither true nor false."""

    def __eq__(self, other: object) -> Any:
        return self

    def __ne__(self, other: object) -> Any:
        return self

    def __bool__(self) -> bool:
        raise TypeError("boolean value of NA is ambiguous")


@pytest.mark.parametrize(
    ("takes", "value", "message"),
    [
        (clean_text, b"rain", r"a text is a str \(decode_text makes one of bytes\), not a bytes"),
        (clean_text, None, "a text is a str, not None"),
        (clean_text, float("nan"), "a text is a str, not nan"),
        (explain_text, ["rain"], "a text is a str, not a list"),
        (clean_html, None, "a page is bytes or a str, not None"),
        (explain_html, 3, "a page is bytes or a str, not an int"),
        (decode_text, "rain", "what is decoded is bytes, not a str"),
        *(
            (takes, value, f" is {expected}.*, not an? {type(value).__name__}$")
            for takes, expected in (
                (clean_text, "a str"),
                (clean_html, "bytes or a str"),
                (decode_text, "bytes"),
            )
            for value in (np.array(["a", "b"]), Decimal("sNaN"), NotAvailable())
        ),
    ],
)
def test_an_input_that_is_none_is_said(takes: Any, value: object, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        takes(value)


def test_bytes_of_any_kind_are_a_page() -> None:
    page = b"<article><p>It rained in Kyiv on Thursday.</p></article>"
    assert clean_html(bytearray(page)) == clean_html(memoryview(page)) == clean_html(page)  # type: ignore[arg-type]
    assert decode_text(bytearray(b"rain")) == "rain"  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh_TW", "zh-Hant", "fil", "iw", "EN"])
def test_languages_that_there_are_can_be_named(tag: str) -> None:
    assert Options(language=tag).language == tag


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
