import copy
import pickle
from typing import Any

import pytest

from cleaners.article import Article, FieldLine, Heading, Paragraph, Photo, Removed, Rights
from cleaners.blocks import Label, Verdict

ALL = [
    Paragraph("It rained."),
    Heading("Rain", 3),
    Photo("Rain in Kyiv", "AFP", printed=("Rain in Kyiv", "AFP")),
    Rights("© AFP", "AFP", 2024),
    FieldLine("By Olena Bird", "byline", "bylines.by", 2),
    Removed("By Olena Bird", "byline", "bylines.by", 2),
    Article(body=(Paragraph("It rained."),), title="Rain"),
    Verdict(Label.AD, "ads.bonus"),
]


@pytest.mark.parametrize("value", ALL)
def test_a_value_equals_its_like_and_nothing_of_another_kind(value: Any) -> None:
    like = pickle.loads(pickle.dumps(value))
    assert value == like
    assert hash(value) == hash(like)
    assert [other for other in ALL if other == value] == [value]
    assert value != tuple(getattr(value, field) for field in value.__match_args__)


@pytest.mark.parametrize("value", ALL)
def test_a_value_cannot_be_changed_but_copied_with_changes(value: Any) -> None:
    first = value.__match_args__[0]
    with pytest.raises(AttributeError, match="cannot be changed"):
        setattr(value, first, "sun")
    with pytest.raises(AttributeError, match="cannot be changed"):
        delattr(value, first)
    with pytest.raises(AttributeError):
        value.weather = "sun"
    changed = value._replace(**{first: "sun"})
    assert getattr(changed, first) == "sun"
    assert changed != value
    assert copy.copy(value) == copy.deepcopy(value) == value


@pytest.mark.parametrize("value", ALL)
def test_a_value_prints_as_it_is_made(value: Any) -> None:
    if not isinstance(value, Verdict):  # a label prints as <Label.AD: 'ad'>
        assert eval(repr(value)) == value


def test_a_value_can_be_taken_apart_by_its_pattern() -> None:
    match Heading("Rain", 3):
        case Paragraph(_):
            pytest.fail("a heading is no paragraph")
        case Heading(text, level):
            assert (text, level) == ("Rain", 3)


@pytest.mark.parametrize("wrong", [(), ("Rain", 2, "more")])
def test_a_field_too_many_or_too_few_is_refused(wrong: tuple[object, ...]) -> None:
    with pytest.raises(TypeError):
        Heading(*wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Heading("Rain", size=2)  # type: ignore[call-arg]
