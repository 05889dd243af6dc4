"""What the rules say of a line is evidence about the lines around it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks import Label, Verdict
from cleaners.scorer.claims import KINDS, claim_rows, claims_of


def test_labels_that_say_the_same_of_a_place_are_one_kind() -> None:
    comments, tags, menu = (
        claims_of([Verdict(label, "any.rule")])[0] for label in (Label.COMMENTS, Label.TAGS, Label.NAVIGATION)
    )
    assert comments == tags != menu


def test_of_body_and_of_what_no_rule_names_nothing_is_claimed() -> None:
    assert (
        claims_of([None, Verdict(Label.BODY, "body.default"), Verdict(Label.HEADING, "any.rule")]).tolist()
        == [-1] * 3
    )


def test_no_label_is_of_two_kinds() -> None:
    labels = [label for kind in KINDS for label in kind]
    assert len(labels) == len(set(labels))


@given(st.lists(st.integers(-1, len(KINDS) - 1), max_size=12))
def test_each_line_is_of_its_own_kind_alone(kinds: list[int]) -> None:
    rows = claim_rows(np.array(kinds, np.int8))
    for i, kind in enumerate(kinds):
        assert np.flatnonzero(rows[: len(KINDS), i]).tolist() == ([] if kind < 0 else [kind])


def test_a_line_knows_how_many_menu_lines_stand_before_it() -> None:
    menu = next(number for number, kind in enumerate(KINDS) if Label.NAVIGATION in kind)
    rows = claim_rows(np.array([menu, menu, -1, menu], np.int8))
    assert rows[len(KINDS) + menu].tolist() == [0, 1, 2, 2]
