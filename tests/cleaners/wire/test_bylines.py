"""Bylines: lines that are nothing but who wrote the story."""

from __future__ import annotations

import pytest

from cleaners.wire.bylines import parse_byline

BYLINES = """
By Anna Smith ⇒ Anna Smith ⇒ -
By ANNA SMITH ⇒ Anna Smith ⇒ -
By Anna Smith and Omar Haddad ⇒ Anna Smith, Omar Haddad ⇒ -
By Anna Smith, Omar Haddad and Li Gang ⇒ Anna Smith, Omar Haddad, Li Gang ⇒ -
By Anna Smith, Associated Press ⇒ Anna Smith ⇒ AP
By ANNA SMITH Associated Press ⇒ Anna Smith ⇒ AP
By Anna Smith in Kyiv ⇒ Anna Smith ⇒ -
By Anna Smith, Staff Writer ⇒ Anna Smith ⇒ -
By Anna Smith | AFP ⇒ Anna Smith ⇒ AFP
By Anna Smith (AFP) ⇒ Anna Smith ⇒ AFP
By Anna Smith | October 24, 2024 ⇒ Anna Smith ⇒ -
By Anna Smith and agencies ⇒ Anna Smith ⇒ -
By Reuters Staff ⇒ - ⇒ Reuters
By The Associated Press ⇒ - ⇒ AP
By Anna Smith with Reuters ⇒ Anna Smith ⇒ Reuters
By Anna Smith for Harbour Times ⇒ Anna Smith ⇒ -
By Anna Smith Staff Writer ⇒ Anna Smith ⇒ -
By Anna Smith, at the Harbour Club ⇒ Anna Smith ⇒ -
By Anna Smith, London Correspondent in Kyiv ⇒ Anna Smith ⇒ -
文/王小明 ⇒ 王小明 ⇒ -
Written by Anna Smith ⇒ Anna Smith ⇒ -
Author: Anna Smith ⇒ Anna Smith ⇒ -
Par Anne DUBOIS ⇒ Anne Dubois ⇒ -
Von Max Mustermann, dpa ⇒ Max Mustermann ⇒ dpa
Von Anna Schmidt und Jan Vogel ⇒ Anna Schmidt, Jan Vogel ⇒ -
Por Ana García y Luis Pérez ⇒ Ana García, Luis Pérez ⇒ -
Di Maria Rossi ⇒ Maria Rossi ⇒ -
Door Jan de Vries ⇒ Jan de Vries ⇒ -
Av Anna Lind ⇒ Anna Lind ⇒ -
Автор: Анна Иванова и Пётр Сидоров ⇒ Анна Иванова, Пётр Сидоров ⇒ -
Oleh Budi Santoso ⇒ Budi Santoso ⇒ -
Tác giả: Nguyễn Văn An ⇒ Nguyễn Văn An ⇒ -
بقلم: أحمد علي ⇒ أحمد علي ⇒ -
מאת: יוסי כהן ⇒ יוסי כהן ⇒ -
新华社记者 王小明 ⇒ 王小明 ⇒ Xinhua
（記者王小明／台北報導） ⇒ 王小明 ⇒ -
홍길동 기자 ⇒ 홍길동 ⇒ -
홍길동 기자 hong@example.org ⇒ 홍길동 ⇒ -
"""

OTHERS = """
By Friday
By Friday the army had left the town.
By Popular Demand
By George
By Land and Sea
By the way
By Monday Morning
By Design
By The Numbers
By Hook Or By Crook
By Man in The Moon
By Anna Smith, bound for glory at sea
By Anna Smith and Anna Smith
By The Harbour Gazette
By Anna Smith, Omar Haddad, Li Gang, Max Vogel, Ana Perez, Jan Berg, Olena Bird
By comparison, Russia has more.
Von Berlin nach Paris
Von Anfang an
Di Maria
Di Maria in gol
Por Favor
Por primera vez
Par exemple
Par Avion
Door to door
Text: the president spoke
Anna Smith
AFP
기자 회견
"""


@pytest.mark.parametrize(
    ("line", "authors", "agency"), [r.split(" ⇒ ") for r in BYLINES.strip().splitlines()]
)
def test_a_byline_names_its_authors(line: str, authors: str, agency: str) -> None:
    byline = parse_byline(line)
    assert byline is not None
    assert (", ".join(byline.authors) or "-", byline.agency or "-") == (authors, agency)


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_a_heading_or_sentence_is_no_byline(line: str) -> None:
    assert parse_byline(line) is None
