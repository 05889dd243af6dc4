"""The short lines of the wire: bylines, dates, datelines, rights, crossheads, agency lines and signoffs."""

from __future__ import annotations

from importlib import import_module

import pytest

from cleaners.blocks import Block, Label, Verdict

PROSE = "The council met on Monday and will vote on the plan in May, the mayor's office said in a statement."


def judge(kind: str, lines: list[str], i: int) -> Verdict | None:
    blocks = [Block(line, number) for number, line in enumerate(lines, 1)]
    rules = import_module(f"cleaners.rules.{kind}").RULES
    return next((verdict for rule in rules if (verdict := rule(blocks, i)) is not None), None)


@pytest.mark.parametrize(
    ("kind", "line", "label"),
    [
        ("bylines", "By Anna Smith and Omar Haddad", Label.BYLINE),
        ("bylines", "Von Anna Schmidt, dpa", Label.BYLINE),
        ("bylines", "홍길동 기자", Label.BYLINE),
        ("dates", "Published 24 October 2024, 10:32 GMT", Label.DATE),
        ("dates", "24.10.2024 - 12:05 Uhr", Label.DATE),
        ("datelines", "KYIV (AFP) —", Label.DATELINE),
        ("datelines", "МОСКВА, 24 октября. /ТАСС/.", Label.DATELINE),
        (
            "rights",
            "All reproduction and representation rights reserved. © (2024) Agence France-Presse",
            Label.RIGHTS,
        ),
        ("rights", "Alle Rechte vorbehalten", Label.RIGHTS),
        ("headings", "– Unanimous vote in Moscow –", Label.HEADING),
        ("headings", "--- Reactions ---", Label.HEADING),
        ("headings", "* Reactions *", Label.HEADING),
        ("agency_lines", "AFP", Label.AGENCY),
        ("agency_lines", "Source: Reuters", Label.AGENCY),
        ("agency_lines", "Getty Images", Label.CREDIT),
        ("signoffs", "burs-as/gv", Label.SIGNOFF),
        ("signoffs", "dl/tgb/bc", Label.SIGNOFF),
        ("signoffs", "(Reporting by Anna Smith; Editing by Omar Haddad)", Label.SIGNOFF),
    ],
)
def test_a_line_that_is_nothing_else_is_told(kind: str, line: str, label: Label) -> None:
    verdict = judge(kind, [PROSE, line, "Post navigation"], 1)
    assert verdict is not None
    assert verdict.label is label


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("bylines", "By Popular Demand"),
        ("bylines", "By Friday the army had left the town."),
        ("dates", "24 October"),
        ("dates", "On October 24, 2024 the war began."),
        ("datelines", "KYIV (AFP) — Troops moved into the town on Thursday."),
        ("rights", "Copyright law protects the photographer, the court said."),
        ("rights", "All rights belong to the people, he said."),
        ("headings", "- a point of a list"),
        ("headings", "– He said – and left – in haste –"),
        ("headings", "-----"),
        ("agency_lines", "Reuters said"),
        ("agency_lines", "Berlin/dpa"),
        ("signoffs", "and/or"),
        ("signoffs", "(The council will meet again in May.)"),
    ],
)
def test_a_line_that_only_looks_like_it_stays(kind: str, line: str) -> None:
    assert judge(kind, [PROSE, line, PROSE], 1) is None


def test_initials_in_the_middle_of_a_text_stay() -> None:
    assert judge("signoffs", [PROSE, "burs-as/gv", *[PROSE] * 9], 1) is None
    assert judge("signoffs", [PROSE, "burs-as/gv", PROSE * 2], 1) is None


def test_initials_before_the_rights_notice_go() -> None:
    notice = "All reproduction and representation rights reserved. © (2024) Agence France-Presse"
    assert judge("signoffs", [PROSE, "burs-as/gv", notice], 1) is not None


def test_a_date_or_byline_in_the_middle_of_a_long_text_stays() -> None:
    assert judge("dates", [*[PROSE] * 10, "October 24, 2024", *[PROSE] * 10], 10) is None
    assert judge("bylines", [*[PROSE] * 10, "By Anna Smith", *[PROSE] * 10], 10) is None


def test_an_agency_below_a_caption_is_the_photographs() -> None:
    verdict = judge("agency_lines", [PROSE, PROSE, "Troops march through the capital", "AFP", PROSE], 3)
    assert verdict is not None
    assert verdict.label is Label.CREDIT


@pytest.mark.parametrize(
    ("above", "after"),
    [
        ("The plan is under review, according to a", "report. The council will vote in May."),
        ("The plan is under review, writes the", "In May the council will vote."),
        ("It was first told to", ", which asked the council."),
    ],
)
def test_an_agency_that_a_page_cut_out_of_its_sentence_is_left_there(above: str, after: str) -> None:
    assert judge("agency_lines", [PROSE, PROSE, above, "Reuters", after], 3) is None


@pytest.mark.parametrize("above", ["Foto: Jan Kos/AP", "Quelle:"])
def test_an_agency_below_a_credit_or_the_label_of_a_source_is_the_storys(above: str) -> None:
    lines = [*[PROSE] * 12, above, "dpa", *[PROSE] * 12]
    verdict = judge("agency_lines", lines, 13)
    assert verdict is not None
    assert verdict.label is Label.AGENCY
