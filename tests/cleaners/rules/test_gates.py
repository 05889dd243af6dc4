"""Rules are asked about many lines at once, and say the same of each as if it were asked about alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaners.blocks import Block, Verdict
from cleaners.read.text import read_text
from cleaners.rules import Claim, all_rules, judge
from cleaners.rules.gates import OTHER_DIGITS, Gate, Lines
from cleaners.words.letters import first_word

HERE = Path(__file__).parent
FIXTURES = sorted((HERE.parents[2] / "fixtures").glob("*/input.txt"))
JUNK = [line.split("\t")[1] for line in (HERE / "junk_lines.txt").read_text(encoding="utf-8").splitlines()]
NEWS = (HERE / "news_lines.txt").read_text(encoding="utf-8").splitlines()
#: What gates look at: ends and starts of lines, signs, labels, numbers, other scripts.
ODD = (
    "©", "ⓒ 2024", "(c) AFP", "Foto:", "Foto: dpa", "— Comments —", "12", "«", "1 2 3 »", "# ?", "ß", "İ", "ŉ 5",
    "’", "AFP", "(AFP)", "-", "|", "写真：", "사진=", "［関連］ x", "Photo", "photo by X / Y", "Rain via Reuters",
    "Kyiv on Thursday.", "#a #b", "\u200c", "Home", "More", "Tags: rain", "5 min read", "x\ny", "a  b", "İLK",
    "Straße (l.) and others", "Image caption,",
)  # fmt: skip

#: First words that gates know, what may be glued to them, and what may stand behind.
OPENERS = (
    "AFP", "«AFP", "“Reuters", "（AFP", "- dpa", "*dpa", "新華社", "İHA", "Источник", "Source", "Quelle", "The AP",
    "Foto", "Photo by", "Photos", "(c)", "Image caption", "Copyright", "＜Copyright", "All rights", "Tous droits",
    "Follow us on", "Subscribe", "SAVE20", "Get a bonus", "5 min", "٥ min", "facebook", "Cookies", "Tags", "→ Related",
)  # fmt: skip
GLUE = ("", " ", ": ", "：", "/", " / ", "»", "—", " – ", "\u00a0", ", ", "|", "2", "’")
REST = (
    "", "AFP", "Anna Smith", "dpa/Reuters", "rain", "Facebook", "$5", "20% bonus", "read", "réservés", "reserved.",
    "2024", "Rain in Kyiv", "now!", "🙂", "3 comments", "twitter | rss", "code", ")", "]",
)  # fmt: skip


def claims_of(texts: Sequence[str], places: Sequence[int] | None = None) -> list[Claim | None]:
    return judge([Block(text, number) for number, text in enumerate(texts, 1)], places)


def one_by_one(texts: Sequence[str]) -> list[Claim | None]:
    """Ask each rule about each line, one that looks at its line alone about nothing else."""
    lines = Lines(texts)
    return [
        next(
            (
                claim
                for rule in all_rules()
                if not rule.late
                and (claim := rule.ask(Lines([texts[i]]), 0) if rule.alone else rule.ask(lines, i))
            ),
            None,
        )
        for i in range(len(texts))
    ]


def verdicts(claims: Sequence[Claim | None]) -> list[Verdict | None]:
    return [claim and claim.verdict for claim in claims]


def assert_same(texts: Sequence[str]) -> None:
    expected, some = verdicts(one_by_one(texts)), range(1, len(texts), 3)
    assert verdicts(claims_of(texts)) == expected
    assert verdicts(claims_of(texts, some)) == [expected[i] for i in some]


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_gates_change_no_verdict_on_a_story(path: Path) -> None:
    assert_same(
        [block.text for block in read_text(path.read_text(encoding="utf-8", errors="replace")).blocks]
    )


@pytest.mark.parametrize(
    "lines", [JUNK, NEWS, ODD, [x for pair in zip(JUNK, NEWS, strict=False) for x in pair]]
)
def test_gates_change_no_verdict_on_lists_of_lines(lines: Sequence[str]) -> None:
    assert_same(lines)


@pytest.mark.parametrize("lines", [JUNK, NEWS, ODD])
def test_gates_change_no_verdict_on_lines_that_are_printed_more_than_once(lines: Sequence[str]) -> None:
    assert_same([*lines, *lines[::2]])
    assert_same([copy for line in lines for copy in (line, line)])
    assert_same([again for a, b in pairwise(lines) for again in (a, b, a)])


@pytest.mark.parametrize("lines", [JUNK, NEWS, ODD])
def test_gates_change_no_verdict_on_a_line_alone(lines: Sequence[str]) -> None:
    for line in lines:
        assert_same([line])


@given(
    st.lists(st.lists(st.sampled_from((*ODD, *JUNK[::7], *NEWS[::9])), min_size=1, max_size=3), max_size=12)
)
def test_gates_change_no_verdict_on_lines_put_together(pieces: list[list[str]]) -> None:
    lines = [" ".join(piece).strip() for piece in pieces]
    assert_same([line for line in lines if line])


@given(
    st.lists(
        st.tuples(st.sampled_from(OPENERS), st.sampled_from(GLUE), st.sampled_from(REST)).map("".join),
        max_size=8,
    )
)
def test_gates_change_no_verdict_on_words_that_gates_know_lines_by(lines: list[str]) -> None:
    assert_same([stripped for line in lines if (stripped := line.strip())])


def heard(*texts: str, **gate: Any) -> list[str]:
    """The lines that a rule with this gate is asked about."""
    return [texts[place] for place in Gate(**gate).places(Lines(texts))]


def test_a_rule_without_conditions_is_asked_about_every_line() -> None:
    assert heard("Rain", "Snow") == ["Rain", "Snow"]


def test_a_line_that_is_too_long_is_not_asked_about() -> None:
    assert heard("Rain", "Rain again", longest=4) == ["Rain"]


def test_a_rule_may_be_for_the_first_and_last_lines() -> None:
    assert heard("a", "b", "c", "d", near_start=1) == ["a"]
    assert heard("a", "b", "c", "d", near_end=2) == ["c", "d"]
    assert heard("a", "b", "c", "d", near_start=1, near_end=1) == ["a", "d"]


def test_one_sign_of_several_is_enough() -> None:
    assert heard("#a", "b!", "c/d", "e", first="#", last="!", signs=("/",)) == ["#a", "b!", "c/d"]


def test_a_gate_may_look_for_itself() -> None:
    assert heard("Rain", "Snow", where=lambda lines: [lines.texts.index("Snow")]) == ["Snow"]


def test_a_gate_may_look_at_the_lines_beside_which_may_be_printed_twice() -> None:
    def below_rain(lines: Lines) -> list[int]:
        return [place + 1 for place in lines.everywhere(lambda told: [told.texts.index("Rain")])]

    assert heard("Rain", "a", "Rain", "b", "a", beside=below_rain) == ["a", "b"]


def test_a_gate_that_looks_for_itself_is_heard_of_each_copy_of_a_line() -> None:
    assert heard("Rain", "Snow", "Rain", where=lambda lines: [lines.texts.index("Rain")]) == ["Rain", "Rain"]


def test_all_conditions_of_both_kinds_hold_together() -> None:
    assert heard("#a", "#long", "b", "#c", longest=2, near_start=3, first="#") == ["#a"]


def test_a_line_break_within_a_line_counts_as_a_space() -> None:
    lines = Lines(["Rain\nSnow", "Fog (late)"])
    assert lines.words == [["rain", "snow"], ["fog", "late"]]
    assert lines.keys == ["rain snow", "fog (late"]
    assert lines.openings == ["rain", "fog"]
    assert lines.holding(["S", "("]) == [0, 1]


def test_digits_of_all_scripts_are_found() -> None:
    assert Lines(["Rain", "5 minutes", "at 10:30"]).numbered == [1, 2]
    assert Lines(["Rain", "٥ دقائق", "at 10:30"]).numbered == [1, 2]


def test_the_first_bytes_of_other_digits_are_known() -> None:
    digits = [chr(code) for code in range(0x80, 0x110000) if chr(code).isdecimal()]
    assert {digit.encode()[0] for digit in digits} <= OTHER_DIGITS


def test_first_words_of_agencies_are_those_of_lines() -> None:
    names = ["Agence France-Presse", "İHA", "د ب أ", "dpa/lno", "Dow Jones & Company", "AFP=時事", "Straße"]
    assert Lines(names).openings == [first_word(name) for name in names]
