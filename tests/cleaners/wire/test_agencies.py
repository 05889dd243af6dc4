"""Agencies: all are known by all their names, and by nothing less."""

from __future__ import annotations

import pytest

from cleaners.wire.agencies import agencies, find_agency, may_be_agency, source_agencies


def test_there_are_at_least_ninety_agencies_and_none_twice() -> None:
    names = [agency.name for agency in agencies()]
    assert len(names) >= 90
    assert len(names) == len(set(names))


@pytest.mark.parametrize("agency", agencies(), ids=lambda agency: agency.name)
def test_an_agency_has_a_country_and_kinds_and_is_found_by_its_names(agency) -> None:  # type: ignore[no-untyped-def]
    assert agency.name == "POOL" or (len(agency.country) == 2 and agency.country.isupper())
    assert agency.kinds <= {"news", "photo", "desk"}
    assert agency.kinds & {"news", "photo"}
    for name in (agency.name, agency.full):
        found = find_agency(name, weak=True)
        assert found is not None
    assert find_agency(agency.name, weak=True) == agency


@pytest.mark.parametrize("agency", agencies(), ids=lambda agency: agency.name)
def test_the_cheap_gate_lets_every_agency_through(agency) -> None:  # type: ignore[no-untyped-def]
    assert all(may_be_agency(name) for name in (agency.name, agency.full) if find_agency(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AFP", "AFP"),
        ("Agence France-Presse", "AFP"),
        ("associated press", "AP"),
        ("REUTERS", "Reuters"),
        ("DPA", "dpa"),
        ("ČTK", "CTK"),
        ("新华社", "Xinhua"),
        ("연합뉴스", "Yonhap"),
        ("ТАСС", "TASS"),
        ("رويترز", "Reuters"),
        ("Getty Images", "Getty"),
        ("PTI Photo", "PTI"),
        ("picture alliance", "picture alliance"),
        ("PA Wire", "PA"),
        ("Canadian Press", "CP"),
        ("The Associated Press", "AP"),
        ("(AFP)", "AFP"),
    ],
)
def test_an_agency_is_found_by_other_names(text: str, name: str) -> None:
    found = find_agency(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    ["ap", "tt", "pa", "Pool", "Keystone", "Trend", "Beta", "AFP said", "", "A", "Anna Smith", "x" * 500],
)
def test_everyday_words_are_no_agency(text: str) -> None:
    assert find_agency(text) is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AFP", ["AFP"]),
        ("Source: Reuters", ["Reuters"]),
        ("Quelle: dpa", ["dpa"]),
        ("dpa/ctk", ["dpa", "CTK"]),
        ("AFP, Reuters", ["AFP", "Reuters"]),
        ("(AFP)", ["AFP"]),
        ("来源：新华社", ["Xinhua"]),
        ("Reuters said", []),
        ("Berlin/dpa", []),
        ("Anna Smith/AFP", []),
    ],
)
def test_a_line_of_agencies_names_them(text: str, names: list[str]) -> None:
    assert [agency.name for agency in source_agencies(text)] == names
