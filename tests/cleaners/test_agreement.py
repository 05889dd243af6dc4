"""A text and a page that print the same line say the same of it: one grammar for each field."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import pytest

from cleaners import Article, clean_html, clean_text
from cleaners.wire.bylines import parse_byline
from cleaners.wire.captions import read_caption
from tests.cleaners.written import CAPTION, STORY, TITLE
from tests.test_fixtures import NAMES, cleaned

DATES = """
Published 24 October 2024, 10:32 GMT = 2024-10-24T10:32:00+00:00
24.10.2024 - 12:05 Uhr = 2024-10-24T12:05:00
Updated: 24/10/2024 = 2024-10-24
Published: Thursday, October 24, 2024 at 10:32 a.m. = 2024-10-24T10:32:00
Oct 24, 2024, 10:32 PM EDT = 2024-10-24T22:32:00-04:00
October 24, 2024 = 2024-10-24
2024-10-24T10:32:15+02:00 = 2024-10-24T10:32:15+02:00
Mis à jour le 24 octobre 2024 à 10h32 = 2024-10-24T10:32:00
Publié le 24/10/2024 à 10:32 = 2024-10-24T10:32:00
Stand: 24.10.2024, 12:05 Uhr = 2024-10-24T12:05:00
24 de octubre de 2024 = 2024-10-24
Publicerad 24 oktober 2024 kl. 10.32 = 2024-10-24T10:32:00
24 Ekim 2024 Perşembe 10:32 = 2024-10-24T10:32:00
2024. október 24. 10:32 = 2024-10-24T10:32:00
24 октября 2024, 10:32 = 2024-10-24T10:32:00
Опубликовано: 24.10.2024 10:32 МСК = 2024-10-24T10:32:00+03:00
24 أكتوبر 2024 = 2024-10-24
Thứ năm, 24/10/2024, 10:32 (GMT+7) = 2024-10-24T10:32:00+07:00
Kamis, 24 Okt 2024 10:32 WIB = 2024-10-24T10:32:00+07:00
2024年10月24日 10:32 = 2024-10-24T10:32:00
입력 2024.10.24 10:32 = 2024-10-24T10:32:00
Ngày 24 tháng 10 năm 2024 = 2024-10-24
24 Οκτωβρίου 2024 = 2024-10-24
Published: 03/04/2024 = None
Updated 3 hours ago = None
"""

BYLINES = """
By Anna Smith = Anna Smith = None
By ANNA SMITH and Omar Haddad = Anna Smith, Omar Haddad = None
By Anna SMITH, Omar Haddad, Associated Press = Anna Smith, Omar Haddad = AP
By Anna Smith | AFP = Anna Smith = AFP
By Anna Smith (AFP) = Anna Smith = AFP
By Reuters Staff = - = Reuters
By The Associated Press = - = AP
By Anna Smith with Reuters = Anna Smith = Reuters
By Anna Smith, Staff Writer, and Ole Berg = Anna Smith, Ole Berg = None
By Anna Smith | October 24, 2024 = Anna Smith = None
By Anna Smith October 24, 2024 = Anna Smith = None
By Anna Smith in Kyiv = Anna Smith = None
Written by Anna Smith = Anna Smith = None
Von Max Mustermann, dpa = Max Mustermann = dpa
Von Anna Schmidt und Jan Vogel = Anna Schmidt, Jan Vogel = None
Par Anne DUBOIS = Anne Dubois = None
Por Ana García y Luis Pérez = Ana García, Luis Pérez = None
Di Maria Rossi = Maria Rossi = None
Автор: Анна Иванова и Пётр Сидоров = Анна Иванова, Пётр Сидоров = None
Oleh Budi Santoso = Budi Santoso = None
新华社记者 王小明 = 王小明 = Xinhua
홍길동 기자 = 홍길동 = None
"""

CREDITS = """
© AFP – Olena BIRD = Olena Bird = AFP
(AP Photo/Olena Bird) = Olena Bird = AP
(Photo by Olena Bird/AFP via Getty Images) = Olena Bird = Getty
REUTERS/Olena Bird/File Photo = Olena Bird = Reuters
Photo: Olena Bird/AFP = Olena Bird = AFP
Foto: Olena Bird/dpa = Olena Bird = dpa
Foto: dpa = None = dpa
Crédit photo : Olena BIRD / AFP = Olena Bird = AFP
Foto: Olena Bird = Olena Bird = None
Bild: picture alliance / dpa = None = picture alliance
Photograph: Olena Bird/EPA = Olena Bird = EPA
Image: AFP = None = AFP
Foto: EFE/Olena Bird = Olena Bird = EFE
Foto: Privat = None = None
© Getty Images = None = Getty
Photo by Olena Bird = Olena Bird = None
"""

DATELINES = """
KYIV (AFP) — = AFP
Berlin (dpa) - = dpa
WASHINGTON, Oct 24 (Reuters) - = Reuters
МОСКВА, 24 октября. /ТАСС/. = TASS
(ANSA) - ROMA, 24 OTT - = ANSA
Paris, 24 oct 2024 (AFP) – = AFP
"""

RIGHTS = """
© (2024) Agence France-Presse = Agence France-Presse = 2024
Copyright 2024 The Associated Press. All rights reserved. = The Associated Press = 2024
© 2024 Reuters. All rights reserved. = Reuters = 2024
RIPRODUZIONE RISERVATA © Copyright ANSA = ANSA = None
"""

SIGNOFFS = """
(Reporting by Anna Smith in Kyiv; Editing by Omar Haddad)
burs-as/gv
"""


def rows(table: str) -> list[list[str]]:
    return [row.split(" = ") for row in table.strip().splitlines()]


def text_with(*lines: str) -> Article:
    return clean_text("\n".join((TITLE, *lines, *STORY[1:])))


def page_with(*lines: str, language: str = "en") -> Article:
    printed = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in lines)
    story = "".join(f"<p>{line}</p>" for line in STORY[1:])
    return clean_html(
        f"<html lang={language}><body><article><h1>{TITLE}</h1>{printed}{story}</article></body>"
    )


def page_of(*lines: str) -> Article:
    printed = "".join(f"<p>{line}</p>" for line in lines)
    return clean_html(f"<html lang=en><body><article><h1>{TITLE}</h1>{printed}</article></body>")


def told(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment else "None"


@pytest.mark.parametrize(("line", "moment"), rows(DATES))
def test_a_printed_date_is_the_same_from_text_and_page(line: str, moment: str) -> None:
    assert told(text_with(line).published) == moment
    assert told(page_with(line).published) == moment


@pytest.mark.parametrize(("line", "authors", "agency"), rows(BYLINES))
def test_a_printed_byline_is_the_same_from_text_page_and_head(line: str, authors: str, agency: str) -> None:
    head = f'<meta name="author" content="{line}">'
    for article in (text_with(line), page_with(line), clean_html(f"{head}<h1>{TITLE}</h1><p>{STORY[1]}</p>")):
        assert (", ".join(article.authors) or "-", str(article.agency)) == (authors, agency)


class _Photo(NamedTuple):
    caption: str | None
    photographer: str | None
    agency: str | None


def photo_of(article: Article) -> _Photo:
    [photo] = article.photos
    return _Photo(photo.caption, photo.photographer, photo.agency)


@pytest.mark.parametrize(("credit", "photographer", "agency"), rows(CREDITS))
def test_a_printed_credit_is_the_same_from_text_and_page(credit: str, photographer: str, agency: str) -> None:
    line = f"{CAPTION}. {credit}"
    shown = photo_of(page_with(f"<figure><img src=/a.jpg><figcaption>{line}</figcaption></figure>"))
    assert [str(part) for part in shown[1:]] == [photographer, agency]
    marked = (
        f'<figure><img src=/a.jpg><figcaption>{CAPTION}. <i class="credit">{credit}</i></figcaption></figure>'
    )
    assert photo_of(page_with(marked)) == shown
    text = text_with(line)
    if text.photos or photographer != agency:  # where it names nobody, a label alone is not enough in prose
        assert photo_of(text) == shown


@pytest.mark.parametrize(("line", "agency"), rows(DATELINES))
def test_a_dateline_is_the_same_from_text_and_page(line: str, agency: str) -> None:
    opening = f"{line} {STORY[1]}"
    for article in (text_with(opening), page_with(opening)):
        assert (article.dateline, article.agency) == (line, agency)


@pytest.mark.parametrize(("line", "holder", "year"), rows(RIGHTS))
def test_a_rights_notice_is_the_same_from_text_and_page(line: str, holder: str, year: str) -> None:
    notices = [clean_text("\n".join((*STORY, line))).rights, page_of(*STORY[1:], line).rights]
    assert [(notice.holder, str(notice.year)) for notice in notices if notice] == [(holder, year)] * 2


@pytest.mark.parametrize("line", SIGNOFFS.split("\n")[1:-1])
def test_a_signoff_leaves_text_and_page(line: str) -> None:
    for article in (clean_text("\n".join((*STORY, line))), page_of(*STORY[1:], line)):
        assert line not in article.text
        assert line in [removed.text for removed in article.removed]


@pytest.mark.parametrize("name", NAMES)
def test_what_a_story_prints_is_the_same_from_a_page(name: str) -> None:
    article = cleaned(name)
    for line in article.fields:
        if line.label == "date":
            text = text_with(line.text).published
            assert told(page_with(line.text, language="und").published) == told(text), line.text
        elif line.label == "byline" and (byline := parse_byline(line.text)):
            assert parse_byline(line.text, marked=True) == byline
            assert page_with(line.text).authors == byline.authors or not byline.authors
    for photo in article.photos:
        for printed in photo.printed:
            caption, credit = read_caption(printed)
            if credit:
                assert read_caption(printed, marked=True) == (caption, credit)
