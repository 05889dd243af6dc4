"""Datelines of the agencies, each as it prints them, and openings that are none."""

from __future__ import annotations

import pytest

from cleaners.wire.datelines import find_dateline

# the line's dateline ⇒ place ⇒ agency
DATELINES = """
KYIV (AFP) — ⇒ KYIV ⇒ AFP
WASHINGTON, Oct 24 (Reuters) - ⇒ WASHINGTON ⇒ Reuters
WARSAW/KYIV, Oct 24 (Reuters) - ⇒ WARSAW/KYIV ⇒ Reuters
SEOUL, Oct. 24 (Yonhap) -- ⇒ SEOUL ⇒ Yonhap
Paris, 24 oct 2024 (AFP) – ⇒ Paris ⇒ AFP
NEW YORK (AP) — ⇒ NEW YORK ⇒ AP
SPRINGFIELD, Ill. (AP) — ⇒ SPRINGFIELD ⇒ AP
MEXICO CITY, Oct. 24 (Xinhua) -- ⇒ MEXICO CITY ⇒ Xinhua
New Delhi [India], October 24 (ANI): ⇒ New Delhi ⇒ ANI
New Delhi, Oct 24 (PTI) ⇒ New Delhi ⇒ PTI
Berlin (dpa) - ⇒ Berlin ⇒ dpa
Berlin/Hamburg (dpa/bb) - ⇒ Berlin/Hamburg ⇒ dpa
Wien (APA) – ⇒ Wien ⇒ APA
Madrid, 24 oct (EFE).- ⇒ Madrid ⇒ EFE
Lisboa, 24 out 2024 (Lusa) – ⇒ Lisboa ⇒ Lusa
(ANSA) - ROMA, 24 OTT - ⇒ ROMA ⇒ ANSA
ROMA, 24 OTT - ⇒ ROMA ⇒ -
Warszawa (PAP) - ⇒ Warszawa ⇒ PAP
Praha 24. října (ČTK) - ⇒ Praha ⇒ CTK
Budapest, 2024. október 24., csütörtök (MTI) - ⇒ Budapest ⇒ MTI
İSTANBUL (AA) - ⇒ İSTANBUL ⇒ Anadolu
МОСКВА, 24 октября. /ТАСС/. ⇒ МОСКВА ⇒ TASS
MOSCOW, October 24. /TASS/. ⇒ MOSCOW ⇒ TASS
МОСКВА, 24 окт - РИА Новости. ⇒ МОСКВА ⇒ RIA Novosti
Москва. 24 октября. INTERFAX.RU - ⇒ Москва ⇒ Interfax
القاهرة (رويترز) - ⇒ القاهرة ⇒ Reuters
नई दिल्ली, 24 अक्टूबर (भाषा) ⇒ नई दिल्ली ⇒ PTI
新华社北京10月24日电 ⇒ 北京 ⇒ Xinhua
新华社记者王小明北京10月24日电 ⇒ 北京 ⇒ Xinhua
（中央社台北24日電） ⇒ 台北 ⇒ Central News Agency
(서울=연합뉴스) 홍길동 기자 = ⇒ 서울 ⇒ Yonhap
[서울=뉴시스] 홍길동 기자 = ⇒ 서울 ⇒ Newsis
【東京共同】 ⇒ 東京 ⇒ Kyodo
[ワシントン 24日 ロイター] - ⇒ ワシントン ⇒ Reuters
PARIS — ⇒ PARIS ⇒ -
Praha října 24 (ČTK) - ⇒ Praha ⇒ CTK
Oslo Oct 24 (NTB) - ⇒ Oslo ⇒ NTB
"""


@pytest.mark.parametrize(
    ("printed", "place", "agency"), [r.split(" ⇒ ") for r in DATELINES.strip().splitlines()]
)
def test_a_dateline_opens_a_paragraph_and_stands_alone(printed: str, place: str, agency: str) -> None:
    for text in (printed, f"{printed} Troops moved into the town on Thursday, officials said."):
        dateline = find_dateline(text)
        assert dateline is not None
        assert (dateline.place, dateline.agency or "-") == (place, agency)
        assert dateline.printed == printed


@pytest.mark.parametrize(
    "text",
    [
        "The president (AFP) said",
        "He told the agency (AFP) that it was over.",
        "UPDATE — The talks are over",
        "BREAKING - The talks are over",
        "Troops — many of them young — moved in.",
        "NATO (founded 1949) — the alliance",
        "He said (Reuters) - and left",
        "SPRINGFIELD, the town of seven hills and many more (AP) — is dry",
        "Paris, 24 pompom 2024 (AFP) – Le ministre",
        "KYIV, 24 of the soldiers who were there on the morning of the day (AFP) -",
        "",
        "—",
        "(",
        "/",
    ],
)
def test_other_openings_are_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_an_agency_alone_opens_a_story_too() -> None:
    dateline = find_dateline("(AFP) — Troops moved into the town on Thursday.")
    assert dateline is not None
    assert (dateline.printed, dateline.place, dateline.agency) == ("(AFP) —", None, "AFP")
