"""What is known of a line in its place."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks import Label
from cleaners.scorer.features import KINDS, Group, claim_rows, headline_rows, named, repeat_rows
from cleaners.scorer.lines import read
from cleaners.scorer.second_look import cluster_rows, topic_rows


def row(group: Group, name: str) -> list[float]:
    """The row of that name."""
    names, rows = group
    told: list[float] = rows[names.index(name)].tolist()
    return told


labels = st.lists(st.sampled_from([None, *Label]), min_size=1, max_size=12)


def test_of_body_and_of_what_no_rule_names_nothing_is_claimed() -> None:
    _, rows = claim_rows([None, Label.BODY, Label.HEADING])
    assert not rows[: len(KINDS)].any()


def test_labels_that_say_the_same_of_a_place_are_one_kind() -> None:
    told = claim_rows([Label.COMMENTS, Label.TAGS, Label.NAVIGATION])
    assert row(told, "claimed after") == [1, 1, 0]
    assert row(told, "claimed menu") == [0, 0, 1]


def test_no_label_is_of_two_kinds() -> None:
    told = [label for kind in KINDS.values() for label in kind]
    assert len(told) == len(set(told))


@given(labels)
def test_each_line_is_of_one_kind_at_most(claims: list[Label | None]) -> None:
    assert (claim_rows(claims)[1][: len(KINDS)].sum(axis=0) <= 1).all()


def test_a_line_knows_how_many_menu_lines_stand_before_it() -> None:
    menu = Label.NAVIGATION
    assert row(claim_rows([menu, menu, None, menu]), "claimed menu@..0") == [0, 1, 2, 2]


def test_a_line_that_comes_again_is_counted() -> None:
    told = repeat_rows(read(["Home", "Rain in Kyiv", "Home"]))
    assert row(told, "same") == [2, 1, 2]
    assert row(told, "same before") == [0, 0, 1]
    assert row(told, "same ahead") == [1, 0, 0]


def test_teasers_are_of_one_form() -> None:
    told = repeat_rows(
        read(["24 March", "It rained, and the river rose above its banks.", "25 March", "26 April"])
    )
    assert row(told, "same form") == [3, 0, 3, 3]


def test_the_headline_comes_again_below() -> None:
    overlap = read(
        ["Rain floods Kyiv streets", "Home", "Rain floods Kyiv streets"], "Rain floods Kyiv streets"
    ).overlap
    told = headline_rows(overlap, np.array([4, 1, 4], np.float32))
    assert row(told, "nearest headline@ahead") == [2, 1, 0]
    assert row(told, "headlines so far") == [0, 0, 1]


def test_windows_without_an_end_are_named_so() -> None:
    assert named(("words",), ((-(1 << 40), 0), (1, 1 << 40))) == ("words@..0", "words@1..")


def test_a_line_far_from_the_largest_cluster_knows_how_far() -> None:
    likely = np.array([False] * 3 + [True] * 4 + [False] * 3, np.bool_)
    told = cluster_rows(likely, np.full(10, 20, np.float32))
    assert row(told, "from largest") == [-3, -2, -1, 0, 0, 0, 0, 1, 2, 3]


def test_lines_on_the_topic_share_the_likely_lines_words() -> None:
    lines = ["Heavy rain flooded Kyiv", "More about flooded Kyiv", "Football results"]
    told = topic_rows(read(lines), np.array([True, False, False]))
    assert row(told, "topic")[1] > row(told, "topic")[2] == 0


def forms_of(lines: list[str]) -> list[int]:
    forms: list[int] = read(lines).forms.tolist()
    return forms


def test_names_above_comments_have_one_form() -> None:
    anna, olaf, other = forms_of(["Anna Bird", "Olaf Frost", "12 comments"])
    assert anna == olaf != other


def test_dates_have_one_form_whatever_the_day() -> None:
    first, second = forms_of(["4 March 2024 at 18:05", "17 May 2023 at 9:31"])
    assert first == second


@given(st.lists(st.sampled_from(["Reply", "Anna Bird", "It rained.", "", "12"]), min_size=1, max_size=12))
def test_lines_are_counted_as_often_as_they_stand(lines: list[str]) -> None:
    for line, count in zip(lines, row(repeat_rows(read(lines)), "same"), strict=True):
        assert count == min(lines.count(line), 9)


@given(st.lists(st.sampled_from(["Reply", "Report", "Like", "It rained."]), min_size=1, max_size=12))
def test_shares_of_lines_that_come_again_are_shares(lines: list[str]) -> None:
    names, rows = repeat_rows(read(lines))
    shares = rows[[name.startswith(("twice", "thrice", "form")) for name in names]]
    assert ((shares >= 0) & (shares <= 1)).all()
