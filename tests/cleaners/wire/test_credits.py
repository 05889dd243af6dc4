"""Credits: every form that papers print is understood, and no sentence is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.wire.credits import Credit, parse_credit, split_caption

HERE = Path(__file__).parent


def rows(name: str) -> list[list[str]]:
    """The lines of a case file, cut at the arrows."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split(" ⇒ ") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("printed", "photographer", "agency"), rows("credits.txt"))
def test_a_credit_names_its_photographer_and_agency(printed: str, photographer: str, agency: str) -> None:
    credit = parse_credit(printed)
    assert credit is not None
    assert (credit.photographer or "-", credit.agency or "-") == (photographer, agency)
    assert credit.printed == printed


@pytest.mark.parametrize("line", [row[0] for row in rows("not_credits.txt")])
def test_a_line_that_is_no_credit_is_left_alone(line: str) -> None:
    assert parse_credit(line) is None
