"""The rules' ids are public: each has one meaning, is told in docs/rules.md, and is found by its old names."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.rules_page import rules_page
from cleaners.rules import ALIASES, all_rules, find_rule
from cleaners.rules.registry import CONFIDENCES, Rule, confidence
from cleaners.rules.told import example, looks_for

DOCS = Path(__file__).parents[2] / "docs"
IDS = sorted({name for rule in all_rules() for name in rule.ids})


def test_the_page_says_what_the_rules_say() -> None:
    assert (DOCS / "rules.md").read_text(encoding="utf-8") == rules_page()


def test_an_id_means_the_same_whichever_rule_says_it() -> None:
    for name in IDS:
        told = {
            (claim.verdict, claim.needs_company, claim.read_as, name in rule.company)
            for rule in all_rules()
            if (claim := rule.claims.get(name))
        }
        assert len(told) == 1, name


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_a_rule_says_what_it_looks_for_and_shows_it(rule: Rule) -> None:
    assert looks_for(rule)
    assert any(example(rule, name) for name in rule.ids)


def test_old_names_are_found_and_are_no_names_of_others() -> None:
    assert all(find_rule(old) is find_rule(new) for old, new in ALIASES.items())
    assert not ALIASES.keys() & set(IDS)


def test_a_name_that_no_rule_ever_had_is_refused() -> None:
    with pytest.raises(KeyError):
        find_rule("weather.rain")


def test_every_id_was_measured_and_no_other() -> None:
    rows = Path(CONFIDENCES).read_text(encoding="utf-8").splitlines()
    assert [row.split('"')[1] for row in rows if row.startswith('"')] == IDS
    assert all(0 < confidence(name) < 1 for name in IDS)
