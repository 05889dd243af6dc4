"""Date lines in the languages of the wires."""

from __future__ import annotations

import pytest

from cleaners import clean_text
from cleaners.wire.dates import is_date_line, parse_date

LINES = """
Published 24 October 2024, 10:32 GMT = 2024-10-24 10:32:00+00:00
24.10.2024 - 12:05 Uhr = 2024-10-24 12:05:00
Updated: 24/10/2024 = 2024-10-24
Published: Thursday, October 24, 2024 at 10:32 a.m. = 2024-10-24 10:32:00
Oct 24, 2024, 10:32 PM EDT = 2024-10-24 22:32:00-04:00
October 24, 2024 = 2024-10-24
2024-10-24T10:32:00+02:00 = 2024-10-24 10:32:00+02:00
Mis à jour le 24 octobre 2024 à 10h32 = 2024-10-24 10:32:00
Publié le 24/10/2024 à 10:32 = 2024-10-24 10:32:00
Stand: 24.10.2024, 12:05 Uhr = 2024-10-24 12:05:00
Zuletzt aktualisiert am 24. Oktober 2024 um 12.05 Uhr = 2024-10-24 12:05:00
24 de octubre de 2024 = 2024-10-24
Publicerad 24 oktober 2024 kl. 10.32 = 2024-10-24 10:32:00
24 Ekim 2024 Perşembe 10:32 = 2024-10-24 10:32:00
2024. október 24. 10:32 = 2024-10-24 10:32:00
24 октября 2024, 10:32 = 2024-10-24 10:32:00
Опубликовано: 24.10.2024 10:32 МСК = 2024-10-24 10:32:00+03:00
24 أكتوبر 2024 = 2024-10-24
Thứ năm, 24/10/2024, 10:32 (GMT+7) = 2024-10-24 10:32:00+07:00
Kamis, 24 Okt 2024 10:32 WIB = 2024-10-24 10:32:00+07:00
2024年10月24日 10:32 = 2024-10-24 10:32:00
发布时间：2024-10-24 10:32 = 2024-10-24 10:32:00
입력 2024.10.24 10:32 = 2024-10-24 10:32:00
발행 2024년 10월 24일 오후 3:05 = 2024-10-24 15:05:00
Updated 3 hours ago = None
Ngày 24 tháng 10 năm 2024 = 2024-10-24
October 24, 2024 at 25:00 = 2024-10-24
2024-10-24 10:32 = 2024-10-24 10:32:00
2024-10-24 25:61 = 2024-10-24
24.10.2024 10:32 UTC+15 = 2024-10-24 10:32:00
October 24, 2024, 10:32 GMT+5:30 = 2024-10-24 10:32:00+05:30
Updated: 03/04/2024 = None
"""


@pytest.mark.parametrize(("line", "moment"), [row.split(" = ") for row in LINES.strip().splitlines()])
def test_a_date_line_tells_its_moment(line: str, moment: str) -> None:
    assert is_date_line(line)
    assert str(parse_date(line)) == moment


@pytest.mark.parametrize(
    "line",
    [
        "24 October",
        "2024",
        "10:32",
        "In May 2024.",
        "May 2024 be better",
        "The match on 24 October 2024",
        "On October 24, 2024 the war began.",
        "Article 4 of 2024",
        "3-2",
        "12 of 24 seats",
        "",
        "9/11",
        "“October 24, 2024”",
        "The 31.02.2024 edition",
    ],
)
def test_other_lines_with_numbers_are_no_date_line(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    "line", ["31.02.2024", "2024-13-40", "99/99/2024 at 99:99", "0000-00-00", "30 February 2024"]
)
def test_a_day_that_does_not_exist_is_no_date(line: str) -> None:
    assert parse_date(line) is None


@pytest.mark.parametrize("line", ["24 ² October 20²4", "² October 2024", "24.².2024", "October ², 2024"])
def test_a_superscript_is_no_number_of_a_date(line: str) -> None:
    parse_date(line)
    assert clean_text(f"By Olena Bird\n{line}\nIt rained in Kyiv on Thursday.").text
