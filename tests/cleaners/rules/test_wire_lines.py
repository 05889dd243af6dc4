"""The short lines of the wire: bylines, dates, datelines, rights, crossheads, agency lines and signoffs."""

from __future__ import annotations

import pytest

from cleaners.blocks import Label
from cleaners.rules import find_rule

PROSE = "The council met on Monday and will vote on the plan in May, the mayor's office said in a statement."


#: An id of each of the rules that are asked.
BYLINE, DATE, DATELINE, RIGHTS = "bylines.authors", "dates.date-line", "datelines.alone", "rights.notice"
CROSSHEAD, AGENCY, INITIALS, REPORTING = (
    "headings.dashed-crosshead",
    "agency-lines.agency",
    "signoffs.agency-initials",
    "signoffs.reporting-line",
)


def label(name: str, lines: list[str], i: int) -> Label | None:
    rule = find_rule(name)
    told = rule.says(*lines, at=i)
    return rule.claims[told].verdict.label if told else None


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        (BYLINE, "By Anna Smith and Omar Haddad", Label.BYLINE),
        (BYLINE, "Von Anna Schmidt, dpa", Label.BYLINE),
        (BYLINE, "홍길동 기자", Label.BYLINE),
        (DATE, "Published 24 October 2024, 10:32 GMT", Label.DATE),
        (DATE, "24.10.2024 - 12:05 Uhr", Label.DATE),
        (DATELINE, "KYIV (AFP) —", Label.DATELINE),
        (DATELINE, "МОСКВА, 24 октября. /ТАСС/.", Label.DATELINE),
        (
            RIGHTS,
            "All reproduction and representation rights reserved. © (2024) Agence France-Presse",
            Label.RIGHTS,
        ),
        (RIGHTS, "Alle Rechte vorbehalten", Label.RIGHTS),
        (CROSSHEAD, "– Unanimous vote in Moscow –", Label.HEADING),
        (CROSSHEAD, "--- Reactions ---", Label.HEADING),
        (CROSSHEAD, "* Reactions *", Label.HEADING),
        (AGENCY, "AFP", Label.AGENCY),
        (AGENCY, "Source: Reuters", Label.AGENCY),
        (AGENCY, "Getty Images", Label.CREDIT),
        (INITIALS, "burs-as/gv", Label.SIGNOFF),
        (INITIALS, "dl/tgb/bc", Label.SIGNOFF),
        (REPORTING, "(Reporting by Anna Smith; Editing by Omar Haddad)", Label.SIGNOFF),
    ],
)
def test_a_line_that_is_nothing_else_is_told(name: str, line: str, expected: Label) -> None:
    assert label(name, [PROSE, line, "Post navigation"], 1) is expected


@pytest.mark.parametrize(
    ("name", "line"),
    [
        (BYLINE, "By Popular Demand"),
        (BYLINE, "By Friday the army had left the town."),
        (DATE, "24 October"),
        (DATE, "On October 24, 2024 the war began."),
        (DATELINE, "KYIV (AFP) — Troops moved into the town on Thursday."),
        (RIGHTS, "Copyright law protects the photographer, the court said."),
        (RIGHTS, "All rights belong to the people, he said."),
        (CROSSHEAD, "- a point of a list"),
        (CROSSHEAD, "– He said – and left – in haste –"),
        (CROSSHEAD, "-----"),
        (AGENCY, "Reuters said"),
        (AGENCY, "Berlin/dpa"),
        (INITIALS, "and/or"),
        (REPORTING, "(The council will meet again in May.)"),
    ],
)
def test_a_line_that_only_looks_like_it_stays(name: str, line: str) -> None:
    assert label(name, [PROSE, line, PROSE], 1) is None


def test_initials_in_the_middle_of_a_text_stay() -> None:
    assert label(INITIALS, [PROSE, "burs-as/gv", *[PROSE] * 9], 1) is None
    assert label(INITIALS, [PROSE, "burs-as/gv", PROSE * 2], 1) is None


def test_initials_before_the_rights_notice_go() -> None:
    notice = "All reproduction and representation rights reserved. © (2024) Agence France-Presse"
    assert label(INITIALS, [PROSE, "burs-as/gv", notice], 1) is not None


def test_a_date_or_byline_in_the_middle_of_a_long_text_stays() -> None:
    assert label(DATE, [*[PROSE] * 10, "October 24, 2024", *[PROSE] * 10], 10) is None
    assert label(BYLINE, [*[PROSE] * 10, "By Anna Smith", *[PROSE] * 10], 10) is None


def test_an_agency_below_a_caption_is_the_photographs() -> None:
    assert label(AGENCY, [PROSE, PROSE, "Troops march through the capital", "AFP", PROSE], 3) is Label.CREDIT


@pytest.mark.parametrize(
    ("above", "after"),
    [
        ("The plan is under review, according to a", "report. The council will vote in May."),
        ("The plan is under review, writes the", "In May the council will vote."),
        ("It was first told to", ", which asked the council."),
    ],
)
def test_an_agency_that_a_page_cut_out_of_its_sentence_is_left_there(above: str, after: str) -> None:
    assert label(AGENCY, [PROSE, PROSE, above, "Reuters", after], 3) is None


@pytest.mark.parametrize("above", ["Foto: Jan Kos/AP", "Quelle:"])
def test_an_agency_below_a_credit_or_the_label_of_a_source_is_the_storys(above: str) -> None:
    lines = [*[PROSE] * 12, above, "dpa", *[PROSE] * 12]
    assert label(AGENCY, lines, 13) is Label.AGENCY
