"""Credits: every form that papers print is understood, and no sentence is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaners.wire.captions import read_caption, split_caption
from cleaners.wire.credit_parts import without_labels
from cleaners.wire.credits import Credit, parse_credit

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


@pytest.mark.parametrize(("printed", "photographer", "agency"), rows("marked_credits.txt"))
def test_a_marked_credit_names_people_and_agencies_and_no_titles_or_places(
    printed: str, photographer: str, agency: str
) -> None:
    credit = parse_credit(printed, marked=True)
    assert ((credit and credit.photographer) or "-", (credit and credit.agency) or "-") == (
        photographer,
        agency,
    )


@pytest.mark.parametrize("line", [row[0] for row in rows("not_credits.txt")])
def test_a_line_that_is_no_credit_is_left_alone(line: str) -> None:
    assert parse_credit(line) is None


@pytest.mark.parametrize(("line", "caption", "photographer", "agency"), rows("captions.txt"))
def test_a_caption_is_parted_from_its_credit(line: str, caption: str, photographer: str, agency: str) -> None:
    found = split_caption(line)
    assert found is not None
    assert found[0] == caption
    assert (found[1].photographer or "-", found[1].agency or "-") == (photographer, agency)
    assert found[1].printed in line


@pytest.mark.parametrize("line", [row[0] for row in rows("not_captions.txt")])
def test_a_paragraph_is_not_a_caption(line: str) -> None:
    assert split_caption(line) is None


@pytest.mark.parametrize("line", [row[0] for row in rows("not_captions.txt")])
def test_a_paragraph_is_not_a_credit(line: str) -> None:
    assert parse_credit(line) is None


@pytest.mark.parametrize(
    ("printed", "photographer", "agency"),
    [
        ("Anna Smith", "Anna Smith", None),
        ("ANNA SMITH", "Anna Smith", None),
        ("Anna Smith/Examplia", "Anna Smith", "Examplia"),
        ("Examplia/Anna Smith", "Anna Smith", "Examplia"),
        ("Gemeinde Musterdorf", None, "Gemeinde Musterdorf"),
        ("Anna Smith, AFP", "Anna Smith", "AFP"),
        ("privat", None, None),
    ],
)
def test_what_the_markup_calls_a_credit_needs_no_proof(
    printed: str, photographer: str | None, agency: str | None
) -> None:
    credit = parse_credit(printed, marked=True)
    assert credit is not None
    assert (credit.photographer, credit.agency) == (photographer, agency)


@pytest.mark.parametrize(
    ("line", "caption", "agency"),
    [
        ("The new bridge in Kazan. (AFP)", "The new bridge in Kazan.", "AFP"),
        ("The new bridge in Kazan. AFP", "The new bridge in Kazan.", "AFP"),
        ("The new bridge in Kazan | Reuters", "The new bridge in Kazan", "Reuters"),
        ("The new bridge in Kazan. Anna Smith/AFP", "The new bridge in Kazan.", "AFP"),
        ("The new bridge Anna Smith/AFP", "The new bridge", "AFP"),
    ],
)
def test_in_what_the_markup_calls_a_caption_a_bare_agency_is_its_credit(
    line: str, caption: str, agency: str
) -> None:
    found = split_caption(line, marked=True)
    assert found is not None
    assert (found[0], found[1].agency) == (caption, agency)


def test_a_credit_can_be_compared_and_is_immutable() -> None:
    assert parse_credit("© AFP") == Credit("© AFP", None, "AFP", "copyright-agency")


@pytest.mark.parametrize(
    "text", ["", " ", "©", "/", "()", "Photo:", "Foto: ", "(", "[]", "©©", "via", "===", "Photo by", "写真："]
)
def test_scraps_are_no_credit_and_no_error(text: str) -> None:
    assert parse_credit(text) is None
    assert split_caption(text) is None


@pytest.mark.parametrize(
    ("line", "caption", "credit"),
    [
        ("The family at home. Foto: Privat", "The family at home.", "Foto: Privat"),
        ("Minister Doe (left) with Ole Berg (right)", "Minister Doe (left) with Ole Berg (right)", ""),
        ("The source of the river lies in the hills.", "The source of the river lies in the hills.", ""),
        ("© Example Press", "", "© Example Press"),
    ],
)
def test_a_credit_is_taken_off_a_marked_caption_and_nothing_else_is(
    line: str, caption: str, credit: str
) -> None:
    found, taken = read_caption(line, marked=True)
    assert (found, taken.printed if taken else "") == (caption, credit)


@pytest.mark.parametrize(("line", "caption", "photographer", "agency"), rows("marked_captions.txt"))
def test_the_last_words_of_a_marked_caption_may_be_its_credit(
    line: str, caption: str, photographer: str, agency: str
) -> None:
    found, credit = read_caption(line, marked=True)
    assert found == caption
    assert ((credit and credit.photographer) or "-", (credit and credit.agency) or "-") == (
        photographer,
        agency,
    )


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Image Credits:Anna Smith / Getty Images", "Anna Smith / Getty Images"),
        ("(Photo: © 2024 Anna Smith/AFP)", "Anna Smith/AFP"),
        ("© Anna Smith 2024", "Anna Smith"),
        ("Copyright: Anna Smith", "Anna Smith"),
        ("Anna Smith, foto: AFP", "Anna Smith, AFP"),
        ("Jan Kos foto", "Jan Kos"),
        ("/사진=연합뉴스", "연합뉴스"),
        ("UN Photo / Anna Smith", "UN Photo / Anna Smith"),
        ("AP Photo/Anna Smith", "AP Photo/Anna Smith"),
        ("file photo", "file photo"),
        ("Berlin, 24. Oktober 2024", "Berlin, 24. Oktober 2024"),
    ],
)
def test_a_credit_loses_its_labels_and_no_word_of_a_name(printed: str, bare: str) -> None:
    assert without_labels(printed) == bare
    assert without_labels(bare) == bare
